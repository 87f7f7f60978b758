"""The audit of blanks against a count by hand."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain import voice_audit as rules
from schoolsafe.domain.voice_audit import VoiceFact

TODAY = date(2026, 11, 9)


def fact(child: str, days_ago: int, **more) -> VoiceFact:
    day = TODAY - timedelta(days=days_ago)
    return VoiceFact(f"entry:{child}{days_ago}", "entry", child, day, **more)


def test_the_figures_are_those_of_a_hand_count():
    facts = [
        fact("maya", 3, words=True),
        fact("leo", 29, words=True),  # the last day that counts
        fact("kai", 30, words=True),  # a day too old
        fact("kai", 2, why_not=True),
        fact("effie", 400, meeting=True),
        fact("maya", 10, meeting=True, changed=True),
        fact("leo", 20, meeting=True),
        fact("ivy", 40, meeting=True),
    ]
    found = rules.audit(facts, ["maya", "leo", "kai", "noor"], TODAY)
    assert (found.open_cases, found.heard, found.heard_percent) == (4, 2, 50)
    assert (found.silent, found.not_asked) == (("noor", "kai"), 1)
    assert (found.meetings, found.changed, found.changed_percent) == (3, 1, 33)
    assert [f.child for f in found.unchanged] == ["leo", "ivy"]


def test_of_no_open_case_there_is_no_share():
    found = rules.audit([], [], TODAY)
    assert (found.heard_percent, found.changed_percent) == (None, None)


def test_what_lies_ahead_is_not_counted():
    found = rules.audit([fact("maya", -1, words=True)], ["maya"], TODAY)
    assert found.heard == 0


@given(
    st.lists(
        st.builds(
            fact,
            st.sampled_from(["a", "b", "c", "d"]),
            st.integers(-5, 420),
            words=st.booleans(),
            meeting=st.booleans(),
            changed=st.booleans(),
        )
    ),
    st.sets(st.sampled_from(["a", "b", "c", "d"])),
    st.randoms(use_true_random=False),
)
def test_order_and_repetition_do_not_change_who_was_heard(facts, cases, chance):
    found = rules.audit(facts, cases, TODAY)
    again = [*facts, *facts]
    chance.shuffle(again)
    other = rules.audit(again, cases, TODAY)
    assert (other.heard, set(other.silent)) == (found.heard, set(found.silent))
    assert found.heard + len(found.silent) == found.open_cases
