"""What stands above a notice that names nobody yet: why, where its words go, and how it leaves Today.

Protected mail, a file that could not be read, a scan, a message without a child.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolsafe.ui.screens.notification.card import Card
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import LongText, TextField
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class ShutPart(QWidget):
    """The words of a message, or the reason why it is none."""

    words_given = Signal(str)
    taken_off = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner("warn", icon="lock", object_name="locked-mail")
        self.words = LongText(
            spoken=_("The words of the message"),
            hint=_("Paste the words of the message here"),
            object_name="locked-words",
        )
        self.use = button(_("Use these words"), object_name="use-words")
        self.use.clicked.connect(lambda: self.words_given.emit(self.words.text()))
        self.reason = TextField(
            spoken=_("Why this is no notification"),
            hint=_("Why is this no notification?"),
            object_name="off-reason",
        )
        self.off = button(_("Take this off Today"), object_name="take-off")
        self.off.clicked.connect(lambda: self.taken_off.emit(self.reason.text()))
        self.problem = PlainLabel("", "danger", wrap=True, object_name="shut-problem")
        self.problem.hide()
        self.setLayout(
            col(
                self.banner,
                self.words,
                row(None, self.use),
                row((self.reason, 1), self.off, spacing=8),
                self.problem,
                spacing=8,
            )
        )
        self.hide()

    def show_card(self, card: Card, *, fresh: bool) -> None:
        """Another notice; what was typed stays while it is the same."""
        self.setVisible(bool(card.shut))
        self.banner.say(card.shut)
        for part in (self.words, self.use):
            part.setVisible(card.takes_words)
        self.say_problem("")
        if fresh:
            self.words.setPlainText("")
            self.reason.setText("")

    def say_problem(self, words: str) -> None:
        """What stands in the way."""
        self.problem.say(words)
        self.problem.setVisible(bool(words))
