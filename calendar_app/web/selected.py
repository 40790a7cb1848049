"""Any selection as a list."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.events import Event
from calendar_app.selection import Selection
from calendar_app.store import events, naming, search
from calendar_app.store.ranked import best
from calendar_app.web import current, query, views
from calendar_app.web.facets import Box, Chip
from calendar_app.web.found import elsewhere
from calendar_app.web.listing import MOST_ROWS, Group, Row
from calendar_app.web.picks import Picks

pages = Blueprint("selected", __name__)


@pages.get(addresses.EVENTS)
def listing() -> str:
    """Any selection as a page with its facets; what words found comes best first, unless `sort` says date."""
    wanted = views.asked()
    framed, ranked = views.frame("list", wanted, wanted), views.ranked(wanted)
    pages = -(-framed["count"] // MOST_ROWS)
    page = query.page(pages)
    found = _found(wanted, page=page, ranked=ranked)
    whole = pages <= 1 and not wanted.when
    return render_template(
        "events.html",
        **framed,
        of_them=_states(framed["boxes"]),
        rows_found=_rows(found, wanted.words) if ranked else [],
        sections=[] if ranked else _sections(found, whole=whole),
        ranked=ranked,
        sorts=_sorts(wanted, framed["picks"]) if wanted.words else [],
        page=page,
        pages=pages,
        **_ways_out(wanted, framed["chips"]) if not framed["count"] else {},
    )


def _states(boxes: list[Box]) -> dict[str, int]:
    """How many of all that is selected, on whichever page, have each status."""
    options = [option for box in boxes if box.name == "status" for option in box.options + box.more]
    chosen = any(option.chosen for option in options)
    return {option.value: option.count for option in options if option.chosen or not chosen}


def _found(wanted: Selection, *, page: int, ranked: bool) -> list[Event]:
    """The events of one page of a selection."""
    store, today, skipped, past = current.store(), current.today(), (page - 1) * MOST_ROWS, wanted.when == "past"
    if ranked:
        return best(store, wanted.at(today), today=today, most=MOST_ROWS, offset=skipped)
    numbers = search.ids(store, wanted.at(today), most=MOST_ROWS, offset=skipped, newest_first=past)
    return events.by_ids(store, numbers)[:: -1 if past else 1]


def _rows(chosen: list[Event], sought: str) -> list[tuple[Row, tuple[str, ...]]]:
    """Events as rows with their years, each with what holds the words that it does not show."""
    listing = current.listing()
    rows = [listing.row(event, year=True) for event in chosen]
    names = naming.names(current.store())
    return [(row, elsewhere(row.event, names, place=row.place, sought=sought)) for row in rows]


def _sorts(wanted: Selection, picked: Picks) -> list[tuple[str, str]]:
    """The ways to sort what words found: each with its address, the one that needs no word for it first."""
    gettext, address = current.texts().gettext, addresses.events(wanted.query)
    return [
        (gettext("Best match first"), views.with_pairs(address, picked.pairs)),
        (gettext("By date"), views.with_pairs(address, [*picked.pairs, ("sort", "date")])),
    ]


def _ways_out(wanted: Selection, chips: list[Chip]) -> dict[str, Any]:
    """What to do where nothing is selected: each part that stands in the way, and what the words may have meant."""
    looser = [(chip, _count(chip.rest)) for chip in chips]
    return {"looser": [(chip, number) for chip, number in looser if number], "meant": _meant(wanted)}


def _meant(wanted: Selection) -> tuple[Selection, int] | None:
    """The selection with words that find something, beside the rest of it if they do there, and how much it holds."""
    within = wanted.without("q").at(current.today())
    words = search.corrected(current.store(), wanted.words, within=within) if wanted.words else None
    if words is None:
        return None
    offered = (replace(wanted, words=words), Selection(words=words))
    return next(((chosen, count) for chosen in offered if (count := _count(chosen))), None)


def _count(chosen: Selection) -> int:
    return search.count(current.store(), chosen.at(current.today()))


def _sections(found: list[Event], *, whole: bool) -> list[tuple[str, list[Group]]]:
    """Rows in groups under a heading each: what is on and coming, then what is past, the newest first.

    A page of a longer list, or a list that was asked for by period, is one section without a heading.
    """
    groups, gettext, today = current.listing().groups, current.texts().gettext, current.today()
    coming = [event for event in found if event.span.last >= today]
    past = [event for event in found if event.span.last < today][::-1]
    if not whole or not coming or not past:
        return [("", groups(found if coming or not whole else past))]
    return [(gettext("On now and coming"), groups(coming)), (gettext("Past"), groups(past))]
