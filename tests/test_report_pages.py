"""The report's page and files: which period an address means, what it takes in, and the document as it is shown."""

from dataclasses import replace
from datetime import date

import pytest

from calendar_app import addresses, report, reporting, texts
from calendar_app.engagement import Engagement
from calendar_app.formats import report_csv, report_docx, report_text
from calendar_app.report import periods
from calendar_app.report.facts import Facts, Period, SectionKey
from calendar_app.report.model import Header, Listing, Paragraph, Report, Run, Section, Sentence, Source, Table
from calendar_app.selection import Selection
from calendar_app.spans import parse
from calendar_app.store import engagements, events, partners, search, series
from calendar_app.store import report as kept
from calendar_app.store.connection import bump
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Activity, Status
from calendar_app.web import report_others, report_periods
from calendar_app.web.current import EXTENSION
from calendar_app.web.dates import Ruler, strip
from calendar_app.web.report_told import Teller
from tests.conftest import BASE, NOW, TODAY
from tests.webapp import EDITOR, Node, filled, page, store_of

EN = texts.of("en")
YEAR = "from=2016-01-01&to=2016-12-31"
BETWEEN = "from=2016-06-03&to=2017-05-14"
FILES = ["/report.docx", "/report.txt", "/report/annex.csv"]
DROPPED = {
    "ecosoc-partnership-forum-2016",
    "ffd-forum-2016",
    "ecosoc-integration-segment-2016",
    "whs-2016",
    "ldc-midterm-review-2016",
}


def slugs(found: Node) -> list[str]:
    return [link["href"].removeprefix("/events/") for link in found.all("a") if link["href"].startswith("/events/")]


def within(store, first: date, last: date) -> list[str]:
    """The slugs of what a list of the period shows."""
    return [each.slug for each in events.by_ids(store, search.ids(store, Selection(first=first, last=last)))]


def compared(found: Node) -> dict[str, Node]:
    """The periods beside the chosen one, by their names."""
    lines = found.one("section", class_="compared").all("ol")[1].all("li")
    return {
        line.all("p")[0].all("a")[0].text: line for line in lines if line.parent.tag == "ol" and line.all("details")
    }


# Which period an address means


@pytest.mark.parametrize("path", ["/report", *FILES])
def test_address_without_a_period_leads_to_the_last_full_year(reader, path):
    answer = reader.get(path)
    assert (answer.status_code, answer.location) == (302, f"{path}?from=2025-01-01&to=2025-12-31")


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("year=2016", YEAR),
        ("from=itu-council-2016&to=itu-council-2017", BETWEEN),
        ("to=2016-12-31&from=2016-01-01", YEAR),
        ("from=2016-01-01&to=2016-12-31&year=", YEAR),
        ("from=2016-01-01&from=2016-01-01&to=+2016-12-31+", YEAR),
        (f"{YEAR}&utm_source=mail", YEAR),
    ],
)
@pytest.mark.parametrize("path", ["/report", "/report.docx"])
def test_choice_leads_to_the_days_that_it_means(reader, path, asked, canonical):
    answer = reader.get(f"{path}?{asked}")
    assert (answer.status_code, answer.location) == (303, f"{path}?{canonical}")


@pytest.mark.parametrize("way", ["by-year", "by-council", "by-days"])
def test_each_form_sends_its_own_choice_and_leads_back(reader, way):
    form = page(reader.get(f"/report?{BETWEEN}")).one("form", aria_labelledby=way)
    answer = reader.get(form["action"], query_string={name: value for name, (value,) in filled(form).items()})
    # What is filled in is the period on screen, but a year, which it is none of.
    assert answer.request.path == "/report"
    assert (answer.status_code, answer.location) == {
        "by-year": (303, f"/report?{YEAR}"),
        "by-council": (303, f"/report?{BETWEEN}"),
        "by-days": (200, None),
    }[way]


