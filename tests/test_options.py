"""Options: read from a query, written back in one form, refused in words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import options, texts
from calendar_app.errors import SelectionError
from calendar_app.options import DEFAULT, LONGEST_ALARM, Cancelled, Deadlines, Options, Undated

ANY = st.builds(
    Options,
    cancelled=st.sampled_from(Cancelled),
    undated=st.sampled_from(Undated),
    deadlines=st.sampled_from(Deadlines),
    parts=st.booleans(),
    alarm=st.none() | st.integers(1, LONGEST_ALARM // timedelta(hours=1)).map(lambda hours: timedelta(hours=hours)),
    busy=st.booleans(),
    language=st.sampled_from(texts.LANGUAGES),
)


@given(ANY)
def test_options_read_back_from_their_own_pairs(given_options):
    assert options.parse(given_options.pairs()) == (given_options, [])
    assert given_options.pairs() == sorted(given_options.pairs())
    assert (given_options.query == "") is (given_options == DEFAULT)


@pytest.mark.parametrize(
    ("pairs", "query"),
    [
        ([], ""),
        ([("cancelled", "status"), ("lang", "en"), ("busy", "0"), ("parts", ""), ("undated", " ")], ""),
        ([("lang", "fr"), ("busy", "1"), ("alarm", "P2W")], "alarm=P14D&busy=1&lang=fr"),
        ([("deadlines", "only"), ("parts", "1")], "deadlines=only&parts=1"),
        ([("cancelled", "hide"), ("cancelled", "hide")], "cancelled=hide"),
        ([("undated", "first-day"), ("alarm", "PT36H")], "alarm=P1DT12H&undated=first-day"),
    ],
)
def test_query_has_one_form(pairs, query):
    assert options.parse(pairs)[0].query == query


def test_other_names_are_left_for_the_selection():
    told, rest = options.parse([("theme", "youth"), ("busy", "1"), ("theme", "health"), ("nonsense", "")])
    assert (told, rest) == (Options(busy=True), [("theme", "youth"), ("theme", "health"), ("nonsense", "")])


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([("cancelled", "no")], "“no” is no value of cancelled. Write one of these: status, title, hide."),
        ([("undated", "month")], "“month” is no value of undated. Write one of these: span, first-day, omit."),
        ([("deadlines", "yes")], "“yes” is no value of deadlines. Write one of these: 1, only."),
        ([("busy", "true")], "“true” is no value of busy. Write one of these: 1."),
        ([("lang", "tlh")], "“tlh” is no value of lang. Write one of these: en, fr."),
        ([("lang", "en"), ("lang", "fr")], "“lang” is given twice with different values. Keep one."),
        *(
            (
                [("alarm", value)],
                f"“{value}” is no time before the start. Write P7D, P2W, PT12H or P6DT15H, up to 60 days.",
            )
            for value in ("7", "P", "PT", "P0D", "-P7D", "P7D ago", "P61D", "P60DT1H", "P1W2D", "P１D", "PT30M")
        ),
    ],
)
def test_what_is_no_option_is_refused_in_words(pairs, words):
    with pytest.raises(SelectionError) as caught:
        options.parse(pairs)
    assert texts.of("en").error(caught.value) == words


@pytest.mark.parametrize(
    ("hours", "written"), [(1, "PT1H"), (24, "P1D"), (168, "P7D"), (159, "P6DT15H"), (36, "P1DT12H"), (1440, "P60D")]
)
def test_duration_is_written_in_days_and_hours(hours, written):
    assert options.duration(timedelta(hours=hours)) == written
