"""Figures that the report tells, at the desk: put down year by year with their source, corrected, taken out."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses
from calendar_app.desk import figures
from calendar_app.errors import ConflictError, ProblemsError
from calendar_app.report import figure_words
from calendar_app.store import figures as kept
from calendar_app.store import series
from calendar_app.web import current, done, figure_forms
from calendar_app.web.figure_forms import Sheet

pages = Blueprint("desk_figures", __name__)

_MOST_HISTORY = 50


@pages.get(addresses.DESK_FIGURES)
def page() -> str:
    """All figures by subject and measure, with the forms to put down and to correct them."""
    current.editor()
    return _page()


@pages.post(addresses.DESK_FIGURES)
def keep() -> Response | tuple[str, int]:
    """Puts figures down, or takes one out."""
    account, sheet = current.editor(), figure_forms.sent()
    try:
        _carry_out(sheet, actor=account.email)
    except ProblemsError as error:
        return _page(figure_forms.flawed(sheet, error.problems)), 422
    except ConflictError as error:
        stands = {figures.identity(each): each for each in kept.standing(current.store())}
        return _page(figure_forms.renewed(sheet, stands), conflict=current.texts().error(error)), 409
    return redirect(addresses.DESK_FIGURES, code=303)


def _carry_out(sheet: Sheet, *, actor: str) -> None:
    """Does what the form asks for, and has the next page tell it."""
    store, now = current.store(), current.now()
    if request.form.get("do") != "out":
        put = figures.put(store, figure_forms.given(sheet), reason=sheet.reason, actor=actor, now=now)
        if put:
            return done.tell("figures-saved", "; ".join(f"{each.measure}, {each.year}" for each in put))
        return done.tell("report-same")
    row = sheet.rows[0]
    which = figures.Identity(sheet.subject, sheet.year, row.measure)
    figures.take_out(store, which, seen=row.seen, reason=sheet.reason, actor=actor, now=now)
    return done.tell("figure-taken-out", f"{which.measure}, {which.year}")


def _page(typed: Sheet | None = None, *, conflict: str = "") -> str:
    store, texts = current.store(), current.texts()
    found, history = kept.standing(store), kept.history(store, most=_MOST_HISTORY + 1)
    known = figures.subjects(store)
    words = figure_forms.names(known, series.directory(store), texts)
    subjects = figure_forms.subjects(found, words, today=current.today(), typed=typed)
    keys = {sheet.key for each in subjects for of in each.measures for _, sheet in of.figures}
    keys |= {each.another.key for each in subjects}
    return render_template(
        "desk_figures.html",
        subjects=subjects,
        # What was typed about a figure that is gone meanwhile can be put down anew.
        new=typed if typed and typed.key not in keys else Sheet(key=figure_forms.NEW),
        typed=typed,
        conflict=conflict,
        offered=[(key, words[key]) for key in known],
        measures=sorted({figure.measure for figure in found}),
        units=sorted({figure.unit for figure in found if figure.unit}),
        value=lambda figure: figure_words.value(figure, texts),
        names=words,
        history=history[:_MOST_HISTORY],
        older=len(history) > _MOST_HISTORY,
    )
