"""Add an event: what is typed is kept, each problem stands at its field, and nothing shows before an editor says so."""

from datetime import timedelta

import pytest

from calendar_app import pieces, spans, texts
from calendar_app.errors import CalendarError
from calendar_app.selection import Selection
from calendar_app.store import accounts as kept_accounts
from calendar_app.store import events, history, search
from calendar_app.store import submissions as queue
from calendar_app.submissions import EDITOR_ONLY, FIELDS, LISTS
from calendar_app.topics import DeadlineKind
from tests.conftest import BASE, NOW
from tests.webapp import EDITOR, SUBMITTER, Node, filled, form_of, page, rows, send, sign_in, store_of, uids

TEXTS = texts.of("en")
EMAIL = "someone.who.knows@example.org"
GIVEN = {
    "title": "Rehearsal of a Forum zyx",
    "dates": "18-22 April 2033",
    "source": "Note verbale of 3 March",
    "series": "hlpf",
    "city": "Quito",
    "country": "EC",
    "themes": ["cybersecurity"],
    "sdgs": ["9", "13"],
}
HOSTILE = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)> & ’ \u202e שלום 🌍"
# Every field, each with something of its own; the dates can't be read.
TYPED = {
    "title": HOSTILE,
    "series": "hlpf",
    "kind": "summit",
    "dates": "11/07/2016",
    "start_time": "09:30",
    "end_time": "17:00",
    "timezone": "Europe/Zurich",
    "city": "Genève <b>",
    "country": "CH",
    "venue": "Room \"A\" & 'B'",
    "mode": "hybrid",
    "url": "https://example.org/?a=1&b=2",
    "registration_url": "https://example.org/register",
    "webcast_url": "https://example.org/webcast",
    "description": "\n\nFirst line\n\n  second, " + HOSTILE,
    "convener": "UN/DESA <i>",
    "themes": ["cybersecurity", "health"],
    "sdgs": ["3", "17"],
    "source": "Note <verbale> & letter",
    "source_url": "https://example.org/source",
    "submitter_email": EMAIL,
}
EVERYWHERE = [
    *("/", "/events", "/events?when=upcoming", "/events?q=zyx", "/events?year=2033", "/events?sdg=13&year=2033"),
    *("/series", "/series/hlpf", "/themes", "/themes/cybersecurity", "/sdgs", "/sdgs/13", "/subscribe", "/about"),
    *("/feeds/all.ics", "/feeds/series/hlpf.ics", "/feeds/sdg/13.ics", "/feeds/country/EC.ics", "/feeds/year/2033.ics"),
    *("/feeds/select.ics?q=zyx", "/feeds/deadlines.ics", "/events/rehearsal-of-a-forum-zyx-2033"),
    "/events/rehearsal-of-a-forum-zyx-2033.ics",
]


def values(form: Node) -> dict[str, object]:
    """What stands in the form's own fields, lists as lists."""
    sent = filled(form)
    return {
        name: sent.get(name, []) if name in LISTS else sent[name][0] for name in FIELDS if name in sent or name in LISTS
    }


def problems(found: Node) -> dict[str, str]:
    """Each problem at its field: its words, by the field's name; held against the summary."""
    summary = found.one("div", id="problems")
    links = {link["href"].removeprefix("#"): link.text for link in summary.all("a")}
    told = {span["id"].removesuffix("-e"): span.text for span in found.all("span", class_="err")}
    assert links == {name: f"{TEXTS.field(name)}: {words}" for name, words in told.items()}
    for name in told:
        field = found.one("", id=name)
        assert f"{name}-e" in field["aria-describedby"].split()
        # A group of boxes can't be invalid in ARIA; its description says it.
        assert field.tag == "fieldset" or field["aria-invalid"] == "true"
    invalid = {node["id"] for node in found if node.get("aria-invalid")}
    assert invalid <= set(told)
    return told


def word(message: str, **data: object) -> str:
    return TEXTS.error(CalendarError(message, **data))


