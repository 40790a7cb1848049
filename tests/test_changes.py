"""What changed: told from before and after, in words, and as a feed that holds what anyone may read."""

import gzip
import re
import shutil
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from calendar_app import changes, publish, spans, texts
from calendar_app.catalogue import DATE
from calendar_app.changes import What
from calendar_app.errors import SelectionError
from calendar_app.events import Claim, Deadline, Event, Plan
from calendar_app.formats import news
from calendar_app.formats.feed import Context
from calendar_app.options import DEFAULT, Cancelled, Options
from calendar_app.publish import Narrowed, Publisher
from calendar_app.selection import Selection
from calendar_app.store import Store, events, following
from calendar_app.store import news as noted
from calendar_app.topics import Confidence, DeadlineKind, Mode, Role, Status
from tests.conftest import BASE, NOW, TODAY
from tests.test_polls import CACHE, COMMON, Asked, refusal

GOLDEN = Path(__file__).parent / "golden" / "changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTEXT = Context(base=BASE, texts=texts.of("en"), series={}, options=DEFAULT)
EDITOR = "editor@example.org"
EVERYTHING = noted.Asked(selection=Selection())
COP = Event(
    uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f0c5",
    slug="cop-25",
    stamp=NOW,
    title="COP 25",
    span=spans.parse("2-13 December 2019"),
    source="unfccc.int",
    city="Santiago",
    country="CL",
    themes=("climate-change",),
    timezone="America/Santiago",
)
MADRID = {"city": "Madrid", "country": "ES", "timezone": "Europe/Madrid", "venue": "IFEMA"}
VAGUE = replace(COP, span=spans.parse("December 2019"))
ONLINE = replace(COP, mode=Mode.ONLINE, city="", country="", timezone="")
TIMED = replace(
    COP, span=spans.with_times(spans.parse("2 December 2019"), start=time(10), end=time(12), zone="America/Santiago")
)
DAY = replace(COP, span=spans.parse("2 December 2019"))
PLAN = Plan(span=COP.span, city="Santiago", country="CL", reason="Chile withdrew")
LAST_DAY = Deadline(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f0c6", kind=DeadlineKind.REGISTRATION, day=date(2019, 11, 1))
CLAIM = Claim(span=COP.span, source="IISD")
LINK = f"{BASE}/events/cop-25"

# Before, after, what it is, the headline, and the lines before the event's own page.
CASES = {
    "added": (
        None, COP, [What.ADDED],
        "Added: COP 25, 2–13 December 2019, Santiago, Chile",
        ["When: 2–13 December 2019", "Where: Santiago, Chile"],
    ),
    "added, cancelled already": (
        None, replace(COP, status=Status.CANCELLED), [What.ADDED],
        "Added: COP 25, 2–13 December 2019, Santiago, Chile (cancelled)",
        ["When: 2–13 December 2019", "Where: Santiago, Chile", "Status: Cancelled"],
    ),
    "added, unverified, without a place": (
        None, replace(VAGUE, confidence=Confidence.LOW, city="", country="", status=Status.TENTATIVE), [What.ADDED],
        "Added: COP 25, December 2019 (days not given)",
        [
            "When: December 2019 (days not given)",
            "Dates unverified: no source was read for exactly these.",
            "Expected, not confirmed.",
        ],
    ),
    "published": (
        replace(VAGUE, published=False, title="Secret"), COP, [What.ADDED],
        "Added: COP 25, 2–13 December 2019, Santiago, Chile",
        ["When: 2–13 December 2019", "Where: Santiago, Chile"],
    ),
    "back from withdrawal": (
        replace(VAGUE, status=Status.WITHDRAWN, title="Secret"), COP, [What.REINSTATED],
        "On again: COP 25, 2–13 December 2019, Santiago, Chile",
        ["When: 2–13 December 2019", "Where: Santiago, Chile"],
    ),
    "another place": (
        COP, replace(COP, **MADRID, plans=(PLAN,)), [What.RESITED],
        "Moved: COP 25, 2–13 December 2019, Madrid, Spain; was 2–13 December 2019, Santiago, Chile",
        ["Where: Madrid, Spain; was Santiago, Chile"],
    ),
    "other dates from another source": (
        COP, replace(COP, span=spans.parse("3-13 December 2019"), source="un.org", plans=(PLAN,)), [What.MOVED],
        "Moved: COP 25, 3–13 December 2019, Santiago, Chile; was 2–13 December 2019",
        ["When: 3–13 December 2019; was 2–13 December 2019"],
    ),
    "other dates and place": (
        COP, replace(COP, span=spans.parse("January 2020"), **MADRID), [What.MOVED, What.RESITED],
        "Moved: COP 25, January 2020 (days not given), Madrid, Spain; was 2–13 December 2019, Santiago, Chile",
        ["When: January 2020 (days not given); was 2–13 December 2019", "Where: Madrid, Spain; was Santiago, Chile"],
    ),
    "days outside the month": (
        VAGUE, replace(COP, span=spans.parse("28 November - 9 December 2019")), [What.MOVED],
        "Moved: COP 25, 28 November – 9 December 2019, Santiago, Chile; was December 2019 (days not given)",
        ["When: 28 November – 9 December 2019; was December 2019 (days not given)"],
    ),
    "goes online": (
        COP, ONLINE, [What.MODE],
        "Moved: COP 25, 2–13 December 2019, Online; was 2–13 December 2019, Santiago, Chile, in person",
        ["Where: Online; was Santiago, Chile", "People take part: Online only; was In person"],
    ),
    "comes from online": (
        ONLINE, replace(COP, mode=Mode.HYBRID), [What.MODE],
        "Moved: COP 25, 2–13 December 2019, Santiago, Chile, hybrid; was 2–13 December 2019, Online",
        ["Where: Santiago, Chile; was Online", "People take part: Hybrid; was Online only"],
    ),
    "hybrid elsewhere": (
        COP, replace(COP, **MADRID, mode=Mode.HYBRID), [What.RESITED, What.MODE],
        "Moved: COP 25, 2–13 December 2019, Madrid, Spain, hybrid; was 2–13 December 2019, Santiago, Chile, in person",
        ["Where: Madrid, Spain; was Santiago, Chile", "People take part: Hybrid; was In person"],
    ),
    "days of the month": (
        VAGUE, replace(COP, source="un.org"), [What.SHARPENED],
        "Dates known: COP 25, 2–13 December 2019, Santiago, Chile; was December 2019 (days not given)",
        ["When: 2–13 December 2019; was December 2019 (days not given)"],
    ),
    "month of the year": (
        replace(COP, span=spans.parse("2019")), VAGUE, [What.SHARPENED],
        "Dates known: COP 25, December 2019 (days not given), Santiago, Chile; was 2019 (month not given)",
        ["When: December 2019 (days not given); was 2019 (month not given)"],
    ),
    "days open again": (
        COP, VAGUE, [What.BLURRED],
        "Dates open: COP 25, December 2019 (days not given), Santiago, Chile; was 2–13 December 2019",
        ["When: December 2019 (days not given); was 2–13 December 2019"],
    ),
    "times": (
        DAY, TIMED, [What.TIMED],
        "Times changed: COP 25, 2 December 2019, 10:00–12:00 (America/Santiago), Santiago, Chile; was 2 December 2019",
        ["When: 2 December 2019, 10:00–12:00 (America/Santiago); was 2 December 2019"],
    ),
    "place known": (
        replace(COP, city="", timezone=""), COP, [What.PLACED],
        "Place known: COP 25, 2–13 December 2019, Santiago, Chile",
        ["Where: Santiago, Chile; was Chile"],
    ),
    "place not known any more": (
        COP, replace(COP, city="", country=""), [What.RESITED],
        "Moved: COP 25, 2–13 December 2019; was 2–13 December 2019, Santiago, Chile",
        ["Where: not known; was Santiago, Chile"],
    ),
    "cancelled": (
        COP, replace(COP, status=Status.CANCELLED), [What.CANCELLED],
        "Cancelled: COP 25, 2–13 December 2019, Santiago, Chile",
        ["Status: Cancelled; was Confirmed"],
    ),
    "postponed": (
        replace(COP, status=Status.CANCELLED), replace(COP, status=Status.POSTPONED), [What.POSTPONED],
        "Postponed: COP 25, 2–13 December 2019, Santiago, Chile",
        ["Status: Postponed; was Cancelled"],
    ),
    "on again with new dates": (
        replace(COP, status=Status.POSTPONED), replace(COP, span=spans.parse("2-13 March 2020")),
        [What.REINSTATED, What.MOVED],
        "On again: COP 25, 2–13 March 2020, Santiago, Chile; was 2–13 December 2019",
        ["Status: Confirmed; was Postponed", "When: 2–13 March 2020; was 2–13 December 2019"],
    ),
    "confirmed": (
        replace(COP, status=Status.TENTATIVE), COP, [What.CONFIRMED],
        "Confirmed: COP 25, 2–13 December 2019, Santiago, Chile",
        ["Status: Confirmed; was Expected"],
    ),
    "expected": (
        COP, replace(COP, status=Status.TENTATIVE), [What.EXPECTED],
        "No longer confirmed: COP 25, 2–13 December 2019, Santiago, Chile",
        ["Status: Expected; was Confirmed", "Expected, not confirmed."],
    ),
    "verified": (
        replace(COP, confidence=Confidence.LOW, notes="from memory"), replace(COP, source="IISD, page 2"),
        [What.VERIFIED],
        "Dates verified: COP 25, 2–13 December 2019, Santiago, Chile",
        ["Source of the dates: IISD, page 2"],
    ),
    "doubted": (
        COP, replace(COP, confidence=Confidence.LOW), [What.DOUBTED],
        "Dates no longer verified: COP 25, 2–13 December 2019, Santiago, Chile",
        ["Dates unverified: no source was read for exactly these."],
    ),
    "renamed": (
        COP, replace(COP, title="COP {25}: “Santiago”"), [What.RENAMED],
        "Renamed: COP {25}: “Santiago”, 2–13 December 2019, Santiago, Chile; was COP 25",
        ["Title: COP {25}: “Santiago”; was COP 25"],
    ),
    "renamed and moved": (
        COP, replace(COP, title="COP", **MADRID), [What.RESITED, What.RENAMED],
        "Moved: COP, 2–13 December 2019, Madrid, Spain; was 2–13 December 2019, Santiago, Chile",
        ["Title: COP; was COP 25", "Where: Madrid, Spain; was Santiago, Chile"],
    ),
    "edited": (
        COP, replace(COP, venue="Espacio Riesco", sdgs=(13,), roles=(Role.CHAIR,), participation="chairs"),
        [What.EDITED],
        "Changed: COP 25, 2–13 December 2019, Santiago, Chile",
        ["Also changed: Venue, Goals and ITU’s role"],
    ),
    "pieces and claims": (
        COP, replace(COP, deadlines=(LAST_DAY,), claims=(CLAIM,), notes="see IISD", part_of=LAST_DAY.uid),
        [What.EDITED],
        "Changed: COP 25, 2–13 December 2019, Santiago, Chile",
        ["Also changed: Note on the source, Parts, What other sources say and Deadlines"],
    ),
    "cancelled long ago, edited": (
        replace(COP, status=Status.CANCELLED), replace(COP, status=Status.CANCELLED, url="https://unfccc.int/"),
        [What.EDITED],
        "Changed: COP 25, 2–13 December 2019, Santiago, Chile (cancelled)",
        ["Also changed: Official page"],
    ),
}  # fmt: skip


def keep(store: Store, event: Event, *, hours: float = 1, action: str = "edited", reason: str = "") -> Event:
    with store.change(NOW + timedelta(hours=hours), actor=EDITOR, reason=reason) as change:
        return events.save(change, event, action=action)


def bare(store: Store) -> Store:
    """The store without what the catalogue's loading left in its history."""
    store.db.conn.execute("DROP TRIGGER revisions_never_deleted")
    store.db.conn.execute("DELETE FROM revisions")
    store.db.conn.execute("UPDATE state SET revision = revision + 1")
    return store


def body(store: Store, selection: Selection = Selection(), *, today: date = TODAY) -> bytes:  # noqa: B008 - frozen
    return Publisher(store, base=BASE).changes(publish.changed(selection), today=today).body


def read(document: bytes) -> Xml.Element:
    return Xml.fromstring(document)  # noqa: S314 - our own


def titles(document: bytes) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in read(document).iter(f"{ATOM}entry")]


