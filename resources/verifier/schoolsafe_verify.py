#!/usr/bin/env python3
# ruff: noqa: EM101, EXE001  # the literal is the finding's name; run as: python schoolsafe_verify.py
"""Checks a SchoolSafe journal export without SchoolSafe.

    python schoolsafe_verify.py journal.ssj [--show]

One file, standard library and `cryptography`, nothing of SchoolSafe's. Written from the
specifications (row, roster, journal export), so that two programs by two roads must agree.

Proves, for every row: its id covers its bytes; the seat that the roster admits signed it; it hangs
on the rows before it; the disclosed key is the one it commits to and opens it; its author is the
person of that seat. Proves, for every roster: one unbroken chain of signed links from the school's
root key. Proves, for the file: the seat that made it signed all of it.

Does not prove: that the root key is the school's (compare ``root`` with a printed sheet), that
times are true, that nothing was written after the export.

``--show`` prints each readable entry as a line of JSON first. The text of a row is compressed
(zstd): it is read where Python's `compression.zstd` (3.14) or the package `zstandard` is there.
Everything else is proved without it; ``read`` says how many texts were.

Prints ``{"ok": …, "rows": …, "feeds": …, "first_bad": …, "heads": …}``. Exit 0: everything holds.
Exit 5: something does not. Exit 2: the file cannot be read.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import struct
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROW_LIMIT = 64 * 1024
LINK_LIMIT = 256 * 1024
TEXT_LIMIT = 1 << 20
SIGNATURE = 64
TAG = 16
AES_KW = 40
BOX = 1168
INTEGER_LIMIT = 1 << 53
DEPTH_LIMIT = 8
SUITE_MEMBER, SUITE_BOX, SUITE_FEED = 1, 2, 3


class Bad(Exception):  # a finding, not an error of this program
    """Something does not hold; the name says what."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Row(NamedTuple):
    """The outside of a row."""

    id: bytes
    suite: int
    circle: bytes
    feed: bytes
    n: int
    prev: list[bytes]
    key_version: int
    commitment: bytes
    wrapped: bytes
    aad: bytes
    ciphertext: bytes
    signature: bytes


class Stub(NamedTuple):
    """What is left of a disposed row."""

    id: bytes
    suite: int
    circle: bytes
    feed: bytes
    n: int
    prev: list[bytes]
    key_version: int
    signature: bytes
    disposed_by: bytes
    shell: bytes


class Circle:
    """One circle's roster after the links read so far."""

    def __init__(self, link_id: bytes, genesis: dict[str, Any]) -> None:
        """Begins with the genesis op."""
        self.name: str = _text(genesis, "name")
        self.urn: str = _text(genesis, "urn")
        self.root = _base64(genesis, "root")
        self.head = link_id
        self.n = 1
        self.persons: set[str] = set()
        self.seats: dict[str, dict[str, Any]] = {}
        self.feeds: dict[bytes, tuple[str, bytes, bytes]] = {}
        self.key_version = 0
        self.parts: dict[str, dict[str, Any]] = {}

    def admins(self) -> set[str]:
        """Seats that may sign links now."""
        return {name for name, s in self.seats.items() if s["admin"] and not s["revoked"]}

    def readers(self) -> set[str]:
        """Who must be given the next key."""
        return {name for name, s in self.seats.items() if s["reads"]} | {"recovery"}


# --- small things ---


def sha256(*parts: bytes) -> bytes:
    """SHA-256 over the parts."""
    return hashlib.sha256(b"".join(parts)).digest()


def hkdf(key: bytes, info: bytes) -> bytes:
    """HKDF-SHA256 without salt, 32 bytes."""
    return HKDF(hashes.SHA256(), 32, None, info).derive(key)


def verify(public: bytes, signature: bytes, message: bytes) -> None:
    """Ed25519."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise Bad("signature_broken") from None


def take(raw: bytes, at: int, size: int) -> bytes:
    """``size`` bytes from ``at``, all of them."""
    piece = raw[at : at + size]
    if len(piece) != size:
        raise Bad("cut_short")
    return piece


def padme(size: int, floor: int) -> int:
    """The Padmé bucket of a size."""
    size = max(size, floor)
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


def strict_json(text: bytes) -> dict[str, Any]:
    """One JSON object without doubled names, floats, large integers or deep nesting."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            raise Bad("name_twice")
        return found

    def fraction(_text: str) -> None:
        raise Bad("float_in_json")

    try:
        # Decoded here: given bytes, json takes UTF-16 and UTF-32 too, which SchoolSafe never writes.
        value = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=pairs,
            parse_float=fraction,
            parse_constant=fraction,
        )
    except (ValueError, RecursionError):
        raise Bad("not_json") from None
    if not isinstance(value, dict):
        raise Bad("not_an_object")
    check_json(value, 1)
    return value


