"""Settings: what the environment says, and the key that is made once."""

import stat
from pathlib import Path

import pytest

from calendar_app import settings
from calendar_app.settings import Settings


def test_empty_environment_gives_the_defaults():
    assert settings.read({}) == Settings(
        database=Path("events.db"),
        feeds=Path("feeds"),
        base=None,
        secret_key="",
        proxies=0,
        rate_limit=True,
    )


def test_environment_is_read_whole():
    environ = {
        "CALENDAR_DB": "/srv/events.db",
        "CALENDAR_FEEDS": "/srv/feeds",
        "CALENDAR_BASE_URL": "https://calendar.example/un/",
        "CALENDAR_SECRET_KEY": "key",
        "CALENDAR_TRUSTED_PROXIES": "2",
        "CALENDAR_RATELIMIT": "off",
        "HOME": "/root",
    }
    assert settings.read(environ) == Settings(
        database=Path("/srv/events.db"),
        feeds=Path("/srv/feeds"),
        base="https://calendar.example/un",
        secret_key="key",
        proxies=2,
        rate_limit=False,
    )


def test_empty_values_are_as_good_as_none():
    names = ("DB", "FEEDS", "BASE_URL", "SECRET_KEY", "TRUSTED_PROXIES", "RATELIMIT")
    assert settings.read({f"CALENDAR_{name}": "" for name in names}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CALENDAR_BASE_URL", "calendar.example", "has to start with https:// or http://"),
        ("CALENDAR_BASE_URL", "ftp://calendar.example", "has to start with https:// or http://"),
        ("CALENDAR_TRUSTED_PROXIES", "two", "invalid literal"),
    ],
)
def test_value_that_is_none_is_refused(name, value, words):
    with pytest.raises(ValueError, match=words):
        settings.read({name: value})


@pytest.mark.parametrize("value", ["on", "OFF", "1", "no"])
def test_limits_are_lifted_by_one_word_alone(value):
    assert settings.read({"CALENDAR_RATELIMIT": value}).rate_limit


def test_secret_key_that_is_set_is_taken_and_not_written(tmp_path):
    assert settings.secret_key(Settings(database=tmp_path / "events.db", secret_key="set")) == "set"
    assert list(tmp_path.iterdir()) == []


def test_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    config = Settings(database=tmp_path / "events.db")
    key = settings.secret_key(config)
    assert len(key) >= 64
    assert settings.secret_key(config) == key
    (file,) = tmp_path.iterdir()
    assert (file.name, stat.S_IMODE(file.stat().st_mode)) == ("events.db.key", 0o600)
    assert settings.secret_key(Settings(database=tmp_path / "other.db")) != key


def test_secret_key_of_another_process_is_kept(tmp_path):
    (tmp_path / "events.db.key").write_text("theirs\n", encoding="ascii")
    assert settings.secret_key(Settings(database=tmp_path / "events.db")) == "theirs"


@pytest.mark.parametrize(
    "base",
    [
        *(
            "http://127.0.0.1:8000",
            "http://localhost:8000",
            "http://[::1]:8000",
            "http://192.168.1.7",
            "http://10.0.0.1",
        ),
        *("http://calendar", "http://0.0.0.0:80", "http://172.16.0.1", "http://172.31.9.9", "http://169.254.1.1"),
        *("http://printer.local", "http://[fd00::1]:8000", "http://calendar.internal", "http://calendar.home.arpa"),
    ],
)
def test_local_base_is_known(base):
    assert settings.is_local(base)


@pytest.mark.parametrize(
    "base",
    [
        *("https://calendar.example", "https://100.itu.int", "https://10.example.org", "https://localhost.example.org"),
        *("https://127.example.org", "http://8.8.8.8", "http://172.32.0.1", "http://[2001:4860:4860::8888]"),
    ],
)
def test_public_base_is_known(base):
    assert not settings.is_local(base)
