"""The whole record proved in slices: the same verdict as in one go, and nobody waits for it."""

import hashlib
from contextlib import suppress

import pytest

from fakes.sealer import FakeSchool
from schoolsafe.domain.entry import Attach, NewEntry
from schoolsafe.errors import Tampered
from schoolsafe.services.ports_upkeep import Checked, Verified, WrongPlace
from schoolsafe.store.checking import Checking
from schoolsafe.store.engine import open_keyed
from schoolsafe.store.errors import ReadOnly
from schoolsafe.store.vault import FILE, Vault
from store.seats import KEY, Seat, child, concern, fix, line, note, setting

SEALED = b"a sealed piece of a notice" * 40
NAME = hashlib.sha256(SEALED).hexdigest()
ROWS = 13
SIZES = (1, 3, 200)
"""Rows in a slice: the verdict is the same."""


def a_record(vault: Vault) -> None:
    """Thirteen rows of two feeds with a conflict, a correction, a note and an attachment."""
    entity = "line:0000000000000001"
    vault.journal.append([child(n) for n in range(5)])
    (first,) = vault.journal.append([line(1, reason="first")])
    attach = Attach(
        entity, "notice.eml", "message/rfc822", len(SEALED), "33" * 32, "44" * 32, (NAME,)
    )
    vault.journal.append([concern(1), NewEntry("team", "attach", (attach,))], chunks={NAME: SEALED})
    vault.journal.append([setting(entity, "reason", "one", first)])
    vault.journal.append([setting(entity, "reason", "two", first)])
    vault.journal.append([note(entity, "seen at break"), fix(entity, "reason", "better", "typing")])
    vault.journal.append([concern(2)])


def whole(checking: Checking) -> Verified:
    while (found := checking.step()) is None:
        pass
    return found


def harmed(seat: Seat, *statements: str) -> Vault:
    """The record, changed by somebody who holds the key, and opened."""
    vault = seat.create()
    a_record(vault)
    vault.close()
    thief = open_keyed(str(seat.folder / FILE), KEY.hex())
    for statement in statements:
        thief.execute(statement)
    thief.close()
    return seat.open()