def _word_of_dates(text: str) -> str:
    with pytest.raises(CalendarError) as refused:
        spans.parse(text)
    return TEXTS.error(refused.value)


def preview(client, **given: object) -> Node:
    return page(send(client, "/submit", {**GIVEN, **given, "do": "preview"}))


def state(app) -> tuple[int, int, int, int]:
    """What a look may not change: revision, events, proposals, accounts."""
    store = store_of(app)
    tables = ("events", "submissions", "accounts", "revisions")
    counts = [store.db.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]  # noqa: S608
    return store.revision(), *counts


def seen(client) -> dict[str, tuple[int, bytes]]:
    found = {}
    for address in EVERYWHERE:
        answer = client.get(address)
        found[address] = answer.status_code, answer.data
    return found


def sent(client, **given: object) -> str:
    """Proposes an event; gives the address of the private link."""
    answer = send(client, "/submit", {**GIVEN, **given})
    assert answer.status_code == 303
    return answer.headers["Location"]


# Refused


def test_refused_form_keeps_every_value_as_typed(client):
    found = page(send(client, "/submit", TYPED), 422)
    assert set(TYPED) == set(FIELDS) - set(EDITOR_ONLY)
    assert {**values(form_of(found, "/submit")), "role": None} == {**TYPED, "role": None}
    assert {script.get("src") is None for script in found.all("script")} == {False}
    assert found.all("img") == []


def test_refused_form_keeps_what_is_not_in_a_list(client):
    given = {**GIVEN, "country": "XX", "series": "<nope>", "kind": "party"}
    found = page(send(client, "/submit", given), 422)
    assert {name: values(form_of(found, "/submit"))[name] for name in given} == given
    # In the order of the form, not of the alphabet.
    assert list(problems(found)) == ["series", "country", "kind"]


def test_refused_form_tells_each_problem_at_its_field_and_in_the_summary(client):
    given = {
        **GIVEN,
        "title": "x" * 201,
        "dates": "11/07/2016",
        "start_time": "9 am",
        "timezone": "Mars/Olympus",
        "country": "XX",
        "mode": "telepathy",
        "url": "javascript:alert(1)",
        "registration_url": "www.un.org/register",
        "description": "d" * 5001,
        "themes": ["nope"],
        "sdgs": ["18"],
        "source": "",
        "submitter_email": "nobody",
    }
    found = page(send(client, "/submit", given), 422)
    assert problems(found) == {
        "title": word("text-long", most=200, count=201),
        "dates": _word_of_dates("11/07/2016"),
        "start_time": word("time-unreadable"),
        "timezone": word("choice-unknown", value="Mars/Olympus"),
        "country": word("choice-unknown", value="XX"),
        "mode": word("choice-unknown", value="telepathy"),
        "url": word("link-unreadable"),
        "registration_url": word("link-scheme", suggestion="https://www.un.org/register"),
        "description": word("text-long", most=5000, count=5001),
        "themes": word("choice-unknown", value="nope"),
        "sdgs": word("choice-unknown", value="18"),
        "source": word("source-required"),
        "submitter_email": word("email-unreadable"),
    }  # fmt: skip
    assert found.one("title").text.startswith("13 things to put right – Add an event")
    assert found.one("h2", id="sum-h").text == "13 things to put right"


@pytest.mark.parametrize("name", ["title", "dates", "source"])
def test_refused_form_says_what_is_missing(client, name):
    found = page(send(client, "/submit", {**GIVEN, name: "  "}), 422)
    words = {"dates": "span-empty", "source": "source-required"}.get(name, "required")
    assert problems(found) == {name: word(words)}
    assert found.one("h2", id="sum-h").text == "One thing to put right"


def test_empty_form_asks_for_the_three_that_are_needed(client):
    assert list(problems(page(send(client, "/submit", {}), 422))) == ["title", "dates", "source"]


