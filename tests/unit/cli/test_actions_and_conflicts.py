"""Actions from a script: added with typed days, listed by urgency, done with what came of them."""

import pytest

from terminal import Terminal


@pytest.fixture
def child(ashgrove: Terminal) -> str:
    return str(ashgrove.ok("child", "list")["children"][0]["id"])


def _add(school: Terminal, child: str, *more: str) -> str:
    given = ("--child", child, "--do", "Ring the health visitor", "--owner", "Sam Okafor")
    return str(school.ok("action", "add", *given, *more)["made"][0])


def test_an_action_is_added_listed_and_done(ashgrove: Terminal, child: str):
    later = _add(ashgrove, child, "--due", "in 2 weeks")
    today = _add(ashgrove, child, "--due", "today", "--significant")
    listed = ashgrove.ok("action", "list", "--child", child)["actions"]
    assert [one["id"] for one in listed] == [today, later]
    assert (listed[0]["standing"], listed[0]["significant"]) == ("today", True)
    assert today in [row["record"] for row in ashgrove.ok("today")["later"]]
    ashgrove.ok("action", "done", today, "--outcome", "She visits on Tuesday")
    (left,) = ashgrove.ok("action", "list", "--open")["actions"]
    assert left["id"] == later
    entries = ashgrove.ok("child", "chronology", child)["entries"]
    assert {one["kind"] for one in entries} == {"action"}


def test_a_day_that_means_nothing_is_wrong_use(ashgrove: Terminal, child: str):
    wrong = ("--child", child, "--do", "Ring", "--owner", "Sam", "--due", "soonish")
    assert ashgrove("action", "add", *wrong).code == 2
    assert ashgrove("action", "done", "action:0000000000000000", "--outcome", "x").refused == (
        "no_such_action"
    )
