"""A relay folder: whole files, taken once, whatever sticks, shares and synchronising programs do to it."""

import errno
import json
import os
import time
from pathlib import Path

import pytest

from schoolsafe.relay import disk, folder, mail
from schoolsafe.relay.folder import open_relay

BOX, SLOT = bytes(range(16)), bytes(range(32))
NAME = SLOT.hex()


def nothing_known(_name: str, _stamp: str) -> bool:
    return False


@pytest.fixture
def relay(tmp_path):
    return open_relay(tmp_path, make=True)


@pytest.fixture
def box(tmp_path, relay) -> Path:
    place = tmp_path / "mail" / BOX.hex()
    place.mkdir(parents=True)
    return place


def test_a_folder_is_marked_once_and_keeps_its_id(tmp_path):
    made = open_relay(tmp_path, make=True)
    assert json.loads((tmp_path / "relay.json").read_text()) == {
        "format": folder.FORMAT,
        "id": made.id,
    }
    assert open_relay(tmp_path).id == open_relay(tmp_path, make=True).id == made.id


def test_what_is_no_relay_is_said_in_a_sentence(tmp_path):
    with pytest.raises(folder.NoSuchRelayFolder):
        open_relay(tmp_path / "gone", make=True)
    with pytest.raises(folder.NotARelayYet):
        open_relay(tmp_path)
    for text in ("", "[]", "{", '{"format": "schoolsafe relay 2", "id": "a"}', "[" * 3000):
        (tmp_path / "relay.json").write_text(text)
        with pytest.raises(folder.NotARelayFolder):
            open_relay(tmp_path, make=True)


def test_a_stick_that_was_pulled_out_is_not_an_empty_mailbox(tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    relay = open_relay(place, make=True)
    (place / "relay.json").unlink()
    place.rmdir()
    with pytest.raises(folder.NoSuchRelayFolder):
        relay.look(BOX, nothing_known)


def test_nothing_but_the_file_is_left_behind(relay, tmp_path):
    relay.put(BOX, SLOT, b"sealed")
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [NAME, "relay.json"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_a_stick_without_links_is_written_all_the_same(relay, monkeypatch, number):
    def no_links(_self, _target):
        raise OSError(number, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert relay.put(BOX, SLOT, b"sealed")
    assert not relay.put(BOX, SLOT, b"again")
    assert [one.data for one in relay.look(BOX, nothing_known).letters] == [b"sealed"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, folder.RelayFull),
        (errno.EROFS, folder.RelayReadOnly),
        (errno.EACCES, folder.RelayReadOnly),
        (errno.EIO, folder.RelayNotReached),
    ],
)
def test_a_disk_that_says_no_leaves_nothing(relay, tmp_path, monkeypatch, number, said):
    def fails(_path, _data):
        raise OSError(number, "no")

    monkeypatch.setattr(disk, "_write_flushed", fails)
    with pytest.raises(said):
        relay.put(BOX, SLOT, b"sealed")
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["relay.json"]


@pytest.mark.parametrize(
    "added",
    [
        " (conflicted copy 2026-11-09)",
        " (Priya's conflicted copy).bin",
        ".sync-conflict-20261109-081800-ABCDEFG",
        "-OFFICE-PC",
        " (1)",
        " - Copy",
    ],
)
def test_copies_made_by_synchronising_programs_are_read_like_the_file(relay, box, added):
    (box / (NAME + added)).write_bytes(b"sealed")
    assert [one.data for one in relay.look(BOX, nothing_known).letters] == [b"sealed"]


@pytest.mark.parametrize(
    "name", [f".{NAME}.part", f"{NAME}.part", f"{NAME}.tmp", f"{NAME}.crdownload"]
)
def test_what_is_still_being_written_is_left_alone(relay, box, name):
    (box / name).write_bytes(b"sea")
    look = relay.look(BOX, nothing_known)
    assert (look.letters, look.strangers) == ((), 0)


def test_what_is_no_letter_is_counted_and_not_opened(relay, box, tmp_path):
    (box / "desktop.ini").write_bytes(b"x")
    (box / NAME[:-1]).write_bytes(b"a name too short")
    (box / NAME.upper()).write_bytes(b"not how a slot is written")
    (box / NAME).symlink_to("/etc/hostname")
    (box / ("a" * 64)).mkdir()
    os.mkfifo(box / ("b" * 64))
    (box / ("c" * 64)).write_bytes(bytes(mail.LIMIT_BYTES + 1))
    (box / ("d" * 64)).write_bytes(b"sealed")
    look = relay.look(BOX, nothing_known)
    assert [one.data for one in look.letters] == [b"sealed"]
    assert look.strangers == 7


def test_a_file_that_may_not_be_read_does_not_hide_the_others(relay, box, monkeypatch):
    for name in ("a" * 64, "b" * 64):
        (box / name).write_bytes(b"sealed")
    read = disk.read_small

    def guarded(path, *, limit_bytes):
        if path.name.startswith("a"):
            raise PermissionError(errno.EACCES, "no")
        return read(path, limit_bytes=limit_bytes)

    monkeypatch.setattr(disk, "read_small", guarded)
    look = relay.look(BOX, nothing_known)
    assert [one.name[0] for one in look.letters] == ["b"]
    assert look.strangers == 1


def test_the_newest_comes_first(relay, box):
    for n, name in enumerate(("a" * 64, "c" * 64, "b" * 64)):
        (box / name).write_bytes(b"sealed")
        os.utime(box / name, (1000 + n, 1000 + n))
    assert [one.name[0] for one in relay.look(BOX, nothing_known).letters] == ["b", "c", "a"]


def test_ten_thousand_files_of_junk_hide_nothing_and_hold_up_nobody(relay, box):
    for n in range(10_000):
        handle = os.open(box / f"{n:064x}", os.O_CREAT | os.O_WRONLY)
        os.write(handle, b"junk")
        os.close(handle)
    relay.put(BOX, b"\xee" * 32, b"sealed")
    os.utime(box / ("ee" * 32), (1, 1))  # the oldest of all
    known: dict[str, str] = {}
    found, looks, longest = b"", 0, 0.0
    while not found:
        start = time.perf_counter()
        look = relay.look(BOX, lambda name, stamp: known.get(name) == stamp)
        longest = max(longest, time.perf_counter() - start)
        assert len(look.letters) <= mail.LIMIT_FILES
        known.update({one.name: one.stamp for one in look.letters})
        found = b"".join(one.data for one in look.letters if one.data == b"sealed")
        looks += 1
    assert looks == 21
    assert longest < 5.0


def test_more_names_than_one_look_may_see_are_said(relay, box, monkeypatch):
    monkeypatch.setattr(mail, "LIMIT_NAMES", 3)
    for name in "abcde":
        (box / (name * 64)).write_bytes(b"sealed")
    look = relay.look(BOX, nothing_known)
    assert (len(look.letters), look.more) == (3, True)
