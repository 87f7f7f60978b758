from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain import roll_lines
from schoolsafe.domain.roll import (
    ADMISSION_OF_ANOTHER,
    UPN_CHANGED,
    UPN_OF_ANOTHER,
    Change,
    Comparison,
    KnownPupil,
    Outcome,
    compare,
)
from schoolsafe.domain.roll_cell import DobProblem, roll_date, sex_code, year_group
from schoolsafe.domain.roll_lines import read_lines
from unit.domain.cases import JUDGED_ON, Row, expected, read_sample, rows_of, sample_rows

LISTS = ("pupils_sims", "pupils_arbor", "pupils_bromcom", "pupils_excel_semicolon")
CELL_PROBLEMS = ("upn_w", "upn_b", "upn_not", "dob_", "name_")


@pytest.mark.parametrize("name", LISTS)
class TestSampleLists:
    def test_cells_are_judged_as_the_expected_file_counts_them(self, name: str) -> None:
        facts, read = expected(f"{name}.expected.json"), read_sample(name)
        assert len(read.lines) == facts["data_rows"]
        assert Counter(line.upn.kind for line in read.lines) == facts["upn"]
        dobs = Counter(p.kind.removeprefix("dob_") for p in read.problems if p.field == "dob")
        dobs["ok"] = len(read.lines) - dobs.total()
        assert dobs == facts["dob"]
        assert {(p.row, p.kind) for p in read.problems if p.kind.startswith(CELL_PROBLEMS)} == {
            (p["row"], p["kind"]) for p in facts["problems"]
        }

    def test_repeats_and_shared_numbers_are_found(self, name: str) -> None:
        facts, read = expected(f"{name}.expected.json"), read_sample(name)
        duplicates = [p for p in read.problems if p.kind == roll_lines.DUPLICATE_ROW]
        lines = {line.row: line for line in read.lines}
        assert [[lines[p.row].repeats, p.row] for p in duplicates] == facts["exact_duplicate_rows"]
        for kind, wanted in (
            (roll_lines.SAME_PUPIL, facts["same_pupil_in_two_different_rows"]),
            (roll_lines.SAME_UPN, facts["same_upn_on_different_pupils"]),
            (roll_lines.SAME_ADMISSION, []),
        ):
            rows = [p.row for p in read.problems if p.kind == kind]
            assert rows == sorted(row for pair in wanted for row in pair)
        assert list(read.rows_to_decide) == facts["rows_that_need_a_decision"]

    def test_a_first_import_takes_every_distinct_pupil_once(self, name: str) -> None:
        facts = expected(f"{name}.expected.json")
        found = compare(sample_rows(name), (), on=JUDGED_ON)
        assert len(found.of(Outcome.NEW)) == facts["distinct_pupils"]
        assert found.counts()["repeat"] == facts["data_rows"] - facts["distinct_pupils"]
        assert list(found.rows_to_decide) == facts["rows_that_need_a_decision"]

    def test_year_groups_and_names_are_counted_over_distinct_rows(self, name: str) -> None:
        facts, read = expected(f"{name}.expected.json"), read_sample(name)
        copies = {p.row for p in read.problems if p.kind == roll_lines.DUPLICATE_ROW}
        lines = [line for line in read.lines if line.row not in copies]
        assert Counter(line.values["year"] for line in lines) == facts["by_year"]
        statuses = Counter(v for line in lines if (v := line.values["enrolment"]))
        assert statuses == facts["by_status"]
        assert {line.values["sex"] for line in lines} <= {"F", "M"}

    def test_every_problem_is_a_sentence(self, name: str) -> None:
        for problem in read_sample(name).problems:
            assert problem.message.endswith(".")
            assert "{" not in problem.message

    def test_the_same_list_again_changes_nothing(self, name: str) -> None:
        first = compare(sample_rows(name), (), on=JUDGED_ON)
        again = compare(sample_rows(name), _on_record(first), on=JUDGED_ON)
        assert again.of(Outcome.CHANGED) == ()
        assert again.of(Outcome.NEW) == ()
        assert again.possibly_left == ()
        assert len(again.of(Outcome.UNCHANGED)) == len(first.of(Outcome.NEW))


