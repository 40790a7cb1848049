"""Every editorial use case, each one transaction; mints uids and slugs."""

from calendar_app.desk.editing import add, duplicates, edit, verify
from calendar_app.desk.proposals import Received, approve, proposal, propose, reject

__all__ = ["Received", "add", "approve", "duplicates", "edit", "proposal", "propose", "reject", "verify"]
