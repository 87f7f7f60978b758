"""Row 4: MASH or front door. A referral without a decision after one working day is amber on the lead's page."""

from journeys.systems.scripts import put
from terminal import Terminal


def test_a_referral_to_mash_turns_amber_after_one_working_day_and_its_decision_clears_it(
    ashgrove: Terminal, maya: str
):
    sent = {"to": "mash", "sent_at": "2026-11-06T16:00:00+00:00", "why": "Third in three months"}
    record = put(ashgrove, "referral", maya, now="2026-11-06T16:05", contact="D. Reeve", **sent)
    friday = ashgrove.ok("today", now="2026-11-09T15:59")
    assert [row for row in friday["later"] if row["id"] == record] == []
    (row,) = [r for r in ashgrove.ok("today", now="2026-11-09T16:00")["later"] if r["id"] == record]
    assert row["state_words"] == "No decision, sent Fri 6 Nov"
    now = "2026-11-09T16:30"
    ashgrove.ok("record", "update", record, "--set", "decision=Assessment, section 17", now=now)
    assert ashgrove.ok("agency", "due", now=now)["due"] == []
    shown = ashgrove.ok("child", "chronology", maya, now=now)
    assert shown["entries"][0]["title"] == "MASH or front door"
