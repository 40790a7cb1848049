"""The one validator: a form, an import or the API gives a mapping, it gives a Draft or every problem by its field."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from calendar_app import pieces, places, spans
from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.events import Draft, Event, Series
from calendar_app.fields import TIME, Fields, line, link, read_time
from calendar_app.messages import ERRORS
from calendar_app.spans import Span
from calendar_app.topics import Confidence, Kind, Mode, Role, Status

EDITOR_ONLY = ("status", "role", *pieces.FIELDS)
FIELDS = tuple(Fields.model_fields)
LISTS = ("themes", "sdgs", "role")


def validate(
    given: Mapping[str, Any],
    series: Mapping[str, Series],
    *,
    editor: bool = False,
    complete: bool = True,
    side_event: bool = False,
) -> Draft:
    """The Draft that a mapping tells. `editor` allows the fields that are an editor's.

    `complete` takes the themes and goals of the series where none are given, as for a new event. `side_event` says
    that it is of a side event, which stays one and is in no series; nothing else becomes one.

    Raises:
        ProblemsError: every problem, each at its field.
    """
    wanted = {name: value for name, value in given.items() if editor or name not in EDITOR_ONLY}
    problems: list[Problem] = []
    fields = None
    try:
        fields = Fields.model_validate(wanted)
    except ValidationError as error:
        problems += map(problem_of, error.errors())
    span = _span(wanted, problems)
    problems += _across(wanted, series)
    problems += _side_event(wanted) if side_event else _no_side_event(wanted)
    problems += pieces.read(wanted, span).problems
    if problems or fields is None or span is None:
        raise ProblemsError(_once(problems))
    draft = _draft(fields, span, series.get(fields.series), complete=complete)
    return replace(draft, kind=Kind.SIDE_EVENT) if side_event else draft


def wrong_alone(given: Mapping[str, Any], series: Mapping[str, Series]) -> list[Problem]:
    """What is wrong with each field that is given, whatever the others say; none is asked for."""
    problems = _unknown_series(given, series)
    try:
        Fields.model_validate(given)
    except ValidationError as error:
        problems += [problem_of(details) for details in error.errors() if details["type"] != "missing"]
    lines = pieces.read({name: given.get(name) for name in pieces.FIELDS}, None).problems
    return _once([*problems, *(each for each in lines if each.field in pieces.FIELDS)])


# What a stranger proposes of an event; the e-mail is kept apart, the rest is an editor's.
PROPOSED = tuple(name for name in FIELDS if name not in {"submitter_email", *EDITOR_ONLY})


def cleaned(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a valid mapping says of an event, each field as the validator reads it; empty ones left out."""
    fields = Fields.model_validate({name: given[name] for name in PROPOSED if name in given})
    return fields.model_dump(include=set(PROPOSED), exclude_defaults=True)


def fields_of(event: Event) -> dict[str, Any]:
    """The form's fields as an event would have filled them."""
    span = event.span
    return {
        "title": event.title,
        "dates": spans.write(span),
        "start_time": span.start_time.isoformat("minutes") if span.start_time else "",
        "end_time": span.end_time.isoformat("minutes") if span.end_time else "",
        "timezone": span.zone or _zone_of_parts(event),
        "series": event.series,
        "kind": str(event.kind),
        "mode": str(event.mode),
        "themes": list(event.themes),
        "sdgs": [str(number) for number in event.sdgs],
        "status": str(event.status),
        "role": [str(role) for role in event.roles],
        **pieces.fields_of(event),
        **{
            name: getattr(event, name)
            for name in (
                *("city", "country", "venue", "url", "registration_url", "webcast_url"),
                *("description", "convener", "source", "source_url"),
            )
        },
    }


def _zone_of_parts(event: Event) -> str:
    """The zone of the clock that an event's parts are told by; "" if none has times. They share one."""
    return next((part.span.zone for part in event.parts if part.span.zone), "")


def _span(given: Mapping[str, Any], problems: list[Problem]) -> Span | None:
    """The span of the dates and times, where each of them can be read; what is wrong across them is a problem."""
    try:
        span = spans.parse(line(given.get("dates")))
    except CalendarError:
        return None
    start, end, zone = (line(given.get(name)) for name in ("start_time", "end_time", "timezone"))
    if not start and not end:
        return span
    if (start and not TIME.fullmatch(start)) or (end and not TIME.fullmatch(end)):
        return span
    try:
        if not (start and end and zone):
            raise CalendarError("span-times-incomplete")
        return spans.with_times(span, start=read_time(start), end=read_time(end), zone=zone)
    except CalendarError as error:
        field = "timezone" if error.message == "span-zone" or (start and end and not zone) else "start_time"
        problems.append(Problem(field=field, error=error))
        return span


