"""The told slip: read two lines, Enter prints, or mark it as told in person."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.domain.told_slip import Level
from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.told_slip.presenter import SlipShown, Told, ToldSlipPresenter
from schoolsafe.ui.seams import Paper
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.layout import Part, clear, col, line, row, scroll
from schoolsafe.ui.widgets.pinned_bar import PinnedBar, WorkPane
from schoolsafe.ui.widgets.plain_label import PlainLabel, bullet
from schoolsafe.words import _

LINES: Final = 5


class ToldSlipScreen(Screen):
    """A slip in the work pane; who was told beside it."""

    place = "today"
    topics = frozenset({Topic.TOLD_SLIP, Topic.CHILD})

    def __init__(self, frame: Frame, services: Services, *, paper: Paper) -> None:
        self.title = _("Told slip")
        self.presenter = ToldSlipPresenter(
            services, tasks=frame.tasks, go=frame.navigator, paper=paper, view=self
        )
        self._ticks: dict[str, QCheckBox] = {}
        self._helps: tuple[tuple[str, str], ...] = ()
        self._ends: tuple[tuple[str, str], ...] = ()
        self._fields()
        self.work = WorkPane(self._page(), self._bar())
        self._context = self._beside()

    # building -------------------------------------------------------------------------------------

    def _fields(self) -> None:
        self.name = PlainLabel("", "h1", wrap=True, object_name="slip-child")
        self.about = PlainLabel("", "muted", wrap=True)
        self.problem = PlainLabel("", "danger", wrap=True, object_name="slip-problem")
        self.problem.hide()
        self.level = ChoiceGroup(
            [
                Option(Level.BE_AWARE.value, _("Be aware"), _("A quiet start, no questions")),
                Option(Level.WHAT_HELPS.value, _("What helps"), _("What an adult can do")),
                Option(Level.DETAILS.value, _("Details"), _("The lead only, never a slip")),
            ],
            columns=1,
            spoken=_("How much do they need to know?"),
            object_name="slip-level",
        )
        self.level.chosen.connect(self.presenter.choose_level)
        self.lead_only = Banner(
            "info",
            _("Details stay with the safeguarding lead."),
            _("What happened is in the child’s file. A slip says what to do, not what happened."),
            object_name="slip-lead-only",
        )
        self.lead_only.hide()
        self.helps = QWidget()
        self.helps.setObjectName("slip-helps")
        self._help_row = col(spacing=0)
        self.helps.setLayout(self._help_row)
        self.to = TextField(
            spoken=_("Who is told?"), hint=_("Name of the adult"), object_name="slip-to"
        )
        self.until = ChipRow((), spoken=_("Until when?"), object_name="slip-until")
        self.until.chosen.connect(self.presenter.choose_end)
        self.text = LongText(
            spoken=_("The words they are given"), lines=LINES, object_name="slip-words"
        )

        self.card_why = TextField(
            spoken=_("Why they are told all the same"),
            hint=_("Why? One line"),
            object_name="slip-card-why",
        )
        self.card_why.hide()

    def _page(self) -> QVBoxLayout:
        return col(
            col(PlainLabel(_("Told slip"), "muted"), self.name, self.about, spacing=2),
            line(),
            Question(_("How much do they need to know?"), self.level),
            self.lead_only,
            self.helps,
            Question(_("Who is told?"), self.to),
            Question(_("Until when?"), self.until),
            Question(
                _("The words they are given"),
                self.text,
                hint=_("No more than they need. Nothing about what happened."),
            ),
            None,
            margins=(24, 16, 24, 12),
            spacing=10,
        )

    def _bar(self) -> PinnedBar:
        self.in_person = button(_("Told in person"), object_name="told-in-person")
        self.in_person.clicked.connect(self.presenter.told_in_person)
        self.print_button = button(
            _("Print the slip"), kind="primary", icon="printer", object_name="print-slip"
        )
        self.print_button.setToolTip(_("Print the slip ({key})").format(key=key_words("confirm")))
        self.print_button.setAutoDefault(True)  # Enter presses it while it has the focus
        self.print_button.clicked.connect(self.presenter.print_slip)
        note = PlainLabel(_("The telling is kept on record."), "small", wrap=True)
        return PinnedBar(
            col(
                self.problem,
                self.card_why,
                row((note, 1), self.in_person, self.print_button),
                spacing=8,
            )
        )

    def _beside(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("context")
        self._told = QVBoxLayout()
        self._told.setSpacing(8)
        worth = (
            _("Tell each adult who meets the child first, and nobody else."),
            _("A slip says what to do, not what happened."),
            _("It has an end. After that it no longer holds."),
            _("Each telling stands on the child’s chronology, with who and when."),
        )
        hints: list[Part] = [
            row(bullet(), (PlainLabel(one, wrap=True), 1), spacing=8) for one in worth
        ]
        page = col(
            PlainLabel(_("Who was told"), "h2"),
            self._told,
            line(),
            PlainLabel(_("Worth knowing"), "h2"),
            col(*hints, spacing=5),
            None,
            margins=(18, 16, 16, 16),
            spacing=10,
        )
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll(page))
        frame.setLayout(layout)
        return frame

    # what the presenter shows ---------------------------------------------------------------------

    def show_slip(self, slip: SlipShown, *, words_too: bool) -> None:
        """The slip and who was told before."""
        self.name.setText(slip.child)
        self.about.setText(slip.about)
        self.level.set_current(slip.level)
        details = slip.level == Level.DETAILS.value
        self.lead_only.setVisible(details)
        if words_too:
            if not self.to.isModified():
                self.to.setText(slip.told_to)
            self.text.setPlainText(slip.words)
            self._say_wrong("")
        if slip.ends != self._ends:  # chips made anew would lose the focus
            self._ends = slip.ends
            self.until.set_options(slip.ends)
        self.until.set_current(slip.end)
        self._show_helps(slip)
        self.text.setEnabled(not details)
        self.print_button.setAccessibleDescription(slip.words)
        clear(self._told)
        for one in slip.told:
            self._told.addWidget(self._told_row(one))
        if not slip.told:
            self._told.addWidget(PlainLabel(_("Nobody yet."), "muted"))

    def _show_helps(self, slip: SlipShown) -> None:
        self.helps.setVisible(bool(slip.helps))
        if slip.helps != self._helps:
            self._helps = slip.helps
            clear(self._help_row)
            self._ticks = {}
            for key, words in slip.helps:
                tick = QCheckBox(words.rstrip("."))
                tick.setObjectName(f"help-{key}")
                tick.setAccessibleName(words)
                tick.setChecked(key in slip.helping)
                tick.toggled.connect(lambda _on: self._ticked())
                self._ticks[key] = tick
                self._help_row.addWidget(tick)

    def _ticked(self) -> None:
        chosen = frozenset(key for key, tick in self._ticks.items() if tick.isChecked())
        self.presenter.choose_helps(chosen)

    def _told_row(self, one: Told) -> QWidget:
        parts: list[QWidget] = [
            PlainLabel(one.who, "strong", wrap=True),
            PlainLabel(one.detail, "muted", wrap=True),
            PlainLabel(one.words, wrap=True),
        ]
        holder = QWidget()
        layout = col(*parts, spacing=2)
        if one.holds:
            end = button(
                _("End it now"),
                kind="link",
                spoken=_("End what {who} was told").format(who=one.who),
            )
            end.clicked.connect(lambda _on=False, slip=one.id: self.presenter.end(slip))
            layout.addLayout(row(end, None))
        holder.setLayout(layout)
        return holder

    def say_wrong(self, words: str, field: str) -> None:
        """What is wrong, and the focus where it is."""
        self._say_wrong(words)
        places: Mapping[str, QWidget] = {
            "to": self.to,
            "words": self.text,
            "level": self.level.choices[0],
            "card": self.card_why,
        }
        if field == "card":
            self.card_why.show()
        self.to.mark_error(wrong=field == "to")
        self.text.mark_error(wrong=field == "words")
        if field in places:
            places[field].setFocus()

    def _say_wrong(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self.work, words)
        else:
            self.to.mark_error(wrong=False)
            self.text.mark_error(wrong=False)

    def card_reason(self) -> str | None:
        """Why somebody is told whom a protocol card does not name; None until asked."""
        return None if self.card_why.isHidden() else self.card_why.text()

    def told_to(self) -> str:
        """Who is told, as typed."""
        return self.to.text()

    def words(self) -> str:
        """The words, as they stand."""
        return self.text.text()

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, context=self._context)

    @override
    def opened(self, **args: object) -> None:
        child = args.get("child")
        if isinstance(child, str):
            self.card_why.hide()
            self.card_why.setText("")
            self.to.setModified(False)
            self.presenter.open(
                child,
                notification=str(args.get("notification") or ""),
                line=str(args.get("line") or ""),
            )

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.print_button

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.presenter.print_slip, "print": self.presenter.print_slip}
