"""The sheet of a year: where each thing stands on it, what is written there, and that nothing meets."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from calendar_app import catalogue, spans, texts
from calendar_app.events import Claim, Event, Plan
from calendar_app.formats.telling import rival
from calendar_app.plots import planner
from calendar_app.plots.planner.axis import BOTTOM, HEIGHT, LEFT, WIDTH, Stretch
from calendar_app.plots.planner.rows import Line, Mark
from calendar_app.plots.planner.words import label
from calendar_app.plots.widths import cut, width
from calendar_app.spans import Precision
from calendar_app.topics import Confidence, Kind, Mode, Status
from tests.conftest import NOW, TODAY

GOLDEN = Path(__file__).parent / "golden" / "planner.svg"
TEXTS = texts.of("en")
SVG = "{http://www.w3.org/2000/svg}"
CATALOGUE = catalogue.parse()
HEADS = ("A year", "Some events")


def event(title: str, dates: str, **told: object) -> Event:
    return Event(title=title, span=spans.parse(dates), uid=title, slug="an-event", stamp=NOW, **told)


def claim(dates: str, source: str = "UN DESA", **told: object) -> Claim:
    return Claim(span=spans.parse(dates), source=source, **told)


def entry(event: Event, key: str = "", **told: object) -> planner.Entry:
    kind = told.pop("kind", event.kind)
    rivals = tuple(claim for claim in event.claims if rival(event, claim))
    return planner.Entry(event=event, key=key or event.uid, name=key or event.title, kind=kind, rivals=rivals, **told)


def of_catalogue(year: int) -> list[planner.Entry]:
    names = {each.key: each for each in CATALOGUE.series}
    return [
        replace(entry(each, each.series, kind=names[each.series].kind), name=names[each.series].short_name)
        for each in CATALOGUE.events
        if each.public and each.span.overlaps(date(year, 1, 1), date(year, 12, 31))
    ]


def sheets(entries: list[planner.Entry], year: int = 2016) -> list[planner.Sheet]:
    return planner.sheets(entries, planner.Axis(year=year), TEXTS, today=TODAY)


def drawn(entries: list[planner.Entry], year: int = 2016, *, dark: bool = False) -> bytes:
    """All sheets of a year, one after the other."""
    return b"".join(planner.draw(sheet, *HEADS, TEXTS, today=TODAY, dark=dark) for sheet in sheets(entries, year))


def lines(sheet: planner.Sheet) -> list[Line]:
    return [line for row in sheet.rows for line in row.lines]


def parsed(file: bytes) -> Xml.Element:
    return Xml.fromstring(file)  # noqa: S314 - our own


def words(file: bytes) -> list[str]:
    """Every text of a drawing, as it is read."""
    return ["".join(text.itertext()) for text in parsed(file).iter(f"{SVG}text")]


def said(event: Event, year: int = 2016) -> str:
    return "".join(piece.words for piece in label(entry(event), TEXTS, year=year, today=TODAY))


def crowd(seed: int) -> list[planner.Entry]:
    """Many events of few series, some as long as the year, with other sources, moves and long names."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    found = []
    for number in range(160):
        first = date(2016, 1, 1) + timedelta(days=chance.randrange(-40, 366))
        last = first + timedelta(days=chance.choice([0, 1, 4, 9, 30, 200, 365]))
        span = spans.Span(first=first, last=last, precision=Precision.DAY)
        if chance.random() < 0.3:
            span = spans.parse(chance.choice(["November 2016", "January-December 2016", "March-June 2016"]))
        told = [claim(f"{day} May 2016", "Some Source of a Long Name") for day in range(1, chance.randrange(1, 6))]
        city = chance.choice(["", "Geneva", "A City With A Very Long Name By The Sea", "日内瓦" * 9])
        moved = (Plan(span=spans.parse("3-9 May 2015"), city="Lima"),) if chance.random() < 0.2 else ()
        status = chance.choice(list(Status)[:4])
        each = Event(
            title=f"Event {number:03}", span=span, city=city, claims=tuple(told), plans=moved, status=status,
            uid=f"{number:03}", slug=f"event-{number}", stamp=NOW,
        )  # fmt: skip
        key = f"Series {chance.randrange(9)}"
        found.append(entry(each, key, kind=list(Kind)[int(key[-1]) % 3]))
    return found


def parts(mark: Mark) -> list[Stretch]:
    return [mark.stretch, mark.label.stretch, *(told.stretch for told in mark.rivals)]


