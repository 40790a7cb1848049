"""The environment, read once."""

import contextlib
import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import unquote, urlsplit

DEFAULT_BASE = "http://127.0.0.1:8000"
# Names that only a machine or its network knows (RFC 6761, 6762, 8375; .internal is ICANN's).
_LOCAL = (".localhost", ".local", ".home.arpa", ".internal")
_SMTP_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The server that takes our mail, and the address that it comes from. `tls` is from the first byte on."""

    host: str
    port: int
    tls: bool
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a deployment can set. `base` is what absolute addresses start with, never the request's Host.

    `base` is None where nobody set it: `serve` then takes the address that it listens on. `proxies` counts
    the trusted reverse proxies in front. `smtp` is None where no mail is sent.
    """

    database: Path = Path("events.db")
    feeds: Path = Path("feeds")
    base: str | None = None
    secret_key: str = ""
    proxies: int = 0
    rate_limit: bool = True
    smtp: Smtp | None = None


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment (`CALENDAR_...`).

    Raises:
        ValueError: CALENDAR_TRUSTED_PROXIES is no number, CALENDAR_BASE_URL is no http(s) address, CALENDAR_SMTP
            names no server, or CALENDAR_MAIL_FROM no address.
    """
    base = environ.get("CALENDAR_BASE_URL", "").rstrip("/") or None
    if base and not base.startswith(("https://", "http://")):
        raise ValueError("CALENDAR_BASE_URL has to start with https:// or http://")
    return Settings(
        database=Path(environ.get("CALENDAR_DB") or "events.db"),
        feeds=Path(environ.get("CALENDAR_FEEDS") or "feeds"),
        base=base,
        secret_key=environ.get("CALENDAR_SECRET_KEY", ""),
        proxies=int(environ.get("CALENDAR_TRUSTED_PROXIES") or 0),
        rate_limit=environ.get("CALENDAR_RATELIMIT", "") != "off",
        smtp=_smtp(environ.get("CALENDAR_SMTP", ""), environ.get("CALENDAR_MAIL_FROM", "")),
    )


def _smtp(address: str, sender: str) -> Smtp | None:
    """The mail server of an address such as smtp://user:password@mail.example.org:587; its errors tell no password."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or _SMTP_PORTS.get(parts.scheme, 0)
    except ValueError:
        raise ValueError("CALENDAR_SMTP has a host or a port that is none") from None
    if parts.scheme not in _SMTP_PORTS or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("CALENDAR_SMTP has to be like smtp://user:password@mail.example.org:587, or smtps://")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not host or bool(user) != bool(password):
        raise ValueError("CALENDAR_SMTP needs a host, and a password with a user, each percent-encoded")
    try:
        sender = Address(addr_spec=sender).addr_spec
    except (ValueError, IndexError, HeaderParseError):
        raise ValueError("CALENDAR_MAIL_FROM has to be an e-mail address: what our mail comes from") from None
    return Smtp(host=host, port=port, tls=parts.scheme == "smtps", sender=sender, user=user, password=password)


def is_local(base: str) -> bool:
    """Whether a base address can be reached from this machine or network alone."""
    host = urlsplit(base).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_LOCAL)


def secret_key(settings: Settings) -> str:
    """The key that signs form tokens: the one set, else one made once and kept beside the database (mode 0600)."""
    if settings.secret_key:
        return settings.secret_key
    file = settings.database.with_name(settings.database.name + ".key")
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48) + "\n")
        # A link refuses to replace: of two processes that start at once, both then read the first one's key.
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text(encoding="ascii").strip()
