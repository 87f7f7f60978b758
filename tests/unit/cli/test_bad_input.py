"""What goes wrong in a school: each gets its own sentence, nothing is half there, nothing is lost."""

import fcntl
import os
import resource
import shutil
import signal
from pathlib import Path

import pytest

from terminal import Terminal, secret_of, typed_in

DATA = Path(__file__).parents[2] / "data"
MAIL = DATA / "notifications" / "01_fixed_sentence.eml"


def _seat(school: Terminal) -> Path:
    (folder,) = (school.home / "seats").iterdir()
    return folder


def _still_whole(school: Terminal) -> None:
    checked = school.ok("verify", "--deep")
    assert checked["ok"]
    assert checked["projections_match"]


def _ends(said, code: int, refused: str) -> None:
    assert (said.code, said.refused) == (code, refused)
    message = said.json["error"]["message"]
    assert message.strip()
    assert said.err == f"{message}\n"


# the way in -----------------------------------------------------------------------------------------------


def test_a_wrong_passphrase_is_3_and_told_after_the_next_unlock(school: Terminal):
    _ends(school("status", secrets=["wrong lamp river nine kettle"]), 3, "wrong_passphrase")
    assert school.ok("status")["failed_tries"] == 1
    assert school.ok("status")["failed_tries"] == 0


def test_guessing_is_slowed_down(school: Terminal):
    codes = {school("status", secrets=["wrong lamp river nine kettle"]).refused for _ in range(6)}
    assert codes == {"wrong_passphrase", "too_many_tries"}
    assert school("status").code == 3


def test_a_missing_device_secret_points_to_the_recovery_key(school: Terminal):
    shutil.rmtree(secret_of(school.home))
    said = school("status")
    _ends(said, 3, "device_secret_missing")
    assert "recovery key" in said.err
    assert school.ok("status", secrets=[])["locked"]


@pytest.mark.parametrize("place", [10, 0.5, -1])
def test_a_damaged_key_file_is_5_with_and_without_a_passphrase(school: Terminal, place: float):
    file = _seat(school) / "seat.key"
    data = bytearray(file.read_bytes())
    at = int(place * len(data)) if isinstance(place, float) else place
    data[at] ^= 1
    file.write_bytes(data)
    said = school("status")
    assert said.code in {3, 5}
    assert said.err.strip()
    assert school("status", secrets=[]).code == 5


def test_a_key_file_that_is_gone_is_5(school: Terminal):
    (_seat(school) / "seat.key").unlink()
    _ends(school("status"), 5, "key_file_missing")
    _ends(school("status", secrets=[]), 5, "key_file_missing")


def test_a_newer_key_file_asks_for_an_update(school: Terminal):
    from schoolsafe.crypto.digest import sha256

    file = _seat(school) / "seat.key"
    body = bytearray(file.read_bytes()[:-32])
    body[4] = 9
    file.write_bytes(bytes(body) + sha256(bytes(body)))
    _ends(school("status"), 1, "newer_key_file")


def test_a_damaged_vault_is_5_and_untouched(school: Terminal):
    file = _seat(school) / "vault.db"
    data = bytearray(file.read_bytes())
    data[100] ^= 1
    file.write_bytes(data)
    said = school("verify", "--deep")
    assert said.code == 5
    assert said.json["error"]["message"]
    assert file.read_bytes() == bytes(data)


def test_a_vault_cut_short_is_5(school: Terminal):
    file = _seat(school) / "vault.db"
    file.write_bytes(file.read_bytes()[:1000])
    assert school("status").code == 5


def test_a_vault_that_is_gone_is_5_and_none_is_made_in_its_place(school: Terminal):
    file = _seat(school) / "vault.db"
    file.unlink()
    _ends(school("status"), 5, "missing_vault")
    assert not file.exists()


def test_an_old_vault_put_back_is_noticed_and_read_only(school: Terminal, tmp_path: Path):
    file = _seat(school) / "vault.db"
    old = file.read_bytes()
    school.ok("notification", "log", "--child", "Robin")
    file.write_bytes(old)
    status = school("status")
    assert status.code == 5
    assert status.json["anchor_ok"] is False
    checked = school("verify")
    assert checked.code == 5
    assert checked.json["ok"] is False
    assert checked.json["error"]["code"] == "not_as_recorded"
    assert school("notification", "log", "--child", "Ivy").code == 5
    assert school("child", "list").code == 0


def test_everything_can_still_be_read_when_nothing_may_be_saved(ashgrove: Terminal):
    child = ashgrove.ok("child", "list")["children"][0]["id"]
    file = _seat(ashgrove) / "vault.db"
    old = file.read_bytes()
    ashgrove.ok("notification", "log", "--child", "Robin")
    file.write_bytes(old)
    said = ashgrove("child", "chronology", child)
    assert said.code == 0
    assert "nothing can be saved" in said.err


