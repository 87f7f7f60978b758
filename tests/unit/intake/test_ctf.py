"""Common Transfer Files, new and old, and files that are none."""

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.domain.ctf import CtfFile, CtfPupil, came_from, relationship_words
from schoolsafe.errors import Refused
from schoolsafe.intake import ctf, list_errors
from schoolsafe.intake.list_limits import CTF
from schoolsafe.intake.reader import ChildIntake
from schoolsafe.services.ports_outside import PupilList

DATA = Path(__file__).resolve().parents[2] / "data"
NEW, OLD = ((DATA / f"ctf_sample_{age}.xml").read_bytes() for age in ("25", "old"))


def _said(age: str) -> dict:
    return json.loads((DATA / f"ctf_sample_{age}.expected.json").read_text("utf-8"))


@pytest.mark.parametrize("age", ["25", "old"])
def test_a_file_is_read_as_counted(age):
    said, file = _said(age), ctf.read((DATA / f"ctf_sample_{age}.xml").read_bytes())
    assert (file.version, file.qualifier) == (said["version"], said["qualifier"])
    assert len(file.pupils) == said["pupils_in_file"]
    for school, want in ((file.source, said["source"]), (file.destination, said["dest"])):
        assert (school.la, school.number, school.urn) == (want["lea"], want["estab"], want["urn"])
    for pupil, want in zip(file.pupils, said["pupils"], strict=True):
        _same(pupil, want, file)


def _same(pupil: CtfPupil, want: dict, file: CtfFile) -> None:
    for field in ("upn", "surname", "forename", "dob", "sex", "former_upn", "former_surname"):
        if field in want:
            assert pupil.values[field] == want[field]
    assert len(pupil.contacts) == want.get("contacts", len(pupil.contacts))
    hidden = sum(contact.own_address for contact in pupil.contacts)
    assert hidden == want.get("hidden_address_contacts", hidden)
    assert len(pupil.schools) == want.get("schools", len(pupil.schools))
    assert list(pupil.unknown) == want.get("unknown_elements", [])
    if "last_school" in want:
        number = came_from(pupil, file).dfe_number
        assert f"{number[:3]}/{number[3:]}" == want["last_school"]


def test_neither_results_nor_care_nor_addresses_of_contacts_are_kept():
    file = repr(ctf.read(NEW))
    for word in ("SCALED", "WEEU", "InCare", "KS2", "01632", "Invented Row", "CareAuthority"):
        assert word not in file


def test_an_unknown_relationship_is_shown_as_it_is():
    (contact,) = ctf.read(OLD).pupils[1].contacts
    assert relationship_words(contact.relationship) == "ZZZ"
    assert relationship_words("PAM") == "mother"


def test_a_namespace_is_taken_off():
    named = NEW.replace(b"<CTfile>", b'<CTfile xmlns="http://example.org/ctf">')
    assert ctf.read(named).pupils == ctf.read(NEW).pupils


def test_the_child_process_gives_the_pupils_as_rows_of_a_list():
    listed = ChildIntake().read_pupil_list(NEW)
    assert isinstance(listed, PupilList)
    assert [row.row for row in listed.rows] == [1, 2, 3, 4, 5, 6]
    first = listed.rows[0].values
    assert (first["surname"], first["surname_sent"]) == ("Sampletree", "SAMPLETREE")
    assert first["came_from"] == "Ashgrove Primary School (999/2001)"
    assert [problem.kind for problem in listed.problems] == ["ctf_unknown"]
    old = ChildIntake().read_pupil_list(OLD)
    assert [problem.kind for problem in old.problems] == ["ctf_version"]


def test_a_file_of_an_older_system_may_be_written_in_windows_1252():
    pupil = (
        "<CTfile><CTFpupilData><Pupil><Surname>Llŷr</Surname><Forename>Zoë</Forename></Pupil>"
        "</CTFpupilData></CTfile>"
    ).replace("ŷ", "é")
    assert ctf.read(pupil.encode("cp1252")).pupils[0].values["forename"] == "Zoë"
    declared = b'<?xml version="1.0" encoding="utf-8"?>' + pupil.encode("cp1252")
    assert ctf.read(declared).pupils[0].values["surname"] == "Llér"
    assert ctf.read(pupil.encode("utf-16")).pupils[0].values["forename"] == "Zoë"


BOMB = b'<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><CTfile>&b;</CTfile>'
OUTSIDE = b'<!DOCTYPE b SYSTEM "file:///etc/passwd"><CTfile/>'


def test_results_and_attendance_are_cut_out_before_they_are_parsed():
    marks = b"<KeyStage><Stage>KS2</Stage></KeyStage>" * 3000
    swollen = NEW.replace(b"</StageAssessments>", marks + b"</StageAssessments>")
    assert ctf.read(swollen) == ctf.read(NEW)
    assert b"KS2" not in ctf._without_marks(swollen)
    open_only = NEW.replace(b"</StageAssessments>", b"")
    with pytest.raises(list_errors.TransferFileDamaged):
        ctf.read(open_only)


def test_more_elements_than_a_school_has_are_refused(monkeypatch):
    monkeypatch.setattr(ctf, "CTF", replace(CTF, elements=500))
    ctf.read(NEW)
    many = b"<CTfile><CTFpupilData><Pupil>" + b"<a/>" * 600
    with pytest.raises(list_errors.TransferFileTooDeep):
        ctf.read(many)


WRONG = {
    "entities": (BOMB, list_errors.TransferFileHasDoctype),
    "an outside type": (OUTSIDE, list_errors.TransferFileHasDoctype),
    "a type after a comment": (b"<!-- x -->" + OUTSIDE, list_errors.TransferFileHasDoctype),
    "a web page": (b"<html><body>Hello</body></html>", list_errors.NoTransferFile),
    "half a file": (NEW[: len(NEW) // 2], list_errors.TransferFileDamaged),
    "an encoding nobody knows": (
        b'<?xml version="1.0" encoding="x-none"?><CTfile/>',
        list_errors.TransferFileDamaged,
    ),
    "no pupil": (b"<CTfile><Header/></CTfile>", list_errors.TransferFileEmpty),
    "depth": (b"<CTfile>" + b"<a>" * 100_000, list_errors.TransferFileTooDeep),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_transfer_file_gets_its_own_sentence(name):
    data, kind = WRONG[name]
    with pytest.raises(kind) as caught:
        ctf.read(data)
    assert "{" not in str(caught.value)


def test_a_file_over_the_limit_is_not_handed_to_the_child():
    with pytest.raises(list_errors.TransferFileTooLarge):
        ChildIntake().read_pupil_list(b"<CTfile>" + b" " * (50 * 1024 * 1024))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(NEW)), st.integers(0, 200))
def test_no_bytes_bring_anything_but_pupils_or_a_refusal(extra, at, cut):
    with contextlib.suppress(Refused):
        ctf.read(NEW[:at] + extra + NEW[at + cut :])
    with contextlib.suppress(Refused):
        ctf.read(b"<" + extra)