def check_json(value: Any, depth: int) -> None:
    """Limits of our JSON."""
    if isinstance(value, (dict, list)) and depth > DEPTH_LIMIT:
        raise Bad("too_deep")
    if isinstance(value, int) and not -INTEGER_LIMIT <= value <= INTEGER_LIMIT:
        raise Bad("integer_too_large")
    for text in (value, *(value if isinstance(value, dict) else ())):
        if isinstance(text, str):
            check_text(text)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        check_json(each, depth + 1)


def check_text(text: str) -> None:
    """Letters composed (Unicode NFC), no half of a character."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Bad("not_json")
    if not unicodedata.is_normalized("NFC", text):
        raise Bad("not_nfc")


def _typed(members: dict[str, Any], name: str, sort: type) -> Any:
    value = members.get(name)
    if type(value) is not sort:
        raise Bad("members_wrong")
    return value


def _text(members: dict[str, Any], name: str) -> str:
    return str(_typed(members, name, str))


def _base64(members: dict[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(_text(members, name), validate=True)
    except (binascii.Error, ValueError):
        raise Bad("not_base64") from None


def _hex(members: dict[str, Any], name: str, size: int) -> bytes:
    return unhex(_text(members, name), size)


def unhex(text: str, size: int) -> bytes:
    """``size`` bytes from lower-case hex."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        raise Bad("not_hex") from None
    if len(found) != size or found.hex() != text:
        raise Bad("not_hex")
    return found


# --- rosters ---


def read_link(circles: dict[bytes, Circle], raw: bytes) -> None:
    """Proves one link and adds it to its circle."""
    if len(raw) > LINK_LIMIT:
        raise Bad("link_too_long")
    magic, version, length = struct.unpack(">2sBI", take(raw, 0, 7))
    if magic != b"SL" or version != 1:
        raise Bad("not_a_link")
    text = take(raw, 7, length)
    end = 7 + length
    body = strict_json(text)
    by, ops = _typed(body, "by", list), _typed(body, "ops", list)
    fits = all(isinstance(op, dict) for op in ops) and all(isinstance(name, str) for name in by)
    if not ops or not fits or take(raw, end, 1)[0] != len(by) or body.get("v") != 1:
        raise Bad("members_wrong")
    _typed(body, "n", int)
    if not 1 <= len(by) <= 2 or len(raw) != end + 1 + SIGNATURE * len(by):  # noqa: PLR2004  # spec
        raise Bad("signature_count_wrong")
    link_id = sha256(b"schoolsafe/link/1\0", raw[:end])
    signatures = [take(raw, end + 1 + SIGNATURE * i, SIGNATURE) for i in range(len(by))]
    circle_id = _hex(body, "circle", 16)
    circle = circles.get(circle_id)
    message = b"schoolsafe/sig/link/1\0" + link_id
    if circle is None:
        circle = begin(body, ops, link_id, circles)
        if by != ["root"]:
            raise Bad("signer_unknown")
        verify(circle.root, signatures[0], message)
        circles[circle_id] = circle
        ops = ops[1:]
    else:
        signed = list(zip(by, signatures))  # noqa: B905  # as many, checked above
        follow(circle, body, ops, signed, message)
    for op in ops:
        apply(circle, circle_id, op, link_id)
    circle.head, circle.n = link_id, body["n"]


def begin(
    body: dict[str, Any], ops: list[Any], link_id: bytes, circles: dict[bytes, Circle]
) -> Circle:
    """The first link of a circle."""
    if body.get("n") != 1 or body.get("prev") is not None or ops[0].get("op") != "genesis":
        raise Bad("no_genesis")
    circle = Circle(link_id, ops[0])
    for other in circles.values():
        if other.root != circle.root or other.urn != circle.urn:
            raise Bad("other_root")
        if other.name == circle.name:
            raise Bad("genesis_again")
    return circle


