import pytest

from schoolsafe.services.policy import Policy, PolicyUnreadable, PrintingIsOff, read


def test_policy_is_read_with_what_it_knows_and_what_it_does_not():
    found = read({"lock_minutes": 3, "allow_print": False, "update_channel": "stable", "x": 1})
    assert found == Policy(3, allow_print=False, update_channel="stable", unknown=("x",))
    assert not found.may_print
    assert found.most_minutes == 3
    assert read({}) == Policy()
    assert Policy().may_print
    assert Policy().may_fetch_mail
    assert Policy().most_minutes == 15


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"lock_minutes": 0}, "lock_minutes"),
        ({"lock_minutes": 16}, "lock_minutes"),
        ({"lock_minutes": True}, "lock_minutes"),
        ({"lock_minutes": "5"}, "lock_minutes"),
        ({"allow_print": "no"}, "allow_print"),
        ({"update_channel": 3}, "update_channel"),
        ({"allow_mail_sources": "no"}, "allow_mail_sources"),
    ],
)
def test_a_policy_of_the_wrong_kind_is_named(values, name):
    with pytest.raises(PolicyUnreadable) as caught:
        read(values)
    assert caught.value.facts == {"name": name}


def test_printing_that_it_has_switched_off_is_refused():
    Policy().check_print()
    Policy(allow_print=True).check_print()
    with pytest.raises(PrintingIsOff):
        Policy(allow_print=False).check_print()
