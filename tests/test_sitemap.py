"""What crawlers find: the site map, what robots.txt allows, where each page says it is, and its feeds."""

import re
from fnmatch import fnmatchcase
from xml.etree import ElementTree

import pytest

from calendar_app import addresses
from calendar_app.selection import Selection
from calendar_app.store import events, search, series, site_map, stated
from calendar_app.topics import SDGS, THEMES
from tests.conftest import BASE
from tests.test_routes import EXAMPLES, PAGES, May
from tests.webapp import Node, page, store_of

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
# Which pages of anyone list no events, and which are for one reader, or no page at all.
WITHOUT_EVENTS = {"/report/figures", "/series", "/partners", "/themes", "/sdgs", "/about", "/api", "/submit"}
PRIVATE = {"/login"}
NO_PAGE = re.compile(
    r"/(static|api/|embed|sitemap|healthz|readyz|picks?\b).*|/calendar|/report|.*\.(png|svg|json|txt|xml|docx|csv)"
)


def listed(reader, path: str) -> dict[str, str | None]:
    """The addresses of a file of the site map, each with when it last changed."""
    answer = reader.get(path)
    assert (answer.status_code, answer.content_type) == (200, "application/xml; charset=utf-8")
    found = ElementTree.fromstring(answer.data)  # noqa: S314 - our own
    pairs = [(each.findtext("s:loc", None, NAMES), each.findtext("s:lastmod", None, NAMES)) for each in found]
    assert len(dict(pairs)) == len(pairs) < 50_000
    return dict(pairs)


def public() -> list[str]:
    """An address of every page that anyone may read."""
    rules = [rule for rule, methods in PAGES.items() if methods.get("GET") is May.ANYONE]
    return [path for path in (EXAMPLES.get(rule, rule) for rule in rules) if not NO_PAGE.fullmatch(path)]


def head(found: Node, name: str) -> list[str]:
    return [node["content"] for node in found.all("meta") if name in {node.get("name"), node.get("property")}]


def canonical(found: Node) -> list[str]:
    return [node["href"] for node in found.all("link", rel="canonical")]


def test_site_map_names_its_files_and_they_name_every_event_once(reader, read_app):
    assert listed(reader, "/sitemap.xml") == {f"{BASE}/sitemap-0.xml": None, f"{BASE}/sitemap-1.xml": None}
    store = store_of(read_app)
    found = events.by_ids(store, search.ids(store, Selection()))
    assert listed(reader, "/sitemap-1.xml") == {
        f"{BASE}/events/{event.slug}": f"{event.stamp:%Y-%m-%dT%H:%M:%SZ}" for event in found
    }


def test_site_map_names_the_other_pages_and_all_of_them_answer(reader, read_app):
    found = listed(reader, "/sitemap-0.xml")
    paths = {address.removeprefix(BASE) for address in found}
    wanted = {*map(addresses.theme, THEMES), *map(addresses.sdg, SDGS)}
    wanted |= set(map(addresses.series, series.directory(store_of(read_app))))
    wanted |= set(map(addresses.partner, stated.of_partners(store_of(read_app))))
    wanted |= {addresses.year(year) for year in range(2015, 2029)}
    # Of the years that are over.
    wanted |= {addresses.report(f"from={year}-01-01&to={year}-12-31") for year in range(2015, 2026)}
    rules = {path for path in public() if "<" not in path and path not in EXAMPLES.values()} - PRIVATE
    assert paths == wanted | rules
    for path in sorted(rules | {"/calendar/2015", "/calendar/2028", "/series/hlpf"}):
        assert reader.get(path).status_code == 200


def test_site_map_of_a_large_record_is_in_stretches_that_part_it(reader, read_app, monkeypatch):
    whole = listed(reader, "/sitemap-1.xml")
    monkeypatch.setattr(site_map, "STRETCH", 100)
    files = [address.removeprefix(BASE) for address in listed(reader, "/sitemap.xml")]
    assert files == [f"/sitemap-{number}.xml" for number in range(5)]
    parts = [listed(reader, path) for path in files[1:]]
    assert [len(part) <= 100 for part in parts] == [True] * len(parts)
    assert {address: at for part in parts for address, at in part.items()} == whole
    assert sum(map(len, parts)) == len(whole)


@pytest.mark.parametrize("number", ["2", "9" * 30, "-1", "x", "٣", "1.0"])
def test_part_of_the_site_map_that_there_is_not_is_not_found(reader, number):
    assert reader.get(f"/sitemap-{number}.xml").status_code == 404


def test_empty_record_has_a_site_map_all_the_same(empty_store):
    assert (site_map.stretches(empty_store), site_map.stretch(empty_store, 1)) == (1, [])
    assert list(site_map.years(empty_store)) == []


