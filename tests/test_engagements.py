"""What ITU did, at the desk: read from a form, added with its partners, changed, taken out, put back and undone."""

from dataclasses import replace

import pytest

from calendar_app import desk
from calendar_app.desk import engagement_fields, engagements, partner_merging
from calendar_app.engagement import Document, Engagement, Partner
from calendar_app.errors import ConflictError, GoneError, NotFoundError, ProblemsError
from calendar_app.store import Store, events, history, log, partners
from calendar_app.store import engagements as kept
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Activity, PartnerKind, Role
from tests.conftest import NOW
from tests.test_desk import EDITOR

GIVEN = {
    "activity": "input",
    "detail": "Contribution on spectrum",
    "events": "hlpf-2016",
    "source": "Note of the mission",
    "source_url": "https://www.itu.int/note",
}


def add(store: Store, **given: str) -> Kept:
    return engagements.add(store, GIVEN | given, actor=EDITOR, now=NOW)


def change(store: Store, before: Kept, *, seen: int | None = None, reason: str = "Wrong", **given: str) -> Kept:
    told = engagement_fields.fields_of(store, before) | given
    return engagements.change(store, before.engagement.uid, told, reason=reason, **told_by(store, before, seen))


def told_by(store: Store, before: Kept, seen: int | None = None) -> dict[str, object]:
    number = kept.newest_revision(store, before.engagement.uid) if seen is None else seen
    return {"seen": number, "actor": EDITOR, "now": NOW}


def undo(store: Store, told: Kept, place: int = 0) -> Kept:
    number = kept.revisions(store, told.engagement.uid)[place].id
    return engagements.undo(store, told.engagement.uid, number, reason="Not so", **told_by(store, told))


def problems(error: ProblemsError) -> list[tuple[str, str, int]]:
    return [(each.field, each.error.message, each.line) for each in error.problems]


def refused(store: Store, **given: str) -> list[tuple[str, str, int]]:
    with pytest.raises(ProblemsError) as error:
        add(store, **given)
    return problems(error.value)


def uid(store: Store, slug: str) -> str:
    return events.by_slug(store, slug).uid


def test_statement_is_kept_whole(store: Store):
    added = add(
        store,
        events="hlpf-2016\nhttps://calendar.example/events/sti-forum-2016",
        series="hlpf",
        partners="gsma; Wef\nGESI",
        documents="A/RES/70/1\nC17/49 Report  to Council https://www.itu.int/c17-49",
        outcome="Taken up in the declaration",
        internal="1",
        note="Ask the mission\nonce more",
        year="1999",
    )
    assert added == Kept(
        engagement=Engagement(
            uid=added.engagement.uid,
            year=2016,
            activity=Activity.INPUT,
            detail="Contribution on spectrum",
            events=(uid(store, "hlpf-2016"), uid(store, "sti-forum-2016")),
            series=("hlpf",),
            partners=("gsma", "world-economic-forum", "gesi"),
            documents=(
                Document(symbol="A/RES/70/1"),
                Document(symbol="C17/49", title="Report to Council", url="https://www.itu.int/c17-49"),
            ),
            outcome="Taken up in the declaration",
            source="Note of the mission",
            source_url="https://www.itu.int/note",
            public=False,
        ),
        note="Ask the mission\nonce more",
    )
    assert kept.find(store, added.engagement.uid) == added
    assert engagement_fields.read(store, engagement_fields.fields_of(store, added)).note == added.note


def test_form_filled_with_a_statement_says_the_same(store: Store):
    for each in kept.all_public(store):
        told = engagement_fields.read(store, engagement_fields.fields_of(store, Kept(engagement=each)))
        assert (told.engagement.events, told.engagement.series) == (each.events, each.series)
        assert (told.engagement.detail, told.engagement.documents) == (each.detail, each.documents)


def test_statement_of_a_series_has_the_year_that_is_given(store: Store):
    assert add(store, events="", series="hlpf", year="2015").engagement.year == 2015
    assert refused(store, events="", series="hlpf") == [("year", "engagement-year", 0)]
    assert refused(store, events="", series="hlpf", year="99") == [("year", "engagement-year", 0)]


