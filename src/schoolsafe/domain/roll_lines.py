"""The rows of one pupil list, looked at by themselves: cells, repeats, one UPN on two pupils.

A problem never drops a row by itself; it says what a person should look at. Source: domain.md 7.4.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Final, Protocol

from schoolsafe.domain import upn
from schoolsafe.domain.name import clean, compact, split_name
from schoolsafe.domain.roll_cell import roll_date, sex_code, year_group
from schoolsafe.words import _

FIELDS: Final = (
    "surname",
    "forename",
    "other_forenames",
    "preferred_surname",
    "preferred_forename",
    "dob",
    "upn",
    "admission",
    "year",
    "class",
    "sex",
    "enrolment",
    "site",
    "postcode",
    "former_upn",
    "surname_sent",
    "forename_sent",
    "came_from",
)
"""What a list may bring, by the names of the record's fields."""

NAME_MISSING: Final = "name_missing"
DUPLICATE_ROW: Final = "duplicate_row"
SAME_PUPIL: Final = "same_pupil_twice"
SAME_UPN: Final = "upn_on_two_pupils"
SAME_ADMISSION: Final = "admission_on_two_pupils"


class ListedRow(Protocol):
    """One row as a reader gives it."""

    @property
    def row(self) -> int:
        """Counted in records of the file from 1."""
        ...

    @property
    def values(self) -> Mapping[str, str | None]:
        """Cells by field, blank as None; a field without a column may be absent."""
        ...


@dataclass(frozen=True, slots=True)
class RollProblem:
    """Something in one row a person should look at."""

    row: int
    kind: str
    message: str
    field: str | None = None
    decide: bool = False
    """A person has to say what is right before the row can be trusted."""


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One row as read: values by the record's fields, blank as None; the birth date in ISO form."""

    row: int
    values: Mapping[str, str | None]
    upn: upn.UpnResult
    dob: date | None
    repeats: int | None = None
    """The earlier row this one repeats or seems to mean again."""

    @property
    def name_key(self) -> tuple[str, str]:
        """Surname and forename for comparing."""
        return compact(self.values["surname"]), compact(self.values["forename"])


@dataclass(frozen=True, slots=True)
class ReadRoll:
    """A list as read by itself."""

    lines: tuple[PupilLine, ...]
    problems: tuple[RollProblem, ...]

    @property
    def rows_to_decide(self) -> tuple[int, ...]:
        """Rows a person has to decide about."""
        return tuple(sorted({problem.row for problem in self.problems if problem.decide}))


def read_lines(rows: Iterable[ListedRow], *, on: date) -> ReadRoll:
    """Reads every cell and looks for repeats within the list; ages are judged on the day ``on``."""
    lines: list[PupilLine] = []
    problems: list[RollProblem] = []
    for row in rows:
        line, found = _read(row, on)
        lines.append(line)
        problems += found
    lines, found = _mark_repeats(lines)
    problems += found
    problems.sort(key=lambda problem: problem.row)
    return ReadRoll(tuple(lines), tuple(problems))


def _former(cell: str | None) -> str | None:
    """A replaced number is matched on, so only a right one is kept (domain.md 7.1)."""
    number = upn.check(cell)
    return number.value if number.valid else None


def _read(row: ListedRow, on: date) -> tuple[PupilLine, list[RollProblem]]:
    cells = {name: clean(text) or None for name, text in row.values.items()}
    if "name" in cells and not (cells.get("surname") or cells.get("forename")):
        cells["surname"], cells["forename"] = split_name(cells["name"])
    number, born = upn.check(cells.get("upn")), roll_date(cells.get("dob"), on)
    known = number.kind not in {upn.UpnKind.BLANK, upn.UpnKind.NO_UPN_CODE}
    values = {name: cells.get(name) for name in FIELDS} | {
        "upn": number.value if known else None,
        "dob": born.value.isoformat() if born.value else None,
        "year": year_group(cells.get("year")),
        "sex": sex_code(cells.get("sex")),
        "enrolment": cells.get("enrolment") or cells.get("status"),
        "former_upn": _former(cells.get("former_upn")),
    }
    problems = []
    if not (values["surname"] and values["forename"]):
        problems.append(_name_problem(row.row, values))
    if number.error:
        kind = f"upn_{number.kind}"
        problems.append(RollProblem(row.row, kind, number.message, "upn"))
    if born.problem is not None:
        problem = RollProblem(row.row, born.problem, born.message, "dob", decide=True)
        problems.append(problem)
    return PupilLine(row.row, values, number, born.value), problems