def rules_for(body: str, agent: str) -> list[tuple[str, str]]:
    """The rules of robots.txt for a crawler (RFC 9309 §2.2.1): those of its own group, else of `*`."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for block in body.strip().split("\n\n"):
        lines = [tuple(line.split(": ", 1)) for line in block.splitlines()]
        names = [value for name, value in lines if name == "User-agent"]
        groups |= {name: [line for line in lines if line[0] in {"Allow", "Disallow"}] for name in names}
    return groups.get(agent, groups["*"])


def allowed(body: str, path: str, agent: str = "*") -> bool:
    """Whether a path may be crawled: the longest rule that fits it decides (RFC 9309 §2.2.2)."""
    fitting = [
        (len(rule), kind) for kind, rule in rules_for(body, agent) if fnmatchcase(path, rule.replace("?", "[?]") + "*")
    ]
    return max(fitting, default=(0, "Allow"))[1] == "Allow"


def test_robots_are_told_these_rules(reader):
    assert reader.get("/robots.txt").get_data(as_text=True) == (
        "User-agent: facebookexternalhit\n"
        "User-agent: LinkedInBot\n"
        "User-agent: Twitterbot\n"
        "Disallow: /desk\n"
        "Disallow: /login\n"
        "Disallow: /setup\n"
        "Disallow: /submissions\n"
        "\n"
        "User-agent: *\n"
        "Allow: /feeds/\n"
        "Allow: /changes.atom\n"
        "Allow: /embed\n"
        "Allow: /report?\n"
        "Disallow: /desk\n"
        "Disallow: /login\n"
        "Disallow: /setup\n"
        "Disallow: /submissions\n"
        "Disallow: /*?*&\n"
        "\n"
        f"Sitemap: {BASE}/sitemap.xml\n"
    )


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/events?sdg=13", True),
        ("/events?sdg=13&year=2026", False),
        ("/calendar/2026-11?sdg=13&theme=health", False),
        ("/desk/verify", False),
        ("/submissions/abc", False),
        # Google Calendar fetches no feed that is forbidden here.
        ("/feeds/select.ics?sdg=13&year=2026", True),
        ("/changes.atom?sdg=13&year=2026", True),
        ("/embed?sdg=13&year=2026", True),
        ("/report?from=2016-01-01&to=2016-12-31", True),
        ("/report.docx?from=2016-01-01&to=2016-12-31", False),
    ],
)
def test_crawlers_are_kept_from_what_has_no_end_alone(reader, path, may):
    body = reader.get("/robots.txt").get_data(as_text=True)
    assert allowed(body, path) is may
    assert allowed(body, path, "Twitterbot") is not path.startswith(("/desk", "/submissions"))


@pytest.mark.parametrize("path", public())
def test_page_says_where_it_is_and_how_it_looks_when_shared(reader, path):
    found = page(reader.get(path))
    if path in PRIVATE:
        assert (canonical(found), head(found, "og:url"), head(found, "robots")) == ([], [], ["noindex, follow"])
        return
    assert canonical(found) == head(found, "og:url") == [BASE + path]
    assert head(found, "robots") == []
    (title,), (words,) = head(found, "og:title"), head(found, "og:description")
    assert found.one("head").one("title").text == f"{title} – UN Forum Calendar"
    assert words == head(found, "description")[0]
    assert head(found, "og:image")[0].startswith(f"{BASE}/")
    assert [head(found, f"og:image:{side}") for side in ("width", "height")] == [["1200"], ["630"]]
    assert head(found, "twitter:card") == ["summary_large_image"]


@pytest.mark.parametrize("path", sorted(set(public()) - WITHOUT_EVENTS - PRIVATE))
def test_page_that_lists_events_names_its_feeds(reader, path):
    links = page(reader.get(path)).all("link", rel="alternate")
    kinds = ["text/calendar", "application/calendar+json", "application/atom+xml", "application/json", "text/csv"]
    # What changed has formats of its own.
    assert [link["type"] for link in links][:5] == ([kinds[2], kinds[3]] if path == "/changes" else kinds)
    assert all(link["title"] for link in links)
    assert {reader.get(link["href"]).status_code for link in links} == {200}


@pytest.mark.parametrize(
    ("address", "found_at", "robots"),
    [
        ("/events?theme=climate-change&sdg=13", "/events?sdg=13&theme=climate-change", ["noindex, follow"]),
        ("/events?utm_source=mail&sdg=13", "/events?sdg=13", []),
        ("/events?q=zzzz", "/events?q=zzzz", ["noindex, follow"]),
        ("/events?sdg=13&pick=igf-2016", "/events?sdg=13", []),
        ("/calendar/1950-01", "/calendar/1950-01", ["noindex, follow"]),
        ("/series/hlpf?utm_source=mail", "/series/hlpf", []),
        ("/subscribe?sdg=13", "/subscribe?sdg=13", ["noindex, follow"]),
        ("/submit?event=igf-2016", "/submit", []),
    ],
)
def test_address_leads_crawlers_to_the_one_to_keep(reader, address, found_at, robots):
    found = page(reader.get(address))
    assert (canonical(found), head(found, "robots")) == ([BASE + found_at], robots)


def test_page_for_one_reader_names_no_address(editor_reader, reader):
    for found in (page(editor_reader.get("/desk")), page(reader.get("/nowhere"), 404)):
        assert (canonical(found), head(found, "og:url"), head(found, "robots")) == ([], [], ["noindex, follow"])
