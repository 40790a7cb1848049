"""What editors write for reports: texts, places and figures, kept with who, when and why, and never overwritten."""

import sqlite3
from datetime import date, timedelta

import pytest

from calendar_app.desk import figures, report, report_places
from calendar_app.desk.report_places import Subject
from calendar_app.errors import ConflictError, NotFoundError, ProblemsError
from calendar_app.report.facts import Figure, Period, ReportPlace
from calendar_app.store import Store
from calendar_app.store import figures as kept_figures
from calendar_app.store import report as kept
from calendar_app.store import report_places as kept_places
from calendar_app.store.connection import rows
from tests.conftest import NOW

ANA, BO = "ana@example.org", "bo@example.org"
LATER = NOW + timedelta(hours=1)
FIRST, LAST = date(2016, 1, 1), date(2016, 12, 31)
YEAR = Period(first=FIRST, last=LAST)
IGF = Subject("event", "igf-2016")
TEAM = Subject("series", "iatt-tfm")
ACCEPTED = "acceptance rate of long-standing recommendations, reports of 2006-2014"
RATE = {"subject": "jiu", "year": "2017", "measure": ACCEPTED, "value": "88", "unit": "percent", "source": "C18/30"}


def write(
    store: Store, *, seen: dict[str, int] | None = None, back: int = 0, actor: str = ANA, **given: str
) -> tuple[str, ...]:
    return report.write(store, YEAR, given=given, seen=seen or {}, back=back, actor=actor, now=NOW)


def stands(store: Store, first: date = FIRST, last: date = LAST) -> dict[str, str]:
    return {name: each.text for name, each in kept.texts(store, first, last).items()}


def ids(store: Store) -> dict[str, int]:
    return {name: each.id for name, each in kept.texts(store, FIRST, LAST).items()}


def journal(store: Store) -> list[tuple[str, ...]]:
    found = rows(store.db, "SELECT actor, action, subject, detail, reason FROM journal ORDER BY id")
    return [tuple(row.values()) for row in found]


def problems(error: ProblemsError) -> list[tuple[str, str, int]]:
    return [(each.field, each.error.message, each.line) for each in error.problems]


def place(store: Store, subject: Subject = IGF, *, seen: str | None = None, instead_of: str = "", **given: str):
    told = {"section": "un-governance", "reason": "It belongs there", **given}
    mark = report_places.mark(report_places.of(store, subject)) if seen is None else seen
    return report_places.put(store, subject, told, instead_of=instead_of, seen=mark, actor=ANA, now=NOW)


def take_out(store: Store, subject: Subject, section: str, *, seen: str | None = None, reason: str = "Not there"):
    mark = report_places.mark(report_places.of(store, subject)) if seen is None else seen
    report_places.take_out(store, subject, section, reason=reason, seen=mark, actor=ANA, now=NOW)


def put(store: Store, *, seen: str = "", reason: str = "", **given: str) -> tuple[Figure, ...]:
    return figures.put(store, [{**RATE, "seen": seen, **given}], reason=reason, actor=ANA, now=NOW)


def test_text_is_kept_for_its_period_alone_with_who_and_when(store: Store):
    assert write(store, summary="In short.", symbol="C17/39") == ("summary", "symbol")
    assert stands(store) == {"summary": "In short.", "symbol": "C17/39"}
    assert stands(store, date(2016, 1, 1), date(2016, 12, 30)) == {}
    (text, *_) = (each for each in kept.history(store, FIRST, LAST) if each.name == "summary")
    assert (text.actor, text.at, text.text) == (ANA, NOW, "In short.")
    told = "1 January 2016 – 31 December 2016: Summary and Document symbol"
    assert journal(store) == [(ANA, "report-written", "/desk/report?from=2016-01-01&to=2016-12-31", told, "")]


def test_text_that_is_left_as_it_was_is_not_written_again(store: Store):
    write(store, summary="In short.")
    assert write(store, seen=ids(store), summary="In short.\r\n", symbol="") == ()
    assert (len(kept.history(store, FIRST, LAST)), len(journal(store))) == (1, 1)


def test_empty_text_takes_out_what_stood_there(store: Store):
    write(store, summary="In short.")
    assert write(store, seen=ids(store), summary=" ") == ("summary",)
    assert stands(store) == {"summary": ""}


def test_text_is_plain_and_its_paragraphs_are_a_blank_line_apart(store: Store):
    for name, typed, text in (
        ("summary", " One.\r\n \r\n\r\nTwo,\nstill two.\n\n\n\nThree. ", "One.\n\nTwo,\nstill two.\n\nThree."),
        ("action", "For information.\n\n\nOr not.", "For information.\n\nOr not."),
        ("title", " Relations \n with the\tUN ", "Relations with the UN"),
        ("summary", "A\x00B\u202eC", "ABC"),
        ("date", "2017-03-29", "29 March 2017"),
        ("date", "28 Mar 2017", "28 March 2017"),
    ):
        write(store, seen=ids(store), **{name: typed})
        assert stands(store)[name] == text


