"""What words were found by, marked in the rows of a list; and said beside a row that does not show it."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from calendar_app import places, words
from calendar_app.events import Event, convener_of
from calendar_app.marking import marked
from calendar_app.titles import Names
from calendar_app.topics import THEMES

Mark = Callable[[str], Markup]


def marker(sought: str) -> Mark:
    """What marks the words sought in a text; without any, the text as it is."""
    once = _once(sought)
    return (lambda text: Markup("").join(_shown(text, once))) if once else escape


def elsewhere(event: Event, names: Names, *, place: str, sought: str) -> tuple[str, ...]:
    """What else of an event holds the words that its title and place do not: its series, an alias, a theme."""
    missing = [word for word in words.typed(_once(sought)) if not _holds(f"{event.title}\n{place}", word)]
    held = (next((text for text in _kept(event, names) if _holds(text, word)), "") for word in missing)
    return tuple(dict.fromkeys(filter(None, held)))


def _once(sought: str) -> str:
    """The words sought, each once: "un" and "un." find the same, and each costs a look at every text of every row."""
    same = {tuple(_parts(word)): word for word in words.typed(sought)}
    return " ".join(same.values())


def _parts(word: str) -> list[str]:
    """What of a word a text has to hold; of one between spaces, its letters and figures alone."""
    return words.apart(word).split() if words.spaceless(word) else words.tokens(word)


def _shown(text: str, sought: str) -> Iterator[Markup]:
    for piece, hit in _pieces(text, sought):
        yield Markup("<mark>{}</mark>").format(piece) if hit else escape(piece)


def _holds(text: str, word: str) -> bool:
    return any(hit for _, hit in _pieces(text, word))


# A list names few places, many times over.
@lru_cache(maxsize=2048)
def _pieces(text: str, sought: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is sought; what can't be is told at once."""
    folded = words.apart(places.fold(text))
    near = any(all(part in folded for part in _parts(word)) for word in words.typed(sought))
    return marked(text, sought) if near else [(text, False)]


def _kept(event: Event, names: Names) -> Iterator[str]:
    """The texts that an event is found by and a row does not show, the most telling first."""
    series = names.series.get(event.series)
    if series:
        yield from (series.short_name, series.name)
    city = places.find_city(event.city, event.country) if event.city else None
    yield from city.aliases if city else ()
    yield from (event.venue, convener_of(event, series))
    yield from (THEMES[theme].name for theme in event.themes)
    for partner in (names.partners[key] for key in event.partners):
        yield from (partner.name, *partner.aliases)
