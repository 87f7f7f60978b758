"""Row 26: helpline. Total by year; the number is changed in one place."""

from journeys.systems.scripts import put
from terminal import Terminal


def test_calls_are_counted_by_month_and_year_and_the_number_is_changed_in_one_place(
    ashgrove: Terminal,
):
    (line,) = ashgrove.ok("helpline", "list")["helplines"]
    assert (line["number"], line["own"]) == ("0204 513 9990", False)
    for day in ("2026-11-02", "2026-11-05", "2025-12-01"):
        put(
            ashgrove, "helpline_call", "",
            called_at=f"{day}T09:00", which=line["name"], asked="How to begin",
        )  # fmt: skip
    found = ashgrove.ok("helpline", "usage")
    assert found == {
        "months": {"2026-11": 2, "2025-12": 1},
        "years": {"2026": 2, "2025": 1},
        "total": 3,
    }
    ashgrove.ok("helpline", "set", "--id", line["id"], "--number", "01632 960300")
    (line,) = ashgrove.ok("helpline", "list")["helplines"]
    assert (line["number"], line["own"], line["checked"]) == ("01632 960300", True, "2026-11-09")