def test_every_problem_of_the_texts_is_told_and_nothing_is_kept(store: Store):
    given = {"summary": "\ud800", "jiu": "x" * 10_001, "title": "x" * 301, "symbol": "C17/39"}
    with pytest.raises(ProblemsError) as caught:
        write(store, date="March 2017", **given)
    assert problems(caught.value) == [
        *(("date", "report-date", 0), ("summary", "text-control", 0), ("jiu", "text-long", 0)),
        ("title", "text-long", 0),
    ]
    for day in ("31 April 2017", "29-30 March 2017", "next week"):
        with pytest.raises(ProblemsError):
            write(store, date=day)
    assert stands(store) == {}


def test_second_editor_of_the_same_text_is_told_and_neither_word_is_lost(store: Store):
    write(store, summary="First.", jiu="Rates.")
    began = ids(store)
    write(store, seen=began, actor=BO, summary="Bo’s.")
    with pytest.raises(ConflictError) as caught:
        write(store, seen=began, summary="Ana’s.", jiu="Better rates.")
    assert (caught.value.message, caught.value.data["names"]) == ("report-changed", ("summary",))
    assert stands(store) == {"summary": "Bo’s.", "jiu": "Rates."}
    # Having seen it, she may replace it; what Bo wrote stays in the history.
    write(store, seen=ids(store), summary="Ana’s.")
    texts = [each.text for each in kept.history(store, FIRST, LAST) if each.name == "summary"]
    assert texts == ["Ana’s.", "Bo’s.", "First."]


def test_editors_of_different_texts_do_not_meet(store: Store):
    write(store, summary="First.", jiu="Rates.")
    began = ids(store)
    write(store, seen=began, actor=BO, summary="Bo’s.", jiu="Rates.")
    assert write(store, seen=began, summary="First.", jiu="Ana’s.") == ("jiu",)
    assert stands(store) == {"summary": "Bo’s.", "jiu": "Ana’s."}


def test_the_same_words_of_two_editors_are_no_conflict(store: Store):
    write(store, summary="Same.")
    assert write(store, actor=BO, summary="Same.") == ()


def test_earlier_text_is_put_back_as_a_new_one(store: Store):
    write(store, summary="First.")
    write(store, seen=ids(store), summary="Second.")
    second, first = kept.history(store, FIRST, LAST)
    seen = {"summary": second.id}
    assert write(store, seen=seen, back=first.id, actor=BO) == ("summary",)
    found = [(each.text, each.actor) for each in kept.history(store, FIRST, LAST)]
    assert found == [("First.", BO), ("Second.", ANA), ("First.", ANA)]
    with pytest.raises(ConflictError, match="report-changed"):
        write(store, seen=seen, back=second.id)
    assert write(store, seen=ids(store), back=first.id) == ()
    other = Period(first=FIRST, last=date(2017, 1, 1))
    with pytest.raises(ConflictError, match="report-text-unknown"):
        report.write(store, other, given={}, seen={}, back=first.id, actor=BO, now=NOW)


def test_what_was_typed_when_an_earlier_text_is_put_back_is_kept_before_it(store: Store):
    write(store, summary="First.")
    first = ids(store)
    told = write(store, seen=first, back=first["summary"], summary="Second.", jiu="Rates.")
    assert told == ("summary", "jiu")
    assert [each.text for each in kept.history(store, FIRST, LAST)] == ["First.", "Rates.", "Second.", "First."]


def test_texts_of_another_period_start_one_but_for_what_is_each_reports_own(store: Store):
    write(store, summary="First.", jiu="Rates.", symbol="C17/39", date="29 March 2017", title="Relations")
    write(store, seen=ids(store), jiu="")
    assert report.start(store, YEAR) == {"summary": "First.", "title": "Relations"}
    assert report.start(store, Period(first=date(2017, 1, 1), last=date(2017, 12, 31))) == {}


def test_event_is_placed_in_one_section_at_its_end(store: Store):
    assert [each.section for each in report_places.of(store, IGF)] == ["summits-and-conferences"]
    told = place(store, position="", name="IGF", place="Guadalajara")
    assert told == ReportPlace(
        subject="event", key="igf-2016", section="un-governance", position=18, name="IGF", place="Guadalajara"
    )
    assert report_places.of(store, IGF) == (told,)
    words = "11th Annual Internet Governance Forum: UN governance and subsidiary mechanisms"
    assert journal(store) == [(ANA, "report-placed", "/desk/events/igf-2016", words, "It belongs there")]
    again = place(store, position="7", name="11th IGF")
    assert report_places.of(store, IGF) == (again,)
    assert place(store, position="7", name="11th IGF") == again
    assert len(journal(store)) == 2


