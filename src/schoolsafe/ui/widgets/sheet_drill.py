"""The recovery sheet: first onto paper, then a few of its groups typed back from it.

The key is never shown on a screen. Left to others: making the sheet, checking what was typed.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import clear, col, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class SheetDrill(QWidget):
    """Print or save, then type back."""

    print_wanted = Signal()
    asked = Signal(object)
    """The questions of the groups to type back, each by its key: made anew for each drill."""

    def __init__(self) -> None:
        super().__init__()
        self.print_button = button(
            _("Print or save the sheet"), kind="primary", icon="printer", object_name="print-sheet"
        )
        self.print_button.clicked.connect(self.print_wanted)
        self.printed = PlainLabel("", "ok", object_name="sheet-printed", wrap=True)
        self.printed.hide()
        self._groups = QVBoxLayout()
        self._groups.setContentsMargins(0, 0, 0, 0)
        self._asked: tuple[int, ...] = ()
        self.group_fields: list[TextField] = []
        self._drill = QWidget()
        self._drill.setLayout(
            col(
                PlainLabel(_("2. Type back what it asks"), "h2", wrap=True),
                PlainLabel(
                    _("Take the sheet in your hand. This proves that it can be read."),
                    "muted",
                    wrap=True,
                ),
                self._groups,
                spacing=8,
            )
        )
        self._drill.hide()
        self.setLayout(
            col(
                PlainLabel(_("1. Put it on paper"), "h2", wrap=True),
                PlainLabel(_("Its key is shown nowhere else and is not kept."), "muted", wrap=True),
                row(self.print_button, None),
                self.printed,
                6,
                self._drill,
            )
        )

    def show_drill(self, asked: tuple[int, ...], *, printed: bool) -> None:
        """The groups to type back, counted from 1; only once the sheet is on paper."""
        self.printed.setText(_("Printed or saved.") if printed else "")
        self.printed.setVisible(printed)
        self.print_button.set_kind("plain" if printed else "primary")
        if asked != self._asked:
            self._build(asked)
        self._drill.setVisible(printed)
        if printed and self.group_fields:
            self.group_fields[0].setFocus()

    def is_printed(self) -> bool:
        """Whether it is on paper: before that, putting it there is the next thing to do."""
        return not self.printed.isHidden()

    def answers(self) -> tuple[str, ...]:
        """The groups as typed."""
        return tuple(field.text() for field in self.group_fields)

    def _build(self, asked: tuple[int, ...]) -> None:
        clear(self._groups)
        self._asked, self.group_fields = asked, []
        questions: dict[str, Question] = {}
        for n, number in enumerate(asked):
            words = _("Group {n} of the sheet").format(n=number)
            field = TextField(spoken=words, width=180, object_name=f"group-{n}")
            self.group_fields.append(field)
            question = Question(words, field, hint=_("Five letters and figures"))
            questions[f"group-{n}"] = question
            self._groups.addWidget(question)
        self.asked.emit(questions)


class SheetDrillPage(FormPage):
    """A page of a flow that goes on only once the sheet has been tried."""

    def __init__(self, place: str, title: str, intro: str) -> None:
        super().__init__(place, title, intro)
        self.drill = SheetDrill()
        self.drill.asked.connect(self._asked)
        self.put(self.drill)
        self.fields["sheet"] = self.drill.print_button

    def _asked(self, questions: dict[str, Question]) -> None:
        for key, question in questions.items():
            self.ask(key, question)
