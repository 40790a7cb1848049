"""The records that benchmarks measure, as large as asked for, whatever the catalogue ships; and that they measure."""

from collections import Counter
from pathlib import Path

from benchmarks import browsing, generated
from calendar_app import catalogue
from calendar_app.selection import Selection
from calendar_app.store import events, search
from calendar_app.topics import Status


def test_generated_record_has_as_many_events_as_were_asked_for(tmp_path: Path):
    store = generated.store(tmp_path, 900)
    assert store.db.conn.execute("SELECT count(*) FROM events").fetchone()[0] == 900
    assert search.count(store, Selection()) == 900
    store.close()


def test_generated_record_is_the_catalogue_in_its_own_years_and_its_like_in_others(tmp_path: Path):
    facts = catalogue.parse().events
    store = generated.store(tmp_path, 3 * len(facts))
    years = search.counts(store, Selection(), ["year"])["year"]
    own = [str(year) for year in range(2015, 2029)]
    told = events.by_ids(store, search.ids(store, Selection.of(year=own)))
    assert {event.slug: event.title for event in told} == {event.slug: event.title for event in facts}
    # Whole stretches of fourteen years; what lies about New Year may be in the year beside.
    before, after = ([years[str(int(year) + shift)] for year in own] for shift in (-7 * 14, -6 * 14))
    today = Counter(year for event in facts for year in {event.span.first.year, event.span.last.year})
    for found in (before, after):
        assert sum(found) >= len(facts)
        assert max(abs(n - today[int(year)]) for n, year in zip(found, own, strict=True)) <= 5
    assert {event.status for event in told} <= set(Status) - {Status.WITHDRAWN}
    store.close()


def test_every_page_is_measured_on_both_records(tmp_path: Path):
    lines = list(browsing.measure(tmp_path, sizes=(90, 100), rounds=1, calls=1, edits=1))
    assert [line.page for line in lines] == list(browsing.PAGES)
    assert all(line.small > 0 and line.large > 0 and line.edited > 0 for line in lines)
