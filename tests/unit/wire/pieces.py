"""Rows, entries and links to test with: valid by default, obviously pretend, fixed keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from schoolsafe.crypto import hpke, sign
from schoolsafe.domain.entry import Add, Entry, Op, Set
from schoolsafe.domain.ids import CircleId, FeedId, PersonId, RowId
from schoolsafe.wire import inside, row, rowkey
from schoolsafe.wire.row import OuterRow, Suite

CIRCLE = CircleId(b"circle of tests.")
FEED = FeedId(b"feed of a tester")
LINK = RowId(b"the link that admitted this feed")
CIRCLE_KEY = bytes(range(32))
ROW_KEY = bytes(range(100, 132))
FEED_KEY = bytes(range(200, 232))
SEED = b"a seed that signs only in tests!"
SIGNER = sign.public_of(SEED)
BOX_PRIVATE = bytes(range(96))
BOX_PUBLIC = hpke.public_of(BOX_PRIVATE)
AUTHOR = PersonId("person:0123456789abcdef")


def an_entry(*ops: Op, **changes: object) -> Entry:
    facts: dict[str, object] = {
        "kind": "entry.write",
        "kv": 1,
        "author": AUTHOR,
        "t": 115344169086353409,
        "wall_ms": 1760012345678,
        "ops": ops
        or (Add("entry:1", {"text": "Zzyzx was tired"}), Set("entry:1", "a", "b", (LINK,))),
        "tx": "0f3c",
        "subject": "child:51aa",
        "subject_heads": (LINK,),
        "seen": (),
        "why": "said at registration",
        "app": "0.1.0",
    }
    return Entry(**(facts | changes))  # type: ignore[arg-type]


TEXT = inside.encode(an_entry())


def wrapping(suite: Suite, *, opening: bool = True, row_key: bytes = ROW_KEY) -> rowkey.Wrap:
    match suite:
        case Suite.MEMBER:
            return rowkey.for_member(CIRCLE_KEY, row_key)
        case Suite.BOX:
            return rowkey.for_box(BOX_PUBLIC, row_key)
        case Suite.FEED if not opening:
            return rowkey.for_feed(FEED_KEY, row_key)
        case Suite.FEED:
            return rowkey.for_feed_start(
                BOX_PUBLIC, row_key, feed_key=FEED_KEY, circle=CIRCLE, feed=FEED, key_version=1
            )


def a_row(
    suite: Suite = Suite.MEMBER,
    *,
    text: bytes = TEXT,
    n: int = 1,
    prev: Sequence[RowId] = (LINK,),
    row_key: bytes = ROW_KEY,
    opening: bool = True,
    floor: int = 1024,
) -> OuterRow:
    return row.seal(
        suite=suite,
        circle=CIRCLE,
        feed=FEED,
        n=n,
        prev=prev,
        key_version=1,
        text=text,
        row_key=row_key,
        wrap_key=wrapping(suite, opening=opening, row_key=row_key),
        signing_seed=SEED,
        floor=floor,
    )


def resigned(raw: bytes) -> bytes:
    """The same outer bytes under a signature that holds: what only the author could make."""
    outer = raw[:-64]
    return outer + sign.sign(SEED, row.SIGNATURE_TAG + row._id(outer))


def unwrapped(outer: OuterRow) -> bytes:
    """The row key, by whichever road the suite takes."""
    match outer.suite:
        case Suite.MEMBER:
            return rowkey.open_member(outer, CIRCLE_KEY)
        case Suite.BOX:
            return rowkey.open_box(outer, BOX_PRIVATE)
        case Suite.FEED:
            if rowkey.boxes_feed_key(outer):
                return rowkey.open_feed(outer, rowkey.open_feed_key(outer, BOX_PRIVATE))
            return rowkey.open_feed(outer, FEED_KEY)


def read(raw: bytes) -> Entry:
    """All steps of a reader: parse, verify, unwrap, open, decode."""
    outer = row.parse(raw)
    row.verify(outer, SIGNER)
    return inside.decode(row.open_inside(outer, unwrapped(outer)))


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@dataclass(frozen=True, slots=True)
class SomeSeat:
    """A seat with its keys."""

    name: str
    sign_seed: bytes
    box_private: bytes

    @property
    def box_public(self) -> bytes:
        return hpke.public_of(self.box_private)

    @property
    def sign_public(self) -> bytes:
        return sign.public_of(self.sign_seed)


def a_seat(number: int) -> SomeSeat:
    return SomeSeat(f"seat:{number:016x}", bytes([number]) * 32, bytes([number]) * 96)
