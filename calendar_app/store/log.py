"""The log: revisions of events, the journal and what was decided of proposals, as one list, the newest first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from calendar_app import addresses, places
from calendar_app.errors import CalendarError
from calendar_app.events import Event
from calendar_app.store import records
from calendar_app.store.connection import Store, moment_of, rows

REVISION, JOURNAL, SUBMISSION = "revision", "journal", "submission"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the log is narrowed to; what is empty narrows nothing.

    `who` is a piece of the actor, `what` an action, `event` a slug or words of a title, `series` a key. `first` and
    `last` are days (UTC), inclusive. `batch` is the number of an import or of a change of many events.
    """

    who: str = ""
    what: str = ""
    event: str = ""
    series: str = ""
    first: date | None = None
    last: date | None = None
    batch: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done. `kind` is revision, journal or submission; `at` is UTC.

    `address` is the page at the desk of what it was done to, "" where there is none, and `title` its name. `about` is
    what a proposal would change, "" for a new event. `before` and `after` are the event's, of a revision alone.
    """

    kind: str
    at: datetime
    actor: str
    action: str
    address: str
    title: str
    detail: str = ""
    reason: str = ""
    source: str = ""
    source_url: str = ""
    batch: int | None = None
    about: str = ""
    before: Event | None = None
    after: Event | None = None


_EVENTS = """(
    SELECT uid FROM events WHERE slug = :event
    OR (:words <> '[]' AND NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(folded(title), value) = 0))
)"""
_SERIES = "(SELECT uid FROM events WHERE series = :series)"
_PAGES = "subject IN (SELECT :event_pages || slug FROM events WHERE uid IN {})"
_SAYS = ":words <> '[]' AND NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(folded({}), value) = 0)"
_TITLE = "json_extract(fields, '$.title')"
# What each thing to narrow by asks of a revision, of an entry of the journal, and of a proposal.
_CLAUSES = MappingProxyType(
    {
        "who": ("instr(lower(actor), :who)", "instr(lower(actor), :who)", "instr(lower(decided_by), :who)"),
        "what": ("action = :what", "action = :what", "'proposal-' || state = :what"),
        "event": (
            f"event IN {_EVENTS}",
            f"({_PAGES.format(_EVENTS)} OR {_SAYS.format('detail')})",
            f"(coalesce(event, about) IN {_EVENTS} OR {_SAYS.format(_TITLE)})",
        ),
        "series": (
            f"event IN {_SERIES}",
            f"(subject = :series_page OR {_PAGES.format(_SERIES)})",
            f"(coalesce(event, about) IN {_SERIES} OR json_extract(fields, '$.series') = :series)",
        ),
        "first": ("at >= :first", "at >= :first", "decided >= :first"),
        "last": ("at < :end", "at < :end", "decided < :end"),
        "batch": (
            "batch = :batch",
            "subject IN (SELECT :batch_page UNION SELECT :imports || id FROM staged_imports WHERE batch = :batch)",
            "0",
        ),
    }
)
# Narrow rows are sorted and cut first; what is wide is read for those that are shown alone.
_SELECT = """
WITH found AS (
    SELECT at, 3 AS part, id FROM revisions WHERE {}
    UNION ALL SELECT at, 2, id FROM journal WHERE {}
    UNION ALL SELECT decided, 1, id FROM submissions WHERE {}
    ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT :most OFFSET :offset
)
SELECT f.at, f.part, f.id, coalesce(r.actor, j.actor, s.decided_by) AS actor,
    coalesce(r.action, j.action, 'proposal-' || s.state) AS action, coalesce(r.reason, j.reason, s.reason) AS reason,
    coalesce(r.source, '') AS source, coalesce(r.source_url, '') AS source_url, r.batch, r.before, r.after,
    e.slug, e.title, j.subject, j.detail, s.fields, s.seen
FROM found f
LEFT JOIN revisions r ON f.part = 3 AND r.id = f.id
LEFT JOIN events e ON e.uid = r.event
LEFT JOIN journal j ON f.part = 2 AND j.id = f.id
LEFT JOIN submissions s ON f.part = 1 AND s.id = f.id
ORDER BY f.at DESC, f.part DESC, f.id DESC
"""


def entries(store: Store, wanted: Wanted, *, everyone: bool, most: int, offset: int = 0) -> list[Entry]:
    """What was done, the newest first, at most so many.

    What was done to accounts, whose subject is a person's e-mail, is there for `everyone` alone: for administrators.
    """
    store.db.conn.create_function("folded", 1, places.fold, deterministic=True)
    told = rows(store.db, _SELECT.format(*_where(wanted, everyone=everyone)), _values(wanted, most, offset))
    return [_ENTRY[row["part"]](row) for row in told]


def _where(wanted: Wanted, *, everyone: bool) -> tuple[str, ...]:
    """The conditions on revisions, on the journal, and on proposals. A proposal that was declined is told once."""
    always = ("1", "action <> 'proposal-rejected'", "state <> 'pending'")
    hidden = () if everyone else (("1", "subject NOT LIKE '%_@_%'", "1"),)
    asked = [clauses for name, clauses in _CLAUSES.items() if getattr(wanted, name) not in {"", None}]
    return tuple(" AND ".join(clauses) for clauses in zip(always, *hidden, *asked, strict=True))


def _values(wanted: Wanted, most: int, offset: int) -> dict[str, Any]:
    return {
        "who": wanted.who.lower(),
        "what": wanted.what,
        "event": wanted.event,
        # Each word once: each is looked for in every title.
        "words": json.dumps(list(dict.fromkeys(places.fold(wanted.event).split()))),
        "event_pages": addresses.desk_event(""),
        "series": wanted.series,
        "series_page": addresses.desk_series(wanted.series),
        "first": f"{wanted.first}",
        "end": f"{wanted.last + timedelta(days=1)}" if wanted.last else "",
        "batch": wanted.batch,
        "batch_page": addresses.batch(wanted.batch or 0),
        "imports": addresses.IMPORT + "/",
        "most": most,
        "offset": offset,
    }


def _of_revision(row: Mapping[str, Any]) -> Entry:
    told = {name: row[name] for name in ("source", "source_url", "batch")}
    before, after = _event(row["before"]), _event(row["after"])
    address, title = addresses.desk_event(row["slug"]), row["title"]
    return _entry(row, REVISION, address=address, title=title, before=before, after=after, **told)


def _of_journal(row: Mapping[str, Any]) -> Entry:
    subject, detail = row["subject"], row["detail"]
    if subject.startswith("/"):
        return _entry(row, JOURNAL, address=subject, title=detail or subject)
    return _entry(row, JOURNAL, address="", title=subject, detail=detail)


def _of_submission(row: Mapping[str, Any]) -> Entry:
    fields, seen = json.loads(row["fields"]), json.loads(row["seen"] or "{}")
    address = addresses.desk_submission(row["id"])
    return _entry(row, SUBMISSION, address=address, title=fields["title"], about=seen.get("title", ""))


_ENTRY = MappingProxyType({3: _of_revision, 2: _of_journal, 1: _of_submission})


def _entry(row: Mapping[str, Any], kind: str, *, address: str, title: str, **more: Any) -> Entry:
    done = {name: row[name] for name in ("actor", "action", "reason")}
    return Entry(kind=kind, at=moment_of(row["at"]), address=address, title=title, **done, **more)


def _event(record: str | None) -> Event | None:
    """The event of a record; None for none, and for one that this release can't read any more."""
    try:
        return records.to_event(json.loads(record)) if record else None
    except (CalendarError, ValueError, KeyError):
        return None
