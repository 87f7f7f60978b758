"""Beside the form: what is worth asking, and the four choices while there is room for them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout
from typing_extensions import override

from schoolsafe.services.school import ChoiceWords, usual_choices
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.layout import Part, col, line, row, scroll
from schoolsafe.ui.widgets.plain_label import PlainLabel, bullet
from schoolsafe.words import _


def options(choices: Sequence[ChoiceWords]) -> list[Option]:
    """The four choices as the group shows them."""
    return [Option(one.choice.value, one.words, one.consequence) for one in choices]


class CallContext(QFrame):
    """Worth asking, and what happens this morning."""

    room = Signal(bool)
    """Whether the choices have room here; where not, they stand in the pinned bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("context")
        self._name = ""
        self.group = ChoiceGroup(
            options(usual_choices()),
            spoken=_("What happens this morning?"),
            object_name="call-choices",
        )
        self._asks = [PlainLabel("", wrap=True) for _n in range(5)]
        self.say_name("")
        asks: list[Part] = [row(bullet(), (one, 1), spacing=8) for one in self._asks]
        page = col(
            PlainLabel(_("Worth asking"), "h2"),
            col(*asks, spacing=5),
            line(),
            PlainLabel(_("What happens this morning?"), "h2", wrap=True),
            PlainLabel(
                _("You can leave this until you have put the phone down."), "muted", wrap=True
            ),
            self.group,
            None,
            margins=(18, 16, 16, 16),
            spacing=10,
        )
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll(page))
        self.setLayout(layout)

    def say_name(self, first_name: str) -> None:
        """The questions, with the child's first name once it is known."""
        name = first_name or _("the child")
        words = (
            _("Did anyone speak to {name} alone? What did they say?"),
            _("Is anyone not allowed to collect {name}?"),
            _("Who may we talk to at home, and when is it safe?"),
            _("Has social care been told?"),
            _("A reference, and a number to ring back?"),
        )
        for label, one in zip(self._asks, words, strict=True):
            label.setText(one.format(name=name))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.room.emit(True)  # noqa: FBT003  # a signal carries it

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.isHidden():  # folded away, not merely behind another screen
            self.room.emit(False)  # noqa: FBT003  # as above
