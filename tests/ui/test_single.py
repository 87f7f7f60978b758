import os
import subprocess
import sys

import pytest
from PySide6.QtNetwork import QLocalSocket

from schoolsafe.ui.single import LONGEST, SingleInstance, checked_path, server_name


@pytest.fixture
def first(qapp, tmp_path):
    made = SingleInstance(tmp_path)
    assert made.take()
    yield made
    made.release()


def test_a_second_start_raises_the_first_and_leaves(first, qtbot, tmp_path):
    second = SingleInstance(tmp_path)
    with qtbot.waitSignal(first.raise_wanted):
        assert second.take() is False


def test_a_second_start_hands_over_one_file(first, qtbot, tmp_path):
    mail = tmp_path / "friday night.eml"
    mail.write_bytes(b"")
    second = SingleInstance(tmp_path)
    with qtbot.waitSignal(first.file_handed) as said:
        assert second.take(mail) is False
    assert said.args == [mail.resolve()]


def test_another_data_folder_is_another_program(first, tmp_path):
    other = tmp_path / "demo"
    other.mkdir()
    second = SingleInstance(other)
    assert second.take()
    second.release()


def test_after_a_lock_the_next_process_is_the_first(qapp, tmp_path):
    one, two = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert one.take()
    one.release()
    assert two.take()
    two.release()


@pytest.mark.parametrize(
    "message",
    [
        b"", b"raise", b"/etc/passwd\n", b"relative.eml\n", b"\xff\xfe.eml\n", b"/tmp/none-such.eml\n",
        b"/tmp/../tmp/x.eml\n", b"/tmp/a\0b.eml\n", b"/" + b"a" * LONGEST + b".eml\n",
    ],
)  # fmt: skip
def test_what_anybody_could_send_is_not_believed(message):
    assert checked_path(message) is None


def test_a_folder_named_like_a_mail_is_no_file(tmp_path):
    folder = tmp_path / "folder.eml"
    folder.mkdir()
    assert checked_path(f"{folder}\n".encode()) is None


def test_a_stranger_at_the_door_does_nothing(first, qtbot, tmp_path):
    socket = QLocalSocket()
    socket.connectToServer(server_name(tmp_path))
    assert socket.waitForConnected(1000)
    with qtbot.assertNotEmitted(first.file_handed), qtbot.assertNotEmitted(first.raise_wanted):
        socket.write(b"x" * (LONGEST + 10))
        qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)


def test_the_name_tells_nothing_about_person_or_folder(tmp_path):
    name = server_name(tmp_path)
    assert str(tmp_path) not in name
    assert os.environ.get("USER", "nobody-here") not in name


def test_a_second_start_waits_for_a_first_that_does_not_listen_yet(qtbot, tmp_path):
    first = SingleInstance(tmp_path)
    assert first.hold()
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from schoolsafe.ui.single import SingleInstance\n"
        "app = QCoreApplication([]); print('here', flush=True)\n"
        "sys.exit(SingleInstance(Path(sys.argv[1])).take())"
    )
    second = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert second.stdout.readline() == "here\n"
    with qtbot.waitSignal(first.raise_wanted):
        first.listen()
    assert second.wait(timeout=20) == 0
    second.stdout.close()
    first.release()


def test_a_first_that_never_listens_is_not_waited_for_long(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("schoolsafe.ui.single.TRIES", 2)
    first = SingleInstance(tmp_path)
    assert first.hold()
    assert SingleInstance(tmp_path).take() is False
    first.release()
