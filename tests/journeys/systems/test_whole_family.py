"""Domain table row 31, the whole family: homes apart, a refuge, and an address that no print gives away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from house import School, make_school
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.pages import GateRow
from schoolsafe.services.told_slip import SlipForm

ADDRESS = "Rosewood House, 9 Quiet Lane\nNorthmere\nNM4 7QL"
PLANTED = ("rosewood", "quiet lane", "nm4 7ql", "nm47ql")


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    made = make_school(tmp_path)
    yield made
    made.close()


def test_a_family_with_two_homes_and_a_refuge(school):
    services = school.services
    maya, leo = school.pupil("Maya", "Thornton"), school.pupil("Leo", "Thornton")
    add = services.families.add
    kate = add("person", maya, {"name": "Kate Thornton", "relationship": "mother"}).entities[0]
    dan = add("person", maya, {"name": "Dan Price", "relationship": "father"}).entities[0]
    services.families.link_sibling(maya, leo)
    refuge = add(
        "home", maya, {"kind": "refuge", "address": ADDRESS, "confidential": "no"}
    ).entities[0]
    flat = add("home", maya, {"kind": "other_parent", "confidential": "no"}).entities[0]
    for who in (kate, leo):
        add("lives", maya, {"who": who, "home": refuge})
    add("lives", maya, {"who": dan, "home": flat, "pattern": "every other weekend"})
    add("couple", maya, {"relative": kate, "other": dan, "relationship": "separated"})

    view = services.families.show(maya)
    assert {one.name for one in view.people} == {"Kate Thornton", "Dan Price", "Leo Thornton"}
    assert [home.kind for home in view.homes] == ["refuge", "other_parent"]
    assert view.drawing.pairs[0].slashes == 1
    assert not any(trace in repr(view).casefold() for trace in PLANTED)
    assert [home.kind for home in services.families.show(leo).homes] == ["refuge"]

    # said in every place a person can type it; printed by every print there is
    said = f"Picked up from {ADDRESS}, which is nm47ql"
    services.chronologies.add(
        EntryForm(
            child=maya, kind=EntryKind.CONTACT_PARENT, text=said, child_words=said, place=said
        )
    )
    services.printing.chronology(maya)
    slip = SlipForm(
        child=maya, level="A", told_to="Mrs Bello", text=said, until=services.desk.now().date()
    )
    services.told_slips.page(slip)
    services.printing.gate_list((GateRow("Maya Thornton", "Kingfisher", "Main", "Sam", said),))
    assert len(school.printer.printed) == 3
    for page in school.printer.printed:
        assert not any(trace in repr(page).casefold() for trace in PLANTED), type(page).__name__
    assert services.families.address(maya, refuge) == ADDRESS
