"""Families from a script: shown, added to, changed; two records of one pupil put together and taken apart."""

import pytest

from terminal import Terminal


@pytest.fixture
def maya(ashgrove: Terminal) -> str:
    return str(ashgrove.ok("child", "list")["children"][0]["id"])


def test_a_family_is_added_to_and_shown(ashgrove, maya):
    given = ("--set", "name=Kate Thornton", "--set", "relationship=mother")
    (kate, _tie) = ashgrove.ok("family", "add", "--form", "person", "--child", maya, *given)["made"]
    ashgrove.ok("family", "change", kate, "--child", maya, "--set", "safe_to_call=no")
    (person,) = ashgrove.ok("family", "show", "--child", maya)["people"]
    assert person["values"]["safe_to_call"] == "no"
    named = ashgrove.ok("family", "named", "--child", maya, "--name", "K. Thornton")
    assert named["named"] == [{"name": "Kate Thornton", "role": "Mother"}]
    ashgrove.ok("family", "withdraw", kate, "--child", maya, "--reason", "Wrong file")
    assert ashgrove.ok("family", "show", "--child", maya)["people"] == []


def test_a_confidential_address_is_asked_for_on_its_own(ashgrove, maya):
    given = ("--set", "kind=refuge", "--set", "address=9 Quiet Lane", "--set", "confidential=yes")
    home = ashgrove.ok("family", "add", "--form", "home", "--child", maya, *given)["made"][0]
    assert "Quiet Lane" not in ashgrove("family", "show", "--child", maya).out
    asked = ashgrove.ok("family", "address", home, "--child", maya)
    assert asked["address"] == "9 Quiet Lane"


def test_an_expected_baby_is_decided_about_and_born(ashgrove, maya):
    given = ("--set", "due=2026-12-01", "--set", "relationship=sibling")
    baby = ashgrove.ok("family", "add", "--form", "baby", "--child", maya, *given)["made"][0]
    why = ("--set", "referral=referred", "--set", "referral_why=Third notification")
    ashgrove.ok("family", "baby", baby, "--form", "referral", "--child", maya, *why)
    assert ashgrove.ok("family", "show", "--child", maya)["people"][0]["expected"] == "decided"


def test_two_records_are_put_together_and_taken_apart(ashgrove):
    first, second = [one["id"] for one in ashgrove.ok("child", "list")["children"][:2]]
    count = len(ashgrove.ok("child", "list")["children"])
    ashgrove.ok("child", "same", first, second, "--reason", "Entered twice")
    assert len(ashgrove.ok("child", "list")["children"]) == count - 1
    assert ashgrove("child", "same", first, second, "--reason", "x").refused == "together_already"
    ashgrove.ok("child", "notsame", second, "--reason", "Cousins")
    assert len(ashgrove.ok("child", "list")["children"]) == count


def test_brothers_and_protection(ashgrove):
    first, second = [one["id"] for one in ashgrove.ok("child", "list")["children"][:2]]
    ashgrove.ok("family", "sibling", "--child", first, "--other", second)
    assert len(ashgrove.ok("family", "show", "--child", second)["people"]) == 1
    given = ("--set", "why=Moved to safety", "--set", "head=Ruth Okafor")
    ashgrove.ok("family", "add", "--form", "protect", "--child", first, *given)
    assert ashgrove.ok("family", "show", "--child", first)["protected"]["head"] == "Ruth Okafor"
    ashgrove.ok("family", "unprotect", "--child", first, "--reason", "Left the area")


def test_an_answer_nobody_asked_for_is_wrong_use(ashgrove, maya):
    wrong = ashgrove("family", "add", "--form", "person", "--child", maya, "--set", "colour=red")
    assert wrong.code == 2
    assert {one["form"] for one in ashgrove.ok("family", "forms")["forms"]} >= {"person", "home"}
