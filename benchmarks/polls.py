"""How fast a poll is answered, as a ratio to a bare Flask view beside it in the same run, and whatever the size.

`.venv/bin/python benchmarks/polls.py` prints a table. Both sides are called as WSGI applications, in turns, so that a
noisy machine slows both; the best of the rounds counts. An edit's poll is measured beside building the feed from
nothing, on the same record.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask, Response
from werkzeug.test import EnvironBuilder

from benchmarks import generated, site
from calendar_app.store import Store, events

FEED = "/feeds/all.ics"
SIZES = (100, 1_000, 10_000)
ROUNDS, CALLS, EDITS = 7, 400, 5
Call = Callable[[], object]


def main() -> None:
    """Prints the tables."""
    with tempfile.TemporaryDirectory() as folder:
        made = {size: site.application(Path(folder), size) for size in SIZES}
        _polls(made)
        _edits(made)


def _polls(made: dict[int, Flask]) -> None:
    print(f"{'poll of ' + FEED:36} {'ours, us':>9} {'Flask, us':>10} {'Flask/ours':>11}")
    for zipped in (False, True):
        for size, app in made.items():
            accept = {"Accept-Encoding": "gzip"} if zipped else {}
            answer = app.test_client().get(FEED, headers=accept)
            bare = _bare(answer.data)
            for name, headers, path in (
                ("without change (304)", {"If-None-Match": answer.headers["ETag"]}, "/none"),
                ("whole (200)", {}, "/all"),
            ):
                ours, theirs = _best(_call(app, FEED, headers | accept), _call(bare, path, {}))
                what = f"{name}{', gzip' if zipped else ''}, {size:,} events"
                print(f"{what:36} {ours * 1e6:9.1f} {theirs * 1e6:10.1f} {theirs / ours:11.2f}")


def _edits(made: dict[int, Flask]) -> None:
    print(f"\n{'after one edit of ' + FEED:36} {'poll, ms':>9} {'built, ms':>10} {'built/poll':>11}")
    for zipped in (False, True):
        for size, app in made.items():
            store = site.store(app)
            headers = {"Accept-Encoding": "gzip"} if zipped else {}
            polls, builds = [], []
            for number in range(EDITS):
                _edit(store, number)
                polls.append(_timed(_call(app, FEED, headers)))
                builds.append(_timed(_call(site.application(store.path.parent, size), FEED, headers)))
            what = f"{size:,} events{', gzip' if zipped else ''}"
            print(f"{what:36} {min(polls) * 1e3:9.1f} {min(builds) * 1e3:10.1f} {min(builds) / min(polls):11.1f}")


def _edit(store: Store, number: int) -> None:
    event = events.by_slug(store, "unfccc-cop-2015")
    with store.change(generated.NOW, actor="benchmark") as change:
        events.save(change, replace(event, venue=f"Room {number}"), action="edited")


def _bare(body: bytes) -> Flask:
    app = Flask("bare")
    app.add_url_rule("/none", view_func=lambda: Response(status=304), endpoint="none")
    app.add_url_rule("/all", view_func=lambda: Response(body, mimetype="text/calendar"), endpoint="all")
    return app


def _call(app: Flask, path: str, headers: dict[str, str]) -> Call:
    environ = EnvironBuilder(path=path, headers=headers).get_environ()

    def call() -> object:
        return b"".join(app(dict(environ), lambda _status, _headers, _info=None: None))  # type: ignore[arg-type]

    return call


def _best(ours: Call, theirs: Call) -> tuple[float, float]:
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for side, call in enumerate((ours, theirs)):
            start = time.perf_counter()
            for _ in range(CALLS):
                call()
            best[side] = min(best[side], (time.perf_counter() - start) / CALLS)
    return best[0], best[1]


def _timed(call: Call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
