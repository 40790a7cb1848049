"""The desk of the report: its texts beside what the record says, what stands where, and its figures."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app.desk import report as writing
from calendar_app.report.facts import Period
from calendar_app.store import figures, report_places
from calendar_app.store import report as kept
from tests.conftest import NOW
from tests.webapp import EDITOR, Node, client_as, filled, form_of, page, send, store_of, token

YEAR = Period(first=date(2016, 1, 1), last=date(2016, 12, 31))
ADDRESS = "/desk/report?from=2016-01-01&to=2016-12-31"
PLACES, FIGURES = "/desk/report/places", "/desk/figures"
ACCEPTED = "acceptance rate of long-standing recommendations, reports of 2006-2014"


def write(app: Flask, period: Period = YEAR, *, actor: str = "bo@example.org", **given: str) -> None:
    texts = kept.texts(store_of(app), period.first, period.last)
    seen = {name: each.id for name, each in texts.items()}
    writing.write(store_of(app), period, given=given, seen=seen, actor=actor, now=NOW)


def stands(app: Flask, period: Period = YEAR) -> dict[str, str]:
    return {name: each.text for name, each in kept.texts(store_of(app), period.first, period.last).items()}


def texts_form(found: Node) -> Node:
    return found.one("form", id="texts")


def told(found: Node) -> str:
    return found.one("p", id="just-done").text


def form_with(found: Node, **wanted: str) -> Node:
    """The form that holds fields with these values."""
    forms = found.all("form", method="post")
    (form,) = (each for each in forms if all(filled(each).get(name) == [value] for name, value in wanted.items()))
    return form


def test_page_leads_to_the_last_full_year_without_a_period(editor_reader: FlaskClient):
    answer = editor_reader.get("/desk/report")
    assert (answer.status_code, answer.location) == (302, "/desk/report?from=2025-01-01&to=2025-12-31")


def test_sessions_of_council_are_offered_near_the_period_alone_as_on_the_public_page(editor_reader: FlaskClient):
    for path in ("/report", "/desk/report"):
        found = [page(editor_reader.get(f"{path}?from={year}-01-01&to={year}-12-31")) for year in (1950, 2016)]
        assert [len(each.all("select", id="council-to")) for each in found] == [0, 1]


def test_period_that_is_none_gives_the_choice_of_one_here(editor_reader: FlaskClient):
    found = page(editor_reader.get("/desk/report?from=2016-02-30&to=2016-12-31"), 400)
    assert {form["action"] for form in found.all("form") if form.get("method") != "post"} == {"/desk/report"}
    answer = editor_reader.get("/desk/report?from=itu-council-2016&to=itu-council-2017")
    assert (answer.status_code, answer.location) == (303, "/desk/report?from=2016-06-03&to=2017-05-14")


def test_each_section_has_its_field_with_what_the_record_says_under_it(editor_reader: FlaskClient):
    found = page(editor_reader.get(ADDRESS))
    section = found.one("section", aria_labelledby="summits-and-conferences")
    assert section.one("textarea")["name"] == "text-summits-and-conferences"
    said = section.one("details", class_="record")
    assert "World Humanitarian Summit (23-24 May, Istanbul, Turkey)" in said.text
    assert said.all("a", href="/events/whs-2016")
    # Of an introduction the record says nothing.
    section = found.one("section", aria_labelledby="introduction")
    assert section.one("textarea")["name"] == "text-introduction"
    assert section.all("details", class_="record") == []
    assert len(texts_form(found).all("textarea")) == 8 + 1
    assert [link["href"] for link in found.one("p", class_="report-ways").all("a")][:3] == [
        *("/report?from=2016-01-01&to=2016-12-31", "/report.docx?from=2016-01-01&to=2016-12-31"),
        "/report.txt?from=2016-01-01&to=2016-12-31",
    ]


def test_what_is_saved_is_on_the_page_the_report_and_the_log(app: Flask, editor_client: FlaskClient):
    sent = filled(texts_form(page(editor_client.get(ADDRESS))))
    data = {**sent, "text-date": "2017-03-29", "text-symbol": "C17/39", "text-jiu": "One.\r\n\r\nTwo.", "save": "jiu"}
    answer = editor_client.post(ADDRESS, data=data)
    assert (answer.status_code, answer.location) == (303, f"{ADDRESS}#jiu")
    found = page(editor_client.get(ADDRESS))
    assert told(found) == "Saved: Document symbol, Date of the document and Joint Inspection Unit"
    again = filled(texts_form(found))
    assert (again["text-date"], again["text-jiu"]) == (["29 March 2017"], ["One.\n\nTwo."])
    # What an editor wrote is not told as what the record says.
    assert "Two." not in found.one("section", aria_labelledby="jiu").one("details", class_="record").text
    public = page(app.test_client().get("/report?from=2016-01-01&to=2016-12-31"))
    assert "C17/39" in public.text
    assert "29 March 2017" in public.text
    assert [each.text for each in public.one("section", aria_labelledby="jiu").all("p") if each.text == "Two."]
    (line, *_) = page(editor_client.get("/desk/log")).one("ol", class_="log").all("li")
    assert line.one("a")["href"] == ADDRESS
    assert "Text of a report written" in line.text


def test_saving_what_is_there_saves_nothing(app: Flask, editor_client: FlaskClient):
    write(app, summary="In short.")
    form = texts_form(page(editor_client.get(ADDRESS)))
    assert editor_client.post(ADDRESS, data=filled(form)).status_code == 303
    assert told(page(editor_client.get(ADDRESS))) == "Nothing was changed, so nothing was saved."
    assert len(kept.history(store_of(app), YEAR.first, YEAR.last)) == 1


def test_problem_is_told_at_its_field_and_all_that_was_typed_is_kept(app: Flask, editor_client: FlaskClient):
    data = {"text-date": "March 2017", "seen-date": "0", "text-summary": "In short.", "seen-summary": "0"}
    found = page(send(editor_client, ADDRESS, data, form=ADDRESS), 422)
    (problem,) = found.one("div", id="problems").all("a")
    assert problem["href"] == "#text-date"
    assert problem.text == "Date of the document: March 2017 is not one day. Write a day such as 29 March 2017."
    assert found.one("input", id="text-date")["aria-invalid"] == "true"
    typed = filled(texts_form(found))
    assert (typed["text-date"], typed["text-summary"], stands(app)) == (["March 2017"], ["In short."], {})


def test_what_the_record_does_not_hold_is_left_out_by_a_box_that_is_kept_like_a_text(
    app: Flask, editor_client: FlaskClient
):
    form = texts_form(page(editor_client.get(ADDRESS)))
    assert filled(form)["text-gaps"] == []
    editor_client.post(ADDRESS, data={**filled(form), "text-gaps": "out"})
    found = page(editor_client.get(ADDRESS))
    assert told(found) == "Saved: What the record does not hold"
    assert (filled(texts_form(found))["text-gaps"], stands(app)) == (["out"], {"gaps": "out"})
    unticked = {name: value for name, value in filled(texts_form(found)).items() if name != "text-gaps"}
    # One who does not send the box at all leaves it as it is.
    assert editor_client.post(ADDRESS, data={"csrf_token": unticked["csrf_token"][0]}).status_code == 303
    assert stands(app) == {"gaps": "out"}
    editor_client.post(ADDRESS, data=unticked)
    assert stands(app) == {"gaps": ""}
    assert len(kept.history(store_of(app), YEAR.first, YEAR.last)) == 2
    assert page(send(editor_client, ADDRESS, {"text-gaps": "no", "seen-gaps": "0"}, form=ADDRESS), 422)


def test_thing_of_a_check_is_settled_with_a_reason_for_its_period_alone_and_opened_again(
    app: Flask, editor_client: FlaskClient
):
    def count(found: Node) -> tuple[str, list[str]]:
        checks = found.one("section", aria_labelledby="checks")
        return checks.all("p")[0].text.partition(" things")[0], [each.text for each in checks.all("summary")]

    before, words = count(page(editor_client.get(ADDRESS)))
    form = form_with(page(editor_client.get(ADDRESS)), kind="no-days")
    (name,) = (each["value"] for each in form.all("input", name="settle"))
    found = page(send(editor_client, ADDRESS, {"do": "settle", "kind": "no-days", "settle": name}, form=ADDRESS), 422)
    (problem,) = found.one("div", id="problems").all("a")
    assert found.one("input", id=problem["href"][1:])["aria-invalid"] == "true"
    assert stands(app) == {}
    sent = {"do": "settle", "kind": "no-days", "settle": name, "reason": "It had none"}
    assert send(editor_client, ADDRESS, sent, form=ADDRESS).status_code == 303
    left, then = count(page(editor_client.get(ADDRESS)))
    assert (int(left), stands(app)) == (int(before) - 1, {name: "It had none"})
    assert (words[-1] in then, "Settled: nothing to report 1" in then) == (True, True)
    assert not [each for each in then if each.startswith("Events whose days are not known")]
    # The page for all tells editors the same number; another period is not settled.
    assert f"{left} " in page(editor_client.get("/report?from=2016-01-01&to=2016-12-31")).text
    other = ADDRESS.replace("2016-12-31", "2016-12-30")
    assert "Settled: nothing to report 1" not in count(page(editor_client.get(other)))[1]
    assert send(editor_client, ADDRESS, {"do": "reopen", "settled": name}, form=ADDRESS).status_code == 303
    assert count(page(editor_client.get(ADDRESS))) == (before, words)
    page(send(editor_client, ADDRESS, {"do": "reopen", "settled": name}, form=ADDRESS), 409)
    log = page(editor_client.get("/desk/log")).one("ol", class_="log").all("li")
    assert ["Something to report after all" in log[0].text, "It had none" in log[1].text] == [True, True]


def test_second_editor_sees_the_text_of_the_first_beside_their_own(app: Flask, editor_client: FlaskClient):
    write(app, summary="First.", jiu="Rates.")
    sent = filled(texts_form(page(editor_client.get(ADDRESS))))
    write(app, summary="Bo’s.")
    data = {**sent, "text-summary": "Ana’s.", "text-jiu": "Better rates."}
    found = page(editor_client.post(ADDRESS, data=data), 409)
    assert "bo@example.org" in found.one("section", aria_labelledby="summary").one("div", class_="warn").text
    assert "Bo’s." in found.one("div", class_="warn").text
    again = filled(texts_form(found))
    assert (again["text-summary"], again["text-jiu"]) == (["Ana’s."], ["Better rates."])
    assert stands(app) == {"summary": "Bo’s.", "jiu": "Rates."}
    # Having seen it, she saves again, and it takes the place of his.
    assert editor_client.post(ADDRESS, data=again).status_code == 303
    assert stands(app) == {"summary": "Ana’s.", "jiu": "Better rates."}


def test_earlier_text_is_put_back_and_what_was_typed_elsewhere_is_saved(app: Flask, editor_client: FlaskClient):
    write(app, summary="First.")
    write(app, summary="Second.")
    form = texts_form(page(editor_client.get(ADDRESS)))
    (button,) = form.all("button", name="back")
    assert re.fullmatch("Put it back: Summary, .* UTC", button.text)
    data = {**filled(form), "back": button["value"], "text-jiu": "Rates."}
    assert editor_client.post(ADDRESS, data=data).location == f"{ADDRESS}#summary"
    assert stands(app) == {"summary": "First.", "jiu": "Rates."}
    texts = [each.text for each in kept.history(store_of(app), YEAR.first, YEAR.last) if each.name == "summary"]
    assert texts == ["First.", "Second.", "First."]
    unknown = editor_client.post(ADDRESS, data={**filled(form), "back": "999", "text-jiu": "Other."})
    assert filled(texts_form(page(unknown, 409)))["text-jiu"] == ["Other."]


def test_texts_of_another_period_are_drafts_until_they_are_saved(app: Flask, editor_client: FlaskClient):
    before = Period(first=date(2015, 1, 1), last=date(2015, 12, 31))
    write(app, before, summary="As last year.", jiu="Old rates.", symbol="C16/1")
    form = texts_form(page(editor_client.get(ADDRESS)))
    assert form.one("select", id="like").one("option").text == "2015"
    data = {**filled(form), "text-jiu": "New rates.", "do": "start"}
    found = page(editor_client.post(ADDRESS, data=data))
    drafts = filled(texts_form(found))
    assert (drafts["text-summary"], drafts["text-jiu"]) == (["As last year."], ["New rates."])
    assert drafts["text-symbol"] == [""]
    assert len(found.all("span", class_="maybe")) == 1
    assert stands(app) == {}
    assert editor_client.post(ADDRESS, data=drafts).status_code == 303
    assert stands(app) == {"summary": "As last year.", "jiu": "New rates."}
    for like in ("", "x", "from=2015-02-30&to=2015-12-31", "from=2016-12-31&to=2016-01-01"):
        assert editor_client.post(ADDRESS, data={**data, "like": like}).status_code == 200


def test_form_that_was_open_too_long_comes_back_with_what_was_typed(editor_reader: FlaskClient):
    found = page(editor_reader.post(ADDRESS, data={"csrf_token": "old", "text-summary": "In short."}), 400)
    assert filled(texts_form(found))["text-summary"] == ["In short."]
    assert editor_reader.post("/desk/report", data={"csrf_token": "old", "text-summary": "x"}).status_code == 400


@pytest.mark.parametrize("text", ["\x00\u202e", "\ud800", "a" * 10_001, "<script>alert(1)</script>"])
def test_hostile_text_is_refused_in_words_or_kept_as_plain_text(app: Flask, editor_client: FlaskClient, text: str):
    data = {"text-summary": text.encode("utf-8", "surrogatepass"), "seen-summary": "9" * 400, "back": "\x00"}
    answer = send(editor_client, ADDRESS, data, form=ADDRESS)
    assert answer.status_code in {303, 409, 422}
    assert b"<script>alert" not in answer.data
    assert not {"\x00", "\ud800"} & set("".join(stands(app).values()))


def test_checks_lead_to_where_they_are_mended(editor_reader: FlaskClient):
    section = page(editor_reader.get(ADDRESS)).one("section", aria_labelledby="checks")
    links = [link["href"] for check in section.all("details", class_="check") for link in check.all("a")]
    assert links
    assert [
        link for link in links if not re.match("/desk/(events|series|engagements|report/places|figures)", link)
    ] == ["#header"] * 4


def test_event_in_no_section_is_placed_from_the_page_of_the_report(app: Flask, editor_client: FlaskClient):
    form = form_of(page(editor_client.get(ADDRESS)), PLACES)
    what = form.one("select", id="what").all("option")[-1]["value"]
    assert what.startswith("event ")
    data = {**filled(form), "what": what, "section": "un-governance", "reason": "It governs"}
    answer = editor_client.post(PLACES, data=data)
    assert (answer.status_code, answer.location) == (303, ADDRESS)
    (place,) = (each for each in report_places.standing(store_of(app)) if each.key == what.removeprefix("event "))
    assert (place.section, place.position) == ("un-governance", 18)
    offered = form_of(page(editor_client.get(ADDRESS)), PLACES).one("select", id="what").all("option")
    assert what not in {each["value"] for each in offered}


def test_place_is_changed_and_left_out_on_its_page(app: Flask, editor_client: FlaskClient):
    found = page(editor_client.get(PLACES))
    (link,) = (each for each in found.all("a") if each.text == "Change: Habitat III")
    form = form_of(page(editor_client.get(link["href"])), PLACES)
    assert filled(form)["place"] == ["Quito, Ecuador"]
    data = {**filled(form), "name": "Third Habitat", "reason": "House style"}
    assert editor_client.post(PLACES, data=data).location == PLACES
    found = page(editor_client.get(PLACES))
    assert told(found) == "Placed: Habitat III"
    assert "Third Habitat" in found.text
    # The form is of before.
    stale = page(editor_client.post(PLACES, data=data), 409)
    assert filled(form_of(stale, PLACES))["name"] == ["Third Habitat"]
    for do, names in (("out", [""]), ("series", [])):
        form = form_of(page(editor_client.get(f"{PLACES}?event=habitat-2016")), PLACES)
        assert editor_client.post(PLACES, data={**filled(form), "reason": "x", "do": do}).status_code == 303
        assert [each.section for each in report_places.standing(store_of(app)) if each.key == "habitat-2016"] == names


def test_place_is_named_by_a_series_or_by_the_address_of_an_event(app: Flask, editor_client: FlaskClient):
    more = {"section": "key-initiatives", "reason": "x"}
    pasted = "https://calendar.example/events/igf-2017?x=1"
    for given in ({"event": pasted}, {"series": "ai-for-good"}, {"series": "wuf", "event": "igf-2018"}):
        assert send(editor_client, PLACES, {**more, **given}).status_code == 303
    found = {each.key for each in report_places.standing(store_of(app)) if each.section == "key-initiatives"}
    assert {"igf-2017", "ai-for-good", "igf-2018"} <= found
    # What the blank form could not show is not written over.
    before = report_places.standing(store_of(app))
    again = page(send(editor_client, PLACES, {**more, "event": "ecosoc-integration-segment-2016"}), 409)
    assert "Someone placed it meanwhile." in again.one("div", id="problems").text
    assert report_places.standing(store_of(app)) == before
    nothing = page(send(editor_client, PLACES, more), 422)
    assert nothing.one("div", id="problems").one("a").text == "Series: Choose an event or a series."
    unknown = page(send(editor_client, PLACES, {**more, "event": "none"}), 422)
    assert unknown.one("input", id="event")["value"] == "none"
    every = page(send(editor_client, PLACES, {"series": "igf", "position": "x"}), 422)
    assert [link["href"] for link in every.one("div", id="problems").all("a")] == ["#section", "#position", "#reason"]
    assert editor_client.get(f"{PLACES}?event=none").status_code == 404


def test_rates_of_another_year_are_put_down_at_once(app: Flask, editor_client: FlaskClient):
    form = form_with(page(editor_client.get(FIGURES)), key="year-jiu")
    sent = filled(form)
    assert sent["year"] == ["2025"]
    assert (len(sent["measure"]), sent["unit"]) == (2, ["percent", "percent"])
    data = {**sent, "year": "2017", "source": "C18/30", "value": ["88", "86.5"]}
    assert editor_client.post(FIGURES, data=data).status_code == 303
    assert {each.value for each in figures.standing(store_of(app)) if each.year == "2017"} == {88.0, 86.5}
    found = page(editor_client.get(FIGURES))
    assert told(found).startswith("Recorded: acceptance rate of long-standing")
    assert EDITOR in found.one("section", aria_labelledby="hist").text
    # One that is left empty is not put down; without any there is something to put right.
    data |= {"year": "2018", "value": ["89", ""]}
    assert editor_client.post(FIGURES, data=data).status_code == 303
    assert [each.value for each in figures.standing(store_of(app)) if each.year == "2018"] == [89.0]
    none = page(editor_client.post(FIGURES, data={**data, "value": ["", " "]}), 422)
    assert none.one("div", id="problems").one("a")["href"] == "#year-jiu-value-0"


def test_problem_of_a_figure_is_told_at_its_own_field(editor_client: FlaskClient):
    sent = filled(form_with(page(editor_client.get(FIGURES)), key="year-jiu"))
    found = page(editor_client.post(FIGURES, data={**sent, "year": "", "value": ["", "1,500"]}), 422)
    links = [link["href"] for link in found.one("div", id="problems").all("a")]
    assert links == ["#year-jiu-year", "#year-jiu-source", "#year-jiu-value-1"]
    again = filled(form_with(found, key="year-jiu"))
    assert again["value"] == ["", "1,500"]
    assert "implementation rate of recommendations" in found.one("div", id="problems").all("a")[2].text


def test_figure_is_corrected_then_taken_out(app: Flask, editor_client: FlaskClient):
    form = form_with(page(editor_client.get(FIGURES)), measure=ACCEPTED, year="2016")
    before = filled(form)
    assert editor_client.post(FIGURES, data={**before, "value": "88"}).status_code == 303
    stale = page(editor_client.post(FIGURES, data={**before, "value": "89"}), 409)
    again = filled(form_with(stale, measure=ACCEPTED, year="2016"))
    assert again["value"] == ["89"]
    assert editor_client.post(FIGURES, data=again).status_code == 303
    out = {**filled(form_with(page(editor_client.get(FIGURES)), measure=ACCEPTED, year="2016")), "do": "out"}
    refused = page(editor_client.post(FIGURES, data=out), 422)
    assert refused.one("div", id="problems").one("a").text == "Why: Say why: the reason is kept on record."
    assert editor_client.post(FIGURES, data={**out, "reason": "Misread"}).status_code == 303
    found = page(editor_client.get(FIGURES))
    assert told(found) == f"Taken out: {ACCEPTED}, 2016"
    assert "Misread" in found.one("section", aria_labelledby="hist").text


def test_new_figure_needs_its_source(app: Flask, editor_client: FlaskClient):
    form = form_with(page(editor_client.get(FIGURES)), key="new")
    given = {"subject": "ceb", "measure": "members", "year": "2016", "value": "31", "unit": "count"}
    found = page(editor_client.post(FIGURES, data={**filled(form), **given}), 422)
    assert found.one("div", id="problems").one("a")["href"] == "#new-source"
    data = {**filled(form_with(found, key="new")), "source": "unsceb.org"}
    assert editor_client.post(FIGURES, data=data).status_code == 303
    assert [each.value for each in figures.standing(store_of(app)) if each.measure == "members"] == [31.0]


def test_desk_of_the_report_is_for_editors(app: Flask, client: FlaskClient):
    for address in (ADDRESS, PLACES, FIGURES):
        assert client.get(address).status_code == 303
        assert client_as(app, "submitter").get(address).status_code == 403
        data = {"csrf_token": token(client, "/submit"), "text-summary": "x", "seen-summary": "0"}
        assert client.post(address, data=data).location == "/login?next=/desk"
    assert stands(app) == {}
