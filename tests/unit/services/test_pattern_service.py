"""The school's rules: switched on, changed, added, and asked by once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from house import School
from schoolsafe.domain.chronology import RuleUnreadable
from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.notification import Incident, Risk, Sender, Step
from schoolsafe.domain.notification import Presence as There
from schoolsafe.domain.pattern import SHIPPED, Presence
from schoolsafe.services.notification import Call
from schoolsafe.services.pattern import NoSuchRule, RuleForm, RuleShips
from unit.services.morning import MAYA, MAYA_BORN, arrived, arrives

NEWEST = date(2026, 11, 7)


@pytest.fixture
def maya(school: School) -> str:
    return school.pupil("Maya", "Thornton", MAYA_BORN)


def _notice(school: School, child: str, day: date, number: int, **facts: object) -> str:
    notice = arrived(school, number=number, incident=Incident(date=day), **facts)
    school.services.notifications.match(notice, 1, child)
    return notice


def _asked(school: School, child: str) -> list[str]:
    return [prompt.rule.id for prompt in school.services.chronologies.show(child).prompts]


@pytest.mark.parametrize(("apart", "asked"), [(89, True), (90, False), (91, False)])
def test_three_notifications_in_ninety_days_ask_exactly_once(
    school: School, maya: str, apart: int, asked: bool
):
    for n, back in enumerate((0, 40, apart), 1):
        _notice(school, maya, NEWEST - timedelta(days=back), n)
    assert _asked(school, maya) == (["three_in_90"] if asked else [])


def test_the_same_mail_twice_and_the_same_event_by_phone_ask_no_second_time(
    school: School, maya: str
):
    chronologies = school.services.chronologies
    for n, back in enumerate((0, 20), 1):
        _notice(school, maya, NEWEST - timedelta(days=back), n)
    (prompt,) = chronologies.show(maya).prompts
    chronologies.decide(maya, prompt, decision="refer", reason="Second in a month")
    assert arrives(school, data=b"mail 1").outcome == "duplicate"
    assert _asked(school, maya) == []
    call = Call("Maya", child=maya, caller=Sender(name="PC 4471"), incident=Incident(date=NEWEST))
    second = school.services.notifications.log_call(call).entities[0]
    assert _asked(school, maya) == ["two_in_30", "three_in_90"]
    first = prompt.evidence[-1]
    school.services.notifications.tie(second, first, Tie.SAME_EVENT)
    assert _asked(school, maya) == []
    view = chronologies.show(maya)
    assert (view.counts.d30, view.picture.notifications) == (2, 2)
    assert chronologies.counts(maya) == view.counts


def test_a_rule_that_is_switched_on_asks_and_one_switched_off_is_silent(school: School, maya: str):
    words = "She was strangled; a knife was seen."
    _notice(school, maya, NEWEST, 1, circumstances=words)
    assert _asked(school, maya) == []
    school.services.patterns.set("harm_words", RuleForm(on=True))
    (prompt,) = school.services.chronologies.show(maya).prompts
    assert (prompt.rule.id, prompt.found) == ("harm_words", ("strangled", "knife"))
    school.services.patterns.set("harm_words", RuleForm(on=False))
    assert _asked(school, maya) == []


def test_low_grades_as_sent_add_up_by_the_schools_own_numbers(school: School, maya: str):
    school.services.patterns.set("three_low", RuleForm(on=True, n=2, days=60))
    for n, (back, grade) in enumerate(((0, "Standard"), (59, "standard"), (100, "green")), 1):
        _notice(school, maya, NEWEST - timedelta(days=back), n, risk=Risk(grade_as_sent=grade))
    assert _asked(school, maya) == ["three_low"]


def test_absence_after_a_notice_rests_on_the_notice_and_the_step(school: School, maya: str):
    notice = _notice(school, maya, NEWEST, 1)
    school.services.patterns.set("absent_after", RuleForm(on=True))
    work = school.services.notifications
    work.follow_up(notice, 1, Step.ATTENDANCE, words="Absent, no call home yet")
    (prompt,) = school.services.chronologies.show(maya).prompts
    assert prompt.evidence[0] == notice
    assert prompt.evidence[1].startswith("follow_up:")
    assert set(school.services.chronologies.show(maya).evidence) == set(prompt.evidence)


def test_a_rule_of_the_schools_own_is_added_changed_and_taken_away(school: School, maya: str):
    patterns = school.services.patterns
    patterns.set("worries", RuleForm(n=2, days=10, kinds=("missing",), name="Missing twice"))
    (own,) = patterns.list()[len(SHIPPED) :]
    assert own.words == "Missing twice: 2 in 10 days, of these kinds: missing"
    patterns.set("worries", RuleForm(days=20))
    assert patterns.list()[-1].days == 20
    patterns.remove("worries")
    assert patterns.list() == SHIPPED
    with pytest.raises(NoSuchRule):
        patterns.remove("worries")
    with pytest.raises(RuleShips):
        patterns.remove("two_in_30")
    for form in (RuleForm(n=3), RuleForm(n=0, days=3)):
        with pytest.raises(RuleUnreadable):
            patterns.set("other", form)
    assert _asked(school, maya) == []


def test_the_picture_counts_presence_and_leaves_grades_as_they_were_sent(school: School, maya: str):
    told = (
        ("present_saw", "Medium", "Third incident in 12 months."),
        ("present_heard", "amber", ""),
        ("not_present", "", ""),
        ("unknown", "Medium", ""),
    )
    for n, (presence, grade, words) in enumerate(told, 1):
        child = replace(MAYA, presence=There(presence))
        day = NEWEST - timedelta(days=n)
        notice = arrived(
            school,
            child,
            number=n,
            incident=Incident(date=day),
            risk=Risk(grade_as_sent=grade or None),
            circumstances=words or None,
        )
        school.services.notifications.match(notice, 1, maya)
    picture = school.services.chronologies.show(maya).picture
    assert picture.presence == Presence(2, 3, 1)
    assert picture.grades == (("Medium", 2), ("", 1), ("amber", 1))
    assert [(one.by, one.words) for one in picture.police] == [
        ("Northmere Police", "Third incident in 12 months")
    ]