def test_times_without_a_zone_are_asked_for_in_the_opened_part(client):
    found = page(send(client, "/submit", {**GIVEN, "dates": "17 May 2027", "start_time": "09:30"}), 422)
    assert problems(found) == {"start_time": word("span-times-incomplete")}
    (part,) = [details for details in found.all("details") if details.all("input", id="start_time")]
    assert "open" in part.attributes


def test_form_stores_nothing_of_what_it_refuses(app, client):
    before = state(app)
    page(send(client, "/submit", TYPED), 422)
    assert state(app) == before


# Looked at


def test_preview_shows_how_it_will_read_and_stores_nothing(app, client):
    before = state(app)
    found = preview(client, description="First.\r\n\r\nSecond <b>.")
    shown = found.one("section", class_="preview")
    assert (shown.one("h3").text, shown.one("p", class_="big").text) == (GIVEN["title"], "18–22 April 2033")
    assert shown.one("p", class_="lines").raw == "First.\n\nSecond <b>."
    assert shown.one("div", class_="meta").all("span")[0].text == "Quito, Ecuador"
    typed = values(form_of(found, "/submit"))
    assert {name: typed[name] for name in GIVEN} == GIVEN
    assert state(app) == before


def test_preview_of_what_cannot_be_read_is_the_form_with_its_problems(client):
    answer = send(client, "/submit", {**GIVEN, "dates": "soon", "do": "preview"})
    assert list(problems(page(answer, 422))) == ["dates"]


def test_preview_is_sent_on_with_the_form_as_it_stands(client):
    form = form_of(preview(client), "/submit")
    answer = client.post("/submit", data={**filled(form), "do": "send"})
    assert page(client.get(answer.headers["Location"])).one("h1").text == GIVEN["title"]


def test_likely_duplicate_is_told_and_blocks_nothing(app, client):
    given = {
        "title": "Internet Governance Forum 2016",
        "dates": "November 2016",
        "city": "Guadalajara",
        "series": "igf",
    }
    found = preview(client, **given)
    notice = found.one("aside", class_="notice")
    assert "/events/igf-2016" in [link["href"] for link in notice.all("a")]
    address = sent(client, **given)
    assert "/events/igf-2016" in [link["href"] for link in page(client.get(address)).all("a")]
    assert len(queue.pending(store_of(app))) == 1


def test_event_like_no_other_brings_no_notice(client):
    assert (
        preview(client, title="Completely else", series="", city="Apia", country="WS").all("aside", class_="notice")
        == []
    )


# Sent


def test_proposal_leads_to_its_private_page(app, client):
    address = sent(client, submitter_email=EMAIL)
    assert address.startswith("/submissions/")
    assert len(address.removeprefix("/submissions/")) == 32
    found = page(client.get(address))
    assert found.one("h1").text == GIVEN["title"]
    assert found.one("input", id="private")["value"] == BASE + address
    told = [node.text for node in found.one("dl") if node.tag in {"dt", "dd"}]
    state, received, *rest = zip(told[::2], told[1::2], strict=True)
    assert (state, received) == (
        ("State", TEXTS.label("state", "pending")),
        ("Received", "24 November 2026, 09:30 UTC"),
    )
    assert rest == [("When", "18–22 April 2033"), ("Where", "Quito, Ecuador"), ("Source", GIVEN["source"])]
    assert page(client.get(f"{address}x"), 404).one("p", class_="lede").text == word("submission-unknown")


def test_two_proposals_have_links_of_their_own(client):
    assert sent(client) != sent(client)


def test_proposal_that_waits_is_in_no_page_feed_search_or_count(app, client, reader):
    before = seen(client)
    sent(client, description="A description zyx", venue="A venue zyx", submitter_email=EMAIL)
    assert seen(client) == before
    assert seen(reader) == before
    assert search.count(store_of(app), Selection()) == search.count(store_of(reader.application), Selection())


def test_outsiders_status_and_role_are_ignored(app, client):
    sent(client, status="cancelled", role=["chair"], sequence="7", reason="because", id="1", published="0")
    (waiting,) = queue.pending(store_of(app))
    assert waiting.fields == GIVEN


