"""The parts of a whole check, each alone: who stands before whom, seals of pages, tables side by side."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.store.compare import WALKS, same
from schoolsafe.store.findings import Findings, Part
from schoolsafe.store.seals import PAGE_BYTES, Seals
from schoolsafe.store.tables import READ
from schoolsafe.store.vault import FILE
from schoolsafe.wire import row as wire_row
from store.seats import KEY, Seat, concern


@given(dice=st.randoms(use_true_random=False))
def test_rows_taken_in_any_order_leave_the_same_heads_and_gaps(dice, forked_rows):
    rows = list(enumerate(forked_rows, 1))
    gone = dice.randrange(len(rows))
    kept = rows[:gone] + rows[gone + 1 :]
    straight, shuffled = Findings(), Findings()
    for number, outer in kept:
        straight.follow(outer, number)
    dice.shuffle(kept)
    for number, outer in kept:
        shuffled.follow(outer, number)
    assert shuffled.heads() == straight.heads()
    assert list(shuffled.absent()) == list(straight.absent())
    assert shuffled.groups == straight.groups


@pytest.fixture(scope="module")
def forked_rows(tmp_path_factory):
    """Rows of one feed that was put back from a copy and written on twice."""
    seat = Seat(tmp_path_factory.mktemp("forked") / "vault")
    vault = seat.create()
    vault.journal.append([concern(n) for n in range(3)])
    vault.close()
    copy = Seat(seat.folder.with_name("copy"), seat.sealer.school.seat(copy=1))
    copied = copy.create()
    copied.journal.receive(list(open_raws(seat)))
    copied.journal.append([concern(n) for n in range(10, 13)])
    vault = seat.open()
    vault.journal.append([concern(n) for n in range(20, 23)])
    vault.journal.receive(list(copied.raws()))
    vault.journal.append([concern(30)])
    rows = [wire_row.parse(raw) for raw in vault.raws()]
    vault.close()
    copied.close()
    return rows


def open_raws(seat: Seat) -> list[bytes]:
    vault = seat.open()
    raws = list(vault.raws())
    vault.close()
    return raws


def test_of_several_wrong_places_the_first_in_the_record_is_named():
    seen = Findings()
    seen.blame(Part.FILE, "file")
    seen.blame(Part.ROWS, "row 9", order=(9, 0), number=9)
    seen.blame(Part.ROWS, "row 4", order=(4, 1), number=4)
    seen.blame(Part.HEADS, "a head")
    seen.blame(Part.ROWS, "row 5", order=(5, 0), number=5)
    assert (seen.wrong.place, seen.wrong.number) == ("row 4", 4)


def test_every_part_has_its_reason_in_words():
    said = set()
    for part in Part:
        seen = Findings()
        seen.blame(part, "there")
        said.add(seen.wrong.reason)
    assert len(said) == 4
    assert not any("{" in words for words in said)


def test_a_seal_holds_for_each_page_and_for_no_page_with_a_flipped_bit(seat):
    vault = seat.create()
    vault.journal.append([concern(n) for n in range(20)])
    vault.close()
    path = seat.folder / FILE
    sound = path.read_bytes()
    seals = Seals(path, KEY.hex())
    assert seals.pages == len(sound) // PAGE_BYTES
    assert seals.hold(1, seals.pages)
    seals.close()
    dice = random.Random(2)  # noqa: S311  # places to flip, not a secret
    for page in range(1, seals.pages + 1):
        bad = bytearray(sound)
        within = dice.randrange(16 if page == 1 else 0, PAGE_BYTES)
        bad[(page - 1) * PAGE_BYTES + within] ^= 1 << dice.randrange(8)
        path.write_bytes(bad)
        seals = Seals(path, KEY.hex())
        holds = [seals.hold(number, 1) for number in range(1, seals.pages + 1)]
        seals.close()
        assert holds == [number != page for number in range(1, seals.pages + 1)], page


def test_two_pages_in_each_others_place_and_a_part_of_a_page_do_not_hold(seat):
    vault = seat.create()
    vault.journal.append([concern(1)])
    vault.close()
    path = seat.folder / FILE
    sound = path.read_bytes()
    pages = [sound[at : at + PAGE_BYTES] for at in range(0, len(sound), PAGE_BYTES)]
    pages[3], pages[4] = pages[4], pages[3]
    for harmed in (b"".join(pages), sound + b"cut off"):
        path.write_bytes(harmed)
        seals = Seals(path, KEY.hex())
        assert not seals.hold(1, seals.pages)
        seals.close()


def test_another_key_opens_no_seal(seat):
    seat.create().close()
    seals = Seals(seat.folder / FILE, "ab" * 32)
    assert not seals.hold(2, 1)
    seals.close()


def test_every_read_table_is_walked_by_a_key():
    assert {walk.name for walk in WALKS} == set(READ.tables)
    for walk in WALKS:
        assert walk.key
        assert set(walk.key) <= set(walk.columns)


def test_lines_are_the_same_to_the_last_type():
    assert same([(1, "a")], [(1, "a")])
    assert not same([(1, "a")], [(1.0, "a")])
    assert not same([(1, "a")], [(True, "a")])
    assert not same([(1, "a")], [])
