"""What a start loads before anything is painted: Qt and the unlock screen, nothing of records, keys or paper."""

import subprocess
import sys

HEAVY = (
    "sqlalchemy", "sqlcipher3", "cryptography", "keyring", "reportlab", "pypdfium2", "msgspec", "zstandard",
    "rapidfuzz", "zxcvbn", "asyncio", "PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtPrintSupport",
    "PySide6.QtQml", "schoolsafe.store", "schoolsafe.keys", "schoolsafe.intake", "schoolsafe.cli", "schoolsafe.wire",
    "schoolsafe.domain", "schoolsafe.ui.shell",
)  # fmt: skip


def loaded_by(module: str) -> list[str]:
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=50
    )
    return eval(done.stdout)  # noqa: S307  # our own list, printed


def test_the_first_step_loads_nothing_heavy():
    assert loaded_by("schoolsafe.bootstrap.start") == []


def test_the_window_up_to_the_unlock_screen_loads_nothing_heavy():
    assert loaded_by("schoolsafe.bootstrap.window") == []


def test_the_command_line_loads_no_window():
    code = "import sys, schoolsafe.bootstrap.start, schoolsafe.cli.main; print('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=50
    )
    assert done.stdout == "False\n"
