"""The Subscribe panel: the ways into each client for exactly the selection on screen."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from calendar_app import addresses, elsewhere, publish, selection, texts
from calendar_app.errors import BusyError
from calendar_app.formats import FORMATS
from calendar_app.options import DEFAULT, Deadlines, Options, Undated
from calendar_app.publish import Publisher
from calendar_app.selection import Selection
from calendar_app.settings import is_local
from calendar_app.store import Store, search, selections

MOST_SHORT = 200_000  # short addresses, each kept for ever
_LONGEST_GOOGLE = 255
# Names of formats, the same in every language.
_NAMES = {"ics": "iCalendar", "jcal": "jCal", "atom": "Atom"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """The selection in one format: what the format is called, its media type, and the path of its feed."""

    name: str
    media_type: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed and the links that bring it into each client. `local` where Google and Outlook can't reach it.

    `pairs` are the names and values of its canonical query, options too. `long` is its address by that query
    where `address` is a short one instead. `waiting` counts the events that no calendar shows yet, since not
    even their month is settled; from a `rolling` feed an event leaves when it is over. `changes` is the Atom feed
    of what changed in the selection, whatever its options.
    """

    name: str
    pairs: tuple[tuple[str, str], ...]
    address: str
    webcal: str
    google: str
    outlook: str
    office: str
    download: str
    renderings: tuple[Rendering, ...]
    changes: Rendering
    local: bool
    long: str = ""
    waiting: int = 0
    rolling: bool = False

    @property
    def query(self) -> str:
        """The canonical query string, as the builder takes it."""
        return selection.query(self.pairs)

    @property
    def too_long(self) -> bool:
        """Whether Google would fail without a word: it does past about 256 characters."""
        return _too_long(self.address)


def of(publisher: Publisher, chosen: Selection, *, today: date, options: Options = DEFAULT) -> Subscription:
    """How to subscribe to a selection; `today` (UTC) is the day of the request."""
    store, only = publisher.store, options.deadlines is Deadlines.ONLY
    own = publisher.base + publish.shortest(chosen, options=options)
    kept = _too_long(own) and selections.query(store, chosen.short) == chosen.query
    name = publisher.name(chosen, options)
    renderings = {extension: _rendering(extension, chosen, options, kept=kept) for extension in FORMATS}
    path = renderings["ics"].path
    address = publisher.base + path
    waits = options.undated is Undated.MONTH and not only
    return Subscription(
        name=name,
        pairs=tuple(publish.pairs(chosen, options)),
        address=address,
        webcal=elsewhere.webcal(address),
        google=elsewhere.google(address),
        outlook=elsewhere.outlook(address, name),
        office=elsewhere.outlook(address, name, host="outlook.office.com"),
        download=path,
        renderings=tuple(renderings.values()),
        changes=_changes(publisher, chosen, options),
        local=is_local(publisher.base),
        long=own if kept else "",
        waiting=search.count(store, chosen.at(today), undated=True) if waits else 0,
        rolling=chosen.when == "upcoming",
    )


def files(slug: str) -> list[Rendering]:
    """The files of one event, in every format."""
    return [
        Rendering(name=_name(extension), media_type=_media_type(extension), path=addresses.event_file(slug, extension))
        for extension in FORMATS
    ]


def is_new(publisher: Publisher, chosen: Selection, options: Options) -> bool:
    """Whether a selection, too long for Google by its own address, has no short one yet."""
    own = publisher.base + publish.shortest(chosen, options=options)
    return bool(chosen.query) and _too_long(own) and selections.query(publisher.store, chosen.short) is None


def shorten(publisher: Publisher, chosen: Selection, options: Options, *, now: datetime) -> None:
    """Keeps a short address for a selection if its own is too long for Google; twice is the same as once.

    Raises:
        BusyError: as many are kept as there is room for.
    """
    if not is_new(publisher, chosen, options):
        return
    with publisher.store.change(now, actor="form") as change:
        _make_room(publisher.store)
        selections.keep(change, chosen.short, chosen.query)


def _make_room(store: Store) -> None:
    if selections.count(store) >= MOST_SHORT:
        raise BusyError("short-full", most=MOST_SHORT)


def _rendering(extension: str, chosen: Selection, options: Options, *, kept: bool) -> Rendering:
    path = publish.shortest(chosen, extension, options=options)
    if kept:
        path = addresses.short_feed(chosen.short, options.query, extension)
    return Rendering(name=_name(extension), media_type=_media_type(extension), path=path)


def _changes(publisher: Publisher, chosen: Selection, options: Options) -> Rendering:
    told = replace(DEFAULT, language=options.language)
    words = texts.of(told.language)
    return Rendering(
        name=words.gettext("{feed}, what changed").format(feed=publisher.name(chosen, told)),
        media_type=_media_type("atom"),
        path=publish.changed(chosen, options=told).path,
    )


def _name(extension: str) -> str:
    return _NAMES.get(extension, extension.upper())


def _media_type(extension: str) -> str:
    return FORMATS[extension].media_type.partition(";")[0]


def _too_long(address: str) -> bool:
    return len(elsewhere.webcal(address)) > _LONGEST_GOOGLE
