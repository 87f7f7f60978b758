"""A pupil list from any school system, CSV or workbook: headings found by meaning, every cell as the text it is.

Dates, pupil numbers and repeats are judged in domain/roll. Source: domain.md 7.4.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as fact
from typing import Final

from schoolsafe.intake import errors, pupil_list_text, spreadsheet
from schoolsafe.intake.limits import LIST

_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "upn": ("upn", "uniquepupilnumber", "pupilupn"),
    "admission": (
        "adno", "admno", "admissionno", "admissionnumber", "admissionsnumber", "admissionsno",
        "studentid", "pupilid", "learnercode", "admnumber", "admission", "misid", "arborstudentid",
    ),
    "surname": (
        "legalsurname", "legallastname", "legalfamilyname", "surname", "lastname", "familyname",
        "pupilsurname", "studentsurname", "childsurname", "studentlastname", "pupillastname",
    ),
    "forename": (
        "legalforename", "legalfirstname", "legalgivenname", "forename", "firstname", "givenname",
        "forenames", "firstnames", "pupilforename", "studentforename", "childforename",
        "studentfirstname", "pupilfirstname",
    ),
    "other_forenames": ("middlenames", "middlename", "otherforenames", "legalmiddlenames"),
    "preferred_surname": (
        "preferredsurname", "preferredlastname", "chosensurname", "knownassurname", "chosenlastname",
    ),
    "preferred_forename": (
        "preferredname", "preferredforename", "preferredfirstname", "chosenforename", "knownas",
        "chosenfirstname", "chosenname",
    ),
    "name": (
        "name", "fullname", "pupilname", "studentname", "pupil", "student", "childname", "childsname",
        "legalname", "learnername",
    ),
    "dob": ("dob", "dateofbirth", "birthdate", "born", "birthday", "pupildob", "studentdob"),
    "year": (
        "year", "yeargroup", "ncyear", "curriculumyear", "yeartaughtin", "yeargroupname",
        "nationalcurriculumyear", "ncyearactual", "curriculumyeargroup",
    ),
    "class": (
        "class", "reg", "reggroup", "registrationform", "form", "tutorgroup", "registrationgroup",
        "classname", "formgroup", "formtutorgroup", "registration", "regclass",
    ),
    "sex": ("gender", "sex", "legalsex"),
    "status": ("enrolmentstatus", "enrolementstatus", "status", "enrollmentstatus"),
    "postcode": ("postcode", "homepostcode", "pupilpostcode", "postalcode", "addresspostcode"),
}  # fmt: skip
_NAMED: Final = frozenset({"surname", "name"})
_TELLING: Final = frozenset({"dob", "upn", "admission", "year", "class", "forename"})
_FORMULA_TEXT: Final = re.compile(r'^="(.*)"$', re.DOTALL)
_FOOTER: Final = re.compile(
    r"(grand\s+)?total\b|(number|count)\s+of\b|count\b|records?\b|printed\b|page\s+\d|end of\b|exported\b"
    r"|report\b|\d+\s+(pupils|students|rows|records)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as read; the parent turns it into the port's own type."""

    rows: tuple[tuple[int, dict[str, str | None]], ...]
    columns: dict[str, str]
    ignored: tuple[str, ...]
    encoding: str
    delimiter: str
    heading_row: int
    missing: tuple[str, ...]
    """Columns a list ought to have and this one lacks."""
    not_used: dict[str, str] = fact(default_factory=dict)
    """Fields a person left out although a heading was found for them, with that heading."""


def read(data: bytes, columns: Mapping[str, str] | None = None) -> Listed:
    """The rows of a list; ``columns`` overrides the guess, field to heading.

    Raises:
        UnreadableFile: one of its kinds, with the reason.
    """
    records, encoding, delimiter = _records(data)
    heading_row, found = _heading(records, columns)
    headings = [cell.strip() for cell in records[heading_row - 1]]
    rows = tuple(
        (number, {name: _cell(record, place) for name, place in found.items()})
        for number, record in enumerate(records[heading_row:], heading_row + 1)
        if _is_pupil(record, headings)
    )
    return Listed(
        rows,
        columns={name: headings[place] for name, place in found.items()},
        ignored=tuple(h for n, h in enumerate(headings) if h and n not in found.values()),
        encoding=encoding,
        delimiter=delimiter,
        heading_row=heading_row,
        missing=tuple(name for name in ("dob", "upn") if name not in found),
        not_used={
            name: headings[place]
            for name, place in _match(headings).items()
            if columns and columns.get(name) == "" and place not in found.values()
        },
    )


