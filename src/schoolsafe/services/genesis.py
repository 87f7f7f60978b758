"""Founding a school: the first person, the first seat, and the four standing circles.

Each circle begins with one link signed by the school's root key. Who is a member follows from the
first person's role. Spec: docs/spec/roster.md section 6. Left to others: where the secrets are kept
(keys), the recovery drill.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from schoolsafe.crypto import fresh, hpke, sign
from schoolsafe.domain.access import CIRCLES, Access, Choices, access
from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import SCHOOL, TEAM
from schoolsafe.domain.ids import CircleId, PersonId
from schoolsafe.domain.person import Role
from schoolsafe.wire import circlekey, link, schoolkeys, sealedpart

POLICY: Final[Mapping[str, int]] = {"least_reader": 1, "idle_minutes": 5}
_ID_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class SeatSecrets:
    """What one seat must keep: its own keys, and what pins the school. Never shown or logged."""

    seat: str
    person: PersonId
    sign_seed: bytes
    """Ed25519, 32 bytes."""
    box_private: bytes
    """HPKE MLKEM768-X25519, 96 bytes."""
    root_public: bytes
    """The school's root: a roster under another root is refused."""
    root_seed: bytes | None = None
    """Only with the first seat: for recovery and the school key set."""
    recovery_private: bytes | None = None
    """Only until custodians hold it: a member of every circle."""

    @override
    def __repr__(self) -> str:
        return f"SeatSecrets({self.seat})"


@dataclass(frozen=True, slots=True)
class Founding:
    """A school that has just begun: what to keep secret, and the chains to store."""

    secrets: SeatSecrets
    rosters: tuple[tuple[CircleId, tuple[bytes, ...]], ...]
    """Each circle's chain of links, *school* first."""


@dataclass(frozen=True, slots=True)
class _First:
    """The first person and all that is made with them."""

    urn: str
    person_name: str
    role: Role
    label: str
    at_ms: int
    root_seed: bytes
    recovery_public: bytes
    secrets: SeatSecrets
    access: Mapping[str, Access]
    circles: Mapping[str, CircleId]


def found_school(
    *,
    urn: str,
    person: PersonId,
    person_name: str,
    role: Role,
    seat: str,
    label: str,
    at_ms: int,
    choices: Choices | None = None,
) -> Founding:
    """Makes root, recovery, seat and the circles school, team, leadership and audit.

    ``label`` names the computer, ``at_ms`` is the claimed time. Names are sealed in the links.

    Raises:
        NotTheSchoolsChoice: ``choices`` gives the role what a school cannot give.
    """
    root_seed, recovery_private = sign.generate(), hpke.generate()
    secrets = SeatSecrets(
        seat=seat,
        person=person,
        sign_seed=sign.generate(),
        box_private=hpke.generate(),
        root_public=sign.public_of(root_seed),
        root_seed=root_seed,
        recovery_private=recovery_private,
    )
    first = _First(
        urn=urn,
        person_name=person_name,
        role=role,
        label=label,
        at_ms=at_ms,
        root_seed=root_seed,
        recovery_public=hpke.public_of(recovery_private),
        secrets=secrets,
        access={name: access(role, name, choices) for name in CIRCLES},
        circles={name: CircleId(fresh.random_bytes(_ID_BYTES)) for name in CIRCLES},
    )
    chains = tuple((first.circles[name], (_genesis(first, name).raw,)) for name in CIRCLES)
    return Founding(secrets, chains)


def _genesis(first: _First, name: str) -> link.Link:
    circle = first.circles[name]
    reads = first.access[name] is Access.READ
    readers = {link.RECOVERY: first.recovery_public}
    if reads:
        readers[first.secrets.seat] = hpke.public_of(first.secrets.box_private)
    key, rotate = circlekey.rotate(circle=circle, version=1, readers=readers)
    ops: list[link.LinkOp] = [
        link.Genesis(
            name=name,
            urn=first.urn,
            root=first.secrets.root_public,
            recovery=first.recovery_public,
            policy=dict(POLICY),
        )
    ]
    if reads or name == SCHOOL:  # the school roster decides whether a seat exists
        ops += _member(first, key, circle=circle, reads=reads)
    if reads:
        ops.append(link.Feed(feed=_feed_id(), seat=first.secrets.seat))
    if name == SCHOOL:
        ops += [
            link.Feed(feed=_feed_id(), seat=first.secrets.seat, circle=first.circles[other].hex())
            for other, may in first.access.items()
            if may is Access.BOX
        ]
    ops.append(rotate)
    if name == TEAM:
        ops.append(
            schoolkeys.make(
                version=1,
                urn=first.urn,
                root_seed=first.root_seed,
                circle=circle,
                key_version=key.version,
                circle_key=key.key,
            )
        )
    return link.build(
        circle=circle,
        n=1,
        prev=None,
        at_ms=first.at_ms,
        ops=ops,
        signers=[(link.ROOT, first.root_seed)],
    )


def _member(
    first: _First, key: circlekey.CircleKey, *, circle: CircleId, reads: bool
) -> tuple[link.Person, link.Seat]:
    secrets = first.secrets

    def sealed(about: str, members: dict[str, Value]) -> sealedpart.SealedPart:
        return sealedpart.seal(
            members, about=about, circle=circle, version=key.version, circle_key=key.key
        )

    return (
        link.Person(
            person=secrets.person,
            sealed=sealed(secrets.person, {"name": first.person_name, "role": first.role.value}),
        ),
        link.Seat(
            seat=secrets.seat,
            person=secrets.person,
            sign_public=sign.public_of(secrets.sign_seed),
            box_public=hpke.public_of(secrets.box_private),
            reads=reads,
            admin=True,
            sealed=sealed(secrets.seat, {"label": first.label}),
        ),
    )


def _feed_id() -> str:
    return fresh.random_bytes(_ID_BYTES).hex()
