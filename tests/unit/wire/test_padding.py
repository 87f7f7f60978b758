"""Sizes fall into buckets; what is inside comes back or is refused by name."""

import struct

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.errors import Tampered
from schoolsafe.wire import padding
from schoolsafe.wire.padding import pad, padme, unpad


@given(a=st.integers(0, 1 << 20), b=st.integers(0, 1 << 20))
def test_more_text_never_falls_into_a_smaller_bucket(a, b):
    assert padme(min(a, b)) <= padme(max(a, b))


@given(size=st.integers(1, 1 << 20), floor=st.sampled_from(padding.FLOORS))
def test_a_bucket_holds_its_text_wastes_little_and_is_its_own_bucket(size, floor):
    bucket = padme(size, floor)
    assert bucket >= max(size, floor)
    assert padme(bucket, floor) == bucket
    if size > 1024:
        assert bucket <= size * 1.063


@given(st.binary(max_size=3000), st.sampled_from(padding.FLOORS))
def test_text_comes_back(text, floor):
    inside = pad(text, floor)
    assert len(inside) == padme(len(inside), floor)
    assert unpad(inside) == text


@given(st.binary(max_size=2048))
def test_any_bytes_unpad_or_are_refused(data):
    with pytest.raises(padding.InsideBroken):
        unpad(data)


def framed(packed: bytes, floor: int = 1024) -> bytes:
    return (struct.pack(">I", len(packed)) + packed).ljust(padme(4 + len(packed), floor), b"\0")


BOMB = zstandard.ZstdCompressor().compress(bytes(padding.TEXT_LIMIT_BYTES + 1))
UNSIZED = zstandard.ZstdCompressor(write_content_size=False).compress(b"{}")
GOOD = pad(b"{}")
NAMED = {
    "nothing": (b"", padding.InsideCutShort),
    "three bytes": (b"\0\0\0", padding.InsideCutShort),
    "a length beyond the end": (b"\xff" * 1024, padding.InsideCutShort),
    "not zstd": (framed(b"hello"), padding.NotCompressed),
    "two frames": (
        framed(zstandard.ZstdCompressor().compress(b"{}") * 2),
        padding.NotCompressed,
    ),
    "no declared size": (framed(UNSIZED), padding.NotCompressed),
    "a bomb": (framed(BOMB), padding.TextTooLong),
    "filling not empty": (GOOD[:-1] + b"\1", padding.PaddingNotZero),
    "one byte more": (GOOD + b"\0", padding.PaddingWrongSize),
    "one byte less": (GOOD[:-1], padding.PaddingWrongSize),
}


@pytest.mark.parametrize(("inside", "error"), NAMED.values(), ids=NAMED)
def test_each_way_of_being_wrong_has_its_name(inside, error):
    with pytest.raises(error) as refused:
        unpad(inside)
    assert isinstance(refused.value, Tampered)


def test_a_frame_that_lies_about_its_size_is_refused():
    packed = bytearray(zstandard.ZstdCompressor().compress(b"x" * 200))
    packed[5] ^= 1
    with pytest.raises(padding.NotCompressed):
        unpad(framed(bytes(packed)))
