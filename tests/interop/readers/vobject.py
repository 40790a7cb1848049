"""Reads calendars on stdin (a JSON list of base64), prints what vobject makes of their events as JSON."""

import base64
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import vobject


def told(event: vobject.base.Component) -> dict:
    start = event.dtstart.value
    allday = not isinstance(start, datetime)
    end = event.dtend.value if "dtend" in event.contents else start + timedelta(days=1 if allday else 0)
    sequence, geo = value(event, "sequence"), value(event, "geo")
    return {
        "uid": event.uid.value,
        "summary": value(event, "summary"),
        "start": iso(start),
        "end": iso(end),
        "allday": allday,
        "categories": [each for line in event.contents.get("categories", []) for each in line.value],
        "status": value(event, "status"),
        "sequence": None if sequence is None else int(sequence),
        "location": value(event, "location"),
        "description": value(event, "description"),
        "url": value(event, "url"),
        "geo": None if geo is None else [float(each) for each in geo.split(";")],
        "related_to": value(event, "related-to"),
    }


def value(event: vobject.base.Component, name: str) -> str | None:
    return event.contents[name][0].value if name in event.contents else None


def iso(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def events(ics: str) -> Iterator[dict]:
    calendars = list(vobject.readComponents(base64.b64decode(ics).decode()))
    # It takes an empty stream for no calendars, so that this refusal is the reader's.
    assert calendars, "vobject found nothing in it"
    return (told(event) for calendar in calendars for event in calendar.contents.get("vevent", []))


json.dump([list(events(ics)) for ics in json.load(sys.stdin)], sys.stdout)
