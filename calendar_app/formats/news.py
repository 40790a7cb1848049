"""News in words: what changed of an event, as a headline and as lines, with what was before."""

from calendar_app import addresses
from calendar_app.changes import News, What
from calendar_app.events import Event
from calendar_app.formats.feed import Context
from calendar_app.messages.marking import N_
from calendar_app.topics import Mode, Status

_HEADLINES = {
    What.WITHDRAWN: N_("Withdrawn: an event was taken out of the calendar"),
    What.ADDED: N_("Added: {event}"),
    What.CANCELLED: N_("Cancelled: {event}"),
    What.POSTPONED: N_("Postponed: {event}"),
    What.REINSTATED: N_("On again: {event}"),
    What.MOVED: N_("Moved: {event}"),
    What.RESITED: N_("Moved: {event}"),
    What.MODE: N_("Moved: {event}"),
    What.SHARPENED: N_("Dates known: {event}"),
    What.BLURRED: N_("Dates open: {event}"),
    What.TIMED: N_("Times changed: {event}"),
    What.PLACED: N_("Place known: {event}"),
    What.CONFIRMED: N_("Confirmed: {event}"),
    What.EXPECTED: N_("No longer confirmed: {event}"),
    What.VERIFIED: N_("Dates verified: {event}"),
    What.DOUBTED: N_("Dates no longer verified: {event}"),
    What.RENAMED: N_("Renamed: {event}"),
    What.EDITED: N_("Changed: {event}"),
}
# What moves an event, in the words of a headline; dates that become more or less exact are not said to move it.
_WHEN = {What.MOVED, What.SHARPENED, What.BLURRED, What.TIMED}
_WHERE = {What.RESITED, What.MODE}
# The fields of an event that the form knows by another name, or not at all.
_FIELDS = {"span": "dates", "roles": "role", "participation": "role", "source_date": "source", "confidence": "source"}
_UNNAMED = {
    "notes": N_("Note on the source"),
    "plans": N_("Earlier dates"),
    "claims": N_("What other sources say"),
    "deadlines": N_("Deadlines"),
    "parts": N_("Parts"),
    "part_of": N_("Parts"),
    "held_at": N_("Held at"),
}


def headline(news: News, context: Context) -> str:
    """What changed, in one line: "Moved: COP 25, 2–13 December 2019, Madrid, Spain; was ..., Santiago, Chile"."""
    gettext, told = context.texts.gettext, set(news.what)
    words = gettext(_HEADLINES[news.what[0]])
    if What.WITHDRAWN in told:
        return words
    event = _joined(news.after.title, when(news.after, context), _where(news, news.after, context))
    if news.after.off and not told & {What.CANCELLED, What.POSTPONED}:
        status = context.texts.label("status", news.after.status).lower()
        event = gettext("{event} ({status})").format(event=event, status=status)
    if was := _was(news, context):
        event = gettext("{event}; was {before}").format(event=event, before=was)
    return words.format(event=event)


def lines(news: News, context: Context) -> list[str]:
    """What changed, a line each with what was before, and why; of what was withdrawn nothing at all."""
    if What.WITHDRAWN in news.what:
        return [context.texts.gettext("Calendars that carry it take it out.")]
    gettext = context.texts.gettext
    told = [*(_gained(news, context) if news.before is None else _exchanged(news, context)), *certainty(news, context)]
    if news.fields:
        told.append(gettext("Also changed: {fields}").format(fields=context.texts.all_of(names(news, context))))
    if What.VERIFIED in news.what:
        told.append(gettext("Source of the dates: {value}").format(value=news.after.source))
    elif news.reason:
        told.append(gettext("Why: {reason}").format(reason=news.reason))
    return [*told, context.base + addresses.event(news.after.slug)]


def when(event: Event, context: Context) -> str:
    """The dates, with what is not known of them, and the times: "17 May 2027, 18:00–20:30 (Africa/Casablanca)"."""
    return _joined(context.texts.span_honest(event.span), context.texts.times(event.span))


def where(event: Event, context: Context) -> str:
    """City and country; "Online" for what is online only; "" if nothing is known."""
    if event.mode is Mode.ONLINE and not event.city:
        return context.texts.gettext("Online")
    return context.texts.place(event.city, event.country, on=event.span.first)


def _where(news: News, event: Event, context: Context) -> str:
    """The place, with how people take part if that is what changed."""
    place = where(event, context)
    online = event.mode is Mode.ONLINE and not event.city
    mode = "" if online or What.MODE not in news.what else context.texts.label("mode", event.mode).lower()
    return _joined(place, mode)


def _was(news: News, context: Context) -> str:
    """What the headline's event was before, as far as the headline is about that."""
    before, told = news.before, set(news.what)
    if before is None:
        return ""
    if told & _WHERE:
        return _joined(when(before, context), _where(news, before, context))
    if told & _WHEN:
        return when(before, context)
    return before.title if news.what[0] is What.RENAMED else ""


def gained(news: News, context: Context) -> list[tuple[str, str]]:
    """What is said first of an event that was not there: the name of each field, and what it says."""
    texts, event = context.texts, news.after
    facts = [(texts.field("dates"), when(event, context)), (texts.gettext("Where"), where(event, context))]
    if event.off:
        facts.append((texts.field("status"), texts.label("status", event.status)))
    return [(field, value) for field, value in facts if value]


def _gained(news: News, context: Context) -> list[str]:
    words = context.texts.gettext("{field}: {value}")
    return [words.format(field=field, value=value) for field, value in gained(news, context)]


def exchanged(news: News, context: Context) -> list[tuple[str, str, str]]:
    """The name of each field that `what` tells of, with what it says now and what was before."""
    texts, (before, after) = context.texts, (news.before or news.after, news.after)
    facts = [
        (texts.field("title"), before.title, after.title),
        (texts.field("status"), texts.label("status", before.status), texts.label("status", after.status)),
        (texts.field("dates"), when(before, context), when(after, context)),
        (texts.gettext("Where"), where(before, context), where(after, context)),
        (texts.field("mode"), texts.label("mode", before.mode), texts.label("mode", after.mode)),
    ]
    unknown = texts.gettext("not known")
    return [(field, new or unknown, old or unknown) for field, old, new in facts if old != new]


def _exchanged(news: News, context: Context) -> list[str]:
    words = context.texts.gettext("{field}: {value}; was {before}")
    return [words.format(field=field, value=new, before=old) for field, new, old in exchanged(news, context)]


def certainty(news: News, context: Context) -> list[str]:
    """What no format leaves unsaid of dates that nobody has verified, or of an event that is only expected."""
    gettext = context.texts.gettext
    facts = [
        (news.after.unverified, gettext("Dates unverified: no source was read for exactly these.")),
        (news.after.status is Status.TENTATIVE, gettext("Expected, not confirmed.")),
    ]
    return [words for so, words in facts if so]


def names(news: News, context: Context) -> list[str]:
    """The names of the other fields that changed, each once."""
    texts = context.texts
    named = [
        texts.gettext(_UNNAMED[name]) if name in _UNNAMED else texts.field(_FIELDS.get(name, name))
        for name in news.fields
    ]
    return list(dict.fromkeys(named))


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
