"""Schools of the register: found by what a person types, closed ones leading to who took their place."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented_register import KNOWN, links_csv, register_csv
from schoolsafe.domain.establishment import FIELDS, Register, built, day, dfe_number, made_on
from schoolsafe.intake import gias


@pytest.fixture(scope="module")
def register() -> Register:
    return built(gias.read_register(register_csv()), gias.read_links(links_csv()))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ashgrove", "Ashgrove Primary School"),
        ("ASHGROVE prim", "Ashgrove Primary School"),
        ("primary ashgrove", "Ashgrove Primary School"),
        ("northmere brook", "Brookfield Academy"),
        ("st oda's", "St Oda’s RC Primary School"),
        ("llanfar", "Llanfâr Road School"),
        ("zz6 3cc", "Llanfâr Road School"),
        ("ZZ63CC", "Llanfâr Road School"),
        ("999107", "Llanfâr Road School"),
        ("999/2007", "Llanfâr Road School"),
        ("9992007", "Llanfâr Road School"),
    ],
)
def test_a_school_is_found_by_name_town_postcode_urn_and_number(register, typed, first):
    assert register.search(typed, limit=5)[0].name == first


def test_open_schools_stand_before_closed_ones(register):
    found = register.search("mill", limit=9)
    assert [school.is_open for school in found] == [True, True, False, False]
    assert [school.name for school in found[:2]] == [
        "Millpond Infant School",
        "Millpond Primary Academy",
    ]


def test_a_closed_school_leads_to_the_open_one_that_took_its_place(register):
    (after,) = register.successors_of("999108")
    assert after.name == "Millpond Primary Academy"
    assert [school.urn for school in register.successors_of("999106")] == ["999102"]
    assert register.successors_of("999101") == ()


def test_links_in_a_circle_end(register):
    round_ = Register(
        register.columns, register.lines, {"999106": ["999108"], "999108": ["999106"]}
    )
    assert round_.successors_of("999106") == ()


def test_the_facts_of_a_school_are_words_and_dates(register):
    school = register.find("999106")
    assert (school.dfe_number, school.closed, school.is_open) == (
        "9992006",
        date(2019, 8, 31),
        False,
    )
    assert (school.ages, school.pupils, school.address) == (
        "4 to 11",
        210,
        "1 Invented Row, Northmere",
    )
    assert register.find("111111") is None


def test_nothing_typed_finds_nothing(register):
    assert register.search(" ,.- ", limit=5) == ()
    assert register.search("no such school", limit=5) == ()


def test_no_head_teacher_is_kept(register):
    assert "Headwoman" not in repr(register)
    assert not [name for name in FIELDS.values() if "Head" in name]
    assert len(FIELDS) <= 22


@pytest.mark.parametrize(
    ("la", "number", "whole"),
    [("999", "2001", "9992001"), ("999", "", ""), ("", "2001", ""), ("99", "20011", "")],
)
def test_a_dfe_number_is_authority_and_school(la, number, whole):
    assert dfe_number(la, number) == whole


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("31-08-2024", date(2024, 8, 31)),
        ("2024-08-31", date(2024, 8, 31)),
        ("31-02-2024", None),
        ("", None),
    ],
)
def test_a_date_is_day_first(text, found):
    assert day(text) == found


def test_the_register_is_as_old_as_its_file_says_or_its_newest_change():
    assert made_on("edubasealldata20261101.csv", ["12-09-2026"]) == date(2026, 11, 1)
    assert made_on("edubasealldata20269901.csv", ["12-09-2026", "", "01-10-2026"]) == date(
        2026, 10, 1
    )
    assert made_on("schools.csv", [""]) is None


@given(st.text(max_size=30))
def test_whatever_is_typed_is_answered(typed):
    rows = gias.read_register(register_csv())
    assert len(built(rows, None).search(typed, limit=3)) <= 3


def test_every_known_school_is_found_by_its_own_name(register):
    for urn, _number, name, *_rest in KNOWN:
        typed = name.encode("cp1252", "replace").decode("cp1252")
        assert urn in {school.urn for school in register.search(typed, limit=5)}


def test_the_sample_files_are_what_the_generator_writes():
    data = Path(__file__).parents[2] / "data"
    assert (data / "gias_sample.csv").read_bytes() == register_csv()
    assert (data / "gias_links_sample.csv").read_bytes() == links_csv()
