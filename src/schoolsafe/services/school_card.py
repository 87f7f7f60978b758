"""The school's own keys for the world outside: the card that is handed out, and the private halves behind it.

Left to others: the bytes of a card (wire), where the private halves are sealed (the team's roster).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from typing_extensions import override

from schoolsafe.domain.field import TEAM
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.desk import Desk
from schoolsafe.services.school import Schools
from schoolsafe.wire import schoolcard
from schoolsafe.wire.link import SchoolKeys
from schoolsafe.wire.schoolcard import SchoolCard
from schoolsafe.wire.schoolkeys import SchoolSecrets


class NoKeySet(Refused):
    """The school’s own keys are with its safeguarding leads. They are not on this computer."""


@dataclass(frozen=True, slots=True)
class KeySet:
    """One version of the school's keys, with its private halves. Old ones go on opening what was sealed to them."""

    op: SchoolKeys
    secrets: SchoolSecrets
    key_id: bytes
    valid_from_ms: int

    @override
    def __repr__(self) -> str:
        return f"KeySet({self.op.version})"


class SchoolKeyring(Protocol):
    """Holds the school's key sets, as far as this seat may have them."""

    @property
    def urn(self) -> str:
        """The school's number, as its roster has it."""
        ...

    @property
    def root(self) -> bytes:
        """The school's root key, public half."""
        ...

    def key_sets(self) -> Sequence[KeySet]:
        """Every version, oldest first; none for who does not read *team*."""
        ...


class SchoolCards:
    """What a person can do with the school's own card."""

    def __init__(
        self, desk: Desk, schools: Schools, audit: Audit, keyring: SchoolKeyring | None
    ) -> None:
        self._desk, self._schools, self._audit = desk, schools, audit
        self._keyring = keyring
        self._sets: tuple[KeySet, ...] | None = None

    def key_sets(self) -> tuple[KeySet, ...]:
        """Every version this seat holds, oldest first.

        Raises:
            Tampered: they do not open, or do not fit their public halves.
        """
        if self._sets is None:
            self._sets = tuple(self._keyring.key_sets()) if self._keyring else ()
        return self._sets

    def card(self) -> SchoolCard:
        """The card of the newest keys.

        Raises:
            NotYoursToRead, NoKeySet: they are with others.
        """
        self._desk.must_read(TEAM)
        if self._keyring is None or not self.key_sets():
            raise NoKeySet
        newest = self.key_sets()[-1]
        return schoolcard.make(
            newest.op,
            newest.secrets,
            urn=self._keyring.urn,
            name=self._schools.facts().name,
            valid_from_ms=newest.valid_from_ms,
            root=self._keyring.root,
        )

    def handed_out(self) -> bytes:
        """The card as a file, to give away. An audit row is on record first."""
        card = self.card()
        self._audit.write(Act.EXPORTED, what="school_card")
        return card.raw