def test_form_offers_every_year_and_session_of_the_record_the_newest_first(reader, read_app):
    found = page(reader.get(f"/report?{YEAR}"))
    years = [option.text for option in found.one("select", id="year").all("option")]
    assert years == [str(year) for year in range(2028, 2014, -1)]
    offered = [option["value"] for option in found.one("select", id="council-from").all("option")]
    sessions = reporting.sessions(store_of(read_app), near=periods.calendar_year(2016))
    assert offered == [event.slug for event in reversed(sessions)]
    undated = found.one("select", id="council-to").one("option", value="itu-council-2015")
    assert undated.text == "ITU Council 2015, May 2015 (days not given)"


def test_sessions_that_are_offered_are_those_within_fifteen_years(store):
    found = {year: reporting.sessions(store, near=periods.calendar_year(year)) for year in (1950, 2016, 2000)}
    assert found == {1950: [], 2016: found[2016], 2000: found[2016][:1]}
    assert len(found[2016]) > 10


@pytest.mark.parametrize(
    ("query", "name", "days"),
    [
        (YEAR, "2016", "1 January – 31 December 2016"),
        (BETWEEN, "ITU Council 2016 to ITU Council 2017", "3 June 2016 – 14 May 2017"),
        ("from=2016-06-03&to=2017-05-13", "3 June 2016 – 13 May 2017", "3 June 2016 – 13 May 2017"),
    ],
)
def test_page_says_which_period_it_is_about(reader, query, name, days):
    found = page(reader.get(f"/report?{query}"))
    assert found.one("h1").text == f"Council report {name}"
    assert found.one("title").text == f"Council report: {name} – UN Forum Calendar"
    assert days in found.one("p", class_="lede").text
    assert found.one("link", rel="canonical")["href"] == f"{BASE}/report?{query}"


@pytest.mark.parametrize(
    ("query", "way"),
    [
        (YEAR, [("prev", "/report?from=2015-01-01&to=2015-12-31"), ("next", "/report?from=2017-01-01&to=2017-12-31")]),
        # Of the session of 2015 no days are on record.
        (BETWEEN, [("next", "/report?from=2017-05-26&to=2018-04-16")]),
        ("from=2016-03-01&to=2016-04-30", []),
    ],
)
def test_page_leads_to_the_periods_of_its_kind_around_it(reader, query, way):
    nav = page(reader.get(f"/report?{query}")).one("nav", aria_label="Periods")
    assert [(link["rel"], link["href"]) for link in nav.all("a") if link.get("rel")] == way


@pytest.mark.parametrize(
    ("query", "robots"), [(YEAR, []), (BETWEEN, []), ("from=2016-03-01&to=2016-04-30", ["noindex, follow"])]
)
def test_periods_without_end_are_not_listed(reader, query, robots):
    found = page(reader.get(f"/report?{query}"))
    assert [each["content"] for each in found.all("meta", name="robots")] == robots


def test_period_that_is_not_over_is_told_as_such(reader):
    queries = {
        f"from=2026-01-01&to={TODAY}": ["The period is not over: as of 24 November 2026."],
        "from=2026-01-01&to=2026-11-23": [],
        "from=2026-01-01&to=2026-12-31": ["The year is not over: as of 24 November 2026."],
        "from=2027-01-01&to=2027-12-31": ["The year has not begun."],
        "from=2026-11-25&to=2027-11-24": ["The period has not begun."],
    }
    ledes = {query: page(reader.get(f"/report?{query}")).one("p", class_="lede") for query in queries}
    assert {query: [each.text for each in lede.all("strong")] for query, lede in ledes.items()} == queries