def test_every_problem_is_told_at_its_field(store: Store):
    told = refused(
        store,
        activity="dancing",
        detail="",
        events="hlpf-2016\nno-such",
        series="",
        partners="GSMA; Nobody at all",
        documents="Annex\nA/RES/70/1 https://un.org/a more",
        source="",
        source_url="javascript:alert(1)",
        note="x" * 2001,
    )
    assert told == [
        ("activity", "choice-unknown", 0),
        ("detail", "required", 0),
        ("partners", "partner-unknown", 1),
        ("source", "step-source", 0),
        ("source_url", "link-unreadable", 0),
        ("documents", "document-symbol", 1),
        ("documents", "document-link", 2),
        ("events", "event-slug", 2),
        ("note", "text-long", 0),
    ]


@pytest.mark.parametrize("field", ["detail", "outcome", "partners", "documents", "note", "events"])
def test_half_a_letter_is_refused_and_control_characters_are_taken_out(store: Store, field: str):
    assert (field, "text-control", 0) in refused(store, **{field: "a\ud800"})
    clean = {"detail": "One two", "outcome": "One two"}
    added = add(store, **{name: f"{text[:3]}\x00{text[3:]}\u202e" for name, text in clean.items()})
    assert {name: getattr(added.engagement, name) for name in clean} == clean


def test_statement_tells_of_something(store: Store):
    assert refused(store, events="") == [("events", "engagement-subject", 0)]


def test_link_that_is_given_as_the_source_is_named_by_its_host(store: Store):
    told = add(store, source="https://www.un.org/hlpf", source_url="").engagement
    assert (told.source, told.source_url) == ("un.org", "https://www.un.org/hlpf")


def test_name_that_is_nearly_a_partners_is_told(store: Store):
    with pytest.raises(ProblemsError) as error:
        add(store, partners="Aspen Institut")
    (problem,) = error.value.problems
    assert (problem.error.message, problem.error.data["suggestion"]) == ("partner-near", "Aspen Institute")


def test_new_partner_is_added_with_the_statement_or_not_at_all(store: Store):
    added = add(store, partners="GSMA\nCité des Télécoms", partner_kinds="civil-society Cité des Télécoms")
    assert added.engagement.partners == ("gsma", "cite-des-telecoms")
    assert partners.directory(store)["cite-des-telecoms"] == Partner(
        key="cite-des-telecoms", name="Cité des Télécoms", kind=PartnerKind.CIVIL_SOCIETY
    )
    again = add(store, detail="Another", partners="cite DES telecoms", partner_kinds="company cite DES telecoms")
    assert again.engagement.partners == ("cite-des-telecoms",)
    assert refused(store, detail="", partners="Third House", partner_kinds="company Third House") == [
        ("detail", "required", 0)
    ]
    assert "third-house" not in partners.directory(store)


def test_event_is_named_by_its_title_or_words_and_year(store: Store):
    named = "STI Forum 2016\nitu council 2016\nWorld Humanitarian Summit"
    told = add(store, events=named).engagement.events
    slugs = [events.by_uid(store, each).slug for each in told]
    assert slugs == ["sti-forum-2016", "itu-council-2016", "whs-2016"]
    with pytest.raises(ProblemsError) as error:
        add(store, events="ECOSOC 2016\nUN 2016\n2016\n\u2013\nNothing 1950")
    messages = [(each.error.message, each.line) for each in error.value.problems]
    assert messages == [
        *(("event-many", 1), ("event-many", 2), ("event-slug", 3), ("event-slug", 4), ("event-slug", 5))
    ]
    told = str(error.value.problems[0].error.data["events"]).split("; ")
    assert (len(told), all(": " in each for each in told)) == (5, True)


def test_each_new_partner_is_what_is_said_of_it(store: Store):
    names = "Orange; Cité des Télécoms; Aspen Inst"
    near, unknown = ("partners", "partner-near", 1), ("partners", "partner-unknown", 1)
    assert refused(store, partners=names) == [unknown, unknown, near]
    # Something said of another name is said of none of these.
    said = "company Orange\ncompany Blue"
    assert refused(store, partners=names, partner_kinds=said) == [unknown, near]
    said = "company Orange\ncivil-society Cite des Telecoms\n=aspen-institute Aspen Inst"
    added = add(store, partners=names, partner_kinds=said)
    assert added.engagement.partners == ("orange", "cite-des-telecoms", "aspen-institute")
    kinds = {key: partners.directory(store)[key].kind for key in added.engagement.partners[:2]}
    assert kinds == {"orange": PartnerKind.COMPANY, "cite-des-telecoms": PartnerKind.CIVIL_SOCIETY}
    assert refused(store, partners="Blue", partner_kinds="house Blue") == [
        ("partners", "partner-unknown", 1),
        ("partner_kinds", "choice-unknown", 0),
    ]


