"""The words for what can be refused of what ITU did, with whom, and of the report that is written from it."""

from calendar_app.messages.marking import N_

# A part of `messages.ERRORS`.
COUNCIL = {
    # The period of a report
    "report-long": N_("A report is about {most} years at the most. Choose a shorter period."),
    "report-either": N_("The address names a year and other days. Keep one of the two."),
    "report-open": N_("The period has no “{name}”. Give a day such as 2016-01-01, or a session of Council."),
    "report-bound": N_("“{value}” is neither a day such as 2016-01-01 nor a session of Council on record."),
    "report-cancelled": N_("{title} was cancelled. Give a day instead."),
    "report-postponed": N_("{title} was postponed. Give a day instead."),
    "report-adjacent": N_("{until} began the day after {since} ended: no day lies between them."),
    "report-no-days": N_("The days of {title} are not on record. Give a day instead."),
    "report-backwards": N_("No day lies between {since} and {until}. Choose an earlier and a later session."),
    # The desk of the report
    "report-changed": N_(
        "Someone wrote the same text meanwhile. Nothing of yours is saved yet: theirs stands beside it below."
    ),
    "report-date": N_("{text} is not one day. Write a day such as 29 March 2017."),
    "report-settle-none": N_("Tick at least one."),
    "report-settled-unknown": N_("It is not settled any more. Here is how the checks stand now."),
    "report-text-unknown": N_("There is no such text of this period."),
    "report-section": N_("Choose a section of the report."),
    "report-position": N_("Write a number from 1 to 999, or leave it empty for the last place."),
    "report-place-changed": N_("Someone placed it meanwhile. Here is where it stands now; yours is still below."),
    "report-place-unknown": N_("It is not named in this section."),
    "report-subject": N_("Choose an event or a series."),
    "figure-changed": N_("Someone recorded this figure meanwhile. Here is what stands now; yours is still below."),
    "figure-none": N_("Write at least one number."),
    "figure-unknown": N_("There is no such figure."),
    "figure-year": N_("“{value}” is no year. Write it like 2017, or before 2017."),
    "figure-value": N_("“{value}” is no number that we can read. Write it like 87, 86.5 or 91%."),
    "figure-value-of": N_("{of}: “{value}” is no number that we can read. Write it like 87, 86.5 or 91%."),
    "figure-percent": N_("The number is told in percent, and the unit is “{unit}”. Write percent, or no % sign."),
    # Partners
    "partner-none": N_("There is no partner called “{name}”. The page /partners lists them all."),
    "partner-twice": N_("“{name}” is a name of “{other}” already. Choose another, or say that the two are the same."),
    "partner-changed": N_(
        "Someone changed this partner meanwhile. Here is what is new; what you typed is still below."
    ),
    "partner-revision": N_("There is no such change of this partner."),
    "partner-undo": N_("This change can’t be put back: it is how the partner came, or it was changed again since."),
    "partner-same": N_("Choose the partner that it is the same as."),
}
_TITLES = {
    "summary": N_("Summary"),
    "introduction": N_("Introduction"),
    "2030-agenda": N_("2030 Agenda for Sustainable Development"),
    "un-governance": N_("UN governance and subsidiary mechanisms"),
    "summits-and-conferences": N_("UN summits and conferences"),
    "inter-agency-coordination": N_("Inter-agency coordination"),
    "key-initiatives": N_("Key initiatives with other UN funds, programmes and specialized agencies"),
    "jiu": N_("Collaboration with the Joint Inspection Unit of the United Nations system"),
}
# A part of `messages.LABELS`: the titles of a report's sections; the texts of a report by short names, which are the
# titles where these are short; the kinds of partners, of one and of many.
COUNCIL_LABELS = {
    "report-title": _TITLES,
    "report-text": {
        "symbol": N_("Document symbol"),
        "agenda-item": N_("Agenda item"),
        "date": N_("Date of the document"),
        "title": N_("Title"),
        "action": N_("Action required"),
        **_TITLES,
        "2030-agenda": N_("2030 Agenda"),
        "key-initiatives": N_("Key initiatives"),
        "jiu": N_("Joint Inspection Unit"),
        "gaps": N_("What the record does not hold"),
    },
    "partner": {
        "un-body": N_("UN body"),
        "intergovernmental": N_("Intergovernmental organisation"),
        "government": N_("Government"),
        "company": N_("Company"),
        "industry-association": N_("Industry association"),
        "academia": N_("Academia"),
        "civil-society": N_("Civil society"),
        "other": N_("Other organisation"),
    },
    "partners": {
        "un-body": N_("UN bodies"),
        "intergovernmental": N_("Intergovernmental organisations"),
        "government": N_("Governments"),
        "company": N_("Companies"),
        "industry-association": N_("Industry associations"),
        "academia": N_("Academia"),
        "civil-society": N_("Civil society"),
        "other": N_("Other organisations"),
    },
}
