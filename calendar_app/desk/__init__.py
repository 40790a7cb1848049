"""Every editorial use case, each one transaction; mints uids and slugs."""

from calendar_app.desk.claims import add_claim, adopt, merge
from calendar_app.desk.editing import add, duplicates, edit, verify
from calendar_app.desk.proposals import Received, approve, proposal, propose, reject
from calendar_app.desk.states import Step, steps_of, take
from calendar_app.desk.undoing import can_undo, undo

__all__ = [
    "Received",
    "Step",
    "add",
    "add_claim",
    "adopt",
    "approve",
    "can_undo",
    "duplicates",
    "edit",
    "merge",
    "proposal",
    "propose",
    "reject",
    "steps_of",
    "take",
    "undo",
    "verify",
]
