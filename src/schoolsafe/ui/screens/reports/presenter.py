"""The monthly letter to the force: which month, what it says, print and save. Knows no Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from schoolsafe.domain import say
from schoolsafe.domain.lateness import VALUE_WORDS, VALUES, Figures, next_month, previous_month
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.pages import LetterTable
from schoolsafe.services.policy import Policy
from schoolsafe.services.report import letter_sentences, letter_tables, week_words
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.seams import Dialogs, FileKind, Navigator, Paper, TaskRunner
from schoolsafe.words import _


@dataclass(frozen=True, slots=True)
class ReportShown:
    """The letter in words, and the school's own count beside it."""

    month: str
    to: str
    sentences: tuple[str, ...]
    tables: tuple[LetterTable, ...]
    own: LetterTable
    """The counts as they are, week by week: for the school, never in the letter."""
    earlier: bool
    later: bool
    nothing: bool


class ReportView(Protocol):
    """What the presenter tells the view."""

    def show_report(self, shown: ReportShown) -> None:
        """Another month, or other counts."""
        ...

    def show_gone(self, words: str) -> None:
        """There is nothing this person may read."""
        ...


class ReportPresenter:
    """One month at a time; the last whole month first, because that is the one to send."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: ReportView,
        dialogs: Dialogs,
        paper: Paper,
        write: Callable[[Path, bytes], None],
        policy: Policy,
    ) -> None:
        """Wires it.

        Args:
            services: of the person at the screen.
            tasks: the worker.
            go: the window.
            view: shows what it is told.
            dialogs: where to save the table.
            paper: previews, prints and saves pages.
            write: writes a file a person chose, whole or not at all.
            policy: what IT has fixed.
        """
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._dialogs, self._paper, self._write, self._policy = dialogs, paper, write, policy
        self.month = previous_month(services.desk.now().date())

    def may_print(self) -> bool:
        """Whether IT lets anybody print here."""
        return self._policy.may_print

    def refresh(self) -> None:
        """Asks for the month."""
        services, month = self._services, self.month

        def look() -> ReportShown:
            letter = services.reports.letter(month)
            figures = services.reports.figures(month)
            return ReportShown(
                month=say.month_words(month),
                to=letter.to or _("your police force"),
                sentences=letter_sentences(letter),
                tables=letter_tables(letter) if figures.total else (),
                own=own_table(figures),
                earlier=month > services.reports.first_month(),
                later=next_month(month) <= services.desk.now().date(),
                nothing=not (figures.total or figures.expected_not_received),
            )

        self._tasks.query(look, self._view.show_report, self._gone)

    def _gone(self, error: SchoolSafeError) -> None:
        self._view.show_gone(str(error))

    def step(self, months: int) -> None:
        """The month before or after."""
        self.month = previous_month(self.month) if months < 0 else next_month(self.month)
        self.refresh()

    def print(self) -> None:
        """The letter on paper, with preview."""
        if not self._policy.may_print:
            self._go.say(_("Printing is switched off by your school’s IT."))
            return
        reports, month = self._services.reports, self.month

        def made(pdf: bytes) -> None:
            if self._paper.hand_over(_("Letter to the force"), pdf):
                self._go.say(_("Printed or saved. It is on record."))

        self._tasks.query(lambda: reports.force_pdf(month), made, self._say)

    def save_table(self) -> None:
        """The same counts for a spreadsheet."""
        kinds = (FileKind(_("Table for a spreadsheet"), ("*.csv",)),)
        name = f"letter-{self.month:%Y-%m}.csv"
        path = self._dialogs.save_file(_("Save the table"), name, kinds)
        if path is None:
            return
        reports, month = self._services.reports, self.month

        def saved(_nothing: None) -> None:
            self._go.say(_("Saved. It is on record."))

        self._tasks.query(lambda: self._write(path, reports.force_csv(month)), saved, self._say)

    def _say(self, error: SchoolSafeError) -> None:
        self._go.say(str(error))


def own_table(figures: Figures) -> LetterTable:
    """Week by week and by result, as it is."""
    heads = (_("Week"), *(_(VALUE_WORDS[value]) for value in VALUES), _("All"))
    rows = [
        (week_words(week.first, week.last), *(str(week.counts[v]) for v in VALUES), str(week.total))
        for week in figures.weeks
    ]
    whole = (*(str(figures.by_value(v)) for v in VALUES), str(figures.total))
    return LetterTable(_("Your own count"), heads, (*rows, (_("The month"), *whole)))
