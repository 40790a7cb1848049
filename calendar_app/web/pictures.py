"""Pictures for where an address is shared: one of each event, and one for all other pages."""

from flask import Blueprint, Response

from calendar_app import addresses
from calendar_app.errors import NotFoundError
from calendar_app.events import Event, Series
from calendar_app.plots import lettering, picture, scale
from calendar_app.plots.picture import Card
from calendar_app.store import events, series
from calendar_app.texts import Texts
from calendar_app.web import current, headers
from calendar_app.web.dates import block

pages = Blueprint("pictures", __name__)

_SECONDS = 300


@pages.get(f"{addresses.EVENTS}/<slug>.png")
def event_picture(slug: str) -> Response:
    """One event, if anyone may see it."""
    found = events.by_slug(current.store(), slug)
    if not found.public:
        raise NotFoundError("event-unknown", name=slug)
    return _sent(_card(found, series.directory(current.store()).get(found.series), current.texts()))


@pages.get(addresses.CARD)
def card() -> Response:
    """What this calendar is."""
    gettext = current.texts().gettext
    words = gettext("The UN forums, summits and conferences that ITU attends")
    told = gettext("Every date names its source. Subscribe to exactly what you need.")
    return _sent(Card(product=_product(current.texts()), title=words, place=told))


def _sent(card: Card) -> Response:
    headers.keep(_SECONDS)
    return Response(picture.draw(card), mimetype="image/png")


def _card(event: Event, its_series: Series | None, texts: Texts) -> Card:
    span, date = event.span, block(event, texts, today=current.today())
    return Card(
        product=_product(texts),
        title=_title(event, its_series),
        dates=texts.span(span),
        note=date.note if date.vague else texts.times(span),
        place=current.listing().place(event),
        state=_state(event, texts),
        vague=date.vague,
        dashed=date.dashed and not date.gone,
        off=date.gone,
        span=span,
        scale=scale.of(span, texts),
    )


def _product(texts: Texts) -> str:
    return texts.gettext("UN Forum Calendar")


def _title(event: Event, its_series: Series | None) -> str:
    """The event's title if the picture's font has its letters, else its series' name if it has those."""
    names = [event.title, *([its_series.name, its_series.short_name] if its_series else [])]
    return next(filter(lettering.legible, names), event.title)


def _state(event: Event, texts: Texts) -> str:
    if event.off or event.expected:
        return texts.label("status", event.status)
    return texts.gettext("Dates unverified") if event.unverified else ""
