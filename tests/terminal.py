"""A terminal: runs the command line in this process as a script would, and keeps all that was said.

The passphrase goes through a pipe, as the contract asks; nothing else about the run is pretended.
"""

import io
import json
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from schoolsafe.bootstrap.outside import System
from schoolsafe.cli.main import run

PASSPHRASE = "pretend lamp river nine kettle"
MONDAY = "2026-11-09T08:18"
ASHGROVE_TERMS = ("2026-09-02..2026-10-23", "2026-11-02..2026-12-18")


@dataclass(frozen=True)
class Said:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        assert self.out.count("\n") == 1
        return found

    @property
    def refused(self) -> str:
        """The code of the refusal."""
        return str(self.json["error"]["code"])


@contextmanager
def _pipe(lines: Sequence[str]):
    """A descriptor that gives these lines and ends."""
    reading, writing = os.pipe()
    os.write(writing, "".join(f"{line}\n" for line in lines).encode())
    os.close(writing)
    try:
        yield reading
    finally:
        os.close(reading)


@dataclass(frozen=True)
class Terminal:
    """One data folder, and what is typed into it."""

    home: Path
    passphrase: str = PASSPHRASE

    def __call__(
        self,
        *argv: str,
        secrets: Sequence[str] | None = None,
        typed: str = "",
        now: str | None = MONDAY,
        as_json: bool = True,
    ) -> Said:
        """``secrets`` are the lines of the descriptor, the passphrase unless told otherwise."""
        given = [self.passphrase] if secrets is None else list(secrets)
        front = ["--home", str(self.home)]
        front += ["--json"] if as_json else []
        front += ["--now", now] if now else []
        with _pipe(given) as descriptor:
            if given:
                front += ["--passphrase-fd", str(descriptor)]
            return typed_in([*front, *argv], typed=typed)

    def ok(self, *argv: str, **how: Any) -> dict[str, Any]:
        """The answer of a command that must succeed."""
        said = self(*argv, **how)
        assert said.code == 0, said
        return said.json

    def copied_to(self, folder: Path) -> "Terminal":
        """The same school on a folder of its own: a second start of the same files."""
        home = folder / "home"
        shutil.copytree(self.home, home)
        shutil.copytree(secret_of(self.home), secret_of(home))
        for each in (home, secret_of(home)):
            each.chmod(0o700)
        return Terminal(home, self.passphrase)


def typed_in(argv: list[str], *, typed: str = "") -> Said:
    """One command line, word for word."""
    out, err = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "stdin", io.StringIO(typed)),
    ):
        code = run(argv, System())
    return Said(code, out.getvalue(), err.getvalue())


def secret_of(home: Path) -> Path:
    """Where a file secret lies by default."""
    return home.with_name(home.name + ".secret")


def set_up(
    folder: Path, *, school: str = "Ashgrove Primary School", urn: str = "999101"
) -> Terminal:
    """A new test school in a folder, its calendar not yet set."""
    terminal = Terminal(folder / "home")
    terminal.ok(
        *("setup", "--school", school, "--urn", urn, "--person", "Priya Nair", "--role", "dsl"),
        *("--device-secret", "file", "--test-vault"),
    )
    return terminal


def set_calendar(terminal: Terminal, *, start: str = "08:40") -> None:
    """Ashgrove's autumn."""
    terms = [word for span in ASHGROVE_TERMS for word in ("--term", span)]
    terminal.ok("calendar", "set", "--start", start, "--end", "15:15", *terms)