@pytest.mark.parametrize("case", CASES)
def test_change_is_told_from_before_and_after(case):
    before, after, what, headline, lines = CASES[case]
    told = changes.between(before, after)
    assert (list(told.what), told.at) == (what, after.stamp)
    assert news.headline(told, CONTEXT) == headline
    assert news.lines(told, CONTEXT) == [*lines, LINK]


def test_every_kind_of_change_is_tried():
    assert {each for case in CASES.values() for each in case[2]} == set(What) - {What.WITHDRAWN}


@pytest.mark.parametrize("case", [case for case, (before, after, *_) in CASES.items() if before and before.public])
def test_nothing_is_new_where_nothing_differs(case):
    before, after, *_ = CASES[case]
    for event in (before, after):
        same = changes.between(event, replace(event, sequence=9, stamp=NOW + timedelta(days=1)))
        assert (same.what, same.fields) == ((), ())


def test_earlier_plan_is_told_as_the_move_that_gave_it_up():
    first = Plan(span=spans.parse("March 2019"), city="Santiago", country="CL", announced="2018-11", reason="Elections")
    second = replace(PLAN, announced="2019-10-30", confidence=Confidence.LOW, source_url="https://example.org/")
    event = replace(COP, **MADRID, plans=(first, second))
    told = [changes.announcement(event, number) for number in (0, 1)]
    assert [(each.announced, each.source_url, each.verified, each.news.what) for each in told] == [
        ("2018-11", "", True, (What.MOVED,)),
        ("2019-10-30", "https://example.org/", False, (What.RESITED,)),
    ]
    assert [news.headline(each.news, CONTEXT) for each in told] == [
        "Moved: COP 25, 2–13 December 2019, Santiago, Chile; was March 2019 (days not given)",
        "Moved: COP 25, 2–13 December 2019, Madrid, Spain; was 2–13 December 2019, Santiago, Chile",
    ]
    assert [each.news.reason for each in told] == ["Elections", "Chile withdrew"]
    assert [each.news.after.venue for each in told] == ["", "IFEMA"]


