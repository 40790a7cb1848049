import re

import pytest

from calendar_app import topics
from calendar_app.messages import LABELS
from calendar_app.topics import SDGS, THEMES, split


def test_split_gives_the_values_in_their_order():
    assert split("9;17") == ("9", "17")
    assert split(" youth ; africa;; ") == ("youth", "africa")
    assert split("") == ()


def test_goals_are_the_seventeen_with_their_colours():
    assert list(SDGS) == list(range(1, 18))
    assert (SDGS[13].name, SDGS[13].color) == ("Climate Action", "#3F7E44")
    assert [sdg.color for sdg in SDGS.values() if not re.fullmatch("#[0-9A-F]{6}", sdg.color)] == []


def test_themes_have_categories_without_commas_and_known_goals():
    assert THEMES["science-technology-innovation"].name == "Science, technology and innovation"
    assert [theme.slug for theme in THEMES.values() if "," in theme.category or not theme.category] == []
    assert {sdg for theme in THEMES.values() for sdg in theme.sdgs} <= set(SDGS)
    assert [slug for slug in THEMES if not re.fullmatch("[a-z0-9-]+", slug)] == []


def test_facts_are_read_once_and_stripped():
    rows = topics.facts("country_names.csv")
    assert rows[0] == {"country": "TR", "name": "Turkey", "until": "2022-06-01"}
    assert topics.facts("country_names.csv") is rows


@pytest.mark.parametrize(
    ("vocabulary", "name"),
    [
        (topics.Role, "role"),
        (topics.Kind, "kind"),
        (topics.Mode, "mode"),
        (topics.Status, "status"),
        (topics.Activity, "activity"),
        (topics.DeadlineKind, "deadline"),
    ],
)
def test_every_word_has_a_label(vocabulary, name):
    assert list(LABELS[name]) == [str(word) for word in vocabulary]
