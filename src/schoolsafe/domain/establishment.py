"""Schools as the public register gives them: found by name, town, postcode, URN or DfE number.

The URN is the key; a DfE number is secondary and changes hands. When a school becomes an academy its record
closes and a successor's opens, so a closed school leads to who took its place. Left to others: reading the
register (intake), keeping it (services). Source: domain.md 7.3.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolsafe.domain.name import fold

FIELDS: Final[Mapping[str, str]] = {
    "urn": "URN",
    "la": "LA (code)",
    "la_name": "LA (name)",
    "number": "EstablishmentNumber",
    "name": "EstablishmentName",
    "type": "TypeOfEstablishment (name)",
    "group": "EstablishmentTypeGroup (code)",
    "status": "EstablishmentStatus (code)",
    "opened": "OpenDate",
    "closed": "CloseDate",
    "phase": "PhaseOfEducation (name)",
    "low_age": "StatutoryLowAge",
    "high_age": "StatutoryHighAge",
    "street": "Street",
    "locality": "Locality",
    "address3": "Address3",
    "town": "Town",
    "county": "County (name)",
    "postcode": "Postcode",
    "ukprn": "UKPRN",
    "changed": "LastChangedDate",
    "pupils": "NumberOfPupils",
}
"""What is kept of some 140 columns, and the heading of each. The head teacher's name is not among them."""
LINK_FIELDS: Final[Mapping[str, str]] = {"urn": "URN", "link_urn": "LinkURN", "kind": "LinkType"}