def test_plan_with_a_city_was_no_meeting_online():
    told = changes.announcement(replace(ONLINE, plans=(PLAN,)), 0).news
    assert (told.what, told.before.mode) == ((What.MODE,), Mode.IN_PERSON)


@pytest.mark.parametrize("reason", ["", "Thieves"])
def test_withdrawal_tells_nothing_of_the_event(reason):
    told = changes.between(COP, replace(COP, status=Status.WITHDRAWN), reason=reason)
    assert told.what == (What.WITHDRAWN,)
    assert news.headline(told, CONTEXT) == "Withdrawn: an event was taken out of the calendar"
    assert news.lines(told, CONTEXT) == ["Calendars that carry it take it out."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, replace(COP, status=Status.WITHDRAWN)),
        (None, replace(COP, published=False)),
        (replace(COP, published=False), replace(COP, status=Status.WITHDRAWN)),
        (replace(COP, status=Status.WITHDRAWN), replace(COP, status=Status.WITHDRAWN, title="Other")),
    ],
)
def test_nothing_is_new_of_what_was_never_public(before, after):
    told = changes.between(before, after)
    assert (told.before, told.what, told.fields) == (None, (), ())


def test_what_was_not_public_is_not_kept_as_before():
    for before in (replace(COP, published=False), replace(COP, status=Status.WITHDRAWN)):
        assert changes.between(before, COP).before is None


