"""A circle's roster: what a chain of links from genesis adds up to. A pure replay.

Seats and their keys, feeds and who owns them, key versions and boxes. A link whose predecessor is
not the head is refused: membership never forks. Spec: docs/spec/roster.md section 5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from schoolsafe.domain.ids import CircleId, FeedId, PersonId, RowId
from schoolsafe.errors import Tampered
from schoolsafe.wire import link as links
from schoolsafe.wire import schoolkeys
from schoolsafe.wire.link import Link, LinkOp
from schoolsafe.wire.sealedpart import SealedPart

SCHOOL: Final = "school"
TEAM: Final = "team"


class RosterBroken(Tampered):
    """The list of members does not add up. It was changed outside SchoolSafe."""


class NoGenesis(RosterBroken):
    """The list of members does not begin at its beginning."""


class GenesisAgain(RosterBroken):
    """The list of members begins twice."""


class OtherCircle(RosterBroken):
    """A page of the list of members belongs to another list."""


class OtherRoot(RosterBroken):
    """The list of members belongs to another school."""


class NotFromHead(RosterBroken):
    """A page of the list of members does not follow the page before it."""


class SignerUnknown(RosterBroken):
    """A page of the list of members is signed by somebody who may not sign it."""


class SecondSignatureMissing(RosterBroken):
    """A page of the list of members needs the signatures of two people."""


class SeatTwice(RosterBroken):
    """The list of members names one computer twice."""


class SeatUnknown(RosterBroken):
    """The list of members names a computer that is not there."""


class PersonUnknown(RosterBroken):
    """The list of members names a person who is not there."""


class FeedTwice(RosterBroken):
    """The list of members names one writer's feed twice."""


class FeedOutOfPlace(RosterBroken):
    """The list of members admits a feed it may not admit."""


class RotationOutOfOrder(RosterBroken):
    """The list of members skips or repeats a key version."""


class RotationLeavesOut(RosterBroken):
    """A new key was not given to exactly the people who read here."""


class RevokedWithoutRotation(RosterBroken):
    """Somebody was removed from the list of members and the key was not changed."""


class SchoolKeysOutOfPlace(RosterBroken):
    """The school's own keys stand where they may not stand."""


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """One seat as the roster holds it now."""

    id: str
    person: PersonId
    sign_public: bytes
    box_public: bytes
    reads: bool
    admin: bool
    admitted_by: RowId
    label: SealedPart | None
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """One feed: whose it is, in which circle, and the link that admitted it."""

    id: FeedId
    seat: str
    circle: CircleId
    admitted_by: RowId


@dataclass(frozen=True, slots=True)
class RosterState:
    """A circle's membership after a chain of links. Made by ``begin`` and ``after`` only."""

    circle: CircleId
    name: str
    urn: str
    root: bytes
    recovery: bytes
    head: RowId
    n: int
    policy: Mapping[str, int]
    persons: Mapping[PersonId, SealedPart] = field(default_factory=dict)
    seats: Mapping[str, SeatFacts] = field(default_factory=dict)
    feeds: Mapping[FeedId, FeedFacts] = field(default_factory=dict)
    keys: tuple[links.Rotate, ...] = ()
    """Key versions; version v stands at index v - 1."""
    grants: Mapping[tuple[str, int], bytes] = field(default_factory=dict)
    """(seat, key version) to a box given after the rotation."""
    trusted: Mapping[FeedId, tuple[RowId, ...]] = field(default_factory=dict)
    """Feeds of removed seats: the heads up to which their rows hold."""
    school_keys: tuple[links.SchoolKeys, ...] = ()

    @property
    def key_version(self) -> int:
        """The newest key version."""
        return len(self.keys)

    def readers(self) -> dict[str, bytes]:
        """Who must get the next key, recovery included: name to box key."""
        now = {
            seat.id: seat.box_public
            for seat in self.seats.values()
            if seat.reads and not seat.revoked
        }
        return {**now, links.RECOVERY: self.recovery}

    def boxes_for(self, name: str) -> tuple[tuple[links.Rotate, bytes], ...]:
        """Every box addressed to a seat or to recovery, newest version first."""
        found = []
        for op in reversed(self.keys):
            box = self.grants.get((name, op.version)) or op.boxes.get(name)
            if box:
                found.append((op, box))
        return tuple(found)

    def after(self, link: Link) -> "RosterState":
        """The membership after one more link.

        Raises:
            RosterBroken: one of its subclasses.
            SignatureBroken: a signature does not hold.
        """
        if link.circle != self.circle:
            raise OtherCircle
        if link.prev != self.head or link.n != self.n + 1:
            raise NotFromHead
        _check_signers(self, link)
        state = self
        for op in link.ops:
            state = _apply(state, op, link)
        _check_left(self, state)
        return replace(state, head=link.id, n=link.n)


