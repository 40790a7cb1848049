from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from calendar_app import catalogue, loading, places, spans
from calendar_app.catalogue import DATE, Catalogue
from calendar_app.events import Event, Series
from calendar_app.reconcile import Decision, Verdict
from calendar_app.selection import Selection
from calendar_app.store import (
    Store,
    engagements,
    events,
    figures,
    history,
    partners,
    report_places,
    search,
    series,
)
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Confidence, Role, Status

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
SHIPPED = catalogue.parse()


def dump(store: Store) -> str:
    return "\n".join(store.db.conn.iterdump())


def everything(store: Store) -> list[Event]:
    return sorted(events.by_ids(store, list(range(1, 10_000))), key=lambda event: event.slug)


def with_event(key: str, **changes: object) -> Catalogue:
    return replace(SHIPPED, events=tuple(replace(e, **changes) if e.slug == key else e for e in SHIPPED.events))


def with_series(key: str, **changes: object) -> Catalogue:
    return replace(SHIPPED, series=tuple(replace(s, **changes) if s.key == key else s for s in SHIPPED.series))


def edit(store: Store, slug: str, **changes: object) -> Event:
    with store.change(NOW, actor="editor@itu.int", reason="A letter") as change:
        event = events.by_slug(store, slug)
        return events.save(change, event.revise(replace(event.draft(), **changes)), action="edited")


def add(store: Store, **facts_of: object) -> Event:
    event = Event(
        uid="00000000-0000-4000-8000-000000000000",
        slug="added",
        stamp=NOW,
        title="HLPF side meeting",
        span=spans.parse("12 July 2027"),
    )
    with store.change(NOW, actor="editor@itu.int") as change:
        return events.save(change, replace(event, **facts_of), action="added")


def test_load_fills_an_empty_record(empty_store: Store):
    decisions = loading.load(empty_store, SHIPPED, now=NOW)
    assert everything(empty_store) == sorted(SHIPPED.events, key=lambda event: event.slug)
    assert series.directory(empty_store) == {each.key: each for each in SHIPPED.series}
    assert loading.tally(decisions) == {"new": len(SHIPPED.events), "changed": 0, "same": 0, "vanished": 0}


def test_load_records_where_each_event_came_from(store: Store):
    event = events.by_slug(store, "hlpf-2016")
    (revision,) = history.of_event(store, event.uid)
    assert revision == history.Revision(at=DATE, actor="catalogue", action="added", reason="", before=None, after=event)


def test_load_keeps_engagements_figures_and_the_reports_order(store: Store):
    assert engagements.all_public(store) == [engagement for _, engagement in SHIPPED.engagements]
    assert list(partners.directory(store).values()) == sorted(SHIPPED.partners, key=lambda each: each.name.casefold())
    assert figures.standing(store) == SHIPPED.figures
    assert report_places.standing(store) == SHIPPED.report
    assert series.pillars(store) == {"ceb": ("hlcp", "hlcm", "undg"), "hlcm": ("ict-network-infosec-sig",)}


def test_load_keeps_what_an_editor_made_of_a_statement_and_follows_the_others(store: Store):
    (name, one), (other_name, other), *rest = SHIPPED.engagements
    with store.change(NOW, actor="editor@itu.int", reason="In full") as change:
        ours = Kept(engagement=replace(one, detail="Took part in all of it"), note="Ask Ana")
        engagements.save(change, store, ours, action="changed")
    told = ((name, replace(one, detail="Took part, twice")), (other_name, replace(other, detail="Spoke")), *rest)
    loading.load(store, replace(SHIPPED, engagements=told), now=LATER)
    assert engagements.find(store, one.uid) == ours
    assert engagements.find(store, other.uid) == Kept(engagement=replace(other, detail="Spoke"))
    # What the catalogue no longer tells stays, and what was taken out stays out.
    with store.change(NOW, actor="editor@itu.int", reason="Not so") as change:
        engagements.save(change, store, replace(ours, removed=True), action="removed")
    loading.load(store, replace(SHIPPED, engagements=SHIPPED.engagements[:1]), now=LATER)
    assert engagements.find(store, one.uid).removed
    assert engagements.find(store, other.uid) == Kept(engagement=replace(other, detail="Spoke"))


