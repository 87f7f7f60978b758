"""The register of schools (GIAS) and its links file: read by heading, one row at a time.

Behind one function each, because the register is to be replaced by another. Encoding Windows-1252; the
head teacher's name and some 120 other columns are not even looked at. Left to others: searching
(domain.establishment). Source: domain.md 7.3.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from schoolsafe.domain.establishment import (
    FIELDS,
    LINK_FIELDS,
    RegisterRows,
    SchoolLinks,
    is_successor,
)
from schoolsafe.intake import list_errors
from schoolsafe.intake.list_limits import REGISTER

_MARK: Final = b"\xef\xbb\xbf"
_FIGURES: Final = range(5, 7)
"""A URN has five or six figures."""


def read_register(data: bytes) -> RegisterRows:
    """Every school with a URN and a name.

    Raises:
        UnreadableFile: too large, no such register (all missing headings named together), or empty.
    """
    columns: dict[str, list[str]] = {name: [] for name in FIELDS}
    skipped = 0
    for one in _rows(data, FIELDS, list_errors.RegisterColumnsMissing):
        if not (_is_urn(one["urn"]) and one["name"]):
            skipped += 1
            continue
        for name, text in one.items():
            columns[name].append(text)
    if not columns["urn"]:
        raise list_errors.RegisterEmpty
    return RegisterRows(columns, skipped)


def read_links(data: bytes) -> SchoolLinks:
    """Which school took whose place.

    Raises:
        UnreadableFile: as for the register.
    """
    pairs = [
        (one["urn"], one["link_urn"])
        for one in _rows(data, LINK_FIELDS, list_errors.LinksColumnsMissing)
        if _is_urn(one["urn"]) and _is_urn(one["link_urn"]) and is_successor(one["kind"])
    ]
    return SchoolLinks(pairs)


def _rows(
    data: bytes,
    fields: Mapping[str, str],
    missing: type[list_errors.RegisterColumnsMissing | list_errors.LinksColumnsMissing],
) -> Iterator[dict[str, str]]:
    """Each row as field to text."""
    if len(data) > REGISTER.size_bytes:
        raise list_errors.RegisterTooLarge(limit=REGISTER.size_bytes // (1024 * 1024))
    code = "utf-8-sig" if data.startswith(_MARK) else "cp1252"
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=code, errors="replace", newline="")
    csv.field_size_limit(1024 * 1024)
    reader = csv.reader(stream)
    try:
        headings = [cell.strip() for cell in next(reader, [])]
        lacking = [heading for heading in fields.values() if heading not in headings]
        if lacking:
            raise missing(headings=", ".join(lacking))
        places = {name: headings.index(heading) for name, heading in fields.items()}
        for count, record in enumerate(reader):
            if count >= REGISTER.rows:
                raise list_errors.RegisterTooLarge(limit=REGISTER.size_bytes // (1024 * 1024))
            yield {
                name: _cell(record[place]) if place < len(record) else ""
                for name, place in places.items()
            }
    except csv.Error as damaged:
        raise missing(headings=", ".join(fields.values())) from damaged


def _cell(text: str) -> str:
    return " ".join(text[: REGISTER.cell_chars].replace("\0", "").split())


def _is_urn(text: str) -> bool:
    return len(text) in _FIGURES and text.isascii() and text.isdigit()
