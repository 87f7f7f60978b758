import json

import pytest

from schoolsafe.errors import Refused
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.pages.pupils import RollPage
from ui.rolls import DATA, bring_in, open_roll, reader, school
from ui.walk import faults

__all__ = ["open_roll", "reader", "school"]

SWAPPED = "Family,Given,Born,Group\nThornton,Maya,14/03/2018,4\nThornton,Leo,30/01/2022,R\n"


@pytest.fixture
def page(school, open_roll):
    bring_in(school, "roll_before.csv")
    return RollPage(open_roll("pupil_import", file=DATA / "roll_after.csv"))


def test_a_list_says_what_it_would_do_before_anything_is_written(page, school):
    said = json.loads((DATA / "roll_after.expected.json").read_text())
    same = said["unchanged"] + said["upn_missing_now"]
    assert page.counts() == [
        f"{said['new']} new",
        f"{said['changed']} changed",
        f"{same} unchanged",
        f"{said['possibly_left']} possibly left",
    ]
    assert len(school.services.children.list()) == 30
    assert page.find("confirm-list").text() == "Bring in 4 new, change 4, mark 3 possibly left"


def test_each_count_shows_its_rows(page):
    page.count("new")
    rows = page.cells("list-lines")
    assert len(rows) == 4
    assert rows[0] == ("7", "Juno Otherby", "New: Year 2, 2X, born 17 July 2020")
    page.count("left")
    assert len(page.cells("list-lines")) == 3
    assert page.cells("list-lines")[0][2].startswith("Not in this list: marked possibly left")
    page.count("changed")
    assert any("becomes" in row[2] for row in page.cells("list-lines"))


def test_no_pupil_number_is_shown_anywhere(page):
    numbers = {
        str(record.values["upn"])
        for record in page.screen.presenter._services.desk.reader.find("child")
        if record.values.get("upn")
    }
    assert numbers
    shown = page.work() + "".join(
        "".join("".join(row) for row in page.cells(table))
        for table in ("list-lines", "list-sample")
    )
    for code in ("new", "changed", "unchanged", "left"):
        page.count(code)
        shown += "".join("".join(row) for row in page.cells("list-lines"))
    assert not [number for number in numbers if number in shown]


def test_the_first_five_rows_are_shown_as_they_are_read(page):
    rows = page.cells("list-sample")
    assert len(rows) == 5
    assert rows[0][:4] == ("2", "Zerowell", "Farah", "16/05/2021")


def test_confirming_writes_it_and_one_undo_takes_it_back(page, school):
    page.window.run("save")
    assert page.window.stage.here == "pupils"
    assert page.toast() == "4 pupils added, 4 changed."
    children = school.services.children
    assert len(children.list()) == 34
    assert len(children.list(status="possibly_left")) == 3
    page.window.run("undo")
    assert len(children.list()) == 30
    assert children.list(status="possibly_left") == ()


def test_leaving_it_writes_nothing_and_forgets_the_file(page, school):
    page.click("leave-list")
    assert page.window.stage.here == "pupils"
    assert len(school.services.children.list()) == 30
    page.window.open("pupil_import")
    assert not page.sees("list-lines")
    assert page.find("choose-file").text().strip() == "Choose a file"


def test_a_list_of_some_pupils_marks_nobody_as_left(page, school):
    page.screen.how_much.chip("some").click()
    assert page.counts() == ["4 new", "4 changed", "23 unchanged"]
    page.window.run("save")
    assert school.services.children.list(status="possibly_left") == ()


def test_the_first_list_of_a_school_is_not_asked_how_much_it_holds(open_roll):
    page = RollPage(open_roll("pupil_import", file=DATA / "roll_before.csv"))
    assert not page.sees("how-much")
    assert page.counts() == ["30 new", "0 changed", "0 unchanged"]


def test_columns_nobody_asked_for_are_named_and_not_kept(open_roll):
    page = RollPage(open_roll("pupil_import", file=DATA / "pupils_sims.csv"))
    assert page.find("list-uses").text().startswith("We will use: Legal Surname as surname")
    ignored = page.find("list-ignored").text()
    assert ignored == "Not used, and not kept: SEN Status, Looked After and Site."


def test_rows_to_look_at_are_listed_by_number(open_roll):
    page = RollPage(open_roll("pupil_import", file=DATA / "pupils_sims.csv"))
    said = page.work()
    assert "rows to look at" in page.find("problem-count").text()
    assert "Row " in said


def test_a_column_can_be_changed_and_is_remembered(tmp_path, school, open_roll, reader):
    listed = tmp_path / "list.csv"
    listed.write_text("Surname,First,Forename,DOB\nThornton,Maya,M.,14/03/2018\n")
    page = RollPage(open_roll("pupil_import", file=listed))
    page.click("change-columns")
    assert "Not in this list" in page.options("column-forename")
    page.choose("column-forename", "First")
    assert page.cells("list-sample")[0][2] == "Maya"
    page.window.run("save")
    assert [row.name for row in school.services.children.list()] == ["Maya Thornton"]
    reader.asked.clear()
    page.take(listed)
    assert reader.asked[-1]["forename"] == "First"
    assert page.counts() == ["0 new", "0 changed", "1 unchanged"]


