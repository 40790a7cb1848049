"""The addresses: kept for ever, so pinned by the letter, and the same in the functions and in the web's own map."""

from datetime import date, time

import pytest
from werkzeug.test import Client

from calendar_app import addresses, elsewhere, spans
from calendar_app.web.current import EXTENSION
from calendar_app.web.polls import Polls
from tests.conftest import TODAY
from tests.webapp import uids

# Design §5, as far as it is built; what is added later is added here, and nothing is ever renamed.
KEPT = {
    "/": {"GET"},
    "/events": {"GET"},
    "/events/<slug>": {"GET"},
    "/series": {"GET"},
    "/series/<key>": {"GET"},
    "/partners": {"GET"},
    "/partners/<key>": {"GET"},
    "/themes": {"GET"},
    "/themes/<slug>": {"GET"},
    "/sdgs": {"GET"},
    "/sdgs/<number>": {"GET"},
    "/subscribe": {"GET", "POST"},
    "/about": {"GET"},
    "/submit": {"GET", "POST"},
    "/submissions/<token>": {"GET", "POST"},
    "/submissions/<token>/edit": {"GET"},
    "/desk": {"GET"},
    "/desk/submissions/<number>": {"GET", "POST"},
    "/desk/events/<slug>": {"GET", "POST"},
    "/desk/events/<slug>/split": {"GET", "POST"},
    "/desk/events/<slug>/engagement": {"GET", "POST"},
    "/desk/events/<slug>/side-event": {"GET", "POST"},
    "/desk/series/<key>/engagement": {"GET", "POST"},
    "/desk/engagements/<uid>": {"GET", "POST"},
    "/desk/series": {"GET", "POST"},
    "/desk/series/new": {"GET", "POST"},
    "/desk/series/<key>": {"GET", "POST"},
    "/desk/partners": {"GET"},
    "/desk/partners/new": {"GET", "POST"},
    "/desk/partners/<key>": {"GET", "POST"},
    "/desk/report": {"GET", "POST"},
    "/desk/report/places": {"GET", "POST"},
    "/desk/figures": {"GET", "POST"},
    "/desk/verify": {"GET", "POST"},
    "/desk/feeds": {"GET"},
    "/desk/import": {"GET", "POST"},
    "/desk/import/<number>": {"GET", "POST"},
    "/desk/bulk": {"GET", "POST"},
    "/desk/batches/<number>": {"GET", "POST"},
    "/desk/log": {"GET"},
    "/desk/log.csv": {"GET"},
    "/desk/submissions.atom": {"GET"},
    "/login": {"GET", "POST"},
    "/logout": {"POST"},
    "/setup/<token>": {"GET", "POST"},
    "/invite/<token>": {"GET", "POST"},
    "/reset/<token>": {"GET", "POST"},
    "/account": {"GET", "POST"},
    "/desk/accounts": {"GET", "POST"},
    "/desk/accounts/<number>": {"GET", "POST"},
    "/api": {"GET"},
    "/api/v1/events": {"GET", "POST"},
    "/api/v1/events/<uid>": {"GET", "PATCH"},
    "/api/v1/series": {"GET"},
    "/api/v1/facets": {"GET"},
    "/openapi.json": {"GET"},
    "/calendar": {"GET"},
    "/calendar/<int(fixed_digits=4):year>-<int(fixed_digits=2):number>": {"GET"},
    "/calendar/<int(fixed_digits=4):number>": {"GET"},
    "/calendar/<int(fixed_digits=4):number>.svg": {"GET"},
    "/map": {"GET"},
    "/coverage": {"GET"},
    "/overlaps": {"GET"},
    "/changes": {"GET"},
    "/report": {"GET"},
    "/report.docx": {"GET"},
    "/report.txt": {"GET"},
    "/report/annex.csv": {"GET"},
    "/report/figures": {"GET"},
    "/report/figures.csv": {"GET"},
    "/healthz": {"GET"},
    "/readyz": {"GET"},
    "/robots.txt": {"GET"},
    "/embed": {"GET"},
    "/card.png": {"GET"},
    "/events/<slug>.png": {"GET"},
    "/sitemap.xml": {"GET"},
    "/sitemap-<int:number>.xml": {"GET"},
}
OPERATION = {"/healthz", "/readyz"}
MONTH = "/calendar/<int(fixed_digits=4):year>-<int(fixed_digits=2):number>"
YEAR = "/calendar/<int(fixed_digits=4):number>"
SHEET = f"{YEAR}.svg"
# A call of each function of the module, what it gives, and the page that answers there.
PATHS = [
    (addresses.HOME, "/", "/"),
    (addresses.EVENTS, "/events", "/events"),
    (addresses.events(), "/events", "/events"),
    (addresses.events("sdg=9&when=upcoming"), "/events?sdg=9&when=upcoming", "/events"),
    (addresses.event("igf-2016"), "/events/igf-2016", "/events/<slug>"),
    (addresses.SERIES, "/series", "/series"),
    (addresses.series("hlpf"), "/series/hlpf", "/series/<key>"),
    (addresses.PARTNERS, "/partners", "/partners"),
    (addresses.partner("gsma"), "/partners/gsma", "/partners/<key>"),
    (addresses.THEMES, "/themes", "/themes"),
    (addresses.theme("climate-change"), "/themes/climate-change", "/themes/<slug>"),
    (addresses.SDGS, "/sdgs", "/sdgs"),
    (addresses.sdg(13), "/sdgs/13", "/sdgs/<number>"),
    (addresses.SUBSCRIBE, "/subscribe", "/subscribe"),
    (addresses.ABOUT, "/about", "/about"),
    (addresses.REFERENCE, "/api", "/api"),
    (addresses.reference(), "/api", "/api"),
    (addresses.API_EVENTS, "/api/v1/events", "/api/v1/events"),
    (addresses.api_events("sdg=9"), "/api/v1/events?sdg=9", "/api/v1/events"),
    (addresses.api_event("7d1f"), "/api/v1/events/7d1f", "/api/v1/events/<uid>"),
    (addresses.API_SERIES, "/api/v1/series", "/api/v1/series"),
    (addresses.API_FACETS, "/api/v1/facets", "/api/v1/facets"),
    (addresses.OPENAPI, "/openapi.json", "/openapi.json"),
    (addresses.SUBMIT, "/submit", "/submit"),
    (addresses.submission("Yk3_-x"), "/submissions/Yk3_-x", "/submissions/<token>"),
    (addresses.amend("Yk3_-x"), "/submissions/Yk3_-x/edit", "/submissions/<token>/edit"),
    (addresses.DESK, "/desk", "/desk"),
    (addresses.desk_submission(7), "/desk/submissions/7", "/desk/submissions/<number>"),
    (addresses.desk_event("igf-2016"), "/desk/events/igf-2016", "/desk/events/<slug>"),
    (addresses.split("igf-2016"), "/desk/events/igf-2016/split", "/desk/events/<slug>/split"),
    (addresses.engagement_at("hlpf-2016"), "/desk/events/hlpf-2016/engagement", "/desk/events/<slug>/engagement"),
    (addresses.engagement_at("a", "source=x"), "/desk/events/a/engagement?source=x", "/desk/events/<slug>/engagement"),
    (addresses.side_event("hlpf-2016"), "/desk/events/hlpf-2016/side-event", "/desk/events/<slug>/side-event"),
    (addresses.engagement_in("hlpf"), "/desk/series/hlpf/engagement", "/desk/series/<key>/engagement"),
    (addresses.engagement_in("a", "source=x"), "/desk/series/a/engagement?source=x", "/desk/series/<key>/engagement"),
    (addresses.desk_engagement("7d1f"), "/desk/engagements/7d1f", "/desk/engagements/<uid>"),
    (addresses.DESK_SERIES, "/desk/series", "/desk/series"),
    (addresses.NEW_SERIES, "/desk/series/new", "/desk/series/new"),
    (addresses.desk_series("hlpf"), "/desk/series/hlpf", "/desk/series/<key>"),
    (addresses.DESK_PARTNERS, "/desk/partners", "/desk/partners"),
    (addresses.NEW_PARTNER, "/desk/partners/new", "/desk/partners/new"),
    (addresses.desk_partner("gsma"), "/desk/partners/gsma", "/desk/partners/<key>"),
    (addresses.DESK_REPORT, "/desk/report", "/desk/report"),
    (addresses.desk_report(), "/desk/report", "/desk/report"),
    (addresses.desk_report("year=2016"), "/desk/report?year=2016", "/desk/report"),
    (addresses.DESK_PLACES, "/desk/report/places", "/desk/report/places"),
    (addresses.desk_places(), "/desk/report/places", "/desk/report/places"),
    (addresses.desk_places("event=igf-2016"), "/desk/report/places?event=igf-2016", "/desk/report/places"),
    (addresses.DESK_FIGURES, "/desk/figures", "/desk/figures"),
    (addresses.VERIFY, "/desk/verify", "/desk/verify"),
    (addresses.verify(), "/desk/verify", "/desk/verify"),
    (addresses.verify("A & b", "", "x"), "/desk/verify?source=A+%26+b&at=x", "/desk/verify"),
    (addresses.FEED_HEALTH, "/desk/feeds", "/desk/feeds"),
    (addresses.IMPORT, "/desk/import", "/desk/import"),
    (addresses.desk_import(7), "/desk/import/7", "/desk/import/<number>"),
    (addresses.desk_import(7, "verdict=new"), "/desk/import/7?verdict=new", "/desk/import/<number>"),
    (addresses.BULK, "/desk/bulk", "/desk/bulk"),
    (addresses.bulk("sdg=9"), "/desk/bulk?sdg=9", "/desk/bulk"),
    (addresses.BATCHES + "/7", "/desk/batches/7", "/desk/batches/<number>"),
    (addresses.batch(7), "/desk/batches/7", "/desk/batches/<number>"),
    (addresses.LOG, "/desk/log", "/desk/log"),
    (addresses.log(), "/desk/log", "/desk/log"),
    (addresses.log("who=a"), "/desk/log?who=a", "/desk/log"),
    (addresses.LOG_FILE, "/desk/log.csv", "/desk/log.csv"),
    (addresses.log_file("who=a"), "/desk/log.csv?who=a", "/desk/log.csv"),
    (addresses.QUEUE_FEED, "/desk/submissions.atom", "/desk/submissions.atom"),
    (addresses.queue_feed("1-a_b"), "/desk/submissions.atom?key=1-a_b", "/desk/submissions.atom"),
    (addresses.LOGIN, "/login", "/login"),
    (addresses.LOGOUT, "/logout", "/logout"),
    (addresses.SETUP + "/Yk3_-x", "/setup/Yk3_-x", "/setup/<token>"),
    (addresses.setup("Yk3_-x"), "/setup/Yk3_-x", "/setup/<token>"),
    (addresses.INVITE + "/Yk3_-x", "/invite/Yk3_-x", "/invite/<token>"),
    (addresses.invite("Yk3_-x"), "/invite/Yk3_-x", "/invite/<token>"),
    (addresses.RESET + "/Yk3_-x", "/reset/Yk3_-x", "/reset/<token>"),
    (addresses.reset("Yk3_-x"), "/reset/Yk3_-x", "/reset/<token>"),
    (addresses.CALENDAR, "/calendar", "/calendar"),
    (addresses.month(date(2026, 3, 31)), "/calendar/2026-03", MONTH),
    (addresses.month(date(2026, 3, 31), "sdg=9"), "/calendar/2026-03?sdg=9", MONTH),
    (addresses.year(2026), "/calendar/2026", YEAR),
    (addresses.year(2026, "sdg=9"), "/calendar/2026?sdg=9", YEAR),
    (addresses.sheet(2026), "/calendar/2026.svg", SHEET),
    (addresses.sheet(2026, dark=True), "/calendar/2026.svg?dark=1", SHEET),
    (addresses.sheet(2026, "sdg=9", page=2, dark=True), "/calendar/2026.svg?sdg=9&dark=1&sheet=2", SHEET),
    (addresses.MAP, "/map", "/map"),
    (addresses.view(addresses.MAP), "/map", "/map"),
    (addresses.view(addresses.MAP, "sdg=9"), "/map?sdg=9", "/map"),
    (addresses.COVERAGE, "/coverage", "/coverage"),
    (addresses.OVERLAPS, "/overlaps", "/overlaps"),
    (addresses.CHANGES, "/changes", "/changes"),
    (addresses.REPORT, "/report", "/report"),
    (addresses.report(), "/report", "/report"),
    (addresses.report("from=2016-01-01&to=2016-12-31"), "/report?from=2016-01-01&to=2016-12-31", "/report"),
    (addresses.report_file("docx"), "/report.docx", "/report.docx"),
    (addresses.report_file("txt", "year=2016"), "/report.txt?year=2016", "/report.txt"),
    (addresses.ANNEX, "/report/annex.csv", "/report/annex.csv"),
    (addresses.FIGURES, "/report/figures", "/report/figures"),
    (addresses.FIGURES_FILE, "/report/figures.csv", "/report/figures.csv"),
    (addresses.EMBED, "/embed", "/embed"),
    (addresses.view(addresses.EMBED, "as=fragment&sdg=9"), "/embed?as=fragment&sdg=9", "/embed"),
    (addresses.CARD, "/card.png", "/card.png"),
    (addresses.event_picture("igf-2016"), "/events/igf-2016.png", "/events/<slug>.png"),
    (addresses.SITEMAP, "/sitemap.xml", "/sitemap.xml"),
    (addresses.sitemap(2), "/sitemap-2.xml", "/sitemap-<int:number>.xml"),
    (addresses.ROBOTS, "/robots.txt", "/robots.txt"),
    (addresses.ACCOUNT, "/account", "/account"),
    (addresses.ACCOUNTS, "/desk/accounts", "/desk/accounts"),
    (addresses.desk_account(7), "/desk/accounts/7", "/desk/accounts/<number>"),
]
FEEDS = [
    (addresses.feed(), "/feeds/all.ics"),
    (addresses.feed("deadlines"), "/feeds/deadlines.ics"),
    (addresses.feed("theme/climate-change"), "/feeds/theme/climate-change.ics"),
    (addresses.feed("sdg/13"), "/feeds/sdg/13.ics"),
    (addresses.feed("series/hlpf"), "/feeds/series/hlpf.ics"),
    (addresses.feed("kind/summit"), "/feeds/kind/summit.ics"),
    (addresses.feed("country/MA"), "/feeds/country/MA.ics"),
    (addresses.feed("role/chair"), "/feeds/role/chair.ics"),
    (addresses.feed("year/2016"), "/feeds/year/2016.ics"),
    (addresses.select_feed(""), "/feeds/select.ics"),
    (addresses.select_feed("q=cop&sdg=13"), "/feeds/select.ics?q=cop&sdg=13"),
    (addresses.event_file("igf-2016"), "/events/igf-2016.ics"),
]
COP_FEED = "https://calendar.example/feeds/select.ics?q=cop+22&sdg=13"


