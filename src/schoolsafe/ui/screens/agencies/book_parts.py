"""The contact book and the helpline card: a table over the line in front."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.domain.contact import FACTS
from schoolsafe.domain.helpline import NO_NAMES, Helpline, Usage
from schoolsafe.services.contact import ContactView
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.agencies import shown
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import line
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import N_, _

PLACE: Final = N_("Agencies and sharing")
_ASKED: Final = (
    ("agency", N_("Agency"), ""),
    ("name", N_("Name"), ""),
    ("role", N_("Role"), ""),
    ("phone", N_("Phone"), ""),
    ("email", N_("Secure email"), ""),
    ("cover", N_("Who stands in, and how to reach them"), ""),
    ("dial_in", N_("Dial-in for meetings"), N_("Number and room or code")),
    ("notes", N_("Note"), ""),
)


class ContactsPart(FormPage):
    """One named person per agency."""

    save_wanted = Signal(str, object)
    """The contact, or nothing for a new one; its facts."""
    confirm_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            _(PLACE),
            _("Contact book"),
            _("Whom to ask for in each agency, who stands in for them, and when somebody last made "
              "sure. Forms offer these names."),
        )  # fmt: skip
        self._views: dict[str, ContactView] = {}
        self._current = ""
        self.search = TextField(
            spoken=_("Find a contact"),
            hint=_("Find by any word"),
            icon="search",
            object_name="find-contact",
        )
        self.table = FittedTable(
            (_("Agency"), _("Who"), _("Phone and email"), _("Confirmed")),
            spoken=_("Contact book"),
            object_name="contacts",
            weights=(4, 5, 5, 4),
        )
        self.none = PlainLabel(_("No contact here yet."), "muted", wrap=True)
        self.more = PlainLabel("", wrap=True, object_name="contact-more")
        self.confirm = button(_("Still right"), icon="check", object_name="confirm-contact")
        self.remove = button(_("Take out"), object_name="remove-contact")
        self.fresh = button(_("New contact"), icon="plus", object_name="new-contact")
        self.heading = PlainLabel("", "h2", wrap=True, object_name="contact-heading")
        self.lines = {
            name: TextField(spoken=_(words), object_name=f"contact-{name.replace('_', '-')}")
            for name, words, _hint in _ASKED
        }
        self.save = button(
            _("Save the contact"),
            kind="primary",
            key=key_words("save"),
            object_name="save-contact",
        )
        asked = [
            self.ask(name, Question(_(words), self.lines[name], hint=_(hint) if hint else ""))
            for name, words, hint in _ASKED
        ]
        self.fields = {"search": self.search, **self.fields}
        self.put(
            self.search,
            self.table,
            self.none,
            self.more,
            flow(self.confirm, self.remove, self.fresh),
            line(),
            self.heading,
            *asked,
            flow(self.save),
        )
        self._wire()

    def _wire(self) -> None:
        self.search.textChanged.connect(lambda _words: self._show_rows())
        self.table.chosen.connect(self._show)
        self.save.clicked.connect(self.submit)
        self.fresh.clicked.connect(self._begin)
        self.confirm.clicked.connect(lambda: self.confirm_wanted.emit(self._current))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit(self._current))

    def show_contacts(self, contacts: Sequence[ContactView], *, fresh: bool) -> None:
        """The book; what is being typed is left alone unless it is kept."""
        self._views = {view.contact.id: view for view in contacts}
        if fresh or self._current not in self._views:
            self._current = ""
        self._show_rows()
        if fresh:
            self._show(self.table.current_key())

    def _show_rows(self) -> None:
        words = self.search.text()
        found = [view for view in self._views.values() if view.contact.holds(words)]
        self.table.show_rows([shown.contact_row(view) for view in found])
        self.table.setVisible(bool(found))
        self.none.setVisible(not found)
        if found and not self.table.current_key():
            self.table.select(found[0].contact.id)

    def _show(self, key: str) -> None:
        view = self._views.get(key)
        self._current = key if view else ""
        known = view.contact if view else None
        self.heading.setText(known.agency if known else _("New contact"))
        for name in FACTS:
            self.lines[name].setText(str(getattr(known, name)) if known else "")
        self.more.setText(shown.contact_words(view) if view else "")
        self.more.setVisible(bool(self.more.text()))
        for part in (self.confirm, self.remove):
            part.setEnabled(bool(view))

    def _begin(self) -> None:
        self._show("")
        self.lines["agency"].setFocus()

    def submit(self) -> None:
        """Hands the line in front over."""
        facts = {name: field.text() for name, field in self.lines.items()}
        self.save_wanted.emit(self._current, facts)

    @override
    def first_field(self) -> QWidget:
        return self.search


class HelplinesPart(FormPage):
    """The card with number and hours, and how often it was used."""

    save_wanted = Signal(object)
    """The helpline as it stands now."""
    call_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_(PLACE), _("Helplines"), _(NO_NAMES))
        self._known: dict[str, Helpline] = {}
        self._current = ""
        self.table = FittedTable(
            (_("Helpline"), _("Number"), _("Hours"), _("Last checked")),
            spoken=_("Helplines"),
            object_name="helplines",
            weights=(5, 4, 5, 4),
        )
        self.about = PlainLabel("", "muted", wrap=True, object_name="helpline-about")
        self.log = button(_("Log a call"), icon="phone", object_name="log-helpline-call")
        self.fresh = button(_("Another helpline"), icon="plus", object_name="new-helpline")
        self.name = TextField(spoken=_("Helpline"), object_name="helpline-name")
        self.number = TextField(spoken=_("Number"), width=260, object_name="helpline-number")
        self.hours = TextField(spoken=_("Hours"), object_name="helpline-hours")
        self.save = button(
            _("Save, checked today"),
            kind="primary",
            key=key_words("save"),
            object_name="save-helpline",
        )
        self.usage = FittedTable(
            (_("When"), _("Calls")),
            spoken=_("How often helplines were rung"),
            object_name="helpline-usage",
            weights=(3, 1),
        )
        self.total = PlainLabel("", "muted", wrap=True, object_name="helpline-total")
        self.put(
            self.table,
            self.about,
            flow(self.log, self.fresh),
            line(),
            PlainLabel(_("Change the card"), "h2", wrap=True),
            self.ask("helpline-name", Question(_("Helpline"), self.name)),
            self.ask("helpline-number", Question(_("Number"), self.number)),
            self.ask("helpline-hours", Question(_("Hours"), self.hours)),
            flow(self.save),
            line(),
            PlainLabel(_("How often helplines were rung"), "h2", wrap=True),
            self.total,
            self.usage,
        )
        self.table.chosen.connect(self._show)
        self.log.clicked.connect(self.call_wanted)
        self.fresh.clicked.connect(self._begin)
        self.save.clicked.connect(self.submit)

    def show_card(
        self, helplines: Sequence[Helpline], usage: Usage, today: date, *, fresh: bool
    ) -> None:
        """The card and the totals."""
        self._known = {one.id: one for one in helplines}
        self.table.show_rows([shown.helpline_row(one, today) for one in helplines])
        if helplines and not self.table.current_key():
            self.table.select(helplines[0].id)
        if fresh:
            self._show(self.table.current_key())
        self.usage.show_rows(shown.usage_rows(usage))
        self.usage.setVisible(bool(usage.total))
        words = _("{n} calls on record.") if usage.total else _("No call is on record yet.")
        self.total.setText(words.format(n=usage.total))

    def _show(self, key: str) -> None:
        known = self._known.get(key)
        self._current = key if known else ""
        self.name.setText(known.name if known else "")
        self.number.setText(known.number if known else "")
        self.hours.setText(known.hours if known else "")
        self.about.setText(known.about if known else "")
        self.about.setVisible(bool(known and known.about))

    def _begin(self) -> None:
        self._show("")
        self.name.setFocus()

    def submit(self) -> None:
        """Hands the card's line over."""
        known = self._known.get(self._current)
        self.save_wanted.emit(
            Helpline(
                id=self._current,
                name=self.name.text(),
                number=self.number.text(),
                hours=self.hours.text(),
                about=known.about if known else "",
                source=known.source if known else "",
            )
        )

    @override
    def first_field(self) -> QWidget:
        return self.table
