"""Each foreign parser gives what it reads in one common shape, and says what it can't read."""

from pathlib import Path

import pytest

from tests.interop import libical
from tests.interop.parsers import PARSERS, each_parser

ICS = Path(__file__).parents[1] / "ics"

pytestmark = pytest.mark.interop

NOT_GIVEN = {"description": None, "url": None, "geo": None, "related_to": None}
BY_HAND = [
    {
        "uid": "5f0b4d1e-6a7e-4d0b-9a51-3f6f7c1c2a01",
        "summary": "Conference of the Parties, twenty-second session; a line long enough to be folded",
        "start": "2016-11-07",
        "end": "2016-11-19",
        "allday": True,
        "categories": ["Climate change", "SDG 13", "Environment"],
        "status": "CONFIRMED",
        "sequence": 1,
        "location": "Marrakech, Morocco",
        **NOT_GIVEN,
    },
    {
        "uid": "5f0b4d1e-6a7e-4d0b-9a51-3f6f7c1c2a02",
        "summary": "Genève side event",
        "start": "2027-07-06T13:00:00Z",
        "end": "2027-07-06T14:30:00Z",
        "allday": False,
        "categories": [],
        "status": "CANCELLED",
        "sequence": None,
        "location": None,
        **NOT_GIVEN,
    },
    {
        "uid": "5f0b4d1e-6a7e-4d0b-9a51-3f6f7c1c2a03",
        "summary": "One day, no end given",
        "start": "2016-03-31",
        "end": "2016-04-01",
        "allday": True,
        "categories": [],
        "status": None,
        "sequence": None,
        "location": None,
        **NOT_GIVEN,
    },
]


@each_parser
def test_parser_reads_a_calendar_written_by_hand(name):
    assert PARSERS[name].parse((ICS / "by_hand.ics").read_bytes()) == BY_HAND


REFUSAL = {
    "ical.js": "ParserError: invalid line",
    "node-ical": "node-ical found nothing in it",
    "vobject": "ParseError: At line 1",
    "libical": "libical found nothing in it",
}


@each_parser
def test_parser_refuses_what_is_no_calendar(name):
    with pytest.raises(AssertionError, match=REFUSAL[name]):
        PARSERS[name].parse(b"nonsense")


@each_parser
def test_parser_refuses_an_empty_stream(name):
    with pytest.raises(AssertionError, match="found nothing in it"):
        PARSERS[name].parse(b"")


@pytest.mark.skipif(not libical.available(), reason=libical.MISSING)
def test_libical_tells_what_it_could_not_read():
    with pytest.raises(AssertionError, match="Parse error in property name: SUMARY"):
        libical.parse((ICS / "by_hand.ics").read_bytes().replace(b"SUMMARY:One", b"SUMARY:One"))