def test_reason_is_told_as_on_the_events_page():
    moved = changes.between(COP, replace(COP, **MADRID), reason="Chile withdrew")
    assert news.lines(moved, CONTEXT)[-2:] == ["Why: Chile withdrew", LINK]
    verified = changes.between(replace(COP, confidence=Confidence.LOW), COP, reason="unfccc.int")
    assert news.lines(verified, CONTEXT) == ["Source of the dates: unfccc.int", LINK]


def story(store: Store) -> Store:
    """Everything that may happen to an event, hour by hour, in a store with no other history."""
    return lived(bare(store))


def lived(store: Store) -> Store:
    """Everything that may happen to an event, hour by hour."""
    event = replace(VAGUE, stamp=NOW, title="Rehearsal <COP>")
    keep(store, event, action="approved", reason="Proposed & checked")
    happened = [
        (replace(event, span=COP.span, source="unfccc.int, page 1"), "The host has set the days"),
        (replace(event, span=COP.span, title="COP 25"), ""),
        (replace(event, span=COP.span, title="COP 25", **MADRID, plans=(PLAN,)), "Chile withdrew"),
        (replace(COP, **MADRID, plans=(PLAN,), status=Status.CANCELLED), ""),
        (replace(COP, **MADRID, plans=(PLAN,)), "Found room"),
        (replace(COP, **MADRID, plans=(PLAN,), sdgs=(13,), url="https://unfccc.int/"), ""),
    ]
    for hours, (after, reason) in enumerate(happened, start=2):
        now = events.by_uid(store, COP.uid)
        keep(store, replace(after, sequence=now.sequence, stamp=now.stamp), hours=hours, reason=reason)
    return store


