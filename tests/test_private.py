"""What is not public shows nowhere: every page, feed and format reads the same with it in the record as without.

The addresses are those of the application and of its formats themselves, so that a new page or format is asked too.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import addresses, desk, edition, submissions
from calendar_app.desk import Step, contacts, engagement_fields, engagements, importing
from calendar_app.errors import NotFoundError
from calendar_app.events import Event
from calendar_app.formats import FORMATS
from calendar_app.store import Store, events, history, series
from calendar_app.store import engagements as kept
from tests.conftest import NOW, TODAY
from tests.test_routes import EXAMPLES
from tests.webapp import EDITOR, Staffed, applications, client_as, page, send, store_of, token

MARK = "zyxomark"
# Whatever one may select by, it has; the country, the year and the city nothing public has.
GIVEN = {
    "title": f"Summit of {MARK}",
    "dates": "9-10 February 2031",
    "series": "hlpf",
    "kind": "summit",
    "city": f"{MARK}ville",
    "country": "TV",
    "venue": f"{MARK} hall",
    "mode": "hybrid",
    "description": f"All of {MARK}",
    "convener": f"ITU and {MARK.upper()}",
    "themes": ["cybersecurity"],
    "sdgs": ["9"],
    "source": f"Note of {MARK}",
    "source_url": f"https://{MARK}.example/note",
    "role": ["chair"],
    "status": "tentative",
    "deadlines": "registration: 30 November 2030",
    "parts": f"9 February 2031: Opening of {MARK}",
}
STATES = ("unpublished", "withdrawn", "expected", "part")
# The feeds that have a name: those of each value of the facets above, and the two of no facet.
NAMED = {
    "theme": "cybersecurity",
    "sdg": "9",
    "series": "hlpf",
    "kind": "summit",
    "country": "TV",
    "role": "chair",
    "year": "2031",
}
QUERIES = [
    *("", "when=upcoming", "from=2031-01-01&to=2031-12-31", "country=TV", "year=2031", f"q={MARK}", "q=summit&sdg=9"),
    *(f"city={MARK}ville", f"convener={MARK.upper()}", "series=hlpf&when=upcoming", "status=tentative&role=chair"),
    *("theme=cybersecurity&mode=hybrid", "kind=summit", *(f"event={MARK}-{state}" for state in STATES)),
]
OPTIONS = ["deadlines=only", "deadlines=1&parts=1&undated=span&lang=fr"]
# What answers to a query, and all of it counts or lists.
SELECTING = [addresses.EVENTS, addresses.SUBSCRIBE, addresses.API_EVENTS]
SELECTING += [addresses.CHANGES, addresses.CHANGES_FEED, addresses.CHANGES_FILE]
PUBLIC = "igf-2016"
# The views, asked for the year that nothing public has, and for a word that is spelled nearly so.
VIEWS = product((addresses.MAP, addresses.COVERAGE, addresses.OVERLAPS), ("", "&country=TV", f"&q={MARK}"))
VIEWED = [
    *(addresses.view(path, f"year=2031{query}") for path, query in VIEWS),
    *(addresses.year(2031), addresses.month(date(2031, 2, 1)), addresses.sheet(2031), addresses.sheet(2031, dark=True)),
    *(addresses.year(2032), addresses.month(date(2031, 3, 1)), addresses.month(date(2031, 3, 1), "q=summit")),
    *(f"{addresses.OVERLAPS}?{query}" for query in ("year=2031&against-when=all", f"year=2031&against-q={MARK}")),
    addresses.events("q=zyxomrak"),
    *(addresses.view(path, "from=2030&to=2032") for path in (addresses.FIGURES, addresses.FIGURES_FILE)),
    *(addresses.view(path, "from=2031-01-01&to=2031-12-31") for path in (addresses.REPORT, addresses.ANNEX)),
    *(addresses.report_file(extension, "from=2031-01-01&to=2031-12-31") for extension in ("docx", "txt")),
]
# What an address names an event by, beside itself.
BY_SLUG = [f"{addresses.EVENTS}?pick=", *(f"{addresses.OVERLAPS}?{name}=" for name in ("event", "against-event"))]
BY_SLUG += [f"{path}?since=" for path in (addresses.CHANGES, addresses.CHANGES_FILE, addresses.CHANGES_FEED)]


def hidden(store: Store, state: str, *, published: bool) -> Event:
    """An event that is not public, unless `published` says so, by the way in which it came to be that."""
    draft = submissions.validate({**GIVEN, "title": f"{GIVEN['title']}, {state}"}, series.directory(store), editor=True)
    number = STATES.index(state) + 1
    event = Event.from_draft(draft, uid=f"00000000-0000-4000-8000-{number:012}", slug=f"{MARK}-{state}", now=NOW)
    event = desk.revise(event, draft, GIVEN)
    part_of = events.by_slug(store, PUBLIC).uid if state == "part" else ""
    with store.change(NOW, actor=EDITOR) as change:
        event = events.save(change, replace(event, published=published, part_of=part_of), action="added")
    if state == "withdrawn" and not published:
        step = {"reason": f"Not {MARK}", "source": "Note"}
        return desk.take(store, event.uid, Step.WITHDRAW, given=step, sequence=event.sequence, actor=EDITOR, now=NOW)
    return event


def engage_privately(store: Store, event: Event) -> None:
    """What ITU did at a public event and in its series that is internal, a note, and what was taken out."""
    told = {"activity": "bilateral-meeting", "source": "Mission", "partners": "GSMA", "series": event.series}
    told |= {"events": event.slug, "documents": "A/RES/99/99", "outcome": f"Agreed on {MARK}"}
    engagements.add(store, {**told, "detail": f"Met {MARK}", "internal": "1", "note": MARK}, actor=EDITOR, now=NOW)
    gone = engagements.add(store, {**told, "detail": f"Never {MARK}"}, actor=EDITOR, now=NOW).engagement.uid
    seen = kept.newest_revision(store, gone)
    engagements.take_out(store, gone, seen=seen, reason=f"No {MARK}", actor=EDITOR, now=NOW)
    public = kept.of_event(store, event.uid)[0]
    given = engagement_fields.fields_of(store, kept.find(store, public.uid)) | {"note": f"Say nothing of {MARK}"}
    seen = kept.newest_revision(store, public.uid)
    engagements.change(store, public.uid, given, seen=seen, reason=MARK, actor=EDITOR, now=NOW)


def keep_private(store: Store) -> None:
    """Everything of which nothing may show, in the record."""
    for state in STATES:
        hidden(store, state, published=False)
    stranger = {name: value for name, value in GIVEN.items() if name not in submissions.EDITOR_ONLY}
    stranger |= {"submitter_email": f"someone@{MARK}.example"}
    store.mails = True
    desk.propose(store, stranger, now=NOW)
    found = events.by_slug(store, PUBLIC)
    change = {**submissions.fields_of(found), "venue": f"{MARK} hall", "source": f"{MARK}"}
    change = {name: value for name, value in change.items() if name not in submissions.EDITOR_ONLY}
    desk.propose(store, change, about=found.uid, now=NOW)
    rejected = desk.propose(store, {**stranger, "title": f"Rejected {MARK}"}, now=NOW)
    desk.reject(store, rejected.number, actor=EDITOR, reason=f"No {MARK}", now=NOW)
    who = {"contact_name": f"{MARK} Person", "contact_email": f"person@{MARK}.example", "contact_note": MARK}
    contacts.set_contact(store, found.uid, who, seen="", actor=EDITOR, now=NOW)
    engage_privately(store, found)
    line = f"{MARK}, 9-10 February 2031, Geneva\n".encode()
    form, told = importing.read(store, "", line, today=TODAY)
    heading = importing.heading(told, form=form, name=f"{MARK}.txt")
    importing.stage(store, told, heading, actor=EDITOR, now=NOW)


Site = tuple[Flask, Flask, Flask]


@pytest.fixture(scope="module")
def sites(staffed: Staffed, compiled, tmp_path_factory) -> Iterator[Site]:
    """The same application three times: as it was, with what is private, and with such events made public."""
    with applications(staffed, compiled, tmp_path_factory.mktemp("private")) as make:
        plain, private, public = make(), make(), make()
        keep_private(store_of(private))
        for state in STATES:
            hidden(store_of(public), state, published=True)
        yield plain, private, public


def pages(app: Flask) -> Iterator[str]:
    """Every address that is read without a part to fill in, or with one that is public or that nothing public has."""
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static":
            yield EXAMPLES.get(rule.rule, rule.rule).replace("<token>", "x")
            if "slug" in rule.arguments and rule.rule.startswith(addresses.EVENTS):
                yield from (rule.rule.replace("<slug>", f"{MARK}-{state}") for state in STATES)
            if "uid" in rule.arguments:
                yield from (rule.rule.replace("<uid>", f"00000000-0000-4000-8000-{n:012}") for n in range(1, 5))
    yield from (addresses.series("hlpf"), addresses.theme("cybersecurity"), addresses.sdg(9), addresses.sitemap(0))
    yield from (f"{addresses.SUBMIT}?event={slug}" for slug in (PUBLIC, *(f"{MARK}-{state}" for state in STATES)))
    yield from (f"{address}?{query}" for address, query in product(SELECTING, QUERIES))
    yield from (f"{addresses.API_EVENTS}?limit=200&{query}" for query in QUERIES)
    yield from (f"{addresses.EMBED}?count=50&{query}" for query in QUERIES)
    yield from VIEWED
    yield from (f"{address}{MARK}-{state}" for address, state in product(BY_SLUG, STATES))


def feeds() -> Iterator[str]:
    """Every kind of feed in every format."""
    names = ["all", "deadlines", *(f"{facet}/{NAMED[facet]}" for facet in addresses.NAMED)]
    for extension in FORMATS:
        yield from (addresses.feed(name, extension) for name in names)
        yield from (addresses.select_feed(query, extension) for query in [*QUERIES, *OPTIONS])
        yield from (addresses.event_file(slug, extension) for slug in (PUBLIC, *(f"{MARK}-{s}" for s in STATES)))


def told(client: FlaskClient, address: str) -> tuple[int, str, str]:
    """What an answer says: its status, where it leads, and its words, less the token of each form."""
    answer = client.get(address)
    # Of a picture, every byte is kept.
    body = re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", answer.data.decode("utf-8", "surrogateescape"))
    return answer.status_code, answer.headers.get("Location", ""), body


def differing(one: FlaskClient, other: FlaskClient, asked: Iterator[str]) -> list[str]:
    return [address for address in asked if told(one, address) != told(other, address)]


@pytest.mark.parametrize("who", ["nobody", "submitter"])
def test_no_page_tells_what_is_private(sites: Site, who: str):
    plain, private, _ = sites
    one, other = ((app.test_client() if who == "nobody" else client_as(app, who)) for app in (plain, private))
    assert differing(one, other, pages(plain)) == []


def test_no_feed_in_any_format_tells_what_is_private(sites: Site):
    plain, private, _ = sites
    assert differing(plain.test_client(), private.test_client(), feeds()) == []


def test_no_answer_holds_a_word_of_it(sites: Site):
    client = sites[1].test_client()
    asked = [address for address in (*pages(sites[1]), *feeds()) if MARK not in address.casefold()]
    assert [address for address in asked if MARK in told(client, address)[2].casefold()] == []
    assert len(asked) > 100


def test_published_files_and_their_names_are_the_same(sites: Site):
    one, other = (list(edition.names(store_of(app))) for app in sites[:2])
    assert one == other
    assert "year/2031" in edition.names(store_of(sites[2]))


def test_preview_and_private_links_of_others_tell_nothing_of_it(sites: Site):
    """A stranger who proposes the same is told of no likely event that is not public."""
    given = {name: value for name, value in GIVEN.items() if name not in submissions.EDITOR_ONLY}
    found = []
    for app in sites:
        client = app.test_client()
        preview = client.post("/submit", data={"csrf_token": token(client, "/submit"), **given, "do": "preview"})
        likely = page(preview).all("aside", class_="notice")
        sent = page(client.get(send(client, "/submit", given).location)).all("aside", class_="notice")
        found.append((len(likely), len(sent)))
    assert found == [(0, 0), (0, 0), (1, 1)]


def test_history_of_an_event_begins_where_it_became_public(sites: Site):
    store = store_of(sites[1])
    for state in STATES:
        assert history.public(store, events.by_slug(store, f"{MARK}-{state}").uid) == []


# What follows holds the tests above to account: they would find it.


def test_such_an_event_would_be_seen_if_it_were_public(sites: Site):
    plain, _, public = sites
    one, other = plain.test_client(), public.test_client()
    seen = set(differing(one, other, iter([*pages(plain), *feeds()])))
    for extension in FORMATS:
        names = ["all", *(f"{facet}/{NAMED[facet]}" for facet in addresses.NAMED)]
        wanted = {addresses.feed(name, extension) for name in names}
        wanted |= {addresses.select_feed(query, extension) for query in QUERIES if query}
        wanted |= {addresses.event_file(f"{MARK}-{state}", extension) for state in STATES}
        assert wanted - seen == set()
    assert {f"{address}?{query}" for address, query in product(SELECTING, QUERIES[2:])} - seen == set()
    assert {addresses.HOME, addresses.EVENTS, addresses.SERIES, addresses.THEMES, addresses.SDGS} - seen == set()
    assert {addresses.SUBSCRIBE, addresses.API_EVENTS, addresses.API_SERIES, addresses.API_FACETS} - seen == set()
    assert {f"{addresses.EMBED}?count=50&{query}" for query in QUERIES[2:]} - seen == set()
    assert {*VIEWED, *(f"{address}{MARK}-{state}" for address, state in product(BY_SLUG, STATES))} - seen == set()
    assert {addresses.sitemap(0), addresses.sitemap(1), addresses.event_picture(f"{MARK}-expected")} - seen == set()


def test_every_facet_with_a_named_feed_is_asked():
    assert tuple(NAMED) == addresses.NAMED


def test_private_record_holds_what_it_should(sites: Site):
    store = store_of(sites[1])
    dump = "\n".join(store.db.conn.iterdump())
    tables = set(re.findall(rf'INSERT INTO "?(\w+)"? VALUES\([^\n]*{MARK}', dump, re.IGNORECASE))
    assert tables >= {"events", "revisions", "submissions", "contacts", "staged_rows", "outbox", "facets", "words"}
    assert tables >= {"engagements", "engagement_notes", "engagement_revisions"}
    with pytest.raises(NotFoundError):
        desk.check_public(events.by_slug(store, f"{MARK}-withdrawn"), name="x")