def strange(sheet: planner.Sheet) -> Iterator[str]:
    """What stands where it must not on a sheet: over a neighbour, over its own bar, or off the sheet."""
    for line in lines(sheet):
        for place, mark in enumerate(line):
            others = [each for other in line[place + 1 :] for each in parts(other)]
            yield from (
                f"{mark.entry.event.title} meets {each}" for each in others if any(map(each.meets, parts(mark)))
            )
            own = [mark.stretch, *(told.stretch for told in mark.rivals)]
            if not mark.label.inside and any(map(mark.label.stretch.meets, own)):
                yield f"the label of {mark.entry.event.title} meets its own bar"
            if mark.label.inside and not (
                mark.stretch.left < mark.label.stretch.left < mark.label.stretch.right < mark.stretch.right
            ):
                yield f"the label of {mark.entry.event.title} is out of its bar"
            yield from (f"{each} is off the sheet" for each in parts(mark) if each.left < LEFT or each.right > WIDTH)


def test_sheet_of_a_small_year_is_this_document():
    igf = event("IGF 2016", "November 2016", city="Guadalajara", claims=(claim("6-9 December 2016", "IFLA"),))
    habitat = event("Habitat III", "17-21 October 2016", city="Quito", claims=(claim("17-20 October 2016"),))
    off = event("Fair <&>", "3-5 May 2016", city="Geneva", status=Status.CANCELLED)
    entries = [entry(igf, "IGF", marked=True), entry(habitat, "Habitat"), entry(off), entry(event("Later", "2016"))]
    assert drawn(entries) == GOLDEN.read_bytes()


@pytest.mark.parametrize("year", range(2015, 2029))
def test_on_no_year_of_the_catalogue_two_things_meet(year):
    found = sheets(of_catalogue(year), year)
    assert [problem for sheet in found for problem in strange(sheet)] == []
    marks = [mark.entry.event.uid for sheet in found for line in lines(sheet) for mark in line]
    expected = [each.event.uid for each in of_catalogue(year) if each.drawn]
    assert sorted(marks) == sorted(expected)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_in_a_crowded_year_nothing_meets_and_every_event_is_drawn(seed):
    entries = crowd(seed)
    found = sheets(entries)
    assert [problem for sheet in found for problem in strange(sheet)] == []
    marks = [mark.entry.event.uid for sheet in found for line in lines(sheet) for mark in line]
    assert sorted(marks) == sorted(each.event.uid for each in entries if planner.Axis(year=2016).of(each.event.span))
    assert all(len(lines(sheet)) <= planner.MOST_LINES for sheet in found)


@pytest.mark.parametrize("year", [2016, 2026, 2027])
def test_names_of_rows_end_before_their_first_mark(year):
    (sheet,) = sheets(of_catalogue(year), year)
    texts_of = parsed(planner.draw(sheet, *HEADS, TEXTS, today=TODAY)).iter(f"{SVG}text")
    names = [text.text or "" for text in texts_of if text.get("x") == "22"]
    assert len(names) == len(sheet.rows)
    for name, row in zip(names, sheet.rows, strict=True):
        first = min(each.left for mark in row.lines[0] for each in parts(mark))
        assert 22 + width(name, 17, bold=row.marked) < first


@pytest.mark.parametrize("year", [2016, 2027])
def test_the_years_that_are_printed_take_one_sheet_each(year):
    (sheet,) = sheets(of_catalogue(year), year)
    assert sheet.bottom <= BOTTOM
    assert sheet.height <= HEIGHT
    assert sheet.line >= 23  # room for type of 17 with its descenders


def test_rows_stand_in_the_order_of_their_first_event():
    found = [row for sheet in sheets(of_catalogue(2016)) for row in sheet.rows]
    starts = [min(mark.stretch.left for line in row.lines for mark in line) for row in found]
    assert starts == sorted(starts)
    assert len({row.key for row in found}) == len(found)


def test_sheet_is_the_same_whatever_order_its_events_come_in():
    for entries, year in ((of_catalogue(2016), 2016), (crowd(4), 2016)):
        mixed = random.Random(7).sample(entries, len(entries))  # noqa: S311 - no secret
        assert drawn(mixed, year) == drawn(entries, year) == drawn(entries, year)


