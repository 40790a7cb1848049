"""An import that waits: its columns, how far it is, and what would come of each row, to be ticked and applied."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, imports, submissions
from calendar_app.desk import importing
from calendar_app.errors import ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import events, staged_rows, staging
from calendar_app.store.staged_rows import VERDICTS, Staged
from calendar_app.store.staging import Import
from calendar_app.web import current, done, reasons
from calendar_app.web.differences import Difference, between
from calendar_app.web.form import told

pages = Blueprint("import_preview", __name__)

MOST = 100
_SAMPLE = 3
_STEPS = {"checking": importing.check_on, "applying": importing.apply_on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the preview: the event that it names, what it changes of that, and why."""

    row: Staged
    event: Event | None
    title: str
    reasons: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def repeats(self) -> bool:
        """Whether someone has to say if it is an event that is there."""
        return self.row.verdict == "new" and self.event is not None and self.event.public


@pages.get(f"{addresses.IMPORT}/<number>")
def waiting(number: str) -> str:
    """Where an import is."""
    current.editor()
    return _page(_found(number))


@pages.post(f"{addresses.IMPORT}/<number>")
def go_on(number: str) -> Response | tuple[str, int]:
    """Maps the columns, does the next piece, keeps ticks, applies or drops."""
    account, found = current.editor(), _found(number)
    try:
        here = _carried_out(found, actor=account.email)
    except ProblemsError as error:
        return _page(found, problems=error.problems), 422
    except ConflictError as error:
        return _page(_found(number), conflict=current.texts().error(error)), 409
    became = staging.by_id(current.store(), found.id)
    if became.state == "applied" and became.batch:
        done.tell("imported")
    return redirect(here, code=303)


def _carried_out(found: Import, *, actor: str) -> str:
    """Does what the button that was pressed says; gives where to go then."""
    store, by, do = current.store(), _by(actor), request.form.get("do", "")
    if do == "drop":
        importing.drop(store, found.id, **by)
        done.tell("dropped", found.name)
        return addresses.IMPORT
    if do == "map":
        mapping = {str(place): request.form.get(f"column-{place}", "") for place in range(len(found.columns))}
        told_by = {column: field for column, field in mapping.items() if field}
        importing.map_columns(store, found.id, told_by, **by)
        importing.check_on(store, found.id, **by)
        return addresses.desk_import(found.id)
    if do == "on" and found.state in _STEPS:
        _STEPS[found.state](store, found.id, **by)
        return addresses.desk_import(found.id)
    if do == "again":
        importing.look_again(store, found.id, **by)
        importing.check_on(store, found.id, **by)
        return addresses.desk_import(found.id)
    return _chosen(found, do, actor=actor)


def _chosen(found: Import, do: str, *, actor: str) -> str:
    """Keeps the ticks that were sent, then applies them or goes to another page of the preview."""
    store, by = current.store(), _by(actor)
    verdict, page = request.form.get("verdict", ""), request.form.get("to", "") or request.form.get("page", "")
    shown = _numbers(request.form.getlist("row"))
    ticked, joined = _numbers(request.form.getlist("tick")), set[int]()
    for position in shown:
        choice = request.form.get(f"row-{position}", "")
        ticked |= {position} if choice == "add" else set()
        joined |= {position} if choice == "join" else set()
    importing.choose(store, found.id, shown, ticked=ticked, joined=joined, **by)
    for button, on in (("all", True), ("none", False)):
        if (of := request.form.get(button, "")) in VERDICTS:
            importing.choose_all(store, found.id, of, on=on, **by)
    if do == "join":
        importing.join_all(store, found.id, **by)
    if do == "apply":
        importing.apply(store, found.id, **by)
        return addresses.desk_import(found.id)
    if do == "keep":
        done.tell("ticks")
    query = {name: text for name, text in (("verdict", verdict), ("page", page)) if text}
    return addresses.desk_import(found.id, urlencode(query))


