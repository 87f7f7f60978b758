"""Cards, cover, expected notices and the letter from a script."""

from pathlib import Path

import pytest

from terminal import Terminal

MAIL = Path(__file__).parents[2] / "data" / "notifications" / "01_fixed_sentence.eml"


def test_a_card_is_listed_used_changed_from_a_file_and_put_away(ashgrove: Terminal, tmp_path: Path):
    cards = ashgrove.ok("protocol-card", "list")["cards"]
    assert {"id": "northmere", "area": "Northmere Police", "in_use": False, "own": False} in cards
    ashgrove.ok("protocol-card", "use", "thames-valley")
    shown = ashgrove.ok("protocol-card", "show", "thames-valley")
    assert (shown["parents"]["contact"], shown["in_use"]) == ("no", True)
    own = tmp_path / "card.toml"
    own.write_text('id = "ours"\narea = "Our council"\n[parents]\ncontact = "ask_first"\n', "utf-8")
    assert ashgrove.ok("protocol-card", "save", str(own))["id"] == "ours"
    ashgrove.ok("protocol-card", "put-away", "thames-valley")
    used = [c["id"] for c in ashgrove.ok("protocol-card", "list")["cards"] if c["in_use"]]
    assert used == ["ours"]


@pytest.mark.parametrize(
    "text", ["", "id = ", 'id = "x"\narea = "X"\n[parents]\ncontact = "no way"', "\x00"]
)
def test_a_file_that_is_no_card_is_refused(ashgrove: Terminal, tmp_path: Path, text: str):
    wrong = tmp_path / "card.toml"
    wrong.write_text(text, "utf-8")
    said = ashgrove("protocol-card", "save", str(wrong))
    assert (said.code, said.refused) == (1, "card_unreadable")


def test_a_step_against_the_card_asks_once_and_is_then_on_record(ashgrove: Terminal):
    ashgrove.ok("protocol-card", "use", "thames-valley")
    (result,) = ashgrove.ok("import", "mail", str(MAIL))["results"]
    notice = result["notifications"][0]
    child = ashgrove.ok("notification", "show", notice)["children"][0]["proposals"][0]["child_id"]
    ashgrove.ok("notification", "match", notice, "--line", "1", "--child", child)
    step = ("notification", "step", notice, "--line", "1", "--step", "parent_contact")
    asked = ashgrove(*step, "--said", "Rang Mum")
    assert (asked.code, asked.refused) == (1, "otherwise_than_card")
    assert "Do not approach parents" in asked.json["error"]["message"]
    ashgrove.ok(*step, "--said", "Rang Mum", "--against-card", "She rang us.")
    kinds = [e["kind"] for e in ashgrove.ok("child", "chronology", child)["entries"]]
    assert kinds.count("card_break") == 1


def test_cover_is_kept_and_the_card_printed(ashgrove: Terminal, tmp_path: Path):
    assert ashgrove.ok("cover", "show")["nobody_covering"] == "Nobody covering today to Fri 4 Dec"
    made = ashgrove.ok(
        "cover", "add", "--name", "Priya Nair", "--first", "2026-11-09", "--last", "2026-12-18"
    )["made"]
    shown = ashgrove.ok("cover", "show")
    assert (shown["uncovered"], shown["today"]) == ([], ["Priya Nair"])
    assert ashgrove.ok("today")["nobody_covering"] is None
    ashgrove.ok(
        "cover", "contact", "--inbox", "a@example.org", "--adult", "Priya Nair;lead;;2026-02-03"
    )
    ashgrove.ok("cover", "confirm", "--with", "PC Arden")
    contact = ashgrove.ok("cover", "show")["contact"]
    assert contact["key_adults"][0]["trained"] == "2026-02-03"
    assert contact["confirmed_on"] == "2026-11-09"
    out = tmp_path / "card.pdf"
    ashgrove.ok("cover", "print", str(out))
    assert out.read_bytes().startswith(b"%PDF")
    ashgrove.ok("cover", "remove", made[0])
    assert ashgrove.ok("cover", "show")["turns"] == []


def test_an_expected_notice_is_on_record_and_in_the_letter(ashgrove: Terminal, tmp_path: Path):
    child = ashgrove.ok("child", "list")["children"][0]["id"]
    made = ashgrove.ok(
        "expected", "add", "--child", child, "--incident", "2026-11-07", "--learned", "Her nan said"
    )
    ashgrove.ok("expected", "chase", made["id"], "--chased", "Northmere Police")
    (one,) = ashgrove.ok("expected", "list", "--child", child)["expected"]
    assert (one["incident_on"], one["chased_with"]) == ("2026-11-07", "Northmere Police")
    ashgrove.ok("import", "mail", str(MAIL))
    letter = ashgrove.ok("report", "force", "--month", "2026-11", "--exact")
    assert letter["expected_not_received"] == "fewer_than_5"
    assert (letter["notifications"], letter["exact"]["notifications"]) == ("fewer_than_5", 1)
    for name in ("letter.pdf", "letter.csv"):
        out = tmp_path / name
        ashgrove.ok("report", "force", "--month", "2026-11", "--out", str(out))
        assert out.stat().st_size > 100
    table = (tmp_path / "letter.csv").read_text("utf-8-sig")
    assert "fewer than 5" in table
    wrong = ashgrove("report", "force", "--month", "November")
    assert (wrong.code, wrong.refused) == (1, "month_unreadable")
    assert ashgrove("report", "force", "--month", "2026-11", "--out", "x.doc").refused == (
        "letter_suffix"
    )
