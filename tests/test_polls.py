"""Feeds over HTTP, asked as a WSGI server asks."""

import gzip
import io
import sqlite3
from datetime import date

import pytest
from icalendar import Calendar

from calendar_app.formats import FORMATS
from calendar_app.publish import Publisher, named
from calendar_app.store import Store, selections
from calendar_app.web.polls import MOST_QUERY, Polls
from tests.conftest import BASE, NOW, TODAY

COMMON = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
CACHE = {"Cache-Control": "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400"}
ALL, SELECT = "/feeds/all.ics", "/feeds/select.ics"
Answer = tuple[str, dict[str, str], bytes]


def pages(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"a page"]


class Asked:
    """Feeds in front of one plain page, and what they wrote of failures."""

    def __init__(self, publisher: Publisher) -> None:
        self.today = TODAY
        self.log = io.StringIO()
        self._polls = Polls(pages, publisher, lambda: self.today)

    def __call__(self, path: str, query: str = "", *, method: str = "GET", **headers: str) -> Answer:
        """Status, headers and body. Path and query are given as WSGI has them: bytes as Latin-1 (PEP 3333)."""
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.errors": self.log}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        started = []
        body = b"".join(self._polls(environ, lambda status, headers: started.append((status, headers))))
        ((status, sent),) = started
        assert len(dict(sent)) == len(sent)
        return status, dict(sent), body


@pytest.fixture(scope="module")
def publisher(catalogued: Store) -> Publisher:
    """For tests that change nothing: what one of them had rendered the next does not wait for."""
    return Publisher(catalogued, base=BASE)


@pytest.fixture
def ask(publisher: Publisher) -> Asked:
    return Asked(publisher)


@pytest.fixture
def own_publisher(store: Store) -> Publisher:
    return Publisher(store, base=BASE)


@pytest.fixture
def own(own_publisher: Publisher) -> Asked:
    """Feeds of a record that is this test's own, to change, to break and to close."""
    return Asked(own_publisher)


def etag(publisher: Publisher, name: str = "all") -> str:
    return publisher.feed(named(publisher.store, name, "ics"), today=TODAY).etag


def refusal(words: str, **more: str) -> tuple[dict[str, str], bytes]:
    body = f"{words}\n".encode()
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
    }
    return {**COMMON, **headers, **more}, body


def test_feed_is_answered_with_these_headers(ask, publisher):
    document = publisher.feed(named(publisher.store, "theme/climate-change", "ics"), today=TODAY)
    assert ask("/feeds/theme/climate-change.ics") == (
        "200 OK",
        {
            **COMMON,
            **CACHE,
            "ETag": f'"{document.etag}"',
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Language": "en",
            "Content-Length": str(len(document.body)),
            "Content-Disposition": 'inline; filename="un-forums-theme-climate-change.ics"',
        },
        document.body,
    )


def test_event_file_is_answered_like_a_feed(ask, publisher):
    status, headers, body = ask("/events/unfccc-cop-2016.ics")
    assert (status, body) == ("200 OK", publisher.event("unfccc-cop-2016").body)
    assert headers["Content-Disposition"] == 'inline; filename="un-forums-events-unfccc-cop-2016.ics"'


