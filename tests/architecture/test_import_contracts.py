"""The contracts hold, and each one breaks on a breach planted for it in a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from architecture.house import ROOT

CONTRACTS = [
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
]
RINGS = next(name for name in CONTRACTS if name.startswith("Rings"))

# Contract to the files planted for it, and what its report must then say.
PLANTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    RINGS: (
        (
            "domain/planted_ring.py",
            "import schoolsafe.wire.row",
            "schoolsafe.domain is not allowed to import",
        ),
        (
            "wire/planted_ring.py",
            "import schoolsafe.services.ports",
            "schoolsafe.wire is not allowed to import",
        ),
        (
            "services/planted_ring.py",
            "import schoolsafe.store.vault",
            "schoolsafe.services is not allowed to import",
        ),
        (
            "crypto/planted_ring.py",
            "import schoolsafe.domain.ids",
            "schoolsafe.crypto is not allowed to import",
        ),
        (
            "reports/planted_ring.py",
            "import schoolsafe.store.vault",
            "schoolsafe.reports is not allowed to import",
        ),
        (
            "mailbox/planted_ring.py",
            "import schoolsafe.store.vault\nimport schoolsafe.keys.device",
            "schoolsafe.mailbox is not allowed to import",
        ),
        (
            "cli/planted_ring.py",
            "import schoolsafe.bootstrap.clock",
            "schoolsafe.cli is not allowed to import",
        ),
        (
            "domain/planted_typing.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import schoolsafe.services.ports",
            "planted_typing",
        ),
        (
            "domain/planted_inside.py",
            "def late() -> None:\n    import schoolsafe.services.ports",
            "planted_inside",
        ),
        ("utils/__init__.py", '"""A drawer."""', "schoolsafe.utils"),
    ),
    "Qt only in ui": (
        ("services/planted_qt.py", "import PySide6.QtCore", "planted_qt -> PySide6"),
    ),
    "SQL only in store": (
        ("services/planted_sql.py", "import sqlcipher3", "planted_sql -> sqlcipher3"),
    ),
    "No plaintext SQLite": (
        ("store/planted_plain.py", "import sqlite3", "planted_plain -> sqlite3"),
    ),
    "Only crypto imports cryptography": (
        ("wire/planted_crypto.py", "import cryptography", "planted_crypto -> cryptography"),
        ("mailbox/planted_crypto.py", "import cryptography", "planted_crypto -> cryptography"),
    ),
    "Only keys imports keyring": (
        ("store/planted_keyring.py", "import keyring", "planted_keyring -> keyring"),
        ("mailbox/planted_keyring.py", "import keyring", "planted_keyring -> keyring"),
    ),
    "Only reports imports reportlab": (
        ("ui/planted_pdf.py", "import reportlab", "planted_pdf -> reportlab"),
    ),
    "Only mailbox imports imapclient": (
        ("intake/planted_mailbox.py", "import imapclient", "planted_mailbox -> imapclient"),
        ("services/planted_imap.py", "import imaplib", "planted_imap -> imaplib"),
    ),
    "Domain is pure": (
        ("domain/planted_disk.py", "import pathlib", "planted_disk -> pathlib"),
        ("domain/planted_clock.py", "import time", "planted_clock -> time"),
        ("domain/planted_chance.py", "import secrets", "planted_chance -> secrets"),
    ),
    "Threads only in ui.tasks": (
        ("services/planted_thread.py", "import threading", "planted_thread -> threading"),
        ("mailbox/planted_thread.py", "import threading", "planted_thread -> threading"),
        ("ui/screens/planted_one/worker.py", "import concurrent.futures", "worker -> concurrent"),
    ),
    "Screens are strangers": (
        ("ui/screens/planted_one/__init__.py", '"""One."""', ""),
        ("ui/screens/planted_two/__init__.py", '"""Two."""', ""),
        (
            "ui/screens/planted_two/view.py",
            "import schoolsafe.ui.screens.planted_one",
            "schoolsafe.ui.screens.planted_two is not allowed to import schoolsafe.ui.screens.planted_one",
        ),
    ),
    "Presenters know no Qt": (
        ("ui/screens/planted_one/presenter.py", "import PySide6.QtWidgets", "presenter -> PySide6"),
    ),
    "Migrations stand alone": (
        (
            "store/migrations/planted_kin.py",
            "import schoolsafe.domain.ids",
            "planted_kin -> schoolsafe.domain.ids",
        ),
    ),
    "No import cycles": (
        ("errors.py", "\nimport schoolsafe.resources  # noqa", ""),
        ("resources.py", "\nimport schoolsafe.errors  # noqa", "resources"),
    ),
}


def linted(place: Path) -> dict[str, tuple[bool, str]]:
    """Each contract: whether it was kept, and its part of the report with line ends collapsed."""
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("lint-imports")),
            "--config",
            str(place / "pyproject.toml"),
            "--no-cache",
        ],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place / "src"), "COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    said = " ".join(done.stdout.split())
    verdicts, _heading, report = said.partition("Broken contracts -")
    found = {}
    for name in CONTRACTS:
        verdict = re.search(re.escape(name) + r" (KEPT|BROKEN)", verdicts)
        assert verdict, done.stdout + done.stderr
        others = "|".join(re.escape(other) for other in CONTRACTS if other != name)
        part = re.search(re.escape(name) + rf" -{{3,}}(.*?)(?=(?:{others}) -{{3,}}|$)", report)
        found[name] = (verdict.group(1) == "KEPT", part.group(1) if part else "")
    return found


CYCLES = "No import cycles"


def planted(place: Path, names: list[str]) -> dict[str, tuple[bool, str]]:
    """What the linter says of a copy of the tree with these contracts' breaches in it."""
    shutil.copytree(
        ROOT / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    shutil.copy(ROOT / "pyproject.toml", place / "pyproject.toml")
    for where, text, _said in (plant for name in names for plant in PLANTS[name]):
        file = place / "src/schoolsafe" / where
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a") as stream:
            stream.write(text + "\n")
    return linted(place)


@pytest.fixture(scope="module")
def breached(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bool, str]]:
    """Two copies: imports that point outwards make cycles of their own, so the cycle is planted apart."""
    found = planted(
        tmp_path_factory.mktemp("planted"), [name for name in CONTRACTS if name != CYCLES]
    )
    apart = planted(tmp_path_factory.mktemp("cycle"), [CYCLES])
    return {**found, CYCLES: apart[CYCLES]}


@pytest.mark.timeout(120)
def test_every_contract_is_kept():
    broken = {name: report for name, (kept, report) in linted(ROOT).items() if not kept}
    assert not broken


def test_every_contract_has_a_breach_planted_for_it():
    assert set(PLANTS) == set(CONTRACTS)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", CONTRACTS)
def test_the_contract_is_broken_by_what_was_planted_for_it(name, breached):
    kept, report = breached[name]
    assert not kept
    for _where, _text, said in PLANTS[name]:
        assert said in report
