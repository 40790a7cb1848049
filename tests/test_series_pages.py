"""The pages of mechanisms, bodies and initiatives: role, rhythm, counterpart, what was done by year, where reported."""

from dataclasses import replace

import pytest

from calendar_app.engagement import Document, Engagement
from calendar_app.store import engagements, events, series
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import SERIES_KINDS, Activity, facts
from tests.conftest import NOW
from tests.webapp import Node, page, store_of

REPORTED = {row["key"] for row in facts("report.csv") if row["subject"] == "series"}
TOPICS = [
    "digital divide",
    "social inclusion of women and girls, youth and people with disabilities",
    "climate change",
    "disaster risk management and emergency telecommunications",
    "LDCs, LLDCs and SIDS",
    "technology transfer",
    "capacity building",
    "m-health",
    "cybersecurity",
    "internet governance",
    "WSIS follow-up",
]
COUNCIL = "Source: ITU report to Council 2017 on relations with the UN system, 29 March 2017"


def facts_of(found: Node) -> dict[str, str]:
    listed = found.all("dl", class_="facts")[0]
    return {term.text: told.text for term, told in zip(listed.all("dt"), listed.all("dd"), strict=True)}


def links_of(found: Node, term: str) -> list[str]:
    listed = found.all("dl", class_="facts")[0]
    told = dict(zip([each.text for each in listed.all("dt")], listed.all("dd"), strict=True))
    return [link["href"] for link in told[term].all("a")]


def done(found: Node) -> dict[str, list[tuple[str, ...]]]:
    """What was done, by year: headings, and activities with their words, in order."""
    told: dict[str, list[tuple[str, ...]]] = {}
    for year in found.one("section", aria_labelledby="did").all("section"):
        lines = told.setdefault(year.one("h3").text, [])
        for node in year:
            if node.tag in {"h4", "dt"}:
                lines.append((node.text,))
            elif node.tag == "dd":
                lines[-1] = (*lines[-1], node.text)
    return told


def test_directory_holds_every_series_that_the_council_report_names(read_app, reader):
    found = page(reader.get("/series"))
    listed = {
        link["href"] for part in found.all("ul", class_="series") for link in part.all("a") if "#" not in link["href"]
    }
    directory = series.directory(store_of(read_app))
    assert {f"/series/{key}" for key in REPORTED} <= listed
    # The mechanisms, offices and initiatives of the directory are those that the report names, and no more.
    kinds = {"inter-agency-mechanism", "office"}
    assert {key for key, each in directory.items() if each.kind in kinds} <= REPORTED
    assert {each.kind for each in directory.values()} == set(SERIES_KINDS)


def test_page_of_what_the_council_report_names_tells_how_often_in_which_role_and_where_reported(reader):
    told = {key: facts_of(page(reader.get(f"/series/{key}"))).keys() for key in sorted(REPORTED)}
    wanted = {"Kind", "How often", "ITU’s role", "Council report"}
    assert {key: wanted - terms for key, terms in told.items() if wanted - terms} == {}


def test_mechanism_tells_its_pillars_and_each_pillar_its_whole(reader):
    found = page(reader.get("/series/ceb"))
    told = facts_of(found)
    assert told["Its pillars"] == "HLCP, HLCM, UNDG / UNSDG"
    assert told["How often"] == "Twice a year in April–May and November, rotates (spring); New York (autumn)"
    assert told["Counterpart"] == "UN Secretary-General (convenes it)"
    assert links_of(found, "Its pillars") == ["/series/hlcp", "/series/hlcm", "/series/undg"]
    hlcm = page(reader.get("/series/hlcm"))
    assert (links_of(hlcm, "Pillar of"), links_of(hlcm, "Under it")) == (
        ["/series/ceb"],
        ["/series/ict-network-infosec-sig"],
    )
    group = facts_of(page(reader.get("/series/ict-network-infosec-sig")))
    assert (group["Under"], "Pillar of" in group) == ("HLCM", False)


def test_role_is_told_with_its_year_and_leads_to_what_ITU_has_it_in(reader):  # noqa: N802 - its name
    found = page(reader.get("/series/ungis"))
    assert facts_of(found)["ITU’s role"].startswith("Co-chair (2016)")
    # No dated event has the role; the directory has the series.
    assert links_of(found, "ITU’s role") == ["/series?role=co-chair"]
    assert links_of(page(reader.get("/series/cstd")), "ITU’s role") == ["/events?role=observer"]


