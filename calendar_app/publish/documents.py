"""Document: rendered bytes, their type and their validator."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property

# Half as long to make as the smallest, and a twentieth larger.
_EFFORT = 6


@dataclass(frozen=True, kw_only=True)
class Document:
    """A rendered document. `name` is the file name to save it under; `etag` a hash of its bytes, unquoted.

    `entries` counts what it holds; `language` is that of its words (BCP 47).
    """

    body: bytes
    media_type: str
    name: str
    entries: int
    language: str

    @cached_property
    def etag(self) -> str:
        """A strong validator (RFC 9110 §8.8.3): equal for equal bytes, and for those alone."""
        return hashlib.sha256(self.body).hexdigest()[:32]

    @cached_property
    def gzipped(self) -> bytes:
        """The body compressed; the same bytes every time, since no moment of compression is told."""
        return gzip.compress(self.body, _EFFORT, mtime=0)
