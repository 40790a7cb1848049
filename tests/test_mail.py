"""Mail, against a real SMTP server on this machine: who is told what, and what happens when it is not taken."""

import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from calendar_app import accounts, cli, desk, doctor, mail, settings, texts
from calendar_app.mail import Delivered
from calendar_app.settings import Smtp
from calendar_app.store import Store, log, outbox
from calendar_app.store import accounts as people
from calendar_app.store import submissions as queue
from calendar_app.store.log import Wanted
from tests.conftest import BASE, NOW
from tests.webapp import EDITOR, page, send, sign_in, store_of

SENDER, PROPOSER = "calendar@example.org", "proposer@example.net"
GIVEN = {
    "title": "Rehearsal of a Forum",
    "dates": "9-10 February 2033",
    "city": "Quito",
    "source": "A note verbale",
    "submitter_email": PROPOSER,
}
KEY = Path(__file__).parent / "mail" / "server.pem"  # of localhost, for these tests alone
USER, PASSWORD = "calendar", "correct horse"


class Taken(NamedTuple):
    recipients: list[str]
    mail: EmailMessage
    encrypted: bool
    user: bytes | None


class Server:
    """A mail server on a port of its own that keeps what it takes; it can go down and come up again."""

    def __init__(self, **options: Any) -> None:
        self.taken: list[Taken] = []
        self.commands: list[bytes] = []
        self.refused: dict[str, str] = {}
        self.busy = 0
        self.on_data: Callable[[], object] = lambda: None
        self._options = options
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._running: Controller | None = None

    def up(self) -> "Server":
        self._running = Controller(self, hostname="127.0.0.1", port=self.port, **self._options)
        self._running.start()
        return self

    def down(self) -> None:
        if self._running:
            self._running.stop()
        self._running = None

    def at(self, **more: Any) -> Smtp:
        return Smtp(**{"host": "localhost", "port": self.port, "tls": False, "sender": SENDER, **more})

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802 - aiosmtpd's name
        found = message_from_bytes(envelope.content, policy=default)
        self.on_data()
        if self.busy:
            self.busy -= 1
            self.refused_ids = [*getattr(self, "refused_ids", []), found["Message-ID"]]
            return "451 4.7.1 Later"
        user = session.auth_data.login if session.authenticated else None
        self.taken.append(Taken(envelope.rcpt_tos, found, session.ssl is not None, user))
        return "250 OK"


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Makes mail servers, and stops them in the end."""
    made: list[Server] = []

    def make(**options: Any) -> Server:
        made.append(Server(**options).up())
        return made[-1]

    yield make
    for each in made:
        each.down()


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    return serve()


@pytest.fixture
def post(store: Store) -> Store:
    """A record where mail is sent, with an editor, an administrator, and two who decide nothing."""
    store.mails = True
    for role in ("editor", "admin", "submitter"):
        add_account(store, f"{role}@example.org", role)
    closed = add_account(store, "closed@example.org", "editor")
    with store.change(NOW, actor="test") as change:
        people.set_closed(change, closed, closed=True)
    return store


def add_account(store: Store, email: str, role: str) -> int:
    with store.change(NOW, actor="test") as change:
        return people.add(change, email=email, role=role, password_hash="$argon2id$none")


def deliver(store: Store, smtp: Smtp, *, after: timedelta = timedelta()) -> Delivered:
    return mail.deliver(store, smtp, base=BASE, texts=texts.of("en"), now=NOW + after)


def waiting(store: Store) -> list[tuple[str, str]]:
    return [tuple(row) for row in store.db.conn.execute("SELECT kind, recipient FROM outbox ORDER BY id")]


def text(sent: EmailMessage) -> str:
    return str(sent.get_content()).replace("\r\n", "\n")


def told(server: Server) -> dict[str, tuple[str, str]]:
    """Subject and text by recipient."""
    return {
        recipient: (taken.mail["Subject"], text(taken.mail)) for taken in server.taken for recipient in taken.recipients
    }


def test_proposal_is_told_to_its_proposer_and_to_all_who_decide(post, server):
    received = desk.propose(post, GIVEN, now=NOW)
    assert waiting(post) == [
        ("proposal-received", PROPOSER),
        ("proposal-waits", "admin@example.org"),
        ("proposal-waits", "editor@example.org"),
    ]
    assert deliver(post, server.at()) == Delivered(sent=3)
    proposed = "An event is proposed:\nRehearsal of a Forum\n9-10 February 2033\nQuito"
    decide = (
        "To decide: Rehearsal of a Forum",
        f"{proposed}\n\n{BASE}/desk/submissions/{received.number}\n",
    )
    words = [
        "We have received your proposal. An editor will read it; nothing of it shows before that.",
        "Here you see what becomes of it, and can amend it. The link is yours alone:",
        f"{BASE}/submissions/{received.token}",
        "If you proposed nothing, someone gave your address by mistake, and there is nothing to do.",
    ]
    assert told(server) == {
        PROPOSER: ("Your proposal to the UN Forum Calendar", "\n\n".join(words) + "\n"),
        "editor@example.org": decide,
        "admin@example.org": decide,
    }
    # The private link is in clear nowhere any more.
    assert waiting(post) == []


def test_mail_says_what_it_is(post, server):
    desk.propose(post, {**GIVEN, "title": "Réunion de Quito"}, now=NOW)
    deliver(post, server.at())
    found = server.taken[2].mail
    identity = found["Message-ID"]
    assert identity.endswith("@example.org>")
    expected = {
        "From": f"UN Forum Calendar <{SENDER}>",
        "To": "editor@example.org",
        "Subject": "To decide: Réunion de Quito",
        "Date": "Tue, 24 Nov 2026 09:30:00 +0000",
        "Message-ID": identity,
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    seen = {name: str(value) for name, value in found.items() if not name.startswith("X-")}
    assert seen == expected
    assert len({each.mail["Message-ID"] for each in server.taken}) == 3


def test_decision_is_told_and_the_address_is_gone_once_that_is_sent(post, server):
    first, second = (desk.propose(post, {**GIVEN, "title": title}, now=NOW) for title in ("A Forum", "B Forum"))
    deliver(post, server.at())
    server.taken.clear()
    event = desk.approve(post, first.number, {**GIVEN, "title": "A Forum"}, actor=EDITOR, reason="", now=NOW)
    desk.reject(post, second.number, actor=EDITOR, reason="It is the same as A Forum", now=NOW)
    assert [queue.by_id(post, each.number).email for each in (first, second)] == ["", ""]
    assert waiting(post) == [("proposal-approved", PROPOSER), ("proposal-rejected", PROPOSER)]
    deliver(post, server.at())
    approved = f"The editors took up what you proposed: A Forum\n\n{BASE}/events/{event.slug}\n"
    rejected = [
        "The editors didn’t take up what you proposed: B Forum",
        "They write: It is the same as A Forum",
        "Your private link shows it too.\n",
    ]
    assert [(each.mail["Subject"], text(each.mail)) for each in server.taken] == [
        ("In the calendar: A Forum", approved),
        ("Not taken up: B Forum", "\n\n".join(rejected)),
    ]
    assert not any(PROPOSER in line for line in post.db.conn.iterdump())


def test_merged_proposal_is_told_as_taken_up(post, server):
    event = desk.add(post, GIVEN, actor=EDITOR, now=NOW)
    received = desk.propose(post, {**GIVEN, "venue": "Hall 5"}, now=NOW)
    desk.merge(post, received.number, event.uid, sequence=event.sequence, reason="", actor=EDITOR, now=NOW)
    deliver(post, server.at())
    assert told(server)[PROPOSER][1].endswith(f"{BASE}/events/{event.slug}\n")


def test_change_of_an_event_is_told_as_one(post, server):
    event = desk.add(post, GIVEN, actor=EDITOR, now=NOW)
    desk.propose(post, {**GIVEN, "venue": "Hall 5"}, about=event.uid, now=NOW)
    deliver(post, server.at())
    assert told(server)["editor@example.org"][1].startswith("A change of an event is proposed:\nRehearsal of a Forum\n")


def test_nothing_is_written_where_no_mail_is_sent(store):
    add_account(store, "editor@example.org", "editor")
    kept = desk.propose(store, GIVEN, now=NOW)
    desk.reject(store, kept.number, actor=EDITOR, reason="No", now=NOW)
    by = people.by_email(store, "editor@example.org")
    accounts.invite(store, email="new@example.org", role="editor", by=by, now=NOW)
    assert waiting(store) == []


def test_without_an_address_only_those_who_decide_are_told(post):
    desk.propose(post, {**GIVEN, "submitter_email": ""}, now=NOW)
    assert {kind for kind, _ in waiting(post)} == {"proposal-waits"}


def test_nobody_is_flooded_in_the_name_of_proposals_that_wait(post):
    """Also where mail is sent at once, and however the address is written."""
    sent = 0
    for number in range(8):
        email = PROPOSER.upper() if number % 2 else PROPOSER
        desk.propose(post, {**GIVEN, "title": f"Forum {number}", "submitter_email": email}, now=NOW)
        sent += [kind for kind, _ in waiting(post)].count("proposal-received")
        post.db.conn.execute("DELETE FROM outbox")
    assert sent == 5
    desk.reject(post, 1, actor=EDITOR, reason="No", now=NOW)
    for number in (8, 9):
        desk.propose(post, {**GIVEN, "title": f"Forum {number}"}, now=NOW)
    assert [kind for kind, _ in waiting(post)].count("proposal-received") == 0


def test_invite_and_reset_are_mailed_with_their_links(post, server):
    admin = people.by_email(post, "admin@example.org")
    invite = accounts.invite(post, email="new@example.org", role="editor", by=admin, now=NOW)
    reset = accounts.make_reset_link(post, people.by_email(post, "editor@example.org").id, by=admin, now=NOW)
    assert deliver(post, server.at()) == Delivered(sent=2)
    assert f"{BASE}/invite/{invite}\n" in told(server)["new@example.org"][1]
    assert "admin@example.org invites you" in told(server)["new@example.org"][1]
    assert "Your role: Editor." in told(server)["new@example.org"][1]
    assert f"{BASE}/reset/{reset}\n" in told(server)["editor@example.org"][1]


def test_server_that_is_down_loses_neither_the_change_nor_the_mail(post, server):
    server.down()
    received = desk.propose(post, GIVEN, now=NOW)
    assert deliver(post, server.at()) == Delivered(failed=3)
    assert queue.by_id(post, received.number).state == "pending"
    state = outbox.state(post)
    assert (state.waiting, state.failed, "refused" in state.problem) == (3, 3, True)
    assert deliver(post, server.at(), after=timedelta(minutes=4, seconds=59)) == Delivered()
    server.up()
    assert deliver(post, server.at(), after=timedelta(minutes=5)) == Delivered(sent=3)
    assert (outbox.state(post).waiting, set(told(server))) == (0, {PROPOSER, "editor@example.org", "admin@example.org"})


def test_waits_grow_and_after_eight_tries_it_is_given_up_without_the_address(post, server):
    server.down()
    received = desk.propose(post, GIVEN, now=NOW)
    post.db.conn.execute("DELETE FROM outbox WHERE kind <> 'proposal-received'")
    after, waits = timedelta(), []
    for _ in range(mail.TRIES - 1):
        assert deliver(post, server.at(), after=after) == Delivered(failed=1)
        (due,) = post.db.conn.execute("SELECT due FROM outbox").fetchone()
        before = after
        while deliver_nothing(post, due, after):
            after += timedelta(minutes=5)
        waits.append((after - before) / timedelta(minutes=1))
    assert waits == [5, 15, 45, 135, 405, 1215, 1440]
    assert deliver(post, server.at(), after=after) == Delivered(lost=1)
    assert waiting(post) == []
    newest = log.entries(post, Wanted(), everyone=True, most=1)[0]
    assert (newest.actor, newest.action, newest.title) == ("mail", "mail-lost", GIVEN["title"])
    assert newest.address == f"/desk/submissions/{received.number}"
    # The proposal itself still has it: it waits.
    held = [line for line in post.db.conn.iterdump() if PROPOSER in line]
    assert [line[:26] for line in held] == ['INSERT INTO "submissions" ']


def deliver_nothing(store: Store, due: str, after: timedelta) -> bool:
    return f"{NOW + after:%Y-%m-%dT%H:%M:%SZ}" < due


def test_mail_that_was_not_taken_has_the_same_identity_the_next_time(post, server):
    desk.propose(post, {**GIVEN, "submitter_email": ""}, now=NOW)
    post.db.conn.execute("DELETE FROM outbox WHERE recipient <> 'editor@example.org'")
    server.busy = 1
    assert deliver(post, server.at()) == Delivered(failed=1)
    assert deliver(post, server.at(), after=timedelta(minutes=5)) == Delivered(sent=1)
    assert [server.taken[0].mail["Message-ID"]] == server.refused_ids


def test_one_who_is_refused_keeps_nothing_back_from_the_others(post, server):
    server.refused = {PROPOSER: "550 5.1.1 No such mailbox here"}
    desk.propose(post, GIVEN, now=NOW)
    with post.change(NOW, actor="test") as change:
        outbox.add(
            change, kind="invite", recipient="a..b@example.org", data={"token": "x", "role": "editor", "by": "y"}
        )
        outbox.add(change, kind="of-another-release", recipient="c@example.org", data={})
    assert deliver(post, server.at()) == Delivered(sent=2, failed=3)
    assert {recipient for _, recipient in waiting(post)} == {PROPOSER, "a..b@example.org", "c@example.org"}
    problems = [row[0] for row in post.db.conn.execute("SELECT problem FROM outbox ORDER BY id")]
    assert problems[0] == "SMTPRecipientsRefused: {'(the recipient)': (550, b'5.1.1 No such mailbox here')}"


def test_two_who_send_at_once_send_each_mail_once(post, server):
    desk.propose(post, {**GIVEN, "submitter_email": ""}, now=NOW)
    post.db.conn.execute("DELETE FROM outbox WHERE recipient <> 'editor@example.org'")
    other, second = Store(post.path), []
    server.on_data = lambda: second.append(deliver(other, server.at()))
    assert deliver(post, server.at()) == Delivered(sent=1)
    other.close()
    assert (second, len(server.taken)) == ([Delivered()], 1)


def test_hostile_title_is_one_line_of_one_header(post, server):
    title = "Forum\r\nBcc: victim@example.net\r\n\r\nBuy\u2028X-Evil: 1\x00\x85."
    data = {"number": "1", "title": title, "dates": "2033\r\nX: y", "city": "", "about": "", "reason": "a\nb"}
    with post.change(NOW, actor="test") as change:
        for kind in ("proposal-waits", "proposal-rejected"):
            outbox.add(change, kind=kind, recipient="editor@example.org", data=data)
    assert deliver(post, server.at()) == Delivered(sent=2)
    line = "Forum Bcc: victim@example.net Buy X-Evil: 1 ."
    assert [(each.recipients, each.mail["Subject"]) for each in server.taken] == [
        (["editor@example.org"], f"To decide: {line}"),
        (["editor@example.org"], f"Not taken up: {line}"),
    ]
    assert {name for each in server.taken for name in each.mail} & {"Bcc", "X", "X-Evil"} == set()
    assert text(server.taken[0].mail).splitlines()[:3] == ["An event is proposed:", line, "2033 X: y"]


def test_title_of_a_stranger_is_not_sent_to_whom_they_name(post, server):
    desk.propose(post, {**GIVEN, "title": "Buy at shop.example", "description": "Cheap"}, now=NOW)
    deliver(post, server.at())
    assert "shop" not in "".join(told(server)[PROPOSER]).casefold()


class Listening(Server):
    """One that also keeps how far anyone came with signing in."""

    async def auth_PLAIN(self, server, args):  # noqa: N802 - aiosmtpd's name
        self.commands.append(b" ".join(map(str.encode, args)))
        return AuthResult(success=True)


def known(_server, _session, _envelope, _mechanism, data) -> AuthResult:
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False, auth_data=data)


def test_password_is_not_sent_in_clear(post):
    server = Listening(auth_require_tls=False, authenticator=known).up()
    try:
        desk.propose(post, GIVEN, now=NOW)
        assert deliver(post, server.at(user=USER, password=PASSWORD)) == Delivered(failed=3)
    finally:
        server.down()
    assert (server.commands, server.taken) == ([], [])
    assert "no STARTTLS" in outbox.state(post).problem
    assert PASSWORD not in outbox.state(post).problem


def secured() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(KEY)
    return context


def test_password_goes_through_tls_to_a_server_that_proves_its_name(post, serve, monkeypatch):
    server = serve(tls_context=secured(), authenticator=known, auth_required=True)
    desk.propose(post, GIVEN, now=NOW)
    assert deliver(post, server.at(user=USER, password=PASSWORD)) == Delivered(failed=3)
    assert "CERTIFICATE_VERIFY_FAILED" in outbox.state(post).problem
    monkeypatch.setenv("SSL_CERT_FILE", str(KEY))
    later = timedelta(minutes=5)
    assert deliver(post, server.at(user=USER, password="wrong"), after=later) == Delivered(failed=3)
    assert "SMTPAuthenticationError" in outbox.state(post).problem
    later += timedelta(minutes=15)
    assert deliver(post, server.at(user=USER, password=PASSWORD), after=later) == Delivered(sent=3)
    assert {(each.encrypted, each.user) for each in server.taken} == {(True, USER.encode())}


def test_mail_without_a_password_is_encrypted_where_that_is_offered(post, serve):
    server = serve(tls_context=secured())
    desk.propose(post, GIVEN, now=NOW)
    assert deliver(post, server.at()) == Delivered(sent=3)
    assert {each.encrypted for each in server.taken} == {True}


@pytest.mark.parametrize(
    ("address", "sender", "smtp"),
    [
        ("", "", None),
        ("smtp://m.example", SENDER, Smtp(host="m.example", port=587, tls=False, sender=SENDER)),
        (
            "smtps://u%40x:p%3A%2F@[::1]:9",
            SENDER,
            Smtp(host="::1", port=9, tls=True, sender=SENDER, user="u@x", password="p:/"),
        ),
    ],
)
def test_settings_of_mail_are_read(address, sender, smtp):
    assert settings.read({"CALENDAR_SMTP": address, "CALENDAR_MAIL_FROM": sender}).smtp == smtp


@pytest.mark.parametrize("address", ["m.example", "http://m.example", "smtp://", "smtp://u@m.example", "smtp://h:x"])
def test_address_that_names_no_mail_server_is_refused(address):
    with pytest.raises(ValueError, match="CALENDAR_SMTP"):
        settings.read({"CALENDAR_SMTP": address, "CALENDAR_MAIL_FROM": SENDER})


@pytest.mark.parametrize("sender", ["", "calendar", "a b@example.org", "C <c@example.org>", "c@e.org\r\nBcc: x@e.org"])
def test_sender_that_is_no_address_is_refused(sender):
    with pytest.raises(ValueError, match="CALENDAR_MAIL_FROM"):
        settings.read({"CALENDAR_SMTP": "smtp://m.example", "CALENDAR_MAIL_FROM": sender})


def test_nothing_prints_the_password():
    address = f"smtps://{USER}:open%20sesame%3F@m.example"
    assert "sesame" not in repr(settings.read({"CALENDAR_SMTP": address, "CALENDAR_MAIL_FROM": SENDER}))
    with pytest.raises(ValueError, match="CALENDAR_SMTP") as refused:
        settings.read({"CALENDAR_SMTP": "smtp://u:open sesame#@m.example", "CALENDAR_MAIL_FROM": SENDER})
    assert "sesame" not in str(refused.value)


def test_command_sends_what_waits(post, server, monkeypatch, capsys):
    desk.propose(post, GIVEN, now=NOW)
    monkeypatch.setenv("CALENDAR_DB", str(post.path))
    monkeypatch.delenv("CALENDAR_SMTP", raising=False)
    assert (cli.main(["mail"]), capsys.readouterr().err) == (
        1,
        "calendar-app: CALENDAR_SMTP is not set, so no mail is sent\n",
    )
    monkeypatch.setenv("CALENDAR_SMTP", f"smtp://localhost:{server.port}")
    monkeypatch.setenv("CALENDAR_MAIL_FROM", SENDER)
    monkeypatch.setenv("CALENDAR_BASE_URL", BASE)
    # The clock of the command is today's, which the record's may be ahead of.
    post.db.conn.execute("UPDATE outbox SET due = '2020-01-01T00:00:00Z'")
    assert (cli.main(["mail"]), capsys.readouterr().out) == (0, "sent: 3, failed: 0, given up: 0, waiting: 0\n")
    assert set(told(server)) == {PROPOSER, "editor@example.org", "admin@example.org"}


def test_doctor_says_whether_mail_is_sent_and_what_waits(post, server):
    config = settings.Settings(database=post.path)
    assert list(doctor.mail_lines(post, config)) == ["mail: not set"]
    server.down()
    desk.propose(post, GIVEN, now=NOW)
    deliver(post, server.at())
    config = settings.Settings(database=post.path, smtp=server.at(user=USER, password=PASSWORD))
    (line,) = doctor.mail_lines(post, config)
    told = f"mail: through localhost:{server.port} from {SENDER}; waiting: 3, of these failed before: 3 (Connection"
    assert line.startswith(told)
    assert PASSWORD not in line


def test_form_of_the_site_writes_to_the_outbox(make_app, server):
    app = make_app(smtp=server.at())
    client = app.test_client()
    assert "We write what becomes of it" in page(client.get("/submit")).text
    link = send(client, "/submit", GIVEN).location
    assert waiting(store_of(app)) == [("proposal-received", PROPOSER), ("proposal-waits", EDITOR)]
    assert deliver(store_of(app), server.at()) == Delivered(sent=2)
    assert f"{BASE}{link}\n" in told(server)[PROPOSER][1]
    sign_in(client)
    number = queue.pending(store_of(app))[0].id
    data = {"do": "reject", "reason": "Not ours", "version": "1"}
    assert send(client, f"/desk/submissions/{number}", data).status_code == 303
    assert waiting(store_of(app)) == [("proposal-rejected", PROPOSER)]