# What can't be read comes back at its field


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("from=2016-02-30&to=2016-12-31", "from", "“2016-02-30” is neither a day"),
        ("from=2016-01-01&to=soon", "to", "“soon” is neither a day"),
        ("from=2016-12-31&to=2016-01-01", "to", "ends on 1 January 2016, before it begins"),
        ("from=itu-council-2017&to=itu-council-2016", "council-to", "No day lies between"),
        ("from=itu-council-2016&to=itu-council-2016", "council-to", "No day lies between"),
        ("from=itu-council-2015&to=itu-council-2016", "from", "ITU Council 2015"),
        ("from=itu-council-2015&to=2016-12-31", "from", "Give a day instead"),
        ("from=&to=2016-12-31", "from", "can’t be left empty"),
        ("from=2010-01-01&to=2016-01-01", "to", "5 years at the most"),
        ("year=MMXVI", "year", "“MMXVI” is nothing to select by"),
        ("year=1899", "year", "“1899” is nothing to select by"),
        ("year=2016&from=2016-01-01&to=2016-12-31", "year", "Keep one of the two"),
    ],
)
def test_period_that_is_none_comes_back_at_its_field_with_what_was_typed(reader, query, field, words):
    for path in ("/report", *FILES):
        found = page(reader.get(f"{path}?{query}"), 400)
        assert found.one("h1").text == "That didn’t work"
        (error,) = found.all("span", class_="err")
        assert (error["id"], words in error.text, words in found.one("p", id="why").text) == (f"{field}-e", True, True)
        node = found.one(id=field)
        assert (node["aria-invalid"], node["aria-describedby"]) == ("true", f"{field}-e")
    typed = dict(pair.split("=") for pair in query.split("&"))
    shown = {name: found.one("input", id=name)["value"] for name in ("from", "to")}
    assert {name for name in shown if typed.get(name, "2")[:1] == "2" and shown[name] != typed.get(name, "")} == set()


def test_day_may_be_given_instead_of_a_session_without_days(reader):
    answer = reader.get("/report?from=2015-06-01&to=itu-council-2016")
    assert (answer.status_code, answer.location) == (303, "/report?from=2015-06-01&to=2016-05-24")
    answer = reader.get("/report.txt?from=itu-council-2016&to=2016-12-31")
    assert (answer.status_code, answer.location) == (303, "/report.txt?from=2016-06-03&to=2016-12-31")


def test_council_session_without_days_on_record_makes_the_page_ask_for_a_date(reader):
    found = page(reader.get("/report?from=itu-council-2015&to=itu-council-2016"), 400)
    days = {name: found.one("input", id=name) for name in ("from", "to")}
    # From the day before the one that has days, to a day that is asked for.
    assert {name: (node["type"], node["value"]) for name, node in days.items()} == {
        "from": ("date", ""),
        "to": ("date", "2016-05-24"),
    }
    chosen = filled(found.one("form", aria_labelledby="by-council"))
    assert chosen == {"from": ["itu-council-2015"], "to": ["itu-council-2016"]}
    assert "ITU Council 2015: May 2015 (days not given)" in found.text


def test_what_is_no_day_is_kept_in_a_field_that_can_show_it(reader):
    found = page(reader.get("/report?from=31+March+2016&to=2016-12-31"), 400)
    shown = [(found.one("input", id=name)["type"], found.one("input", id=name)["value"]) for name in ("from", "to")]
    assert shown == [("text", "31 March 2016"), ("date", "2016-12-31")]


@pytest.mark.parametrize(
    "query", ["sdg=9", f"{YEAR}&sdg=9", "nothing=1", "from=2016-01-01", "from=a&from=b&to=c", "year=%00"]
)
def test_what_means_nothing_to_a_report_is_refused_in_words(reader, query):
    assert page(reader.get(f"/report?{query}"), 400).one("h1").text == "That didn’t work"


def test_five_years_are_the_most(reader):
    assert reader.get("/report?from=2021-01-01&to=2025-12-31").status_code == 200
    assert reader.get("/report?from=2020-12-31&to=2025-12-31").status_code == 400


# What it takes in


def test_council_to_council_shows_what_it_leaves_out_and_takes_in_against_the_year(reader, read_app):
    store = store_of(read_app)
    found = compared(page(reader.get(f"/report?{BETWEEN}")))
    assert list(found) == ["2016", "2017"]
    mine, theirs = (
        within(store, date(2016, 6, 3), date(2017, 5, 14)),
        within(store, date(2016, 1, 1), date(2016, 12, 31)),
    )
    left, taken = found["2016"].one("details").all("ul")
    assert slugs(left) == [slug for slug in theirs if slug not in mine]
    assert slugs(taken) == [slug for slug in mine if slug not in theirs]
    assert set(slugs(left)) > DROPPED
    # At once, without a step: those that a report names in its sections on events.
    first = found["2016"].all("p", class_="s")[0]
    assert (first.text.split(":")[0], set(slugs(first))) == (
        f"This report leaves out {len(slugs(left))} of them",
        DROPPED,
    )