OPEN: Final = frozenset({"1", "3"})
"""Status 1 is open, 3 open but proposed to close; 2 is closed, 4 proposed to open."""
_AFTER: Final = "\uffff"
"""Behind every letter of a folded line: the end of all that begin alike."""
_SUCCESSOR: Final = re.compile(r"successor", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{2})-(\d{2})-(\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class School:
    """One school of the register."""

    urn: str
    name: str
    dfe_number: str
    """Seven figures, or "" where the register gives none."""
    town: str
    postcode: str
    address: str
    """Street, locality and town on one line."""
    la_name: str
    kind: str
    """Type in the register's words."""
    phase: str
    ages: str
    is_open: bool
    opened: date | None
    closed: date | None
    pupils: int | None


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What stands on screen about the register: how fresh it is, and how large."""

    as_of: date | None
    """The day it was made, by its file name or its newest change."""
    taken_in: date
    schools: int
    open: int
    links: int
    source: str
    """SHA-256 of the files it came from."""


@dataclass(frozen=True, slots=True)
class RegisterRows:
    """The register as read: one list a field, all of one length."""

    columns: dict[str, list[str]]
    skipped: int = 0
    """Rows without a URN or a name."""


@dataclass(frozen=True, slots=True)
class SchoolLinks:
    """Who took whose place: the links file as read."""

    pairs: list[tuple[str, str]]
    """Closed URN and successor's URN."""


@dataclass(frozen=True, slots=True)
class Register:
    """The register in memory: columns by field, and one line a school in which words are looked for."""

    columns: dict[str, list[str]]
    lines: list[str]
    successors: dict[str, list[str]]

    def school(self, place: int) -> School:
        """The school that stands there."""
        one = {name: column[place] for name, column in self.columns.items()}
        return School(
            urn=one["urn"],
            name=one["name"],
            dfe_number=dfe_number(one["la"], one["number"]),
            town=one["town"],
            postcode=one["postcode"],
            address=", ".join(
                part for part in (one["street"], one["locality"], one["town"]) if part
            ),
            la_name=one["la_name"],
            kind=one["type"],
            phase=one["phase"],
            ages=f"{one['low_age']} to {one['high_age']}"
            if one["low_age"] and one["high_age"]
            else "",
            is_open=one["status"] in OPEN,
            opened=day(one["opened"]),
            closed=day(one["closed"]),
            pupils=int(one["pupils"]) if one["pupils"].isdecimal() else None,
        )

    def open_count(self) -> int:
        """How many are open."""
        return sum(status in OPEN for status in self.columns["status"])

    def find(self, urn: str) -> School | None:
        """The school with this URN."""
        try:
            return self.school(self.columns["urn"].index(urn))
        except ValueError:
            return None

    def successors_of(self, urn: str) -> tuple[School, ...]:
        """The open schools that took its place, through any closed ones between."""
        found: list[School] = []
        seen, todo = {urn}, [urn]
        while todo:
            for after in self.successors.get(todo.pop(0), ()):
                if after in seen:
                    continue
                seen.add(after)
                school = self.find(after)
                if school is not None and school.is_open:
                    found.append(school)
                else:
                    todo.append(after)
        return tuple(found)

    def search(self, words: str, *, limit: int) -> tuple[School, ...]:
        """Schools in which every word begins some word of name, place, postcode, URN or DfE number.

        Open ones first; among them those whose name begins with what was typed, then by name.
        """
        wanted = fold(words).split()
        if not wanted:
            return ()
        start = f" {' '.join(wanted)}"
        first, last = bisect_left(self.lines, start), bisect_left(self.lines, start + _AFTER)
        open_, closed = self._by_state(range(first, last), limit)
        if len(open_) < limit:
            inside = (at for at in self._hits(wanted) if not first <= at < last)
            more_open, more_closed = self._by_state(inside, limit - len(open_))
            open_, closed = open_ + more_open, closed + more_closed
        return tuple(self.school(at) for at in (open_ + closed)[:limit])

    def _by_state(self, places: Iterable[int], limit: int) -> tuple[list[int], list[int]]:
        """Open and closed ones among places; stops when there are enough open ones."""
        statuses = self.columns["status"]
        open_: list[int] = []
        closed: list[int] = []
        for at in places:
            kept = open_ if statuses[at] in OPEN else closed
            if len(kept) < limit:
                kept.append(at)
            if len(open_) == limit:
                break
        return open_, closed

    def _hits(self, wanted: Sequence[str]) -> Iterator[int]:
        """Places of the lines that hold every word; the longest first, because it leaves fewest."""
        first, *rest = (f" {word}" for word in sorted(wanted, key=len, reverse=True))
        for at, line in enumerate(self.lines):
            if first in line and all(word in line for word in rest):
                yield at


def built(rows: RegisterRows, links: SchoolLinks | None) -> Register:
    """The register by name, ready to be searched."""
    plain = [
        _line({name: column[at] for name, column in rows.columns.items()})
        for at in range(len(rows.columns["urn"]))
    ]
    order = sorted(range(len(plain)), key=lambda at: plain[at])
    columns = {name: [column[at] for at in order] for name, column in rows.columns.items()}
    lines = [plain[at] for at in order]
    successors: dict[str, list[str]] = {}
    for urn, after in links.pairs if links else ():
        known = successors.setdefault(urn, [])
        if after not in known:
            known.append(after)
    return Register(columns, lines, successors)


def _line(one: Mapping[str, str]) -> str:
    """Every word by which a school is looked for, each behind a space."""
    postcode = fold(one["postcode"])
    number = dfe_number(one["la"], one["number"])
    parts = (
        fold(one["name"]),
        fold(one["town"]),
        fold(one["locality"]),
        postcode,
        postcode.replace(" ", ""),
        one["urn"],
        f"{number[:3]} {number[3:]} {number}" if number else "",
    )
    return f" {' '.join(part for part in parts if part)}"


def dfe_number(la: str, number: str) -> str:
    """Authority and establishment number as one: "999" and "2001" give "9992001"."""
    whole = f"{la}{number}"
    return whole if len(la) == 3 and len(number) == 4 and whole.isdigit() else ""  # noqa: PLR2004  # 3 + 4


def day(text: str) -> date | None:
    """A date of the register, 31-08-2024 or 2024-08-31; None for a blank or an impossible one."""
    found = _DAY.fullmatch(text)
    parts = (found[3], found[2], found[1]) if found else ()
    if not parts and (iso := _ISO.match(text)):
        parts = (iso[1], iso[2], iso[3])
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def made_on(file_name: str, changed: Sequence[str]) -> date | None:
    """When the register was made: the date in its file's name, else its newest change."""
    if named := re.search(r"(20\d{2})(\d{2})(\d{2})", file_name):
        found = day(f"{named[1]}-{named[2]}-{named[3]}")
        if found:
            return found
    days = {text: day(text) for text in set(changed)}
    return max((each for each in days.values() if each), default=None)


def is_successor(kind: str) -> bool:
    """Whether a link's words say that the other school took this one's place."""
    return bool(_SUCCESSOR.search(kind))