def test_outsiders_form_offers_no_status_and_no_role(client):
    names = set(filled(form_of(page(client.get("/submit")), "/submit")))
    assert names & {*EDITOR_ONLY, "reason", "event", "sequence"} == set()
    assert "submitter_email" in names


def test_submitters_account_proposes_like_anyone(app, client):
    sign_in(client, SUBMITTER)
    assert sent(client).startswith("/submissions/")
    assert len(queue.pending(store_of(app))) == 1


# The token


@pytest.mark.parametrize("given", [{}, {"csrf_token": ""}, {"csrf_token": "forged"}])
def test_form_without_its_token_keeps_all_that_was_typed(app, client, given):
    client.get("/submit")
    before = state(app)
    found = page(client.post("/submit", data={**TYPED, **given}), 400)
    assert found.one("div", id="problems").text == word("form-expired")
    assert values(form_of(found, "/submit")) == {**TYPED, "role": []}
    assert state(app) == before
    again = client.post("/submit", data={**filled(form_of(found, "/submit")), "dates": "17 May 2027"})
    assert page(client.get(again.headers["Location"])).one("h1").text == " ".join(HOSTILE.replace("\u202e", "").split())


def test_token_of_another_visitor_is_refused(app, client):
    theirs = filled(form_of(page(app.test_client().get("/submit")), "/submit"))
    client.get("/submit")
    page(client.post("/submit", data={**GIVEN, "csrf_token": theirs["csrf_token"]}), 400)


def test_editors_change_survives_a_token_that_was_too_old(app, editor_client):
    form = filled(form_of(page(editor_client.get("/submit?event=igf-2016")), "/submit"))
    given = {**form, "title": "A better title", "reason": "it is better"}
    found = page(editor_client.post("/submit", data={**given, "csrf_token": "old"}), 400)
    again = filled(form_of(found, "/submit"))
    assert {name: again[name] for name in ("event", "sequence", "title", "reason")} == {
        "event": ["igf-2016"],
        "sequence": form["sequence"],
        "title": ["A better title"],
        "reason": ["it is better"],
    }
    answer = editor_client.post("/submit", data=again)
    assert answer.headers["Location"] == "/events/igf-2016"
    assert page(editor_client.get("/events/igf-2016")).one("h1").text == "A better title"


# Limits


def test_title_of_a_megabyte_is_too_large_a_form(client):
    found = page(send(client, "/submit", {**GIVEN, "title": "x" * 1_000_000}), 413)
    assert found.one("p", class_="lede").text == word("body-long", most=262144)


def test_form_may_not_be_larger_than_its_limit_says(client):
    page(send(client, "/submit", {**GIVEN, "description": "x" * 300_000}), 413)
    # Below that it is the field that says its limit, and the text is still there.
    found = page(send(client, "/submit", {**GIVEN, "description": "x" * 200_000}), 422)
    assert problems(found) == {"description": word("text-long", most=5000, count=200_000)}
    assert values(form_of(found, "/submit"))["description"] == "x" * 200_000


