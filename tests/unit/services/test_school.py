"""The school, its people, its own words for the four choices, and what set-up still lacks."""

import pytest

from house import School, make_school
from schoolsafe.domain.notification import Choice
from schoolsafe.domain.person import Role
from schoolsafe.services.desk import Actor
from schoolsafe.services.school import Schools, TooLong, usual_choices
from schoolsafe.services.school_words import role_words


def test_the_school_and_its_people(school: School):
    schools = school.services.schools
    facts = schools.facts()
    assert (facts.name, facts.urn, facts.test, facts.demo) == (
        "Ashgrove Primary School",
        "999101",
        True,
        False,
    )
    schools.add_person(name="Kwame Osei", role="teacher", job="Otter")
    schools.add_person(name="Ada Quinn", role="pastoral")
    assert [(p.name, p.role) for p in schools.people()] == [
        ("Ada Quinn", "pastoral"),
        ("Kwame Osei", "teacher"),
        ("Priya Nair", "dsl"),
    ]


def test_a_name_is_signed_with_its_role_in_full(school: School):
    actor = school.services.actor
    assert school.services.schools.signature(actor) == "Priya Nair, safeguarding lead"
    head = Actor(actor.person, "Jo Bell", Role.HEAD.value)
    assert school.services.schools.signature(head) == "Jo Bell, headteacher"
    assert all(role_words(role) for role in Role)


def test_what_setup_lacks_is_told_until_it_is_there(tmp_path):
    made = make_school(tmp_path, calendar=False)
    everything = ("recovery_drill", "second_holder", "calendar", "pupils")
    assert made.services.schools.setup_missing() == everything
    changes = made.services.children.add(surname="Thornton", forename="Maya")
    assert made.services.schools.setup_missing() == everything[:3]
    assert changes.undo
    made.services.undo(changes.undo)
    assert made.services.schools.setup_missing() == everything
    done = Schools(made.services.desk, recovery_drilled=True, holders=2)
    assert done.setup_missing() == ("calendar", "pupils")
    made.close()


def test_a_school_rewords_its_choices_and_removes_none(school: School):
    schools = school.services.schools
    assert schools.choices() == usual_choices()
    schools.reword({Choice.QUIET: ("Watch quietly", "Nobody raises it")})
    words = {c.choice: (c.words, c.consequence) for c in schools.choices()}
    assert words[Choice.QUIET] == ("Watch quietly", "Nobody raises it")
    assert len(words) == 4
    assert words[Choice.NOT_OURS][0] == "Not our pupil"
    assert schools.reword({Choice.QUIET: ("Watch quietly", "Nobody raises it")}).rows == ()
    schools.reword({Choice.QUIET: (" ", "")})
    assert schools.choices() == usual_choices()
    with pytest.raises(TooLong) as long:
        schools.reword({Choice.QUIET: ("Watch", "x" * 27)})
    assert "26 letters" in str(long.value)


def test_every_usual_consequence_has_room():
    assert all(len(c.consequence) <= 26 for c in usual_choices())


def test_words_of_another_shape_are_the_usual_ones(school: School):
    schools = school.services.schools
    for odd in ("text", {"quiet": "not two lines"}, {"quiet": ["one"]}):
        schools.set("choices", odd)
        assert schools.choices() == usual_choices()


def test_a_setting_holds_until_it_is_set_again(school: School):
    schools = school.services.schools
    assert schools.setting("start_view") is None
    schools.set("start_view", {"batch": True})
    assert schools.setting("start_view") == {"batch": True}
    assert schools.set("start_view", {"batch": True}).rows == ()
    schools.set("start_view", None)
    assert schools.setting("start_view") is None