def test_addresses_of_pages_are_these_and_no_others(read_app):
    found: dict[str, set[str]] = {}
    for rule in read_app.url_map.iter_rules():
        found.setdefault(rule.rule, set()).update(rule.methods - {"HEAD", "OPTIONS"})
    assert found.pop("/static/<path:filename>") == {"GET"}
    assert found == KEPT


@pytest.mark.parametrize(("given", "path", "rule"), PATHS)
def test_address_is_this_and_the_map_knows_it(read_app, given, path, rule):
    assert given == path
    adapter = read_app.url_map.bind("calendar.example")
    found = {method: adapter.match(path.partition("?")[0], method, return_rule=True)[0].rule for method in KEPT[rule]}
    assert found == dict.fromkeys(KEPT[rule], rule)


def test_addresses_module_names_every_page_and_every_function_is_held():
    assert {rule for _, _, rule in PATHS} == set(KEPT) - OPERATION
    imported = {"date", "quote", "urlencode", "desk", "public"}
    public = {name for name in vars(addresses) if not name.startswith("_")} - imported - {"FEEDS", "NAMED"}
    held = {"HOME", "EVENTS", "SERIES", "THEMES", "SDGS", "SUBSCRIBE", "ABOUT", "SUBMIT", "DESK", "VERIFY", "LOGIN"}
    held |= {"LOGOUT", "SETUP", "events", "event", "series", "theme", "sdg", "submission", "desk_submission", "setup"}
    held |= {"desk_event", "verify", "amend"}
    held |= {"INVITE", "invite", "RESET", "reset", "ACCOUNT", "ACCOUNTS", "desk_account"}
    held |= {"split", "DESK_SERIES", "NEW_SERIES", "desk_series"}
    held |= {"engagement_at", "engagement_in", "desk_engagement", "side_event"}
    held |= {"API", "API_EVENTS", "API_SERIES", "API_FACETS", "OPENAPI", "REFERENCE"}
    held |= {"api_events", "api_event", "reference"}
    held |= {"CALENDAR", "MAP", "COVERAGE", "OVERLAPS", "CHANGES", "CHANGES_FILE", "EMBED", "SITEMAP"}
    held |= {"month", "year", "sheet", "view"}
    held |= {"feed", "select_feed", "short_feed", "event_file"}
    held |= {"IMPORT", "desk_import", "BULK", "bulk", "BATCHES", "batch"}
    held |= {"FEED_HEALTH", "CHANGES_FEED", "changes_feed"}
    held |= {"LOG", "LOG_FILE", "QUEUE_FEED", "log", "log_file", "queue_feed"}
    held |= {"ROBOTS", "CARD", "event_picture", "sitemap"}
    held |= {"DESK_REPORT", "desk_report", "DESK_PLACES", "desk_places", "DESK_FIGURES"}
    held |= {"PARTNERS", "partner", "DESK_PARTNERS", "NEW_PARTNER", "desk_partner"}
    held |= {"REPORT", "ANNEX", "report", "report_file"}
    held |= {"FIGURES", "FIGURES_FILE"}
    assert public == held


