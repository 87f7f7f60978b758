"""Structure: whatever parts labels and values on a page, one shape reaches the rules, sign for sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.intake.columns import is_heading_row
from schoolsafe.intake.sheet import make
from schoolsafe.intake.templates import label
from schoolsafe.intake.ticks import settle_ticks
from schoolsafe.intake.tidy import tidy


def _tidied(text: str) -> str:
    return tidy(make(0, text)).plain


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in _tidied(text).split("\n") if line.strip()]


@given(st.text(alphabet='AZaz09 :=;,|\t\n"{}[]()_.-☐☑xX', max_size=200))
def test_tidying_never_moves_a_place(text: str):
    sheet = make(0, text)
    assert len(tidy(sheet).plain) == len(sheet.plain)
    assert tidy(sheet).at == sheet.at


@pytest.mark.parametrize(
    ("page", "settled"),
    [
        ("Present? [ ] No [x] Yes", "Present? Yes"),
        ("Present?  Yes ☑  No ☐", "Present? Yes"),
        ("Presence: ☐ absent   ☑ present and saw   ☐ not known", "Presence: present and saw"),
        ("Risk: ☐ standard ☑ high     Tool: ☑ DASH ☐ DARA", "Risk: high Tool: DASH"),
        ("Child present [x]", "Child present Yes"),
    ],
)
def test_a_ticked_box_leaves_its_words_and_an_empty_one_takes_them_away(page: str, settled: str):
    assert " ".join(settle_ticks(page).split()) == settled


def test_boxes_below_one_another_leave_only_the_ticked_line():
    assert " ".join(
        settle_ticks("Was the child present?\n[ ] No\n[X] Yes\n[ ] Not known").split()
    ) == ("Was the child present? Yes")


def test_an_empty_box_is_never_an_answer():
    assert settle_ticks("Present: [ ]").strip() == "Present:"


def test_json_becomes_labels_under_headings():
    page = '{"incident": {"reference": "NM1"}, "child": {"family_name": "Sham", "present": true, "words": "I ran."}}'
    lines = _lines(page)
    assert "reference : NM1" in lines
    assert "family_name : Sham" in lines
    assert "present : Yes" in lines
    assert 'words : "I ran."' in lines


def test_keys_with_equals_signs_and_row_codes_are_labels():
    assert "CHILD_DOB\t20140903" in _tidied("INC_REF=NM1\nCHILD_DOB=20140903\nCHILD_PRESENT=Y")
    assert (
        _lines("B1 Last name   SHAM\nB2 First name   Ann\nB3 DOB   01/02/2015")[0]
        == "Last name SHAM"
    )


def test_lines_to_write_on_are_nothing():
    assert _lines("1. Name: ____Ann Sham____     2. D.O.B: __1/2/15__") == [
        "1. Name: Ann Sham D.O.B: 1/2/15"
    ]


def test_a_label_in_running_text_begins_a_line():
    assert _lines("An incident reported by a neighbour. Date: 19 Nov. Time: 9.05 pm") == [
        "An incident reported by a neighbour.",
        "Date: 19 Nov.",
        "Time: 9.05 pm",
    ]


def test_rows_under_headings_are_parted_by_tabs_whatever_parts_them():
    commas = _tidied(
        'Log No,Inc Date,Surname,Forename,Comments\n1,2/3/2026,Sham,Ann,"Saw it, upset"'
    ).split("\n")
    assert commas[1].split("\t") == ["1", "2/3/2026", "Sham", "Ann", " Saw it, upset "]
    gaps = _tidied(
        "#  NAME         SEX  DOB         ROLE\n1  SHAM, ANN    F    04/02/2014  CHILD"
    ).split("\n")
    assert [cell.strip() for cell in gaps[1].split("\t")] == [
        "1",
        "SHAM, ANN",
        "F",
        "04/02/2014",
        "CHILD",
    ]


def test_headings_are_mostly_labels_and_never_values():
    assert is_heading_row(["Role", "Name", "D.O.B.", "Address", "Remarks"])
    assert not is_heading_row(["Child", "Ann SHAM", "06/08/2015"])


@pytest.mark.parametrize(
    ("asked", "field", "owner"),
    [
        ("CHILD_DOB", "dob", "child"),
        ("childFirstName", "forename", "child"),
        ("INC_TIME", "incident_time", None),
        ("Incident occurred on", "when", None),
        ("Suspect arrested on", "skip", "adult"),
        ("Subject of notification", "name", "child"),
        ("Person subject of PPN", "name", "child"),
        ("Name of person harmed", "name", "adult"),
        ("What the child experienced", "ask_presence", "child"),
        ("Investigation No", "reference", None),
        ("Date of review", "skip", None),
    ],
)
def test_a_label_is_known_by_the_meaning_of_its_words(asked: str, field: str, owner: str | None):
    found = label(asked)
    assert found is not None
    assert (found.field, found.owner) == (field, owner)


@pytest.mark.parametrize(
    "words", ["Officers spoke to the mother at length", "The garden", "Kind regards"]
)
def test_a_sentence_is_no_label(words: str):
    assert label(words) is None
