import csv
import shutil
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

import pytest

from calendar_app import catalogue, loading, spans
from calendar_app.catalogue import words
from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.events import Claim, Event, Plan, SeriesRole
from calendar_app.store import partners
from calendar_app.topics import Confidence, Mode, Role, Status
from tests.conftest import NOW

SHIPPED = Path(str(resources.files("calendar_app").joinpath("catalogue")))
CATALOGUE = catalogue.parse()
EVENTS = {event.slug: event for event in CATALOGUE.events}
CATALOGUE_PARTNERS = {each.key: each.name for each in CATALOGUE.partners}
SERIES = {series.key: series for series in CATALOGUE.series}


def rows(name: str, folder: Path = SHIPPED) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files, to be spoiled."""
    for path in SHIPPED.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def put(folder: Path, name: str, key: str, /, **cells: str) -> int:
    """Writes cells into the first row that begins with a key; gives its line."""
    found = rows(name, folder)
    place = next(place for place, row in enumerate(found) if key in list(row.values())[:2])
    found[place] |= cells
    write(folder, name, found)
    return place + 2


def write(folder: Path, name: str, found: list[dict[str, str]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


def problems(folder: Path) -> list[tuple[str, int, str, str]]:
    with pytest.raises(ProblemsError) as caught:
        catalogue.parse(folder)
    assert caught.value.data == {"count": len(caught.value.problems)}
    return [(each.file, each.line, each.field, each.error.message) for each in caught.value.problems]


def event(folder: Path, key: str) -> Event:
    return next(event for event in catalogue.parse(folder).events if event.slug == key)


def test_shipped_files_are_told_whole():
    assert [series.key for series in CATALOGUE.series] == [row["key"] for row in rows("series.csv")]
    assert [event.slug for event in CATALOGUE.events] == [row["key"] for row in rows("events.csv")]
    assert [name.rsplit("/", 1)[0] for name, _ in CATALOGUE.engagements] == [
        f"{row['subject']}/{row['key']}/{row['year']}/{row['activity']}" for row in rows("engagements.csv")
    ]
    assert [(figure.subject, figure.year, figure.value) for figure in CATALOGUE.figures] == [
        (row["subject"], row["year"], float(row["value"])) for row in rows("figures.csv")
    ]
    assert [(place.section, place.position, place.key) for place in CATALOGUE.report] == [
        (row["section"], int(row["order"]), row["key"]) for row in rows("report.csv")
    ]


def test_spans_are_as_exact_as_their_cells():
    for row in rows("events.csv"):
        told = EVENTS[row["key"]]
        assert (*spans.to_iso(told.span), told.span.precision) == (row["start"], row["end"], row["date_precision"])


# The ten events that the Council report dates: when, where.
TEN = {
    "ecosoc-partnership-forum-2016": ("31 March 2016", "New York", "US"),
    "ffd-forum-2016": ("18-22 April 2016", "New York", "US"),
    "ecosoc-integration-segment-2016": ("2-4 May 2016", "New York", "US"),
    "whs-2016": ("23-24 May 2016", "Istanbul", "TR"),
    "ldc-midterm-review-2016": ("27-29 May 2016", "Antalya", "TR"),
    "sti-forum-2016": ("6-7 June 2016", "New York", "US"),
    "hlpf-2016": ("11-20 July 2016", "New York", "US"),
    "habitat-2016": ("17-21 October 2016", "Quito", "EC"),
    "igf-2016": ("November 2016", "Guadalajara", "MX"),
    "unfccc-cop-2016": ("7-18 November 2016", "Marrakech", "MA"),
}


def test_the_ten_are_dated_as_the_council_report_dates_them():
    assert [row["key"] for row in rows("events.csv") if row["in_seed"] == "yes"] == list(TEN)
    assert {key: (spans.write(EVENTS[key].span), EVENTS[key].city, EVENTS[key].country) for key in TEN} == TEN
    assert {(EVENTS[key].source, EVENTS[key].source_url, EVENTS[key].status, EVENTS[key].published) for key in TEN} == {
        ("ITU report to Council 2017 on relations with the UN system, 29 March 2017", "", Status.CONFIRMED, True)
    }


def test_the_ten_show_what_other_sources_say_beside():
    rivals = {key: EVENTS[key].claims for key in TEN if any(c.span != EVENTS[key].span for c in EVENTS[key].claims)}
    assert rivals == {
        "ffd-forum-2016": (
            Claim(
                span=spans.parse("18-20 April 2016"),
                source="UN DESA",
                city="New York",
                country="US",
                source_url="https://www.un.org/development/desa/en/news/financing/turning-pledges-into-reality.html",
                source_date="2016-04",
                confidence=Confidence.HIGH,
                notes="18-22 April was the January 2016 proposal",
            ),
        ),
        "habitat-2016": (
            Claim(
                span=spans.parse("17-20 October 2016"),
                source="UN DESA",
                city="Quito",
                country="EC",
                source_url=EVENTS["habitat-2016"].claims[0].source_url,
                source_date="2016-10",
                confidence=Confidence.HIGH,
                notes="Opening plenary 17 October, closing plenary 20 October",
            ),
        ),
        "igf-2016": (
            Claim(
                span=spans.parse("6-9 December 2016"),
                source="IFLA",
                city="Guadalajara",
                country="MX",
                source_url="https://www.ifla.org/events/11th-annual-internet-governance-forum-igf/",
                confidence=Confidence.HIGH,
                notes="The Council report gives only November",
            ),
        ),
    }


def test_the_ten_keep_the_second_source_that_agrees():
    assert EVENTS["whs-2016"].claims == (
        Claim(
            span=spans.parse("23-24 May 2016"),
            source="icvb.org.tr",
            city="Istanbul",
            country="TR",
            source_url=next(row["source_url"] for row in rows("events.csv") if row["key"] == "whs-2016"),
        ),
    )
    assert {len(EVENTS[key].claims) for key in TEN} == {1}
    assert {event.slug for event in CATALOGUE.events if event.claims} == set(TEN)


def test_claims_without_an_address_all_stay(folder):
    told = rows("claims.csv", folder)
    told += [told[1] | {"source": source, "source_url": ""} for source in ("A letter", "Another letter")]
    write(folder, "claims.csv", told)
    assert [claim.source for claim in event(folder, "habitat-2016").claims] == ["UN DESA", "A letter", "Another letter"]


def test_no_text_calls_the_council_report_the_seed():
    told = [(event.participation, event.notes, *(claim.notes for claim in event.claims)) for event in CATALOGUE.events]
    assert [texts for texts in told if "seed" in " ".join(texts).casefold()] == []


def test_every_event_names_a_source():
    assert [event.slug for event in CATALOGUE.events if not event.source] == []
    assert EVENTS["itu-wtis-2020"].source == "General knowledge; no source read yet"
    assert (EVENTS["ldc-conference-2022"].source, EVENTS["ldc-conference-2022"].source_date) == ("un.org", "2022")


def test_uids_are_derived_from_the_keys_for_good():
    assert {key: EVENTS[key].uid for key in ("hlpf-2016", "unfccc-cop-2016", "ldc-conference-2023")} == {
        "hlpf-2016": "2fd7ad9a-a90c-5b32-93dd-84f93ad0b240",
        "unfccc-cop-2016": "cd7191c9-c195-50ab-9af4-128fa156ca54",
        "ldc-conference-2023": "df42178c-ce2d-560a-9a8c-4edb3be79d3e",
    }
    assert len({event.uid for event in CATALOGUE.events}) == len(CATALOGUE.events)
    assert {uuid.UUID(event.uid).version for event in CATALOGUE.events} == {5}
    assert {event.uid for event in CATALOGUE.events} == {words.uid(row["key"]) for row in rows("events.csv")}


def test_stamp_is_the_day_of_the_facts():
    assert {event.stamp for event in CATALOGUE.events} == {datetime(2026, 11, 23, tzinfo=UTC)}


def test_sequence_is_the_number_of_moves_and_one_if_off():
    moves = rows("moves.csv")
    off = {"cancelled", "postponed"}
    assert {event.slug: event.sequence for event in CATALOGUE.events} == {
        row["key"]: [move["event_key"] for move in moves].count(row["key"]) + (row["status"] in off)
        for row in rows("events.csv")
    }
    assert {key: EVENTS[key].sequence for key in ("hlpf-2016", "sti-forum-2020", "wsis-forum-2020")} == {
        "hlpf-2016": 0,
        "sti-forum-2020": 1,
        "wsis-forum-2020": 2,
    }
    # Moved once, then cancelled.
    assert EVENTS["ai-for-good-2020"].sequence == 2


def test_postponed_raises_the_sequence_too(folder):
    put(folder, "events.csv", "hlpf-2016", status="postponed")
    assert event(folder, "hlpf-2016").sequence == 1


def test_moves_are_one_events_earlier_plans_in_their_order(folder):
    plans = (
        Plan(
            span=spans.parse("6-9 April 2020"),
            city="Geneva",
            country="CH",
            announced="2020-03",
            reason="COVID-19",
            source_url="https://teletimesinternational.com/2020/world-summit-information-society",
        ),
        Plan(
            span=spans.parse("31 August - 4 September 2020"),
            city="Geneva",
            country="CH",
            reason="Held online instead because of COVID-19",
            source_url=EVENTS["wsis-forum-2020"].plans[1].source_url,
        ),
    )
    assert EVENTS["wsis-forum-2020"].plans == plans
    write(folder, "moves.csv", rows("moves.csv", folder)[::-1])
    assert event(folder, "wsis-forum-2020") == EVENTS["wsis-forum-2020"]


def test_the_split_keeps_the_uid_for_the_first_part():
    first, second = EVENTS["ldc-conference-2022"], EVENTS["ldc-conference-2023"]
    assert (second.part_of, first.part_of) == (first.uid, "")
    assert (spans.write(first.span), spans.write(second.span)) == ("17 March 2022", "5-9 March 2023")
    assert [event.slug for event in CATALOGUE.events if event.part_of] == ["ldc-conference-2023"]


@pytest.mark.parametrize(
    ("dates", "confidence", "published"),
    [
        (("2026-11-24", "2026-11-24", "day"), "low", False),
        (("2026-11-20", "2026-11-24", "day"), "low", False),
        (("2026-11-20", "2026-11-23", "day"), "low", True),
        (("2026-11-24", "2026-11-24", "day"), "medium", True),
        (("2027-05", "2027-05", "month"), "low", True),
        (("2027", "2027", "year"), "low", True),
    ],
)
def test_exact_days_to_come_without_a_source_are_unpublished(folder, dates, confidence, published):
    start, end, precision = dates
    put(folder, "events.csv", "hlpf-2026", start=start, end=end, date_precision=precision, confidence=confidence)
    told = event(folder, "hlpf-2026")
    assert (told.published, told.unverified) == (published, confidence == "low")


def test_no_shipped_event_is_unpublished_and_the_low_are_unverified():
    low = [row["key"] for row in rows("events.csv") if row["confidence"] == "low"]
    assert [event.slug for event in CATALOGUE.events if not event.published] == []
    assert [event.slug for event in CATALOGUE.events if event.unverified] == low
    assert len(low) > 30


# ITU's role in a series as the catalogue words it, and the role of the vocabulary.
ROLES = {
    "": (),
    "observer": (SeriesRole(role=Role.OBSERVER),),
    "member": (SeriesRole(role=Role.MEMBER),),
    "active member": (SeriesRole(role=Role.MEMBER),),
    "participates": (SeriesRole(role=Role.PARTICIPANT),),
    "attends": (SeriesRole(role=Role.PARTICIPANT),),
    "co-chair (2016)": (SeriesRole(role=Role.CO_CHAIR, year=2016),),
    "chair (Secretary-General)": (SeriesRole(role=Role.CHAIR),),
    "lead on cybersecurity, WSIS and ICTs for development": (SeriesRole(role=Role.LEAD),),
    "joint partner": (),
    "joint launch with UN Women": (),
    "works closely": (),
    "works with": (),
    "collaborates": (),
}


def test_series_roles_follow_the_table_and_keep_the_words():
    assert {series.role_text: series.roles for series in CATALOGUE.series} == ROLES
    assert [series.role_text for series in CATALOGUE.series] == [row["itu_role"] for row in rows("series.csv")]


@pytest.mark.parametrize("cell", ["Observer", "co-chair", "guest", "member "])
def test_series_roles_fail_on_an_unlisted_one(cell):
    with pytest.raises(KeyError):
        words.series_roles(cell)


def test_unlisted_role_is_a_problem_of_its_cell(folder):
    line = put(folder, "series.csv", "hlpf", itu_role="guest")
    assert problems(folder) == [("series.csv", line, "itu_role", "cell-value")]


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("", ()),
        ("Organizer", (Role.ORGANIZER,)),
        ("Organizer, with over 50 UN partners and the Swiss Confederation", (Role.ORGANIZER,)),
        ("Co-organizer and host", (Role.ORGANIZER, Role.HOST)),
        ("Co-organized by ITU, UNESCO, UNCTAD and UNDP", (Role.ORGANIZER,)),
        ("Co-organized by ITU and UNDP; co-hosted by ITU and the Swiss Confederation", (Role.ORGANIZER, Role.HOST)),
        ("Organized by ITU and UNECE", (Role.ORGANIZER,)),
        ("Participated; inputs to issue briefs", (Role.PARTICIPANT,)),
        ("Participation in the negotiation of outcome documents", (Role.PARTICIPANT,)),
        ("ITU Secretary-General spoke at a session of the organizer and host", ()),
        ("Contributed actively to the CEB", ()),
    ],
)
def test_event_roles_follow_only_from_how_the_sentence_begins(sentence, roles):
    assert words.event_roles(sentence) == roles


def test_engagements_are_the_words_of_the_council_report():
    told = [engagement for _, engagement in CATALOGUE.engagements]
    shared = [each for each in told if len(each.events) > 1]
    slugs = {event.uid: slug for slug, event in EVENTS.items()}
    assert [[slugs[uid] for uid in each.events] for each in shared] == [
        [
            "hlpf-2016",
            "ecosoc-partnership-forum-2016",
            "ffd-forum-2016",
            "ecosoc-integration-segment-2016",
            "sti-forum-2016",
        ]
    ]
    assert [CATALOGUE_PARTNERS[key] for key in shared[0].partners] == [
        "GeSI",
        "GSMA",
        "World Economic Forum",
        "Accenture",
        "Verizon",
        "IBM Research",
        "Aspen Institute",
        "Symantec Corporation",
    ]
    assert {document.symbol for each in told for document in each.documents} == {"C17/49"}
    assert {key for each in told for key in each.series} <= set(SERIES)
    assert len({each.uid for each in told}) == len(told)


def test_modes_follow_the_table():
    modes = {"yes": Mode.ONLINE, "hybrid": Mode.HYBRID, "no": Mode.IN_PERSON}
    assert {event.slug: event.mode for event in CATALOGUE.events} == {
        row["key"]: modes[row["online"]] for row in rows("events.csv")
    }
    with pytest.raises(KeyError):
        words.mode("maybe")


def test_copied_catalogue_is_the_same(folder):
    assert catalogue.parse(folder) == CATALOGUE


# A cell that is wrong, and what is wrong with it.
BAD = [
    ("series.csv", "hlpf", "kind", "party", "cell-value"),
    ("series.csv", "hlpf", "short_name", "", "required"),
    ("series.csv", "hlpf", "full_name", " ", "required"),
    ("series.csv", "hlpf", "sdgs", "3;18", "sdg-unknown"),
    ("series.csv", "hlpf", "sdgs", "3;9;3", "cell-twice"),
    ("series.csv", "hlpf", "themes", "youth;nothing", "theme-unknown"),
    ("series.csv", "hlpf", "official_url", "hlpf.un.org", "link-scheme"),
    ("series.csv", "jiu", "key", "hlpf", "cell-twice"),
    ("events.csv", "hlpf-2016", "key", "HLPF 2016", "cell-value"),
    ("events.csv", "hlpf-2016", "series_key", "nothing", "series-unknown"),
    ("events.csv", "hlpf-2016", "title", "", "required"),
    ("events.csv", "hlpf-2016", "start", "2016-07-32", "span-iso"),
    ("events.csv", "hlpf-2016", "start", "2016-07", "span-iso"),
    ("events.csv", "hlpf-2016", "end", "20 July 2016", "span-iso"),
    ("events.csv", "hlpf-2016", "end", "", "span-iso"),
    ("events.csv", "hlpf-2016", "end", "2016-07-10", "span-backwards"),
    ("events.csv", "hlpf-2016", "date_precision", "week", "cell-value"),
    ("events.csv", "hlpf-2016", "status", "done", "cell-value"),
    ("events.csv", "hlpf-2016", "country", "USA", "country-unknown"),
    ("events.csv", "hlpf-2016", "timezone", "New York", "zone-unknown"),
    ("events.csv", "hlpf-2016", "online", "maybe", "cell-value"),
    ("events.csv", "hlpf-2016", "url", "javascript:alert(1)", "link-scheme"),
    ("events.csv", "hlpf-2016", "themes", "youth;youth", "cell-twice"),
    ("events.csv", "hlpf-2016", "in_seed", "Yes", "cell-value"),
    ("events.csv", "hlpf-2016", "source_url", "ftp://un.org/", "link-scheme"),
    ("events.csv", "hlpf-2016", "confidence", "", "cell-value"),
    (
        "events.csv",
        "hlpf-2017",
        "title",
        "High-Level Political Forum for Sustainable Development (HLPF) 2016",
        "cell-twice",
    ),
    ("moves.csv", "csw-2020", "step", "first", "cell-value"),
    ("moves.csv", "csw-2020", "event_key", "csw-2021-02", "key-unknown"),
    ("moves.csv", "csw-2020", "old_start", "9 March", "span-iso"),
    ("moves.csv", "csw-2020", "old_country", "us", "country-unknown"),
    ("claims.csv", "igf-2016", "source", "", "required"),
    ("claims.csv", "igf-2016", "date_precision", "", "cell-value"),
    ("claims.csv", "igf-2016", "event_key", "", "key-unknown"),
    ("engagements.csv", "hlpf-2016", "subject", "person", "cell-value"),
    ("engagements.csv", "hlpf-2016", "key", "hlpf", "key-unknown"),
    ("engagements.csv", "hlpf-2016", "year", "last", "cell-value"),
    ("engagements.csv", "hlpf-2016", "activity", "lunch", "cell-value"),
    ("engagements.csv", "hlpf-2016", "shared_with", "hlpf-2016;hlpf", "key-unknown"),
    ("figures.csv", "jiu", "value", "nan", "cell-value"),
    ("figures.csv", "jiu", "value", "many", "cell-value"),
    ("report.csv", "hlpf", "order", "", "cell-value"),
    ("report.csv", "hlpf", "key", "nothing", "key-unknown"),
    ("cities.csv", "Geneva", "latitude", "north", "cell-value"),
    ("cities.csv", "Geneva", "timezone", "Europe/Geneva", "zone-unknown"),
    ("cities.csv", "Geneva", "country", "SWI", "country-unknown"),
    ("aliases.csv", "Geneva", "city", "Atlantis", "key-unknown"),
    ("aliases.csv", "Geneva", "alias", "", "required"),
    ("country_names.csv", "TR", "country", "TK1", "country-unknown"),
    ("country_names.csv", "TR", "country", "", "required"),
    ("country_names.csv", "TR", "name", "", "required"),
    ("country_names.csv", "TR", "until", "20220601", "cell-value"),
    ("country_names.csv", "TR", "until", "June 2022", "cell-value"),
    ("regions.csv", "TR", "country", "TUR", "country-unknown"),
    ("regions.csv", "TR", "region", "", "required"),
    ("themes.csv", "youth", "sdgs", "0", "sdg-unknown"),
    ("themes.csv", "youth", "category", "Youth, children", "category-comma"),
    ("sdgs.csv", "13", "number", "0", "sdg-unknown"),
]


@pytest.mark.parametrize(("name", "key", "column", "cell", "message"), BAD)
def test_bad_cell_is_told_by_file_line_and_field(folder, name, key, column, cell, message):
    line = put(folder, name, key, **{column: cell})
    assert (name, line, column, message) in problems(folder)


def test_problems_of_all_files_are_told_at_once(folder):
    expected = [
        ("themes.csv", put(folder, "themes.csv", "youth", category="a, b"), "category", "category-comma"),
        ("cities.csv", put(folder, "cities.csv", "Geneva", timezone="Alps"), "timezone", "zone-unknown"),
        ("series.csv", put(folder, "series.csv", "hlpf", itu_role="guest"), "itu_role", "cell-value"),
        ("series.csv", put(folder, "series.csv", "jiu", sdgs="99", kind="x"), "kind", "cell-value"),
        ("series.csv", put(folder, "series.csv", "jiu"), "sdgs", "sdg-unknown"),
        ("events.csv", put(folder, "events.csv", "hlpf-2016", country="USA", end="?"), "end", "span-iso"),
        ("events.csv", put(folder, "events.csv", "hlpf-2016"), "country", "country-unknown"),
        ("events.csv", put(folder, "events.csv", "igf-2016", themes="x"), "themes", "theme-unknown"),
        ("moves.csv", put(folder, "moves.csv", "csw-2020", old_end="x"), "old_end", "span-iso"),
        ("claims.csv", put(folder, "claims.csv", "igf-2016", country="MEX"), "country", "country-unknown"),
        ("engagements.csv", put(folder, "engagements.csv", "hlpf-2016", year="x"), "year", "cell-value"),
        ("figures.csv", put(folder, "figures.csv", "jiu", value="half"), "value", "cell-value"),
        ("report.csv", put(folder, "report.csv", "hlpf", order="x"), "order", "cell-value"),
        ("partners.csv", put(folder, "partners.csv", "gsma", kind="club"), "kind", "cell-value"),
        ("pillars.csv", put(folder, "pillars.csv", "hlcp", pillar_of="x"), "pillar_of", "key-unknown"),
    ]
    assert sorted(problems(folder)) == sorted(expected)


def test_problem_carries_what_the_cell_said(folder):
    line = put(folder, "events.csv", "hlpf-2016", country="USA")
    with pytest.raises(ProblemsError) as caught:
        catalogue.parse(folder)
    (problem,) = caught.value.problems
    assert (problem.error.message, problem.error.data) == ("country-unknown", {"value": "USA"})
    assert replace(problem, error=problem.error) == Problem(
        file="events.csv", line=line, field="country", error=problem.error
    )
    assert isinstance(problem.error, CalendarError)


def test_row_with_too_many_or_too_few_cells_is_a_problem(folder):
    path = folder / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8") + "one,two\n" + ",".join("1234567") + "\n", encoding="utf-8")
    last = len(rows("figures.csv")) + 1
    assert problems(folder) == [
        ("figures.csv", last + 1, "row", "row-cells"),
        ("figures.csv", last + 2, "row", "row-cells"),
    ]


def test_header_of_other_columns_is_a_problem(folder):
    (folder / "figures.csv").write_text("subject,value\njiu,50\n", encoding="utf-8")
    assert problems(folder) == [("figures.csv", 1, "header", "file-header")]


def test_file_that_cannot_be_read_is_a_problem(folder):
    (folder / "figures.csv").unlink()
    (folder / "claims.csv").write_bytes((SHIPPED / "claims.csv").read_bytes() + b"\xff")
    assert problems(folder) == [
        ("claims.csv", 1, "file", "file-unreadable"),
        ("figures.csv", 1, "file", "file-unreadable"),
    ]


def test_quote_that_is_never_closed_is_a_problem(folder):
    path = folder / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8") + 'jiu,"2016', encoding="utf-8")
    assert problems(folder) == [("figures.csv", len(rows("figures.csv")) + 2, "row", "file-unreadable")]


def test_country_names_end_on_a_day():
    assert [row["until"] for row in rows("country_names.csv") if row["until"]] == [
        day.isoformat() for day in (date(2022, 6, 1), date(2016, 7, 1), date(2018, 4, 19), date(2019, 2, 12))
    ]


def test_note_that_begins_with_a_link_keeps_it():
    assert words.readable("http://example.org/a says so") == "http://example.org/a says so"
    assert words.readable("the seed says so") == "The Council report says so"


def test_files_of_our_own_may_be_missing(folder):
    whole = catalogue.parse(folder)
    assert {event.slug for event in whole.events if event.parts} == {
        *("hlpf-2015", "hlpf-2016", "hlpf-2018", "hlpf-2019", "hlpf-2027")
    }
    names = ("aliases.csv", "parts.csv")
    for name in names:
        (folder / name).unlink()
    bare = tuple(replace(event, parts=()) for event in whole.events)
    assert catalogue.parse(folder) == replace(whole, events=bare, lacking=frozenset(names))


def test_part_of_an_unknown_event_is_a_problem(folder):
    with (folder / "parts.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("x,atlantis-2027,Opening,2027-07-13,2027-07-13,day\r\n")
    with pytest.raises(ProblemsError) as caught:
        catalogue.parse(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.field, problem.error.message) == ("parts.csv", "event_key", "key-unknown")


def test_partners_that_no_directory_lists_have_keys_that_the_database_takes(folder, empty_store):
    put(folder, "engagements.csv", "hlpf-2016", partners="Яндекс;Яндекс;яндекс;gsma;GSM Association;中国移动")
    found = catalogue.parse(folder)
    (told,) = (each for each in found.engagements if len(each[1].partners) == 3)
    names = {each.key: each.name for each in found.partners}
    assert [names[key] for key in told[1].partners] == ["Яндекс", "GSMA", "中国移动"]
    assert len(names) == len(found.partners) == len(catalogue.parse().partners) + 2
    loading.load(empty_store, found, now=NOW)
    assert set(partners.directory(empty_store)) == set(names)
    assert catalogue.parse(folder) == found
