"""The words for what is wrong with a foreign file, or left out of it."""

from calendar_app.messages.marking import N_

# A part of `messages.ERRORS`; every limit is named.
IMPORTS = {
    # Files as a whole
    "import-size": N_("It is too large: an import takes at most {most} MB. Take out what is not needed, or split it."),
    "import-binary": N_("This is no text. Save a workbook as CSV, or copy the rows and paste them."),
    "import-encoding": N_("The letters can’t be read. Save the file as UTF-8."),
    "import-windows": N_("The letters were read as Windows-1252. If accents look wrong, save the file as UTF-8."),
    "import-rows": N_("An import takes at most {most} events. Split it, and import the pieces one after the other."),
    "import-none": N_("There are no events in it."),
    # Calendars
    "import-ics-none": N_("This is no calendar: nothing in it begins with BEGIN:VCALENDAR. Export it again."),
    "import-nesting": N_("Its components stand more than {most} deep inside each other. Export it again."),
    "import-file-cut": N_("The file ends too early: its last event may be missing. Export it again."),
    "import-cut": N_("The file ends inside this event. Export it again."),
    "import-others": N_("Left out: {count} of its entries are tasks, notes or free times, and no events."),
    "import-withdrawn": N_("Left out: {count} of its events are withdrawn in the calendar they come from."),
    "import-within": N_("Left out: {count} of its entries are deadlines or parts of other events."),
    "import-twice": N_("{count} of its events stand in it more than once. The latest version was taken."),
    "import-rows-cut": N_("With all occurrences there are more than {most} events in it. Only the first were taken."),
    "import-outside": N_("Left out: {count} of its events recur, and not once from {first} to {last}."),
    "import-occurrences-cut": N_(
        "{count} of its events recur more than {most} times. Only the first {most} of each were taken."
    ),
    "import-property": N_("Its {name} can’t be read. Add the event by hand, or export it again."),
    "import-property-left": N_("Left out: its {name} can’t be read."),
    "import-lines-left": N_("Left out: {count} of its lines can’t be read."),
    "import-rule": N_("The rule by which it recurs can’t be read. Add its dates by hand."),
    "import-rule-often": N_("It recurs more often than daily ({frequency}), and is no event for this calendar."),
    "import-rule-work": N_(
        "The days on which the events of this file recur take too long to find: more than {most} steps."
        " Export fewer events."
    ),
    "import-range": N_("It changes all later occurrences too; only this one was changed. Look at the later ones."),
    "import-zone": N_("Its time zone, “{zone}”, is not known, so its days were taken and its hours left out."),
    "import-hours-end": N_("It starts at {start} and no end is given, so the time was left out."),
    "import-hours-days": N_("It lasts from {start} to {end} of another day, so its days were taken without the times."),
    "import-hours-zone": N_("Its times, {start} to {end}, were left out: whose clock they are by is not known."),
    "import-description-cut": N_("The description was cut to {most} characters."),
    "import-venue-cut": N_("The venue was cut to {most} characters."),
    "import-link-left": N_("Left out: “{link}” is no address of a page."),
    "import-link-place": N_("Left out: the link that stands for its place, {link}."),
    "import-private": N_("It is marked as private in the calendar it comes from. Ask before you publish it."),
    "import-unverified": N_("Its dates are unverified in the calendar it comes from."),
    "import-side-event": N_("There it is a side event of ITU’s at {forum}. A file brings it as an event of its own."),
    # Tables and texts
    "import-header": N_("The table is empty. Its first row has to name the columns."),
    "import-columns": N_("A table has at most {most} columns here. Delete those that are not needed."),
    "import-cell": N_("A cell has at most {most} characters. Shorten it."),
    "import-quote": N_("From line {line} on, a quotation mark has no second, so the rows can’t be told apart."),
    "import-hour": N_("The time beside the day, {time}, was left out. Map times to columns of their own."),
    "import-line": N_("A line has at most {most} characters. Write one event a line."),
    "import-dates-none": N_("We found no dates in this line. Write them like 18-22 April 2016."),
    "import-dates-two": N_("There are two dates, {one} and {other}. Write one event a line, with its own dates alone."),
}
