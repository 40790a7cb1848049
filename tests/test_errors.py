"""Whatever is sent, the answer is a page in words: never a 5xx, never a traceback."""

import io
import sys
from urllib.parse import quote

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendar_app import accounts, texts
from calendar_app.errors import CalendarError
from calendar_app.submissions import FIELDS, LISTS
from tests.webapp import PASSWORD, filled, form_of, page, send, token

ROUTES = [
    *("/", "/events", "/events/igf-2016", "/series", "/series/hlpf", "/themes", "/themes/health", "/sdgs", "/sdgs/3"),
    *("/partners", "/partners/gsma", "/desk/partners", "/desk/partners/new", "/desk/partners/gsma"),
    *("/calendar", "/calendar/2026-11", "/calendar/2026", "/calendar/2026.svg"),
    *("/map", "/coverage", "/overlaps", "/changes"),
    *("/report/figures", "/report/figures.csv"),
    *("/report", "/report.docx", "/report.txt", "/report/annex.csv"),
    *("/embed", "/card.png", "/events/igf-2016.png", "/sitemap.xml", "/sitemap-1.xml"),
    *("/subscribe", "/about", "/submit", "/submissions/x", "/submissions/x/edit"),
    *("/api", "/openapi.json", "/api/v1/events", "/api/v1/events/x", "/api/v1/series", "/api/v1/facets"),
    *("/desk", "/desk/submissions/1", "/desk/verify", "/login"),
    *("/desk/report", "/desk/report/places", "/desk/figures"),
    *("/logout", "/setup/x", "/healthz", "/readyz", "/robots.txt", "/static/calendar.css", "/feeds/all.ics"),
    *(
        "/feeds/select.ics",
        "/events/igf-2016.ics",
        "/feeds/all.json",
        *("/changes.atom", "/changes.json"),
        "/desk/feeds",
        "/desk/events/igf-2016",
        *("/desk/events/igf-2016/split", "/desk/series", "/desk/series/new", "/desk/series/hlpf"),
        *("/desk/events/igf-2016/engagement", "/desk/events/igf-2016/side-event", "/desk/series/hlpf/engagement"),
        "/desk/engagements/x",
        *("/desk/log", "/desk/log.csv", "/desk/submissions.atom"),
        *("/desk/import", "/desk/import/1", "/desk/bulk", "/desk/batches/1"),
        *("/account", "/desk/accounts", "/desk/accounts/1", "/invite/x", "/reset/x"),
        "/nowhere",
    ),
]
# Which take long and share their code with others.
LARGE = {
    "/calendar/2026",
    "/calendar/2026.svg",
    "/map",
    "/coverage",
    "/overlaps",
    "/changes",
    "/events",
    "/series",
    "/themes",
    "/subscribe",
    "/api",
    "/api/v1/events",
    "/openapi.json",
}
PARENTS = [
    "/",
    "/api/",
    "/api/v1/events/",
    "/events/",
    "/series/",
    "/partners/",
    "/desk/partners/",
    "/themes/",
    "/sdgs/",
    "/calendar/",
    "/sitemap-",
    "/submissions/",
    "/desk/submissions/",
    "/desk/events/",
    "/desk/engagements/",
    "/desk/series/",
    "/desk/import/",
    "/desk/batches/",
    "/setup/",
    "/invite/",
    "/reset/",
    "/desk/accounts/",
    "/feeds/",
]
ENDS = [
    *(
        "%00",
        "%ff",
        "%ED%A0%80",
        "a" * 8000,
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e",
        "%0d%0aSet-Cookie:x=1",
        "%e2%80%ae",
    ),
    *(
        "9" * 20,
        "9" * 5000,
        "-1",
        "0",
        "٣",
        "1.5",
        "{{7*7}}",
        "'%20OR%201=1--",
        "%25s%25n",
        "x/y/z",
        "x.ics",
        "x.ics.ics",
    ),
    *("theme/.ics", "theme/%00.ics", "select.ics/", "s/x.ics", "all.pdf", "all", ".ics", "//", "/"),
]
QUERIES = [
    *(
        "q=%00",
        "q=%ff",
        "q=%ED%A0%80",
        "q=" + "%22" * 99,
        "q=*",
        "q=NEAR(",
        "q=%22",
        "q=a AND b",
        "q=-",
        "q=%F0%9F%8C%8D",
    ),
    *("page=" + "9" * 4000, "page=1" + "0" * 3000, "page=%D9%A3", "from=9999-12-31&to=0001-01-01", "from=2199-12-31"),
    *("=", "&&&", "a", "%", "%zz", "a[]=1", "next=" + "/" * 900, "event=%00", "event=%ff", "sdg=" + "1" * 3000),
    *("city=%ff", "convener=%00", "year=-1", "to=2016-1-1", "q=a;b", "?", "lang=xx", "format=json"),
    "&".join(f"a{number}={number}" for number in range(10_000)),
    "&".join("sdg=1" for _ in range(10_000)),
]
HEADERS = [
    {"Cookie": "calendar_session=" + "x" * 4000},
    {"Cookie": "calendar_session=\xff\xfe; calendar_form=\xff"},
    {"Cookie": "calendar_form=eyJ9.x.y; calendar_form=; =; ;;; calendar_session"},
    {"Cookie": ";" * 5000},
    {"Accept-Encoding": "gzip;q=oops, *;q=-1, " + "br," * 2000},
    {"If-None-Match": '"' * 3000},
    {"If-None-Match": "W/, *, \xff"},
    {"If-Modified-Since": "yesterday"},
    {"If-Range": "x", "Range": "bytes=9-1,abc"},
    {"Range": "bytes=0-" + "9" * 5000},
    {"Host": ""},
    {"Host": "a b<c>:99999999"},
    {"X-Forwarded-For": "not an address, \xff", "X-Forwarded-Host": "x", "Forwarded": "for=x"},
    {"Content-Type": "multipart/form-data"},
    {"Content-Type": "multipart/form-data; boundary=" + "x" * 3000},
    {"Content-Type": "application/json; charset=nope"},
    {"Accept-Language": "\xff" * 1000, "User-Agent": "\xff" * 9000, "Referer": "//\xff"},
    {"Content-Length": "-1"},
    {"Content-Length": "oops"},
    {"X-HTTP-Method-Override": "DELETE", "Expect": "100-continue"},
]
METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW", "get", "CONNECT"]
_TEXT = st.text(max_size=40) | st.sampled_from(
    ["\x00", "\u202e", "\ufeff", "<script>", "9" * 400, "2016-13-45", "31 April 2016", "http://[", "a@b", "' OR 1=1"]
)
_STILL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fine(answer) -> None:
    """Holds an answer to the two promises."""
    body = answer.data
    answer.close()
    assert answer.status_code < 500, (answer.status, answer.request.full_path[:200])
    assert b"Traceback" not in body
    assert b"Error:" not in body
    assert b"jinja2" not in body


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end[:20])
def test_hostile_path_is_never_our_fault(reader, editor_reader, end):
    for parent in PARENTS:
        fine(reader.get(parent + end))
    fine(editor_reader.get("/desk/submissions/" + end))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:20])
