"""The whole way by command line: a real mailbox, the real reader, a school's own notices, taken in once."""

from pathlib import Path

import pytest

from mailboxes.dovecot import PASSWORD, USER, Dovecot
from terminal import Terminal, set_up

DATA = Path(__file__).parents[1] / "data" / "notifications"


@pytest.fixture(scope="module")
def founded(tmp_path_factory) -> Terminal:
    return set_up(tmp_path_factory.mktemp("mailbox"))


@pytest.fixture
def terminal(founded, tmp_path) -> Terminal:
    return founded.copied_to(tmp_path)


def add(terminal: Terminal, server: Dovecot, password: str = PASSWORD) -> None:
    terminal.ok(
        *("mailbox", "add", "imap", "Police mailbox", "--server", "localhost", "--user", USER),
        *("--port", str(server.sealed), "--ca-file", server.ca_file),
        secrets=[terminal.passphrase, password],
    )


def test_a_nights_notices_come_from_a_mailbox_once(terminal, server):
    add(terminal, server)
    files = sorted(DATA.glob("*.eml"))[:6]
    for file in files:
        server.deliver(file.read_bytes())
    (told,) = terminal.ok("mailbox", "check")["sources"]
    assert (told["new"] + told["refused"], told["duplicate"]) == (6, 0)
    assert told["problem"] is None
    assert told["looked_at"] == "2026-11-09T08:18:00+00:00"
    assert len(terminal.ok("notification", "list")["notifications"]) >= told["new"]
    (again,) = terminal.ok("mailbox", "check")["sources"]
    assert (again["new"], again["duplicate"], again["refused"]) == (0, 0, 0)
    by_hand = terminal.ok("import", "mail", str(files[0]))["results"]
    assert by_hand[0]["outcome"] == "duplicate"
    assert server.flags() == [""] * 6


def test_a_password_that_is_refused_ends_with_1_and_a_server_that_is_gone_with_4(terminal, server):
    add(terminal, server, "not this one")
    said = terminal("mailbox", "check")
    assert said.code == 1
    assert "Enter the password again." in said.json["error"]["message"]
    new = [terminal.passphrase, PASSWORD]
    terminal.ok("mailbox", "secret", "Police mailbox", secrets=new)
    server.deliver(min(DATA.glob("*.eml")).read_bytes())
    server.stop()
    said = terminal("mailbox", "check")
    assert said.code == 4
    (told,) = said.json["sources"]
    assert (told["looked_at"], told["new"]) == (None, 0)
    assert terminal.ok("mailbox", "list")["sources"][0]["not_reached_since"]
