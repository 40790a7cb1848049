"""The one validator: what it takes, cleans and refuses, each problem at its field."""

import unicodedata
from datetime import date, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.errors import ProblemsError
from calendar_app.events import Draft, Event, Series, SeriesRole
from calendar_app.fields import is_email, line
from calendar_app.messages import ERRORS
from calendar_app.spans import Precision, Span
from calendar_app.store import events, series
from calendar_app.submissions import FIELDS, LISTS, cleaned, fields_of, validate
from calendar_app.topics import SDGS, THEMES, Confidence, Kind, Mode, Role, Status
from tests.conftest import NOW

LEAST = {"title": "Data Forum", "dates": "18-22 April 2027", "source": "Note verbale"}
SERIES = {
    "hlpf": Series(
        key="hlpf",
        short_name="HLPF",
        name="High-level Political Forum",
        kind=Kind.FORUM,
        roles=(SeriesRole(role=Role.PARTICIPANT),),
        sdgs=(4, 9),
        themes=("digital-divide", "youth"),
    )
}
APRIL = Span(first=date(2027, 4, 18), last=date(2027, 4, 22), precision=Precision.DAY)


def draft(**given: object) -> Draft:
    return validate({**LEAST, **given}, SERIES, editor=True)


def refilled(said: Draft) -> dict[str, object]:
    """The form as an event that says this would fill it."""
    return fields_of(Event.from_draft(said, uid="", slug="", now=NOW))


def refused(given: dict[str, object], *, editor: bool = True) -> list[tuple[str, str, dict[str, object]]]:
    with pytest.raises(ProblemsError) as caught:
        validate(given, SERIES, editor=editor)
    assert caught.value.data == {"count": len(caught.value.problems)}
    return [(problem.field, problem.error.message, problem.error.data) for problem in caught.value.problems]


def problems(**given: object) -> list[tuple[str, str, dict[str, object]]]:
    return refused({**LEAST, **given})


def test_least_that_is_required_gives_a_draft():
    assert draft() == Draft(title="Data Forum", span=APRIL, source="Note verbale")


def test_everything_gives_the_whole_draft():
    given = {
        "title": " Data\t Forum ",
        "series": "hlpf",
        "kind": "summit",
        "dates": "2027-05-17",
        "start_time": "9:00",
        "end_time": "17:30",
        "timezone": "Europe/Zurich",
        "city": "Genève",
        "country": "ch",
        "venue": "CICG",
        "mode": "hybrid",
        "url": "https://example.org/a?b=c#d",
        "registration_url": "http://example.org/register",
        "webcast_url": "https://example.org:8443/live",
        "description": "First line\r\nsecond line",
        "convener": "ITU",
        "themes": ["youth", "cybersecurity", "youth"],
        "sdgs": ["13", "9", "9"],
        "source": "Letter",
        "source_url": "https://example.org/letter",
        "submitter_email": "a.b@example.org",
        "status": "tentative",
        "role": ["host", "chair"],
        "deadlines": "registration: 1 May 2027",
        "parts": "17 May 2027, 10:00-11:00: Opening",
    }
    assert set(given) == set(FIELDS)
    assert validate(given, SERIES, editor=True) == Draft(
        title="Data Forum",
        span=spans.with_times(spans.parse("17 May 2027"), start=time(9), end=time(17, 30), zone="Europe/Zurich"),
        source="Letter",
        source_url="https://example.org/letter",
        series="hlpf",
        kind=Kind.SUMMIT,
        status=Status.TENTATIVE,
        city="Geneva",
        country="CH",
        venue="CICG",
        timezone="Europe/Zurich",
        mode=Mode.HYBRID,
        url="https://example.org/a?b=c#d",
        registration_url="http://example.org/register",
        webcast_url="https://example.org:8443/live",
        description="First line\nsecond line",
        convener="ITU",
        themes=("youth", "cybersecurity"),
        sdgs=(9, 13),
        roles=(Role.HOST, Role.CHAIR),
        confidence=Confidence.MEDIUM,
    )


