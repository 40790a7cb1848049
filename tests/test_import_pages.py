"""Importing through the desk's pages: upload or paste, columns, preview with ticks, apply, and undo."""

import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import texts
from calendar_app.desk.importing import applying, checking
from calendar_app.errors import CalendarError
from calendar_app.events import Event
from calendar_app.store import Store, batches, events, staged_rows, staging
from calendar_app.topics import Status
from tests.test_importing import dump, edit, every, find
from tests.webapp import Node, filled, form_of, page, send, store_of, token

IMPORT = "/desk/import"
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Partner//EN\r\nX-WR-CALNAME:Partner calendar\r\n"
    "BEGIN:VEVENT\r\nUID:a@partner\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Spectrum Days\r\n"
    "DTSTART;VALUE=DATE:20310607\r\nDTEND;VALUE=DATE:20310610\r\nLOCATION:Geneva\\, Switzerland\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:b@partner\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Orbit Days\r\n"
    "DTSTART;VALUE=DATE:20320503\r\nDTEND;VALUE=DATE:20320506\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
CSV = (
    "Name;From;To;Place;Room\n"
    "Spectrum Days;7 June 2031;9 June 2031;Geneva, Switzerland;A\n"
    "Orbit Days;soon;;Quito;B\n"
    "High-level Political Forum 2027;6 July 2027;15 July 2027;New York;C\n"
)


def upload(client: FlaskClient, text: str, name: str = "partner.ics", **data: str) -> str:
    """Sends a file; gives the address of the import that it became."""
    answer = send(client, IMPORT, {"file": (io.BytesIO(text.encode()), name), **data})
    assert answer.status_code == 303
    return answer.location


def press(client: FlaskClient, address: str, **data: object):
    """Presses a button of an import's page, with all that its form holds; a tick that is given replaces the ticks."""
    form = max(
        (node for node in page(client.get(address)).all("form", method="post")), key=lambda node: len(list(node))
    )
    return client.post(address.partition("?")[0], data={**filled(form), **data})


def number_of(address: str) -> int:
    return int(address.rpartition("/")[2])


def lines(found: Node) -> list[str]:
    return [item.text for item in found.all("li", class_="claim")]


def word(message: str, **data: object) -> str:
    return texts.of("en").error(CalendarError(message, **data))


def test_upload_is_previewed_then_applied_then_undone(app: Flask, editor_client: FlaskClient, client: FlaskClient):
    store = store_of(app)
    before = every(store)
    address = upload(editor_client, ICS)
    shown = page(editor_client.get(address))
    assert lines(shown) == [
        "Spectrum Days, 7-9 June 2031, Geneva New event 1 It is not in the calendar yet.",
        "Orbit Days, 3-5 May 2032 New event 2 It is not in the calendar yet.",
    ]
    assert every(store) == before
    assert press(editor_client, address, do="apply").location == address
    applied = page(editor_client.get(address))
    (batch,) = [node["href"] for node in applied.all("a") if node["href"].startswith("/desk/batches/")]
    event = find(store, "Spectrum Days")
    assert page(client.get(f"/events/{event.slug}")).one("h1").text == "Spectrum Days"
    assert "2 events added, 0 changed." in page(editor_client.get(batch)).text
    assert "Stands" in page(editor_client.get(IMPORT)).one("table").text
    assert send(editor_client, batch, {"reason": "The wrong file"}).status_code == 303
    assert "It is undone." in page(editor_client.get(batch)).text
    assert client.get(f"/events/{event.slug}").status_code == 410
    assert "Undone" in page(editor_client.get(IMPORT)).one("table").text


def test_foreign_calendar_imported_twice_is_imported_once(app: Flask, editor_client: FlaskClient):
    store = store_of(app)
    press(editor_client, upload(editor_client, ICS), do="apply")
    edited = edit(store, find(store, "Orbit Days"), title="Orbit Days 2032")
    once = dump(store)
    address = upload(editor_client, ICS)
    assert [line.partition(" See ")[0] for line in lines(page(editor_client.get(address)))] == [
        "Spectrum Days, 7-9 June 2031, Geneva Same event 1 The file says nothing new.",
        "Orbit Days, 3-5 May 2032 Same event 2 The file says nothing new.",
    ]
    press(editor_client, address, do="apply")
    assert "no ticked row says anything that the calendar does not" in page(editor_client.get(address)).text
    assert dump(store) == once
    assert events.by_uid(store, edited.uid) == edited