def test_a_vault_of_a_newer_release_is_1(school: Terminal, monkeypatch: pytest.MonkeyPatch):
    from schoolsafe.store import migrate, vault

    ours = migrate.shipped()
    later = migrate.Migration(ours[-1].number + 1, "CREATE TABLE later(id INTEGER);")
    monkeypatch.setattr(vault, "shipped", lambda: (*ours, later))
    assert school.ok("status")["anchor_ok"]
    monkeypatch.undo()
    _ends(school("status"), 1, "newer_vault")


def test_a_second_start_while_it_is_open_is_4(school: Terminal):
    lock = os.open(_seat(school) / "vault.lock", os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _ends(school("today"), 4, "already_open")
    finally:
        os.close(lock)
    assert school("today").code == 0


# the disk -------------------------------------------------------------------------------------------------


def test_a_disk_that_is_full_saves_all_or_nothing(ashgrove: Terminal):
    """The limit on a file's size stands in for the end of the disk: the write fails in the same place."""
    before = ashgrove.ok("notification", "list")["notifications"]
    size = (_seat(ashgrove) / "vault.db").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (min(size, 40_000), hard))
        said = ashgrove("import", "mail", str(MAIL))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert said.code == 4, said
    assert said.json["error"]["message"]
    assert ashgrove.ok("notification", "list")["notifications"] == before
    _still_whole(ashgrove)
    assert ashgrove.ok("import", "mail", str(MAIL))["results"][0]["outcome"] == "received"


def test_a_folder_that_may_not_be_written_is_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from schoolsafe.keys import files

    def refused(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", refused)
    said = Terminal(tmp_path / "home")(
        *("setup", "--school", "A", "--urn", "999101", "--person", "B", "--role", "dsl"),
        *("--device-secret", "file", "--test-vault"),
    )
    monkeypatch.undo()
    assert said.code == 4
    assert said.json["error"]["message"]
    assert Terminal(tmp_path / "home").ok("status", secrets=[])["setup_missing"] == ["school"]


# files ----------------------------------------------------------------------------------------------------


def _mail(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "hostile.eml"
    path.write_bytes(data)
    return path


HEAD = b"From: a@northmere.police.example\r\nDate: Mon, 09 Nov 2026 07:12:00 +0000\r\n"


def _nested(depth: int) -> bytes:
    body = HEAD + b"Subject: inmost\r\n\r\nRobin EXAMPLETON\r\n"
    for n in range(depth):
        mark = b"b%d" % n
        body = (
            HEAD
            + b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n' % (mark, mark)
            + b"Content-Type: message/rfc822\r\n\r\n"
            + body
            + b"\r\n--%s--\r\n" % mark
        )
    return body


def _parts(count: int) -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    return (
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + part * count + b"--b--\r\n"
    )


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a 5 MB subject line", HEAD + b"Subject: " + b"A" * 5_000_000 + b"\r\n\r\nhello\r\n"),
        ("1,000 nested parts", _nested(1000)),
        ("1,000 parts side by side", _parts(1000)),
        ("an empty file", b""),
        ("not a mail at all", os.urandom(4096)),
        ("a PDF", b"%PDF-1.7\n" + b"x" * 500),
        ("100,000 addresses", HEAD + b"To: " + b"a@b.example," * 100_000 + b"\r\n\r\nhi\r\n"),
    ],
)
def test_a_hostile_mail_gets_its_sentence_and_is_kept(
    school: Terminal, tmp_path: Path, name: str, data: bytes
):
    said = school("import", "mail", str(_mail(tmp_path, data)))
    (result,) = said.json["results"]
    assert result["outcome"] in {"refused", "received"}, name
    assert said.code == (1 if result["outcome"] == "refused" else 0)
    if result["outcome"] == "refused":
        assert result["reason"].endswith("."), name
        assert said.json["error"]["message"] == result["reason"]
    (notice,) = result["notifications"]
    shown = school.ok("notification", "show", notice)
    assert shown["original_sha256"]
    (row,) = school.ok("today")["before_registration"]
    assert row["notification"] == notice
    _still_whole(school)


@pytest.mark.parametrize(
    "charset", [b"no-such-charset", b"utf-8", b"utf-7", b"cp037", b"unicode_escape", b"rot13"]
)
def test_a_broken_charset_is_read_as_well_as_it_goes(
    school: Terminal, tmp_path: Path, charset: bytes
):
    data = (
        HEAD + b"Content-Type: text/plain; charset=" + charset + b"\r\n\r\n\xff\xfeRobin \x80\r\n"
    )
    (result,) = school.ok("import", "mail", str(_mail(tmp_path, data)))["results"]
    assert result["outcome"] == "received"
    assert len(result["notifications"]) == 1


