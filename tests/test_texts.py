"""Words: spans as people write them, places, and a sentence for everything that can be refused."""

import ast
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calendar_app
from calendar_app import errors, messages, spans, texts, topics
from calendar_app.desk.report import GAPS
from calendar_app.errors import CalendarError, NotFoundError, SelectionError
from calendar_app.facets import FACETS
from calendar_app.report.facts import HeaderField, SectionKey
from calendar_app.spans import Precision
from calendar_app.submissions import FIELDS

ENGLISH = texts.of("en")
MODULES = {
    path: ast.parse(path.read_text("utf-8")) for path in sorted(Path(calendar_app.__file__).parent.rglob("*.py"))
}
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, CalendarError)}
# Kept for what is to come, or named by pydantic: no raise names them as a constant.
NOT_YET = {"problems", "file-unreadable"}


def raised() -> Iterator[tuple[str, set[str] | None]]:
    """The id of every error that the package makes, and the names of its data (None where they are not told)."""
    for tree in MODULES.values():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.Constant):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if name in KINDS:
                names = {keyword.arg for keyword in call.keywords}
                yield call.args[0].value, None if None in names else names


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def constants() -> set[str]:
    """Every text of the package but those of the table itself."""
    return {
        node.value
        for path, tree in MODULES.items()
        if path.parent.name != "messages"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def actions(*functions: str) -> set[str]:
    """Every action that the package gives to these functions: a text, one of two, or a constant of the module."""
    found = set()
    for tree in MODULES.values():
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in functions]
        for action in (keyword.value for call in calls for keyword in call.keywords if keyword.arg == "action"):
            values = [action.body, action.orelse] if isinstance(action, ast.IfExp) else [action]
            found |= {_text(value, tree) for value in values}
    return found


def _text(value: ast.expr, tree: ast.Module) -> str:
    if isinstance(value, ast.Constant):
        return str(value.value)
    constants = {ast.unparse(node.targets[0]): node.value for node in tree.body if isinstance(node, ast.Assign)}
    return str(ast.literal_eval(constants[ast.unparse(value)]))


@pytest.mark.parametrize(
    ("dates", "written", "honest"),
    [
        ("31 March 2016", "31 March 2016", "31 March 2016"),
        ("11-20 July 2016", "11–20 July 2016", "11–20 July 2016"),
        ("30 October - 4 November 2027", "30 October – 4 November 2027", "30 October – 4 November 2027"),
        ("28 December 2026 - 2 January 2027", "28 December 2026 – 2 January 2027", "28 December 2026 – 2 January 2027"),
        ("18 April 2016 - 18 April 2017", "18 April 2016 – 18 April 2017", "18 April 2016 – 18 April 2017"),
        ("November 2016", "November 2016", "November 2016 (days not given)"),
        ("February-March 2027", "February–March 2027", "February–March 2027 (days not given)"),
        (
            "December 2027 - January 2028",
            "December 2027 – January 2028",
            "December 2027 – January 2028 (days not given)",
        ),
        ("2028", "2028", "2028 (month not given)"),
        ("2027-2028", "2027–2028", "2027–2028 (month not given)"),
    ],
)
def test_span_is_written_as_people_write_it(dates, written, honest):
    span = spans.parse(dates)
    assert (ENGLISH.span(span), ENGLISH.span_honest(span)) == (written, honest)


@settings(deadline=None)
@given(
    days=st.tuples(*[st.dates(date(1900, 1, 1), date(2199, 12, 31))] * 2), precision=st.sampled_from(list(Precision))
)
def test_span_as_written_is_read_back(days, precision):
    length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[precision]
    span = spans.from_iso(min(days).isoformat()[:length], max(days).isoformat()[:length], precision)
    assert spans.parse(ENGLISH.span(span)) == span


def test_times_are_the_venues():
    timed = spans.with_times(spans.parse("17 May 2027"), start=time(9, 5), end=time(17, 30), zone="America/New_York")
    assert (ENGLISH.times(timed), ENGLISH.times(spans.parse("17 May 2027"))) == ("09:05–17:30 (America/New_York)", "")


def test_days_and_moments_are_british():
    day = date(2026, 9, 5)
    assert [
        *(ENGLISH.day(day), ENGLISH.day_name(day), ENGLISH.day_name_short(day), ENGLISH.month(day)),
        *(ENGLISH.month_short(day), ENGLISH.moment(datetime(2026, 11, 23, 14, 5, 59, tzinfo=UTC))),
    ] == ["5 September 2026", "Saturday", "Sat", "September", "Sep", "23 November 2026, 14:05 UTC"]