def test_load_tells_of_statements_that_are_new_changed_kept_or_no_longer_told(store: Store):
    (name, one), (other_name, other), (gone, third), (_out, fourth), *rest = SHIPPED.engagements
    taken_out = Kept(engagement=fourth, removed=True)
    with store.change(NOW, actor="editor@itu.int", reason="In full") as change:
        engagements.save(change, store, Kept(engagement=replace(one, detail="Ours")), action="changed")
        engagements.save(change, store, taken_out, action="removed")
    new = "event/igf-2016/2016/chair/1", replace(third, uid="0" * 36, detail="Chaired it")
    theirs = ((name, replace(one, detail="Theirs")), (other_name, replace(other, detail="Spoke")))
    told = replace(SHIPPED, engagements=(*theirs, *rest, new))
    assert list(loading.told(loading.statements(store, told))) == [
        f"{name}: an editor's word stands",
        f"{other_name}: changed",
        "event/igf-2016/2016/chair/1: new",
        f"{gone}: no longer told, and stays as it is",
    ]
    loading.load(store, told, now=LATER)
    assert list(loading.told(loading.statements(store, told))) == [f"{gone}: no longer told, and stays as it is"]
    assert engagements.find(store, third.uid) == Kept(engagement=third)
    assert engagements.find(store, fourth.uid) == taken_out


def test_folder_without_files_that_there_need_not_be_leaves_what_they_said(store: Store, spoiled: Callable[..., Path]):
    with store.change(NOW, actor="editor@itu.int", reason="Its name in law") as change:
        gsma = partners.find(change.db, "gsma")
        assert gsma is not None
        partners.put(change, replace(gsma, name="GSM Association"))
    before, revision = dump(store), store.revision()
    folder = spoiled("engagements.csv", "", "")
    for name in ("aliases.csv", "parts.csv", "partners.csv", "pillars.csv", "regions.csv"):
        (folder / name).unlink()
    loading.load(store, catalogue.parse(folder), now=LATER)
    assert (dump(store), store.revision()) == (before, revision)
    said = (folder / "engagements.csv").read_text(encoding="utf-8")
    (folder / "engagements.csv").write_text(said.replace("GSMA", "GSMA; WEF; Telefónica"), encoding="utf-8")
    loading.load(store, catalogue.parse(folder), now=LATER)
    named = {key for each in engagements.all_public(store) if "gsma" in each.partners for key in each.partners}
    assert {"world-economic-forum", "telefonica"} <= named
    assert partners.directory(store).keys() - {each.key for each in SHIPPED.partners} == {"telefonica"}


def test_load_keeps_what_an_editor_made_of_a_partner(store: Store):
    first, *others = SHIPPED.partners
    ours = replace(first, aliases=("GeSI e.V.",))
    with store.change(NOW, actor="editor@itu.int", reason="Its name in law") as change:
        partners.put(change, ours)
    told = (replace(first, url="https://gesi.example/"), *(replace(each, url="") for each in others))
    loading.load(store, replace(SHIPPED, partners=told), now=LATER)
    assert partners.directory(store) == {each.key: each for each in (ours, *told[1:])}


def test_loading_twice_changes_nothing(store: Store):
    before, revision = dump(store), store.revision()
    decisions = loading.load(store, catalogue.parse(), now=LATER)
    assert set(decisions.values()) == {Decision(verdict=Verdict.SAME, event=event) for event in everything(store)}
    assert store.revision() == revision
    assert dump(store) == before


