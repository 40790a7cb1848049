"""Pictures for where an address is shared: what they draw, what they can't, and that they are the same each time."""

import struct
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from calendar_app import desk, spans, texts
from calendar_app.desk import Step
from calendar_app.plots import lettering, picture, scale
from calendar_app.plots.picture import Card
from calendar_app.store import events
from tests.conftest import BASE, NOW
from tests.webapp import page, store_of

TEXTS = texts.of("en")
INK, NOW_RED, SUN = (20, 28, 25), (184, 20, 27), (255, 210, 31)
LONG = "The Fourteenth Extraordinary Session of the Intergovernmental Working Group of Experts " * 4


def card(dates: str = "7-18 November 2016", title: str = "COP 22", **more) -> Card:
    span = spans.parse(dates)
    told = {"product": "UN Forum Calendar", "title": title, "dates": TEXTS.span(span), "place": "Marrakesh, Morocco"}
    return Card(**told | {"span": span, "scale": scale.of(span, TEXTS)} | more)


def image(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body)).convert("RGB")


def near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(one - two) <= 6 for one, two in zip(colour, other, strict=True))


def share(found: Image.Image, box: tuple[int, int, int, int], colour: tuple[int, int, int]) -> float:
    """Which part of a box of the picture has a colour."""
    part = found.crop(box)
    counted = part.getcolors(part.width * part.height)
    return sum(count for count, pixel in counted if near(pixel, colour)) / (part.width * part.height)


@pytest.mark.parametrize("address", ["/card.png", "/events/unfccc-cop-2016.png", "/events/igf-2016.png"])
def test_picture_has_the_size_that_pages_say(reader, address):
    body = reader.get(address).data
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", body[16:24]) == (1200, 630)
    assert len(body) < 60_000
    assert near(image(body).getpixel((900, 40)), SUN)


def test_picture_is_the_same_bytes_each_time():
    first = picture.draw(card())
    picture.draw.cache_clear()
    assert picture.draw(card()) == first
    assert zlib.crc32(picture.draw(card(title="COP 23"))) != zlib.crc32(first)


def test_as_many_pictures_are_kept_as_memory_is_for():
    assert picture.draw.cache_info().maxsize == 256


def test_known_days_are_a_bar_and_a_month_is_brackets():
    known, vague = (
        image(picture.draw(each)) for each in (card(), card("November 2016", vague=True, note="days not given"))
    )
    # The bar beside the date, and the one on the ruler.
    assert share(known, (66, 140, 76, 190), INK) == 1
    assert share(known, (300, 562, 500, 580), INK) > 0.9
    assert share(vague, (72, 140, 76, 190), INK) == 0
    assert share(vague, (64, 562, 920, 580), INK) < 0.02


def test_cancelled_is_red_and_struck():
    found = image(picture.draw(card(off=True, state="Cancelled")))
    assert share(found, (66, 140, 76, 190), NOW_RED) == 1
    assert share(found, (64, 330, 900, 420), NOW_RED) > 0.05
    assert share(image(picture.draw(card())), (0, 84, 1200, 630), NOW_RED) == 0


@pytest.mark.parametrize("title", [LONG, "W" * 400, "", "COP 22", "Ñandú Łódź Αθήνα Москва Việt Nam"])
@pytest.mark.parametrize("more", [{}, {"note": "days not announced", "vague": True, "state": "Dates unverified"}])
def test_title_of_any_length_keeps_clear_of_ruler_and_edge(title, more):
    found = image(picture.draw(card(title=title, place=LONG, **more)))
    paper = (254, 254, 254)
    assert share(found, (1140, 90, 1200, 630), paper) == 1
    assert share(found, (64, 545, 1136, 549), paper) == 1


def test_lines_are_within_the_width_and_the_last_says_that_more_follows():
    font = lettering.face(52, bold=True)
    found = lettering.lines(LONG, font, width=1072, most=3)
    assert (len(found), found[-1][-1]) == (3, "…")
    assert max(map(font.getlength, found)) <= 1072
    assert lettering.lines("COP 22", font, width=1072, most=3) == ["COP 22"]
    assert lettering.lines("", font, width=1072, most=3) == []
    assert lettering.balanced("Climate Change Conference COP 22", font, width=720, most=2) == [
        "Climate Change",
        "Conference COP 22",
    ]
    broken = lettering.lines("W" * 60, font, width=500, most=9)
    assert "".join(broken) == "W" * 60
    assert max(map(font.getlength, broken)) <= 500


