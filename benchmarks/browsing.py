"""How fast every page is answered with 400 events and with 100,000, spread like today's, and the ratio of the two.

`.venv/bin/python -m benchmarks.browsing [FOLDER]` prints a table; the records are kept in the folder, if one is given.
Both applications are called in turns, so that a noisy machine slows both; the best of the rounds counts. What a page
knows of the whole record is counted once after each edit: the last column is the first answer after one.
"""

import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from werkzeug.test import EnvironBuilder

from benchmarks import generated, site
from calendar_app.store import events

SIZES = (400, 100_000)
ROUNDS, CALLS, EDITS = 7, 5, 3
_YEAR = "from=2016-01-01&to=2016-12-31"
# What anyone may look at; each bounded to its period, or to what its page shows of the whole record.
PAGES = {
    "home": "/",
    "whole list": "/events",
    "list of a year": "/events?year=2016",
    "list of a period": f"/events?{_YEAR}",
    "list of a period, a theme and a goal": f"/events?{_YEAR}&sdg=13&theme=climate-change",
    "list of a period, words": f"/events?{_YEAR}&q=climate+change",
    "list of a period, words that find nothing": f"/events?{_YEAR}&q=climat+chnge",
    "month": "/calendar/2016-11",
    "month, a theme": "/calendar/2016-11?theme=climate-change",
    "year planner": "/calendar/2016",
    "its sheet": "/calendar/2016.svg",
    "map of a year": f"/map?{_YEAR}",
    "coverage of a year": f"/coverage?{_YEAR}",
    "report of a year": f"/report?{_YEAR}",
    "figures of twelve years": "/report/figures",
    "overlaps of a year": f"/overlaps?{_YEAR}",
    "overlaps of a year with Council": f"/overlaps?{_YEAR}&against-series=itu-council",
    "changes since a day": f"/changes?{_YEAR}&since=2026-11-01",
    "embed of a year": f"/embed?{_YEAR}",
    "event": "/events/hlpf-2016",
    "series": "/series/hlpf",
    "directory of series": "/series",
    "theme": "/themes/climate-change",
    "directory of themes": "/themes",
    "goal": "/sdgs/13",
    "directory of goals": "/sdgs",
    "subscribe": "/subscribe",
    "about": "/about",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A page: the best time of an answer with each record, and of the first after an edit of the larger; seconds."""

    page: str
    small: float
    large: float
    edited: float

    @property
    def ratio(self) -> float:
        """How many times as long the larger record takes."""
        return self.large / self.small


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder))
        print(f"{'page':44} {'400, ms':>9} {'100,000':>9} {'ratio':>6} {'after an edit':>14}", flush=True)
        for line in lines:
            print(
                f"{line.page:44} {line.small * 1e3:9.1f} {line.large * 1e3:9.1f} {line.ratio:6.2f}"
                f" {line.edited * 1e3:14.1f}",
                flush=True,
            )


def measure(
    folder: Path,
    *,
    sizes: tuple[int, int] = SIZES,
    pages: Mapping[str, str] = PAGES,
    rounds: int = ROUNDS,
    calls: int = CALLS,
    edits: int = EDITS,
) -> Iterator[Line]:
    """A line for each page, as soon as it is measured, on records of these sizes."""
    small, large = (site.application(folder, size) for size in sizes)
    for page, address in pages.items():
        best = [float("inf"), float("inf")]
        for _ in range(rounds):
            for side, app in enumerate((small, large)):
                best[side] = min(best[side], _seconds(app, address, calls))
        # Both are edited alike, so that both have as much to tell of it.
        _, edited = (min(_after_an_edit(app, address, range(edits))) for app in (small, large))
        yield Line(page=page, small=best[0], large=best[1], edited=edited)
    for app in (small, large):
        site.store(app).close()


def _seconds(app: Flask, address: str, calls: int) -> float:
    """The best time of so many calls: what else the machine does makes them slower, never faster."""
    environ = EnvironBuilder(path=address).get_environ()
    told, best = set[str](), float("inf")
    for _ in range(calls):
        start = time.perf_counter()
        b"".join(app(dict(environ), lambda status, _headers, _info=None: told.add(status)))  # type: ignore[arg-type]
        best = min(best, time.perf_counter() - start)
    assert told == {"200 OK"}, (address, told)
    return best


def _after_an_edit(app: Flask, address: str, numbers: Iterable[int]) -> Iterator[float]:
    for number in numbers:
        event = events.by_slug(site.store(app), "hlpf-2015")
        with site.store(app).change(generated.NOW, actor="benchmark") as change:
            events.save(change, replace(event, venue=f"Room {number}"), action="edited")
        yield _seconds(app, address, 1)


if __name__ == "__main__":
    main()
