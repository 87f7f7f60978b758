"""Row 30: programmes for the person who caused harm. A minimal flag, restricted: it stays out of print."""

from journeys.systems.scripts import put
from terminal import Terminal


def test_a_programme_is_noted_in_three_facts_and_stays_restricted(ashgrove: Terminal, maya: str):
    put(
        ashgrove, "perpetrator_programme", maya,
        known_on="2026-11-02", name="Drive", source="IDVA", started_on="2026-10-01",
    )  # fmt: skip
    (form,) = [
        one
        for one in ashgrove.ok("record", "forms")["forms"]
        if one["form"] == "perpetrator_programme"
    ]
    assert form["restricted"] is True
    assert {q["field"] for q in form["questions"] if q["needed"]} == {"known_on", "name", "source"}
    (entry,) = ashgrove.ok("child", "chronology", maya)["entries"]
    assert entry["kind"] == "perpetrator_programme"