def test_too_many_proposals_at_once_are_asked_to_wait(make_app):
    moments = [NOW]
    client = make_app(rate_limit=True, clock=lambda: moments[-1]).test_client()
    form = filled(form_of(page(client.get("/submit")), "/submit"))
    moments.append(NOW + timedelta(seconds=5))
    answers = [client.post("/submit", data={**form, **GIVEN}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    found = page(answers[-1], 429)
    assert found.one("div", id="problems").text == word("rate")
    assert {name: values(form_of(found, "/submit"))[name] for name in GIVEN} == GIVEN


def test_editor_is_not_limited(make_app):
    client = make_app(rate_limit=True).test_client()
    sign_in(client)
    form = filled(form_of(page(client.get("/submit")), "/submit"))
    answers = [client.post("/submit", data={**form, **GIVEN, "do": "preview"}) for _ in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 12


# Editors


def test_editors_own_entry_is_public_at_once(app, editor_client, client):
    before = {address: uids(client.get(address).data) for address in EVERYWHERE if address.startswith("/feeds/")}
    answer = send(editor_client, "/submit", {**GIVEN, "status": "tentative", "role": ["chair", "host"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/events/rehearsal-of-a-forum-zyx-2033")
    found = page(client.get(answer.headers["Location"]))
    assert (found.one("h1").text, found.one("p", class_="big").text) == (GIVEN["title"], "18–22 April 2033")
    event = events.by_slug(store_of(app), "rehearsal-of-a-forum-zyx-2033")
    assert (event.roles, event.status) == (("chair", "host"), "tentative")
    gained = {address: uids(client.get(address).data) - held for address, held in before.items()}
    assert gained == {address: set() if "deadlines" in address else {event.uid} for address in before}
    for address in ("/events?q=zyx", "/events?year=2033", "/series/hlpf", "/themes/cybersecurity", "/sdgs/13"):
        assert event.slug in rows(page(client.get(address)))
    assert uids(client.get("/feeds/role/chair.ics").data) >= {event.uid}


PIECES = {
    "timezone": "America/Guayaquil",
    "deadlines": "Registration closes: 1 April 2033\r\ninput: 1 March 2033",
    "parts": "18 April 2033: Opening <b> @ Room 1\r\n19 April 2033, 9:00-10:30: AI https://un.org/ai",
}
TIDY = {
    "timezone": "America/Guayaquil",
    "deadlines": "input: 1 March 2033\nregistration: 1 April 2033",
    "parts": "18 April 2033: Opening <b> @ Room 1\n19 April 2033, 09:00-10:30: AI https://un.org/ai",
}


def told(body: bytes) -> list[dict[str, str]]:
    """What a calendar tells of each event, by the names that matter here."""
    lines = body.decode().replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for name, _, value in (line.partition(":") for line in lines):
        if (name, value) == ("BEGIN", "VEVENT"):
            found.append({})
        elif found and name.partition(";")[0] in {"UID", "SUMMARY", "DTSTART", "RELATED-TO", "SEQUENCE"}:
            found[-1][name.partition(";")[0]] = value
    return found


def test_editor_adds_deadlines_and_parts_and_feeds_tell_them_as_layers(app, editor_client, client):
    answer = send(editor_client, "/submit", {**GIVEN, **PIECES})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/events/rehearsal-of-a-forum-zyx-2033")
    event = events.by_slug(store_of(app), "rehearsal-of-a-forum-zyx-2033")
    of_it = f"select.ics?event={event.slug}"
    title, related = "Rehearsal of a Forum zyx", {"RELATED-TO": event.uid, "SEQUENCE": "0"}
    itself = {"UID": event.uid, "SEQUENCE": "0", "SUMMARY": title, "DTSTART": "20330418"}
    (inputs, registration), (opening, ai) = event.deadlines, event.parts
    deadlines = [
        {"UID": inputs.uid, **related, "SUMMARY": f"Inputs are due: {title}", "DTSTART": "20330301"},
        {"UID": registration.uid, **related, "SUMMARY": f"Registration closes: {title}", "DTSTART": "20330401"},
    ]
    parts = [
        {"UID": opening.uid, **related, "SUMMARY": f"Opening <b>: {title}", "DTSTART": "20330418"},
        {"UID": ai.uid, **related, "SUMMARY": f"AI: {title}", "DTSTART": "20330419T140000Z"},
    ]
    assert told(client.get(f"/feeds/{of_it}&deadlines=1").data) == [itself, *deadlines]
    assert told(client.get(f"/feeds/{of_it}&deadlines=only").data) == deadlines
    assert told(client.get(f"/feeds/{of_it}&parts=1").data) == [itself, *parts]
    assert told(client.get("/feeds/deadlines.ics").data) == deadlines
    assert [each for each in told(client.get("/feeds/all.ics").data) if event.uid in each.values()] == [itself]
    assert told(client.get("/events/rehearsal-of-a-forum-zyx-2033.ics").data) == [itself]


def test_editors_form_has_deadlines_and_parts_as_lines_that_change_nothing(app, editor_client):
    address = send(editor_client, "/submit", {**GIVEN, **PIECES}).headers["Location"]
    form = filled(form_of(page(editor_client.get(f"/submit?event={address.rpartition('/')[2]}")), "/submit"))
    assert {name: form[name] for name in TIDY} == {name: [value] for name, value in TIDY.items()}
    before = state(app)
    assert editor_client.post("/submit", data=form).headers["Location"] == address
    assert state(app) == before
    edited = editor_client.post("/submit", data={**form, "deadlines": "input: 2 March 2033", "reason": "Extended"})
    assert edited.headers["Location"] == address
    event = events.by_slug(store_of(app), address.rpartition("/")[2])
    assert ([str(each.day) for each in event.deadlines], event.sequence) == (["2033-03-02"], 1)


def test_problems_of_lines_are_told_together_with_their_numbers(app, editor_client):
    given = {
        **GIVEN,
        "deadlines": "\n\nparty: 1 May 2033\nregistration: 1 May 2033",
        "parts": "Opening\n18 April 2033: " + HOSTILE.replace(" @ ", " ") + " @ a @ b\n18 April 2033, 9:00-10:00: A",
    }
    before = state(app)
    found = page(send(editor_client, "/submit", given), 422)
    kinds = "registration, accreditation, side-event-application, input"
    late = {"day": spans.parse("1 May 2033").first, "last": spans.parse("22 April 2033").first}
    assert problems(found) == {
        "timezone": word("part-zone", line=3, example="America/Guayaquil"),
        "deadlines": f"Line 3: {word('deadline-kind', text='party', allowed=kinds)}"
        f" Line 4: {word('deadline-late', **late)}",
        "parts": f"Line 1: {word('part-form')} Line 2: {word('part-venue')}",
    }
    typed = values(form_of(found, "/submit"))
    assert {name: typed[name] for name in pieces.FIELDS} == {name: given[name] for name in pieces.FIELDS}
    assert state(app) == before
    (part,) = [details for details in found.all("details") if details.all("input", id="timezone")]
    assert "open" in part.attributes


def test_form_tells_an_editor_how_the_lines_are_written(editor_client):
    found = page(editor_client.get("/submit"))
    hints = {name: found.one("span", id=f"{name}-h") for name in pieces.FIELDS}
    assert [kind for kind in DeadlineKind if kind not in hints["deadlines"].text] == []
    for name, read in (("deadlines", pieces.read_deadline), ("parts", pieces.read_part)):
        _, *examples = hints[name].raw.split("\n")
        assert [pieces.write(read(example)) for example in examples] == examples != []


def test_preview_of_an_editor_shows_deadlines_and_parts(app, editor_client):
    before = state(app)
    shown = preview(editor_client, **PIECES).one("section", class_="preview")
    assert [[node.text for node in each if node.tag in {"dt", "dd"}] for each in shown.all("dl")] == [
        ["1 March 2033", "Inputs are due", "1 April 2033", "Registration closes"],
        [
            *("18 Apr 2033", "Opening <b>, Room 1"),
            *("19 Apr 2033", "AI, 09:00–10:30 in Quito (UTC−5); 14:00–15:30 UTC, un.org"),
        ],
    ]
    assert state(app) == before


def test_outsiders_deadlines_and_parts_are_ignored(app, client):
    assert preview(client, **PIECES).one("section", class_="preview").all("dl") == []
    sent(client, **{**PIECES, "timezone": "", "parts": "nonsense"})
    (waiting,) = queue.pending(store_of(app))
    assert waiting.fields == GIVEN


def test_conflict_shows_deadlines_and_parts_as_they_are_written(editor_client):
    address = send(editor_client, "/submit", {**GIVEN, **PIECES}).headers["Location"]
    mine = filled(form_of(page(editor_client.get(f"/submit?event={address.rpartition('/')[2]}")), "/submit"))
    editor_client.post("/submit", data={**mine, "deadlines": "input: 2 March 2033"})
    given = {**mine, "deadlines": "INPUT: 2033-03-03\nregistration: 1 April 2033", "title": GIVEN["title"]}
    found = page(editor_client.post("/submit", data=given), 409)
    rows = [[cell.text for cell in row if cell.tag in {"th", "td"}] for row in found.one("table").all("tr")]
    assert rows[1:] == [["Deadlines", "input: 2 March 2033", "input: 3 March 2033; registration: 1 April 2033"]]


@pytest.mark.parametrize("name", ["deadlines", "parts"])
@pytest.mark.parametrize(
    "typed",
    [
        *("\x00", "\u2028", ":", ": ", "@", " @ ", "registration:\x00", "6 July 2027: \u202e", "\r" * 9000),
        *(
            "1 May 2033: ://",
            "1 May 2033: https://[",
            "1 May 2033: http://a:99999999999/",
            "1 May 2033: //",
            "٣ May: A",
        ),
        *("18 April 2033: A\n" * 5000, "x" * 100_000, "18 April 2033, " + "1:11-" * 9000 + ": A", "a: " * 20_000),
        *("18 April 2033, 99:99-99:99: A", "9999-12-31: A", "1 January 0001: A", "18 April 2033: {0} {line} %s %(a)s"),
    ],
    ids=lambda typed: ascii(typed)[:20],
)
def test_hostile_lines_are_never_our_fault(editor_client, name, typed):
    answer = send(editor_client, "/submit", {**GIVEN, name: typed, "do": "preview"})
    assert answer.status_code in {200, 422}
    kept = values(form_of(page(answer, answer.status_code), "/submit"))[name]
    assert kept == typed or "\r" in typed or "\x00" in typed


def test_editors_change_begins_with_what_the_event_says(editor_client):
    form = form_of(page(editor_client.get("/submit?event=unfccc-cop-2016")), "/submit")
    given = values(form)
    assert (given["title"], given["dates"]) == ("Climate Change Conference COP 22", "7-18 November 2016")
    assert (given["city"], given["country"], given["sdgs"], given["series"]) == (
        "Marrakech",
        "MA",
        ["13"],
        "unfccc-cop",
    )
    assert "submitter_email" not in given


def test_editors_change_that_changes_nothing_is_no_change(app, editor_client):
    form = form_of(page(editor_client.get("/submit?event=unfccc-cop-2016")), "/submit")
    before = state(app)
    answer = editor_client.post("/submit", data=filled(form))
    assert answer.headers["Location"] == "/events/unfccc-cop-2016"
    assert state(app) == before


def test_editors_change_is_seen_at_once_with_its_reason(app, editor_client, client):
    form = filled(form_of(page(editor_client.get("/submit?event=unfccc-cop-2016")), "/submit"))
    old = events.by_slug(store_of(app), "unfccc-cop-2016")
    etag = client.get("/feeds/all.ics").headers["ETag"]
    answer = editor_client.post("/submit", data={**form, "title": "COP 22 zyx", "reason": "Shorter <b>"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/events/unfccc-cop-2016")
    found = page(client.get("/events/unfccc-cop-2016"))
    assert found.one("h1").text == "COP 22 zyx"
    assert "Shorter <b>" in [cell.text for cell in found.one("section", aria_labelledby="hist").all("td")]
    assert EDITOR not in found.raw
    changed = events.by_slug(store_of(app), "unfccc-cop-2016")
    assert (changed.uid, changed.sequence) == (old.uid, old.sequence + 1)
    assert history.of_event(store_of(app), old.uid)[0].actor in {EDITOR, "catalogue"}
    assert client.get("/feeds/all.ics").headers["ETag"] != etag
    assert b"COP 22 zyx" in client.get("/feeds/sdg/13.ics").data


def test_editors_change_after_anothers_is_a_conflict_that_shows_both(app, editor_client):
    other = app.test_client()
    sign_in(other)
    mine = filled(form_of(page(editor_client.get("/submit?event=unfccc-cop-2016")), "/submit"))
    theirs = filled(form_of(page(other.get("/submit?event=unfccc-cop-2016")), "/submit"))
    other.post("/submit", data={**theirs, "title": "Their title", "dates": "8-18 November 2016",
                                "source": "UNFCCC notice"})  # fmt: skip
    given = {**mine, "title": "My title", "city": "Agadir", "reason": "mine"}
    found = page(editor_client.post("/submit", data=given), 409)
    told = found.one("div", id="problems").text
    assert told.startswith(word("event-changed"))
    assert "Their title" in told
    assert "8–18 November 2016" in told
    kept = filled(form_of(found, "/submit"))
    assert {name: kept[name] for name in ("title", "dates", "city", "reason")} == {
        "title": ["My title"],
        "dates": ["7-18 November 2016"],
        "city": ["Agadir"],
        "reason": ["mine"],
    }
    assert events.by_slug(store_of(app), "unfccc-cop-2016").title == "Their title"
    # Whoever has read how it stands may send it all the same.
    assert editor_client.post("/submit", data=kept).status_code == 303
    assert events.by_slug(store_of(app), "unfccc-cop-2016").title == "My title"


@pytest.mark.parametrize("between", [{"do": "preview"}, {"dates": "soon"}, {"csrf_token": "old"}])
def test_conflict_is_found_also_after_a_preview_a_problem_or_an_old_token(app, editor_client, between):
    mine = filled(form_of(page(editor_client.get("/submit?event=unfccc-cop-2016")), "/submit"))
    theirs = {**mine, "title": "Their title"}
    assert editor_client.post("/submit", data=theirs).status_code == 303
    answer = editor_client.post("/submit", data={**mine, **between, "reason": "mine"})
    again = filled(form_of(page(answer, answer.status_code), "/submit"))
    assert (again["sequence"], again["reason"]) == (mine["sequence"], ["mine"])
    assert editor_client.post("/submit", data={**again, "dates": mine["dates"]}).status_code == 409
    assert events.by_slug(store_of(app), "unfccc-cop-2016").title == "Their title"


def test_change_of_what_is_not_there_is_not_found(editor_client, client):
    page(editor_client.get("/submit?event=nothing"), 404)
    page(client.get("/submit?event=nothing"), 404)


# The e-mail of the proposer


def test_email_is_on_the_desk_alone_and_gone_with_the_decision(app, client, editor_client):
    address = sent(client, submitter_email=EMAIL)
    (waiting,) = queue.pending(store_of(app))
    desk_address = f"/desk/submissions/{waiting.id}"
    everywhere = [*EVERYWHERE, address, "/desk", "/desk/verify", "/submit"]
    assert EMAIL in page(editor_client.get(desk_address)).raw
    assert [each for each in everywhere if EMAIL.encode() in editor_client.get(each).data] == []
    form = filled(form_of(page(editor_client.get(desk_address)), desk_address))
    answer = editor_client.post(desk_address, data={**form, "do": "approve"})
    assert answer.headers["Location"] == "/events/rehearsal-of-a-forum-zyx-2033"
    everywhere += [desk_address, answer.headers["Location"]]
    assert [each for each in everywhere if EMAIL.encode() in editor_client.get(each).data] == []
    assert kept_accounts.by_email(store_of(app), EMAIL) is None
    store_of(app).db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = store_of(app).path
    assert [file.name for file in path.parent.glob(f"{path.name}*") if EMAIL.encode() in file.read_bytes()] == []


def test_form_of_an_editor_does_not_ask_for_an_email(editor_client):
    found = page(editor_client.get("/submit"))
    assert found.all("input", name="submitter_email") == []
    assert found.one("p", class_="lede").text == "What you save as an editor is public at once."
