"""A family on record: people, homes, couples, who must not collect, a baby, siblings, two records of one pupil."""

from datetime import date, timedelta

import pytest

from house import MONDAY, School, make_school
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.family import AFTER_DUE, Expected
from schoolsafe.domain.genogram import Shape
from schoolsafe.domain.person import Role
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.desk import NotYoursToRead
from schoolsafe.services.duplicate import NotTogether, OneAndTheSame, SayWhySame, TogetherAlready
from schoolsafe.services.family import (
    LinkedAlready,
    NoSuchQuestion,
    NotInThisFamily,
    SameChildTwice,
    WhyNeededHere,
)
from schoolsafe.services.file_record import NotAnswered
from schoolsafe.services.protected_identity import (
    NotProtected,
    OnlyALeadProtects,
    SayWhyEnded,
    TwoPeopleNeeded,
)

DUE = date(2027, 3, 1)


@pytest.fixture
def maya(school: School) -> str:
    return school.pupil("Maya", "Thornton", date(2018, 3, 14))


@pytest.fixture
def leo(school: School) -> str:
    return school.pupil("Leo", "Thornton", date(2020, 6, 2))


def add(school: School, form: str, child: str, **values: str) -> tuple[str, ...]:
    return school.services.families.add(form, child, values).entities


def mother(school: School, child: str, **more: str) -> str:
    values = {"name": "Kate Thornton", "relationship": "mother", "own_words": " Mummy Kate "} | more
    return add(school, "person", child, **values)[0]


def view(school: School, child: str):
    return school.services.families.show(child)


def test_a_person_stands_with_what_the_child_calls_them_as_it_was_said(school, maya):
    mother(school, maya, parental_responsibility="yes", safe_to_call="no", phone="01632 960111")
    (person,) = view(school, maya).people
    assert (person.name, person.relationship) == ("Kate Thornton", "mother")
    assert person.values["own_words"] == " Mummy Kate "
    assert person.values["safe_to_call"] == "no"
    assert person.values["parental_responsibility"] == "yes"


@pytest.mark.parametrize("missing", ["name", "relationship"])
def test_a_person_without_name_or_relationship_is_not_written(school, maya, missing):
    values = {"name": "Kate Thornton", "relationship": "mother"}
    del values[missing]
    with pytest.raises(NotAnswered) as refused:
        add(school, "person", maya, **values)
    assert [wrong.field for wrong in refused.value.wrong] == [missing]
    assert view(school, maya).people == ()


def test_one_person_of_two_children_is_one_record(school, maya, leo):
    kate = mother(school, maya)
    school.services.families.link_sibling(maya, leo)
    assert view(school, leo).known == ((kate, "Kate Thornton"),)
    add(school, "person", leo, relative=kate, relationship="mother")
    school.services.families.change(leo, kate, {"phone": "01632 960222"})
    (seen,) = [p for p in view(school, maya).people if p.id == kate]
    assert seen.values["phone"] == "01632 960222"
    assert view(school, leo).known == ()


def test_what_a_person_is_to_one_child_is_not_what_they_are_to_the_other(school, maya, leo):
    kate = mother(school, maya)
    school.services.families.link_sibling(maya, leo)
    add(school, "person", leo, relative=kate, relationship="step_parent")
    mine, theirs = view(school, maya).people, view(school, leo).people
    assert {p.id: p.relationship for p in mine}[kate] == "mother"
    assert {p.id: p.relationship for p in theirs}[kate] == "step_parent"


def test_taking_a_person_out_needs_a_reason_and_leaves_them_where_others_know_them(
    school, maya, leo
):
    kate = mother(school, maya)
    school.services.families.link_sibling(maya, leo)
    add(school, "person", leo, relative=kate, relationship="mother")
    with pytest.raises(WhyNeededHere):
        school.services.families.withdraw(maya, kate, why=" ")
    school.services.families.withdraw(maya, kate, why="Typed into the wrong file")
    assert kate not in {p.id for p in view(school, maya).people}
    assert kate in {p.id for p in view(school, leo).people}


def test_nothing_of_another_family_can_be_changed_from_here(school, maya, leo):
    kate = mother(school, maya)
    with pytest.raises(NotInThisFamily):
        school.services.families.change(leo, kate, {"phone": "1"})


