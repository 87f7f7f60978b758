"""A lead sets up her school, brings in her pupils, drops last night's mail, decides, and finds it all tomorrow."""

from pathlib import Path

import pytest

from journeys.program import DATA, MAILS, SETUP, Program
from terminal import PASSPHRASE

TUESDAY = "2026-11-10T08:05"
WEDNESDAY = "2026-11-11T08:05"


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_from_an_empty_folder_to_the_chronology_of_the_next_day(tmp_path: Path):
    lead = Program(tmp_path)
    assert lead.ok("status", secrets=[])["setup_missing"] == ["school"]
    key = lead.ok(*SETUP, now=TUESDAY)["recovery_key"]
    missing = lead.ok("status")["setup_missing"]
    assert missing == ["recovery_drill", "second_holder", "calendar", "pupils"]
    lead.ok("recovery", "drill", secrets=[PASSPHRASE, key])
    terms = ("2026-09-02..2026-10-23", "2026-11-02..2026-12-18")
    lead.ok("calendar", "set", "--start", "08:40", "--term", *terms)
    preview = lead.ok("import", "pupils", str(DATA / "pupils_sims.csv"), now=TUESDAY)
    assert (preview["new"], preview["applied"]) == (60, False)
    lead.ok("import", "pupils", str(DATA / "pupils_sims.csv"), "--apply", now=TUESDAY)
    assert lead.ok("status")["setup_missing"] == ["second_holder"]

    mail = str(MAILS / "01_fixed_sentence.eml")
    (received,) = lead.ok("import", "mail", mail, now=TUESDAY)["results"]
    today = lead.ok("today", now=TUESDAY)
    assert today["since"] == "Since Monday 3:15pm: 1 notification, 1 child. 1 not matched yet."
    (row,) = today["before_registration"]
    assert row["state"] == "confirm_match"
    notice = received["notifications"][0]
    shown = lead.ok("notification", "show", notice, now=TUESDAY)
    assert shown["timeliness"] == "on_time"
    (proposal,) = shown["children"][0]["proposals"]
    child = proposal["child_id"]

    lead.ok("notification", "match", notice, "--line", "1", "--child", child, now=TUESDAY)
    lead.ok(
        *("notification", "decide", notice, "--line", "1", "--choice", "tell-and-check-in"),
        *("--key-adult", "-", "--reason", "-", "--review", "2026-11-17"),
        typed="Mr Osei\nFirst notice; she is often late on Tuesdays\n",
        now=TUESDAY,
    )
    today = lead.ok("today", now=TUESDAY)
    assert (today["before_registration"], len(today["done"])) == ([], 1)

    chronology = lead.ok("child", "chronology", child, now=WEDNESDAY)
    (entry,) = chronology["entries"]
    assert (entry["choice"], entry["reason"]) == (
        "tell-and-check-in",
        "First notice; she is often late on Tuesdays",
    )
    assert chronology["counts"] == {"d30": 1, "d90": 1, "d365": 1}
    assert lead.ok("today", now=WEDNESDAY)["done"] == []
    checked = lead.ok("verify", "--deep")
    assert (checked["ok"], checked["anchor"]) == (True, "ok")
    again = lead("import", "mail", mail, now=WEDNESDAY)
    assert again.json["results"][0]["outcome"] == "duplicate"
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0
