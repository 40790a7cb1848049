"""Feed health: how every named feed stands, and which programs ask for it how often."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from flask import Blueprint, current_app, render_template
from flask.blueprints import BlueprintSetupState

from calendar_app import addresses, edition, health
from calendar_app.formats.lint import Finding
from calendar_app.health import FeedHealth
from calendar_app.messages.marking import N_
from calendar_app.publish import Publisher
from calendar_app.store import polls
from calendar_app.store.polls import Polls
from calendar_app.web import clients, current

pages = Blueprint("feed_health", __name__)

_EXTENSION = "feed-health"
_DAYS = 30
_MOST_FINDINGS = 3
_MOST_FLAWED = 9
# What is polled beside the named feeds, as it is counted.
_OTHERS = {
    "select": N_("Selections"),
    "short": N_("Selections by their short address"),
    "event": N_("Files of one event"),
    "changes": N_("What changed"),
    "refused": N_("Refused: no such feed, or a selection that can’t be"),
    "failed": N_("Failed: the feed could not be read"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """How often something was polled; `families` are the clients that asked, each with its polls, the most first."""

    polls: int = 0
    unchanged: int = 0
    families: tuple[tuple[str, int], ...] = ()

    @property
    def share(self) -> int:
        """How much of it was answered with 304, in per cent."""
        return round(100 * self.unchanged / self.polls) if self.polls else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A feed's line of the table. Sizes are in kB, of 1,000 bytes, and per cent."""

    feed: FeedHealth
    address: str
    polled: Polled

    @property
    def size(self) -> int:
        """The feed's size, a started kB for a whole one."""
        return -(-self.feed.size // 1000)

    @property
    def share(self) -> int:
        """How much of what Google Calendar takes is used up."""
        return round(100 * self.feed.share)

    @property
    def left_out(self) -> int:
        """How many events it does not carry."""
        return sum(self.feed.left_out.values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The first findings; `more` counts the others."""
        return self.feed.findings[:_MOST_FINDINGS]

    @property
    def flawed(self) -> tuple[str, ...]:
        """The slugs of the first events that findings are in."""
        return self.feed.flawed[:_MOST_FLAWED]

    @property
    def more(self) -> int:
        """How many findings are not shown."""
        return len(self.feed.findings) - len(self.findings)


class Examined:
    """The last examination of an application's feeds; what is wrong with them changes with the data alone."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._revision = -1
        self._feeds: list[FeedHealth] = []

    def feeds(self, publisher: Publisher) -> tuple[list[FeedHealth], bool]:
        """The feeds as they were examined last, and whether they are still so.

        The first to ask for a new revision examines, which may take seconds; who asks meanwhile is not kept waiting.
        """
        revision = publisher.store.revision()
        if revision != self._revision and self._making.acquire(blocking=False):
            try:
                names = edition.names(publisher.store)
                self._feeds = health.examine(publisher, names, today=current.today(), before=self._feeds)
                self._revision = revision
            finally:
                self._making.release()
        return self._feeds, revision == self._revision


@pages.record
def _keep(state: BlueprintSetupState) -> None:
    state.app.extensions[_EXTENSION] = Examined()


@pages.get(addresses.FEED_HEALTH)
def feeds() -> str:
    """Every named feed, those to look at first, then the most polled; and the polls by kind of client."""
    current.editor()
    polled = polls.since(current.store(), current.today() - timedelta(days=_DAYS - 1))
    examined, fresh = cast(Examined, current_app.extensions[_EXTENSION]).feeds(current.publisher())
    by_feed, by_family = _summed(polled, lambda each: each.feed), _summed(polled, lambda each: each.family)
    rows = [
        Row(feed=each, address=addresses.feed(each.name), polled=by_feed.get(each.name, Polled())) for each in examined
    ]
    rows.sort(key=lambda row: (not row.feed.wrong, -row.polled.polls))
    return render_template(
        "desk_feeds.html",
        trouble=[row for row in rows if row.feed.wrong or row.feed.large],
        well=[row for row in rows if not row.feed.wrong and not row.feed.large],
        count=len(rows),
        fresh=fresh,
        families=_named(clients.NAMES, by_family),
        others=_named(_OTHERS, by_feed),
        all=_sum(polled),
        days=_DAYS,
        kept=polls.KEPT.days,
    )


def _named(names: Mapping[str, str], polled: Mapping[str, Polled]) -> list[tuple[str, Polled]]:
    return [(current.texts().gettext(name), polled[key]) for key, name in names.items() if key in polled]


def _summed(polled: Iterable[Polls], key: Callable[[Polls], str]) -> dict[str, Polled]:
    grouped = defaultdict[str, list[Polls]](list)
    for each in polled:
        grouped[key(each)].append(each)
    return {name: _sum(found) for name, found in grouped.items()}


def _sum(polled: Sequence[Polls]) -> Polled:
    families = Counter[str]()
    for each in polled:
        families[each.family] += each.polls
    return Polled(
        polls=sum(each.polls for each in polled),
        unchanged=sum(each.unchanged for each in polled),
        families=tuple((current.texts().gettext(clients.NAMES[key]), count) for key, count in families.most_common()),
    )
