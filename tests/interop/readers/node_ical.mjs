// Reads calendars on stdin (a JSON list of base64), prints what node-ical makes of their events as JSON.
import ical from "node-ical";
import { readFileSync } from "node:fs";

const utf8 = new TextDecoder("utf-8", { fatal: true });

// A value that had parameters is kept as {params, val}.
const value = (property) => property?.val ?? property ?? null;
const list = (property) => (property === undefined ? [] : [property].flat());
const two = (number) => String(number).padStart(2, "0");

// What node-ical calls a date is midnight where its reader is.
function iso(moment, allday) {
  if (!allday) return moment.toISOString().replace(".000Z", "Z");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

function told(event) {
  const allday = event.datetype === "date";
  return {
    uid: event.uid,
    summary: value(event.summary),
    start: iso(event.start, allday),
    end: iso(event.end, allday), // exclusive; of its own making where the event gives none
    allday,
    categories: list(event.categories),
    status: value(event.status),
    sequence: event.sequence === undefined ? null : Number(event.sequence),
    location: value(event.location),
    description: value(event.description),
    url: value(event.url),
    geo: event.geo ? [event.geo.lat, event.geo.lon] : null,
    related_to: value(list(event["related-to"])[0]),
  };
}

function events(ics) {
  const found = Object.values(ical.sync.parseICS(utf8.decode(Buffer.from(ics, "base64"))));
  // It takes any text for a calendar, so that this refusal is the reader's.
  if (!found.length) throw new Error("node-ical found nothing in it");
  return found.filter((each) => each.type === "VEVENT").map(told);
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(events)));
