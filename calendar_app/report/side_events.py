"""ITU's side events that are events of their own: each with its date and time, room, forum and partners."""

from collections.abc import Container, Iterator

from calendar_app.engagement import Engagement
from calendar_app.events import Event
from calendar_app.report import naming, sources
from calendar_app.report.facts import SectionKey
from calendar_app.report.model import Block, Listing, Run, Sentence
from calendar_app.report.phrases import telling
from calendar_app.report.record import Record
from calendar_app.report.sentences import filled, inner, partners, sentence


def blocks(record: Record, key: SectionKey) -> Iterator[Block]:
    """The side events that ITU held at the events of a section, one by one."""
    found = record.side_events_in(key)
    if found:
        listed = frozenset(event.uid for event in record.events_in(key))
        lead = sentence(record.texts.gettext("ITU’s side events:"))
        yield Listing(lead=lead, items=tuple(_item(record, event, listed) for event in found))


def _item(record: Record, event: Event, listed: Container[str]) -> Sentence:
    """A side event: "Connecting cities (18 October, 13:15-14:30, Room 8; at Habitat III), with UN-Habitat".

    Forums that the section has `listed` in full go by their short names.
    """
    texts = record.texts
    done = record.done_at(event)
    told = [
        naming.dates(event.span, record.period, texts),
        naming.hours(event.span),
        event.venue,
        naming.place(event, texts),
    ]
    runs = [naming.linked(event, event.title), Run(text=f" ({', '.join(filter(None, told))}")]
    forum = record.event(event.held_at)
    if forum:
        name = naming.event_name(forum, record.place(forum))
        if forum.uid in listed:
            name = naming.event_in_short(name, record.series_of(forum) if record.is_only(forum) else None)
        at = [Run(text=naming.article(name, texts)), naming.linked(forum, name)]
        runs += filled(texts.gettext("; at {forum}"), forum=at)
    runs.append(Run(text="".join(f"; {state}" for state in naming.states(event, texts)) + ")"))
    keys = list(dict.fromkeys(key for each in done for key in each.partners))
    if keys:
        runs += filled(texts.gettext(", with {partners}"), partners=partners(keys, record))
    words = [words for each in done if (words := _words(each, event))]
    runs += [Run(text=": " + "; ".join(words))] if words else []
    read = (source for each in done for source in sources.of_engagement(each))
    return sentence(*runs, ".", sources=[*sources.of_event(event), *read])


def _words(done: Engagement, event: Event) -> str:
    words = telling(done.activity, done.detail)
    return inner(words) if words and words.casefold() not in event.title.casefold() else ""