def test_feed_of_changes_is_this_document(store):
    assert body(story(store)) == GOLDEN.read_bytes()


def test_changes_as_json_are_this_document(store):
    narrowed = Narrowed(since="itu-council-2016")
    target = publish.changed(Selection.of(city="Madrid"), "json", narrowed=narrowed)
    document = Publisher(lived(store), base=BASE).changes(target, today=TODAY)
    assert document.body == GOLDEN.with_suffix(".json").read_bytes()
    assert (document.media_type, document.name) == ("application/json; charset=utf-8", "un-forums-changes.json")


def test_feed_of_changes_never_tells_who(store):
    assert EDITOR.encode() not in body(story(store))


def test_entries_are_each_revisions_own_for_good(store):
    document = read(body(story(store)))
    found = [entry.findtext(f"{ATOM}id") for entry in document.iter(f"{ATOM}entry")]
    assert found == [f"urn:uuid:{uuid.uuid5(uuid.UUID(COP.uid), str(number))}" for number in range(6, -1, -1)]
    moments = [entry.findtext(f"{ATOM}updated") for entry in document.iter(f"{ATOM}entry")]
    assert moments == sorted(moments, reverse=True)
    assert document.findtext(f"{ATOM}updated") == moments[0]


def test_feed_of_the_catalogue_holds_the_hundred_events_furthest_ahead(store, publisher):
    found = titles(body(store))
    every = [event for event in events.by_ids(store, list(range(1, 10_000))) if event.public][::-1]
    assert len(every) > 300
    assert [title.partition(",")[0] for title in found] == [
        f"Added: {event.title}".partition(",")[0] for event in every[:100]
    ]
    document = publisher.changes(publish.changed(Selection()), today=TODAY)
    assert (document.entries, document.name) == (100, "un-forums-changes.atom")
    assert read(document.body).findtext(f"{ATOM}updated") == f"{DATE:%Y-%m-%dT%H:%M:%SZ}"


def test_newest_are_no_more_than_asked_for(store):
    story(store)
    assert [each.after.title for each in noted.newest(store, EVERYTHING, most=2)] == ["COP 25", "COP 25"]
    assert len(noted.newest(store, EVERYTHING, most=10)) == 7


def test_feed_without_changes_is_of_the_catalogues_date(empty_store):
    document = read(body(empty_store))
    assert [child.tag.removeprefix(ATOM) for child in document] == [
        *("id", "title", "subtitle", "updated", "link", "link", "author", "generator"),
    ]
    assert document.findtext(f"{ATOM}updated") == f"{DATE:%Y-%m-%dT%H:%M:%SZ}"


def test_nothing_is_told_of_an_unpublished_event(store):
    before = body(store)
    keep(store, replace(COP, published=False, title="Secret"))
    keep(store, replace(events.by_uid(store, COP.uid), title="Secret still"), hours=2)
    assert body(store) == before
    keep(store, replace(events.by_uid(store, COP.uid), title="Told", published=True), hours=3)
    assert titles(body(store))[0] == "Added: Told, 2–13 December 2019, Santiago, Chile"
    assert b"Secret" not in body(store)
    keep(store, replace(events.by_uid(store, COP.uid), published=False), hours=4)
    assert body(store) == before


def test_of_a_withdrawn_event_only_that_it_was_is_told(store):
    story(store)
    gone = keep(store, replace(events.by_uid(store, COP.uid), status=Status.WITHDRAWN), hours=9, reason="Thieves")
    keep(store, replace(gone, title="Renamed while withdrawn"), hours=10)
    document = body(store)
    assert titles(document) == ["Withdrawn: an event was taken out of the calendar"]
    for told in (b"COP", b"cop-25", b"Madrid", b"Thieves", b"Renamed"):
        assert told not in document
    (entry,) = read(document).iter(f"{ATOM}entry")
    assert [child.tag.removeprefix(ATOM) for child in entry] == ["id", "title", "updated", "category", "content"]
    assert titles(body(store, Selection.of(theme="climate-change"))) == titles(document)
    alone = body(store, Selection.of(event="cop-25"))
    assert titles(alone) == titles(document)
    assert b"COP" not in alone


