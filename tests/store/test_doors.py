"""The doors of a vault: made, opened, refused, each with its own sentence."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.anchors import FakeAnchors
from schoolsafe.store import errors
from schoolsafe.store.engine import open_keyed
from schoolsafe.store.errors import (
    AlreadyOpen,
    DamagedVault,
    FolderReadOnly,
    MissingVault,
    NewerVault,
    NotARawKeyError,
    NoVault,
    VaultExists,
)
from schoolsafe.store.vault import FILE, Vault
from schoolsafe.words import _
from store.seats import KEY, Seat, StepClock, concern


def test_only_its_owner_may_read_any_of_its_files(seat):
    os.umask(0o022)
    vault = seat.create()
    vault.journal.append([concern(1)])
    assert stat.S_IMODE(seat.folder.stat().st_mode) == 0o700
    rights = {f.name: stat.S_IMODE(f.stat().st_mode) for f in seat.folder.iterdir()}
    assert set(rights.values()) == {0o600}
    assert {"vault.db", "vault.db-wal", "vault.lock"} <= set(rights)
    vault.close()


def test_after_a_close_nothing_is_left_in_the_log(seat):
    vault = seat.create()
    vault.journal.append([concern(1)])
    assert (seat.folder / "vault.db-wal").stat().st_size > 0
    vault.close()
    assert not (seat.folder / "vault.db-wal").exists()
    vault.close()


def test_nothing_in_the_file_is_readable(seat):
    vault = seat.create()
    vault.journal.append([concern(1, "lighthouse-sentinel")])
    raw = b"".join(f.read_bytes() for f in seat.folder.iterdir())
    assert b"SQLite format" not in raw
    assert b"lighthouse" not in raw
    vault.close()


def test_a_second_vault_is_not_made_over_the_first(seat):
    seat.create().close()
    before = (seat.folder / FILE).read_bytes()
    with pytest.raises(VaultExists):
        seat.create()
    assert (seat.folder / FILE).read_bytes() == before


def test_where_there_never_was_a_vault_there_is_none_to_open(seat):
    with pytest.raises(NoVault):
        seat.open()
    assert not seat.folder.exists()


def test_a_vanished_file_is_never_replaced_by_a_fresh_one(seat):
    vault = seat.create()
    vault.journal.append([concern(1)])
    vault.close()
    (seat.folder / FILE).unlink()
    with pytest.raises(MissingVault):
        seat.open()
    with pytest.raises(MissingVault):
        seat.create()
    assert not (seat.folder / FILE).exists()


def test_a_making_that_was_cut_off_leaves_no_vault_and_gives_way(seat):
    seat.folder.mkdir()
    (seat.folder / f"{FILE}.new").write_bytes(b"half")
    (seat.folder / f"{FILE}.new-wal").write_bytes(b"half")
    with pytest.raises(NoVault):
        seat.open()
    seat.create().close()
    seat.open().close()
    assert not (seat.folder / f"{FILE}.new").exists()


def test_another_key_does_not_open_it_and_says_nothing_on_standard_error(seat, capfd):
    seat.create().close()
    with pytest.raises(DamagedVault):
        Vault.open(seat.folder, bytes(32), anchors=seat.anchors, clock=seat.clock)
    assert capfd.readouterr().err == ""
    seat.open().close()


@pytest.mark.parametrize("size", [0, 1, 4095, 8192])
def test_a_cut_off_file_is_damage_and_never_a_new_vault(seat, size):
    seat.create().close()
    path = seat.folder / FILE
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(DamagedVault):
        seat.open()
    assert path.stat().st_size == size


def test_another_database_under_the_same_key_is_not_a_vault(seat):
    seat.create().close()
    (seat.folder / FILE).unlink()
    other = open_keyed(str(seat.folder / FILE), KEY.hex())
    other.execute("CREATE TABLE t(a)")
    other.close()
    with pytest.raises(DamagedVault):
        seat.open()


def test_a_newer_vault_is_refused_politely_and_left_alone(seat):
    seat.create().close()
    newer = open_keyed(str(seat.folder / FILE), KEY.hex())
    newer.execute("PRAGMA user_version=9000")
    newer.close()
    with pytest.raises(NewerVault) as said:
        seat.open()
    assert "Update this computer" in str(said.value)
    assert (said.value.exit_code, said.value.code) == (1, "newer_vault")


def test_a_second_window_on_the_same_vault_waits_outside(seat):
    vault = seat.create()
    with pytest.raises(AlreadyOpen):
        seat.open()
    vault.close()
    seat.open().close()


def test_a_second_process_on_the_same_vault_waits_outside(seat):
    vault = seat.create()
    tries = subprocess.run(
        [sys.executable, "-c", _OPEN_ELSEWHERE, str(seat.folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        check=False,
    )
    assert tries.stdout.strip() == "already_open", tries.stderr
    vault.close()


_OPEN_ELSEWHERE = """
import sys
from pathlib import Path
from store.seats import Seat
try:
    Seat(Path(sys.argv[1])).open()
