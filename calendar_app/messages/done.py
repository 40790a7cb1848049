"""The words that tell that what was asked for is done."""

from calendar_app.messages.marking import N_

# A name may follow.
DONE = {
    "step": N_("Recorded:"),
    "claim": N_("Noted beside the adopted dates."),
    "adopt": N_("Adopted. The dates that stood are kept as a claim."),
    "undo": N_("Undone, as a new change in the history."),
    "contact": N_("The focal point is kept."),
    "split": N_("Split. The parts are in the calendar now."),
    "verified": N_("Confirmed:"),
    "source-kept": N_("The source is kept for the next ones."),
    "published": N_("Published:"),
    "saved": N_("Saved and public:"),
    "merged": N_("Merged into"),
    "declined": N_("Declined:"),
    "amended": N_("The new text is with the editors."),
    "imported": N_("Imported."),
    "ticks": N_("The ticks are kept."),
    "dropped": N_("Thrown away:"),
    "bulk": N_("Changed:"),
    "batch-undone": N_("Undone:"),
    "series-added": N_("Added:"),
    "series-saved": N_("Saved:"),
    "invite-withdrawn": N_("The invite is withdrawn:"),
    "account-role": N_("The role is changed."),
    "account-series": N_("The series are saved."),
    "account-closed": N_("The account is closed."),
    "account-reopened": N_("The account is open again."),
    "password": N_("The password is changed."),
    "token-revoked": N_("The token is revoked."),
}
