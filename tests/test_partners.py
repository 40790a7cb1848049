"""Partners: the directory at the desk, its history, two that are one, and what is selected by partner."""

from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_app import desk, texts, titles
from calendar_app.desk import partner_fields, partner_merging, partner_names, partners
from calendar_app.engagement import Engagement, Partner, key_of, named
from calendar_app.errors import ConflictError, NotFoundError, ProblemsError, SelectionError
from calendar_app.publish import Publisher
from calendar_app.selection import Selection, parse
from calendar_app.store import Store, engagements, events, naming, search, stated
from calendar_app.store import partners as directory
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Activity, PartnerKind
from tests.conftest import BASE, NOW

EDITOR = "editor@example.org"
LATER = NOW + timedelta(minutes=5)
FIVE = {
    *("hlpf-2016", "ecosoc-partnership-forum-2016", "ffd-forum-2016"),
    *("ecosoc-integration-segment-2016", "sti-forum-2016"),
}
GIVEN = {"name": "Telefónica", "kind": "company", "aliases": "Telefonica S.A.", "url": "https://www.telefonica.com/"}
TELEFONICA = Partner(
    key="telefonica",
    name="Telefónica",
    kind=PartnerKind.COMPANY,
    aliases=("Telefonica S.A.",),
    url="https://www.telefonica.com/",
)


def add(store: Store, **told: str) -> Partner:
    return partners.add(store, {**GIVEN, **told}, reason="Asked for", actor=EDITOR, now=NOW)


def edit(store: Store, key: str, *, seen: int | None = None, **told: str) -> Partner:
    given = {**partner_fields.fields_of(directory.directory(store)[key]), **told}
    return partners.edit(
        store, key, given, seen=newest(store, key) if seen is None else seen, reason="Better", actor=EDITOR, now=LATER
    )


def undo(store: Store, key: str, revision: int) -> Partner:
    return partners.undo(store, key, revision, seen=newest(store, key), reason="No", actor=EDITOR, now=LATER)


def merge(store: Store, key: str, into: str, *, names: bool = True) -> Partner:
    told = {"seen": newest(store, key), "reason": "One house", "actor": EDITOR, "now": LATER}
    return partner_merging.merge(store, key, into, names=names, **told)


def newest(store: Store, key: str) -> int:
    return directory.newest_revision(store.db, key)


def state(store: Store, uid: str, slug: str, *keys: str, public: bool = True) -> None:
    told = Engagement(
        uid=uid,
        year=2016,
        activity=Activity.SIDE_EVENT,
        detail="Said together",
        events=(events.by_slug(store, slug).uid,),
        partners=keys,
        public=public,
    )
    with store.change(LATER, actor=EDITOR, reason="Read") as change:
        engagements.save(change, store, Kept(engagement=told), action="added")


def slugs(store: Store, chosen: Selection) -> set[str]:
    return {event.slug for event in events.by_ids(store, search.ids(store, chosen))}


def wrong(problems: tuple) -> list[tuple[str, str, int]]:
    return [(problem.field, problem.error.message, problem.line) for problem in problems]


def told_in_log(store: Store) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in store.db.execute("SELECT action, detail FROM journal ORDER BY id").fetchall()]


def test_partner_is_added_under_a_key_of_its_name(store: Store):
    assert add(store) == TELEFONICA
    assert directory.directory(store)["telefonica"] == TELEFONICA
    (revision,) = directory.revisions(store, "telefonica")
    assert (revision.actor, revision.reason, revision.before, revision.after) == (EDITOR, "Asked for", None, TELEFONICA)
    assert told_in_log(store) == [("partner-added", "Telefónica")]


def test_key_is_never_one_that_is_taken_or_the_address_of_the_form(store: Store):
    assert add(store, name="New", aliases="").key == "new-2"
    assert add(store, name="G.S.M.A.", aliases="").key == "g-s-m-a"
    assert add(store, name="GS-MA", aliases="").key == "gs-ma"
    assert add(store, name="gs ma!", aliases="").key == "gs-ma-2"
    assert add(store, name="中国移动", aliases="").key == key_of("中国移动") == "partner-8d0fc70c"


