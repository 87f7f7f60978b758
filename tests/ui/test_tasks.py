import threading

import pytest

from fakes.sync_tasks import SyncTasks
from schoolsafe.errors import Refused, Unavailable
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.ui.seams import Bus, Scope
from schoolsafe.ui.tasks import Tasks


class NotYet(Refused):
    """Not yet."""


@pytest.fixture
def failures() -> list:
    return []


@pytest.fixture
def real(qapp, bus, failures):
    made = Tasks(bus, failures.append)
    yield made
    made.close()


@pytest.fixture(params=["real", "sync"])
def runner(request, bus, failures):
    if request.param == "real":
        return request.getfixturevalue("real")
    made = SyncTasks(bus)
    made.errors = failures
    return made


def settle(qtbot, runner) -> None:
    if isinstance(runner, Tasks):
        qtbot.waitUntil(runner.is_idle)


def test_a_query_brings_data(runner, qtbot):
    seen = []
    runner.query(lambda: 6 * 7, seen.append)
    settle(qtbot, runner)
    assert seen == [42]


def test_answers_come_in_the_order_of_the_questions(runner, qtbot):
    seen = []
    for n in range(50):
        runner.query(lambda n=n: n, seen.append)
    settle(qtbot, runner)
    assert seen == list(range(50))


def test_after_a_command_everyone_who_listens_hears_its_topics(runner, bus, qtbot):
    heard = []
    bus.listen({Topic.TODAY, Topic.CHILD}, lambda topics: heard.append(("today", topics)))
    bus.listen({Topic.SETTING}, lambda topics: heard.append(("setting", topics)))
    changes = Changes(frozenset({Topic.TODAY, Topic.DRAFT}))
    runner.command(lambda: changes, lambda c: heard.append(("then", c.topics)))
    settle(qtbot, runner)
    assert heard == [("then", changes.topics), ("today", frozenset({Topic.TODAY}))]


def fail(error: Exception):
    raise error


def test_an_expected_failure_goes_to_whoever_asked(runner, failures, qtbot):
    mine = []
    runner.query(lambda: fail(NotYet()), lambda _: None, mine.append)
    settle(qtbot, runner)
    assert [type(e) for e in mine] == [NotYet]
    assert failures == []


def test_an_expected_failure_nobody_takes_goes_to_the_window(runner, failures, qtbot):
    runner.command(lambda: fail(Unavailable()))
    settle(qtbot, runner)
    assert [type(e) for e in failures] == [Unavailable]


def test_a_bug_is_raised_on_the_main_thread_for_the_crash_page(real, qtbot):
    with qtbot.captureExceptions() as caught:
        real.query(lambda: fail(ZeroDivisionError("Maya")), lambda _: None)
        qtbot.waitUntil(real.is_idle)
    assert [kind for kind, _error, _tb in caught] == [ZeroDivisionError]


def test_work_runs_on_one_thread_and_answers_arrive_on_the_main_one(real, qtbot):
    workers, arrivals = [], []
    for _ in range(5):
        real.query(
            threading.get_ident,
            lambda n: (workers.append(n), arrivals.append(threading.get_ident())),
        )
    qtbot.waitUntil(real.is_idle)
    assert len(set(workers)) == 1
    assert set(arrivals) == {threading.get_ident()}
    assert set(workers) != set(arrivals)


def test_what_was_asked_before_closing_is_done(qapp, bus):
    tasks, done = Tasks(bus, lambda _error: None), []
    for n in range(20):
        tasks.command(lambda n=n: (done.append(n), Changes.none())[1])
    assert tasks.close()
    assert done == list(range(20))


def test_answers_to_a_closed_screen_are_dropped_but_others_still_hear(bus):
    tasks, seen, heard = SyncTasks(bus), [], []
    scope = Scope(tasks)
    bus.listen({Topic.CHILD}, heard.append)
    tasks.hold()
    scope.query(lambda: 1, seen.append)
    scope.command(lambda: Changes(frozenset({Topic.CHILD})), lambda _: seen.append(2))
    scope.query(lambda: fail(NotYet()), seen.append, seen.append)
    scope.close()
    tasks.release()
    assert seen == []
    assert heard == [frozenset({Topic.CHILD})]
    assert tasks.errors == []


def test_a_live_scope_passes_everything_on(bus):
    tasks, seen = SyncTasks(bus), []
    scope = Scope(tasks)
    scope.query(lambda: 1, seen.append)
    scope.command(lambda: Changes.none("note"), lambda c: seen.append(c.note))
    scope.query(lambda: fail(NotYet()), seen.append, lambda e: seen.append(type(e)))
    scope.query(lambda: fail(NotYet()), seen.append)
    assert seen == [1, "note", NotYet]
    assert len(tasks.errors) == 1


def test_a_listener_that_stopped_hears_nothing(bus):
    heard = []
    stop = bus.listen({Topic.TODAY}, heard.append)
    stop()
    stop()
    bus.changed({Topic.TODAY})
    assert heard == []


def test_a_listener_may_stop_while_it_is_told():
    bus, heard = Bus(), []
    stops = []
    stops.append(bus.listen({Topic.TODAY}, lambda _t: (heard.append("a"), stops[0]())))
    bus.listen({Topic.TODAY}, lambda _t: heard.append("b"))
    bus.changed({Topic.TODAY})
    bus.changed({Topic.TODAY})
    assert heard == ["a", "b", "b"]
