"""What the school should have been told and was not."""

from datetime import date

import pytest

from house import School
from schoolsafe.services.chronology_words import kind_words
from schoolsafe.services.expected_notice import (
    DayNotYet,
    ExpectedForm,
    IncidentDayNeeded,
    LearnedHowNeeded,
    NoSuchExpectedNotice,
    NothingToAdd,
)

SATURDAY = date(2026, 11, 7)


@pytest.fixture
def maya(school: School) -> str:
    return school.pupil("Maya", "Thornton", date(2017, 3, 14))


def test_it_stands_on_the_chronology_at_the_day_of_the_incident(school: School, maya: str):
    school.services.expected.add(
        ExpectedForm(maya, SATURDAY, "Her social worker rang.", chased_with="PC Arden")
    )
    (entry,) = school.services.chronologies.show(maya).entries
    assert entry.happened is not None
    assert (entry.happened.date(), entry.happened_exact) == (SATURDAY, False)
    assert kind_words(entry) == "Notification expected, not received"
    assert (entry.summary, entry.action) == ("Her social worker rang.", "PC Arden")
    assert school.services.chronologies.show(maya).counts.d30 == 0  # it is no notice


def test_chasing_and_the_outcome_are_added_later(school: School, maya: str):
    expected = school.services.expected
    made = expected.add(ExpectedForm(maya, SATURDAY, "Her social worker rang.")).entities[0]
    school.clock.move(days=1)
    expected.chase(made, chased_with="Northmere Police, single point of contact")
    expected.chase(made, outcome="It went to her old school.")
    (one,) = expected.list(maya)
    assert (one.chased_on, one.outcome) == (date(2026, 11, 10), "It went to her old school.")
    assert expected.chase(made, outcome="It went to her old school.").rows == ()
    with pytest.raises(NothingToAdd):
        expected.chase(made)


def test_its_words_are_corrected_like_any_others(school: School, maya: str):
    made = school.services.expected.add(ExpectedForm(maya, SATURDAY, "Her nan said.")).entities[0]
    school.services.chronologies.fix(made, new_text="Her aunt said.", reason="Misheard")
    (entry,) = school.services.chronologies.show(maya).entries
    assert (entry.summary, entry.fixed_by[0].words) == ("Her aunt said.", "Her nan said.")


def test_what_is_missing_is_asked_for(school: School, maya: str):
    add = school.services.expected.add
    with pytest.raises(LearnedHowNeeded):
        add(ExpectedForm(maya, SATURDAY, " "))
    with pytest.raises(IncidentDayNeeded):
        add(ExpectedForm(maya, None, "Heard"))
    with pytest.raises(DayNotYet):
        add(ExpectedForm(maya, date(2026, 11, 10), "Heard"))
    with pytest.raises(NoSuchExpectedNotice):
        school.services.expected.chase("expected_notice:0", outcome="x")


def test_taken_back_it_is_not_there(school: School, maya: str):
    made = school.services.expected.add(ExpectedForm(maya, SATURDAY, "Her nan said."))
    assert made.undo is not None
    school.services.undo(made.undo)
    assert school.services.expected.list() == ()
    assert school.services.chronologies.show(maya).entries == ()