def test_our_own_feed_adds_nothing(app: Flask, editor_client: FlaskClient, client: FlaskClient):
    store, feed = store_of(app), client.get("/feeds/series/hlpf.ics").get_data(as_text=True)
    before = every(store)
    address = upload(editor_client, feed, "hlpf.ics")
    assert {row.verdict for row in staged_rows.page(store, number_of(address), most=-1)} == {"same"}
    press(editor_client, address, do="apply")
    assert every(store) == before


def test_row_that_is_not_ticked_is_left_out(app: Flask, editor_client: FlaskClient):
    store, address = store_of(app), upload(editor_client, ICS)
    assert press(editor_client, address, tick=["1"], do="keep").location == f"{address}?page=1"
    found = page(editor_client.get(address)).all("input", name="tick")
    assert ["checked" in node.attributes for node in found] == [False, True]
    press(editor_client, address, do="apply")
    assert [event.title for event in every(store) if event.title in {"Spectrum Days", "Orbit Days"}] == ["Orbit Days"]


def test_all_of_a_verdict_are_ticked_or_none(app: Flask, editor_client: FlaskClient):
    store, address = store_of(app), upload(editor_client, ICS)

    def ticks() -> list[bool]:
        return [row.ticked for row in staged_rows.page(store, number_of(address), most=-1)]

    assert press(editor_client, f"{address}?verdict=new", none="new").location == f"{address}?verdict=new&page=1"
    assert ticks() == [False, False]
    press(editor_client, f"{address}?verdict=new", all="new")
    assert ticks() == [True, True]
    assert lines(page(editor_client.get(f"{address}?verdict=changed"))) == []


def test_table_is_imported_by_the_columns_that_are_mapped(app: Flask, editor_client: FlaskClient):
    store, address = store_of(app), upload(editor_client, CSV, "may.csv", source="Letter")
    columns = page(editor_client.get(address))
    form = filled(columns.all("form", action=address)[0])
    guessed = [form[f"column-{place}"][0] for place in range(5)]
    assert guessed == ["title", "start", "end", "location", "venue"]
    hints = [node.text for node in columns.all("span", class_="hint")]
    assert hints[0] == "Spectrum Days · Orbit Days · High-level Political Forum 2027"
    wrong = page(press(editor_client, address, **{"column-0": "", "column-2": "start", "do": "map"}), 422)
    assert [node["id"] for node in wrong.all(class_="err")] == ["column-1-e", "column-2-e"]
    assert word("staged-columns") in wrong.one("div", id="problems").text
    assert press(editor_client, address, do="map").location == address
    shown = page(editor_client.get(address))
    told = lines(shown)
    assert told[0] == "Spectrum Days, 7-9 June 2031, Geneva New line 2 It is not in the calendar yet."
    assert told[1].startswith("Orbit Days, soon, Quito To put right line 3 When: We can’t read “soon”.")
    assert "It may be High-level Political Forum 2027" in told[2]
    assert [node["value"] for node in shown.all("input", type="radio", name="row-2")] == ["leave", "join", "add"]
    # The columns may be changed once more before anything is written.
    press(editor_client, f"{address}?columns=1", **{"column-4": "description", "do": "map"})
    press(editor_client, address, do="apply")
    event = find(store, "Spectrum Days")
    assert (event.description, event.venue, event.source, event.country) == ("A", "", "Letter", "CH")
    assert [each.title for each in every(store)].count("High-level Political Forum 2027") == 1


def test_likely_duplicate_is_joined_or_added_as_the_editor_says(app: Flask, editor_client: FlaskClient):
    store = store_of(app)
    before = every(store)
    text = "High-level Political Forum 2027, 6-15 July 2027, New York\nCOP 31, 9-20 November 2026, Antalya\n"

    def paste() -> str:
        return send(editor_client, IMPORT, {"pasted": text, "source": "E-mail", "origin": "mail"}).location

    address = paste()
    press(editor_client, address, **{"row-0": "join", "do": "apply"})
    assert every(store) == before
    address = paste()
    verdicts = [(row.verdict, row.joined) for row in staged_rows.page(store, number_of(address), most=-1)]
    assert verdicts == [("same", True), ("new", False)]
    press(editor_client, f"{address}?verdict=new", do="join")
    assert staged_rows.page(store, number_of(address), most=-1)[1].joined
    press(editor_client, address, **{"row-1": "add", "do": "apply"})
    assert [event.title for event in every(store) if event not in before] == ["COP 31"]


