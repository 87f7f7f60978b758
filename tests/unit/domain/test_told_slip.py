from datetime import date

import pytest

from schoolsafe.domain.person import Role
from schoolsafe.domain.told_slip import (
    HELPS,
    DetailsAreTheLeads,
    End,
    NoSuchLevel,
    SaysWhatHappened,
    SlipNeedsAnEnd,
    check,
    check_words,
    end_day,
    end_words,
    gives_away,
    is_over,
    wording,
)
from unit.domain.cases import calendar_of

MONDAY = date(2026, 11, 9)
FRIDAY = date(2026, 11, 13)
ASHGROVE = calendar_of("ashgrove", "main")
AWARE = "Maya may need a quiet start today. Do not ask about it."


def test_level_a_says_be_aware_and_nothing_else() -> None:
    assert wording("Maya", "A") == AWARE
    assert wording("Maya", "a", until=FRIDAY) == (
        "Maya may need a quiet start until Friday. Do not ask about it."
    )


def test_level_b_adds_what_helps() -> None:
    said = wording("Maya", "B", helps=("food", "Lunch with Miss Adeyemi.", " "))
    assert said.splitlines() == [
        AWARE,
        "Something to eat and drink.",
        "Lunch with Miss Adeyemi.",
        "Tell the safeguarding lead about anything unusual.",
    ]
    assert wording("Maya", "B").count("\n") == 4


def test_level_c_is_never_a_slip() -> None:
    with pytest.raises(DetailsAreTheLeads, match="stay with the safeguarding lead"):
        wording("Maya", "C")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DSL])
def test_level_c_is_refused_for_anybody_but_the_lead(role: Role) -> None:
    for level in ("C", "c"):
        with pytest.raises(DetailsAreTheLeads):
            check(level, role)
    check("A", role)
    check("B", role)


def test_the_lead_may_read_level_c() -> None:
    check("C", Role.DSL)


def test_a_level_nobody_knows_is_refused() -> None:
    for act in (lambda: check("D", Role.DSL), lambda: wording("Maya", "")):
        with pytest.raises(NoSuchLevel, match="be aware, or what helps"):
            act()


def test_no_ready_words_give_away_what_happened() -> None:
    for level in ("A", "B"):
        words = wording("Maya", level, helps=[each.id for each in HELPS])
        assert gives_away(words) == ()
        check_words(level, words)


def test_words_that_say_what_happened_are_named_and_refused() -> None:
    words = "The Police came, there was domestic violence. Police bailed him. Netball court at 3."
    assert gives_away(words) == ("police", "domestic", "violence", "bailed")
    with pytest.raises(SaysWhatHappened, match="Take out: police, domestic, violence, bailed"):
        check_words("A", words)
    check_words("C", words)


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (MONDAY, FRIDAY),
        (date(2026, 11, 12), FRIDAY),
        (FRIDAY, date(2026, 11, 20)),
        (date(2026, 11, 14), date(2026, 11, 20)),
    ],
)
def test_until_friday_is_this_weeks_and_on_friday_the_next(on: date, last: date) -> None:
    assert end_day(End.WEEK, on) == last
    assert end_day(End.WEEK, on, ASHGROVE) == last


def test_the_week_ends_on_its_last_school_day() -> None:
    brookfield = calendar_of("brookfield", "lower")
    assert end_day(End.WEEK, date(2026, 11, 23), brookfield) == date(2026, 11, 26)
    assert end_day(End.WEEK, date(2026, 11, 26), brookfield) == date(2026, 12, 4)
    last_week_of_term = date(2027, 3, 22)
    assert end_day(End.WEEK, last_week_of_term, ASHGROVE) == date(2027, 3, 25)
    assert end_day(End.WEEK, date(2027, 7, 31), ASHGROVE) == date(2027, 8, 6)


def test_today_ends_today() -> None:
    assert end_day(End.TODAY, MONDAY) == MONDAY


def test_the_end_is_said_in_words() -> None:
    assert end_words(MONDAY, MONDAY) == "Today only"
    assert end_words(FRIDAY, MONDAY) == "Until Friday"
    assert end_words(date(2026, 11, 20), MONDAY) == "Until Friday 20 November 2026"
    with pytest.raises(SlipNeedsAnEnd, match="today or later"):
        end_words(date(2026, 11, 8), MONDAY)


def test_a_slip_holds_through_its_last_day() -> None:
    assert not is_over(MONDAY, MONDAY)
    assert is_over(MONDAY, date(2026, 11, 10))
