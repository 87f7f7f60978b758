"""Roster chains to test with: two admins, a reader who is not one, and somebody who only writes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from schoolsafe.crypto import hpke, sign
from schoolsafe.domain.ids import CircleId, RowId
from schoolsafe.wire import circlekey, link, roster, sealedpart
from schoolsafe.wire.circlekey import CircleKey
from schoolsafe.wire.roster import RosterState
from unit.wire.pieces import CIRCLE, SomeSeat, a_seat

ROOT_SEED = b"the root key of a pretend school"
ROOT = sign.public_of(ROOT_SEED)
RECOVERY_PRIVATE = b"recovery" * 12
RECOVERY = hpke.public_of(RECOVERY_PRIVATE)
JO, SAM, LEE, PAT = (a_seat(number) for number in (1, 2, 3, 4))
NO_NAME = sealedpart.SealedPart(version=1, wrapped=b"", commitment=b"", sealed=b"")


def person_of(seat: SomeSeat) -> str:
    return seat.name.replace("seat", "person")


def joins(
    seat: SomeSeat, *, reads: bool = True, admin: bool = False
) -> tuple[link.Person, link.Seat]:
    return (
        link.Person(person=person_of(seat), sealed=NO_NAME),
        link.Seat(
            seat=seat.name,
            person=person_of(seat),
            sign_public=seat.sign_public,
            box_public=seat.box_public,
            reads=reads,
            admin=admin,
        ),
    )


def feed(seat: SomeSeat, number: int = 0, circle: CircleId | None = None) -> link.Feed:
    name = bytes([number]) * 8 + seat.sign_public[:8]
    return link.Feed(feed=name.hex(), seat=seat.name, circle=circle.hex() if circle else None)


def rotates(
    version: int, *readers: SomeSeat, previous: CircleKey | None = None, circle: CircleId = CIRCLE
) -> tuple[CircleKey, link.Rotate]:
    boxes = {seat.name: seat.box_public for seat in readers} | {link.RECOVERY: RECOVERY}
    return circlekey.rotate(circle=circle, version=version, readers=boxes, previous=previous)


def genesis_op(name: str = "school") -> link.Genesis:
    return link.Genesis(
        name=name, urn="999101", root=ROOT, recovery=RECOVERY, policy={"least_reader": 1}
    )


@dataclass(frozen=True)
class Chain:
    """A roster that grows: links so far, what they add up to, the newest key."""

    links: tuple[link.Link, ...]
    state: RosterState
    key: CircleKey

    def next(
        self, *ops: link.LinkOp, by: Sequence[SomeSeat | str] = (JO,), **changes: object
    ) -> link.Link:
        facts: dict[str, object] = {
            "circle": self.state.circle,
            "n": self.state.n + 1,
            "prev": self.state.head,
            "at_ms": 1760012345678,
            "ops": ops,
            "signers": [
                (who, ROOT_SEED) if isinstance(who, str) else (who.name, who.sign_seed)
                for who in by
            ],
        }
        return link.build(**(facts | changes))  # type: ignore[arg-type]

    def plus(self, *ops: link.LinkOp, by: Sequence[SomeSeat | str] = (JO,)) -> "Chain":
        made = self.next(*ops, by=by)
        return replace(self, links=(*self.links, made), state=self.state.after(made))

    @property
    def raw(self) -> tuple[bytes, ...]:
        return tuple(each.raw for each in self.links)


def a_chain(name: str = "school", circle: CircleId = CIRCLE) -> Chain:
    """Jo founds it, Sam is the second admin, Lee reads, Pat only has a seat."""
    key, first = rotates(1, JO, SAM, LEE, circle=circle)
    ops: list[link.LinkOp] = [genesis_op(name)]
    ops += [*joins(JO, admin=True), *joins(SAM, admin=True), *joins(LEE), *joins(PAT, reads=False)]
    ops += [feed(JO), feed(SAM), feed(LEE), first]
    made = a_first_link(*ops, circle=circle)
    return Chain((made,), roster.begin(made, root=ROOT), key)


def a_first_link(
    *ops: link.LinkOp,
    circle: CircleId = CIRCLE,
    n: int = 1,
    prev: RowId | None = None,
    by: str = link.ROOT,
    seed: bytes = ROOT_SEED,
) -> link.Link:
    return link.build(
        circle=circle, n=n, prev=prev, at_ms=1760000000000, ops=ops, signers=[(by, seed)]
    )
