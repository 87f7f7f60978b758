"""What IT has fixed, read from a file or from Windows' registry; a slip of the pen allows nothing."""

import pytest

from schoolsafe.bootstrap.policy import InForce, in_force, said
from schoolsafe.services.policy import (
    NOTHING_FIXED,
    STRICTEST,
    MailSourcesAreOff,
    Policy,
    PrintingIsOff,
)


@pytest.fixture
def policy_file(tmp_path):
    return tmp_path / "policy.toml"


def test_no_file_fixes_nothing(policy_file):
    found = in_force(policy_file, {})
    assert found == InForce(NOTHING_FIXED, "", "")
    assert said(found)["in_force"] is False


def test_what_the_file_says_is_in_force(policy_file):
    policy_file.write_text('lock_minutes = 3\nallow_print = false\nupdate_channel = "slow"\n')
    found = in_force(policy_file, {})
    assert found.policy == Policy(3, allow_print=False, update_channel="slow")
    assert said(found) == {
        "in_force": True,
        "source": "policy.toml",
        "lock_minutes": 3,
        "allow_print": False,
        "update_channel": "slow",
        "allow_mail_sources": None,
        "unknown": [],
        "problem": None,
    }


@pytest.mark.parametrize(
    "text", ["lock_minutes = ", "lock_minutes = 99", 'allow_print = "no"', "\x00", "a = 1\na = 2"]
)
def test_a_file_with_a_slip_of_the_pen_is_as_strict_as_can_be_and_says_so(policy_file, text):
    policy_file.write_text(text)
    found = in_force(policy_file, {})
    assert found.policy == STRICTEST
    assert found.problem.endswith("Ask your IT team.")
    with pytest.raises(PrintingIsOff):
        found.policy.check_print()
    with pytest.raises(MailSourcesAreOff):
        found.policy.check_mail()


def test_mail_sources_can_be_forbidden_in_the_file_and_in_the_registry(policy_file):
    policy_file.write_text("allow_mail_sources = false\n")
    assert not in_force(policy_file, {}).policy.may_fetch_mail
    assert not in_force(policy_file, {"AllowMailSources": 0}).policy.may_fetch_mail
    assert in_force(policy_file, {"AllowMailSources": 1}).policy.may_fetch_mail


def test_a_file_that_is_no_text_is_as_strict_as_can_be(policy_file):
    policy_file.write_bytes(b"\xff\xfe\x00lock")
    assert in_force(policy_file, {}).policy == STRICTEST


def test_a_folder_in_its_place_is_as_strict_as_can_be(policy_file):
    policy_file.mkdir()
    assert in_force(policy_file, {}).policy == STRICTEST


def test_a_value_of_a_newer_release_is_kept_to_be_shown(policy_file):
    policy_file.write_text("allow_sync = false\n")
    assert said(in_force(policy_file, {}))["unknown"] == ["allow_sync"]


def test_the_registry_goes_before_the_file(policy_file):
    policy_file.write_text("lock_minutes = 10\n")
    found = in_force(policy_file, {"LockMinutes": 2, "AllowPrint": 0})
    assert found.source == "registry"
    assert found.policy == Policy(2, allow_print=False)


def test_a_registry_value_of_the_wrong_kind_is_as_strict_as_can_be(policy_file):
    assert in_force(policy_file, {"LockMinutes": "five"}).policy == STRICTEST


def test_other_systems_have_no_registry(policy_file):
    assert in_force(policy_file) == InForce()