def test_series_gives_kind_themes_and_goals_where_nothing_is_chosen():
    chosen = draft(series="hlpf")
    assert (chosen.kind, chosen.themes, chosen.sdgs, chosen.roles) == (
        Kind.FORUM,
        ("digital-divide", "youth"),
        (4, 9),
        (),
    )
    with_spaces = draft(series="hlpf", themes=[], sdgs=[])
    assert (with_spaces.themes, with_spaces.sdgs) == (chosen.themes, chosen.sdgs)
    own = draft(series="hlpf", kind="office", themes=["cybersecurity"], sdgs=["17"])
    assert (own.kind, own.themes, own.sdgs) == (Kind.OFFICE, ("cybersecurity",), (17,))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"title": ""}, [("title", "required", {})]),
        ({"title": " \t\x00\ufeff"}, [("title", "required", {})]),
        ({"title": "\u2066\u2069"}, [("title", "required", {})]),
        ({"title": "…"}, [("title", "title-signs", {})]),
        ({"title": "- ؟ _ 🌍 \u0301"}, [("title", "title-signs", {})]),
        ({"title": "x" * 201}, [("title", "text-long", {"most": 200, "count": 201})]),
        ({"title": ["a"]}, [("title", "choice-unknown", {"value": "['a']"})]),
        ({"title": "a\ud800"}, [("title", "text-control", {})]),
        ({"dates": ""}, [("dates", "span-empty", {})]),
        ({"dates": "next May"}, [("dates", "span-unreadable", {"text": "next May"})]),
        (
            {"dates": "11/07/2016"},
            [
                (
                    "dates",
                    "span-ambiguous",
                    {"text": "11/07", "one": "11 July", "other": "7 November", "example": "11 July 2016"},
                )
            ],
        ),
        (
            {"dates": "22-18 April 2016"},
            [("dates", "span-backwards", {"last": "18 April 2016", "first": "22 April 2016"})],
        ),
        ({"dates": "x" * 101}, [("dates", "span-too-long", {"limit": 100})]),
        ({"dates": "x" * 501}, [("dates", "text-long", {"most": 500, "count": 501})]),
        ({"source": ""}, [("source", "source-required", {})]),
        ({"source": "x" * 501}, [("source", "text-long", {"most": 500, "count": 501})]),
        ({"series": "nothing"}, [("series", "choice-unknown", {"value": "nothing"})]),
        ({"series": "x" * 101}, [("series", "text-long", {"most": 100, "count": 101})]),
        ({"kind": "party"}, [("kind", "choice-unknown", {"value": "party"})]),
        ({"mode": "by post"}, [("mode", "choice-unknown", {"value": "by post"})]),
        ({"mode": "online", "city": "Geneva"}, [("city", "online-city", {})]),
        ({"mode": " online ", "city": "Geneva"}, [("city", "online-city", {})]),
        ({"city": "x" * 101}, [("city", "text-long", {"most": 100, "count": 101})]),
        ({"country": "XX"}, [("country", "choice-unknown", {"value": "XX"})]),
        ({"country": "Switzerland"}, [("country", "text-long", {"most": 10, "count": 11})]),
        ({"venue": "x" * 201}, [("venue", "text-long", {"most": 200, "count": 201})]),
        ({"description": "x" * 5001}, [("description", "text-long", {"most": 5000, "count": 5001})]),
        ({"convener": "x" * 201}, [("convener", "text-long", {"most": 200, "count": 201})]),
        ({"themes": ["youth", "fun"]}, [("themes", "choice-unknown", {"value": "fun"})]),
        ({"themes": "youth"}, [("themes", "choice-unknown", {"value": "youth"})]),
        ({"sdgs": [" "]}, [("sdgs", "choice-unknown", {"value": ""})]),
        ({"role": ["\0", "chair"]}, [("role", "choice-unknown", {"value": ""})]),
        ({"sdgs": ["18"]}, [("sdgs", "choice-unknown", {"value": "18"})]),
        ({"sdgs": ["9 "]}, []),
        ({"status": "withdrawn"}, [("status", "choice-unknown", {"value": "withdrawn"})]),
        ({"role": ["guest"]}, [("role", "choice-unknown", {"value": "guest"})]),
        ({"submitter_email": "nobody"}, [("submitter_email", "email-unreadable", {})]),
        ({"submitter_email": "a@b.org, c@d.org"}, [("submitter_email", "email-unreadable", {})]),
        ({"submitter_email": "a@b.org\nBcc: c@d.org"}, [("submitter_email", "email-unreadable", {})]),
        ({"colour": "red"}, [("colour", "field-unknown", {})]),
        ({"colour": ""}, [("colour", "field-unknown", {})]),
        ({"uid": "x", "published": "1"}, [("published", "field-unknown", {}), ("uid", "field-unknown", {})]),
    ],
)
def test_problem_is_told_at_its_field(given, found):
    if found:
        assert problems(**given) == found
    else:
        assert draft(**given).title == "Data Forum"


