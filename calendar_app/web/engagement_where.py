"""Where ITU did what the desk's page of its engagement tells: at an event, or in a series as a whole."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from calendar_app import addresses, desk
from calendar_app.desk import engagements, series_fields
from calendar_app.errors import NotFoundError
from calendar_app.events import Event, Series, roles_of
from calendar_app.selection import Selection
from calendar_app.store import engagements as kept
from calendar_app.store import events, search, series
from calendar_app.store.engagement_records import Kept
from calendar_app.web import current
from calendar_app.web.listing import Row

# Which events beside one are offered to tell of along with it.
_NEAR, MOST_NEAR = timedelta(days=45), 12


def near(event: Event) -> list[Event]:
    """The public events at about the same time as one, less its side events."""
    store, period = current.store(), Selection(first=event.span.first - _NEAR, last=event.span.last + _NEAR)
    found = events.by_ids(store, search.ids(store, period, most=MOST_NEAR + 1))
    return [each for each in found if event.uid not in {each.uid, each.held_at}][:MOST_NEAR]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtEvent:
    """An event at which ITU did something. `marks` is the field of its form that names what the role was begun with."""

    event: Event
    marks = "sequence"

    @classmethod
    def of(cls, slug: str) -> "AtEvent":
        """The event of a slug as it stands; NotFoundError if there is none."""
        return cls(event=events.by_slug(current.store(), slug))

    def again(self) -> "AtEvent":
        """The same, as it stands now."""
        return self.of(self.event.slug)

    def address(self, query: str = "") -> str:
        """The page, with the query of what its form begins with."""
        return addresses.engagement_at(self.event.slug, query)

    def statements(self) -> list[Kept]:
        """All that is kept of it."""
        return kept.kept_of_event(current.store(), self.event.uid)

    def naming(self, given: dict[str, str], also: list[str]) -> tuple[dict[str, str], int]:
        """The fields of a statement that name it too, and how many lines of events stand before those typed."""
        named = [self.event.slug, *also[:MOST_NEAR]]
        return given | {"events": "\n".join([*named, given["events"]])}, len(named)

    def set_role(self, given: dict[str, Any], *, seen: int, reason: str, actor: str, now: datetime) -> None:
        """Sets ITU's role there to those ticked."""
        engagements.set_roles(
            current.store(), self.event.uid, given["role"], sequence=seen, reason=reason, actor=actor, now=now
        )

    def role(self) -> str:
        """ITU's role in words; of an event without one of its own, that of its series."""
        its = series.directory(current.store()).get(self.event.series)
        return ", ".join(current.texts().label("role", role) for role in roles_of(self.event, its))

    def role_fields(self) -> dict[str, Any]:
        """What the form of its role begins with."""
        return {"role": [str(role) for role in self.event.roles]}

    def newest(self) -> int:
        """What a form of its role that is begun now is begun with."""
        return self.event.sequence

    def shown(self) -> dict[str, Any]:
        """What its page shows beside the statements: its row, its side events and the events at about the same time."""
        listing = current.listing()
        held = events.held_at(current.store(), self.event.uid)
        rows: list[Row] = [listing.row(each, year=True) for each in held]
        row = listing.row(self.event, year=True)
        return {"event": self.event, "row": row, "side_events": rows, "near": near(self.event)}


@dataclass(frozen=True, slots=True, kw_only=True)
class InSeries:
    """A series as a whole, in which ITU did something. `marks` as at an event."""

    series: Series
    marks = "seen"

    @classmethod
    def of(cls, key: str) -> "InSeries":
        """The series of a key as it stands; NotFoundError if there is none."""
        found = series.directory(current.store()).get(key)
        if found is None:
            raise NotFoundError("series-none", name=key)
        return cls(series=found)

    def again(self) -> "InSeries":
        """The same, as it stands now."""
        return self.of(self.series.key)

    def address(self, query: str = "") -> str:
        """The page, with the query of what its form begins with."""
        return addresses.engagement_in(self.series.key, query)

    def statements(self) -> list[Kept]:
        """All that is kept of it."""
        return kept.kept_of_series(current.store(), self.series.key)

    def naming(self, given: dict[str, str], also: list[str]) -> tuple[dict[str, str], int]:
        """The fields of a statement that name it too; no events stand before those typed."""
        return given | {"series": "\n".join([self.series.key, given["series"]])}, 0

    def set_role(self, given: dict[str, Any], *, seen: int, reason: str, actor: str, now: datetime) -> None:
        """Sets ITU's roles in it to those typed."""
        fields = series_fields.fields_of(self.series) | {"roles": given["roles"]}
        desk.edit_series(current.store(), self.series.key, fields, seen=seen, reason=reason, actor=actor, now=now)

    def role(self) -> str:
        """ITU's roles in words, each with the year if it held in that one alone."""
        texts = current.texts()
        told = [(texts.label("role", held.role), held.year) for held in self.series.roles]
        return ", ".join(f"{name} ({year})" if year else name for name, year in told)

    def role_fields(self) -> dict[str, Any]:
        """What the form of its roles begins with."""
        return {"roles": series_fields.fields_of(self.series)["roles"]}

    def newest(self) -> int:
        """What a form of its roles that is begun now is begun with."""
        return series.newest_revision(current.store().db, self.series.key)

    def shown(self) -> dict[str, Any]:
        """What its page shows beside the statements."""
        return {"series": self.series}


Where = AtEvent | InSeries
