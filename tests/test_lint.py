"""Every calendar that we write keeps every rule, and every rule finds what breaks it."""

import ast
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app import edition
from calendar_app.formats import content_lines, lint, lint_rules
from tests.conftest import TODAY

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.ics"))

ALARM = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-P7D\nDESCRIPTION:Data Forum\nEND:VALARM\n"
DAYS_UID = "7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f002"
DAYS = f"""\
BEGIN:VEVENT
UID:{DAYS_UID}
DTSTAMP:20261124T093000Z
LAST-MODIFIED:20261124T093000Z
CREATED:20261124T093000Z
SEQUENCE:0
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
PRIORITY:5
DTSTART;VALUE=DATE:20271030
DTEND;VALUE=DATE:20271105
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
SUMMARY:Data Forum\\, the seventh
STATUS:CONFIRMED
DESCRIPTION:One\\nhttps://calendar.example/e
URL:https://calendar.example/e
LOCATION:Genève\\, Switzerland
GEO:46.2022;6.1457
CATEGORIES:Climate change,SDG 13
CONCEPT:http://metadata.un.org/sdg/13
LINK;LINKREL=related;LABEL="Sign up; pay";VALUE=URI:https://example.org/r
CONFERENCE;FEATURE=VIDEO;LABEL=Webcast;VALUE=URI:https://example.org/live
REFID:data-forum
RELATED-TO:7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f001
{ALARM}END:VEVENT
"""
HOURS = """\
BEGIN:VEVENT
UID:7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f001
DTSTAMP:20261124T093000Z
LAST-MODIFIED:20261124T093000Z
SEQUENCE:3
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
DTSTART:20270517T180000Z
DTEND:20270517T203000Z
SUMMARY:Ceremony
DESCRIPTION:https://calendar.example/c
URL:https://calendar.example/c
END:VEVENT
"""
GONE = """\
BEGIN:VEVENT
UID:7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f003
DTSTAMP:20261124T093000Z
LAST-MODIFIED:20261124T093000Z
DTSTART;VALUE=DATE:20271030
DTEND;VALUE=DATE:20271031
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
SUMMARY:Withdrawn
STATUS:CANCELLED
END:VEVENT
"""
RULE = """\
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0000
TZOFFSETTO:+0000
END:STANDARD
"""
ZONE = f"BEGIN:VTIMEZONE\nTZID:Etc/UTC\n{RULE}END:VTIMEZONE\n"
HEAD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//UN Forum Calendar//Feeds//EN
CALSCALE:GREGORIAN
"""
FEED = """\
UID:263f41f7-3b5e-53f5-b674-06509653c2c2
NAME:UN forums
X-WR-CALNAME:UN forums
DESCRIPTION:Every date names its source.
X-WR-CALDESC:Every date names its source.
URL:https://calendar.example/events
REFRESH-INTERVAL;VALUE=DURATION:PT6H
X-PUBLISHED-TTL:PT6H
SOURCE;VALUE=URI:https://calendar.example/feeds/all.ics
COLOR:goldenrod
"""
FOOT = "END:VCALENDAR\n"


def octets(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode()


GOOD = octets(HEAD + FEED + ZONE + DAYS + HOURS + GONE + FOOT)


def broken(body: bytes) -> list[str]:
    return [found.rule for found in lint.check(body)]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_document_breaks_no_rule(path):
    assert lint.check(path.read_bytes()) == []


def test_named_feeds_of_the_catalogue_break_no_rule(publisher):
    feeds = list(edition.files(publisher, today=TODAY))
    assert [(path, found) for path, document in feeds for found in lint.check(document.body)] == []
    assert len(feeds) > 300


@pytest.mark.parametrize("body", [GOOD, octets(HEAD + GONE + FOOT), octets(HEAD + ZONE + FOOT)])
def test_good_calendar_breaks_no_rule(body):
    assert lint.check(body) == []


# Of each rule one thing in the good calendar and what stands there instead, or one more after it.
CHANGES = [
    ("utf-8", "Genève", b"Gen\xe8ve"),
    ("utf-8", "Genève", b"Gen\xed\xa0\x80ve"),
    ("byte-order-mark", HEAD, b"\xef\xbb\xbf" + octets(HEAD)),
    ("line-break", "SEQUENCE:3\n", b"SEQUENCE:3\n"),
    ("line-break", "SEQUENCE:3\n", b"SEQUENCE:3\r"),
    ("last-line", FOOT, b"END:VCALENDAR"),
    ("line-length", "REFID:data-forum\n", b"REFID:" + b"x" * 70 + b"\r\n"),
    ("line-length", "REFID:data-forum\n", b"REFID:" + b"x" * 69 + b"\r\n " + b"x" * 75 + b"\r\n"),
    ("fold", "Genève", b"Gen\xc3\r\n \xa8ve"),
    ("control", "Ceremony", "Cere\x07mony"),
    ("control", "Ceremony", "Ceremony\x7f"),
    ("control", "SUMMARY:Cere", "SUMM\x00ARY:Cere"),
    ("invisible", "Ceremony", "Cere\u0085mony".encode()),
    ("invisible", "Ceremony", "Cere\u2028mony".encode()),
    ("invisible", "Ceremony", "Cere\u2029mony".encode()),
    ("invisible", "Ceremony", "\ufeffCeremony".encode()),
    ("content-line", "REFID:data-forum", "REFID"),
    ("content-line", "REFID:data-forum", "REF ID:data-forum"),
    ("content-line", "REFID:data-forum", ":data-forum"),
    ("content-line", "REFID:data-forum\n", "\n"),
    ("parameter", "REFID:", "REFID;X:"),
    ("parameter", "REFID:", 'REFID;X="a:'),
    ("parameter", "REFID:", 'REFID;X=a"b":'),
    ("parameter", "REFID:", "REFID;X=a;X=b:"),
    ("parameter", "REFID:data-forum", "REFID;X=a"),
    ("nesting", GONE + FOOT, GONE.removesuffix("END:VEVENT\n") + FOOT),
    ("nesting", FOOT, ""),
    ("nesting", FOOT, FOOT + "END:VEVENT\n"),
    ("one-calendar", FOOT, FOOT + HEAD + ZONE + FOOT),
    ("one-calendar", FOOT, FOOT + "X-MORE:1\n"),
    ("one-calendar", HEAD, "X-MORE:1\n" + HEAD),
    ("component", ZONE, ZONE + "BEGIN:VTODO\nSUMMARY:To do\nEND:VTODO\n"),
    ("placement", ZONE, ZONE + ALARM),
    ("placement", ZONE, ZONE + RULE),
    ("placement", FOOT, FOOT + ZONE),
    ("property", "REFID:", "REFIDS:"),
    ("property", "VERSION:2.0\n", "VERSION:2.0\nSUMMARY:UN forums\n"),
    ("method", HEAD, HEAD + "METHOD:PUBLISH\n"),
    ("scheduling", "SEQUENCE:3\n", "SEQUENCE:3\nORGANIZER:mailto:a@example.org\n"),
    ("scheduling", "TRIGGER:-P7D\n", "TRIGGER:-P7D\nATTENDEE:mailto:a@example.org\n"),
    ("recurrence", "SEQUENCE:3\n", "SEQUENCE:3\nRRULE:FREQ=YEARLY\n"),
    ("recurrence", "SEQUENCE:3\n", "SEQUENCE:3\nRECURRENCE-ID:20270517T180000Z\n"),
    ("version", "VERSION:2.0\n", ""),
    ("version", "VERSION:2.0\n", "VERSION:2.0\nVERSION:2.0\n"),
    ("version", "VERSION:2.0\n", "VERSION:2.1\n"),
    ("product", "PRODID:-//UN Forum Calendar//Feeds//EN\n", ""),
    ("product", "PRODID:-//UN Forum Calendar//Feeds//EN", "PRODID: "),
    ("scale", "GREGORIAN", "JULIAN"),
    ("calendar-empty", ZONE + DAYS + HOURS + GONE, ""),
    ("calendar-twice", "NAME:UN forums\nX-WR", "NAME:UN forums\nNAME:UN forums\nX-WR"),
    ("calendar-twice", "X-PUBLISHED-TTL:PT6H\n", "X-PUBLISHED-TTL:PT6H\nX-PUBLISHED-TTL:PT6H\n"),
    ("calendar-uid", "UID:263f41f7-3b5e-53f5-b674-06509653c2c2\n", ""),
    ("name-agrees", "CALNAME:UN forums", "CALNAME:UN Forums"),
    ("name-agrees", "X-WR-CALNAME:UN forums\n", ""),
    ("description-agrees", "CALDESC:Every", "CALDESC:No"),
    ("description-agrees", "DESCRIPTION:Every date names its source.\n", ""),
    ("refresh-interval", "VALUE=DURATION:PT6H", "VALUE=DURATION:P6H"),
    ("refresh-interval", "VALUE=DURATION:PT6H", "VALUE=DURATION:-PT6H"),
    ("refresh-interval", "VALUE=DURATION:PT6H", "VALUE=DURATION:PT0S"),
    ("refresh-interval", ";VALUE=DURATION", ""),
    ("published-ttl", "TTL:PT6H", "TTL:6H"),
    ("source", "SOURCE;VALUE=URI", "SOURCE"),
    ("source", "https://calendar.example/feeds/all.ics", "webcal://calendar.example/feeds/all.ics"),
    ("color", "goldenrod", "#daa520"),
    ("event-once", f"UID:{DAYS_UID}\n", ""),
    ("event-once", "DTSTAMP:20261124T093000Z\nLAST-MODIFIED:20261124T093000Z\nSEQUENCE:3", "SEQUENCE:3"),
    ("event-once", "DTSTART:20270517T180000Z\n", ""),
    ("event-once", "DTSTART:20270517T180000Z\n", "DTSTART:20270517T180000Z\nDTSTART:20270517T180000Z\n"),
    ("event-twice", "SEQUENCE:3\n", "SEQUENCE:3\nSEQUENCE:3\n"),
    ("event-twice", "CDO-BUSYSTATUS:BUSY\n", "CDO-BUSYSTATUS:BUSY\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\n"),
    ("uid", f"UID:{DAYS_UID}", "UID:20271030-data-forum@calendar.example"),
    ("uid", "UID:263f41f7-", "UID:263f41f7"),
    ("uid-unique", "UID:7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f003", f"UID:{DAYS_UID}"),
    ("created", "CREATED:20261124T093000Z", "CREATED:20261124T093000"),
    ("stamp", "DTSTAMP:20261124T093000Z\nLAST", "DTSTAMP:20261124T093000\nLAST"),
    ("last-modified", "LAST-MODIFIED:20261124T093000Z\nSEQ", "LAST-MODIFIED:20261124\nSEQ"),
    ("stamps-agree", "LAST-MODIFIED:20261124T093000Z\nSEQ", "LAST-MODIFIED:20261124T093001Z\nSEQ"),
    ("sequence", "SEQUENCE:3", "SEQUENCE:-3"),
    ("sequence", "SEQUENCE:3", "SEQUENCE:٣"),
    ("status", "STATUS:CONFIRMED", "STATUS:POSTPONED"),
    ("transparency", "TRANSP:TRANSPARENT", "TRANSP:CLEAR"),
    ("priority", "PRIORITY:5", "PRIORITY:10"),
    ("date", "DATE:20271105", "DATE:20271131"),
    ("date", "DATE:20271105", "DATE:20271105T000000Z"),
    ("date", "DTEND;VALUE=DATE:20271105", "DTEND;VALUE=DATE;TZID=Etc/UTC:20271105"),
    ("date-time", "20270517T203000Z", "20270517T243000Z"),
    ("date-time", "20270517T203000Z", "20270229T203000Z"),
    ("date-time", "DTEND:20270517T203000Z", "DTEND;VALUE=PERIOD:20270517T203000Z"),
    ("date-marked", "DTEND;VALUE=DATE:20271105", "DTEND:20271105"),
    ("date-marked", "DTSTART;VALUE=DATE:20271030\nDTEND", "DTSTART:20271030\nDTEND"),
    ("utc", "20270517T203000Z", "20270517T203000"),
    ("utc", "DTEND:20270517T203000Z", "DTEND;TZID=Etc/UTC:20270517T203000"),
    ("end-type", "DTEND;VALUE=DATE:20271105", "DTEND:20271105T000000Z"),
    ("end-type", "DTEND:20270517T203000Z", "DTEND;VALUE=DATE:20270518"),
    ("end-later", "DATE:20271105", "DATE:20271030"),
    ("end-later", "20270517T203000Z", "20270517T175959Z"),
    ("duration", "SEQUENCE:3\n", "SEQUENCE:3\nDURATION:PT2H30M\n"),
    ("all-day", "20271105\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\n", "20271105\n"),
    ("all-day", "20271105\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\n", "20271105\nX-MICROSOFT-CDO-ALLDAYEVENT:FALSE\n"),
    ("all-day", "SEQUENCE:3\n", "SEQUENCE:3\nX-MICROSOFT-CDO-ALLDAYEVENT:FALSE\n"),
    ("busy", "BUSYSTATUS:BUSY", "BUSYSTATUS:AWAY"),
    ("busy-agrees", "BUSYSTATUS:BUSY", "BUSYSTATUS:FREE"),
    ("busy-agrees", "BUSYSTATUS:FREE", "BUSYSTATUS:OOF"),
    ("busy-agrees", "TRANSP:TRANSPARENT\n", ""),
    ("escape", "SUMMARY:Ceremony", "SUMMARY:C:\\Temp"),
    ("escape", "SUMMARY:Ceremony", "SUMMARY:Ceremony\\"),
    ("escape", "Climate change,", "Climate\\: change,"),
    ("bare", "SUMMARY:Ceremony", "SUMMARY:Ceremony, reception"),
    ("bare", "SUMMARY:Ceremony", "SUMMARY:Ceremony\\\\; reception"),
    ("bare", "DESCRIPTION:Data Forum", "DESCRIPTION:Data; Forum"),
    ("bare", "SDG 13", "SDG;13"),
    ("category-comma", "Climate change,SDG 13", "Climate\\, change"),
    ("category", "Climate change,SDG 13", "Climate change,,SDG 13"),
    ("category", "Climate change,SDG 13", ""),
    ("category", "Climate change,SDG 13", "SDG 13,SDG 13"),
    ("geo", "46.2022;6.1457", "96.2022;6.1457"),
    ("geo", "46.2022;6.1457", "46.2022;-186.1457"),
    ("geo", "46.2022;6.1457", "46.2022,6.1457"),
    ("geo", "46.2022;6.1457", "nan;6.1457"),
    ("url", "URL:https://calendar.example/events", "URL:ftp://calendar.example/events"),
    ("url", "URL:https://calendar.example/events", "URL:https://"),
    ("url", "URL:https://calendar.example/events", "URL:https://calendar.example/all events"),
    ("url", "URL:https://calendar.example/events", "URL:https://calendar.example/évents"),
    ("url", "URL:https://calendar.example/events", "URL:https://calendar.example/%zz"),
    ("concept", "CONCEPT:http://metadata.un.org/sdg/13", "CONCEPT:SDG 13"),
    ("link", ";LINKREL=related", ""),
    ("link", ";LINKREL=related", ';LINKREL="related"'),
    ("link", ";LINKREL=related", ";LINKREL="),
    ("link", 'pay";VALUE=URI', 'pay"'),
    ("link", "https://example.org/r", "javascript:alert(1)"),
    ("refid", "REFID:data-forum", "REFID: "),
    ("conference", "LABEL=Webcast;VALUE=URI", "LABEL=Webcast"),
    ("conference", "https://example.org/live", "tel:+41-22-730-5111"),
    ("related", "RELATED-TO:7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f001", "RELATED-TO:"),
    ("told", "SUMMARY:Ceremony\n", ""),
    ("told", "DESCRIPTION:https://calendar.example/c\n", ""),
    ("told", "SUMMARY:Withdrawn\n", ""),
    ("told", "SUMMARY:Withdrawn\n", "SUMMARY:Off\nDESCRIPTION:Off\n"),
    ("last-words", "One\\nhttps://calendar.example/e", "https://calendar.example/e\\nOne"),
    ("last-words", "One\\nhttps://calendar.example/e", "One https://calendar.example/e"),
    ("alarm-action", "ACTION:DISPLAY\n", ""),
    ("alarm-action", "ACTION:DISPLAY", "ACTION:EMAIL"),
    ("alarm-trigger", "TRIGGER:-P7D\n", "TRIGGER:-P7D\nTRIGGER:-P1D\n"),
    ("alarm-trigger", "TRIGGER:-P7D", "TRIGGER:P7D"),
    ("alarm-trigger", "TRIGGER:-P7D", "TRIGGER:-P7"),
    ("alarm-description", "DESCRIPTION:Data Forum\n", ""),
    ("zone-id", "TZID:Etc/UTC\n", ""),
    ("zone-id", "TZID:Etc/UTC", "TZID: "),
    ("zone-rules", RULE, ""),
    ("zone-rule", "TZOFFSETTO:+0000\n", ""),
    ("zone-rule", "TZOFFSETTO:+0000\n", "TZOFFSETTO:+0000\nTZOFFSETTO:+0000\n"),
    ("zone-start", "DTSTART:19700101T000000\n", "DTSTART:19700101T000000Z\n"),
    ("zone-start", "DTSTART:19700101T000000\n", "DTSTART;VALUE=DATE:19700101\n"),
    ("offset", "TZOFFSETTO:+0000", "TZOFFSETTO:-0000"),
    ("offset", "TZOFFSETTO:+0000", "TZOFFSETTO:0000"),
]


@pytest.mark.parametrize(("rule", "there", "instead"), CHANGES, ids=[rule for rule, _, _ in CHANGES])
def test_change_of_a_good_calendar_breaks_this_rule_alone(rule, there, instead):
    before, found, after = GOOD.partition(octets(there))
    assert found
    assert broken(before + octets(instead) + after) == [rule]


def test_every_rule_has_a_change_that_breaks_it():
    assert sorted({rule for rule, _, _ in CHANGES}) == sorted(lint.RULES)


def test_finding_says_which_rule_where_and_in_which_event():
    body = GOOD.replace(b"SEQUENCE:0", b"SEQUENCE:-1").replace(b"CALSCALE:GREGORIAN", b"CALSCALE:JULIAN")
    assert lint.check(body) == [
        lint.Finding(
            rule="scale", clause="RFC 5545 §3.7.1", line=4, words="CALSCALE must be GREGORIAN: CALSCALE:JULIAN"
        ),
        lint.Finding(
            rule="sequence",
            clause="RFC 5545 §3.8.7.4",
            line=28,
            words="SEQUENCE must be a whole number from 0: SEQUENCE:-1",
            uid=DAYS_UID,
        ),
    ]


def test_line_of_a_finding_is_that_of_the_file_though_lines_are_folded():
    body = GOOD.replace(b"\r\nX-WR-CALNAME", b"\r\n \r\n\t\r\nX-WR-CALNAME").replace(b"COLOR:", b"COLOR:\r\n  ")
    assert [(found.rule, found.line) for found in lint.check(body)] == [("color", 16)]


def test_capitals_mean_nothing_where_the_standard_says_so():
    body = GOOD.replace(b"VEVENT", b"vevent").replace(b"STATUS:CONFIRMED", b"Status:Confirmed")
    assert lint.check(body.replace(b"VALUE=DATE", b"value=date").replace(b"COLOR:g", b"COLOR:G")) == []


def test_own_and_unknown_parts_are_read_past():
    own = "BEGIN:X-OWN\nANY:thing\nEND:X-OWN\n"
    assert lint.check(GOOD.replace(octets(ZONE), octets(ZONE + own))) == []


@pytest.mark.parametrize("body", [b"", b"\r\n", b"\n", b" ", b"BEGIN:", b"END:FILE\r\n", b"BEGIN:VEVENT\r\n" * 5000])
def test_what_is_no_calendar_is_a_finding(body):
    assert "one-calendar" in broken(body)


def test_colors_are_those_of_css3():
    assert len(lint_rules.COLORS) == 147


@pytest.mark.parametrize("module", [lint, lint_rules, content_lines], ids=lambda module: module.__name__)
def test_linter_shares_nothing_with_the_writer(module):
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            imported |= {f"{node.module}.{name.name}" for name in node.names}
    parts = {name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names}
    assert {name.removeprefix("calendar_app.formats.").partition(".")[0] for name in parts} <= {
        "content_lines",
        "lint_rules",
    }


def is_in_order(found: list[lint.Finding]) -> bool:
    return [each.line for each in found] == sorted(each.line for each in found)


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_at_all_are_checked(body):
    assert is_in_order(lint.check(body))


SPLICES = st.lists(
    st.tuples(
        st.integers(0, 4000),
        st.integers(0, 40),
        st.binary(max_size=6)
        | st.sampled_from([b"\r\n", b"\r\n ", b"END:VEVENT\r\n", b"BEGIN:VALARM\r\n", b"\\", b'"']),
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(body=st.sampled_from([GOOD, *(path.read_bytes() for path in GOLDEN)]), splices=SPLICES)
def test_calendar_with_random_edits_is_checked(body, splices):
    for at, less, more in splices:
        body = body[:at] + more + body[at + less :]
    assert is_in_order(lint.check(body))


NAMES = sorted({name for kind in lint_rules.KINDS.values() for name in (*kind.once, *kind.most, *kind.more)})
VALUES = st.sampled_from(
    ["", "0", "-1", ";", ",,", "\\", "PT6H", "20270101", "20270101T000000Z", "https://x.org", "9;9"]
)
LINES = st.one_of(
    st.sampled_from([*GOOD.decode().splitlines(), "", " "]),
    st.builds("{}:{}".format, st.sampled_from(["BEGIN", "END"]), st.sampled_from([*lint_rules.KINDS, "VTODO", ""])),
    st.builds("{}{}:{}".format, st.sampled_from(NAMES), st.sampled_from(["", ";VALUE=DATE", ";TZID=x"]), VALUES),
    st.builds("{}:{}".format, st.sampled_from(NAMES), st.text(max_size=8)),
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=40))
def test_lines_in_any_order_are_checked(lines):
    assert is_in_order(lint.check("\r\n".join(lines).encode()))
