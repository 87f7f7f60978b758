"""P17 and P39: killed or failing at every call that changes the disk, the old way in or the new."""

import errno
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from schoolsafe.crypto import kdf
from schoolsafe.errors import Unavailable
from schoolsafe.keys import files, home, unlock

from . import broken_disk
from .broken_disk import failing_at, no_room, quick_derivation, what_opens
from .seats import NOW, PASSPHRASE

TESTS = Path(__file__).parents[2]


@pytest.mark.parametrize("what", ["change", "recover"])
def test_killed_at_every_call_the_old_or_the_new_passphrase_opens(tmp_path, what):
    told = subprocess.run(
        [sys.executable, "-m", "unit.keys.broken_disk", str(tmp_path), what],
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=50,
    )
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    killed = [line for line in lines if line["killed"]]
    assert len(killed) >= 15
    assert all(line["opens"] in (["old"], ["new"]) for line in lines)
    assert lines[0]["opens"] == ["old"]
    assert lines[-1] == {"k": len(lines), "killed": False, "opens": ["new"]}


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(kdf, "passphrase_key", quick_derivation)


@pytest.mark.parametrize("what", ["change", "recover"])
def test_a_full_disk_at_every_call_leaves_one_way_in(tmp_path, quick, what):
    k, finished = 0, False
    while not finished:
        k += 1
        folder = tmp_path / f"{what}-{k}"
        new = broken_disk.set_up(folder)
        with failing_at(k, no_room) as calls, suppress(Unavailable):
            if what == "change":
                broken_disk.change(folder, new.seat)
            else:
                broken_disk.recover(folder, new.seat, new.paper_key)
        finished = len(calls) < k
        assert what_opens(folder, new.seat, vault_key=new.unlocked.vault_key) in (["old"], ["new"])
    assert k >= 15


def test_a_full_disk_at_every_call_of_set_up_leaves_no_name_or_a_seat_that_opens(tmp_path, quick):
    k, finished = 0, False
    while not finished:
        k += 1
        folder = tmp_path / f"set-up-{k}"
        with failing_at(k, no_room) as calls, suppress(files.DiskFull):
            broken_disk.set_up(folder)
        finished = len(calls) < k
        for line in home.seats(folder):
            unlock.unlock(folder, line.seat, PASSPHRASE, now=NOW)
    assert len(home.seats(folder)) == 1


def test_a_passphrase_change_writes_at_most_16_kb(tmp_path, quick, monkeypatch):
    new = broken_disk.set_up(tmp_path / "data")
    written = []
    write = os.write
    monkeypatch.setattr(
        os, "write", lambda handle, data: written.append(len(data)) or write(handle, data)
    )
    broken_disk.change(tmp_path / "data", new.seat)
    assert sum(written) <= 16 * 1024
    assert what_opens(tmp_path / "data", new.seat, vault_key=new.unlocked.vault_key) == ["new"]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "small"
    files.replace_whole(path, b"old")
    with failing_at(2, no_room), pytest.raises(files.DiskFull):
        files.replace_whole(path, b"new")
    assert path.read_bytes() == b"old"
    files.replace_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_half_written_file_of_a_killed_program_is_in_nobodys_way(tmp_path):
    (tmp_path / "small.new").write_bytes(b"half a fi")
    files.replace_whole(tmp_path / "small", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("EDQUOT", files.DiskFull),
        ("EROFS", files.FolderReadOnly),
        ("EACCES", files.FolderReadOnly),
        ("EIO", files.FileNotReached),
    ],
)
def test_each_thing_a_disk_says_has_its_own_sentence(tmp_path, number, told):
    def strike():
        raise OSError(getattr(errno, number), os.strerror(getattr(errno, number)))

    for act in (
        lambda: files.replace_whole(tmp_path / "small", b"x"),
        lambda: files.private_folder(tmp_path / f"folder-{number}"),
    ):
        with failing_at(1, strike), pytest.raises(told, match="Nothing was changed"):
            act()
    (tmp_path / "small").write_bytes(b"x")
    with failing_at(1, strike), pytest.raises(told):
        files.remove(tmp_path / "small")


def test_reading_takes_plain_small_files_only(tmp_path):
    assert files.read_whole(tmp_path / "none", limit_bytes=4) is None
    (tmp_path / "long").write_bytes(b"12345")
    (tmp_path / "link").symlink_to(tmp_path / "long")
    for name in ("long", "link"):
        with pytest.raises(files.NotAPlainFile, match=name):
            files.read_whole(tmp_path / name, limit_bytes=4)
    with pytest.raises(files.NotAPlainFile):
        files.read_whole(tmp_path, limit_bytes=4)
    with pytest.raises(files.FileNotReached):
        files.read_whole(tmp_path / "long" / "inside", limit_bytes=4)


def test_a_pipe_in_the_place_of_a_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "anchor")
    with pytest.raises(files.NotAPlainFile):
        files.read_whole(tmp_path / "anchor", limit_bytes=4)


def test_a_data_folder_that_may_not_be_read_is_told_in_a_sentence(tmp_path, monkeypatch):
    def denied(_folder):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    assert home.seats(tmp_path / "none") == ()
    monkeypatch.setattr(os, "listdir", denied)
    with pytest.raises(files.FileNotReached, match="Permission denied"):
        home.seats(tmp_path)


def test_removing_what_is_not_there_is_no_error(tmp_path):
    files.remove(tmp_path / "none")