def test_two_records_loaded_at_different_times_are_equal(store: Store, empty_store: Store):
    loading.load(empty_store, SHIPPED, now=datetime(2031, 1, 1, 23, 59, 59, tzinfo=UTC))
    assert everything(empty_store) == everything(store)
    tables = ("events", "revisions", "imports", "facets", "series", "plans", "claims", "engagements")
    for table in tables:
        sql = f"SELECT * FROM {table}"  # noqa: S608
        assert empty_store.db.conn.execute(sql).fetchall() == store.db.conn.execute(sql).fetchall()


def test_load_with_a_clock_before_the_facts_still_stamps_after_them(store: Store):
    loading.load(store, with_event("hlpf-2016", title="HLPF"), now=datetime(2020, 1, 1, tzinfo=UTC))
    event = events.by_slug(store, "hlpf-2016")
    assert (event.title, event.stamp, event.sequence) == ("HLPF", DATE + timedelta(seconds=1), 1)


def test_load_takes_what_the_catalogue_changed(store: Store):
    before = events.by_slug(store, "igf-2016")
    decisions = loading.load(store, with_event("igf-2016", span=spans.parse("6-9 December 2016")), now=LATER)
    after = replace(before, span=spans.parse("6-9 December 2016"), sequence=1, stamp=LATER)
    assert events.by_slug(store, "igf-2016") == after
    assert decisions["igf-2016"].taken == ("span",)
    assert loading.tally(decisions) == {"new": 0, "changed": 1, "same": len(SHIPPED.events) - 1, "vanished": 0}
    assert history.of_event(store, before.uid)[0] == history.Revision(
        at=LATER, actor="catalogue", action="changed", reason="", before=before, after=after
    )


def test_an_editors_change_survives_a_reload(store: Store):
    edited = edit(store, "unfccc-cop-2016", title="COP 22", venue="Bab Ighli")
    before = dump(store)
    loading.load(store, SHIPPED, now=LATER)
    assert events.by_slug(store, "unfccc-cop-2016") == edited
    assert dump(store) == before


def test_an_editors_change_survives_where_the_catalogue_changed_the_same_field(store: Store):
    edited = edit(store, "unfccc-cop-2016", title="COP 22")
    changed = with_event("unfccc-cop-2016", title="Marrakech Climate Change Conference", venue="Bab Ighli")
    decisions = loading.load(store, changed, now=LATER)
    expected = replace(edited, venue="Bab Ighli", sequence=2, stamp=LATER)
    assert decisions["unfccc-cop-2016"] == Decision(
        verdict=Verdict.CHANGED, event=replace(expected, stamp=edited.stamp), taken=("venue",), kept=("title",)
    )
    assert events.by_slug(store, "unfccc-cop-2016") == expected
    # What was kept once stays kept: the next load has nothing to ask.
    before = dump(store)
    loading.load(store, changed, now=LATER + timedelta(days=1))
    assert dump(store) == before


def test_an_editors_undoing_follows_nothing(store: Store):
    edit(store, "unfccc-cop-2016", title="COP 22")
    undone = edit(store, "unfccc-cop-2016", title=events_title("unfccc-cop-2016"))
    loading.load(store, with_event("unfccc-cop-2016", title="Another"), now=LATER)
    # It says again what the catalogue had said, and so is the catalogue's to change.
    assert events.by_slug(store, "unfccc-cop-2016") == replace(undone, title="Another", sequence=3, stamp=LATER)


def events_title(key: str) -> str:
    return next(event.title for event in SHIPPED.events if event.slug == key)


def test_a_withdrawn_event_stays_withdrawn(store: Store):
    withdrawn = edit(store, "hlpf-2016", status=Status.WITHDRAWN)
    loading.load(store, with_event("hlpf-2016", status=Status.CANCELLED), now=LATER)
    assert events.by_slug(store, "hlpf-2016") == withdrawn


