"""The whole record is proved in the background: never in anybody's way, and what is wrong is told at once."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from fakes.sync_tasks import SyncTasks
from house import School, make_school
from schoolsafe.errors import Tampered, Unavailable
from schoolsafe.services.ports_upkeep import WrongPlace
from schoolsafe.store.engine import open_keyed
from schoolsafe.store.vault import FILE
from schoolsafe.ui.checker import Checker, Pace, Proof, wrong_words
from schoolsafe.ui.tasks import Tasks

TAKE_OUT = "DELETE FROM row WHERE id="
AT_ONCE = Pace(start=0, quiet=0, gap=0)


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path / "school")
    for n in range(9):
        made.pupil("Ada", f"Archer{n}")
    yield made
    made.close()


class Told:
    """What the window was told, in order."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str]] = []

    def __call__(self, words: str, detail: str) -> None:
        self.all.append((words, detail))


def harm(school: School, statement: str) -> None:
    school.vault.close()
    thief = open_keyed(str(school.folder / FILE), school.key.hex())
    thief.execute(statement)
    thief.close()
    school.open_again()


def checker(school: School, tasks: SyncTasks, told: Told, pace: Pace = AT_ONCE) -> Checker:
    """Ticked by hand: its own timers never fire, no event loop runs."""
    records = school.services.records
    return Checker(Proof(records, tasks.spare, lambda: False), tasks, told, pace=pace)


def through(made: Checker) -> int:
    slices = 0
    while made.is_running():
        made.tick()
        slices += 1
    return slices


def test_a_sound_record_is_proved_in_slices_and_nobody_is_told(qapp, school, tasks):
    told = Told()
    made = checker(school, tasks, told)
    assert not made.is_running()
    made.go()
    assert through(made) > 3
    assert told.all == []
    assert school.services.records.last_check().ok


def test_it_begins_five_seconds_after_unlocking_and_waits_two_after_a_key():
    assert (Pace().start, Pace().quiet) == (5_000, 2_000)
    assert Pace().gap > 0


def test_it_begins_by_itself_and_runs_to_its_end_on_the_real_worker(qapp, qtbot, school, bus):
    failures, told = [], Told()
    tasks = Tasks(bus, failures.append)
    proof = Proof(school.services.records, tasks.spare, tasks.wanted)
    made = Checker(proof, tasks, told, pace=AT_ONCE)
    kept = []

    def proved():
        tasks.query(
            school.vault.last_check, kept.append
        )  # the vault is the worker's: nobody else may ask it
        return any(kept)

    qtbot.waitUntil(proved)
    qtbot.waitUntil(lambda: not made.is_running() and tasks.is_idle())
    assert school.vault.last_check().ok
    assert (failures, told.all) == ([], [])
    assert tasks.close()


def test_once_a_day_is_enough_unless_somebody_asks(qapp, school, tasks):
    first = checker(school, tasks, Told())
    first.go()
    through(first)
    at = school.services.records.last_check().at
    school.clock.move(hours=1)
    second = checker(school, tasks, Told())
    second.go()
    assert through(second) == 1
    assert school.services.records.last_check().at == at
    second.check_now()
    assert through(second) > 3
    assert school.services.records.last_check().at > at


def test_no_slice_runs_while_the_worker_has_something_to_do(qapp, school, tasks):
    made = checker(school, tasks, Told())
    made.go()
    tasks.hold()
    tasks.query(lambda: 1, lambda _n: None)
    made.tick()
    tasks.release()
    assert school.vault._checks == [], "nothing was begun"
    made.tick()
    assert len(school.vault._checks) == 1


def test_one_slice_at_a_time(qapp, school, tasks):
    made = checker(school, tasks, Told())
    made.go()
    made.tick()
    before = school.vault._checks[0].progress
    tasks.hold()
    made.tick()
    made.tick()
    assert tasks.held() == 1
    tasks.release()
    assert school.vault._checks[0].progress > before


def test_it_waits_while_somebody_types(qapp, qtbot, school, tasks):
    made = checker(school, tasks, Told(), pace=Pace(start=0, quiet=60_000, gap=0))
    made.go()
    made.tick()
    field = QLineEdit()
    qtbot.addWidget(field)
    QTest.keyClick(field, Qt.Key.Key_A)
    before = school.vault._checks[0].progress
    made.tick()
    assert school.vault._checks[0].progress == before
    made.stop()


def test_it_goes_on_when_the_typing_stopped(qapp, qtbot, school, tasks):
    made = checker(school, tasks, Told(), pace=Pace(start=0, quiet=1, gap=0))
    made.go()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not made.eventFilter(made, key), "the key goes where it was going"
    qtbot.waitUntil(lambda: not made.is_running())
    assert school.services.records.last_check().ok


def test_what_is_wrong_is_told_at_once_with_number_time_and_whom_to_call(qapp, school, tasks):
    rows = school.services.records.totals().rows
    harm(school, TAKE_OUT + str(rows - 1))
    told = Told()
    made = checker(school, tasks, told)
    made.go()
    made.tick()
    assert made.is_running(), "the rest is checked too"
    ((words, detail),) = told.all
    assert "nothing can be saved" in words
    assert f"number {rows - 1}, written Monday 9 November 2026, 8:18am." in detail
    assert "Call your IT team" in detail
    with pytest.raises(Tampered):
        school.pupil("Ada", "Archer")
    through(made)
    assert told.all == [(words, detail)], "once is enough"