@pytest.mark.parametrize("path", ["/", "/events", "/events/unfccc-cop-2016", "/feeds", "/feeds.ics", "/events.ics", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everything_else_is_handed_on_to_the_pages(ask, path, method):
    assert ask(path, method=method) == ("200 OK", {"Content-Type": "text/plain"}, b"a page")


def test_feed_that_has_not_changed_is_304_without_a_body(ask, publisher):
    tag = f'"{etag(publisher)}"'
    assert ask(ALL, if_none_match=tag) == ("304 Not Modified", {**COMMON, **CACHE, "ETag": tag}, b"")


@pytest.mark.parametrize(
    ("header", "status"),
    [
        *[('"{etag}"', "304 Not Modified"), ('W/"{etag}"', "304 Not Modified"), ("*", "304 Not Modified")],
        *[('"other", W/"{etag}" , "third"', "304 Not Modified"), (" * ", "304 Not Modified")],
        *[('"other"', "200 OK"), ('"{etag}x"', "200 OK"), ('W/""', "200 OK"), ("", "200 OK"), ('"*"', "200 OK")],
        *[("{etag}", "200 OK"), ('w/"{etag}"', "200 OK"), ('"other", *', "200 OK")],
    ],
)
@pytest.mark.parametrize(("accept", "suffix"), [("", ""), ("gzip", "-gz")])
def test_if_none_match_is_compared_weakly(ask, publisher, header, status, accept, suffix):
    tag = etag(publisher) + suffix
    told = ask(ALL, if_none_match=header.format(etag=tag), accept_encoding=accept)
    assert (told[0], told[1]["ETag"]) == (status, f'"{tag}"')


@pytest.mark.parametrize(("accept", "other"), [("", "-gz"), ("gzip;q=0", "-gz"), ("gzip", ""), ("br, gzip", "")])
def test_tag_of_the_other_encoding_is_no_match(ask, publisher, accept, other):
    for header in (f'"{etag(publisher)}{other}"', f'W/"{etag(publisher)}{other}"'):
        status, _, body = ask(ALL, if_none_match=header, accept_encoding=accept)
        assert (status, bool(body)) == ("200 OK", True)
    both = f'"{etag(publisher)}", "{etag(publisher)}-gz"'
    assert ask(ALL, if_none_match=both, accept_encoding=accept)[0] == "304 Not Modified"


def test_changed_feed_is_sent_whole_to_who_has_the_old_one(own, own_publisher):
    old = etag(own_publisher, "theme/climate-change")
    assert own(ALL, if_none_match=f'"{old}"')[0] == "200 OK"


@pytest.mark.parametrize(
    ("accept", "zipped"),
    [
        *[
            ("gzip", True),
            ("GZIP", True),
            ("br, gzip;q=0.5", True),
            ("x-gzip", True),
            ("*", True),
            ("*;q=0, gzip", True),
        ],
        *[("", False), ("br", False), ("identity", False), ("gzip;q=0", False), ("gzip; q=0.000, br", False)],
        *[("gzip;q=0, *", False), ("*;q=0", False), ("gzippo", False), ("gzip;q=0.001", True), ("gzip;q=1", True)],
    ],
)
def test_feed_is_compressed_for_those_who_accept_it(ask, publisher, accept, zipped):
    plain = publisher.feed(named(publisher.store, "all", "ics"), today=TODAY)
    status, headers, body = ask(ALL, accept_encoding=accept)
    told = (status, headers.get("Content-Encoding"), headers["ETag"], headers["Content-Length"])
    if zipped:
        assert told == ("200 OK", "gzip", f'"{plain.etag}-gz"', str(len(body)))
        assert gzip.decompress(body) == plain.body
    else:
        assert told == ("200 OK", None, f'"{plain.etag}"', str(len(body)))
        assert body == plain.body


def test_compressed_feed_is_the_same_bytes_each_time(own, store):
    first = own(ALL, accept_encoding="gzip")
    assert Asked(Publisher(store, base=BASE))(ALL, accept_encoding="gzip") == first


@pytest.mark.parametrize("accept", ["", "gzip"])
@pytest.mark.parametrize(("path", "query"), [(ALL, ""), ("/feeds/nothing.ics", ""), ("/feeds/select.ics", "sdg=99")])
def test_head_answers_what_get_does_without_the_body(ask, path, query, accept):
    status, headers, _ = ask(path, query, accept_encoding=accept)
    assert ask(path, query, method="HEAD", accept_encoding=accept) == (status, headers, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "REPORT"])
@pytest.mark.parametrize("path", [ALL, "/feeds/nothing.ics", "/events/unfccc-cop-2016.ics"])
def test_other_methods_are_405_with_allow(ask, path, method):
    headers, body = refusal("A feed is only read: GET or HEAD.", Allow="GET, HEAD")
    assert ask(path, method=method) == ("405 Method Not Allowed", headers, body)


@pytest.mark.parametrize(
    "path",
    [
        *["/feeds/", "/feeds/all", "/feeds/all.xml", "/feeds/nothing.ics", "/feeds/theme/nothing.ics", "/feeds/.ics"],
        *["/feeds/country/ch.ics", "/feeds/sdg/18.ics", "/feeds/all.ics/", "/feeds//all.ics", "/feeds/select.pdf"],
        *["/feeds/../all.ics", "/feeds/../../etc/passwd", "/feeds/theme/../all.ics", "/feeds/./all.ics"],
        *["/feeds/all\0.ics", "/feeds/\0", "/feeds/all.ics\0", "/feeds/\xc3\xa9.ics", "/feeds/\xff\xfe.ics"],
        *["/events/nothing.ics", "/events/.ics", "/events/../all.ics", "/events/\0.ics", "/events/\xff.ics"],
        f"/feeds/{'x' * 10_000}.ics",
    ],
)
def test_unknown_feed_is_404_with_words(ask, path):
    status, headers, body = ask(path)
    assert status == "404 Not Found"
    assert headers == refusal(body.decode().removesuffix("\n"))[0]
    assert body.startswith((b"There is no feed called \xe2\x80\x9c", b"There is no event called \xe2\x80\x9c"))
    assert ask.log.getvalue() == ""


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/feeds/all", "There is no feed called “all”; names end in .ics. The page /subscribe lists them all."),
        ("/feeds/theme", "There is no feed called “theme”; names end in .ics. The page /subscribe lists them all."),
        ("/feeds/sdg/13", "There is no feed called “sdg/13”; names end in .ics. The page /subscribe lists them all."),
        (
            "/feeds/kind.ics",
            "There is no feed called “kind.ics”; names end in .ics. The page /subscribe lists them all.",
        ),
        ("/feeds/all.xml", "There is no feed called “all.xml”; names end in .ics. The page /subscribe lists them all."),
        (
            "/feeds/select.pdf",
            "There is no feed called “select.pdf”; names end in .ics. The page /subscribe lists them all.",
        ),
        ("/events/nothing.ics", "There is no event called “nothing”. Look for it among all events."),
        # What happens to be called as a facet is not spoken of as one.
        ("/events/kind.ics", "There is no event called “kind”. Look for it among all events."),
    ],
)
def test_unknown_feed_is_named_as_it_was_asked_for(ask, path, words):
    assert ask(path) == ("404 Not Found", *refusal(words))


