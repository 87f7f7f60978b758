"""A pupil list beside the pupils on record: who is new, changed, unchanged, possibly gone.

Nothing is written here and nobody is removed: a person looks at the comparison and confirms it. A
blank cell never erases what is known. Source: domain.md 7.4.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from schoolsafe.domain import upn
from schoolsafe.domain.name import clean, compact, fold
from schoolsafe.domain.roll_lines import (
    FIELDS,
    SAME_PUPIL,
    SAME_UPN,
    ListedRow,
    PupilLine,
    ReadRoll,
    RollProblem,
    admission_key,
    keys_of,
    read_lines,
)
from schoolsafe.words import _

ON_ROLL: Final = "on_roll"
POSSIBLY_LEFT: Final = "possibly_left"
UPN_OF_ANOTHER: Final = "upn_of_another_pupil"
UPN_CHANGED: Final = "upn_changed"
ADMISSION_OF_ANOTHER: Final = "admission_of_another_pupil"


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """One pupil on record: the values by field, as `child.CHILD` declares them."""

    id: str
    values: Mapping[str, object]

    def text(self, name: str) -> str | None:
        """One field as text, None where nothing is known."""
        value = self.values.get(name)
        return clean(value) or None if isinstance(value, str) else None

    @property
    def status(self) -> str:
        """on_roll where nothing else is said."""
        return self.text("status") or ON_ROLL


class Outcome(StrEnum):
    """What taking in one row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UPN_MISSING = "upn_missing"
    """Unchanged but for a UPN the list no longer gives; the known one stays."""
    REPEAT = "repeat"
    """Not taken: an earlier row is the same pupil."""
    HELD = "held"
    """Not taken: the row names nobody, or lacks the birth date such a file must have."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would change."""

    field: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One row beside the record."""

    row: int
    outcome: Outcome
    child: str | None
    """The pupil on record; None for a new one."""
    values: Mapping[str, str]
    """What the row says, without its blanks."""
    changes: tuple[Change, ...] = ()
    kept: tuple[str, ...] = ()
    """Fields the row leaves blank or unreadable although they are known: the known value stays."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole list beside the record: the preview a person confirms."""

    lines: tuple[ComparedLine, ...]
    possibly_left: tuple[str, ...]
    """Pupils on roll whom the list does not name: a transfer task starts, nobody is archived."""
    problems: tuple[RollProblem, ...]

    def of(self, outcome: Outcome) -> tuple[ComparedLine, ...]:
        """The lines with that outcome."""
        return tuple(line for line in self.lines if line.outcome is outcome)

    @property
    def rows_to_decide(self) -> tuple[int, ...]:
        """Rows a person has to decide about."""
        return tuple(sorted({problem.row for problem in self.problems if problem.decide}))

    def counts(self) -> dict[str, int]:
        """How many of each outcome, and how many possibly left: what the preview counts."""
        found = Counter(line.outcome for line in self.lines)
        return {outcome: found[outcome] for outcome in Outcome} | {
            POSSIBLY_LEFT: len(self.possibly_left)
        }


def compare(
    rows: Iterable[ListedRow],
    known: Iterable[KnownPupil],
    *,
    on: date,
    full: bool = True,
    needs_dob: bool = False,
) -> Comparison:
    """The list beside the record; ages are judged on the day ``on``.

    A pupil is found by UPN, else by admission number, else by name and birth date. With ``full`` a
    pupil on roll who is not on the list has possibly left; a list of one class leaves the others
    alone. With ``needs_dob`` nobody new is taken without a birth date: a transfer file always has one.
    """
    read = read_lines(rows, on=on)
    pupils = tuple(known)
    finder = _Finder.of(pupils)
    shared = {line.row for line in read.lines} & _rows_with_shared_upn(read)
    problems = list(read.problems)
    taken: dict[str, int] = {}
    compared = []
    for line in read.lines:
        found, said = finder.find(line, upn_shared=line.row in shared)
        if found is not None and line.repeats is None and found.id in taken:
            said.append(_again(line.row, taken[found.id]))
            line = replace(line, repeats=taken[found.id])  # noqa: PLW2901  # the same row, judged
        if found is not None:
            taken.setdefault(found.id, line.row)
        compared.append(_compare_line(line, found, needs_dob=needs_dob))
        problems += said
    gone = tuple(p.id for p in pupils if p.status == ON_ROLL and p.id not in taken) if full else ()
    problems.sort(key=lambda problem: problem.row)
    return Comparison(tuple(compared), gone, tuple(problems))


def _rows_with_shared_upn(read: ReadRoll) -> set[int]:
    return {problem.row for problem in read.problems if problem.kind == SAME_UPN}


