"""The bar over the panes: search, the countdown, one quiet sentence of sync state, Cover, Lock."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from schoolsafe.ui.body import ONE_UNITS
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.seams import FrameFacts
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.layout import box, row
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.ui.widgets.toast import Toast
from schoolsafe.words import _

COUNTDOWN_UNITS = 1000
LONG_UNITS, LONG_WITH_COUNTDOWN, SHORT_UNITS = 1100, 1300, 760
MOST = 360
"""The widest the search field gets, in px at 100 % text."""
ROUND_WORDS = 52
"""Px at 100 % text that the icon and the edges of the search field take."""


class SearchField(TextField):
    """Typing or a click opens the palette; only being tabbed to does not."""

    wanted = Signal(str)

    def __init__(self) -> None:
        words = _("Find a pupil or an action")
        # The key stands in the tooltip: at middle widths there is no room for it beside the words.
        super().__init__(spoken=words, hint=words, icon="search", object_name="search")
        self.setToolTip(f"{words} ({key_words('palette')})")
        self.textEdited.connect(self._typed)

    def fit(self) -> None:
        """Never narrower than its words, at the text size in use."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        self.setMinimumWidth(words + style.scale(ROUND_WORDS))
        self.setMaximumWidth(style.scale(MOST))

    def _typed(self, text: str) -> None:
        self.clear()
        self.wanted.emit(text)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.wanted.emit("")


class TopBar(QFrame):
    """The bar."""

    run = Signal(str)
    """A command's id."""
    search_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._facts = FrameFacts()
        self._own_countdown = False
        self._units = COUNTDOWN_UNITS
        self.menu = button(_("Menu"), icon="menu", object_name="menu")
        self.back = button(
            _("Back"), icon="chevron-left", key=key_words("back"), object_name="back"
        )
        self.search = SearchField()
        self.search.wanted.connect(self.search_wanted)
        self.count_words = PlainLabel("", "strong", object_name="countdown-words")
        self.countdown = box(
            row(Glyph("clock", "text", 16), self.count_words, spacing=6), object_name="countdown"
        )
        self.cloud = Glyph("cloud-off", "muted", 16)
        self.sync = PlainLabel("", "muted", object_name="sync")
        self.toast = Toast()
        self.toast.changed.connect(self._refold)
        self.cover = button(_("Cover"), icon="eye", key=key_words("cover"), object_name="cover")
        self.lock = button(_("Lock"), icon="lock", key=key_words("lock"), object_name="lock")
        parts = (
            self.menu,
            self.back,
            (self.search, 1),
            None,
            self.toast,
            self.countdown,
            8,
            self.cloud,
            self.sync,
        )
        self.setLayout(row(*parts, 4, self.cover, self.lock, margins=(20, 8, 14, 8), spacing=8))
        self.cover.clicked.connect(lambda: self.run.emit("cover"))
        self.lock.clicked.connect(lambda: self.run.emit("lock"))
        self.back.clicked.connect(lambda: self.run.emit("back"))

    def show_facts(self, facts: FrameFacts) -> None:
        """Other words."""
        self._facts = facts
        self.count_words.say(facts.countdown, spoken=facts.countdown_spoken)
        self.cloud.set_icon("cloud-off" if facts.offline else "cloud", "muted")
        self._refold()

    def set_own_countdown(self, *, own: bool) -> None:
        """The screen in front shows the countdown itself."""
        self._own_countdown = own
        self._refold()

    def fold(self, units: int, *, can_go_back: bool) -> None:
        """As much as there is room for."""
        self._units = units
        one = units < ONE_UNITS
        self.menu.setVisible(one)
        self.back.setVisible(one and can_go_back)
        self.search.setVisible(not one)
        self.search.fit()
        counting = bool(self._facts.countdown) and not self._own_countdown
        telling = not self.toast.isHidden()
        counting = counting and units >= COUNTDOWN_UNITS and not telling
        self.countdown.setVisible(counting)
        long, short, shortest = self._facts.sync
        room = LONG_WITH_COUNTDOWN if counting else LONG_UNITS
        self.sync.say(
            long if units >= room else short if units >= SHORT_UNITS else shortest, spoken=long
        )
        for part in (self.sync, self.cloud):
            part.setVisible(bool(long) and not telling)
        if telling:
            self.toast.fit(self._room_for_toast())

    def _refold(self) -> None:
        self.fold(self._units, can_go_back=not self.back.isHidden())

    def _room_for_toast(self) -> int:
        """What search at its narrowest and the buttons leave of the bar."""
        buttons = (self.menu, self.back, self.cover, self.lock)
        beside = [part.sizeHint().width() for part in buttons if not part.isHidden()]
        beside += [] if self.search.isHidden() else [self.search.minimumWidth()]
        return self.width() - sum(beside) - style.scale(34 + 8 * (len(beside) + 3))
