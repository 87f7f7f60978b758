"""The register of schools on this computer: taken in from a file, searched without a network.

Public data of some 27,000 open schools, so it is kept beside the vault and not in it: no entry, no
circle, nothing to sync, and unlocking never waits for it (docs/adr/0012). Left to others: reading the file
(intake), the file's form (wire), where it lies (bootstrap).
"""

from dataclasses import dataclass
from typing import Final, Protocol

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.domain.establishment import (
    Register,
    RegisterFacts,
    School,
    SchoolLinks,
    built,
    made_on,
)
from schoolsafe.errors import Refused
from schoolsafe.services.desk import LONDON
from schoolsafe.services.ports import Clock
from schoolsafe.services.ports_outside import Readers
from schoolsafe.wire import establishment as register_file

MOST: Final = 20
"""Schools shown for one search; more words find fewer."""
FILE_BYTES: Final = 120 * 1024 * 1024
"""The largest register that is read."""


class NoRegister(Refused):
    """There is no register of schools on this computer yet. Take one in, or type the school's name."""


class Shelf(Protocol):
    """Where the register lies: one file of this computer's data folder."""

    def read(self) -> bytes | None:
        """The file, or None where there is none.

        Raises:
            Unavailable: the disk says no.
        """
        ...

    def write(self, data: bytes) -> None:
        """Replaced whole or not at all.

        Raises:
            Unavailable: the disk says no.
        """
        ...


class NoShelf:
    """No place for a register: there is none, and none is kept."""

    def read(self) -> None:
        """Nothing."""

    def write(self, data: bytes) -> None:
        """Kept nowhere."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What taking a register in did."""

    facts: RegisterFacts
    skipped: int
    changed: bool
    """False where the same files had been taken in before."""


@dataclass(frozen=True, slots=True)
class Found:
    """One school of a search; a closed one with who took its place."""

    school: School
    successors: tuple[School, ...] = ()


class Establishments:
    """What a person can do with the register. Loaded when it is first searched, never at unlock."""

    def __init__(self, shelf: Shelf, reader: Readers, clock: Clock) -> None:
        self._shelf, self._reader, self._clock = shelf, reader, clock
        self._register: Register | None = None

    def facts(self) -> RegisterFacts | None:
        """How fresh and how large it is; None where there is none that can be read."""
        data = self._shelf.read()
        if data is None:
            return None
        try:
            return register_file.head(data)
        except register_file.RegisterUnreadable:
            return None

    def take_in(self, data: bytes, *, name: str, links: bytes | None = None) -> TakenIn:
        """Puts a register in the place of the one that is here; nothing is written where one cannot be read.

        Args:
            data: the register, as the government gives it out.
            name: of its file, which holds the day it was made.
            links: the links file; without it those known stay.

        Raises:
            UnreadableFile: with the reason. Unavailable: the disk says no.
        """
        source = sha256_hex(data) if links is None else sha256_hex(data + b"\0" + links)
        before = self.facts()
        if before is not None and before.source == source:
            return TakenIn(before, 0, changed=False)
        rows = self._reader.read_schools(data)
        pairs = self._reader.read_school_links(links) if links is not None else self._known_links()
        register = built(rows, pairs)
        facts = RegisterFacts(
            as_of=made_on(name, rows.columns["changed"]),
            taken_in=self._clock.now().astimezone(LONDON).date(),
            schools=len(register.lines),
            open=register.open_count(),
            links=sum(len(after) for after in register.successors.values()),
            source=source,
        )
        self._shelf.write(register_file.pack(facts, register))
        self._register = register
        return TakenIn(facts, rows.skipped, changed=True)

    def search(self, words: str, *, limit: int = MOST) -> tuple[Found, ...]:
        """Schools by name, town, postcode, URN or DfE number; open ones first.

        Raises:
            NoRegister: there is none here. RegisterUnreadable: it is damaged.
        """
        register = self._loaded()
        return tuple(self._found(school) for school in register.search(words, limit=limit))

    def find(self, urn: str) -> Found | None:
        """One school by its URN; None where it is unknown or there is no register."""
        try:
            register = self._loaded()
        except Refused:
            return None
        school = register.find(urn)
        return self._found(school) if school else None

    def own_number(self, urn: str) -> str | None:
        """The DfE number of the school with this URN, where the register knows it."""
        found = self.find(urn)
        return found.school.dfe_number or None if found else None

    def _found(self, school: School) -> Found:
        after = () if school.is_open else self._loaded().successors_of(school.urn)
        return Found(school, after)

    def _loaded(self) -> Register:
        if self._register is None:
            data = self._shelf.read()
            if data is None:
                raise NoRegister
            self._register = register_file.unpack(data)
        return self._register

    def _known_links(self) -> SchoolLinks | None:
        try:
            known = self._loaded().successors
        except Refused:
            return None
        return SchoolLinks([(urn, after) for urn, each in known.items() for after in each])
