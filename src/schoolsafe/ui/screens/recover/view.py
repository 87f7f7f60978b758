"""The window for somebody who forgot: three pages, one question each."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from schoolsafe.ui.commands import BY_ID, key_words
from schoolsafe.ui.keys_seam import RecoverySeam, Strength
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screens.recover.pages import KeyPage, PassphrasePage, SheetPage
from schoolsafe.ui.screens.recover.presenter import ORDER, RecoverPresenter, Step
from schoolsafe.ui.seams import Paper, SeatCard, TaskRunner
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import box, col, focusables, row, tab_on
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

WIDE: Final = 720
"""The column, in px at 100 % text."""


class RecoverWindow(QWidget):
    """A window of its own: nothing of any vault is in it."""

    finished = Signal(object)
    """The open vault, for the main window."""
    left = Signal()
    """Back to the unlock screen."""

    def __init__(
        self, card: SeatCard, *, seam: RecoverySeam, tasks: TaskRunner, paper: Paper
    ) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setWindowTitle(_("Forgotten passphrase - SchoolSafe"))
        self._build(card)
        self.presenter = RecoverPresenter(self, card, seam=seam, tasks=tasks, paper=paper)
        self._wire()
        self.presenter.start()

    def _build(self, card: SeatCard) -> None:
        self.key, self.phrase, self.sheet = KeyPage(card), PassphrasePage(), SheetPage()
        every: tuple[FormPage, ...] = (self.key, self.phrase, self.sheet)
        self.pages: dict[Step, FormPage] = dict(zip(ORDER, every, strict=True))
        self.stack = QStackedWidget()
        for page in every:
            self.stack.addWidget(page)
        self.back = button(_("Back"), key=key_words("back"), object_name="recover-back")
        self.later = button(_("Do this later, open Today"), object_name="later")
        self.next = button(
            _("Continue"), kind="primary", key=key_words("save"), object_name="continue"
        )
        self.busy = PlainLabel("", "muted", wrap=True, object_name="busy")
        foot = box(
            row(self.back, (self.busy, 1), self.later, self.next, margins=(56, 12, 64, 20)),
            object_name="recover-foot",
        )
        column = QWidget()
        column.setMaximumWidth(style.scale(WIDE))
        column.setLayout(col((self.stack, 1), foot, spacing=0))
        self.setLayout(row(None, (column, 20), None, spacing=0))

    def _wire(self) -> None:
        do = self.presenter
        self.back.clicked.connect(do.back)
        self.next.clicked.connect(self.go_on)
        self.later.clicked.connect(do.later)
        self.key.key.returnPressed.connect(self.go_on)
        self.phrase.passphrase.typed.connect(do.help.type)
        self.phrase.passphrase.another.connect(do.make_passphrase)
        self.phrase.passphrase.again_field.submitted.connect(self.go_on)
        self.sheet.drill.print_wanted.connect(do.hand_over_sheet)
        for command, act in (("save", self.go_on), ("back", do.back)):
            for key in BY_ID[command].keys:
                QShortcut(QKeySequence(key), self).activated.connect(act)

    def go_on(self) -> None:
        """Continue, on whatever page it is."""
        do, step = self.presenter, self.presenter.step
        if step is Step.KEY:
            do.give_key(self.key.key.text())
        elif step is Step.PASSPHRASE:
            phrase = self.phrase.passphrase
            place = self.phrase.secret.choices.current() or ""
            do.give_passphrase(phrase.text(), phrase.again(), place=place)
        else:
            do.type_back(self.sheet.drill.answers())

    # RecoverView ----------------------------------------------------------------------------------

    def show_step(self, step: Step) -> None:
        """Another page in front."""
        page = self.pages[step]
        page.show_problems((), fallback=self.next)
        self.stack.setCurrentWidget(page)
        page.verticalScrollBar().setValue(0)
        self.back.setVisible(step is not Step.SHEET)
        self.back.set_words(_("Back to unlock") if step is Step.KEY else _("Back"))
        self.later.setVisible(step is Step.SHEET)
        self.next.set_words(_("Finish, open Today") if step is Step.SHEET else _("Continue"))
        first_here = step is Step.SHEET and not self.sheet.drill.is_printed()
        self.next.set_kind("plain" if first_here else "primary")
        if step is Step.SHEET:
            self.key.key.clear()
        self._focus()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """The summary of the page in front."""
        self.pages[self.presenter.step].show_problems(problems, fallback=self.next)

    def set_busy(self, words: str) -> None:
        """Says what is being done; the buttons rest meanwhile."""
        self.busy.setText(words)
        for part in (self.next, self.later, self.back):
            part.setEnabled(not words)
        announce(self, words)

    def show_strength(self, strength: Strength | None) -> None:
        """In words."""
        self.phrase.passphrase.show_strength(strength)

    def show_made(self, words: str) -> None:
        """Made for this person."""
        self.phrase.passphrase.show_made(words)

    def show_keyring(self, problem: str) -> None:
        """Where the keyring does not answer."""
        self.phrase.secret.show_problem(problem)

    def show_drill(self, asked: tuple[int, ...], *, printed: bool) -> None:
        """Groups to type back."""
        self.sheet.drill.show_drill(asked, printed=printed)
        self.next.set_kind("primary" if printed else "plain")

    def leave(self) -> None:
        """Back to the unlock screen."""
        self.left.emit()

    def finish(self, opened: object) -> None:
        """Over to Today."""
        self.finished.emit(opened)

    # inside ---------------------------------------------------------------------------------------

    def _focus(self) -> None:
        field = self.pages[self.presenter.step].first_field() or self.next
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:  # Qt's own name
        stops = focusables(self.pages[self.presenter.step])
        stops += [part for part in (self.back, self.later, self.next) if part.isVisible()]
        return tab_on(stops, onward=next)
