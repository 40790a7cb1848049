"""What tells people from programs on the open form: a field that people don't see, and a signed moment."""

from datetime import UTC, datetime, timedelta

from flask import current_app, request
from itsdangerous import BadSignature, Signer

from calendar_app.errors import CalendarError
from calendar_app.web import current

# A name that programs like to fill in, and no field of ours.
TRAP = "website"
OPENED = "opened"
_LEAST, _MOST = timedelta(seconds=3), timedelta(hours=24)


def refusal() -> CalendarError | None:
    """Why the form that was sent looks like a program's; None for a person's, and for an editor's always.

    Its time is asked for where posts are limited.
    """
    if current.edits():
        return None
    if request.form.get(TRAP, "").strip():
        return CalendarError("form-trap")
    if not current.calendar().settings.rate_limit:
        return None
    opened = _opened()
    if opened is None:
        return CalendarError("form-unsigned")
    if current.now() - opened > _MOST:
        return CalendarError("form-old")
    return CalendarError("form-fast") if current.now() - opened < _LEAST else None


def stamp() -> str:
    """The signed moment at which the form was opened: that of the form which was sent while it holds, else now."""
    opened = _opened()
    if opened is not None and current.now() - opened <= _MOST:
        return request.form[OPENED]
    return _signer().sign(str(int(current.now().timestamp() * 1000))).decode()


def _opened() -> datetime | None:
    """When the form that was sent was opened (UTC); None if its stamp is missing or not ours."""
    try:
        milliseconds = int(_signer().unsign(request.form.get(OPENED, "")))
    except (BadSignature, ValueError):
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="form-opened")
