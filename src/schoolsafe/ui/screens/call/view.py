"""The form of a call: the questions in the order a caller answers them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.domain.notification import Answer, Presence
from schoolsafe.services.changes import Topic
from schoolsafe.services.school import ChoiceWords, usual_choices
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import phrases
from schoolsafe.ui.ranking import Pick
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.call.bar import CallBar
from schoolsafe.ui.screens.call.context import CallContext, options
from schoolsafe.ui.screens.call.form import CallForm, Wrong, day_chips
from schoolsafe.ui.screens.call.more import MoreTold
from schoolsafe.ui.screens.call.presenter import CallPresenter
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.choice import ChoiceGroup
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.picker import Picker
from schoolsafe.ui.widgets.pinned_bar import WorkPane
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.time_box import TimeBox
from schoolsafe.words import _

KEEP_MS: Final = 1000
"""A draft is kept this long after the last key, in milliseconds."""
LINES: Final = 5


class CallScreen(Screen):
    """A phone call in the work pane."""

    place = "today"
    topics = frozenset({Topic.CHILD})

    def __init__(self, frame: Frame, services: Services) -> None:
        self.title = _("Log a phone call")
        self._overnight = False
        self._channel = ""
        self._today = services.desk.now().date()
        self.presenter = CallPresenter(services, tasks=frame.tasks, go=frame.navigator, view=self)
        self._fields()
        self._context = CallContext()
        self._group = ChoiceGroup(
            options(usual_choices()),
            columns=2,
            spoken=_("What happens this morning?"),
            object_name="call-choices-bar",
        )
        self.bar = CallBar(self._group)
        self.work = WorkPane(self._page(), self.bar)
        self._timer = QTimer(self.work)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.presenter.keep_draft)
        self._wire()

    # building -------------------------------------------------------------------------------------

    def _fields(self) -> None:
        self.summary = ErrorSummary()
        self.started = PlainLabel("", "muted", object_name="call-started")
        self.child = Picker(
            self.presenter.book.find,
            spoken=_("Who is the call about?"),
            hint=_("Type a name"),
            object_name="call-child",
        )
        self.fit = PlainLabel("", "muted", wrap=True, object_name="call-fit")
        self.this_is = button("", object_name="call-this-is")
        self.this_is.hide()
        self.caller = TextField(
            spoken=_("Who is calling?"),
            hint=_("Where from, name, number"),
            object_name="call-caller",
        )
        self.caller_note = PlainLabel("", "small", wrap=True)
        self.caller_note.hide()
        self.when = DateBoxes(
            day_chips(self._today), spoken=_("When did it happen?"), object_name="call-date"
        )
        self.clock = TimeBox(spoken=_("What time?"), object_name="call-time")
        self.clock.about.setEnabled(False)
        self.presence = ChipRow(
            [(key.value, _(words)) for key, words in phrases.PRESENCE_CHIPS],
            chosen=Presence.UNKNOWN.value,
            spoken=_("Was the child there?"),
            object_name="call-presence",
        )
        self.said = LongText(spoken=_("What did they say?"), lines=LINES, object_name="call-said")
        self.more_link = button(
            _("Add a reference, the child’s words, social care"),
            kind="link",
            object_name="call-more",
        )
        self.more = MoreTold()
        self.more.hide()

    def _page(self) -> QVBoxLayout:
        self._questions = {
            "child": Question(_("Who is the call about?"), self.child),
            "date": Question(_("When did it happen?"), self.when),
            "time": Question(_("What time?"), self.clock),
        }
        return col(
            row((PlainLabel(_("Log a phone call"), "h1", wrap=True), 1), self.started),
            self.summary,
            self._questions["child"],
            row((self.fit, 1), self.this_is, spacing=6),
            Question(_("Who is calling?"), self.caller),
            self.caller_note,
            self._questions["date"],
            self._questions["time"],
            Question(_("Was the child there?"), self.presence),
            Question(
                _("What did they say?"),
                self.said,
                hint=_("In their words. You can tidy it later."),
            ),
            row(self.more_link, None),
            self.more,
            None,
            margins=(24, 16, 24, 14),
            spacing=8,
        )

    def _wire(self) -> None:
        self.child.typed.connect(self.presenter.typed_child)
        self.child.picked.connect(self._picked)
        self.this_is.clicked.connect(self._take_offer)
        self.when.chips.picked.connect(self._day_picked)
        self.when.changed.connect(self._day_changed)
        self.clock.edit.textChanged.connect(
            lambda words: self.clock.about.setEnabled(bool(words.strip()))
        )
        self.more_link.clicked.connect(self._show_more)
        self.bar.save.clicked.connect(self.presenter.save)
        self.bar.later.clicked.connect(lambda: self.presenter.save(deciding=False))
        self._context.room.connect(self._place_choices)
        self._context.group.chosen.connect(self._chosen_beside)
        self._group.chosen.connect(self._chosen_below)
        for signal in (
            self.child.typed,
            self.caller.textEdited,
            self.when.changed,
            self.clock.changed,
            self.presence.chosen,
            self.said.textChanged,
            self.more.reference.textEdited,
            self.more.voice.textEdited,
            self.more.social_care.chosen,
        ):
            signal.connect(lambda *_said: self._timer.start())
        self.said.left.connect(self._flush)
        for edit in (self.caller, self.child.edit):
            edit.editingFinished.connect(self._flush)

    # what the presenter shows ---------------------------------------------------------------------

    def form(self) -> CallForm:
        """The form as it stands."""
        pick = self.child.pick()
        day = self.when.date()
        bad_day = self.when.problem() not in {DateProblem.NONE, DateProblem.EMPTY}
        yesterday = self._today - timedelta(days=1)
        return CallForm(
            child_name=pick.name if pick else self.child.text(),
            child=pick.id if pick else "",
            caller=self.caller.text(),
            day=day,
            day_problem=self.when.problem_words(_("Date of the incident")) if bad_day else "",
            clock=self.clock.time(),
            clock_problem=self.clock.problem_words(_("Time of the incident")),
            about=self.clock.is_about(),
            overnight=self._overnight and day == yesterday,
            presence=Presence(self.presence.current() or Presence.UNKNOWN),
            said=self.said.text(),
            reference=self.more.reference.text(),
            voice=self.more.voice.text(),
            social_care=Answer(self.more.social_care.current() or Answer.UNKNOWN),
            choice=self._group.current() or "",
            channel=self._channel or CallForm().channel,
        )

    def show_form(self, form: CallForm, *, today: date, started: str) -> None:
        """Another call."""
        self._today, self._channel, self._overnight = today, form.channel, form.overnight
        self.started.setText(started)
        self.summary.show_errors(())
        self._mark(())
        pick = self.presenter.book.pick(form.child) if form.child else None
        if form.child:
            self.child.set_pick(pick or Pick(form.child, form.child_name))
        else:
            self.child.set_text(form.child_name)
        self.show_fit("", None)
        self.caller.setText(form.caller)
        self.caller_note.hide()
        self.when.set_date(form.day)
        self.clock.set_time(form.clock, about=form.about)
        self.presence.set_current(form.presence.value)
        self.said.setPlainText(form.said)
        self.more.reference.setText(form.reference)
        self.more.voice.setText(form.voice)
        self.more.social_care.set_current(form.social_care.value)
        filled = form.reference or form.voice or form.social_care is not Answer.UNKNOWN
        self.more.setVisible(bool(filled))
        self.more_link.setVisible(not filled)
        self._set_choice(form.choice or None)
        self.bar.kept.setText("")
        self._timer.stop()
        self.work.page.verticalScrollBar().setValue(0)

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """The summary and the fields."""
        self._mark(wrong)
        places: Mapping[str, QWidget] = {
            "child": self.child.edit,
            "date": self.when.day_box,
            "time": self.clock.edit,
            "choice": self._first_choice(),
        }
        self.summary.show_errors([FormError(one.words, places[one.field]) for one in wrong])

    def _mark(self, wrong: Sequence[Wrong]) -> None:
        said = {one.field: one.words for one in wrong}
        for key, question in self._questions.items():
            question.show_error(said.get(key, ""))
        for key, field in (("child", self.child), ("date", self.when), ("time", self.clock)):
            field.mark_error(wrong=key in said)

    def show_kept(self, words: str) -> None:
        """When the draft was last kept."""
        self.bar.kept.setText(words)

    def show_fit(self, words: str, offer: Pick | None) -> None:
        """How many pupils fit, and the only one."""
        self.fit.setText(words)
        self.fit.setVisible(bool(words))
        self._offer = offer
        self.this_is.setVisible(offer is not None)
        if offer is not None:
            self.this_is.set_words(_("This is {name}").format(name=offer.name.split(" ")[0]))

    def show_caller(self, words: str, note: str) -> None:
        """Who rang last time."""
        self.caller.setText(words)
        self.caller.setCursorPosition(0)
        self.caller_note.setText(note)
        self.caller_note.show()

    def show_choices(self, choices: Sequence[ChoiceWords]) -> None:
        """The four choices in the school's own words."""
        self._context.group.reword(options(choices))
        self._group.reword(options(choices))

    # what the person does -------------------------------------------------------------------------

    def _picked(self, pick: Pick) -> None:
        self.presenter.picked_child(pick)
        self._context.say_name(pick.name.split(" ")[0])
        self._timer.start()
        self.caller.setFocus()

    def _take_offer(self) -> None:
        if self._offer is not None:
            self.child.set_pick(self._offer)
            self._picked(self._offer)

    def _day_picked(self, day: date) -> None:
        """A chip answers the three boxes: the next question is the time."""
        self._overnight = day == self._today - timedelta(days=1)
        self.clock.setFocus()

    def _day_changed(self) -> None:
        if self.when.date() != self._today - timedelta(days=1):
            self._overnight = False

    def _show_more(self) -> None:
        self.more.show()
        self.more_link.hide()
        self.more.reference.setFocus()

    def _chosen_beside(self, choice: str) -> None:
        self._group.set_current(choice)
        self._timer.start()

    def _chosen_below(self, choice: str) -> None:
        self._context.group.set_current(choice)
        self._timer.start()

    def _set_choice(self, choice: str | None) -> None:
        self._group.set_current(choice)
        self._context.group.set_current(choice)
        self.bar.show_chosen()

    def _first_choice(self) -> QWidget:
        beside = not self._context.isHidden()
        return self._context.group.choices[0] if beside else self._group.choices[0]

    def _place_choices(self, beside: bool) -> None:  # noqa: FBT001  # a signal's answer
        self.bar.show_choices(shown=not beside)
        self.work.settle()

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
            key: args[key] for key in ("draft", "said", "channel") if isinstance(args.get(key), str)
        }
        self.presenter.open(**{key: str(value) for key, value in given.items()})

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.book.load(again=True)

    @override
    def left(self) -> None:
        self._flush()

    @override
    def first_focus(self) -> QWidget:
        return self.child.edit

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.presenter.save}
