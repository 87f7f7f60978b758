"""Terminals and scripts as they come: no input, an old character set, a reader that goes away."""

import fcntl
import os
import pty
import subprocess
import sys
import termios
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from journeys.program import Program, set_up
from terminal import PASSPHRASE


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    made = set_up(tmp_path_factory.mktemp("odd"))
    made.ok("notification", "log", "--child", "-", typed="Zoë Wiśniewska-Llŷr\n")
    return made


@pytest.mark.timeout(120)
@pytest.mark.parametrize("charset", ["ascii", "latin-1", "cp1252"])
def test_a_name_is_printed_where_the_character_set_is_old(program: Program, charset: str):
    old = replace(program, env={"PYTHONIOENCODING": charset})
    plain = old("notification", "list", as_json=False, encoding=charset)
    assert plain.code == 0
    assert "Llŷr" not in plain.out
    assert "Zo" in plain.out
    told = old("notification", "list")
    assert told.json["notifications"][0]["children"] == ["Zoë Wiśniewska-Llŷr"]


@pytest.mark.timeout(120)
def test_a_service_without_any_input_is_told_to_give_a_descriptor(program: Program):
    script = 'exec 0<&-; exec "$@"'
    ended = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *_plain(program), "today"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=program.environment(),
        cwd=program.folder,
    )
    assert ended.returncode == 3
    assert "--passphrase-fd" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.timeout(120)
def test_a_reader_that_goes_away_is_no_fault(program: Program):
    script = '"$@" | :'
    ended = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *_plain(program), "doctor"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=program.environment(),
        cwd=program.folder,
    )
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


def _plain(program: Program) -> list[str]:
    return [sys.executable, "-m", "schoolsafe", "--home", str(program.home)]


def test_the_wrong_passphrase_of_a_whole_program_is_3(program: Program):
    ended = program("status", secrets=["wrong lamp river nine kettle"])
    assert (ended.code, ended.json["error"]["code"]) == (3, "wrong_passphrase")
    assert Path(program.home).exists()


class Typist:
    """A person at a terminal of her own: waits for each prompt, and types."""

    def __init__(self, program: Program, *argv: str) -> None:
        self._screen, theirs = pty.openpty()
        self.seen = ""
        self._process = subprocess.Popen(
            [*_plain(program), *argv],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=program.environment(),
            cwd=program.folder,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  # one thread here
        )
        os.close(theirs)

    def types(self, line: str, *, at: str) -> None:
        while at not in self.seen.rpartition("\n")[2]:
            self._read()
        os.write(self._screen, f"{line}\n".encode())
        self.seen += "\n"

    def ends(self) -> int:
        with suppress(OSError):
            while True:
                self._read()
        os.close(self._screen)
        return self._process.wait(30)

    def _read(self) -> None:
        data = os.read(self._screen, 4096)
        if not data:
            raise OSError
        self.seen += data.decode("utf-8", "replace")


@pytest.mark.timeout(120)
def test_a_passphrase_typed_at_a_prompt_is_not_shown(program: Program):
    typist = Typist(program, "status")
    typist.types(PASSPHRASE, at="Passphrase: ")
    assert typist.ends() == 0
    assert "Ashgrove Primary School" in typist.seen
    assert PASSPHRASE not in typist.seen


@pytest.mark.timeout(120)
def test_a_new_passphrase_is_typed_twice_and_must_be_the_same(program: Program):
    typist = Typist(program, "passphrase", "change")
    typist.types(PASSPHRASE, at="Passphrase now: ")
    typist.types("orchard nine velvet harbour sunday", at="New passphrase: ")
    typist.types("orchard nine velvet harbour monday", at="The same again: ")
    assert typist.ends() == 1
    assert "not the same" in typist.seen
    assert "velvet" not in typist.seen
    assert program("status").code == 0


@pytest.mark.timeout(120)
def test_the_end_of_input_at_a_prompt_is_nothing_typed(program: Program):
    typist = Typist(program, "today")
    typist.types("\x04", at="Passphrase: ")
    assert typist.ends() == 3
    assert "Traceback" not in typist.seen