def test_a_child_may_have_more_than_one_home(school, maya):
    _home, _stay = add(
        school, "home", maya, kind="family", address="3 Larch Road\nNorthmere", confidential="no"
    )
    add(school, "home", maya, kind="other_parent", confidential="no", since="2026-09-01")
    homes = view(school, maya).homes
    assert [home.kind for home in homes] == ["family", "other_parent"]
    assert homes[0].address == "3 Larch Road\nNorthmere"
    assert [person.name for person in homes[0].people] == ["Maya Thornton"]


def test_a_refuge_is_confidential_whatever_was_ticked(school, maya):
    home, _stay = add(
        school, "home", maya, kind="refuge", address="9 Quiet Lane", confidential="no"
    )
    (shown,) = view(school, maya).homes
    assert shown.confidential
    assert shown.address == ""
    assert "address" not in shown.values
    assert "9 Quiet Lane" not in repr(view(school, maya))
    before = school.audit_lines()
    assert school.services.families.address(maya, home) == "9 Quiet Lane"
    assert school.audit_lines() == before + 1


def test_an_address_is_not_given_for_another_childs_home(school, maya, leo):
    home, _stay = add(
        school, "home", maya, kind="refuge", address="9 Quiet Lane", confidential="yes"
    )
    before = school.audit_lines()
    with pytest.raises(NotInThisFamily):
        school.services.families.address(leo, home)
    assert school.audit_lines() == before


def test_who_lives_where_has_days_and_an_end(school, maya):
    kate = mother(school, maya)
    home, _stay = add(school, "home", maya, kind="family", confidential="no")
    (stay,) = add(school, "lives", maya, who=kate, home=home, pattern="Mondays to Thursdays")
    assert view(school, maya).people[0].homes == ("family",)
    school.services.families.change(maya, stay, {"until": "2026-11-08"})
    assert view(school, maya).people[0].homes == ()
    (resident,) = [r for r in view(school, maya).homes[0].people if r.who == kate]
    assert not resident.now


def test_a_couple_is_drawn_with_its_slashes(school, maya):
    kate = mother(school, maya)
    (dan, _tie) = add(school, "person", maya, name="Dan Price", relationship="father")
    add(school, "couple", maya, relative=kate, other=dan, relationship="divorced")
    drawing = view(school, maya).drawing
    assert drawing.pairs[0].slashes == 2
    assert drawing.node(kate).shape is Shape.CIRCLE
    assert "divorced" in drawing.words
    with pytest.raises(NotAnswered, match="two different people"):
        add(school, "couple", maya, relative=kate, other=kate, relationship="together")


def test_the_reason_stands_with_the_team_and_the_names_with_the_gate(school, maya):
    add(
        school,
        "bar",
        maya,
        name="Dan Price",
        forbidden="both",
        evidence="court_order",
        reference="NM26P00123",
        until="2027-01-31",
        reason="Order of 2 October",
        may_collect="Mum or Aunt Rae",
    )
    shown = view(school, maya)
    (bar,) = shown.bars
    assert (bar.evidence, bar.until, bar.holds) == ("court_order", date(2027, 1, 31), True)
    assert shown.child.may_collect == "Mum or Aunt Rae"
    assert shown.child.may_collect_until == date(2027, 1, 31)
    gate = school.services.desk.reader.get(maya).values
    assert "Dan" not in repr(gate)
    assert "Order" not in repr(gate)


def test_a_bar_the_gate_does_not_know_of_is_said(school, maya):
    add(school, "bar", maya, name="Dan Price", forbidden="collect", evidence="police")
    assert not view(school, maya).gate_knows
    school.services.children.set_may_collect(maya, "Mum")
    assert view(school, maya).gate_knows


def test_a_bar_ends_with_its_last_day(school, maya):
    add(school, "bar", maya, name="D. Price", forbidden="both", evidence="bail", until="2026-11-09")
    assert view(school, maya).bars[0].holds
    school.clock.move(days=1)
    assert not view(school, maya).bars[0].holds


def test_a_request_against_somebody_with_responsibility_is_pointed_out(school, maya):
    add(
        school,
        "person",
        maya,
        name="Dan Price",
        relationship="father",
        parental_responsibility="yes",
    )
    add(school, "bar", maya, name="Dan Price", forbidden="collect", evidence="written_request")
    assert view(school, maya).bars[0].has_responsibility