def _on_record(found: Comparison) -> tuple[KnownPupil, ...]:
    """The record after a person confirmed the comparison of a first import."""
    return tuple(
        KnownPupil(f"child:{line.row}", {**line.values, "status": "on_roll"})
        for line in found.of(Outcome.NEW)
    )


MILLPOND = {
    "admission": "Admission Number",
    "upn": "UPN",
    "surname": "Legal Surname",
    "forename": "Legal Forename",
    "dob": "Date of Birth",
    "year": "Year Group",
    "class": "Class",
}


def test_the_second_export_of_millpond_gives_the_counts_of_its_file() -> None:
    facts = expected("roll_after.expected.json")
    first = compare(rows_of("roll_before.csv", columns=MILLPOND), (), on=JUDGED_ON)
    known = _on_record(first)
    found = compare(rows_of("roll_after.csv", columns=MILLPOND), known, on=JUDGED_ON)
    assert found.counts() == {
        "new": facts["new"],
        "changed": facts["changed"],
        "unchanged": facts["unchanged"],
        "upn_missing": facts["upn_missing_now"],
        "repeat": 0,
        "held": 0,
        "possibly_left": facts["possibly_left"],
    }
    admission = {pupil.id: pupil.text("admission") for pupil in known}
    names = {"cls": "class", "sur": "surname", "dob": "dob", "adm": "admission"}
    assert {
        (admission[line.child], change.field)
        for line in found.of(Outcome.CHANGED)
        for change in line.changes
    } == {(adm, names[f]) for f, adms in facts["changed_fields"].items() for adm in adms}
    missing = found.of(Outcome.UPN_MISSING)
    assert [admission[line.child] for line in missing] == facts["upn_missing_for"]
    assert missing[0].kept == ("upn",)
    left = [admission[child] for child in found.possibly_left]
    assert left == facts["possibly_left_admission_numbers"]
    assert found.problems == ()


MAYA = {
    "surname": "Thornton",
    "forename": "Maya",
    "dob": "14/03/2018",
    "upn": "G999200126001",
    "admission": "1207",
    "year": "Year 4",
    "class": "Kingfisher",
}
KNOWN = KnownPupil("child:maya", {**MAYA, "dob": "2018-03-14", "year": "4", "status": "on_roll"})


def _known(**values: object) -> KnownPupil:
    return KnownPupil(KNOWN.id, {**KNOWN.values, **values})


def _one(known: KnownPupil | None = KNOWN, **cells: str | None) -> Comparison:
    rows = [Row(2, {**MAYA, **cells})]
    return compare(rows, [known] if known else [], on=JUDGED_ON)


def test_a_blank_cell_never_erases_what_is_known() -> None:
    found = _one(upn=None, **{"class": None}, dob=None)
    (line,) = found.lines
    assert line.outcome is Outcome.UPN_MISSING
    assert line.kept == ("dob", "upn", "class")
    assert line.changes == ()


def test_a_reason_code_is_no_upn_and_erases_none() -> None:
    assert _one(upn="UN1").lines[0].outcome is Outcome.UPN_MISSING
    assert "upn" not in _one(None, upn="UN1").lines[0].values


def test_a_wrong_upn_does_not_replace_a_right_one() -> None:
    (line,) = _one(upn="A999200126001").lines
    assert (line.outcome, line.kept) == (Outcome.UPN_MISSING, ("upn",))


def test_a_wrong_upn_is_kept_as_written_where_nothing_better_is_known() -> None:
    (line,) = _one(None, upn="A999200126001").lines
    assert line.values["upn"] == "A999200126001"
    assert _one(_known(upn="A999200126001"), upn="A999200126001").lines[0].changes == ()
    corrected = _one(_known(upn="A999200126001")).lines[0]
    assert corrected.changes == (Change("upn", "A999200126001", "G999200126001"),)


