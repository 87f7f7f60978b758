"""Setting up from a script, the passphrase, the recovery key: what each needs, and how each ends."""

import os
import stat
from pathlib import Path

import pytest

from terminal import MONDAY, PASSPHRASE, Terminal, secret_of, set_up, typed_in

SETUP = (
    "setup",
    "--school",
    "Ashgrove",
    "--urn",
    "999101",
    "--person",
    "Priya Nair",
    "--role",
    "dsl",
)
FILE = ("--device-secret", "file")
OTHER = "orchard nine velvet harbour sunday"


def test_a_school_is_set_up_and_its_recovery_key_shown_once(tmp_path: Path):
    terminal = Terminal(tmp_path / "home")
    made = terminal.ok(*SETUP, *FILE, "--test-vault")
    assert made["school_id"] == "school:999101"
    assert made["person_id"].startswith("person:")
    assert len(made["seat_id"]) == 16
    key = made["recovery_key"].replace("-", "").replace(" ", "")
    assert len(key) == 30
    assert set(key) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    status = terminal.ok("status")
    assert "recovery_drill" in status["setup_missing"]
    assert status["test"] is True
    assert stat.S_IMODE(terminal.home.stat().st_mode) == 0o700
    assert list(secret_of(terminal.home).iterdir())


def test_without_json_the_recovery_key_is_not_on_the_screen(tmp_path: Path):
    terminal = Terminal(tmp_path / "home")
    said = terminal(*SETUP, *FILE, "--test-vault", as_json=False)
    assert said.code == 0
    assert "recovery" not in said.out + said.err


def test_the_recovery_sheet_is_a_file_for_one_reader(tmp_path: Path):
    terminal = Terminal(tmp_path / "home")
    sheet = tmp_path / "sheet.pdf"
    terminal.ok(*SETUP, *FILE, "--test-vault", "--recovery-sheet", str(sheet))
    assert sheet.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600


def test_a_sheet_that_cannot_be_written_does_not_cost_the_key(tmp_path: Path):
    terminal = Terminal(tmp_path / "home")
    (tmp_path / "a file").write_text("x")
    sheet = tmp_path / "a file" / "sheet.pdf"
    said = terminal(*SETUP, *FILE, "--test-vault", "--recovery-sheet", str(sheet), as_json=False)
    assert said.code == 4
    assert "recovery_key" in said.out
    assert "cannot be written" in said.err
    assert terminal("status").code == 0


def test_setting_up_twice_changes_nothing(school: Terminal):
    said = school(*SETUP, *FILE, "--test-vault")
    assert (said.code, said.refused) == (1, "already_set_up")
    assert school.ok("verify", "--deep")["ok"]


@pytest.mark.parametrize(
    ("passphrase", "part"),
    [("short", "15"), ("password password", "easy"), ("Priya Nair Ashgrove", "name")],
)
def test_a_weak_passphrase_is_refused_and_nothing_is_written(
    tmp_path: Path, passphrase: str, part: str
):
    said = Terminal(tmp_path / "home", passphrase)(*SETUP, *FILE, "--test-vault")
    assert said.code == 1, (part, said)
    assert said.json["error"]["message"]
    assert not (tmp_path / "home" / "seats").exists()


def test_a_real_school_with_a_secret_in_a_file_needs_five_words(tmp_path: Path):
    said = Terminal(tmp_path / "home", "correct-battery-3-horse")(*SETUP, *FILE, now=None)
    assert said.code == 1
    assert "five" in said.json["error"]["message"]


def test_the_secret_never_lies_in_the_data_folder(tmp_path: Path):
    home = tmp_path / "home"
    said = Terminal(home)(*SETUP, "--device-secret", f"file:{home}/secret", "--test-vault")
    assert (said.code, said.refused) == (1, "secret_inside_home")
    said = Terminal(home)(*SETUP, "--device-secret", "cloud", "--test-vault")
    assert (said.code, said.refused) == (1, "unknown_secret_place")
    said = Terminal(home)(*SETUP, "--device-secret", f"file:{tmp_path}/keys", "--test-vault")
    assert said.code == 0
    assert list((tmp_path / "keys").iterdir())


