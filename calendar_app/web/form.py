"""The form of an event as a page: what was typed, what is wrong with it, how it will read, and what it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from calendar_app import addresses, desk, submissions
from calendar_app.errors import CalendarError, ConflictError, Problem
from calendar_app.events import Draft, Event
from calendar_app.store import series
from calendar_app.store.accounts import Account, owned_series
from calendar_app.topics import Kind
from calendar_app.web import bots, current
from calendar_app.web import pieces as layers
from calendar_app.web.choices import choices
from calendar_app.web.dates import block
from calendar_app.web.differences import Difference, between


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Which form it is: the event that it changes, or the proposal that it amends, and who fills it in.

    `seen` are the fields that a change began with. `account` is None for whoever only proposes.
    """

    action: str = addresses.SUBMIT
    event: Event | None = None
    seen: Mapping[str, Any] | None = None
    account: Account | None = None
    amends: str = ""

    @property
    def editor(self) -> bool:
        """Whether it has the fields that are an editor's."""
        return self.account is not None and self.account.edits

    @property
    def side_event(self) -> bool:
        """Whether what it changes is a side event, which stays one."""
        return (self.seen or {}).get("kind") == Kind.SIDE_EVENT

    @property
    def title(self) -> str:
        """The title of what it changes or amends; "" for a new event."""
        return self.amends or (self.event.title if self.event else "")


def fields(form: "MultiDict[str, str]") -> dict[str, Any]:
    """The form's fields as the validator takes them; what is not one of them (tokens, buttons) is left out."""
    given: dict[str, Any] = {}
    for name in submissions.FIELDS:
        if name in submissions.LISTS:
            given[name] = [value for value in form.getlist(name) if value]
        elif name in form:
            given[name] = form[name]
    return given


def told(problems: Sequence[Problem]) -> dict[str, str]:
    """What problems say, by field; each on a line of its own, with the number of the line it is about."""
    texts, words = current.texts(), dict[str, list[str]]()
    for problem in problems:
        sentence = texts.error(problem.error)
        if problem.line:
            sentence = texts.gettext("Line {line}: {problem}").format(line=problem.line, problem=sentence)
        words.setdefault(problem.field, []).append(sentence)
    return {field: "\n".join(sentences) for field, sentences in words.items()}


def shown(given: dict[str, Any], sheet: Sheet) -> Event:
    """The event as it would read, with what of it is not the sender's to say as it stands.

    Raises:
        ProblemsError: every problem of the fields.
    """
    said = desk.allowed(sheet.account, given, event=sheet.event)
    draft = submissions.validate(
        said, current.listing().series, editor=True, complete=sheet.seen is None, side_event=sheet.side_event
    )
    new = Event.from_draft(draft, uid="", slug="preview", now=current.now())
    return desk.revise(sheet.event or new, draft, said)


def page(
    given: dict[str, Any],
    sheet: Sheet,
    *,
    problems: tuple[Problem, ...] = (),
    preview: Event | None = None,
    conflict: CalendarError | None = None,
) -> str:
    """The form with what was typed; with a `preview` if that was asked for."""
    return render_template(
        "submit.html",
        sheet=sheet,
        given=given,
        event=sheet.event,
        sequence=_sequence(sheet.event, conflict),
        reason=request.form.get("reason", ""),
        moved="moved" in request.form,
        editor=sheet.editor,
        owned=_owned(sheet.account),
        at_once=_at_once(sheet),
        kept_as_is=sheet.seen is not None,
        stamp="" if sheet.editor or sheet.amends else bots.stamp(),
        problems=told(problems),
        conflict=current.texts().error(conflict) if conflict else "",
        pasted="line" in request.args,
        preview=current.listing().row(preview, year=True) if preview else None,
        layers=layers.of(preview, current.texts()) if preview else None,
        preview_date=block(preview, current.texts(), today=current.today(), year=True) if preview else None,
        duplicates=_duplicates(preview, sheet) if preview else [],
        differences=_differences(given, sheet, preview, conflict),
        choices=choices(side_event=sheet.side_event),
    )


def _sequence(event: Event | None, conflict: CalendarError | None) -> str:
    """The SEQUENCE that was seen: the one the form began with, until a conflict shows how the event stands now."""
    if event is None:
        return ""
    seen = request.form.get("sequence", "")
    return str(event.sequence) if not seen or isinstance(conflict, ConflictError) else seen


def _owned(account: Account | None) -> list[str]:
    """The names of the series whose events an account publishes at once, without being an editor's."""
    if account is None or account.edits:
        return []
    directory = series.directory(current.store())
    return [directory[key].short_name for key in sorted(owned_series(current.store(), account.id)) if key in directory]


def _at_once(sheet: Sheet) -> bool:
    """Whether a change is public as soon as it is sent, or all of it is an editor's."""
    if sheet.event is None:
        return sheet.editor
    given = {"series": sheet.event.series}
    return desk.may_publish(current.store(), sheet.account, given, event=sheet.event)


def _duplicates(preview: Draft, sheet: Sheet) -> list[Any]:
    """The events that a new one may repeat; a change says itself which event it is about."""
    return [] if sheet.seen is not None else desk.duplicates(current.store(), preview)


def _differences(
    given: dict[str, Any], sheet: Sheet, preview: Event | None, conflict: CalendarError | None
) -> list[Difference]:
    """What a change changes: of the event as it stands where someone changed it meanwhile, else of what was seen."""
    if sheet.event and isinstance(conflict, ConflictError):
        before = submissions.fields_of(sheet.event)
    elif preview and sheet.seen is not None:
        before = dict(sheet.seen)
    else:
        return []
    typed = {**{name: before[name] for name in submissions.EDITOR_ONLY if name in before}, **_said(given, sheet)}
    return between(before, typed, current.texts(), current.listing().series, blanks=True)


def _said(given: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    editors = () if sheet.editor else submissions.EDITOR_ONLY
    return {name: value for name, value in given.items() if name not in editors}
