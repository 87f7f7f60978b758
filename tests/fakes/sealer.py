"""A school of seats with real row cryptography and a roster of two lines: who may read what, who
owns a feed."""

import hashlib
from dataclasses import dataclass, field

from schoolsafe.crypto import sign
from schoolsafe.domain.entry import Entry, NewEntry
from schoolsafe.domain.ids import CircleId, FeedId, PersonId, RowId
from schoolsafe.errors import Tampered
from schoolsafe.services.ports import Place, SealedRow
from schoolsafe.wire import inside, row, rowkey, stub, upcast
from schoolsafe.wire.row import OuterRow, Suite
from schoolsafe.wire.stub import Stub

CIRCLES = ("school", "team", "leadership", "audit")


class StrangerFeed(Tampered):
    """This record is from nobody we know."""


def _derive(*parts: object) -> bytes:
    return hashlib.sha256("/".join(map(str, parts)).encode()).digest()


@dataclass
class FakeSchool:
    """Circle keys and feeds, the same for every seat made from it."""

    seed: str = "northmere"
    owners: dict[FeedId, tuple[str, bytes]] = field(default_factory=dict)

    def circle(self, name: str) -> CircleId:
        return CircleId(_derive(self.seed, "circle", name)[:16])

    def key(self, name: str) -> bytes:
        return _derive(self.seed, "key", name)

    def seat(
        self, person: str = "person:1", *, reads: tuple[str, ...] = CIRCLES, copy: int = 0
    ) -> "FakeSealer":
        """A seat; ``reads`` names the circles it holds keys of. ``copy`` changes nothing but row
        keys."""
        sealer = FakeSealer(self, person, reads, copy)
        for name in CIRCLES:
            self.owners[sealer.feed(name)] = (person, sign.public_of(sealer.signing_seed))
        return sealer


class FakeSealer:
    """One seat. Row keys are derived, so a seat put back from a backup seals different rows by its
    counter."""

    def __init__(self, school: FakeSchool, person: str, reads: tuple[str, ...], copy: int) -> None:
        self.school, self.person, self.reads = school, person, reads
        self.signing_seed = _derive(school.seed, "seat", person)
        self.sealed = copy << 32
        self.opened = 0

    def circle_id(self, name: str) -> CircleId:
        return self.school.circle(name)

    def circle_name(self, circle: CircleId) -> str | None:
        return next((name for name in CIRCLES if self.school.circle(name) == circle), None)

    def feed(self, circle: str) -> FeedId:
        return FeedId(_derive(self.school.seed, "feed", self.person, circle)[:16])

    def admitted_by(self, circle: str) -> RowId:
        return RowId(_derive(self.school.seed, "link", circle))

    def seal(self, entry: NewEntry, place: Place) -> SealedRow:
        full = Entry(
            kind=entry.kind,
            kv=1,
            author=PersonId(self.person),
            t=place.t,
            wall_ms=place.wall_ms,
            ops=entry.ops,
            tx=place.tx,
            subject=entry.subject,
            subject_heads=place.subject_heads,
            seen=place.seen,
            why=entry.why,
            must=entry.must,
        )
        sealed = self.seal_entry(full, entry.circle, n=place.n, prev=place.prev)
        return SealedRow(sealed, inside.decode(inside.encode(full)))

    def seal_entry(self, entry: Entry, circle: str, *, n: int, prev: tuple[RowId, ...]) -> OuterRow:
        """Any entry at any place: also what a newer release or a hostile member would write."""
        self.sealed += 1
        row_key = _derive(self.school.seed, "row", self.person, circle, self.sealed, n)
        return row.seal(
            suite=Suite.MEMBER,
            circle=self.circle_id(circle),
            feed=self.feed(circle),
            n=n,
            prev=prev,
            key_version=1,
            text=inside.encode(entry),
            row_key=row_key,
            wrap_key=rowkey.for_member(self.school.key(circle), row_key),
            signing_seed=self.signing_seed,
        )

    def check(self, outer: OuterRow | Stub) -> None:
        owner = self.school.owners.get(outer.feed)
        if owner is None:
            raise StrangerFeed
        if isinstance(outer, Stub):
            stub.verify(outer, owner[1])
        else:
            row.verify(outer, owner[1])

    def open(self, outer: OuterRow) -> Entry | None:
        name = self.circle_name(outer.circle)
        if name is None or name not in self.reads:
            return None
        self.opened += 1
        text = row.open_inside(outer, rowkey.open_member(outer, self.school.key(name)))
        return upcast.latest(inside.decode(text))
