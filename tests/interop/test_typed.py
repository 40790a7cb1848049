"""Foreign parsers read texts as they were typed, in whatever script, less what calendars forbid."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_app import spans, texts
from calendar_app.events import Event
from calendar_app.formats import ical
from calendar_app.formats.feed import Context, Feed
from calendar_app.formats.layers import Item, Layer
from calendar_app.options import DEFAULT, Options
from tests.conftest import BASE, NOW
from tests.interop.parsers import PARSERS, each_parser

pytestmark = pytest.mark.interop

CONTEXT = Context(base=BASE, texts=texts.of("en"), series={}, options=DEFAULT)
CONTROLS = [*range(0x20), 0x7F]
TEXTS = {
    "arabic": "القمة العالمية لمجتمع المعلومات، جنيف ٢٠٢٧",
    "chinese": "信息社会世界峰会论坛,日内瓦;2027年",
    "cyrillic": "Всемирная встреча на высшем уровне: «Женева», 2027",
    "combining": "Cafe\u0301 Vie\u0323\u0302t a\u0300\u0301\u0302\u0303 ก็ำ",
    "emoji": "🇺🇳 👩🏽‍💻👨‍👩‍👧‍👦 𝒳 🌍",
    "long latin": "word " * 999 + "after",
    "long arabic": "مؤتمر" * 1000,
    "long chinese": "世界电信展会" * 833 + "完成",
    "long emoji": "🌍" * 5000,
    "typed line break": "C\\new, D\\Name, E\\\\n",
    "line breaks": "one\ntwo\r\nthree\n\nfour",
    "semicolons": ";a;;b;",
    "commas": ",a,,b,",
    "quotes": "“a” 'b' \"c\" «d»",
    "in quotes": '"all of it"',
    "spaces": "  before and after  ",
    "backslash last": "a\\",
    "backslash before a comma": "a\\,b\\;c",
    "colons": "https://example.org/?a=1&b=2#c: d=e",
    "carets": "a^nb^'c^^d",  # RFC 6868 is for parameters alone
    "percent and ampersand": "100% %41 &amp; <b>",
    "another property": "a\r\nBEGIN:VALARM\r\nSUMMARY:b\r\nEND:VEVENT",
    "tab": "\ta\tb",
    **{f"U+{code:04X}": f"a{chr(code)}b" for code in CONTROLS},
    "all controls": "x".join(map(chr, CONTROLS)),
}

# Where a parser itself is at fault: what it makes of a title or place, and of a description before its further lines.
# A fault that is mended fails here too.
FAULTS: dict[str, dict[str, tuple[str, str]]] = {
    "ical.js": {},
    # It replaces the escapes one kind after the other, so that an escaped backslash before n is taken for a line
    # break; and takes away the quotation marks around a whole text. No issue of jens-maus/node-ical
    # is known for either.
    "node-ical": {
        "typed line break": ("C\\\new, D\\\name, E\\\\\n", "C\\\new, D\\\name, E\\\\\n"),
        "in quotes": ("all of it", '"all of it"'),
    },
    "vobject": {},
    # It strips spaces around a value: libical/libical#358, #497.
    "libical": {"spaces": ("before and after", "before and after  "), "tab": ("a\tb", "a\tb")},
}


def calendar(*told: Event, context: Context = CONTEXT) -> bytes:
    feed = Feed(
        uid="00000000-0000-4000-8000-000000000000",
        name="Feed",
        description="Everything.",
        address=f"{BASE}/feeds/all.ics",
        page=f"{BASE}/events",
        left_out=Counter(),
        single=False,
        changed=NOW,
        texts=context.texts,
    )
    return ical.document(feed, [ical.entry(Item(layer=Layer.EVENT, event=event), context) for event in told])


def saying(number: int, text: str) -> Event:
    """An event whose title, venue and description are this text."""
    return Event(
        uid=f"7d1f0f4e-57ad-4a7e-8b5c-{number:012}",
        slug=f"text-{number}",
        stamp=NOW,
        title=text,
        venue=text,
        description=text,
        span=spans.parse("7 May 2027"),
        source="un.org",
    )


def promised(event: Event) -> dict[str, str]:
    """What the writer promises of its texts: all but the control characters that RFC 5545 §3.1 forbids."""
    text = "".join(letter for letter in event.title if ord(letter) not in CONTROLS or letter in "\t\n")
    return in_all(event, text, text)


def mangled(name: str, case: str, event: Event) -> dict[str, str]:
    """What a parser is known to make of a text instead."""
    return in_all(event, *FAULTS[name][case]) if case in FAULTS[name] else {}


def in_all(event: Event, short: str, long: str) -> dict[str, str]:
    rest = f"\nSource of the dates: un.org\n{BASE}/events/{event.slug}"
    return {"summary": short, "location": short, "description": long + rest}


@each_parser
def test_texts_are_read_as_they_were_typed(name):
    told = {case: saying(number, text) for number, (case, text) in enumerate(TEXTS.items())}
    read = PARSERS[name].parse(calendar(*told.values()))
    found = {
        case: {field: event[field] for field in ("summary", "location", "description")}
        for case, event in zip(told, read, strict=True)
    }
    assert found == {case: promised(event) | mangled(name, case, event) for case, event in told.items()}


@each_parser
def test_a_reminder_changes_nothing_else_of_an_event(name):
    event = saying(1, "Ceremony; reception")
    plain, reminding = (
        PARSERS[name].parse(calendar(event, context=replace(CONTEXT, options=options)))
        for options in (DEFAULT, Options(alarm=timedelta(days=7), busy=True))
    )
    assert plain == reminding
    assert [each["summary"] for each in plain] == [event.title]
