"""What a calendar must keep, rule by rule, and what each component of it may have."""

from collections.abc import Mapping
from dataclasses import dataclass

from calendar_app.formats.content_lines import FILE, Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a calendar must keep, and the clause that says so; "house rule" where none does."""

    clause: str
    demands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that a calendar breaks, at a line of the file (from 1); `uid` is of the event that it is in."""

    rule: str
    clause: str
    line: int
    words: str
    uid: str = ""


_HOUSE = "house rule"
RULES: Mapping[str, Rule] = {
    name: Rule(clause=clause, demands=demands)
    for name, clause, demands in (
        ("utf-8", "RFC 5545 §3.1.4", "The text must be UTF-8"),
        ("byte-order-mark", "RFC 5545 §3.1", "The file must begin with a name, not with a byte order mark"),
        ("line-break", "RFC 5545 §3.1", "A line must end in CR and LF together"),
        ("last-line", "RFC 5545 §3.1", "The last line too must end in CR LF"),
        ("line-length", "RFC 5545 §3.1", "A line should have 75 octets at most"),
        ("fold", "RFC 5545 §3.1", "A line must not be folded inside a letter"),
        ("control", "RFC 5545 §3.1", "No control character but the tab may stand in a line"),
        ("invisible", _HOUSE, "U+0085, U+2028, U+2029 and U+FEFF may not stand in a line: readers differ on them"),
        ("content-line", "RFC 5545 §3.1", "A line must be a name, its parameters, a colon and a value"),
        (
            "parameter",
            "RFC 5545 §3.2",
            "A parameter must be a name, = and values, quoted if they need it, and come once",
        ),
        ("nesting", "RFC 5545 §3.6", "Each BEGIN must have its END"),
        ("one-calendar", _HOUSE, "All must be in one VCALENDAR"),
        ("component", "RFC 5545 §3.6", "A component must be a known one or begin with X-"),
        ("placement", "RFC 5545 §3.6", "A component must stand in the one that it belongs to"),
        ("property", "RFC 5545 §3.8.8.2", "A property must be one that its component has, or begin with X-"),
        ("method", _HOUSE, "A published calendar has no METHOD: with one it is a message"),
        ("scheduling", _HOUSE, "No one is invited: no ORGANIZER, ATTENDEE or REQUEST-STATUS"),
        ("recurrence", _HOUSE, "Nothing recurs: no RRULE, RDATE, EXDATE or RECURRENCE-ID"),
        ("version", "RFC 5545 §3.7.4", "A calendar must have one VERSION, 2.0"),
        ("product", "RFC 5545 §3.7.3", "A calendar must have one PRODID, not empty"),
        ("scale", "RFC 5545 §3.7.1", "CALSCALE must be GREGORIAN"),
        ("calendar-empty", "RFC 5545 §3.6", "A calendar must hold a component"),
        ("calendar-twice", "RFC 5545 §3.6, RFC 7986 §4", "This property of a calendar must not come twice"),
        ("calendar-uid", "RFC 7986 §5.3", "A calendar that has a name must have a UID"),
        ("name-agrees", _HOUSE, "NAME and X-WR-CALNAME must be the same"),
        ("description-agrees", _HOUSE, "DESCRIPTION and X-WR-CALDESC must be the same"),
        ("refresh-interval", "RFC 7986 §5.7", "REFRESH-INTERVAL must have VALUE=DURATION and be a positive one"),
        ("published-ttl", _HOUSE, "X-PUBLISHED-TTL must be a positive duration"),
        ("source", "RFC 7986 §5.8", "SOURCE must have VALUE=URI and be an address of the web"),
        ("color", "RFC 7986 §5.9", "COLOR must be a name of CSS3"),
        ("event-once", "RFC 5545 §3.6.1", "An event must have this once"),
        ("event-twice", "RFC 5545 §3.6.1", "This property of an event must not come twice"),
        ("uid", "RFC 7986 §5.3", "UID must be a UUID"),
        ("uid-unique", "RFC 5545 §3.8.4.7", "No two events may have one UID"),
        ("created", "RFC 5545 §3.8.7.1", "CREATED must be a date and time in UTC"),
        ("stamp", "RFC 5545 §3.8.7.2", "DTSTAMP must be a date and time in UTC"),
        ("last-modified", "RFC 5545 §3.8.7.3", "LAST-MODIFIED must be a date and time in UTC"),
        ("stamps-agree", _HOUSE, "DTSTAMP and LAST-MODIFIED must be the same"),
        ("sequence", "RFC 5545 §3.8.7.4", "SEQUENCE must be a whole number from 0"),
        ("status", "RFC 5545 §3.8.1.11", "STATUS must be TENTATIVE, CONFIRMED or CANCELLED"),
        ("transparency", "RFC 5545 §3.8.2.7", "TRANSP must be OPAQUE or TRANSPARENT"),
        ("priority", "RFC 5545 §3.8.1.9", "PRIORITY must be 0 to 9"),
        ("date", "RFC 5545 §3.3.4", "A date must be a day of the calendar, without TZID"),
        ("date-time", "RFC 5545 §3.3.5", "A date and time must be real"),
        ("date-marked", "RFC 5545 §3.2.20", "A date must have VALUE=DATE"),
        ("utc", _HOUSE, "Times must be in UTC, without TZID"),
        ("end-type", "RFC 5545 §3.8.2.2", "DTSTART and DTEND must both be dates or both have times"),
        ("end-later", "RFC 5545 §3.8.2.2", "DTEND must be later than DTSTART"),
        ("duration", "RFC 5545 §3.6.1", "DURATION must not stand beside DTEND"),
        ("all-day", "[MS-OXCICAL] 2.1.3.1.1.20.28", "Days, and they alone, need one X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        ("busy", "[MS-OXCICAL] 2.1.3.1.1.20.31", "X-MICROSOFT-CDO-BUSYSTATUS must be FREE, TENTATIVE, BUSY or OOF"),
        ("busy-agrees", _HOUSE, "FREE must go with TRANSPARENT, and nothing else with it"),
        ("escape", "RFC 5545 §3.3.11", "A backslash may stand before backslash, semicolon, comma, n and N alone"),
        ("bare", "RFC 5545 §3.3.11", "Semicolon and comma need a backslash in a text"),
        ("category-comma", _HOUSE, "A category may hold no comma: readers split it even if it is escaped"),
        ("category", _HOUSE, "A category may not be empty, nor come twice"),
        ("geo", "RFC 5545 §3.8.1.6", "GEO must be degrees of latitude and longitude"),
        ("url", "RFC 5545 §3.8.4.6", "URL must be an address of the web"),
        ("concept", "RFC 9253 §8.1", "CONCEPT must be an address of the web"),
        (
            "link",
            "RFC 9253 §8.2",
            "LINK must have VALUE=URI and a LINKREL, quoted if a URI, and be an address of the web",
        ),
        ("refid", "RFC 9253 §8.3", "REFID must not be empty"),
        ("conference", "RFC 7986 §5.11", "CONFERENCE must have VALUE=URI and be an address of the web"),
        ("related", "RFC 5545 §3.8.4.5", "RELATED-TO must not be empty"),
        (
            "told",
            _HOUSE,
            "An event needs SUMMARY, DESCRIPTION and URL, a cancelled one without the last two SUMMARY alone",
        ),
        ("last-words", _HOUSE, "DESCRIPTION must end in a line that is the URL"),
        ("alarm-action", "RFC 5545 §3.6.6", "An alarm must have one ACTION, here DISPLAY"),
        ("alarm-trigger", "RFC 5545 §3.6.6", "An alarm must have one TRIGGER, here a negative duration"),
        ("alarm-description", "RFC 5545 §3.6.6", "An alarm must have one DESCRIPTION"),
        ("zone-id", "RFC 5545 §3.6.5", "A time zone must have one TZID, not empty"),
        ("zone-rules", "RFC 5545 §3.6.5", "A time zone must have a STANDARD or a DAYLIGHT"),
        ("zone-rule", "RFC 5545 §3.6.5", "A rule of a zone must have one DTSTART, TZOFFSETFROM and TZOFFSETTO"),
        ("zone-start", "RFC 5545 §3.6.5", "DTSTART of a rule of a zone must be a local date and time"),
        ("offset", "RFC 5545 §3.3.14", "An offset from UTC must be hours and minutes with a sign"),
    )
}


def finding(fault: Fault, *, uid: str) -> Finding:
    """A fault in words: what its rule demands, and what is there instead."""
    rule = RULES[fault.rule]
    words = f"{rule.demands}: {fault.detail}" if fault.detail else rule.demands
    return Finding(rule=fault.rule, clause=rule.clause, line=fault.line, words=words, uid=uid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of component: where it stands, what it must have once and by which rule, what else it may have.

    `most` are the properties that may come once, by the rule `twice`; `more` may come often.
    """

    within: str
    once: Mapping[str, str]
    most: frozenset[str] = frozenset()
    twice: str = ""
    more: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Whether a property belongs to the component."""
        return name in self.once or name in self.most or name in self.more


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ZONE_RULE = Kind(
    within="VTIMEZONE",
    once={"DTSTART": "zone-rule", "TZOFFSETFROM": "zone-rule", "TZOFFSETTO": "zone-rule"},
    more=_names("COMMENT RDATE RRULE TZNAME"),
)
KINDS: Mapping[str, Kind] = {
    "VCALENDAR": Kind(
        within=FILE,
        once={"VERSION": "version", "PRODID": "product"},
        most=_names(
            "CALSCALE COLOR DESCRIPTION LAST-MODIFIED NAME REFRESH-INTERVAL SOURCE UID URL"
            " X-PUBLISHED-TTL X-WR-CALDESC X-WR-CALNAME"
        ),
        twice="calendar-twice",
        more=_names("CATEGORIES IMAGE"),
    ),
    "VEVENT": Kind(
        within="VCALENDAR",
        once={"UID": "event-once", "DTSTAMP": "event-once", "DTSTART": "event-once"},
        most=_names(
            "CLASS COLOR CREATED DESCRIPTION DTEND DURATION GEO LAST-MODIFIED LOCATION PRIORITY SEQUENCE STATUS"
            " SUMMARY TRANSP URL X-MICROSOFT-CDO-BUSYSTATUS"
        ),
        twice="event-twice",
        more=_names("ATTACH CATEGORIES COMMENT CONCEPT CONFERENCE CONTACT IMAGE LINK REFID RELATED-TO RESOURCES"),
    ),
    "VALARM": Kind(
        within="VEVENT",
        once={"ACTION": "alarm-action", "TRIGGER": "alarm-trigger", "DESCRIPTION": "alarm-description"},
        more=_names("DURATION REPEAT"),
    ),
    "VTIMEZONE": Kind(within="VCALENDAR", once={"TZID": "zone-id"}, more=_names("LAST-MODIFIED TZURL")),
    "STANDARD": _ZONE_RULE,
    "DAYLIGHT": _ZONE_RULE,
}
# What a component could have but ours don't, and the rule that says so.
REFUSED: Mapping[str, str] = {
    "METHOD": "method",
    **dict.fromkeys(("ATTENDEE", "ORGANIZER", "REQUEST-STATUS"), "scheduling"),
    **dict.fromkeys(("EXDATE", "EXRULE", "RDATE", "RECURRENCE-ID", "RRULE"), "recurrence"),
}
# CSS3 (https://www.w3.org/TR/css-color-3/#svg-color).
COLORS = _names(
    """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
    cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
    darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
    firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
    hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
    lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
    mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
    midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple red
    rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray
    slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
    yellowgreen
    """
)