def follow(
    circle: Circle,
    body: dict[str, Any],
    ops: list[dict[str, Any]],
    signed: list[tuple[Any, bytes]],
    message: bytes,
) -> None:
    """A later link: from the head, signed by those who may."""
    first = body.get("prev") is None
    if first or body.get("n") != circle.n + 1 or _hex(body, "prev", 32) != circle.head:
        raise Bad("not_from_head")
    feeds = [op for op in ops if op.get("op") == "feed"]
    own = {_text(op, "seat") for op in feeds} if len(feeds) == len(ops) else set()
    admins = circle.admins()
    if len({name for name, _signature in signed}) != len(signed):
        raise Bad("signer_unknown")
    for name, signature in signed:
        seat = circle.seats.get(name)
        if name == "root":
            verify(circle.root, signature, message)
        elif seat is None or seat["revoked"] or (name not in admins and own != {name}):
            raise Bad("signer_unknown")
        else:
            verify(seat["sign_public"], signature, message)
    rooted = any(name == "root" for name, _signature in signed)
    grave = any(is_grave(circle, op) for op in ops)
    if grave and not rooted and len(signed) < min(2, len(admins)):
        raise Bad("second_signature_missing")
    before, version = circle.readers(), circle.key_version
    after = set(before)
    for op in ops:
        if op.get("op") in {"revoke", "ungrant"}:
            after.discard(_text(op, "seat"))
        version += op.get("op") == "rotate"
    if before - after and version == circle.key_version:
        raise Bad("revoked_without_rotation")


def is_grave(circle: Circle, op: dict[str, Any]) -> bool:
    """What needs two people where there are two."""
    kind = op.get("op")
    if kind == "seat":
        return op.get("admin") is True
    if kind == "revoke":
        return _text(op, "seat") in circle.admins()
    return kind in {"recovery", "policy", "school_keys"}


def apply(circle: Circle, circle_id: bytes, op: dict[str, Any], link_id: bytes) -> None:
    """One op of a link."""
    handler = OPS.get(_text(op, "op"))
    if handler is None:
        raise Bad("unknown_link_op")
    handler(circle, circle_id, op, link_id)


def op_person(circle: Circle, _circle_id: bytes, op: dict[str, Any], _link: bytes) -> None:
    """A person, by pseudonym."""
    circle.persons.add(_text(op, "person"))
    circle.parts[_text(op, "person")] = _typed(op, "sealed", dict)


def op_seat(circle: Circle, _circle_id: bytes, op: dict[str, Any], _link: bytes) -> None:
    """A seat joins."""
    name = _text(op, "seat")
    if name in circle.seats or name in {"root", "recovery"}:
        raise Bad("seat_twice")
    if _text(op, "person") not in circle.persons:
        raise Bad("person_unknown")
    circle.seats[name] = {
        "person": op["person"],
        "sign_public": _base64(op, "sign_public"),
        "reads": _typed(op, "reads", bool),
        "admin": _typed(op, "admin", bool),
        "revoked": False,
    }
    if op.get("sealed") is not None:
        circle.parts[name] = _typed(op, "sealed", dict)


def op_feed(circle: Circle, circle_id: bytes, op: dict[str, Any], link: bytes) -> None:
    """A feed of a seat."""
    feed, seat = _hex(op, "feed", 16), _text(op, "seat")
    if feed in circle.feeds:
        raise Bad("feed_twice")
    if seat not in circle.seats or circle.seats[seat]["revoked"]:
        raise Bad("seat_unknown")
    target = circle_id
    if op.get("circle") is not None:
        if circle.name != "school":
            raise Bad("feed_out_of_place")
        target = _hex(op, "circle", 16)
    circle.feeds[feed] = (seat, target, link)


def op_rotate(circle: Circle, _circle_id: bytes, op: dict[str, Any], _link: bytes) -> None:
    """A new key version."""
    if op.get("version") != circle.key_version + 1:
        raise Bad("rotation_out_of_order")
    if set(_typed(op, "boxes", dict)) != circle.readers():
        raise Bad("rotation_leaves_out")
    circle.key_version += 1


