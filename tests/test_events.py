from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from calendar_app import spans
from calendar_app.events import Draft, Event, Series, SeriesRole, convener_of, roles_of
from calendar_app.topics import Confidence, Kind, Role, Status

STAMP = datetime(2026, 11, 23, tzinfo=UTC)
DRAFT = Draft(title="COP 22", span=spans.parse("7-18 November 2016"), source="A letter", city="Marrakech", country="MA")
EVENT = Event(
    title="COP 22",
    span=spans.parse("7-18 November 2016"),
    source="A letter",
    city="Marrakech",
    country="MA",
    uid="cd7191c9-c195-50ab-9af4-128fa156ca54",
    slug="cop-22",
    stamp=STAMP,
)
SERIES = Series(
    key="ungis",
    short_name="UNGIS",
    name="United Nations Group on the Information Society",
    kind=Kind.INTER_AGENCY_MECHANISM,
    convener="CEB",
    roles=(SeriesRole(role=Role.MEMBER), SeriesRole(role=Role.CO_CHAIR, year=2016)),
)


def test_event_from_a_draft_says_what_it_says():
    here = datetime(2026, 11, 23, 2, 0, 0, 999, tzinfo=timezone(timedelta(hours=2)))
    event = Event.from_draft(DRAFT, uid=EVENT.uid, slug="cop-22", now=here)
    assert event == EVENT
    assert event.stamp.tzinfo is UTC


def test_draft_of_an_event_is_what_it_was_made_from():
    event = Event.from_draft(DRAFT, uid=EVENT.uid, slug="cop-22", now=STAMP)
    assert event.draft() == DRAFT
    assert {field.name for field in fields(Draft)} < {field.name for field in fields(Event)}


def test_revise_raises_the_sequence_and_keeps_identity():
    draft = replace(DRAFT, title="Climate Change Conference", span=spans.parse("November 2016"))
    assert EVENT.revise(draft) == replace(EVENT, title=draft.title, span=draft.span, sequence=1)


def test_revise_by_the_same_draft_is_the_event_itself():
    assert EVENT.revise(EVENT.draft()) is EVENT


def test_verify_names_the_source_and_publishes():
    hidden = replace(EVENT, confidence=Confidence.LOW, published=False, source_date="2015", sequence=4)
    assert hidden.unverified
    assert hidden.verify(source="UNFCCC", source_url="https://unfccc.int/") == replace(
        hidden,
        source="UNFCCC",
        source_url="https://unfccc.int/",
        source_date="",
        confidence=Confidence.MEDIUM,
        published=True,
        sequence=5,
    )


def test_event_is_frozen():
    with pytest.raises(FrozenInstanceError):
        EVENT.title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("status", "expected", "off", "public"),
    [
        (Status.TENTATIVE, True, False, True),
        (Status.CONFIRMED, False, False, True),
        (Status.POSTPONED, False, True, True),
        (Status.CANCELLED, False, True, True),
        (Status.WITHDRAWN, False, False, False),
    ],
)
def test_status_says_what_is_expected_off_and_public(status, expected, off, public):
    event = replace(EVENT, status=status)
    assert (event.expected, event.off, event.public) == (expected, off, public)
    assert not replace(event, published=False).public


@pytest.mark.parametrize(
    ("dates", "roles"),
    [
        ("5 July 2016", (Role.MEMBER, Role.CO_CHAIR)),
        ("28 December 2015 - 2 January 2016", (Role.MEMBER, Role.CO_CHAIR)),
        ("2016", (Role.MEMBER, Role.CO_CHAIR)),
        ("5 July 2017", (Role.MEMBER,)),
        ("31 December 2015", (Role.MEMBER,)),
    ],
)
def test_roles_of_an_event_are_its_series_in_that_year(dates, roles):
    assert roles_of(replace(EVENT, span=spans.parse(dates)), SERIES) == roles


def test_roles_and_convener_of_its_own_come_first():
    own = replace(EVENT, roles=(Role.ORGANIZER,), convener="UNFCCC")
    assert (roles_of(own, SERIES), convener_of(own, SERIES)) == ((Role.ORGANIZER,), "UNFCCC")
    assert (roles_of(EVENT, None), convener_of(EVENT, None)) == ((), "")
    assert convener_of(EVENT, SERIES) == "CEB"
