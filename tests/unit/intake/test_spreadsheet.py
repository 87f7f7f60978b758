"""Workbooks: the first sheet as a person sees it, and files that only look like one."""

import io
import json
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest

from schoolsafe.intake import errors, list_errors, pupil_list, spreadsheet
from schoolsafe.intake.reader import ChildIntake

DATA = Path(__file__).resolve().parents[2] / "data"
BOOK = (DATA / "pupils_first_sheet.xlsx").read_bytes()
EXPECTED = json.loads((DATA / "pupils_first_sheet.expected.json").read_text())


def _rebuilt(change) -> bytes:
    """The sample with its members passed through ``change``: a name to its new bytes, or None to leave it out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(BOOK)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def _with(name: str, data: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(name, data)
    return out.getvalue()


def test_the_first_sheet_is_read_as_counted():
    listed = pupil_list.read(BOOK)
    assert listed.heading_row == EXPECTED["header_row"]
    assert len(listed.rows) == EXPECTED["data_rows"]
    got = {
        row: (values["surname"], values["forename"], values["dob"]) for row, values in listed.rows
    }
    for pupil in EXPECTED["pupils"]:
        surname, forename, dob = got[pupil["sheet_row"]]
        assert (surname, forename) == (pupil["surname"], pupil["forename"])
        assert dob == pupil["dob"] or (dob == "05/12/2016" and pupil["dob"] == "2016-12-05")


def test_the_child_process_reads_it_too():
    listed = ChildIntake().read_pupil_list(BOOK)
    assert len(listed.rows) == EXPECTED["data_rows"]
    assert (listed.encoding, listed.delimiter) == ("xlsx", "")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (4200.0, "4200"),
        (1.5, "1.5"),
        (7, "7"),
        (True, "TRUE"),
        (date(2017, 3, 14), "2017-03-14"),
        (datetime(2017, 3, 14, 0, 0), "2017-03-14"),  # noqa: DTZ001  # a cell has no zone
        (datetime(2017, 3, 14, 9, 30), "2017-03-14 09:30"),  # noqa: DTZ001  # a cell has no zone
        (time(8, 45), "08:45:00"),
        ("  Ada ", "Ada"),
        ("", ""),
    ],
)
def test_a_cell_is_what_a_person_sees(cell, text):
    assert spreadsheet._text(cell) == text


def _bomb() -> bytes:
    """A sheet of 4 MB of blanks behind a declared length of 40 bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/workbook.xml", b"<workbook/>")
        new.writestr("xl/worksheets/sheet1.xml", b" " * 4_000_000)
    data = bytearray(out.getvalue())
    # why: the declared length stands in the central directory, which every reader believes
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (40).to_bytes(4, "little")
    return bytes(data)


WRONG = {
    "an OpenDocument sheet": (_with("content.xml"), list_errors.OpenDocumentSheet),
    "a binary workbook": (_with("xl/workbook.bin"), list_errors.BinaryWorkbook),
    "a Word document": (_with("word/document.xml"), list_errors.WordDocumentNotAList),
    "any other archive": (_with("pupils.csv"), list_errors.ArchiveNotAList),
    "half a workbook": (BOOK[: len(BOOK) // 2], list_errors.DamagedWorkbook),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90, errors.OldExcelWorkbook),
    "a length that lies": (_bomb(), list_errors.DamagedWorkbook),
    "a workbook of blanks": (
        _rebuilt(lambda name, data: b" " * 9_000_000 if name.endswith("styles.xml") else data),
        list_errors.WorkbookTooLarge,
    ),
    "no shared strings": (
        _rebuilt(lambda name, data: None if name.startswith("xl/worksheets/") else data),
        list_errors.DamagedWorkbook,
    ),
    "a cell in the last row": (
        _rebuilt(lambda _name, data: data.replace(b'r="B16"', b'r="B1048576"', 1)),
        errors.TooManyRows,
    ),
    "a cell in the last column": (
        _rebuilt(lambda _name, data: data.replace(b'r="B16"', b'r="XFD16"', 1)),
        list_errors.WorkbookTooLarge,
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_readable_workbook_gets_its_own_sentence(name):
    data, kind = WRONG[name]
    with pytest.raises(kind) as caught:
        pupil_list.read(data)
    assert "{" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_refusal_of_the_child_keeps_its_sentence():
    with pytest.raises(list_errors.OpenDocumentSheet):
        ChildIntake().read_pupil_list(_with("content.xml"))


def test_a_hidden_first_sheet_is_passed_over():
    def hide(name: str, data: bytes) -> bytes:
        return data.replace(b'sheetId="1" state="visible"', b'sheetId="1" state="hidden"')

    hidden = _rebuilt(hide)
    assert spreadsheet.records(hidden) != spreadsheet.records(BOOK)
    with zipfile.ZipFile(io.BytesIO(hidden)) as book:
        assert b'state="hidden"' in book.read("xl/workbook.xml")