@pytest.mark.parametrize(
    ("told", "problems"),
    [
        ({"name": " "}, [("name", "required", 0)]),
        ({"name": "—"}, [("name", "title-signs", 0)]),
        ({"name": "x" * 201}, [("name", "text-long", 0)]),
        ({"kind": ""}, [("kind", "required", 0)]),
        ({"kind": "club"}, [("kind", "choice-unknown", 0)]),
        ({"url": "javascript:alert(1)"}, [("url", "link-unreadable", 0)]),
        ({"url": "www.gsma.com"}, [("url", "link-scheme", 0)]),
        ({"aliases": "A\n\n…"}, [("aliases", "title-signs", 3)]),
        ({"aliases": "\n".join(map(str, range(21)))}, [("aliases", "lines-long", 0)]),
        ({"name": "gsma"}, [("name", "partner-twice", 0)]),
        ({"name": "WÉF"}, [("name", "partner-twice", 0)]),
        ({"aliases": "Telco\nGSM  association"}, [("aliases", "partner-twice", 0)]),
        ({"name": "\ud800"}, [("name", "text-control", 0)]),
    ],
)
def test_partner_that_can_not_be_is_refused_at_its_field(store: Store, told, problems):
    before = directory.directory(store)
    with pytest.raises(ProblemsError) as caught:
        add(store, **told)
    assert wrong(caught.value.problems) == problems
    assert directory.directory(store) == before


def test_change_needs_a_reason(store: Store):
    with pytest.raises(ProblemsError) as caught:
        partners.add(store, GIVEN, reason=" ", actor=EDITOR, now=NOW)
    assert wrong(caught.value.problems) == [("reason", "reason-required", 0)]


def test_other_name_that_is_said_twice_or_is_the_name_is_kept_once(store: Store):
    assert add(store, aliases="TELEFONICA\nMovistar\nmovistar ").aliases == ("Movistar",)


def test_new_names_are_added_once_and_known_ones_are_found_by_any_name(store: Store):
    kinds = {"orange": PartnerKind.COMPANY}
    with store.change(NOW, actor=EDITOR) as change:
        told = partner_names.Named(names=(" wef", "Orange", "ORANGE", "WEF"), kinds=kinds)
        assert partner_names.keys(change, told) == ("world-economic-forum", "orange")
    assert directory.directory(store)["orange"] == Partner(key="orange", name="Orange", kind=PartnerKind.COMPANY)


def test_edited_partner_keeps_its_key_and_its_events_are_found_by_its_new_name(store: Store):
    assert slugs(store, Selection(words="mobile operators")) == set()
    after = edit(store, "gsma", name="Mobile Operators’ House")
    assert (after.key, after.name, after.aliases) == ("gsma", "Mobile Operators’ House", ("GSM Association",))
    assert slugs(store, Selection(words="mobile operators")) == FIVE
    assert slugs(store, Selection(words="gsma")) == set()
    assert slugs(store, Selection.of(partner="gsma")) == FIVE
    assert told_in_log(store) == [("partner-edited", "Mobile Operators’ House")]


def test_partner_that_someone_changed_meanwhile_is_not_changed(store: Store):
    seen = newest(store, "gsma")
    after = edit(store, "gsma", url="https://gsma.example/")
    with pytest.raises(ConflictError, match="partner-changed"):
        edit(store, "gsma", seen=seen, name="GSMA!")
    assert directory.directory(store)["gsma"] == after


def test_edit_that_changes_nothing_is_no_change(store: Store):
    before = newest(store, "gsma")
    edit(store, "gsma")
    assert (newest(store, "gsma"), told_in_log(store)) == (before, [])


def test_undo_puts_back_what_one_change_changed_and_keeps_the_rest(store: Store):
    first = directory.directory(store)["gsma"]
    edit(store, "gsma", name="GSM Alliance")
    number = newest(store, "gsma")
    edit(store, "gsma", url="https://gsma.example/")
    undone = undo(store, "gsma", number)
    assert (undone.name, undone.url) == (first.name, "https://gsma.example/")
    assert slugs(store, Selection(words="alliance")) == set()


def test_undo_is_refused_where_it_can_not_be_told_what_to_put_back(store: Store):
    (came,) = directory.revisions(store, "gsma")
    edit(store, "gsma", name="GSM Alliance")
    number = newest(store, "gsma")
    edit(store, "gsma", name="GSM Union")
    for revision, message in ((number, "undo-since"), (came.id, "partner-undo")):
        with pytest.raises(ConflictError, match=message):
            undo(store, "gsma", revision)
    with pytest.raises(NotFoundError):
        undo(store, "gsma", 10_000)


def test_undo_gives_no_name_that_is_another_s_by_now(store: Store):
    edit(store, "gsma", name="GSM Society")
    add(store, name="GSMA", aliases="")
    with pytest.raises(ProblemsError) as caught:
        undo(store, "gsma", newest(store, "gsma"))
    assert wrong(caught.value.problems) == [("name", "partner-twice", 0)]


