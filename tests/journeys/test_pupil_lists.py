"""The four pupil lists of four systems, and two full exports of one school, through the command line."""

import json
from collections import Counter
from pathlib import Path

import pytest

from schoolsafe.bootstrap.entrance import HomeEntrance
from terminal import PASSPHRASE, Terminal, set_up

DATA = Path(__file__).resolve().parents[1] / "data"
LISTS = ("pupils_sims", "pupils_arbor", "pupils_bromcom", "pupils_excel_semicolon")
NOV_20 = "2026-11-20T08:18"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return set_up(tmp_path_factory.mktemp("lists"))


def _read(name: str) -> dict:
    return json.loads((DATA / f"{name}.expected.json").read_text("utf-8"))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_counted_told_by_row_and_taken_in_whole(
    founded: Terminal, tmp_path: Path, name: str
):
    school, want = founded.copied_to(tmp_path), _read(name)
    before = school.ok("status")["records"]
    preview = school.ok("import", "pupils", str(DATA / want["file"]), now=NOV_20)
    assert school.ok("status")["records"] == before, "a preview writes nothing"
    assert preview["applied"] is False
    assert (preview["new"], preview["changed"], preview["left"]) == (want["distinct_pupils"], 0, 0)
    assert preview["not_taken"] == want["data_rows"] - want["distinct_pupils"]
    assert preview["encoding"] in {want["encoding"], "cp1252", "utf-8-sig"}
    told = {(p["row"], p["kind"]) for p in preview["problems"]}
    assert {(p["row"], p["kind"]) for p in want["problems"]} <= told
    wrong_kinds = Counter(kind for _row, kind in told if kind.startswith(("upn_w", "dob_")))
    expected_kinds = Counter(p["kind"] for p in want["problems"])
    assert wrong_kinds == {
        k: n for k, n in expected_kinds.items() if k.startswith(("upn_w", "dob_"))
    }
    for first, second in (*want["exact_duplicate_rows"], *want["same_pupil_in_two_different_rows"]):
        assert {first, second} & {row for row, _kind in told}
    assert all(p["message"].endswith(".") for p in preview["problems"])
    assert preview["columns"] == want["columns"]
    assert set(want["columns_ignored"]) <= set(preview["ignored"])

    applied = school.ok("import", "pupils", str(DATA / want["file"]), "--apply", now=NOV_20)
    assert applied["new"] == want["distinct_pupils"]
    listed = school.ok("child", "list")["children"]
    assert len(listed) == want["distinct_pupils"]
    assert sum(not c["name"].isascii() for c in listed) >= want["non_ascii_names"] - 1
    again = school.ok("import", "pupils", str(DATA / want["file"]), now=NOV_20)
    assert (again["new"], again["changed"], again["left"]) == (0, 0, 0)
    assert again["unchanged"] + again["upn_missing"] == want["distinct_pupils"]
    assert school.ok("verify", "--deep")["ok"]


@pytest.mark.timeout(120)
def test_a_second_full_export_shows_who_is_new_changed_and_possibly_gone(
    founded: Terminal, tmp_path: Path
):
    school, want = founded.copied_to(tmp_path), _read("roll_after")
    school.ok("import", "pupils", str(DATA / want["before"]), "--apply", now=NOV_20)
    answer = school.ok("import", "pupils", str(DATA / want["after"]), now=NOV_20)
    assert (answer["new"], answer["changed"], answer["unchanged"]) == (
        want["new"],
        want["changed"],
        want["unchanged"],
    )
    assert (answer["left"], answer["upn_missing"]) == (
        want["possibly_left"],
        want["upn_missing_now"],
    )
    before = school.ok("child", "list")["children"]
    applied = None
    with HomeEntrance(school.home).open(PASSPHRASE) as opened:
        services = opened.services
        data = (DATA / want["after"]).read_bytes()
        source = services.intake.read_pupil_list(data)
        applied = services.children.apply(services.children.preview(source, ""))
        gone = services.children.list(status="possibly_left")
        assert sorted(row.admission for row in gone) == want["possibly_left_admission_numbers"]
        record = services.desk.reader.find("child", {"admission": want["upn_missing_for"][0]})[0]
        assert record.values["upn"], "a blank never erases a known number"
        assert applied.undo
        services.undo(applied.undo)
    assert school.ok("child", "list")["children"] == before
    assert school.ok("verify", "--deep")["ok"]
