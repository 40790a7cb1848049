"""The table of a report's events as CSV: whole rows, in the order of the facts, safe in a spreadsheet."""

import csv
import io
from dataclasses import replace
from datetime import date

from calendar_app import spans, texts
from calendar_app.engagement import Engagement, Partner
from calendar_app.events import Series, SeriesRole
from calendar_app.formats import report_csv
from calendar_app.report.facts import Facts, Period, ReportPlace
from calendar_app.topics import Activity, Confidence, Kind, PartnerKind, Role, Status
from tests.conftest import BASE
from tests.test_ical import MEETING

FORUM = replace(
    MEETING,
    uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9e001",
    slug="igf-2016",
    title="Eleventh meeting of IGF",
    span=spans.parse("November 2016"),
    series="igf",
    city="Guadalajara",
    country="MX",
    sdgs=(9, 16),
    themes=("internet-governance",),
    source="UN DESA",
    source_url="https://example.org/igf",
)
SIDE = replace(
    MEETING,
    uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9e002",
    slug="side-2016",
    title="=Side event",
    kind=Kind.SIDE_EVENT,
    span=spans.parse("8 November 2016"),
    held_at=FORUM.uid,
    series="",
    roles=(Role.ORGANIZER,),
    status=Status.CANCELLED,
    confidence=Confidence.LOW,
    source="-1",
    source_url="",
    city="",
    country="",
    sdgs=(),
    themes=(),
)
DONE = Engagement(
    uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9e003",
    year=2016,
    activity=Activity.SIDE_EVENT,
    detail="Hosted side events",
    events=(FORUM.uid, SIDE.uid),
    partners=("gsma", "gesi"),
)
FACTS = Facts(
    period=Period(first=date(2016, 1, 1), last=date(2016, 12, 31)),
    events=(FORUM, SIDE),
    series={
        "igf": Series(
            key="igf", short_name="IGF", name="IGF", kind=Kind.FORUM, roles=(SeriesRole(role=Role.PARTICIPANT),)
        )
    },
    engagements=(DONE, replace(DONE, activity=Activity.OUTREACH, detail="", events=(FORUM.uid,), partners=("gesi",))),
    partners={
        key: Partner(key=key, name=name, kind=PartnerKind.COMPANY) for key, name in (("gsma", "GSMA"), ("gesi", "GeSI"))
    },
    places=(
        ReportPlace(subject="series", key="igf", section="summits-and-conferences", position=5, name="", place=""),
        ReportPlace(
            subject="event",
            key="igf-2016",
            section="summits-and-conferences",
            position=5,
            name="11th Annual Internet Governance Forum",
            place="Guadalajara, Mexico",
        ),
    ),
)


def rendered(facts: Facts) -> list[list[str]]:
    document = report_csv.render(facts, texts.of("en"), base=BASE)
    return list(csv.reader(io.StringIO(document.decode("utf-8-sig"), newline=""), strict=True))


def test_table_has_a_row_for_each_event():
    head, forum, side = rendered(FACTS)
    assert dict(zip(head, forum, strict=True)) == {
        "start": "2016-11",
        "end": "2016-11",
        "precision": "month",
        "title": "Eleventh meeting of IGF",
        "report_name": "11th Annual Internet Governance Forum",
        "place": "Guadalajara, Mexico",
        "country": "MX",
        "kind": "forum",
        "series": "igf",
        "section": "summits-and-conferences",
        "role": "participant",
        "sdgs": "9; 16",
        "themes": "internet-governance",
        "side_events": "'=Side event",
        "partners": "GSMA; GeSI",
        "engagement": "Side event: Hosted side events; Outreach",
        "status": "confirmed",
        "confidence": FORUM.confidence,
        "source": "UN DESA",
        "source_url": "https://example.org/igf",
        "page": f"{BASE}/events/igf-2016",
    }
    assert side == [
        *("2016-11-08", "2016-11-08", "day", "'=Side event", "", "", "", "side-event", ""),
        *(
            "summits-and-conferences",
            "organizer",
            "",
            "",
            "",
            # What was cancelled was not done.
            "",
            "",
            "cancelled",
            "low",
            "'-1",
            "",
        ),
        f"{BASE}/events/side-2016",
    ]


def test_table_without_events_has_its_head():
    assert rendered(replace(FACTS, events=())) == [list(report_csv.COLUMNS)]


def test_same_facts_are_the_same_table():
    assert rendered(FACTS) == rendered(replace(FACTS, places=FACTS.places[::-1]))
