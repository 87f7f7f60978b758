"""Domain table row 11, unborn babies and the pre-birth team: in household and chronology, never in pupil counts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from house import School, make_school
from schoolsafe.domain.family import Expected

DUE = "2026-12-07"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    made = make_school(tmp_path)
    yield made
    made.close()


def later(school: School) -> dict[str, str]:
    """Rows of Today by the words of what is owed."""
    rows = (row for group in school.services.days.view().groups for row in group.rows)
    return {row.id: f"{row.title}: {row.about} {row.state_words}" for row in rows}


def test_a_baby_who_is_expected_until_it_is_a_child_of_the_family(school):
    services = school.services
    maya = school.pupil("Maya", "Thornton")
    pupils = len(services.children.list())
    add = services.families.add
    home, _stay = add("home", maya, {"kind": "family", "confidential": "no"}).entities
    given = {"due": DUE, "relationship": "sibling", "home": home, "notes": "Told by the midwife"}
    baby = add("baby", maya, given).entities[0]

    # in the household, in the chronology, on Today; in no count of pupils
    (home_view,) = services.families.show(maya).homes
    assert "Expected baby" in {person.name for person in home_view.people}
    (entry,) = services.chronologies.show(maya).entries
    assert (entry.kind, entry.title) == ("expected_baby", "due 7 December 2026")
    assert entry.summary == "Told by the midwife"
    assert "Baby expected 7 December 2026" in later(school)[baby]
    assert len(services.children.list()) == pupils
    services.printing.chronology(maya)
    (page,) = school.printer.printed
    assert page.entries[0].kind == "Baby expected"

    # the referral decision, once, with its reason
    why = {"referral": "referred", "referral_why": "Third notification this year"}
    services.families.about_baby("referral", maya, baby, why)
    assert baby not in later(school)
    (entry,) = services.chronologies.show(maya).entries
    assert entry.action == "Referred, Third notification this year"

    # past the due date it is asked what became of it; born, it is one of the family
    school.clock.at += timedelta(days=35)
    assert "Say what became of it" in later(school)[baby]
    services.families.about_baby(
        "born", maya, baby, {"name": "Rosa Thornton", "born": "2026-12-10"}
    )
    assert baby not in later(school)
    (person,) = services.families.show(maya).people
    assert (person.name, person.baby) == ("Rosa Thornton", Expected.BORN)
    assert services.chronologies.show(maya).entries[0].outcome == "Born 10 December 2026"
    assert len(services.children.list()) == pupils


def test_the_file_as_it_stood_before_knows_of_no_baby(school):
    services, maya = school.services, school.pupil("Maya", "Thornton")
    before = services.desk.now().date()
    school.clock.move(days=3)
    services.families.add("baby", maya, {"due": DUE, "relationship": "sibling"})
    assert services.chronologies.show(maya, as_of=before).entries == ()
    assert len(services.chronologies.show(maya).entries) == 1