def test_paste_keeps_what_was_typed_where_something_is_wrong(editor_client: FlaskClient):
    given = {"pasted": "Spectrum Days, 7 June 2031\n", "source": "", "source_url": "un.org", "origin": "mail"}
    found = page(send(editor_client, IMPORT, given), 422)
    assert [node["id"] for node in found.all(class_="err")] == ["source-e", "source_url-e"]
    form = filled(form_of(found, IMPORT))
    assert {name: form[name] for name in given} == {
        name: [text.strip()] if name != "pasted" else [text] for name, text in given.items()
    }
    nothing = page(send(editor_client, IMPORT, {"pasted": " "}), 422)
    assert word("staged-nothing") in nothing.one("div", id="problems").text


def test_file_and_text_at_once_are_refused(app: Flask, editor_client: FlaskClient):
    data = {"file": (io.BytesIO(ICS.encode()), "a.ics"), "pasted": "Spectrum Days, 7 June 2031"}
    found = page(send(editor_client, IMPORT, data), 422)
    assert [node["id"] for node in found.all(class_="err")] == ["file-e", "pasted-e"]
    assert form_of(found, IMPORT).one("textarea").raw.strip() == "Spectrum Days, 7 June 2031"
    assert staging.waiting(store_of(app)) == []


@pytest.mark.parametrize(
    "body", [b"PK\x03\x04zip", b"\xff\xfe\x00", b"\x00\x00", b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\r\n" * 9000]
)
def test_file_that_cannot_be_read_is_refused_in_words_or_read_as_far_as_it_goes(
    editor_client: FlaskClient, body: bytes
):
    answer = send(editor_client, IMPORT, {"file": (io.BytesIO(body), "x.ics")})
    assert answer.status_code in {303, 422}


def post_large(client: FlaskClient, body: bytes, secret: str):
    """Sends a file as a browser does, but from memory: the test client would leave a temporary file open."""
    head = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{secret}\r\n'
    head += '--x\r\nContent-Disposition: form-data; name="file"; filename="large.ics"\r\n\r\n'
    whole = head.encode() + body + b"\r\n--x--\r\n"
    return client.post(IMPORT, data=whole, content_type="multipart/form-data; boundary=x")


def test_file_may_be_larger_than_any_other_form_and_no_larger_than_said(app: Flask, editor_client: FlaskClient):
    secret, padding = token(editor_client, IMPORT), "X-PADDING:" + "x" * 60 + "\r\n"
    large = ICS.replace("BEGIN:VEVENT\r\n", padding * 20_000 + "BEGIN:VEVENT\r\n", 1).encode()
    assert len(large) > 1_400_000
    assert post_large(editor_client, large, secret).status_code == 303
    just, far = b"x" * (2 * 1024**2 + 1), b"x" * (2 * 1024**2 + 100_000)
    assert word("import-size", most=2) in page(post_large(editor_client, just, secret), 422).text
    refused = page(post_large(editor_client, far, secret), 413)
    assert refused.one("p", class_="lede").text == word("import-size", most=2)
    # Only there, and only for editors.
    client = app.test_client()
    stranger = page(post_large(client, b"x" * 500_000, token(client, "/login")), 413)
    assert stranger.one("p", class_="lede").text == word("body-long", most=256 * 1024)


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports one row a request."""
    for module in (checking, applying):
        monkeypatch.setattr(module, "CHUNK", 1)


@pytest.mark.usefixtures("small_pieces")
def test_long_import_goes_on_piece_by_piece_and_shows_how_far_it_is(app: Flask, editor_client: FlaskClient):
    store, address = store_of(app), upload(editor_client, ICS)

    def shown() -> tuple[str, str, str]:
        found = page(editor_client.get(address))
        bar = found.one("progress")
        assert "data-go-on" in found.all("form", action=address)[0].attributes
        return bar["value"], bar["max"], found.one("label", **{"for": "done"}).text

    assert shown() == ("1", "2", "1 of 2")
    assert send(editor_client, address, {"do": "on"}).location == address
    send(editor_client, address, {"do": "on"})
    press(editor_client, address, do="apply")
    assert shown() == ("1", "2", "1 of 2")
    assert find(store, "Spectrum Days").status is Status.CONFIRMED
    send(editor_client, address, {"do": "on"})
    send(editor_client, address, {"do": "on"})
    assert staging.by_id(store, number_of(address)).state == "applied"


def test_preview_is_paged_and_a_page_keeps_its_ticks(app: Flask, editor_client: FlaskClient):
    store = store_of(app)
    text = "\n".join(f"Meeting {number}, {1 + number % 28} June 20{40 + number // 28}" for number in range(150))
    address = send(editor_client, IMPORT, {"pasted": text, "source": "List"}).location
    first = page(editor_client.get(address))
    assert len(lines(first)) == 100
    assert [node["value"] for node in first.all("button", name="to")] == ["1", "2"]
    answer = press(editor_client, address, tick=[], to="2")
    assert answer.location == f"{address}?page=2"
    second = page(editor_client.get(answer.location))
    assert len(lines(second)) == 50
    assert "50 rows are ticked" in second.text
    press(editor_client, address, do="apply")
    assert sum(event.title.startswith("Meeting ") and event.title != "Meeting" for event in every(store)) >= 50


def test_conflict_is_shown_and_compared_again(app: Flask, editor_client: FlaskClient):
    store = store_of(app)
    press(editor_client, upload(editor_client, ICS), do="apply")
    address = upload(editor_client, ICS.replace("20310610", "20310611"))
    told = page(editor_client.get(address))
    assert "Changed event 1 Taken from the file: When." in told.text
    assert told.one("ins").text == "7-10 June 2031"
    edited = edit(store, find(store, "Spectrum Days"), venue="CICG")
    press(editor_client, address, do="apply")
    conflict = page(editor_client.get(address))
    assert word("staged-changed") in lines(conflict)[0]
    assert events.by_uid(store, edited.uid) == edited
    send(editor_client, address, {"do": "again"})
    press(editor_client, address, do="apply")
    after: Event = events.by_uid(store, edited.uid)
    assert (after.span.last.day, after.venue) == (10, "CICG")


def test_import_is_dropped(app: Flask, editor_client: FlaskClient):
    address = upload(editor_client, ICS)
    assert address in [node["href"] for node in page(editor_client.get(IMPORT)).all("a")]
    assert send(editor_client, address, {"do": "drop"}).location == IMPORT
    assert "thrown away" in page(editor_client.get(address)).text
    assert staged_rows.page(store_of(app), number_of(address), most=-1) == []


def test_second_window_is_told_where_the_import_is(editor_client: FlaskClient):
    address = upload(editor_client, ICS)
    press(editor_client, address, do="apply")
    for do in ("apply", "on", "map", "again", "drop", "keep", ""):
        secret = token(editor_client, IMPORT)
        answer = editor_client.post(address, data={"csrf_token": secret, "do": do})
        assert answer.status_code in {409, 422}, do


@pytest.mark.parametrize("end", ["0", "x", "-1", "9" * 40, "999", "1e3", "%00", "٣"])
def test_import_or_batch_that_is_not_there_is_not_found(editor_reader: FlaskClient, end: str):
    for parent in (IMPORT, "/desk/batches"):
        assert page(editor_reader.get(f"{parent}/{end}"), 404)


@pytest.mark.parametrize("value", ["x", "-1", "9" * 400, "\x00", "٣", "[]", json.dumps({"a": 1})])
def test_hostile_choices_are_never_our_fault(app: Flask, editor_client: FlaskClient, value: str):
    address = upload(editor_client, CSV, "may.csv")
    mapped = send(editor_client, address, {"column-0": value, "column-99": value, "do": "map"})
    assert mapped.status_code == 422
    press(editor_client, address, do="map")
    for name in ("tick", "row", "row-0", "to", "page", "verdict", "all", "none", "do"):
        answer = send(editor_client, address, {name: value})
        assert answer.status_code == 303
        assert editor_client.get(answer.location).status_code == 200
    assert editor_client.get(address, query_string={"verdict": value, "page": value}).status_code == 200
    assert batches.newest(store_of(app), "import", most=9) == []


def test_nobody_but_an_editor_imports(app: Flask, client: FlaskClient):
    store: Store = store_of(app)
    assert (client.get(IMPORT).location, client.get(f"{IMPORT}/1").status_code) == ("/login?next=/desk/import", 303)
    data = {"file": (io.BytesIO(ICS.encode()), "a.ics")}
    assert send(client, IMPORT, data, form="/login").status_code == 303
    assert staging.waiting(store) == []