FLIP = "UPDATE row SET raw=CAST(substr(raw,1,200) || x'00' || substr(raw,202) AS BLOB) WHERE id="
SWAP = "UPDATE chunk SET bytes=x'1234'"
HARMS = {
    "a row with other bytes": ([FLIP + "4"], "(row 4)", 4, False),
    "two rows with other bytes": ([FLIP + "9", FLIP + "4"], "(row 4)", 4, False),
    "a missing row": (["DELETE FROM row WHERE id=4"], "row 4", 4, False),
    "the first row missing": (["DELETE FROM row WHERE id=1"], "row 1", 1, False),
    "rows in another order": (["UPDATE row SET id=99 WHERE id=6"], "row 6", 6, False),
    "a row twice": (
        ["UPDATE row SET raw=(SELECT raw FROM row WHERE id=2) WHERE id=4"],
        "(row 4)",
        4,
        False,
    ),
    "another head": (
        ["UPDATE head SET rid=(SELECT rid FROM row WHERE id=6) WHERE rid=(SELECT rid FROM row WHERE id=13)"],
        "(head)",
        None,
        True,
    ),
    "a swapped attachment": ([SWAP], f"{NAME} (attachment)", None, True),
    "an attachment taken out": (["DELETE FROM chunk"], f"{NAME} (attachment of row 8)", 8, True),
    "a roster link changed": (["INSERT INTO roster VALUES (x'01', 1, x'02', x'03')"], "roster", None, True),
    "an edited read table": (["UPDATE noun_entry SET text='He fell.'"], None, None, False),
    "a line taken out of one": (["DELETE FROM touched WHERE id=4"], None, None, False),
    "a line put into one": (["INSERT INTO touched VALUES ('entry:zz', 4)"], None, None, False),
    "a line put there twice": (["INSERT INTO note SELECT * FROM note"], None, None, False),
    "a number of another type": (["UPDATE noun_line SET number=1.0"], None, None, False),
    "words search does not know": (["UPDATE passage SET text='nothing'"], "file", None, False),
    "a table taken away": (["DROP TABLE conflict"], "file", None, False),
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_a_sound_record_is_proved_whole(vault, size):
    a_record(vault)
    checking = vault.checking(size)
    found = whole(checking)
    assert found == Verified(
        ok=True, rows=ROWS, feeds=2, first_bad=None, anchor="ok", projections_match=True
    )
    assert found == vault.verify(deep=True)
    assert (checking.progress, checking.wrong, vault.problem) == ((ROWS, ROWS), None, None)
    assert checking.step() == found, "the verdict stays"


def test_an_empty_record_is_proved_too(vault):
    assert whole(vault.checking(1)).ok


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("harm", HARMS)
def test_slices_find_what_the_check_in_one_go_finds(seat, harm, size):
    statements, place, number, match = HARMS[harm]
    vault = harmed(seat, *statements)
    checking = vault.checking(size)
    found = whole(checking)
    assert (found.ok, found.projections_match) == (False, match)
    assert found.first_bad is None if place is None else place in found.first_bad
    if number is not None:
        assert checking.wrong.number == number
    assert found == vault.verify(deep=True)
    with pytest.raises(ReadOnly) as refused:
        vault.journal.append([concern(9)])
    assert checking.wrong.reason in str(refused.value)
    vault.close()


def test_a_flipped_byte_anywhere_in_a_page_is_found_by_slices(seat):
    vault = seat.create()
    a_record(vault)
    vault.close()
    sound = (seat.folder / FILE).read_bytes()
    tried = 0
    for offset in range(4096 * 2 + 77, len(sound), 4096 * 5):
        bad = bytearray(sound)
        bad[offset] ^= 1
        (seat.folder / FILE).write_bytes(bad)
        with suppress(Tampered):  # seen at opening already
            vault = seat.open()
            found = whole(vault.checking(2))
            vault.close()
            assert (found.ok, bool(found.first_bad)) == (False, True), offset
            tried += 1
    assert tried > 10


def test_the_newest_rows_are_proved_first_and_what_is_wrong_stops_saving_at_once(seat):
    vault = harmed(seat, FLIP + "12")
    checking = vault.checking(2)
    assert checking.step() is None
    assert checking.progress == (2, ROWS)
    assert checking.wrong.number == 12
    assert checking.wrong.wall_ms is not None
    with pytest.raises(ReadOnly):
        vault.journal.append([concern(9)])
    vault.drafts.put("concern", "not lost")
    vault.close()


def test_rows_appended_between_slices_do_no_harm_and_are_checked(vault):
    a_record(vault)
    checking, more = vault.checking(1), 0
    while (found := checking.step()) is None:
        if more < 25:
            more += 1
            said = setting("line:0000000000000001", "reason", str(more))
            vault.journal.append([concern(100 + more), said])
            vault.drafts.put("concern", f"draft {more}")
    assert found.ok
    assert found.rows == ROWS + 2 * more
    assert vault.verify(deep=True) == found


def test_rows_of_others_that_come_between_slices_in_any_order_do_no_harm(tmp_path):
    school = FakeSchool()
    amy, ben = (Seat(tmp_path / name, school.seat(f"person:{name}")) for name in ("amy", "ben"))
    ours, theirs = amy.create(), ben.create()
    a_record(ours)
    theirs.journal.receive(list(ours.raws()))
    for n in range(20):
        theirs.journal.append([concern(50 + n), setting("line:0000000000000001", "reason", str(n))])
    coming = list(theirs.raws())[:ROWS:-1]  # the last first: each leaves a hole behind
    checking = ours.checking(1)
    while (found := checking.step()) is None:
        ours.journal.receive(coming[:1])
        coming = coming[1:]
    assert found.ok
    assert found == ours.verify(deep=True)
    ours.close()
    theirs.close()


def test_a_rebuild_between_slices_does_no_harm(vault):
    a_record(vault)
    checking = vault.checking(1)
    for _slice in range(ROWS + 4):
        assert checking.step() is None
        vault.rebuild()
    assert whole(checking).ok


def test_a_row_harmed_below_and_appends_above_are_told_apart(seat):
    vault = harmed(seat, "UPDATE noun_entry SET text='He fell.'")
    checking = vault.checking(1)
    for n in range(ROWS):
        checking.step()
        vault.journal.append([concern(200 + n)])
    found = whole(checking)
    assert (found.ok, found.first_bad, found.projections_match) == (False, None, False)
    vault.close()


def test_a_save_does_not_wait_for_what_cannot_be_cut(vault):
    a_record(vault)
    waited, saved = [], 0

    def somebody_waits() -> bool:
        waited.append(1)
        return True

    checking = vault.checking()
    vault.journal.append([concern(500 + n) for n in range(60)])
    for _try in range(40):
        assert checking.step(somebody_waits) is None
        if waited:
            vault.journal.append([concern(700 + saved)])
            saved += 1
    assert saved > 5, "it gave way, and began again"
    assert checking.step(lambda: False) is None or checking.step(lambda: False).ok
    assert whole(checking).ok
    assert vault.problem is None


def test_what_was_found_wrong_is_kept_and_closes_the_record_after_the_next_opening(seat):
    vault = harmed(seat, FLIP + "4")
    checking = vault.checking()
    found = whole(checking)
    checked = Checked(
        seat.clock.now(),
        found.rows,
        ok=False,
        anchor=found.anchor,
        first_bad=found.first_bad,
        wrong=checking.wrong,
    )
    vault.keep_check(checked)
    vault.close()
    vault = seat.open()
    assert vault.last_check() == checked
    assert "number 4" in vault.problem
    assert (
        "number 4" in vault.verify(deep=True).first_bad
        or "row 4" in vault.verify(deep=True).first_bad
    )
    with pytest.raises(ReadOnly):
        vault.journal.append([concern(9)])
    vault.close()


def test_a_whole_check_that_finds_nothing_opens_it_for_saving_again(seat):
    vault = harmed(seat, "UPDATE noun_entry SET text='He fell.'")
    checking = vault.checking()
    whole(checking)
    vault.keep_check(Checked(seat.clock.now(), ROWS, ok=False, anchor="ok", wrong=checking.wrong))
    vault.close()
    vault = seat.open()
    assert vault.problem is not None
    vault.rebuild()
    assert vault.problem is not None, (
        "a person repaired the lists; the check must say that all holds"
    )
    assert whole(vault.checking()).ok
    assert vault.problem is None
    vault.journal.append([concern(9)])
    vault.close()


def test_a_check_does_not_lift_what_the_anchors_found(seat):
    vault = seat.create()
    a_record(vault)
    vault.close()
    old = (seat.folder / FILE).read_bytes()
    vault = seat.open()
    vault.journal.append([concern(9)])
    vault.close()
    (seat.folder / FILE).write_bytes(old)
    vault = seat.open()
    checking = vault.checking(2)
    found = whole(checking)
    assert (found.ok, found.first_bad, found.anchor) == (False, None, "ahead")
    assert checking.wrong is None
    assert "missing" in vault.problem
    vault.close()


def test_a_note_of_another_release_is_no_check_of_ours(vault):
    assert vault.last_check() is None
    vault.meta.put("last check", b'{"when": 7}')
    assert vault.last_check() is None
    vault.meta.put("last check", b"not even JSON")
    assert vault.last_check() is None


def test_a_check_that_is_given_up_lets_go(vault):
    a_record(vault)
    checking = vault.checking(1)
    checking.step()
    checking.close()
    checking.close()
    assert checking.step() is None
    assert whole(vault.checking()).ok


def test_closing_the_vault_gives_up_its_checks(seat):
    vault = seat.create()
    a_record(vault)
    checking = vault.checking(1)
    checking.step()
    vault.close()
    assert checking.step() is None
    seat.open().close()


def test_the_time_of_a_wrong_row_is_that_of_the_nearest_before_it(seat):
    vault = harmed(seat, "DELETE FROM fact WHERE id IN (4, 5)", FLIP + "5")
    checking = vault.checking()
    whole(checking)
    third = vault._reader.ask("SELECT wall FROM fact WHERE id=3")[0][0]
    assert (checking.wrong.number, checking.wrong.wall_ms) == (5, third)
    assert checking.wrong == WrongPlace("number 5 was changed or taken out", 5, third)
    vault.close()
