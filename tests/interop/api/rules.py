"""What schemathesis can't know of the API from its document: how the formats look that are ours, and what of a valid
request depends on several fields at once. Every check stays on; a request that is meant to be valid is made so.
"""

import re
from itertools import count
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis.core.parameters import ParameterLocation

MONTHS = ("January", "March", "May", "July", "August", "October", "December")
days, years = st.integers(1, 31), st.integers(1900, 2199)
months = st.sampled_from(MONTHS)
one_day = st.builds("{} {} {}".format, days, months, years)
dates = st.one_of(
    one_day,
    st.builds("{1}-{0} {2} {3}".format, st.integers(20, 31), st.integers(1, 19), months, years),
    st.builds("30 October - {} November {}".format, st.integers(1, 30), years),
    st.builds("{} {}".format, months, years),
    st.builds("{}-{:02}-{:02}".format, years, st.sampled_from([1, 3, 5, 7, 8, 10, 12]), days),
    years.map(str),
)
names = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
links = st.one_of(
    st.just(""),
    st.builds(
        "https://{}.example.org/{}?q={}".format,
        names,
        names,
        st.text(max_size=5).map(lambda text: "".join(filter(str.isalnum, text))),
    ),
)
keys = count()
KNOWN = {"series": "hlpf", "city": "Geneva", "convener": "ITU", "event": "igf-2016"}
TAG = re.compile('"[0-9a-f]{32}"')
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# IGF 2016, as the catalogue has it.
EVENT = "e9c70ae2-264b-57a0-a85b-dfffccf828de"
lines = {
    "deadlines": "registration: {0}\ninput: {0}",
    "parts": "{0}: Opening @ Room XX https://example.org/\n{0}: Closing",
}

letters = st.characters(categories=("L", "M", "N", "P", "S", "Zs"))
words = st.builds("{}{}".format, st.sampled_from(["cop", "É", "会议", "7"]), st.text(letters, max_size=40))

for name, strategy in {
    "event-title": words,
    "words": words,
    "event-dates": dates,
    "link": links,
    "clock-time": st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)) | st.just(""),
    "series-key": st.sampled_from(["", "hlpf", "igf", "wsis-forum", "unfccc-cop"]),
    "mail-address": st.builds("{}@{}.example".format, names, names) | st.just(""),
    "deadline-lines": one_day.map(lines["deadlines"].format) | st.just(""),
    "part-lines": one_day.map(lines["parts"].format) | st.just(""),
}.items():
    schemathesis.openapi.format(name, strategy)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Makes what goes together go together where a request is meant to be valid."""
    if case.meta is None:
        return
    if case.method == "PATCH" and not case.meta.is_negative_at(ParameterLocation.HEADER):
        _as_it_is(case)
    if not case.meta.generation.mode.is_positive:
        return
    if case.method == "GET" and case.query:
        _known(case.query)
    if isinstance(case.body, dict):
        _fitting(case.body)
        if case.method == "PATCH" and {"dates", "start_time"} & set(case.body):
            # Other dates come from another source than before.
            case.body["source"] = f"Letter {next(keys)}"
        # A new key for each new event, as the document has it.
        if case.headers and "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = f"key-{next(keys)}"


def _as_it_is(case: Any) -> None:
    """A change of an event that is there, as it is: else hardly any would come as far as its fields."""
    if not TAG.fullmatch(case.headers.get("If-Match", "")):
        case.headers["If-Match"] = "*"
    if not UUID.fullmatch(str(case.path_parameters.get("uid"))):
        case.path_parameters["uid"] = EVENT


def _known(query: dict[str, Any]) -> None:
    """A period begins before it ends; half of the names are known; there are 60 values altogether at the most."""
    query |= {name: values[:4] for name, values in query.items() if isinstance(values, list)}
    if {"from", "to"} <= set(query):
        query["from"], query["to"] = sorted([query["from"], query["to"]])
    for facet, value in KNOWN.items():
        if len(str(query.get(facet, ""))) % 2:
            query[facet] = [value]
    if str(query.get("cursor", ""))[-1:] in {*"01234567"}:
        query["cursor"] = EVENT


def _fitting(body: dict[str, Any]) -> None:
    """Times are of one day, end after they start, and have a zone; deadlines and parts lie near the event."""
    if body.get("start_time") or body.get("end_time"):
        body |= {"dates": "6 July 2033", "start_time": "09:05", "end_time": "17:30"}
        body["timezone"] = body.get("timezone") or "Asia/Tokyo"
    for field, text in lines.items():
        if body.get(field):
            body |= {"dates": "6-9 July 2033", "start_time": "", "end_time": ""}
            body[field] = text.format("6 July 2033")
