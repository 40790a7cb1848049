"""To verify: the events whose days no source confirms, worked off one by one with a source that stays filled in."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk
from calendar_app.errors import ConflictError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.fields import LONGEST_LINK
from calendar_app.store import events
from calendar_app.web import current, done

pages = Blueprint("verify", __name__)

_SOURCE = ("source", "source_url")


@pages.get(addresses.VERIFY)
def to_verify() -> str:
    """The events that wait, with the source that was used last filled in and the next one at hand."""
    current.editor()
    given = {name: request.args.get(name, "")[:LONGEST_LINK] for name in _SOURCE}
    return _page(given, marked=request.args.get("at", ""))


@pages.post(addresses.VERIFY)
def verify() -> Response | tuple[str, int]:
    """Confirms one event's dates with the source typed above the list, or with the one that the event names."""
    account = current.editor()
    # One letter too many is enough to be told so; all of it goes into the address of the next page.
    given = {name: request.form.get(name, "")[: LONGEST_LINK + 1] for name in _SOURCE}
    own, slug = request.form.get("own", ""), request.form.get("event", "")
    if not own and not slug:
        done.tell("source-kept")
        return redirect(addresses.verify(**given), code=303)
    found = events.by_slug(current.store(), own or slug)
    waiting = [each.slug for each in events.unverified(current.store())]
    # A link alone is named by its host; the words of an unverified source say what it lacks.
    told = {"source": found.source_url, "source_url": ""} if own else given
    try:
        desk.verify(current.store(), found.uid, **told, actor=account.email, now=current.now())
    except ProblemsError as error:
        return _page(given, marked=found.slug, event=found, problems=error.problems), 422
    except ConflictError as error:
        return _page(given, conflict=current.texts().error(error)), 409
    done.tell("verified", found.title)
    return redirect(addresses.verify(**given, at=_next(waiting, found.slug)), code=303)


def _next(waiting: list[str], slug: str) -> str:
    """The event that stood after one in the list; "" after the last."""
    return next(iter(waiting[waiting.index(slug) + 1 :]), "")


def _page(
    given: dict[str, str],
    *,
    marked: str = "",
    event: Event | None = None,
    problems: tuple[Problem, ...] = (),
    conflict: str = "",
) -> str:
    listing = current.listing()
    waiting = events.unverified(current.store())
    return render_template(
        "verify.html",
        rows_=[listing.row(each, year=True) for each in waiting],
        # Enter then confirms the next one, without a key in between.
        marked=marked if any(each.slug == marked for each in waiting) else "",
        event=event,
        given=given,
        conflict=conflict,
        problems={problem.field: current.texts().error(problem.error) for problem in problems},
    )