def op_member(circle: Circle, _circle_id: bytes, op: dict[str, Any], _link: bytes) -> None:
    """grant, ungrant, revoke."""
    seat = circle.seats.get(_text(op, "seat"))
    if seat is None or seat["revoked"]:
        raise Bad("seat_unknown")
    if op["op"] == "grant" and op.get("version") != circle.key_version:
        raise Bad("rotation_out_of_order")
    seat["reads"] = op["op"] == "grant"
    if op["op"] == "revoke":
        seat["admin"], seat["revoked"] = False, True


def op_school_keys(circle: Circle, _circle_id: bytes, op: dict[str, Any], _link: bytes) -> None:
    """The school's key set, signed by the root."""
    version = _typed(op, "version", int)
    if circle.name != "team" or not 0 < version < 1 << 32:
        raise Bad("school_keys_out_of_place")
    publics = [_base64(op, name) for name in ("box_public", "sign_public", "mldsa_public")]
    digest = sha256(circle.urn.encode(), b"\0", struct.pack(">I", version), *publics)
    tag = b"schoolsafe/sig/school-keys/1\0"
    verify(circle.root, _base64(op, "root_signature"), tag + digest)


def op_genesis(_circle: Circle, _circle_id: bytes, _op: dict[str, Any], _link: bytes) -> None:
    """Only ever the first op."""
    raise Bad("genesis_again")


def op_plain(_circle: Circle, _circle_id: bytes, _op: dict[str, Any], _link: bytes) -> None:
    """Policy and recovery: signed, and nothing a journal rests on."""


OPS: dict[str, Callable[[Circle, bytes, dict[str, Any], bytes], None]] = {
    "genesis": op_genesis,
    "person": op_person,
    "seat": op_seat,
    "feed": op_feed,
    "rotate": op_rotate,
    "grant": op_member,
    "ungrant": op_member,
    "revoke": op_member,
    "school_keys": op_school_keys,
    "policy": op_plain,
    "recovery": op_plain,
}


# --- rows ---


def parse_row(raw: bytes) -> Row:
    """The outside of a row."""
    if len(raw) > ROW_LIMIT:
        raise Bad("row_too_long")
    magic, version, suite, circle, feed, n, count = struct.unpack(">2sBB16s16sQB", take(raw, 0, 45))
    if magic != b"SR" or version != 1:
        raise Bad("not_a_row")
    if suite not in {SUITE_MEMBER, SUITE_BOX, SUITE_FEED}:
        raise Bad("unknown_suite")
    if not 1 <= count <= 8 or not 0 < n < 1 << 63:  # noqa: PLR2004  # spec
        raise Bad("predecessors_out_of_range")
    prev = [take(raw, 45 + 32 * i, 32) for i in range(count)]
    if prev != sorted(set(prev)):
        raise Bad("predecessors_not_in_order")
    at = 45 + 32 * count
    (key_version,) = struct.unpack(">I", take(raw, at, 4))
    commitment = take(raw, at + 4, 32)
    at += 36
    size = {SUITE_MEMBER: AES_KW, SUITE_BOX: BOX}.get(suite)
    if size is None:
        size = {0: 1 + AES_KW, 1: 1 + BOX + AES_KW}.get(take(raw, at, 1)[0])
    if size is None or key_version == 0:
        raise Bad("unknown_wrapping")
    wrapped = take(raw, at, size)
    (length,) = struct.unpack(">I", take(raw, at + size, 4))
    at += size + 4
    ciphertext = take(raw, at, length)
    inside = length - TAG
    if inside < 256 or inside != padme(inside, 256):  # noqa: PLR2004  # spec
        raise Bad("size_not_padded")
    signature = take(raw, at + length, SIGNATURE)
    if len(raw) != at + length + SIGNATURE:
        raise Bad("trailing_bytes")
    return Row(
        id=sha256(b"schoolsafe/row/1\0", raw[: at + length]),
        suite=suite,
        circle=circle,
        feed=feed,
        n=n,
        prev=prev,
        key_version=key_version,
        commitment=commitment,
        wrapped=wrapped,
        aad=raw[:at],
        ciphertext=ciphertext,
        signature=signature,
    )


