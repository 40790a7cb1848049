"""What a request's query says beside what it selects."""

import pytest

from calendar_app.errors import SelectionError
from calendar_app.selection import MOST_QUERY
from calendar_app.web import query


def told(app, address, read):
    """What is read of an address, or the message and the data of the error that it is."""
    with app.test_request_context(address):
        try:
            return read()
        except SelectionError as error:
            return error.message, error.data


@pytest.mark.parametrize(
    ("address", "pages", "page"),
    [
        ("/", 3, 1),
        ("/", 0, 1),
        ("/?page=3", 3, 3),
        ("/?page=4", 3, ("select-value", {"name": "page", "value": "4"})),
        ("/?page=2", 0, ("select-value", {"name": "page", "value": "2"})),
        *((f"/?page={text}", 9, ("select-value", {"name": "page", "value": text})) for text in ("0", "02", "x", "٣")),
        (f"/?page={'9' * 5000}", 9, ("select-value", {"name": "page", "value": "9" * 60})),
    ],
)
def test_page_is_one_of_those_that_there_are(read_app, address, pages, page):
    assert told(read_app, address, lambda: query.page(pages)) == page


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("/", ""),
        ("/?way=", ""),
        ("/?way=up", "up"),
        ("/?way=up&way=&way=up", "up"),
        ("/?way=up&way=down", ("select-twice", {"name": "way"})),
        ("/?way=left", ("option-value", {"name": "way", "value": "left", "allowed": "up, down"})),
    ],
)
def test_option_is_one_of_its_values_or_none(read_app, address, value):
    assert told(read_app, address, lambda: query.option("way", ("up", "down"))) == value


def test_option_with_many_values_tells_them_in_short(read_app):
    refused = told(read_app, "/?count=x", lambda: query.option("count", ("1", "2", "3"), told="1–3"))
    assert refused == ("option-value", {"name": "count", "value": "x", "allowed": "1–3"})


def test_query_longer_than_any_page_writes_is_refused(read_app):
    longest = "q=" + "a" * (MOST_QUERY - 2)
    assert told(read_app, f"/?{longest}", query.pairs) == [("q", "a" * (MOST_QUERY - 2))]
    assert told(read_app, f"/?{longest}a", query.pairs) == ("query-long", {"most": MOST_QUERY})
