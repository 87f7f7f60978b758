"""What is wrong with the record itself: said in full, and never quite gone until it is settled.

It folds to one line by its button, because at 200 % text its four lines leave the work no room.
"""

from PySide6.QtWidgets import QWidget

from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.layout import row
from schoolsafe.words import _


class RecordBanner(QWidget):
    """A danger panel that cannot be closed; hidden while nothing is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = Banner("danger", action=_("Show less"), object_name="record-problem")
        self.panel.pressed.connect(self._turn)
        self.setLayout(row((self.panel, 1), margins=(20, 8, 14, 8)))
        self._said = ("", "")
        self._short = False
        self.hide()

    def say(self, words: str, detail: str) -> None:
        """In full and aloud, whatever was folded before; hidden when there are no words."""
        self._said, self._short = (words, detail), False
        self.setVisible(bool(words))
        self._show(aloud=True)

    def _turn(self) -> None:
        self._short = not self._short
        self._show(aloud=False)

    def _show(self, *, aloud: bool) -> None:
        short = (_("Nothing can be saved until the records are put right."), "")
        self.panel.say(*(short if self._short else self._said), aloud=aloud)
        self.panel.action.set_words(_("Show why") if self._short else _("Show less"))
