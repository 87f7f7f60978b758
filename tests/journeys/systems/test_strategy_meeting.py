"""Row 7: strategy meeting. Hours to convene, per cent attended, days to minutes; over 24 hours is flagged."""

from journeys.systems.scripts import put
from terminal import Terminal

NOW = "2026-11-13T08:00"


def test_strategy_meetings_are_counted_and_late_ones_stand_on_today(ashgrove: Terminal, maya: str):
    quick = put(ashgrove, "strategy_meeting", maya, triggered_at="2026-11-02T09:00", why="s47")
    slow = put(ashgrove, "strategy_meeting", maya, triggered_at="2026-11-03T09:00", why="s47")
    for record, held, mode, minutes in (
        (quick, "2026-11-02T15:30", "phone", "2026-11-06"),
        (slow, "2026-11-04T10:00", "absent", None),
    ):
        sets = ["--set", f"held_at={held}", "--set", f"mode={mode}"]
        sets += ["--set", f"minutes_at={minutes}"] if minutes else []
        ashgrove.ok("record", "update", record, *sets)
    figures = ashgrove.ok("report", "strategy", now=NOW)
    assert (figures["asked"], figures["held"], figures["within"], figures["over"]) == (2, 2, 1, 1)
    assert figures["median_minutes"] == (6 * 60 + 30 + 25 * 60) // 2
    assert (figures["percent_there"], figures["median_days_to_minutes"]) == (50, 4)
    (owed,) = ashgrove.ok("agency", "due", now=NOW)["due"]
    assert (owed["id"], owed["words"]) == (slow, "Minutes not here, held Wed 4 Nov")
    assert figures["chase"] == 1