@pytest.mark.parametrize(("given", "path"), FEEDS)
def test_feed_address_is_this_and_answers_without_flask(read_app, given, path):
    assert given == path
    answer = Client(Polls(None, read_app.extensions[EXTENSION].publisher, lambda: TODAY)).get(path)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert answer.data == read_app.test_client().get(path).data


@pytest.mark.parametrize("path", [path for _, path in FEEDS])
def test_feed_is_only_read(reader, path):
    answer = reader.post(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("given", "path"),
    [
        (addresses.CHANGES_FEED, "/changes.atom"),
        (addresses.changes_feed(), "/changes.atom"),
        (addresses.changes_feed("sdg=13&when=upcoming"), "/changes.atom?sdg=13&when=upcoming"),
        (addresses.CHANGES_FILE, "/changes.json"),
        (addresses.view(addresses.CHANGES_FILE, "since=2016-06-02"), "/changes.json?since=2016-06-02"),
    ],
)
def test_address_of_changes_is_this_and_answers_without_flask(read_app, given, path):
    assert given == path
    polls = Client(Polls(None, read_app.extensions[EXTENSION].publisher, lambda: TODAY))
    answer, media = polls.get(path), "json" if ".json" in path else "atom+xml"
    assert (answer.status_code, answer.content_type) == (200, f"application/{media}; charset=utf-8")
    assert answer.data == read_app.test_client().get(path).data
    refused = polls.post(path)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_kind_of_a_problem_is_named_by_its_place_in_the_reference():
    assert addresses.reference("not-found") == "/api#not-found"


