"""What the school's IT has fixed: read once, told where it cannot be used, never a reason not to start."""

import pytest

from schoolsafe.services.policy import MOST_MINUTES, Policy, PolicyUnreadable, read


def test_without_a_file_everything_is_the_persons_choice():
    policy = read({})
    assert policy == Policy()
    assert policy.may_print
    assert policy.most_minutes == MOST_MINUTES


def test_what_is_fixed_holds_and_what_is_newer_is_kept_to_be_shown():
    values = {"lock_minutes": 3, "allow_print": False, "update_channel": "none", "zeal": 1, "a": []}
    policy = read(values)
    assert (policy.most_minutes, policy.may_print) == (3, False)
    assert policy.update_channel == "none"
    assert policy.unknown == ("a", "zeal")
    assert read({"allow_print": True}).may_print


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lock_minutes", 0),
        ("lock_minutes", 16),
        ("lock_minutes", "5"),
        ("lock_minutes", True),
        ("allow_print", "no"),
        ("allow_print", 0),
        ("update_channel", 1),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(name: str, value: object):
    with pytest.raises(PolicyUnreadable) as refused:
        read({name: value})
    assert name in str(refused.value)
