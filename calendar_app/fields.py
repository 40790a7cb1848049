"""The fields of the add-event form as a model: each text cleaned and checked by itself."""

import re
import unicodedata
from datetime import time
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from calendar_app import elsewhere, places, spans
from calendar_app.errors import CalendarError
from calendar_app.topics import SDGS, SERIES_KINDS, THEMES, Kind, Mode, Role, Status

# What calendars may not hold (RFC 5545 §3.1) or what turns text around on screen; taken out, not refused.
_UNSEEN = {
    code: None
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        0x2028,
        0x2029,
        0xFEFF,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
    if code not in (0x09, 0x0A)
}
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
LONGEST_NAME, LONGEST_LINK = 200, 1000  # characters
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+", re.ASCII)


def _refused(error: CalendarError) -> PydanticCustomError:
    return PydanticCustomError(error.message, error.message, dict(error.data))


def _clean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if any(0xD800 <= ord(letter) < 0xE000 for letter in value):
        raise _refused(CalendarError("text-control"))
    # What nobody sees goes first: it would keep apart what Unicode composes, and a second cleaning would change it.
    seen = value.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    return unicodedata.normalize("NFC", seen).strip()


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def line(value: Any) -> str:
    """What a field of one line holds once it is cleaned; "" for what is no text or can't be cleaned."""
    try:
        return str(_one_line(_clean(value))) if isinstance(value, str) else ""
    except PydanticCustomError:
        return ""


def lines(value: str) -> str:
    """What a field of several lines holds once it is cleaned.

    Raises:
        CalendarError: it holds what can't be shown.
    """
    try:
        return str(_clean(value))
    except PydanticCustomError as error:
        raise CalendarError(error.type, **(error.context or {})) from None


def link(value: str) -> str:
    """An http(s) link as it was given, or "".

    Raises:
        PydanticCustomError: what is no such link.
    """
    if not value:
        return value
    parts = _parts(value)
    if parts is None:
        raise _refused(CalendarError("link-unreadable"))
    if parts.scheme not in {"http", "https"}:
        if _HOST.match(value):
            raise _refused(CalendarError("link-scheme", suggestion=f"https://{value}"))
        raise _refused(CalendarError("link-unreadable"))
    if not parts.hostname or parts.username is not None or not value.isprintable() or " " in value:
        raise _refused(CalendarError("link-unreadable"))
    # Feeds hold links as URIs: one that is none would be refused later, where nobody sees which it is.
    if not elsewhere.uri(value):
        raise _refused(CalendarError("link-unreadable"))
    # The database knows the scheme in small letters alone.
    return f"{parts.scheme}{value[len(parts.scheme) :]}"


