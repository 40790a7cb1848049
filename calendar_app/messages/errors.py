"""The words for what can be refused."""

from calendar_app.messages.marking import N_

# By message id. Say what is so, then what to do; `{name}` is a datum of the error.
ERRORS = {
    # Dates
    "span-empty": N_("Write when it takes place, such as 18-22 April 2016, November 2027 or 2028."),
    "span-too-long": N_("Dates take at most {limit} characters, such as 18-22 April 2016."),
    "span-ambiguous": N_("We can’t tell whether {text} is {one} or {other}. Write the month as a word: {example}."),
    "span-numeric": N_("Write the month as a word: {example}."),
    "span-month-first": N_("Write the day first: {example}."),
    "span-weekday": N_("Leave the weekday out: {example}."),
    "span-no-year": N_("“{text}” has no year. Write it after the month, such as 18-22 April 2016."),
    "span-no-such-day": N_("{month} has no day {day} in that year. Look the date up again in your source."),
    "span-backwards": N_("The last day, {last}, comes before the first, {first}. Write the first day first."),
    "span-year-range": N_("The calendar holds the years {low} to {high}, and {year} is not one of them."),
    "span-mixed": N_(
        "“{first}” and “{last}” are not equally exact. Write both as days, or only the months: November-December 2016."
    ),
    "span-unreadable": N_(
        "We can’t read “{text}”. Write dates like 18-22 April 2016, 30 October - 4 November 2027,"
        " November 2027, 2028 or 2027-07-06."
    ),
    "span-iso": N_("{start} to {end} are not two dates of precision {precision}."),
    "span-bounds": N_("{first} to {last} is not a whole {precision}."),
    "span-times-incomplete": N_(
        "Give all three: when it starts, when it ends, and the clock these times are read from."
    ),
    "span-times-days": N_("Times go with one day only. Leave them out, or write one day such as 17 May 2027."),
    "span-zone": N_("“{zone}” is not a time zone we know. Choose one such as Europe/Zurich or America/New_York."),
    "span-times-minutes": N_("Write times as hours and minutes, such as 14:30."),
    "span-times-backwards": N_("It ends at {end}, not after it starts at {start}. Put the times right."),
    "span-times-skipped": N_("On {dates} there is no {time} in {zone}: the clocks go forward. Look the time up again."),
    "time-unreadable": N_("Write times as hours and minutes, such as 09:00 or 14:30."),
    # Selections
    "select-many": N_("A selection takes at most {most} values. Take some away."),
    "select-twice": N_("“{name}” is given twice with different values. Keep one."),
    "select-name": N_("There is nothing called “{name}” to select by. Take it out of the address."),
    "select-backwards": N_("The period ends on {last}, before it begins on {first}. Change one of the two."),
    "select-when": N_("“{value}” is no period. Write upcoming or past, or leave it out for all."),
    "select-words": N_("A search takes at most {most} characters and {words} words. Use fewer."),
    "select-letters": N_("The search holds characters that can’t be shown. Type the words again."),
    "select-value": N_("“{value}” is nothing to select by as “{name}”. Choose from what the calendar has."),
    "select-day": N_("“{value}” is no day that we can read. Write it like 2026-11-24."),
    "option-value": N_("“{value}” is no value of {name}. Write one of these: {allowed}."),
    "event-unwritable": N_("“{name}” can’t be written into a calendar: {words} ({clause}). Nothing was saved."),
    "feeds-busy": N_("Too many new calendars are being made just now. Try again in a minute."),
    "event-unreadable": N_("The record of “{name}” can’t be read."),
    "option-unknown": N_("“{name}” is no option of a feed. A short address takes options alone."),
    "option-alarm": N_("“{value}” is no time before the start. Write P7D, P2W, PT12H or P6DT15H, up to {most} days."),
    "query-long": N_(
        "The address is too long: what follows the question mark may have {most} characters. Choose less."
    ),
    "short-full": N_(
        "No more short addresses can be made: {most} are kept, each for ever. Choose less, or take a ready-made feed."
    ),
    "query-unreadable": N_("The address is not encoded as UTF-8. Follow a link from the calendar instead."),
    # What is not there, or not any more
    "event-unknown": N_("There is no event called “{name}”. Look for it among all events."),
    "event-withdrawn": N_("“{title}” was withdrawn from the calendar."),
    "feed-unknown": N_("There is no feed called “{name}”; names end in .ics. The page /subscribe lists them all."),
    "submission-unknown": N_("There is no such proposal. Open the link you were given once more, whole."),
    "link-used": N_("This link has been used or is too old. Ask an administrator for a new one."),
    "series-none": N_("There is no series called “{name}”. The page /series lists them all."),
    "theme-none": N_("There is no theme called “{name}”. The page /themes lists them all."),
    "sdg-none": N_("There is no goal {name}. The Sustainable Development Goals are numbered 1 to 17."),
    # Forms
    "problems": N_("Something has to be put right first."),
    "required": N_("This can’t be left empty."),
    "source-required": N_(
        "Say where you read the dates: a link or a document. Without a source, nothing can be published."
    ),
    "source-same": N_("The dates have changed and the source has not. Name the source of the new dates."),
    "text-long": N_("At most {most} characters, and this has {count}. Shorten it."),
    "text-control": N_("It holds characters that can’t be shown. Delete them and type the text again."),
    "title-signs": N_("A title has letters or figures. Write what the event is called."),
    "link-scheme": N_("A link starts with https:// or http://. Did you mean {suggestion}?"),
    "link-unreadable": N_("This is no address of a page. Copy it from your browser, such as https://www.un.org/."),
    "email-unreadable": N_("An e-mail address looks like name@example.org. Put it right or leave it empty."),
    "list-long": N_("At most {most} of these can be chosen."),
    "choice-unknown": N_("“{value}” is not in the list. Choose one from it."),
    "theme-unknown": N_("“{value}” is no theme that the calendar knows."),
    "sdg-unknown": N_("“{value}” is no Sustainable Development Goal; they are numbered 1 to 17."),
    "series-unknown": N_("“{value}” is no series that the calendar knows."),
    "country-unknown": N_("“{value}” is no country code of ISO 3166-1."),
    "zone-unknown": N_("“{value}” is no IANA time zone."),
    "online-city": N_("An event that is online only has no city. Clear the city, or choose Hybrid."),
    "lines-long": N_("At most {most} lines, and this has {count}. Take some out."),
    "line-twice": N_("It says the same as line {first}. Take one of the two out."),
    "deadline-form": N_("Write what ends, a colon and its day, such as registration: 30 September 2027."),
    "deadline-kind": N_("“{text}” is no kind of deadline. Begin with one of these: {allowed}."),
    "deadline-day": N_("A deadline is one day, and “{dates}” is not. Write the last day, such as 30 September 2027."),
    "deadline-late": N_("{day} comes after the event’s last day, {last}. Look the deadline up again."),
    "part-form": N_("Write the dates, a colon and the title, such as 13-15 July 2027: Ministerial segment."),
    "part-time": N_("Write times after the day and a comma, such as 6 July 2027, 13:15-14:30: Opening."),
    "part-zone": N_("Line {line} of the parts has times. Choose the zone of their clock, such as {example}."),
    "part-far": N_("{dates} is more than {days} days away from the event, {event}. Look the dates up again."),
    "part-venue": N_("A venue stands after the title and one @, such as Opening @ Conference Room 4."),
    "part-link": N_("A link stands last in its line, and there is one. Move it to the end."),
    "field-unknown": N_("The form has no field of this name."),
    "form-expired": N_("The page was open for too long or came from elsewhere. Send it again."),
    "body-long": N_("The form is too large: at most {most} bytes. Shorten the long texts."),
    "rate": N_("Too many at once from your address. Wait a minute and send it again."),
    "store-none": N_("The file {name} is not a database that the calendar can open."),
    "store-busy": N_("The calendar is busy with another change. Wait a moment and send it again."),
    # The desk
    "sign-in-wrong": N_("E-mail and password don’t belong together. Try again."),
    "sign-in-many": N_("Too many tries. Wait a quarter of an hour and try again."),
    "password-short": N_("A password has at least {least} characters."),
    "password-long": N_("A password has at most {most} characters."),
    "account-twice": N_("There is an account with this e-mail already."),
    "decision-none": N_("Choose one of the two buttons: publish it, or decline."),
    "reason-required": N_("Say why: the reason stays with the proposal."),
    "submission-decided": N_("Someone has decided on this proposal already. Here is what came of it."),
    "event-changed": N_(
        "Someone changed this event meanwhile. Here is how it stands now; your choices are still below."
    ),
    "step-unfit": N_("As the event stands now, it can’t take this step. Choose one of those offered."),
    "step-none": N_("Choose what happened."),
    "step-source": N_("Say where you read it: a link, a document or who told you."),
    "claim-twice": N_("The event has this claim already."),
    "claim-unknown": N_("There is no such claim of this event."),
    "undo-unknown": N_("There is no such change of this event."),
    "undo-since": N_("What it changed has been changed again since. Undo the later change first."),
    "undo-nothing": N_("This change touched no field of the event, so there is nothing to undo."),
    "undo-first": N_("This is how the event came. To take it out again, withdraw it."),
    "not-yours": N_("Your account may not do this."),
    "event-verified": N_("The dates of this event are verified already."),
    # Files
    "cell-value": N_("“{value}” is not a value of this column."),
    "cell-twice": N_("“{value}” is empty or stands here twice."),
    "key-unknown": N_("“{value}” names nothing in the catalogue."),
    "file-header": N_("The columns have to be: {expected}."),
    "row-cells": N_("The row has {count} cells, not {expected}."),
    "category-comma": N_("“{value}” holds a comma, which three calendar programs split."),
    "file-unreadable": N_("The file {name} can’t be read."),
}