def begin(link: Link, *, root: bytes | None = None) -> RosterState:
    """The membership after the first link. ``root`` pins the school's root key where it is known.

    Raises:
        NoGenesis: not a first link.
        OtherRoot: of another school.
        RosterBroken, SignatureBroken: as ``after``.
    """
    genesis = link.ops[0]
    if not isinstance(genesis, links.Genesis) or link.n != 1 or link.prev is not None:
        raise NoGenesis
    if root is not None and genesis.root != root:
        raise OtherRoot
    if link.by != (links.ROOT,):
        raise SignerUnknown
    links.verify_signature(link, links.ROOT, genesis.root)
    state = RosterState(
        circle=link.circle,
        name=genesis.name,
        urn=genesis.urn,
        root=genesis.root,
        recovery=genesis.recovery,
        head=link.id,
        n=1,
        policy=genesis.policy,
    )
    for op in link.ops[1:]:
        state = _apply(state, op, link)
    if not state.keys:
        raise RotationOutOfOrder
    return state


def replay(chain: Iterable[bytes], *, root: bytes | None = None) -> RosterState:
    """The membership after a whole chain of stored links, each proved.

    Raises:
        NoGenesis: an empty chain, or one that does not begin at its beginning.
        RosterBroken, LinkBroken, JsonBroken, SignatureBroken: a link does not hold.
    """
    state: RosterState | None = None
    for raw in chain:
        link = links.parse(raw)
        state = state.after(link) if state else begin(link, root=root)
    if state is None:
        raise NoGenesis
    return state


def _check_signers(state: RosterState, link: Link) -> None:
    """Root may sign anything (that is recovery); admins the rest; a seat its own yearly feed."""
    if len(set(link.by)) != len(link.by):
        raise SignerUnknown
    admins = {seat.id for seat in state.seats.values() if seat.admin and not seat.revoked}
    feeds = [op for op in link.ops if isinstance(op, links.Feed)]
    own_feeds = {op.seat for op in feeds} if len(feeds) == len(link.ops) else set()
    for name in link.by:
        if name == links.ROOT:
            links.verify_signature(link, name, state.root)
            continue
        seat = state.seats.get(name)
        if seat is None or seat.revoked or (name not in admins and own_feeds != {name}):
            raise SignerUnknown
        links.verify_signature(link, name, seat.sign_public)
    grave = any(_is_grave(state, op) for op in link.ops)
    if grave and links.ROOT not in link.by and len(link.by) < min(2, len(admins)):
        raise SecondSignatureMissing


def _is_grave(state: RosterState, op: LinkOp) -> bool:
    """What one admin may not do while there is a second: admins, recovery, policy, school keys."""
    match op:
        case links.Seat():
            return op.admin
        case links.Revoke():
            return op.seat in state.seats and state.seats[op.seat].admin
        case links.Recovery() | links.Policy() | links.SchoolKeys():
            return True
        case _:
            return False


