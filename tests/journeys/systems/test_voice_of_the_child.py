"""Row 10: the child's voice. The audit equals a hand count; quoted words survive the record and print byte for byte."""

from journeys.systems.scripts import put
from terminal import Terminal

SAID = "“I don’t — want to go home”… 2×"


def test_quoted_words_survive_and_the_audit_of_blanks_equals_a_count_by_hand(
    ashgrove: Terminal, maya: str
):
    children = [row["id"] for row in ashgrove.ok("child", "list")["children"][:3]]
    for child in children:
        put(ashgrove, "threshold", child, level="3", since="2026-10-01", why="As agreed")
    meeting = {"heard_on": "2026-11-05", "told": "Settled"}
    heard = put(ashgrove, "marac", maya, child_words=SAID, **meeting)
    put(ashgrove, "daily_meeting", children[1], voice_why_not="Not at school", **meeting)
    assert ashgrove.ok("record", "show", heard)["values"]["child_words"] == SAID
    entries = ashgrove.ok("child", "chronology", maya)["entries"]
    assert SAID in {entry["child_words"] for entry in entries}
    found = ashgrove.ok("report", "voice")
    assert (found["open_cases"], found["heard_in_30_days"], found["heard_percent"]) == (3, 1, 33)
    assert (found["not_asked_with_reason"], len(found["silent"])) == (1, 2)
    assert (found["meetings"], found["changed_filled"], found["changed_percent"]) == (2, 0, 0)
    ashgrove.ok("record", "update", heard, "--set", "voice_changed=Stays with Gran on Fridays")
    assert ashgrove.ok("report", "voice")["changed_percent"] == 50
