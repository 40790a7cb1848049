"""The real application on a copy of the record, its clock standing still, asked and read as a browser does."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from calendar_app import accounts, create_app
from calendar_app.events import Event
from calendar_app.formats import layers
from calendar_app.options import DEFAULT
from calendar_app.settings import Settings
from calendar_app.store import Store
from calendar_app.store import accounts as kept
from calendar_app.web.clock import Clock
from calendar_app.web.current import EXTENSION
from tests.conftest import BASE, NOW

EDITOR, SUBMITTER, PASSWORD = "editor@example.org", "submitter@example.org", "a long enough password"
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_CLOSED_BY = {"option": {"option"}}


class Node:
    """An element of a page, or the page itself."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Node | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def __iter__(self) -> Iterator["Node"]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child

    def all(self, tag: str = "", **attributes: str) -> list["Node"]:
        """The elements inside with this tag and these attributes; `class_` is one class of several."""
        return [node for node in self if tag in {"", node.tag} and node._has(attributes)]

    def one(self, tag: str = "", **attributes: str) -> "Node":
        (node,) = self.all(tag, **attributes)
        return node

    def _has(self, attributes: dict[str, str]) -> bool:
        return all(
            value in self.attributes.get("class", "").split()
            if name == "class_"
            else self.attributes.get(name.replace("_", "-") if name.startswith("aria") else name) == value
            for name, value in attributes.items()
        )

    @property
    def raw(self) -> str:
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    @property
    def text(self) -> str:
        return " ".join(self.raw.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = self.here = Node("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.here.tag in _CLOSED_BY.get(tag, ()):
            self.here = self.here.parent
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice: {self.get_starttag_text()}"
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in _VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Node(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag == "option" != tag:
            self.here = self.here.parent
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def page(response: TestResponse, status: int = 200) -> Node:
    """The page that an answer is, every element closed, every id once, every reference to one that is there."""
    assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8")
    reader = _Reader()
    reader.feed(response.get_data(as_text=True))
    reader.close()
    found = reader.page
    assert reader.here is found
    ids = [node["id"] for node in found if node.get("id")]
    assert sorted(ids) == sorted(set(ids))
    named = [node[name] for node in found for name in ("for", "list", "aria-labelledby") if node.get(name)]
    named += [word for node in found for word in (node.get("aria-describedby") or "").split()]
    named += [node["href"][1:] for node in found.all("a") if (node.get("href") or "").startswith("#")]
    assert set(named) - set(ids) == set()
    return found


def filled(form: Node) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands, by field, without its buttons; fields elsewhere name it."""
    sent: dict[str, list[str]] = {}
    root = form
    while root.parent is not None:
        root = root.parent
    elsewhere = [node for node in root if form.get("id") and node.get("form") == form.get("id")]
    for node in [*form, *elsewhere]:
        name = node.get("name")
        if not name or node.tag == "button":
            continue
        if node.tag == "select":
            chosen = [option["value"] for option in node.all("option") if "selected" in option.attributes]
            values = chosen or [node.all("option")[0]["value"]]
            assert len(values) == 1
        elif node.tag == "textarea":
            values = [node.raw.removeprefix("\n")]
        elif node.get("type") in {"checkbox", "radio"}:
            values = [node["value"]] if "checked" in node.attributes else []
        else:
            values = [node.get("value") or ""]
        sent.setdefault(name, []).extend(values)
    return sent


def form_of(found: Node, action: str) -> Node:
    """The form of a page that posts to an address."""
    return found.one("form", method="post", action=action)


def token(client: FlaskClient, address: str, **more: Any) -> str:
    """The token of the form at an address, as a browser has it."""
    return page(client.get(address, **more)).all("input", name="csrf_token")[0]["value"]


def send(client: FlaskClient, address: str, data: dict[str, Any], *, form: str = "", **more: Any) -> TestResponse:
    """Posts to an address with the token of the form there, or of the one at `form`."""
    return client.post(address, data={"csrf_token": token(client, form or address, **more), **data}, **more)


def sign_in(client: FlaskClient, email: str = EDITOR, **more: str) -> TestResponse:
    """Signs in through the form."""
    return send(client, "/login", {"email": email, "password": PASSWORD, **more})


def rows(found: Node) -> list[str]:
    """The slugs of the events that a page lists, in order."""
    return [slug_of(item) for item in found.all("li", class_="ev")]


def slug_of(item: Node) -> str:
    """The slug of the event that an item of a list leads to first."""
    return item.all("a")[0]["href"].removeprefix("/events/")


def uids(body: bytes) -> set[str]:
    """The UIDs of the events that a feed holds."""
    found = re.findall(rb"BEGIN:VEVENT\r\nUID:(\S+)\r\n", body)
    assert len(found) == len(set(found)) == body.count(b"BEGIN:VEVENT")
    return {uid.decode() for uid in found}


def in_calendar(event: Event) -> bool:
    """Whether a calendar without options shows an event."""
    return not layers.refused(event, DEFAULT, calendar=True)


def store_of(app: Flask) -> Store:
    """The record that an application answers from."""
    return app.extensions[EXTENSION].store


def subscribed(found: Node) -> str:
    """The path of the feed that a page subscribes to."""
    address = found.one("input", id="subscribe-address")["value"]
    assert address.startswith(BASE + "/")
    return address.removeprefix(BASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """A database with accounts, and the token of a session that its editor has open."""

    path: Path
    session: str


@pytest.fixture(scope="session")
def staffed(loaded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    """The loaded database with an editor's and a submitter's account; copy it, don't change it."""
    path = tmp_path_factory.mktemp("staffed") / "events.db"
    shutil.copyfile(loaded_database, path)
    store = Store(path)
    for email, role in ((EDITOR, "editor"), (SUBMITTER, "submitter")):
        accounts.create(store, email=email, password=PASSWORD, role=role, now=NOW)
    session = accounts.sign_in(store, email=EDITOR, password=PASSWORD, address="", now=NOW)
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return Staffed(path=path, session=session)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Where templates are kept compiled, so that this happens once a run, not once an application."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))


@contextmanager
def applications(staffed: Staffed, compiled: FileSystemBytecodeCache, folder: Path) -> Iterator[Callable[..., Flask]]:
    """Makes applications, each on its own copy of a database, and closes them in the end."""
    made: list[Flask] = []

    def make(database: Path = staffed.path, *, clock: Clock = lambda: NOW, **settings: Any) -> Flask:
        path = folder / f"{len(made)}.db"
        shutil.copyfile(database, path)
        given = {"base": BASE, "rate_limit": False, "secret_key": "known to this test alone", **settings}
        app = create_app(Settings(database=path, feeds=folder / "feeds", **given), clock=clock)
        app.jinja_env.bytecode_cache = compiled
        made.append(app)
        return app

    yield make
    for app in made:
        store_of(app).close()


@pytest.fixture
def make_app(staffed: Staffed, compiled: FileSystemBytecodeCache, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Makes an application on the staffed database, or on another; with other settings if given."""
    with applications(staffed, compiled, tmp_path) as make:
        yield make


@pytest.fixture(scope="session")
def read_app(
    staffed: Staffed, compiled: FileSystemBytecodeCache, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application for tests that change nothing."""
    with applications(staffed, compiled, tmp_path_factory.mktemp("read")) as make:
        yield make()


@pytest.fixture
def reader(read_app: Flask) -> FlaskClient:
    """Someone who only reads, on an application that nobody changes."""
    return read_app.test_client()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """An application of this test's own."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Someone who is not signed in."""
    return app.test_client()


@pytest.fixture
def editor_client(app: Flask, staffed: Staffed) -> FlaskClient:
    """An editor who is signed in."""
    return with_session(app, staffed)


@pytest.fixture
def editor_reader(read_app: Flask, staffed: Staffed) -> FlaskClient:
    """An editor who only reads, on an application that nobody changes."""
    return with_session(read_app, staffed)


def with_session(app: Flask, staffed: Staffed) -> FlaskClient:
    """A client of the editor who is signed in already, since signing in takes long by design."""
    client = app.test_client()
    client.set_cookie("calendar_session", staffed.session)
    return client


def client_as(app: Flask, role: str) -> FlaskClient:
    """A client of an account with this role, made if it is not there, who is signed in already."""
    store = store_of(app)
    editor = kept.by_email(store, EDITOR)
    assert editor is not None
    with store.change(NOW, actor="test") as change:
        kept.add(change, email=f"{role}@example.org", role=role, password_hash=editor.password_hash)
        account = kept.by_email(store, f"{role}@example.org")
        assert account is not None
        session = accounts.sessions.start(change, account.id)
    client = app.test_client()
    client.set_cookie("calendar_session", session)
    return client