def test_named_facets_are_these():
    assert addresses.NAMED == ("theme", "sdg", "series", "kind", "country", "role", "year")


def test_named_feed_holds_what_its_selection_holds(reader):
    assert uids(reader.get("/feeds/sdg/13.ics").data) == uids(reader.get("/feeds/select.ics?sdg=13").data)


def test_webcal_address_is_the_same_without_its_scheme():
    assert elsewhere.webcal("http://127.0.0.1:8000/feeds/all.ics") == "webcal://127.0.0.1:8000/feeds/all.ics"


def test_google_address_carries_a_webcal_address_encoded_whole():
    assert elsewhere.google(COP_FEED) == (
        "https://calendar.google.com/calendar/r?cid="
        "webcal%3A%2F%2Fcalendar.example%2Ffeeds%2Fselect.ics%3Fq%3Dcop%2B22%26sdg%3D13"
    )


@pytest.mark.parametrize("host", ["outlook.live.com", "outlook.office.com"])
def test_outlook_address_carries_an_https_address_and_a_name(host):
    assert elsewhere.outlook(COP_FEED, "UN forums: SDG 13 & “cop 22”", host=host) == (
        f"https://{host}/calendar/0/addfromweb?"
        "url=https%3A%2F%2Fcalendar.example%2Ffeeds%2Fselect.ics%3Fq%3Dcop%2B22%26sdg%3D13"
        "&name=UN%20forums%3A%20SDG%2013%20%26%20%E2%80%9Ccop%2022%E2%80%9D"
    )