LONG_LINK = "https://example.org/" + "x" * 981


@pytest.mark.parametrize("field", ["url", "registration_url", "webcast_url", "source_url"])
@pytest.mark.parametrize(
    ("link", "message", "data"),
    [
        ("javascript:alert(1)", "link-unreadable", {}),
        ("JaVaScRiPt:alert(1)//https://x.org", "link-unreadable", {}),
        ("java\nscript:alert(1)", "link-unreadable", {}),
        ("data:text/html,<script>", "link-unreadable", {}),
        ("file:/etc/passwd", "link-unreadable", {}),
        ("ftp://example.org/", "link-unreadable", {}),
        ("mailto:a@example.org", "link-unreadable", {}),
        ("//example.org/", "link-unreadable", {}),
        ("/events", "link-unreadable", {}),
        ("words", "link-unreadable", {}),
        ("https://", "link-unreadable", {}),
        ("https:example.org", "link-unreadable", {}),
        ("https:///path", "link-unreadable", {}),
        ("https://user@example.org/", "link-unreadable", {}),
        ("https://un.org:secret@example.org/", "link-unreadable", {}),
        ("https://@example.org/", "link-unreadable", {}),
        ("https://example.org/a b", "link-unreadable", {}),
        ("https://example.org/a\nb", "link-unreadable", {}),
        ("https://example.org/\u200b", "link-unreadable", {}),
        ("https://[bad", "link-unreadable", {}),
        ("https://example.org:99999/", "link-unreadable", {}),
        ('http://a"b/', "link-unreadable", {}),
        ("https://example.org\\page", "link-unreadable", {}),
        ("https://a`b.example/", "link-unreadable", {}),
        ("https://a{b}.example/", "link-unreadable", {}),
        ("https://" + "ü" * 70 + ".example/", "link-unreadable", {}),
        ("https://example.org/\ud800", "text-control", {}),
        ("www.un.org/page", "link-scheme", {"suggestion": "https://www.un.org/page"}),
        ("example.org", "link-scheme", {"suggestion": "https://example.org"}),
        (LONG_LINK, "text-long", {"most": 1000, "count": 1001}),
    ],
)
def test_link_that_is_none_is_refused(field, link, message, data):
    assert problems(**{field: link}) == [(field, message, data)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://www.un.org/", "https://www.un.org/"),
        ("http://example.org:8080/a,b;c?d=é&e=1#f", "http://example.org:8080/a,b;c?d=é&e=1#f"),
        (" https://example.org/\r\n", "https://example.org/"),
        ("HTTPS://WWW.UN.ORG/Path", "https://WWW.UN.ORG/Path"),
        ("https://example.org/réunion", "https://example.org/réunion"),
        ("https://müller.example/", "https://müller.example/"),
        ("https://example.org/a{b}`\\", "https://example.org/a{b}`\\"),
        ("", ""),
    ],
)
def test_link_is_kept_with_its_scheme_in_small_letters(given, kept):
    assert draft(url=given).url == kept


