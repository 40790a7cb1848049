"""A selection that can't be read, as a page on which to put it right."""

from flask import g, render_template, request

from calendar_app import addresses, selection
from calendar_app.errors import SelectionError
from calendar_app.selection import Selection
from calendar_app.web import current, views

# The fields of the panel in which one types.
TYPED = ("q", "from", "to")


def again() -> str:
    """The panel with what was typed, each problem at its field; "" if what is wrong was not typed into it."""
    if "named" not in g or "." in request.path or request.path == addresses.EMBED:
        return ""
    try:
        rest, problems = _read()
        framed = views.frame("", rest, rest, at=lambda chosen: views.with_pairs(request.path, chosen.pairs()))
    except SelectionError:
        return ""
    told = {
        "typed": {name: request.args.get(name, "") for name in TYPED},
        "problems": {field: current.texts().error(error) for field, error in problems.items()},
        # A field for days would not show what is none.
        "unread": [field for field, error in problems.items() if error.message == "select-day"],
    }
    return render_template("refused.html", **framed | told) if problems else ""


def _read() -> tuple[Selection, dict[str, SelectionError]]:
    """What of the selection can be read, and what is wrong with the rest, by its field."""
    given, problems = views.given(), dict[str, SelectionError]()
    while True:
        try:
            return selection.parse(given, views.known()), problems
        except SelectionError as error:
            field, unread = _field(error)
            problems[field] = error
            given = [(name, value) for name, value in given if name not in unread]


def _field(error: SelectionError) -> tuple[str, tuple[str, ...]]:
    """At which field a problem is told, and what can't be read because of it.

    Raises:
        SelectionError: the problem itself, if it is at none of the fields.
    """
    if error.message in {"select-words", "select-letters"}:
        return "q", ("q",)
    if error.message == "select-backwards":
        return "to", ("from", "to")
    if error.message == "select-day":
        return str(error.data["name"]), (str(error.data["name"]),)
    raise error
