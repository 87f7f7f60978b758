"""A check somebody asked for goes slice by slice, is told at every quarter, and can be stopped."""

from dataclasses import dataclass, field

import pytest

from fakes.sync_tasks import SyncTasks
from schoolsafe.errors import Unavailable
from schoolsafe.services.ports_upkeep import Verified
from schoolsafe.ui.screens.settings.whole_check import AskedCheck, Hearers

SOUND = Verified(ok=True, rows=80, feeds=1, first_bad=None, anchor="ok", projections_match=True)


@dataclass
class Slices:
    """A record of eight slices."""

    left: int = 8
    closed: bool = False
    fails: bool = False

    @property
    def progress(self) -> tuple[int, int]:
        return 80 - 10 * self.left, 80

    def step(self, wanted=None):
        assert wanted is not None
        if self.fails:
            raise Unavailable
        self.left -= 1
        return SOUND if self.left == 0 else None

    def close(self) -> None:
        self.closed = True


@dataclass
class Heard:
    going: list[tuple[int, int, bool]] = field(default_factory=list)
    done: list[Verified] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)

    def hearers(self) -> Hearers:
        return Hearers(lambda *said: self.going.append(said), self.done.append, self.failed.append)


@pytest.fixture
def tasks():
    return SyncTasks()


def asked(check: Slices, tasks: SyncTasks, quiet_s: float = 0) -> AskedCheck:
    return AskedCheck(lambda: check, tasks, wanted=lambda: False, quiet_s=quiet_s)


def test_each_slice_is_asked_for_by_itself_so_that_others_come_between(tasks):
    heard = Heard()
    tasks.hold()
    made = asked(Slices(), tasks)
    made.start(heard.hearers())
    assert tasks.held() == 1
    tasks.query(lambda: "a screen", lambda _answer: None)
    tasks.release()
    assert heard.done == [SOUND]


def test_it_is_told_how_far_it_is_and_aloud_at_each_quarter(tasks):
    heard = Heard()
    asked(Slices(), tasks).start(heard.hearers())
    assert [done for done, _of, _aloud in heard.going] == [10, 20, 30, 40, 50, 60, 70]
    assert [done for done, _of, aloud in heard.going if aloud] == [20, 40, 60]


def test_a_short_check_tells_nothing_but_its_verdict(tasks):
    heard = Heard()
    asked(Slices(), tasks, quiet_s=60).start(heard.hearers())
    assert (heard.going, heard.done) == ([], [SOUND])


def test_a_stopped_check_lets_go_and_a_new_one_begins_with_the_first_row(tasks):
    checks = [Slices(), Slices()]
    first, second = Heard(), Heard()
    given = iter(checks)
    made = AskedCheck(lambda: next(given), tasks, wanted=lambda: False, quiet_s=0)
    tasks.hold()
    made.start(first.hearers())
    tasks.release()
    assert first.done == [SOUND]
    tasks.hold()
    made.start(first.hearers())
    made.stop()
    tasks.release()
    assert checks[1].closed
    assert first.done == [SOUND], "nobody is told anything more"
    assert second.done == []


def test_stopped_and_asked_again_at_once_runs_one_check_not_two(tasks):
    checks: list[Slices] = []

    def begin() -> Slices:
        checks.append(Slices())
        return checks[-1]

    heard = Heard()
    made = AskedCheck(begin, tasks, wanted=lambda: False, quiet_s=0)
    tasks.hold()
    made.start(heard.hearers())
    made.stop()
    made.start(heard.hearers())
    tasks.release()
    assert [check.closed for check in checks] == [True, False]
    assert heard.done == [SOUND]
    assert len(heard.going) == 7


def test_a_disk_that_does_not_answer_is_said_and_it_can_be_asked_again(tasks):
    heard = Heard()
    check = Slices(fails=True)
    made = asked(check, tasks)
    made.start(heard.hearers())
    assert len(heard.failed) == 1
    check.fails = False
    made.start(heard.hearers())
    assert heard.done == [SOUND]
