"""Terminals and scripts as they come: no input, an old character set, a reader that goes away."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from journeys.program import Program, set_up


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