def test_partner_that_is_another_leaves_all_that_was_said_to_it(store: Store):
    add(store)
    state(store, "0" * 36, "igf-2016", "telefonica", "gsma")
    state(store, "1" * 36, "whs-2016", "telefonica", public=False)
    kept = merge(store, "telefonica", "gsma")
    assert kept.aliases == ("GSM Association", "Telefónica", "Telefonica S.A.")
    assert kept.url == "https://www.gsma.com/"
    assert engagements.find(store, "0" * 36).engagement.partners == ("gsma",)
    assert engagements.find(store, "1" * 36).engagement.partners == ("gsma",)
    assert engagements.revisions(store, "0" * 36)[0].reason == "One house"
    assert directory.directory(store)["telefonica"].same_as == "gsma"
    assert named(directory.directory(store), "telefonica") == kept
    # Who asks for the old one gets the other; an address may have been kept.
    assert parse([("partner", "telefonica")], lambda *told: search.known(store, *told)) == Selection.of(partner="gsma")
    assert slugs(store, Selection.of(partner="gsma")) == FIVE | {"igf-2016"}
    assert slugs(store, Selection(words="telefonica")) == FIVE | {"igf-2016"}
    assert told_in_log(store)[-1] == ("partner-merged", "GSMA")


def test_partner_that_is_another_can_not_be_changed_or_be_one_that_is_not_there(store: Store):
    add(store)
    for into in ("telefonica", "nobody", ""):
        with pytest.raises(ProblemsError) as caught:
            merge(store, "telefonica", into)
        assert wrong(caught.value.problems) == [("same_as", "partner-same", 0)]
    merge(store, "telefonica", "gsma")
    with pytest.raises(ConflictError, match="partner-changed"):
        edit(store, "telefonica", name="Movistar")
    with pytest.raises(ProblemsError):
        merge(store, "who", "telefonica")


def test_names_of_one_that_was_never_public_are_kept_for_the_desk(store: Store):
    add(store)
    state(store, "1" * 36, "whs-2016", "telefonica", public=False)
    gsma = directory.directory(store)["gsma"]
    assert merge(store, "telefonica", "gsma", names=False) == gsma
    assert engagements.find(store, "1" * 36).engagement.partners == ("gsma",)
    assert slugs(store, Selection(words="telefonica")) == set()
    with pytest.raises(SelectionError):
        parse([("partner", "telefonica")], lambda *told: search.known(store, *told))
    # At the desk they mean the one that it turned out to be, and are no other's.
    assert named(directory.directory(store), "Telefonica S.A.") == gsma
    with pytest.raises(ProblemsError):
        add(store, name="Telefónica")
    number = newest(store, "telefonica")
    partner_merging.part(store, "telefonica", number, reason="Two", actor=EDITOR, now=LATER)
    assert directory.directory(store)["gsma"] == gsma
    assert engagements.find(store, "1" * 36).engagement.partners == ("telefonica",)


def test_partners_that_were_joined_are_parted_again(store: Store):
    before = add(store)
    state(store, "0" * 36, "igf-2016", "telefonica", "gsma")
    gsma = directory.directory(store)["gsma"]
    merge(store, "telefonica", "gsma")
    number = newest(store, "telefonica")
    assert partner_merging.part(store, "telefonica", number, reason="Two", actor=EDITOR, now=LATER) == before
    assert directory.directory(store)["telefonica"] == before
    assert directory.directory(store)["gsma"] == gsma
    assert engagements.find(store, "0" * 36).engagement.partners == ("telefonica", "gsma")
    assert slugs(store, Selection.of(partner="telefonica")) == {"igf-2016"}
    with pytest.raises(ConflictError, match="partner-undo"):
        partner_merging.part(store, "telefonica", number, reason="Two", actor=EDITOR, now=LATER)


def test_partners_are_not_parted_once_a_statement_names_others(store: Store):
    add(store)
    state(store, "0" * 36, "igf-2016", "telefonica")
    merge(store, "telefonica", "gsma")
    state(store, "0" * 36, "igf-2016", "gsma", "who")
    with pytest.raises(ConflictError, match="undo-since"):
        partner_merging.part(store, "telefonica", newest(store, "telefonica"), reason="Two", actor=EDITOR, now=LATER)
    assert engagements.find(store, "0" * 36).engagement.partners == ("gsma", "who")


