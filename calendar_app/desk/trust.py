"""Trust: who may publish what they send at once, and what of it is theirs to say."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from calendar_app import submissions
from calendar_app.desk.editing import add, edit
from calendar_app.errors import DeniedError
from calendar_app.events import Event
from calendar_app.fields import line
from calendar_app.store import Store
from calendar_app.store.accounts import Account, owned_series


def may_publish(store: Store, account: Account | None, given: Mapping[str, Any], *, event: Event | None = None) -> bool:
    """Whether what an account sends is public at once; what else anyone sends waits in the queue.

    An editor's is; a submitter's if it is for a series that they own: a new event of it, or a change of an `event` of
    it that is public and stays in a series of theirs.
    """
    if account is None:
        return False
    if account.edits:
        return True
    owned = owned_series(store, account.id)
    ours = event is None or (event.public and event.series in owned)
    return ours and line(given.get("series")) in owned


def allowed(account: Account | None, given: Mapping[str, Any], *, event: Event | None = None) -> dict[str, Any]:
    """What of a filled form is the account's to say; status, role, deadlines and parts of an `event` stay as they are.

    An editor may say all of it.
    """
    if account is not None and account.edits:
        return dict(given)
    said = {name: value for name, value in given.items() if name not in submissions.EDITOR_ONLY}
    if event is None:
        return said
    return said | {"status": str(event.status), "role": [str(role) for role in event.roles]}


def publish(
    store: Store,
    given: Mapping[str, Any],
    *,
    account: Account,
    event: Event | None = None,
    sequence: int = -1,
    moved: bool = False,
    reason: str = "",
    now: datetime,
) -> Event:
    """Publishes what an account may publish: a new event, or a change of an `event` (as `edit`).

    Raises:
        DeniedError: it has to wait in the queue.
        ProblemsError: every problem of the fields.
        ConflictError: someone changed the event meanwhile.
    """
    if not may_publish(store, account, given, event=event):
        raise DeniedError("not-yours")
    said, actor = allowed(account, given, event=event), account.email
    if event is None:
        return add(store, said, actor=actor, now=now)
    return edit(store, event.uid, said, sequence=sequence, moved=moved, actor=actor, reason=reason, now=now)
