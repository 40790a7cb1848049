"""Headers, by equality: what is sent with a page, an error, a feed and a static file; validators, cookies and hosts."""

import gzip
import re
from pathlib import Path

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from calendar_app import desk
from tests.conftest import BASE, NOW
from tests.webapp import filled, form_of, page, send, sign_in, store_of

TEMPLATES = sorted((Path(__file__).parents[1] / "templates").glob("*.html"))
SECURE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
        " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000",
    "Vary": "Accept-Encoding",
}
HTML = {"Content-Type": "text/html; charset=utf-8"}
PUBLIC = [
    *("/", "/events", "/events?sdg=13", "/events?q=zzzz", "/events/igf-2016", "/series", "/series/hlpf", "/themes"),
    *("/themes/climate-change", "/sdgs", "/sdgs/13", "/subscribe", "/about", "/api"),
    *("/report/figures", "/report?from=2016-01-01&to=2016-12-31"),
]
FORMS = ["/submit", "/login"]
FILES = ["/feeds/all.ics", "/feeds/select.ics?sdg=13", "/events/igf-2016.ics"]
GIVEN = {"title": "A rehearsal", "dates": "18-22 April 2033", "source": "Note verbale", "city": "Quito"}


def headers(answer) -> dict[str, str]:
    found = dict(answer.headers)
    assert len(found) == len(answer.headers)
    # A moment that nobody depends on.
    found.pop("Date", None)
    return found


@pytest.mark.parametrize("address", PUBLIC)
def test_page_is_answered_with_these_headers(reader, address):
    answer = reader.get(address)
    etag = answer.headers["ETag"]
    assert re.fullmatch('"[0-9a-f]{40}"', etag)
    length = str(len(answer.data))
    assert headers(answer) == {**SECURE, **HTML, "Cache-Control": "no-cache", "ETag": etag, "Content-Length": length}


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere", 404), ("/events/nothing", 404), ("/events?sdg=99", 400), ("/static/x", 404)]
)
def test_error_is_answered_with_these_headers(reader, address, status):
    answer = reader.get(address)
    length = str(len(answer.data))
    expected = {**SECURE, **HTML, "Cache-Control": "no-store", "Content-Length": length}
    assert (answer.status_code, headers(answer)) == (status, expected)


@pytest.mark.parametrize("address", FORMS)
def test_form_is_answered_with_these_headers(reader, address):
    answer = reader.get(address)
    found = headers(answer)
    name, *flags = found.pop("Set-Cookie").split("; ")
    assert (name.partition("=")[0], flags) == ("calendar_form", ["Secure", "HttpOnly", "Path=/", "SameSite=Lax"])
    length = str(len(answer.data))
    assert found == {
        **SECURE,
        **HTML,
        "Vary": "Accept-Encoding, Cookie",
        "Cache-Control": "no-store",
        "Content-Length": length,
    }


def test_feed_is_answered_with_these_headers(reader):
    answer = reader.get("/feeds/sdg/13.ics")
    assert headers(answer) == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400",
        "ETag": answer.headers["ETag"],
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Language": "en",
        "Content-Length": str(len(answer.data)),
        "Content-Disposition": 'inline; filename="un-forums-sdg-13.ics"',
    }


