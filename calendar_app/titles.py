"""What a selection is called: "Artificial intelligence or WSIS follow-up, from 2020"."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from calendar_app.engagement import Partner
from calendar_app.events import Series
from calendar_app.facets import FACETS
from calendar_app.selection import Selection
from calendar_app.spans import Precision, Span
from calendar_app.texts import Texts
from calendar_app.topics import THEMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the record itself calls the values of its facets, by their keys."""

    series: Mapping[str, Series] = field(default_factory=dict)
    partners: Mapping[str, Partner] = field(default_factory=dict)


def of(selection: Selection, texts: Texts, names: Names) -> str:
    """The title of a selection, in the order of its facets; "All events" for everything. Never depends on today."""
    parts = [_facet(facet, selection, texts, names) for facet in FACETS if selection.chosen(facet)]
    parts += [f"“{selection.words}”"] if selection.words else []
    parts += filter(None, [_period(selection, texts), _when(selection, texts)])
    title = ", ".join(parts) or texts.gettext("All events")
    return title[0].upper() + title[1:]


def _facet(facet: str, selection: Selection, texts: Texts, names: Names) -> str:
    values = selection.chosen(facet)
    if facet == "event":
        picked = texts.ngettext("{count} picked event", "{count} picked events", len(values))
        return picked.format(count=len(values))
    return texts.one_of(value_name(facet, value, texts, names) for value in values)


def of_feed(selection: Selection, texts: Texts, names: Names, *, deadlines: bool = False) -> str:
    """The name that a calendar program shows for a feed: "UN forums: SDG 9, Geneva"; `deadlines` holds those alone."""
    if selection != Selection():
        return of_title(of(selection, texts, names), texts, deadlines=deadlines)
    return texts.gettext("UN forums: deadlines") if deadlines else texts.gettext("UN forums")


def of_title(title: str, texts: Texts, *, deadlines: bool = False) -> str:
    """The same name for what has a title already: a selection's, or that of the only event in the feed."""
    part = texts.gettext("UN forums: deadlines, {selection}") if deadlines else texts.gettext("UN forums: {selection}")
    return part.format(selection=title)


def value_name(facet: str, value: str, texts: Texts, names: Names) -> str:
    """What a value of a facet is called; the value itself if it is in the vocabulary no more."""
    closed = FACETS[facet].closed
    if closed and value not in map(str, closed()):
        return value
    if facet == "theme":
        return texts.gettext(THEMES[value].name)
    if facet == "sdg":
        return texts.gettext("SDG {number}").format(number=value)
    if facet == "series":
        return names.series[value].short_name if value in names.series else value
    if facet == "partner":
        return texts.gettext("with {partner}").format(partner=partner_name(value, names))
    if facet == "country":
        return texts.country(value)
    if facet == "convener":
        return texts.gettext("convened by {body}").format(body=value)
    if facet == "kind":
        return texts.label("kinds", value)
    if facet == "role":
        return texts.gettext("ITU as {role}").format(role=texts.label("role", value).lower())
    return texts.label(facet, value) if facet in {"mode", "status"} else value


def partner_name(key: str, names: Names) -> str:
    """What a partner is called by itself; its key if the directory has none of that key."""
    return names.partners[key].name if key in names.partners else key


def _period(selection: Selection, texts: Texts) -> str:
    first, last = selection.first, selection.last
    if first and last:
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return texts.span(Span(first=first, last=last, precision=Precision.YEAR))
        return texts.span(Span(first=first, last=last, precision=Precision.DAY))
    if first:
        day = str(first.year) if (first.month, first.day) == (1, 1) else texts.day(first)
        return texts.gettext("from {day}").format(day=day)
    return texts.gettext("until {day}").format(day=texts.day(last)) if last else ""


def _when(selection: Selection, texts: Texts) -> str:
    return {"upcoming": texts.gettext("on now and coming"), "past": texts.gettext("past")}.get(selection.when, "")