def parse_stub(raw: bytes) -> Stub:
    """What is left of a disposed row: its place and signature, and the row that says why."""
    magic, version, suite, circle, feed, n, count = struct.unpack(">2sBB16s16sQB", take(raw, 0, 45))
    if magic != b"SS" or version != 1:
        raise Bad("not_a_row")
    if suite not in {SUITE_MEMBER, SUITE_BOX, SUITE_FEED}:
        raise Bad("unknown_suite")
    if not 1 <= count <= 8 or not 0 < n < 1 << 63:  # noqa: PLR2004  # spec
        raise Bad("predecessors_out_of_range")
    prev = [take(raw, 45 + 32 * i, 32) for i in range(count)]
    if prev != sorted(set(prev)):
        raise Bad("predecessors_not_in_order")
    at = 45 + 32 * count
    (key_version,) = struct.unpack(">I", take(raw, at, 4))
    row_id, signature = take(raw, at + 36, 32), take(raw, at + 68, SIGNATURE)
    at += 68 + SIGNATURE
    disposed_by = take(raw, at, 32)
    if key_version == 0:
        raise Bad("key_version_out_of_range")
    if suite == SUITE_FEED:
        raise Bad("suite_not_allowed")
    if len(raw) != at + 32:
        raise Bad("trailing_bytes")
    shell = sha256(b"schoolsafe/stub/1\0", raw[:at])
    return Stub(row_id, suite, circle, feed, n, prev, key_version, signature, disposed_by, shell)


def check_row(circles: dict[bytes, Circle], row: Row | Stub) -> str:
    """Signature, admission and place. Gives the person who must be its author."""
    circle = circles.get(row.circle)
    if circle is None:
        raise Bad("circle_unknown")
    school = next((c for c in circles.values() if c.name == "school"), circle)
    for roster in (circle, school):
        seat, target, admitted_by = roster.feeds.get(row.feed, ("", b"", b""))
        if target == row.circle:
            break
    else:
        raise Bad("feed_not_admitted")
    facts = roster.seats[seat]
    verify(facts["sign_public"], row.signature, b"schoolsafe/sig/row/1\0" + row.id)
    if row.key_version > circle.key_version:
        raise Bad("key_version_unknown")
    member = roster is circle
    opening = isinstance(row, Row) and row.suite == SUITE_FEED and row.wrapped[0] == 1
    if (
        (row.suite == SUITE_MEMBER and not member)
        or (row.suite == SUITE_FEED and circle.name != "audit")
        or (row.suite == SUITE_FEED and row.n == 1 and not opening)
    ):
        raise Bad("suite_not_allowed")
    starts = row.prev == [admitted_by]
    if starts != (row.n == 1) or (admitted_by in row.prev and not starts):
        raise Bad("first_predecessor_wrong")
    return str(facts["person"])


def open_row(row: Row, key: bytes) -> bytes:
    """The compressed text inside, with the disclosed key."""
    if hkdf(key, b"schoolsafe/commit/row/1") != row.commitment:
        raise Bad("key_does_not_match")
    try:
        inside = AESGCM(key).decrypt(bytes(12), row.ciphertext, row.aad)
    except InvalidTag:
        raise Bad("seal_broken") from None
    return unpad(inside)


def unpad(inside: bytes) -> bytes:
    """The compressed text, once length and padding hold."""
    (length,) = struct.unpack(">I", take(inside, 0, 4))
    packed = take(inside, 4, length)
    if len(inside) not in {padme(4 + length, floor) for floor in (1024, 256)}:
        raise Bad("padding_wrong_size")
    if any(inside[4 + length :]):
        raise Bad("padding_not_zero")
    return packed


def decompressor() -> Callable[[bytes], bytes] | None:
    """Zstd, where this Python has it. Stops just above the limit: a small row can hold a bomb."""
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415  # 3.14
    except ImportError:
        pass
    else:
        return lambda packed: bytes(zstd.ZstdDecompressor().decompress(packed, TEXT_LIMIT + 1))
    try:
        import zstandard  # noqa: PLC0415  # a package that may be there
    except ImportError:
        return None
    return lambda packed: zstandard.ZstdDecompressor().stream_reader(packed).read(TEXT_LIMIT + 1)


def read_part(unpack: Callable[[bytes], bytes], packed: bytes) -> dict[str, Any]:
    """The members of a compressed text."""
    try:
        text = unpack(packed)
    except Exception:  # noqa: BLE001  # each zstd has an error class of its own
        raise Bad("not_compressed") from None
    if len(text) > TEXT_LIMIT:
        raise Bad("text_too_long")
    return strict_json(text)


