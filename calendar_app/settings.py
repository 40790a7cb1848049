"""The environment, read once."""

import contextlib
import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

DEFAULT_BASE = "http://127.0.0.1:8000"
# Names that only a machine or its network knows (RFC 6761, 6762, 8375; .internal is ICANN's).
_LOCAL = (".localhost", ".local", ".home.arpa", ".internal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a deployment can set. `base` is what absolute addresses start with, never the request's Host.

    `base` is None where nobody set it: `serve` then takes the address that it listens on. `proxies` counts
    the trusted reverse proxies in front.
    """

    database: Path = Path("events.db")
    feeds: Path = Path("feeds")
    base: str | None = None
    secret_key: str = ""
    proxies: int = 0
    rate_limit: bool = True


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment (`CALENDAR_...`).

    Raises:
        ValueError: CALENDAR_TRUSTED_PROXIES is no number, or CALENDAR_BASE_URL is no http(s) address.
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
    )


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
