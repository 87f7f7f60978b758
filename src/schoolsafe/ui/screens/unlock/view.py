"""The unlock screen: name, passphrase, what to do when it is forgotten, and the demo school."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.ui.demo_note import demo_words
from schoolsafe.ui.screens.unlock.presenter import UnlockPresenter
from schoolsafe.ui.seams import Entrance, SeatCard, TaskRunner
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import PassphraseField, mark_error
from schoolsafe.ui.widgets.layout import col, row, scroll
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.ui.widgets.select_box import SelectBox
from schoolsafe.words import _

WIDTH = 420
TICK_MS = 1000


class UnlockWindow(QWidget):
    """A window of its own: nothing of any vault is in it."""

    unlocked = Signal(object)
    """What the entrance opened."""
    forgotten = Signal(str)
    """The login that has no passphrase any more."""
    demo_wanted = Signal()
    begun = Signal()
    """It was painted: what is heavy may be loaded now."""
    start_wanted = Signal()

    def __init__(self, entrance: Entrance, tasks: TaskRunner) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setWindowTitle(_("Unlock - SchoolSafe"))
        self._build()
        self.presenter = UnlockPresenter(
            self, entrance=entrance, tasks=tasks, unlocked=self.unlocked.emit
        )
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.names.chosen.connect(self._chosen)
        self.passphrase.submitted.connect(self._try)
        self.unlock_button.clicked.connect(self._try)
        self.forgotten_button.clicked.connect(lambda: self.forgotten.emit(self.names.current()))
        self.demo_button.clicked.connect(self.demo_wanted)
        self.start_button.clicked.connect(self.start_wanted)
        self._has_begun = False

    def begin(self) -> None:
        """Asks who is here, and gets ready to unlock. Called by itself once the window was painted."""
        if not self._has_begun:
            self._has_begun = True
            self.presenter.start()
            self.begun.emit()

    def _build(self) -> None:
        self.place = PlainLabel("", "muted", wrap=True, object_name="place")
        self.problem = Banner("danger", icon="triangle-alert", object_name="unlock-problem")
        self.problem.hide()
        self.names = SelectBox(spoken=_("Your name"), object_name="seat")
        self.passphrase = PassphraseField()
        self.error = PlainLabel("", "danger", wrap=True, object_name="unlock-error")
        self.wait = PlainLabel("", "warn", wrap=True, object_name="unlock-wait")
        self.unlock_button = button(_("Unlock"), kind="primary", object_name="unlock")
        self.forgotten_button = button(_("Forgotten it?"), kind="link", object_name="forgotten")
        self.start_button = button(_("Start"), kind="primary", object_name="start")
        self.demo_button = button(_("Open the demo school"), object_name="demo-school")
        self.demo_note = PlainLabel("", "muted", wrap=True, object_name="demo-note")
        self.demo_note.hide()
        self._first = PlainLabel(_("Set up your school. It takes about 10 minutes."), wrap=True)
        name_words, phrase_words = (
            PlainLabel(_("Your name"), "h3"),
            PlainLabel(_("Passphrase"), "h3"),
        )
        name_words.setBuddy(self.names)
        phrase_words.setBuddy(self.passphrase.edit)
        self._login = (
            name_words, self.names, phrase_words, self.error, self.wait, self.passphrase,
            self.unlock_button, self.forgotten_button,
        )  # fmt: skip
        self._newcomer = (self._first, self.start_button)
        brand = row(
            Glyph("shield-check", "primary", 30), (PlainLabel(_("SchoolSafe"), "h1"), 1), spacing=12
        )
        inside = col(
            brand, 4, self.problem, self.place, self._first, row(self.start_button, None), 4, name_words, self.names, 4,
            phrase_words, self.error, self.wait, self.passphrase, 4,
            row(self.forgotten_button, None, self.unlock_button), 20,
            PlainLabel(_("New here? Look round first. Everybody in it is invented."), "muted", wrap=True),
            row(self.demo_button, None), self.demo_note, spacing=8,
        )  # fmt: skip
        column = QWidget()
        column.setMaximumWidth(style.scale(WIDTH))
        column.setLayout(inside)
        page = col(None, row(None, (column, 20), None), None, margins=(24, 24, 24, 24))
        self.setLayout(col((scroll(page), 1)))
        for label in (self.error, self.wait):
            label.hide()
        self._show_login(shown=True)

    # ------------------------------------------------------------------ UnlockView

    def show_seats(self, seats: tuple[SeatCard, ...]) -> None:
        """Names with roles; none means a first run."""
        self.names.set_options(
            [(card.id, f"{card.name}, {card.role}" if card.role else card.name) for card in seats]
        )
        self._show_login(shown=bool(seats))
        self._focus()

    def show_place(self, words: str) -> None:
        """School and when it was locked."""
        self.place.setText(words)

    def show_problem(self, words: str) -> None:
        """In a panel over everything; announced."""
        self.problem.say(words, aloud=True)

    def show_error(self, words: str) -> None:
        """In the danger ink, announced."""
        self.error.setText(words)
        self.error.setVisible(bool(words))
        mark_error(self.passphrase.edit, wrong=bool(words))
        self.passphrase.edit.setAccessibleDescription(words)
        announce(self, words)

    def show_wait(self, words: str) -> None:
        """In the warn ink; the button rests meanwhile."""
        if words and self.wait.isHidden():
            announce(self, words)
        self.wait.setText(words)
        self.wait.setVisible(bool(words))
        if words:
            self._timer.start()
        else:
            self._timer.stop()

    def set_busy(self, *, busy: bool) -> None:
        """Says so on the button; nothing else moves."""
        self.unlock_button.set_words(_("Unlocking") if busy else _("Unlock"))
        self.unlock_button.setEnabled(not busy)
        self.passphrase.setEnabled(not busy)
        self.names.setEnabled(not busy)

    def try_again(self) -> None:
        """The focus back in the passphrase, its letters marked so that typing replaces them."""
        self.passphrase.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase.edit.selectAll()

    def show_demo(self, *, started: bool) -> None:
        """What the button for the demo school did: its window may take a while."""
        words = demo_words(started=started)
        self.demo_note.setText(words)
        self.demo_note.show()
        self.demo_button.setEnabled(not started)
        announce(self, words)

    # ------------------------------------------------------------------ inside

    def _show_login(self, *, shown: bool) -> None:
        for part in self._login:
            part.setVisible(shown)
        for part in self._newcomer:
            part.setVisible(not shown)
        self.error.setVisible(shown and bool(self.error.text()))
        self.wait.setVisible(shown and bool(self.wait.text()))

    def _focus(self) -> None:
        first = self.passphrase.edit if self.names.count() else self.start_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, seat: str) -> None:
        self.passphrase.clear()
        self.presenter.choose(seat)

    def _try(self) -> None:
        self.presenter.unlock(self.names.current(), self.passphrase.text())

    def _tick(self) -> None:
        self.presenter.tick(self.names.current())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_begun:
            QTimer.singleShot(0, self, self.begin)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()