def read_text(unpack: Callable[[bytes], bytes], packed: bytes, person: str) -> dict[str, Any]:
    """The entry; its author must be the person of the seat that signed."""
    entry = read_part(unpack, packed)
    if entry.get("who") != person:
        raise Bad("author_not_seat")
    return entry


# --- the file ---


class Check:
    """One export, read line by line."""

    def __init__(self, show: Callable[[dict[str, Any]], None] | None = None) -> None:
        """``show`` is given each entry that could be read."""
        self.show = show
        self.unpack = decompressor()
        self.circles: dict[bytes, Circle] = {}
        self.rows: dict[bytes, int] = {}
        self.prevs: list[tuple[bytes, int, list[bytes]]] = []
        self.feeds: set[bytes] = set()
        self.named: set[bytes] = set()
        self.links: set[bytes] = set()
        self.stubs: list[Stub] = []
        self.ordered: set[tuple[bytes, bytes, bytes, bytes]] = set()
        self.opened_rows: set[bytes] = set()
        self.opened = self.read = self.named_people = 0
        self.head: dict[str, Any] = {}
        self.end: dict[str, Any] = {}
        self.signed = False
        self.digest = hashlib.sha256()
        self.row_now: bytes | None = None

    def line(self, text: bytes) -> None:
        """Proves one line."""
        self.row_now = None
        members = strict_json(text)
        kind = members.get("line")
        if (
            bool(self.head) == (kind == "head")
            or self.signed
            or bool(self.end) != (kind == "signature")
        ):
            raise Bad("line_out_of_place")
        if kind == "signature":
            self.check_signature(_base64(members, "signature"))
            return
        self.digest.update(text)
        self.route(kind, members)

    def route(self, kind: object, members: dict[str, Any]) -> None:
        """To the check of this kind of line."""
        if kind == "head":
            if members.get("format") != "schoolsafe-journal" or members.get("v") != 1:
                raise Bad("not_a_journal")
            self.head = members
        elif kind == "link":
            read_link(self.circles, _base64(members, "raw"))
        elif kind == "part":
            self.check_part(members)
        elif kind == "row":
            self.check_row(members)
        elif kind == "stub":
            self.check_stub(members)
        elif kind == "end":
            self.check_end(members)
        else:
            raise Bad("line_unknown")

    def check_part(self, members: dict[str, Any]) -> None:
        """A disclosed name opens with its own key."""
        circle_id, about = _hex(members, "circle", 16), _text(members, "about")
        key = _hex(members, "key", 32)
        circle = self.circles.get(circle_id)
        part = circle.parts.get(about) if circle else None
        if part is None:
            raise Bad("part_unknown")
        if hkdf(key, b"schoolsafe/commit/part/1") != _base64(part, "commitment"):
            raise Bad("key_does_not_match")
        aad = b"schoolsafe/part/1\0" + circle_id + about.encode()
        try:
            inside = AESGCM(key).decrypt(bytes(12), _base64(part, "sealed"), aad)
        except (InvalidTag, ValueError):
            raise Bad("seal_broken") from None
        packed = unpad(inside)
        self.named_people += 1
        if self.unpack and self.show:
            self.show({"about": about, **read_part(self.unpack, packed)})

    def check_row(self, members: dict[str, Any]) -> None:
        """One row, and its text where a key is given."""
        row = parse_row(_base64(members, "raw"))
        self.row_now = row.id
        if row.id in self.rows:
            raise Bad("row_twice")
        person = check_row(self.circles, row)
        if members.get("key") is not None:
            packed = open_row(row, _hex(members, "key", 32))
            self.opened += 1
            self.opened_rows.add(row.id)
            if self.unpack:
                entry = read_text(self.unpack, packed, person)
                self.read += 1
                self.take_orders(row, entry)
                if self.show:
                    self.show({"row": row.id.hex(), "n": row.n, **entry})
        self.place(row)

    def check_stub(self, members: dict[str, Any]) -> None:
        """What is left of a disposed row: signed, in its place; that it was ordered shows at the end."""
        stub = parse_stub(_base64(members, "raw"))
        self.row_now = stub.id
        if stub.id in self.rows:
            raise Bad("row_twice")
        check_row(self.circles, stub)
        self.stubs.append(stub)
        self.place(stub)

    def place(self, row: Row | Stub) -> None:
        """A row's place among the others."""
        self.rows[row.id] = row.n
        self.prevs.append((row.id, row.n, row.prev))
        self.feeds.add(row.feed)
        self.named.update(row.prev)

    def take_orders(self, row: Row, entry: dict[str, Any]) -> None:
        """The stubs an entry orders; only a member's row of the same circle can."""
        if row.suite != SUITE_MEMBER:
            return
        for op in entry.get("ops") or ():
            if isinstance(op, list) and op[:1] == ["dispose"] and isinstance(op[-1], dict):
                for pair in op[-1].get("rows") or ():
                    name, shell = (unhex(str(half), 32) for half in pair)
                    self.ordered.add((row.circle, name, row.id, shell))

    def check_orders(self) -> None:
        """Every stub was ordered by a row of this file. Only where texts could be read."""
        if not self.unpack:
            return
        for stub in self.stubs:
            order = (stub.circle, stub.id, stub.disposed_by, stub.shell)
            if order not in self.ordered and stub.disposed_by in self.opened_rows:
                self.row_now = stub.id
                raise Bad("stub_not_ordered")
            if stub.disposed_by not in self.rows:
                self.row_now = stub.id
                raise Bad("order_missing")

    def check_end(self, members: dict[str, Any]) -> None:
        """As many rows as it says, the same heads, and every number one above its predecessors."""
        self.end = members
        if members.get("rows") != len(self.rows):
            raise Bad("rows_missing")
        if members.get("heads") != self.heads():
            raise Bad("heads_differ")
        self.check_orders()
        for row, n, prev in self.prevs:
            known = [self.rows[p] for p in prev if p in self.rows]
            if n > 1 and (
                n <= max(known, default=0) or (len(known) == len(prev) and n != max(known) + 1)
            ):
                self.row_now = row
                raise Bad("number_wrong")

    def check_signature(self, signature: bytes) -> None:
        """The seat that made the file signed all lines before."""
        school = next((c for c in self.circles.values() if c.name == "school"), None)
        seat = school.seats.get(_text(self.head, "by")) if school else None
        if school is None or seat is None or self.head.get("urn") != school.urn:
            raise Bad("maker_unknown")
        message = b"schoolsafe/sig/export/1\0" + self.digest.digest()
        verify(seat["sign_public"], signature, message)
        self.signed = True

    def finish(self) -> None:
        """Nothing is missing at the end."""
        if not self.signed:
            self.row_now = None
            raise Bad("cut_short")

    def heads(self) -> list[str]:
        """Rows that no other row names as its predecessor."""
        return [row.hex() for row in sorted(self.rows.keys() - self.named)]

    def holes(self) -> list[str]:
        """Rows that others name and this export does not hold."""
        first = {feed[2] for circle in self.circles.values() for feed in circle.feeds.values()}
        return [row.hex() for row in sorted(self.named - self.rows.keys() - first)]