def test_event_that_is_back_has_its_history_again(store):
    story(store)
    before = titles(body(store))
    keep(store, replace(events.by_uid(store, COP.uid), status=Status.WITHDRAWN), hours=9)
    keep(store, replace(events.by_uid(store, COP.uid), status=Status.CONFIRMED), hours=10)
    assert titles(body(store)) == [
        "On again: COP 25, 2–13 December 2019, Madrid, Spain",
        "Withdrawn: an event was taken out of the calendar",
        *before,
    ]


def test_a_new_name_of_what_events_use_is_no_news(store):
    story(store)
    before = body(store)
    keep(store, replace(events.by_uid(store, COP.uid), sequence=20), hours=9, action="renamed")
    assert body(store) == before


def test_selection_tells_all_of_what_it_holds_now_and_what_came_or_left(store):
    story(store)
    theme, city = Selection.of(theme="climate-change"), Selection.of(city="Madrid")
    assert len(titles(body(store, theme))) == len(titles(body(store, city))) == 7
    # In Santiago until it moved to Madrid.
    assert [title.partition(":")[0] for title in titles(body(store, Selection.of(city="Santiago")))] == [
        *("Moved", "Renamed", "Dates known", "Added"),
    ]
    keep(store, replace(events.by_uid(store, COP.uid), themes=("cybersecurity",)), hours=9)
    assert titles(body(store, theme))[0] == "Changed: COP 25, 2–13 December 2019, Madrid, Spain"
    keep(store, replace(events.by_uid(store, COP.uid), venue="Hall 9"), hours=10)
    assert len(titles(body(store, theme))) == 8
    assert len(titles(body(store, Selection.of(theme="cybersecurity")))) == 9
    assert titles(body(store, Selection.of(theme="climate-change", city="Bonn"))) == []


def test_event_that_moves_out_of_a_period_is_told_to_its_followers(store):
    keep(store, replace(COP, stamp=NOW))
    keep(store, replace(COP, span=spans.parse("2-13 March 2021"), sequence=1), hours=2)
    keep(store, replace(COP, span=spans.parse("2-13 March 2021"), venue="Hall 9", sequence=2), hours=3)
    period = Selection(first=date(2019, 11, 1), last=date(2019, 12, 31))
    for chosen in (Selection.of(year="2019", theme="climate-change"), period):
        told = [title for title in titles(body(store, chosen)) if title.startswith("Moved")]
        assert told == ["Moved: COP 25, 2–13 March 2021, Santiago, Chile; was 2–13 December 2019"]
        assert not any(title.startswith("Changed") for title in titles(body(store, chosen)))
    assert titles(body(store, Selection.of(year="2020", theme="e-waste"))) == []


def test_what_an_event_was_before_it_was_public_is_followed_by_nobody(store):
    keep(store, replace(COP, stamp=NOW, published=False, city="Valparaíso"))
    keep(store, replace(COP, stamp=NOW, published=True), hours=2)
    assert titles(body(store, Selection.of(city="Valparaíso"))) == []
    assert len(titles(body(store, Selection.of(city="Santiago")))) == 1


def test_selection_takes_words_and_periods(store):
    story(store)
    assert len(titles(body(store, Selection(words="cop 25")))) == 7
    assert titles(body(store, Selection(words="nothing"))) == []
    assert len(titles(body(store, Selection(when="upcoming"), today=date(2019, 12, 13)))) == 7
    # Until its days were known it might have been held on the 14th.
    assert len(titles(body(store, Selection(when="upcoming"), today=date(2019, 12, 14)))) == 2
    assert titles(body(store, Selection(when="upcoming"), today=date(2020, 1, 1))) == []
    assert len(titles(body(store, Selection(when="past"), today=date(2019, 12, 14)))) == 7


def test_feed_says_what_it_is_and_where(store):
    document = read(body(store, Selection.of(theme="climate-change", sdg="13")))
    links = {link.get("rel"): (link.get("type"), link.get("href")) for link in document.findall(f"{ATOM}link")}
    assert links == {
        "self": ("application/atom+xml", f"{BASE}/changes.atom?sdg=13&theme=climate-change"),
        "alternate": ("text/html", f"{BASE}/changes?sdg=13&theme=climate-change"),
    }
    assert document.findtext(f"{ATOM}title") == "UN forums: Climate change, SDG 13, what changed"


