"""The commands, and the server as a process: what they print, how they end, and what outlives a kill."""

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calendar_app import accounts, catalogue, edition, open_store, settings, texts
from calendar_app.accounts import hashes
from calendar_app.cli import main, parser
from calendar_app.errors import CalendarError
from calendar_app.formats import FORMATS
from calendar_app.store import Store, deployment, events
from calendar_app.store import accounts as kept
from tests.conftest import BASE, NOW
from tests.webapp import PASSWORD, uids

DEADLINE_SECONDS = 20
TITLE = "Rehearsal of a Forum zyx"


@pytest.fixture
def folder(tmp_path: Path, loaded_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a deployment with a loaded database; the environment says so."""
    shutil.copyfile(loaded_database, tmp_path / "events.db")
    for name in [name for name in os.environ if name.startswith("CALENDAR_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CALENDAR_DB", str(tmp_path / "events.db"))
    monkeypatch.setenv("CALENDAR_FEEDS", str(tmp_path / "feeds"))
    monkeypatch.setenv("CALENDAR_BASE_URL", BASE)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    """The lines on standard output and on standard error."""
    captured = capsys.readouterr()
    return captured.out.splitlines(), captured.err.splitlines()


def word(message: str, **data: object) -> str:
    return texts.of("en").error(CalendarError(message, **data))


def until(holds: Callable[[], bool], what: str) -> None:
    """Comes back as soon as it holds; fails once the deadline has passed."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"not within {DEADLINE_SECONDS} s: {what}"
        time.sleep(0.02)


# The commands


def test_parser_knows_these_commands_and_their_options():
    assert vars(parser().parse_args(["serve"])).items() >= {"host": "127.0.0.1", "port": 8000}.items()
    assert parser().parse_args(["serve", "--host", "::1", "--port", "81"]).port == 81
    assert parser().parse_args(["load"]).folder is None
    assert parser().parse_args(["load", "facts"]).folder == Path("facts")
    given = parser().parse_args(["publish", "--check"])
    assert (given.check, given.watch) == (True, False)
    given = parser().parse_args(["user", "add", "a@example.org"])
    assert (given.email, given.role, given.password_stdin) == ("a@example.org", "editor", False)
    assert [parser().parse_args(["doctor", *more]).all for more in ([], ["--all"])] == [False, True]


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["serve", "--port", "x"], ["user", "add"], ["user", "add", "a@b.org", "--role", "king"]]
)
def test_parser_refuses_what_it_does_not_know(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert told(capsys)[1][0].startswith("usage: calendar-app")


def test_help_tells_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    lines = "\n".join(told(capsys)[0])
    assert re.findall(r"^    (\w+)  ", lines, re.MULTILINE) == [
        *("serve", "load", "import", "publish", "report", "user", "token", "mail", "doctor"),
    ]


def test_load_of_a_new_database_and_of_a_loaded_one_prints_what_it_did(folder, capsys):
    (folder / "events.db").unlink()
    events = len(catalogue.parse().events)
    for _ in range(2):
        # The first start has filled the new database already, so that the command itself changes nothing.
        assert main(["load"]) == 0
        out, err = told(capsys)
        counts = {verdict: int(count) for count, verdict in map(str.split, out)}
        assert (counts, err) == ({"new": 0, "changed": 0, "same": events, "vanished": 0}, [])


def test_load_of_a_folder_that_is_not_one_fails_in_words(folder, capsys):
    assert main(["load", str(folder / "nowhere")]) == 1
    out, err = told(capsys)
    assert out == []
    assert word("file-unreadable", name="events.csv").split(" ")[0] in err[0]


def test_publish_writes_the_edition_and_check_proves_it(folder, capsys):
    assert main(["publish", "--check"]) == 1
    missing, _ = told(capsys)
    assert main(["publish"]) == 0
    files = {file.relative_to(folder / "feeds").as_posix() for file in (folder / "feeds").rglob("*.ics")}
    assert told(capsys) == ([f"{len(files)} files written to {folder / 'feeds'}"], [])
    assert missing == [
        *(f"{path}: the file is not what its address gives" for path in sorted(files)),
        f"{len(files)} of the edition's files differ",
    ]
    assert main(["publish", "--check"]) == 0
    assert told(capsys) == (["0 of the edition's files differ"], [])
    assert main(["publish"]) == 0
    assert told(capsys)[0] == [f"0 files written to {folder / 'feeds'}"]


def test_publish_check_names_the_file_that_was_touched(folder, capsys):
    main(["publish"])
    told(capsys)
    with (folder / "feeds" / "sdg" / "13.ics").open("ab") as file:
        file.write(b" ")
    (folder / "feeds" / "all.ics").unlink()
    (folder / "feeds" / "extra.ics").write_bytes(b"")
    assert main(["publish", "--check"]) == 1
    assert told(capsys)[0] == [
        *(f"{path}: the file is not what its address gives" for path in ("all.ics", "extra.ics", "sdg/13.ics")),
        "3 of the edition's files differ",
    ]


def test_user_add_reads_the_password_as_one_line(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", _lines(f"{PASSWORD}\nnot this\n"))
    assert main(["user", "add", "editor@example.org", "--role", "editor", "--password-stdin"]) == 0
    assert told(capsys) == (["editor@example.org may sign in as editor."], [])
    store = Store(folder / "events.db")
    account = kept.by_email(store, "editor@example.org")
    assert (account.role, hashes.verified(account, PASSWORD)) == ("editor", True)
    store.close()


def test_user_add_tells_each_problem_on_standard_error(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", _lines("short\n"))
    assert main(["user", "add", "nobody", "--password-stdin"]) == 1
    assert told(capsys) == (
        [],
        [f"email: {word('email-unreadable')}", f"password: {word('password-short', least=12)}"],
    )
    store = Store(folder / "events.db")
    assert not kept.any_there(store)
    store.close()


def test_token_create_prints_a_token_once_and_nothing_else(folder, capsys):
    store = Store(folder / "events.db")
    with store.change(NOW, actor="test") as change:
        kept.add(change, email="editor@example.org", role="editor", password_hash="$argon2id$none")
    assert main(["token", "create", "Editor@example.org"]) == 0
    assert main(["token", "create", "editor@example.org", "--name", "a script", "--scope", "edit", "--days", "7"]) == 0
    made, err = told(capsys)
    assert err == []
    found = [accounts.of_token(store, token, now=datetime.now(UTC)) for token in made]
    assert [(each.account.email, each.name, each.scope, (each.expires - each.created).days) for each in found] == [
        ("editor@example.org", "command line", "read", 90),
        ("editor@example.org", "a script", "edit", 7),
    ]
    store.close()


def test_token_create_fails_in_words(folder, capsys):
    assert main(["token", "create", "nobody@example.org"]) == 1
    assert told(capsys) == ([], [word("account-unknown")])
    store = Store(folder / "events.db")
    with store.change(NOW, actor="test") as change:
        kept.add(change, email="s@example.org", role="submitter", password_hash="$argon2id$none")
    store.close()
    assert main(["token", "create", "s@example.org", "--scope", "edit", "--days", "0", "--name", " "]) == 1
    assert told(capsys) == (
        [],
        [
            f"token_name: {word('token-name')}",
            f"scope: {word('token-scope')}",
            f"days: {word('token-days', most=366)}",
        ],
    )


def test_user_add_twice_fails(folder, capsys, monkeypatch):
    for status in (0, 1):
        monkeypatch.setattr(sys, "stdin", _lines(f"{PASSWORD}\n"))
        assert main(["user", "add", "editor@example.org", "--password-stdin"]) == status
    assert told(capsys)[1] == [f"email: {word('account-twice')}"]


def test_doctor_ends_well_where_nothing_is_wrong(folder, capsys):
    main(["publish"])
    told(capsys)
    assert main(["doctor"]) == 0
    out, err = told(capsys)
    assert (len(out), out[:2], err) == (3, ["no polls recorded in the last 30 days", "mail: not set"], [])
    assert re.fullmatch(r"feeds: \d+, wrong: 0, .* failures to tell an event: 0; the database is whole", out[2])


def test_doctor_ends_badly_where_an_event_cannot_be_told(folder, capsys, monkeypatch):
    def entry(item, context):
        if item.event.slug == "igf-2016":
            raise ValueError("no words for it")
        return b""

    monkeypatch.setitem(FORMATS, "csv", replace(FORMATS["csv"], entry=entry))
    monkeypatch.setattr(edition, "names", lambda store: iter(["country/MA"]))
    assert main(["doctor", "--all"]) == 1
    out, err = told(capsys)
    assert [line.split()[0] for line in out[:2]] == ["feed", "country/MA"]
    assert "igf-2016: can’t be told as csv: ValueError: no words for it" in out
    assert err == []


def test_doctor_tells_a_damaged_database_and_stops(folder, capsys):
    path = folder / "events.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xff" * (size // 3))
    assert main(["doctor"]) == 1
    out, _ = told(capsys)
    assert out[0].startswith("database: ")
    assert out[-1] == "The database is damaged, and nothing else was checked. Restore a backup."


@pytest.mark.parametrize("content", [None, b"no database at all, but a text that is long enough"])
def test_doctor_makes_no_database(folder, capsys, content):
    path = folder / "events.db"
    path.unlink()
    if content:
        path.write_bytes(content)
    assert main(["doctor"]) == 1
    assert told(capsys) == ([], [word("store-none", name=str(path))])
    assert path.exists() == bool(content)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CALENDAR_BASE_URL", "ftp://example.org", "CALENDAR_BASE_URL has to start with https:// or http://"),
        ("CALENDAR_TRUSTED_PROXIES", "one", "invalid literal for int() with base 10: 'one'"),
        ("CALENDAR_DB", "/proc/nowhere/events.db", "[Errno 2] No such file or directory: '/proc/nowhere'"),
    ],
)
def test_setting_that_cannot_be_used_fails_in_words(folder, capsys, monkeypatch, name, value, words):
    monkeypatch.setenv(name, value)
    assert main(["publish", "--check"]) == 1
    assert told(capsys) == ([], [f"calendar-app: {words}"])


def test_serve_on_a_port_that_is_taken_fails_in_words(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "calendar_app.cli", "serve", "--port", str(taken.getsockname()[1])]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE_SECONDS, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert ended.stderr.startswith("calendar-app: ")
    assert "Address already in use" in ended.stderr


# The server


class Server:
    """`calendar-app serve` as a process on the deployment of a folder."""

    def __init__(self, folder: Path, *, seed: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        environ = {name: value for name, value in os.environ.items() if not name.startswith("CALENDAR_")}
        environ |= {"CALENDAR_DB": str(folder / "events.db"), "CALENDAR_FEEDS": str(folder / "feeds")}
        # The address in every document, whichever port this run has.
        environ |= {"CALENDAR_BASE_URL": "http://127.0.0.1:8000", "CALENDAR_RATELIMIT": "off", "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "calendar_app.cli", "serve", "--port", str(port)]
        self.log = (folder / f"log-{seed}").open("wb")
        self.process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.first_line = self.line()

    def line(self) -> str:
        return self.process.stdout.readline()

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(timeout=DEADLINE_SECONDS)
        self.process.stdout.close()
        self.log.close()


class Visitor:
    """Someone with a cookie jar and a browser's patience."""

    def __init__(self, server: Server) -> None:
        self.base = server.base
        jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path: str) -> bytes:
        with self._opener.open(self.base + path, timeout=DEADLINE_SECONDS) as answer:
            return answer.read()

    def send(self, path: str, **fields: str) -> str:
        """Posts the form of an address with its token; gives the path that the answer leads to."""
        found = re.search(rb'name="csrf_token" value="([^"]+)"', self.get(path))
        body = urllib.parse.urlencode({"csrf_token": found[1].decode(), **fields}).encode()
        with self._opener.open(self.base + path, data=body, timeout=DEADLINE_SECONDS) as answer:
            assert answer.status == 200
            return answer.url.removeprefix(self.base)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers on one folder; none outlives the test."""
    started: list[Server] = []

    def start(*, seed: str = "1") -> Server:
        started.append(Server(tmp_path, seed=seed))
        return started[-1]

    yield start
    for server in started:
        server.end(signal.SIGKILL)


def test_server_keeps_what_it_answered_and_publishes_it_whatever_happens(serve, tmp_path):
    # A first start in an empty folder: the catalogue is loaded, the address and the set-up link are printed.
    server = serve(seed="1")
    assert server.first_line == "The UN Forum Calendar is at http://127.0.0.1:8000\n"
    link = re.fullmatch(
        r"Nobody has an account yet\. Make yours, once: http://127\.0\.0\.1:8000(/setup/[\w-]+)\n", server.line()
    )
    editor, proposer = Visitor(server), Visitor(server)
    assert editor.send(link[1], email="first@example.org", password=PASSWORD) == "/desk"
    assert proposer.send("/submit", title=TITLE, dates="18-22 April 2033", source="Note", sdgs="13").startswith(
        "/submissions/"
    )
    form = {"title": TITLE, "dates": "18-22 April 2033", "source": "Note", "sdgs": "13"}
    event = editor.send("/desk/submissions/1", **form, do="approve", version="1")
    assert event == "/events/rehearsal-of-a-forum-zyx-2033"
    server.end(signal.SIGKILL)

    # What was answered is there; nobody is offered a set-up link any more.
    server = serve(seed="2")
    visitor = Visitor(server)
    assert TITLE.encode() in visitor.get(event)
    everything, goal, one = (visitor.get(path) for path in ("/feeds/all.ics", "/feeds/sdg/13.ics", f"{event}.ics"))
    (uid,) = uids(one)
    assert uid in uids(everything) & uids(goal)
    file = tmp_path / "feeds" / "sdg" / "13.ics"
    until(lambda: file.exists() and file.read_bytes() == goal, "the event is in the published edition")
    server.end()
    assert server.process.returncode == -signal.SIGTERM

    # Another start, another seed: the same bytes.
    visitor = Visitor(serve(seed="3"))
    assert visitor.get("/feeds/all.ics") == everything
    assert visitor.get("/feeds/sdg/13.ics") == goal
    until(
        lambda: (
            (tmp_path / "feeds" / "all.ics").exists() and (tmp_path / "feeds" / "all.ics").read_bytes() == everything
        ),
        "the whole edition is published",
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        visitor.get("/nowhere")
    assert refused.value.code == 404
    refused.value.close()


def _lines(text: str):
    import io

    return io.StringIO(text)


def test_publish_names_the_address_that_the_database_was_last_served_under(folder, capsys, monkeypatch):
    monkeypatch.delenv("CALENDAR_BASE_URL", raising=False)
    store = open_store(settings.read())
    deployment.keep_base(store, "http://127.0.0.1:8999", now=NOW)
    store.close()
    assert main(["publish"]) == 0
    assert b"SOURCE;VALUE=URI:http://127.0.0.1:8999/feeds/all.ics" in (folder / "feeds" / "all.ics").read_bytes()
    monkeypatch.setenv("CALENDAR_BASE_URL", "https://calendar.example")
    assert main(["publish", "--check"]) == 1


# Importing


LIST = "\n".join(
    [
        "Spectrum Days, 7-9 June 2031, Geneva",
        "Without a date, Geneva",
        "High-level Political Forum 2027, 6-15 July 2027, New York",
    ]
)
NEW = "    1 new       Spectrum Days: It is not in the calendar yet."
BAD = f"    2 problem   Without a date: When: {word('import-dates-none')}"
LEFT_OUT = (
    "    3 left out  High-level Political Forum 2027: It may be High-level Political Forum 2027, 6–15 July 2027,"
    " which is in the calendar."
)


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What an import may write, as it stands."""
    store = Store(folder / "events.db")
    names = ("events", "revisions", "imports", "batches", "batch_said", "staged_rows")
    found = {name: list(map(repr, store.db[name].rows)) for name in names}
    store.close()
    return found


def test_import_prints_what_came_of_each_row_and_keeps_the_good_ones(folder, capsys):
    file = folder / "list.txt"
    file.write_text(LIST, "utf-8")
    before = tables(folder)
    assert main(["import", str(file), "--dry-run"]) == 1
    assert told(capsys) == ([NEW, BAD, LEFT_OUT, "     1 problem", "     1 new", "     1 left out"], [])
    assert tables(folder) == before
    assert main(["import", str(file), "--source", "E-mail of May"]) == 1
    assert told(capsys) == ([NEW, BAD, LEFT_OUT, "     1 problem", "     1 new", "     1 left out"], [])
    once = tables(folder)
    store = Store(folder / "events.db")
    event = events.by_slug(store, "spectrum-days-2031")
    assert (event.source, event.city) == ("E-mail of May", "Geneva")
    store.close()
    assert main(["import", str(file), "--source", "E-mail of May"]) == 1
    assert told(capsys)[0][0] == "    1 same      Spectrum Days: The file says nothing new."
    assert tables(folder) == once


def test_import_of_a_table_takes_columns_as_they_are_given(folder, capsys):
    file = folder / "may.csv"
    file.write_text("What it is,When,Hall\nSpectrum Days,7-9 June 2031,A\n", "utf-8")
    assert main(["import", str(file)]) == 1
    assert told(capsys)[1] == [f"columns: {word('staged-columns')}"]
    given = ["import", str(file), "--map", "what it is=title", "--map", "3=venue", "--origin", "hall list"]
    assert main(given) == 0
    assert told(capsys)[0] == ["    2 new       Spectrum Days: It is not in the calendar yet.", "     1 new"]
    assert main([*given, "--dry-run"]) == 0
    assert told(capsys)[0][0] == "    2 same      Spectrum Days: The file says nothing new."
    assert main([*given, "--map", "Nothing=city"]) == 1
    assert told(capsys)[1] == ["calendar-app: there is no column 'nothing' in the file"]
    for wrong in ("title", "=title", "3=meal"):
        with pytest.raises(SystemExit):
            main(["import", str(file), "--map", wrong])


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04", "import-binary"), (b"x" * (2 * 1024**2 + 1), "import-size"), (None, "")],
    ids=["binary", "large", "missing"],
)
def test_import_of_a_file_that_cannot_be_read_fails_in_words(folder, capsys, content, words):
    file = folder / "x.csv"
    if content is not None:
        file.write_bytes(content)
    assert main(["import", str(file)]) == 1
    out, err = told(capsys)
    said = word(words, most=2) if words else f"calendar-app: [Errno 2] No such file or directory: '{file}'"
    assert (out, err) == ([], [said])


YEAR = ["report", "--from", "2016-01-01", "--to", "2016-12-31"]


def test_report_is_written_to_a_file_or_to_standard_output(folder, capsysbinary):
    file = folder / "report.docx"
    assert main([*YEAR, "--format", "docx", "--output", str(file)]) == 0
    assert main([*YEAR, "--format", "docx"]) == 0
    assert capsysbinary.readouterr() == (file.read_bytes(), b"")
    for ending in ("txt", "csv"):
        assert main([*YEAR, "--format", ending, "--output", str(file)]) == 0
        assert main([*YEAR, "--format", ending]) == 0
        assert capsysbinary.readouterr() == (file.read_bytes(), b"")
    assert f"{BASE}/events/hlpf-2016".encode() in file.read_bytes()


def test_report_between_two_sessions_begins_after_the_one_and_ends_before_the_other(folder, capsysbinary):
    tables = []
    for since, until in (("itu-council-2016", "itu-council-2017"), ("2016-06-03", "2017-05-14")):
        assert main(["report", "--from", since, "--to", until, "--format", "csv"]) == 0
        tables.append(capsysbinary.readouterr().out)
    assert tables[0] == tables[1]


def test_report_as_a_word_document_is_not_for_a_terminal(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main([*YEAR, "--format", "docx"]) == 1
    assert told(capsys) == ([], [word("report-terminal")])


def test_report_of_no_period_fails_in_one_line_and_leaves_the_file(folder, capsys):
    file = folder / "report.txt"
    file.write_text("before", "utf-8")
    wrong = [("2016-12-31", "2016-01-01"), ("2016-13-01", "2016-12-31"), ("nothing", "2016-12-31"), ("igf-2016",) * 2]
    for since, until in wrong:
        command = ["report", "--from", since, "--to", until, "--format", "txt", "--output", str(file)]
        assert main(command) == 1
        out, err = told(capsys)
        assert (out, len(err)) == ([], 1)
    assert main([*YEAR, "--format", "txt", "--output", str(folder)]) == 1
    assert told(capsys) == ([], [f"calendar-app: [Errno 21] Is a directory: '{folder}'"])
    assert file.read_text("utf-8") == "before"
