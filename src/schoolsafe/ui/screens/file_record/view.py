"""The form of one kind of record: its questions from top to bottom, then what may be added as things go on."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.domain import say
from schoolsafe.domain.entry import Value
from schoolsafe.domain.file_form import FileForm, Wrong
from schoolsafe.domain.file_form import Question as FormQuestion
from schoolsafe.services.changes import Topic
from schoolsafe.services.file_record import FileRecordView
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.ranking import Pick
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.file_record.presenter import (
    CHILD,
    SIGNIFICANT,
    FileRecordPresenter,
    later_questions,
)
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.answer import Answer, shown
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.layout import clear, col, line, row, scroll
from schoolsafe.ui.widgets.picker import Picker
from schoolsafe.ui.widgets.pinned_bar import PinnedBar, WorkPane
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

KEEP_MS: Final = 1000
"""A draft is kept this long after the last key, in milliseconds."""


class FileRecordScreen(Screen):
    """A form in the work pane; what is on record already beside it."""

    place = "pupils"
    topics = frozenset({Topic.CHILD})

    def __init__(self, frame: Frame, services: Services, form: FileForm) -> None:
        self.form, self.title = form, _(form.record)
        self.presenter = FileRecordPresenter(
            services, form, tasks=frame.tasks, go=frame.navigator, view=self
        )
        now = services.desk.now()
        self.answers = tuple(
            Answer(question, today=now.date(), zone=now.tzinfo) for question in form.all_questions
        )
        self._more = False
        self._fields()
        self.work = WorkPane(self._page(), PinnedBar(self._bar()))
        self.beside = Beside()
        self._timer = QTimer(self.work)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.presenter.keep_draft)
        self._wire()

    # building -------------------------------------------------------------------------------------

    def _fields(self) -> None:
        self.summary = ErrorSummary()
        self.child = Picker(
            self.presenter.book.find,
            spoken=_("Which child is this about?"),
            hint=_("Type a name"),
            object_name="record-child",
        )
        self.significant = QCheckBox(_("Show it in the short chronology"))
        self.significant.setObjectName("record-significant")
        self.why = TextField(spoken=_("Why is it withdrawn?"), object_name="record-why-withdrawn")
        self.kept = PlainLabel("", "small", wrap=True, object_name="record-kept")
        self.save_button = button(
            _("Save"), kind="primary", key=key_words("save"), object_name="save-record"
        )
        self.withdraw_button = button(_("Withdraw"), object_name="withdraw-record")

    def _bar(self) -> QVBoxLayout:
        self.why_asked = Question(_("Why is it withdrawn?"), self.why)
        self.why_asked.hide()
        return col(
            self.why_asked,
            row((self.kept, 1), self.withdraw_button, self.save_button),
            spacing=8,
        )

    def _page(self) -> QVBoxLayout:
        self._asked = {
            answer.question.field: Question(
                _(answer.question.words),
                answer,
                hint=_(answer.question.hint) if answer.question.hint else "",
            )
            for answer in self.answers
        }
        self.whom = Question(_("Which child is this about?"), self.child)
        self.heading = PlainLabel("", "h1", wrap=True, object_name="record-heading")
        self.about = PlainLabel("", "muted", wrap=True)
        self.later = PlainLabel(_("As things go on"), "h2", object_name="record-later")
        self.held = Banner("warn", icon="lock", object_name="record-restricted")
        if self.form.restricted:
            self.held.say(_("Restricted. It prints only where you tick it, with a reason."))
        else:
            self.held.hide()
        return col(
            col(PlainLabel(self.title, "muted"), self.heading, self.about, spacing=2),
            self.summary,
            self.held,
            self.whom,
            self.later,
            *self._in_parts(),
            self.significant,
            None,
            margins=(24, 16, 24, 14),
            spacing=10,
        )

    def _in_parts(self) -> list[QWidget]:
        """The questions in order, with a heading where a part begins; short forms have none."""
        self._parts: list[tuple[QWidget, list[FormQuestion]]] = []
        placed: list[QWidget] = []
        for question in self.form.all_questions:
            if question.part:
                rule = line()
                heading = PlainLabel(_(question.part), "h2", wrap=True)
                held = QWidget()
                held.setLayout(col(6, rule, 4, heading, spacing=0))
                self._parts.append((held, []))
                placed.append(held)
            if self._parts:
                self._parts[-1][1].append(question)
            placed.append(self._asked[question.field])
        return placed

    def _wire(self) -> None:
        self.child.picked.connect(self._picked)
        self.child.typed.connect(lambda _words: self._timer.start())
        self.significant.toggled.connect(lambda _on: self._timer.start())
        for answer in self.answers:
            answer.edited.connect(self._timer.start)
            answer.left.connect(self._flush)
        self.save_button.clicked.connect(self.presenter.save)
        self.withdraw_button.clicked.connect(self._withdraw)

    # what the presenter shows ---------------------------------------------------------------------

    def typed(self) -> Mapping[str, Value]:
        """The answers as they stand."""
        pick = self.child.pick()
        said = shown(self.answers)
        if pick:
            said |= {CHILD: pick.id, "child_name": pick.name}
        if self.significant.isChecked():
            said[SIGNIFICANT] = True
        return said

    def problems(self) -> tuple[Wrong, ...]:
        """What cannot be read as an answer at all."""
        return tuple(
            Wrong(answer.question.field, words)
            for answer in self.answers
            if (words := answer.problem())
        )

    def show_new(
        self, values: Mapping[str, Value], *, child: str, about: str, now: datetime
    ) -> None:
        """An empty form, or a draft of one."""
        del now
        self._reset(child, about)
        self.whom.setVisible(not child)
        self.heading.setText(child or self._nobody())
        if child:
            self.child.set_pick(Pick(str(values.get(CHILD)), child, about))
        else:
            self.child.set_text("")
        for answer in self.answers:
            answer.show_answer(values.get(answer.question.field))
        self.significant.setChecked(bool(values.get(SIGNIFICANT)))
        self._show_parts(more=False)
        self.beside.show_hints(self.form)

    def show_more(self, record: FileRecordView, *, child: str, about: str, now: datetime) -> None:
        """A record that stands: its first day beside, its later questions to answer."""
        del now
        self._reset(child, about)
        self.whom.hide()
        self.child.set_pick(Pick(record.child, child, about))
        for answer in self.answers:
            answer.show_answer(record.values.get(answer.question.field))
        self._show_parts(more=True)
        self.beside.show_record(record)

    def _nobody(self) -> str:
        return _("Nobody in particular") if self.form.childless else _("No child chosen yet")

    def _reset(self, child: str, about: str) -> None:
        self._timer.stop()
        self.show_wrong(())
        self.heading.setText(child or _("No child chosen yet"))
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.kept.setText("")
        self.why.setText("")
        self.why_asked.hide()
        self.work.page.verticalScrollBar().setValue(0)

    def _show_parts(self, *, more: bool) -> None:
        self._more = more
        for question in self.form.all_questions:
            self._asked[question.field].setVisible(question.later == more)
        for heading, questions in self._parts:
            heading.setVisible(any(question.later == more for question in questions))
        self.significant.setVisible(not more)
        first = next(iter(later_questions(self.form)), None)
        self.later.setVisible(more and not (first and first.part))  # its own heading says enough
        self.withdraw_button.setVisible(more)
        self._timer.stop()
        page = self.work.page.widget()
        inside = page.layout() if page is not None else None
        if inside is not None:
            inside.activate()  # the focus finds each field where it stands now: the page begins at its top
        self.work.page.verticalScrollBar().setValue(0)

    def offer(self, form: FileForm, contacts: Sequence[str]) -> None:
        """The form in the school's words, and the names of the contact book."""
        for answer, question in zip(self.answers, form.all_questions, strict=True):
            answer.reword(question)
            answer.offer(contacts)

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """The summary and the fields."""
        said = {one.field: one.words for one in wrong}
        places: dict[str, QWidget] = {CHILD: self.child.edit}
        self.whom.show_error(said.get(CHILD, ""))
        self.child.mark_error(wrong=CHILD in said)
        for answer in self.answers:
            field = answer.question.field
            places[field] = answer.focus_field()
            self._asked[field].show_error(said.get(field, ""))
            answer.mark_error(wrong=field in said)
        self.summary.show_errors(
            [FormError(one.words, places.get(one.field, self.save_button)) for one in wrong]
        )

    def show_kept(self, words: str) -> None:
        """When the draft was last kept."""
        self.kept.setText(words)

    def _picked(self, pick: Pick) -> None:
        self.heading.setText(pick.name)
        self.about.setText(pick.about)
        self.about.setVisible(bool(pick.about))
        self._timer.start()
        self.answers[0].focus_field().setFocus()

    def _withdraw(self) -> None:
        if self.why_asked.isHidden():
            self.why_asked.show()
            self.why.setFocus()
        else:
            self.presenter.withdraw(self.why.text())

    def _flush(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.presenter.keep_draft()

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, context=self.beside)

    @override
    def opened(self, **args: object) -> None:
        names = (CHILD, "record", "draft")
        given = {key: str(args[key]) for key in names if isinstance(args.get(key), str)}
        self.presenter.open(**given)

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.book.load(again=True)

    @override
    def left(self) -> None:
        self._flush()

    @override
    def first_focus(self) -> QWidget:
        if self._more:
            later = {question.field for question in later_questions(self.form)}
            return next(
                (a.focus_field() for a in self.answers if a.question.field in later),
                self.withdraw_button,
            )
        known = self.child.pick() or self.form.childless
        return self.answers[0].focus_field() if known else self.child.edit

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.presenter.save}