def _across(given: Mapping[str, Any], series: Mapping[str, Series]) -> list[Problem]:
    problems = _unknown_series(given, series)
    if line(given.get("mode")) == Mode.ONLINE and line(given.get("city")):
        problems.append(Problem(field="city", error=CalendarError("online-city")))
    return problems


def _side_event(given: Mapping[str, Any]) -> list[Problem]:
    kind, series = line(given.get("kind")), line(given.get("series"))
    problems = [] if kind in {"", Kind.SIDE_EVENT} else [Problem(field="kind", error=CalendarError("side-event-kind"))]
    return [*problems, *([Problem(field="series", error=CalendarError("side-event-series"))] if series else ())]


def _no_side_event(given: Mapping[str, Any]) -> list[Problem]:
    if line(given.get("kind")) != Kind.SIDE_EVENT:
        return []
    return [Problem(field="kind", error=CalendarError("side-event-none"))]


def _unknown_series(given: Mapping[str, Any], series: Mapping[str, Series]) -> list[Problem]:
    chosen = line(given.get("series"))
    if not chosen or chosen in series:
        return []
    return [Problem(field="series", error=CalendarError("choice-unknown", value=chosen[:60]))]


def problem_of(details: ErrorDetails) -> Problem:
    """What pydantic found wrong, as a problem at its field."""
    if not details["loc"]:
        # A field whose very name can't be shown.
        return Problem(field="form", error=CalendarError("field-unknown"))
    field, context = str(details["loc"][0])[:60], details.get("ctx", {})
    if details["type"] == "extra_forbidden":
        return Problem(field=field, error=CalendarError("field-unknown"))
    if details["type"] in {"missing", "string_too_short", "too_short"} or not details["input"]:
        missing = {"dates": "span-empty", "source": "source-required"}.get(field, "required")
        return Problem(field=field, error=CalendarError(missing))
    if details["type"] in {"string_too_long", "too_long"} and isinstance(details["input"], str):
        count = len(details["input"])
        return Problem(field=field, error=CalendarError("text-long", most=context["max_length"], count=count))
    if details["type"] == "too_long" and isinstance(details["input"], list):
        return Problem(field=field, error=CalendarError("list-long", most=context["max_length"]))
    if details["type"] not in ERRORS:
        return Problem(field=field, error=CalendarError("choice-unknown", value=str(details["input"])[:60]))
    return Problem(field=field, error=CalendarError(details["type"], **context))


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """The first problem of each field, or of each of its lines, in the order of the form."""
    whole = {problem.field for problem in problems if not problem.line}
    told = [problem for problem in problems if not problem.line or problem.field not in whole]
    first = {(problem.field, problem.line): problem for problem in reversed(told)}
    order = {name: place for place, name in enumerate(FIELDS)}
    return sorted(first.values(), key=lambda each: (order.get(each.field, len(order)), each.field, each.line))


def _address(source: str) -> str:
    """The link that a source is; "" for words."""
    try:
        return link(source)
    except PydanticCustomError:
        return ""


def _draft(fields: Fields, span: Span, series: Series | None, *, complete: bool) -> Draft:
    source, source_url = fields.source, fields.source_url
    if not source_url and (address := _address(source)):
        source, source_url = str(urlsplit(address).hostname).removeprefix("www.") or address, address
    themes = tuple(fields.themes) or (series.themes if series and complete else ())
    sdgs = tuple(sorted(map(int, fields.sdgs))) or (series.sdgs if series and complete else ())
    city = places.find_city(fields.city, fields.country) if fields.city else None
    return Draft(
        title=fields.title,
        span=span,
        source=source,
        source_url=source_url,
        series=fields.series,
        kind=Kind(fields.kind) if fields.kind else series.kind if series else Kind.CONFERENCE,
        status=Status(fields.status) if fields.status else Status.CONFIRMED,
        city=city.name if city else fields.city,
        country=city.country if city else fields.country,
        timezone=span.zone or fields.timezone or (city.zone if city else ""),
        venue=fields.venue,
        mode=Mode(fields.mode) if fields.mode else Mode.IN_PERSON,
        url=fields.url,
        registration_url=fields.registration_url,
        webcast_url=fields.webcast_url,
        description=fields.description,
        convener=fields.convener,
        themes=tuple(dict.fromkeys(themes)),
        sdgs=tuple(dict.fromkeys(sdgs)),
        roles=tuple(Role(role) for role in dict.fromkeys(fields.role)),
        confidence=Confidence.MEDIUM,
    )
