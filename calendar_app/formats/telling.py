"""What calendar clients hide, told in plain lines: precision, moves, rival claims, sources."""

from datetime import datetime

from calendar_app import addresses, places
from calendar_app.events import Claim, Event, Plan, convener_of, roles_of
from calendar_app.formats.feed import Context, Feed
from calendar_app.topics import SDGS, THEMES, Mode, Status

_LOST = (*range(0x20), 0x7F, 0x85, 0x2028, 0x2029, 0xFEFF, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_CONTROLS = {code: None for code in _LOST if code not in (0x09, 0x0A)}


def plain(text: str) -> str:
    """Text without the characters that calendars (RFC 5545 §3.1) or XML (§2.2) forbid; lines end in a line feed."""
    return text.replace("\r\n", "\n").translate(_CONTROLS)


def moment(at: datetime) -> str:
    """A moment (UTC) as RFC 3339 writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def title(event: Event, context: Context) -> str:
    """The event's title with what a list of titles must not hide.

    Of what a side event is one, which its own title need not tell; that its days are not given, or that it is off.
    """
    gettext, title = context.texts.gettext, event.title
    if event.held_at:
        words = gettext("{title} (ITU side event at {forum})") if event.forum else gettext("{title} (ITU side event)")
        title = words.format(title=title, forum=event.forum)
    if event.span.days is None:
        title = f"{title}, {context.texts.span_honest(event.span)}"
    if event.status is Status.CANCELLED:
        return gettext("CANCELLED: {title}").format(title=title)
    return gettext("POSTPONED: {title}").format(title=title) if event.status is Status.POSTPONED else title


def location(event: Event, context: Context) -> str:
    """Venue, city and country as one text; "Online" for what is online only; "" if nothing is known."""
    if event.mode is Mode.ONLINE and not event.city:
        venue = "" if event.venue.casefold() == "online" else event.venue
        return ", ".join(filter(None, (venue, context.texts.gettext("Online"))))
    place = context.texts.place(event.city, event.country, on=event.span.first)
    return ", ".join(part for part in (event.venue, place) if part)


def coordinates(event: Event) -> tuple[float, float] | None:
    """Latitude and longitude (WGS 84 degrees) of the event's city, if the calendar knows them."""
    city = places.find_city(event.city, event.country) if event.city else None
    return (city.latitude, city.longitude) if city else None


def categories(event: Event) -> list[str]:
    """Theme names and goals ("SDG 13"), by which people filter and colour: the same in every language.

    None holds a comma, since three parsers split them even when escaped.
    """
    return [THEMES[theme].category for theme in event.themes] + [f"SDG {number}" for number in event.sdgs]


def description(event: Event, context: Context) -> str:
    """All that is to be said of the event, a line each; its page is the last. Nothing depends on today."""
    lines = [*_certainty(event, context), *_history(event, context)]
    lines += [event.description] if event.description else []
    lines += [*_about(event, context), *_origin(event, context)]
    return "\n".join([*lines, context.base + addresses.event(event.slug)])


def _certainty(event: Event, context: Context) -> list[str]:
    texts, lines = context.texts, []
    if event.unverified:
        lines.append(texts.gettext("Dates unverified: no source was read for exactly these."))
    if event.status is Status.TENTATIVE:
        lines.append(texts.gettext("Expected, not confirmed."))
    if event.status is Status.POSTPONED:
        lines.append(texts.gettext("Postponed; no new dates are given."))
    if event.span.days is None:
        lines.append(texts.gettext("When: {span}").format(span=texts.span_honest(event.span)))
    if event.span.timed:
        when = f"{texts.span(event.span)}, {texts.times(event.span)}"
        lines.append(texts.gettext("At the venue: {when}").format(when=when))
    if event.mode is not Mode.IN_PERSON:
        lines.append(texts.label("mode", event.mode))
    return lines


def _history(event: Event, context: Context) -> list[str]:
    gettext = context.texts.gettext
    plans = [gettext("Earlier plan: {plan}").format(plan=plan_words(plan, context)) for plan in event.plans]
    rivals = [claim for claim in event.claims if rival(event, claim)]
    claims = [
        gettext("Another source, {source}, says: {claim}").format(source=claim.source, claim=_dated(claim, context))
        for claim in rivals
    ]
    return plans + claims


def plan_words(plan: Plan, context: Context) -> str:
    """An earlier plan as one text: "2–13 December 2019, Santiago, Chile (Chile withdrew)"."""
    return _dated(plan, context) + (f" ({plan.reason})" if plan.reason else "")


def rival(event: Event, claim: Claim) -> bool:
    """Whether a claim says something else than the event does."""
    return (claim.span, claim.city, claim.country) != (event.span, event.city, event.country)


def _dated(part: Plan | Claim, context: Context) -> str:
    place = context.texts.place(part.city, part.country, on=part.span.first)
    return ", ".join(filter(None, (context.texts.span_honest(part.span), place)))


def _about(event: Event, context: Context) -> list[str]:
    texts, series = context.texts, context.series.get(event.series)
    roles = [texts.label("role", role) for role in roles_of(event, series)]
    goals = [f"{number} {texts.gettext(SDGS[number].name)}" for number in event.sdgs]
    facts = [
        (texts.gettext("Side event of ITU’s at: {value}"), event.forum),
        (texts.gettext("Series: {value}"), series.name if series else ""),
        (texts.gettext("Convened by: {value}"), convener_of(event, series)),
        (texts.gettext("ITU’s role: {value}"), ", ".join(roles)),
        (texts.gettext("Themes: {value}"), "; ".join(texts.gettext(THEMES[theme].name) for theme in event.themes)),
        (texts.gettext("SDGs: {value}"), "; ".join(goals)),
    ]
    return [words.format(value=value) for words, value in facts if value]


def _origin(event: Event, context: Context) -> list[str]:
    gettext = context.texts.gettext
    source = ", ".join(filter(None, (event.source, event.source_date, event.source_url)))
    facts = [
        (gettext("Source of the dates: {value}"), source),
        (gettext("Official page: {value}"), event.url),
        (gettext("Registration: {value}"), event.registration_url),
        (gettext("Webcast: {value}"), event.webcast_url),
    ]
    return [words.format(value=value) for words, value in facts if value]


def calendar(feed: Feed, *, empty: bool) -> str:
    """What a feed as a whole says of itself: what it is, and what of its selection it does not carry."""
    notes = [_left_out(feed, reason, count) for reason, count in sorted(feed.left_out.items()) if count]
    if empty and not notes:
        notes = [feed.texts.gettext("There are no events in this selection now; they appear here when there are.")]
    return "\n".join([feed.description, *notes])


def _left_out(feed: Feed, reason: str, count: int) -> str:
    ngettext = feed.texts.ngettext
    words = {
        "undated": ngettext(
            "{count} event without a settled month is not in this calendar; it is at {page}",
            "{count} events without a settled month are not in this calendar; they are at {page}",
            count,
        ),
        "omitted": ngettext(
            "{count} event without settled days is not in this calendar; it is at {page}",
            "{count} events without settled days are not in this calendar; they are at {page}",
            count,
        ),
        "off": ngettext(
            "{count} cancelled or postponed event is not in this calendar; it is at {page}",
            "{count} cancelled or postponed events are not in this calendar; they are at {page}",
            count,
        ),
        "failed": ngettext(
            "{count} event could not be written into this calendar; it is at {page}",
            "{count} events could not be written into this calendar; they are at {page}",
            count,
        ),
    }
    return words[reason].format(count=count, page=feed.page)
