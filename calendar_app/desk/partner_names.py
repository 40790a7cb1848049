"""Partners as a form names them: found in the directory by any name, or new, each as what it is said to be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise

from calendar_app import fields, places
from calendar_app.desk.partner_fields import read as read_partner
from calendar_app.desk.partners import added, check_names
from calendar_app.desk.saving import lines_of
from calendar_app.engagement import Partner, by_names
from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.fields import LONGEST_NAME
from calendar_app.store import Change, Store
from calendar_app.store import partners as directory
from calendar_app.topics import PartnerKind

# Before the key of the partner that a new name is another name of, in place of a kind.
SAME = "="
# Of so many unknown names those that are nearly so are looked for, and how much of their letters must be alike.
_MOST_NEAR, _LIKE = 5, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Partners by name, each once; `kinds` are what those in no directory are, by their names folded."""

    names: tuple[str, ...] = ()
    kinds: Mapping[str, PartnerKind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A name that is in no directory, and the partner that is nearly called so, if there is one."""

    name: str
    near: Partner | None


def read(store: Store, given: Mapping[str, str], problems: list[Problem]) -> Named:
    """The partners that `partners` names, one a line or separated by semicolons; problems are added to those given.

    `partner_kinds` tells of each new name what it is, one a line: its kind, or SAME and the key of the partner that it
    is, a space and the name. A name that is in no directory, and of which nothing is told, is a problem.
    """
    everyone = directory.directory(store)
    known = by_names(everyone)
    kinds, same = _kinds(given, everyone, problems)
    near = _Nearest(known)

    def name_of(text: str) -> str:
        folded = places.fold(text)
        if found := known.get(folded) or same.get(folded):
            return found.name
        name = _short(text)
        if folded in kinds and any(map(str.isalnum, name)) and not _is_list(name, known):
            return name
        raise _unknown(name, known, near)

    names = lines_of(given, "partners", problems, name_of, separator=";")
    new = frozenset(map(places.fold, names)) - frozenset(known)
    return Named(names=names, kinds={name: kind for name, kind in kinds.items() if name in new})


def unknown(store: Store, text: str) -> list[Unknown]:
    """The names of a field that are in no directory, each once, in their order; lists of several are none."""
    known = by_names(directory.directory(store))
    near, found = _Nearest(known), dict[str, str]()

    def name_of(each: str) -> str:
        name = _short(each)
        if places.fold(name) not in known and not _is_list(name, known):
            found.setdefault(places.fold(name), name)
        return name

    lines_of({"partners": text}, "partners", [], name_of, separator=";")
    return [Unknown(name=name, near=near.of(name)) for name in found.values()]


def keys(change: Change, told: Named) -> tuple[str, ...]:
    """The keys of partners that were named; those in no directory are added to it, which is read once.

    Raises:
        ProblemsError: one is in no directory, and of no kind.
    """
    everyone = directory.read(change.db)
    known, found = by_names(everyone), dict[str, None]()
    for name in told.names:
        folded = places.fold(name)
        partner = known.get(folded)
        if partner is None:
            kind = told.kinds.get(folded)
            if kind is None:
                error = CalendarError("partner-unknown", name=name[:60])
                raise ProblemsError([Problem(field="partners", error=error)])
            new = read_partner({"name": name, "kind": str(kind)})
            check_names(known, new)
            partner = added(change, new, everyone)
            everyone[partner.key] = known[folded] = partner
        found.setdefault(partner.key)
    return tuple(found)


def _kinds(
    given: Mapping[str, str], everyone: Mapping[str, Partner], problems: list[Problem]
) -> tuple[dict[str, PartnerKind], dict[str, Partner]]:
    """What new names are by their names folded: of a kind, or another name of a partner that is there."""
    kinds, same = dict[str, PartnerKind](), dict[str, Partner]()
    for line in given.get("partner_kinds", "").splitlines():
        kind, _, name = fields.line(line).partition(" ")
        partner = everyone.get(kind.removeprefix(SAME)) if kind.startswith(SAME) else None
        if partner is not None and not partner.same_as:
            same[places.fold(name)] = partner
        elif kind in set(PartnerKind):
            kinds[places.fold(name)] = PartnerKind(kind)
        else:
            problems.append(Problem(field="partner_kinds", error=CalendarError("choice-unknown", value=kind[:60])))
    return kinds, same


def _unknown(name: str, known: Mapping[str, Partner], near: "_Nearest") -> CalendarError:
    if _is_list(name, known):
        return CalendarError("partner-list", name=name[:60])
    if "," in name:
        return CalendarError("partner-commas", name=name[:60])
    if found := near.of(name):
        return CalendarError("partner-near", name=name[:60], suggestion=found.name)
    return CalendarError("partner-unknown", name=name[:60])


def _is_list(name: str, known: Mapping[str, Partner]) -> bool:
    """Whether a name in no directory is several, since one between its commas is there."""
    parts = name.split(",")
    return len(parts) > 1 and places.fold(name) not in known and any(places.fold(each) in known for each in parts)


class _Nearest:
    """The partners that are nearly called so; looked for of the first few names alone, since that takes its time."""

    def __init__(self, known: Mapping[str, Partner]) -> None:
        self._known, self._found = known, dict[str, Partner | None]()
        self._pairs: dict[str, frozenset[str]] = {}

    def of(self, name: str) -> Partner | None:
        """The one that is nearest; None if none is near."""
        folded = places.fold(name)
        if folded not in self._found:
            if len(self._found) >= _MOST_NEAR:
                return None
            near = get_close_matches(folded, list(self._alike(folded)), n=1, cutoff=_LIKE)
            self._found[folded] = self._known[near[0]] if near else None
        return self._found[folded]

    def _alike(self, folded: str) -> Iterator[str]:
        """The names that share half of the pairs of letters, which is quickly told of thousands."""
        self._pairs = self._pairs or {each: _pairs(each) for each in self._known}
        sought = _pairs(folded)
        return (each for each, has in self._pairs.items() if 2 * len(sought & has) >= min(len(sought), len(has)))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))


def _short(name: str) -> str:
    if len(name) > LONGEST_NAME:
        raise CalendarError("text-long", most=LONGEST_NAME, count=len(name))
    return name
