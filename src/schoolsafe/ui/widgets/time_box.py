"""A time of day as people write it: 10:40pm, 22:40, 9pm, midday; with "about" beside it."""

import datetime as dt
import re
from datetime import time
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.layout import row
from schoolsafe.words import _

NOON: Final = 12
LAST_HOUR: Final = 23
LAST_MINUTE: Final = 59

_SHAPE: Final = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_WORDS: Final = {"midday": time(12), "noon": time(12), "midnight": time(0)}


def read_time(text: str) -> time | None:
    """The time in a person's words, or None if they hold none.

    A bare hour over 12 or with minutes is 24-hour.
    """
    words = text.strip().lower()
    if words in _WORDS:
        return _WORDS[words]
    found = _SHAPE.fullmatch(words)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = found[3]
    if half:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if half == "p" else 0)
    elif found[2] is None:
        return None  # a bare "9" could be morning or evening
    if hour > LAST_HOUR or minute > LAST_MINUTE:
        return None
    return time(hour, minute)


def time_words(moment: time) -> str:
    """A time as the program writes it: 7:12am, midday, 10:40pm."""
    if moment.hour == NOON and moment.minute == 0:
        return _("midday")
    half = _("am") if moment.hour < NOON else _("pm")
    return f"{(moment.hour + NOON - 1) % NOON + 1}:{moment.minute:02}{half}"


class TimeBox(QWidget):
    """One box and "about". Empty is an answer: not told."""

    changed = Signal()

    def __init__(self, *, spoken: str = "", object_name: str = "time") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.edit = TextField(
            spoken=spoken or _("Time"),
            hint=_("10:40pm"),
            width=104,
            object_name=f"{object_name}-text",
        )
        self.about = QCheckBox(_("About"))
        self.about.setObjectName(f"{object_name}-about")
        self.about.setAccessibleName(_("About this time"))
        self.setLayout(row(self.edit, self.about, None, spacing=12))
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.changed)
        self.about.toggled.connect(self.changed)

    def time(self) -> dt.time | None:
        """The time, or None."""
        return read_time(self.edit.text())

    def is_about(self) -> bool:
        """Whether the person marked it as not exact."""
        return self.about.isChecked()

    def set_time(self, moment: dt.time | None, *, about: bool = False) -> None:
        """Fills or empties it."""
        self.edit.setText("" if moment is None else time_words(moment))
        self.about.setChecked(about)

    def problem_words(self, what: str) -> str:
        """The sentence for the error summary, or nothing. An empty box is no problem."""
        if not self.edit.text().strip() or self.time() is not None:
            return ""
        return _("{what} must be a time, such as 10:40pm or 22:40").format(what=what)

    def mark_error(self, *, wrong: bool) -> None:
        """The red border."""
        self.edit.mark_error(wrong=wrong)
