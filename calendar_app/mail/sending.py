"""Sending: what is due in the outbox goes to the mail server; what it does not take is tried again, later and later."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage

from calendar_app import addresses
from calendar_app.mail.letters import render
from calendar_app.settings import Smtp
from calendar_app.store import Store, journal, outbox
from calendar_app.store.outbox import Waiting
from calendar_app.texts import Texts

TRIES = 8
_SHORTEST, _LONGEST = timedelta(minutes=5), timedelta(days=1)
_GROWTH = 3
# While it is being sent nobody else sends it; whoever dies meanwhile leaves it to be sent again after that.
_CLAIM = timedelta(minutes=15)
_TIMEOUT = 20  # seconds
_LONGEST_PROBLEM = 300  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """How many messages were sent, will be tried again, and were given up."""

    sent: int = 0
    failed: int = 0
    lost: int = 0


def deliver(store: Store, smtp: Smtp, *, base: str, texts: Texts, now: datetime) -> Delivered:
    """Sends what is due. Two processes may do so at once: each message is claimed by one.

    What the server does not take is due again after 5 minutes, then 15, 45 and so on up to a day, and is given up
    after 8 tries: it is then forgotten, and the journal says so without the address.
    """
    done, server = Delivered(), _Server(smtp)
    try:
        while message := _claim(store, now):
            try:
                server.send(render(message, base=base, sender=smtp.sender, texts=texts, now=now), message.recipient)
            except Exception as error:
                # Whatever it is must not keep the other messages back.
                done = _failed(store, message, error, done, now=now)
                continue
            with store.change(now, actor="mail") as change:
                outbox.remove(change, message.id)
            done = replace(done, sent=done.sent + 1)
    finally:
        server.close()
    return done


def _claim(store: Store, now: datetime) -> Waiting | None:
    if not outbox.any_due(store, now=now):
        return None
    with store.change(now, actor="mail") as change:
        return outbox.claim(change, until=now + _CLAIM)


def _failed(store: Store, message: Waiting, error: Exception, done: Delivered, *, now: datetime) -> Delivered:
    with store.change(now, actor="mail") as change:
        if message.attempts < TRIES:
            told = " ".join(f"{type(error).__name__}: {error}".split()).replace(message.recipient, "(the recipient)")
            until = now + min(_SHORTEST * _GROWTH ** (message.attempts - 1), _LONGEST)
            outbox.postpone(change, message.id, until=until, problem=told[:_LONGEST_PROBLEM])
            return replace(done, failed=done.failed + 1)
        number = message.data.get("number")
        subject = addresses.desk_submission(int(number)) if number else ""
        journal.add(change, action="mail-lost", subject=subject, detail=message.data.get("title", ""))
        outbox.remove(change, message.id)
        return replace(done, lost=done.lost + 1)


class _Server:
    """The connection to a mail server, opened by the first message; once it can't be opened, not tried again."""

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp
        self._open: smtplib.SMTP | None = None
        self._refused: Exception | None = None

    def send(self, mail: EmailMessage, recipient: str) -> None:
        """Hands one mail over.

        Raises:
            OSError: the server can't be reached, or does not take it.
        """
        if self._open is None:
            self._open = self._connected()
        try:
            self._open.send_message(mail, self._smtp.sender, [recipient])
        except BaseException:
            # After that, who knows what it waits for.
            self.close()
            raise

    def close(self) -> None:
        """Ends the connection, if there is one."""
        if self._open is not None:
            with contextlib.suppress(OSError):
                self._open.quit()
            self._open.close()
            self._open = None

    def _connected(self) -> smtplib.SMTP:
        if self._refused is not None:
            raise self._refused
        try:
            return _connect(self._smtp)
        except OSError as error:
            self._refused = error
            raise


def _connect(smtp: Smtp) -> smtplib.SMTP:
    """A session with the server in which mail can be sent; a password goes through TLS alone, to whom it is for."""
    if smtp.tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            smtp.host, smtp.port, timeout=_TIMEOUT, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=_TIMEOUT)
    try:
        if not smtp.tls:
            _start_tls(server, needed=bool(smtp.password))
        if smtp.password:
            server.login(smtp.user, smtp.password)
    except BaseException:
        server.close()
        raise
    return server


def _start_tls(server: smtplib.SMTP, *, needed: bool) -> None:
    server.ehlo_or_helo_if_needed()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context() if needed else _unverified())
        server.ehlo()
    elif needed:
        raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS, and a password is not sent in clear")


def _unverified() -> ssl.SSLContext:
    """TLS with whatever certificate: where nothing is secret but the mail, that is better than none (RFC 7435)."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
