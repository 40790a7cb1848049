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
from calendar_app.topics import SDGS, THEMES, Activity, Kind

_HEAD = (
    *(N_("Dates"), N_("Event"), N_("Place"), N_("ITU’s role")),
    *(N_("SDGs"), N_("What ITU did"), N_("Remarks")),
)
_NUMBERS = {
    "events": N_("Events"),
    "with_role": N_("Events at which ITU’s role is on record"),
    "told": N_("Events of which it is on record what ITU did there"),
    "of_series": N_("Events of which only what ITU did in their series is on record"),
    "unverified": N_("Events whose dates are unverified"),
    "undated": N_("Events whose days are not known"),
    "off": N_("Cancelled or postponed, not counted above"),
    "side_events": N_("ITU’s side events that are in the calendar"),
    "stated": N_("Statements of side events that are not in the calendar"),
    "partners": N_("Partners"),
    "beside": N_("Partners in side events"),
}
# The tables of what events are counted by: caption, head of the first column, and what has to be known to read them.
_VALUES = {
    "role": (N_("Events by ITU’s role"), N_("Role"), N_("An event counts under each role that ITU had there.")),
    "region": (
        N_("Events by region"),
        N_("Region"),
        N_("Events online, and those without a country on record, are left out."),
    ),
    "sdg": (
        N_("Events by Sustainable Development Goal"),
        N_("Goal"),
        N_("An event counts under each goal that it relates to."),
    ),
    "theme": (N_("Events by theme"), N_("Theme"), N_("An event counts under each of its themes.")),
}


def tables(record: Record) -> tuple[Table, ...]:
    """The tables of the annex."""
    return (_events(record), _coverage(record), _numbers(record), *_values(record))


def _events(record: Record) -> Table:
    texts = record.texts
    caption, note = texts.gettext("All events of the period"), ""
    if len(record.meetings) < len(record.events):
        caption = texts.gettext("All events of the period, ITU’s side events among them")
        note = texts.gettext("ITU’s side events are marked as such, and counted apart in the tables below.")
    empty = texts.gettext("An empty cell means that the record holds nothing of it.")
    return Table(
        caption=caption,
        head=tuple(map(texts.gettext, _HEAD)),
        rows=tuple(_event(record, event) for event in record.events),
        note=" ".join(filter(None, (empty, note))),
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
        ", ".join((*_sort(record, event), *naming.states(event, texts))),
    )
    first, *rest = (Run(text=cell) for cell in cells)
    return first, naming.linked(event, naming.event_name(event, said)), *rest


def _sort(record: Record, event: Event) -> tuple[str, ...]:
    """The remark that an event is a side event of ITU's, with its forum if that is known."""
    if event.kind is not Kind.SIDE_EVENT:
        return ()
    forum = record.event(event.held_at)
    if forum is None:
        return (record.texts.gettext("ITU’s side event"),)
    name = naming.event_in_short(naming.event_name(forum, record.place(forum)), None)
    return (
        record.texts.gettext("ITU’s side event at {forum}").format(forum=naming.article(name, record.texts) + name),
    )


def _done(record: Record, event: Event) -> str:
    """What ITU did at an event, else in its series as a whole, by the sorts of it."""
    if event.off:
        return ""
    texts, series = record.texts, record.series_of(event)
    done, template = [each.activity for each in record.done_at(event)], "{acts}"
    if not done and record.is_told(event):
        done = [Activity.SIDE_EVENT]  # told by its own entry
    if not done and series:
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
    before = statistics.totals(facts.before, facts.series, facts.engagements_before) if facts.earlier else None
    return Table(
        caption=texts.gettext("Numbers of the period, and of the one before"),
        head=(texts.gettext("Number"), *_columns(record)),
        rows=tuple(_totals(record, now, before)),
        numeric=1,
    )


def _columns(record: Record) -> Iterator[str]:
    """The heads of the columns of numbers: the period, the one before, and the change."""
    yield _name(record, record.period)
    if record.facts.earlier:
        yield from (_name(record, record.facts.earlier), record.texts.gettext("Change"))


def _name(record: Record, period: Period) -> str:
    if period.year:
        return str(period.year)
    if period.first == period.last:
        return record.texts.day(period.first)
    return f"{record.texts.day(period.first)} – {record.texts.day(period.last)}"


def _totals(record: Record, now: Totals, before: Totals | None) -> Iterator[tuple[Run, ...]]:
    for name in (field.name for field in fields(Totals)):
        label = Run(text=record.texts.gettext(_NUMBERS[name]))
        yield _row(label, getattr(now, name), getattr(before, name) if before else None)


def _values(record: Record) -> Iterator[Table]:
    """Events by role, region, goal and theme, a table each; none of what no event has."""
    facts, gettext = record.facts, record.texts.gettext
    for what, (caption, name, note) in _VALUES.items():
        now = statistics.by(record.events, facts.series, what)
        before = statistics.by(facts.before, facts.series, what)
        rows = [
            _row(_label(record, what, value), now.get(value, 0), before.get(value, 0) if facts.earlier else None)
            for value in statistics.ordered({*now, *before}, what)
        ]
        if rows:
            head = (gettext(name), *_columns(record))
            yield Table(caption=gettext(caption), head=head, rows=tuple(rows), numeric=1, note=gettext(note))


def _row(label: Run, now: int, before: int | None) -> tuple[Run, ...]:
    if before is None:
        return label, Run(text=str(now))
    change = f"{now - before:+d}".replace("-", "−") if now != before else "0"
    return label, Run(text=str(now)), Run(text=str(before)), Run(text=change)


def _label(record: Record, what: str, value: str) -> Run:
    texts = record.texts
    if what == "role":
        return Run(text=texts.label("role", value))
    if what == "region":
        return Run(text=texts.gettext(value))
    if what == "sdg":
        return Run(text=f"{value} {texts.gettext(SDGS[int(value)].name)}", address=addresses.sdg(value))
    return Run(text=texts.gettext(THEMES[value].name), address=addresses.theme(value))
