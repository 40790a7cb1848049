"""Mail: what waits in the outbox is put into words and handed to the mail server."""

from calendar_app.mail.letters import KINDS, render
from calendar_app.mail.sending import TRIES, Delivered, deliver

__all__ = ["KINDS", "TRIES", "Delivered", "deliver", "render"]