@pytest.mark.parametrize(
    ("key", "names", "links"),
    [
        ("equals", "UN Women", ["/partners/un-women"]),
        ("jtf-smart-cables", "WMO, UNESCO/IOC", ["/partners/wmo", "/partners/unesco-ioc"]),
        ("osaa", "UN Office of the Special Adviser on Africa", []),
        ("cstd", "ECOSOC (convenes it), UNCTAD (convenes it)", []),
        ("ncd-task-force", "WHO (convenes it)", ["/partners/who"]),
        ("u4ssc", "UNECE", []),
    ],
)
def test_counterpart_is_who_convenes_it_beside_ITU_and_its_partners(reader, key, names, links):  # noqa: N802
    found = page(reader.get(f"/series/{key}"))
    told = facts_of(found)
    term = "Counterparts" if "," in names else "Counterpart"
    assert (told[term], links_of(found, term)) == (names, links)


def test_series_of_itu_alone_has_no_counterpart(reader):
    told = facts_of(page(reader.get("/series/wsis-stocktaking")))
    assert (told["Convened by"], {"Counterpart", "Counterparts"} & told.keys()) == ("ITU", set())


def test_what_was_done_is_told_by_year_with_topics_as_a_list(reader):
    found = page(reader.get("/series/cstd"))
    told = done(found)
    assert list(told) == ["2016"]
    assert [line[0] for line in told["2016"]] == ["Observer", "Input", "Input", "Input"]
    listed = found.one("ul", class_="listed")
    assert [item.text for item in listed.all("li")] == TOPICS
    assert listed.parent.text.startswith("Topics of ITU contributions:")
    assert found.one("section", aria_labelledby="did").all("p")[-1].text == COUNCIL


def test_what_was_done_at_an_edition_stands_under_its_year_and_name(read_app, reader):
    cop = events.by_slug(store_of(read_app), "unfccc-cop-2016")
    assert done(page(reader.get("/series/unfccc-cop"))) == {
        "2016": [
            (f"{cop.title} 7–18 Nov 2016",),
            ("Negotiation", "Negotiation of the outcome documents."),
            ("Side event", "Side events."),
            ("Policy statement", "Policy statements."),
            (
                "Outreach",
                "Relations with Member States and UN agencies, Sector Members, academia and civil society.",
            ),
        ]
    }


def test_statement_of_several_events_is_told_once_on_each_of_their_series(reader):
    for key in ("hlpf", "ffd-forum", "sti-forum"):
        did = page(reader.get(f"/series/{key}")).one("section", aria_labelledby="did")
        assert [head.text for head in did.all("h4")].count("At 5 together, counted once") == 1
        assert len(did.one("ul", class_="together").all("a")) == 5


def test_newest_year_comes_first_and_an_internal_statement_never(app, client):
    store = store_of(app)
    cop = events.by_slug(store, "unfccc-cop-2025")
    said = Engagement(
        uid="0" * 36,
        year=2025,
        activity=Activity.INPUT,
        detail="A submission",
        events=(cop.uid,),
        documents=(Document(symbol="C25/12"),),
        source="A note",
    )
    hidden = replace(said, uid="1" * 36, detail="Never told", public=False)
    with store.change(NOW, actor="editor@example.org") as change:
        for each in (said, hidden):
            engagements.save(change, store, Kept(engagement=each), action="added")
    found = page(client.get("/series/unfccc-cop"))
    told = done(found)
    assert list(told) == ["2025", "2016"]
    assert told["2025"][1:] == [("Input", "A submission. Document: C25/12Source: A note")]
    assert "Never told" not in found.text
    # Two sources: each statement tells its own.
    assert found.one("section", aria_labelledby="did").text.count(COUNCIL) == 4
    assert page(client.get("/series")).text.count("5 statements of what ITU did in UNFCCC COP") == 1


def test_page_says_that_there_is_more_than_the_newest_statements_only_if_there_is(app, client):
    store = store_of(app)

    def keep(numbers: range) -> None:
        said = Engagement(uid="", year=2016, activity=Activity.INPUT, detail="Said", series=("undg",))
        with store.change(NOW, actor="editor@example.org") as change:
            for number in numbers:
                engagements.save(change, store, Kept(engagement=replace(said, uid=f"{number:036}")), action="added")

    def words() -> str:
        return page(client.get("/series/undg")).one("section", aria_labelledby="did").text

    keep(range(engagements.MOST))
    assert "The newest" not in words()
    keep(range(engagements.MOST, engagements.MOST + 1))
    assert words().endswith("The newest 100 of 101 statements. The page of each event has its own.")


def test_series_of_which_nothing_is_recorded_says_so(reader):
    did = page(reader.get("/series/undg")).one("section", aria_labelledby="did")
    assert did.one("p").text == "Nothing is recorded of it yet."


def test_place_in_the_council_report_leads_to_the_last_report_with_something_of_it(reader):
    found = page(reader.get("/series/iatt-tfm"))
    assert facts_of(found)["Council report"].startswith("2030 Agenda; Inter-agency coordination, the report of 2016")
    assert links_of(found, "Council report") == ["/report?from=2016-01-01&to=2016-12-31"]
    # Nothing is recorded of any year.
    assert links_of(page(reader.get("/series/undg")), "Council report") == []
