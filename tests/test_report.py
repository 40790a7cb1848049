"""The Council report, written from the record: held against the facts of the report to Council 2017."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from calendar_app import desk, report, reporting, selection, submissions, texts
from calendar_app.desk import engagements as desk_engagements
from calendar_app.desk import side_events
from calendar_app.engagement import Document, Engagement
from calendar_app.events import Event, Series
from calendar_app.formats import report_docx, report_text
from calendar_app.report import periods
from calendar_app.report.facts import Facts, ReportPlace, SectionKey
from calendar_app.report.model import Listing, Paragraph, Report, Run, Section, Sentence, Table
from calendar_app.store import Store, engagements, events, report_places, search, series
from calendar_app.store import report as kept
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Activity, Confidence, Kind, Status
from tests.conftest import NOW

EN = texts.of("en")
EDITOR = "editor@example.org"
SECTIONS = [key for key in SectionKey if key is not SectionKey.INTRODUCTION]  # which is left out when empty
AGENDA = [
    "High-Level Political Forum for Sustainable Development (HLPF) (11-20 July, New York)",
    "Forum on Partnerships (31 March, New York)",
    "Financing for Development Forum (18-22 April, New York)",
    "Integration Forum (2-4 May, New York)",
    (
        "Multi-stakeholder Forum on Science, Technology and Innovation for the Sustainable Development Goals (STI"
        " Forum) (6-7 June, New York)"
    ),
]
SUMMITS = [
    "World Humanitarian Summit (23-24 May, Istanbul, Turkey)",
    (
        "High-Level Midterm Review of the Implementation of the Istanbul Programme of Action for the Least Developed"
        " Countries for the Decade 2011-2020 (27-29 May, Antalya, Turkey)"
    ),
    "Habitat III (17-21 October, Quito, Ecuador)",
    "Climate Change Conference COP 22 (7-18 November, Marrakech, Morocco)",
    "11th Annual Internet Governance Forum (November, Guadalajara, Mexico)",
]
PARTNERS = [
    *("gesi", "gsma", "world-economic-forum", "accenture", "verizon", "ibm-research", "aspen-institute"),
    "symantec-corporation",
]


@pytest.fixture(scope="module")
def facts(catalogued: Store) -> Facts:
    return reporting.gather(catalogued, periods.calendar_year(2016))


@pytest.fixture(scope="module")
def of_2016(facts: Facts) -> Report:
    return report.write(facts, EN)


@pytest.fixture(scope="module")
def of_council(catalogued: Store) -> Report:
    period = reporting.read(catalogued, "itu-council-2016", "itu-council-2017")
    return report.write(reporting.gather(catalogued, period), EN)


@pytest.fixture(scope="module")
def of_2025(catalogued: Store) -> Report:
    return report.write(reporting.gather(catalogued, periods.calendar_year(2025)), EN)


def section(of: Report, key: SectionKey) -> Section:
    return next(each for each in of.sections if each.key is key)


def sentences(of: Section) -> Iterator[Sentence]:
    for block in of.blocks:
        if isinstance(block, Paragraph):
            yield from block.sentences
        elif isinstance(block, Listing):
            yield from (block.lead, *block.items)


def told(of: Report, key: SectionKey) -> list[str]:
    return [each.text for each in sentences(section(of, key))]


def items(of: Report, key: SectionKey, lead: str) -> list[str]:
    """The items of the list with this beginning."""
    blocks = (block for block in section(of, key).blocks if isinstance(block, Listing))
    return [item.text for block in blocks if block.lead.text.startswith(lead) for item in block.items]


def links(sentence: Sentence) -> list[str]:
    return [run.address for run in sentence.runs if run.address]


def again(store: Store, year: int = 2016) -> Report:
    return report.write(reporting.gather(store, periods.calendar_year(year)), EN)


def edit(store: Store, slug: str, **given: object) -> Event:
    event = events.by_slug(store, slug)
    fields = submissions.fields_of(event) | {"source": "A note", "source_url": "https://example.org/note"} | given
    return desk.edit(store, event.uid, fields, sequence=event.sequence, moved=True, actor=EDITOR, reason="x", now=NOW)


def state(store: Store, slug: str, **values: object) -> None:
    with store.change(NOW, actor=EDITOR) as change:
        events.save(change, replace(events.by_slug(store, slug), **values), action="edited")


def done(**values: object) -> Engagement:
    given = {"year": 2016, "activity": Activity.INPUT, "detail": "", "source": "Mission report"}
    return Engagement(**(given | {"uid": "00000000-0000-4000-8000-000000000001"} | values))


def put(store: Store, *statements: Engagement) -> None:
    with store.change(NOW, actor=EDITOR) as change:
        for each in statements:
            engagements.save(change, store, Kept(engagement=each), action="added")


# 2016, as the Council was told of it


def test_forums_of_the_agenda_stand_event_for_event_in_the_order_names_and_dates_of_the_report(of_2016: Report):
    assert items(of_2016, SectionKey.AGENDA, "Forums on") == AGENDA


def test_summits_stand_event_for_event_in_the_order_names_and_dates_of_the_report(of_2016: Report):
    assert items(of_2016, SectionKey.SUMMITS, "Summits,") == SUMMITS


def test_names_and_places_are_those_of_the_shipped_table(facts: Facts):
    found = {"2030-agenda": AGENDA, "summits-and-conferences": SUMMITS}
    rows = [place for place in facts.places if place.subject == "event"]
    assert len(rows) == 10
    for row in rows:
        item = found[row.section][row.position - 1]
        assert item.startswith(f"{row.name} (")
        assert item.endswith(f", {row.place})")


def test_every_series_that_the_report_names_is_named_in_its_section(facts: Facts, of_2016: Report):
    for place in facts.places:
        if place.subject == "series":
            part = section(of_2016, SectionKey(place.section))
            named = {address for each in sentences(part) for address in links(each)}
            met = {f"/events/{event.slug}" for event in facts.events if event.series == place.key}
            assert named & {f"/series/{place.key}", *met}, place.key


def test_every_mechanism_and_initiative_stands_in_the_order_of_the_report(facts: Facts, of_2016: Report):
    for key, lead in ((SectionKey.COORDINATION, "Mechanisms"), (SectionKey.INITIATIVES, "Initiatives")):
        blocks = (block for block in section(of_2016, key).blocks if isinstance(block, Listing))
        listed = next(block for block in blocks if block.lead.text.startswith(lead))
        placed = [place for place in facts.places if (place.subject, place.section) == ("series", key)]
        wanted = [f"/series/{place.key}" for place in sorted(placed, key=lambda place: place.position)]
        assert [links(item)[0] for item in listed.items] == wanted


def test_observer_roles_are_told_together(of_2016: Report):
    found = [each for each in sentences(section(of_2016, SectionKey.GOVERNANCE)) if "as an observer" in each.text]
    assert found[0].text == (
        "ITU took part as an observer in the United Nations General Assembly (UNGA; sessions and high-level meetings),"
        " the United Nations Economic and Social Council (ECOSOC; high-level segment), the Commission on Science and"
        " Technology for Development (CSTD), the Commission on the Status of Women (CSW) and the United Nations"
        " Statistical Commission (StatCom)."
    )
    assert links(found[0]) == [f"/series/{key}" for key in ("unga", "ecosoc", "cstd", "csw", "statistical-commission")]


def test_chief_executives_board_meets_twice_a_year_with_its_pillars(of_2016: Report):
    pillars, belongs = told(of_2016, SectionKey.COORDINATION)[:2]
    assert pillars == (
        "The pillars of the United Nations System Chief Executives Board for Coordination (CEB) are the High-level"
        " Committee on Programmes (HLCP), the High-level Committee on Management (HLCM) and the United Nations"
        " Development Group (UNDG / UNSDG; United Nations Sustainable Development Group since 2018)."
    )
    assert belongs.endswith("(ICT Network InfoSec SIG) belongs to HLCM.")
    assert "; 2 sessions a year; " in items(of_2016, SectionKey.COORDINATION, "Mechanisms")[0]
    met = [each for each in items(of_2016, SectionKey.COORDINATION, "Meetings") if each.startswith("CEB")]
    assert met == [
        "CEB, first regular session of 2016 (27-28 April, Vienna; dates unverified)",
        "CEB, second regular session of 2016 (9-10 November, New York; dates unverified)",
    ]


def test_chair_co_chair_and_lead_are_told_of_their_year(of_2016: Report, of_2025: Report):
    found = told(of_2016, SectionKey.COORDINATION)
    assert [each for each in found if each.startswith("ITU ")] == [
        (
            "ITU was in the chair of the ICT-Network Information Security Special Interest Group of the HLCM (ICT"
            " Network InfoSec SIG)."
        ),
        "ITU co-chaired the United Nations Group on the Information Society (UNGIS).",
        "ITU was in the lead in the High-level Committee on Programmes (HLCP).",
    ]
    later = told(of_2025, SectionKey.COORDINATION)
    assert not any("co-chair" in each for each in later)
    assert [each for each in later if each.startswith("As of")] == [
        (
            "As of ITU’s report to Council 2017, ITU is in the chair of the ICT-Network Information Security Special"
            " Interest Group of the HLCM (ICT Network InfoSec SIG)."
        ),
        "As of ITU’s report to Council 2017, ITU is in the lead in the High-level Committee on Programmes (HLCP).",
    ]


def test_initiatives_are_told_with_their_partners(of_2016: Report):
    assert items(of_2016, SectionKey.INITIATIVES, "Initiatives")[1:3] == [
        "EQUALS: The Global Partnership for Gender Equality in the Digital Age – launched together (with UN Women).",
        "GEM-TECH Awards – continued (with UN Women).",
    ]
    last = section(of_2016, SectionKey.INITIATIVES).blocks[0]
    assert isinstance(last, Listing)
    assert links(last.items[-1]) == ["/series/jtf-smart-cables", "/partners/wmo", "/partners/unesco-ioc"]


def test_partners_of_side_events_are_named_once_for_all_five_forums(of_2016: Report):
    wanted = [f"/partners/{key}" for key in PARTNERS]
    found = [each for part in of_2016.sections for each in sentences(part) if set(wanted) & set(links(each))]
    (one,) = found
    forums = ["hlpf", "ecosoc-partnership-forum", "ffd-forum", "ecosoc-integration-segment", "sti-forum"]
    assert links(one) == [*(f"/events/{slug}-2016" for slug in forums), *wanted]
    assert "ITU held side events at 10 events; for 5 of them partners are on record, 8 in all." in told(
        of_2016, SectionKey.SUMMARY
    )


def test_rates_of_the_joint_inspection_unit_are_told_as_their_units_say(of_2016: Report):
    assert told(of_2016, SectionKey.JIU)[:2] == [
        (
            "The acceptance rate of long-standing recommendations (reports of 2006-2014) rose from about 50% (before"
            " 2016) to 87% (2016)."
        ),
        (
            "The implementation rate of recommendations (reports of 2006-2014) rose from 46% (before 2016) to about 86%"
            " (December 2016)."
        ),
    ]
    (table,) = (block for block in section(of_2016, SectionKey.JIU).blocks if isinstance(block, Table))
    assert table.head == ("Measure", "before 2016", "2016")
    assert [[run.text for run in row[1:]] for row in table.rows] == [
        ["about 50%", "87%"],
        ["46%", "about 86% (December 2016)"],
    ]


def test_same_words_of_several_events_are_one_list(of_2016: Report):
    lead = (
        "ITU’s activities at the World Humanitarian Summit, the LDC midterm review, Habitat III, the Climate Change"
        " Conference COP 22 and the 11th Annual Internet Governance Forum:"
    )
    assert items(of_2016, SectionKey.SUMMITS, lead) == [
        "Negotiation of the outcome documents.",
        "Side events.",
        "Policy statements.",
        "Relations with Member States and UN agencies, Sector Members, academia and civil society.",
    ]


def test_occasion_of_several_activities_is_told_once(of_2016: Report):
    lead = (
        "ITU’s activities at the General Debate of the United Nations General Assembly (UNGA General Debate)"
        " (Secretary-General's mission to New York):"
    )
    assert items(of_2016, SectionKey.GOVERNANCE, lead) == [
        "Plenaries.",
        "Thematic high-level panels.",
        "Side events.",
        "Report launches.",
        "Bilateral meetings.",
        "Broadband Commission meetings.",
    ]


def test_one_thing_is_told_in_the_singular_and_with_its_verb_once(store: Store):
    (igf,) = (events.by_slug(store, slug) for slug in ("igf-2025",))
    put(
        store,
        done(year=2025, events=(igf.uid,), activity=Activity.POLICY_STATEMENT, detail="On data", partners=("fao",)),
    )
    assert "ITU made a policy statement at the" in " ".join(told(again(store, 2025), SectionKey.SUMMITS))
    put(
        store,
        done(
            year=2025,
            events=(igf.uid,),
            activity=Activity.POLICY_STATEMENT,
            detail="Made a policy statement on data",
            documents=tuple(Document(symbol=symbol) for symbol in ("E/2025/1", "A/80/2", "C25/3")),
        ),
    )
    (one,) = (each for each in told(again(store, 2025), SectionKey.SUMMITS) if "on data" in each)
    assert one.endswith(", ITU made a policy statement on data (E/2025/1, A/80/2 and C25/3).")
    assert one.count("statement") == 1


# Sources


def test_what_is_told_of_events_and_deeds_has_a_source(of_2016: Report, of_council: Report, of_2025: Report):
    for each in (of_2016, of_council, of_2025):
        for part in each.sections:
            for block in part.blocks:
                assert all(item.sources for item in getattr(block, "items", ()))
            for sentence in sentences(part):
                if sentence.text.startswith(("ITU ", "As of ITU’s report")) and part.key is not SectionKey.SUMMARY:
                    assert sentence.sources, sentence.text


def test_sources_are_each_once_in_the_order_of_their_first_mention(of_2016: Report):
    named = [source for part in of_2016.sections for each in sentences(part) for source in each.sources]
    assert of_2016.sources == tuple(dict.fromkeys(named))


def test_document_that_a_statement_names_is_a_source_with_its_address(of_2016: Report):
    reviews = [each for each in sentences(section(of_2016, SectionKey.JIU)) if "C17/49" in each.text]
    addresses = [[source.address for source in each.sources] for each in reviews]
    assert addresses == [["", "https://www.itu.int/md/S17-CL-C-0049/en"]] * 2


def test_same_facts_are_the_same_report(facts: Facts, of_2016: Report):
    assert report.write(facts, EN) == of_2016


def test_source_that_only_looks_like_an_address_breaks_no_report(store: Store):
    with store.change(NOW, actor=EDITOR) as change:
        series.put(change, [replace(series.read(change.db)["emg"], source="http://[x; A letter; https://")])
    found = again(store)
    assert {"http://[x", "A letter", "https://"} <= {source.words for source in found.sources}
    assert "http://[x" in report_text.render(found, EN, base="https://un.example").decode()
    assert report_docx.render(found, EN, base="https://un.example")


# What changes at the desk changes the report


def test_changed_days_place_and_state_change_the_report(store: Store):
    edit(store, "whs-2016", dates="30 May - 1 June 2016")
    edit(store, "habitat-2016", city="Lima", country="PE")
    edit(store, "unfccc-cop-2016", status="cancelled")
    edit(store, "igf-2016", dates="December 2016 - January 2017", status="tentative")
    edit(store, "sti-forum-2016", mode="hybrid")
    edit(store, "ffd-forum-2016", mode="online", city="", country="", venue="")
    found = again(store)
    assert items(found, SectionKey.SUMMITS, "Summits,") == [
        "World Humanitarian Summit (30 May-1 June, Istanbul, Turkey)",
        SUMMITS[1],
        "Habitat III (17-21 October, Lima, Peru)",
        "Climate Change Conference COP 22 (7-18 November, Marrakech, Morocco; cancelled)",
        "11th Annual Internet Governance Forum (December 2016-January 2017, Guadalajara, Mexico; expected)",
    ]
    forums = items(found, SectionKey.AGENDA, "Forums on")
    assert forums[2] == "Financing for Development Forum (18-22 April, online)"
    assert forums[4].endswith(" (STI Forum) (6-7 June, New York and online)")
    assert "1 other was cancelled or postponed." in told(found, SectionKey.SUMMARY)


def test_event_that_leaves_the_period_leaves_the_report(store: Store):
    edit(store, "whs-2016", dates="23-24 May 2017")
    found = again(store)
    assert items(found, SectionKey.SUMMITS, "Summits,") == SUMMITS[1:]
    assert items(again(store, 2017), SectionKey.SUMMITS, "Summits,")[0].startswith(
        "World Humanitarian Summit (23-24 May,"
    )


def test_withdrawn_and_unpublished_events_are_told_nowhere(store: Store):
    state(store, "whs-2016", status=Status.WITHDRAWN)
    state(store, "habitat-2016", published=False)
    text = repr(again(store))
    assert "World Humanitarian Summit (23" not in text
    assert "Habitat III" not in text


def test_event_of_low_confidence_is_told_as_unverified(store: Store):
    state(store, "habitat-2016", confidence=Confidence.LOW)
    assert SUMMITS[2][:-1] + "; dates unverified)" in items(again(store), SectionKey.SUMMITS, "Summits,")


def test_introduction_is_what_editors_wrote_with_lists_and_links(store: Store):
    year = periods.calendar_year(2016)
    text = "See https://example.org/a?b=1.\n\nIts aims:\n- first\n  of two\n• second (http://x.example)\n\n-no item"
    with store.change(NOW, actor=EDITOR) as change:
        kept.write(change, year.first, year.last, name="introduction", text=text)
    found = again(store)
    assert [part.key for part in found.sections] == list(SectionKey)
    first, second, last = section(found, SectionKey.INTRODUCTION).blocks
    address = "https://example.org/a?b=1"
    assert first == Paragraph(
        sentences=(Sentence(runs=(Run(text="See "), Run(text=address, address=address), Run(text=".")), written=True),)
    )
    assert isinstance(second, Listing)
    assert [second.lead.text, *(each.text for each in second.items)] == [
        *("Its aims:", "first of two", "second (http://x.example)"),
    ]
    assert links(second.items[1]) == ["http://x.example"]
    assert last.sentences[0].text == "-no item"


def test_what_the_record_does_not_hold_is_left_out_if_editors_say_so(store: Store):
    year = periods.calendar_year(2025)
    gaps = [each.text for part in again(store, 2025).sections for each in sentences(part) if each.gap]
    assert "No side event of ITU’s is on record." in gaps
    assert len(gaps) > 8
    with store.change(NOW, actor=EDITOR) as change:
        kept.write(change, year.first, year.last, name="gaps", text="out")
    found = again(store, 2025)
    assert not any(each.gap or each.text in gaps for part in found.sections for each in sentences(part))
    assert not any(isinstance(block, Paragraph) and not block.sentences for p in found.sections for block in p.blocks)


def test_goals_and_targets_are_counted_in_the_report_of_their_year_alone(of_2016: Report, of_2025: Report):
    assert "17 Sustainable Development Goals and 169 targets" in told(of_2016, SectionKey.AGENDA)[0]
    assert not any("169 targets" in each for each in told(of_2025, SectionKey.AGENDA))


def test_role_without_a_year_says_who_told_of_it(of_2016: Report, store: Store):
    lead = next(each for each in told(of_2016, SectionKey.COORDINATION) if each.startswith("Mechanisms"))
    assert lead.endswith("(where no year is given, the role is as of ITU’s report to Council 2017):")
    with store.change(NOW, actor=EDITOR) as change:
        series.put(change, [replace(series.read(change.db)["emg"], source="A letter")])
    found = items(again(store), SectionKey.COORDINATION, "Mechanisms")
    assert (
        "United Nations Environment Management Group (EMG) – ITU as participant (by the record, which gives no year)."
        in found
    )
    words = [each.text for each in sentences(section(of_2016, SectionKey.INITIATIVES))]
    assert not any(each.endswith(("– works with.", "– joint partner.", "– works closely.")) for each in words)
    roles = next(each for each in told(of_2016, SectionKey.SUMMARY) if "of the 38 roles" in each)
    assert roles == ("For 26 of the 38 roles, the record has only ITU’s role in the whole series, without a year.")


def test_what_editors_wrote_comes_first_in_its_section(store: Store):
    year = periods.calendar_year(2016)
    with store.change(NOW, actor=EDITOR) as change:
        kept.write(change, year.first, year.last, name="jiu", text="First of\nus.\n\n<b>Second</b> {x}.")
        kept.write(change, year.first, year.last, name="symbol", text="C17/31")
    found = again(store)
    first, second, *rest = section(found, SectionKey.JIU).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert [(each.text, each.written) for each in (*first.sentences, *second.sentences)] == [
        ("First of us.", True),
        ("<b>Second</b> {x}.", True),
    ]
    assert not any(each.written for block in rest if isinstance(block, Paragraph) for each in block.sentences)
    assert found.header.symbol == "C17/31"


def test_internal_and_removed_statements_are_told_nowhere(store: Store):
    whs = events.by_slug(store, "whs-2016")
    put(store, done(events=(whs.uid,), detail="Quiet word", public=False))
    told_of = next(each for each in engagements.of_event(store, whs.uid) if each.activity is Activity.NEGOTIATION)
    seen = engagements.newest_revision(store, told_of.uid)
    desk_engagements.take_out(store, told_of.uid, seen=seen, reason="x", actor=EDITOR, now=NOW)
    found = again(store)
    assert "Quiet word" not in repr(found)
    (lead,) = (each for each in told(found, SectionKey.SUMMITS) if "LDC midterm" in each and "negotiation" in each)
    assert "World Humanitarian Summit" not in lead


def test_one_statement_of_events_in_two_sections_is_told_once(store: Store):
    uids = tuple(events.by_slug(store, slug).uid for slug in ("unfccc-cop-2016", "hlpf-2016"))
    put(store, done(events=uids, activity=Activity.NEGOTIATION, detail="Link of climate and goals", outcome="Adopted"))
    found = again(store)
    text = (
        "ITU took part in the negotiations at HLPF and the Climate Change Conference COP 22: link of climate and goals;"
        " outcome: adopted."
    )
    assert [key for key in SECTIONS for each in told(found, key) if "Link" in each or "link of" in each] == [
        SectionKey.AGENDA
    ]
    assert text in told(found, SectionKey.AGENDA)


def test_side_event_is_told_with_its_time_room_forum_and_partners(store: Store):
    forum = events.by_slug(store, "hlpf-2016")
    given = {
        "title": "Connecting the unconnected",
        "dates": "12 July 2016",
        "start_time": "13:15",
        "end_time": "14:30",
        "venue": "Conference Room 4",
        "partners": "GSMA; GeSI",
        "detail": "Moderated a panel",
        "source": "Programme",
        "source_url": "https://example.org/programme",
    }
    side_events.add(store, forum.uid, side_events.start(forum) | given, actor=EDITOR, now=NOW)
    found = again(store)
    assert items(found, SectionKey.AGENDA, "ITU’s side events:") == [
        (
            "Connecting the unconnected (12 July, 13:15-14:30, Conference Room 4, New York; at HLPF), with GSMA and"
            " GeSI: moderated a panel."
        )
    ]
    assert items(found, SectionKey.AGENDA, "Forums on") == AGENDA
    assert "ITU held side events at 10 events; for 5 of them partners are on record, 8 in all." in told(
        found, SectionKey.SUMMARY
    )


def test_side_event_of_a_withdrawn_forum_stands_in_the_annex_alone(store: Store):
    forum = events.by_slug(store, "hlpf-2016")
    given = {"title": "Left alone", "dates": "12 July 2016", "source": "x", "detail": "Spoke"}
    side_events.add(store, forum.uid, side_events.start(forum) | given, actor=EDITOR, now=NOW)
    state(store, "hlpf-2016", status=Status.WITHDRAWN)
    found = again(store)
    assert not any("Left alone" in each for key in SECTIONS for each in told(found, key))
    assert "Left alone" in {row[1].text for row in found.annex[0].rows}


def test_what_was_cancelled_is_told_as_cancelled_and_not_as_done(store: Store):
    edit(store, "hlpf-2016", status="cancelled")
    found = again(store)
    assert items(found, SectionKey.AGENDA, "Forums on")[0].endswith("(11-20 July, New York; cancelled)")
    named = [links(each) for each in sentences(section(found, SectionKey.AGENDA)) if each.text.startswith("ITU")]
    assert not any("/events/hlpf-2016" in each for each in named)
    assert "ITU held side events at 9 events" in " ".join(told(found, SectionKey.SUMMARY))
    row = next(row for row in found.annex[0].rows if row[1].address == "/events/hlpf-2016")
    assert (row[5].text, row[6].text) == ("", "cancelled")


def test_statement_of_nothing_but_a_cancelled_side_event_is_told_nowhere(store: Store):
    forum = events.by_slug(store, "hlpf-2016")
    given = {"title": "Not held", "dates": "12 July 2016", "source": "x", "detail": "Spoke", "partners": "FAO"}
    made = side_events.add(store, forum.uid, side_events.start(forum) | given, actor=EDITOR, now=NOW)
    assert "with FAO: spoke." in repr(items(again(store), SectionKey.AGENDA, "ITU’s side events:"))
    state(store, made.slug, status=Status.CANCELLED)
    (item,) = items(again(store), SectionKey.AGENDA, "ITU’s side events:")
    assert item == "Not held (12 July, New York; at HLPF; cancelled)."


def test_numbers_of_the_summary_are_those_of_the_lists_behind_them(store: Store):
    edit(store, "unfccc-cop-2016", status="cancelled")
    forum = events.by_slug(store, "hlpf-2016")
    given = {"title": "Beside", "dates": "12 July 2016", "source": "x"}
    side_events.add(store, forum.uid, side_events.start(forum) | given, actor=EDITOR, now=NOW)
    numbers = []
    for year in range(2014, 2028):
        for each in sentences(section(again(store, year), SectionKey.SUMMARY)):
            for run in each.runs:
                if run.address.startswith("/events?"):
                    (number,) = re.findall(r"^[0-9]+", run.text)
                    wanted = selection.stored(run.address.partition("?")[2])
                    assert int(number) == len(search.ids(store, wanted)), (year, run)
                    numbers.append(int(number))
    assert 46 in numbers  # of 47, one was cancelled


# Other periods


def test_period_between_councils_writes_years_and_names_what_its_statements_cover_besides(of_council: Report):
    assert items(of_council, SectionKey.AGENDA, "Forums on")[:2] == [
        AGENDA[0].replace("11-20 July", "11-20 July 2016"),
        AGENDA[4].replace("6-7 June", "6-7 June 2016"),
    ]
    found = told(of_council, SectionKey.AGENDA)
    beside = next(each for each in found if each.startswith("What is said here"))
    assert beside == (
        "What is said here covers Forum on Partnerships (31 March 2016), Financing for Development Forum (18–22 April"
        " 2016) and Integration Forum (2–4 May 2016) too, outside the period."
    )
    observers = next(each for each in told(of_council, SectionKey.GOVERNANCE) if "as an observer" in each)
    assert observers.startswith("In 2016, ITU took part as an observer in ")
    assert of_council.header.period == "3 June 2016 – 14 May 2017 (between ITU Council 2016 and ITU Council 2017)"


def test_year_without_statements_says_what_is_not_known(of_2025: Report):
    assert items(of_2025, SectionKey.AGENDA, "Forums on") == [
        "ECOSOC Partnership Forum 2025 (5 February, New York)",
        "ECOSOC FfD Forum 2025 (28-29 April, New York)",
        "Tenth annual STI Forum (7-8 May, New York)",
        "High-level Political Forum 2025 (14-23 July, New York)",
    ]
    for key in SECTIONS:
        if key is not SectionKey.SUMMARY:
            silence = "The record holds no statement of what ITU did in the matters of this section in 2025."
            assert told(of_2025, key)[-1] == silence
            assert not any(each.startswith("ITU ") for each in told(of_2025, key))
    assert told(of_2025, SectionKey.JIU)[:2] == [
        "The record holds no figures for 2025.",
        "The latest acceptance rate of long-standing recommendations (reports of 2006-2014) on record is 87% (2016).",
    ]
    summary = told(of_2025, SectionKey.SUMMARY)
    assert "ITU’s role is on record for 21 of them, and what ITU did there for none." in summary
    assert "No side event of ITU’s is on record." in summary
    # The financing conference, the ocean conference and others, which no report placed yet.
    assert "14 events stand in no section and are told in the annex alone." in summary


def test_figures_of_later_years_are_not_told_of_an_earlier_one(catalogued: Store):
    found = again(catalogued, 2015)
    assert told(found, SectionKey.JIU)[:2] == [
        "The record holds no figures for 2015.",
        (
            "The latest acceptance rate of long-standing recommendations (reports of 2006-2014) on record is about 50%"
            " (before 2016)."
        ),
    ]
    assert "87%" not in repr(found)


def test_what_meets_less_often_than_every_year_or_had_not_begun_is_not_missed(store: Store):
    text = " ".join(told(again(store, 2026), SectionKey.SUMMITS))
    (missed,) = re.findall(r"no dated event in 2026 of ([^.]+)\.", text)
    assert missed == "the Internet Governance Forum (IGF)"
    for year in (1990, 2014):
        text = " ".join(told(again(store, year), SectionKey.GOVERNANCE))
        assert re.findall(r"no dated event in [0-9]{4} of", text) == []


def test_period_without_a_whole_year_misses_nothing_that_meets_every_year(of_council: Report):
    found = told(of_council, SectionKey.GOVERNANCE)
    assert not any("no dated event" in each for each in found)


def test_series_that_is_placed_later_changes_no_report_of_a_time_without_it(store: Store):
    before = again(store), again(store, 2017)
    for key, number in (("ai-for-good", 90), ("uninfluenced", 91)):
        with store.change(NOW, actor=EDITOR) as change:
            if key not in series.read(change.db):
                series.put(change, [Series(key=key, short_name="New", name="New network", kind=Kind.INITIATIVE)])
            place = ReportPlace(
                subject="series", key=key, section="key-initiatives", position=number, name="", place=""
            )
            report_places.put(change, series=key, places=[place])
    assert again(store) == before[0]
    named = [links(each) for each in sentences(section(again(store, 2017), SectionKey.INITIATIVES))]
    assert ["/series/ai-for-good"] in [each[:1] for each in named]
    assert not any("/series/uninfluenced" in each for each in named)
    assert items(again(store, NOW.year - 1), SectionKey.INITIATIVES, "Initiatives")[-1].startswith("New network")


def test_year_without_events_has_every_section(empty_store: Store):
    found = again(empty_store, 1950)
    assert [part.key for part in found.sections] == SECTIONS
    assert all(told(found, key) for key in SECTIONS)
    assert found.sources == ()


def test_report_reads_in_another_language(facts: Facts):
    found = report.write(facts, texts.of("fr"))
    assert [part.key for part in found.sections] == SECTIONS