NOTHING = "“{}” is nothing to select by as “{}”. Choose from what the calendar has."


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sdg=99", "“99” is nothing to select by as “Goal”. Choose from what the calendar has."),
        ("sdg=9&sdg=x", NOTHING.format("x", "Goal")),
        ("country=XX", NOTHING.format("XX", "Country")),
        ("series=x'--", NOTHING.format("x'--", "Series")),
        ("event=x%00", NOTHING.format("x\0", "Event")),
        ("role=guest", NOTHING.format("guest", "ITU’s role")),
        ("city=Atlantis", NOTHING.format("Atlantis", "City")),
        ("convener=Nobody", NOTHING.format("Nobody", "Convener")),
        ("colour=red", "There is nothing called “colour” to select by. Take it out of the address."),
        ("from=2026-02-30", "“2026-02-30” is no day that we can read. Write it like 2026-11-24."),
        ("to=tomorrow", "“tomorrow” is no day that we can read. Write it like 2026-11-24."),
        (
            "from=2027-01-02&to=2027-01-01",
            "The period ends on 1 January 2027, before it begins on 2 January 2027. Change one of the two.",
        ),
        ("when=soon", "“soon” is no period. Write upcoming or past, or leave it out for all."),
        ("when=past&when=upcoming", "“when” is given twice with different values. Keep one."),
        ("q=" + "x" * 201, "A search takes at most 200 characters and 30 words. Use fewer."),
        ("q=" + "x+" * 31, "A search takes at most 200 characters and 30 words. Use fewer."),
        ("q=a%07b", "The search holds characters that can’t be shown. Type the words again."),
        (
            "&".join(f"year={year}" for year in range(2000, 2061)),
            "A selection takes at most 60 values. Take some away.",
        ),
        ("q=%FF", "The address is not encoded as UTF-8. Follow a link from the calendar instead."),
        ("q=%ED%A0%80", "The address is not encoded as UTF-8. Follow a link from the calendar instead."),
        ("q=\xff", "The address is not encoded as UTF-8. Follow a link from the calendar instead."),
        (
            "q=" + "x" * MOST_QUERY,
            "The address is too long: what follows the question mark may have 4096 characters. Choose less.",
        ),
    ],
)
def test_select_refuses_a_bad_query_with_a_sentence(ask, query, words):
    assert ask("/feeds/select.ics", query) == ("400 Bad Request", *refusal(words))


