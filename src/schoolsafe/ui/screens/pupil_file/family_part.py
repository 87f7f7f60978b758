"""The family of a file: the list first, what it warns of over it, the drawing made from it under it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolsafe.domain.entry import Value
from schoolsafe.domain.family import Expected
from schoolsafe.domain.file_form import FileForm
from schoolsafe.services.family_view import FamilyView
from schoolsafe.ui.screens.pupil_file import family_shown
from schoolsafe.ui.screens.pupil_file.family_ask import AskForm, PupilForm, ReasonForm
from schoolsafe.ui.screens.pupil_file.family_presenter import FamilyPresenter
from schoolsafe.ui.widgets.banner import Banner, Strength
from schoolsafe.ui.widgets.buttons import Button, button
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.genogram import GenogramDrawing
from schoolsafe.ui.widgets.layout import clear, col, line
from schoolsafe.ui.widgets.picker import Picker
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import N_, _

MARGINS = (24, 14, 24, 14)
NOBODY = N_("Nobody on the list yet. Add the people the child lives with.")
FORMS_OF_A_BABY = ("referral", "born", "no-baby")


class FamilyPart(QWidget):
    """Who belongs to the child, where they live, who must not come near."""

    form_opened = Signal(bool)
    """A form is open, or none is: its own button is the next thing to do."""

    def __init__(self) -> None:
        super().__init__()
        self.do: FamilyPresenter
        self.today = date.min
        self._view: FamilyView | None = None
        self.form: AskForm | ReasonForm | PupilForm | None = None
        self._warnings, self._form_place = col(spacing=6), col()
        self._lists()
        self._buttons()
        self._asking()
        self.setLayout(
            col(
                self._warnings,
                self._form_place,
                self.add,
                self.people_heading,
                self.people,
                self.nobody,
                self.person_buttons,
                self.offers_heading,
                self._offers,
                line(),
                PlainLabel(_("Homes"), "h3"),
                self.homes,
                self.homeless,
                self.address,
                self.home_buttons,
                line(),
                PlainLabel(_("Must not collect or contact"), "h3", wrap=True),
                self.bars,
                self.unbarred,
                self.bar_buttons,
                line(),
                PlainLabel(_("Drawn from the list"), "h3"),
                self.drawing,
                self.drawn_words,
                line(),
                PlainLabel(_("Somebody asks for this file"), "h3", wrap=True),
                self.who,
                flow(self.check),
                self.answer,
                line(),
                PlainLabel(_("More than one record, protected identity"), "h3", wrap=True),
                self._doubles,
                flow(self.same, self.protect),
                None,
                margins=MARGINS,
                spacing=10,
            )
        )

    # building -------------------------------------------------------------------------------------

    def _lists(self) -> None:
        self.people_heading = PlainLabel(_("People"), "h3")
        self.people = FittedTable(
            (_("Name"), _("To the child"), _("Phone"), _("Parental responsibility"), _("Lives")),
            spoken=_("People of this family"),
            object_name="family-people",
            weights=(4, 6, 5, 3, 3),
        )
        self.homes = FittedTable(
            (_("Home"), _("Who lives there"), _("Address"), _("When")),
            spoken=_("Homes of this child"),
            object_name="family-homes",
            weights=(3, 5, 5, 4),
        )
        self.bars = FittedTable(
            (_("Who"), _("What"), _("Rests on"), _("Until"), _("Why")),
            spoken=_("Who must not collect or contact this child"),
            object_name="family-bars",
            weights=(3, 4, 4, 3, 4),
        )
        self.nobody = PlainLabel(_(NOBODY), "muted", wrap=True)
        self.homeless = PlainLabel(_("No home on the list yet."), "muted", wrap=True)
        self.unbarred = PlainLabel(_("Nobody."), "muted")
        self.people.chosen.connect(lambda _key: self._offer())
        self.homes.chosen.connect(lambda _key: self._offer())
        self.bars.chosen.connect(lambda _key: self._offer())
        self.address = Banner("info", object_name="family-address")
        self.address.hide()
        self.drawing = GenogramDrawing()
        self.drawn_words = PlainLabel(
            _("Square: male. Circle: female. Diamond: not known. Triangle: expected. "
              "Dotted line: live with the child. One slash: separated, two: divorced."),
            "small",
            wrap=True,
        )  # fmt: skip

    def _buttons(self) -> None:
        begin = self._beginner
        self.add = flow(
            begin("person", _("Add a person"), icon="plus"),
            begin("home", _("Add a home")),
            begin("lives", _("Who lives where")),
            begin("couple", _("Couple")),
            begin("bar", _("Must not collect")),
            begin("baby", _("Expected baby")),
            _button(_("Brother or sister here"), "family-sibling", self._ask_sibling),
        )
        self.change_person = _button(_("Change"), "family-change-person", self._change(self.people))
        self.out_person = _button(_("Take out"), "family-out-person", self._take_out(self.people))
        self.baby_buttons = tuple(
            _button(words, f"family-{form}", self._about_baby(form))
            for form, words in zip(
                FORMS_OF_A_BABY,
                (_("Referral decision"), _("The baby was born"), _("No longer expected")),
                strict=True,
            )
        )
        self.person_buttons = flow(self.change_person, *self.baby_buttons, self.out_person)
        self.change_home = _button(_("Change"), "family-change-home", self._change(self.homes))
        self.show_address_button = _button(
            _("Show the address"), "family-show-address", self._show_address
        )
        self.out_home = _button(_("Take out"), "family-out-home", self._take_out(self.homes))
        self.home_buttons = flow(self.change_home, self.show_address_button, self.out_home)
        self.change_bar = _button(_("Change"), "family-change-bar", self._change(self.bars))
        self.out_bar = _button(_("Take out"), "family-out-bar", self._take_out(self.bars))
        self.bar_buttons = flow(self.change_bar, self.out_bar)
        self.same = _button(_("This child is on record twice"), "family-same", self._ask_same)
        self.protect = _button(_("Protect this child’s identity"), "family-protect", self._protect)
        self.offers_heading = PlainLabel(_("May be a brother or sister"), "h3", wrap=True)
        self._offers, self._doubles = col(spacing=6), col(spacing=6)

    def _asking(self) -> None:
        self.name = TextField(
            spoken=_("Full name of the person who asks"), object_name="family-who-asks"
        )
        self.who = Question(
            _("Full name of the person who asks"),
            self.name,
            hint=_("Before you print or give anything to a parent, or to anybody else"),
        )
        self.check = _button(
            _("Are they named here?"), "family-check", lambda: self.do.who_asks(self.name.text())
        )
        self.name.returnPressed.connect(self.check.click)
        self.answer = Banner("info", object_name="family-asked")
        self.answer.hide()

    def _beginner(self, form: str, words: str, *, icon: str = "") -> Button:
        made = button(words, icon=icon, object_name=f"family-add-{form}")
        made.clicked.connect(lambda: self.do.begin(form))
        return made

    # FamilyPane -----------------------------------------------------------------------------------

    def show_family(self, view: FamilyView) -> None:
        """A family, or other facts of it."""
        if self._view is not None and self._view.child.id != view.child.id:
            self.address.hide()
            self.answer.hide()
            self.name.setText("")
        self._view = view
        self._show_warnings(view)
        _fill(self.people, [(p.id, family_shown.person_cells(p)) for p in view.people])
        _fill(self.homes, [(h.id, family_shown.home_cells(h)) for h in view.homes])
        _fill(self.bars, [(b.id, family_shown.bar_cells(b)) for b in view.bars])
        for table, empty in (
            (self.people, self.nobody),
            (self.homes, self.homeless),
            (self.bars, self.unbarred),
        ):
            filled = bool(table.rows.rows)
            table.setVisible(filled)
            empty.setVisible(not filled)
        self._show_offers(view)
        self._show_doubles(view)
        self.drawing.show_drawing(view.drawing)
        self._offer()

    def _show_warnings(self, view: FamilyView) -> None:
        clear(self._warnings)
        said: list[tuple[Strength, str, str, Callable[[], None] | None]] = [
            ("warn", family_shown.named_words(view), "", None),
            ("danger", family_shown.protection_words(view), _("End it"), self._unprotect),
            ("danger", family_shown.gate_words(view), "", None),
        ]
        for baby in view.babies:
            undecided = baby.baby is Expected.TO_DECIDE
            words = _("Record the decision") if undecided else _("Say it")
            form = "referral" if undecided else "born"
            said.append(
                (
                    "warn",
                    family_shown.baby_words(baby),
                    words,
                    lambda form=form, baby=baby: self.do.begin(form, baby.id),  # type: ignore[misc]
                )
            )
        said += [
            (
                "warn",
                _(
                    "{name} has parental responsibility. A request alone does not override it."
                ).format(name=bar.name),
                "",
                None,
            )
            for bar in view.bars
            if bar.holds and bar.has_responsibility and bar.evidence == "written_request"
        ]
        for n, (strength, words, action, press) in enumerate(one for one in said if one[1]):
            banner = Banner(strength, words, action=action, object_name=f"family-warning-{n}")
            if press is not None:
                banner.pressed.connect(press)
            self._warnings.addWidget(banner)

    def _show_offers(self, view: FamilyView) -> None:
        clear(self._offers)
        self.offers_heading.setVisible(bool(view.offers))
        for n, offer in enumerate(view.offers):
            words = f"{offer.child.name}. {offer.reason}"
            banner = Banner(
                "sunken", words, action=_("Brother or sister"), object_name=f"family-offer-{n}"
            )
            child = offer.child.id
            banner.pressed.connect(lambda child=child: self.do.sibling(child))
            self._offers.addWidget(banner)

    def _show_doubles(self, view: FamilyView) -> None:
        clear(self._doubles)
        for n, one in enumerate(view.together):
            words = _("Shown as one with another record: {name}").format(name=one.legal_name)
            banner = Banner("info", words, action=_("Take apart"), object_name=f"family-double-{n}")
            banner.pressed.connect(lambda one=one: self._ask_apart(one.id))
            self._doubles.addWidget(banner)

    def ask(self, form: FileForm, values: Mapping[str, Value]) -> None:
        """A form, with what stands."""
        made = AskForm(form, values, today=self.today)
        made.saved.connect(self.do.save)
        self._open(made)

    def say_problem(self, words: str) -> None:
        """Beside what is open, or over the list."""
        if self.form is not None:
            self.form.say_problem(words)
        elif words:
            self.nobody.setText(words)
            self.nobody.show()

    def close_form(self) -> None:
        """What was typed is on record, or let go."""
        clear(self._form_place)
        self.form = None
        self.form_opened.emit(False)  # noqa: FBT003  # a signal's value

    def show_address(self, words: str) -> None:
        """A confidential address somebody asked for; gone with the next child."""
        detail = _("That you looked is on record. It leaves no print.")
        self.address.say(words.replace("\n", ", "), detail, aloud=True)

    def show_asked(self, words: str, *, named: bool) -> None:
        """Whether somebody who asks for the file is named in it."""
        self.answer.set_strength("danger" if named else "info")
        self.answer.say(words, aloud=True)

    # ----------------------------------------------------------------------------------------------

    def _open(self, form: AskForm | ReasonForm | PupilForm) -> None:
        self.close_form()
        self.form = form
        form.left.connect(self.close_form)
        self._form_place.addWidget(form)
        form.show()
        form.first().setFocus()
        self.form_opened.emit(True)  # noqa: FBT003  # a signal's value

    def _offer(self) -> None:
        """Buttons for the rows that are chosen."""
        view = self._view
        person = (
            next((p for p in view.people if p.id == self.people.current_key()), None)
            if view
            else None
        )
        home = (
            next((h for h in view.homes if h.id == self.homes.current_key()), None)
            if view
            else None
        )
        open_baby = person is not None and person.baby in {
            Expected.TO_DECIDE,
            Expected.DECIDED,
            Expected.DUE,
            Expected.LAPSED,
        }
        grown = person is not None and person.pupil is None and person.baby in {None, Expected.BORN}
        self.change_person.setVisible(grown)
        self.out_person.setVisible(person is not None)
        for made in self.baby_buttons:
            made.setVisible(open_baby)
        for made in (self.change_home, self.out_home):
            made.setVisible(home is not None)
        self.show_address_button.setVisible(home is not None and home.confidential)
        barred = bool(view and view.bars)
        self.change_bar.setVisible(barred)
        self.out_bar.setVisible(barred)
        self.protect.setVisible(view is not None and view.protection is None)

    def _change(self, table: FittedTable) -> Callable[[], None]:
        return lambda: self.do.change(table.current_key())

    def _take_out(self, table: FittedTable) -> Callable[[], None]:
        def ask() -> None:
            entity = table.current_key()
            self._ask_reason(
                _("Take out of the family"),
                _("Why?"),
                lambda why: self.do.withdraw(entity, why),
            )

        return ask

    def _about_baby(self, form: str) -> Callable[[], None]:
        return lambda: self.do.begin(form, self.people.current_key())

    def _ask_reason(self, heading: str, asked: str, then: Callable[[str], None]) -> None:
        made = ReasonForm(heading, asked)
        made.saved.connect(then)
        self._open(made)

    def _ask_apart(self, other: str) -> None:
        self._ask_reason(
            _("Take two records apart"),
            _("Why are they two children?"),
            lambda why: self.do.not_same(other, why),
        )

    def _unprotect(self) -> None:
        self._ask_reason(_("End the protection"), _("Why does it end?"), self.do.unprotect)

    def _protect(self) -> None:
        self.do.begin("protect")

    def _show_address(self) -> None:
        view = self._view
        home = (
            next((h for h in view.homes if h.id == self.homes.current_key()), None)
            if view
            else None
        )
        if home is not None:
            self.do.show_address(home)

    def _ask_sibling(self) -> None:
        hint = _("It will stand in both files. For a brother or sister elsewhere, add a person.")
        made = PupilForm(_("Brother or sister here"), hint, self._picker(), why=False)
        made.saved.connect(lambda other, _why: self.do.sibling(other))
        self._open(made)

    def _ask_same(self) -> None:
        hint = _(
            "Both files are then read as one, under this name. Nothing is moved; it can be taken apart again."
        )
        made = PupilForm(_("This child is on record twice"), hint, self._picker(), why=True)
        made.saved.connect(self.do.same)
        self._open(made)

    def _picker(self) -> Picker:
        self.do.book.load(again=True)
        return Picker(
            self.do.book.find,
            spoken=_("Which pupil?"),
            hint=_("Type a name"),
            object_name="family-pupil",
        )


def _button(words: str, name: str, press: Callable[[], None]) -> Button:
    made = button(words, object_name=name)
    made.clicked.connect(press)
    return made


def _fill(table: FittedTable, rows: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    chosen = table.current_key()
    table.show_rows(
        [
            TableRow(key, tuple(Cell(words, strong=n == 0) for n, words in enumerate(cells)))
            for key, cells in rows
        ]
    )
    keys = [key for key, _cells in rows]
    if keys:
        table.select(chosen if chosen in keys else keys[0])
