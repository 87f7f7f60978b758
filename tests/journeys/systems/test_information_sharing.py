"""Row 29: information sharing. Each print, export and telling makes one row."""

from journeys.systems.scripts import put
from terminal import Terminal


def test_each_print_and_export_makes_one_row_of_the_log(ashgrove: Terminal, maya: str, tmp_path):
    put(
        ashgrove, "share", maya,
        shared_at="2026-11-09T08:00", what="Attendance, two terms", with_whom="Dana Reeve, MASH",
        why="Section 47", basis="safeguarding", how="By phone", consent="Would raise the risk",
    )  # fmt: skip
    ashgrove.ok("child", "print", maya, str(tmp_path / "one.pdf"))
    ashgrove.ok("export", "journal", str(tmp_path / "journal.bin"))
    shares = ashgrove.ok("share", "list")["shares"]
    assert sorted(one["what"] for one in shares) == [
        "Attendance, two terms",
        "Chronology",
        "The whole record, sealed",
    ]
    told = next(one for one in shares if one["with_whom"])
    assert told["basis"] == "Safeguarding of children, without consent"
    file = tmp_path / "shares.csv"
    ashgrove.ok("share", "csv", str(file), "--child", maya)
    assert len(file.read_text("utf-8-sig").splitlines()) == 3
    assert len(ashgrove.ok("share", "list")["shares"]) == 4
