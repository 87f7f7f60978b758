"""Ids are their own types, never bare ``str`` or ``bytes``.

Entity ids are text: noun, colon, 16 hex characters ("child:51aa0c…"). Circle, feed and row ids are bytes.
"""

from typing import NewType

EntityId = NewType("EntityId", str)
PersonId = NewType("PersonId", str)
SeatId = NewType("SeatId", str)
ChildId = NewType("ChildId", str)
NotificationId = NewType("NotificationId", str)
LineId = NewType("LineId", str)
CircleId = NewType("CircleId", bytes)
"""16 random bytes."""
FeedId = NewType("FeedId", bytes)
"""16 random bytes, a pseudonym of one seat in one circle, new each school year."""
RowId = NewType("RowId", bytes)
"""32 bytes: SHA-256 over the outer row."""


def noun_of(entity: str) -> str:
    """The noun in front of the colon: ``noun_of("child:51aa")`` is ``"child"``."""
    return entity.partition(":")[0]
