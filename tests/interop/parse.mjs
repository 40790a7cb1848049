// Reads an iCalendar stream on stdin, prints what Mozilla's ical.js makes of its events as JSON.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(0));
const parsed = ICAL.parse(text);
const calendars = typeof parsed[0] === "string" ? [parsed] : parsed;

function told(vevent) {
  const event = new ICAL.Event(vevent);
  return {
    uid: event.uid,
    summary: event.summary,
    start: event.startDate.toString(),
    end: event.endDate.toString(), // exclusive; of its own making where the event gives none
    allday: event.startDate.isDate,
    categories: vevent.getAllProperties("categories").flatMap((property) => property.getValues()),
    status: vevent.getFirstPropertyValue("status"),
    sequence: vevent.getFirstPropertyValue("sequence"),
    location: event.location,
  };
}

const events = calendars.flatMap((calendar) => new ICAL.Component(calendar).getAllSubcomponents("vevent").map(told));
process.stdout.write(JSON.stringify(events));
