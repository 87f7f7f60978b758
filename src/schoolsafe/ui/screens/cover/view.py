"""The rota over the contact card: who covers which dates, and how the police reach the school."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QCompleter, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.policy import Policy
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.cover.presenter import CoverPresenter, CoverShown, TurnForm, TurnShown
from schoolsafe.ui.seams import Paper
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import line
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import _

ADULT_LINES = 3


@dataclass(frozen=True, slots=True)
class CoverTools:
    """What the rota needs of the world besides the services."""

    paper: Paper
    policy: Policy


class CoverPage(FormPage):
    """Rota and card on one page."""

    def __init__(self, today: date) -> None:
        super().__init__(
            _("Settings"),
            _("Cover and contact card"),
            _("A notification that comes into an inbox nobody looks at is no notification. Say who "
              "looks on each school day and on every date of the holidays."),
        )  # fmt: skip
        self.nobody = Banner("danger", icon="triangle-alert", object_name="nobody-covering")
        self.nobody.hide()
        self.covered = Banner("ok", object_name="all-covered")
        self.covered.hide()
        self._rota(today)
        self._card()

    def _rota(self, today: date) -> None:
        self.table = FittedTable(
            (_("Who"), _("Dates"), _("Phone")),
            spoken=_("Cover rota"),
            object_name="rota",
            weights=(3, 4, 3),
        )
        self.none = PlainLabel(_("Nobody is on the rota yet."), "muted", wrap=True)
        self.off = button(_("Take off the rota"), object_name="take-off")
        self.name = TextField(spoken=_("Who covers?"), object_name="cover-name")
        self.phone = TextField(spoken=_("Phone"), width=260, object_name="cover-phone")
        days = [(_("Today"), today), (_("Tomorrow"), today + timedelta(days=1))]
        self.first = DateBoxes(days, spoken=_("First date"), object_name="cover-first")
        self.last = DateBoxes(
            spoken=_("Last date"), hint=_("Leave empty for one day"), object_name="cover-last"
        )
        self.add = button(
            _("Put on the rota"), kind="primary", key=key_words("save"), object_name="add-cover"
        )
        first = self.ask("first", Question(_("First date"), self.first), self.first.day_box)
        last = self.ask("last", Question(_("Last date"), self.last), self.last.day_box)
        who = self.ask("name", Question(_("Who covers?"), self.name))
        # the first field is who covers, whatever the order they were asked in
        self.fields = {"name": self.name, **self.fields}
        self.put(
            self.nobody,
            self.covered,
            self.table,
            self.none,
            flow(self.off),
            PlainLabel(_("Put somebody on the rota"), "h2", wrap=True),
            who,
            Question(_("Phone"), self.phone),
            first,
            last,
            flow(self.add),
        )

    def _card(self) -> None:
        self.inbox = TextField(spoken=_("Email for notifications"), object_name="card-inbox")
        self.school_phone = TextField(
            spoken=_("Phone for notifications"), width=260, object_name="card-phone"
        )
        self.adults = LongText(spoken=_("Key adults"), lines=ADULT_LINES, object_name="card-adults")
        self.save = button(_("Save the contact card"), object_name="save-card")
        self.print_button = button(
            _("Print the card"), icon="printer", key=key_words("print"), object_name="print-card"
        )
        self.due = Banner("warn", object_name="card-due")
        self.due.hide()
        self.confirmed = PlainLabel("", "muted", wrap=True, object_name="card-confirmed")
        self.with_whom = TextField(
            spoken=_("With whom you went through it"), object_name="card-with"
        )
        self.confirm = button(_("Gone through it today"), object_name="confirm-card")
        adults_hint = _(
            "One a line: name; role; phone; day of the last training, such as 3 2 2026. What is "
            "not known may be left out."
        )
        self.put(
            line(),
            PlainLabel(_("Contact card for the police"), "h2", wrap=True),
            self.due,
            self.ask(
                "inbox",
                Question(
                    _("Email for notifications"),
                    self.inbox,
                    hint=_("One that several people watch, not one person’s own."),
                ),
            ),
            Question(_("Phone for notifications"), self.school_phone),
            self.ask("adults", Question(_("Key adults"), self.adults, hint=adults_hint)),
            flow(self.save, self.print_button),
            self.confirmed,
            Question(_("Gone through with the police: with whom?"), self.with_whom),
            flow(self.confirm),
        )

    def show_turns(self, turns: Sequence[TurnShown]) -> None:
        """The rota."""
        self.table.show_rows(
            [
                TableRow(
                    one.key,
                    (
                        Cell(one.name, strong=True),
                        Cell(one.days),
                        Cell(one.phone or _("Not said"), tone="text" if one.phone else "muted"),
                    ),
                )
                for one in turns
            ]
        )
        self.table.setVisible(bool(turns))
        self.off.setVisible(bool(turns))
        self.none.setVisible(not turns)
        if turns and not self.table.current_key():
            self.table.select(turns[0].key)

    def form(self) -> TurnForm:
        """The line as typed."""
        return TurnForm(
            name=self.name.text(),
            phone=self.phone.text(),
            first=self.first.date(),
            first_wrong=_wrong(self.first, _("The first date")),
            last=self.last.date(),
            last_wrong=_wrong(self.last, _("The last date")),
        )


def _wrong(boxes: DateBoxes, what: str) -> str:
    fine = boxes.problem() in {DateProblem.NONE, DateProblem.EMPTY}
    return "" if fine else boxes.problem_words(what)


class CoverScreen(Screen):
    """The page."""

    place = "settings"
    topics = frozenset({Topic.SETTING, Topic.CALENDAR, Topic.SCHOOL})

    def __init__(self, frame: Frame, services: Services, tools: CoverTools) -> None:
        self.title = _("Cover and contact card")
        self.presenter = CoverPresenter(
            services,
            tasks=frame.tasks,
            go=frame.navigator,
            view=self,
            paper=tools.paper,
            policy=tools.policy,
        )
        self.page = CoverPage(services.desk.now().date())
        self.page.setObjectName("work")
        self._fresh = {"contact"}
        self._people: tuple[str, ...] = ()
        self._wire()

    def _wire(self) -> None:
        do, page = self.presenter, self.page
        page.add.clicked.connect(self._add)
        page.off.clicked.connect(lambda: do.take_off(page.table.current_key()))
        page.save.clicked.connect(
            lambda: do.save_contact(
                inbox=page.inbox.text(), phone=page.school_phone.text(), adults=page.adults.text()
            )
        )
        page.confirm.clicked.connect(lambda: do.confirm(page.with_whom.text()))
        page.print_button.clicked.connect(do.print)
        page.print_button.setVisible(do.may_print())

    def _add(self) -> None:
        self.presenter.add(self.page.form())

    # CoverScreenView ------------------------------------------------------------------------------

    def show_cover(self, shown: CoverShown) -> None:
        """The rota and the card; what is being typed is left alone."""
        page = self.page
        page.nobody.say(shown.nobody)
        page.covered.say(shown.covered)
        page.show_turns(shown.turns)
        page.due.say(shown.due)
        page.confirmed.setText(shown.confirmed)
        if shown.people != self._people:
            self._people = shown.people
            page.name.setCompleter(QCompleter(list(shown.people), page.name))
        if "contact" in self._fresh:
            self._fresh.discard("contact")
            page.inbox.setText(shown.inbox)
            page.school_phone.setText(shown.phone)
            page.adults.setPlainText(shown.adults)

    def show_gone(self, words: str) -> None:
        """There is nothing this person may read."""
        self.page.show_on_record(words)

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """The summary and the fields."""
        self.page.show_problems(problems, fallback=self.page.name)

    def saved(self, part: str) -> None:
        """What was typed there is kept: the fields show what stands."""
        page = self.page
        if part == "turn":
            for field in (page.name, page.phone):
                field.setText("")
            page.first.set_date(None)
            page.last.set_date(None)
        elif part == "confirmed":
            page.with_whom.setText("")
        elif part:
            self._fresh.add(part)

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.page)

    @override
    def opened(self, **args: object) -> None:
        self.presenter.refresh()

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.page.table if self.page.table.isVisible() else self.page.name

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self._add, "print": self.presenter.print}