def test_names_between_commas_are_told_to_be_separated_otherwise(store: Store):
    assert refused(store, partners="GSMA, WEF") == [("partners", "partner-list", 1)]
    assert refused(store, partners="GSMA, WEF", partner_kinds="company GSMA, WEF") == [("partners", "partner-list", 1)]
    assert refused(store, partners="Blue, Green") == [("partners", "partner-commas", 1)]
    assert add(store, partners="Blue, Green", partner_kinds="company Blue, Green").engagement.partners == (
        "blue-green",
    )


def test_near_names_are_looked_for_of_the_first_few_alone(store: Store):
    names = ["Aspen Institut", *(f"Unheard {number}" for number in range(9)), "GSMB"]
    with pytest.raises(ProblemsError) as error:
        add(store, partners="\n".join(names), partner_kinds="")
    messages = [each.error.message for each in error.value.problems]
    assert messages == ["partner-near", *["partner-unknown"] * 10]


def test_undo_brings_back_no_partner_that_turned_out_to_be_another(store: Store):
    before = add(store, partners="GSMA\nOrange", partner_kinds="company Orange")
    later = change(store, before, partners="WEF")
    seen = partners.newest_revision(store.db, "orange")
    told = {"seen": seen, "reason": "One house", "actor": EDITOR, "now": NOW}
    partner_merging.merge(store, "orange", "gsma", names=True, **told)
    assert undo(store, later).engagement.partners == ("gsma",)
    # Nor does anything else write one.
    with store.change(NOW, actor=EDITOR) as writing:
        told = replace(before.engagement, partners=("orange", "gsma"))
        kept.save(writing, store, replace(before, engagement=told), action="changed")
    assert kept.find(store, before.engagement.uid).engagement.partners == ("gsma",)


def test_event_is_found_by_the_partner_of_a_statement_while_it_stands(store: Store):
    assert "gsma" not in events.by_slug(store, "itu-council-2016").partners
    added = add(store, events="itu-council-2016", partners="GSMA")
    assert events.by_slug(store, "itu-council-2016").partners == ("gsma",)
    engagements.take_out(store, added.engagement.uid, reason="Twice", **told_by(store, added))
    assert events.by_slug(store, "itu-council-2016").partners == ()


def test_same_statement_is_refused_a_second_time(store: Store):
    added = add(store)
    assert refused(store) == [("detail", "engagement-there", 0)]
    engagements.take_out(store, added.engagement.uid, reason="Twice", **told_by(store, added))
    assert add(store).engagement.uid != added.engagement.uid


def test_change_is_one_revision_with_reason_before_and_after(store: Store):
    before = add(store)
    after = change(store, before, detail="Contribution on satellites")
    newest, first = kept.revisions(store, before.engagement.uid)
    assert (newest.action, newest.reason, newest.actor) == ("changed", "Wrong", EDITOR)
    assert (newest.before, newest.after) == (before, after)
    assert (first.action, first.before, first.after) == ("added", None, before)


def test_change_that_changes_nothing_is_none(store: Store):
    before = add(store)
    assert change(store, before) == before
    assert len(kept.revisions(store, before.engagement.uid)) == 1


def test_change_needs_a_reason_and_the_state_that_was_seen(store: Store):
    before = add(store)
    with pytest.raises(ProblemsError) as error:
        change(store, before, reason="")
    assert problems(error.value) == [("reason", "reason-required", 0)]
    seen = kept.newest_revision(store, before.engagement.uid)
    change(store, before, detail="Theirs")
    for act in (
        lambda: change(store, before, seen=seen, detail="Ours"),
        lambda: engagements.take_out(store, before.engagement.uid, reason="x", **told_by(store, before, seen)),
    ):
        with pytest.raises(ConflictError) as conflict:
            act()
        assert conflict.value.message == "engagement-changed"
    assert kept.find(store, before.engagement.uid).engagement.detail == "Theirs"


def test_what_is_taken_out_stays_on_record_and_can_be_put_back(store: Store):
    added = add(store)
    number = added.engagement.uid
    engagements.take_out(store, number, reason="Never held", **told_by(store, added))
    assert kept.find(store, number) == Kept(engagement=added.engagement, removed=True)
    assert added.engagement not in kept.of_event(store, uid(store, "hlpf-2016"))
    with pytest.raises(ConflictError) as conflict:
        change(store, added, detail="x")
    assert conflict.value.message == "engagement-removed"
    engagements.put_back(store, number, reason="It was", **told_by(store, added))
    assert added.engagement in kept.of_event(store, uid(store, "hlpf-2016"))
    with pytest.raises(ConflictError) as conflict:
        engagements.put_back(store, number, reason="It was", **told_by(store, added))
    assert conflict.value.message == "engagement-there"