def _by(actor: str) -> dict[str, Any]:
    return {"actor": actor, "now": current.now()}


def _numbers(given: Sequence[str]) -> set[int]:
    return {int(text) for text in given if re.fullmatch("[0-9]{1,6}", text)}


def _found(number: str) -> Import:
    if not re.fullmatch("[1-9][0-9]{0,8}", number):
        raise NotFoundError("staged-unknown")
    return staging.by_id(current.store(), int(number))


def _page(found: Import, *, problems: tuple[Problem, ...] = (), conflict: str = "") -> str:
    store = current.store()
    shown: dict[str, Any] = {"found": found, "conflict": conflict, "problems": told(problems), "notes": _notes(found)}
    again = found.state == "ready" and bool(found.columns) and "columns" in request.args
    if found.state == "mapping" or problems or again:
        return render_template("desk_import_columns.html", **shown, columns=_columns(found), fields=_fields())
    if found.state == "ready":
        return _preview(found, shown)
    counts = staged_rows.counts(store, found.id)
    done, whole = staged_rows.progress(store, found.id)
    if found.state == "checking":
        done, whole = counts["all"] - counts[""], counts["all"]
    return render_template("desk_import_progress.html", **shown, done=done, whole=whole)


def _preview(found: Import, shown: dict[str, Any]) -> str:
    store, counts = current.store(), staged_rows.counts(current.store(), found.id)
    verdict = request.values.get("verdict", "")
    verdict = verdict if verdict in VERDICTS else ""
    pages_ = max(1, -(-counts[verdict or "all"] // MOST))
    text = request.values.get("page", "1")
    page = min(int(text), pages_) if re.fullmatch("[1-9][0-9]{0,3}", text) else 1
    rows = staged_rows.page(store, found.id, verdict=verdict, most=MOST, offset=(page - 1) * MOST)
    done, whole = staged_rows.progress(store, found.id)
    return render_template(
        "desk_import_preview.html",
        **shown,
        lines=[_line(row) for row in rows],
        counts=counts,
        verdicts=[each for each in VERDICTS if counts[each]],
        verdict=verdict,
        repeating=staged_rows.repeating(store, found.id),
        page=page,
        pages=pages_,
        ticked=whole - done,
    )


def _line(row: Staged) -> Line:
    event, texts = _event(row.event), current.texts()
    return Line(
        row=row,
        event=event,
        title=str(row.fields.get("title", "")) or (event.title if event else ""),
        reasons=tuple(reasons.of(row, event, texts)),
        differences=tuple(_differences(row, event)) if event and row.verdict == "changed" else (),
    )


def _differences(row: Staged, event: Event) -> list[Difference]:
    """What a row takes from the file, beside what stands."""
    names = {reasons.field_of(name) for name in row.taken}
    ours, theirs = ({name: each.get(name, "") for name in names} for each in (submissions.fields_of(event), row.fields))
    return between(ours, theirs, current.texts(), current.listing().series, blanks=True)


def _event(uid: str) -> Event | None:
    return events.by_uid(current.store(), uid) if uid else None


def _notes(found: Import) -> list[str]:
    return [current.texts().error(note) for note in found.notes]


def _columns(found: Import) -> list[tuple[str, list[str], str]]:
    """Each column's header, its first cells, and the field that it is said or guessed to hold."""
    guessed = found.mapping or imports.guess_mapping(found.columns)
    rows = staged_rows.page(current.store(), found.id, most=_SAMPLE)
    cells = [row.cells for row in rows if row.cells is not None]
    return [
        (
            header,
            [each[place] for each in cells if place < len(each) and each[place]],
            request.form.get(f"column-{place}", guessed.get(str(place), "")),
        )
        for place, header in enumerate(found.columns)
    ]


def _fields() -> list[tuple[str, str]]:
    """What a column may hold, in words."""
    return [(name, reasons.column(name, current.texts())) for name in imports.FIELDS]