def test_select_refuses_more_fields_than_it_counts(ask):
    many = ("400 Bad Request", *refusal("A selection takes at most 60 values. Take some away."))
    assert ask("/feeds/select.ics", "&".join(["q="] * 201)) == many
    assert ask("/feeds/select.ics", "&" * 200) == many
    assert ask("/feeds/select.ics", "&".join(["sdg=9"] * 61)) == many
    assert ask("/feeds/select.ics", "&".join(["q="] * 200))[0] == "200 OK"


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("country=ma", "country=MA"),
        ("sdg=9&sdg=13", "sdg=13&sdg=9"),
        ("sdg=9&sdg=9", "sdg=9"),
        ("sdg=9&country=&utm_source=mail", "sdg=9"),
        ("city=geneve", "city=Geneva"),
        ("city=Gen%C3%A8ve", "city=Geneva"),
        ("city=Gen\xc3\xa8ve", "city=Geneva"),
        ("q=cop+22", "q=cop%2022"),
        ("q=co%C2%ADp+%E2%80%8F22", "q=cop%2022"),
        ("convener=ecosoc", "convener=ECOSOC"),
        ("when=all", ""),
    ],
)
def test_select_answers_the_same_bytes_for_the_same_selection(ask, query, same):
    status, _, body = ask("/feeds/select.ics", query)
    assert status == "200 OK"
    assert ask("/feeds/select.ics", same)[2] == body


def test_select_without_events_is_a_calendar(ask):
    status, _, body = ask("/feeds/select.ics", "country=AQ")
    assert (status, [each.name for each in Calendar.from_ical(body).walk()]) == (
        "200 OK",
        ["VCALENDAR", "VTIMEZONE", "STANDARD"],
    )


def test_upcoming_changes_with_today_alone(ask):
    def titles() -> list[str]:
        _, _, body = ask("/feeds/select.ics", "series=unfccc-cop&when=upcoming&to=2017-12-31")
        return [str(event["SUMMARY"]) for event in Calendar.from_ical(body).walk("VEVENT")]

    ask.today = date(2016, 11, 18)
    both = titles()
    assert (len(both), both[0]) == (2, "Climate Change Conference COP 22")
    ask.today = date(2016, 11, 19)
    assert titles() == both[1:]


def test_named_feed_takes_no_options(ask):
    assert ask(ALL, "sdg=99&when=never") == ask(ALL)


@pytest.mark.parametrize("path", [ALL, "/events/unfccc-cop-2016.ics"])
def test_feed_is_the_same_whatever_else_the_client_says(ask, path):
    plain = ask(path)
    said = ask(
        path, accept="application/json", accept_language="fr", user_agent="Microsoft Office/16.0", host="evil.example",
        x_forwarded_host="evil.example", cookie="calendar_form=x", referer="https://evil.example/",
    )  # fmt: skip
    assert said == plain
    assert b"evil.example" not in said[2]
    assert not {"Set-Cookie", "Location"} & said[1].keys()


