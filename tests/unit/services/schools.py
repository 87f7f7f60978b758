"""A pretend school with its keys, and colleagues who join it."""

from dataclasses import dataclass, replace

from schoolsafe.crypto import hpke, sign
from schoolsafe.domain.access import CIRCLES, Access, Choices, access
from schoolsafe.domain.entry import Add, NewEntry
from schoolsafe.domain.ids import CircleId, PersonId, RowId
from schoolsafe.domain.person import Role
from schoolsafe.services.circle import Circles
from schoolsafe.services.genesis import SeatSecrets, found_school
from schoolsafe.services.ports import Place, SealedRow
from schoolsafe.wire import circlekey, link, roster, sealedpart
from schoolsafe.wire.circlekey import CircleKey

AT_MS = 1760012345678
NOBODY = sealedpart.SealedPart(version=1, wrapped=b"", commitment=b"", sealed=b"")


@dataclass(frozen=True)
class School:
    """The first seat's secrets and every circle's chain, which tests make longer."""

    secrets: SeatSecrets
    chains: dict[CircleId, tuple[bytes, ...]]
    choices: Choices

    def circles(self, secrets: SeatSecrets | None = None) -> Circles:
        return Circles(secrets or self.secrets, self.chains.values(), app="0.1.0")

    def state(self, name: str) -> roster.RosterState:
        states = (roster.replay(chain) for chain in self.chains.values())
        return next(state for state in states if state.name == name)

    def key(self, name: str, version: int = 1) -> CircleKey:
        """Out of the recovery box: what custodians can do."""
        state = self.state(name)
        private = self.secrets.recovery_private
        assert private
        for op, box in state.boxes_for(link.RECOVERY):
            if op.version == version:
                return circlekey.open_box(
                    box, private, name=link.RECOVERY, circle=state.circle, op=op
                )
        raise AssertionError

    def plus(self, name: str, *ops: link.LinkOp) -> "School":
        """One more link, signed by the root."""
        state = self.state(name)
        assert self.secrets.root_seed
        made = link.build(
            circle=state.circle,
            n=state.n + 1,
            prev=state.head,
            at_ms=AT_MS,
            ops=ops,
            signers=[(link.ROOT, self.secrets.root_seed)],
        )
        chain = (*self.chains[state.circle], made.raw)
        return replace(self, chains={**self.chains, state.circle: chain})

    def joined_by(self, role: Role, number: int) -> tuple["School", SeatSecrets]:
        """A colleague with a seat: a member where the role reads, a box feed where it writes."""
        seat = a_seat(number, self.secrets.root_public)
        grown = self
        for name in CIRCLES:
            may, state = access(role, name, self.choices), grown.state(name)
            if may is Access.READ or name == "school":
                grown = grown.plus(name, *joining(seat, reads=False, named=grown.named(seat, name)))
            if may is Access.READ:
                key = grown.key(name, state.key_version)
                box = circlekey.box_to(
                    seat.seat,
                    hpke.public_of(seat.box_private),
                    circle=state.circle,
                    version=key.version,
                    key=key.key,
                )
                granted = link.Grant(seat=seat.seat, version=key.version, box=box)
                grown = grown.plus(name, granted, feed_of(seat, name))
        for name in CIRCLES:
            if access(role, name, self.choices) is Access.BOX:
                boxed = feed_of(seat, name, circle=grown.state(name).circle)
                grown = grown.plus("school", boxed)
        return grown, seat

    def named(self, seat: SeatSecrets, name: str) -> sealedpart.SealedPart:
        """A colleague's name, sealed for a circle."""
        state = self.state(name)
        return sealedpart.seal(
            {"name": f"Colleague {seat.seat[-1]} Zzyzx"},
            about=seat.person,
            circle=state.circle,
            version=state.key_version,
            circle_key=self.key(name, state.key_version).key,
        )

    def rotated(self, name: str) -> "School":
        """A new key version for the same readers."""
        state = self.state(name)
        _key, op = circlekey.rotate(
            circle=state.circle,
            version=state.key_version + 1,
            readers=state.readers(),
            previous=self.key(name, state.key_version),
        )
        return self.plus(name, op)


def a_school(role: Role = Role.DSL, choices: Choices | None = None) -> School:
    founding = found_school(
        urn="999101",
        person=PersonId("person:0000000000000001"),
        person_name="Jo Zzyzx",
        role=role,
        seat="seat:0000000000000001",
        label="office laptop",
        at_ms=AT_MS,
        choices=choices,
    )
    return School(founding.secrets, dict(founding.rosters), choices or {})


def a_seat(number: int, root_public: bytes) -> SeatSecrets:
    return SeatSecrets(
        seat=f"seat:{number:016x}",
        person=PersonId(f"person:{number:016x}"),
        sign_seed=sign.generate(),
        box_private=hpke.generate(),
        root_public=root_public,
    )


def joining(
    seat: SeatSecrets, *, reads: bool, named: sealedpart.SealedPart = NOBODY
) -> tuple[link.LinkOp, link.LinkOp]:
    return (
        link.Person(person=seat.person, sealed=named),
        link.Seat(
            seat=seat.seat,
            person=seat.person,
            sign_public=sign.public_of(seat.sign_seed),
            box_public=hpke.public_of(seat.box_private),
            reads=reads,
            admin=False,
        ),
    )


def feed_of(seat: SeatSecrets, name: str, circle: CircleId | None = None) -> link.Feed:
    feed = sign.public_of(seat.sign_seed)[:8] + name.encode().ljust(8, b".")[:8]
    return link.Feed(feed=feed.hex(), seat=seat.seat, circle=circle.hex() if circle else None)


def a_place(circles: Circles, name: str, after: RowId | None = None, n: int = 1) -> Place:
    return Place(
        n=n,
        prev=(after or circles.admitted_by(name),),
        subject_heads=(RowId(b"h" * 32),),
        seen=(RowId(b"s" * 32),),
        t=AT_MS << 16,
        wall_ms=AT_MS,
        tx="0f3c",
    )


def a_new_entry(name: str, text: str = "Zzyzx was tired") -> NewEntry:
    ops = (Add("entry:1", {"text": text}),)
    return NewEntry(name, "entry.write", ops, subject="child:1", why="said at registration")


def written(circles: Circles, name: str, count: int = 1) -> list[SealedRow]:
    """Rows one after another in this seat's feed."""
    rows: list[SealedRow] = []
    for n in range(1, count + 1):
        after = rows[-1].outer.id if rows else None
        rows.append(circles.seal(a_new_entry(name), a_place(circles, name, after, n)))
    return rows