def test_the_first_wrong_entry_takes_the_place_of_a_later_one(qapp, school, tasks):
    rows = school.services.records.totals().rows
    flip = "UPDATE row SET raw=zeroblob(400) WHERE id IN (2, {last})"
    harm(school, flip.format(last=rows))
    told = Told()
    made = checker(school, tasks, told)
    made.go()
    through(made)
    assert [f"number {n}," in detail for n, (_w, detail) in zip((rows, 2), told.all, strict=True)]


def test_after_the_next_unlock_it_is_told_before_anything_is_checked(qapp, school, tasks):
    harm(school, "DELETE FROM row WHERE id=3")
    made = checker(school, tasks, Told())
    made.go()
    through(made)
    school.open_again()
    told = Told()
    made = checker(school, tasks, told)
    assert not made.is_running()
    ((words, detail),) = told.all
    assert "nothing can be saved" in words
    assert "number 3" in detail


def test_once_it_is_settled_the_message_goes(qapp, school, tasks):
    school.pupil("Ada", "Archer")
    harm(school, "UPDATE noun_child SET surname='Other'")
    told = Told()
    made = checker(school, tasks, told)
    made.go()
    through(made)
    assert len(told.all) == 1
    assert told.all[0][1].startswith("Leave this computer as it is.")
    school.services.records.rebuild()
    made.check_now()
    through(made)
    assert told.all[-1] == ("", "")
    school.pupil("Ben", "Archer")


def test_a_disk_that_does_not_answer_ends_it_quietly_until_the_next_unlock(qapp, school, tasks):
    class Silent:
        """Records on a disk that does not answer."""

        problem = None

        def last_check(self):
            return None

        def check_due(self):
            raise Unavailable

    told = Told()
    made = Checker(Proof(Silent(), tasks.spare, lambda: False), tasks, told, pace=AT_ONCE)
    made.go()
    made.tick()
    assert not made.is_running()
    assert (told.all, tasks.errors) == ([], [])


def test_at_the_lock_no_slice_is_asked_any_more(qapp, qtbot, school, bus):
    tasks = Tasks(bus, lambda _error: None)
    assert tasks.spare()
    assert not tasks.wanted()
    assert tasks.close()
    assert not tasks.spare()
    assert tasks.wanted(), "what runs gives way"
    made = Checker(Proof(school.services.records, tasks.spare, tasks.wanted), tasks, Told())
    made.go()
    made.tick()
    assert school.vault._checks == []
    made.stop()


def test_what_runs_is_told_when_somebody_waits(qapp, qtbot, bus):
    tasks, seen = Tasks(bus, lambda _error: None), []

    def gives_way() -> bool:
        while not tasks.wanted():
            pass
        return True

    tasks.query(gives_way, seen.append)
    assert not tasks.spare()
    tasks.query(lambda: "saved", seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [True, "saved"]
    assert tasks.close()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (None, "Leave this computer as it is."),
        (WrongPlace("an attached file was changed"), "Leave this computer as it is."),
        (WrongPlace("", 7), "The first wrong entry is number 7. Leave"),
        (
            WrongPlace("", 7, round(datetime(2026, 7, 6, 6, 12, tzinfo=UTC).timestamp() * 1000)),
            "The first wrong entry is number 7, written Monday 6 July 2026, 7:12am. Leave",
        ),
    ],
)
def test_the_words_name_number_and_time_where_there_are_any(wrong, said):
    assert wrong_words(wrong).startswith(said)


def test_the_window_shows_it_reads_it_out_and_keeps_it(make_window, school, tasks, monkeypatch):
    said = []
    monkeypatch.setattr(
        "schoolsafe.ui.widgets.banner.announce", lambda _widget, words: said.append(words)
    )
    harm(school, "DELETE FROM row WHERE id=3")
    window = make_window(proof=Proof(school.services.records, tasks.spare, lambda: False))
    assert not window.chrome.record.isVisible()
    window.checker.go()
    through(window.checker)
    banner = window.chrome.record.panel
    assert banner.isVisible()
    assert banner.property("panel") == "danger"
    assert "nothing can be saved" in banner.words.text()
    assert "number 3" in banner.detail.text()
    assert said == [f"{banner.words.text()} {banner.detail.text()}"]
    window.close_front()
    assert banner.isVisible(), "it stays until it is settled"


def test_its_message_folds_to_one_line_by_keyboard_and_is_never_quite_gone(make_window, qtbot):
    window = make_window()
    record = window.chrome.record
    assert record.panel.action not in window.chrome.stops()
    window.show_record("Nothing can be saved: number 3 was changed. " * 6, "Call your IT team.")
    tall = record.heightForWidth(900)
    assert record.panel.action in window.chrome.stops()
    QTest.keyClick(record.panel.action, Qt.Key.Key_Space)
    assert record.panel.words.text() == "Nothing can be saved until the records are put right."
    assert (record.panel.detail.isHidden(), record.isVisible()) == (True, True)
    qtbot.waitUntil(lambda: record.heightForWidth(900) < tall)
    QTest.keyClick(record.panel.action, Qt.Key.Key_Space)
    assert record.panel.detail.text() == "Call your IT team."
    window.show_record("", "")
    assert not record.isVisible()


def test_a_window_without_a_record_checks_nothing(make_window):
    assert make_window().checker is None