def test_year_shows_the_times_between_councils_that_it_touches_and_which_lacks_days(reader):
    found = page(reader.get(f"/report?{YEAR}"))
    assert list(compared(found)) == ["ITU Council 2016 to ITU Council 2017"]
    lines = found.one("section", class_="compared").all("ol")[1].all("li")
    (told,) = [line.all("p") for line in lines if line.all("a", href="#from")]
    assert [each.text for each in told] == [
        "ITU Council 2015 to ITU Council 2016",
        "Of ITU Council 2015 only May 2015 is known. Give a day instead",
    ]


def test_period_is_compared_by_the_events_that_its_report_counts(app, client):
    store = store_of(app)
    off = replace(events.by_slug(store, "whs-2016"), status=Status.CANCELLED)
    with store.change(NOW, actor="test") as change:
        events.save(change, off, action="edited")
    found = page(client.get(f"/report?{YEAR}"))
    assert "The record holds 46 events of the period" in found.text
    first = found.one("section", class_="compared").all("ol")[1].all("li")[0]
    assert first.text == "2016, 46 events"


def test_long_difference_tells_the_first_and_how_many_more(reader, read_app):
    found = compared(page(reader.get("/report?from=2021-01-01&to=2025-12-31")))["2022"].one("details")
    store = store_of(read_app)
    more = len(
        set(within(store, date(2021, 1, 1), date(2025, 12, 31)))
        - set(within(store, date(2022, 1, 1), date(2022, 12, 31)))
    )
    assert more > 60
    assert (len(slugs(found)), f"And {more - 60} more." in found.text) == (60, True)


def test_periods_touched_are_the_years_and_the_times_between_councils_but_the_period_itself(store):
    sessions = reporting.sessions(store, near=periods.calendar_year(2018))
    since, until = (
        next(each for each in sessions if each.slug == slug) for slug in ("itu-council-2018", "itu-council-2019")
    )
    chosen = periods.between(since, until)
    assert list(report_others.touched(chosen, sessions)) == [periods.calendar_year(2018), periods.calendar_year(2019)]
    # Sessions that follow each other within a day have nothing between them, and are no period.
    close = replace(until, span=parse("28-30 April 2018"))
    assert list(report_others.touched(periods.calendar_year(2018), [since, close])) == []


# The document


def sentence(text: str, *sources: Source, address: str = "") -> Sentence:
    return Sentence(runs=(Run(text=text, address=address),), sources=sources)


ONE, TWO = Source(words="One", address="/events/igf-2016"), Source(words="Two", address="https://example.org/")
TABLE = Table(caption="Rates", head=("What", "2016"), rows=((Run(text="Accepted"), Run(text="87")),), numeric=1)
HAND_MADE = Report(
    period=Period(first=date(2016, 1, 1), last=date(2016, 12, 31)),
    header=Header(symbol="", agenda_item="", date="", title="", action="", period="2016"),
    sections=(
        Section(key=SectionKey.SUMMARY, title="Summary", blocks=(Paragraph(sentences=(sentence("In short."),)),)),
        Section(
            key=SectionKey.AGENDA,
            title="2030 Agenda",
            blocks=(
                Paragraph(sentences=(sentence("A.", TWO, ONE), sentence("B.", ONE))),
                TABLE,
                Listing(
                    lead=sentence("Forums:"),
                    items=(
                        sentence("IGF", address="/events/igf-2016"),
                        sentence("Other", address="/series/hlpf"),
                        sentence("IGF again", address="/events/igf-2016"),
                    ),
                ),
                Listing(lead=Sentence(runs=()), items=(sentence("x"),)),
                Paragraph(sentences=(sentence("C."),)),
            ),
        ),
        Section(key=SectionKey.JIU, title="JIU", blocks=()),
    ),
    annex=(TABLE,),
    sources=(ONE, TWO),
)


