"""Clocks: a closure entered later, minutes to opening, the first morning back, the end of the day."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from house import TERMS, School
from schoolsafe.domain.calendar import ClosedDay, Timeliness
from schoolsafe.domain.notification import Choice, Incident, Precision, Risk
from schoolsafe.domain.today import GroupCode
from schoolsafe.services.changes import Changes
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification import Decision
from unit.services.morning import MAIL, MAYA_BORN, NOTICE, arrived, arrives, line_of


def _snow(school: School, day: date) -> Changes:
    return school.services.calendars.set(
        start=time(8, 45),
        end=time(15, 15),
        terms=TERMS,
        closed=(ClosedDay(date(2026, 9, 1), "INSET"), ClosedDay(day, "Snow")),
    )


def _came(school: School, at: datetime, *, number: int = 1, grade: str | None = None) -> str:
    """A notice received at that instant about an incident the evening before."""
    evening = Incident(
        date=date.fromordinal(at.toordinal() - 1), time=time(22), precision=Precision.EXACT
    )
    notice = replace(NOTICE, incident=evening, risk=Risk(grade_as_sent=grade))
    mail = replace(MAIL, message_id=f"<{number}@x>", notices=(notice,), received_at=at)
    return arrives(school, mail, data=b"came %d" % number).notifications[0]


def test_a_closure_entered_later_changes_the_result_and_the_earlier_one_stays(school: School):
    school.clock.at = datetime(2026, 11, 10, 9, 30, tzinfo=LONDON)
    late = _came(school, datetime(2026, 11, 10, 9, 5, tzinfo=LONDON))
    assert line_of(school, late).timing.value is Timeliness.LATE_SAME_DAY
    changes = _snow(school, date(2026, 11, 10))
    assert line_of(school, late).timing.value is Timeliness.ON_TIME
    (retimed,) = (
        item
        for item in school.services.notifications.show(late).history
        if item.kind == "notification.retime"
    )
    assert retimed.why == "late, same day → before school began"
    assert changes.undo is not None
    school.services.undo(changes.undo)
    assert line_of(school, late).timing.value is Timeliness.LATE_SAME_DAY
    history = school.services.notifications.show(late).history
    assert "notification.retime" not in {item.kind for item in history}


def test_a_closure_that_changes_no_result_writes_nothing_about_notices(school: School):
    _came(school, datetime(2026, 11, 9, 7, 12, tzinfo=LONDON))
    assert len(_snow(school, date(2026, 12, 1)).rows) == 1


def test_minutes_from_receipt_to_opening_stand_on_the_notice(school: School):
    notification = arrived(school)  # received at 7:12, opened at 8:18
    assert school.services.notifications.show(notification).minutes_to_opened is None
    school.services.notifications.opened(notification)
    assert school.services.notifications.show(notification).minutes_to_opened == 66


def test_an_incident_while_the_child_is_in_school_counts_down_to_the_end_of_the_day(school: School):
    school.clock.at = datetime(2026, 11, 9, 15, 5, tzinfo=LONDON)
    told = Incident(date=date(2026, 11, 9), time=time(14, 20), precision=Precision.EXACT)
    mail = replace(
        MAIL,
        notices=(replace(NOTICE, incident=told),),
        received_at=datetime(2026, 11, 9, 15, 5, tzinfo=LONDON),
    )
    notification = arrives(school, mail).notifications[0]
    view = school.services.days.view()
    assert view.countdown == "10 min to the end of the day"
    assert school.services.notifications.show(notification).home_in == 10
    assert line_of(school, notification).timing.value is Timeliness.ON_TIME
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    school.services.notifications.match(notification, 1, maya)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET, "Watched home."))
    assert school.services.days.view().countdown == "Registration Tue 10 Nov, 8:45am"
    assert school.services.notifications.show(notification).home_in is None


def test_a_notice_from_before_school_does_not_count_down_to_the_end_of_the_day(school: School):
    arrived(school)
    school.clock.at = datetime(2026, 11, 9, 15, 5, tzinfo=LONDON)
    assert school.services.days.view().countdown == "Registration Tue 10 Nov, 8:45am"


@pytest.fixture
def january(school: School) -> School:
    """Monday 4 January 2027, 8:10am: the first morning back."""
    school.services.protocol_cards.use("northmere")
    days = (("Standard", 20), ("High", 28), ("tier 2", 30), ("Medium", 19), ("red", 22))
    for number, (grade, day) in enumerate(days, 1):
        at = datetime(2026, 12, day, 10, tzinfo=LONDON)
        school.clock.at = at
        _came(school, at, number=number, grade=grade)
    school.clock.at = datetime(2027, 1, 4, 8, 10, tzinfo=LONDON)
    _came(school, datetime(2027, 1, 4, 7, 30, tzinfo=LONDON), number=9, grade="High")
    return school


def _abouts(school: School, code: GroupCode) -> list[str]:
    return [row.about.partition(".")[0] for row in school.services.days.view().day.rows(code)]


def test_on_the_first_morning_back_the_holiday_stands_by_risk_as_sent_and_age(january: School):
    view = january.services.days.view()
    assert view.groups[0].title == "First morning back: came in the holiday"
    holiday = _abouts(january, GroupCode.HOLIDAY)
    assert holiday == ["tier 2", "red", "High", "Medium", "Standard"]
    assert len(view.day.rows(GroupCode.BEFORE)) == 1
    assert len(view.day.morning) == 6
    assert view.day.progress.total == 6


def test_without_a_card_the_oldest_stands_first(january: School):
    january.services.protocol_cards.put_away("northmere")
    assert _abouts(january, GroupCode.HOLIDAY) == ["Medium", "Standard", "red", "High", "tier 2"]


def test_after_the_first_day_there_is_no_such_group(january: School):
    january.clock.move(days=1)
    groups = [group.code for group in january.services.days.view().groups]
    assert GroupCode.HOLIDAY not in groups


def test_a_weekend_is_no_holiday(school: School):
    _came(school, datetime(2026, 11, 8, 10, tzinfo=LONDON))
    groups = [group.code for group in school.services.days.view().groups]
    assert groups[0] is GroupCode.BEFORE


def test_a_decided_notice_leaves_the_backlog(january: School):
    maya = january.pupil("Maya", "Thornton", MAYA_BORN)
    first = january.services.days.view().day.rows(GroupCode.HOLIDAY)[0]
    place = january.services.days.view().places[first.id]
    assert place.notification is not None
    january.services.notifications.match(place.notification, 1, maya)
    january.services.notifications.decide(
        place.notification, 1, Decision(Choice.QUIET, "Back at school.")
    )
    assert len(january.services.days.view().day.rows(GroupCode.HOLIDAY)) == 4
