"""What editors write for the report of a period: its header and the paragraphs of its sections."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from calendar_app import addresses, fields, spans, texts
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.report.facts import GAPS, LEFT_OUT, HeaderField, Period, SectionKey
from calendar_app.spans import Precision
from calendar_app.store import Change, Store, journal
from calendar_app.store import report as kept
from calendar_app.store.report import Written

# How many characters each takes.
LONGEST: Mapping[str, int] = {
    HeaderField.SYMBOL: 60,
    HeaderField.AGENDA_ITEM: 60,
    HeaderField.DATE: 40,
    HeaderField.TITLE: 300,
    HeaderField.ACTION: 1000,
    **dict.fromkeys(SectionKey, 10_000),
    GAPS: 10,
}
# What has paragraphs; the rest is one line each.
PARAGRAPHS = frozenset({HeaderField.ACTION, *SectionKey})
# What is another one in each report, and so no start for the next.
_OWN = frozenset({HeaderField.SYMBOL, HeaderField.DATE})
_ENGLISH = texts.of("en")


def write(
    store: Store,
    period: Period,
    *,
    given: Mapping[str, str],
    seen: Mapping[str, int],
    back: int = 0,
    actor: str,
    now: datetime,
) -> tuple[str, ...]:
    """Keeps the texts that an editor changed for a period, and gives their names; what they left alone stays.

    `given` are texts by SectionKey, HeaderField or GAPS, `seen` the ids of those that the editor began with, 0 if none.
    `back` is the id of an earlier text to be put back: it is written anew, after what was typed there.

    Raises:
        ProblemsError: every problem of the texts.
        ConflictError: someone else wrote one of them meanwhile, `names` in its data are those; or the period has no
            text to put back of that id.
    """
    told = _read(given)
    with store.change(now, actor=actor) as change:
        history = kept.history(store, period.first, period.last)
        numbers = {each.name: each.id for each in reversed(history)}
        stands = {each.name: each.text for each in reversed(history)}
        began = {(each.name, each.id): each.text for each in history}
        changed = {name: text for name, text in told.items() if text != began.get((name, seen.get(name, 0)), "")}
        differ = [(name, text) for name, text in changed.items() if text != stands.get(name, "")]
        if back:
            differ += _put_back(history, back, stands | dict(differ))
        names = tuple(dict.fromkeys(name for name, _ in differ))
        if clash := tuple(name for name in names if numbers.get(name, 0) != seen.get(name, 0)):
            raise ConflictError("report-changed", names=clash)
        for name, text in differ:
            kept.write(change, period.first, period.last, name=name, text=text)
        if names:
            _note(change, period, names)
        return names


def start(store: Store, period: Period) -> dict[str, str]:
    """The texts of a period that may start those of another one: all but what each report has of its own."""
    return {
        name: each.text
        for name, each in kept.texts(store, period.first, period.last).items()
        if each.text and name in LONGEST and name not in _OWN
    }


def _read(given: Mapping[str, str]) -> dict[str, str]:
    """The texts as they are kept; every problem of them, each at its name."""
    told, problems = dict[str, str](), list[Problem]()
    for name, text in given.items():
        try:
            told[name] = _cleaned(name, text)
        except CalendarError as error:
            problems.append(Problem(field=name, error=error))
    if problems:
        raise ProblemsError(problems)
    return told


def _cleaned(name: str, given: str) -> str:
    text = fields.lines(given)
    text = _paragraphs(text) if name in PARAGRAPHS else " ".join(text.split())
    if len(text) > LONGEST[name]:
        raise CalendarError("text-long", most=LONGEST[name], count=len(text))
    if name == GAPS and text not in {"", LEFT_OUT}:
        raise CalendarError("choice-unknown", value=text)
    return _day(text) if name == HeaderField.DATE and text else text


def _paragraphs(text: str) -> str:
    """The text with one empty line between its paragraphs."""
    lines = [each.rstrip(" \t") for each in text.split("\n")]
    kept = [each for each, before in zip(lines, ["", *lines], strict=False) if each or before]
    return "\n".join(kept).strip("\n")


def _day(text: str) -> str:
    """A day as reports write it: "29 March 2017"."""
    span = spans.parse(text)
    if span.precision is not Precision.DAY or span.first != span.last:
        raise CalendarError("report-date", text=text)
    return spans.write(span)


def _put_back(history: Sequence[Written], number: int, stands: Mapping[str, str]) -> list[tuple[str, str]]:
    """The name and the earlier text of this id, if it is not what stands there."""
    earlier = next((each for each in history if each.id == number), None)
    if earlier is None:
        raise ConflictError("report-text-unknown", names=())
    return [(earlier.name, earlier.text)] if earlier.text != stands[earlier.name] else []


def _note(change: Change, period: Period, names: tuple[str, ...]) -> None:
    words = _ENGLISH.all_of(_ENGLISH.label("report-text", name) for name in names)
    address = addresses.desk_report(period.query)
    journal.add(change, action="report-written", subject=address, detail=named(period, words))


def named(period: Period, words: str) -> str:
    """What the journal tells of the report of a period, which is named first."""
    return f"{_ENGLISH.day(period.first)} – {_ENGLISH.day(period.last)}: {words}"
