"""Set-up killed at any moment: the next start sets up afresh, or opens what was finished. Never a third thing."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.crypto import kdf
from schoolsafe.services.entrance import SetUp
from schoolsafe.store.engine import Line

PASSPHRASE = "unlatch sprout gristle mango tepid"
FORM = SetUp(
    school="Northmere Primary School",
    urn="999101",
    person="Maya Thornton",
    role="dsl",
    device_secret="file",
    test=True,
)
CALLS = ("open", "write", "fsync", "replace", "unlink", "mkdir")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform == "win32", reason="forks its child"),
]


@pytest.fixture(autouse=True)
def derivation_in_no_time() -> Iterator[None]:
    """Argon2id is not what is cut off here."""

    def quick(passphrase: bytes, into: bytearray, *, salt: bytes, settings: object) -> None:
        into[:] = (bytes(passphrase) + salt).ljust(32, b".")[-32:]

    with patch.object(kdf, "_argon2id", quick):
        yield


def set_up(home: Path) -> None:
    HomeEntrance(home).set_up(FORM, PASSPHRASE)


def killing_at(k: int, work: Callable[[], None]) -> None:
    """Runs the work, and kills this process before its k-th call that changes the disk or its k-th transaction."""
    made = 0

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def stop_or_go(*args: object, **kwargs: object) -> object:
            nonlocal made
            made += 1
            if made == k:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return stop_or_go

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    Line.writing = counted(Line.writing)
    Line.truncate = counted(Line.truncate)
    work()


def killed_child(work: Callable[[], None]) -> bool:
    """Whether a child that does the work was killed before it ended."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001  # the parent looks at what is left
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert code in {0, -signal.SIGKILL}
    return code != 0


def next_start(home: Path) -> str:
    """What somebody meets who starts the program again, and what she can do there."""
    entrance = HomeEntrance(home)
    found = "finished" if entrance.seats() else "afresh"
    if found == "afresh":
        set_up(home)
    (seat,) = entrance.seats()
    assert seat.problem is None
    with entrance.open(PASSPHRASE) as opened:
        assert opened.services.records.verify(deep=True).ok
        assert opened.services.schools.facts().name == FORM.school
        assert opened.services.records.totals().rows == 2
    return found


def test_killed_at_every_step_the_next_start_works(tmp_path):
    k, killed, met = 0, True, []
    while killed:
        k += 1
        home = tmp_path / str(k)
        killed = killed_child(lambda at=k, here=home: killing_at(at, lambda: set_up(here)))
        met.append(next_start(home))
    assert len(met) > 30
    assert met == sorted(met), "once it is finished it stays finished"
    assert (met[0], met[-1]) == ("afresh", "finished")


def test_killed_at_any_moment_the_next_start_works(tmp_path):
    dice = random.Random(11)  # noqa: S311  # which moment, not a secret
    begun = time.perf_counter()
    set_up(tmp_path / "whole")
    whole_s = time.perf_counter() - begun
    met = []
    for n in range(12):
        home = tmp_path / str(n)
        pid = os.fork()
        if pid == 0:
            try:
                set_up(home)
            finally:
                os._exit(0)
        time.sleep(dice.uniform(0, whole_s))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        met.append(next_start(home))
    assert "afresh" in met
