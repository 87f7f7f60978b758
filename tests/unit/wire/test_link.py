"""A link survives the way out and in; any other bytes are refused by name."""

import json
import struct
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.crypto.sign import SignatureBroken
from schoolsafe.errors import Tampered
from schoolsafe.wire import jsontext, link, roster
from unit.wire.chains import JO, LEE, PAT, ROOT, SAM, a_chain, feed, joins, rotates
from unit.wire.pieces import a_seat, flipped

CHAIN = a_chain()
FIRST = CHAIN.links[0]
SECOND = CHAIN.next(link.Policy(policy={"idle_minutes": 3}), by=(JO, SAM))
EVERY_OP = (
    *joins(a_seat(9)),
    feed(a_seat(9)),
    rotates(2, JO)[1],
    link.Revoke(seat=LEE.name, reason="left", trusted={"ab" * 16: ["cd" * 32]}),
    link.Grant(seat=PAT.name, version=1, box=b"box"),
    link.Ungrant(seat=LEE.name),
    link.Policy(policy={"idle_minutes": 5}),
    link.Recovery(recovery=bytes(1216)),
    link.SchoolKeys(
        version=1,
        box_public=bytes(1216),
        sign_public=bytes(32),
        mldsa_public=bytes(1952),
        root_signature=bytes(64),
        sealed=joins(JO)[0].sealed,
    ),
)


def body_of(made: link.Link) -> dict[str, object]:
    (length,) = struct.unpack_from(">I", made.raw, 3)
    return json.loads(made.raw[7 : 7 + length])


def framed(text: bytes, signatures: bytes = bytes(64), count: int = 1) -> bytes:
    return b"SL\1" + struct.pack(">I", len(text)) + text + bytes([count]) + signatures


def test_every_op_comes_back():
    made = CHAIN.next(*EVERY_OP)
    assert made.ops == EVERY_OP
    assert link.parse(made.raw) == made


def test_a_link_says_who_signed_and_each_signature_holds():
    assert SECOND.by == (JO.name, SAM.name)
    link.verify_signature(SECOND, JO.name, JO.sign_public)
    link.verify_signature(SECOND, SAM.name, SAM.sign_public)
    for name, key in ((JO.name, SAM.sign_public), (LEE.name, LEE.sign_public)):
        with pytest.raises(SignatureBroken):
            link.verify_signature(SECOND, name, key)


def test_the_body_is_json_a_person_can_read():
    body = body_of(FIRST)
    assert body["v"] == 1
    assert body["prev"] is None
    assert body["by"] == ["root"]
    assert [op["op"] for op in body["ops"]][:3] == ["genesis", "person", "seat"]


@given(data=st.data())
@settings(max_examples=400)
def test_every_flipped_bit_of_a_link_is_refused(data):
    bit = data.draw(st.integers(0, len(SECOND.raw) * 8 - 1))
    with pytest.raises(Tampered):
        CHAIN.state.after(link.parse(flipped(SECOND.raw, bit)))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_link_or_refused(data):
    with pytest.raises(Tampered):
        link.parse(data)


BODY = body_of(SECOND)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["school", "seat", "genesis"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["op", "seat", "v", "boxes"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(name=st.sampled_from(sorted(BODY)), value=json_values)
def test_any_member_replaced_is_read_or_refused(name, value):
    with suppress(Tampered):
        link.parse(framed(msgspec.json.encode(BODY | {name: value})))


TEXT = msgspec.json.encode(BODY)
NAMED = {
    "nothing": (b"", link.LinkCutShort),
    "another mark": (b"XL" + SECOND.raw[2:], link.NotALink),
    "another version": (b"SL\2" + SECOND.raw[3:], link.UnknownLinkVersion),
    "another version inside": (
        framed(msgspec.json.encode(BODY | {"v": 2}), bytes(128), 2),
        link.UnknownLinkVersion,
    ),
    "one byte short": (SECOND.raw[:-1], link.LinkCutShort),
    "no signatures": (SECOND.raw[:-129], link.LinkCutShort),
    "one byte more": (SECOND.raw + b"\0", link.LinkTrailingBytes),
    "one signature for two": (framed(TEXT), link.SignatureCountWrong),
    "too long": (bytes(link.LIMIT_BYTES + 1), link.LinkTooLong),
    "not JSON": (framed(b"hello"), jsontext.NotJson),
    "a name twice": (framed(b'{"v":1,"v":1}'), jsontext.NameTwice),
    "an op nobody knows": (
        framed(msgspec.json.encode(BODY | {"ops": [{"op": "banish"}]}), bytes(128), 2),
        link.UnknownLinkOp,
    ),
    "no ops": (framed(msgspec.json.encode(BODY | {"ops": []})), link.LinkMembersWrong),
    "nobody signed": (framed(msgspec.json.encode(BODY | {"by": []})), link.LinkMembersWrong),
    "three signed": (
        framed(msgspec.json.encode(BODY | {"by": ["a", "b", "c"]})),
        link.LinkMembersWrong,
    ),
    "a short key": (
        framed(msgspec.json.encode(BODY | {"ops": [{"op": "recovery", "recovery": "AAAA"}]})),
        link.LinkMembersWrong,
    ),
    "a circle in capitals": (
        framed(msgspec.json.encode(BODY | {"circle": "AB" * 16})),
        link.LinkMembersWrong,
    ),
}


@pytest.mark.parametrize(("raw", "error"), NAMED.values(), ids=NAMED)
def test_each_way_of_not_being_a_link_has_its_name(raw, error):
    with pytest.raises(error):
        link.parse(raw)


def test_members_of_a_newer_release_do_not_hinder_reading():
    text = msgspec.json.encode(BODY | {"mood": "calm"})
    assert link.parse(framed(text, bytes(128), 2)).ops == SECOND.ops


def test_a_chain_is_read_from_its_bytes():
    state = roster.replay((FIRST.raw, SECOND.raw), root=ROOT)
    assert state == CHAIN.state.after(SECOND)
