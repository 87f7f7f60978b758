"""Beside a file: the child's own words, who may collect, who meets them, who has been told."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from schoolsafe.services.child import ChildRow
from schoolsafe.ui.screens.pupil_file import shown
from schoolsafe.ui.screens.pupil_file.agencies_side import AgenciesSide
from schoolsafe.ui.screens.pupil_file.shown import FileFacts
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import clear, col, line, row, scroll
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class SidePane(QFrame):
    """Facts that keep a child safe."""

    collect_set = Signal(str, object)
    """The names, and until when or None."""
    expected_wanted = Signal()
    """A notification that should have come and did not."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("context")
        self.voice_heading = PlainLabel("", "h3", wrap=True)
        self._voice = QVBoxLayout()
        self._voice.setContentsMargins(0, 0, 0, 0)
        self.collect = Banner("danger", object_name="file-collect")
        self.nobody = PlainLabel(
            _("Nobody is named: the school’s usual rules hold."), "muted", wrap=True
        )
        self.change = button(
            _("Change"),
            kind="link",
            spoken=_("Change who may collect"),
            object_name="change-collect",
        )
        self.change.clicked.connect(self._begin)
        self.form = CollectForm()
        self.form.saved.connect(self.collect_set)
        self.form.left.connect(self._leave)
        self.agencies = AgenciesSide()
        self.morning = Facts(label_width=78)
        self.expected = button(
            _("Expected, not received"),
            icon="inbox",
            spoken=_("A notification the school should have had and did not get"),
            object_name="file-expected",
        )
        self.expected.clicked.connect(self.expected_wanted)
        self._child: ChildRow | None = None
        heading = row((PlainLabel(_("Who may collect"), "h3", wrap=True), 1), self.change)
        inside = col(
            self.voice_heading,
            self._voice,
            line(),
            heading,
            self.collect,
            self.nobody,
            self.form,
            line(),
            self.agencies,
            line(),
            PlainLabel(_("In the morning"), "h3"),
            self.morning,
            line(),
            self.expected,
            None,
            margins=(18, 14, 16, 14),
            spacing=10,
        )
        self.setLayout(col((scroll(inside), 1)))

    def show_facts(self, facts: FileFacts) -> None:
        """Another child, or other facts."""
        child, today = facts.chronology.child, facts.now.date()
        if self._child is not None and child.id != self._child.id:
            self.form.hide()
        self._child = child
        self._show_voice(facts)
        self.agencies.show_facts(facts)
        words = shown.collect_words(child, today)
        ended = child.may_collect_until is not None and child.may_collect_until < today
        self.collect.set_strength("sunken" if ended else "danger")
        self.collect.say(words)
        self.nobody.setVisible(not words)
        self.morning.show_facts(
            (
                (_("First adult"), child.first_adult),
                (_("Teacher"), child.teacher),
                (_("Told now"), shown.told_words(facts.slips)),
            )
        )

    def close_form(self) -> None:
        """What was typed is on record."""
        self.form.hide()
        self.change.show()

    def _show_voice(self, facts: FileFacts) -> None:
        clear(self._voice)
        first = facts.chronology.child.first_name
        self.voice_heading.setText(_("In {name}’s words").format(name=first))
        spoken = shown.voice(facts.chronology.entries)
        for one in spoken:
            self._voice.addWidget(PlainLabel(one.words, "quote", wrap=True))
            self._voice.addWidget(PlainLabel(one.about, "small", wrap=True))
        if not spoken:
            self._voice.addWidget(PlainLabel(_("Nothing recorded yet."), "muted", wrap=True))

    def _begin(self) -> None:
        if self._child is not None:
            self.change.hide()
            self.form.open(self._child)

    def _leave(self) -> None:
        self.close_form()
        self.change.setFocus()


class CollectForm(QWidget):
    """Allowed names, no reason; an end where there is one."""

    saved = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.names = TextField(spoken=_("Who may collect this child"), object_name="collect-names")
        self.until = DateBoxes(
            spoken=_("Until"), hint=_("Leave empty if it has no end"), object_name="collect-until"
        )
        self.problem = PlainLabel("", "danger", wrap=True, object_name="collect-problem")
        self.problem.hide()
        save = button(_("Save"), object_name="collect-save")
        self.cancel = button(_("Leave as it is"), object_name="collect-leave")
        save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.left)
        self.setLayout(
            col(
                Question(
                    _("Only these people"),
                    self.names,
                    hint=_("Names only, never the reason. Empty means that nobody is named."),
                ),
                Question(_("Until"), self.until),
                self.problem,
                flow(save, self.cancel),
                spacing=8,
            )
        )
        self.hide()

    def open(self, child: ChildRow) -> None:
        """As it stands."""
        self.names.setText(child.may_collect or "")
        self.until.set_date(child.may_collect_until)
        self.say_problem("")
        self.show()
        self.names.setFocus()

    def leave(self) -> None:
        """Esc: first to the button that lets what was typed go."""
        if self.cancel.hasFocus():
            self.left.emit()
        else:
            self.cancel.setFocus()

    def submit(self) -> None:
        """Hands it over, or says what is wrong."""
        wrong = self.until.problem() not in {DateProblem.NONE, DateProblem.EMPTY}
        self.until.mark_error(wrong=wrong)
        self.say_problem(self.until.problem_words(_("The last day")) if wrong else "")
        if not wrong:
            day: date | None = self.until.date()
            self.saved.emit(self.names.text(), day)

    def say_problem(self, words: str) -> None:
        """What to do."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
