"""The register of schools, a council's calendar, a workbook and a transfer file, through the command line."""

from pathlib import Path

import pytest

from invented_register import links_csv, register_csv
from terminal import Terminal, set_up

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return set_up(tmp_path_factory.mktemp("registers"))


@pytest.fixture
def school(founded: Terminal, tmp_path: Path) -> Terminal:
    return founded.copied_to(tmp_path)


def register_files(folder: Path) -> tuple[str, str]:
    files = folder / "edubasealldata20261101.csv", folder / "links.csv"
    files[0].write_bytes(register_csv())
    files[1].write_bytes(links_csv())
    return str(files[0]), str(files[1])


def test_the_register_is_taken_in_and_searched_without_a_passphrase(tmp_path):
    nobody = Terminal(tmp_path / "home")
    files = register_files(tmp_path)
    before = nobody("school", "find", "ashgrove", secrets=())
    assert (before.code, before.refused) == (1, "no_register")
    taken = nobody.ok("import", "schools", *files, secrets=())
    assert (taken["schools"], taken["open"], taken["closed"], taken["links"]) == (10, 7, 3, 3)
    assert (taken["as_of"], taken["changed"]) == ("2026-11-01", True)
    assert nobody.ok("import", "schools", *files, secrets=())["changed"] is False
    (found,) = nobody.ok("school", "find", "brookfield", "community", secrets=())["schools"]
    assert (found["urn"], found["is_open"], found["closed"]) == ("999106", False, "2019-08-31")
    assert [after["name"] for after in found["successors"]] == ["Brookfield Academy"]
    assert [path.name for path in nobody.home.iterdir()] == ["schools.register"]


def test_a_file_that_is_no_register_is_refused_in_one_sentence(tmp_path):
    nobody, wrong = Terminal(tmp_path / "home"), tmp_path / "wrong.csv"
    wrong.write_bytes(register_csv(without=("URN", "Town")))
    said = nobody("import", "schools", str(wrong), secrets=())
    assert (said.code, said.refused) == (1, "register_columns_missing")
    assert said.err.count("\n") == 1
    assert "URN, Town" in said.err
    assert not nobody.home.exists()


def test_a_calendar_is_looked_at_then_kept_and_a_second_time_changes_nothing(school):
    file = str(DATA / "terms_council.ics")
    before = school.ok("calendar", "show")
    looked = school.ok("import", "calendar", file, "--preview")
    assert (looked["applied"], looked["changed"], len(looked["terms"])) == (False, True, 6)
    assert {each["title"] for each in looked["ignored"]} == {
        "Assembly",
        "Year 6 parents' evening, hall",
    }
    assert school.ok("calendar", "show") == before
    assert school.ok("import", "calendar", file)["applied"] is True
    shown = school.ok("calendar", "show")
    assert shown["start"] == before["start"]
    assert [term["first"] for term in shown["terms"]][-1] == "2027-06-07"
    rows = school.ok("status")["records"]
    again = school.ok("import", "calendar", file, "--apply")
    assert again["changed"] is False
    assert school.ok("status")["records"] == rows


def test_a_calendar_without_terms_is_refused_and_nothing_changes(school, tmp_path):
    file = tmp_path / "trips.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261112\nSUMMARY:Trip\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    before = school.ok("calendar", "show")
    assert school("import", "calendar", str(file)).refused == "no_terms_in_file"
    assert school("import", "calendar", str(DATA / "pupils_sims.csv")).refused == "no_calendar"
    assert school.ok("calendar", "show") == before


def test_a_workbook_is_taken_in_and_a_second_time_changes_nothing(school):
    file = str(DATA / "pupils_first_sheet.xlsx")
    assert school.ok("import", "pupils", file)["new"] == 12
    applied = school.ok("import", "pupils", file, "--apply")
    assert (applied["new"], applied["encoding"], applied["applied"]) == (12, "xlsx", True)
    rows = school.ok("status")["records"]
    again = school.ok("import", "pupils", file, "--apply")
    assert (again["new"], again["changed"], again["left"]) == (0, 0, 0)
    assert school.ok("status")["records"] == rows


def test_a_transfer_file_for_another_school_needs_a_word_more(school, tmp_path):
    file = str(DATA / "ctf_sample_25.xml")
    looked = school.ok("import", "pupils", file)
    assert (looked["new"], looked["not_taken"], looked["left"]) == (5, 1, 0)
    assert looked["problems"][0]["kind"] == "ctf_destination"
    kinds = {(each["row"], each["kind"]) for each in looked["problems"]}
    assert (5, "dob_missing") in kinds
    assert (4, "upn_wrong_check_letter") in kinds
    assert school("import", "pupils", file, "--apply").refused == "made_for_another_school"
    assert school.ok("child", "list")["children"] == []
    # once the register knows this school as 999/2001, a file for that number is for this school
    school.ok("import", "schools", *register_files(tmp_path), secrets=())
    ours = tmp_path / "ours.xml"
    data = (
        Path(file)
        .read_bytes()
        .replace(
            b"<DestSchool><LEA>999</LEA><Estab>4001</Estab><URN>999102</URN></DestSchool>",
            b"<DestSchool><LEA>999</LEA><Estab>2001</Estab></DestSchool>",
        )
    )
    ours.write_bytes(data)
    assert school.ok("import", "pupils", str(ours), "--apply")["new"] == 5
    assert school.ok("import", "pupils", file, "--apply", "--any-destination")["unchanged"] == 5
    names = {child["name"] for child in school.ok("child", "list")["children"]}
    assert "Siobhán O'Mockery" in names
    old = school("import", "pupils", str(DATA / "ctf_sample_old.xml"), "--apply")
    assert old.refused == "made_for_nobody"
