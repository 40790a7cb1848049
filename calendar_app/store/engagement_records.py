"""A statement as the desk keeps it, its revisions, and the JSON that they hold."""

import json
from dataclasses import asdict, dataclass

from calendar_app.engagement import Document, Engagement
from calendar_app.store.revised import Revision, Revisions
from calendar_app.topics import Activity

_LISTS = ("events", "series", "partners")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A statement as the desk keeps it: with its internal `note`, and whether it was taken out."""

    engagement: Engagement
    note: str = ""
    removed: bool = False


EngagementRevision = Revision[Kept]


def written(kept: Kept) -> str:
    """A statement as the JSON that revisions hold."""
    return json.dumps({**asdict(kept.engagement), "note": kept.note, "removed": kept.removed}, ensure_ascii=False)


def read(record: str) -> Kept:
    """The statement of such a JSON."""
    values = json.loads(record)
    note, removed = values.pop("note"), values.pop("removed")
    lists = {name: tuple(values[name]) for name in _LISTS}
    documents = tuple(Document(**each) for each in values["documents"])
    values |= {"activity": Activity(values["activity"]), "documents": documents}
    return Kept(engagement=Engagement(**(values | lists)), note=note, removed=bool(removed))


REVISIONS = Revisions("engagement", read=read, written=written)
