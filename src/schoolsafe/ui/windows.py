"""What only Windows has: hiding the window from capture, and its word that the session was left.

Written from Microsoft's documentation and tried against a pretend `user32` only: never run on Windows. What to look at
there stands in `installer/RELEASE.md`.
"""

import ctypes
import sys
from typing import Any, Final, Protocol

SEEN_BY_ALL: Final = 0x00
HIDDEN_FROM_CAPTURE: Final = 0x11
"""WDA_EXCLUDEFROMCAPTURE, Windows 10 2004 and newer; on older ones the call fails and nothing changes."""

NOTIFY_FOR_THIS_SESSION: Final = 0
WM_WTSSESSION_CHANGE: Final = 0x02B1
WM_POWERBROADCAST: Final = 0x0218
LEFT: Final = frozenset(
    {
        (WM_WTSSESSION_CHANGE, 0x2),  # WTS_CONSOLE_DISCONNECT: another person signs in
        (WM_WTSSESSION_CHANGE, 0x4),  # WTS_REMOTE_DISCONNECT
        (WM_WTSSESSION_CHANGE, 0x6),  # WTS_SESSION_LOGOFF
        (WM_WTSSESSION_CHANGE, 0x7),  # WTS_SESSION_LOCK
        (WM_POWERBROADCAST, 0x4),  # PBT_APMSUSPEND: about to sleep
    }
)


class User32(Protocol):
    """The two libraries' calls we use, each true when it worked."""

    def set_display_affinity(self, window: int, affinity: int) -> int:
        """Who may see a window."""
        ...

    def register_session_notification(self, window: int, flags: int) -> int:
        """Sends WM_WTSSESSION_CHANGE to a window."""
        ...


class Message(ctypes.Structure):
    """MSG, as far as its two numbers. Source: winuser.h."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("what", ctypes.c_size_t),
        ("more", ctypes.c_ssize_t),
    )


class _Libraries:
    """The real ones."""

    def __init__(self, loaded: Any) -> None:
        self._user32, self._wtsapi32 = loaded.user32, loaded.wtsapi32

    def set_display_affinity(self, window: int, affinity: int) -> int:
        """Who may see a window."""
        return int(
            self._user32.SetWindowDisplayAffinity(ctypes.c_void_p(window), ctypes.c_uint(affinity))
        )

    def register_session_notification(self, window: int, flags: int) -> int:
        """Sends WM_WTSSESSION_CHANGE to a window."""
        call = self._wtsapi32.WTSRegisterSessionNotification
        return int(call(ctypes.c_void_p(window), ctypes.c_uint(flags)))


def user32() -> User32 | None:
    """The calls, on Windows; None on every other system."""
    loaded = getattr(ctypes, "windll", None)
    return _Libraries(loaded) if sys.platform == "win32" and loaded is not None else None


def hide_from_capture(api: User32 | None, window: int, *, hidden: bool) -> bool:
    """Keeps the window out of screenshots, screen sharing and Recall, or lets it be seen again.

    Returns:
        Whether Windows did it; False on other systems.
    """
    if api is None:
        return False
    wanted = HIDDEN_FROM_CAPTURE if hidden else SEEN_BY_ALL
    return bool(api.set_display_affinity(window, wanted))


def ask_for_session_changes(api: User32 | None, window: int) -> bool:
    """Has Windows tell a window that the session is locked, left or switched; True if it will."""
    return api is not None and bool(
        api.register_session_notification(window, NOTIFY_FOR_THIS_SESSION)
    )


def says_left(address: int) -> bool:
    """Whether the message at that address says that the person left the session.

    Args:
        address: of a MSG, valid for the length of the call.
    """
    if not address:
        return False
    message = Message.from_address(address)
    return (int(message.message), int(message.what)) in LEFT
