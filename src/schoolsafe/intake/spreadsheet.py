"""The first sheet of an Excel workbook (.xlsx) as records of text: what a person sees in its cells.

A workbook is an archive: every member is unpacked in memory and counted before the reader of workbooks
sees a byte, so that a small file cannot grow without end. Left to others: what the columns mean.
"""

import codecs
import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from schoolsafe.intake import errors, list_errors
from schoolsafe.intake.limits import LIST
from schoolsafe.intake.list_limits import BOOK

Cell = int | float | str | bool | time | date | datetime | timedelta
ARCHIVE: Final = b"PK\x03\x04"
_OTHER_BOOKS: Final = (
    ("xl/workbook.bin", list_errors.BinaryWorkbook),
    ("content.xml", list_errors.OpenDocumentSheet),
    ("word/document.xml", list_errors.WordDocumentNotAList),
)
_PLACE: Final = re.compile(rb"<(?:\w+:)?c\b[^>]{0,200}?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_LETTERS: Final = 26
codecs.lookup(
    "cp437"
)  # why: names inside archives; once the child is locked in, it can load no codec
_MIDNIGHT: Final = time(0, 0)


def records(data: bytes) -> list[list[str]]:
    """Every row of the first visible sheet from its first row on, gaps as empty rows.

    Raises:
        UnreadableFile: another kind of workbook, one that would grow without end, or a damaged one.
    """
    _count(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        ]
        if not sheets:
            raise errors.EmptyList
        sheet = book.get_sheet_by_name(sheets[0])
        if sheet.total_height > LIST.rows:
            raise errors.TooManyRows(limit=LIST.rows)
        rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OverflowError, OSError) as damaged:
        raise list_errors.DamagedWorkbook from damaged
    return [[_text(cell)[: LIST.cell_chars] for cell in row[: LIST.columns]] for row in rows]


def _count(data: bytes) -> None:
    """Returns only for a workbook whose parts unpack to what they say, within the limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as damaged:
        raise list_errors.DamagedWorkbook from damaged
    names = {member.filename for member in members}
    for name, error in _OTHER_BOOKS:
        if name in names:
            raise error
    if "xl/workbook.xml" not in names:
        raise list_errors.ArchiveNotAList
    if len(members) > BOOK.members or len(names) < len(members):
        raise list_errors.WorkbookTooLarge
    total = sum(member.file_size for member in members)
    if total > BOOK.unpacked_bytes or total > max(len(data), 10_000) * BOOK.ratio:
        raise list_errors.WorkbookTooLarge
    for member in members:
        whole = _unpacked(data, member)
        if member.filename.startswith("xl/worksheets/"):
            _refuse_far_cells(whole)


def _unpacked(data: bytes, member: zipfile.ZipInfo) -> bytes:
    """The member's bytes, exactly as many as the archive declares.

    Not through ``zipfile``, which stops at the declared length: what comes after it is what a bomb hides.
    """
    start = member.header_offset
    head = data[start : start + 30]
    if len(head) < 30 or not head.startswith(ARCHIVE):  # noqa: PLR2004  # a local header's length
        raise list_errors.DamagedWorkbook
    start += 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    raw = data[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        found, ended = raw, True
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        opener = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            found = opener.decompress(raw, member.file_size + 1)
        except zlib.error as damaged:
            raise list_errors.DamagedWorkbook from damaged
        ended = opener.eof or not raw
    else:
        raise list_errors.DamagedWorkbook
    if len(found) != member.file_size or not ended:
        raise list_errors.DamagedWorkbook
    return found


def _refuse_far_cells(sheet: bytes) -> None:
    """One cell in the last row of a sheet makes the reader hold every cell before it."""
    for found in _PLACE.finditer(sheet):
        if int(found[2]) > LIST.rows:
            raise errors.TooManyRows(limit=LIST.rows)
        if _column(found[1]) > BOOK.columns:
            raise list_errors.WorkbookTooLarge


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _text(cell: Cell) -> str:
    """A cell as it is meant: dates in ISO form, whole numbers without a point."""
    said = str(cell).strip()
    match cell:
        case bool():
            said = said.upper()
        case float() if cell.is_integer():
            said = str(int(cell))
        case datetime():
            day = cell.time() == _MIDNIGHT
            said = cell.date().isoformat() if day else cell.isoformat(" ", "minutes")
        case _:
            pass
    return said