def test_outlook_address_is_outlook_coms_by_default():
    assert elsewhere.outlook(COP_FEED, "") == elsewhere.outlook(COP_FEED, "", host="outlook.live.com")


def test_google_copy_is_filled_with_the_event_and_ends_on_the_day_after():
    assert elsewhere.google_copy(
        "COP 22: “Action” & more",
        spans.parse("30 November - 31 December 2027"),
        location="Bab Ighli, Marrakesh, Morocco",
        details="Expected.\nhttps://calendar.example/events/cop?a=b",
    ) == (
        "https://calendar.google.com/calendar/render?action=TEMPLATE"
        "&text=COP%2022:%20%E2%80%9CAction%E2%80%9D%20%26%20more"
        "&dates=20271130/20280101&location=Bab%20Ighli%2C%20Marrakesh%2C%20Morocco"
        "&details=Expected.%0Ahttps://calendar.example/events/cop%3Fa%3Db"
    )


@pytest.mark.parametrize("host", ["outlook.live.com", "outlook.office.com"])
def test_outlook_copy_is_filled_with_the_event_and_ends_on_the_day_after(host):
    given = {"location": "", "details": "https://calendar.example/", "host": host}
    assert elsewhere.outlook_copy("COP 22 & more", spans.parse("28 February 2028"), **given) == (
        f"https://{host}/calendar/0/deeplink/compose?path=/calendar/action/compose&rru=addevent"
        "&subject=COP%2022%20%26%20more&startdt=2028-02-28&enddt=2028-02-29&allday=true&body=https://calendar.example/"
    )


