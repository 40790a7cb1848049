"""Every editorial use case, each one transaction; mints uids and slugs."""

from calendar_app.desk.batches import undo_batch, undo_batch_on
from calendar_app.desk.changing import check_public
from calendar_app.desk.claims import add_claim, adopt, merge
from calendar_app.desk.editing import add, duplicates, edit, revise, verify
from calendar_app.desk.moving import WHERE_AND_WHEN, move
from calendar_app.desk.proposals import Basis, Received, amend, approve, proposal, propose, reject
from calendar_app.desk.series import add_expected, add_series, edit_series, expected, overdue
from calendar_app.desk.splitting import PART_FIELDS, check_whole, split
from calendar_app.desk.states import Step, steps_of, take
from calendar_app.desk.trust import allowed, may_publish, publish
from calendar_app.desk.undoing import can_undo, undo

__all__ = [
    "PART_FIELDS",
    "WHERE_AND_WHEN",
    "Basis",
    "Received",
    "Step",
    "add",
    "add_claim",
    "add_expected",
    "add_series",
    "adopt",
    "allowed",
    "amend",
    "approve",
    "can_undo",
    "check_public",
    "check_whole",
    "duplicates",
    "edit",
    "edit_series",
    "expected",
    "may_publish",
    "merge",
    "move",
    "overdue",
    "proposal",
    "propose",
    "publish",
    "reject",
    "revise",
    "split",
    "steps_of",
    "take",
    "undo",
    "undo_batch",
    "undo_batch_on",
    "verify",
]