except Exception as refused:
    print(refused.code)
"""


def test_the_file_where_a_folder_should_be_is_told_as_such(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(FolderReadOnly):
        Vault.create(tmp_path / "home" / "x", KEY, anchors=FakeAnchors(), clock=StepClock())


_AS_NOBODY = """
import os, sys
from pathlib import Path
from store.seats import Seat, concern
folder = Path(sys.argv[1])
seat = Seat(folder)
vault = seat.create()
vault.journal.append([concern(1)])
vault.close()
os.chmod(folder, 0o555)
if os.geteuid() == 0:       # root may write anywhere: become somebody who may not, seeing this folder only
    os.chroot(folder)
    os.chdir("/")
    os.setuid(65534)
    seat.folder = Path("/")
for door in (seat.open, Seat(seat.folder / "new").create):
    try:
        door()
        print("opened")
    except Exception as refused:
        print(refused.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folder rights are not file modes there")
def test_a_read_only_folder_has_its_own_sentence(tmp_path):
    folder = tmp_path / "vault"
    tries = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        check=False,
    )
    folder.chmod(0o700)
    assert tries.stdout.split() == ["folder_read_only"] * 2, tries.stderr


def test_a_key_that_is_not_64_hex_digits_never_reaches_the_engine(tmp_path):
    for bad in ("zz" * 32, "8f" * 31, "8F" * 32, "", "8f" * 32 + "\n"):
        with pytest.raises(NotARawKeyError):
            open_keyed(str(tmp_path / "x.db"), bad)
    assert not (tmp_path / "x.db").exists()


def test_using_a_vault_comes_before_asking_it(seat):
    seat.create().close()
    vault = Vault.open(seat.folder, KEY, anchors=seat.anchors, clock=seat.clock)
    with pytest.raises(RuntimeError):
        vault.reader.totals()
    vault.close()


def test_every_error_of_the_store_is_a_sentence():
    for name in dir(errors):
        kind = getattr(errors, name)
        if (
            isinstance(kind, type)
            and kind.__module__ == errors.__name__
            and name != "NotARawKeyError"
        ):
            said = str(kind(reason=_("3 of them are missing")))
            assert said.endswith("."), said
            assert "{" not in said


def test_local_values_and_drafts_survive_and_can_be_dropped(seat):
    vault = seat.create()
    vault.meta.put("feed", b"\1\2")
    vault.drafts.put("concern:1", {"text": "half a sen", "child": None})
    vault.drafts.put("concern:1", {"text": "half a sentence", "child": None})
    vault.close()
    vault = seat.open()
    assert vault.meta.get("feed") == b"\1\2"
    assert vault.meta.get("other") is None
    assert vault.drafts.keys() == ("concern:1",)
    assert vault.drafts.get("concern:1") == {"text": "half a sentence", "child": None}
    vault.drafts.drop("concern:1")
    vault.meta.drop("feed")
    assert vault.drafts.get("concern:1") is None
    assert vault.meta.get("feed") is None
    assert (seat.folder / "vault.db-wal").stat().st_size == 0
    vault.close()


def test_opening_reads_no_more_rows_in_a_long_journal_than_in_a_short_one(tmp_path):
    opened = []
    for rows in (3, 300):
        seat = Seat(tmp_path / str(rows))
        vault = seat.create()
        vault.journal.append([concern(n) for n in range(rows)])
        vault.close()
        before = seat.sealer.opened
        seat.open().close()
        opened.append(seat.sealer.opened - before)
    assert opened == [0, 0]


def test_the_folder_of_a_vault_may_have_any_name(tmp_path):
    odd = tmp_path / "Schüler? #1 100%"
    seat = Seat(Path(odd))
    seat.create().close()
    vault = seat.open()
    vault.journal.append([concern(1)])
    assert vault.verify(deep=True).ok
    vault.close()
