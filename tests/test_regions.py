"""Regions: each country of the vocabulary has one of the six, as the UN Statistics Division has it."""

from collections import Counter

import pytest

from calendar_app.places import countries, region
from calendar_app.topics import facts


def test_every_country_has_a_region_and_nothing_else_has_one():
    assert {row["country"] for row in facts("regions.csv")} == countries()
    assert Counter(map(region, countries())) == {
        "Africa": 60,
        "Americas": 57,
        "Antarctica": 1,
        "Asia": 51,
        "Europe": 51,
        "Oceania": 29,
    }


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("CH", "Europe"),
        ("RU", "Europe"),
        ("TR", "Asia"),
        ("AZ", "Asia"),
        ("CY", "Asia"),
        ("AE", "Asia"),
        ("KZ", "Asia"),
        ("EG", "Africa"),
        ("MA", "Africa"),
        ("US", "Americas"),
        ("EC", "Americas"),
        ("MX", "Americas"),
        ("BS", "Americas"),
        ("GL", "Americas"),
        ("AU", "Oceania"),
        ("FJ", "Oceania"),
        ("AQ", "Antarctica"),
        ("TW", "Asia"),
        ("", ""),
        ("ch", ""),
        ("XK", ""),
        ("EU", ""),
    ],
)
def test_region_is_that_of_m49(code, name):
    assert region(code) == name
