"""Step 3, pinned: what happens this morning? Four choices, one line of why, and what is missing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.services.school import ChoiceWords, usual_choices
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.notification.card import Card
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.layout import row
from schoolsafe.ui.widgets.pinned_bar import DecisionBar
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class MorningBar(DecisionBar):
    """The bar. Nothing is chosen until a person chooses; the button is never disabled."""

    edited = Signal()
    """A choice was made or the reason typed: time to keep the draft."""
    finished = Signal()
    left_for_later = Signal()

    def __init__(self) -> None:
        self.group = ChoiceGroup(
            _options(usual_choices()),
            columns=2,
            spoken=_("What happens this morning?"),
            object_name="morning-choices",
        )
        self.why = TextField(
            spoken=_("Why, one line, now or later today"),
            hint=_("Why? One line"),
            object_name="why",
        )
        self.later = button(_("Leave for later"), object_name="leave-for-later")
        self.finish = button(_("Finish, open next"), key=key_words("save"), object_name="finish")
        super().__init__(
            _("3  What happens this morning?"),
            self.group,
            line=self.why,
            buttons=(self.later, self.finish),
            note=_("Saved as you type"),
        )
        self.spare = QWidget()
        self._spare = row(spacing=8)
        self.spare.setLayout(self._spare)
        self.spare.hide()
        self.problem = PlainLabel("", "danger", wrap=True, object_name="decision-problem")
        self.problem.hide()
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self.problem)
        self.group.chosen.connect(self._touched)
        self.why.textEdited.connect(lambda _text: self.edited.emit())
        self.why.returnPressed.connect(self.finished)
        self.finish.clicked.connect(self.finished)
        self.later.clicked.connect(self.left_for_later)

    def reword(self, choices: Sequence[ChoiceWords]) -> None:
        """The four choices in the school's own words."""
        self.group.reword(_options(choices))
        self.show_chosen()

    def show_card(self, card: Card, *, keep: bool) -> None:
        """The decision on record, or none.

        Args:
            card: what stands on record.
            keep: True leaves what the person has chosen and typed meanwhile.
        """
        if not keep:
            self.set_values(card.choice, card.reason)
        self.note.setText(card.decided or _("Saved as you type"))
        self.finish.set_kind("primary" if card.is_matched and not card.closed else "plain")
        self.later.setVisible(card.choice is None)
        self.setVisible(not card.closed)
        self.spare.setVisible(self.folded() and not card.closed)

    def set_values(self, choice: str | None, why: str) -> None:
        """Shows a choice and a reason; says nothing."""
        self.group.set_current(choice)
        self.why.setText(why)
        self.say_problem("")
        self.show_chosen()

    def say_also(self, words: str) -> None:
        """Who else the decision is recorded for."""
        if words:
            self.note.setText(words)

    def say_problem(self, words: str) -> None:
        """What is missing, said where the button is."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self, words)

    def focus_choice(self) -> None:
        """The first of the four, or Decide where they are folded away."""
        if self.folded():
            self.decide.setFocus()
        else:
            self.group.choices[0].setFocus()

    @override
    def refold(self) -> None:
        """Folded, the reason and *Leave for later* stand at the end of the page instead."""
        super().refold()
        folded, leaves = self.folded(), not self.later.isHidden()
        if folded:
            self._spare.addWidget(self.why, 1)
            self._spare.addWidget(self.later)
        else:
            self._last_full.insertWidget(0, self.why, 1)
            self._last_full.insertWidget(1, self.later)
        self.why.show()
        self.later.setVisible(leaves)
        self.spare.setVisible(folded)

    def _touched(self) -> None:
        self.say_problem("")
        self.edited.emit()


def _options(choices: Sequence[ChoiceWords]) -> list[Option]:
    return [Option(one.choice.value, one.words, one.consequence) for one in choices]
