"""Mail sources: those there are with how each is, and one more."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screens.settings.mail_presenter import (
    MailForm,
    MailShown,
    SourceShown,
    usual_port,
)
from schoolsafe.ui.screens.settings.school_parts import save_button
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import PassphraseField, Question, TextField
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import clear, col, line
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.select_box import SelectBox
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import _

MAILBOX, FOLDER = "mailbox", "folder"
_WEEK = timedelta(days=7)


class MailPart(FormPage):
    """Off until a person adds one."""

    add_wanted = Signal(object)
    """MailForm."""
    renew_wanted = Signal(str, str)
    """The source's id, and its new password."""
    remove_wanted = Signal(str)
    look_wanted = Signal()
    folder_wanted = Signal()
    """A person wants to choose one."""

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("Mail sources"),
            _("Messages can come by themselves, while SchoolSafe is open. They are only read: "
              "nothing is deleted, moved or marked where they are. Off until you add one."),
        )  # fmt: skip
        self._sources: dict[str, SourceShown] = {}
        self._dated = False
        self.closed = Banner("sunken", object_name="mail-closed")
        self.closed.hide()
        self.known = self._known()
        self.form = self._form()
        self.put(self.closed, self.known, self.form)
        self._show_kind(MAILBOX)

    # what there is --------------------------------------------------------------------------------

    def _known(self) -> QWidget:
        self.table = FittedTable(
            (_("Name"), _("Last looked at"), _("How it is")),
            spoken=_("Mail sources"),
            object_name="mail-sources",
        )
        self.heading = PlainLabel("", "h2", wrap=True, object_name="mail-heading")
        self.facts = Facts(label_width=130)
        self._left = QVBoxLayout()
        self._left.setContentsMargins(0, 0, 0, 0)
        self.look = button(
            _("Look now"), icon="refresh-cw", key=key_words("check-mail"), object_name="look-now"
        )
        self.take_away = button(_("Remove"), icon="trash-2", object_name="remove-source")
        self.new_secret = PassphraseField(
            spoken=_("Another password for this mailbox"), object_name="new-secret"
        )
        self.renew = button(_("Keep this password"), object_name="keep-secret")
        asked = Question(_("Another password"), self.new_secret)
        self.questions["new-secret"] = asked
        self.fields["new-secret"] = self.new_secret.edit
        self.secret_box = QWidget()
        self.secret_box.setLayout(col(asked, flow(self.renew), spacing=8))
        self.look.clicked.connect(self.look_wanted)
        self.take_away.clicked.connect(lambda: self.remove_wanted.emit(self.table.current_key()))
        self.renew.clicked.connect(
            lambda: self.renew_wanted.emit(self.table.current_key(), self.new_secret.text())
        )
        self.table.chosen.connect(self._show_source)
        box = QWidget()
        parts = (self.table, 8, self.heading, self.facts, self._left, 4)
        buttons = flow(self.look, self.take_away)
        box.setLayout(col(*parts, buttons, self.secret_box, 8, line(), 8, spacing=8))
        return box

    def show_mail(self, mail: MailShown) -> None:
        """As it is. What a person is typing stays."""
        closed = _closed_words(mail)
        self.closed.say(*closed)
        self._sources = {one.id: one for one in mail.sources}
        self.known.setVisible(bool(mail.sources))
        self.form.setVisible(not closed[0])
        self.table.show_rows([_row(one) for one in mail.sources])
        if mail.sources and self.table.current_key() not in self._sources:
            self.table.select(mail.sources[0].id)
        self._show_source(self.table.current_key())
        if mail.today is not None and not self._dated:
            self._dated = True
            self.since.set_date(mail.today - _WEEK)

    def _show_source(self, key: str) -> None:
        one = self._sources.get(key)
        if one is None:
            return
        self.heading.setText(one.name)
        self.facts.show_facts(one.facts)
        clear(self._left)
        if one.left:
            self._left.addWidget(PlainLabel(_("Left where they are"), "h3"))
        for words in one.left:
            self._left.addWidget(PlainLabel(words, wrap=True))
        self.secret_box.setVisible(one.mailbox)

    # one more -------------------------------------------------------------------------------------

    def _form(self) -> QWidget:
        self.kind = ChipRow(
            [(MAILBOX, _("A mailbox")), (FOLDER, _("A folder"))],
            spoken=_("What is to be looked at"),
            object_name="source-kind",
        )
        self.kind.set_current(MAILBOX)
        self.kind.chosen.connect(self._show_kind)
        self.name = TextField(spoken=_("A name for it"), width=320, object_name="source-name")
        hint = _("What you call it, such as: Police mailbox")
        named = self.ask("name", Question(_("A name for it"), self.name, hint=hint))
        self.box_fields, self.path_fields = self._box_fields(), self._path_fields()
        self.add = save_button(_("Add it"), "add-source")
        self.add.clicked.connect(self.submit)
        form = QWidget()
        heading = PlainLabel(_("Add a mail source"), "h2", wrap=True)
        parts = (heading, self.kind, named, self.box_fields, self.path_fields, 8)
        form.setLayout(col(*parts, flow(self.add), spacing=8))
        return form

    def _box_fields(self) -> QWidget:
        self.server = TextField(spoken=_("Mail server"), object_name="source-server")
        self.user = TextField(spoken=_("Login name"), object_name="source-user")
        self.secret = PassphraseField(
            spoken=_("Password of the mailbox"), object_name="source-secret"
        )
        self.secret_kind = SelectBox(
            [("password", _("A password")), ("token", _("An access token (XOAUTH2)"))],
            spoken=_("What opens the mailbox"),
            object_name="source-secret-kind",
        )
        self.mail_folder = TextField(
            "INBOX", spoken=_("Folder of the mailbox"), width=320, object_name="source-folder"
        )
        self.since = DateBoxes(spoken=_("Take messages since"), object_name="source-since")
        self.tls = SelectBox(
            [("on", _("TLS from the start")), ("starttls", _("STARTTLS"))],
            spoken=_("How it is sealed"),
            object_name="source-tls",
        )
        self.port = TextField("993", spoken=_("Port"), width=90, object_name="source-port")
        self.tls.chosen.connect(lambda tls: self.port.setText(usual_port(tls)))
        folder_hint = _("Choose one that holds notifications only: every message in it is taken.")
        since_hint = _(
            "What came to the mailbox before that day stays there. Empty takes all of it."
        )
        questions = (
            self.ask("server", Question(_("Mail server"), self.server)),
            self.ask("user", Question(_("Login name"), self.user)),
            self.ask("secret", Question(_("Password or token"), self.secret), self.secret.edit),
            self.ask("folder", Question(_("Folder"), self.mail_folder, hint=folder_hint)),
            self.ask("since", Question(_("Take messages since"), self.since, hint=since_hint)),
            8,
            PlainLabel(
                _("Leave these as they are, unless your IT says otherwise"), "muted", wrap=True
            ),
            flow(
                self.ask("tls", Question(_("How it is sealed"), self.tls)),
                self.ask("port", Question(_("Port"), self.port)),
                self.ask("secret-kind", Question(_("What opens it"), self.secret_kind)),
            ),
        )
        box = QWidget()
        box.setLayout(col(*questions, spacing=8))
        return box

    def _path_fields(self) -> QWidget:
        self.path = TextField(spoken=_("Folder to watch"), object_name="source-path")
        self.choose = button(_("Choose"), icon="folder-open", object_name="choose-folder")
        self.choose.clicked.connect(self.folder_wanted)
        hint = _(
            "Where another system puts files. They are taken once they are whole, and stay there."
        )
        box = QWidget()
        asked = self.ask("path", Question(_("Folder to watch"), self.path, hint=hint))
        box.setLayout(col(asked, flow(self.choose), spacing=8))
        return box

    def _show_kind(self, kind: str) -> None:
        self.box_fields.setVisible(kind == MAILBOX)
        self.path_fields.setVisible(kind == FOLDER)

    def submit(self) -> None:
        """Hands it over. An impossible date is said, and nothing is handed over."""
        mailbox = self.kind.current() == MAILBOX
        since = self.since.date()
        if mailbox and self.since.problem() not in {DateProblem.NONE, DateProblem.EMPTY}:
            words = self.since.problem_words(_("The first day"))
            self.show_problems([Problem(words, "since")], fallback=self.add)
            return
        self.add_wanted.emit(
            MailForm(
                mailbox=mailbox,
                name=self.name.text(),
                server=self.server.text(),
                port=self.port.text(),
                tls=self.tls.current(),
                user=self.user.text(),
                secret=self.secret.text(),
                oauth=self.secret_kind.current() == "token",
                folder=self.mail_folder.text(),
                since=since,
                path=self.path.text(),
            )
        )

    def empty(self, *, all_of_it: bool = False) -> None:
        """No password stays on screen; with ``all_of_it`` the form is as at first."""
        self.secret.clear()
        self.new_secret.clear()
        if all_of_it:
            for field in (self.name, self.server, self.user, self.path):
                field.setText("")

    @override
    def mark(self, said: dict[str, str]) -> None:
        self.new_secret.edit.mark_error(wrong="new-secret" in said)
        self.secret.edit.mark_error(wrong="secret" in said)

    @override
    def first_field(self) -> QWidget | None:
        if self.known.isVisibleTo(self):
            return self.table
        return self.name if self.form.isVisibleTo(self) else None


def _closed_words(mail: MailShown) -> Sequence[str]:
    if mail.forbidden:
        return (
            _("Your school’s IT team has switched mail sources off on this computer."),
            _("Drop messages on Today, or open them with Ctrl+O."),
        )
    if not mail.yours:
        return _("Notifications go to the safeguarding leads."), ""
    return "", ""


def _row(one: SourceShown) -> TableRow:
    state = Cell(one.state, tone="warn" if one.ill else "muted")
    return TableRow(one.id, (Cell(one.name, strong=True), Cell(one.last), state))