def test_a_replaced_temporary_upn_becomes_the_former_one() -> None:
    found = _one(_known(upn="T99920012600A"))
    assert found.lines[0].changes == (
        Change("upn", "T99920012600A", "G999200126001"),
        Change("former_upn", None, "T99920012600A"),
    )
    assert found.problems == ()


def test_a_pupil_is_still_found_by_the_former_upn() -> None:
    known = _known(upn="D999400119999", former_upn="T99920012600A")
    found = _one(known, upn="T99920012600A", admission=None, surname="Newname")
    assert found.lines[0].child == "child:maya"


def test_another_permanent_upn_for_the_same_child_needs_a_decision() -> None:
    found = _one(_known(upn="D999400119999"))
    assert [p.kind for p in found.problems] == [UPN_CHANGED]
    assert found.rows_to_decide == (2,)


def test_a_upn_that_belongs_to_another_child_never_leads_to_that_child() -> None:
    other = _known(surname="Mensah", forename="Kai", dob="2015-11-02", admission="1093")
    found = _one(other)
    assert [p.kind for p in found.problems] == [UPN_OF_ANOTHER]
    assert found.of(Outcome.NEW)
    assert found.possibly_left == ("child:maya",)


def test_a_reused_admission_number_never_leads_to_another_child() -> None:
    other = _known(upn=None, surname="Mensah", forename="Kai", dob="2015-11-02")
    found = _one(other)
    assert [p.kind for p in found.problems] == [ADMISSION_OF_ANOTHER]
    assert found.of(Outcome.NEW)


def test_name_and_birth_date_find_a_child_without_numbers() -> None:
    known = _known(upn=None, admission=None)
    found = _one(known, surname="THORNTON", **{"class": "Kingfisher"})
    assert found.lines[0].child == "child:maya"
    assert {change.field for change in found.lines[0].changes} == {"surname", "upn", "admission"}


def test_a_number_alone_finds_a_child_whose_row_has_nothing_else() -> None:
    found = _one(surname=None, forename=None, dob=None)
    assert found.lines[0].child == "child:maya"
    assert found.rows_to_decide == (2,)


def test_a_child_who_had_left_is_back_on_the_roll() -> None:
    for status in ("possibly_left", "left", "not_on_roll"):
        line = _one(_known(status=status)).lines[0]
        assert line.changes == (Change("status", status, "on_roll"),)


def test_only_children_on_roll_can_possibly_have_left() -> None:
    rows: list[Row] = []
    known = [KNOWN, KnownPupil("gone", {"status": "left"}), KnownPupil("unsaid", {})]
    assert compare(rows, known, on=JUDGED_ON).possibly_left == ("child:maya", "unsaid")
    assert compare(rows, known, on=JUDGED_ON, full=False).possibly_left == ()


def test_a_row_that_names_nobody_is_held() -> None:
    found = compare([Row(2, {"class": "4A", "dob": "1/1/2018"})], (), on=JUDGED_ON)
    assert found.lines[0].outcome is Outcome.HELD
    assert [p.message for p in found.problems] == ["The name is missing."]


def test_two_rows_that_lead_to_one_child_are_taken_once() -> None:
    by_upn = Row(2, {**MAYA, "admission": None, "surname": "Newname", "dob": "15/03/2018"})
    by_admission = Row(3, {**MAYA, "upn": None})
    found = compare([by_upn, by_admission], [KNOWN], on=JUDGED_ON)
    assert [line.outcome for line in found.lines] == [Outcome.CHANGED, Outcome.REPEAT]
    assert found.rows_to_decide == (3,)


def test_the_same_child_with_two_upns_keeps_both_rows_until_a_person_chooses() -> None:
    rows = [Row(2, MAYA), Row(3, {**MAYA, "upn": "D999400119999", "admission": "1208"})]
    found = compare(rows, (), on=JUDGED_ON)
    assert len(found.of(Outcome.NEW)) == 2
    assert found.rows_to_decide == (2, 3)


