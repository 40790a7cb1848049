"""A selection in a format as a document: what is asked for, and its bytes, rendered once."""

from calendar_app.publish.documents import Document
from calendar_app.publish.keeping import Documents
from calendar_app.publish.narrowing import ALL, NAMES, Narrowed, narrowed
from calendar_app.publish.publisher import Publisher
from calendar_app.publish.targets import Target, changed, named, pairs, selected, short, shortest, vocabulary

__all__ = [
    "ALL",
    "NAMES",
    "Document",
    "Documents",
    "Narrowed",
    "Publisher",
    "Target",
    "changed",
    "named",
    "narrowed",
    "pairs",
    "selected",
    "short",
    "shortest",
    "vocabulary",
]