def test_a_vanished_event_stays(store: Store):
    before = everything(store)
    fewer = replace(
        SHIPPED,
        events=tuple(event for event in SHIPPED.events if event.slug != "igf-2016"),
        engagements=tuple(each for each in SHIPPED.engagements if each[0].split("/")[1] != "igf-2016"),
        report=tuple(place for place in SHIPPED.report if place.key != "igf-2016"),
    )
    decisions = loading.load(store, fewer, now=LATER)
    assert decisions["igf-2016"] == Decision(verdict=Verdict.VANISHED, event=events.by_slug(store, "igf-2016"))
    assert everything(store) == before
    # And it is the same event when it comes back.
    assert loading.tally(loading.load(store, SHIPPED, now=LATER))["same"] == len(SHIPPED.events)
    assert everything(store) == before


def test_a_new_event_is_added_beside_the_others(store: Store):
    before = everything(store)
    new = replace(SHIPPED.events[0], uid="00000000-0000-5000-8000-000000000000", slug="youth-forum-2030", title="New")
    decisions = loading.load(store, replace(SHIPPED, events=(*SHIPPED.events, new)), now=LATER)
    assert decisions["youth-forum-2030"] == Decision(verdict=Verdict.NEW, event=new)
    assert everything(store) == sorted([*before, new], key=lambda event: event.slug)


def test_a_slug_that_the_desk_minted_first_is_numbered_for_the_catalogue(store: Store):
    added = add(store, slug="youth-forum-2030")
    more = add(store, uid="11111111-0000-4000-8000-000000000000", slug="youth-forum-2030-2")
    new = replace(SHIPPED.events[0], uid="00000000-0000-5000-8000-000000000000", slug="youth-forum-2030", title="New")
    grown = replace(SHIPPED, events=(*SHIPPED.events, new))
    decisions = loading.load(store, grown, now=LATER)
    assert decisions["youth-forum-2030"] == Decision(verdict=Verdict.NEW, event=new)
    kept = events.by_uid(store, new.uid)
    assert kept == replace(new, slug="youth-forum-2030-3")
    assert [events.by_uid(store, event.uid) for event in (added, more)] == [added, more]
    # And it is the same event ever after, under the slug that it was given.
    before = dump(store)
    assert loading.load(store, grown, now=LATER)["youth-forum-2030"] == Decision(verdict=Verdict.SAME, event=kept)
    assert dump(store) == before
    renamed = replace(grown, events=(*SHIPPED.events, replace(new, title="Newer")))
    loading.load(store, renamed, now=LATER)
    assert events.by_slug(store, "youth-forum-2030-3").title == "Newer"
    assert events.by_slug(store, "youth-forum-2030") == added


@pytest.mark.parametrize(
    "changed",
    [
        {"span": spans.parse("8-18 November 2016")},
        {"source": "A letter"},
        {"source_url": "https://un.org/"},
        {"source_date": "2016-01-01"},
        {"confidence": Confidence.LOW},
    ],
)
def test_dates_and_their_source_stay_together_once_an_editor_changed_one(store: Store, changed: dict[str, object]):
    edited = edit(store, "unfccc-cop-2016", **changed)
    statement = {
        "span": spans.parse("1-2 December 2016"),
        "source": "Another",
        "source_url": "https://unfccc.int/",
        "source_date": "2027-01-01",
        "confidence": Confidence.LOW if edited.confidence is not Confidence.LOW else Confidence.MEDIUM,
    }
    loaded = loading.load(store, with_event("unfccc-cop-2016", **statement, venue="Bab Ighli"), now=LATER)
    decision = loaded["unfccc-cop-2016"]
    assert (decision.taken, set(decision.kept)) == (("venue",), set(statement))
    expected = replace(edited, venue="Bab Ighli", sequence=2, stamp=LATER)
    assert events.by_slug(store, "unfccc-cop-2016") == expected


def test_dates_and_their_source_are_taken_together_where_no_editor_changed_them(store: Store):
    edited = edit(store, "unfccc-cop-2016", venue="Bab Ighli")
    statement = {"span": spans.parse("1-2 December 2016"), "source": "Another", "source_url": "https://unfccc.int/"}
    loading.load(store, with_event("unfccc-cop-2016", **statement), now=LATER)
    assert events.by_slug(store, "unfccc-cop-2016") == replace(edited, **statement, sequence=2, stamp=LATER)