def test_one_upn_on_two_pupils_is_not_used_to_find_either() -> None:
    rows = [
        Row(2, MAYA),
        Row(3, {**MAYA, "forename": "Leo", "dob": "30/01/2022", "admission": "1341"}),
    ]
    found = compare(rows, [KNOWN], on=JUDGED_ON)
    assert [line.child for line in found.lines] == ["child:maya", None]


def test_one_admission_number_on_two_pupils_needs_a_decision() -> None:
    rows = [
        Row(2, MAYA),
        Row(3, {**MAYA, "forename": "Leo", "surname": "Other", "upn": None, "dob": "30/01/2022"}),
    ]
    found = read_lines(rows, on=JUDGED_ON)
    assert {p.kind for p in found.problems} == {roll_lines.SAME_ADMISSION}
    assert found.rows_to_decide == (2, 3)


def test_three_rows_of_one_pupil_all_repeat_the_first() -> None:
    rows = [Row(n, {**MAYA, "class": name}) for n, name in enumerate("ABC", start=2)]
    found = read_lines(rows, on=JUDGED_ON)
    assert [line.repeats for line in found.lines] == [None, 2, 2]


def test_a_name_column_is_split_where_there_are_no_others() -> None:
    (line,) = read_lines([Row(2, {"name": "Müller-Mock, Jürgen"})], on=JUDGED_ON).lines
    assert (line.values["surname"], line.values["forename"]) == ("Müller-Mock", "Jürgen")
    (line,) = read_lines([Row(2, {"name": "x", "surname": "Kept"})], on=JUDGED_ON).lines
    assert line.values["surname"] == "Kept"


def test_a_missing_surname_is_said() -> None:
    (problem, _dob) = read_lines([Row(2, {"forename": "Maya"})], on=JUDGED_ON).problems
    assert (problem.message, problem.field) == ("The surname is missing.", "surname")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("14/03/2012", date(2012, 3, 14)),
        ("3/9/20", date(2020, 9, 3)),
        ("05.05.13", date(2013, 5, 5)),
        ("07-06-2018", date(2018, 6, 7)),
        ("14 3 2012", date(2012, 3, 14)),
        ("2013-01-23", date(2013, 1, 23)),
        ("2013-01-23 00:00:00", date(2013, 1, 23)),
        ("2013-01-23T00:00", date(2013, 1, 23)),
        ("23/01/2013 00:00", date(2013, 1, 23)),
        ("14 Mar 2012", date(2012, 3, 14)),
        ("26 March 2009", date(2009, 3, 26)),
        ("09-Jan-2019", date(2019, 1, 9)),
        ("3rd Sept 2015", date(2015, 9, 3)),
        ("Wed, 14 March 2012", date(2012, 3, 14)),
        ("41170", date(2012, 9, 18)),
        ("41170.0", date(2012, 9, 18)),
        (" 14/03/2012 ", date(2012, 3, 14)),
    ],
)
def test_dates_are_read_day_first_in_every_style_lists_use(cell: str, value: date) -> None:
    found = roll_date(cell, JUDGED_ON)
    assert (found.value, found.problem, found.message) == (value, None, "")


@pytest.mark.parametrize(
    ("cell", "problem", "value"),
    [
        ("", DobProblem.MISSING, None),
        (None, DobProblem.MISSING, None),
        ("TBC", DobProblem.UNREADABLE, None),
        ("?", DobProblem.UNREADABLE, None),
        ("14 Foo 2012", DobProblem.UNREADABLE, None),
        ("123", DobProblem.UNREADABLE, None),
        ("12/31/2018", DobProblem.IMPOSSIBLE, None),
        ("31 Jun 2013", DobProblem.IMPOSSIBLE, None),
        ("29/02/2019", DobProblem.IMPOSSIBLE, None),
        ("00/00/0000", DobProblem.IMPOSSIBLE, None),
        ("05/05/2027", DobProblem.FUTURE, date(2027, 5, 5)),
        ("21/11/2026", DobProblem.FUTURE, date(2026, 11, 21)),
        ("11/04/1985", DobProblem.AGE, date(1985, 4, 11)),
        ("11/04/27", DobProblem.AGE, date(1927, 4, 11)),
        ("21/11/2024", DobProblem.AGE, date(2024, 11, 21)),
    ],
)
def test_a_date_that_cannot_be_is_said_and_never_guessed(cell, problem, value) -> None:
    found = roll_date(cell, JUDGED_ON)
    assert (found.value, found.problem) == (value, problem)
    assert found.message.endswith(".")


