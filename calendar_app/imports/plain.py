"""Foreign texts as plain ones: without mark-up, within their length, links that are some."""

import html
import re

from pydantic_core import PydanticCustomError

from calendar_app.fields import LONGEST_LINK, LONGEST_NAME, link

LONGEST_DESCRIPTION = 5_000  # characters, as the form's own
_MARKED = re.compile(
    r"</?(?:a|b|br|div|em|font|html-blob|i|li|ol|p|span|strong|table|td|tr|u|ul)\b[^<>]*>", re.IGNORECASE
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^<>]*>", re.IGNORECASE)
_EMPTY = re.compile(r"\n\s*\n\s*")


def text(given: str) -> str:
    """A text of several lines; mark-up, which some calendar programs write, becomes lines."""
    if _MARKED.search(given):
        given = html.unescape(_MARKED.sub("", _BREAK.sub("\n", given))).replace("\u00a0", " ")
    return _EMPTY.sub("\n\n", given).strip()


def cut(given: str, most: int) -> str:
    """The beginning of a text, up to the last word that fits wholly."""
    if len(given) <= most:
        return given
    kept = given[: most - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip() + "…"


def name(given: str) -> str:
    """A name as long as a field for names takes."""
    return cut(given, LONGEST_NAME)


def usable_link(given: str) -> str:
    """An http(s) link that the form takes; "" for anything else."""
    try:
        return link(given) if len(given) <= LONGEST_LINK else ""
    except PydanticCustomError:
        return ""
