"""SDGs, themes, kinds, roles, activities, modes, statuses: the closed vocabularies.

The goals and themes are read from the shipped catalogue's own files, so that each is told in one place.
"""

import csv
import enum
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


class Kind(enum.StrEnum):
    """What sort of thing a series, or an event outside any series, is."""

    FORUM = "forum"
    SUMMIT = "summit"
    CONFERENCE = "conference"
    GOVERNING_BODY = "governing-body"
    COMMISSION = "commission"
    INTER_AGENCY_MECHANISM = "inter-agency-mechanism"
    OFFICE = "office"
    INITIATIVE = "initiative"
    SIDE_EVENT = "side-event"


# What a series may be: a side event is held at an event, and is a series of nothing.
SERIES_KINDS = tuple(kind for kind in Kind if kind is not Kind.SIDE_EVENT)


class Role(enum.StrEnum):
    """ITU's part in an event or series."""

    ORGANIZER = "organizer"
    HOST = "host"
    CHAIR = "chair"
    CO_CHAIR = "co-chair"
    LEAD = "lead"
    MEMBER = "member"
    OBSERVER = "observer"
    PARTICIPANT = "participant"


class Mode(enum.StrEnum):
    """How people take part. IN_PERSON also stands where remote access is not recorded."""

    IN_PERSON = "in-person"
    HYBRID = "hybrid"
    ONLINE = "online"


class Status(enum.StrEnum):
    """The state of an event; "moved" is no status, the history tells it."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class Activity(enum.StrEnum):
    """What ITU did: the words of `engagements.csv`, and those that editors asked for beside them."""

    PARTICIPATION = "participation"
    OBSERVER = "observer"
    MEMBER = "member"
    CHAIR = "chair"
    CO_CHAIR = "co-chair"
    LEAD = "lead"
    HOST = "host"
    SIDE_EVENT = "side-event"
    INPUT = "input"
    ISSUE_BRIEF = "issue-brief"
    HIGH_LEVEL_PANEL = "high-level-panel"
    NEGOTIATION = "negotiation"
    POLICY_STATEMENT = "policy-statement"
    OUTREACH = "outreach"
    REPORT_LAUNCH = "report-launch"
    BILATERAL_MEETING = "bilateral-meeting"
    COLLABORATION = "collaboration"
    JOINT_INITIATIVE = "joint-initiative"
    REVIEW = "review"


class PartnerKind(enum.StrEnum):
    """What sort of organisation ITU worked with."""

    UN_BODY = "un-body"
    INTERGOVERNMENTAL = "intergovernmental"
    GOVERNMENT = "government"
    COMPANY = "company"
    INDUSTRY_ASSOCIATION = "industry-association"
    ACADEMIA = "academia"
    CIVIL_SOCIETY = "civil-society"
    OTHER = "other"


class Confidence(enum.StrEnum):
    """How far an event's dates are verified; LOW means no source was read for them."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class DeadlineKind(enum.StrEnum):
    """What ends on a deadline's day."""

    REGISTRATION = "registration"
    ACCREDITATION = "accreditation"
    SIDE_EVENT_APPLICATION = "side-event-application"
    INPUT = "input"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sdg:
    """One Sustainable Development Goal, in the words and colour of the United Nations (A/RES/70/1)."""

    number: int
    name: str
    goal: str
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One theme; `category` is its name without commas, which three calendar parsers split on even when escaped."""

    slug: str
    name: str
    category: str
    description: str
    sdgs: tuple[int, ...]


@cache
def facts(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one shipped file (`themes.csv`), by column name, every cell stripped."""
    path = resources.files("calendar_app").joinpath("catalogue", name)
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines(), strict=True)
    return tuple({key: (cell or "").strip() for key, cell in row.items()} for row in rows)


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds a list (`9;17`), in their order, empty ones left out."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _sdg(row: dict[str, str]) -> Sdg:
    number = int(row["number"])
    return Sdg(number=number, name=row["short_title"], goal=row["goal_text"], color=row["color"])


def _theme(row: dict[str, str]) -> Theme:
    return Theme(
        slug=row["slug"],
        name=row["name"],
        category=row["category"],
        description=row["description"],
        sdgs=tuple(int(number) for number in split(row["sdgs"])),
    )


SDGS = MappingProxyType({sdg.number: sdg for sdg in map(_sdg, facts("sdgs.csv"))})
THEMES = MappingProxyType({theme.slug: theme for theme in map(_theme, facts("themes.csv"))})