def test_ages_from_2_to_19_are_ordinary() -> None:
    assert roll_date("20/11/2024", JUDGED_ON).problem is None
    assert roll_date("21/11/2006", JUDGED_ON).problem is None
    assert roll_date("20/11/2006", JUDGED_ON).problem is DobProblem.AGE


@pytest.mark.parametrize(
    ("cell", "group"),
    [
        ("R", "R"),
        ("Reception", "R"),
        ("YR", "R"),
        ("Year R", "R"),
        ("0", "R"),
        ("5", "5"),
        ("05", "5"),
        ("Y5", "5"),
        ("Yr 5", "5"),
        ("Year 5", "5"),
        ("Year  13", "13"),
        ("NC Year 7", "7"),
        ("N2", "N2"),
        ("Nursery", "N"),
        ("Kingfisher", "Kingfisher"),
        ("Year 15", "Year 15"),
        ("", None),
        (None, None),
    ],
)
def test_year_groups_are_kept_one_way(cell: str | None, group: str | None) -> None:
    assert year_group(cell) == group


def test_sex_is_a_code_or_what_the_list_says() -> None:
    cells = ("Female", "f", "Male", "M", "X", " ", None)
    assert [sex_code(c) for c in cells] == ["F", "F", "M", "M", "X", None, None]


@given(st.text(max_size=30) | st.from_regex(r"\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4}", fullmatch=True))
def test_no_cell_makes_the_reading_fail(cell: str) -> None:
    found = roll_date(cell, JUDGED_ON)
    assert (found.value is None) <= (found.problem is not None)
    assert year_group(cell) != ""


@given(st.dates(date(2007, 1, 1), date(2024, 11, 1)))
def test_every_style_of_one_date_is_that_date(born: date) -> None:
    styles = (
        f"{born.day}/{born.month}/{born.year}",
        f"{born.day:02}.{born.month:02}.{born.year % 100:02}",
        born.isoformat(),
        str((born - date(1899, 12, 30)).days),
    )
    assert {roll_date(style, JUDGED_ON).value for style in styles} == {born}


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "surname": st.sampled_from(["Sample", "Mock", None]),
            "forename": st.sampled_from(["Ada", "Bo", None]),
            "dob": st.sampled_from(["1/2/2015", "2/1/2015", "?", None]),
            "upn": st.sampled_from(["G999200126001", "D999400119999", "A1", None]),
            "admission": st.sampled_from(["1", "2", None]),
        }
    ),
    max_size=6,
)


@given(ROWS, ROWS)
def test_no_list_loses_a_row_or_a_pupil(first, second) -> None:
    rows = [Row(n, values) for n, values in enumerate(second, start=2)]
    known = _on_record(compare([Row(n, v) for n, v in enumerate(first, start=2)], (), on=JUDGED_ON))
    found = compare(rows, known, on=JUDGED_ON)
    assert [line.row for line in found.lines] == [row.row for row in rows]
    matched = {line.child for line in found.lines if line.child}
    assert matched | set(found.possibly_left) == {pupil.id for pupil in known}
    taken = [line.child for line in found.lines if line.child and line.outcome != "repeat"]
    assert len(taken) == len(set(taken))


def test_a_value_that_is_no_text_is_read_as_unknown() -> None:
    assert replace(KNOWN, values={"dob": 5}).text("dob") is None