@pytest.mark.parametrize(
    ("source", "url", "kept"),
    [
        ("https://www.un.org/a", "", ("un.org", "https://www.un.org/a")),
        ("HTTP://un.org/a", "", ("un.org", "http://un.org/a")),
        ("https://un.org/a", "https://itu.int/b", ("https://un.org/a", "https://itu.int/b")),
        ("see https://un.org/a", "", ("see https://un.org/a", "")),
        ("un.org", "", ("un.org", "")),
        ("https://", "", ("https://", "")),
        ("https://www.", "", ("https://www.", "https://www.")),
        ("https://www.www.org", "", ("www.org", "https://www.www.org")),
        ("https://[bad", "", ("https://[bad", "")),
        ("https://user@un.org/", "", ("https://user@un.org/", "")),
        ("javascript:alert(1)", "", ("javascript:alert(1)", "")),
    ],
)
def test_source_that_is_a_link_becomes_the_link_of_the_source(source, url, kept):
    found = draft(source=source, source_url=url)
    assert (found.source, found.source_url) == kept


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"start_time": "9am"}, [("start_time", "time-unreadable", {})]),
        ({"start_time": "24:00"}, [("start_time", "time-unreadable", {})]),
        ({"start_time": "١٠:٠٠"}, [("start_time", "time-unreadable", {})]),
        ({"end_time": "10.00"}, [("end_time", "time-unreadable", {})]),
        ({"start_time": "10:00"}, [("start_time", "span-times-incomplete", {})]),
        ({"end_time": "10:00"}, [("start_time", "span-times-incomplete", {})]),
        ({"start_time": "10:00", "end_time": "11:00"}, [("timezone", "span-times-incomplete", {})]),
        ({"start_time": "10:00", "timezone": "UTC"}, [("start_time", "span-times-incomplete", {})]),
        (
            {"start_time": "11:00", "end_time": "11:00", "timezone": "UTC"},
            [("start_time", "span-times-backwards", {"start": "11:00", "end": "11:00"})],
        ),
        (
            {"start_time": "10:00", "end_time": "11:00", "timezone": "Europe/Geneva"},
            [("timezone", "choice-unknown", {"value": "Europe/Geneva"})],
        ),
        (
            {"start_time": "2:30", "end_time": "4:00", "timezone": "Europe/Zurich", "dates": "28 March 2027"},
            [
                (
                    "start_time",
                    "span-times-skipped",
                    {"time": "02:30", "dates": "28 March 2027", "zone": "Europe/Zurich"},
                )
            ],
        ),
        (
            {"start_time": "10:00", "end_time": "11:00", "timezone": "UTC", "dates": "18-22 April 2027"},
            [("start_time", "span-times-days", {"dates": "18-22 April 2027"})],
        ),
        (
            {"start_time": "10:00", "end_time": "11:00", "timezone": "UTC", "dates": "April 2027"},
            [("start_time", "span-times-days", {"dates": "April 2027"})],
        ),
    ],
)
def test_times_that_can_not_be_are_told_at_their_field(given, found):
    assert problems(**{"dates": "17 May 2027", **given}) == found


def test_time_zone_alone_is_the_venues():
    kept = draft(timezone="Asia/Tokyo", city="Geneva")
    assert (kept.span.timed, kept.timezone) == (False, "Asia/Tokyo")


def test_city_gives_name_country_and_zone():
    assert [(each.city, each.country, each.timezone) for each in (draft(city="genève"), draft(city="Nowhere"))] == [
        ("Geneva", "CH", "Europe/Zurich"),
        ("Nowhere", "", ""),
    ]


def test_all_problems_are_told_at_once_in_the_order_of_the_form():
    given = {
        "url": "x",
        "country": "XX",
        "series": "y",
        "title": "",
        "start_time": "z",
        "dates": "soon",
        "themes": ["t"],
        "sdgs": ["0"],
        "mode": "online",
        "city": "Geneva",
        "submitter_email": "e",
        "other": "o",
        "source": "",
    }
    assert [field for field, _, _ in refused(given)] == [
        *("title", "dates", "source", "series", "start_time", "city", "country", "url", "themes", "sdgs"),
        *("submitter_email", "other"),
    ]


