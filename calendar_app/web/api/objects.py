"""What the API answers with: models, from which the answers are made and the document of the API is written."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from calendar_app import addresses, submissions
from calendar_app.events import Event, Series
from calendar_app.formats import json_objects
from calendar_app.formats.feed import Context
from calendar_app.topics import Kind, Role

# What `document` puts a reference to a component in the place of, since pydantic refers to its own models alone.
COMPONENT = "x-component"
# An event is told by the feeds' own schema, so that there is one description of it.
EventObject = Annotated[dict[str, Any], WithJsonSchema({COMPONENT: "Event"})]
Link = Annotated[str, WithJsonSchema({COMPONENT: "Link"})]
Count = Annotated[int, Field(ge=0)]


class _Object(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EventPage(_Object):
    """A page of the events of a selection, in the order of their dates."""

    events: list[EventObject]
    total: Annotated[Count, Field(description="how many events the selection has, on all pages")]
    next: Annotated[Link | None, Field(description="the address of the next page; null on the last one")]


class Received(_Object):
    """A proposal that waits for an editor. Nothing of it is public."""

    state: Literal["pending"]
    link: Annotated[Link, Field(description="a private page: whoever has it may follow and amend the proposal")]


class SeriesRole(_Object):
    """ITU's role in a series; `year` where it holds for that year alone."""

    role: Role
    year: int | None


class SeriesObject(_Object):
    """What recurs or lasts: a forum, body, commission, mechanism, office or initiative."""

    key: Annotated[str, Field(description="what `series` selects by, and what an event's `series` says")]
    short_name: str
    name: str
    kind: Kind
    convener: str
    cadence: Annotated[str, Field(description="how often it meets, in words")]
    months: Annotated[str, Field(description="when in the year, in words")]
    place: Annotated[str, Field(description="where, in words")]
    roles: Annotated[list[SeriesRole], Field(description="ITU’s")]
    themes: list[str]
    sdgs: list[Annotated[int, Field(ge=1, le=17)]]
    url: Link | None
    page: Link
    events: Annotated[Count, Field(description="how many public events it has")]


class SeriesList(_Object):
    """Every series, in the order of their short names."""

    series: list[SeriesObject]


class FacetValue(_Object):
    """One value of a facet: what to select by, its name, and how many events it would show."""

    value: str
    name: str
    events: Count


class FacetObject(_Object):
    """One property to select by, with the values that events have."""

    name: str
    label: str
    values: list[FacetValue]


class FacetList(_Object):
    """The facets of a selection. A value counts what it would show beside the other facets that are chosen."""

    total: Annotated[Count, Field(description="how many events the selection has")]
    facets: list[FacetObject]


class FieldProblem(_Object):
    """One thing to put right: the member or parameter, and what is wrong with it."""

    field: str
    detail: str
    # A factory is no part of a schema, and neither has a default there: each is told or left out.
    line: int = Field(ge=1, default_factory=int, description="of a field that is read line by line")


class Problem(_Object):
    """Why something was not answered, or not done (RFC 9457)."""

    type: Annotated[Link, Field(description="the kind of problem, kept for ever; the reference page explains it")]
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    errors: list[FieldProblem] = Field(min_length=1, default_factory=list)


def of_event(event: Event, context: Context) -> dict[str, Any]:
    """An event as feeds tell it, and its `fields`, which are what a change of it changes."""
    return {**json_objects.of_event(event, context), "fields": submissions.fields_of(event)}


def of_series(series: Series, context: Context, *, events: int) -> SeriesObject:
    """A series with the number of its public events."""
    return SeriesObject(
        key=series.key,
        short_name=series.short_name,
        name=series.name,
        kind=series.kind,
        convener=series.convener,
        cadence=series.cadence,
        months=series.months,
        place=series.place,
        roles=[SeriesRole(role=held.role, year=held.year) for held in series.roles],
        themes=list(series.themes),
        sdgs=list(series.sdgs),
        url=series.url or None,
        page=context.base + addresses.series(series.key),
        events=events,
    )