@pytest.mark.parametrize(("name", "kind"), [("calendar.css", "text/css"), ("calendar.js", "text/javascript")])
def test_static_file_is_kept_for_ever_under_its_own_address(reader, name, kind):
    found = page(reader.get("/"))
    addresses = [node.get("href") or node.get("src") for node in [*found.all("link"), *found.all("script")]]
    (address,) = [address for address in addresses if address.startswith(f"/static/{name}?v=")]
    answer = reader.get(address, buffered=True)
    validators = {name: answer.headers[name] for name in ("ETag", "Last-Modified")}
    assert headers(answer) == {
        **SECURE,
        **validators,
        "Content-Type": f"{kind}; charset=utf-8",
        "Content-Length": str(len(answer.data)),
        "Content-Disposition": f"inline; filename={name}",
        "Accept-Ranges": "bytes",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    assert reader.get(f"/static/{name}", buffered=True).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-0.xml", "/sitemap-1.xml"])
def test_site_map_is_answered_with_these_headers(reader, address):
    answer = reader.get(address)
    assert headers(answer) == {
        **SECURE,
        "Content-Type": "application/xml; charset=utf-8",
        "Cache-Control": "no-cache",
        "ETag": answer.headers["ETag"],
        "Content-Length": str(len(answer.data)),
    }


@pytest.mark.parametrize("address", ["/card.png", "/events/igf-2016.png"])
def test_picture_is_answered_with_these_headers_whoever_asks(reader, editor_reader, address):
    for client in (reader, editor_reader):
        answer = client.get(address)
        assert headers(answer) == {
            **SECURE,
            "Content-Type": "image/png",
            "Cache-Control": "public, max-age=300",
            "ETag": answer.headers["ETag"],
            "Content-Length": str(len(answer.data)),
        }


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/robots.txt"])
def test_operators_address_is_plain_text(reader, address):
    answer = reader.get(address)
    assert headers(answer) == {
        **SECURE,
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-cache",
        "ETag": answer.headers["ETag"],
        "Content-Length": str(len(answer.data)),
    }


def test_strict_transport_is_for_https_alone(make_app):
    found = headers(make_app(base="http://127.0.0.1:8000").test_client().get("/submit"))
    assert "Strict-Transport-Security" not in found
    assert "Secure" not in found["Set-Cookie"]


def test_policy_allows_nothing_inline():
    assert "unsafe" not in SECURE["Content-Security-Policy"]
    assert "data:" not in SECURE["Content-Security-Policy"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_holds_no_inline_style_or_script(template):
    text = template.read_text("utf-8")
    assert (
        re.findall(
            r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\s(?:src=|type=.application/ld))", text, re.I
        )
        == []
    )


@pytest.mark.parametrize("address", [*PUBLIC, *FORMS])
def test_page_as_it_is_sent_holds_no_inline_style_or_script(reader, address):
    found = page(reader.get(address))
    names = {name for node in found for name in node.attributes}
    assert {name for name in names if name == "style" or name.startswith("on")} == set()
    # Linked data are no script to a browser, and no policy speaks of them.
    scripts = [script for script in found.all("script") if script.get("type") != "application/ld+json"]
    assert [script.get("src") for script in scripts if not script.get("src") or script.text] == []
    assert found.all("style") == []


@pytest.mark.parametrize("address", [*PUBLIC, *FILES])
def test_answer_that_has_not_changed_is_304_without_a_body(reader, address):
    first = reader.get(address)
    again = reader.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    other = reader.get(address, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.data) == (200, first.data)


@pytest.mark.parametrize("address", [*PUBLIC, *FILES])
def test_answer_can_be_compressed_and_is_the_same(reader, address):
    plain, zipped = reader.get(address), reader.get(address, headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    again = reader.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("address", ["/", "/events?sdg=13", "/submit", "/feeds/all.ics", "/nowhere"])
def test_head_has_the_headers_and_no_body(reader, address):
    whole, head = reader.get(address), reader.head(address)
    left_out = {"Set-Cookie", "Content-Length"} if address == "/submit" else {"Set-Cookie"}
    assert (head.status_code, head.data) == (whole.status_code, b"")
    assert {name: value for name, value in headers(head).items() if name not in left_out} == {
        name: value for name, value in headers(whole).items() if name not in left_out
    }


def test_etag_changes_when_the_data_do(app, client):
    before = {address: client.get(address).headers["ETag"] for address in [*PUBLIC, *FILES]}
    given = {**GIVEN, "sdgs": ["13"], "series": "hlpf", "themes": ["climate-change"], "title": "Another zzzz"}
    desk.add(store_of(app), given, actor="test", now=NOW)
    after = {address: client.get(address).headers["ETag"] for address in [*PUBLIC, *FILES]}
    # The page of one event has no part in another of another series.
    same = {"/events/igf-2016", "/events/igf-2016.ics", "/api"}
    same |= {"/report/figures"}
    assert {address for address in before if before[address] == after[address]} == same


def test_reading_sets_no_cookie(app):
    client = app.test_client()
    answers = [
        client.get(address, buffered=True)
        for address in [*PUBLIC, *FILES, "/nowhere", "/healthz", "/static/calendar.css"]
    ]
    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[]] * len(answers)


def test_reading_stays_cacheable_after_a_form_was_seen(app):
    client = app.test_client()
    client.get("/submit")
    answer = client.get("/")
    assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == ("no-cache", "Accept-Encoding")


@pytest.mark.parametrize(
    "address",
    [
        *PUBLIC,
        *FORMS,
        "/desk",
        "/desk/verify",
        "/desk/events/igf-2016",
        "/desk/series",
        "/nowhere",
        "/submit?event=igf-2016",
    ],
)
def test_nothing_that_a_signed_in_person_sees_is_stored(editor_client, address):
    answer = editor_client.get(address)
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("no-store", False)


def test_feed_is_the_same_for_a_signed_in_person(editor_client, reader):
    for address in FILES:
        assert headers(editor_client.get(address)) == headers(reader.get(address))


def test_host_of_the_request_is_in_no_answer(app):
    client = app.test_client()
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"}
    asked = [
        *PUBLIC,
        *FORMS,
        *FILES,
        "/nowhere",
        "/desk",
        "/desk/verify",
        "/robots.txt",
    ]
    answers = [client.get(address, headers=evil) for address in asked]
    answers.append(send(client, "/submit", {**GIVEN, "title": ""}, headers=evil))
    answers.append(send(client, "/submit", GIVEN, headers=evil))
    answers.append(client.get(answers[-1].headers["Location"], headers=evil))
    answers.append(sign_in(client, next="/desk/verify"))
    found = [
        answer.request.path
        for answer in answers
        if b"evil.example" in answer.data or "evil.example" in str(answer.headers) or "gopher" in str(answer.headers)
    ]
    assert found == []
    assert f'value="{BASE}/submissions/'.encode() in answers[-2].data


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("//series//hlpf", "", "/series/hlpf"),
        ("/events//x", "a=%26", "/events/x?a=%26"),
        ("", "", "/"),
        ("//evil//", "", None),
    ],
)
def test_redirect_of_a_path_with_slashes_too_many_stays_here(read_app, path, query, location):
    environ = create_environ(headers={"Host": "evil.example"}) | {"PATH_INFO": path, "QUERY_STRING": query}
    body, status, headers = run_wsgi_app(read_app, environ, buffered=True)
    assert (status[:3], headers.get("Location")) == ("308" if location else "404", location)
    assert b"evil.example" not in b"".join(body)


def test_redirects_name_a_path_alone(app):
    client = app.test_client()
    assert client.get("/desk", headers={"Host": "evil.example"}).headers["Location"] == "/login?next=/desk"
    assert send(client, "/submit", GIVEN).headers["Location"].startswith("/submissions/")


def test_proxy_is_believed_only_if_the_settings_say_so(make_app):
    forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "Host": "127.0.0.1:8000"}
    client = make_app(proxies=1).test_client()
    # Over https Flask-WTF would hold the Referer against the Host, which here is the proxy's own.
    form = form_of(page(client.get("/submit", headers=forwarded)), "/submit")
    answer = client.post("/submit", data={**filled(form), **GIVEN}, headers=forwarded)
    assert (answer.status_code, answer.headers["Location"][:13]) == (303, "/submissions/")
