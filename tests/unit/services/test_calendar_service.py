"""The school's days as a person sets them: every clock of the school runs on them."""

from datetime import date, time

import pytest

from house import TERMS, make_school
from schoolsafe.domain.calendar import ClosedDay, Term
from schoolsafe.services.calendar import DayTooShort, TermsOverlap
from unit.services.morning import arrived, line_of


@pytest.fixture
def new_school(tmp_path):
    made = make_school(tmp_path, calendar=False)
    yield made
    made.close()


def test_before_anything_is_set_the_usual_start_holds(new_school):
    view = new_school.services.calendars.show()
    assert (view.name, view.start, view.is_set, view.terms) == ("main", time(8, 40), False, ())
    assert line_of(new_school, arrived(new_school)).timing.value in {"on_time", "unknown"}


def test_days_are_kept_in_order_and_setting_them_again_changes_nothing(new_school):
    calendars = new_school.services.calendars
    closed = (ClosedDay(date(2026, 11, 30), "Snow"), ClosedDay(date(2026, 9, 1), "INSET"))
    given = {"start": time(8, 45), "end": time(15, 15), "terms": TERMS[::-1], "closed": closed}
    calendars.set(**given)
    view = calendars.show()
    assert (view.start, view.end, view.is_set) == (time(8, 45), time(15, 15), True)
    assert [t.name for t in view.terms] == [t.name for t in TERMS]
    assert view.closed[0].why == "INSET"
    assert calendars.set(**given).rows == ()
    calendars.set(**given | {"start": time(9, 0)})
    assert calendars.show().start == time(9, 0)
    assert calendars.show("annexe").is_set is False
    calendars.set(**given, site="annexe")
    assert calendars.show("annexe").is_set


def test_a_day_or_a_term_that_ends_before_it_begins_is_refused(new_school):
    calendars = new_school.services.calendars
    backwards = Term("Autumn", date(2026, 12, 18), date(2026, 11, 2))
    with pytest.raises(DayTooShort):
        calendars.set(start=time(15), end=time(8), terms=(), closed=())
    with pytest.raises(TermsOverlap):
        calendars.set(start=time(8), end=time(15), terms=(backwards,), closed=())
    assert not calendars.show().is_set


def test_bank_holidays_of_the_division_are_no_school_days(new_school):
    calendars = new_school.services.calendars
    whole_year = (Term("Year", date(2026, 1, 1), date(2026, 12, 31)),)
    given = {"start": time(8, 45), "end": time(15, 15), "terms": whole_year, "closed": ()}
    calendars.set(**given)
    assert not calendars.calendar().is_school_day(date(2026, 5, 4))
    assert calendars.calendar().is_school_day(date(2026, 3, 17))
    calendars.set(**given, division="northern-ireland")
    assert not calendars.calendar().is_school_day(date(2026, 3, 17))


def test_a_closure_entered_later_is_reckoned_with(new_school):
    calendars = new_school.services.calendars
    given = {"start": time(8, 45), "end": time(15, 15), "terms": TERMS}
    calendars.set(**given, closed=())
    notification = arrived(new_school)
    before = line_of(new_school, notification).timing.expected_by
    calendars.set(**given, closed=(ClosedDay(date(2026, 11, 9), "Snow"),))
    after = line_of(new_school, notification).timing.expected_by
    assert before
    assert after
    assert (before.date(), after.date()) == (date(2026, 11, 9), date(2026, 11, 10))
