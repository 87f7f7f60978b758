"""Pupil lists of four systems with their counted facts, and files that are no list."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.errors import Refused
from schoolsafe.intake import errors, list_errors, pupil_list

DATA = Path(__file__).resolve().parents[2] / "data"
LISTS = ("pupils_sims", "pupils_arbor", "pupils_bromcom", "pupils_excel_semicolon")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_as_counted(name: str) -> None:
    expected = json.loads((DATA / f"{name}.expected.json").read_text(encoding="utf-8"))
    listed = pupil_list.read((DATA / f"{name}.csv").read_bytes())
    assert listed.columns == expected["columns"]
    assert list(listed.ignored) == expected["columns_ignored"]
    assert listed.encoding == expected["encoding"]
    assert listed.delimiter == expected["delimiter"]
    assert listed.heading_row == expected["header_row"]
    assert len(listed.rows) == expected["data_rows"]


@pytest.mark.parametrize("name", LISTS)
def test_cells_that_are_wrong_are_returned_as_they_stand(name: str) -> None:
    expected = json.loads((DATA / f"{name}.expected.json").read_text(encoding="utf-8"))
    rows = dict(pupil_list.read((DATA / f"{name}.csv").read_bytes()).rows)
    for problem in expected["problems"]:
        field = problem["kind"].split("_")[0]
        if field != "name":
            assert (rows[problem["row"]][field] or "") == problem["as_sent"]


def test_admission_numbers_keep_their_zeros_and_lose_excels_formula() -> None:
    rows = dict(pupil_list.read((DATA / "pupils_excel_semicolon.csv").read_bytes()).rows)
    assert rows[3]["admission"] == "000101"
    assert rows[3]["name"] == "M\u00fcller-Mock, J\u00fcrgen"


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_encoding_and_delimiter_give_the_same_pupils(code: str, sign: str) -> None:
    rows = [
        ["Surname", "Forename", "DOB", "UPN"],
        ["O\u2019Sampla", "Zo\u00eb", "01/02/2015", "A1"],
    ]
    text = "\r\n".join(sign.join(row) for row in rows)
    listed = pupil_list.read(text.encode(code))
    assert listed.rows == (
        (2, {"upn": "A1", "surname": "O\u2019Sampla", "forename": "Zo\u00eb", "dob": "01/02/2015"}),
    )


def test_a_person_may_choose_other_columns() -> None:
    data = b"Surname,Forename,DOB,Tutor,House\nSample,Ada,01/02/2015,7A,Red\n"
    listed = pupil_list.read(data, {"class": "Tutor"})
    assert listed.columns["class"] == "Tutor"
    assert listed.ignored == ("House",)
    with pytest.raises(errors.UnknownColumn):
        pupil_list.read(data, {"class": "Nowhere"})


WRONG_KIND = {
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, errors.OldExcelWorkbook),
    "a PDF": (b"%PDF-1.7\n", errors.PdfNotAList),
    "a picture": (b"\x89PNG\r\n\x1a\n", errors.PictureNotAList),
    "a web page": (b"<!DOCTYPE html><html></html>", list_errors.NoTransferFile),
    "a mail": (b"Received: from a by b\nSubject: x\n\nSurname,Forename", errors.MailNotAList),
    "nothing": (b"\r\n \n", errors.EmptyList),
    "zeros and ones": (b"Surname\0\x01\x02\x03" * 30, errors.BinaryNotAList),
    "a shopping list": (b"eggs,milk\nbread,jam\n", errors.NoHeadingRow),
    "headings too far down": (b"x\n" * 11 + b"Surname,Forename,DOB\n", errors.NoHeadingRow),
}


@pytest.mark.parametrize("name", WRONG_KIND)
def test_a_file_of_another_kind_gets_its_own_sentence(name: str) -> None:
    data, kind = WRONG_KIND[name]
    with pytest.raises(kind) as caught:
        pupil_list.read(data)
    assert "{" not in str(caught.value)


def test_a_list_of_too_many_rows_is_refused() -> None:
    with pytest.raises(errors.TooManyRows):
        pupil_list.read(b"Surname,Forename,DOB\n" + b"a,b,c\n" * 20_001)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_bring_anything_but_a_list_or_a_refusal(data: bytes) -> None:
    for start in (b"", b"Surname,Forename,DOB\n"):
        with contextlib.suppress(Refused):
            pupil_list.read(start + data)
