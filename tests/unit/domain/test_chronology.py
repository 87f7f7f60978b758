from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.chronology import (
    DEFAULT_RULES,
    Counts,
    PromptRule,
    RuleUnreadable,
    counts,
    gaps,
    prompts,
    rules_from,
)

TODAY = date(2026, 11, 9)
MAYA = (date(2026, 11, 7), date(2026, 10, 11), date(2026, 5, 13))


def test_the_demo_child_has_two_two_and_three_and_comes_closer() -> None:
    assert counts(MAYA, TODAY) == Counts(2, 2, 3)
    found = gaps(MAYA)
    assert (found.days, found.closer) == ((151, 27), True)
    assert found.words == "151, then 27 days apart. Getting closer."


def test_a_window_holds_its_last_day_and_not_the_day_before_it() -> None:
    for span, found in ((30, "d30"), (90, "d90"), (365, "d365")):
        inside = TODAY - timedelta(days=span - 1)
        assert getattr(counts([inside], TODAY), found) == 1
        assert getattr(counts([inside - timedelta(days=1)], TODAY), found) == 0
    assert counts([TODAY], TODAY) == Counts(1, 1, 1)
    assert counts([TODAY + timedelta(days=1)], TODAY) == Counts(0, 0, 0)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), "No notifications"),
        ((1,), "One notification on record"),
        ((1, 1), "Both on the same day."),
        ((1, 2), "1 day apart."),
        ((1, 28), "27 days apart."),
        ((1, 3, 30), "2, then 27 days apart."),
        ((1, 11, 21), "10, then 10 days apart."),
        ((1, 101, 111, 116, 117), "10, then 5, then 1 day apart. Getting closer."),
    ],
)
def test_the_gaps_are_said_in_one_sentence(days: tuple[int, ...], words: str) -> None:
    start = date(2026, 1, 1)
    assert gaps([start + timedelta(days=n) for n in days]).words == words


def _raised(days, on=TODAY, **more):
    dated = [(day, f"n{n}") for n, day in enumerate(days)]
    return [(p.rule.id, p.evidence) for p in prompts(dated, on=on, **more)]


def test_two_in_thirty_days_raise_a_prompt_with_their_evidence() -> None:
    (found,) = prompts([(day, day.isoformat()) for day in MAYA], on=TODAY)
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


def test_the_schools_own_rules_are_read_from_its_setting() -> None:
    assert rules_from(None) == DEFAULT_RULES
    assert rules_from([]) == ()
    told = {"id": "greens", "n": 3, "days": 90, "grades": ["GREEN", 5]}
    assert rules_from([told]) == (PromptRule("greens", 3, 90, frozenset({"GREEN"})),)
    assert rules_from([{"id": "one", "n": 1, "days": 1}])[0].words == "1 notification in 1 day"


@pytest.mark.parametrize(
    "value",
    [
        "3 in 90",
        [5],
        [{"n": 3, "days": 90}],
        [{"id": "", "n": 3, "days": 90}],
        [{"id": "x", "n": 0, "days": 90}],
        [{"id": "x", "n": 3, "days": True}],
        [{"id": "x", "n": "3", "days": 90}],
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(value) -> None:
    with pytest.raises(RuleUnreadable, match="needs a name"):
        rules_from(value)


DAYS = st.lists(st.dates(date(2025, 1, 1), date(2027, 1, 1)), max_size=12)


@given(DAYS)
def test_the_gaps_add_up_to_the_whole_span(days: list[date]) -> None:
    assert sum(gaps(days).days) == ((max(days) - min(days)).days if days else 0)


@given(DAYS)
def test_the_windows_never_shrink_as_they_grow_longer(days: list[date]) -> None:
    found = counts(days, TODAY)
    assert found.d30 <= found.d90 <= found.d365 <= len(days)


@given(DAYS)
def test_answering_every_prompt_silences_them_all(days: list[date]) -> None:
    dated = [(day, str(n)) for n, day in enumerate(days)]
    answers = {(p.rule.id, p.evidence) for p in prompts(dated, on=TODAY)}
    assert prompts(dated, on=TODAY, decided=answers) == ()
