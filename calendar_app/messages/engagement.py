"""The words about what ITU did, as editors keep it at the desk, and about its side events."""

from calendar_app.messages.marking import N_

ENGAGEMENT_ERRORS = {
    "engagement-none": N_("There is no such statement of what ITU did."),
    "engagement-changed": N_(
        "Someone changed this statement meanwhile. Here is how it stands now; what you typed is still below."
    ),
    "engagement-removed": N_("This statement was taken out. Put it back before you change it."),
    "engagement-there": N_("This statement is there already."),
    "engagement-first": N_("This is how the statement came. To be rid of it, take it out."),
    "engagement-undo": N_("There is no such change of this statement."),
    "engagement-subject": N_("Name at least one event or series that it covers."),
    "engagement-year": N_("Write the year in which it was done, such as 2016."),
    "event-slug": N_(
        "We find no event “{value}”. Write its title and year, or what stands at the end of its address, such as"
        " hlpf-2016."
    ),
    "event-several": N_("“{value}” may be one of several. Write the address of yours – {events}."),
    "event-many": N_(
        "“{value}” may be one of many. Write more of the title, or the address of yours – {events}; and others."
    ),
    "partner-unknown": N_("“{name}” is not in the directory of partners. Put the name right, or say below what it is."),
    "partner-near": N_(
        "“{name}” is not in the directory of partners. Did you mean {suggestion}? Say below what it is."
    ),
    "partner-commas": N_(
        "“{name}” is not in the directory of partners. If these are several, separate them with semicolons, or one a"
        " line. If it is one, say below what it is."
    ),
    "partner-list": N_("“{name}” names several partners. Separate them with semicolons, or one a line."),
    "document-symbol": N_("Begin with the symbol of the document, such as A/RES/70/1, E/2016/75 or C17/49."),
    "document-link": N_("A link stands last in its line, and there is one. Move it to the end."),
    "side-event-kind": N_("It is a side event of ITU’s and stays one."),
    "side-event-series": N_("A side event is in no series: it is held at its forum."),
    "side-event-none": N_("A side event is added at its forum. Choose another kind."),
    "side-event-far": N_("{dates} is more than {days} days away from the forum, {forum}. Look the date up again."),
    "side-event-day": N_("A side event is held on one day. Write that day, or only its month."),
    "side-event-twice": N_("The forum has a side event of this name on that day already."),
    "side-event-unfit": N_("No side event can be held at a side event."),
    "side-event-hidden": N_("The forum is not public yet. Confirm its dates first."),
}
ENGAGEMENT_FIELDS = {
    "year": N_("Year"),
    "activity": N_("What ITU did"),
    "detail": N_("In words"),
    "events": N_("Events it covers"),
    "partners": N_("Partners"),
    "partner_kinds": N_("What new partners are"),
    "documents": N_("Documents"),
    "outcome": N_("Outcome"),
    "internal": N_("Internal"),
    "note": N_("Internal note"),
    "removed": N_("Taken out"),
}