def test_day_has_its_place_to_scale_and_february_its_leap_day():
    axis = planner.Axis(year=2016)
    unit = (WIDTH - LEFT) / 366
    assert axis.of(spans.parse("29 February 2016")) == Stretch(
        left=round(LEFT + 59 * unit, 1), right=round(LEFT + 60 * unit, 1)
    )
    assert axis.of(spans.parse("28 December 2015 - 2 January 2016")) == Stretch(
        left=LEFT, right=round(LEFT + 2 * unit, 1), before=True
    )
    assert axis.of(spans.parse("30 December 2016 - 5 January 2017")) == Stretch(
        left=round(LEFT + 364 * unit, 1), right=WIDTH, after=True
    )
    assert axis.of(spans.parse("1 January 2017")) is None
    assert [len(planner.Axis(year=year).mondays()) for year in (2016, 2018, 2023, 2024)] == [52, 53, 52, 53]


def test_bar_that_runs_on_into_another_year_ends_in_a_point():
    over = drawn([entry(event("Winter", "30 December 2016 - 5 January 2017"))])
    within = drawn([entry(event("Winter", "30 December 2016"))])
    assert (b"1680 193L" in over, b"1680 193L" in within) == (True, False)
    assert "30 Dec – 5 Jan 2017" in words(over)


def test_events_of_a_series_share_its_row_on_lines_that_hold_them():
    named = [
        event(f"{n}", dates, city="Geneva") for n, dates in enumerate(["3-9 May 2016", "20-24 May 2016", "5 July 2016"])
    ]
    (sheet,) = sheets([entry(each, "HRC") for each in named])
    (row,) = sheet.rows
    assert [[mark.entry.event.title for mark in line] for line in row.lines] == [["0", "2"], ["1"]]


def test_label_stands_left_of_its_bar_where_the_sheet_ends():
    (sheet,) = sheets(
        [entry(event("A", "5-9 May 2016", city="Bonn")), entry(event("B", "28 December 2016", city="Bonn"))]
    )
    first, last = (row.lines[0][0].label for row in sheet.rows)
    assert (first.end, last.end) == (False, True)


def test_label_of_a_bar_as_long_as_the_year_stands_in_it():
    (sheet,) = sheets([entry(event("Fair", "1 January 2016 - 31 December 2016", city="Geneva"))])
    assert sheet.rows[0].lines[0][0].label.inside


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (event("A", "13 March 2016", city="Dubai"), "13 Dubai"),
        (event("A", "1-2 February 2016", city="New York"), "1–2 New York"),
        (event("A", "29 February - 24 March 2016", city="Geneva"), "29 Feb – 24 Mar Geneva"),
        (event("A", "28 December 2015 - 2 January 2016"), "28 Dec 2015 – 2 Jan"),
        (event("A", "November 2016", city="Guadalajara"), "November, days not given Guadalajara"),
        (event("A", "December 2016", country="KE"), "December, days not given Kenya"),
        (event("A", "November 2016-February 2017"), "November–February 2017, days not given"),
        (event("A", "5-6 May 2016", mode=Mode.ONLINE), "5–6 Online"),
        (event("A", "5-6 May 2016", city="Bonn", status=Status.CANCELLED), "5–6 Bonn, cancelled"),
        (event("A", "5-6 May 2016", city="Bonn", status=Status.POSTPONED), "5–6 Bonn, postponed"),
        (event("A", "May 2016", status=Status.TENTATIVE), "May, days not given, expected"),
        (event("A", "5-6 May 2016", confidence=Confidence.LOW), "5–6, dates unverified"),
        (event("A", "5-6 May 2016", plans=(Plan(span=spans.parse("2-3 April 2016")),)), "5–6, moved from 2–3 Apr"),
        (
            event("A", "5-6 May 2016", city="Bonn", plans=(Plan(span=spans.parse("5-6 May 2016"), city="Lima"),)),
            "5–6 Bonn, moved from Lima",
        ),
        (event("A", "17-21 May 2016", claims=(claim("17-20 May 2016"),)), "17–21, UN DESA says 17–20"),
        (event("A", "17-21 May 2016", claims=(claim("4 June 2017"),)), "17–21, UN DESA says 4 Jun 2017"),
        (event("A", "17-21 May 2016", claims=(claim("17-21 May 2016", city="Lima"),)), "17–21, UN DESA says Lima"),
        (
            event("A", "17-21 May 2016", claims=(claim("May 2016"), claim("18 May 2016"), claim("2016"))),
            "17–21, UN DESA says May, 2 more sources",
        ),
    ],
)
def test_label_says_what_is_known(told, expected):
    assert said(told) == expected


