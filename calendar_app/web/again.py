"""A form of the desk that could not be taken just now, with all that was typed, to be sent again."""

from flask import render_template, request

from calendar_app import addresses
from calendar_app.web import current


def page(words: str) -> str | None:
    """The page that says why, and sends the same once more; None for what is no form of an editor's.

    Nobody else's: a page elsewhere can send a form here, but without the cookie of who is signed in.
    """
    sent = request.method == "POST" and request.path.startswith(addresses.DESK) and not request.files
    if not sent or not current.edits():
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token" and value]
    return render_template("again.html", words=words, fields=fields, action=request.path) if fields else None
