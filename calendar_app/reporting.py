"""What a report is written from, gathered from the record for one period; and the periods that one may ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from calendar_app.engagement import Engagement
from calendar_app.errors import CalendarError, NotFoundError, SelectionError
from calendar_app.events import Event
from calendar_app.report import periods
from calendar_app.report.facts import Facts, Period
from calendar_app.selection import Selection, read_day
from calendar_app.spans import FIRST_YEAR, LAST_YEAR
from calendar_app.store import Store, engagements, events, figures, partners, report, report_places, search, series

COUNCIL = "itu-council"
_FIRST = date(FIRST_YEAR, 1, 1)
_NEAR = 15


def sessions(store: Store, *, near: Period) -> list[Event]:
    """The sessions of ITU's Council within fifteen years of a period that anyone may see, in list order.

    Those that were cancelled are left out; those further away too, so that a long record costs no more.
    """
    first, last = max(near.first.year - _NEAR, FIRST_YEAR), min(near.last.year + _NEAR, LAST_YEAR)
    wanted = replace(Selection.of(series=COUNCIL), first=date(first, 1, 1), last=date(last, 12, 31))
    found = events.by_ids(store, search.ids(store, wanted))
    return [event for event in found if not event.off]


def read(store: Store, since: str, until: str) -> Period:
    """The period between two days ("2016-01-01"), which are in it, or between two sessions of Council, by their slugs.

    Raises:
        SelectionError: a text that is neither, or one of each; or an end before the beginning.
        CalendarError: a session without days on record, or sessions with no day between them.
    """
    councils = {text: found for text in (since, until) if (found := _session(store, text))}
    if since in councils and until in councils:
        return periods.between(councils[since], councils[until])
    days = {name: _day(name, text, councils) for name, text in (("from", since), ("to", until))}
    first, last = days["from"], days["to"]
    if first is None or last is None:
        raise SelectionError("report-mixed", name="from" if first is None else "to")
    if last < first:
        raise SelectionError("select-backwards", first=first, last=last)
    return Period(first=first, last=last)


def gather(store: Store, period: Period) -> Facts:
    """All that the report of a period is written from, as one state of the record; only what is public."""
    with store.snapshot():
        earlier = _before(store, period)
        found, before = _within(store, period), _within(store, earlier) if earlier else []
        told = _told(store, period, found)
        return Facts(
            period=period,
            events=tuple(found),
            series=series.directory(store),
            earlier=earlier,
            before=tuple(before),
            engagements=tuple(told),
            engagements_before=tuple(_told(store, earlier, before)) if earlier else (),
            partners=partners.directory(store),
            figures=figures.standing(store),
            places=report_places.standing(store),
            written={name: each.text for name, each in report.texts(store, period.first, period.last).items()},
            pillars=series.pillars(store),
            names=_names(store, found, told),
        )


def _day(name: str, text: str, councils: Iterable[str]) -> date | None:
    """The day that a text means; None for a session of Council, which goes with another one alone."""
    if text in councils:
        return None
    if not text:
        raise SelectionError("report-open", name=name)
    try:
        return read_day(name, text)
    except SelectionError:
        raise SelectionError("report-bound", name=name, value=text[:60]) from None


def _session(store: Store, slug: str) -> Event | None:
    """The session of Council of that slug that anyone may see; None for any other text."""
    try:
        found = events.by_slug(store, slug)
    except NotFoundError:
        return None
    return found if found.series == COUNCIL and found.public and not found.off else None


def _within(store: Store, period: Period) -> list[Event]:
    return events.by_ids(store, search.ids(store, Selection(first=period.first, last=period.last)))


def _told(store: Store, period: Period, found: Sequence[Event]) -> list[Engagement]:
    years = range(period.first.year, period.last.year + 1)
    return engagements.of_period(store, [event.uid for event in found], years)


def _before(store: Store, period: Period) -> Period | None:
    """The period to compare with: the year before, the sessions of Council before, else as many days before.

    None where the calendar does not reach so far back.
    """
    if period.year:
        return periods.calendar_year(period.year - 1) if period.year > FIRST_YEAR else None
    if period.since and (one_before := _session_before(store, period.since)):
        try:
            return periods.between(one_before, period.since)
        except CalendarError:
            pass  # its days are not on record
    length = (period.last - period.first).days
    if (period.first - _FIRST).days <= length:
        return None
    return Period(first=period.first - timedelta(length + 1), last=period.first - timedelta(1))


def _session_before(store: Store, session: Event) -> Event | None:
    span = session.span
    near = sessions(store, near=Period(first=span.first, last=span.last))
    earlier = [event for event in near if event.span.last < span.first]
    return earlier[-1] if earlier else None


def _names(store: Store, found: Sequence[Event], told: Sequence[Engagement]) -> dict[str, Event]:
    """The public events outside the period that statements or side events name, by uid."""
    named = {uid for each in told for uid in each.events} | {event.held_at for event in found if event.held_at}
    others = events.by_uids(store, named - {event.uid for event in found})
    return {event.uid: event for event in others if event.public}
