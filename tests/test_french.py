"""Feeds in French: whatever a feed can say is translated, and its dates and places are told as French tells them."""

import io
import string
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import calendar_app
from calendar_app import messages, options, texts
from calendar_app.formats import FORMATS
from calendar_app.publish import Publisher, selected
from calendar_app.selection import Selection
from calendar_app.topics import SDGS, THEMES
from tests.conftest import TODAY
from tests.test_ical import parsed

PACKAGE = Path(calendar_app.__file__).parent
FILE = resources.files("calendar_app").joinpath("locale", "fr", "LC_MESSAGES", "messages.po")
FRENCH = read_po(io.BytesIO(FILE.read_bytes()), locale="fr")
SPOKEN = [*(PACKAGE / "formats").glob("*.py"), *(PACKAGE / "publish").glob("*.py"), PACKAGE / "titles.py"]
# What the list for other sites says, which is told in the same languages.
EMBEDDED = [("jinja2.ext.babel_extract", PACKAGE.parent / "templates" / "embed.html")]
EMBEDDED += [("python", PACKAGE / "web" / "listing.py")]
LABELS = ("role", "kinds", "mode", "status", "deadline", "field")


def said() -> set[str]:
    """Every text that a feed or an embedded list can say, but the words of lint findings and errors."""
    found = {"days not given", "month not given"}
    for method, path in [*(("python", path) for path in SPOKEN), *EMBEDDED]:
        for _, message, _, _ in extract_from_file(method, path):
            found.add(message if isinstance(message, str) else message[0])
    found |= {word for name in LABELS for word in messages.LABELS[name].values()}
    return found | {theme.name for theme in THEMES.values()} | {sdg.name for sdg in SDGS.values()}


def test_everything_that_a_feed_can_say_is_translated_and_nothing_else():
    known = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in FRENCH if entry.id}
    assert known == said()
    assert [entry.id for entry in FRENCH if entry.fuzzy and entry.id] == []


@pytest.mark.parametrize("entry", [entry for entry in FRENCH if entry.id], ids=str)
def test_translation_keeps_the_places_to_fill(entry):
    ids, words = ([part] if isinstance(part, str) else list(part) for part in (entry.id, entry.string))
    assert all(words)
    assert [fields(word) for word in words] == [fields(text) for text in ids]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_feed_in_french_is_told_in_french(publisher: Publisher):
    told, rest = options.parse([("lang", "fr")])
    target = selected(Selection.of(event="igf-2016"), "ics", options=told)
    calendar = parsed(publisher.feed(target, today=TODAY).body)
    (event,) = calendar.walk("VEVENT")
    assert (rest, target.path) == ([], "/feeds/select.ics?event=igf-2016&lang=fr")
    assert str(event["SUMMARY"]) == "11th Annual Internet Governance Forum, novembre 2016 (jours non précisés)"
    assert str(event["LOCATION"]) == "Guadalajara, Mexique"
    assert str(event["DESCRIPTION"]).split("\n")[:3] == [
        "Quand : novembre 2016 (jours non précisés)",
        "Une autre source, IFLA, indique : 6–9 déc. 2016, Guadalajara, Mexique",
        "Série : Internet Governance Forum",
    ]
    assert "ODD : 9 Industrie, innovation et infrastructure; 16 Paix" in str(event["DESCRIPTION"])
    # A category is what people filter by, in every language the same.
    assert event["CATEGORIES"].cats[-1] == "SDG 17"


def test_language_is_that_of_the_address_alone(publisher: Publisher):
    plain, english = (
        publisher.feed(selected(Selection.of(event="igf-2016"), "ics", options=given), today=TODAY).body
        for given in (options.DEFAULT, options.parse([("lang", "en")])[0])
    )
    assert plain == english


@pytest.mark.parametrize("extension", sorted(FORMATS))
def test_every_format_is_told_in_every_language(publisher: Publisher, extension):
    for language in texts.LANGUAGES:
        told = options.Options(language=language)
        document = publisher.feed(selected(Selection.of(event="igf-2016"), extension, options=told), today=TODAY)
        assert document.body
