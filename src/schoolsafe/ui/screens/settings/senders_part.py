"""Forces that send sealed notices: the relay folder, our own card, whose key was confirmed, and one more."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.settings.school_parts import save_button
from schoolsafe.ui.screens.settings.senders_presenter import CardShown, ForceShown, SendersShown
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import col, line
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import _


class SendersPart(FormPage):
    """Nothing is believed until somebody has heard its words."""

    relay_wanted = Signal(str)
    folder_wanted = Signal()
    look_wanted = Signal()
    our_card_wanted = Signal()
    card_wanted = Signal()
    confirm_wanted = Signal(str, str, str)
    """The words, the name, the number that was called."""
    stop_wanted = Signal(str, str)
    """The force's id and why."""

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("Forces that send sealed notices"),
            _("A force can send notices as data, sealed so that only your team opens them and signed "
              "so that you see who wrote them. They are shown as signed once somebody here has "
              "confirmed the force’s key by phone. Until then they come all the same, marked “Not "
              "checked”."),
        )  # fmt: skip
        self._forces: dict[str, ForceShown] = {}
        self._folder = ""
        """As it was shown last."""
        self.closed = Banner("sunken", object_name="senders-closed")
        self.closed.hide()
        self.inside = QWidget()
        parts = (
            self._known(),
            self._one_more(),
            8,
            line(),
            8,
            self._relay(),
            8,
            line(),
            8,
            self._our_card(),
        )
        self.inside.setLayout(col(*parts, spacing=8))
        self.put(self.closed, self.inside)
        self.show_card(None)

    # forces ---------------------------------------------------------------------------------------

    def _known(self) -> QWidget:
        self.table = FittedTable(
            (_("Force"), _("Key checked by"), _("On"), _("How it is")),
            spoken=_("Forces"),
            object_name="forces",
        )
        self.heading = PlainLabel("", "h2", wrap=True, object_name="force-heading")
        self.facts = Facts(label_width=130)
        self.reason = TextField(spoken=_("Why this key is stopped"), object_name="stop-reason")
        self.stop = button(_("Stop believing this key"), icon="ban", object_name="stop-key")
        hint = _(
            "Such as: the force told us the key was stolen. For ever; it needs a new key then."
        )
        asked = Question(_("Stop this key"), self.reason, hint=hint)
        self.questions["stop-reason"] = asked
        self.fields["stop-reason"] = self.reason
        self.stop_box = QWidget()
        self.stop_box.setLayout(col(asked, flow(self.stop), spacing=8))
        self.table.chosen.connect(self._show_force)
        self.stop.clicked.connect(
            lambda: self.stop_wanted.emit(self.table.current_key(), self.reason.text())
        )
        self.known = QWidget()
        self.known.setLayout(
            col(self.table, 8, self.heading, self.facts, self.stop_box, 8, line(), 8, spacing=8)
        )
        return self.known

    def _one_more(self) -> QWidget:
        self.choose = button(
            _("Choose the force’s card"), icon="folder-open", object_name="choose-card"
        )
        self.choose.clicked.connect(self.card_wanted)
        self.fields["force-card"] = self.choose
        self.card_facts = Facts(label_width=130)
        self.card_facts.setObjectName("card-facts")
        self.words = TextField(spoken=_("The eight words"), object_name="force-words")
        self.name = TextField(spoken=_("Whose key it is"), width=380, object_name="force-name")
        self.rung = TextField(spoken=_("The number you called"), width=220, object_name="rung")
        self.add = save_button(_("Confirm this key"), "confirm-key")
        self.add.clicked.connect(self.submit)
        words_hint = _(
            "Call the force on a number you know, not one from the card or its email. Ask for the words"
            " of its key and type them as you hear them."
        )
        questions = (
            self.ask("words", Question(_("The eight words"), self.words, hint=words_hint)),
            self.ask("rung", Question(_("The number you called"), self.rung)),
            self.ask("force-name", Question(_("Whose key it is"), self.name)),
        )
        self.heard = QWidget()
        self.heard.setLayout(col(self.card_facts, 4, *questions, 8, flow(self.add), spacing=8))
        box = QWidget()
        heading = PlainLabel(_("Add a force"), "h2", wrap=True)
        intro = PlainLabel(_("The force sends you the card of its key as a file."), wrap=True)
        box.setLayout(col(heading, intro, flow(self.choose), 4, self.heard, spacing=8))
        return box

    # the folder and our card ----------------------------------------------------------------------

    def _relay(self) -> QWidget:
        self.folder = TextField(spoken=_("Folder for sealed notices"), object_name="relay-folder")
        self.choose_folder = button(_("Choose"), icon="folder-open", object_name="choose-relay")
        self.keep = button(_("Use this folder"), object_name="keep-relay")
        self.look = button(
            _("Look now"), icon="refresh-cw", key=key_words("check-mail"), object_name="look-relay"
        )
        self.looked = PlainLabel("", "muted", wrap=True, object_name="relay-looked")
        self.choose_folder.clicked.connect(self.folder_wanted)
        self.keep.clicked.connect(lambda: self.relay_wanted.emit(self.folder.text()))
        self.look.clicked.connect(self.look_wanted)
        hint = _(
            "Where the force leaves sealed notices for you: a network share or a stick. Whoever can"
            " list the folder sees how many and when, not from whom and not about whom."
        )
        asked = self.ask("relay", Question(_("Folder for sealed notices"), self.folder, hint=hint))
        box = QWidget()
        buttons = flow(self.choose_folder, self.keep, self.look)
        heading = PlainLabel(_("Where notices wait"), "h2", wrap=True)
        box.setLayout(col(heading, asked, buttons, self.looked, spacing=8))
        return box

    def _our_card(self) -> QWidget:
        self.save_card = button(_("Save our card"), icon="download", object_name="save-card")
        self.save_card.clicked.connect(self.our_card_wanted)
        self.fields["our-card"] = self.save_card
        self.our_words = PlainLabel("", "h3", wrap=True, object_name="our-words").selectable()
        intro = PlainLabel(
            _("The force needs your school’s public key. Send it the card, and read out these words"
              " when it calls you:"),
            wrap=True,
        )  # fmt: skip
        box = QWidget()
        heading = PlainLabel(_("Our card"), "h2", wrap=True)
        box.setLayout(col(heading, intro, self.our_words, flow(self.save_card), spacing=8))
        return box

    # shown ----------------------------------------------------------------------------------------

    def show_senders(self, senders: SendersShown) -> None:
        """As it stands. What a person is typing stays."""
        self.closed.say(
            "" if senders.yours else _("Sealed notices go to the safeguarding leads."), ""
        )
        self.inside.setVisible(senders.yours)
        self._forces = {one.id: one for one in senders.forces}
        self.known.setVisible(bool(senders.forces))
        self.table.show_rows([_row(one) for one in senders.forces])
        if senders.forces and self.table.current_key() not in self._forces:
            self.table.select(senders.forces[0].id)
        self._show_force(self.table.current_key())
        if self.folder.text() == self._folder:  # what is being typed is left alone
            self.folder.setText(senders.folder)
            self._folder = senders.folder
        self.looked.set_role("warn" if senders.trouble else "muted")
        self.looked.setText(senders.looked)
        self.look.setEnabled(bool(senders.folder))
        self.our_words.setText(senders.words)

    def show_card(self, card: CardShown | None) -> None:
        """The card that was chosen: what it says of itself, and the words to be heard."""
        self.heard.setVisible(card is not None)
        if card is not None:
            self.card_facts.show_facts(card.facts)
            self.name.setText(card.name)
            self.words.setFocus()

    def show_folder(self, folder: str) -> None:
        """The folder that was chosen, not kept yet."""
        self.folder.setText(folder)
        self.keep.setFocus()

    def empty(self) -> None:
        """What was typed is kept."""
        self._folder = self.folder.text()
        for field in (self.words, self.rung, self.name, self.reason):
            field.setText("")

    def submit(self) -> None:
        """Hands the words over."""
        self.confirm_wanted.emit(self.words.text(), self.name.text(), self.rung.text())

    def _show_force(self, key: str) -> None:
        one = self._forces.get(key)
        if one is not None:
            self.heading.setText(one.name)
            self.facts.show_facts(one.facts)
            self.stop_box.setVisible(not one.stopped)

    @override
    def first_field(self) -> QWidget | None:
        if not self.inside.isVisibleTo(self):
            return None
        return self.table if self._forces else self.choose


def _row(one: ForceShown) -> TableRow:
    state = Cell(one.state, tone="warn" if one.stopped else "muted")
    return TableRow(one.id, (Cell(one.name, strong=True), Cell(one.by), Cell(one.when), state))
