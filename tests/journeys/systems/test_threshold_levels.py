"""Row 20: threshold levels. The level on any past date can be asked."""

from journeys.systems.scripts import put
from terminal import Terminal


def test_the_level_of_any_past_date_can_be_asked_in_the_areas_words(ashgrove: Terminal, maya: str):
    first = put(ashgrove, "threshold", maya, level="2", since="2026-01-12", why="Late, tired")
    put(
        ashgrove, "threshold", maya, level="3", since="2026-03-02", why="Assessment",
        plan="Child in need", social_worker="A. Grey, 01632 960240",
    )  # fmt: skip
    ashgrove.ok("agency", "set", "--level", "3=Tier 3, targeted")

    def level(on: str) -> object:
        found = ashgrove.ok("record", "level", "--child", maya, "--on", on)["level"]
        return found and (found["level"], found["words"])

    assert level("2026-01-11") is None
    assert level("2026-02-01") == (2, "Level 2, early help")
    assert level("2026-11-01") == (3, "Tier 3, targeted")
    history = ashgrove.ok("record", "level", "--child", maya)["history"]
    assert [one["why"] for one in history] == ["Assessment", "Late, tired"]
    assert history[1]["id"] == first
