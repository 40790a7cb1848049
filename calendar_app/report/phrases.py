"""The words of a report: what comes before its lists, and how each thing that ITU did is said."""

from calendar_app.messages.marking import N_
from calendar_app.report.facts import SectionKey
from calendar_app.topics import Activity, Role

# What comes before the events of a section; `when` is "in 2016" or "from 3 June 2016 to 14 May 2017".
EVENTS = {
    SectionKey.AGENDA: N_("Forums on the 2030 Agenda {when}:"),
    SectionKey.GOVERNANCE: N_("Sessions and meetings {when}:"),
    SectionKey.SUMMITS: N_("Summits, conferences and other major meetings {when}:"),
    SectionKey.COORDINATION: N_("Meetings of these mechanisms {when}, as far as they are on record:"),
    SectionKey.INITIATIVES: N_("Meetings of these initiatives {when}, as far as they are on record:"),
    SectionKey.JIU: N_("Meetings {when}:"),
}
# What comes before its series, in the sections that name series one by one.
SERIES = {
    SectionKey.COORDINATION: N_(
        "Mechanisms, networks and offices, with ITU’s role and work in them (where no year is given, the role is"
        " {source}):"
    ),
    SectionKey.INITIATIVES: N_("Initiatives, with what is on record of ITU’s work in them and of its partners there:"),
}
# An activity or role as a sentence, without what it is about and with whom.
SAID: dict[str, str] = {
    Activity.PARTICIPATION: N_("ITU took part in {where}"),
    Activity.OBSERVER: N_("ITU took part as an observer in {where}"),
    Activity.MEMBER: N_("ITU was a member of {where}"),
    Activity.CHAIR: N_("ITU was in the chair of {where}"),
    Activity.CO_CHAIR: N_("ITU co-chaired {where}"),
    Activity.LEAD: N_("ITU was in the lead in {where}"),
    Activity.HOST: N_("ITU hosted {where}"),
    Role.ORGANIZER: N_("ITU organized {where}"),
    Activity.SIDE_EVENT: N_("ITU held side events at {where}"),
    Activity.INPUT: N_("ITU contributed to {where}"),
    Activity.ISSUE_BRIEF: N_("ITU contributed issue briefs to {where}"),
    Activity.HIGH_LEVEL_PANEL: N_("ITU took part in high-level panels at {where}"),
    Activity.NEGOTIATION: N_("ITU took part in the negotiations at {where}"),
    Activity.POLICY_STATEMENT: N_("ITU made policy statements at {where}"),
    Activity.OUTREACH: N_("ITU built relations at {where}"),
    Activity.REPORT_LAUNCH: N_("ITU launched reports at {where}"),
    Activity.BILATERAL_MEETING: N_("ITU held bilateral meetings at {where}"),
    Activity.COLLABORATION: N_("ITU collaborated in {where}"),
    Activity.JOINT_INITIATIVE: N_("ITU worked together with others in {where}"),
    Activity.REVIEW: N_("ITU took part in reviews of {where}"),
}
# The same of one thing alone.
SAID_OF_ONE: dict[str, str] = {
    Activity.SIDE_EVENT: N_("ITU held a side event at {where}"),
    Activity.ISSUE_BRIEF: N_("ITU contributed an issue brief to {where}"),
    Activity.HIGH_LEVEL_PANEL: N_("ITU took part in a high-level panel at {where}"),
    Activity.POLICY_STATEMENT: N_("ITU made a policy statement at {where}"),
    Activity.REPORT_LAUNCH: N_("ITU launched a report at {where}"),
    Activity.BILATERAL_MEETING: N_("ITU held a bilateral meeting at {where}"),
    Activity.REVIEW: N_("ITU took part in a review of {where}"),
}
# Several things of one sort, before a list of them.
LISTED: dict[str, str] = {
    Activity.INPUT: N_("ITU’s inputs to {where}:"),
    Activity.ISSUE_BRIEF: N_("ITU’s issue briefs for {where}:"),
    Activity.SIDE_EVENT: N_("ITU’s side events at {where}:"),
    Activity.REVIEW: N_("ITU’s collaboration with {where}:"),
}
MIXED = N_("ITU’s activities at {where}:")
PARTS = N_("ITU’s roles at {where}:")
# What an item of such a list says where no more is on record.
NOUNS: dict[str, str] = {
    Activity.PARTICIPATION: N_("Participation"),
    Activity.SIDE_EVENT: N_("Side events"),
    Activity.INPUT: N_("Inputs"),
    Activity.ISSUE_BRIEF: N_("Issue briefs"),
    Activity.HIGH_LEVEL_PANEL: N_("High-level panels"),
    Activity.NEGOTIATION: N_("Negotiations"),
    Activity.POLICY_STATEMENT: N_("Policy statements"),
    Activity.OUTREACH: N_("Relations with others"),
    Activity.REPORT_LAUNCH: N_("Report launches"),
    Activity.BILATERAL_MEETING: N_("Bilateral meetings"),
    Activity.COLLABORATION: N_("Collaboration"),
    Activity.JOINT_INITIATIVE: N_("Joint initiative"),
    Activity.REVIEW: N_("Reviews"),
}
# A role without a year, which rests on where the series was read of.
STANDING: dict[Role, str] = {
    Role.ORGANIZER: N_("{source}, ITU is the organizer of {where}."),
    Role.HOST: N_("{source}, ITU is the host of {where}."),
    Role.CHAIR: N_("{source}, ITU is in the chair of {where}."),
    Role.CO_CHAIR: N_("{source}, ITU is a co-chair of {where}."),
    Role.LEAD: N_("{source}, ITU is in the lead in {where}."),
    Role.MEMBER: N_("{source}, ITU is a member of {where}."),
    Role.OBSERVER: N_("{source}, ITU is an observer in {where}."),
    Role.PARTICIPANT: N_("{source}, ITU is a participant in {where}."),
}
# Roles in which ITU stands out, and as which an item of a list names it.
LEADING = (Role.CHAIR, Role.CO_CHAIR, Role.LEAD, Role.HOST, Role.ORGANIZER)
ROLE_OF = {
    Activity.OBSERVER: Role.OBSERVER,
    Activity.MEMBER: Role.MEMBER,
    Activity.CHAIR: Role.CHAIR,
    Activity.CO_CHAIR: Role.CO_CHAIR,
    Activity.LEAD: Role.LEAD,
    Activity.HOST: Role.HOST,
}
# The act by which each role is said, and the other way round.
ACT_OF: dict[Role, str] = {role: act for act, role in ROLE_OF.items()} | {
    Role.PARTICIPANT: Activity.PARTICIPATION,
    Role.ORGANIZER: Role.ORGANIZER,
}
ROLES: dict[str, Role] = {act: role for role, act in ACT_OF.items()}
# What is said by the activity itself; folded.
_PLAIN: dict[str, frozenset[str]] = {
    Activity.PARTICIPATION: frozenset({"took part", "takes part", "participated", "participates", "attended"}),
    Activity.OBSERVER: frozenset({"takes part every year as an observer", "took part as an observer"}),
    Activity.SIDE_EVENT: frozenset({"hosted side events", "held side events", "organized side events"}),
    Activity.JOINT_INITIATIVE: frozenset({"joint initiative"}),
}


# Verbs that say the same.
_ALIKE = frozenset({"held", "hosted", "organized", "organised"})


def several(act: str, detail: str) -> bool:
    """Whether a detail tells of several things of its sort: "Side events", "Thematic high-level panels"."""
    return act in NOUNS and NOUNS[act].lower() in detail.lower()


def begins_alike(act: str, told: str) -> bool:
    """Whether words begin with the verb by which their act is said: "Made a policy statement on data"."""
    verb, first = SAID[act].split()[1], told.partition(" ")[0].lower()
    return first == verb or {first, verb} <= _ALIKE


def telling(act: str, detail: str) -> str:
    """What a detail says beyond its activity: nothing for "Took part" or "Side events"."""
    plain = _PLAIN.get(act, frozenset()) | {act.replace("-", " "), NOUNS.get(act, act).lower()}
    clauses = [clause.strip() for clause in detail.split(";")]
    return "; ".join(clause for clause in clauses if clause and clause.lower() not in plain)
