"""Every path as a pure function. They are kept for ever; a test holds them against the web's own map."""

from calendar_app.addresses.desk import *  # noqa: F403 - callers ask for an address, whoever may open it
from calendar_app.addresses.public import *  # noqa: F403
