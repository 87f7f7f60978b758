"""Row 5: the area's daily meeting. With an open high case the reminder stands at 10:00; never on bank holidays."""

from pathlib import Path

from journeys.systems.scripts import put
from terminal import Terminal

MAIL = Path(__file__).parents[2] / "data" / "notifications" / "06_siblings_two_schools.eml"


def rings(school: Terminal, now: str) -> bool:
    found = school.ok("agency", "due", now=now)["meeting"]
    rows = [row for row in school.ok("today", now=now)["later"] if row["id"].startswith("meeting:")]
    assert bool(rows) == bool(found)
    return bool(found)


def test_the_daily_meeting_rings_an_hour_before_while_a_high_case_is_open(
    ashgrove: Terminal, maya: str
):
    open_case(ashgrove, maya)
    ashgrove.ok(
        *("agency", "set", "--meeting", "MADA", "--meeting-at", "11:00", "--meeting-grade", "high")
    )
    assert ashgrove.ok("agency", "settings")["meeting"]["name"] == "MADA"
    assert not rings(ashgrove, "2026-11-10T09:59")
    assert rings(ashgrove, "2026-11-10T10:00")
    assert not rings(ashgrove, "2026-11-10T11:00")
    assert not rings(ashgrove, "2026-11-14T10:00")  # Saturday
    assert not rings(ashgrove, "2026-12-25T10:00")  # bank holiday
    put(ashgrove, "daily_meeting", maya, now="2026-11-10T10:20", heard_on="2026-11-10", told="Seen")
    assert not rings(ashgrove, "2026-11-10T10:30")


def open_case(school: Terminal, child: str) -> None:
    """A notice about the child, graded "High" by the sender, that nobody has closed."""
    notice = school.ok("import", "mail", str(MAIL))["results"][0]["notifications"][0]
    school.ok("notification", "match", notice, "--line", "1", "--child", child, "--why", "Known")
