"""The desk log: everything that was done as one list, narrowed, in pages, and taken along as a file."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import accounts, desk
from calendar_app.desk import Step, contacts
from calendar_app.events import Event
from calendar_app.store import Store, batches, events, journal, log, staging
from calendar_app.store import accounts as people
from calendar_app.store.log import Entry, Wanted
from tests.conftest import BASE, NOW
from tests.webapp import Node, Staffed, applications, client_as, page, store_of, with_session

ANA, BO = "ana@example.org", "Bo.Li@example.org"
SLUG = "igf-2016"
GIVEN = {"title": "Réunion of Quito", "dates": "9-10 February 2033", "city": "Quito", "source": "A note verbale"}
STEP = {"reason": "The host withdrew", "source": "Note 7", "source_url": "https://www.un.org/note"}
EVERYTHING = Wanted()


def at(hours: float) -> dict:
    return {"now": NOW + timedelta(hours=hours)}


def work(store: Store) -> dict[str, Event | int]:
    """One of each: a step, an edit, an addition, decisions, a contact, a series and an account, an hour apart."""
    event = events.by_slug(store, SLUG)
    cancelled = desk.take(store, event.uid, Step.CANCEL, given=STEP, sequence=event.sequence, actor=ANA, **at(1))
    new = desk.add(store, {**GIVEN, "series": "hlpf"}, actor=BO, **at(2))
    approved, rejected = (
        desk.propose(store, {**GIVEN, "title": title}, **at(3)).number for title in ("Taken up", "Declined")
    )
    desk.approve(store, approved, {**GIVEN, "title": "Taken up"}, actor=ANA, reason="Good", **at(4))
    desk.reject(store, rejected, actor=BO, reason="Not ours", **at(5))
    contacts.set_contact(store, new.uid, {"contact_name": "Secret Person"}, seen="", actor=BO, **at(6))
    with store.change(**at(7), actor=ANA, reason="Typo") as change:
        journal.add(change, action="series-edited", subject="/desk/series/hlpf", detail="HLPF")
        number = batches.add(change, kind="bulk", origin="", name="A theme")
    with store.change(**at(8), actor=ANA, reason="All of them", batch=number) as change:
        events.save(change, new, action="edited")
        journal.add(change, action="batch-undone", subject=f"/desk/batches/{number}", detail="A theme")
    with store.change(**at(9), actor="admin@example.org") as change:
        journal.add(change, action="role-changed", subject=ANA, detail="editor → admin")
    return {
        "stood": event,
        "cancelled": cancelled,
        "new": new,
        "approved": approved,
        "rejected": rejected,
        "batch": number,
    }


@pytest.fixture(scope="module")
def site(staffed: Staffed, compiled, tmp_path_factory) -> Iterator[Flask]:
    """An application where all of that was done; for reading."""
    with applications(staffed, compiled, tmp_path_factory.mktemp("log")) as make:
        app = make(clock=lambda: NOW + timedelta(days=1))
        app.extensions["did"] = work(store_of(app))
        client_as(app, "admin")
        yield app


@pytest.fixture(scope="module")
def worked(site: Flask) -> Store:
    return store_of(site)


@pytest.fixture
def reads(site: Flask, staffed: Staffed) -> FlaskClient:
    """An editor."""
    return with_session(site, staffed)


def found(store: Store, *, everyone: bool = False, **wanted) -> list[tuple[str, str]]:
    """What was done since the catalogue was loaded, and to what."""
    told = log.entries(store, Wanted(**{"first": NOW.date(), **wanted}), everyone=everyone, most=99)
    return [(each.action, each.title) for each in told if each.actor not in {"catalogue", "accounts"}]


DONE = [
    ("edited", "Réunion of Quito"),
    ("batch-undone", "A theme"),
    ("series-edited", "HLPF"),
    ("contact-set", "Réunion of Quito"),
    ("proposal-rejected", "Declined"),
    ("approved", "Taken up"),
    ("proposal-approved", "Taken up"),
    ("added", "Réunion of Quito"),
]


def test_log_tells_everything_once_the_newest_first(worked):
    told = found(worked)
    assert told[:-1] == DONE
    assert told[-1] == ("cancelled", events.by_slug(worked, SLUG).title)


def test_entry_holds_when_who_what_why_and_where(site, worked):
    did = site.extensions["did"]
    told = {each.action: each for each in log.entries(worked, Wanted(first=NOW.date()), everyone=False, most=9)}
    assert told["cancelled"] == Entry(
        kind="revision",
        at=NOW + timedelta(hours=1),
        actor=ANA,
        action="cancelled",
        address=f"/desk/events/{SLUG}",
        title=did["cancelled"].title,
        reason="The host withdrew",
        source="Note 7",
        source_url="https://www.un.org/note",
        before=did["stood"],
        after=did["cancelled"],
    )
    assert told["edited"].batch == did["batch"]
    assert told["proposal-rejected"] == Entry(
        kind="submission",
        at=NOW + timedelta(hours=5),
        actor=BO,
        action="proposal-rejected",
        address=f"/desk/submissions/{did['rejected']}",
        title="Declined",
        reason="Not ours",
    )
    assert told["series-edited"] == Entry(
        kind="journal",
        at=NOW + timedelta(hours=7),
        actor=ANA,
        action="series-edited",
        address="/desk/series/hlpf",
        title="HLPF",
        reason="Typo",
    )


def test_what_was_done_to_accounts_is_for_administrators(worked):
    role = ("role-changed", ANA)
    assert role not in found(worked)
    assert found(worked, everyone=True)[0] == role
    assert found(worked, everyone=False, what="role-changed") == []


@pytest.mark.parametrize(
    ("wanted", "actions"),
    [
        ({"who": "bo.li"}, ["contact-set", "proposal-rejected", "added"]),
        ({"who": "BO"}, ["contact-set", "proposal-rejected", "added"]),
        ({"who": "%"}, []),
        ({"what": "approved"}, ["approved"]),
        ({"what": "proposal-approved"}, ["proposal-approved"]),
        ({"event": SLUG}, ["cancelled"]),
        ({"event": "reunion QUITO"}, ["edited", "contact-set", "added"]),
        ({"event": "declined"}, ["proposal-rejected"]),
        ({"event": "taken up"}, ["approved", "proposal-approved"]),
        ({"event": "quito nowhere"}, []),
        ({"event": "%"}, []),
        ({"series": "hlpf"}, ["edited", "series-edited", "contact-set", "added"]),
        ({"batch": 1}, ["edited", "batch-undone"]),
        ({"batch": 2}, []),
        ({"first": date(2026, 11, 25)}, []),
        ({"last": date(2026, 11, 23), "first": None, "who": ANA}, []),
        ({"who": "ana", "event": "quito", "what": "edited"}, ["edited"]),
    ],
)
def test_log_is_narrowed(worked, wanted, actions):
    assert [action for action, _ in found(worked, **wanted)] == actions


def test_days_are_whole_and_inclusive(empty_store):
    for hours in (0, 14, 15, 38):
        with empty_store.change(**at(hours), actor=ANA) as change:
            journal.add(change, action="series-edited", detail=f"{hours}")
    day = NOW.date()
    told = log.entries(empty_store, Wanted(first=day, last=day), everyone=False, most=9)
    assert [each.detail for each in told] == ["14", "0"]


def test_rejection_is_told_once_though_the_journal_has_it_too(worked):
    assert found(worked, what="proposal-rejected") == [("proposal-rejected", "Declined")]


def test_import_is_told_with_what_it_wrote(store):
    with store.change(NOW, actor=ANA) as change:
        number = batches.add(change, kind="import", origin="o", name="a.ics")
        change.db.conn.execute(
            "INSERT INTO staged_imports (form, origin, state, created, actor, batch)"
            " VALUES ('ics', 'o', 'applied', '2026-11-24T09:30:00Z', ?, ?)",
            [ANA, number],
        )
        staged = staging.of_batch(store, number)
        journal.add(change, action="import-applied", subject=f"/desk/import/{staged.id}", detail="a.ics")
        journal.add(change, action="import-applied", subject=f"/desk/import/{staged.id + 1}", detail="b.ics")
    told = log.entries(store, Wanted(batch=number), everyone=False, most=9)
    assert [(each.action, each.title) for each in told] == [("import-applied", "a.ics")]


def test_pages_hold_everything_once_in_order(worked):
    whole = log.entries(worked, EVERYTHING, everyone=True, most=10_000)
    pages, offset = [], 0
    while some := log.entries(worked, EVERYTHING, everyone=True, most=100, offset=offset):
        pages += some
        offset += 100
    assert pages == whole
    assert len(whole) > 400
    assert [each.at for each in whole] == sorted((each.at for each in whole), reverse=True)


def test_a_page_is_one_query(worked):
    asked: list[str] = []
    worked.db.conn.set_trace_callback(asked.append)
    try:
        log.entries(worked, Wanted(event="quito", series="hlpf"), everyone=False, most=100)
    finally:
        worked.db.conn.set_trace_callback(None)
    assert [sql.split(None, 1)[0] for sql in asked if not sql.startswith("--")] == ["WITH"]


def test_newest_page_is_read_by_the_moments_index(worked):
    plan = [row[3] for row in worked.db.conn.execute("EXPLAIN QUERY PLAN " + _sql(), _values())]
    assert "SCAN revisions USING COVERING INDEX revisions_at" in plan


def _sql() -> str:
    return log._SELECT.format(*log._where(EVERYTHING, everyone=True))


def _values() -> dict:
    return log._values(EVERYTHING, 100, 0)


def test_revision_that_this_release_cannot_read_is_told_without_its_fields(store):
    event = events.by_slug(store, SLUG)
    with store.change(NOW, actor=ANA) as change:
        change.db.conn.execute(
            "INSERT INTO revisions (event, at, actor, action, reason, before, after)"
            " VALUES (?, ?, ?, ?, '', '{}', '{}')",
            [event.uid, "2026-12-01T00:00:00Z", ANA, "edited"],
        )
    (told,) = log.entries(store, Wanted(who=ANA), everyone=False, most=9)
    assert (told.title, told.before, told.after) == (event.title, None, None)


def items(answer: Node) -> list[Node]:
    return [each for each in answer.one("ol", class_="log").children if isinstance(each, Node)]


def test_page_shows_what_was_done_with_links_and_what_changed(reads):
    first, *_, last = items(page(reads.get("/desk/log?from=2026-11-24&event=quito")))
    assert [each["href"] for each in first.all("a")] == ["/desk/events/reunion-of-quito-2033", "/desk/batches/1"]
    assert [each.text for each in first.all("p")] == [
        "Edited Réunion of Quito",
        "24 November 2026, 17:30 UTC, ana@example.org, import or bulk change 1",
        "All of them",
    ]
    assert (last.one("strong").text, last.all("details")) == ("Added", [])
    (cancelled,) = items(page(reads.get(f"/desk/log?event={SLUG}&what=cancelled&who=ana")))
    assert cancelled.one("details").one("summary").raw.startswith("One field, before and after")
    assert "after: Cancelled" in cancelled.one("details").one("li").text
    assert cancelled.one("a", href="https://www.un.org/note").text == "Note 7"


def test_page_keeps_what_it_is_narrowed_to_and_leads_on(reads):
    found = page(reads.get("/desk/log?who=catalogue&from=2026-11-01"))
    assert len(items(found)) == 100
    assert [found.one("input", id=name)["value"] for name in ("who", "from")] == ["catalogue", "2026-11-01"]
    assert found.one("a", rel="next")["href"] == "/desk/log?who=catalogue&from=2026-11-01&page=2"
    assert found.all("a", rel="prev") == []
    second = page(reads.get(found.one("a", rel="next")["href"]))
    assert second.one("a", rel="prev")["href"] == "/desk/log?who=catalogue&from=2026-11-01&page=1"
    assert items(found)[-1].text != items(second)[0].text
    beyond = page(reads.get("/desk/log?who=catalogue&page=999"))
    assert beyond.all("ol", class_="log") == []


def test_editor_sees_no_accounts_and_an_administrator_does(site, reads):
    query = "/desk/log?from=2026-11-24&what=role-changed"
    assert page(reads.get(query)).all("ol", class_="log") == []
    (told,) = items(page(client_as(site, "admin").get(query)))
    assert told.all("p")[0].text == "Role changed ana@example.org, editor → admin"
    assert ANA not in reads.get(query.replace("/log", "/log.csv")).get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("from=yesterday&to=2026-13-01", ["from", "to"]),
        ("from=2026-11-02&to=2026-11-01", ["to"]),
        ("what=explode&series=none&batch=x", ["what", "series", "batch"]),
        ("batch=0", ["batch"]),
        ("batch=" + "9" * 400, ["batch"]),
        ("who=" + "a" * 201 + "&event=" + "b" * 201, ["who", "event"]),
    ],
)
@pytest.mark.parametrize("address", ["/desk/log", "/desk/log.csv"])
def test_value_that_narrows_to_nothing_there_is_is_told_at_its_field(reads, address, query, fields):
    answer = page(reads.get(f"{address}?{query}"), 422)
    assert sorted(each["id"] for each in answer.all(class_="err")) == sorted(f"{name}-e" for name in fields)


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 99, "1.5", "٣"])
def test_page_that_is_none_is_refused(reads, number):
    assert page(reads.get(f"/desk/log?page={number}"), 400)


def test_hostile_query_is_answered(reads):
    for query in ("who=%00", "event=%ff", "event=%ED%A0%80", "who=a&who=b", "x=y", "event=%22%27%25_*"):
        assert page(reads.get(f"/desk/log?{query}"))


def table(answer) -> list[dict[str, str]]:
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8; header=present")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_file_holds_just_what_the_page_is_narrowed_to(site, reads):
    did = site.extensions["did"]
    assert table(reads.get("/desk/log.csv?who=bo.li")) == [
        {
            "at": "2026-11-24T15:30:00Z",
            "who": BO,
            "what": "Focal point set",
            "action": "contact-set",
            "subject": "Réunion of Quito",
            "detail": "",
            "why": "",
            "source": "",
            "source_url": "",
            "batch": "",
            "changed": "",
            "page": f"{BASE}/desk/events/reunion-of-quito-2033",
        },
        {
            "at": "2026-11-24T14:30:00Z",
            "who": BO,
            "what": "Proposal declined",
            "action": "proposal-rejected",
            "subject": "Declined",
            "detail": "",
            "why": "Not ours",
            "source": "",
            "source_url": "",
            "batch": "",
            "changed": "",
            "page": f"{BASE}/desk/submissions/{did['rejected']}",
        },
        {
            "at": "2026-11-24T11:30:00Z",
            "who": BO,
            "what": "Added",
            "action": "added",
            "subject": "Réunion of Quito",
            "detail": "",
            "why": "",
            "source": "",
            "source_url": "",
            "batch": "",
            "changed": "",
            "page": f"{BASE}/desk/events/reunion-of-quito-2033",
        },
    ]


def test_file_tells_what_changed_and_goes_past_one_page(reads):
    (cancelled,) = table(reads.get("/desk/log.csv?what=cancelled&who=ana"))
    assert cancelled["changed"].startswith("Status: ")
    assert cancelled["changed"].endswith(" → Cancelled")
    assert (cancelled["source"], cancelled["source_url"]) == ("Note 7", "https://www.un.org/note")
    assert len(table(reads.get("/desk/log.csv?who=catalogue"))) > 300


def test_file_is_kept_nowhere(reads):
    answer = reads.get("/desk/log.csv?who=bo.li")
    assert (answer.headers["Cache-Control"], answer.headers["Content-Disposition"]) == (
        "no-store",
        'attachment; filename="desk-log.csv"',
    )


def test_file_has_no_cell_that_a_spreadsheet_runs(app: Flask, editor_client: FlaskClient):
    store = store_of(app)
    event = desk.add(store, {**GIVEN, "title": "=HYPERLINK(A1)"}, actor="+evil@example.org", now=NOW)
    given = {"reason": "@SUM(1);-2", "source": "-cmd"}
    desk.take(store, event.uid, Step.CANCEL, given=given, sequence=event.sequence, actor="+evil@example.org", **at(1))
    cells = [cell for row in table(editor_client.get("/desk/log.csv?who=evil")) for cell in row.values()]
    assert "'=HYPERLINK(A1)" in cells
    assert "'@SUM(1);'-2" in cells
    assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}] == []


@pytest.mark.parametrize("address", ["/desk/log", "/desk/log.csv"])
def test_log_is_for_editors(site, address):
    assert client_as(site, "submitter").get(address).status_code == 403
    assert site.test_client().get(address).location == f"/login?next={address}"


def test_use_cases_of_accounts_are_told_to_administrators(store):
    accounts.create(store, email="x@example.org", password="a long enough password", role="admin", now=NOW)
    by = people.by_email(store, "x@example.org")
    accounts.invite(store, email="n@example.org", role="editor", by=by, now=NOW)
    told = log.entries(store, Wanted(who="x@example.org"), everyone=True, most=9)
    assert [(each.action, each.title, each.detail, each.address) for each in told] == [
        ("account-invited", "n@example.org", "editor", "")
    ]
    assert log.entries(store, Wanted(who="x@example.org"), everyone=False, most=9) == []
