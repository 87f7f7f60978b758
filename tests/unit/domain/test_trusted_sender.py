"""What is known of a signer: stopping outlasts every confirmation, in whatever order the rows came."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.trusted_sender import Confirmation, SignerState, standing

AT = datetime(2026, 11, 9, 8, 18, tzinfo=UTC)
ONE = Confirmation(
    "trusted_sender:1", "Northmere Police", "ab" * 32, "Priya Nair", AT, AT, test=False
)
MANY = st.lists(
    st.builds(
        lambda n, stopped: replace(
            ONE,
            id=f"trusted_sender:{n}",
            at=AT + timedelta(minutes=n % 7),
            stopped="stolen" if stopped else None,
        ),
        st.integers(0, 99),
        st.booleans(),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)


def test_without_a_confirmation_a_key_is_unknown_and_a_broken_signature_is_broken():
    assert standing((), holds=True) == (SignerState.UNKNOWN, None)
    assert standing((ONE,), holds=True) == (SignerState.CHECKED, ONE)
    assert standing((ONE,), holds=False) == (SignerState.BROKEN, None)


@given(MANY, st.randoms())
def test_the_order_of_rows_plays_no_part_and_stopping_wins(found, dice):
    mixed = list(found)
    dice.shuffle(mixed)
    state, one = standing(mixed, holds=True)
    assert (state, one) == standing(found, holds=True)
    if any(each.stopped for each in found):
        assert state is SignerState.STOPPED
        assert one is not None
        assert one.stopped
    else:
        assert state is (SignerState.CHECKED if found else SignerState.UNKNOWN)
        assert one == min(found, key=lambda each: (each.at, each.id), default=None)
    assert standing(found, holds=False) == (SignerState.BROKEN, None)
