"""One change of many events: they are chosen from a selection, the change is shown before it is made."""

import re
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, selection, submissions, titles
from calendar_app.desk import bulk
from calendar_app.desk.bulk import MOST, Edit, What
from calendar_app.errors import ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.selection import Selection
from calendar_app.store import batches, events, naming, search
from calendar_app.topics import THEMES
from calendar_app.web import current, done, query
from calendar_app.web.choices import choices
from calendar_app.web.differences import between
from calendar_app.web.form import told

pages = Blueprint("bulk", __name__)

_MOST_PAST = 10


@pages.get(addresses.BULK)
def choose() -> str:
    """The events of a selection, all of them ticked, and what may be changed of them."""
    current.editor()
    return _page(_selection())


@pages.post(addresses.BULK)
def change() -> Response | tuple[str, int] | str:
    """Shows what a change would do to the ticked events, or makes it."""
    account, wanted, do = current.editor(), _selection(), request.form.get("do", "")
    try:
        if do == "back":
            return _page(wanted)
        edit = _edit()
        if do != "apply":
            return _page(wanted, edit=edit, changes=bulk.preview(current.store(), _ticked(), edit))
        number = _applied(edit, actor=account.email)
    except ProblemsError as error:
        return _page(wanted, problems=error.problems), 422
    except ConflictError as error:
        return _page(wanted, conflict=current.texts().error(error)), 409
    done.tell("bulk", _name(edit))
    return redirect(addresses.batch(number), code=303)


def _applied(edit: Edit, *, actor: str) -> int:
    return bulk.apply(
        current.store(),
        {uid: current.number(f"sequence-{uid}") for uid in _ticked()},
        edit,
        name=_name(edit),
        actor=actor,
        now=current.now(),
    )


def _edit() -> Edit:
    what, reason = request.form.get("what", ""), request.form.get("reason", "")
    return bulk.read_edit(what, request.form.get(f"value-{what}", ""), reason, current.listing().series)


def _ticked() -> list[str]:
    """The uids of the ticked events.

    Raises:
        NotFoundError: one of them is none.
    """
    given = list(dict.fromkeys(request.form.getlist("event")))[:MOST]
    if any(not re.fullmatch("[0-9a-f-]{36}", uid) for uid in given):
        raise NotFoundError("event-unknown", name=given[0][:60])
    return given


def _selection() -> Selection:
    pairs = [(name, value) for name, value in query.pairs() if name != "page"]
    return selection.parse(pairs, partial(search.known, current.store()))


def _page(
    wanted: Selection,
    *,
    edit: Edit | None = None,
    changes: list[tuple[Event, Event]] | None = None,
    problems: tuple[Problem, ...] = (),
    conflict: str = "",
) -> str:
    store, texts, listing = current.store(), current.texts(), current.listing()
    absolute = wanted.at(current.today())
    count = search.count(store, absolute)
    pages_ = max(1, -(-count // MOST))
    number = request.args.get("page", "1")
    page = min(int(number), pages_) if re.fullmatch("[1-9][0-9]{0,3}", number) else 1
    shown = events.by_ids(store, search.ids(store, absolute, most=MOST, offset=(page - 1) * MOST))
    return render_template(
        "desk_bulk.html",
        selection=wanted,
        title=titles.of(wanted, texts, naming.names(store)),
        count=count,
        page=page,
        pages=pages_,
        action=addresses.bulk("&".join(filter(None, (wanted.query, urlencode({"page": page}) if page > 1 else "")))),
        rows_=[listing.row(event, year=True) for event in shown],
        ticked=request.form.getlist("event") if request.method == "POST" else [event.uid for event in shown],
        given={**{name: request.form.get(f"value-{name}", "") for name in What}, "what": request.form.get("what", "")},
        reason=request.form.get("reason", ""),
        options=_options(shown),
        name=_name(edit) if edit else "",
        edit=edit,
        changes=[(after, _differences(before, after)) for before, after in changes or ()],
        seen={before.uid: before.sequence for before, _ in changes or ()},
        past=batches.newest(store, "bulk", most=_MOST_PAST),
        problems=told(problems),
        conflict=conflict,
    )


def _options(shown: list[Event]) -> dict[str, list[tuple[str, str]]]:
    """What each change offers; what can be taken away is what the events have."""
    offered = choices()
    themes = {theme for event in shown for theme in event.themes}
    sdgs = {str(number) for event in shown for number in event.sdgs}
    return {
        What.ADD_THEME: offered.themes,
        What.REMOVE_THEME: [pair for pair in offered.themes if pair[0] in themes],
        What.ADD_SDG: _numbered(offered.sdgs),
        What.REMOVE_SDG: _numbered([pair for pair in offered.sdgs if pair[0] in sdgs]),
        What.SERIES: [("", current.texts().gettext("None of these")), *offered.series],
        What.KIND: offered.kinds,
        What.ADD_ROLE: offered.roles,
    }


def _numbered(sdgs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(number, f"{number} {name}") for number, name in sdgs]


def _name(edit: Edit) -> str:
    """A change in words: "Add a theme: Climate change"."""
    texts, value = current.texts(), edit.value
    if edit.what in {What.ADD_THEME, What.REMOVE_THEME}:
        value = texts.gettext(THEMES[value].name)
    elif edit.what is What.SERIES and value:
        value = current.listing().series[value].short_name
    elif edit.what in {What.KIND, What.ADD_ROLE}:
        value = texts.label(edit.what.value.removeprefix("add-"), value)
    return f"{texts.label('bulk', edit.what)}: {value or texts.gettext('none')}"


def _differences(before: Event, after: Event) -> list[tuple[str, str, str]]:
    found = between(
        submissions.fields_of(before),
        submissions.fields_of(after),
        current.texts(),
        current.listing().series,
        blanks=True,
    )
    return [(each.field, each.ours, each.theirs) for each in found]
