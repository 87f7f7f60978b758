"""Against a real IMAP server: taken once, nothing marked or deleted, nothing lost when it is cut off."""

import os
from dataclasses import replace

import pytest
from typing_extensions import override

from fakes.any_mail import a_mail
from mailboxes.dovecot import PASSWORD, Dovecot, running, start
from schoolsafe.domain.mail_source import Tls, Uids
from schoolsafe.mailbox.fetcher import ChildFetcher
from schoolsafe.services.mail_fetching import Errand
from schoolsafe.services.notification_entry import ORIGINAL

MB = 1024 * 1024


def originals(school) -> list[bytes]:
    """Every message on record, byte for byte."""
    found = school.services.notifications
    return [found.originals.read(row.id, ORIGINAL) for row in found.list()]


def counts(mail):
    (report,) = mail.check(["Police mailbox"])
    return report.new, report.duplicate, report.refused, report.problem


def test_new_mail_is_taken_once_byte_for_byte_and_left_as_it_was(mail, box, school):
    sent = [a_mail("Robin"), a_mail("Wren", size=300_000), "Subject: Łucja\r\n\r\nż\r\n".encode()]
    for data in sent:
        box.deliver(data)
    assert counts(mail) == (3, 0, 0, "")
    assert counts(mail) == (0, 0, 0, "")
    assert sorted(box.messages().values()) == sorted(sent)
    assert box.flags() == ["", "", ""]
    kept = originals(school)
    assert sorted(kept) == sorted(sent)


def test_nothing_it_says_to_the_server_marks_or_deletes(mail, box):
    box.deliver(a_mail("Robin"))
    counts(mail)
    assert "deleted=0 expunged=0 trashed=0" in box.log()
    assert box.flags() == [""]


def test_another_uidvalidity_takes_nothing_twice(mail, box):
    for name in ("Robin", "Wren"):
        box.deliver(a_mail(name))
    assert counts(mail) == (2, 0, 0, "")
    (state,) = mail.list()
    box.new_validity()
    box.deliver(a_mail("Swift"))
    assert counts(mail) == (1, 2, 0, "")
    (after,) = mail.list()
    assert after.uids.validity == 1777777777
    assert after.uids.validity != state.uids.validity
    assert counts(mail) == (0, 0, 0, "")


def test_two_hundred_messages_come_in_a_few_looks(mail, box, school):
    for n in range(200):
        box.deliver(a_mail(f"Robin {n}"))
    assert counts(mail) == (200, 0, 0, "")
    assert len(school.services.notifications.list()) == 200
    assert counts(mail) == (0, 0, 0, "")
    assert set(box.flags()) == {""}


def test_a_message_of_26_mb_is_not_fetched_and_is_told(mail, box, school):
    box.deliver(a_mail("Robin", size=26 * MB))
    box.deliver(a_mail("Wren"))
    assert counts(mail) == (1, 0, 1, "")
    (state,) = mail.list()
    assert state.left[0].reason == (
        "This message has 26 MB; 25 MB is the most that is taken. It stays in the mailbox: "
        "open it there."
    )
    kept = originals(school)
    assert a_mail("Robin") in kept
    assert max(len(data) for data in kept) < 1000
    assert counts(mail) == (0, 0, 0, "")
    assert len(box.messages()) == 2


class _KillsTheServer(ChildFetcher):
    """Once the first part of a message is here, the server is gone: the child has the rest of that message at most."""

    def __init__(self, server: Dovecot) -> None:
        super().__init__()
        self._server: Dovecot | None = server

    @override
    def _by_selector(self, process, job):
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(job)
        process.stdin.close()
        heard = bytearray(os.read(process.stdout.fileno(), 1000))
        if self._server is not None:
            self._server.stop()
        while more := os.read(process.stdout.fileno(), 1_000_000):
            heard += more
        return heard, True


def test_a_message_just_below_the_limit_is_taken_whole(mail, box, school):
    large = a_mail("Robin", size=25 * MB)
    box.deliver(large)
    assert counts(mail) == (1, 0, 0, "")
    assert originals(school) == [large]


def test_a_server_killed_in_the_middle_of_a_fetch_costs_nothing(mail, box, school, server):
    for n in range(5):
        box.deliver(a_mail(f"Robin {n}", size=3 * MB))
    (errand,) = mail.due()
    haul = _KillsTheServer(server).fetch(errand, PASSWORD)
    assert [item.uid for item in haul.items] == [1]
    assert str(haul.problem).startswith("The connection to localhost broke off.")
    mail.take(errand, haul, haul.items)
    mail.finish(errand, haul)
    new, _duplicate, _refused, problem = counts(mail)
    assert new == 0
    assert problem == f"The mail server localhost does not answer on port {server.sealed}."
    server.process = start(server.folder, server.sealed, server.plain).process
    assert counts(mail) == (4, 0, 0, "")
    assert len(school.services.notifications.list()) == 5