def test_a_protected_mail_says_how_to_open_it(school: Terminal):
    mail = DATA / "notifications" / "18_protected_rpmsg.eml"
    (result,) = school.ok("import", "mail", str(mail))["results"]
    assert result["outcome"] == "locked"
    assert "Outlook" in result["reason"]
    shown = school.ok("notification", "show", result["notifications"][0])
    assert (shown["status"], shown["kind"], shown["children"]) == ("locked", None, [])


def test_one_bad_file_stops_none_of_the_others(school: Terminal, tmp_path: Path):
    missing, empty = str(tmp_path / "gone.eml"), tmp_path / "empty"
    empty.mkdir()
    said = school("import", "mail", missing, str(empty), str(MAIL))
    assert said.code == 0
    assert [r["outcome"] for r in said.json["results"]] == ["refused", "refused", "received"]
    alone = school("import", "mail", missing)
    assert alone.code == 4
    assert alone.json["error"]["message"] == alone.json["results"][0]["reason"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("prices.csv", b"item,price\npens,1.20\n"),
        ("words.txt", b"Dear all,\nthe list will follow.\n"),
        ("list.pdf", b"%PDF-1.7\n1 0 obj\n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
        ("mail.eml", MAIL.read_bytes()),
        ("noise.csv", os.urandom(2000)),
    ],
)
def test_a_list_of_the_wrong_kind_is_refused_and_nothing_is_written(
    school: Terminal, tmp_path: Path, name: str, data: bytes
):
    path = tmp_path / name
    path.write_bytes(data)
    before = school.ok("status")["records"]
    said = school("import", "pupils", str(path), "--apply")
    assert said.code == 1, (name, said)
    assert said.json["error"]["message"].endswith(".")
    assert school.ok("status")["records"] == before


def test_an_old_workbook_is_told_what_to_be_saved_as(school: Terminal, tmp_path: Path):
    path = tmp_path / "list.xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096)
    said = school("import", "pupils", str(path))
    assert said.code == 1
    assert "CSV" in said.json["error"]["message"]


def test_dates_that_cannot_be_are_told_by_row_and_the_pupil_is_kept(
    school: Terminal, tmp_path: Path
):
    path = tmp_path / "list.csv"
    path.write_text(
        "Surname,Forename,Date of Birth\nThornton,Maya,31/02/2017\nMensah,Kai,01/09/2018\n"
    )
    answer = school.ok("import", "pupils", str(path), "--apply")
    assert answer["new"] == 2
    problems = {problem["row"]: problem["kind"] for problem in answer["problems"]}
    assert problems.pop(1) == "no_upn_column"
    ((row, kind),) = problems.items()
    assert row == 2
    assert kind.startswith("dob_")
    maya = school.ok("child", "list", "maya")["children"][0]
    assert maya["dob"] is None


def test_a_file_that_is_not_there_is_4(school: Terminal, tmp_path: Path):
    _ends(school("import", "pupils", str(tmp_path / "gone.csv")), 4, "file_not_there")


def test_an_export_that_cannot_be_written_leaves_no_half_file(school: Terminal, tmp_path: Path):
    (tmp_path / "file").write_text("x")
    _ends(school("export", "journal", str(tmp_path / "file" / "j.bin")), 4, "cannot_write")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "home", "home.secret"]


# faults ---------------------------------------------------------------------------------------------------


def test_a_fault_in_the_program_prints_no_words_of_a_record(
    ashgrove: Terminal, monkeypatch: pytest.MonkeyPatch
):
    from schoolsafe.services.today import Days

    def broken(_self: object) -> None:
        message = "Maya Thornton was here"
        raise KeyError(message)

    monkeypatch.setattr(Days, "view", broken)
    said = ashgrove("today")
    assert (said.code, said.refused) == (4, "fault")
    assert "Maya" not in said.out + said.err
    assert "Traceback" not in said.err
    assert "KeyError" in said.err
    assert ".py:" in said.err


def test_an_interrupt_is_no_fault(ashgrove: Terminal, monkeypatch: pytest.MonkeyPatch):
    from schoolsafe.services.today import Days

    def stopped(_self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Days, "view", stopped)
    with pytest.raises(KeyboardInterrupt):
        ashgrove("today")
    monkeypatch.undo()
    assert ashgrove("today").code == 0


def test_of_several_seats_one_must_be_named(school: Terminal):
    first = _seat(school)
    second = first.with_name("0123456789abcdef")
    shutil.copytree(first, second)
    said = school("today")
    _ends(said, 1, "which_seat")
    named = ["--json", "--home", str(school.home), "--seat"]
    assert typed_in([*named, first.name, "status"]).json["person"] == "Priya Nair"
    assert typed_in([*named, second.name, "status"]).refused == "key_file_changed"
    assert typed_in([*named, "0" * 16, "status"]).json["setup_missing"] == ["school"]