def _parts(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return None
    return parts


def read_time(text: str) -> time:
    """A time as a form has it, "9:05" or "09:05".

    Raises:
        CalendarError: it is none.
    """
    if not TIME.fullmatch(text):
        raise CalendarError("time-unreadable")
    hours, minutes = text.split(":")
    return time(int(hours), int(minutes))


def is_email(value: str) -> bool:
    """Whether a text has the form of an e-mail address that mail can be sent to."""
    return len(value) <= 254 and value.isprintable() and _EMAIL.fullmatch(value) is not None


def _email(value: str) -> str:
    if value and not is_email(value):
        raise _refused(CalendarError("email-unreadable"))
    return value


def _time(value: str) -> str:
    if value and not TIME.fullmatch(value):
        raise _refused(CalendarError("time-unreadable"))
    return value


def _country(value: str) -> str:
    code = value.upper()
    if code and code not in places.countries():
        raise _refused(CalendarError("choice-unknown", value=value))
    return code


def _dates(value: str) -> str:
    try:
        spans.parse(value)
    except CalendarError as error:
        raise _refused(error) from None
    return value


def _title(value: str) -> str:
    if value and not any(map(str.isalnum, value)):
        raise _refused(CalendarError("title-signs"))
    return value


def _theme(value: str) -> str:
    if value not in THEMES:
        raise _refused(CalendarError("choice-unknown", value=value))
    return value


def _choice(values: Any, *, one_of_several: bool = False) -> Any:
    """One of these values or, unless it is one of a list, nothing."""
    allowed = frozenset(map(str, values)) | (set() if one_of_several else {""})

    def check(value: str) -> str:
        if value not in allowed:
            raise _refused(CalendarError("choice-unknown", value=value))
        return value

    return AfterValidator(check)


# A text of one line, cleaned; how long it may be stands at each field.
_Line = Annotated[str, BeforeValidator(_one_line), BeforeValidator(_clean)]
_Text = Annotated[str, BeforeValidator(_clean), Field(max_length=5000)]
_Name = Annotated[_Line, Field(max_length=LONGEST_NAME)]
_Link = Annotated[_Line, Field(max_length=LONGEST_LINK), AfterValidator(link)]
# One thing a line, which `pieces` reads; as much as 40 of the longest take.
_Lines = Annotated[str, BeforeValidator(_clean), Field(max_length=60_000)]
_Time = Annotated[_Line, Field(max_length=10), AfterValidator(_time)]


class Fields(BaseModel):
    """The fields of the add-event form, as texts; also what the API takes."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[_Line, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_title)]
    dates: Annotated[_Line, Field(max_length=500), AfterValidator(_dates)]
    source: Annotated[_Line, Field(min_length=1, max_length=500)]
    series: Annotated[_Line, Field(max_length=100)] = ""
    kind: Annotated[_Line, Field(max_length=40), _choice(Kind)] = ""
    start_time: _Time = ""
    end_time: _Time = ""
    timezone: Annotated[_Line, Field(max_length=60), _choice(spans.ZONES)] = ""
    city: Annotated[_Line, Field(max_length=100)] = ""
    country: Annotated[_Line, Field(max_length=10), AfterValidator(_country)] = ""
    venue: _Name = ""
    mode: Annotated[_Line, Field(max_length=20), _choice(Mode)] = ""
    url: _Link = ""
    registration_url: _Link = ""
    webcast_url: _Link = ""
    description: _Text = ""
    convener: _Name = ""
    themes: list[Annotated[_Line, Field(max_length=60), AfterValidator(_theme)]] = Field(default=[], max_length=50)
    sdgs: list[Annotated[_Line, Field(max_length=3), _choice(SDGS, one_of_several=True)]] = Field(
        default=[], max_length=17
    )
    source_url: _Link = ""
    submitter_email: Annotated[_Line, Field(max_length=254), AfterValidator(_email)] = ""
    status: Annotated[
        _Line, Field(max_length=20), _choice(status for status in Status if status is not Status.WITHDRAWN)
    ] = ""
    role: list[Annotated[_Line, Field(max_length=20), _choice(Role, one_of_several=True)]] = Field(
        default=[], max_length=len(Role)
    )
    deadlines: _Lines = ""
    parts: _Lines = ""


class SeriesFields(BaseModel):
    """The fields of a series' form, as texts."""

    model_config = ConfigDict(extra="forbid")

    short_name: Annotated[_Line, Field(min_length=1, max_length=60), AfterValidator(_title)]
    name: Annotated[_Line, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_title)]
    kind: Annotated[_Line, Field(min_length=1, max_length=40), _choice(SERIES_KINDS)]
    convener: _Name = ""
    cadence: Annotated[_Line, Field(max_length=100)] = ""
    months: Annotated[_Line, Field(max_length=100)] = ""
    place: Annotated[_Line, Field(max_length=100)] = ""
    roles: Annotated[str, BeforeValidator(_clean), Field(max_length=1000)] = ""
    role_text: _Name = ""
    themes: list[Annotated[_Line, Field(max_length=60), AfterValidator(_theme)]] = Field(default=[], max_length=50)
    sdgs: list[Annotated[_Line, Field(max_length=3), _choice(SDGS, one_of_several=True)]] = Field(
        default=[], max_length=17
    )
    url: _Link = ""
    source: Annotated[_Line, Field(max_length=500)] = ""