@pytest.mark.parametrize("path", [ALL, "/feeds/select.ics", "/feeds/nothing.ics", "/events/unfccc-cop-2016.ics"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_closed_database_is_503_with_retry_after(own, store, path, method):
    assert own(ALL)[0] == "200 OK"
    store.close()
    headers, body = refusal("The feed can't be read just now.", **{"Retry-After": "300"})
    assert own(path, method=method) == ("503 Service Unavailable", headers, b"" if method == "HEAD" else body)
    told = own.log.getvalue()
    assert told.startswith(f"feed failed: {path!r}\nTraceback (most recent call last):\n")
    assert "sqlite3.ProgrammingError: Cannot operate on a closed database." in told


@pytest.mark.parametrize("table", ["events", "facets", "series", "state"])
def test_broken_database_is_503_and_never_an_empty_calendar(own, store, table):
    other = sqlite3.connect(store.path)
    other.execute("PRAGMA foreign_keys = OFF")
    other.execute(f"ALTER TABLE {table} RENAME TO gone")
    other.close()
    status, headers, body = own("/feeds/theme/climate-change.ics")
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == ("503 Service Unavailable", "300", "no-store")
    assert body == b"The feed can't be read just now.\n"
    assert "sqlite3.OperationalError: no such table" in own.log.getvalue()


def test_feeds_are_answered_again_once_the_database_is_back(own, store, own_publisher):
    other = sqlite3.connect(store.path)
    before = own(ALL)
    other.execute("ALTER TABLE state RENAME TO gone")
    assert own(ALL)[0] == "503 Service Unavailable"
    other.execute("ALTER TABLE gone RENAME TO state")
    other.close()
    assert own(ALL) == before


def test_withdrawn_events_own_feed_goes_on(own, store):
    with store.change(NOW, actor="test") as change:
        change.db.conn.execute("UPDATE events SET status = 'withdrawn' WHERE slug = 'unfccc-cop-2016'")
        change.db.conn.execute("UPDATE state SET revision = revision + 1")
    for path, query in (("/events/unfccc-cop-2016.ics", ""), ("/feeds/select.ics", "event=unfccc-cop-2016")):
        status, _, body = own(path, query)
        (event,) = Calendar.from_ical(body).walk("VEVENT")
        assert (status, str(event["SUMMARY"]), str(event["STATUS"])) == ("200 OK", "Withdrawn", "CANCELLED")


def test_two_processes_give_the_same_answer(own, store):
    other = Store(store.path)
    assert Asked(Publisher(other, base=BASE))(ALL) == own(ALL)
    other.close()


@pytest.mark.parametrize(
    ("header", "status"), [("*", 200), ("{tag}", 200), ('"x", {tag}', 200), ('"x"', 412), ("W/{tag}", 412)]
)
def test_feed_that_is_not_the_one_wanted_is_412(ask, publisher, header, status):
    given = header.format(tag=f'"{etag(publisher)}"')
    told, headers, body = ask(ALL, if_match=given)
    if status == 200:
        assert (told, headers, body) == ask(ALL)
        return
    assert told == "412 Precondition Failed"
    assert (headers, body) == refusal("What was asked for has changed meanwhile.")


def test_language_of_a_feed_is_said(ask):
    _, headers, _ = ask("/feeds/select.ics", "lang=fr&sdg=13")
    assert headers["Content-Language"] == "fr"


@pytest.mark.parametrize(
    "query",
    [
        "theme=vanished",
        "sdg=13&theme=vanished",
        "kind=vanished&q=cop",
        "city=Nowhere&when=upcoming",
        "role=vanished&from=2027-01-01",
    ],
)
def test_short_address_answers_for_ever_whatever_the_vocabulary_becomes(own, store, query):
    with store.change(NOW, actor="test") as change:
        selections.keep(change, "abcdefghijklmnop", query)
    for extension in FORMATS:
        status, _, body = own(f"/feeds/s/abcdefghijklmnop.{extension}")
        assert (status, b"Climate Change Conference" in body) == ("200 OK", False)


def test_new_selections_beyond_what_can_be_rendered_are_503_and_what_is_kept_is_not(own, own_publisher):
    kept = own(SELECT, "city=Quito")
    slots = [own_publisher._documents.slots.acquire(blocking=False) for _ in range(3)]
    assert slots == [True] * 3
    status, headers, body = own(SELECT, "city=Geneva")
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == ("503 Service Unavailable", "300", "no-store")
    assert body == b"Too many new calendars are being made just now. Try again in a minute.\n"
    assert own(SELECT, "city=Quito") == kept
    assert own(ALL)[0] == "200 OK"