@pytest.mark.parametrize("bold", [False, True])
def test_font_has_every_letter_that_is_said_to_be_drawn(bold):
    font = lettering.face(40, bold=bold)
    missing = bytes(font.getmask("\N{CJK UNIFIED IDEOGRAPH-4E2D}"))
    unlike = [code for code in lettering._DRAWN if bytes(font.getmask(chr(code))) == missing]
    assert sorted(unlike) == [ord(" "), ord("\N{NO-BREAK SPACE}")]


def test_what_the_font_lacks_is_left_out():
    assert lettering.legible("Ñandú – Žilina, Việt Nam, Κύπρος, Україна’s")
    assert lettering.legible("e\N{COMBINING ACUTE ACCENT}")
    assert not lettering.legible("联合国")
    assert lettering.drawable("COP 30 (联合国) \u202e مؤتمر\n2025") == "COP 30 ( ) 2025"


@pytest.mark.parametrize(
    ("dates", "first", "last", "name", "marks"),
    [
        ("7-18 November 2016", date(2016, 11, 1), date(2016, 11, 30), "November 2016", ["1", "8", "15", "22", "29"]),
        ("4 February 2026", date(2026, 2, 1), date(2026, 2, 28), "February 2026", ["1", "8", "15", "22"]),
        (
            "November 2016",
            date(2016, 1, 1),
            date(2016, 12, 31),
            "2016",
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        ),
        ("28 November - 2 December 2022", date(2022, 1, 1), date(2022, 12, 31), "2022", None),
        ("28 December 2026 - 2 January 2027", date(2026, 12, 1), date(2027, 1, 31), "2026–2027", "Dec Jan"),
        ("2026-2029", date(2026, 1, 1), date(2029, 12, 31), "2026–2029", "2026 2027 2028 2029"),
    ],
)
def test_ruler_is_what_the_span_lies_in(dates, first, last, name, marks):
    found = scale.of(spans.parse(dates), TEXTS)
    assert (found.first, found.last, found.name) == (first, last, name)
    if marks:
        assert [words for _, words in found.marks] == (marks.split() if isinstance(marks, str) else marks)
    assert (found.at(first), round(found.at(last) + found.day, 9)) == (0, 1)


def test_ruler_of_the_longest_span_has_few_marks():
    span = replace(spans.parse("1900"), last=date(2199, 12, 31))
    assert len(scale.of(span, TEXTS).marks) <= 14


def test_page_of_an_event_names_its_picture_and_every_other_the_card(reader):
    for address, path in [
        ("/events/igf-2016", "/events/igf-2016.png"),
        ("/", "/card.png"),
        ("/events?sdg=13", "/card.png"),
    ]:
        found = page(reader.get(address)).one("meta", property="og:image")["content"]
        assert found == BASE + path
        assert reader.get(path).status_code == 200


def test_event_of_which_the_font_lacks_letters_is_drawn_by_its_series(app, client):
    store = store_of(app)
    before = client.get("/events/igf-2016.png").data
    found = events.by_slug(store, "igf-2016")
    with store.change(NOW, actor="test") as change:
        events.save(change, replace(found, title="互联网治理论坛"), action="edited")
    chinese = client.get("/events/igf-2016.png").data
    with store.change(NOW, actor="test") as change:
        events.save(change, replace(found, title="Internet Governance Forum"), action="edited")
    assert before != chinese == client.get("/events/igf-2016.png").data


@pytest.mark.parametrize(
    "address", ["/events/nothing.png", "/events/.png", "/events/igf-2016.png.png", "/events/IGF.png"]
)
def test_picture_of_nothing_is_not_there(reader, address):
    answer = reader.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_withdrawn_event_has_no_picture(app, client):
    store = store_of(app)
    found = events.by_slug(store, "igf-2016")
    given = {"reason": "A rehearsal", "source": "Note"}
    desk.take(store, found.uid, Step.WITHDRAW, given=given, sequence=found.sequence, actor="test", now=NOW)
    assert client.get("/events/igf-2016.png").status_code == 404