def _again(row: int, earlier: int) -> RollProblem:
    words = _("This seems to be the same pupil as row {row}. Choose which row is right.")
    return RollProblem(row, SAME_PUPIL, words.format(row=earlier), decide=True)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the pupil on record a row means."""

    by_key: Mapping[tuple[str, ...], Sequence[KnownPupil]]

    @classmethod
    def of(cls, pupils: Iterable[KnownPupil]) -> "_Finder":
        by_key: defaultdict[tuple[str, ...], list[KnownPupil]] = defaultdict(list)
        for pupil in pupils:
            for key in _keys_on_record(pupil):
                by_key[key].append(pupil)
        return cls(by_key)

    def find(
        self, line: PupilLine, *, upn_shared: bool
    ) -> tuple[KnownPupil | None, list[RollProblem]]:
        """The pupil, by the first key that leads to one and the same; and what is odd about it."""
        problems: list[RollProblem] = []
        for key in keys_of(line):
            held = self.by_key.get(key, ())
            if len(held) != 1 or (key[0] == "upn" and upn_shared):
                continue
            pupil = held[0]
            if _could_be(line, pupil):
                return pupil, problems + _upn_changed(line, pupil)
            problems.append(_of_another(line.row, key[0]))
        return None, problems


def _keys_on_record(pupil: KnownPupil) -> Iterable[tuple[str, ...]]:
    for name in ("upn", "former_upn"):
        number = upn.check(pupil.text(name))
        if number.valid:
            yield "upn", number.value
    if pupil.text("admission"):
        yield "admission", admission_key(pupil.text("admission"))
    surname, forename = compact(pupil.text("surname")), compact(pupil.text("forename"))
    born = pupil.text("dob")
    if surname and forename and born:
        yield "name", surname, forename, born


def _could_be(line: PupilLine, pupil: KnownPupil) -> bool:
    """One of first name, surname and birth date agrees, or nothing is there to compare.

    A number alone is not a person: a mistyped UPN must not put one child's birth date on another.
    """
    pairs = [
        (line.name_key[0], compact(pupil.text("surname"))),
        (line.name_key[1], compact(pupil.text("forename"))),
        (line.values["dob"] or "", pupil.text("dob") or ""),
    ]
    both = [(mine, theirs) for mine, theirs in pairs if mine and theirs]
    return not both or any(mine == theirs for mine, theirs in both)


def _of_another(row: int, key: str) -> RollProblem:
    if key == "upn":
        words = _("This UPN is on record for another pupil. Check both.")
        return RollProblem(row, UPN_OF_ANOTHER, words, "upn", decide=True)
    words = _("This admission number is on record for another pupil. Check both.")
    return RollProblem(row, ADMISSION_OF_ANOTHER, words, "admission", decide=True)


def _upn_changed(line: PupilLine, pupil: KnownPupil) -> list[RollProblem]:
    held = upn.check(pupil.text("upn"))
    if not (held.valid and line.upn.valid) or held.value == line.upn.value:
        return []
    if held.kind is upn.UpnKind.TEMPORARY:
        return []  # a temporary number is there to be replaced
    words = _("The list gives another UPN than the one on record. Check which is right.")
    return [RollProblem(line.row, UPN_CHANGED, words, "upn", decide=True)]


def _compare_line(
    line: PupilLine, found: KnownPupil | None, *, needs_dob: bool = False
) -> ComparedLine:
    said = {name: value for name in FIELDS if (value := line.values[name]) is not None}
    if line.repeats is not None:
        return ComparedLine(line.row, Outcome.REPEAT, found.id if found else None, said)
    if found is None:
        named = "surname" in said or "forename" in said
        taken = named and ("dob" in said or not needs_dob)
        return ComparedLine(line.row, Outcome.NEW if taken else Outcome.HELD, None, said)
    changes = tuple(_changes(line, found, said))
    kept = tuple(n for n in FIELDS if found.text(n) and (n not in said or _worse(n, line, found)))
    outcome = Outcome.UPN_MISSING if "upn" in kept else Outcome.UNCHANGED
    return ComparedLine(
        line.row, Outcome.CHANGED if changes else outcome, found.id, said, changes, kept
    )


def _worse(name: str, line: PupilLine, found: KnownPupil) -> bool:
    """Whether the list gives a wrong UPN where a right one is known."""
    return name == "upn" and not line.upn.valid and upn.check(found.text("upn")).valid


def _only_louder(name: str, said: Mapping[str, str], found: KnownPupil) -> bool:
    """Whether a name whose capitals were guessed is the one on record: the record's own capitals stay."""
    base = name.removesuffix("_sent")
    known = found.text(base)
    guessed = f"{base}_sent" in said
    return guessed and known is not None and fold(known) == fold(said.get(base))


def _changes(line: PupilLine, found: KnownPupil, said: Mapping[str, str]) -> Iterable[Change]:
    for name, new in said.items():
        old = found.text(name)
        if old != new and not _worse(name, line, found) and not _only_louder(name, said, found):
            yield Change(name, old, new)
            replaced = name == "upn" and upn.check(old).kind is upn.UpnKind.TEMPORARY
            if replaced and "former_upn" not in said:
                # A replaced temporary number is the one kind of former UPN (domain.md 7.1).
                yield Change("former_upn", found.text("former_upn"), upn.tidy(old or ""))
    if found.status != ON_ROLL:
        yield Change("status", found.status, ON_ROLL)