def test_nothing_at_all_says_what_is_required():
    assert refused({}) == [("title", "required", {}), ("dates", "span-empty", {}), ("source", "source-required", {})]


@pytest.mark.parametrize("field", ["title", "city", "venue", "convener", "source", "description"])
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b\x08c\x1bd\x7fe\x85f\x9fg", "abcdefg"),
        ("a\u202eb\u202dc\u202ad\u202be\u202cf", "abcdef"),
        ("a\u2028b\u2029c\ufeffd", "abcd"),
        ("a\u2066b\u2067c\u2068d\u2069e", "abcde"),
        (unicodedata.normalize("NFD", "Genève Đà Nẵng"), "Genève Đà Nẵng"),
        ("مؤتمر 会议 👩🏽‍💻", "مؤتمر 会议 👩🏽‍💻"),
        ("  a  ", "a"),
    ],
)
def test_text_is_cleaned_of_what_nobody_sees(field, given, kept):
    assert getattr(draft(**{field: given}), field) == kept


def test_one_line_stays_one_line_and_a_text_keeps_its_lines():
    found = draft(title="a\r\nb\t c", venue="d\re", description="f\r\n\r\ng\rh\ti ")
    assert (found.title, found.venue, found.description) == ("a b c", "d e", "f\n\ng\nh\ti")


@pytest.mark.parametrize("stray", ["\x00", "\ufeff", "\u202e", "\u2028", "\u2067"])
def test_times_and_dates_are_read_from_the_cleaned_fields(stray):
    found = draft(
        dates=f"17 May{stray} 2027",
        start_time=f"10:00{stray}",
        end_time=f"{stray}11:00",
        timezone=f"Europe/{stray}Zurich",
        series=f"hl{stray}pf",
    )
    assert found.span == spans.with_times(
        spans.parse("17 May 2027"), start=time(10), end=time(11), zone="Europe/Zurich"
    )
    assert found.series == "hlpf"


def test_stranger_can_not_set_what_is_an_editors():
    found = validate({**LEAST, "status": "cancelled", "role": ["host"]}, SERIES)
    assert (found.status, found.roles) == (Status.CONFIRMED, ())
    assert validate({**LEAST, "status": "nonsense", "deadlines": "nonsense", "parts": ["x"]}, SERIES) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *[("a@example.org", True), ("first.last+tag@sub.example.org", True), ("é@éxample.org", True)],
        *[("", False), ("a", False), ("a@b", False), ("a@b.c", False), ("a@@b.org", False), ("a b@c.org", False)],
        *[("a@b.org\n", False), ("a\0@b.org", False), ("\ud800@b.org", False), ("<a@b.org>", False)],
        ("a@" + "b" * 300 + ".org", False),
    ],
)
def test_email_has_the_form_of_an_address(text, told):
    assert is_email(text) is told


def test_fields_of_every_event_of_the_catalogue_give_it_again(store):
    directory = series.directory(store)
    # The form has no field for these; a zone goes with times alone.
    apart = {"confidence", "source_date", "participation", "notes", "timezone"}

    def told(said: Draft) -> dict[str, object]:
        return {name: getattr(said, name) for name in Draft.__dataclass_fields__ if name not in apart}

    found = events.by_ids(store, list(range(1, 10_000)))
    assert len(found) == 399
    for event in found:
        assert told(validate(fields_of(event), directory, editor=True)) == told(event)


def test_fields_of_a_timed_event_give_it_again():
    given = {"dates": "17 May 2027", "start_time": "09:05", "end_time": "17:30", "timezone": "America/New_York"}
    first = draft(**given)
    fields = refilled(first)
    assert {name: fields[name] for name in given} == given
    assert validate(fields, SERIES, editor=True) == first


def test_what_is_said_of_an_event_that_stands_is_not_completed_from_its_series():
    given = {**LEAST, "series": "hlpf"}
    found = validate(given, SERIES, editor=True, complete=False)
    assert found == Draft(
        title="Data Forum", span=APRIL, source="Note verbale", series="hlpf", kind=Kind.FORUM, themes=(), sdgs=()
    )
    assert validate(refilled(found), SERIES, editor=True, complete=False) == found
    chosen = validate({**given, "themes": ["africa"], "sdgs": ["17"]}, SERIES, editor=True, complete=False)
    assert (chosen.themes, chosen.sdgs) == (("africa",), (17,))


