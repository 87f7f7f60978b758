"""The three pages: the key of the sheet, a new passphrase, a new sheet."""

from typing_extensions import override

from schoolsafe.ui.screens.recover.presenter import ORDER
from schoolsafe.ui.seams import SeatCard
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.form_page import FormPage, place_words
from schoolsafe.ui.widgets.layout import box, row
from schoolsafe.ui.widgets.new_passphrase import NewPassphrase
from schoolsafe.ui.widgets.plain_label import Glyph, PlainLabel
from schoolsafe.ui.widgets.secret_place import SecretPlace
from schoolsafe.ui.widgets.sheet_drill import SheetDrillPage
from schoolsafe.words import _

ALL = len(ORDER)


class KeyPage(FormPage):
    """What stands on the sheet."""

    def __init__(self, card: SeatCard) -> None:
        super().__init__(
            place_words(1, ALL),
            _("Type your recovery key"),
            _(
                "It is on the recovery sheet you printed: six groups of five letters and figures. "
                "Small letters, spaces and hyphens make no difference."
            ),
        )
        who = ", ".join(part for part in (card.name, card.role, card.school) if part)
        self.key = TextField(spoken=_("Recovery key"), object_name="recovery-key")
        question = Question(_("Recovery key"), self.key)
        no_sheet = _(
            "No sheet? Without it and without the passphrase nobody can open this record: not us, "
            "not IT, not the council."
        )
        hint = row(Glyph("info", "info", 20, top=True), (PlainLabel(no_sheet, wrap=True), 1),
                   margins=(14, 12, 14, 12), spacing=12)  # fmt: skip
        self.put(
            PlainLabel(who, "strong", wrap=True, object_name="whose"),
            6,
            question,
            10,
            box(hint, panel="sunken"),
        )
        self.ask("key", question)


class PassphrasePage(FormPage):
    """The same help as in set-up."""

    def __init__(self) -> None:
        super().__init__(
            place_words(2, ALL),
            _("Choose a new passphrase"),
            _(
                "The key is right. When you go on, your old passphrase and this sheet open "
                "nothing any more, and you print a new sheet."
            ),
        )
        self.passphrase = NewPassphrase(object_name="passphrase")
        self.secret = SecretPlace(_("Nothing is changed"))
        self.put(self.passphrase, 6, self.secret)
        self.fields |= {
            "passphrase": self.passphrase.field.edit,
            "again": self.passphrase.again_field.edit,
        }
        self.ask("place", self.secret.question, self.secret.choices.choices[0])

    @override
    def mark(self, said: dict[str, str]) -> None:
        self.passphrase.show_errors(said.get("passphrase", ""), said.get("again", ""))


class SheetPage(SheetDrillPage):
    """The next way back, on paper and tried."""

    def __init__(self) -> None:
        super().__init__(
            place_words(3, ALL),
            _("Print your new recovery sheet"),
            _(
                "Your new passphrase is set. Shred the old sheet: it opens nothing any more. "
                "Until the new one is printed and tried, there is no way back if you forget."
            ),
        )
