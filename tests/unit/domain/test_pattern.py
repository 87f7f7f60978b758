"""Rules about patterns: met to the day, raised once, answered once, and each says what it rests on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.chronology import Pattern, PromptRule, RuleUnreadable
from schoolsafe.domain.pattern import (
    SHIPPED,
    Sign,
    grades_as_sent,
    police_count,
    raised,
    rules_of,
    rules_value,
    words_found,
)

TODAY = date(2026, 11, 9)
MAYA = (date(2026, 11, 7), date(2026, 10, 11), date(2026, 5, 13))
ON = {
    rule.id: PromptRule(**{f: getattr(rule, f) for f in rule.__slots__} | {"on": True})
    for rule in SHIPPED
}


def _sign(n: int, day: date, grade: str = "", **more) -> Sign:
    return Sign(f"n{n}", day, "domestic_abuse", grade=grade, **more)


def _raised(days, on=TODAY, grades=(), **more):
    signs = [_sign(n, day, dict(grades).get(f"n{n}", "")) for n, day in enumerate(days)]
    return [(p.rule.id, p.evidence) for p in raised(signs, on=on, **more)]


def test_two_in_thirty_days_raise_a_prompt_with_their_evidence() -> None:
    signs = [Sign(day.isoformat(), day, "domestic_abuse") for day in MAYA]
    (found,) = raised(signs, on=TODAY)
    assert found.rule.words == "2 notifications in 30 days"
    assert found.evidence == ("2026-10-11", "2026-11-07")
    assert found.days == (date(2026, 10, 11), date(2026, 11, 7))


def test_three_in_ninety_days_raise_the_other_rule_too() -> None:
    days = [TODAY, TODAY - timedelta(days=29), TODAY - timedelta(days=89)]
    assert _raised(days) == [("two_in_30", ("n1", "n0")), ("three_in_90", ("n2", "n1", "n0"))]


def test_one_day_more_and_the_rule_is_not_met() -> None:
    assert _raised([TODAY, TODAY - timedelta(days=30)]) == []
    assert _raised([]) == []


def test_a_notification_still_to_come_is_no_evidence() -> None:
    assert _raised([TODAY, TODAY + timedelta(days=1)]) == []


def test_an_unanswered_prompt_keeps_its_evidence_until_it_lapses() -> None:
    days = [date(2026, 10, 11), date(2026, 11, 7)]
    for later in (0, 10, 29):
        assert _raised(days, on=days[1] + timedelta(days=later)) == [("two_in_30", ("n0", "n1"))]
    assert _raised(days, on=days[1] + timedelta(days=30)) == []


def test_a_decided_prompt_is_not_raised_again_for_the_same_evidence_or_less() -> None:
    days = [TODAY, TODAY - timedelta(days=5), TODAY - timedelta(days=9)]
    ids = ("n2", "n1", "n0")
    assert _raised(days, decided={("two_in_30", ids), ("three_in_90", ids)}) == []
    assert _raised(days[:2], decided={("two_in_30", ids)}) == []


def test_one_more_notification_raises_it_again() -> None:
    days = [TODAY, TODAY - timedelta(days=5), TODAY - timedelta(days=9)]
    assert _raised(days, decided={("two_in_30", ("n2", "n1"))})[0][0] == "two_in_30"


def test_the_answer_to_one_rule_does_not_answer_another() -> None:
    days = [TODAY, TODAY - timedelta(days=5)]
    assert _raised(days, decided={("three_in_90", ("n1", "n0"))}) == [("two_in_30", ("n1", "n0"))]


def test_a_local_rule_may_count_only_one_grade_as_sent() -> None:
    rule = PromptRule("greens", 3, 90, frozenset({"green"}))
    assert rule.words == "3 notifications in 90 days, graded green"
    days = [TODAY - timedelta(days=n) for n in (0, 5, 9, 11)]
    graded = {"n0": "GREEN", "n1": " Green", "n2": "amber"}
    assert _raised(days, rules=[rule], grades=graded) == []
    graded["n3"] = "green"
    assert _raised(days, rules=[rule], grades=graded) == [("greens", ("n3", "n1", "n0"))]


@pytest.mark.parametrize(("apart", "asked"), [(89, True), (90, False), (91, False)])
def test_three_in_ninety_days_at_the_boundary(apart: int, asked: bool) -> None:
    """The window holds ninety days, the newest day among them: 89 days apart is inside it."""
    days = [TODAY, TODAY - timedelta(days=40), TODAY - timedelta(days=apart)]
    found = [one for one, _evidence in _raised(days)]
    assert ("three_in_90" in found) is asked


@pytest.mark.parametrize(("apart", "asked"), [(89, True), (90, False), (91, False)])
def test_three_low_grades_at_the_boundary_once_it_is_on(apart: int, asked: bool) -> None:
    days = [TODAY, TODAY - timedelta(days=40), TODAY - timedelta(days=apart)]
    graded = {"n0": "Standard", "n1": "green", "n2": "low"}
    assert bool(_raised(days, rules=[ON["three_low"]], grades=graded)) is asked


def test_only_two_rules_ask_until_a_school_switches_on_more() -> None:
    assert [rule.id for rule in SHIPPED if rule.on] == ["two_in_30", "three_in_90"]
    graded = Sign("n0", TODAY, "domestic_abuse", grade="low", words="He strangled her")
    assert raised([graded], on=TODAY) == ()


def test_one_event_by_two_routes_is_one_piece_of_evidence() -> None:
    days = [TODAY, TODAY - timedelta(days=3)]
    first = [_sign(0, days[0]), _sign(1, days[1])]
    (asked,) = raised(first, on=TODAY)
    assert asked.evidence == ("n1", "n0")
    decided = {("two_in_30", asked.evidence)}
    again = [_sign(0, days[0], also=frozenset({"call"})), _sign(1, days[1])]
    assert raised(again, on=TODAY, decided=decided) == ()
    # the call came first on another computer, so that it now speaks for both: still the same evidence
    turned = [Sign("call", days[0], "domestic_abuse", also=frozenset({"n0"})), _sign(1, days[1])]
    assert raised(turned, on=TODAY, decided=decided) == ()


def test_medium_twice_then_high_names_all_three() -> None:
    signs = [
        _sign(0, TODAY, "HIGH"),
        _sign(1, TODAY - timedelta(days=9), "medium"),
        _sign(2, TODAY - timedelta(days=30), "Amber"),
    ]
    (found,) = raised(signs, on=TODAY, rules=[ON["mediums_then_high"]])
    assert found.evidence == ("n2", "n1", "n0")
    assert raised(signs[:2], on=TODAY, rules=[ON["mediums_then_high"]]) == ()
    after = [_sign(0, TODAY - timedelta(days=40), "high"), *signs[1:]]
    assert raised(after, on=TODAY, rules=[ON["mediums_then_high"]]) == ()


@pytest.mark.parametrize(("later", "asked"), [(0, True), (27, True), (28, False)])
def test_a_notification_soon_after_closing(later: int, asked: bool) -> None:
    closed = TODAY - timedelta(days=later)
    old = _sign(1, closed - timedelta(days=20), closed=closed)
    found = raised([_sign(0, TODAY), old], on=TODAY, rules=[ON["after_closing"]])
    assert [one.evidence for one in found] == ([("n1", "n0")] if asked else [])


@pytest.mark.parametrize(
    ("happened", "absent", "asked"),
    [
        (date(2026, 11, 3), date(2026, 11, 4), True),
        (date(2026, 11, 3), date(2026, 11, 5), False),
        (date(2026, 11, 6), date(2026, 11, 9), True),
        (date(2026, 11, 7), date(2026, 11, 9), True),
    ],
)
def test_absent_on_the_next_day_of_school(happened: date, absent: date, asked: bool) -> None:
    sign = _sign(0, happened, absent=((absent, "follow_up:1"),))
    found = raised([sign], on=TODAY, rules=[ON["absent_after"]])
    assert [one.evidence for one in found] == ([("n0", "follow_up:1")] if asked else [])


def test_words_are_shown_as_they_stand_to_be_read() -> None:
    told = "He put his hands round her THROAT; a kitchen knife lay by. No throating."
    (found,) = raised([_sign(0, TODAY, words=told)], on=TODAY, rules=[ON["harm_words"]])
    assert found.found == ("THROAT", "knife", "throating")
    assert (
        raised([_sign(0, TODAY, words="A begun argument")], on=TODAY, rules=[ON["harm_words"]])
        == ()
    )
    assert words_found(("a.c",), "abc a.cd") == ("a.cd",)
    assert words_found((), "anything") == ()


def test_a_rule_may_look_at_other_kinds() -> None:
    rule = PromptRule("worries", 2, 30, kinds=frozenset({"concern"}))
    assert rule.words == "2 in 30 days, of these kinds: concern"
    signs = [Sign("e1", TODAY, "concern"), Sign("e2", TODAY, "concern"), _sign(0, TODAY)]
    (found,) = raised(signs, on=TODAY, rules=[rule])
    assert found.evidence == ("e1", "e2")


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_every_rule_says_itself(rule: PromptRule) -> None:
    assert rule.words
    assert "{" not in rule.words


def test_rules_are_kept_as_they_differ_and_read_back() -> None:
    assert rules_of(None) == SHIPPED
    assert rules_value(SHIPPED) == []
    own = PromptRule("greens", 3, 60, frozenset({"GREEN"}), name="Greens")
    changed = (*SHIPPED[1:], own, ON["three_low"])
    read = rules_of(rules_value(changed))
    assert read[-1] == own
    assert next(rule for rule in read if rule.id == "three_low").on
    assert len(read) == len(SHIPPED) + 1


@pytest.mark.parametrize(
    "item",
    [
        5,
        {"n": 3, "days": 90},
        {"id": "", "n": 3, "days": 90},
        {"id": "x", "n": 0, "days": 90},
        {"id": "x", "n": 3, "days": True},
        {"id": "x", "n": "3", "days": 90},
        {"id": "x", "n": 3, "days": 90, "pattern": "guess"},
        {"id": "x", "n": 3, "days": 90, "pattern": "words_to_read"},
        {"id": "x", "n": 3, "days": 90, "pattern": "grades_then_higher", "grades": ["high"]},
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(item) -> None:
    with pytest.raises(RuleUnreadable, match="needs a name"):
        rules_of([item])


def test_grades_stay_as_sent_and_what_has_none_is_counted() -> None:
    signs = [_sign(n, TODAY, grade) for n, grade in enumerate(("Medium", "medium", "Medium ", ""))]
    assert grades_as_sent(signs) == (("Medium", 2), ("", 1), ("medium", 1))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("This is the third incident in 12 months. Calm now.", ("third incident in 12 months",)),
        (
            "There have been 4 previous incidents at the address.",
            ("4 previous incidents at the address",),
        ),
        ("Previous incidents: 2 (medium)", ("Previous incidents: 2 (medium)",)),
        ("Repeat within: no", ()),
        ("An incident at home.", ()),
    ],
)
def test_what_the_police_count_is_quoted(told: str, said: tuple[str, ...]) -> None:
    assert police_count(told) == said


SIGNS = st.lists(
    st.builds(
        Sign,
        st.uuids().map(str),
        st.dates(date(2025, 6, 1), TODAY),
        st.sampled_from(("domestic_abuse", "missing", "concern")),
        grade=st.sampled_from(("", "low", "Medium", "amber", "HIGH")),
        words=st.sampled_from(("", "a knife", "her new partner", "the baby")),
        closed=st.none() | st.dates(date(2025, 6, 1), TODAY),
    ),
    max_size=8,
    unique_by=lambda sign: sign.id,
)


@given(SIGNS)
def test_each_rule_asks_once_and_is_silent_once_answered(signs: list[Sign]) -> None:
    rules = tuple(ON.values())
    asked = raised(signs, on=TODAY, rules=rules)
    assert len({one.rule.id for one in asked}) == len(asked)
    answers = {(one.rule.id, one.evidence) for one in asked}
    assert raised(signs, on=TODAY, rules=rules, decided=answers) == ()


@given(SIGNS, st.randoms())
def test_the_order_in_which_things_came_changes_nothing(signs: list[Sign], order) -> None:
    rules = tuple(ON.values())
    mixed = [*signs]
    order.shuffle(mixed)
    assert raised(mixed, on=TODAY, rules=rules) == raised(signs, on=TODAY, rules=rules)


def test_a_pattern_has_a_rule_that_ships() -> None:
    assert {rule.pattern for rule in SHIPPED} == set(Pattern)
