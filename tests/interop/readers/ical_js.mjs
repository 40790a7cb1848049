// Reads calendars on stdin (a JSON list of base64), prints what Mozilla's ical.js makes of their events as JSON.
// With the argument "jcal" they are jCal; with "to-jcal" it prints the jCal that it makes of iCalendar.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const utf8 = new TextDecoder("utf-8", { fatal: true });

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
    description: event.description,
    url: vevent.getFirstPropertyValue("url"),
    geo: vevent.getFirstPropertyValue("geo"),
    related_to: vevent.getFirstPropertyValue("related-to"),
  };
}

const parse = process.argv[2] === "jcal" ? JSON.parse : ICAL.parse;

function events(calendar) {
  const parsed = parse(utf8.decode(Buffer.from(calendar, "base64")));
  if (process.argv[2] === "to-jcal") return parsed;
  const calendars = typeof parsed[0] === "string" ? [parsed] : parsed;
  // It takes an empty stream for no calendars, so that this refusal is the reader's.
  if (!calendars.length) throw new Error("ical.js found nothing in it");
  return calendars.flatMap((calendar) => new ICAL.Component(calendar).getAllSubcomponents("vevent").map(told));
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(events)));
