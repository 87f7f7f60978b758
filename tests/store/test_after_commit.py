"""What may go wrong after a save is durable, or long after, must not take words away nor hide that they are gone."""

import hashlib
from dataclasses import replace

import pytest

from fakes.sealer import FakeSchool
from schoolsafe.domain.entry import Add, Attach, NewEntry
from schoolsafe.errors import Locked, Tampered
from schoolsafe.store.engine import open_keyed
from schoolsafe.store.errors import DamagedVault, DiskFull
from schoolsafe.store.vault import FILE
from schoolsafe.wire import row, rowkey
from schoolsafe.wire.row import Suite
from store import flip_loop
from store.seats import KEY, Seat, concern


class KeyringLocked(Locked):
    """This computer's keyring is locked."""


@pytest.mark.parametrize("reason", [KeyringLocked, DiskFull])
def test_whatever_the_anchor_says_a_committed_entry_is_saved_and_its_row_is_handed_back(
    vault, seat, reason
):
    seat.anchors.fails = reason()
    (made,) = vault.journal.append([concern(1)])
    assert vault.reader.row_facts(made) is not None
    assert isinstance(vault.anchor_late, reason)
    vault.journal.append([concern(2)])
    assert vault.anchor_late is None


def test_a_file_found_damaged_after_the_commit_does_not_unsay_the_save(vault, seat, monkeypatch):
    def damaged(_line):
        raise DamagedVault

    monkeypatch.setattr("schoolsafe.store.anchorage.BATCH_COMMITS", 1)
    monkeypatch.setattr("schoolsafe.store.engine.Line.truncate", damaged)
    (made,) = vault.journal.append([concern(1)])
    assert vault.reader.row_facts(made) is not None
    assert isinstance(vault.fault, DamagedVault)
    with pytest.raises(DamagedVault):
        vault.journal.append([concern(2)])
    assert vault.reader.totals().rows == 1


def test_the_anchor_names_what_was_committed_not_what_an_open_question_still_sees(vault, seat):
    vault.journal.append([concern(1)])
    vault._reader.raw.execute("BEGIN")
    vault._reader.raw.execute("SELECT count(*) FROM row").fetchone()
    vault.journal.append([concern(2)])
    assert seat.anchors.file.rows == 2
    vault._reader.raw.execute("ROLLBACK")


def an_original(vault) -> str:
    sealed = b"sealed bytes of a message"
    name = hashlib.sha256(sealed).hexdigest()
    entity = "notification:00000000000000a1"
    attach = Attach(entity, "original.eml", "message/rfc822", 25, "00" * 32, "11" * 32, (name,))
    made = NewEntry("team", "notification.receive", (Add(entity, {"kind": "x"}), attach))
    vault.journal.append([made], chunks={name: sealed})
    return name


def test_an_original_that_is_gone_is_named_though_no_row_changed(seat):
    vault = seat.create()
    name = an_original(vault)
    assert vault.verify(deep=True).ok
    vault.close()
    thief = open_keyed(str(seat.folder / FILE), KEY.hex())
    thief.execute("DELETE FROM chunk")
    thief.close()
    vault = seat.open()
    found = vault.verify(deep=True)
    assert not found.ok
    assert name in found.first_bad
    vault.close()


def test_an_original_that_never_came_with_a_colleagues_row_is_no_damage(tmp_path):
    school = FakeSchool()
    amy = Seat(tmp_path / "amy", school.seat("person:amy"))
    ben = Seat(tmp_path / "ben", school.seat("person:ben"))
    a, b = amy.create(), ben.create()
    an_original(a)
    b.journal.receive(list(a.raws()))
    assert b.verify(deep=True).ok
    a.close()
    b.close()