def test_report_is_numbered_as_its_files_are(store):
    igf = events.by_slug(store, "igf-2016")
    facts = Facts(period=HAND_MADE.period, events=(igf,), series={})
    teller = Teller(HAND_MADE, facts, today=TODAY)
    told = [(each.number, [(block.kind, block.number) for block in each.blocks]) for each in teller.sections()]
    assert told == [
        ("", [("paragraph", "")]),
        ("1", [("paragraph", "1.1"), ("table", "1"), ("listing", "1.2"), ("listing", ""), ("paragraph", "1.3")]),
        ("2", []),
    ]
    assert [(block.kind, block.number) for block in teller.annex()] == [("table", "2")]
    assert teller.numbers.of(HAND_MADE.sections[1].blocks[0].sentences[0]) == [1, 2]
    written = report_text.render(HAND_MADE, EN, base=BASE).decode()
    assert [number for number in ("1.1", "1.2", "1.3", "Table 2") if number not in written] == []


def test_event_is_drawn_on_the_months_of_the_period_where_a_list_first_names_it(store):
    igf = events.by_slug(store, "igf-2016")
    facts = Facts(period=HAND_MADE.period, events=(igf,), series={})
    teller = Teller(HAND_MADE, facts, today=TODAY)
    items = teller.sections()[1].blocks[2].items
    # Only its month is known: brackets.
    assert [item.strip for item in items] == [strip(igf, Ruler.year(2016), today=TODAY), (), ()]
    assert {path.name for path in items[0].strip} == {"open"}
    assert [days for _, days in teller.months] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_months_of_a_long_period_are_too_narrow_to_draw_on(store):
    igf = events.by_slug(store, "igf-2016")
    long = replace(HAND_MADE, period=Period(first=date(2016, 1, 1), last=date(2017, 3, 1)))
    teller = Teller(long, Facts(period=long.period, events=(igf,), series={}), today=TODAY)
    assert (teller.months, teller.sections()[1].blocks[2].items[0].strip) == ((), ())


def test_page_holds_the_document_and_every_marker_leads_to_its_source(reader, read_app):
    store = store_of(read_app)
    written = report.write(reporting.gather(store, periods.calendar_year(2016)), EN)
    found = page(reader.get(f"/report?{YEAR}"))
    document = found.one("article")
    summary, *others = [each.title for each in written.sections]
    numbered = [f"{number} {title}" for number, title in enumerate(others, 1)]
    assert [each.text for each in document.all("h3")] == [summary, "Action required", *numbered, "Sources", "Annex"]
    assert len(document.all("ol", class_="sources")[0].all("li")) == len(written.sources)
    sentences = [each for section in written.sections for block in section.blocks for each in said(block)]
    # A space may be lost where an element begins.
    words = document.text.replace(" ", "")
    assert [each.text for each in sentences if each.text.replace(" ", "") not in words and len(each.runs) == 1] == []
    markers = [link for mark in document.all("sup", class_="behind") for link in mark.all("a")]
    assert len(markers) == sum(len(set(each.sources)) for each in sentences)
    rows = [table.one("tbody").all("tr") for table in document.all("table")]
    tables = [block for section in written.sections for block in section.blocks if isinstance(block, Table)]
    assert [len(each) for each in rows] == [len(table.rows) for table in (*tables, *written.annex)]


def test_each_source_leads_back_to_every_place_that_names_it(reader):
    document = page(reader.get(f"/report?{YEAR}")).one("article")
    named: dict[str, list[str]] = {}
    for section in document.all("section"):
        place = section["aria-labelledby"]
        for node in section:
            place = node["id"] if node.get("class") == "para" and node.get("id") else place
            if node.tag == "a" and node["href"].startswith("#source-"):
                named.setdefault(node["href"][1:], []).append(f"#{place}")
    sources = document.one("ol", class_="sources").all("li")
    back = {each["id"]: [link["href"] for link in each.one("span", class_="back").all("a")] for each in sources}
    assert back == {number: list(dict.fromkeys(places)) for number, places in named.items()}
    first = sources[0].one("span", class_="back").all("a")[0]
    assert (first.text, first["href"]) == ("↑ back to 1.1", "#p1.1")