def test_hostile_query_is_never_our_fault(reader, editor_reader, query):
    for route in (
        "/",
        "/api/v1/events",
        "/api/v1/facets",
        "/events",
        "/events/igf-2016",
        "/calendar/2026-11",
        "/map",
        "/coverage",
        "/overlaps",
        "/changes",
        "/report",
        "/report.txt",
        "/embed",
        "/submit",
        "/login",
        "/desk",
        "/feeds/select.ics",
        "/feeds/all.ics",
    ):
        fine(reader.get(f"{route}?{query}"))
    desk = ("/desk", "/desk/verify", "/desk/import", "/desk/bulk", "/desk/report", "/desk/report/places")
    for route in ("/submit", *desk):
        fine(editor_reader.get(f"{route}?{query}"))


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: " ".join(headers)[:40])
def test_hostile_header_is_never_our_fault(read_app, headers):
    # Flask-Compress leaves closing a file that it has compressed to the garbage collector.
    compressed = {"/static/calendar.css"} if "Accept-Encoding" in headers else set()
    for route in ROUTES:
        if route not in compressed | LARGE:
            fine(read_app.test_client().get(route, headers=headers))
    for route in ("/submit", "/login", "/feeds/all.ics"):
        fine(read_app.test_client().post(route, headers=headers, data=b"title=x"))


@pytest.mark.parametrize("method", METHODS)
def test_unusual_method_is_never_our_fault(reader, method):
    for route in ROUTES:
        answer = reader.open(route, method=method)
        fine(answer)
        if answer.status_code == 405:
            assert "GET" in answer.headers["Allow"] or route == "/logout"