def test_undo_puts_back_what_a_change_changed_and_keeps_what_stands_beside(store: Store):
    before = add(store)
    changed = change(store, before, detail="Other words", internal="1")
    later = change(store, changed, outcome="Adopted")
    undone = undo(store, later, 1)
    assert undone.engagement.detail == before.engagement.detail
    assert (undone.engagement.public, undone.engagement.outcome) == (True, "Adopted")
    assert kept.revisions(store, before.engagement.uid)[0].action == "undone"


def test_undo_of_what_was_changed_since_or_came_first_is_a_conflict(store: Store):
    before = add(store)
    later = change(store, change(store, before, detail="Second"), detail="Third")
    for place, message in ((1, "undo-since"), (2, "engagement-first")):
        found = kept.revisions(store, before.engagement.uid)[place]
        assert not engagements.can_undo(later, found, {})
        with pytest.raises(ConflictError) as conflict:
            undo(store, later, place)
        assert conflict.value.message == message
    with pytest.raises(NotFoundError):
        engagements.undo(store, before.engagement.uid, 0, reason="x", **told_by(store, before))


def test_undo_of_taking_out_puts_back(store: Store):
    added = add(store, note="Quiet")
    engagements.take_out(store, added.engagement.uid, reason="x", **told_by(store, added))
    assert undo(store, added) == added


def test_everything_is_in_the_log_once(store: Store):
    added = add(store)
    changed = change(store, added, detail="Second")
    undo(store, changed)
    engagements.take_out(store, added.engagement.uid, reason="x", **told_by(store, added))
    engagements.put_back(store, added.engagement.uid, reason="y", **told_by(store, added))
    found = log.entries(store, log.Wanted(), everyone=True, most=5)
    assert [(each.action, each.address, each.reason) for each in found] == [
        (f"engagement-{action}", f"/desk/engagements/{added.engagement.uid}", reason)
        for action, reason in (
            ("back", "y"),
            ("removed", "x"),
            ("undone", "Not so"),
            ("changed", "Wrong"),
            ("added", ""),
        )
    ]


def test_there_is_no_statement_of_an_unknown_uid(store: Store):
    given = {"seen": 0, "actor": EDITOR, "now": NOW, "reason": "x"}
    for act in (engagements.take_out, engagements.put_back):
        with pytest.raises(NotFoundError):
            act(store, "x", **given)
    with pytest.raises(NotFoundError):
        engagements.change(store, "x", GIVEN, **given)


def test_role_is_set_as_an_edit_of_the_event_and_undone_as_one(store: Store):
    event = events.by_slug(store, "hlpf-2016")
    why = {"reason": "Letter", "actor": EDITOR, "now": NOW}
    told = engagements.set_roles(store, event.uid, ["co-chair", "lead"], sequence=event.sequence, **why)
    assert (told.roles, told.sequence) == ((Role.CO_CHAIR, Role.LEAD), event.sequence + 1)
    same = engagements.set_roles(store, event.uid, ["lead", "co-chair"], sequence=told.sequence, **why)
    assert same.sequence == told.sequence
    with pytest.raises(ConflictError):
        engagements.set_roles(store, event.uid, [], sequence=event.sequence, **why)
    with pytest.raises(ProblemsError) as error:
        engagements.set_roles(store, event.uid, ["king"], sequence=told.sequence, **why)
    assert problems(error.value) == [("role", "choice-unknown", 0)]
    revision = history.of_event(store, event.uid)[0].id
    back = desk.undo(store, event.uid, revision, sequence=told.sequence, **why)
    assert back.roles == event.roles


def test_role_of_a_withdrawn_event_is_not_set(store: Store):
    event = events.by_slug(store, "hlpf-2016")
    step = {"reason": "x", "source": "y"}
    gone = desk.take(store, event.uid, desk.Step.WITHDRAW, given=step, sequence=event.sequence, actor=EDITOR, now=NOW)
    with pytest.raises(GoneError):
        engagements.set_roles(store, event.uid, ["lead"], sequence=gone.sequence, reason="x", actor=EDITOR, now=NOW)
