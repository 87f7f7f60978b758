"""What a person chooses for this computer: the look and the way in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.services.policy import Policy
from schoolsafe.ui.appearance import Appearance
from schoolsafe.ui.keys_seam import SecurityFacts, Strength
from schoolsafe.ui.screens.settings import shown
from schoolsafe.ui.screens.settings.school_parts import save_button
from schoolsafe.ui.screens.settings.shown import LOOKS
from schoolsafe.ui.theme.tokens import TEXT_PERCENTS
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import PassphraseField, Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import line
from schoolsafe.ui.widgets.new_passphrase import NewPassphrase
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _, ngettext


class LooksPart(FormPage):
    """Applied at once; there is nothing to save."""

    look_chosen = Signal(str)
    percent_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(
            _("Settings"), _("Appearance"), _("For you, on this computer. Changes at once.")
        )
        self.look = ChoiceGroup(
            [Option(key, _(words)) for key, words in LOOKS],
            keyed=False,
            spoken=_("Colours"),
            object_name="look",
        )
        self.percent = ChipRow(
            [(str(n), _("{n} %").format(n=n)) for n in TEXT_PERCENTS],
            spoken=_("Text size"),
            object_name="text-size",
        )
        self.look.chosen.connect(self.look_chosen)
        self.percent.chosen.connect(lambda n: self.percent_chosen.emit(int(n)))
        self.put(
            self.ask("look", Question(_("Colours"), self.look), self.look.choices[0]),
            8,
            self.ask("percent", Question(_("Text size"), self.percent)),
        )

    def show_look(self, look: Appearance) -> None:
        """As it is."""
        self.look.set_current(look.look)
        self.percent.set_current(str(look.percent))

    @override
    def first_field(self) -> QWidget:
        chosen = self.look.current()
        found = [one for one in self.look.choices if one.option.id == chosen]
        return found[0] if found else self.look.choices[0]


class SecurityPart(FormPage):
    """When it locks, the passphrase, the recovery sheet, and what IT has fixed."""

    minutes_chosen = Signal(int)
    change_wanted = Signal(str, str, str)
    """The old passphrase, the new one, the new one again."""
    try_wanted = Signal(str)
    """The key of the sheet, as typed."""
    sheet_wanted = Signal(str)
    """The passphrase, for a new sheet."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(
            _("Settings"),
            _("Your way in"),
            _("Nobody can look your passphrase up or reset it: not us, not IT, not the council."),
        )
        self.minutes = ChipRow(
            [
                (str(n), ngettext("{n} minute", "{n} minutes", n).format(n=n))
                for n in shown.minutes_offered(policy)
            ],
            spoken=_("Locks by itself after"),
            object_name="lock-minutes",
        )
        self._first = str(shown.minutes_offered(policy)[0])
        self.minutes.chosen.connect(lambda n: self.minutes_chosen.emit(int(n)))
        self.in_file = Banner(
            "warn",
            _("This computer’s secret lies in a file, because there was no keyring."),
            _("Whoever can copy your files has it, and then your passphrase is all that protects "
              "the record."),
            object_name="secret-in-file",
        )  # fmt: skip
        self.in_file.hide()
        self.busy = PlainLabel("", "muted", wrap=True, object_name="settings-busy")
        parts = [*self._sheet_parts(), line(), *self._passphrase_parts()]
        fixed = shown.fixed_words(policy)
        if fixed:
            heading = PlainLabel(_("Set by your school’s IT"), "h2", wrap=True)
            facts = Facts(fixed, label_width=120)
            facts.setObjectName("set-by-it")
            parts += [line(), heading, facts]
        self.put(
            self.in_file,
            self.ask("minutes", Question(_("Locks by itself after"), self.minutes, role="h2")),
            line(),
            *parts,
            self.busy,
        )

    def _sheet_parts(self) -> list[QWidget]:
        self.sheet_state = PlainLabel("", wrap=True, object_name="sheet-state")
        self.key = TextField(spoken=_("The key of your sheet"), object_name="sheet-key")
        self.try_it = button(_("Try the sheet"), object_name="try-sheet")
        self.try_it.clicked.connect(lambda: self.try_wanted.emit(self.key.text()))
        self.sheet_passphrase = PassphraseField(
            spoken=_("Your passphrase, for a new sheet"), object_name="sheet-passphrase"
        )
        self.new_sheet = button(
            _("Make a new sheet"), icon="printer", object_name="new-recovery-sheet"
        )
        self.new_sheet.clicked.connect(lambda: self.sheet_wanted.emit(self.sheet_passphrase.text()))
        key = Question(
            _("Type the key of your sheet"),
            self.key,
            hint=_("Six groups of five. Spaces and hyphens do not matter."),
        )
        lost = Question(
            _("Lost it, or never printed it?"),
            self.sheet_passphrase,
            hint=_("Enter your passphrase for a new sheet. The old one opens nothing more."),
        )
        self.fields["sheet-passphrase"] = self.sheet_passphrase.edit
        self.questions["sheet-passphrase"] = lost
        return [
            PlainLabel(_("Recovery sheet"), "h2", wrap=True),
            self.sheet_state,
            self.ask("key", key),
            flow(self.try_it),
            lost,
            flow(self.new_sheet),
        ]

    def _passphrase_parts(self) -> list[QWidget]:
        self.old = PassphraseField(spoken=_("Your passphrase now"), object_name="old-passphrase")
        self.new = NewPassphrase(object_name="next-passphrase")
        self.change = save_button(_("Change the passphrase"), "change-passphrase")
        self.change.clicked.connect(self.submit)
        old = Question(_("Your passphrase now"), self.old)
        self.questions["old"] = old
        self.fields |= {
            "old": self.old.edit,
            "passphrase": self.new.field.edit,
            "again": self.new.again_field.edit,
        }
        return [
            PlainLabel(_("Change your passphrase"), "h2", wrap=True),
            PlainLabel(
                _("If somebody may know it, change it now. Backups made before still open with "
                  "the old one."),
                "muted",
                wrap=True,
            ),
            old,
            self.new,
            flow(self.change),
        ]  # fmt: skip

    @override
    def mark(self, said: dict[str, str]) -> None:
        self.new.show_errors(said.get("passphrase", ""), said.get("again", ""))
        self.old.edit.mark_error(wrong="old" in said)
        self.sheet_passphrase.edit.mark_error(wrong="sheet-passphrase" in said)

    def show_security(self, security: SecurityFacts, look: Appearance) -> None:
        """As it stands."""
        words, well = shown.sheet_words(security)
        self.sheet_state.setText(words)
        self.sheet_state.set_role("ok" if well else "warn")
        self.in_file.setVisible(security.secret_in_file)
        self.minutes.set_current(str(look.idle_minutes))

    def show_strength(self, strength: Strength | None) -> None:
        """Of the new passphrase."""
        self.new.show_strength(strength)

    @override
    def first_field(self) -> QWidget:
        return self.minutes.chip(self.minutes.current() or self._first)

    def submit(self) -> None:
        """Hands the passphrases over."""
        self.change_wanted.emit(self.old.text(), self.new.text(), self.new.again())

    def empty(self) -> None:
        """Nothing that was typed stays on screen."""
        self.old.clear()
        self.new.clear()
        self.sheet_passphrase.clear()
        self.key.setText("")

    def set_busy(self, words: str) -> None:
        """While something slow runs."""
        self.busy.setText(words)
        for part in (self.change, self.try_it, self.new_sheet):
            part.setEnabled(not words)