def test_event_is_taken_out_of_every_section_or_goes_with_its_series_again(store: Store):
    take_out(store, IGF, "summits-and-conferences")
    assert [each.section for each in report_places.of(store, IGF)] == [""]
    with pytest.raises(ConflictError, match="report-place-unknown"):
        take_out(store, IGF, "")
    told = {"reason": "It is in", "actor": ANA, "now": NOW}
    report_places.as_series(store, IGF, seen=report_places.mark(report_places.of(store, IGF)), **told)
    assert report_places.of(store, IGF) == ()
    with pytest.raises(ConflictError, match="report-place-unknown"):
        report_places.as_series(store, IGF, seen="", **told)
    assert [entry[1] for entry in journal(store)] == ["report-taken-out", "report-as-series"]


def test_series_may_stand_in_two_sections_and_change_in_one(store: Store):
    agenda, coordination = report_places.of(store, TEAM)
    moved = place(store, TEAM, section="key-initiatives", position="2", instead_of="2030-agenda")
    assert set(report_places.of(store, TEAM)) == {coordination, moved}
    third = place(store, TEAM, section=agenda.section)
    assert set(report_places.of(store, TEAM)) == {coordination, moved, third}


def test_series_in_two_sections_is_taken_out_of_one(store: Store):
    assert [each.section for each in report_places.of(store, TEAM)] == ["2030-agenda", "inter-agency-coordination"]
    take_out(store, TEAM, "2030-agenda")
    assert [each.section for each in report_places.of(store, TEAM)] == ["inter-agency-coordination"]
    take_out(store, TEAM, "inter-agency-coordination")
    assert report_places.of(store, TEAM) == ()
    with pytest.raises(ConflictError, match="report-place-unknown"):
        take_out(store, TEAM, "inter-agency-coordination")
    back = place(store, TEAM, section="2030-agenda", position="6")
    assert report_places.of(store, TEAM) == (back,)
    assert {each.key for each in kept_places.standing(store)} >= {"hlpf", "iatt-tfm", "igf-2016"}


def test_places_tell_every_problem(store: Store):
    with pytest.raises(ProblemsError) as caught:
        place(store, section="summary", position="0", name="\udfff", place="x" * 101, reason="")
    assert problems(caught.value) == [
        *(("name", "text-control", 0), ("place", "text-long", 0), ("section", "report-section", 0)),
        *(("position", "report-position", 0), ("reason", "reason-required", 0)),
    ]
    with pytest.raises(ProblemsError):
        take_out(store, IGF, "summits-and-conferences", reason=" ")
    with pytest.raises(NotFoundError, match="event-unknown"):
        place(store, Subject("event", "none"))
    with pytest.raises(NotFoundError, match="series-none"):
        place(store, Subject("series", "none"))
    assert journal(store) == []


def test_second_editor_of_a_place_is_told(store: Store):
    seen = report_places.mark(report_places.of(store, IGF))
    stands_now = place(store, instead_of="summits-and-conferences")
    for late in (lambda: place(store, seen=seen), lambda: take_out(store, IGF, "un-governance", seen=seen)):
        with pytest.raises(ConflictError, match="report-place-changed"):
            late()
    assert report_places.of(store, IGF) == (stands_now,)


def test_figure_is_put_down_with_its_source_and_corrected(store: Store):
    (told,) = put(store)
    assert told == Figure(subject="jiu", year="2017", measure=ACCEPTED, value=88.0, unit="percent", source="C18/30")
    (corrected,) = put(store, seen=figures.mark(told), value="88.5", reason="Misread")
    assert [each for each in kept_figures.standing(store) if each.year == "2017"] == [corrected]
    found = [(each.figure, each.removed, each.actor, each.reason) for each in kept_figures.history(store)]
    assert found == [(corrected, False, ANA, "Misread"), (told, False, ANA, "")]
    assert [each.figure for each in kept_figures.history(store, most=1)] == [corrected]
    assert journal(store) == [
        (ANA, "figure-put", "/desk/figures", f"jiu, 2017, {ACCEPTED}: 88 percent", ""),
        (ANA, "figure-put", "/desk/figures", f"jiu, 2017, {ACCEPTED}: 88.5 percent", "Misread"),
    ]


def test_figure_that_is_so_already_is_not_put_down_again(store: Store):
    (told,) = put(store)
    assert put(store, seen=figures.mark(told), value="88.0") == ()
    assert len(kept_figures.history(store)) == 1


