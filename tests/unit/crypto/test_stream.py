"""An attachment opens whole or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.crypto import digest, stream
from schoolsafe.crypto.stream import CHUNK_BYTES, AttachmentBroken, open_file, seal_file


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES]
)
def test_a_file_of_any_size_opens_again(size):
    clear = bytes(size)
    sealed = seal_file(clear)
    assert open_file(sealed.key, sealed.chunks) == clear
    assert len(sealed.chunks) == max(1, -(-size // CHUNK_BYTES))
    assert sealed.size == size
    assert sealed.sha256 == digest.sha256_hex(clear)
    assert sealed.chunk_ids == tuple(digest.sha256_hex(chunk) for chunk in sealed.chunks)


def test_the_same_file_twice_has_nothing_in_common():
    one, two = seal_file(b"same"), seal_file(b"same")
    assert one.key != two.key
    assert not set(one.chunk_ids) & set(two.chunk_ids)


@pytest.fixture(scope="module")
def three() -> stream.SealedFile:
    return seal_file(b"a" * (2 * CHUNK_BYTES + 5))


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c[:-1],
        lambda c: c[1:],
        lambda c: (c[0], c[2], c[1]),
        lambda c: (c[0], c[1], c[1]),
        lambda c: (*c, c[2]),
        lambda c: (c[0], c[1], c[2][:-1]),
        lambda c: (c[0], c[1], c[2] + b"\0"),
        lambda c: (c[0], b"", c[2]),
        lambda _c: (),
        lambda c: (b"SSAT2" + c[0][5:], c[1], c[2]),
        lambda c: (c[0][:5] + b"\0\0\1\0" + c[0][9:], c[1], c[2]),
        lambda c: (c[0][:20],),
    ],
    ids=[
        "end dropped",
        "beginning dropped",
        "two swapped",
        "one doubled, one gone",
        "one appended",
        "one byte cut",
        "one byte added",
        "one emptied",
        "none",
        "another mark",
        "another chunk size",
        "half a header",
    ],
)
def test_a_changed_attachment_is_refused(three, change):
    with pytest.raises(AttachmentBroken):
        open_file(three.key, change(three.chunks))


def test_another_key_is_refused(three):
    for key in (bytes(32), b"", three.key + b"\0"):
        with pytest.raises(AttachmentBroken):
            open_file(key, three.chunks)


@settings(max_examples=200)
@given(st.data())
def test_any_flipped_bit_is_refused(data):
    sealed = seal_file(b"a child's drawing")
    bit = data.draw(st.integers(0, len(sealed.chunks[0]) * 8 - 1))
    changed = bytearray(sealed.chunks[0])
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(AttachmentBroken):
        open_file(sealed.key, (bytes(changed),))


def test_a_sealed_file_does_not_print_its_key():
    sealed = seal_file(b"x")
    assert sealed.key.hex() not in repr(sealed)
    assert repr(sealed.key) not in repr(sealed)