def rename_city(monkeypatch: pytest.MonkeyPatch, name: str, alias: str) -> None:
    """As a new release of the shipped facts does that gives a city one more name."""
    known = places.cities()
    grown = {at: replace(c, aliases=(*c.aliases, alias)) if c.name == name else c for at, c in known.items()}
    monkeypatch.setattr(places, "cities", lambda: grown)
    by_name = places._by_name.__wrapped__()
    monkeypatch.setattr(places, "_by_name", lambda: by_name)


def test_retelling_raises_the_events_whose_text_a_release_changed(store: Store, monkeypatch: pytest.MonkeyPatch):
    assert loading.retell(store, now=LATER) == 0
    before, revision = everything(store), store.revision()
    here = [event for event in before if event.city == "Quito"]
    rename_city(monkeypatch, "Quito", "Quitu")
    assert loading.retell(store, now=LATER) == len(here) > 0
    told = {event.uid: replace(event, sequence=event.sequence + 1, stamp=LATER) for event in here}
    assert everything(store) == [told.get(event.uid, event) for event in before]
    assert store.revision() > revision
    for event in here:
        assert history.of_event(store, event.uid)[0] == history.Revision(
            at=LATER, actor="catalogue", action="renamed", reason="", before=event, after=told[event.uid]
        )
    assert {event.uid for event in events.by_ids(store, search.ids(store, Selection(words="quitu")))} == told.keys()
    # Once told, it is no news.
    text = dump(store)
    assert loading.retell(store, now=LATER + timedelta(days=1)) == 0
    assert dump(store) == text


def test_loading_retells_what_the_catalogue_itself_did_not_change(store: Store, monkeypatch: pytest.MonkeyPatch):
    before = events.by_slug(store, "habitat-2016")
    rename_city(monkeypatch, "Quito", "Quitu")
    loading.load(store, with_event("habitat-2016", title="Habitat III, the conference"), now=LATER)
    # Told once, with both changes.
    after = replace(before, title="Habitat III, the conference", sequence=before.sequence + 1, stamp=LATER)
    assert events.by_slug(store, "habitat-2016") == after
    assert [each.action for each in history.of_event(store, before.uid)] == ["changed", "added"]


@pytest.mark.parametrize(
    "changes",
    [
        {"short_name": "Political Forum"},
        {"name": "Political Forum"},
        {"convener": "General Assembly"},
        {"roles": ()},
    ],
)
def test_a_renamed_series_is_a_revision_of_each_of_its_events(store: Store, changes: dict[str, object]):
    before = {event.slug: event for event in everything(store)}
    loading.load(store, with_series("hlpf", **changes), now=LATER)
    for event in everything(store):
        told = before[event.slug]
        expected = replace(told, sequence=told.sequence + 1, stamp=LATER) if told.series == "hlpf" else told
        assert event == expected
    assert history.of_event(store, before["hlpf-2016"].uid)[0].action == "renamed"
    assert sum(event.series == "hlpf" for event in before.values()) > 10
    # Once told, it is no news.
    text = dump(store)
    loading.load(store, with_series("hlpf", **changes), now=LATER + timedelta(days=1))
    assert dump(store) == text


def test_a_renamed_series_is_found_by_its_new_name(store: Store):
    added = add(store, series="hlpf")
    loading.load(store, with_series("hlpf", name="Zukunftsforum", convener="Bundesrat"), now=LATER)
    named = search.ids(store, Selection(words="zukunftsforum"))
    assert named == search.ids(store, Selection.of(series="hlpf"))
    assert named == search.ids(store, Selection.of(convener="Bundesrat"))
    assert added.slug in {event.slug for event in events.by_ids(store, named)}


def test_a_renamed_series_is_a_revision_of_the_events_that_the_desk_added(store: Store):
    added, other = add(store, series="hlpf"), edit(store, "igf-2016", series="hlpf")
    unpublished = add(store, uid="11111111-0000-4000-8000-000000000000", slug="hidden", series="hlpf", published=False)
    loading.load(store, with_series("hlpf", short_name="Political Forum"), now=LATER)
    for event in (added, other, unpublished):
        assert events.by_uid(store, event.uid) == replace(event, sequence=event.sequence + 1, stamp=LATER)