def check(
    lines: Iterator[bytes], show: Callable[[dict[str, Any]], None] | None = None
) -> dict[str, Any]:
    """Proves an export, line by line; stops at the first thing that does not hold."""
    state, number, bad = Check(show), 0, None
    try:
        for text in lines:
            number += 1
            state.line(text)
        state.finish()
    except Bad as found:
        row = state.row_now.hex() if state.row_now else None
        bad = {"line": number, "row": row, "why": found.why}
    roots = {circle.root for circle in state.circles.values()}
    return {
        "ok": bad is None,
        "rows": len(state.rows),
        "disposed": len(state.stubs),
        "feeds": len(state.feeds),
        "first_bad": bad,
        "heads": state.heads(),
        "holes": state.holes(),
        "opened": state.opened,
        "read": state.read,
        "urn": state.head.get("urn"),
        "root": roots.pop().hex() if len(roots) == 1 else None,
        "made_ms": state.head.get("made"),
    }


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Checks a SchoolSafe journal export.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--show", action="store_true", help="print each readable entry first")
    options = parser.parse_args(arguments)

    def show(members: dict[str, Any]) -> None:
        print(json.dumps(members, ensure_ascii=False))

    try:
        with options.export.open("rb") as lines:
            result = check(lines, show if options.show else None)
    except OSError as error:
        print(f"{options.export}: {error.strerror}", file=sys.stderr)
        return 2
    print(json.dumps(result, indent=1))
    return 0 if result["ok"] else 5


if __name__ == "__main__":
    sys.exit(main())
