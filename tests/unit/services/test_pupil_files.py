"""Lists and transfer files taken in: whom they were made for, what is remembered, nothing twice, all undone."""

from pathlib import Path

import pytest

from fakes.list_reader import ListReader
from house import School, make_school
from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.domain.ctf import Destination
from schoolsafe.services.pupil_import import ImportPreview, MadeForAnotherSchool, MadeForNobody
from unit.services.morning import rows

DATA = Path(__file__).resolve().parents[2] / "data"
NEW, OLD = ((DATA / f"ctf_sample_{age}.xml").read_bytes() for age in ("25", "old"))
HERE = NEW.replace(b"<URN>999102</URN>", b"<URN>999101</URN>")


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path / "school", intake=ListReader())
    yield made
    made.close()


def look(school: School, data: bytes) -> ImportPreview:
    children = school.services.children
    return children.preview(children.read_list(school.services.intake, data), sha256_hex(data))


def test_a_transfer_file_for_this_school_is_taken_in_but_for_who_has_no_birth_date(school):
    preview = look(school, HERE)
    assert preview.destination is Destination.HERE
    assert preview.asks is None
    assert (preview.counts["new"], preview.counts["not_taken"], preview.counts["left"]) == (5, 1, 0)
    school.services.children.apply(preview)
    names = {row.name for row in school.services.children.list()}
    assert names == {
        "Lin Sampletree",
        "Siobhán O'Mockery",
        "Rory Macfable",
        "Joost-Jan van der Example",
        "Zanna Nowak-Łucka",
    }
    (record,) = school.services.desk.reader.find("child", {"upn": "F999200119102"})
    assert record.values["surname_sent"] == "O'MOCKERY"
    assert record.values["former_upn"] == "F99920011810B"
    assert record.values["came_from"] == "Ashgrove Primary School (999/2001)"


def test_a_transfer_file_for_another_school_needs_somebody_to_say_it_is_right(school):
    preview = look(school, NEW)
    with pytest.raises(MadeForAnotherSchool) as said:
        school.services.children.apply(preview)
    assert "999/4001" in str(said.value)
    assert school.services.children.list() == ()
    school.services.children.apply(preview, right_all_the_same=True)
    assert len(school.services.children.list()) == 5


def test_a_transfer_file_for_nobody_asks_too(school):
    preview = look(school, OLD)
    assert preview.destination is Destination.UNKNOWN
    with pytest.raises(MadeForNobody):
        school.services.children.apply(preview)


def test_a_transfer_file_never_makes_anybody_a_leaver(school):
    school.pupil("Maya", "Thornton")
    school.services.children.apply(look(school, HERE))
    assert len(school.services.children.list(status="on_roll")) == 6


def test_a_name_in_capitals_does_not_change_the_one_on_record(school):
    children = school.services.children
    listed = b"Surname,Forename,DOB,UPN\nMacFable,Rory,30/07/2015,W99920012611C\n"
    children.apply(look(school, listed))
    preview = look(school, HERE)
    (line,) = (line for line in preview.comparison.lines if line.child)
    assert "surname" not in {change.field for change in line.changes}
    children.apply(preview)
    assert "Rory MacFable" in {row.name for row in children.list()}


@pytest.mark.parametrize("name", ["ctf", "roll_before.csv", "pupils_first_sheet.xlsx"])
def test_the_same_file_a_second_time_changes_nothing(school, name):
    data = HERE if name == "ctf" else (DATA / name).read_bytes()
    children = school.services.children
    children.apply(look(school, data))
    before, state = rows(school), school.services.desk.reader.state_hash()
    changes = children.apply(look(school, data))
    assert changes.rows == ()
    assert rows(school) == before
    assert school.services.desk.reader.state_hash() == state


@pytest.mark.parametrize("name", ["ctf", "roll_before.csv", "pupils_first_sheet.xlsx"])
def test_the_whole_file_is_taken_back_at_once(school, name):
    data = HERE if name == "ctf" else (DATA / name).read_bytes()
    children = school.services.children
    changes = children.apply(look(school, data))
    assert children.list()
    assert changes.undo
    school.services.undo(changes.undo)
    assert children.list() == ()
    children.apply(look(school, data))
    assert children.list()


def test_a_column_left_out_is_left_out_of_the_next_list_of_that_shape_only(school):
    children, intake = school.services.children, school.services.intake
    first = b"Surname,Forename,DOB,Class\nThornton,Maya,14/03/2018,4K\n"
    source = intake.read_pupil_list(first, columns={"class": ""})
    assert source.not_used == {"class": "Class"}
    children.apply(children.preview(source, sha256_hex(first)))
    again = children.read_list(intake, first.replace(b"4K", b"5L"))
    assert "class" not in again.columns
    other = children.read_list(intake, b"Surname,Forename,DOB,Reg\nThornton,Maya,14/03/2018,4K\n")
    assert other.columns["class"] == "Reg"


def test_a_list_of_another_system_is_read_though_the_last_had_other_headings(school):
    children, intake = school.services.children, school.services.intake
    for name in ("pupils_sims.csv", "pupils_arbor.csv", "pupils_bromcom.csv"):
        data = (DATA / name).read_bytes()
        children.apply(children.preview(children.read_list(intake, data), sha256_hex(data)))
    assert children.columns_for(children.read_list(intake, data)) == {}


def test_a_postcode_is_taken(school):
    data = b"Surname,Forename,DOB,Home Postcode\nThornton,Maya,14/03/2018,ZZ9 9ZZ\n"
    school.services.children.apply(look(school, data))
    (record,) = school.services.desk.reader.find("child")
    assert record.values["postcode"] == "ZZ9 9ZZ"