def test_cleaned_gives_each_field_as_the_validator_reads_it():
    given = {
        **{name: "" for name in FIELDS if name not in LISTS},
        "title": " Data\t\u2066Forum\x00 ",
        "dates": " 18-22  April 2027\ufeff",
        "source": "Note\r\nverbale",
        "country": "ch ",
        "url": "HTTPS://example.org/",
        "description": "a\r\nb",
        "themes": [" youth ", "africa"],
        "sdgs": ["9 "],
        "role": ["host"],
        "status": "cancelled",
        "submitter_email": "a@example.org",
    }
    assert cleaned(given) == {
        "title": "Data Forum",
        "dates": "18-22 April 2027",
        "source": "Note verbale",
        "country": "CH",
        "url": "https://example.org/",
        "description": "a\nb",
        "themes": ["youth", "africa"],
        "sdgs": ["9"],
    }
    assert cleaned(cleaned(given)) == cleaned(given)
    assert validate(cleaned(given), SERIES) == validate(given, SERIES)


def test_cleaned_leaves_out_what_is_an_editors_or_empty_whatever_it_holds():
    assert cleaned({**LEAST, "status": "\ud800" * 10_000, "role": "x", "venue": " \x00", "sdgs": []}) == LEAST


def outcome(given: dict[str, object], *, editor: bool) -> Draft | ProblemsError:
    try:
        return validate(given, SERIES, editor=editor)
    except ProblemsError as error:
        return error


ANY_TEXT = st.text(st.characters(), max_size=30) | st.sampled_from(
    [
        *("18-22 April 2016", "17 May 2027", "2028", "11/07/2016", "10:00", "9:30", "24:61", "Europe/Zurich", "hlpf"),
        *("https://un.org", "https://[", "javascript:x", "online", "Geneva", "CH", "a@b.org", "youth", "9", "host"),
        *("tentative", "\x00", "\ud800", "", " ", "input: 1 May 2016", "16 May 2016, 9:00-10:00: A @ B\n\nA"),
    ]
)
ANY_FIELD = st.sampled_from(FIELDS) | st.text(st.characters(), max_size=10)


@settings(deadline=None, max_examples=300)
@given(given=st.dictionaries(ANY_FIELD, ANY_TEXT | st.lists(ANY_TEXT, max_size=20), max_size=12), editor=st.booleans())
@example(given={**LEAST, "dates": "17\x00 May 2027"}, editor=False)
@example(given={**LEAST, "\ud800": "x"}, editor=True)
@example(given={**LEAST, "themes": ["\ud800"]}, editor=True)
@example(given={**LEAST, "themes": ["youth"] * 51, "sdgs": ["9"] * 18}, editor=True)
@example(given={name: ["x"] if name not in LISTS else "x" for name in FIELDS}, editor=True)
def test_validate_gives_a_draft_or_problems_whatever_is_given(given, editor):
    found = outcome(given, editor=editor)
    if isinstance(found, Draft):
        assert found.title
        assert found.source
        assert set(found.themes) <= THEMES.keys()
        assert set(found.sdgs) <= SDGS.keys()
    else:
        assert found.problems
        assert {problem.error.message for problem in found.problems} <= ERRORS.keys()
        assert len({(problem.field, problem.line) for problem in found.problems}) == len(found.problems)


@settings(deadline=None)
@given(title=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_validate_twice_is_the_same(title):
    first = outcome({**LEAST, "title": title, "description": title, "venue": title}, editor=True)
    if isinstance(first, Draft):
        assert validate(refilled(first), SERIES, editor=True) == first


def test_line_is_the_cleaned_text_of_one_field():
    assert [line(value) for value in (" a\n\x00b ", None, ["a"], "\ud800", 3)] == ["a b", "", "", "", ""]