def test_the_log_with_the_missing_rows_is_kept_however_often_one_looks(tmp_path):
    seat, lying = flip_loop.live_vault(tmp_path / "whole")
    harmed = bytearray(lying["vault.db-wal"])
    harmed[len(harmed) // 2] ^= 1
    flip_loop.lay_out(tmp_path / "harmed", lying | {"vault.db-wal": bytes(harmed)})
    seat.folder = tmp_path / "harmed"
    vault = seat.open()
    vault._writer.raw.execute("PRAGMA user_version").fetchone()
    with vault._writer.writing(vault._writer.guard.mode) as sql:  # a draft, and then the power goes
        sql.execute("INSERT INTO draft(name, value) VALUES ('call', X'22')")
    later = (seat.folder / f"{FILE}-wal").read_bytes()
    left = (seat.folder / FILE).read_bytes()
    vault.close()
    (seat.folder / FILE).write_bytes(left)
    (seat.folder / f"{FILE}-wal").write_bytes(later)
    for _ in range(2):
        seat.open().close()
        (seat.folder / f"{FILE}-wal").write_bytes(later)
    kept = sorted(path.read_bytes() for path in seat.folder.glob(f"{FILE}-log.kept*"))
    assert kept == sorted([bytes(harmed), later])


def test_one_record_that_does_not_open_keeps_nobody_from_the_others(tmp_path, monkeypatch):
    school = FakeSchool()
    amy = Seat(tmp_path / "amy", school.seat("person:amy", reads=("school", "team")))
    ben = school.seat("person:ben")
    vault = amy.create()
    vault.journal.append([concern(1)])
    row_key = bytes(32)
    poisoned = row.seal(
        suite=Suite.MEMBER,
        circle=school.circle("audit"),
        feed=ben.feed("audit"),
        n=1,
        prev=(ben.admitted_by("audit"),),
        key_version=1,
        text=b"no entry at all",
        row_key=row_key,
        wrap_key=rowkey.for_member(school.key("audit"), row_key),
        signing_seed=ben.signing_seed,
    )
    assert vault.journal.receive([poisoned.raw]).new, "not ours to read: taken as it is"
    vault.close()
    amy.sealer = school.seat("person:amy")  # and now it is
    monkeypatch.setattr("schoolsafe.store.vault.fingerprint", lambda: b"a later release")
    vault = amy.open()
    assert vault.reader.get("entry:0000000000000001") is not None
    assert isinstance(vault.fault, Tampered)
    found = vault.verify(deep=True)
    assert not found.ok
    assert poisoned.id.hex() in found.first_bad
    assert found.projections_match
    vault.close()


def test_a_save_after_one_that_found_no_way_in_goes_through(vault, seat):
    other = open_keyed(str(seat.folder / FILE), KEY.hex())
    other.execute("BEGIN IMMEDIATE")
    vault._writer.raw.execute("PRAGMA busy_timeout=0")
    for _ in range(2):
        with pytest.raises(Exception, match="open in another"):
            vault.journal.append([concern(1)])
    other.execute("ROLLBACK")
    other.close()
    vault.journal.append([concern(1)])
    assert vault.reader.totals().rows == 1


def test_words_no_letter_can_write_are_found_and_proved_like_others(vault):
    odd = "nul \0 inside, \uffff, \u202e, \x7f, " + "\U0001f469\u200d\U0001f469 " * 3
    vault.journal.append([concern(1, odd), replace(concern(2), why="why\0why")])
    assert vault.reader.get("entry:0000000000000001").values["text"] == odd
    assert vault.verify(deep=True).ok


def test_half_a_character_is_saved_kept_as_a_draft_and_asked_for(vault):
    pasted = "She said \ud83d today"
    vault.drafts.put("call", {"said": pasted})
    assert vault.drafts.get("call") == {"said": "She said \ufffd today"}
    vault.journal.append([concern(1, pasted)])
    assert vault.reader.get("entry:0000000000000001").values["text"] == "She said \ufffd today"
    assert vault.reader.search("sai \ud83d")
    assert vault.verify(deep=True).ok
