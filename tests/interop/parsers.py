"""The foreign parsers that tests ask: none shares code with ours, or with another."""

import pytest

from tests.interop import ical_js, libical, node_ical, vobject

# Each offers available(), MISSING, parse(ics) and parse_all(calendars).
PARSERS = {"ical.js": ical_js, "node-ical": node_ical, "vobject": vobject, "libical": libical}

# Runs a test once for each parser, by its `name`; skips with the reason where one is not installed.
each_parser = pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.skipif(not parser.available(), reason=parser.MISSING))
        for name, parser in PARSERS.items()
    ],
)
