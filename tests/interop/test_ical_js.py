from pathlib import Path

import pytest

from tests.interop import ical_js

ICS = Path(__file__).parents[1] / "ics"

pytestmark = [pytest.mark.node, pytest.mark.skipif(not ical_js.available(), reason=ical_js.MISSING)]

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
    },
]


def test_ical_js_reads_a_calendar_written_by_hand():
    assert ical_js.parse((ICS / "by_hand.ics").read_bytes()) == BY_HAND


def test_ical_js_refuses_what_is_no_calendar():
    with pytest.raises(AssertionError, match="ParserError"):
        ical_js.parse(b"nonsense")