def test_figures_of_a_year_are_put_down_together_or_not_at_all(store: Store):
    rows_of = [RATE, RATE | {"measure": "implementation rate", "value": "eighty"}]
    with pytest.raises(ProblemsError) as caught:
        figures.put(store, rows_of, actor=ANA, now=NOW)
    assert problems(caught.value) == [("value", "figure-value-of", 2)]
    assert caught.value.problems[0].error.data["of"] == "implementation rate"
    assert kept_figures.history(store) == []
    rows_of[1]["value"] = "86"
    assert len(figures.put(store, rows_of, actor=ANA, now=NOW)) == 2


def test_figures_tell_every_problem(store: Store):
    bad = {
        "subject": "nobody",
        "year": "last year",
        "measure": "",
        "value": "1,500",
        "unit": "x" * 61,
        "source": "\ud800",
    }
    with pytest.raises(ProblemsError) as caught:
        put(store, **bad)
    assert problems(caught.value) == [
        *(("measure", "required", 1), ("unit", "text-long", 1), ("source", "text-control", 1)),
        *(("subject", "choice-unknown", 1), ("year", "figure-year", 1), ("value", "figure-value", 1)),
    ]
    with pytest.raises(ProblemsError, match="problems") as caught:
        figures.put(store, [], actor=ANA, now=NOW)
    assert problems(caught.value) == [("value", "figure-none", 1)]


def test_value_that_is_no_plain_number_is_refused(store: Store):
    for value in ("nan", "inf", "1e9", "٣", "9" * 13, "", "1 000", "+1", ".5"):
        with pytest.raises(ProblemsError):
            put(store, value=value)


def test_value_may_have_a_percent_sign_or_a_decimal_comma(store: Store):
    for year, value, unit, told in (
        ("2017", "91%", "", (91.0, "percent")),
        ("2018", "89,5 %", "percent, about", (89.5, "percent, about")),
        ("2019", "-0,25", "points", (-0.25, "points")),
    ):
        (figure,) = put(store, year=year, value=value, unit=unit)
        assert (figure.value, figure.unit) == told
    with pytest.raises(ProblemsError) as caught:
        put(store, year="2020", value="91%", unit="staff")
    assert problems(caught.value) == [("unit", "figure-percent", 1)]


def test_second_editor_of_a_figure_is_told(store: Store):
    (told,) = put(store)
    with pytest.raises(ConflictError, match="figure-changed"):
        put(store, value="90")
    which = figures.identity(told)
    with pytest.raises(ConflictError, match="figure-changed"):
        figures.take_out(store, which, seen="", reason="x", actor=BO, now=LATER)


def test_figure_is_taken_out_with_a_reason_and_its_history_stays(store: Store):
    figure = next(each for each in kept_figures.standing(store) if each.subject == "ceb")
    told = {"seen": figures.mark(figure), "actor": ANA, "now": NOW}
    with pytest.raises(ProblemsError):
        figures.take_out(store, figures.identity(figure), reason="", **told)
    figures.take_out(store, figures.identity(figure), reason="Counted twice", **told)
    assert figure not in kept_figures.standing(store)
    (out,) = kept_figures.history(store)
    assert (out.removed, out.reason, figures.identity(out.figure)) == (True, "Counted twice", figures.identity(figure))
    with pytest.raises(ConflictError, match="figure-unknown"):
        figures.take_out(store, figures.identity(figure), reason="Again", **told)
    assert [entry[1] for entry in journal(store)] == ["figure-taken-out"]
    # Put down anew, it is told again.
    given = {"subject": "ceb", "year": figure.year, "measure": figure.measure, "value": "2", "unit": "count"}
    assert put(store, **given) == (next(each for each in kept_figures.standing(store) if each.subject == "ceb"),)


def test_subjects_that_have_figures_are_offered_first(store: Store):
    offered = figures.subjects(store)
    assert offered[:3] == ("jiu", "2030-agenda", "ceb")
    assert len(offered) == len(set(offered))
    assert {"summary", "hlpf"} <= set(offered)


def test_what_is_kept_is_never_changed_or_deleted(store: Store):
    write(store, summary="First.")
    place(store)
    put(store)
    for table in ("report_texts", "report_places", "kept_figures"):
        with pytest.raises(sqlite3.IntegrityError, match="what was written is kept"):
            store.db.conn.execute(f"UPDATE {table} SET actor = 'x'")  # noqa: S608
        with pytest.raises(sqlite3.IntegrityError, match="what was written is kept"):
            store.db.conn.execute(f"DELETE FROM {table}")  # noqa: S608