def test_an_empty_folder_of_ours_is_made_private(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    home.chmod(0o755)
    Terminal(home).ok(*SETUP, *FILE, "--test-vault")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_folder_others_read_that_holds_something_is_refused(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o755)
    (home / "letters.txt").write_text("x")
    said = Terminal(home)(*SETUP, *FILE, "--test-vault")
    assert (said.code, said.refused) == (1, "readable_by_others")
    assert [each.name for each in home.iterdir()] == ["letters.txt"]


@pytest.mark.parametrize("name", ["OneDrive - Northmere Schools", "Dropbox", "Google Drive"])
def test_a_folder_that_is_copied_to_the_internet_is_refused(tmp_path: Path, name: str):
    said = Terminal(tmp_path / name / "home")(*SETUP, *FILE, "--test-vault")
    assert (said.code, said.refused) == (1, "in_synced_folder")
    assert not (tmp_path / name).exists()


def test_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from schoolsafe.keys import safety

    monkeypatch.setattr(safety, "disk_under", lambda _folder: safety.Disk(network=True))
    said = Terminal(tmp_path / "home")(*SETUP, *FILE, "--test-vault")
    assert (said.code, said.refused) == (1, "on_network")


def test_a_link_or_a_file_is_no_data_folder(tmp_path: Path):
    real = tmp_path / "real"
    real.mkdir(mode=0o700)
    link = tmp_path / "link"
    link.symlink_to(real)
    assert Terminal(link)(*SETUP, *FILE, "--test-vault").refused == "through_link"
    file = tmp_path / "file"
    file.write_text("x")
    assert Terminal(file)(*SETUP, *FILE, "--test-vault").refused == "not_a_folder"


def test_without_a_keyring_the_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from schoolsafe.keys import device

    def none_here() -> None:
        raise device.NoKeyring(reason="no D-Bus")

    monkeypatch.setattr(device, "named_backend", none_here)
    said = Terminal(tmp_path / "home")(*SETUP, "--test-vault")
    assert (said.code, said.refused) == (4, "no_keyring")
    assert not (tmp_path / "home" / "seats").exists() or not list(
        (tmp_path / "home" / "seats").glob("*/seat.key")
    )
    assert Terminal(tmp_path / "home").ok("status", secrets=[])["locked"] is True


def test_the_clock_is_set_for_test_and_demo_schools_only(tmp_path: Path, school: Terminal):
    said = Terminal(tmp_path / "real")(*SETUP, *FILE, now=MONDAY)
    assert (said.code, said.refused) == (1, "clock_not_yours")
    assert not (tmp_path / "real").exists()
    assert school.ok("today")["now"] == "2026-11-09T08:18:00+00:00"
    assert school.ok("today", now="2026-07-01T08:18")["now"] == "2026-07-01T08:18:00+01:00"
    assert school.ok("today", now="2026-07-01T08:18:00Z")["now"] == "2026-07-01T09:18:00+01:00"
    said = school("today", now="yesterday")
    assert (said.code, said.refused) == (1, "date_unreadable")


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_a_real_school_refuses_a_clock_and_a_short_passphrase(tmp_path: Path):
    terminal = Terminal(tmp_path / "home", OTHER)
    terminal.ok(*SETUP, *FILE, now=None)
    said = terminal("today", now=MONDAY)
    assert (said.code, said.refused) == (1, "clock_not_yours")
    assert terminal.ok("status", now=None)["test"] is False


def test_passphrases_come_from_a_descriptor_a_line_each(school: Terminal):
    assert school.ok("passphrase", "change", secrets=[PASSPHRASE, OTHER]) == {"changed": True}
    assert school("status").refused == "wrong_passphrase"
    changed = Terminal(school.home, OTHER)
    assert changed.ok("status")["locked"] is False
    assert changed("passphrase", "change", secrets=[OTHER]).refused == "nothing_typed"
    weak = changed("passphrase", "change", secrets=[OTHER, "short"])
    assert weak.code == 1
    assert changed.ok("status")["locked"] is False


@pytest.mark.parametrize("command", [("recover",), ("passphrase", "recover")])
def test_the_recovery_key_opens_once_and_is_replaced(tmp_path: Path, command: tuple[str, ...]):
    terminal = Terminal(tmp_path / "home")
    key = terminal.ok(*SETUP, *FILE, "--test-vault")["recovery_key"]
    wrong = terminal(*command, secrets=["AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", OTHER])
    assert wrong.code in {1, 3}
    new = terminal.ok(*command, secrets=[key, OTHER])["recovery_key"]
    assert new != key
    assert terminal("status").code == 3
    opened = Terminal(tmp_path / "home", OTHER)
    assert opened.ok("verify", "--deep")["ok"]
    assert opened(*command, secrets=[key, PASSPHRASE]).code in {1, 3}


def test_the_drill_proves_the_sheet_and_is_remembered(tmp_path: Path):
    terminal = Terminal(tmp_path / "home")
    key = terminal.ok(*SETUP, *FILE, "--test-vault")["recovery_key"]
    wrong = terminal("recovery", "drill", secrets=[PASSPHRASE, key[::-1]])
    assert wrong.code in {1, 3}
    assert "recovery_drill" in terminal.ok("status")["setup_missing"]
    assert terminal.ok("recovery", "drill", secrets=[PASSPHRASE, key.lower()]) == {"drilled": True}
    assert "recovery_drill" not in terminal.ok("status")["setup_missing"]


def test_a_lost_sheet_is_replaced_by_a_new_key(tmp_path: Path):
    terminal = Terminal(tmp_path / "home")
    key = terminal.ok(*SETUP, *FILE, "--test-vault")["recovery_key"]
    new = terminal.ok("recovery", "renew")["recovery_key"]
    assert terminal("recovery", "drill", secrets=[PASSPHRASE, key]).code in {1, 3}
    assert terminal.ok("recovery", "drill", secrets=[PASSPHRASE, new]) == {"drilled": True}


def test_nothing_typed_is_locked(school: Terminal):
    said = school("today", secrets=[])
    assert (said.code, said.refused) == (3, "nothing_typed")
    assert typed_in(["--home", str(school.home), "today"]).code == 3


def test_a_descriptor_that_gives_nothing_readable_is_refused(school: Terminal):
    said = typed_in(["--json", "--home", str(school.home), "--passphrase-fd", "987", "today"])
    assert (said.code, said.refused) == (1, "descriptor_unreadable")
    reading, writing = os.pipe()
    os.write(writing, b"\xff\xfe\n")
    os.close(writing)
    words = ["--json", "--home", str(school.home), "--passphrase-fd", str(reading), "today"]
    said = typed_in(words)
    os.close(reading)
    assert (said.code, said.refused) == (1, "descriptor_unreadable")


def test_status_without_a_passphrase_says_what_stands_in_clear(school: Terminal, tmp_path: Path):
    status = school.ok("status", secrets=[])
    assert (status["locked"], status["school"], status["person"], status["role"]) == (
        True,
        "Ashgrove Primary School",
        "Priya Nair",
        "dsl",
    )
    assert status["records"] is None
    assert status["versions"]["python"]
    empty = Terminal(tmp_path / "nothing here").ok("status", secrets=[])
    assert (empty["setup_missing"], empty["school"]) == (["school"], None)
    assert Terminal(tmp_path / "nothing here").ok("status")["setup_missing"] == ["school"]
    said = Terminal(tmp_path / "nothing here")("today")
    assert (said.code, said.refused) == (4, "nothing_here")


def test_the_home_may_come_from_the_environment(school: Terminal, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SCHOOLSAFE_HOME", str(school.home))
    said = typed_in(["--json", "status"])
    assert said.json["school"] == "Ashgrove Primary School"


def test_a_set_up_school_is_never_founded_over(tmp_path: Path):
    first = set_up(tmp_path)
    assert (
        first("setup", "--school", "Other", "--urn", "1", "--person", "X", "--role", "head").code
        == 1
    )
    assert first.ok("status")["school"] == "Ashgrove Primary School"
