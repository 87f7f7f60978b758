"""Everything that can be put on record in a child's file, under headings; Enter opens the form."""

from typing import Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.domain.file_form import Group
from schoolsafe.domain.file_forms import FORMS
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.widgets.layout import col, line
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Heading, Line, Row, RowList
from schoolsafe.words import N_, _

GROUPS: Final = {
    Group.CONCERN: N_("What was seen, heard and said"),
    Group.AGENCY: N_("With other agencies"),
    Group.MEETING: N_("Meetings"),
    Group.DECISION: N_("Decisions and challenge"),
    Group.FAMILY: N_("Family and home"),
}
ENTRY: Final = "entry"


class KindsScreen(Screen):
    """A list of kinds of record."""

    place = "pupils"

    def __init__(self, frame: Frame) -> None:
        self.title = _("Record something")
        self._go, self._child = frame.navigator, ""
        self.rows = RowList(spoken=_("What do you want to record?"), object_name="record-kinds")
        self.rows.show_rows(_lines())
        self.rows.opened.connect(self._open)
        self.rows.clicked.connect(lambda _index: self._open(self.rows.current_key()))
        head = col(
            PlainLabel(_("Record something"), "h1"),
            PlainLabel(_("Choose what it is. Type to find it in the list."), "muted", wrap=True),
            margins=(24, 16, 24, 10),
            spacing=4,
        )
        self.work = QWidget()
        self.work.setLayout(col(head, line(), (self.rows, 1), spacing=0))

    def _open(self, key: str) -> None:
        if key == ENTRY:
            self._go.open("entry", child=self._child)
        elif key:
            self._go.open(f"record_{key}", child=self._child)

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work)

    @override
    def opened(self, **args: object) -> None:
        self._child = str(args.get("child") or "")
        self.rows.select_first()

    @override
    def first_focus(self) -> QWidget:
        return self.rows


def _lines() -> list[Line]:
    lines: list[Line] = []
    for group, words in GROUPS.items():
        rows = [
            Row(form.name, _(form.words), about=_(form.record), icon="file-text")
            for form in FORMS
            if form.group is group
        ]
        if group is Group.CONCERN:
            about = _("Concern, observation, contact, meeting")
            rows.insert(0, Row(ENTRY, _("Entry"), about=about, icon="pencil"))
        lines += [Heading(_(words)), *rows] if rows else []
    return lines
