"""The themes and goals that foreign words name: a category, the cell of a table."""

import re
from collections.abc import Iterable
from functools import cache

from calendar_app import topics
from calendar_app.places import fold

_GOAL = re.compile(r"(?:(?:un )?sdgs?|odd|goal|sustainable development goal)?[ #-]*0?([1-9][0-9]?)\.?")


def theme(word: str) -> str:
    """The slug of a theme by its slug, name or category; "" if there is none."""
    return _themes().get(fold(word), "")


def goal(word: str) -> str:
    """The number of a goal, as "SDG 9", "Goal 9", "9" or its name tells it; "" if there is none."""
    folded = fold(word)
    number = _GOAL.fullmatch(folded)
    if number and int(number[1]) in topics.SDGS:
        return number[1]
    return _goals().get(folded, "")


def of_categories(categories: Iterable[str]) -> dict[str, list[str]]:
    """The themes and goals that categories name; a bare number is no goal."""
    words = [word for word in categories if not word.isdigit()]
    told = {"themes": list(filter(None, map(theme, words))), "sdgs": list(filter(None, map(goal, words)))}
    return {name: list(dict.fromkeys(values)) for name, values in told.items() if values}


@cache
def _themes() -> dict[str, str]:
    return {
        fold(name): theme.slug
        for theme in topics.THEMES.values()
        for name in (theme.slug, theme.name, theme.category, theme.slug.replace("-", " "))
    }


@cache
def _goals() -> dict[str, str]:
    return {fold(sdg.name): str(sdg.number) for sdg in topics.SDGS.values()}