def baby(school: School, child: str) -> str:
    return add(school, "baby", child, due=DUE.isoformat(), relationship="sibling")[0]


def test_an_expected_baby_has_no_name_and_is_no_pupil(school, maya):
    before = len(school.services.children.list())
    baby(school, maya)
    (person,) = view(school, maya).babies
    assert (person.name, person.baby, person.due) == ("Expected baby", Expected.TO_DECIDE, DUE)
    assert view(school, maya).drawing.node(person.id).shape is Shape.TRIANGLE
    assert len(school.services.children.list()) == before


def test_an_expected_baby_asks_for_a_referral_decision_with_a_reason(school, maya):
    one = baby(school, maya)
    about = school.services.families.about_baby
    with pytest.raises(NotAnswered, match="Write why"):
        about("referral", maya, one, {"referral": "referred"})
    about("referral", maya, one, {"referral": "referred", "referral_why": "Third notification"})
    assert view(school, maya).babies[0].baby is Expected.DECIDED


def test_a_baby_nobody_said_more_about_is_closed_28_days_after_the_due_date(school, maya):
    baby(school, maya)
    school.clock.move(days=(DUE + AFTER_DUE - MONDAY.date()).days)
    assert len(view(school, maya).babies) == 1
    school.clock.move(days=1)
    assert view(school, maya).babies == ()
    assert view(school, maya).people[0].baby is Expected.LAPSED


def test_a_baby_becomes_a_child_of_the_family(school, maya):
    one = baby(school, maya)
    school.clock.at += timedelta(days=120)
    school.services.families.about_baby(
        "born", maya, one, {"name": "Rosa Thornton", "born": "2027-02-25"}
    )
    (person,) = view(school, maya).people
    assert (person.name, person.baby) == ("Rosa Thornton", Expected.BORN)
    assert view(school, maya).drawing.node(one).shape is Shape.DIAMOND


def test_a_baby_no_longer_expected_is_closed_with_a_reason(school, maya):
    one = baby(school, maya)
    school.services.families.about_baby("no-baby", maya, one, {"closed_why": "Told by the mother"})
    assert view(school, maya).people[0].baby is Expected.CLOSED


def test_brothers_and_sisters_here_stand_in_both_files(school, maya, leo):
    assert [offer.child.id for offer in view(school, maya).offers] == [leo]
    school.services.families.link_sibling(maya, leo)
    assert [p.name for p in view(school, leo).people] == ["Maya Thornton"]
    assert view(school, maya).offers == ()
    with pytest.raises(LinkedAlready):
        school.services.families.link_sibling(leo, maya)
    with pytest.raises(SameChildTwice):
        school.services.families.link_sibling(leo, leo)


def test_a_form_nobody_declared_is_refused(school, maya):
    with pytest.raises(NoSuchQuestion):
        add(school, "pet", maya, name="Rex")


def test_the_person_at_the_screen_is_told_where_their_name_stands(school, maya):
    assert view(school, maya).named == ()
    add(school, "person", maya, name="P. Nair", relationship="aunt_uncle")
    (found,) = view(school, maya).named
    assert (found.name, found.role) == ("P. Nair", "Aunt or uncle")


def test_somebody_who_asks_for_the_file_is_looked_for_in_it(school, maya):
    add(school, "bar", maya, name="Daniel Price", forbidden="both", evidence="court_order")
    named = school.services.families.named
    assert named(maya, "Dan Price")[0].role == "must not collect or contact"
    assert named(maya, "Price") == ()
    assert named(maya, "Ruth Okafor") == ()


# two records of one pupil -------------------------------------------------------------------------


def entry(school: School, child: str, words: str) -> None:
    form = EntryForm(child=child, kind=EntryKind.CONCERN, text=words)
    school.services.chronologies.add(form)


def words(school: School, child: str) -> set[str]:
    return {one.summary for one in school.services.chronologies.show(child).entries}


def test_two_records_of_one_pupil_are_shown_as_one_and_taken_apart_again(school, maya):
    again = school.pupil("Maia", "Thornton")
    entry(school, maya, "Tired all morning")
    entry(school, again, "Came without a coat")
    school.services.duplicates.same(maya, again, why="Entered twice in September")
    both = {"Tired all morning", "Came without a coat"}
    assert words(school, maya) == words(school, again) == both
    assert [c.name for c in school.services.children.list()] == ["Maya Thornton"]
    assert [c.id for c in school.services.children.list("Maia")] == [maya]
    assert school.services.children.show(again).name == "Maya Thornton"
    school.services.duplicates.not_same(again, why="Cousins, not one child")
    assert words(school, maya) == {"Tired all morning"}
    assert words(school, again) == {"Came without a coat"}
    assert len(school.services.children.list()) == 2


