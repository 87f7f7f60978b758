"""The circles of one seat: opens its boxes, seals its rows, reads what it was given.

The real `Sealer`. A member seals under the circle key (suite 1); who cannot read seals into the
box (suite 2), in *audit* with a feed key boxed once (suite 3). Left to others: storing rows and
rosters, who becomes a member.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from schoolsafe.crypto import commit, fresh
from schoolsafe.domain.entry import Entry, NewEntry
from schoolsafe.domain.field import AUDIT, SCHOOL, TEAM
from schoolsafe.domain.ids import CircleId, FeedId, RowId
from schoolsafe.errors import Refused, Tampered
from schoolsafe.services.circle_held import HeldCircle, check_row, check_stub, hold, writer_of
from schoolsafe.services.genesis import SeatSecrets
from schoolsafe.services.ports import Place, SealedRow
from schoolsafe.services.school_card import KeySet
from schoolsafe.wire import (
    inside,
    link,
    padding,
    roster,
    row,
    rowkey,
    schoolcard,
    schoolkeys,
    sealedpart,
    upcast,
)
from schoolsafe.wire.circlekey import CircleKey
from schoolsafe.wire.export import DisclosedPart
from schoolsafe.wire.export import lines as export_lines
from schoolsafe.wire.roster import FeedFacts, RosterState
from schoolsafe.wire.row import OuterRow, Suite
from schoolsafe.wire.stub import Stub


class NoKey(Refused):
    """You cannot write there: this computer was not given a place in {circle}."""


class NotACircleOfOurs(Tampered):
    """A record belongs to readers this school does not have."""


class AuthorNotSeat(Tampered):
    """A record names another author than the person who signed it."""


class CirclesDoNotFit(Tampered):
    """The lists of members do not belong to one school."""


_FLOORS: Final = {AUDIT: padding.AUDIT_FLOOR_BYTES}


class Circles:
    """Holds the keys of one seat. Made at unlock, thrown away at lock."""

    def __init__(
        self, secrets: SeatSecrets, rosters: Iterable[Sequence[bytes]], *, app: str = ""
    ) -> None:
        """Replays each chain under the school's root and opens this seat's boxes.

        Raises:
            Tampered: a chain, a box or a key does not hold, or a chain is of another school.
        """
        self._secrets = secrets
        self._app = app
        self._chains = [tuple(chain) for chain in rosters]
        states = [roster.replay(chain, root=secrets.root_public) for chain in self._chains]
        by_name = {state.name: state for state in states}
        same = len({state.urn for state in states}) == 1 and len(by_name) == len(states)
        if SCHOOL not in by_name or not same:
            raise CirclesDoNotFit
        self._school = by_name[SCHOOL]
        self._circles = {
            name: hold(state, self._school, secrets) for name, state in by_name.items()
        }
        self._names = {state.circle: state.name for state in states}
        self._feed_keys: dict[tuple[FeedId, int], bytes] = {}
        self._boxed: set[tuple[FeedId, int]] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The circles this seat knows, by name."""
        return tuple(self._circles)

    def circle_id(self, name: str) -> CircleId:
        """The circle's random id.

        Raises:
            NoKey: no circle of that name.
        """
        return self._named(name).state.circle

    def circle_name(self, circle: CircleId) -> str | None:
        """The name of a circle this seat knows."""
        return self._names.get(circle)

    def reads(self, name: str) -> bool:
        """Whether this seat holds the newest key. What it only boxes it cannot read back."""
        return self._named(name).reads

    def writes(self, name: str) -> bool:
        """Whether this seat has a feed there."""
        return name in self._circles and self._circles[name].own_feed is not None

    def feed(self, circle: str) -> FeedId:
        """This seat's feed in that circle.

        Raises:
            NoKey: it has none.
        """
        return self._own_feed(circle).id

    def admitted_by(self, circle: str) -> RowId:
        """The roster link that admitted this seat's feed: the ``prev`` of its first row.

        A feed of somebody who is not a member was admitted by a link of *school*.

        Raises:
            NoKey: this seat has no feed there.
        """
        return self._own_feed(circle).admitted_by

    def roster(self, name: str) -> RosterState:
        """Membership of a circle, as the stored chain has it."""
        return self._named(name).state

    def roster_head(self, name: str) -> RowId:
        """The newest link of a circle: part of the anchor."""
        return self._named(name).state.head

    def seal(self, entry: NewEntry, place: Place) -> SealedRow:
        """Seals and signs one entry at that place.

        The entry given back is read from the sealed text, so that what is reduced now and what a
        rebuild reads later are the same.

        Raises:
            NoKey: this seat cannot write in that circle.
            TextTooLongForARow: over 64 KiB.
            JsonBroken: a value JSON as we allow it cannot hold.
        """
        circle = self._named(entry.circle)
        feed = self._own_feed(entry.circle)
        text = inside.encode(self._entry(entry, place, boxed=not circle.reads))
        row_key = fresh.key()
        suite, wrap_key = self._wrapping(circle, feed.id, row_key, n=place.n)
        outer = row.seal(
            suite=suite,
            circle=circle.state.circle,
            feed=feed.id,
            n=place.n,
            prev=place.prev,
            key_version=circle.state.key_version,
            text=text,
            row_key=row_key,
            wrap_key=wrap_key,
            signing_seed=self._secrets.sign_seed,
            floor=_FLOORS.get(entry.circle, padding.FLOOR_BYTES),
        )
        return SealedRow(outer, inside.decode(text))

    def check(self, outer: OuterRow | Stub) -> None:
        """Returns only when the roster admits the feed, its seat signed, and the place is right.

        Raises:
            NotACircleOfOurs, FeedNotAdmitted, KeyVersionUnknown, SuiteNotAllowed,
            FirstPredecessorWrong, SignatureBroken: which of them does not hold.
        """
        if isinstance(outer, Stub):
            check_stub(outer, self._of(outer).state, self._school)
        else:
            check_row(outer, self._of(outer).state, self._school)

    def open(self, outer: OuterRow) -> Entry | None:
        """The entry inside, lifted to the newest version; None where this seat holds no key.

        Raises:
            KeyDoesNotMatch, WrapBroken, BoxBroken, SealBroken: key or ciphertext do not hold.
            InsideBroken, JsonBroken, EntryBroken: what is inside is not an entry.
            AuthorNotSeat: it claims another author.
        """
        row_key = self.row_key(outer)
        if row_key is None:
            return None
        entry = inside.decode(row.open_inside(outer, row_key))
        _feed, seat = writer_of(outer, self._of(outer).state, self._school)
        if entry.author != seat.person:
            raise AuthorNotSeat
        return upcast.latest(entry)

    def row_key(self, outer: OuterRow) -> bytes | None:
        """The key of this row alone: what an export or a transfer discloses. None without a key.

        Raises:
            WrapBroken, BoxBroken: the wrapped key was changed.
            KeyDoesNotMatch: it is not the key the row commits to.
        """
        name = self._names.get(outer.circle)
        key = self._circles[name].keys.get(outer.key_version) if name else None
        if key is None:
            return None
        row_key = self._unwrap(outer, key)
        if row_key is not None:
            commit.check(row_key, outer.commitment)
        return row_key

    def learn(self, rows: Iterable[OuterRow]) -> None:
        """Takes feed keys out of the rows that box one (`rowkey.boxes_feed_key`), after a restart.

        Without it, later rows of such feeds stay closed until the boxing row is opened.

        Raises:
            Tampered: as ``row_key``.
        """
        for outer in rows:
            if outer.suite is Suite.FEED and rowkey.boxes_feed_key(outer):
                self.row_key(outer)

    def school_secrets(self) -> schoolkeys.SchoolSecrets | None:
        """The private halves of the newest school key set; None for who does not read *team*.

        Raises:
            Tampered: they do not open, or do not fit the public halves.
        """
        team = self._circles.get(TEAM)
        if team is None or not team.keys or not team.state.school_keys:
            return None
        return self._opened(team, team.state.school_keys[-1])

    @property
    def urn(self) -> str:
        """The school's number."""
        return self._school.urn

    @property
    def root(self) -> bytes:
        """The school's root key, public half."""
        return self._secrets.root_public

    def key_sets(self) -> tuple[KeySet, ...]:
        """Every school key set with its private halves, oldest first; none for who does not read *team*.

        Raises:
            Tampered: one does not open, or does not fit its public halves.
        """
        team = self._circles.get(TEAM)
        if team is None or not team.keys:
            return ()
        made = {
            op.version: each.at_ms
            for chain in self._chains
            for each in map(link.parse, chain)
            for op in each.ops
            if isinstance(op, link.SchoolKeys)
        }
        return tuple(
            KeySet(
                op,
                self._opened(team, op),
                schoolcard.op_key_id(op, root=self.root, urn=self.urn),
                made[op.version],
            )
            for op in team.state.school_keys
        )

    def _opened(self, team: HeldCircle, op: link.SchoolKeys) -> schoolkeys.SchoolSecrets:
        key = team.keys[op.sealed.version].key
        return schoolkeys.open_secrets(op, circle=team.state.circle, circle_key=key)

    def export(self, rows: Iterable[OuterRow | Stub], *, made_ms: int) -> Iterator[bytes]:
        """The journal for the stand-alone verifier, line by line: rosters, rows, keys, signature.

        Whoever holds the result reads every row this seat can read.

        Raises:
            Tampered: as ``row_key``.
        """
        return export_lines(
            chains=self._chains,
            parts=self._disclosed_parts(),
            rows=(
                (outer, None if isinstance(outer, Stub) else self.row_key(outer)) for outer in rows
            ),
            made_ms=made_ms,
            urn=self._school.urn,
            seat=self._secrets.seat,
            signing_seed=self._secrets.sign_seed,
        )

    def _named(self, name: str) -> HeldCircle:
        if name not in self._circles:
            raise NoKey(circle=name)
        return self._circles[name]

    def _of(self, outer: OuterRow | Stub) -> HeldCircle:
        name = self._names.get(outer.circle)
        if name is None:
            raise NotACircleOfOurs
        return self._circles[name]

    def _own_feed(self, name: str) -> FeedFacts:
        feed = self._named(name).own_feed
        if feed is None:
            raise NoKey(circle=name)
        return feed

    def _entry(self, new: NewEntry, place: Place, *, boxed: bool) -> Entry:
        """Who only writes sees nothing: no heads to name."""
        return Entry(
            kind=new.kind,
            kv=upcast.version_of(new.kind),
            author=self._secrets.person,
            t=place.t,
            wall_ms=place.wall_ms,
            ops=new.ops,
            tx=place.tx,
            subject=new.subject,
            subject_heads=() if boxed else place.subject_heads,
            seen=() if boxed else place.seen,
            why=new.why,
            app=self._app,
            must=new.must,
        )

    def _wrapping(
        self, circle: HeldCircle, feed: FeedId, row_key: bytes, *, n: int
    ) -> tuple[Suite, rowkey.Wrap]:
        state = circle.state
        if circle.reads:
            key = circle.keys[state.key_version].key
            return Suite.MEMBER, rowkey.for_member(key, row_key)
        box_public = state.keys[-1].box_public
        if state.name != AUDIT:
            return Suite.BOX, rowkey.for_box(box_public, row_key)
        version = state.key_version
        feed_key = rowkey.feed_key(
            self._secrets.sign_seed, circle=state.circle, feed=feed, key_version=version
        )
        # Boxed in the feed's first row; after a rotation once more, and again after a restart.
        if n > 1 and (version == 1 or (feed, version) in self._boxed):
            return Suite.FEED, rowkey.for_feed(feed_key, row_key)
        self._boxed.add((feed, version))
        return Suite.FEED, rowkey.for_feed_start(
            box_public,
            row_key,
            feed_key=feed_key,
            circle=state.circle,
            feed=feed,
            key_version=version,
        )

    def _unwrap(self, outer: OuterRow, key: CircleKey) -> bytes | None:
        if outer.suite is Suite.MEMBER:
            return rowkey.open_member(outer, key.key)
        if outer.suite is Suite.BOX:
            return rowkey.open_box(outer, key.box_private)
        at = outer.feed, outer.key_version
        if rowkey.boxes_feed_key(outer):
            self._feed_keys[at] = rowkey.open_feed_key(outer, key.box_private)
        if at not in self._feed_keys:
            return None
        return rowkey.open_feed(outer, self._feed_keys[at])

    def _disclosed_parts(self) -> Iterator[DisclosedPart]:
        """The keys of the sealed names this seat may read."""
        for circle in self._circles.values():
            state = circle.state
            parts: dict[str, sealedpart.SealedPart] = {str(p): s for p, s in state.persons.items()}
            parts |= {s.id: s.label for s in state.seats.values() if s.label}
            for about, part in parts.items():
                if part.version in circle.keys:
                    with suppress(Tampered):  # a name that does not open must not stop evidence
                        key = sealedpart.part_key(part, circle.keys[part.version].key)
                        yield DisclosedPart(state.circle, about, key)