def test_feeds_of_different_selections_have_ids_of_their_own(store):
    chosen = [Selection(), Selection.of(sdg="13"), Selection(when="past"), Selection(words="cop")]
    ids = [read(body(store, each)).findtext(f"{ATOM}id") for each in chosen]
    assert len(set(ids)) == len(chosen)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", each) for each in ids)


def test_feed_is_the_same_from_a_copy_and_rendered_once(store, tmp_path):
    story(store)
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(store.path, tmp_path / "copy.db")
    other = Store(tmp_path / "copy.db")
    assert body(other) == body(store)
    other.close()
    publisher, target = Publisher(store, base=BASE), publish.changed(Selection())
    first = publisher.changes(target, today=TODAY)
    assert publisher.changes(target, today=TODAY + timedelta(days=1)) is first
    keep(store, replace(events.by_uid(store, COP.uid), venue="Hall 9"), hours=9)
    assert publisher.changes(target, today=TODAY).entries == first.entries + 1


def test_changes_take_no_option_but_the_language():
    assert publish.changed(Selection(), options=Options(language="en")).path == "/changes.atom"
    with pytest.raises(SelectionError) as caught:
        publish.changed(Selection(), options=Options(cancelled=Cancelled.HIDE))
    assert (caught.value.message, caught.value.data) == ("select-name", {"name": "cancelled"})


def test_changes_since_a_day_or_an_event_are_those_from_then_on(store):
    lived(store)
    publisher = Publisher(store, base=BASE)

    def told(**narrowed: str) -> int:
        target = publish.changed(Selection.of(city="Madrid"), narrowed=Narrowed(**narrowed))
        return publisher.changes(target, today=TODAY).entries

    assert (told(), told(since="2026-11-23"), told(since="2026-11-24"), told(since="2026-11-25")) == (8, 8, 7, 0)
    # Its last day is 23 March 2020.
    assert (told(since="hrc-2020-02"), told(since="unfccc-cop-2028")) == (8, 0)
    kept = replace(events.by_slug(store, "unfccc-cop-2028"), span=spans.parse("24 November 2026"))
    keep(store, kept, hours=12)
    assert told(since="unfccc-cop-2028") == 7


@pytest.mark.parametrize(
    ("what", "headlines"),
    [
        ("cancelled", ["Cancelled: COP 25"]),
        ("re-sited", ["Moved: COP 25"]),
        ("edited", ["Changed: COP 25", "Renamed: COP 25"]),
        ("moved", []),
        ("added", ["Added: Rehearsal <COP>"]),
    ],
)
def test_changes_of_one_kind_are_told_alone(store, what, headlines):
    target = publish.changed(Selection(), narrowed=Narrowed(what=what, since="2026-11-24"))
    document = Publisher(lived(store), base=BASE).changes(target, today=TODAY).body
    assert [title.partition(",")[0] for title in titles(document)] == headlines


def test_changes_tell_what_the_calendar_began_with_in_atom_and_where_it_is_asked_for(store, publisher):
    def told(extension: str, **narrowed: str) -> int:
        target = publish.changed(Selection(), extension, narrowed=Narrowed(**narrowed))
        return publisher.changes(target, today=TODAY).entries

    assert (told("atom"), told("json"), told("json", what="added")) == (100, 0, 100)
    keep(store, replace(COP, stamp=NOW))
    assert (told("json"), told("json", what="added")) == (1, 100)


def test_revisions_of_a_record_from_before_are_noted_once(store):
    lived(store)
    before = body(store)
    store.db.conn.execute("DELETE FROM news")
    store.db.conn.execute("UPDATE state SET revision = revision + 1")
    assert titles(body(store)) == []
    noted.renew(store, now=NOW)
    assert body(store) == before
    revision = store.revision()
    noted.renew(store, now=NOW)
    assert store.revision() == revision


def test_newest_are_found_along_the_time_as_from_their_events(store, monkeypatch):
    lived(store)
    chosen = [
        Selection.of(sdg="17"), Selection.of(sdg=["13", "9"], mode="hybrid"), Selection.of(city="Santiago"),
        Selection(words="cop"), Selection(first=date(2019, 1, 1), last=date(2019, 12, 31)),
    ]  # fmt: skip
    few = [body(store, each) for each in chosen]
    monkeypatch.setattr(following, "_FEW", -1)
    assert [body(store, each) for each in chosen] == few