def _records(data: bytes) -> tuple[list[list[str]], str, str]:
    """Records with encoding and delimiter; a workbook has none of either."""
    if data.startswith(spreadsheet.ARCHIVE):
        return spreadsheet.records(data), "xlsx", ""
    text, encoding = pupil_list_text.decode(data)
    records, delimiter = pupil_list_text.records(text, lambda record: len(_match(record)))
    return records, encoding, delimiter


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", heading.lower())


def _match(record: Sequence[str]) -> dict[str, int]:
    """Field to column for one record read as headings."""
    plain = [_plain(cell) for cell in record]
    found: dict[str, int] = {}
    for field, names in _HEADINGS.items():
        for name in names:
            places = [n for n, cell in enumerate(plain) if cell == name and n not in found.values()]
            if places:
                found[field] = places[0]
                break
    _everyday_names(plain, found)
    return found


def _everyday_names(plain: list[str], found: dict[str, int]) -> None:
    """Where legal and plain columns stand side by side, the plain ones are the names used every day."""
    for field, everyday in (("surname", "preferred_surname"), ("forename", "preferred_forename")):
        if field in found and plain[found[field]].startswith("legal") and everyday not in found:
            names = [name for name in _HEADINGS[field] if not name.startswith("legal")]
            places = [
                n for n, cell in enumerate(plain) if cell in names and n not in found.values()
            ]
            if places:
                found[everyday] = places[0]
    if "surname" in found and "forename" in found:
        found.pop("name", None)


def _heading(
    records: list[list[str]], columns: Mapping[str, str] | None
) -> tuple[int, dict[str, int]]:
    """The heading row, counted from 1, and field to column."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, record in enumerate(records[: LIST.heading_rows], 1):
        found = _match(record)
        if columns:
            found = _chosen(record, found, columns)
        good = (_NAMED & found.keys() and _TELLING & found.keys()) or (columns and found)
        if good and len(found) > len(best[1]):
            best = (number, found)
    if not best[0]:
        raise errors.NoHeadingRow(limit=LIST.heading_rows)
    if columns:
        headings = {cell.strip() for cell in records[best[0] - 1]}
        for field, heading in columns.items():
            if heading and heading.strip() not in headings:
                raise errors.UnknownColumn(field=field)
    return best


def _chosen(
    record: Sequence[str], guess: dict[str, int], columns: Mapping[str, str]
) -> dict[str, int]:
    """The guess with a person's choices over it; an empty choice means the column is not used."""
    cells = [cell.strip() for cell in record]
    chosen = {
        field: cells.index(h.strip()) for field, h in columns.items() if h.strip() in cells if h
    }
    kept = {f: n for f, n in guess.items() if f not in columns and n not in chosen.values()}
    return {**kept, **chosen}


def _cell(record: Sequence[str], place: int) -> str | None:
    """One cell as text; Excel's ="000123" is 000123; blank is None."""
    if place >= len(record):
        return None
    text = record[place].strip()
    if found := _FORMULA_TEXT.match(text):
        text = found.group(1).replace('""', '"').strip()
    return text or None


def _is_pupil(record: Sequence[str], headings: list[str]) -> bool:
    """Whether a record is a pupil: not empty, not a total or a note, not the headings again."""
    cells = [cell.strip() for cell in record]
    filled = [cell for cell in cells if cell]
    if not filled or cells == headings:
        return False
    lonely = len(filled) == 1 or (len(filled) == 2 and filled[1].isdigit())  # noqa: PLR2004  # "Total", "61"
    return not (lonely and len(headings) > len(filled) and _FOOTER.match(filled[0]))