def test_method_that_an_address_does_not_take_is_refused_in_words(reader):
    answer = reader.put("/events")
    assert page(answer, 405).one("h1").text == "That didn’t work"
    assert sorted(answer.headers["Allow"].split(", ")) == ["GET", "HEAD", "OPTIONS"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe\x00",
        b"title=%ff&dates=%00",
        b"&" * 5000,
        b"=" * 5000,
        b"title",
        b"title=" + b"%F0" * 3000,
        b"&".join(b"themes=x" for _ in range(20_000)),
        b"&".join(b"a%d=1" % number for number in range(20_000)),
    ],
    ids=lambda body: str(body[:12]),
)
@pytest.mark.parametrize(
    "route",
    [
        *("/submit", "/login", "/desk/verify", "/desk/submissions/1", "/desk/import", "/desk/bulk", "/setup/x"),
        *("/desk/report?from=2016-01-01&to=2016-03-31", "/desk/report/places", "/desk/figures"),
    ],
)
def test_hostile_body_is_never_our_fault(reader, editor_reader, route, body):  # fmt: skip
    for client in (reader, editor_reader):
        secret = token(client, "/login").encode()
        sent = b"csrf_token=" + secret + b"&" + body
        fine(client.post(route, data=sent, content_type="application/x-www-form-urlencoded"))
    fine(reader.post(route, data=body, content_type="application/x-www-form-urlencoded"))


def test_body_in_parts_is_read_like_any_other(reader):
    secret = token(reader, "/login")
    answer = reader.post("/submit", data={"csrf_token": secret, "title": "x"}, content_type="multipart/form-data")
    assert len(page(answer, 422).one("div", id="problems").all("li")) == 2
    broken = reader.post("/submit", data=b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
    fine(broken)


@pytest.mark.parametrize("sequence", ["9" * 5000, "-1", "٣", "x", "", "1e3"])
def test_hostile_sequence_of_an_edit_is_a_conflict(editor_reader, sequence):
    form = form_of(page(editor_reader.get("/submit?event=igf-2016")), "/submit")
    answer = editor_reader.post("/submit", data={**filled(form), "sequence": sequence})
    assert answer.status_code == 409


@_STILL
@given(segment=st.text(max_size=30), parent=st.sampled_from(PARENTS))
def test_any_path_is_answered(reader, segment, parent):
    fine(reader.get(parent + quote(segment, safe="", errors="surrogatepass")))


@_STILL
@given(
    route=st.sampled_from(["/events", "/submit", "/login", "/feeds/select.ics"]),
    pairs=st.lists(
        st.tuples(
            st.sampled_from(["q", "sdg", "city", "from", "to", "when", "page", "next", "event", "year", "x"]), _TEXT
        ),
        max_size=5,
    ),
)
def test_any_query_is_answered(reader, route, pairs):
    fine(reader.get(route, query_string=pairs))


@_STILL
@given(fields=st.dictionaries(st.sampled_from([*FIELDS, "do", "event", "sequence", "reason"]), _TEXT, max_size=8))
def test_any_form_is_answered(reader, preview_token, fields):
    data = {name: [value, value] if name in LISTS else value for name, value in fields.items()}
    # A preview stores nothing, so that one application serves all examples.
    fine(reader.post("/submit", data={**data, "csrf_token": preview_token, "do": "preview"}))


@_STILL
@given(email=_TEXT, after=_TEXT)
def test_any_sign_in_is_answered(reader, preview_token, email, after):
    # Without a password nothing is hashed that takes long: it is wrong at once or after one look-up.
    fine(reader.get("/login", query_string={"next": after}))
    fine(reader.post("/submit", data={"csrf_token": after, "title": email}))


@pytest.fixture
def preview_token(reader) -> str:
    return token(reader, "/login")


def test_too_large_a_body_is_refused_in_words(reader):
    for size in (300_000, 1_000_000):
        answer = send(reader, "/submit", {"title": "x" * size, "dates": "2031", "source": "x"})
        words = texts.of("en").error(CalendarError("body-long", most=256 * 1024))
        assert page(answer, 413).one("p", class_="lede").text == words


def test_failure_is_told_as_ours_and_hides_its_cause(make_app, capsys):
    app = make_app()
    app.add_url_rule("/broken", view_func=lambda: 1 / 0)
    found = page(app.test_client().get("/broken"), 500)
    assert found.one("h1").text == "Our fault"
    assert "division" not in found.raw
    logged = capsys.readouterr().err
    assert "ZeroDivisionError" in logged
    assert PASSWORD not in logged


def test_failure_at_an_address_that_is_a_secret_is_logged_without_it(make_app, monkeypatch, capsys):
    app = make_app()
    monkeypatch.setattr(accounts, "link_of", lambda *_, **__: 1 / 0)
    assert app.test_client().get("/invite/a-secret").status_code == 500
    logged = capsys.readouterr().err
    assert '"path": "/invite/<token>"' in logged
    assert "a-secret" not in logged


def test_log_goes_to_standard_error_as_it_is_when_something_is_logged(make_app, monkeypatch, capsys):
    gone = io.StringIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", gone)
        make_app()
    gone.close()
    structlog.get_logger().error("an event was left out")
    assert '"event": "an event was left out"' in capsys.readouterr().err
