"""Under the match: what the line came to, who has to be told and how, and taking out what was never ours."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.not_ours import HOW
from schoolsafe.ui.screens.notification.ending import EndingShown, RelationShown
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import box, clear, col, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class EndingPart(QWidget):
    """Hidden until a line came to something, or another notice may belong to this one."""

    told = Signal(str, str, str)
    """Who was told, how, and what else there is to say."""
    taken_out = Signal()
    tied = Signal(str, str)
    """Another notice and the tie: they belong together."""
    told_apart = Signal(str)
    opened = Signal(str)
    """Another notice, to be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = EndingShown()
        self.heading = PlainLabel("", "h2", wrap=True, object_name="ending-heading")
        self.next_step = PlainLabel("", "strong", wrap=True, object_name="ending-next")
        self.problem = PlainLabel("", "danger", wrap=True, object_name="ending-problem")
        self.problem.hide()
        self._done = _column()
        self._script = _column(4)
        self._relations = _column(8)
        self.reach = PlainLabel("", "strong", wrap=True, object_name="ending-reach").selectable()
        copy = button(_("Copy the email"), object_name="copy-mail")
        copy.setAccessibleDescription(_("It leaves the clipboard after 15 seconds"))
        copy.clicked.connect(self._copy)
        self.copied = PlainLabel("", "muted", wrap=True, object_name="mail-copied")
        self._say = QWidget()
        self._say.setLayout(
            col(
                self.reach,
                self._script,
                row(copy, (self.copied, 1)),
                spacing=6,
            )
        )
        self._form = self._told_form()
        self._out = self._taking_out()
        self._ends = QWidget()
        self._ends.setLayout(
            col(
                self.heading,
                self.next_step,
                self.problem,
                self._done,
                self._say,
                self._form,
                self._out,
                spacing=8,
            )
        )
        self.setLayout(col(self._relations, self._ends, spacing=10))
        self.hide()

    def _told_form(self) -> QWidget:
        self.form_heading = PlainLabel("", "h3", wrap=True)
        self.who = TextField(
            spoken=_("Who was told"),
            hint=_("Their name and office, not the child’s"),
            object_name="told-who",
        )
        self.how = ChipRow(
            [(how.value, _(words)) for how, words in HOW.items()],
            chosen="phone",
            spoken=_("How they were told"),
            object_name="told-how",
        )
        self.words = TextField(
            spoken=_("Anything else to note"),
            hint=_("For example, which school it is"),
            object_name="told-words",
        )
        save = button(_("They have been told"), object_name="told-save")
        save.clicked.connect(self._save)
        form = QWidget()
        form.setLayout(
            col(
                self.form_heading,
                self.who,
                self.how,
                row((self.words, 1), save),
                spacing=6,
            )
        )
        return form

    def _taking_out(self) -> QWidget:
        self.goes = PlainLabel("", wrap=True, object_name="ending-goes")
        self.stays = PlainLabel("", "muted", wrap=True, object_name="ending-stays")
        out = button(_("Take the content out"), object_name="take-out")
        out.clicked.connect(self.taken_out)
        held = QWidget()
        held.setLayout(col(self.goes, self.stays, row(out, None), spacing=6))
        return held

    # showing --------------------------------------------------------------------------------------

    def show_ending(self, shown: EndingShown) -> None:
        """Another line, or other facts."""
        other = shown.line_id != self._shown.line_id
        again = shown.relations != self._shown.relations
        self._shown = shown
        self.setVisible(bool(shown.heading or shown.relations))
        self._ends.setVisible(bool(shown.heading))
        self.heading.setText(shown.heading)
        self.next_step.setText(shown.next_step)
        self.next_step.setVisible(bool(shown.next_step))
        _fill(self._done, [PlainLabel(words, wrap=True) for words in shown.done])
        _fill(
            self._script,
            [
                PlainLabel(f"{n}.  {words}", wrap=True).selectable()
                for n, words in enumerate(shown.script, 1)
            ],
        )
        self.reach.setText(shown.reach)
        self.reach.setVisible(bool(shown.reach))
        self._say.setVisible(bool(shown.script))
        self._form.setVisible(bool(shown.owed))
        self.form_heading.setText(shown.owed_words)
        self._out.setVisible(bool(shown.goes))
        self.goes.setText(shown.goes)
        self.stays.setText(shown.stays)
        if other:
            self.empty_form()
            self.say_problem("")
        if other or again:
            _fill(self._relations, [self._relation(one) for one in shown.relations])

    def _relation(self, one: RelationShown) -> QWidget:
        look = button(_("Open it"), kind="link", object_name=f"open-{one.notification}")
        look.clicked.connect(lambda _on=False, n=one.notification: self.opened.emit(n))
        words = col(
            PlainLabel(one.words, "strong", wrap=True),
            PlainLabel(one.reason, "muted", wrap=True) if one.reason else 0,
            spacing=1,
        )
        apart = button(_("Not the same"), object_name=f"apart-{one.notification}")
        apart.setAccessibleDescription(one.words)
        apart.clicked.connect(lambda _on=False, n=one.notification: self.told_apart.emit(n))
        if one.confirmed:
            inside = row((words, 1), look, apart, margins=(12, 8, 12, 8))
            return box(inside, object_name=f"tied-{one.notification}", panel="sunken")
        together = button(_("They belong together"), object_name=f"tie-{one.notification}")
        together.setAccessibleDescription(f"{one.words}. {one.reason}")
        together.clicked.connect(lambda _on=False, n=one.notification, t=one.tie: self._tie(n, t))
        inside_col = col(words, flow(together, apart, look), spacing=6, margins=(12, 8, 12, 8))
        return box(inside_col, object_name=f"related-{one.notification}", panel="info")

    def say_problem(self, words: str) -> None:
        """What is missing here."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self, words)

    def empty_form(self) -> None:
        """After it was saved, and for another line."""
        for field in (self.who, self.words):
            field.setText("")
        self.how.set_current("phone")
        self.copied.setText("")

    # doing ----------------------------------------------------------------------------------------

    def _tie(self, notification: str, tie: Tie) -> None:
        self.tied.emit(notification, tie.value)

    def _save(self) -> None:
        self.say_problem("")
        self.told.emit(self.who.text(), self.how.current() or "phone", self.words.text())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._shown.mail)
        words = _("Copied, for 15 seconds. The subject holds no name.")
        self.copied.setText(words)
        announce(self, words)


def _column(spacing: int = 2) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def _fill(column: QVBoxLayout, parts: list[PlainLabel] | list[QWidget]) -> None:
    clear(column)
    for part in parts:
        column.addWidget(part)
