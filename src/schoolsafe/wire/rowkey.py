"""The row key, wrapped in each of the three ways, and unwrapped.

Suite 1 under the circle key, suite 2 boxed to the circle, suite 3 under a feed key that is boxed to
the circle once. Spec: docs/spec/row.md section 2.
"""

from collections.abc import Callable

from schoolsafe.crypto import hpke, kdf, wrap
from schoolsafe.domain.ids import CircleId, FeedId
from schoolsafe.wire.row import FEED_KEY_BOXED, FEED_KEY_KNOWN, OuterRow

_ROW_BOX = b"schoolsafe/box/row/1\0"
_FEED_BOX = b"schoolsafe/box/feed/1\0"
_FEED_KEY = b"schoolsafe/feed-key/1\0"

Wrap = Callable[[bytes], bytes]
"""Given what stands in front of the wrapped key, the wrapped key."""


def for_member(circle_key: bytes, row_key: bytes) -> Wrap:
    """Suite 1."""
    return lambda _front: wrap.wrap(circle_key, row_key)


def for_box(box_public: bytes, row_key: bytes) -> Wrap:
    """Suite 2. The box is bound to all that stands in front of it: it fits no other row."""
    return lambda front: hpke.seal(box_public, row_key, _ROW_BOX + front)


def for_feed(feed_key: bytes, row_key: bytes) -> Wrap:
    """Suite 3, any row but those that box the feed key."""
    return lambda _front: bytes([FEED_KEY_KNOWN]) + wrap.wrap(feed_key, row_key)


def for_feed_start(
    box_public: bytes,
    row_key: bytes,
    *,
    feed_key: bytes,
    circle: CircleId,
    feed: FeedId,
    key_version: int,
) -> Wrap:
    """Suite 3, the feed's first row under a key version: the feed key travels in a box."""
    box = hpke.seal(box_public, feed_key, _feed_info(circle, feed, key_version))
    return lambda _front: bytes([FEED_KEY_BOXED]) + box + wrap.wrap(feed_key, row_key)


def feed_key(signing_seed: bytes, *, circle: CircleId, feed: FeedId, key_version: int) -> bytes:
    """A writer's own feed key. Derived, so that it survives a restart without being stored."""
    return kdf.hkdf(signing_seed, info=_FEED_KEY + _place(circle, feed, key_version))


def boxes_feed_key(row: OuterRow) -> bool:
    """Whether this suite 3 row carries the feed key for those behind it."""
    return row.wrapped[0] == FEED_KEY_BOXED


def open_member(row: OuterRow, circle_key: bytes) -> bytes:
    """The row key of a suite 1 row.

    Raises:
        WrapBroken: another circle key, or changed bytes.
    """
    return wrap.unwrap(circle_key, row.wrapped)


def open_box(row: OuterRow, box_private: bytes) -> bytes:
    """The row key of a suite 2 row.

    Raises:
        BoxBroken: boxed to somebody else, moved from another row, or changed.
    """
    return hpke.open_box(box_private, row.wrapped, _ROW_BOX + row.box_info)


def open_feed_key(row: OuterRow, box_private: bytes) -> bytes:
    """The feed key that a suite 3 row boxes.

    Raises:
        BoxBroken: boxed to somebody else, moved from another feed, or changed.
    """
    box = row.wrapped[1 : 1 + hpke.BOXED_KEY_BYTES]
    return hpke.open_box(box_private, box, _feed_info(row.circle, row.feed, row.key_version))


def open_feed(row: OuterRow, key: bytes) -> bytes:
    """The row key of a suite 3 row, with the feed key.

    Raises:
        WrapBroken: another feed key, or changed bytes.
    """
    return wrap.unwrap(key, row.wrapped[-wrap.WRAPPED_KEY_BYTES :])


def _place(circle: CircleId, feed: FeedId, key_version: int) -> bytes:
    return circle + feed + key_version.to_bytes(4, "big")


def _feed_info(circle: CircleId, feed: FeedId, key_version: int) -> bytes:
    return _FEED_BOX + _place(circle, feed, key_version)