def test_each_table_has_a_heading_and_each_row_its_own(reader):
    document = page(reader.get(f"/report?{YEAR}")).one("article")
    tables = document.all("table")
    headings = {each["id"] for each in document.all("h4")}
    assert [each["aria-labelledby"] for each in tables if each["aria-labelledby"] not in headings] == []
    rows = [row for table in tables for row in table.one("tbody").all("tr")]
    assert {tuple(cell.get("scope") for cell in row.all("th")) for row in rows} == {("row",)}


def test_report_leads_to_the_side_events_of_its_period(reader):
    ways = page(reader.get(f"/report?{YEAR}")).one("p", class_="report-ways")
    (link,) = [each for each in ways.all("a") if each.text == "ITU’s side events"]
    assert link["href"] == "/events?from=2016-01-01&kind=side-event&to=2016-12-31"
    assert reader.get(link["href"]).status_code == 200


def said(block) -> list[Sentence]:
    if isinstance(block, Paragraph):
        return list(block.sentences)
    return [] if isinstance(block, Table) else [block.lead, *block.items]


def test_links_of_the_document_lead_somewhere(reader, read_app):
    found = page(reader.get(f"/report?{YEAR}")).one("article")
    ours = {link["href"] for link in found.all("a") if link["href"].startswith("/")}
    store = store_of(read_app)
    known = {addresses.event(slug) for slug in within(store, date(2016, 1, 1), date(2016, 12, 31))}
    known |= {addresses.series(key) for key in series.directory(store)}
    known |= {addresses.partner(key) for key in partners.directory(store)}
    assert [address for address in sorted(ours - known) if reader.get(address).status_code != 200] == []


def test_year_of_which_nothing_is_on_record_has_a_report_that_says_so(reader):
    found = page(reader.get("/report?from=1950-01-01&to=1950-12-31"))
    assert slugs(found.one("article")) == []


def test_introduction_stands_between_what_is_asked_and_the_numbered_sections(app, client):
    year = periods.calendar_year(2016)
    with store_of(app).change(NOW, actor="test") as change:
        kept.write(change, year.first, year.last, name="introduction", text="Aims:\n- See https://example.org/a.")
    found = page(client.get(f"/report?{YEAR}")).one("article", aria_labelledby="document")
    heads = [each.text for each in found.all("h3")]
    assert heads[:3] == ["Summary", "Action required", "Introduction"]
    assert heads[3].endswith("2030 Agenda for Sustainable Development")
    assert found.one("a", href="https://example.org/a")["rel"] == "noopener nofollow"
    told = client.get(f"/report.txt?{YEAR}").text
    assert "Action required" not in told
    assert "Introduction\n------------\n\nAims:\n\n      -   See https://example.org/a.\n" in told


def test_what_nobody_wrote_is_shown_as_not_given(reader):
    facts = page(reader.get(f"/report?{YEAR}")).one("article").all("dl")[0]
    told = dict(zip((each.text for each in facts.all("dt")), (each.text for each in facts.all("dd")), strict=True))
    assert {told[name] for name in ("Agenda item", "Document", "Date")} == {"not given"}


# Files