def test_one_heading_means_one_thing(tmp_path, open_roll):
    listed = tmp_path / "list.csv"
    listed.write_text("Surname,Forename,DOB,Class\nThornton,Maya,14/03/2018,4K\n")
    page = RollPage(open_roll("pupil_import", file=listed))
    page.click("change-columns")
    page.choose("column-year", "Class")
    assert page.find("column-class").current() == ""
    page.choose("column-year", "")
    assert "Class as" not in page.find("list-uses").text()


def test_without_names_a_row_is_not_taken_and_nothing_is_lost(school, open_roll):
    page = RollPage(open_roll("pupil_import", file=DATA / "roll_before.csv"))
    page.click("change-columns")
    page.choose("column-surname", "")
    page.choose("column-forename", "")
    assert page.counts()[-1] == "30 rows not taken"
    page.count("not_taken")
    assert page.cells("list-lines")[0][2] == "Not taken: the row names nobody"
    page.choose("column-surname", "Legal Surname")
    assert page.counts()[0] == "30 new"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("notifications/01_fixed_sentence.eml", "not a pupil list"),
        ("roll_after.expected.json", "heading"),
    ],
)
def test_a_file_of_the_wrong_kind_gets_its_own_sentence(open_roll, school, name, said):
    page = RollPage(open_roll("pupil_import", file=DATA / name))
    assert said in page.work()
    assert not page.sees("confirm-list")
    assert school.services.children.list() == ()


def test_a_file_that_went_away_is_said_too(open_roll, tasks):
    window = open_roll("pupils")

    class Gone(Refused):
        """This file is not there, or may not be read."""

    window.open("pupil_import")
    page = RollPage(window)

    def gone(_path):
        raise Gone

    page.screen.presenter._read_file = gone
    page.take(DATA / "roll_after.csv")
    assert "This file is not there, or may not be read." in page.work()


def test_a_workbook_is_read_from_its_first_sheet(open_roll):
    page = RollPage(open_roll("pupil_import", file=DATA / "pupils_first_sheet.xlsx"))
    assert page.counts() == ["12 new", "0 changed", "0 unchanged"]
    assert page.cells("list-sample")[0][:4] == ("4", "Exampleton", "Robin", "2017-03-14")


def test_a_transfer_file_for_another_school_asks_before_it_is_brought_in(open_roll, school):
    page = RollPage(open_roll("pupil_import", file=DATA / "ctf_sample_25.xml"))
    assert page.counts() == ["5 new", "0 changed", "0 unchanged", "1 row not taken"]
    assert "made for 999/4001, not for your school" in page.find("list-ask").words.text()
    assert not page.sees("change-columns")
    assert not page.sees("how-much")
    page.window.run("save")
    assert school.services.children.list() == ()
    assert page.find("list-right-error").text().startswith("Tick the box")
    page.find("list-right").click()
    assert not page.sees("list-right-error")
    page.window.run("save")
    assert "Lin Sampletree" in [row.name for row in school.services.children.list()]


def test_a_transfer_file_says_who_is_in_it_and_what_is_not_kept(open_roll):
    page = RollPage(open_roll("pupil_import", file=DATA / "ctf_sample_25.xml"))
    page.count("new")
    first = page.cells("list-lines")[0]
    assert first[1] == "Linnet Sampletree"
    assert "from Ashgrove Primary School (999/2001)" in first[2]
    assert "In the file, not kept: Wren Sampletree (mother) and Jay Oakmock (father)" in first[2]
    page.count("not_taken")
    assert "Add this pupil by hand" in page.cells("list-lines")[0][2]
    uses = page.find("list-uses").text()
    assert uses.startswith("From Ashgrove Primary School (999/2001), for 999/4001.")
    assert "The child-protection file is never in it" in uses
    assert "104" not in page.work()


def test_a_column_that_is_not_to_be_used_stays_so_for_the_next_list(tmp_path, open_roll, reader):
    listed = tmp_path / "list.csv"
    listed.write_text("Surname,Forename,DOB,Class\nThornton,Maya,14/03/2018,4K\n")
    page = RollPage(open_roll("pupil_import", file=listed))
    page.click("change-columns")
    page.choose("column-class", "")
    page.window.run("save")
    page.take(listed)
    assert reader.asked[-1]["class"] == ""
    page.click("change-columns")
    assert page.find("column-class").current() == ""
    assert page.counts() == ["0 new", "0 changed", "1 unchanged"]


def test_a_list_that_changes_nothing_says_so(page):
    page.window.run("save")
    page.take(DATA / "roll_after.csv")
    assert page.find("confirm-list").text() == "Keep the columns for next time"
    assert page.find("confirm-list").kind == "plain"


def test_another_file_can_be_dropped_on_the_preview(page):
    assert page.screen.dropped((DATA / "pupils_sims.csv",))
    assert page.find("list-file").text() == "pupils_sims.csv"


def test_nobody_is_named_in_the_window_title(page):
    assert page.window.windowTitle() == "Bring in a pupil list - SchoolSafe"


def test_everything_has_a_name(page):
    page.click("change-columns")
    settle(page.window)
    assert faults(page.window) == []


@pytest.mark.parametrize(
    ("percent", "width", "height"), [(100, 1024, 640), (100, 1440, 900), (200, 1366, 768)]
)
def test_nothing_is_cut(school, open_roll, styled, *, percent, width, height):
    style.current().apply(styled, style.Look.LIGHT, percent)
    page = RollPage(
        open_roll("pupil_import", width=width, height=height, file=DATA / "pupils_sims.csv")
    )
    page.click("change-columns")
    settle(page.window)
    assert cut_texts(page.window) == []
