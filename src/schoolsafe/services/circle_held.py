"""One circle as one seat holds it, and who may have written a row there. Pure.

Left to others: sealing and opening (`circle`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from typing_extensions import override

from schoolsafe.domain.field import AUDIT
from schoolsafe.errors import Tampered
from schoolsafe.services.genesis import SeatSecrets
from schoolsafe.wire import circlekey, row, rowkey
from schoolsafe.wire import stub as stubs
from schoolsafe.wire.circlekey import CircleKey
from schoolsafe.wire.roster import FeedFacts, RosterState, SeatFacts
from schoolsafe.wire.row import OuterRow, Suite
from schoolsafe.wire.stub import Stub


class FeedNotAdmitted(Tampered):
    """A record was written by somebody who is not on the list of members."""


class KeyVersionUnknown(Tampered):
    """A record names a key that was never given out."""


class SuiteNotAllowed(Tampered):
    """A record is sealed in a way its writer cannot use there."""


class FirstPredecessorWrong(Tampered):
    """A record does not begin where its writer was admitted."""


@dataclass(frozen=True, slots=True)
class HeldCircle:
    """A circle's membership, the keys of it this seat holds, and this seat's feed."""

    state: RosterState
    keys: Mapping[int, CircleKey]
    """By version; empty where this seat never read."""
    own_feed: FeedFacts | None

    @property
    def reads(self) -> bool:
        """Whether this seat holds the newest key."""
        return self.state.key_version in self.keys

    @override
    def __repr__(self) -> str:
        return f"HeldCircle({self.state.name}, reads={self.reads})"


def hold(state: RosterState, school: RosterState, secrets: SeatSecrets) -> HeldCircle:
    """What a seat holds of a circle. The *school* roster decides whether the seat may still write.

    A removed seat keeps the keys it was given: what was read cannot be taken back, and its own
    read tables must still rebuild.

    Raises:
        BoxBroken, KeyDoesNotMatch, SealBroken, WrapBroken: a box or a key does not hold.
    """
    exists = school.seats.get(secrets.seat)
    own = None
    if exists is not None and not exists.revoked:
        feeds = [*school.feeds.values(), *state.feeds.values()]  # own roster last: it goes first
        mine = [f for f in feeds if f.seat == secrets.seat and f.circle == state.circle]
        own = mine[-1] if mine else None
    return HeldCircle(state, _open_keys(state, secrets), own)


def writer_of(
    outer: OuterRow | Stub, state: RosterState, school: RosterState
) -> tuple[FeedFacts, SeatFacts]:
    """Whose feed it is: in the circle's own roster, or in *school* for who only writes.

    Raises:
        FeedNotAdmitted: nobody's.
    """
    for roster in (state, school):
        feed = roster.feeds.get(outer.feed)
        if feed is not None and feed.circle == outer.circle:
            return feed, roster.seats[feed.seat]
    raise FeedNotAdmitted


def check_row(outer: OuterRow, state: RosterState, school: RosterState) -> None:
    """Returns only when the roster admits the feed, its seat signed, and the place is right.

    Raises:
        FeedNotAdmitted, SignatureBroken, KeyVersionUnknown, SuiteNotAllowed,
        FirstPredecessorWrong: which of them does not hold.
    """
    feed, seat = writer_of(outer, state, school)
    row.verify(outer, seat.sign_public)
    if outer.key_version > state.key_version:
        raise KeyVersionUnknown
    _check_suite(outer, state, member=feed.id in state.feeds)
    starts = outer.prev == (feed.admitted_by,)
    if starts != (outer.n == 1) or (feed.admitted_by in outer.prev and not starts):
        raise FirstPredecessorWrong


def check_stub(stub: Stub, state: RosterState, school: RosterState) -> None:
    """The same for what is left of a disposed row. What it held is vouched for by the row that disposed.

    Raises:
        FeedNotAdmitted, SignatureBroken, KeyVersionUnknown, SuiteNotAllowed,
        FirstPredecessorWrong: as ``check_row``.
    """
    feed, seat = writer_of(stub, state, school)
    stubs.verify(stub, seat.sign_public)
    if stub.key_version > state.key_version:
        raise KeyVersionUnknown
    if stub.suite is Suite.FEED:
        raise SuiteNotAllowed  # what was opened, printed and sent is never disposed of this way
    if stub.suite is Suite.MEMBER and feed.id not in state.feeds:
        raise SuiteNotAllowed
    starts = stub.prev == (feed.admitted_by,)
    if starts != (stub.n == 1) or (feed.admitted_by in stub.prev and not starts):
        raise FirstPredecessorWrong


def _check_suite(outer: OuterRow, state: RosterState, *, member: bool) -> None:
    """Suite 1 is a member's, suite 3 is *audit*'s and begins with a boxed feed key."""
    if outer.suite is Suite.MEMBER and not (member and state.circle == outer.circle):
        raise SuiteNotAllowed
    if outer.suite is Suite.FEED and state.name != AUDIT:
        raise SuiteNotAllowed
    if outer.suite is Suite.FEED and outer.n == 1 and not rowkey.boxes_feed_key(outer):
        raise SuiteNotAllowed


def _open_keys(state: RosterState, secrets: SeatSecrets) -> dict[int, CircleKey]:
    """Every key version this seat's boxes lead to: the newest box opens the versions before it."""
    keys: dict[int, CircleKey] = {}
    for op, box in state.boxes_for(secrets.seat):
        if op.version in keys:
            continue
        found = circlekey.open_box(
            box, secrets.box_private, name=secrets.seat, circle=state.circle, op=op
        )
        keys[found.version] = found
        while found.version > 1 and state.keys[found.version - 1].previous is not None:
            now, before = state.keys[found.version - 1], state.keys[found.version - 2]
            found = circlekey.open_previous(found, now, before, state.circle)
            keys[found.version] = found
    return keys
