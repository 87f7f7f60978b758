"""Every part once, in this build: run from source by the tests, and inside the frozen program before it ships.

One line a part; nothing is left behind. Each check does the real thing on a scratch school with pretend data.
"""

# ruff: noqa: PLC0415  # a part that is missing from a build must fail its own line, not all of them

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs

from schoolsafe import errors, resources
from schoolsafe.services.entrance import Check

_PASSPHRASE = "pretend lamp river nine kettle"  # noqa: S105  # opens a scratch school that is gone a second later
_MAIL = (
    b"From: Northmere Police <encompass@northmere.police.example>\r\n"
    b"Subject: Operation Encompass\r\n"
    b"Date: Mon, 09 Nov 2026 07:12:00 +0000\r\n\r\n"
    b"Name: Robin EXAMPLE\r\nDOB: 14/03/2017\r\nIncident: 07/11/2026 at 22:40\r\n"
)


def run() -> dict[str, Any]:
    """What ``self-test`` prints."""
    checks = [_tried(name, check) for name, check in _CHECKS]
    return {
        "ok": all(check.ok for check in checks),
        "checks": [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in checks],
    }


def _tried(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, detail=check())
    except Exception as failed:  # noqa: BLE001  # whatever is wrong with a part, the other lines are wanted too
        return Check(name, ok=False, detail=f"{type(failed).__name__}")


def _words() -> str:
    text = str(errors.Refused())
    if not text:
        message = "docstrings were stripped: every sentence an error says is gone"
        raise AssertionError(message)
    return "sentences are there"


def _resources() -> str:
    wanted = (
        "icons",
        "fonts",
        "words",
        "mail_templates",
        "protocol_cards",
        "bank_holidays.json",
        "verifier",
    )
    for name in wanted:
        if not resources.path(name).exists():
            raise FileNotFoundError(name)
    return f"{len(wanted)} kinds"


def _time_zone() -> str:
    from schoolsafe.services.desk import LONDON

    return str(LONDON)


def _engine() -> str:
    from schoolsafe.store.versions import versions

    return versions()


def _record() -> str:
    """A school is set up, an entry saved, the vault closed, opened again, verified and rebuilt."""
    from schoolsafe.bootstrap.entrance import HomeEntrance
    from schoolsafe.services.entrance import SetUp

    with _scratch() as folder:
        entrance = HomeEntrance(folder / "home")
        form = SetUp("Pretend School", "999199", "Robin Example", "dsl", "file", test=True)
        entrance.set_up(form, _PASSPHRASE)
        with entrance.open(_PASSPHRASE) as opened:
            opened.services.children.add(surname="Example", forename="Robin")
        with entrance.open(_PASSPHRASE) as opened:
            before = opened.services.records.verify(deep=True)
            rows, _hash = opened.services.records.rebuild()
            if not before.ok or not rows:
                message = "the record did not verify"
                raise AssertionError(message)
    return f"{rows} rows"


def _keyring() -> str:
    """Which keyring this computer has; none is a fact, not a failure: the file is a stated choice."""
    from schoolsafe.keys.device import named_backend

    try:
        return type(named_backend()).__name__
    except errors.SchoolSafeError as none:
        return none.code


def _child() -> str:
    from schoolsafe.intake.reader import ChildIntake

    draft = ChildIntake().read_mail(_MAIL)
    return f"{len(draft.notices)} notice read in a child process"


def _mail_child() -> str:
    """The child that fetches mail starts, and says what is the matter with a folder that is not there."""
    from schoolsafe.mailbox.fetcher import ChildFetcher
    from schoolsafe.services.mail_fetching import Errand, FolderPlace

    nowhere = str(resources.path("icons") / "nowhere")
    haul = ChildFetcher().fetch(Errand("mail_source:1", folder=FolderPlace(nowhere)), "")
    if haul.problem is None or haul.problem.code != "folder_not_reached":
        message = "the child that fetches mail did not answer"
        raise AssertionError(message)
    return "looked in a child process"


def _print() -> str:
    from schoolsafe.bootstrap.clock import SystemClock
    from schoolsafe.reports.printer import PdfPrinter
    from schoolsafe.services.pages import PrintMark, SlipLevel, ToldSlipPage

    mark = PrintMark("Pretend School", "Robin Example", SystemClock().now())
    slip = ToldSlipPage(
        mark, "A. Teacher", "Robin", "Otter", SlipLevel.A, "Quiet start.", None, "R. Example"
    )
    return f"{len(PdfPrinter().told_slip(slip))} bytes of PDF"


def _window() -> str:
    from schoolsafe.ui.proof import paints

    return paints()


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder of our own, gone afterwards. What stands in it is encrypted."""
    top = platformdirs.user_cache_path("schoolsafe", appauthor=False)
    folder = top / f"self-test-{secrets.token_hex(6)}"
    folder.mkdir(mode=0o700, parents=True)
    os.chmod(folder, 0o700)  # noqa: PTH101  # the umask may have taken more
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_CHECKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("words", _words),
    ("resources", _resources),
    ("time zone", _time_zone),
    ("encrypted store", _engine),
    ("record", _record),
    ("keyring", _keyring),
    ("parser child", _child),
    ("mail child", _mail_child),
    ("printing", _print),
    ("window", _window),
)