class Beside(QFrame):
    """The context pane: what is worth writing, or what is on record already."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("context")
        self.heading = PlainLabel("", "h2", wrap=True)
        self._lines = col(spacing=4)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        page = col(self.heading, self._lines, None, margins=(18, 16, 16, 16), spacing=10)
        layout.addWidget(scroll(page))
        self.setLayout(layout)

    def show_hints(self, form: FileForm) -> None:
        """For a new record."""
        self.heading.setText(_("Worth writing"))
        hints = [
            _("Write it today, while it is fresh."),
            _("Write names and roles in full, not initials."),
            _("Say what was decided, by whom and why; also where nothing was done."),
        ]
        if form.voice:
            hints.insert(1, _("Quote the child’s words exactly. Write which questions you asked."))
        clear(self._lines)
        for hint in hints:
            self._lines.addWidget(PlainLabel(hint, wrap=True))
            self._lines.addSpacing(style.scale(6))

    def show_record(self, record: FileRecordView) -> None:
        """What was put on record on the first day, and since."""
        self.heading.setText(_("On record"))
        clear(self._lines)
        for one in record.answers:
            self._lines.addWidget(PlainLabel(one.question, "small", wrap=True))
            self._lines.addWidget(PlainLabel(say.plain_text(one.answer), wrap=True))
            self._lines.addSpacing(style.scale(6))
        written = _("Recorded {when} by {who}").format(
            when=say.short_moment(record.written), who=record.author
        )
        self._lines.addWidget(PlainLabel(written, "small", wrap=True))
