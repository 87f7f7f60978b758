"""Pages 1 to 5: what to do, the school, the person, the passphrase, the recovery sheet."""

from typing_extensions import override

from schoolsafe.domain.person import Role
from schoolsafe.services.school_words import role_words
from schoolsafe.ui.keys_seam import Strength
from schoolsafe.ui.screens.first_run.presenter import DEMO, SET_UP
from schoolsafe.ui.screens.first_run.steps import ORDER, ROLES, Answers
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.form_page import FormPage, place_words
from schoolsafe.ui.widgets.layout import box, row
from schoolsafe.ui.widgets.new_passphrase import NewPassphrase
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.ui.widgets.secret_place import SecretPlace
from schoolsafe.ui.widgets.sheet_drill import SheetDrillPage
from schoolsafe.words import _

ALL = len(ORDER)


class WhatPage(FormPage):
    """Look round first, or set up."""

    def __init__(self) -> None:
        super().__init__(
            place_words(1, ALL),
            _("What would you like to do?"),
            _(
                "SchoolSafe keeps police notifications and what you decide about them, "
                "encrypted, on this computer. It needs no network."
            ),
        )
        self.choices = ChoiceGroup(
            (
                Option(SET_UP, _("Set up my school"), _("About 10 minutes")),
                Option(DEMO, _("Look round the demo school first"), _("Everybody is invented")),
            ),
            spoken=_("What would you like to do?"),
            object_name="what",
        )
        question = Question(_("Choose one"), self.choices)
        self.put(
            question,
        )
        self.ask("what", question, self.choices.choices[0])

    def show_answers(self, answers: Answers) -> None:
        """What was chosen before."""
        if answers.chosen:
            self.choices.set_current(answers.chosen)


class YouPage(FormPage):
    """Who sets it up."""

    def __init__(self) -> None:
        super().__init__(
            place_words(3, ALL),
            _("Who are you?"),
            _(
                "Everything you write carries your name and role. You are the first person here; "
                "others are added later."
            ),
        )
        self.name = TextField(spoken=_("Your name"), object_name="person-name")
        self.role = ChoiceGroup(
            [Option(role.value, _sentence(role)) for role in ROLES],
            spoken=_("Your role"),
            object_name="role",
        )
        name = Question(
            _("Your name"), self.name, hint=_("In full: the record is read in 25 years.")
        )
        role = Question(_("Your role"), self.role)
        self.put(
            name,
            6,
            role,
        )
        self.ask("person", name)
        self.ask("role", role, self.role.choices[0])

    def show_answers(self, answers: Answers) -> None:
        """What was given before."""
        self.name.setText(answers.person)
        self.role.set_current(answers.role or None)


def _sentence(role: Role) -> str:
    words = role_words(role.value)
    return words[:1].upper() + words[1:]


class PassphrasePage(FormPage):
    """The one secret a person has to remember."""

    def __init__(self) -> None:
        super().__init__(
            place_words(4, ALL),
            _("Choose your passphrase"),
            _(
                "It opens SchoolSafe on this computer. Nobody can look it up or reset it for you: "
                "not us, not IT, not the council."
            ),
        )
        self.passphrase = NewPassphrase(object_name="passphrase")
        self.secret = SecretPlace(_("Your answers are kept"))
        self.place = self.secret.choices
        next_words = _(
            "Next you print a recovery sheet. With it you can come back if you forget. "
            "Set-up cannot finish until the sheet has been tried."
        )
        coming = box(
            row(Glyph("printer", "info", 20, top=True), (PlainLabel(next_words, wrap=True), 1),
                margins=(14, 12, 14, 12), spacing=12),
            panel="sunken",
        )  # fmt: skip
        self.put(
            self.passphrase,
            6,
            self.secret,
            coming,
        )
        self.fields |= {
            "passphrase": self.passphrase.field.edit,
            "again": self.passphrase.again_field.edit,
        }
        self.ask("place", self.secret.question, self.place.choices[0])

    @override
    def mark(self, said: dict[str, str]) -> None:
        self.passphrase.show_errors(said.get("passphrase", ""), said.get("again", ""))

    def show_keyring(self, problem: str) -> None:
        """The stated choice, only where there is no keyring."""
        self.secret.show_problem(problem)

    def show_strength(self, strength: Strength | None) -> None:
        """In words."""
        self.passphrase.show_strength(strength)


class SheetPage(SheetDrillPage):
    """Paper first, then two groups typed back from it."""

    def __init__(self) -> None:
        super().__init__(
            place_words(5, ALL),
            _("Print your recovery sheet"),
            _(
                "If you forget your passphrase, or this computer breaks its keyring, this sheet "
                "opens SchoolSafe again. There is no other way back, so keep it in a safe."
            ),
        )
