"""Publisher: renders documents and remembers them, for as long as the data stand."""

import uuid
from collections import Counter
from dataclasses import replace
from datetime import date

from calendar_app import addresses, changes, selection, texts, titles
from calendar_app.catalogue import DATE
from calendar_app.changes import Announcement, News
from calendar_app.errors import NotFoundError
from calendar_app.formats import FORMATS, changes_atom, changes_json
from calendar_app.formats.feed import Context, Feed
from calendar_app.options import DEFAULT, Deadlines, Options
from calendar_app.publish.documents import Document
from calendar_app.publish.entries import Entries
from calendar_app.publish.keeping import Documents
from calendar_app.publish.targets import Target
from calendar_app.selection import Selection
from calendar_app.store import Store, announced, events, naming, news, search, series
from calendar_app.store.connection import moment_of, text_of

# Names every feed of this calendar, whatever its host (RFC 7986 §5.3). Never change it.
_NAMESPACE = uuid.UUID("0b7f9c7e-52a5-5d0c-8f5e-7d5b6c1f0a44")
_MOST_BYTES = 64 * 2**20
_MOST_NEWS = 100


class Publisher:
    """Renders documents from a store and remembers them, in bounded memory, for as long as the data stand."""

    def __init__(self, store: Store, *, base: str, language: str = "en") -> None:
        self.store = store
        self.base = base.rstrip("/")
        self.texts = texts.of(language)
        self._documents = Documents(store, most=_MOST_BYTES, busy="feeds-busy")
        self._entries = Entries(store)

    def feed(self, target: Target, *, today: date) -> Document:
        """The document of a feed. `today` (UTC) makes a relative period absolute; nothing else depends on it."""
        resolved = _as_read(target).at(today)
        key = target.path, resolved
        return self._documents.once(key, lambda: self._render(target, resolved), bounded=_free(target))

    def changes(self, target: Target, *, today: date) -> Document:
        """What changed in a selection, the newest first; `today` as for a feed.

        Raises:
            SelectionError: it is asked for since an event that there is not.
        """
        resolved = target.selection.at(today)
        key = target.path, resolved
        return self._documents.once(key, lambda: self._render_changes(target, resolved), bounded=True)

    def event(self, slug: str, *, extension: str = "ics") -> Document:
        """The calendar file of one event; of a withdrawn one a tombstone.

        Raises:
            NotFoundError: no event that was ever public has this slug.
        """
        if extension not in FORMATS or search.known(self.store, "event", slug) is None:
            raise NotFoundError("event-unknown", name=slug)
        path = addresses.event_file(slug, extension)
        return self.feed(
            Target(path=path, selection=Selection.of(event=slug), format=FORMATS[extension]), today=date.max
        )

    def _render(self, target: Target, resolved: Selection) -> Document:
        context = self._context(target.options)
        words, options = context.texts, target.options
        versions = search.versions(self.store, resolved)
        told = self._entries.of(target.format, versions, context)
        entries = [entry for each in told for entry in each.entries]
        stamps = (version.stamp for version, each in zip(versions, told, strict=True) if each.entries)
        chosen = _as_read(target)
        feed = Feed(
            uid=str(uuid.uuid5(_NAMESPACE, target.identity)),
            name=self.name(chosen, options),
            description=words.gettext(
                "UN forums, summits and conferences that ITU attends. Every date names its source."
            ),
            address=self.base + target.path,
            page=self.base + addresses.events(chosen.query),
            left_out=Counter(each.left_out for each in told if each.left_out),
            single=target.path.startswith(addresses.EVENTS),
            changed=moment_of(max(stamps, default=text_of(DATE))),
            deadlines=options.deadlines is Deadlines.ONLY,
            texts=words,
        )
        body = target.format.document(feed, entries)
        return _document(target, body, entries=len(entries))

    def _render_changes(self, target: Target, resolved: Selection) -> Document:
        context, chosen, narrowed = self._context(target.options), target.selection, target.narrowed
        words, whole = context.texts, target.format.name == "json"
        since = narrowed.first(self.store)
        asked = news.Asked(selection=resolved, since=since, what=narrowed.what, later=whole and not narrowed.what)
        told = self.told(asked, most=_MOST_NEWS + 1)
        query = selection.query(sorted([*chosen.pairs(), *narrowed.pairs()], key=selection.order))
        feed = Feed(
            uid=str(uuid.uuid5(_NAMESPACE, target.path.removeprefix("/"))),
            name=words.gettext("{feed}, what changed").format(feed=self.name(chosen, target.options)),
            description=words.gettext("What changed in the calendar, the newest first."),
            address=self.base + target.path,
            page=self.base + addresses.view(addresses.CHANGES, query),
            left_out=Counter(),
            single=False,
            changed=max((each.at for each in told), default=DATE),
            texts=words,
        )
        shown = told[:_MOST_NEWS]
        if not whole:
            return _document(target, changes_atom.document(feed, shown, context), entries=len(shown))
        earlier = self.moves(asked)
        body = changes_json.document(
            feed, shown, earlier, context, since=since, what=narrowed.what, more=len(told) > len(shown)
        )
        return _document(target, body, entries=len(shown))

    def told(self, asked: news.Asked, *, most: int, offset: int = 0) -> list[News]:
        """What is new of what is asked for, the newest first; `most` revisions at the most."""
        return [
            changes.between(each.before, each.after, reason=each.reason, source=each.source, source_url=each.source_url)
            for each in news.newest(self.store, asked, most=most, offset=offset)
        ]

    def moves(self, asked: news.Asked) -> list[Announcement]:
        """The moves that were announced before their event was recorded, the newest first; a hundred at the most."""
        moves = announced.moves(self.store, asked.selection, since=asked.since, most=_MOST_NEWS)
        return [each for each in moves if not asked.what or asked.what in each.news.what]

    def _context(self, options: Options) -> Context:
        directory = series.directory(self.store)
        return Context(base=self.base, texts=texts.of(options.language), series=directory, options=options)

    def name(self, chosen: Selection, options: Options = DEFAULT) -> str:
        """What a feed is called: after its selection, or the only event that it is about."""
        words, slugs = texts.of(options.language), chosen.chosen("event")
        only = options.deadlines is Deadlines.ONLY
        if chosen == Selection.of(event=slugs) and len(slugs) == 1:
            event = events.by_slug(self.store, slugs[0])
            title = event.title if event.public else words.gettext("Withdrawn")
            return titles.of_title(title, words, deadlines=only)
        return titles.of_feed(chosen, words, naming.names(self.store), deadlines=only)


def _as_read(target: Target) -> Selection:
    """What is selected; of a format of what is coming, less what is over, unless a period is asked for."""
    chosen = target.selection
    single = target.path.startswith(addresses.EVENTS)
    if single or not target.format.coming or chosen.when or chosen.first or chosen.last:
        return chosen
    return replace(chosen, when="upcoming")


def _free(target: Target) -> bool:
    """Whether anyone may make up as many like it as they please: no named feed, and no file of one event."""
    return target.path.startswith((f"{addresses.FEEDS}select.", f"{addresses.FEEDS}s/"))


def _document(target: Target, body: bytes, *, entries: int) -> Document:
    return Document(
        body=body,
        media_type=target.format.media_type,
        name=_file_name(target.path),
        entries=entries,
        language=target.options.language,
    )


def _file_name(path: str) -> str:
    """A name to save a feed under, from its path without the query."""
    return "un-forums-" + path.partition("?")[0].strip("/").removeprefix("feeds/").replace("/", "-")
