"""The annex of a report: all its events, the goals by month, and its numbers against the period before."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from calendar_app import addresses
from calendar_app.events import Event, roles_of
from calendar_app.messages.marking import N_
from calendar_app.report import naming, periods, statistics
from calendar_app.report.facts import Period
from calendar_app.report.model import Run, Table
from calendar_app.report.record import Record
from calendar_app.report.statistics import Totals
from calendar_app.topics import SDGS, THEMES, Activity

_HEAD = (
    *(N_("Dates"), N_("Event"), N_("Place"), N_("ITU’s role")),
    *(N_("SDGs"), N_("What ITU did"), N_("Remarks")),
)
_NUMBERS = {
    "events": N_("Events"),
    "with_role": N_("Events with ITU’s role on record"),
    "told": N_("Events with what ITU did there on record"),
    "of_series": N_("Others with what ITU did in their series as a whole on record"),
    "unverified": N_("Events whose dates are unverified"),
    "undated": N_("Events whose days are not known"),
    "off": N_("Cancelled or postponed, in addition"),
    "side_events": N_("ITU’s side events with an entry"),
    "stated": N_("Statements of side events without one"),
    "partners": N_("Partners"),
    "beside": N_("Partners in side events"),
}


def tables(record: Record) -> tuple[Table, ...]:
    """The tables of the annex."""
    return (_events(record), _coverage(record), _numbers(record))


def _events(record: Record) -> Table:
    texts = record.texts
    return Table(
        caption=texts.gettext("All events of the period"),
        head=tuple(map(texts.gettext, _HEAD)),
        rows=tuple(_event(record, event) for event in record.events),
        note=texts.gettext("An empty cell means that the record holds nothing of it."),
    )


def _event(record: Record, event: Event) -> tuple[Run, ...]:
    texts, said = record.texts, record.place(event)
    series = record.series_of(event)
    cells = (
        naming.dates(event.span, record.period, texts),
        naming.place(event, texts, said),
        ", ".join(texts.label("role", role) for role in roles_of(event, series)),
        _ranges(event.sdgs),
        _done(record, event),
        ", ".join(naming.states(event, texts)),
    )
    first, *rest = (Run(text=cell) for cell in cells)
    return first, naming.linked(event, naming.event_name(event, said)), *rest


def _done(record: Record, event: Event) -> str:
    """What ITU did at an event, else in its series as a whole, by the sorts of it."""
    texts, series = record.texts, record.series_of(event)
    done, template = [each.activity for each in record.done_at(event)], "{acts}"
    if not done and record.is_told(event):
        done = [Activity.SIDE_EVENT]  # told by its own entry
    if not done and series and not event.off:
        done = [each.activity for each in record.done_in(series)]
        template = texts.gettext("Of the series: {acts}")
    acts = ", ".join(texts.label("activity", act) for act in dict.fromkeys(done))
    return template.format(acts=acts) if acts else ""


def _ranges(goals: Sequence[int]) -> str:
    """Goals in little room: "1-3, 16, 17"."""
    runs: list[list[int]] = []
    for goal in sorted(goals):
        if runs and runs[-1][-1] == goal - 1:
            runs[-1].append(goal)
        else:
            runs.append([goal])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _coverage(record: Record) -> Table:
    texts, by_month = record.texts, list(periods.months(record.period))
    short = len(by_month) <= periods.MOST_MONTHS
    columns = by_month if short else list(periods.years(record.period))
    heads = [texts.month_short(each.first) if short else str(each.first.year) for each in columns]
    lines = statistics.coverage(record.events, columns)
    return Table(
        caption=texts.gettext("Sustainable Development Goals by month")
        if short
        else texts.gettext("Sustainable Development Goals by year"),
        head=(
            texts.gettext("Goal"),
            *heads,
            *([texts.gettext("Month not known")] if short else []),
            texts.gettext("All"),
        ),
        rows=tuple(_goal(record, line, undated=short) for line in lines),
        numeric=1,
        note=texts.gettext(
            "An event counts wherever it may lie, and once under “All”. ITU’s side events, and what was cancelled or"
            " postponed, are left out."
        ),
    )


def _goal(record: Record, line: statistics.Goal, *, undated: bool) -> tuple[Run, ...]:
    name = Run(text=f"{line.number} {record.texts.gettext(SDGS[line.number].name)}", address=addresses.sdg(line.number))
    numbers = (*line.cells, *([line.undated] if undated else []), line.total)
    return name, *(Run(text=str(number) if number else "–") for number in numbers)


def _numbers(record: Record) -> Table:
    facts, texts = record.facts, record.texts
    now = statistics.totals(record.events, facts.series, facts.engagements)
    head = [texts.gettext("Number"), _name(record, facts.period)]
    before = None
    if facts.earlier:
        before = statistics.totals(facts.before, facts.series, facts.engagements_before)
        head += [_name(record, facts.earlier), texts.gettext("Change")]
    rows = [*_totals(record, now, before), *_values(record)]
    return Table(
        caption=texts.gettext("Numbers of the period, and of the one before"),
        head=tuple(head),
        rows=tuple(rows),
        numeric=1,
    )


def _name(record: Record, period: Period) -> str:
    if period.year:
        return str(period.year)
    return f"{record.texts.day(period.first)} – {record.texts.day(period.last)}"


def _totals(record: Record, now: Totals, before: Totals | None) -> Iterator[tuple[Run, ...]]:
    for name in (field.name for field in fields(Totals)):
        label = Run(text=record.texts.gettext(_NUMBERS[name]))
        yield _row(label, getattr(now, name), getattr(before, name) if before else None)


def _values(record: Record) -> Iterator[tuple[Run, ...]]:
    """Events by role, region, goal and theme."""
    facts = record.facts
    for what in ("role", "region", "sdg", "theme"):
        now = statistics.by(record.events, facts.series, what)
        before = statistics.by(facts.before, facts.series, what)
        for value in dict.fromkeys((*now, *before)):
            yield _row(_label(record, what, value), now.get(value, 0), before.get(value, 0) if facts.earlier else None)


def _row(label: Run, now: int, before: int | None) -> tuple[Run, ...]:
    if before is None:
        return label, Run(text=str(now))
    change = f"{now - before:+d}".replace("-", "−") if now != before else "0"
    return label, Run(text=str(now)), Run(text=str(before)), Run(text=change)


def _label(record: Record, what: str, value: str) -> Run:
    texts = record.texts
    if what == "role":
        return Run(text=texts.gettext("ITU as {role}").format(role=texts.label("role", value).lower()))
    if what == "region":
        return Run(text=texts.gettext("Held in: {region}").format(region=texts.gettext(value)))
    if what == "sdg":
        name = texts.gettext(SDGS[int(value)].name)
        return Run(text=texts.gettext("SDG {number}").format(number=f"{value}, {name}"), address=addresses.sdg(value))
    return Run(text=texts.gettext(THEMES[value].name), address=addresses.theme(value))