def _apply(state: RosterState, op: LinkOp, link: Link) -> RosterState:  # noqa: PLR0911  # one for each op
    match op:
        case links.Genesis():
            raise GenesisAgain
        case links.Person():
            return replace(state, persons={**state.persons, PersonId(op.person): op.sealed})
        case links.Seat():
            return _seat(state, op, link)
        case links.Feed():
            return _feed(state, op, link)
        case links.Rotate():
            return _rotate(state, op)
        case links.SchoolKeys():
            return _school_keys(state, op)
        case links.Policy():
            return replace(state, policy={**state.policy, **op.policy})
        case links.Recovery():
            return replace(state, recovery=op.recovery)
        case links.Grant() | links.Ungrant() | links.Revoke():
            return _member(state, op)


def _seat(state: RosterState, op: links.Seat, link: Link) -> RosterState:
    if op.seat in state.seats or op.seat in {links.ROOT, links.RECOVERY}:
        raise SeatTwice
    if op.person not in state.persons:
        raise PersonUnknown
    facts = SeatFacts(
        id=op.seat,
        person=PersonId(op.person),
        sign_public=op.sign_public,
        box_public=op.box_public,
        reads=op.reads,
        admin=op.admin,
        admitted_by=link.id,
        label=op.sealed,
    )
    return replace(state, seats={**state.seats, op.seat: facts})


def _feed(state: RosterState, op: links.Feed, link: Link) -> RosterState:
    feed = FeedId(bytes.fromhex(op.feed))
    if feed in state.feeds:
        raise FeedTwice
    if op.seat not in state.seats or state.seats[op.seat].revoked:
        raise SeatUnknown
    if op.circle is not None and state.name != SCHOOL:
        raise FeedOutOfPlace
    circle = CircleId(bytes.fromhex(op.circle)) if op.circle else state.circle
    facts = FeedFacts(id=feed, seat=op.seat, circle=circle, admitted_by=link.id)
    return replace(state, feeds={**state.feeds, feed: facts})


def _rotate(state: RosterState, op: links.Rotate) -> RosterState:
    if op.version != state.key_version + 1:
        raise RotationOutOfOrder
    if op.boxes.keys() != state.readers().keys():
        raise RotationLeavesOut
    return replace(state, keys=(*state.keys, op))


def _school_keys(state: RosterState, op: links.SchoolKeys) -> RosterState:
    if state.name != TEAM or op.version != len(state.school_keys) + 1:
        raise SchoolKeysOutOfPlace
    schoolkeys.verify(op, urn=state.urn, root_public=state.root)
    return replace(state, school_keys=(*state.school_keys, op))


def _member(state: RosterState, op: links.Grant | links.Ungrant | links.Revoke) -> RosterState:
    seat = state.seats.get(op.seat)
    if seat is None or seat.revoked:
        raise SeatUnknown
    match op:
        case links.Grant():
            if op.version != state.key_version:
                raise RotationOutOfOrder
            return replace(
                state,
                seats={**state.seats, op.seat: replace(seat, reads=True)},
                grants={**state.grants, (op.seat, op.version): op.box},
            )
        case links.Ungrant():
            return replace(state, seats={**state.seats, op.seat: replace(seat, reads=False)})
        case links.Revoke():
            trusted = {
                FeedId(bytes.fromhex(feed)): tuple(RowId(bytes.fromhex(row)) for row in heads)
                for feed, heads in op.trusted.items()
            }
            gone = replace(seat, reads=False, admin=False, revoked=True)
            return replace(
                state,
                seats={**state.seats, op.seat: gone},
                trusted={**state.trusted, **trusted},
            )


def _check_left(before: RosterState, after: RosterState) -> None:
    """Whoever read before and does not now must not hold the newest key: same link, new key."""
    left = before.readers().keys() - after.readers().keys()
    if left and after.key_version == before.key_version:
        raise RevokedWithoutRotation
