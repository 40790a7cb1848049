"""No event that a calendar can't hold is saved."""

from dataclasses import replace

import pytest

from calendar_app import catalogue, loading, texts
from calendar_app.errors import CalendarError
from calendar_app.events import Part
from calendar_app.formats.checking import check
from calendar_app.store import Store, events
from tests.conftest import NOW
from tests.test_ical import MEETING, TIMED

PART = Part(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f005", title="Opening", span=MEETING.span)
BROKEN = replace(MEETING, uid="no uuid, but of thirty-six letters..")


def test_event_that_can_be_told_passes():
    assert (check(MEETING, {}), check(TIMED, {})) == (None, None)


@pytest.mark.parametrize("link", ['http://a"b/', "https://x\\y/", "https://a`b/", "https://a{b}/"])
def test_event_with_a_link_of_an_earlier_version_passes(link):
    links = dict.fromkeys(("url", "registration_url", "webcast_url", "source_url"), link)
    assert check(replace(MEETING, **links, parts=(replace(PART, url=link),)), {}) is None


def test_event_that_breaks_a_rule_is_refused_with_its_clause():
    with pytest.raises(CalendarError) as caught:
        check(BROKEN, {})
    assert (caught.value.message, caught.value.data["name"]) == ("event-unwritable", "Data Forum")
    assert "RFC 7986 §5.3" in texts.of("en").error(caught.value)


def test_catalogue_with_such_an_event_is_not_loaded(empty_store: Store):
    facts = catalogue.parse()
    with pytest.raises(CalendarError, match="event-unwritable"):
        loading.load(empty_store, replace(facts, events=(*facts.events, BROKEN)), now=NOW)
    assert empty_store.revision() == 0
    assert events.by_ids(empty_store, list(range(1, 1000))) == []
