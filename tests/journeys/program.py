"""The whole program as a process of its own, on a real folder, as a script at a school would run it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from terminal import MONDAY, PASSPHRASE

SRC = Path(__file__).resolve().parents[2] / "src"
DATA = Path(__file__).resolve().parents[1] / "data"
MAILS = DATA / "notifications"
SETUP = (
    *("setup", "--school", "Ashgrove Primary School", "--urn", "999101"),
    *("--person", "Priya Nair", "--role", "dsl", "--device-secret", "file", "--test-vault"),
)


@dataclass(frozen=True)
class Ended:
    """How one run ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@dataclass(frozen=True)
class Program:
    """``python -m schoolsafe`` on one data folder; nothing of the test's own environment goes in."""

    folder: Path
    passphrase: str = PASSPHRASE
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def start(
        self,
        *argv: str,
        secrets: Sequence[str] | None = None,
        as_json: bool = True,
        now: str | None = MONDAY,
        **how: Any,
    ) -> subprocess.Popen[str]:
        """A run that goes on; its passphrases wait in a pipe."""
        reading, writing = os.pipe()
        given = [self.passphrase] if secrets is None else list(secrets)
        os.write(writing, "".join(f"{line}\n" for line in given).encode())
        os.close(writing)
        front = ["--home", str(self.home)]
        front += ["--passphrase-fd", str(reading)] if given else []
        front += ["--json"] if as_json else []
        front += ["--now", now] if now else []
        started = subprocess.Popen(
            [sys.executable, "-m", "schoolsafe", *front, *argv],
            pass_fds=(reading,),
            text=True,
            encoding=how.pop("encoding", "utf-8"),
            stdin=how.pop("stdin", subprocess.PIPE),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment(),
            **how,
        )
        os.close(reading)
        return started

    def __call__(self, *argv: str, typed: str = "", **how: Any) -> Ended:
        """``encoding`` is how the test reads what was printed."""
        started = self.start(*argv, **how)
        out, err = started.communicate(typed, timeout=60)
        return Ended(started.returncode, out, err)

    def ok(self, *argv: str, **how: Any) -> dict[str, Any]:
        """The answer of a run that must succeed."""
        ended = self(*argv, **how)
        assert ended.code == 0, ended
        return ended.json

    def environment(self) -> dict[str, str]:
        folders = {
            "HOME": "person",
            "TMPDIR": "tmp",
            "XDG_CONFIG_HOME": "config",
            "XDG_DATA_HOME": "data",
            "XDG_CACHE_HOME": "cache",
            "XDG_STATE_HOME": "state",
            "XDG_RUNTIME_DIR": "run",
        }
        for name in folders.values():
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        found = {name: str(self.folder / place) for name, place in folders.items()}
        found |= {"PATH": os.environ["PATH"], "PYTHONPATH": str(SRC), "LANG": "C.UTF-8"}
        found |= {"PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
        return found | dict(self.env)


def set_up(folder: Path) -> Program:
    """A test school with its autumn."""
    program = Program(folder)
    program.ok(*SETUP)
    program.ok(
        *("calendar", "set", "--start", "08:40", "--end", "15:15"),
        *("--term", "2026-09-02..2026-10-23", "2026-11-02..2026-12-18"),
    )
    return program
