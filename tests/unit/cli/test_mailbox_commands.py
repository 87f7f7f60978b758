"""Mail sources from a script: named, looked at, told, forgotten; a password is never an argument."""

from pathlib import Path

import pytest

from terminal import Terminal, secret_of

DATA = Path(__file__).parents[2] / "data" / "notifications"
MAIL = min(DATA.glob("*.eml"))
LATER = "2026-11-09T08:19"
LATER_STILL = "2026-11-09T08:20"


@pytest.fixture
def share(tmp_path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def check(school: Terminal, now: str):
    (one,) = school.ok("mailbox", "check", now=now)["sources"]
    return one


def test_a_watched_folder_from_naming_to_forgetting(school, share):
    assert school.ok("mailbox", "list") == {"allowed": True, "sources": []}
    assert school.ok("mailbox", "check") == {"sources": []}
    made = school.ok("mailbox", "add", "folder", "Council share", str(share))
    assert made["id"].startswith("mail_source:")
    (share / "notice.eml").write_bytes(MAIL.read_bytes())
    assert check(school, "2026-11-09T08:18") == {
        "name": "Council share",
        "looked_at": "2026-11-09T08:18:00+00:00",
        "new": 0,
        "duplicate": 0,
        "refused": 0,
        "waiting": 1,
        "problem": None,
        "reasons": [],
    }
    assert check(school, LATER)["new"] == 1
    assert check(school, LATER_STILL)["new"] == 0
    assert school.ok("notification", "list")["notifications"]
    (kept,) = school.ok("mailbox", "list")["sources"]
    assert kept["kind"] == "folder"
    assert kept["where"] == str(share)
    assert kept["taken"] == 1
    assert school.ok("mailbox", "remove", "council share") == {"removed": True}
    assert school.ok("mailbox", "list")["sources"] == []
    assert (share / "notice.eml").exists()


def test_a_mailbox_that_is_not_reached_is_told_and_ends_with_4(school):
    given = ("add", "imap", "Police mailbox", "--server", "127.0.0.1", "--port", "1")
    said = school(
        "mailbox",
        *given,
        *("--user", "lead@example.org", "--tls", "off", "--since", "2026-11-01"),
        secrets=[school.passphrase, "pretend lamp"],
    )
    assert said.code == 0, said
    assert "pretend lamp" not in said.out + said.err
    told = school("mailbox", "check")
    assert told.code == 4
    (one,) = told.json["sources"]
    assert one["problem"] == "The mail server 127.0.0.1 does not answer on port 1."
    assert told.json["error"] == {"code": "not_reached", "message": one["problem"]}
    (kept,) = school.ok("mailbox", "list")["sources"]
    assert kept["not_reached_since"] == "2026-11-09T08:18:00+00:00"
    assert (kept["tls"], kept["since"], kept["where"]) == ("off", "2026-11-01", "127.0.0.1, INBOX")


def test_in_a_test_school_the_password_lies_beside_the_device_secret(school):
    school.ok(
        *("mailbox", "add", "imap", "Police mailbox", "--server", "mail.example.org"),
        *("--user", "lead@example.org"),
        secrets=[school.passphrase, "pretend lamp"],
    )
    kept = [f for f in secret_of(school.home).iterdir() if b"pretend lamp" in f.read_bytes()]
    assert len(kept) == 1
    inside = [f for f in school.home.rglob("*") if f.is_file()]
    assert not [f for f in inside if b"pretend lamp" in f.read_bytes()]
    changed = school.ok(
        "mailbox", "secret", "Police mailbox", secrets=[school.passphrase, "other lamp"]
    )
    assert changed == {"changed": True}
    assert b"other lamp" in kept[0].read_bytes()
    school.ok("mailbox", "remove", "Police mailbox")
    assert not kept[0].exists()


@pytest.mark.parametrize(
    ("words", "code", "refusal"),
    [
        (("add", "imap", "A", "--server", "mail.example.org"), 2, "wrong_use"),
        (("add", "imap", "A", "--server", "", "--user", "u"), 1, "name_the_server"),
        (("add", "imap", "A", "--server", "m.example.org", "--user", "u", "--tls", "off"), 1, "plain_only_here"),
        (("add", "imap", "A", "--server", "m.example.org", "--user", "u", "--port", "0"), 1, "port_is_off"),
        (("add", "imap", "A", "--server", "m.example.org", "--user", "u", "--since", "soon"), 1, "date_unreadable"),
        (("add", "imap", "A", "--server", "m.example.org", "--user", "u"), 3, "nothing_typed"),
        (("add", "folder", "", "/srv/council"), 1, "name_the_source"),
        (("remove", "nobody"), 1, "no_such_source"),
        (("check", "nobody"), 1, "no_such_source"),
        (("secret", "nobody"), 1, "no_such_source"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_refused_in_words(school, words, code, refusal):
    said = school("mailbox", *words)
    assert (said.code, said.refused) == (code, refusal)
    assert school.ok("mailbox", "list")["sources"] == []


def test_for_a_person_it_is_a_sentence_a_source(school, share):
    school.ok("mailbox", "add", "folder", "Council share", str(share))
    said = school("mailbox", "check", as_json=False)
    assert said.out == "Council share: 0 new, 0 already here, 0 not taken.\n"
    share.rmdir()
    said = school("mailbox", "check", as_json=False)
    assert said.out.startswith(
        "Council share: 0 new, 0 already here, 0 not taken. The watched folder"
    )
    assert "The watched folder cannot be reached." in said.err