def test_a_merge_adds_rows_and_loses_none(school, maya):
    again = school.pupil("Maia", "Thornton")
    entry(school, again, "Came without a coat")
    before = set(school.vault.raws())
    school.services.duplicates.same(maya, again, why="Entered twice")
    assert before < set(school.vault.raws())
    school.services.duplicates.not_same(maya, why="Not so")
    assert before < set(school.vault.raws())


def test_as_it_stood_reads_both_records_too(school, maya):
    again = school.pupil("Maia", "Thornton")
    entry(school, again, "Came without a coat")
    school.services.duplicates.same(maya, again, why="Entered twice")
    shown = school.services.chronologies.show(maya, as_of=MONDAY.date())
    assert {one.summary for one in shown.entries} == {"Came without a coat"}


def test_what_was_written_after_a_merge_stays_with_the_name_that_stands(school, maya):
    again = school.pupil("Maia", "Thornton")
    school.services.duplicates.same(maya, again, why="Entered twice")
    entry(school, maya, "Settled after break")
    school.services.duplicates.not_same(maya, why="Two children after all")
    assert words(school, maya) == {"Settled after break"}
    assert words(school, again) == set()


def test_three_records_go_together_and_apart(school, maya):
    second, third = school.pupil("Maia", "Thornton"), school.pupil("M", "Thornton")
    same = school.services.duplicates.same
    same(second, third, why="Entered twice")
    same(maya, second, why="Entered twice")
    assert school.services.children.together(third)[0] == maya
    with pytest.raises(TogetherAlready):
        same(third, maya, why="Again")
    school.services.duplicates.not_same(second, why="Somebody else")
    assert school.services.children.together(maya) == (maya,)
    assert school.services.children.together(third) == (second, third)


def test_a_merge_needs_two_records_and_a_reason(school, maya, leo):
    duplicates = school.services.duplicates
    with pytest.raises(OneAndTheSame):
        duplicates.same(maya, maya, why="?")
    with pytest.raises(SayWhySame):
        duplicates.same(maya, leo, why=" ")
    with pytest.raises(NotTogether):
        duplicates.not_same(maya, why="?")


def test_a_merge_can_be_undone(school, maya):
    again = school.pupil("Maia", "Thornton")
    changes = school.services.duplicates.same(maya, again, why="Entered twice")
    school.services.undo(changes.undo)
    assert len(school.services.children.list()) == 2


# protected identity -------------------------------------------------------------------------------


def test_a_protected_identity_names_the_lead_and_the_head(school, maya):
    with pytest.raises(NotAnswered):
        add(school, "protect", maya, why="Moved to safety")
    with pytest.raises(TwoPeopleNeeded):
        add(school, "protect", maya, why="Moved to safety", head="priya nair")
    add(school, "protect", maya, why="Moved to safety", head="Ruth Okafor")
    shown = view(school, maya).protection
    assert (shown.lead, shown.head, shown.why) == ("Priya Nair", "Ruth Okafor", "Moved to safety")


def test_a_protection_ends_with_a_reason(school, maya):
    end = school.services.protected_identities.end
    with pytest.raises(NotProtected):
        end(maya, why="Over")
    add(school, "protect", maya, why="Moved to safety", head="Ruth Okafor")
    with pytest.raises(SayWhyEnded):
        end(maya, why="")
    end(maya, why="Left the area")
    assert view(school, maya).protection is None


def test_who_holds_no_key_of_the_team_sees_no_family(tmp_path):
    school = make_school(tmp_path, role=Role.TEACHER)
    child = school.pupil("Maya", "Thornton")
    with pytest.raises(NotYoursToRead):
        school.services.families.show(child)
    with pytest.raises(NotYoursToRead):
        add(school, "protect", child, why="x", head="y")
    with pytest.raises((OnlyALeadProtects, NotYoursToRead)):
        school.services.protected_identities.end(child, why="x")
    school.close()
