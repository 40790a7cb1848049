"""Doctor: what an operator should know of a deployment, as lines of text, and whether anything is wrong."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from calendar_app import edition, health
from calendar_app.formats.lint import Finding
from calendar_app.health import FeedHealth
from calendar_app.publish import Publisher
from calendar_app.settings import Settings, is_local
from calendar_app.store import Store, integrity, outbox, polls

_MOST_FINDINGS = 20
_DAYS = 30
_HEAD = ("feed", "entries", "left out", "size", "of Google’s", "last change", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What there is to say, and whether something of it is wrong."""

    lines: tuple[str, ...]
    wrong: bool


def damage(path: Path) -> list[str]:
    """What is wrong with a database file that is there; it is only read.

    Raises:
        CalendarError: it is no database of the calendar.
    """
    store = Store(path)
    try:
        return integrity.problems(store)
    finally:
        store.close()


def report(
    publisher: Publisher, config: Settings, *, today: date, families: Mapping[str, str], everything: bool = False
) -> Report:
    """How the feeds stand: those with something to say, or with `everything` all; then polls, notes, and a summary.

    `families` names the kinds of programs that poll, in the order of the lines.
    """
    feeds = health.examine(publisher, edition.names(publisher.store), today=today)
    untold = [f"{each.slug}: can’t be told as {each.format}: {each.reason}" for each in health.untold(publisher)]
    wrong, large = sum(each.wrong for each in feeds), sum(each.large for each in feeds)
    summary = (
        f"feeds: {len(feeds)}, wrong: {wrong}, near Google’s limit: {large}, failures to tell an event: {len(untold)}"
    )
    lines = [
        *_table([each for each in feeds if everything or each.wrong or each.large]),
        *_findings(feeds, most=None if everything else _MOST_FINDINGS),
        *untold,
        *_polls(publisher.store, families, today=today),
        *mail_lines(publisher.store, config),
        *_notes(publisher, config, today=today),
        f"{summary}; the database is whole",
    ]
    return Report(lines=tuple(lines), wrong=bool(wrong or untold))


def _table(feeds: Sequence[FeedHealth]) -> Iterator[str]:
    if not feeds:
        return
    rows = [_HEAD, *map(_row, feeds)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *numbers, last, told in rows:
        cells = [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=False))]
        yield "  ".join([*cells, last.ljust(widths[-2]), told]).rstrip()


def _row(feed: FeedHealth) -> tuple[str, ...]:
    changed = feed.changed.date().isoformat() if feed.changed else ""
    told = [f"findings: {len(feed.findings)}"] if feed.findings else []
    told += [f"events missing: {len(feed.failed)}"] if feed.failed else []
    told += ["near Google’s limit"] if feed.large else []
    told += [feed.broken] if feed.broken else []
    size, share = f"{-(-feed.size // 1000)} kB", f"{round(100 * feed.share)}%"
    return feed.name, str(feed.entries), str(sum(feed.left_out.values())), size, share, changed, ", ".join(told)


def _findings(feeds: Sequence[FeedHealth], *, most: int | None) -> Iterator[str]:
    """Each finding once, since an event is in ten feeds: where it is first, and in how many more."""
    places = defaultdict[tuple[str, str, str], list[tuple[str, Finding]]](list)
    for feed in feeds:
        for finding in feed.findings:
            places[finding.rule, finding.words, finding.uid].append((feed.name, finding))
    found = list(places.values())
    for (name, first), *others in found[:most]:
        more = f"; in {len(others)} more" if others else ""
        yield f"{name}.ics, line {first.line}: {first.words} ({first.clause}){more}"
    if most is not None and len(found) > most:
        yield f"{len(found) - most} more findings; --all tells them"


def _polls(store: Store, families: Mapping[str, str], *, today: date) -> Iterator[str]:
    """How often each kind of program polled in the last days, and the share answered with 304, as at the desk."""
    found = polls.since(store, today - timedelta(days=_DAYS - 1))
    if not found:
        yield f"no polls recorded in the last {_DAYS} days"
        return
    yield f"polls of the last {_DAYS} days, and the share answered with 304:"
    rows = [(name, [each for each in found if each.family == key]) for key, name in families.items()]
    for name, polled in [*rows, ("All", found)]:
        if asked := sum(each.polls for each in polled):
            yield f"  {name}: {asked}, {round(100 * sum(each.unchanged for each in polled) / asked)}%"


def mail_lines(store: Store, config: Settings) -> Iterator[str]:
    """Whether mail is sent, and how what waits stands."""
    found = outbox.state(store)
    server = f"through {config.smtp.host}:{config.smtp.port} from {config.smtp.sender}" if config.smtp else "not set"
    waits = f"; waiting: {found.waiting}, of these failed before: {found.failed}" if found.waiting else ""
    yield f"mail: {server}{waits}" + (f" ({found.problem})" if found.problem else "")


def _notes(publisher: Publisher, config: Settings, *, today: date) -> Iterator[str]:
    """What may well be so, and may be a mistake."""
    if config.base is None:
        yield f"note: CALENDAR_BASE_URL is not set: feeds name {publisher.base}, which other machines may not reach"
    elif is_local(config.base):
        yield f"note: CALENDAR_BASE_URL is {config.base}: Google and Outlook can’t reach it"
    if differing := edition.check(publisher, config.feeds, today=today):
        yield f"note: {len(differing)} files in {config.feeds} are not what their addresses give; see publish --check"