@pytest.mark.parametrize(
    ("city", "country", "on", "told"),
    [
        ("Istanbul", "TR", date(2016, 5, 23), "Istanbul, Turkey"),
        ("Istanbul", "TR", date(2022, 5, 31), "Istanbul, Turkey"),
        ("Istanbul", "TR", date(2022, 6, 1), "Istanbul, Türkiye"),
        ("Geneva", "", date(2016, 5, 23), "Geneva"),
        ("", "CH", date(2016, 5, 23), "Switzerland"),
        ("", "", date(2016, 5, 23), ""),
    ],
)
def test_place_has_the_name_of_its_day(city, country, on, told):
    assert ENGLISH.place(city, country, on=on) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2020-03-05", "5 March 2020"),
        ("2020-03", "March 2020"),
        ("2020", "2020"),
        ("", ""),
        ("March 2020", "March 2020"),
        ("2020-13", "2020-13"),
        ("2020-02-30", "2020-02-30"),
        ("long ago!!", "long ago!!"),
        ("none", "none"),
    ],
)
def test_partial_date_is_told_as_far_as_it_goes(text, told):
    assert ENGLISH.partial(text) == told


def test_facet_is_named_in_what_is_refused_of_a_selection_alone():
    assert ENGLISH.error(SelectionError("select-value", name="sdg", value="99")) == (
        "“99” is nothing to select by as “Goal”. Choose from what the calendar has."
    )
    assert ENGLISH.error(SelectionError("select-name", name="colour")) == (
        "There is nothing called “colour” to select by. Take it out of the address."
    )
    assert ENGLISH.error(NotFoundError("event-unknown", name="kind")) == (
        "There is no event called “kind”. Look for it among all events."
    )
    assert ENGLISH.error(NotFoundError("feed-unknown", name="theme")) == (
        "There is no feed called “theme”; names end in .ics. The page /subscribe lists them all."
    )


def test_names_are_joined():
    names = ["a", "b", "c"]
    assert [ENGLISH.one_of(names), ENGLISH.all_of(names), ENGLISH.one_of(["a"]), ENGLISH.all_of([])] == [
        *("a, b or c", "a, b and c", "a", ""),
    ]


def test_texts_of_a_language_are_made_once_and_of_another_refused():
    assert texts.of("en") is ENGLISH
    assert (ENGLISH.language, ENGLISH.rtl) == ("en", False)
    with pytest.raises(KeyError):
        texts.of("tlh")


def test_error_says_days_as_people_write_them():
    error = CalendarError("select-backwards", first=date(2027, 1, 2), last=date(2027, 1, 1))
    assert ENGLISH.error(error) == (
        "The period ends on 1 January 2027, before it begins on 2 January 2027. Change one of the two."
    )


def test_error_says_back_what_was_typed_as_it_is():
    assert ENGLISH.error(CalendarError("select-when", value="{0} %s {most}")) == (
        "“{0} %s {most}” is no period. Write upcoming or past, or leave it out for all."
    )


def test_every_error_that_is_raised_has_words():
    found = {message for message, _ in raised()}
    assert len(found) > 60
    assert found - messages.ERRORS.keys() == set()


def test_words_ask_for_no_datum_that_is_not_given():
    missing = {
        (message, *sorted(placeholders(messages.ERRORS[message]) - names))
        for message, names in raised()
        if names is not None and not placeholders(messages.ERRORS[message]) <= names
    }
    assert missing == set()


def test_all_words_are_used():
    assert messages.ERRORS.keys() - constants() == NOT_YET - constants()
    assert messages.ERRORS.keys() >= NOT_YET


def test_words_are_sentences():
    assert [words for words in messages.ERRORS.values() if words[0].islower() or words[-1] not in ".?"] == []


@pytest.mark.parametrize(
    ("vocabulary", "values"),
    [
        *[("role", topics.Role), ("kind", topics.Kind), ("kinds", topics.Kind), ("mode", topics.Mode)],
        *[("status", topics.Status), ("activity", topics.Activity), ("deadline", topics.DeadlineKind)],
        *[
            ("facet", FACETS),
            ("partner", topics.PartnerKind),
            ("partners", topics.PartnerKind),
            (
                "field",
                [
                    *FIELDS,
                    "reason",
                    "why",
                    "step",
                    *("claim", "plan", "published"),
                    *(f"claim_{name}" for name in ("dates", "source", "source_url")),
                    "form",
                    *("contact_name", "contact_email", "contact_note"),
                    *("who", "what", "event", "from", "to", "batch"),
                    *("aliases", "same_as"),
                    *("activity", "detail", "partners", "partner_kinds", "documents", "outcome", "events", "year"),
                    *("internal", "note", "removed"),
                    *("short_name", "name", "cadence", "months", "place", "roles", "role_text"),
                    *("email", "password", "current_password", "account_role", "token_name", "scope", "days"),
                ],
            ),
            ("step", ["move", *calendar_app.desk.Step]),
            ("account", calendar_app.web.account.accounts.ROLES),
            ("scope", calendar_app.store.tokens.SCOPES),
            ("finding", calendar_app.overlap.Finding),
            ("what", calendar_app.changes.What),
            ("problem", calendar_app.web.api.problems.KINDS),
            ("report-text", [*HeaderField, *SectionKey, GAPS]),
            ("report-title", SectionKey),
            # What was decided of a proposal is told by the queue, and only a refusal by the journal too.
            ("journal", {"proposal-approved", *actions("journal.add")}),
        ],
    ],
)
def test_every_value_of_a_vocabulary_has_a_name(vocabulary, values):
    assert set(messages.LABELS[vocabulary]) == set(map(str, values))
    assert [value for value in values if not ENGLISH.label(vocabulary, value)] == []