def test_copy_of_a_timed_event_is_in_utc():
    span = spans.with_times(spans.parse("6 July 2027"), start=time(21), end=time(22, 30), zone="America/New_York")
    assert elsewhere.google_copy("A", span, location="", details="") == (
        "https://calendar.google.com/calendar/render?action=TEMPLATE&text=A&dates=20270707T010000Z/20270707T023000Z"
    )
    assert elsewhere.outlook_copy("A", span, location="", details="") == (
        "https://outlook.live.com/calendar/0/deeplink/compose?path=/calendar/action/compose&rru=addevent&subject=A"
        "&startdt=2027-07-07T01:00:00Z&enddt=2027-07-07T02:30:00Z"
    )


@pytest.mark.parametrize("dates", ["November 2027", "2027", "November-December 2027"])
def test_copy_of_what_has_no_days_has_no_address(dates):
    given = {"location": "Geneva", "details": "x"}
    assert elsewhere.google_copy("A", spans.parse(dates), **given) == ""
    assert elsewhere.outlook_copy("A", spans.parse(dates), **given) == ""


def test_short_address_of_a_feed_takes_options_alone():
    assert addresses.short_feed("ggm2sihxgqf5vkpl") == "/feeds/s/ggm2sihxgqf5vkpl.ics"
    assert addresses.short_feed("ggm2sihxgqf5vkpl", "busy=1", "json") == "/feeds/s/ggm2sihxgqf5vkpl.json?busy=1"


# No host has such characters; "＂" becomes a quotation mark only once it is encoded.
BAD_HOSTS = ['a"b', "a\\b", "a`b", "a{b}", "a|b", "a<b>", "a^b", "a%b", "a b", "ü＂b", "[::1]x", "u\\s@a.org", ""]


@pytest.mark.parametrize(
    ("pasted", "uri"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        ("https://example.org/réunion", "https://example.org/r%C3%A9union"),
        ("https://example.org/a|b{c}\\d[e]", "https://example.org/a%7Cb%7Bc%7D%5Cd%5Be%5D"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://müller.example:8443/", "https://xn--mller-kva.example:8443/"),
        ("https://中国.example/会议?年=2027", "https://xn--fiqs8s.example/%E4%BC%9A%E8%AE%AE?%E5%B9%B4=2027"),
        ("https://example.org/#réunion", "https://example.org/#r%C3%A9union"),
        ("https://[::1/", ""),
        ("https://" + "ü" * 70 + ".example/", ""),
        ('https://example.org/`a"<b>^', "https://example.org/%60a%22%3Cb%3E%5E"),
        ("https://user:secret@example.org:8443/", "https://user:secret@example.org:8443/"),
        ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/"),
        *((f"http://{host}/", "") for host in BAD_HOSTS),
        ("", ""),
    ],
)
def test_uri_is_what_a_pasted_address_stands_for(pasted, uri):
    assert elsewhere.uri(pasted) == uri
    assert elsewhere.uri(uri) == uri
