"""The chronology of a file: how often, what a rule asks, chips, the entries, and what is hidden."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolsafe.domain import say
from schoolsafe.services.chronology_view import EntryView
from schoolsafe.ui import chronology_rows
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.pupil_file import filtering, shown
from schoolsafe.ui.screens.pupil_file.attaching import AddFilesForm
from schoolsafe.ui.screens.pupil_file.filtering import Filtered
from schoolsafe.ui.screens.pupil_file.forms import AsOfForm, CorrectForm, DecideForm
from schoolsafe.ui.screens.pupil_file.shown import Asked, FileFacts
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.chronology_list import ChronologyList
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import clear, col, line, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.strip import Strip, StripFacts, strip_rows
from schoolsafe.ui.widgets.table import Cell, Table, TableRow
from schoolsafe.words import _

LIST_LEAST = 160
"""The least height of the list, px at 100 % text: in a low window the whole pane scrolls."""
TABLE_HEIGHT = 180


class ChronologyPart(QWidget):
    """What happened, newest first."""

    filtered = Signal(object, object)
    """A chip or nothing, words or nothing."""
    opened = Signal(str)
    as_of_wanted = Signal(object)
    hidden_wanted = Signal()
    """The rows a filter hides and names."""
    files_wanted = Signal()
    """Files for the current entry."""
    edited = Signal()
    """Something was typed into a form."""
    form_opened = Signal(bool)
    """A form is open in the part, or none is: its own button is the next thing to do."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[str, EntryView] = {}
        self._facts: StripFacts | None = None
        self.strip = Strip()
        self.strip.offer_table()
        self.dates = Table(
            (_("Date"), _("What")), spoken=_("The dates behind the drawing"), object_name="dates"
        )
        self.dates.setFixedHeight(style.scale(TABLE_HEIGHT))
        self.dates.hide()
        self.then = Banner("info", action=_("Back to today"), object_name="as-of-banner")
        self.then.hide()
        self._prompts = QVBoxLayout()
        self._prompts.setContentsMargins(0, 0, 0, 0)
        self._prompts.setSpacing(style.scale(6))
        self.prompts = QWidget()
        self.prompts.setLayout(self._prompts)
        self.decide, self.correct, self.look_back = DecideForm(), CorrectForm(), AsOfForm()
        self.adding = AddFilesForm()
        self.picture = Facts(label_width=120)
        self.picture.setObjectName("file-picture")
        self.chips = ChipRow((), spoken=_("Which entries"), object_name="file-chips")
        self.search = TextField(
            spoken=_("Find in this file"),
            hint=_("Find in this file"),
            width=190,
            icon="search",
            object_name="find-in-file",
        )
        self.list = ChronologyList(object_name="file-chronology")
        self.list.setMinimumHeight(style.scale(LIST_LEAST))
        self.empty = PlainLabel("", "muted", wrap=True, object_name="file-empty")
        self.empty.hide()
        self._build_foot()
        self._arrange()
        self._wire()

    def _build_foot(self) -> None:
        self.count = PlainLabel("", "small", wrap=True, object_name="shown-count")
        self.hidden = PlainLabel("", "warn", wrap=True, object_name="hidden-count")
        self.open_it = button(
            _("Open the notification"), icon="shield-check", object_name="open-notification"
        )
        self.correct_it = button(_("Correct this"), icon="pencil", object_name="correct-this")
        self.show_them = button(
            _("Show them"), kind="link", key=key_words("show-hidden"), object_name="show-hidden"
        )
        self.add_files = button(
            _("Add files"), icon="plus", key=key_words("open-file"), object_name="add-files-button"
        )
        self.past = button(_("As it stood on a day"), kind="link", object_name="as-of-link")

    def _arrange(self) -> None:
        top = col(
            self.then,
            self.strip,
            self.picture,
            self.dates,
            self.prompts,
            self.decide,
            margins=(24, 14, 24, 10),
            spacing=10,
        )
        filters = row((self.chips, 1), col(self.search, None), margins=(24, 10, 24, 6), spacing=12)
        forms = col(
            self.look_back, self.correct, self.adding, self.empty, margins=(24, 2, 24, 2), spacing=8
        )
        # why: over the list, where it is seen without scrolling in a low window too
        warned = row((self.hidden, 1), self.show_them, margins=(24, 0, 24, 2), spacing=12)
        said = col(self.count, flow(self.past), spacing=2)
        foot = row(
            (said, 1),
            self.open_it,
            self.add_files,
            self.correct_it,
            margins=(24, 6, 24, 8),
            spacing=8,
        )
        self.setLayout(
            col(top, line(), filters, warned, forms, (self.list, 1), line(), foot, spacing=0)
        )

    def _wire(self) -> None:
        self.chips.chosen.connect(lambda chip: self.filtered.emit(chip, None))
        self.search.textChanged.connect(lambda words: self.filtered.emit(None, words))
        self.list.opened.connect(self.opened)
        self.list.chosen.connect(lambda _key: self._offer())
        self.open_it.clicked.connect(lambda: self.opened.emit(self.list.current_key()))
        self.correct_it.clicked.connect(self.begin_correction)
        self.strip.table_wanted.connect(self._toggle_table)
        self.past.clicked.connect(self._look_back)
        self.show_them.clicked.connect(self.hidden_wanted)
        self.add_files.clicked.connect(self.files_wanted)
        self.then.pressed.connect(lambda: self.as_of_wanted.emit(None))
        self.look_back.wanted.connect(self.as_of_wanted)
        for form in self._forms():
            form.left.connect(self._leave)
            form.edited.connect(self.edited)

    # showing --------------------------------------------------------------------------------------

    def show_facts(self, facts: FileFacts, *, chip: str) -> None:
        """The pattern, what a rule asks, and the chips."""
        self._facts = shown.strip_facts(facts)
        self.strip.show_facts(self._facts)
        told = shown.picture_words(facts.chronology)
        self.picture.show_facts(told)
        self.picture.setVisible(bool(told))
        self._show_dates(self._facts)
        self._show_prompts(shown.asked(facts) if facts.as_of is None else ())
        self.chips.set_options(filtering.chips(facts.chronology.entries), chosen=chip)
        self._show_then(facts.as_of)

    def show_filtered(self, filtered: Filtered, *, empty: str) -> None:
        """What the filter lets through."""
        self._entries = {entry.id: entry for entry in filtered.entries}
        self.list.show_entries([chronology_rows.row_of(entry) for entry in filtered.entries])
        if not self.list.current_key() and filtered.entries:
            self.list.setCurrentIndex(self.list.entries.index(0))
        self.list.setVisible(bool(filtered.entries))
        self.empty.setText(empty)
        self.empty.setVisible(not filtered.entries)
        self.count.setText(filtered.count)
        self.hidden.setText(filtered.hidden)
        self.hidden.setVisible(bool(filtered.hidden))
        self.show_them.setVisible(bool(filtered.hidden))
        self._offer()

    def clear_filter(self) -> None:
        """Another child: nothing is looked for."""
        blocked = self.search.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.search.setText("")
        self.search.blockSignals(blocked)
        self.close_forms()
        self.dates.hide()
        self._name_table_link()

    def _show_then(self, as_of: date | None) -> None:
        if as_of is None:
            self.then.say("")
            return
        words = _("As it stood at the end of {day}").format(day=say.day_words(as_of))
        self.then.say(words, _("What was written later is not shown."), aloud=True)

    def _show_prompts(self, asked: Sequence[Asked]) -> None:
        clear(self._prompts)
        for n, one in enumerate(asked):
            banner = Banner(
                "warn",
                one.words,
                one.evidence,
                action=_("Record a decision"),
                icon="flag",
                object_name=f"prompt-{n}",
            )
            banner.pressed.connect(partial(self._decide, one))
            self._prompts.addWidget(banner)

    def _show_dates(self, facts: StripFacts) -> None:
        rows = strip_rows(facts)
        self.dates.show_rows(
            [
                TableRow(str(n), (Cell(day, strong=True), Cell(what)))
                for n, (day, what) in enumerate(rows)
            ]
        )

    def _offer(self) -> None:
        """The buttons that fit the current entry."""
        entry = self._entries.get(self.list.current_key())
        self.open_it.setVisible(entry is not None and shown.can_open(entry))
        notified = entry is not None and bool(entry.notification)
        self.open_it.set_words(_("Open the notification") if notified else _("Open the record"))
        fits = entry is not None and filtering.can_correct(entry)
        self.correct_it.setVisible(fits)
        self.add_files.setVisible(fits)

    # forms ----------------------------------------------------------------------------------------

    def form(self) -> DecideForm | CorrectForm | AsOfForm | AddFilesForm | None:
        """The form that is open."""
        return next((form for form in self._forms() if not form.isHidden()), None)

    def _forms(self) -> tuple[DecideForm, CorrectForm, AsOfForm, AddFilesForm]:
        return self.decide, self.correct, self.look_back, self.adding

    def begin_files(self, paths: Sequence[Path]) -> bool:
        """Files for the current entry; False where there is none to add them to."""
        entry = self._entries.get(self.list.current_key())
        if entry is None or not filtering.can_correct(entry):
            return False
        self.close_forms()
        self.adding.show_files(entry.id, self._named(entry), paths)
        self.form_opened.emit(True)  # noqa: FBT003  # a signal's value
        return True

    def begin_correction(self) -> None:
        """The current entry."""
        entry = self._entries.get(self.list.current_key())
        if entry is not None and filtering.can_correct(entry):
            self.close_forms()
            self.correct.show_entry(entry, self._named(entry), filtering.correctable(entry))
            self.form_opened.emit(True)  # noqa: FBT003  # a signal's value

    def close_forms(self) -> None:
        """Back to the list; what was typed stays until it is saved."""
        had = self.form()
        for form in self._forms():
            form.hide()
        self.prompts.show()
        self.form_opened.emit(False)  # noqa: FBT003  # a signal's value
        if had is not None:
            self.list.setFocus()

    def saved(self) -> None:
        """What was typed is on record."""
        self.decide.done()
        self.correct.done()
        self.close_forms()
        self.list.setFocus()

    def typed(self) -> dict[str, str]:
        """What stands in an open form and is not on record yet."""
        return self.correct.typed() or self.decide.typed()

    def restore(self, typed: Mapping[str, str], asked: Sequence[Asked]) -> None:
        """Opens the form a person left, with what they had typed."""
        entry = typed.get("entry", "")
        if entry:
            self.list.select(entry)
            self.begin_correction()
            if not self.correct.isHidden():
                self.correct.take(
                    typed.get("words", ""), typed.get("why", ""), typed.get("field", "")
                )
        for one in asked:
            if one.prompt.rule.id == typed.get("rule"):
                self._decide(one)
                self.decide.take(typed.get("choice", ""), typed.get("reason", ""))

    def _leave(self) -> None:
        self.close_forms()
        self.edited.emit()

    def _decide(self, asked: Asked) -> None:
        self.close_forms()
        self.prompts.hide()
        self.decide.show_asked(asked)
        self.form_opened.emit(True)  # noqa: FBT003  # a signal's value

    def _look_back(self) -> None:
        self.close_forms()
        self.look_back.open()
        self.form_opened.emit(True)  # noqa: FBT003  # a signal's value

    def _toggle_table(self) -> None:
        self.dates.setVisible(self.dates.isHidden())
        self._name_table_link()
        if not self.dates.isHidden():
            self.dates.setFocus()

    def _name_table_link(self) -> None:
        hidden = self.dates.isHidden()
        self.strip.table.set_words(_("As a table") if hidden else _("Hide the table"))

    @staticmethod
    def _named(entry: EntryView) -> str:
        day = say.short_moment(entry.happened or entry.written)
        title = chronology_rows.title_of(entry)
        return _("{title}, {day}").format(title=title, day=day)
