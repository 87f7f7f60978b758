"""Pupils: lists and classes, one pupil, and lists of pupils taken in after a person looked at them."""

from datetime import date

import pytest

from house import School
from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.services.changes import Topic
from schoolsafe.services.child import ClassFacts, NameNeeded, NoSuchChild
from schoolsafe.services.pupil_import import ImportPreview
from unit.services.morning import rows

FIRST = "surname,forename,dob,year,class,admission\nThornton,Maya,14/03/2017,4,Otter,101\n"
SECOND = FIRST + "Mensah,Kai,01/09/2018,3,Heron,102\n"


def _preview(school: School, text: str, *, full: bool = True) -> ImportPreview:
    data = text.encode()
    source = school.services.intake.read_pupil_list(data)
    return school.services.children.preview(source, sha256_hex(data), full=full)


def test_a_pupil_typed_by_hand_is_on_the_list(school: School):
    children = school.services.children
    changes = children.add(
        surname=" Thornton ", forename="Maya", dob=date(2017, 3, 14), year="4", class_name="Otter"
    )
    assert changes.topics == {Topic.CHILD, Topic.TODAY}
    row = children.show(changes.entities[0])
    assert (row.name, row.legal_name, row.first_name) == ("Maya Thornton", "Thornton Maya", "Maya")
    assert (row.dob, row.year, row.class_name, row.status) == (
        date(2017, 3, 14),
        "4",
        "Otter",
        "on_roll",
    )
    with pytest.raises(NameNeeded):
        children.add(surname=" ", forename="")
    children.add(surname="", forename="Ivy")
    assert [r.name for r in children.list("ivy")] == ["Ivy"]


def test_pupils_stand_by_surname_and_are_found_by_any_part(school: School):
    school.pupil("Zoë", "Llŷr-Jones", class_name="Otter")
    school.pupil("Adam", "Zimmer")
    school.pupil("Maya", "Thornton", class_name="Otter")
    children = school.services.children
    assert [r.name for r in children.list()] == ["Zoë Llŷr-Jones", "Maya Thornton", "Adam Zimmer"]
    assert [r.name for r in children.list("zoe llyr")] == ["Zoë Llŷr-Jones"]
    assert [r.name for r in children.list(class_name="Otter")] == [
        "Zoë Llŷr-Jones",
        "Maya Thornton",
    ]
    assert children.list(year="4") == ()
    assert len(children.list(status="on_roll")) == 3
    assert children.list("nobody") == ()


def test_an_unknown_id_is_no_pupil(school: School):
    for unknown in ("child:0000000000000000", "person:1", "Maya", ""):
        with pytest.raises(NoSuchChild):
            school.services.children.show(unknown)
    assert not school.services.children.list("")


def test_a_class_knows_its_teacher_and_who_meets_its_children(school: School):
    maya = school.pupil("Maya", "Thornton", class_name="Otter")
    children = school.services.children
    assert children.classes() == (ClassFacts("Otter"),)
    children.set_class(ClassFacts("Otter", "Mr Osei", "4", "Ms Quinn"))
    children.set_class(ClassFacts("Heron", "Ms Adeyemi"))
    assert [c.name for c in children.classes()] == ["Heron", "Otter"]
    row = children.show(maya)
    assert (row.teacher, row.first_adult) == ("Mr Osei", "Ms Quinn")
    assert children.set_class(ClassFacts("Otter", "Mr Osei", "4", "Ms Quinn")).rows == ()
    children.set_class(ClassFacts("Otter", "Ms Bell", "4", None))
    row = children.show(maya)
    assert (row.teacher, row.first_adult) == ("Ms Bell", None)


def test_who_may_collect_is_names_without_a_reason(school: School):
    maya = school.pupil("Maya", "Thornton")
    children = school.services.children
    children.set_may_collect(maya, "Nan, Mr Thornton", date(2026, 12, 1))
    row = children.show(maya)
    assert (row.may_collect, row.may_collect_until) == ("Nan, Mr Thornton", date(2026, 12, 1))
    assert children.set_may_collect(maya, "Nan, Mr Thornton", date(2026, 12, 1)).rows == ()
    children.set_may_collect(maya, None)
    assert children.show(maya).may_collect is None


def test_a_list_is_looked_at_before_anything_is_written(school: School):
    before = rows(school)
    preview = _preview(school, FIRST)
    assert preview.counts["new"] == 1
    assert rows(school) == before
    school.services.children.apply(preview)
    (row,) = school.services.children.list()
    assert (row.name, row.admission, row.class_name) == ("Maya Thornton", "101", "Otter")
    assert _preview(school, FIRST).counts["unchanged"] == 1


def test_who_is_missing_from_a_full_list_has_possibly_left_and_stays(school: School):
    children = school.services.children
    children.apply(_preview(school, SECOND))
    partial = _preview(school, FIRST, full=False)
    assert partial.counts["left"] == 0
    preview = _preview(school, FIRST.replace("Otter", "Heron"))
    counts = preview.counts
    assert (counts["new"], counts["changed"], counts["left"]) == (0, 1, 1)
    children.apply(preview)
    assert [r.status for r in children.list()] == ["possibly_left", "on_roll"]
    assert {r.class_name for r in children.list()} == {"Heron"}
    back = _preview(school, SECOND)
    children.apply(back)
    assert {r.status for r in children.list()} == {"on_roll"}


def test_what_a_list_says_wrong_is_told_by_row(school: School):
    text = FIRST + ",,14/03/2017,,,\nMensah,Kai,31/02/2018,,,102\n"
    preview = _preview(school, text)
    assert {p.row for p in preview.problems} == {3, 4}
    assert preview.counts["not_taken"] == 1
    assert preview.counts["new"] == 2


def test_the_columns_of_the_last_list_are_remembered(school: School):
    children = school.services.children
    assert children.remembered_columns() == {}
    children.apply(_preview(school, FIRST))
    assert children.remembered_columns()["surname"] == "surname"


def test_taking_in_a_list_is_one_act_and_can_be_taken_back(school: School):
    children = school.services.children
    children.apply(_preview(school, FIRST))
    changes = children.apply(_preview(school, SECOND.replace("Otter", "Heron")))
    assert changes.undo
    school.services.undo(changes.undo)
    (row,) = children.list()
    assert (row.name, row.class_name) == ("Maya Thornton", "Otter")


def test_the_everyday_name_stands_before_the_legal_one(school: School):
    text = (
        "surname,forename,preferred_surname,preferred_forename,admission\n"
        "Wiśniewski,Tomasz,Thornton,Tom,104\n"
    )
    school.services.children.apply(_preview(school, text))
    (row,) = school.services.children.list()
    assert (row.name, row.legal_name) == ("Tom Thornton", "Wiśniewski Tomasz")
    assert school.services.children.list("tom wis") == (row,)
    assert school.services.children.list("104") == (row,)
