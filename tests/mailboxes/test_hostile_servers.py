"""Whatever a server says ends in one of our sentences, within the limits, and costs no message."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailboxes.hostile_server import GREETINGS, TRICKS
from schoolsafe.domain.mail_source import Tls
from schoolsafe.errors import SchoolSafeError
from schoolsafe.mailbox.errors import LookStopped
from schoolsafe.mailbox.fetcher import ChildFetcher
from schoolsafe.mailbox.limits import LOOK
from schoolsafe.services.mail_fetching import Errand, Haul, ImapPlace

SERVER = Path(__file__).with_name("hostile_server.py")
QUICK = replace(LOOK, connect_s=2.0, read_s=1.0, wall_s=4.0, session_bytes=8 * 1024 * 1024)
SECRET = "pretend lamp"
Ask = Callable[..., Haul]


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Looks at a server that plays a trick."""
    running: list[subprocess.Popen[str]] = []

    def look(trick: str, *, secret: str = SECRET, **place: object) -> Haul:
        server = subprocess.Popen(
            [sys.executable, str(SERVER), trick], stdout=subprocess.PIPE, text=True
        )
        running.append(server)
        assert server.stdout is not None
        port = int(server.stdout.readline())
        given = {"host": "127.0.0.1", "user": "lead@example.org", "tls": Tls.OFF} | place
        errand = Errand("mail_source:1", imap=ImapPlace(port=port, **given))
        return ChildFetcher(QUICK).fetch(errand, secret)

    yield look
    for server in running:
        server.kill()
        server.wait()
        if server.stdout is not None:
            server.stdout.close()


SENTENCES = {
    "not-imap": "as no mail server does",
    "nul-bytes": "as no mail server does",
    "no-line-end": "says more than any mail server needs to",
    "bye": "as no mail server does",
    "nothing": "was too slow",
    "busy": "lets nobody in just now",
    "hangs-up-at-login": "broke off",
    "no-validity": "does not number its messages",
    "validity-is-a-word": "as no mail server does",
    "validity-is-nought": "does not number its messages",
    "search-of-words": "as no mail server does",
    "search-below": "as no mail server does",
    "huge-line": "says more than any mail server needs to",
    "endless": "says more than any mail server needs to",
    "silent": "was too slow",
    "hangs-up": "broke off",
    "garbage": "broke off",
    "validity-is-huge": "does not number its messages",
    "wrong-tag": "as no mail server does",
    "number-of-5000-figures": "as no mail server does",
    "nested": "as no mail server does",
    "drip": "was too slow",
    "second-login-asked": "was too slow",
}
"""Tricks that end a look; the others leave a message, or none."""


@pytest.mark.parametrize("trick", sorted({*GREETINGS, *TRICKS}))
def test_every_trick_ends_in_a_sentence_of_ours_and_in_time(ask, trick):
    begun = time.monotonic()
    haul = ask(trick, oauth=trick == "token", secret="good-token")
    assert time.monotonic() - begun < 12
    assert haul.problem is None or isinstance(haul.problem, SchoolSafeError)
    assert not isinstance(haul.problem, LookStopped), "the child died of it"
    assert SENTENCES.get(trick, "") in str(haul.problem or "")
    assert (haul.problem is not None) == (trick in SENTENCES)
    for item in haul.items:
        assert item.left is not None or item.data in {
            b"",
            f"Subject: Robin {item.uid}\r\n\r\nx\r\n".encode(),
        }


def test_a_good_server_gives_its_three_messages(ask):
    haul = ask("good")
    assert [item.uid for item in haul.items] == [1, 2, 3]
    assert haul.validity == 7
    assert not haul.more


def test_a_token_is_taken_in_place_of_a_password(ask):
    assert len(ask("token", oauth=True, secret="good-token").items) == 3
    refused = ask("token", oauth=True, secret="old-token")
    assert "did not take this access token" in str(refused.problem)


@pytest.mark.parametrize("trick", ["huge-literal", "unbalanced"])
def test_a_message_that_is_not_handed_over_does_not_keep_the_next_from_coming(ask, trick):
    haul = ask(trick)
    (left,) = haul.items
    assert left.uid == 1
    assert "did not hand this message over whole" in str(left.left)
    assert haul.more


@pytest.mark.parametrize("trick", ["nil", "a-number", "other-message"])
def test_an_answer_without_the_message_is_a_message_that_went(ask, trick):
    assert [(item.uid, item.data, item.left) for item in ask(trick).items] == [
        (uid, b"", None) for uid in (1, 2, 3)
    ]


def test_no_server_at_all_is_said(ask):
    haul = ChildFetcher(QUICK).fetch(
        Errand("s", imap=ImapPlace("127.0.0.1", "lead@example.org", port=1, tls=Tls.OFF)), "x"
    )
    assert str(haul.problem) == "The mail server 127.0.0.1 does not answer on port 1."
    haul = ChildFetcher(QUICK).fetch(
        Errand("s", imap=ImapPlace("mail.nowhere.invalid", "lead@example.org")), "x"
    )
    assert "No mail server of the name mail.nowhere.invalid was found." in str(haul.problem)


def test_a_server_that_speaks_no_tls_is_said(ask):
    assert "does not speak TLS" in str(ask("good", tls=Tls.ON).problem)
    assert "does not speak TLS" in str(ask("good", tls=Tls.STARTTLS).problem)
