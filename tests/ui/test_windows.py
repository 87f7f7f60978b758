"""Windows' own calls, against a pretend `user32`. What a real Windows does stands in installer/RELEASE.md."""

import ctypes

import pytest
from PySide6.QtWidgets import QWidget

from schoolsafe.ui import windows
from schoolsafe.ui.session import WINDOWS_MESSAGE, SessionWatch, _Messages


class PretendUser32:
    """Remembers who may see which window; an older Windows knows no exclusion."""

    def __init__(self, *, old: bool = False, refuses: bool = False) -> None:
        self._old, self._refuses = old, refuses
        self.seen: dict[int, int] = {}
        self.told: list[int] = []

    def set_display_affinity(self, window: int, affinity: int) -> int:
        if self._old and affinity == windows.HIDDEN_FROM_CAPTURE:
            return 0
        self.seen[window] = affinity
        return 1

    def register_session_notification(self, window: int, flags: int) -> int:
        assert flags == windows.NOTIFY_FOR_THIS_SESSION
        if self._refuses:
            return 0
        self.told.append(window)
        return 1


def message(kind: int, what: int) -> windows.Message:
    return windows.Message(window=7, message=kind, what=what, more=0)


def test_a_window_is_hidden_from_capture_and_shown_again():
    api = PretendUser32()
    assert windows.hide_from_capture(api, 7, hidden=True)
    assert api.seen == {7: 0x11}
    assert windows.hide_from_capture(api, 7, hidden=False)
    assert api.seen == {7: 0}


def test_where_it_cannot_be_hidden_that_is_said():
    assert not windows.hide_from_capture(None, 7, hidden=True)
    assert not windows.hide_from_capture(PretendUser32(old=True), 7, hidden=True)


def test_other_systems_have_no_such_calls():
    assert windows.user32() is None


@pytest.mark.parametrize(
    ("kind", "what", "left"),
    [
        (0x02B1, 0x7, True),
        (0x02B1, 0x2, True),
        (0x02B1, 0x4, True),
        (0x02B1, 0x6, True),
        (0x02B1, 0x8, False),  # unlocked
        (0x02B1, 0x1, False),  # somebody came to the console
        (0x0218, 0x4, True),
        (0x0218, 0x7, False),  # woke
        (0x0100, 0x7, False),  # a key
    ],
)
def test_lock_switch_and_sleep_are_told_from_all_other_messages(kind, what, left):
    said = message(kind, what)
    assert windows.says_left(ctypes.addressof(said)) is left


def test_no_message_says_nothing():
    assert not windows.says_left(0)


def test_the_watch_registers_its_window_and_hears_the_lock(qtbot, qapp):
    api, window = PretendUser32(), QWidget()
    qtbot.addWidget(window)
    watch = SessionWatch(api)
    watch.start(window)
    assert api.told == [int(window.winId())]
    said = message(0x02B1, 0x7)
    heard = watch._messages
    assert isinstance(heard, _Messages)
    with qtbot.waitSignal(watch.left):
        heard.nativeEventFilter(WINDOWS_MESSAGE, ctypes.addressof(said))
    with qtbot.assertNotEmitted(watch.left):
        heard.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(said))
    watch.stop()
    assert watch._messages is None


def test_a_windows_that_will_not_tell_leaves_the_clock_as_the_only_sign(qtbot, qapp):
    window = QWidget()
    qtbot.addWidget(window)
    watch = SessionWatch(PretendUser32(refuses=True))
    watch.start(window)
    assert watch._messages is None
    assert watch._timer.isActive()
    watch.stop()
