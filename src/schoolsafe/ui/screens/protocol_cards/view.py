"""The cards in the list; what the one in front says, and the school's own copy to change."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QFrame, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.protocol_cards.form import AUDIENCES, PARENTS, SUPPORTS, CardForm
from schoolsafe.ui.screens.protocol_cards.presenter import CardShown, CardsPresenter
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import col, line
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Row, RowList
from schoolsafe.words import _

LIST_WIDTH = 320


class CardPage(FormPage):
    """One card: what it says, whether it is in use, and its fields."""

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("Protocol card"),
            _("What your force or council asks of schools. It proposes; you decide. Where you do "
              "otherwise, the program asks why and keeps the answer."),
        )  # fmt: skip
        self.area_heading = PlainLabel("", "h2", wrap=True, object_name="card-area")
        self.says = Banner("info", object_name="card-says")
        self.source = PlainLabel("", "muted", wrap=True, object_name="card-source")
        self.use = button(_("Use this card"), object_name="use-card")
        self._fields()
        self._lay_out()

    def _fields(self) -> None:
        self.area = TextField(spoken=_("Force or council"), object_name="field-area")
        self.parents = ChipRow(
            [(key.value, _(words)) for key, words in PARENTS],
            spoken=_("May parents be contacted?"),
            object_name="field-parents",
        )
        self.parents_words = TextField(
            spoken=_("In its own words, about parents"), object_name="field-parents-words"
        )
        self.support = ChipRow(
            [(key.value, _(words)) for key, words in SUPPORTS],
            spoken=_("Silent or overt support?"),
            object_name="field-support",
        )
        self.says_who = QCheckBox(_("The card says who may be told"))
        self.says_who.setObjectName("field-says-who")
        self.ticks: dict[str, QCheckBox] = {}
        for key, words in AUDIENCES:
            tick = QCheckBox(_(words))
            tick.setObjectName(f"field-tell-{key.value}")
            self.ticks[key.value] = tick
        self.says_who.toggled.connect(self._show_ticks)
        self.tell_words = TextField(
            spoken=_("In its own words, about telling"), object_name="field-tell-words"
        )
        self.how = TextField(spoken=_("How to acknowledge"), object_name="field-how")
        self.address = TextField(spoken=_("Address"), object_name="field-address")
        self.phone = TextField(spoken=_("Phone"), object_name="field-phone")
        self.within = TextField(spoken=_("How soon"), object_name="field-within")
        self.target = TextField(spoken=_("Target time"), object_name="field-target")
        self.grades = LongText(spoken=_("Grade words"), object_name="field-grades")
        self.repeats = LongText(spoken=_("Repeats"), lines=2, object_name="field-repeats")
        self.notes = LongText(spoken=_("Notes"), lines=3, object_name="field-notes")
        self.from_where = TextField(spoken=_("Where this is from"), object_name="field-source")
        self.checked = DateBoxes(spoken=_("Looked at on"), object_name="field-checked")
        self.sure = QCheckBox(_("Agreed with the force"))
        self.sure.setObjectName("field-sure")
        self.save = button(
            _("Save as our card"),
            kind="primary",
            key=key_words("save"),
            object_name="save-own-card",
        )

    def _lay_out(self) -> None:
        ticks = QWidget()
        ticks.setLayout(col(*self.ticks.values(), margins=(20, 0, 0, 0), spacing=2))
        self._ticks = ticks
        own = _("In its own words")
        self.put(
            self.area_heading,
            self.says,
            self.source,
            flow(self.use),
            line(),
            PlainLabel(_("Your own copy"), "h2"),
            self.ask("area", Question(_("Force or council"), self.area)),
            Question(_("May parents be contacted?"), self.parents),
            Question(own, self.parents_words),
            Question(_("Silent or overt support?"), self.support),
            PlainLabel(_("Who may be told?"), "h3"),
            self.says_who,
            ticks,
            Question(own, self.tell_words),
            PlainLabel(_("Whom to acknowledge"), "h3"),
            Question(_("How, such as: reply to the email"), self.how),
            Question(_("Address"), self.address),
            Question(_("Phone"), self.phone),
            Question(_("How soon"), self.within),
            Question(_("Target time"), self.target),
            Question(
                _("Grade words, the highest first"),
                self.grades,
                hint=_("One a line: the word, others for it, then what it means. High, Red: at "
                       "any time"),
            ),
            self.ask(
                "repeats",
                Question(
                    _("Repeats"),
                    self.repeats,
                    hint=_("One a line, such as: 3 Low in 3 months: reviewed as escalating"),
                ),
            ),
            Question(_("Notes"), self.notes, hint=_("One a line.")),
            Question(_("Where this is from"), self.from_where),
            self.ask("checked", Question(_("Looked at on"), self.checked), self.checked.day_box),
            self.sure,
            flow(self.save),
        )  # fmt: skip

    def _show_ticks(self, shown: bool) -> None:  # noqa: FBT001  # a signal's value
        self._ticks.setVisible(shown)

    def show_fields(self, form: CardForm) -> None:
        """As it stands."""
        self.parents.set_current(form.parents)
        self.support.set_current(form.support)
        self.says_who.setChecked(form.says_who)
        self._show_ticks(form.says_who)
        for key, tick in self.ticks.items():
            tick.setChecked(key in form.may)
        for field, words in self._texts(form):
            field.setText(words)
        for long, words in (
            (self.grades, form.grades),
            (self.repeats, form.repeats),
            (self.notes, form.notes),
        ):
            long.setPlainText(words)
        self.checked.set_date(form.checked)
        self.sure.setChecked(form.sure)

    def _texts(self, form: CardForm) -> tuple[tuple[TextField, str], ...]:
        return (
            (self.area, form.area),
            (self.parents_words, form.parents_words),
            (self.tell_words, form.tell_words),
            (self.how, form.how),
            (self.address, form.address),
            (self.phone, form.phone),
            (self.within, form.within),
            (self.target, form.target),
            (self.from_where, form.source),
        )

    def form(self) -> CardForm:
        """As typed."""
        fine = self.checked.problem() in {DateProblem.NONE, DateProblem.EMPTY}
        return CardForm(
            area=self.area.text(),
            parents=self.parents.current() or PARENTS[-1][0].value,
            parents_words=self.parents_words.text(),
            support=self.support.current() or SUPPORTS[-1][0].value,
            says_who=self.says_who.isChecked(),
            may=tuple(key for key, tick in self.ticks.items() if tick.isChecked()),
            tell_words=self.tell_words.text(),
            how=self.how.text(),
            address=self.address.text(),
            phone=self.phone.text(),
            within=self.within.text(),
            target=self.target.text(),
            grades=self.grades.text(),
            repeats=self.repeats.text(),
            notes=self.notes.text(),
            source=self.from_where.text(),
            checked=self.checked.date(),
            checked_wrong="" if fine else self.checked.problem_words(_("Looked at on")),
            sure=self.sure.isChecked(),
        )


class CardsScreen(Screen):
    """The list and one card."""

    place = "settings"
    topics = frozenset({Topic.SETTING})

    def __init__(self, frame: Frame, services: Services) -> None:
        self.title = _("Protocol cards")
        self.presenter = CardsPresenter(services, tasks=frame.tasks, go=frame.navigator, view=self)
        self.page = CardPage()
        self.page.setObjectName("work")
        self.rows = RowList(spoken=_("Protocol cards"), object_name="card-rows")
        self.list = QFrame()
        self.list.setObjectName("side")
        head = col(PlainLabel(_("Protocol cards"), "h2"), margins=(16, 14, 12, 8))
        self.list.setLayout(col(head, (self.rows, 1), spacing=0))
        self.rows.chosen.connect(self.presenter.choose)
        go = frame.navigator
        self.rows.clicked.connect(lambda _index: go.show_work())
        self.rows.opened.connect(lambda _key: self._enter(go.show_work))
        self.page.use.clicked.connect(self.presenter.use)
        self.page.save.clicked.connect(self.submit)

    def _enter(self, show_work: Callable[[], None]) -> None:
        show_work()
        self.page.use.setFocus()

    def submit(self) -> None:
        """Saves the school's own copy."""
        self.presenter.save(self.page.form())

    # CardsView ------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row], current: str) -> None:
        """The list."""
        self.rows.show_rows(rows)
        if self.rows.current_key() != current:
            self.rows.select(current)

    def show_card(self, card: CardShown, *, fresh: bool) -> None:
        """The card in front."""
        self.page.area_heading.setText(card.area)
        self.page.says.set_strength("info" if card.sure else "warn")
        says = "\n".join(f"{words}." for words in card.says)
        self.page.says.say(_("In short"), says)
        self.page.source.setText(card.source)
        self.page.use.set_words(
            _("Put this card away") if card.in_use else _("Use this card"),
            spoken=(_("Put away: {area}") if card.in_use else _("Use: {area}")).format(
                area=card.area
            ),
        )
        if fresh:
            self.page.show_fields(card.form)

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """The summary and the fields."""
        self.page.show_problems(problems, fallback=self.page.area)

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.page, list=self.list, list_width=LIST_WIDTH)

    @override
    def opened(self, **args: object) -> None:
        self.presenter.refresh()

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.rows

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.submit}
