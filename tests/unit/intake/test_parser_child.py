"""The parser child: reads, dies when told, and holds nothing while foreign bytes are open."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import schoolsafe
from schoolsafe.domain.notification import MailDraft
from schoolsafe.intake import errors, pipes, reader
from schoolsafe.intake.reader import ChildIntake
from schoolsafe.services.ports_outside import Intake

DATA = Path(__file__).resolve().parents[2] / "data"
SOURCE = str(Path(schoolsafe.__file__).resolve().parents[1])
posix = pytest.mark.skipif(sys.platform == "win32", reason="the jail of POSIX")
MAIL = (DATA / "notifications" / "02_police_form_labels.eml").read_bytes()


def test_a_mail_comes_back_as_a_typed_draft() -> None:
    intake: Intake = ChildIntake()
    draft = intake.read_mail(MAIL)
    assert isinstance(draft, MailDraft)
    assert draft.notices[0].children[0].surname == "Testbury"


def test_many_mails_share_a_child_and_a_bad_one_costs_only_itself() -> None:
    huge = b"Subject: " + b"a " * 200_000 + b"\n\nx"
    outcomes = ChildIntake().read_mails([MAIL, huge, b"", MAIL])
    assert [type(each).__name__ for each in outcomes] == [
        "MailDraft",
        "HeadersTooLong",
        "NoMessage",
        "MailDraft",
    ]


def test_warnings_come_back_as_sentences() -> None:
    mail = (DATA / "notifications" / "20_html_script_remote.eml").read_bytes()
    assert "A form was removed." in ChildIntake().read_mail(mail).warnings


def test_a_pupil_list_comes_back_with_what_it_lacks() -> None:
    listed = ChildIntake().read_pupil_list(b"Surname,Forename,UPN\nSample,Ada,A1\n")
    assert listed.rows[0].values["surname"] == "Sample"
    assert [problem.kind for problem in listed.problems] == ["no_dob_column"]


def test_a_message_over_the_limit_starts_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAIL", replace(reader.MAIL, size_bytes=10))
    monkeypatch.setattr(reader, "_start", lambda: pytest.fail("a child was started"))
    with pytest.raises(errors.MailTooLarge):
        ChildIntake().read_mail(MAIL)


def stub(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-s", "-P", "-c", code],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=reader._environment(), cwd="/",
    )  # fmt: skip


def outcome_of(code: str, monkeypatch: pytest.MonkeyPatch) -> errors.UnreadableFile:
    monkeypatch.setattr(reader, "_start", lambda: stub(code))
    with pytest.raises(errors.UnreadableFile) as caught:
        ChildIntake().read_mail(MAIL)
    return caught.value


@posix
def test_a_child_that_hangs_is_killed_and_the_person_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "CHILD", replace(pipes.CHILD, wall_ms=300))
    start = time.perf_counter()
    error = outcome_of("import time; time.sleep(60)", monkeypatch)
    assert isinstance(error, errors.ReaderTookTooLong)
    assert time.perf_counter() - start < 10


@posix
@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "import sys; sys.exit(3)",
        "import sys; sys.stdin.buffer.read(); sys.stdout.write('not a reply')",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\5hello'); sys.stdout.flush()",
        "import sys; sys.stdout.buffer.write(b'\\xff\\xff\\xff\\xff' + b'x' * 1000); sys.stdout.flush()",
    ],
)
def test_a_child_that_crashes_or_lies_is_a_refusal(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(outcome_of(code, monkeypatch), errors.ReaderStopped)


@posix
def test_a_child_that_never_stops_talking_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "CHILD", replace(pipes.CHILD, reply_bytes=1_000_000))
    talk = "import sys\nwhile True: sys.stdout.buffer.write(b'\\0\\x0f\\x00\\x00' + b'x' * 100_000)"
    assert isinstance(outcome_of(talk, monkeypatch), errors.ReaderStopped)


ATTEMPTS = {
    "read a file": "open('/etc/hostname').read()",
    "write a file": "open('/tmp/schoolsafe_escape', 'w')",
    "list a folder": "os.listdir('/')",
    "open a socket": "socket.socket()",
    "ask the network": "socket.create_connection(('127.0.0.1', 9), 1)",
    "start a program": "subprocess.run(['/bin/true'], check=True)",
    "fork": "os.fork()",
    "delete a file": "os.unlink(sys.argv[1])",
    "read an inherited file": "os.read(3, 1)",
    "take a gigabyte": "bytearray(1_000_000_000)",
}


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")
@pytest.mark.parametrize("name", ATTEMPTS)
def test_locked_in_code_gets_at_nothing(name: str, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("kept")
    code = (
        "import ctypes, os, socket, subprocess, sys\n"
        "from schoolsafe.intake import jail\n"
        "jail.limit_resources(); jail.limit_time(1); jail.close_doors()\n"
        f"try:\n    {ATTEMPTS[name]}\n"
        "except (OSError, MemoryError, ValueError):\n    os.write(1, b'refused')\n"
        "else:\n    os.write(1, b'got it')\n"
    )
    done = subprocess.run(
        [sys.executable, "-s", "-P", "-c", code, str(target)], capture_output=True, check=False, timeout=30,
        env={"PYTHONPATH": SOURCE},
    )  # fmt: skip
    assert done.stdout == b"refused", done.stderr[-300:]
    assert target.read_text() == "kept"


def test_the_child_is_started_with_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLSAFE_HOME", "/home/dsl/vault")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/bus")
    assert set(reader._environment()) <= {"PYTHONPATH", "PYTHONUTF8", "SYSTEMROOT"}


def test_importing_the_child_brings_no_windows_store_or_keys() -> None:
    code = "import schoolsafe.intake.child, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-s", "-P", "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": SOURCE}, timeout=30,
    )  # fmt: skip
    loaded = set(done.stdout.split())
    heavy = {
        "PySide6",
        "sqlalchemy",
        "sqlcipher3",
        "cryptography",
        "keyring",
        "reportlab",
        "schoolsafe.services",
    }
    assert not loaded & heavy