def test_a_series_whose_shown_text_stays_touches_no_event(store: Store):
    before, revision = everything(store), store.revision()
    loading.load(store, with_series("hlpf", url="https://hlpf.example/", quote="", source="A letter"), now=LATER)
    assert everything(store) == before
    assert series.directory(store)["hlpf"].url == "https://hlpf.example/"
    assert store.revision() > revision


def test_a_series_that_vanished_stays(store: Store):
    fewer = replace(SHIPPED, series=tuple(each for each in SHIPPED.series if each.key != "jiu"))
    fewer = replace(
        fewer,
        engagements=tuple(each for each in fewer.engagements if each[0].split("/")[1] != "jiu"),
        report=tuple(place for place in fewer.report if place.key != "jiu"),
    )
    loading.load(store, fewer, now=LATER)
    assert series.directory(store) == {each.key: each for each in SHIPPED.series}


def test_load_that_fails_leaves_nothing(store: Store):
    before = dump(store)
    orphan: Series = replace(SHIPPED.series[0], key="orphan", themes=("no-such-theme",))
    broken = replace(with_event("hlpf-2016", title="Half"), series=(*SHIPPED.series, orphan))
    with pytest.raises(Exception, match="FOREIGN KEY"):
        loading.load(store, broken, now=LATER)
    assert dump(store) == before
    loading.load(store, SHIPPED, now=LATER)
    assert dump(store) == before


def test_load_reads_a_folder_of_any_kind(store: Store, spoiled: Callable[..., Path]):
    folder = spoiled("events.csv", "11th Annual Internet Governance Forum", "IGF Guadalajara")
    loading.load(store, catalogue.parse(folder), now=LATER)
    assert events.by_slug(store, "igf-2016").title == "IGF Guadalajara"


@pytest.fixture
def spoiled(tmp_path: Path) -> Callable[..., Path]:
    """Gives a copy of the shipped files with one text replaced in one of them."""

    def copy(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "catalogue"
        folder.mkdir()
        for path in (Path(catalogue.__file__).parent).glob("*.csv"):
            text = path.read_text(encoding="utf-8")
            (folder / path.name).write_text(text.replace(old, new) if path.name == name else text, encoding="utf-8")
        return folder

    return copy


def test_roles_of_the_year_alone_are_facets_of_that_year(store: Store):
    rename = with_series("cstd", roles=(*next(s.roles for s in SHIPPED.series if s.key == "ungis"),))
    loading.load(store, rename, now=LATER)
    chosen = Selection.of(series="cstd", role=str(Role.CO_CHAIR))
    assert {event.span.first.year for event in events.by_ids(store, search.ids(store, chosen))} == {2016}


def test_part_of_a_later_release_reaches_the_record_but_not_over_an_editors(empty_store: Store):
    now = catalogue.parse()
    loading.load(empty_store, replace(now, events=tuple(replace(event, parts=()) for event in now.events)), now=DATE)
    edit(empty_store, "hlpf-2027", title="HLPF 2027")
    edited = events.by_slug(empty_store, "hlpf-2015")
    (shipped,) = next(event for event in now.events if event.slug == "hlpf-2015").parts
    with empty_store.change(DATE, actor="editor") as change:
        events.save(change, replace(edited, parts=(replace(shipped, title="Ministers meet"),)), action="edited")
    loading.load(empty_store, now, now=DATE)
    assert {slug: [part.title for part in events.by_slug(empty_store, slug).parts] for slug in HLPFS} == {
        "hlpf-2015": ["Ministers meet"],
        "hlpf-2016": ["Ministerial segment"],
        "hlpf-2027": ["Ministerial segment"],
    }


HLPFS = ("hlpf-2015", "hlpf-2016", "hlpf-2027")
