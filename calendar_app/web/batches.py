"""A batch: what an import or a change of many events wrote, and undoing it piece by piece."""

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk
from calendar_app.errors import ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.store import batches, events, history
from calendar_app.store.batches import Batch
from calendar_app.web import current, done, reasons
from calendar_app.web.form import told

pages = Blueprint("batches", __name__)

_MOST = 100


@pages.get(f"{addresses.BATCHES}/<number>")
def batch(number: str) -> str:
    """What a batch wrote, and what became of it."""
    current.editor()
    return _page(_found(number))


@pages.post(f"{addresses.BATCHES}/<number>")
def undo(number: str) -> Response | tuple[str, int]:
    """Begins to undo a batch, or goes on with it."""
    account, found = current.editor(), _found(number)
    store, by = current.store(), dict[str, Any](actor=account.email, now=current.now())
    try:
        if found.undoing is None:
            desk.undo_batch(store, found.id, reason=request.form.get("reason", ""), **by)
        else:
            desk.undo_batch_on(store, found.id, **by)
    except ProblemsError as error:
        return _page(found, problems=error.problems), 422
    except ConflictError as error:
        return _page(_found(number), conflict=current.texts().error(error)), 409
    if batches.by_id(store, found.id).undone:
        done.tell("batch-undone", found.name)
    return redirect(addresses.batch(found.id), code=303)


def _found(number: str) -> Batch:
    if not re.fullmatch("[1-9][0-9]{0,8}", number):
        raise NotFoundError("batch-unknown")
    return batches.by_id(current.store(), int(number))


def _page(found: Batch, *, problems: tuple[Problem, ...] = (), conflict: str = "") -> str:
    store, texts = current.store(), current.texts()
    left = [(events.by_uid(store, each.event), reasons.names(each.fields, texts)) for each in found.kept[:_MOST]]
    return render_template(
        "desk_batch.html",
        batch=found,
        tally=batches.tally(store, found.id),
        revisions=history.of_batch(store, found.id, most=_MOST),
        most=_MOST,
        left=left,
        reason=request.form.get("reason", ""),
        problems=told(problems),
        conflict=conflict,
    )
