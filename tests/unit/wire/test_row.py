"""A row opens for its key and verifies for its signer; any other bytes are refused with a name."""

import struct
from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.crypto import aead, commit, sign
from schoolsafe.crypto.commit import KeyDoesNotMatch
from schoolsafe.crypto.hpke import BoxBroken
from schoolsafe.crypto.sign import SignatureBroken
from schoolsafe.crypto.wrap import WrapBroken
from schoolsafe.domain.ids import RowId
from schoolsafe.errors import Tampered
from schoolsafe.wire import inside, row, rowkey
from schoolsafe.wire.padding import pad
from schoolsafe.wire.row import Suite
from unit.wire.pieces import (
    CIRCLE,
    CIRCLE_KEY,
    FEED,
    LINK,
    ROW_KEY,
    SEED,
    SIGNER,
    TEXT,
    a_row,
    an_entry,
    flipped,
    read,
    resigned,
    unwrapped,
)

ALL = [
    pytest.param(a_row(Suite.MEMBER), id="member"),
    pytest.param(a_row(Suite.BOX), id="box"),
    pytest.param(a_row(Suite.FEED, floor=256), id="feed begins"),
    pytest.param(a_row(Suite.FEED, n=2, opening=False, floor=256), id="feed goes on"),
]


@pytest.mark.parametrize("made", ALL)
def test_a_sealed_row_is_read_back_by_every_step(made):
    again = row.parse(made.raw)
    assert again == made
    assert read(made.raw) == an_entry()
    assert row.open_inside(again, ROW_KEY) == TEXT
    assert again.id == row._id(made.raw[:-64])
    assert (again.circle, again.feed, again.prev, again.key_version) == (CIRCLE, FEED, (LINK,), 1)


def test_a_short_member_row_carries_237_bytes_around_its_inside():
    assert len(a_row().raw) == 1024 + 237


@pytest.mark.parametrize("made", ALL)
def test_every_flipped_bit_of_a_row_is_refused(made):
    step = 1 if len(made.raw) < 1400 else 7
    for bit in range(0, len(made.raw) * 8, step):
        changed = flipped(made.raw, bit)
        with pytest.raises(Tampered):
            row.verify(row.parse(changed), SIGNER)


def test_every_flipped_bit_is_refused_even_under_a_fresh_signature_of_its_author():
    """Commitment, wrapping and AEAD bind what the signature alone would let an author vary."""
    made = a_row()
    for bit in range(0, (len(made.raw) - 64) * 8, 3):
        changed = resigned(flipped(made.raw, bit))
        with pytest.raises(Tampered):
            read(changed)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_row_or_refused_by_name(data):
    with pytest.raises(row.RowBroken):
        row.parse(data)


@settings(max_examples=400)
@given(
    made=st.sampled_from([p.values[0] for p in ALL]),
    edits=st.lists(st.tuples(st.integers(0, 300), st.binary(max_size=4)), min_size=1, max_size=4),
    cut=st.integers(0, 40),
)
def test_a_mangled_row_never_raises_anything_but_our_errors(made, edits, cut):
    data = bytearray(made.raw)
    for at, new in edits:
        data[at : at + len(new)] = new
    with suppress(Tampered):
        read(bytes(data[: len(data) - cut]))


@settings(max_examples=300)
@given(edits=st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 255)), max_size=4))
def test_a_mangled_row_signed_by_its_author_never_raises_anything_but_our_errors(edits):
    data = bytearray(a_row().raw)
    for at, new in edits:
        data[at] = new
    with suppress(Tampered):
        read(resigned(bytes(data)))


def test_a_wrapped_key_moved_from_another_row_does_not_open():
    one, two = a_row(), a_row(row_key=bytes(32))
    moved = one.raw.replace(one.wrapped, two.wrapped)
    outer = row.parse(resigned(moved))
    with pytest.raises(KeyDoesNotMatch):
        row.open_inside(outer, unwrapped(outer))


def test_a_body_moved_from_another_row_does_not_open():
    one, two = a_row(), a_row(row_key=bytes(32), text=inside.encode(an_entry(why="another")))
    moved = row.parse(resigned(one.raw.replace(one.ciphertext, two.ciphertext)))
    with pytest.raises(aead.SealBroken):
        row.open_inside(moved, unwrapped(moved))


def test_body_key_and_commitment_moved_together_do_not_open_in_another_place():
    one, two = a_row(), a_row(row_key=bytes(32), n=2, prev=[RowId(bytes(32))])
    moved = one.raw.replace(one.ciphertext, two.ciphertext)
    moved = moved.replace(one.wrapped, two.wrapped).replace(one.commitment, two.commitment)
    outer = row.parse(resigned(moved))
    with pytest.raises(aead.SealBroken):
        row.open_inside(outer, unwrapped(outer))


def test_a_box_moved_to_another_row_does_not_open():
    one, two = a_row(Suite.BOX), a_row(Suite.BOX, n=2)
    moved = row.parse(resigned(one.raw.replace(one.wrapped, two.wrapped)))
    with pytest.raises(BoxBroken):
        unwrapped(moved)


def test_a_row_key_that_is_not_the_committed_one_is_refused_before_anything_opens():
    with pytest.raises(KeyDoesNotMatch):
        row.open_inside(a_row(), bytes(32))