@pytest.mark.parametrize(
    ("path", "query", "name", "media"),
    [
        ("/report.docx", YEAR, "itu-council-report-2016.docx", report_docx.MEDIA_TYPE),
        ("/report.txt", YEAR, "itu-council-report-2016.txt", "text/plain; charset=utf-8"),
        ("/report/annex.csv", YEAR, "itu-council-report-2016-annex.csv", "text/csv; charset=utf-8; header=present"),
        ("/report.txt", BETWEEN, "itu-council-report-2016-06-03-to-2017-05-14.txt", "text/plain; charset=utf-8"),
    ],
)
def test_file_is_what_its_format_renders_to_be_saved_under_its_name(reader, read_app, path, query, name, media):
    store = store_of(read_app)
    answer = reader.get(f"{path}?{query}")
    assert (answer.status_code, answer.content_type) == (200, media)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Cache-Control"] == "no-cache"
    first, last = (date.fromisoformat(part.split("=")[1]) for part in query.split("&"))
    period = Period(first=first, last=last)
    period = report_periods.named(period, reporting.sessions(store, near=period))
    facts = reporting.gather(store, period)
    written = report.write(facts, EN)
    assert (
        answer.data
        == {
            "docx": lambda: report_docx.render(written, EN, base=BASE),
            "txt": lambda: report_text.render(written, EN, base=BASE),
            "csv": lambda: report_csv.render(facts, EN, base=BASE),
        }[path.rpartition(".")[2]]()
    )
    again = reader.get(f"{path}?{query}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_file_is_rendered_once_while_the_data_stand_and_few_wait_for_a_new_one(app, client):
    kept = client.get(f"/report.docx?{YEAR}").data
    reports = app.extensions[EXTENSION].reports
    assert [reports.slots.acquire(blocking=False) for _ in range(3)] == [True] * 3
    assert client.get(f"/report.docx?{YEAR}").data == kept
    refused = page(client.get(f"/report.docx?{BETWEEN}"), 503)
    assert "Too many reports are being written just now." in refused.one("main").text
    assert client.get(f"/report?{BETWEEN}").status_code == 200
    with store_of(app).change(NOW, actor="test") as change:
        bump(change.db)
    assert client.get(f"/report.docx?{YEAR}").status_code == 503
    reports.slots.release()
    assert client.get(f"/report.docx?{YEAR}").data == kept


def test_page_leads_to_its_files_and_they_answer(reader):
    found = page(reader.get(f"/report?{YEAR}"))
    linked = [link["href"] for link in found.one("main").all("a") if "download" in link.attributes]
    assert linked == [f"{path}?{YEAR}" for path in FILES]
    assert [link["href"] for link in found.all("link", rel="alternate")] == linked


# Whom it is for


def test_editor_is_led_to_the_desk_and_told_how_many_things_are_open(reader, editor_reader, read_app):
    facts = reporting.gather(store_of(read_app), periods.calendar_year(2016))
    found = page(editor_reader.get(f"/report?{YEAR}")).one("p", class_="report-ways")
    assert found.all("a")[-1]["href"] == f"/desk/report?{YEAR}"
    count = sum(len(each.subjects) for each in report.check(facts, EN))
    assert found.one("span").text == f"{count} things open"
    at_desk = page(editor_reader.get(f"/desk/report?{YEAR}")).one("section", aria_labelledby="checks")
    assert f"{count} things are open." in at_desk.text
    assert "/desk" not in reader.get(f"/report?{YEAR}").get_data(as_text=True)


def test_internal_statement_and_unpublished_event_change_no_byte(app, client):
    asked = [f"{path}?{YEAR}" for path in ("/report", *FILES)]
    before = {address: client.get(address).data for address in asked}
    store = store_of(app)
    hlpf = events.by_slug(store, "hlpf-2016")
    uid = "00000000-0000-4000-8000-000000000002"
    told = Engagement(uid=uid, year=2016, activity=Activity.CHAIR, detail="Zyxomark", events=(hlpf.uid,), public=False)
    names = {"uid": "00000000-0000-4000-8000-000000000001", "slug": "zyxomark", "title": "Zyxomark"}
    with store.change(NOW, actor=EDITOR) as change:
        events.save(change, replace(hlpf, **names, published=False, sequence=0, parts=()), action="added")
        engagements.save(change, store, Kept(engagement=told, note="Zyxomark too"), action="added")
    assert {address: client.get(address).data for address in asked} == before
    public = replace(told, public=True)
    with store.change(NOW, actor=EDITOR) as change:
        engagements.save(change, store, Kept(engagement=public), action="changed")
    assert [address for address in asked if client.get(address).data != before[address]] == asked


def test_changed_date_changes_the_report(app, client):
    store = store_of(app)
    summit = events.by_slug(store, "whs-2016")
    with store.change(NOW, actor=EDITOR, reason="Moved") as change:
        events.save(change, replace(summit, span=parse("24-25 May 2016")), action="changed")
    told = page(client.get(f"/report?{YEAR}")).one("article").text
    assert ("24-25 May" in told, "23-24 May" in told) == (True, False)


def test_every_page_leads_to_the_report(reader):
    footer = page(reader.get("/about")).one("footer")
    assert [link.text for link in footer.all("a", href="/report")] == ["Council report"]
    planner = page(reader.get("/calendar/2016")).one("main")
    assert len(planner.all("a", href=f"/report?{YEAR}")) == 1
