"""What can be selected by, in the API: the series, and the facets of a selection with their values."""

from flask import Blueprint, Response

from calendar_app import addresses
from calendar_app.selection import Selection
from calendar_app.store import naming, search
from calendar_app.web import current, facets
from calendar_app.web.api import answers, asked, objects

pages = Blueprint("api_vocabulary", __name__)


@pages.get(addresses.API_SERIES)
def series() -> Response:
    """Every series, with the number of its public events."""
    with current.store().snapshot():
        context = answers.context()
        counts = search.counts(current.store(), Selection(), ["series"])["series"]
    found = [objects.of_series(each, context, events=counts.get(each.key, 0)) for each in context.series.values()]
    return answers.model(objects.SeriesList(series=found))


@pages.get(addresses.API_FACETS)
def of_selection() -> Response:
    """The facets of a selection, each value with the number of events it would show."""
    wanted, store, texts = asked.read(paged=False), current.store(), current.texts()
    with store.snapshot():
        absolute = wanted.selection.at(current.today())
        total, boxes = search.count(store, absolute), facets.boxes(store, absolute, texts, naming.names(store))
    return answers.model(objects.FacetList(total=total, facets=[_facet(box) for box in boxes]))


def _facet(box: facets.Box) -> objects.FacetObject:
    values = [
        objects.FacetValue(value=each.value, name=each.name, events=each.count) for each in (*box.options, *box.more)
    ]
    return objects.FacetObject(name=box.name, label=box.label, values=values)
