from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.places import cities, countries, country_name, country_names, find_city, fold
from calendar_app.topics import facts


def test_countries_are_the_249_of_iso_3166_1():
    assert len(countries()) == 249
    assert {"CH", "TR", "PS", "TW", "VA", "AX", "BQ", "UM", "SS"} <= countries()
    assert not {"EU", "UN", "XK", "ZZ", "AN", "UK", "EZ", "AC", "IC", "ch", "001"} & countries()


def test_countries_all_have_a_name():
    assert [code for code in countries() if country_name(code) == code] == []


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("TR", "2016-05-23", "Turkey"),
        ("TR", "2022-05-31", "Turkey"),
        ("TR", "2022-06-01", "Türkiye"),
        ("TR", "2026-11-09", "Türkiye"),
        ("CZ", "2016-06-30", "Czech Republic"),
        ("CZ", "2016-07-01", "Czechia"),
        ("SZ", "2018-04-18", "Swaziland"),
        ("SZ", "2018-04-19", "Eswatini"),
        ("MK", "2019-02-11", "The former Yugoslav Republic of Macedonia"),
        ("MK", "2019-02-12", "North Macedonia"),
        ("CH", "2016-01-01", "Switzerland"),
        ("AN", "2016-01-01", "AN"),
    ],
)
def test_country_name_is_the_one_valid_on_the_day(code, day, name):
    assert country_name(code, on=date.fromisoformat(day)) == name


def test_country_name_without_a_day_is_the_usual_one():
    assert [country_name(code) for code in ("TR", "CZ", "SZ", "MK")] == [
        "Türkiye",
        "Czechia",
        "Eswatini",
        "North Macedonia",
    ]
    assert country_name("TR", on=date(2016, 5, 23), language="fr") == "Turquie"


def test_cities_are_those_of_the_file_on_the_globe_and_in_a_zone():
    assert len(cities()) == len(facts("cities.csv"))
    assert [
        city.name
        for city in cities().values()
        if abs(city.latitude) > 90 or abs(city.longitude) > 180 or city.zone not in spans.ZONES
    ] == []


def test_aliases_all_belong_to_a_city_or_a_country():
    known = {(city.name, city.country) for city in cities().values()} | {("", code) for code in countries()}
    assert [row for row in facts("aliases.csv") if (row["city"], row["country"]) not in known] == []
    assert {row["country"] for row in facts("aliases.csv") if not row["city"]} >= {"US", "GB", "TR", "KR"}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("TR", {"Turkey", "Türkiye", "Turkiye"}),
        ("CZ", {"Czech Republic", "Czechia"}),
        ("SZ", {"Swaziland", "Eswatini"}),
        ("US", {"United States", "United States of America", "USA"}),
        ("MA", {"Morocco"}),
        ("XX", {"XX"}),
    ],
)
def test_country_names_are_todays_earlier_ones_and_aliases(code, names):
    assert country_names(code) == names


def test_country_names_hold_the_name_of_every_day():
    for row in facts("country_names.csv"):
        assert row["name"] in country_names(row["country"])
    assert [code for code in countries() if country_name(code) not in country_names(code)] == []


def test_alias_of_a_country_is_no_city():
    aliases = [row for row in facts("aliases.csv") if not row["city"]]
    assert aliases
    assert [row for row in aliases if find_city(row["alias"], row["country"])] == []
    assert [city for city in cities().values() if not city.name] == []


@pytest.mark.parametrize("name", ["Geneva", "genève", "GENEVE", "جنيف", "日内瓦", "  geneva "])
def test_find_city_knows_other_usual_names(name):
    city = find_city(name, "CH")
    assert city is not None
    assert (city.name, city.country, city.zone) == ("Geneva", "CH", "Europe/Zurich")
    assert find_city(name, "") == city


def test_find_city_gives_none_elsewhere_or_for_no_city():
    assert find_city("Geneva", "US") is None
    assert find_city("Atlantis", "") is None
    assert find_city("", "CH") is None


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Genève ", "geneve"),
        ("MEDELLÍN", "medellin"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("Tromsø", "tromso"),
        ("Łódź", "lodz"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("a\u00a0b\n\tc", "a b c"),
        ("ＣＯＰ ２２", "cop 22"),
        ("日内瓦", "日内瓦"),
        ("أبوظبي", "ابوظبي"),
        ("서울", "서울"),
        ("", ""),
    ],
)
def test_fold_drops_case_and_diacritics(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_of_folded_text_is_the_same(text):
    assert fold(fold(text)) == fold(text)
