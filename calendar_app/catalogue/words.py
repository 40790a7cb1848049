"""The words of the catalogue's cells, each mapped by a table that fails on an unlisted one."""

import math
import re
import uuid
from datetime import date

from pydantic_core import PydanticCustomError

from calendar_app import fields, places, spans
from calendar_app.errors import CalendarError
from calendar_app.events import SeriesRole
from calendar_app.topics import SDGS, SERIES_KINDS, THEMES, Kind, Mode, Role, split

# Names every event of the catalogue for good: uuid5(_NAMESPACE, key). Never change it.
_NAMESPACE = uuid.UUID("6f1c0f4e-3d0b-5a57-9a3e-6f0c2b1d7e94")

COUNCIL_REPORT = "ITU report to Council 2017 on relations with the UN system, 29 March 2017"

_SERIES_ROLES: dict[str, tuple[SeriesRole, ...]] = {
    "": (),
    "observer": (SeriesRole(role=Role.OBSERVER),),
    "member": (SeriesRole(role=Role.MEMBER),),
    "active member": (SeriesRole(role=Role.MEMBER),),
    "participates": (SeriesRole(role=Role.PARTICIPANT),),
    "attends": (SeriesRole(role=Role.PARTICIPANT),),
    "co-chair (2016)": (SeriesRole(role=Role.CO_CHAIR, year=2016),),
    "chair (Secretary-General)": (SeriesRole(role=Role.CHAIR),),
    "lead on cybersecurity, WSIS and ICTs for development": (SeriesRole(role=Role.LEAD),),
    # Ways of working together that are no role; the words are kept.
    "joint partner": (),
    "joint launch with UN Women": (),
    "works closely": (),
    "works with": (),
    "collaborates": (),
}
_MODES = {"yes": Mode.ONLINE, "hybrid": Mode.HYBRID, "no": Mode.IN_PERSON}
_ORGANIZER = ("Organizer", "Organized by", "Co-organizer", "Co-organized")
_PARTICIPANT = ("Participated", "Participation")
_HOST = re.compile(r"\band host\b|\bco-hosted by ITU\b|\bhosted by ITU\b")
# The catalogue calls the Council report "the seed"; readers know it by its name.
_SEED = (
    ("The seed", "The Council report"),
    ("the seed", "the Council report"),
    ("Seed and", "The Council report and"),
)
_COLUMNS = re.compile(r" source_url is the [^.]*\.$")


def uid(key: str) -> str:
    """The uid of the catalogue's event of that key (UUIDv5)."""
    return str(uuid.uuid5(_NAMESPACE, key))


def series_roles(cell: str) -> tuple[SeriesRole, ...]:
    """ITU's roles in a series.

    Raises:
        KeyError: words that the table does not list.
    """
    return _SERIES_ROLES[cell]


def source(cell: str) -> str:
    """Where something was read; the Council report under its one name, which the files write in three ways."""
    for name in ("ITU Council 2017 report on relations with the UN system (29 March 2017)", "Council report"):
        if cell.startswith(name):
            return COUNCIL_REPORT + cell.removeprefix(name)
    return cell


def mode(cell: str) -> Mode:
    """How people take part.

    Raises:
        KeyError: a word that the table does not list.
    """
    return _MODES[cell]


def event_roles(participation: str) -> tuple[Role, ...]:
    """The roles that a sentence on ITU's participation tells; none where it begins with no word for one."""
    if participation.startswith(_ORGANIZER):
        return (Role.ORGANIZER, Role.HOST) if _HOST.search(participation) else (Role.ORGANIZER,)
    return (Role.PARTICIPANT,) if participation.startswith(_PARTICIPANT) else ()


def themes(cell: str) -> tuple[str, ...]:
    """The themes of a cell.

    Raises:
        CalendarError: a theme outside the vocabulary, or one given twice.
    """
    _check_once(split(cell))
    for slug in split(cell):
        if slug not in THEMES:
            raise CalendarError("theme-unknown", value=slug)
    return split(cell)


def sdgs(cell: str) -> tuple[int, ...]:
    """The goals of a cell.

    Raises:
        CalendarError: a goal outside 1 to 17, or one given twice.
    """
    _check_once(split(cell))
    for number in split(cell):
        if not number.isdecimal() or int(number) not in SDGS:
            raise CalendarError("sdg-unknown", value=number)
    return tuple(map(int, split(cell)))


def key(cell: str) -> str:
    """A key: it becomes an address.

    Raises:
        ValueError: anything but small letters, digits and hyphens.
    """
    if not re.fullmatch(r"[a-z0-9-]+", cell):
        raise ValueError(cell)
    return cell


def text(cell: str) -> str:
    """A text that may not be left out.

    Raises:
        CalendarError: it is empty.
    """
    if not cell:
        raise CalendarError("required")
    return cell


def day(cell: str) -> str:
    """A day as `2022-06-01`, or "".

    Raises:
        ValueError: anything else.
    """
    if cell and date.fromisoformat(cell).isoformat() != cell:
        raise ValueError(cell)
    return cell


def yes(cell: str) -> bool:
    """Whether a cell says "yes".

    Raises:
        KeyError: it says neither "yes" nor "no".
    """
    return {"yes": True, "no": False}[cell]


def series_kind(cell: str) -> Kind:
    """What a series is; a side event is held at an event, and is a series of nothing.

    Raises:
        ValueError: it is none of these.
    """
    return SERIES_KINDS[SERIES_KINDS.index(Kind(cell))]


def number(cell: str) -> float:
    """A number.

    Raises:
        ValueError: it is none, or not finite.
    """
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(cell)
    return value


def link(cell: str) -> str:
    """A link, or "".

    Raises:
        CalendarError: one that is not http(s).
    """
    if cell and not cell.startswith(("https://", "http://")):
        raise CalendarError("link-scheme", value=cell, suggestion=f"https://{cell}")
    try:
        return fields.link(cell)
    except PydanticCustomError:
        raise CalendarError("link-unreadable") from None


def country(cell: str) -> str:
    """A country's code, or "".

    Raises:
        CalendarError: one that ISO 3166-1 does not assign.
    """
    if cell and cell not in places.countries():
        raise CalendarError("country-unknown", value=cell)
    return cell


def zone(cell: str) -> str:
    """The IANA name of a zone, or "".

    Raises:
        CalendarError: a name that is none.
    """
    if cell and cell not in spans.ZONES:
        raise CalendarError("zone-unknown", value=cell)
    return cell


def publisher(url: str) -> str:
    """Who published a page, as far as its address tells: its host."""
    host = url.split("/")[2] if url.count("/") >= 2 else ""
    return host.removeprefix("www.").partition(":")[0]


def readable(text: str) -> str:
    """A note in words for readers, without the catalogue's own names for the Council report and for its columns."""
    text = _COLUMNS.sub("", text.removeprefix("DISCREPANCY: "))
    for old, new in _SEED:
        text = text.replace(old, new)
    return text if text.startswith("http") else text[:1].upper() + text[1:]


def _check_once(values: tuple[str, ...]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise CalendarError("cell-twice", value=value)
