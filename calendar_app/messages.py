"""The words for what can be refused and for the closed vocabularies, marked for translation."""


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "to be translated later"
    """The text as it is; marks it for extraction."""
    return text


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
    "select-words": N_("A search takes at most {most} characters. Use fewer words."),
    "select-letters": N_("The search holds characters that can’t be shown. Type the words again."),
    "select-value": N_("“{value}” is no {name} that the calendar knows. Choose one from the list on the page."),
    "select-day": N_("“{value}” is no day that we can read. Write it like 2026-11-24."),
    "query-long": N_(
        "The address is too long: what follows the question mark may have {most} characters. Choose less."
    ),
    "query-unreadable": N_("The address is not encoded as UTF-8. Follow a link from the calendar instead."),
    # What is not there, or not any more
    "event-unknown": N_("There is no event called “{name}”. Look for it among all events."),
    "event-withdrawn": N_("“{title}” was withdrawn from the calendar."),
    "feed-unknown": N_("There is no feed called “{name}”. The page /subscribe lists them all."),
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
    "text-long": N_("At most {most} characters, and this has {count}. Shorten it."),
    "text-control": N_("It holds characters that can’t be shown. Delete them and type the text again."),
    "link-scheme": N_("A link starts with https:// or http://. Did you mean {suggestion}?"),
    "link-unreadable": N_("This is no address of a page. Copy it from your browser, such as https://www.un.org/."),
    "email-unreadable": N_("An e-mail address looks like name@example.org. Put it right or leave it empty."),
    "choice-unknown": N_("“{value}” is not in the list. Choose one from it."),
    "theme-unknown": N_("“{value}” is no theme that the calendar knows."),
    "sdg-unknown": N_("“{value}” is no Sustainable Development Goal; they are numbered 1 to 17."),
    "series-unknown": N_("“{value}” is no series that the calendar knows."),
    "country-unknown": N_("“{value}” is no country code of ISO 3166-1."),
    "zone-unknown": N_("“{value}” is no IANA time zone."),
    "online-city": N_("An event that is online only has no city. Clear the city, or choose Hybrid."),
    "field-unknown": N_("The form has no field of this name."),
    "form-too-fast": N_("That was very fast. Read it once more and send it again."),
    "form-expired": N_("The page was open for too long or came from elsewhere. Nothing is lost: send it again."),
    "body-long": N_("The form is too large: at most {most} bytes. Shorten the long texts."),
    "rate": N_(
        "Too many at once from your address. Wait a minute and send it again; nothing is lost if you keep the page."
    ),
    # The desk
    "sign-in-wrong": N_("E-mail and password don’t belong together. Try again."),
    "sign-in-many": N_("Too many tries. Wait a quarter of an hour and try again."),
    "password-short": N_("A password has at least {least} characters."),
    "password-long": N_("A password has at most {most} characters."),
    "account-twice": N_("There is an account with this e-mail already."),
    "reason-required": N_("Say why: the reason stays with the proposal."),
    "submission-decided": N_("Someone has decided on this proposal already. Here is what came of it."),
    "event-changed": N_(
        "Someone changed this event meanwhile. Here is how it stands now; your choices are still below."
    ),
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

LABELS = {
    "role": {
        "organizer": N_("Organizer"),
        "host": N_("Host"),
        "chair": N_("Chair"),
        "co-chair": N_("Co-chair"),
        "lead": N_("Lead"),
        "member": N_("Member"),
        "observer": N_("Observer"),
        "participant": N_("Participant"),
    },
    "kind": {
        "forum": N_("Forum"),
        "summit": N_("Summit"),
        "conference": N_("Conference"),
        "governing-body": N_("Governing body"),
        "commission": N_("Commission"),
        "inter-agency-mechanism": N_("Inter-agency mechanism"),
        "office": N_("Office"),
        "initiative": N_("Initiative"),
    },
    "kinds": {
        "forum": N_("Forums"),
        "summit": N_("Summits"),
        "conference": N_("Conferences"),
        "governing-body": N_("Governing bodies"),
        "commission": N_("Commissions"),
        "inter-agency-mechanism": N_("Inter-agency mechanisms"),
        "office": N_("Offices"),
        "initiative": N_("Initiatives"),
    },
    "mode": {"in-person": N_("In person"), "hybrid": N_("Hybrid"), "online": N_("Online only")},
    "status": {
        "tentative": N_("Expected"),
        "confirmed": N_("Confirmed"),
        "postponed": N_("Postponed"),
        "cancelled": N_("Cancelled"),
        "withdrawn": N_("Withdrawn"),
    },
    "activity": {
        "participation": N_("Participation"),
        "observer": N_("Observer"),
        "chair": N_("Chair"),
        "co-chair": N_("Co-chair"),
        "lead": N_("Lead"),
        "side-event": N_("Side event"),
        "input": N_("Input"),
        "negotiation": N_("Negotiation"),
        "policy-statement": N_("Policy statement"),
        "outreach": N_("Outreach"),
        "report-launch": N_("Report launch"),
        "bilateral-meeting": N_("Bilateral meeting"),
        "collaboration": N_("Collaboration"),
        "joint-initiative": N_("Joint initiative"),
        "review": N_("Review"),
    },
    "deadline": {
        "registration": N_("Registration closes"),
        "accreditation": N_("Accreditation closes"),
        "side-event-application": N_("Side-event applications close"),
        "input": N_("Inputs are due"),
    },
    "facet": {
        "theme": N_("Theme"),
        "sdg": N_("Goal"),
        "series": N_("Series"),
        "kind": N_("Kind"),
        "country": N_("Country"),
        "city": N_("City"),
        "convener": N_("Convener"),
        "role": N_("ITU’s role"),
        "mode": N_("Mode"),
        "year": N_("Year"),
        "status": N_("Status"),
        "event": N_("Event"),
    },
    "field": {
        "title": N_("Title"),
        "series": N_("Series"),
        "kind": N_("Kind"),
        "dates": N_("When"),
        "start_time": N_("Starts"),
        "end_time": N_("Ends"),
        "timezone": N_("Clock of"),
        "city": N_("City"),
        "country": N_("Country"),
        "venue": N_("Venue"),
        "mode": N_("People take part"),
        "url": N_("Official page"),
        "registration_url": N_("Registration page"),
        "webcast_url": N_("Webcast"),
        "description": N_("Description"),
        "convener": N_("Convener"),
        "themes": N_("Themes"),
        "sdgs": N_("Goals"),
        "source": N_("Source"),
        "source_url": N_("Link to the source"),
        "submitter_email": N_("E-mail"),
        "status": N_("Status"),
        "role": N_("ITU’s role"),
        "reason": N_("Why"),
        "form": N_("The form"),
    },
    "action": {
        "added": N_("Added"),
        "changed": N_("Changed"),
        "series": N_("Series renamed"),
        "verified": N_("Dates verified"),
        "approved": N_("Added from a proposal"),
        "edited": N_("Edited"),
    },
    "account": {"submitter": N_("Submitter"), "editor": N_("Editor"), "admin": N_("Administrator")},
    "state": {"pending": N_("Waiting"), "approved": N_("Published"), "rejected": N_("Not taken")},
}
