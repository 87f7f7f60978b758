from dataclasses import replace
from datetime import date

from schoolsafe.domain.match import LINKED_BEFORE
from schoolsafe.domain.pupil_index import Pupil, PupilIndex
from schoolsafe.domain.sibling import siblings

MAYA = Pupil("maya", "Thornton", "Maya", date(2018, 3, 14))
LEO = Pupil("leo", "Thornton", "Leo", date(2022, 1, 30))
KAI = Pupil("kai", "Mensah", "Kai", date(2015, 11, 2))


def _offered(child: str, *pupils: Pupil, **more) -> list[tuple[str, str]]:
    return [(s.child, s.reason) for s in siblings(child, PupilIndex(pupils), **more)]


def test_a_list_without_addresses_still_brings_brothers_and_sisters() -> None:
    assert _offered("maya", MAYA, LEO, KAI) == [("leo", "Same surname")]


def test_a_part_of_a_double_barrelled_surname_is_enough() -> None:
    half = replace(KAI, surname="Mensah-Thornton")
    assert _offered("maya", MAYA, half) == [("kai", "Same surname")]


def test_the_same_postcode_brings_half_siblings_of_other_surnames() -> None:
    maya, leo, kai = (replace(p, postcode="ZZ9 9ZZ") for p in (MAYA, LEO, KAI))
    assert _offered("maya", maya, leo, kai) == [
        ("leo", "Same surname and same postcode"),
        ("kai", "Same postcode"),
    ]


def test_the_same_surname_at_another_postcode_is_not_offered() -> None:
    maya, leo = replace(MAYA, postcode="ZZ9 9ZZ"), replace(LEO, postcode="ZZ9 8ZZ")
    assert _offered("maya", maya, leo) == []


def test_a_common_surname_alone_says_nothing() -> None:
    many = [replace(LEO, id=f"{n}", forename=f"Child {n}") for n in range(7)]
    assert _offered("maya", MAYA, *many) == []


def test_a_block_of_flats_brings_only_those_of_the_same_surname() -> None:
    flats = [replace(KAI, id=f"{n}", surname=f"Sample{n}", postcode="ZZ9 9ZZ") for n in range(7)]
    maya, leo = replace(MAYA, postcode="ZZ9 9ZZ"), replace(LEO, postcode="zz99zz")
    assert _offered("maya", maya, leo, *flats) == [("leo", "Same surname and same postcode")]


def test_children_named_together_before_come_first_and_strangers_to_the_roll_never() -> None:
    found = siblings("maya", PupilIndex((MAYA, LEO, KAI)), linked=("kai", "gone"))
    assert [(s.child, s.facts[0]) for s in found] == [
        ("kai", LINKED_BEFORE),
        ("leo", "same_surname"),
    ]
    assert found[0].reason == "Named together on an earlier notice"


def test_children_already_on_the_notice_are_not_offered_again() -> None:
    assert _offered("maya", MAYA, LEO, KAI, exclude=("leo",)) == []
