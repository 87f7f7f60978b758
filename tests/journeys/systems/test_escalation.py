"""Row 27: multi-agency challenge. A stage past its limit shows; closing needs an outcome."""

from journeys.systems.scripts import put
from terminal import Terminal


def test_a_challenge_is_tracked_by_stages_and_closes_with_an_outcome(ashgrove: Terminal, maya: str):
    stages = ("Informal;Worker and lead;1", "Managers;Team manager;3")
    ashgrove.ok("agency", "set", *(word for stage in stages for word in ("--stage", stage)))
    record = put(
        ashgrove, "challenge", maya,
        raised_at="2026-11-09T08:00", disagreed="No visit", impact="Not seen", wanted="A visit",
    )  # fmt: skip
    assert ashgrove.ok("agency", "due", now="2026-11-10T17:00")["due"] == []
    (owed,) = ashgrove.ok("agency", "due", now="2026-11-11T08:00")["due"]
    assert (owed["urgency"], owed["words"]) == ("overdue", "Stage 1 is past its limit, Tue 10 Nov")
    now = "2026-11-11T08:30"
    ashgrove.ok(
        *("record", "update", record, "--set", "stage=2", "--set", "stage_since=2026-11-11"),
        now=now,
    )
    assert ashgrove.ok("agency", "due", now=now)["due"] == []
    closing = ("record", "update", record, "--set", "resolved_on=2026-11-11")
    assert ashgrove(*closing, now=now).refused == "not_answered"
    ashgrove.ok(*closing, "--set", "outcome=They visit on Thursday", now=now)
    assert ashgrove.ok("agency", "due", now="2026-12-11T08:00")["due"] == []
