"""What a report is written from, gathered from the record for one period; and the periods that one may ask for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from calendar_app.engagement import Engagement
from calendar_app.errors import CalendarError, NotFoundError, SelectionError
from calendar_app.events import Event
from calendar_app.report import periods
from calendar_app.report.facts import Facts, Period, ReportPlace
from calendar_app.selection import Selection, read_day
from calendar_app.spans import FIRST_YEAR, LAST_YEAR
from calendar_app.store import Store, engagements, events, figures, partners, report, report_places, search, series
from calendar_app.topics import Status

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

    Of a day and a session, the session stands for the day after its last, or the one before its first.

    Raises:
        SelectionError: a text that is neither; or an end before the beginning.
        CalendarError: a session that was called off or has no days on record, or sessions with no day between them.
    """
    earlier, later = _session(store, "from", since), _session(store, "to", until)
    if earlier and later:
        return periods.between(earlier, later)
    first = periods.day_after(earlier) if earlier else _day("from", since)
    last = periods.day_before(later) if later else _day("to", until)
    if last < first:
        raise SelectionError("select-backwards", first=first, last=last)
    return Period(first=first, last=last)


def gather(store: Store, period: Period) -> Facts:
    """All that the report of a period is written from, as one state of the record; only what is public."""
    with store.snapshot():
        earlier = _before(store, period)
        found, before = _within(store, period), _within(store, earlier) if earlier else []
        told = _told(store, period, found)
        places = _places(store, period, found, told)
        return Facts(
            period=period,
            events=tuple(found),
            series=series.directory(store),
            begun=series.begun(store, {each.key for each in places if each.subject == "series"}, by=period.last),
            earlier=earlier,
            before=tuple(before),
            engagements=tuple(told),
            engagements_before=tuple(_told(store, earlier, before)) if earlier else (),
            partners=partners.directory(store),
            figures=figures.standing(store),
            places=places,
            written={name: each.text for name, each in report.texts(store, period.first, period.last).items()},
            pillars=series.pillars(store),
            names=_names(store, found, told),
        )


def _day(name: str, text: str) -> date:
    """The day that a text means."""
    if not text:
        raise SelectionError("report-open", name=name)
    try:
        day = read_day(name, text)
    except SelectionError:
        day = None
    if day is None:
        raise SelectionError("report-bound", name=name, value=text[:60])
    return day


def _session(store: Store, name: str, slug: str) -> Event | None:
    """The session of Council of that slug that anyone may see; None for any other text."""
    try:
        found = events.by_slug(store, slug)
    except NotFoundError:
        return None
    if found.series != COUNCIL or not found.public:
        return None
    if found.off:
        message = "report-cancelled" if found.status is Status.CANCELLED else "report-postponed"
        raise CalendarError(message, name=name, title=found.title)
    return found


def _within(store: Store, period: Period) -> list[Event]:
    return events.by_ids(store, search.ids(store, Selection(first=period.first, last=period.last)))


def _told(store: Store, period: Period, found: Sequence[Event]) -> list[Engagement]:
    years = range(period.first.year, period.last.year + 1)
    return engagements.of_period(store, [event.uid for event in found], years)


def _places(
    store: Store, period: Period, found: Sequence[Event], told: Sequence[Engagement]
) -> tuple[ReportPlace, ...]:
    """Where the report of a period names events and series.

    A series that editors placed later is named in a period long before only if something is on record of it there.
    """
    met = {event.series for event in found} | {key for each in told for key in each.series}
    # The report of a year is written in the next.
    late = {key for key, year in report_places.added(store).items() if year - 1 > period.last.year and key not in met}
    return tuple(each for each in report_places.standing(store) if each.subject != "series" or each.key not in late)


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