def test_days_of_what_is_coming_are_not_announced_rather_than_not_given():
    assert [said(event("A", f"{month} 2026"), 2026) for month in ("October", "December")] == [
        "October, days not given",
        "December, days not announced",
    ]


def test_what_another_source_says_is_drawn_where_it_lies():
    near = event("Near", "17-21 May 2016", claims=(claim("17-20 May 2016"),))
    far = event("Far", "18-21 May 2016", claims=(claim("6-9 June 2016"), claim("July 2016"), claim("4 May 2017")))
    (sheet,) = sheets([entry(near), entry(far)])
    axis = planner.Axis(year=2016)
    told = [[(each.stretch, each.under, each.vague) for each in row.lines[0][0].rivals] for row in sheet.rows]
    assert told == [
        [(axis.of(spans.parse("17-20 May 2016")), True, False)],
        [(axis.of(spans.parse("6-9 June 2016")), False, False), (axis.of(spans.parse("July 2016")), False, True)],
    ]


def test_too_many_rows_break_the_sheet_by_kind():
    def many(kind: Kind, count: int) -> list[planner.Entry]:
        return [entry(event(f"{kind} {n:02}", f"{n % 27 + 1} May 2016"), kind=kind) for n in range(count)]

    entries = [*many(Kind.FORUM, 25), *many(Kind.SUMMIT, 10), *many(Kind.COMMISSION, 30), *many(Kind.OFFICE, 45)]
    found = sheets([*entries, entry(event("Later", "2016"))])
    assert [(sheet.number, sheet.of, sheet.kinds, len(sheet.rows), len(sheet.undrawn)) for sheet in found] == [
        (1, 3, (Kind.FORUM, Kind.SUMMIT), 35, 0),
        (2, 3, (Kind.COMMISSION, Kind.OFFICE), 40, 0),
        (3, 3, (Kind.OFFICE,), 35, 1),
    ]


def test_events_of_which_only_the_year_is_known_are_named_under_the_rows():
    names = [f"Forum on the number {n}" for n in range(40)]
    told = words(drawn([entry(event(name, "2027")) for name in names], 2027))
    assert told[-3].startswith("Lines are Mondays.")
    assert told[-2].startswith("2027, month not announced: Forum on the number 0, Forum on the number 1,")
    listed = re.findall(r"number \d+", f"{told[-2]} {told[-1]}")
    assert told[-1].endswith(f"and {40 - len(listed)} more")
    assert max(width(line, 17) for line in told[-2:]) <= WIDTH


def test_today_is_a_needle_with_words_in_its_own_year_alone():
    entries = [entry(event("Forum", "3-4 May 2026"))]
    assert "Today, 24 November" in words(drawn(entries, 2026))
    assert "Today, 24 November" not in words(drawn([entry(event("Forum", "3-4 May 2016"))]))


def test_titles_are_text_whatever_they_hold():
    title = "</text><script>alert(1)</script>&amp;\x00\x1b\ufffe\"' " + "long " * 60
    file = drawn([entry(event(title, "3-4 May 2016", city="<b>"))])
    root = parsed(file)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} == {
        "svg",
        "title",
        "rect",
        "text",
        "tspan",
        "path",
        "g",
    }
    assert {name for each in root.iter() for name in each.attrib if name.startswith(("on", "style", "href"))} == set()
    whole = title.translate({0: None, 0x1B: None, 0xFFFE: None})
    assert [each.text for each in root.iter(f"{SVG}title")][-1] == whole
    assert "3–4 <b>" in words(file)


def test_night_sheet_differs_in_its_colours_alone():
    entries = crowd(5)
    plain = [re.sub(rb"#[0-9a-f]{6}", b"#", drawn(entries, dark=dark)) for dark in (False, True)]
    assert plain[0] == plain[1]
    assert drawn(entries) != drawn(entries, dark=True)


def test_text_is_cut_where_its_room_ends():
    assert cut("Geneva", 400, 17) == "Geneva"
    assert cut("International Telecommunication Union", 120, 17) == "Internation…"
    assert width(cut("International Telecommunication Union", 120, 17), 17) <= 120
    assert cut("Geneva", 5, 17) == ""
    assert width("Genève", 17) == width("Geneve", 17)
    assert width("", 17) == 0
