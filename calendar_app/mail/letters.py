"""Letters: a message of the outbox as a mail in plain text, a letter of words for each kind."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import MappingProxyType

from calendar_app import addresses
from calendar_app.store.outbox import Waiting
from calendar_app.texts import Texts

# A subject, and the paragraphs of a text.
Letter = tuple[str, list[str]]


def render(message: Waiting, *, base: str, sender: str, texts: Texts, now: datetime) -> EmailMessage:
    """The mail to send now; its Message-ID is the same at each try, so that a second copy can be told as one.

    Raises:
        ValueError: the recipient is no address that a header can hold (RFC 5322 §3.4.1).
    """
    subject, paragraphs = _LETTERS[message.kind](message, base, texts)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=texts.gettext("UN Forum Calendar"), addr_spec=sender)
    mail["To"] = Address(addr_spec=message.recipient)
    mail["Subject"] = _line(subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{_identity(message)}@{sender.rpartition('@')[2]}>"
    # RFC 3834: no holiday notice answers it.
    mail["Auto-Submitted"] = "auto-generated"
    # What all servers take: neither bytes above 127 nor long lines.
    mail.set_content("\n\n".join(paragraphs) + "\n", cte="quoted-printable")
    return mail


def _identity(message: Waiting) -> str:
    """A number of the outbox may come again; that with the rest does not."""
    told = [message.id, str(message.created), message.kind, message.recipient, dict(message.data)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def _line(text: str) -> str:
    """Text on one line, as a header needs it; whatever parts lines or is no letter parts words."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _received(message: Waiting, base: str, texts: Texts) -> Letter:
    # Whoever fills in the form names the recipient: nothing that they typed is sent there.
    return texts.gettext("Your proposal to the UN Forum Calendar"), [
        texts.gettext("We have received your proposal. An editor will read it; nothing of it shows before that."),
        texts.gettext("Here you see what becomes of it, and can amend it. The link is yours alone:"),
        base + addresses.submission(message.data["token"]),
        texts.gettext("If you proposed nothing, someone gave your address by mistake, and there is nothing to do."),
    ]


def _approved(message: Waiting, base: str, texts: Texts) -> Letter:
    title, gettext = message.data["title"], texts.gettext
    return gettext("In the calendar: {title}").format(title=title), [
        gettext("The editors took up what you proposed: {title}").format(title=_line(title)),
        *_reason(message, texts),
        base + addresses.event(message.data["slug"]),
    ]


def _rejected(message: Waiting, _base: str, texts: Texts) -> Letter:
    title, gettext = message.data["title"], texts.gettext
    return gettext("Not taken up: {title}").format(title=title), [
        gettext("The editors didn’t take up what you proposed: {title}").format(title=_line(title)),
        *_reason(message, texts),
        gettext("Your private link shows it too."),
    ]


def _waits(message: Waiting, base: str, texts: Texts) -> Letter:
    title, gettext = message.data["title"], texts.gettext
    what = gettext("A change of an event is proposed:") if message.data["about"] else gettext("An event is proposed:")
    told = [_line(message.data[name]) for name in ("title", "dates", "city") if message.data[name]]
    return gettext("To decide: {title}").format(title=title), [
        f"{what}\n" + "\n".join(told),
        base + addresses.desk_submission(int(message.data["number"])),
    ]


def _invite(message: Waiting, base: str, texts: Texts) -> Letter:
    gettext, role = texts.gettext, texts.label("account", message.data["role"])
    words = gettext("{who} invites you to work on the UN Forum Calendar. Your role: {role}.")
    return gettext("Your invite to the UN Forum Calendar"), [
        words.format(who=message.data["by"], role=role),
        gettext("Choose your password here. The link works once, and holds for seven days:"),
        base + addresses.invite(message.data["token"]),
    ]


def _reset(message: Waiting, base: str, texts: Texts) -> Letter:
    gettext = texts.gettext
    return gettext("A new password for the UN Forum Calendar"), [
        gettext("{who} made a link by which you set a new password.").format(who=message.data["by"]),
        gettext("The link works once, and holds for a day:"),
        base + addresses.reset(message.data["token"]),
        gettext("If you need no new password, there is nothing to do: yours still holds."),
    ]


def _reason(message: Waiting, texts: Texts) -> list[str]:
    reason = _line(message.data["reason"])
    return [texts.gettext("They write: {reason}").format(reason=reason)] if reason else []


_LETTERS: MappingProxyType[str, Callable[[Waiting, str, Texts], Letter]] = MappingProxyType(
    {
        "proposal-received": _received,
        "proposal-approved": _approved,
        "proposal-rejected": _rejected,
        "proposal-waits": _waits,
        "invite": _invite,
        "reset": _reset,
    }
)
KINDS = tuple(_LETTERS)