@pytest.fixture
def ask(publisher: Publisher) -> Asked:
    return Asked(publisher)


def test_changes_are_answered_like_a_feed(ask, publisher):
    document = publisher.changes(publish.changed(Selection.of(sdg=["13", "9"])), today=TODAY)
    plain = ask("/changes.atom", "sdg=13&sdg=9")
    headers = {
        "ETag": f'"{document.etag}"',
        "Content-Type": "application/atom+xml; charset=utf-8",
        "Content-Language": "en",
        "Content-Length": str(len(document.body)),
        "Content-Disposition": 'inline; filename="un-forums-changes.atom"',
    }
    assert plain == ("200 OK", {**COMMON, **CACHE, **headers}, document.body)
    assert ask("/changes.atom", "sdg=9&sdg=13&utm_source=x", cookie="a=b", accept_language="fr") == plain
    assert ask("/changes.atom", "sdg=9&sdg=13", method="HEAD") == (*plain[:2], b"")


def test_changes_are_compressed_and_not_sent_twice(ask):
    status, headers, zipped = ask("/changes.atom", accept_encoding="gzip")
    plain = ask("/changes.atom")
    assert (status, headers["Content-Encoding"], gzip.decompress(zipped)) == ("200 OK", "gzip", plain[2])
    assert ask("/changes.atom", accept_encoding="gzip", if_none_match=headers["ETag"]) == (
        "304 Not Modified",
        {**COMMON, **CACHE, "ETag": headers["ETag"]},
        b"",
    )
    assert ask("/changes.atom", if_none_match=headers["ETag"])[0] == "200 OK"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_changes_are_only_read(ask, method):
    headers, words = refusal("A feed is only read: GET or HEAD.", Allow="GET, HEAD")
    assert ask("/changes.atom", method=method) == ("405 Method Not Allowed", headers, words)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sdg=99", "“99” is nothing to select by as “Goal”. Choose from what the calendar has."),
        ("busy=1", "There is nothing called “busy” to select by. Take it out of the address."),
        ("colour=red", "There is nothing called “colour” to select by. Take it out of the address."),
        ("when=soon", "“soon” is no period. Write upcoming or past, or leave it out for all."),
        ("lang=tlh", f"“tlh” is no value of lang. Write one of these: {', '.join(texts.LANGUAGES)}."),
        ("since=council", "“council” is neither a day nor an event. Write a day (2016-06-02), or choose an event."),
        ("since=2016-02-30", "“2016-02-30” is no day that we can read. Write it like 2026-11-24."),
        ("since=2016-01-01&since=2017-01-01", "“since” is given twice with different values. Keep one."),
        ("what=eaten", "“eaten” is nothing to select by as “what”. Choose from what the calendar has."),
        ("q=%FF", "The address is not encoded as UTF-8. Follow a link from the calendar instead."),
    ],
)
def test_changes_of_no_selection_are_refused_with_a_sentence(ask, query, words):
    assert ask("/changes.atom", query) == ("400 Bad Request", *refusal(words))


@pytest.mark.parametrize("path", ["/changes", "/changes.ics", "/changes.atom/", "/Changes.atom", "/changesxatom"])
def test_other_addresses_are_the_pages(ask, path):
    assert ask(path)[2] == b"a page"


def test_changes_are_under_no_other_address(ask):
    for path in ("/feeds/changes.atom", "/feeds//changes.atom", "/feeds//changes.atom.atom"):
        assert ask(path)[0] == "404 Not Found"


def test_changes_rely_on_today_through_their_period_alone(ask, store):
    story(store)
    ask.today = date(2019, 12, 13)
    both = [ask("/changes.atom", query)[2] for query in ("", "when=upcoming")]
    ask.today = date(2019, 12, 14)
    assert ask("/changes.atom")[2] == both[0]
    assert (len(titles(both[1])), len(titles(ask("/changes.atom", "when=upcoming")[2]))) == (7, 2)


def test_closed_database_is_503(ask, store):
    assert ask("/changes.atom")[0] == "200 OK"
    store.close()
    assert ask("/changes.atom")[0] == "503 Service Unavailable"


def test_moments_are_utc(store):
    keep(store, replace(COP, stamp=datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)))
    assert read(body(store)).findtext(f"{ATOM}updated") == "2026-11-24T23:59:59Z"