def _name_problem(row: int, values: Mapping[str, str | None]) -> RollProblem:
    missing = "forename" if values["surname"] else "surname"
    words = {
        (True, False): _("The first name is missing."),
        (False, True): _("The surname is missing."),
        (False, False): _("The name is missing."),
    }[(bool(values["surname"]), bool(values["forename"]))]
    return RollProblem(row, NAME_MISSING, words, missing, decide=True)


def _mark_repeats(lines: Sequence[PupilLine]) -> tuple[list[PupilLine], list[RollProblem]]:
    problems: list[RollProblem] = []
    repeats: dict[int, int] = {}
    first_seen: dict[tuple[str | None, ...], int] = {}
    for line in lines:
        whole = tuple(line.values[name] for name in FIELDS)
        earlier = first_seen.setdefault(whole, line.row)
        if earlier != line.row:
            repeats[line.row] = earlier
            words = _("The same as row {row}. It is taken once.").format(row=earlier)
            problems.append(RollProblem(line.row, DUPLICATE_ROW, words))
    single = [line for line in lines if line.row not in repeats]
    for one, other in _pairs(single):
        kind, field, again = _judge(one, other)
        if again:
            repeats.setdefault(other.row, repeats.get(one.row, one.row))
        problems += (
            RollProblem(mine.row, kind, _pair_words(kind, theirs.row), field, decide=True)
            for mine, theirs in ((one, other), (other, one))
        )
    return [replace(line, repeats=repeats.get(line.row)) for line in lines], problems


def _pairs(lines: Sequence[PupilLine]) -> list[tuple[PupilLine, PupilLine]]:
    """Lines that share a UPN, an admission number, or a name and birth date; each pair once."""
    groups: defaultdict[tuple[str, ...], list[PupilLine]] = defaultdict(list)
    for line in lines:
        for key in keys_of(line):
            groups[key].append(line)
    pairs = {
        (one.row, other.row): (one, other)
        for group in groups.values()
        for one, other in combinations(group, 2)
    }
    return [pairs[rows] for rows in sorted(pairs)]


def keys_of(line: PupilLine) -> list[tuple[str, ...]]:
    """What a pupil is found by, surest first: UPN, admission number, name and birth date."""
    keys: list[tuple[str, ...]] = []
    if line.upn.valid:
        keys.append(("upn", line.upn.value))
    if line.values["admission"]:
        keys.append(("admission", admission_key(line.values["admission"])))
    if all(line.name_key) and line.dob is not None:
        keys.append(("name", *line.name_key, line.dob.isoformat()))
    return keys


def admission_key(text: str | None) -> str:
    """An admission number for comparing; leading zeros count."""
    return "".join(clean(text).casefold().split())


def _judge(one: PupilLine, other: PupilLine) -> tuple[str, str | None, bool]:
    """The problem of two rows that share a key, its field, and whether one repeats the other."""
    same_surname, same_forename = (
        bool(mine) and mine == theirs
        for mine, theirs in zip(one.name_key, other.name_key, strict=True)
    )
    same_dob = one.dob is not None and one.dob == other.dob
    if same_forename and (same_surname or same_dob):
        two_upns = one.upn.valid and other.upn.valid and one.upn.value != other.upn.value
        return SAME_PUPIL, None, not two_upns
    if one.upn.valid and one.upn.value == other.upn.value:
        return SAME_UPN, "upn", False
    return SAME_ADMISSION, "admission", False


def _pair_words(kind: str, row: int) -> str:
    words = {
        SAME_PUPIL: _("This seems to be the same pupil as row {row}. Choose which row is right."),
        SAME_UPN: _("Row {row} is another pupil with the same UPN. Check both."),
        SAME_ADMISSION: _("Row {row} is another pupil with the same admission number. Check both."),
    }[kind]
    return words.format(row=row)
