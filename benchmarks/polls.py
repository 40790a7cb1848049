"""How fast a poll is answered, as a ratio to a bare Flask view beside it in the same run.

`.venv/bin/python benchmarks/polls.py` prints a table. Both sides are called as WSGI applications, in turns,
so that a noisy machine slows both; the best of the rounds counts.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response
from werkzeug.test import EnvironBuilder

from calendar_app import create_app
from calendar_app.settings import Settings

ROUNDS, CALLS = 7, 400
Call = Callable[[], object]


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                database=Path(folder) / "events.db", feeds=Path(folder) / "feeds", base="https://calendar.example"
            ),
            clock=lambda: datetime(2026, 11, 24, tzinfo=UTC),
        )
        body, etag = _first(app)
        bare = _bare(body)
        print(f"{'what':34} {'ours, us':>9} {'Flask, us':>10} {'Flask/ours':>11}")
        for name, headers, path in (
            ("poll without change (304)", {"If-None-Match": etag}, "/none"),
            ("whole poll (200, no gzip)", {}, "/all"),
        ):
            ours, theirs = _best(_call(app, "/feeds/all.ics", headers), _call(bare, path, {}))
            print(f"{name:34} {ours * 1e6:9.1f} {theirs * 1e6:10.1f} {theirs / ours:11.2f}")


def _first(app: Flask) -> tuple[bytes, str]:
    answer = app.test_client().get("/feeds/all.ics")
    return answer.data, answer.headers["ETag"]


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


if __name__ == "__main__":
    main()
