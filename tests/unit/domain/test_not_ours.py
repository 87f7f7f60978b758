"""What a sender is told: who we are, which notice, what happens to it; and never the child's name."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.line_outcome import (
    OWES,
    Outcome,
    Told,
    hint_words,
    next_words,
    outcome_words,
    owed,
    owed_words,
    said,
)
from schoolsafe.domain.name import fold
from schoolsafe.domain.not_ours import (
    HOW,
    Facts,
    How,
    another_place,
    holds_name,
    which_child,
    wrong_school,
)
from schoolsafe.domain.notification import Step
from schoolsafe.services.desk import LONDON

CAME = datetime(2026, 11, 9, 7, 12, tzinfo=LONDON)
FACTS = Facts("Ashgrove Primary School", "Priya Nair", "NM/2026/77", CAME, ("Robin EXAMPLETON",))


def test_the_mail_says_which_notice_and_what_happens_to_it() -> None:
    mail = wrong_school(FACTS)
    assert mail.subject == "Notification NM/2026/77: not a pupil at this school"
    assert "not a pupil at Ashgrove Primary School" in mail.body
    assert "taken out of our records" in mail.body
    assert mail.body.endswith("Priya Nair\nAshgrove Primary School\n")


def test_a_reference_that_holds_the_name_is_left_out_of_the_subject() -> None:
    facts = Facts("Ashgrove", "Priya Nair", "MISPER Exampleton 4/26", CAME, FACTS.names)
    mail = wrong_school(facts)
    assert mail.subject == "Notification received 9 November 2026: not a pupil at this school"
    assert "xampleton" not in mail.body.casefold()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("NM/EXAMPLETON/1", True),
        ("exampletön", True),
        ("R. E.", False),
        ("ROBIN1", True),
        ("NM/2026/1", False),
        (None, False),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str | None, held: bool) -> None:
    assert holds_name(text, FACTS.names) is held


NAMES = st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=3, max_size=9)


@given(NAMES, NAMES, st.none() | st.text(max_size=30), st.booleans())
def test_no_message_to_anybody_holds_the_childs_name(
    forename: str, surname: str, reference: str | None, hidden: bool
) -> None:
    names = (f"{forename} {surname}",)
    reference = f"{reference}/{surname.upper()}/1" if hidden else reference
    facts = Facts("", "", reference, CAME, names)
    bare = Facts("", "", None, CAME, names)
    for made, plain in (
        (wrong_school(facts), wrong_school(bare)),
        (which_child(facts), which_child(bare)),
        (another_place(facts, ""), another_place(bare, "")),
    ):
        for said_, usual in ((made.subject, plain.subject), (made.body, plain.body)):
            if not holds_name(usual, names):  # the child is not called "Notification"
                assert not holds_name(said_, names), (reference, fold(surname))


def test_another_school_is_asked_to_ring_and_told_nothing() -> None:
    mail = another_place(FACTS, "Elmfield School")
    assert "EXAMPLETON" not in (mail.subject + mail.body).upper()
    assert "NM/2026/77" not in mail.subject + mail.body
    assert any("confirm" in line for line in mail.script)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_words_a_next_step_and_an_end(outcome: Outcome) -> None:
    told = Told(outcome, school="Elmfield School")
    assert outcome_words(outcome)
    assert hint_words(outcome)
    assert next_words(told).endswith(".")
    done: set[str] = set()
    steps = []
    while (step := owed(told, frozenset(done))) is not None:
        assert owed_words(told, step)
        steps.append(step)
        done.add(step)
    assert tuple(steps) == OWES[outcome]


def test_an_outcome_is_said_in_one_line() -> None:
    told = Told(
        Outcome.LEFT, "Moved to Northmere", "Elmfield School", CAME.date(), "Ms Okoro, 01632 960123"
    )
    assert said(told) == (
        "Has left. Since 9 November 2026, now at Elmfield School, Ms Okoro, 01632 960123."
        " Moved to Northmere"
    )
    assert said(Told(Outcome.NOT_OURS)) == "Never our pupil"


def test_receipt_is_owed_only_where_the_child_sits_elsewhere_today() -> None:
    waits = {o for o in Outcome if Step.RECEIPT_CONFIRMED in OWES[o]}
    assert waits == {Outcome.EDUCATED_ELSEWHERE}
    assert set(HOW) == set(How)