def test_a_wrong_password_has_its_sentence(mail, place):
    mail.add_mailbox("Police mailbox", place, "not this one")
    assert counts(mail)[3] == (
        "The mail server localhost did not take this login name and password. "
        "Enter the password again."
    )


@pytest.mark.parametrize("password", ["pässwort", 'quo"te\\slash', "{5}", "x" * 900])
def test_odd_passwords_are_refused_by_the_server_and_break_nothing(mail, place, password):
    mail.add_mailbox("Police mailbox", place, password)
    assert "did not take this login name" in counts(mail)[3]


def test_a_certificate_nobody_vouches_for_is_refused_with_what_to_ask_it(mail, place):
    mail.add_mailbox("Police mailbox", replace(place, ca_file=""), PASSWORD)
    problem = counts(mail)[3]
    assert problem.startswith("This computer does not trust the certificate of localhost.")
    assert "Ask your IT team" in problem


def test_a_certificate_for_another_name_is_refused(mail, place):
    mail.add_mailbox("Police mailbox", replace(place, host="127.0.0.2"), PASSWORD)
    assert counts(mail)[3]
    mail.add_mailbox("By address", replace(place, host="127.0.0.1"), PASSWORD)
    (report,) = mail.check(["By address"])
    assert report.problem == ""


def test_a_certificate_file_that_is_none_is_said(mail, place, server):
    for ca_file in ("/nowhere/at/all.pem", str(server.folder / "dovecot.conf")):
        mail.add_mailbox(ca_file[:50], replace(place, ca_file=ca_file), PASSWORD)
        (report,) = mail.check([ca_file[:50]])
        assert report.problem == (
            "The certificate file for localhost cannot be read. Ask your IT team for it."
        )


def test_a_port_without_tls_is_said(mail, place, server):
    mail.add_mailbox("Police mailbox", replace(place, port=server.plain), PASSWORD)
    assert "does not speak TLS" in counts(mail)[3]


def test_starttls_is_sealed_before_anything_is_said(mail, place, server):
    box = replace(place, port=server.plain, tls=Tls.STARTTLS)
    mail.add_mailbox("Police mailbox", box, PASSWORD)
    server.deliver(a_mail("Robin"))
    assert counts(mail) == (1, 0, 0, "")
    mail.add_mailbox("Unvouched", replace(box, ca_file=""), PASSWORD)
    (report,) = mail.check(["Unvouched"])
    assert "does not trust the certificate" in report.problem


def test_a_server_without_starttls_gets_no_password(mail, place):
    with running(ssl="no") as bare:
        box = replace(place, port=bare.plain, tls=Tls.STARTTLS)
        mail.add_mailbox("Police mailbox", box, PASSWORD)
        assert "does not speak TLS" in counts(mail)[3]
        assert "Login:" not in bare.log()


def test_another_folder_of_the_mailbox(mail, place, server):
    server.deliver(a_mail("Robin"), folder="Op Encompass &- Mehr")
    server.deliver(a_mail("Wren"))
    mail.add_mailbox("Police mailbox", replace(place, folder="Op Encompass & Mehr"), PASSWORD)
    assert counts(mail) == (1, 0, 0, "")


def test_a_folder_that_is_not_there_is_said(mail, place):
    mail.add_mailbox("Police mailbox", replace(place, folder="Nowhere"), PASSWORD)
    assert counts(mail)[3] == (
        "This mailbox has no folder of the name Nowhere, or it may not be read."
    )


def test_messages_that_came_before_a_day_stay_where_they_are(mail, place, server):
    server.deliver(a_mail("Robin"))
    os.utime(next((server.inbox / "new").iterdir()), (1_500_000_000, 1_500_000_000))
    server.deliver(a_mail("Wren"))
    mail.add_mailbox("Police mailbox", place, PASSWORD)
    assert counts(mail) == (1, 0, 0, "")


def test_the_child_gives_up_when_it_is_told_to(place):
    fetcher = ChildFetcher()
    fetcher.stop()
    haul = fetcher.fetch(Errand("mail_source:1", imap=place), PASSWORD)
    assert str(haul.problem) == "Looking for mail stopped before it was done. It is tried again."


def test_a_validity_that_is_known_begins_after_the_last(box, place):
    for n in range(3):
        box.deliver(a_mail(f"Robin {n}"))
    fetcher = ChildFetcher()
    errand = Errand("mail_source:1", imap=place)
    first = fetcher.fetch(errand, PASSWORD)
    assert [item.uid for item in first.items] == [1, 2, 3]
    assert first.validity is not None
    rest = fetcher.fetch(replace(errand, uids=Uids(first.validity, 2)), PASSWORD)
    assert [item.uid for item in rest.items] == [3]
    none = fetcher.fetch(replace(errand, uids=Uids(first.validity, 3)), PASSWORD)
    assert none.items == ()
    assert none.problem is None
