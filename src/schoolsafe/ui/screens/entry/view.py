"""The form of an entry: what happened first, then the child's words, then what was done."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.domain import say
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.ranking import Pick
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.entry.form import Typed, Wrong
from schoolsafe.ui.screens.entry.presenter import EntryPresenter
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.layout import Part, col, row, scroll
from schoolsafe.ui.widgets.picker import Picker
from schoolsafe.ui.widgets.pinned_bar import PinnedBar, WorkPane
from schoolsafe.ui.widgets.plain_label import PlainLabel, bullet
from schoolsafe.ui.widgets.time_box import TimeBox
from schoolsafe.words import _

KEEP_MS: Final = 1000
"""A draft is kept this long after the last key, in milliseconds."""
LINES: Final = 5


class EntryScreen(Screen):
    """An entry in the work pane."""

    place = "pupils"
    topics = frozenset({Topic.CHILD})

    def __init__(self, frame: Frame, services: Services) -> None:
        self.title = _("Add an entry")
        self.presenter = EntryPresenter(services, tasks=frame.tasks, go=frame.navigator, view=self)
        self._today = services.desk.now().date()
        self._named = False
        self._fields()
        self.kept = PlainLabel("", "small", wrap=True, object_name="entry-kept")
        self.save_button = button(
            _("Save"), kind="primary", key=key_words("save"), object_name="save-entry"
        )
        self.save_button.clicked.connect(self.presenter.save)
        self.work = WorkPane(self._page(), PinnedBar(row((self.kept, 1), self.save_button)))
        self._context = _worth_writing()
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
            object_name="entry-child",
        )
        self.kind = ChipRow(
            [(kind.value, phrases.entry_kind_words(kind)) for kind in EntryKind],
            chosen=EntryKind.CONCERN.value,
            spoken=_("What sort of entry?"),
            object_name="entry-kind",
        )
        days = [
            (_("Today"), self._today),
            (_("Yesterday"), self._today - timedelta(days=1)),
            *(
                (say.weekday_words(day), day)
                for day in (self._today - timedelta(days=n) for n in (2, 3))
            ),
        ]
        self.when = DateBoxes(days, spoken=_("When did it happen?"), object_name="entry-date")
        self.clock = TimeBox(spoken=_("What time?"), object_name="entry-time")
        self.clock.about.hide()
        self.title_field = TextField(
            spoken=_("A short title"),
            hint=_("For example, call with Mum"),
            object_name="entry-title",
        )
        self.text = LongText(spoken=_("What happened?"), lines=LINES, object_name="entry-text")
        self.child_words = TextField(
            spoken=_("In the child’s words"),
            hint=_("Exactly what the child said"),
            object_name="entry-child-words",
        )
        self.why_not = TextField(
            spoken=_("If the child was not asked, why"),
            hint=_("For example, not at school, or not safe to ask"),
            object_name="entry-why-not",
        )
        self.asked = TextField(
            spoken=_("What was the child asked?"),
            hint=_("The questions, as you asked them"),
            object_name="entry-asked",
        )
        self.changed_by = TextField(
            spoken=_("What changed because of it?"), object_name="entry-changed"
        )
        self.present = TextField(spoken=_("Who was there?"), object_name="entry-present")
        self.place_field = TextField(spoken=_("Where?"), object_name="entry-place")
        self.action = TextField(spoken=_("What was done?"), object_name="entry-action")
        self.outcome = TextField(spoken=_("What came of it?"), object_name="entry-outcome")
        self.significance = ChipRow(
            [(one.value, phrases.significance_words(one)) for one in Significance],
            chosen=Significance.ROUTINE.value,
            spoken=_("Must a reader of the short chronology see this?"),
            object_name="entry-significance",
        )

    def _page(self) -> QVBoxLayout:
        self._questions = {
            "child": Question(_("Which child is this about?"), self.child),
            "date": Question(_("When did it happen?"), self.when),
            "time": Question(_("What time?"), self.clock, hint=_("Leave it empty if not known.")),
            "text": Question(
                _("What happened?"),
                self.text,
                hint=_("What you saw and heard. Say where it is an opinion, and why."),
            ),
        }
        self.heading = PlainLabel("", "h1", wrap=True, object_name="entry-heading")
        self.about = PlainLabel("", "muted", wrap=True)
        return col(
            col(PlainLabel(_("Add an entry"), "muted"), self.heading, self.about, spacing=2),
            self.summary,
            self._questions["child"],
            Question(_("What sort of entry?"), self.kind),
            self._questions["date"],
            self._questions["time"],
            Question(_("A short title"), self.title_field),
            self._questions["text"],
            Question(_("In the child’s words"), self.child_words),
            Question(_("What was the child asked?"), self.asked),
            Question(_("What changed because of it?"), self.changed_by),
            Question(_("If the child was not asked, why"), self.why_not),
            Question(_("Who was there?"), self.present),
            Question(_("Where?"), self.place_field),
            Question(_("What was done?"), self.action),
            Question(_("What came of it?"), self.outcome),
            Question(_("Must a reader of the short chronology see this?"), self.significance),
            None,
            margins=(24, 16, 24, 14),
            spacing=10,
        )

    def _texts(self) -> tuple[TextField, ...]:
        return (
            self.title_field,
            self.child_words,
            self.why_not,
            self.asked,
            self.changed_by,
            self.present,
            self.place_field,
            self.action,
            self.outcome,
        )

    def _wire(self) -> None:
        self.child.picked.connect(self._picked)
        for signal in (
            self.child.typed,
            self.kind.chosen,
            self.when.changed,
            self.clock.changed,
            self.text.textChanged,
            self.significance.chosen,
            *(one.textEdited for one in self._texts()),
        ):
            signal.connect(lambda *_said: self._timer.start())
        self.text.left.connect(self._flush)
        for one in self._texts():
            one.editingFinished.connect(self._flush)

    # what the presenter shows ---------------------------------------------------------------------

    def form(self) -> Typed:
        """The form as it stands."""
        pick = self.child.pick()
        bad_day = self.when.problem() is not DateProblem.NONE
        return Typed(
            child=pick.id if pick else "",
            child_name=pick.name if pick else self.child.text(),
            kind=EntryKind(self.kind.current() or EntryKind.CONCERN),
            day=self.when.date(),
            day_problem=self.when.problem_words(_("Date")) if bad_day else "",
            clock=self.clock.time(),
            clock_problem=self.clock.problem_words(_("Time")),
            title=self.title_field.text(),
            text=self.text.text(),
            child_words=self.child_words.text(),
            voice_why_not=self.why_not.text(),
            voice_asked=self.asked.text(),
            voice_changed=self.changed_by.text(),
            present=self.present.text(),
            place=self.place_field.text(),
            action=self.action.text(),
            outcome=self.outcome.text(),
            significance=Significance(self.significance.current() or Significance.ROUTINE),
        )

    def show_form(self, typed: Typed, *, about: str, now: datetime) -> None:
        """Another entry."""
        self._today = now.date()
        self.summary.show_errors(())
        self._mark(())
        self.heading.setText(typed.child_name or _("No child chosen yet"))
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self._questions["child"].setVisible(not typed.child)
        if typed.child:
            self.child.set_pick(Pick(typed.child, typed.child_name, about))
        else:
            self.child.set_text(typed.child_name)
        self.kind.set_current(typed.kind.value)
        self.when.set_date(typed.day)
        self.clock.set_time(typed.clock, about=typed.about)
        said = (
            typed.title,
            typed.child_words,
            typed.voice_why_not,
            typed.voice_asked,
            typed.voice_changed,
            typed.present,
            typed.place,
            typed.action,
            typed.outcome,
        )
        for field, words in zip(self._texts(), said, strict=True):
            field.setText(words)
        self.text.setPlainText(typed.text)
        self.significance.set_current(typed.significance.value)
        self.kept.setText("")
        self._timer.stop()
        self.work.page.verticalScrollBar().setValue(0)

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """The summary and the fields."""
        self._mark(wrong)
        places: Mapping[str, QWidget] = {
            "child": self.child.edit,
            "date": self.when.day_box,
            "time": self.clock.edit,
            "text": self.text,
        }
        self.summary.show_errors([FormError(one.words, places[one.field]) for one in wrong])

    def _mark(self, wrong: Sequence[Wrong]) -> None:
        said = {one.field: one.words for one in wrong}
        for key, question in self._questions.items():
            question.show_error(said.get(key, ""))
        fields = (("child", self.child), ("date", self.when), ("time", self.clock))
        for key, field in fields:
            field.mark_error(wrong=key in said)

    def show_kept(self, words: str) -> None:
        """When the draft was last kept."""
        self.kept.setText(words)

    def _picked(self, pick: Pick) -> None:
        self.heading.setText(pick.name)
        self.about.setText(pick.about)
        self.about.setVisible(bool(pick.about))
        self._timer.start()
        self.kind.chip(self.kind.current() or EntryKind.CONCERN.value).setFocus()

    def _flush(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.presenter.keep_draft()

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, context=self._context)

    @override
    def opened(self, **args: object) -> None:
        given = {
            key: str(args[key])
            for key in ("child", "kind", "draft")
            if isinstance(args.get(key), str)
        }
        self._named = bool(
            given.get("child") or given.get("draft")
        )  # shown once the worker has answered
        self.presenter.open(**given)

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.book.load(again=True)

    @override
    def left(self) -> None:
        self._flush()

    @override
    def first_focus(self) -> QWidget:
        named = self._named or self.child.pick() is not None
        return (
            self.kind.chip(self.kind.current() or EntryKind.CONCERN) if named else self.child.edit
        )

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.presenter.save}


def _worth_writing() -> QFrame:
    """What makes an entry useful to a stranger who reads it in 25 years."""
    frame = QFrame()
    frame.setObjectName("context")
    hints = (
        _("Write it today, while it is fresh."),
        _("Quote the child’s words exactly. Write which questions you asked."),
        _("Keep what you saw, what you were told and what you think apart."),
        _("Write names and roles in full, not initials."),
        _("Say what was decided, by whom and why; also where nothing was done."),
    )
    asks: list[Part] = [row(bullet(), (PlainLabel(one, wrap=True), 1), spacing=8) for one in hints]
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(
        scroll(
            col(
                PlainLabel(_("Worth writing"), "h2"),
                col(*asks, spacing=5),
                None,
                margins=(18, 16, 16, 16),
                spacing=10,
            )
        )
    )
    frame.setLayout(layout)
    return frame
