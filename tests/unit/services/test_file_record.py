"""Records with a form: asked, put on record, added to, withdrawn, and shown on the chronology."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house import MONDAY, School
from schoolsafe.domain import file_form
from schoolsafe.domain.file_form import Ask
from schoolsafe.domain.file_forms import FORMS
from schoolsafe.domain.referral import REFERRAL
from schoolsafe.services.file_record import (
    NoSuchForm,
    NoSuchRecord,
    NotAnswered,
    SayWhyWithdrawn,
)

WHEN = MONDAY - timedelta(days=1)
ANSWERS = {"to": "mash", "sent_at": WHEN.isoformat(), "why": "Third notification in three months"}


@pytest.fixture
def maya(school: School) -> str:
    return school.pupil("Maya", "Thornton")


def made(school: School, child: str, **more: str) -> str:
    return school.services.file_records.add("referral", child, ANSWERS | more).entities[0]


def test_a_record_keeps_what_was_answered_and_nothing_else(school, maya):
    record = made(school, maya, method=" By phone ", colour="red", consent="")
    view = school.services.file_records.get(record)
    assert view.happened == WHEN
    assert [(a.field, a.answer) for a in view.answers] == [
        ("to", "MASH or front door"),
        ("sent_at", "8 November 2026, 8:18am"),
        ("method", "By phone"),
        ("why", "Third notification in three months"),
    ]


def test_the_childs_words_stay_as_they_were_typed(school, maya):
    said = "  I don’t — \u201cwant\u201d to go "
    record = made(school, maya, child_words=said)
    assert school.services.file_records.get(record).values["child_words"] == said
    (entry,) = school.services.chronologies.show(maya).entries
    assert entry.child_words == said


@pytest.mark.parametrize(
    ("missing", "field"), [("why", "why"), ("to", "to"), ("sent_at", "sent_at")]
)
def test_what_is_needed_is_asked_for_and_nothing_is_written(school, maya, missing, field):
    values = {name: value for name, value in ANSWERS.items() if name != missing}
    with pytest.raises(NotAnswered) as refused:
        school.services.file_records.add("referral", maya, values)
    assert [w.field for w in refused.value.wrong] == [field]
    assert school.services.file_records.of(maya) == ()


def test_a_referral_cannot_have_been_sent_tomorrow(school, maya):
    tomorrow = (MONDAY + timedelta(days=1)).isoformat()
    with pytest.raises(NotAnswered, match="today or in the past"):
        made(school, maya, sent_at=tomorrow)


def test_it_stands_on_the_chronology_with_its_answers(school, maya):
    made(school, maya, method="By phone")
    (entry,) = school.services.chronologies.show(maya).entries
    assert (entry.kind, entry.title) == ("referral", "MASH or front door")
    assert entry.summary == "Third notification in three months"
    assert ("How?", "By phone") in entry.facts


def test_a_decision_is_added_later_and_the_first_day_is_not_changed(school, maya):
    record = made(school, maya)
    records = school.services.file_records
    records.update(record, {"decision": "No further action", "why": ANSWERS["why"]})
    assert records.get(record).values["decision"] == "No further action"
    with pytest.raises(NotAnswered, match="Correct it instead"):
        records.update(record, {"why": "Something else"})
    assert not records.update(record, {"decision": "No further action"}).rows


def test_two_people_who_decide_without_seeing_each_other_are_both_shown(school, maya):
    record = made(school, maya)
    records = school.services.file_records
    bases = records.get(record).bases
    records.update(record, {"decision": "Accepted"}, bases=bases)
    records.update(record, {"decision": "Turned down"}, bases=bases)
    assert records.get(record).conflicts == ("decision",)


def test_a_withdrawn_record_needs_a_reason_and_leaves_the_views(school, maya):
    record = made(school, maya)
    records = school.services.file_records
    with pytest.raises(SayWhyWithdrawn):
        records.withdraw(record, why=" ")
    records.withdraw(record, why="Written in the wrong file")
    assert records.of(maya) == ()
    with pytest.raises(NoSuchRecord):
        records.get(record)
    assert school.services.chronologies.show(maya).entries == ()


def test_undo_takes_a_new_record_back(school, maya):
    changes = school.services.file_records.add("referral", maya, ANSWERS)
    school.services.undo(changes.undo)
    assert school.services.file_records.every("referral") == ()


def test_a_kind_that_is_not_there_is_said(school, maya):
    with pytest.raises(NoSuchForm):
        school.services.file_records.add("horoscope", maya, {})


def test_its_words_can_be_corrected_and_found(school, maya):
    record = made(school, maya)
    chronologies = school.services.chronologies
    chronologies.fix(record, new_text="Fourth notification", reason="miscounted")
    (entry,) = chronologies.show(maya).entries
    assert entry.summary == "Fourth notification"
    assert entry.fixed_by[0].words == ANSWERS["why"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_form_is_whole(form):
    fields = {field.name for field in form.noun.fields}
    asked = [question.field for question in form.all_questions]
    assert len(asked) == len(set(asked))
    assert {*asked, "child", "withdrawn", "significance"} <= fields
    assert form.question(form.when).ask in {Ask.DAY, Ask.MOMENT}
    assert form.question(form.says).ask in {Ask.LINE, Ask.LONG}
    for question in form.all_questions:
        assert bool(question.choices) == (question.ask is Ask.CHOICE), question.field
    for field in form.titled:
        assert form.question(field)


@given(
    st.sampled_from(FORMS),
    st.dictionaries(
        st.sampled_from([q.field for q in REFERRAL.all_questions]),
        st.one_of(st.text(), st.integers(), st.booleans(), st.none()),
    ),
)
def test_no_answer_at_all_makes_the_check_raise(form, values):
    for one in file_form.wrong_with(form, values, now=MONDAY):
        assert one.words
