"""A folder in which another system puts files: taken once they are whole, never moved, links and half files left."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.any_mail import a_mail
from schoolsafe.domain.mail_source import Stamp
from schoolsafe.mailbox.fetcher import ChildFetcher
from schoolsafe.mailbox.limits import LOOK
from schoolsafe.services.mail_fetching import Errand, FolderPlace
from schoolsafe.services.notification_entry import ORIGINAL


@pytest.fixture
def share(tmp_path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def stamp(file: Path) -> Stamp:
    facts = file.stat()
    return Stamp(facts.st_size, facts.st_mtime_ns)


def look(folder: Path, *, ready: tuple[str, ...] = (), settled: tuple[str, ...] = (), limits=LOOK):
    errand = Errand(
        "mail_source:1",
        folder=FolderPlace(str(folder)),
        ready={name: stamp(folder / name) for name in ready},
        settled={name: stamp(folder / name) for name in settled},
    )
    return ChildFetcher(limits).fetch(errand, "")


def test_the_service_takes_a_file_once_over_two_looks(mail, school, share):
    mail.add_folder("Council share", str(share))
    (share / "a.eml").write_bytes(a_mail("Robin"))
    seen = []
    for _look in range(3):
        (report,) = mail.check()
        seen.append((report.new, report.waiting, report.problem))
        school.clock.move(seconds=10)
    assert seen == [(0, 1, ""), (1, 0, ""), (0, 0, "")]
    assert (share / "a.eml").read_bytes() == a_mail("Robin")


def test_a_half_copied_file_waits_until_it_stands_still(mail, school, share):
    mail.add_folder("Council share", str(share))
    whole = a_mail("Robin", size=5000)
    for part in (1000, 3000, 5000, 5000):
        (share / "a.eml").write_bytes(whole[:part])
        (report,) = mail.check()
        school.clock.move(seconds=10)
    assert (report.new, report.waiting) == (0, 1)
    (report,) = mail.check()
    assert report.new == 1
    found = school.services.notifications
    assert found.originals.read(found.list()[0].id, ORIGINAL) == whole


def test_what_is_unfinished_hidden_or_a_link_is_passed_over(share, tmp_path):
    secret = tmp_path / "elsewhere.eml"
    secret.write_bytes(a_mail("Wren"))
    for name in (".a.eml", "~$a.docx", "a.eml.part", "b.crdownload", "Thumbs.db", "c.tmp"):
        (share / name).write_bytes(b"x")
    (share / "folder.eml").mkdir()
    os.mkfifo(share / "pipe.eml")
    (share / "link.eml").symlink_to(secret)
    haul = look(share)
    assert haul.seen == {}
    assert haul.problem is None


def test_a_file_swapped_for_a_link_at_the_last_moment_is_not_followed(share, tmp_path):
    (share / "a.eml").write_bytes(a_mail("Robin"))
    before = stamp(share / "a.eml")
    secret = tmp_path / "elsewhere.eml"
    secret.write_bytes(a_mail("Robin"))
    (share / "a.eml").unlink()
    (share / "a.eml").symlink_to(secret)
    errand = Errand("s", folder=FolderPlace(str(share)), ready={"a.eml": before})
    assert ChildFetcher().fetch(errand, "").items == ()


def test_only_what_is_ready_is_read(share):
    for name in ("a.eml", "b.eml", "c.eml"):
        (share / name).write_bytes(a_mail(name))
    haul = look(share, ready=("a.eml", "b.eml"), settled=("b.eml",))
    assert [item.name for item in haul.items] == ["a.eml"]
    assert set(haul.seen or ()) == {"a.eml", "b.eml", "c.eml"}


def test_a_file_that_changed_since_it_was_ready_is_not_read(share):
    (share / "a.eml").write_bytes(a_mail("Robin"))
    errand = Errand("s", folder=FolderPlace(str(share)), ready={"a.eml": Stamp(3, 4)})
    haul = ChildFetcher().fetch(errand, "")
    assert haul.items == ()
    assert haul.seen == {"a.eml": stamp(share / "a.eml")}


def test_files_that_cannot_be_taken_have_their_sentences(share):
    (share / "photo.jpeg").write_bytes(b"x")
    (share / "large.eml").write_bytes(b"x" * 5000)
    limits = replace(LOOK, message_bytes=4096)
    haul = look(share, ready=("photo.jpeg", "large.eml"), limits=limits)
    assert {item.name: str(item.left) for item in haul.items} == {
        "photo.jpeg": "This is no email and no document that can be read. It stays in the folder.",
        "large.eml": "This file has 1 MB; 0 MB is the most that is taken. It stays in the folder.",
    }


def test_a_folder_that_is_not_there_is_said(share):
    haul = look(share / "gone")
    assert str(haul.problem).startswith("The watched folder cannot be reached.")
    assert haul.seen is None


def test_of_too_many_files_the_newest_are_looked_at_and_it_is_said(share):
    for n in range(6):
        (share / f"{n}.eml").write_bytes(a_mail(str(n)))
        os.utime(share / f"{n}.eml", (n, n))
    limits = replace(LOOK, files=4, batch=3)
    haul = look(share, ready=tuple(f"{n}.eml" for n in range(6)), limits=limits)
    assert [item.name for item in haul.items] == ["2.eml", "3.eml", "4.eml"]
    assert haul.more
    assert str(haul.problem).startswith("The watched folder holds more than 4 files.")


def test_a_folder_with_too_many_files_is_looked_at_all_the_same(mail, school, share):
    school.mail.fetcher._limits = replace(LOOK, files=2)
    mail.add_folder("Council share", str(share))
    for n in range(3):
        (share / f"{n}.eml").write_bytes(a_mail(str(n)))
        os.utime(share / f"{n}.eml", (n, n))
    mail.check()
    school.clock.move(seconds=10)
    (report,) = mail.check()
    assert report.new == 2
    assert "more than 2 files" in report.problem
    assert mail.standing().trouble == ""
    assert mail.standing().last.endswith("8:18am.")


def test_names_in_no_encoding_are_told_apart(share):
    for name in (b"\xff\xfe.eml", b"\xff\xfd.eml"):
        (share / os.fsdecode(name)).write_bytes(a_mail("Robin"))
    haul = look(share)
    assert sorted(haul.seen or ()) == ["\\xff\\xfd.eml", "\\xff\\xfe.eml"]


def test_a_file_nobody_may_open_is_said_once_to_somebody_who_may_not(share):
    if os.getuid() == 0:
        return  # root may open everything
    (share / "a.eml").write_bytes(a_mail("Robin"))
    (share / "a.eml").chmod(0)
    (item,) = look(share, ready=("a.eml",)).items
    assert "may not be opened by you" in str(item.left)