def test_another_circle_key_does_not_unwrap():
    with pytest.raises(WrapBroken):
        rowkey.open_member(a_row(), bytes(32))


def test_another_signer_is_refused():
    with pytest.raises(SignatureBroken):
        row.verify(a_row(), sign.public_of(bytes(32)))


def changed(made: row.OuterRow, at: int, new: bytes) -> bytes:
    return made.raw[:at] + new + made.raw[at + len(new) :]


M = a_row()
K = a_row(Suite.FEED, floor=256)
NAMED = {
    row.NotARow: b"XX" + M.raw[2:],
    row.UnknownRowVersion: changed(M, 2, b"\2"),
    row.UnknownSuite: changed(M, 3, b"\4"),
    row.NumberOutOfRange: changed(M, 36, bytes(8)),
    row.PredecessorsOutOfRange: changed(M, 44, b"\0"),
    row.PredecessorsNotInOrder: changed(M, 44, b"\2")[:45] + LINK + LINK + M.raw[77:],
    row.KeyVersionOutOfRange: changed(M, 77, bytes(4)),
    row.UnknownFeedWrapping: changed(K, 113, b"\2"),
    row.RowCutShort: M.raw[:-1],
    row.TrailingBytes: M.raw + b"\0",
    row.RowTooLong: M.raw + bytes(64 * 1024),
    row.SizeNotPadded: changed(M, 153, struct.pack(">I", 1039)),
}


@pytest.mark.parametrize(("error", "raw"), NAMED.items(), ids=[e.__name__ for e in NAMED])
def test_each_way_of_not_being_a_row_has_its_name(error, raw):
    with pytest.raises(error):
        row.parse(raw)


@pytest.mark.parametrize("count", [0, 9])
def test_a_row_with_no_predecessor_or_nine_is_not_sealed(count):
    with pytest.raises(row.PredecessorsOutOfRange):
        a_row(prev=[RowId(bytes([i]) * 32) for i in range(count)])


@pytest.mark.parametrize("n", [0, -1, 1 << 63])
def test_a_row_outside_the_order_is_not_sealed(n):
    with pytest.raises(row.NumberOutOfRange):
        a_row(n=n)


def test_eight_predecessors_are_sorted_and_kept():
    ids = [RowId(bytes([i]) * 32) for i in (7, 3, 5, 1, 2, 6, 4, 8)]
    made = a_row(prev=ids, n=9)
    assert made.prev == tuple(sorted(ids))
    assert read(made.raw) == an_entry()


def test_text_too_long_for_a_row_is_refused_with_advice():
    noise = "".join(sha256(str(i).encode()).hexdigest() for i in range(2000))
    for why in (noise, "a" * (1 << 20)):  # one is too long sealed, the other too long once opened
        text = inside.encode(an_entry(why=why))
        with pytest.raises(row.TextTooLongForARow, match="Attach it as a file"):
            a_row(text=text)


def test_an_author_who_pads_with_something_is_found_out():
    padded = pad(TEXT)
    with_secret = padded[:-1] + b"!"
    assert_inside_refused(with_secret, "padding_not_zero")


def test_an_author_who_pads_to_another_size_is_found_out():
    assert_inside_refused(pad(TEXT) + bytes(64), "padding_wrong_size")


def assert_inside_refused(clear: bytes, code: str) -> None:
    made = a_row()
    front = made.aad[:-4]
    aad = front + struct.pack(">I", len(clear) + 16)
    outer = aad + aead.seal_once(ROW_KEY, clear, aad)
    raw = outer + sign.sign(SEED, row.SIGNATURE_TAG + row._id(outer))
    with pytest.raises(Tampered) as refused:
        row.open_inside(row.parse(raw), ROW_KEY)
    assert refused.value.code == code


def test_a_row_prints_neither_its_bytes_nor_its_key():
    assert repr(M) == f"OuterRow({M.id.hex()[:16]}, suite=1, n=1)"


def test_the_commitment_is_the_one_in_the_specification():
    assert M.commitment == commit.commitment(ROW_KEY, b"schoolsafe/commit/row/1")


def test_a_feed_key_is_the_same_after_a_restart_and_another_in_another_place():
    def key(seed=SEED, circle=CIRCLE, feed=FEED, version=1):
        return rowkey.feed_key(seed, circle=circle, feed=feed, key_version=version)

    assert key() == key()
    assert len({key(), key(bytes(32)), key(version=2), key(feed=CIRCLE), key(circle=FEED)}) == 5


def test_a_later_row_of_a_feed_opens_with_the_feed_key_of_the_first():
    first = a_row(Suite.FEED, floor=256)
    later = a_row(Suite.FEED, n=2, prev=[first.id], opening=False, floor=256)
    assert rowkey.boxes_feed_key(first)
    assert not rowkey.boxes_feed_key(later)
    assert len(later.raw) < len(first.raw) - 1100
    feed_key = rowkey.open_feed_key(first, bytes(range(96)))
    assert row.open_inside(later, rowkey.open_feed(later, feed_key)) == TEXT


def test_the_circle_key_opens_a_member_row():
    assert rowkey.open_member(M, CIRCLE_KEY) == ROW_KEY