def test_statement_of_a_withdrawn_event_is_told_to_nobody_until_it_is_back(store: Store):
    add(store)
    state(store, "0" * 36, "igf-2016", "telefonica")
    uid = events.by_slug(store, "igf-2016").uid
    (told,) = (each for each in engagements.all_public(store) if each.uid == "0" * 36)
    for step in (desk.Step.WITHDRAW, desk.Step.REINSTATE):
        event = events.by_uid(store, uid)
        given = {"reason": "Note", "source": "Note"}
        desk.take(store, uid, step, given=given, sequence=event.sequence, actor=EDITOR, now=LATER)
        gone = step is desk.Step.WITHDRAW
        assert (told in engagements.all_public(store)) is not gone
        assert (told in engagements.of_event(store, uid)) is not gone
        assert (told in engagements.of_partner(store, "telefonica")) is not gone
    # Those who seek by the partner find it as before.
    assert slugs(store, Selection.of(partner="telefonica")) == {"igf-2016"}


def test_partner_of_internal_statements_alone_selects_nothing_and_has_no_name(store: Store):
    add(store)
    state(store, "0" * 36, "igf-2016", "telefonica", public=False)
    assert search.known(store, "partner", "telefonica") is None
    with pytest.raises(SelectionError):
        parse([("partner", "telefonica")], lambda *told: search.known(store, *told))
    assert slugs(store, Selection(words="telefonica")) == set()
    assert search.corrected(store, "telefonika") is None
    assert "telefonica" not in stated.of_partners(store)


def test_statement_of_an_event_that_nobody_may_see_is_told_of_no_partner(store: Store):
    add(store)
    state(store, "0" * 36, "igf-2016", "telefonica")
    assert stated.of_partners(store)["telefonica"] == 1
    igf = events.by_slug(store, "igf-2016")
    given = {"reason": "Never", "source": "A note"}
    desk.take(store, igf.uid, desk.Step.WITHDRAW, given=given, sequence=igf.sequence, actor=EDITOR, now=LATER)
    assert "telefonica" not in stated.of_partners(store)
    assert engagements.of_partner(store, "telefonica") == []


def test_title_of_a_selection_names_the_partner(store: Store):
    names, chosen = naming.names(store), Selection.of(partner=["gsma", "who"], year="2016")
    assert titles.of(chosen, texts.of("en"), names) == "2016, with GSMA or with WHO"
    assert titles.of_feed(chosen, texts.of("fr"), names) == "Forums de l’ONU : 2016, avec GSMA ou avec WHO"
    assert Publisher(store, base=BASE).name(Selection.of(partner="gsma")) == "UN forums: With GSMA"
    assert titles.of(Selection.of(partner="gone"), texts.of("en"), names) == "With gone"


def test_partner_of_which_nothing_is_public_any_more_is_told_by_its_key_alone(store: Store):
    add(store)
    state(store, "0" * 36, "igf-2016", "telefonica")
    chosen = parse([("partner", "telefonica")], lambda facet, value: search.known(store, facet, value))
    assert titles.of(chosen, texts.of("en"), naming.names(store)) == "With Telefónica"
    with store.change(LATER, actor=EDITOR) as change:
        said = engagements.find(store, "0" * 36)
        engagements.save(change, store, replace(said, removed=True), action="removed")
    edit(store, "telefonica", name="A name that is not out yet")
    assert parse([("partner", "telefonica")], lambda facet, value: search.known(store, facet, value)) == chosen
    assert titles.of(chosen, texts.of("en"), naming.names(store)) == "With telefonica"
    assert Publisher(store, base=BASE).name(chosen) == "UN forums: With telefonica"


def test_partners_are_found_by_any_of_their_names_but_of_those_that_are_another(store: Store):
    add(store)
    found = directory.by_name(store)
    assert {found[name].key for name in ("wef", "world economic forum")} == {"world-economic-forum"}
    assert found["telefonica"].name == "Telefónica"
    merge(store, "telefonica", "gsma")
    assert directory.by_name(store)["telefonica"].key == "gsma"


def test_counts_of_statements_are_those_of_the_record(store: Store):
    told = engagements.all_public(store)
    partners_ = {key for each in told for key in each.partners}
    assert stated.of_partners(store) == {key: sum(key in each.partners for each in told) for key in partners_}
    series = {key for each in told for key in each.series}
    counted = stated.of_series(store)
    assert counted.keys() >= series
    assert counted["hlpf"] == 5
