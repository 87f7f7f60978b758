"""Ctrl+/: every key of the program, from the command table."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.ui.commands import COMMANDS, key_words
from schoolsafe.ui.overlay import Overlay
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.table import Cell, Table, TableRow
from schoolsafe.words import _


class KeyList(Overlay):
    """A table of keys and what they do."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAccessibleName(_("List of keys"))
        self.table = Table((_("Key"), _("Does")), spoken=_("List of keys"), object_name="keys")
        close = button(_("Close"), key="Esc", object_name="close-keys")
        close.clicked.connect(self.dismiss)
        head = row(PlainLabel(_("Keys"), "h2"), None, close)
        self.setLayout(col(head, (self.table, 1), margins=(16, 12, 16, 12)))

    @override
    def prepare(self, words: str) -> None:
        rows = [
            TableRow(command.id, (Cell(key_words(command.id), strong=True), Cell(command.title)))
            for command in COMMANDS
            if command.keys
        ]
        self.table.show_rows(rows)
        self.table.select(rows[0].key)

    @override
    def first_focus(self) -> QWidget:
        return self.table
