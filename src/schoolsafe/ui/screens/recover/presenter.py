"""From a sheet of paper to an open vault, in three steps. Knows no Qt and no keys: only the RecoverySeam."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from schoolsafe.errors import SchoolSafeError
from schoolsafe.ui import passphrase_help
from schoolsafe.ui.keys_seam import RecoverySeam, Strength
from schoolsafe.ui.passphrase_help import IN_FILE, STOP
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.seams import Paper, SeatCard, TaskRunner
from schoolsafe.words import _

T = TypeVar("T")


class Step(StrEnum):
    """One page, in order."""

    KEY = "key"
    PASSPHRASE = "passphrase"  # noqa: S105  # the page's name
    SHEET = "sheet"


ORDER: Final = tuple(Step)


class RecoverView(Protocol):
    """What the presenter tells the window."""

    def show_step(self, step: Step) -> None:
        """Another page in front."""
        ...

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """The summary; none hides it."""
        ...

    def set_busy(self, words: str) -> None:
        """What is being done; "" when it is done."""
        ...

    def show_strength(self, strength: Strength | None) -> None:
        """Of the passphrase as typed; None while there is none."""
        ...

    def show_made(self, words: str) -> None:
        """A passphrase made for this person."""
        ...

    def show_keyring(self, problem: str) -> None:
        """Why the keyring does not answer; "" where it does."""
        ...

    def show_drill(self, asked: tuple[int, ...], *, printed: bool) -> None:
        """Which groups to type back; only once the sheet is on paper."""
        ...

    def leave(self) -> None:
        """Back to the unlock screen; nothing was changed."""
        ...

    def finish(self, opened: object) -> None:
        """The vault is open."""
        ...


class RecoverPresenter:
    """Steps and decisions; the window only draws."""

    def __init__(
        self,
        view: RecoverView,
        card: SeatCard,
        *,
        seam: RecoverySeam,
        tasks: TaskRunner,
        paper: Paper,
    ) -> None:
        """Wires it.

        Args:
            view: shows what it is told.
            card: who comes back.
            seam: keys and the way in; slow calls run in the worker.
            tasks: the worker.
            paper: previews, prints and saves the sheet.
        """
        self._view, self._card, self._seam = view, card, seam
        self._tasks, self._paper = tasks, paper
        self.help = passphrase_help.PassphraseHelp(
            seam, tasks, names=self._names, show=view.show_strength
        )
        self.step = Step.KEY
        self._key, self._passphrase, self._next_key = "", "", ""
        self._keyring = ""
        self._asked: tuple[int, ...] = ()
        self._printed = self._busy = False

    def start(self) -> None:
        """The first page."""
        self._go(Step.KEY)
        self._tasks.query(lambda: self._seam.keyring_problem(self._card.id), self._show_keyring)

    def back(self) -> None:
        """One page back; once the new passphrase is set there is none."""
        if self._busy:
            return
        if self.step is Step.KEY:
            self._view.leave()
        elif self.step is Step.PASSPHRASE:
            self._go(Step.KEY)

    def give_key(self, typed: str) -> None:
        """Page 1: is it this person's sheet?"""
        if not typed.strip():
            self._view.show_problems([Problem(_("Type the recovery key of your sheet"), "key")])
            return

        def checked(_nothing: None) -> None:
            self._key = typed
            self._go(Step.PASSPHRASE)

        self._do(
            _("Trying the key"),
            lambda: self._seam.check_key(self._card.id, typed),
            checked,
            field="key",
        )

    def make_passphrase(self) -> None:
        """Five words."""
        self.help.make(self._view.show_made)

    def give_passphrase(self, text: str, again: str, *, place: str) -> None:
        """Page 2: the old passphrase and the old sheet end here. ``place``: as in set-up."""
        if self._keyring and place == STOP:
            self._view.leave()
            return
        problems = passphrase_help.problems(text, again)
        if self._keyring and place != IN_FILE:
            problems.append(Problem(_("Choose where this computer’s secret is kept"), "place"))
        self._view.show_problems(problems)
        if problems:
            return
        in_file = bool(self._keyring)

        def change() -> str:
            self._seam.check_passphrase(text, self._names(), secret_in_file=in_file)
            return self._seam.recover(self._card.id, self._key, text, secret_in_file=in_file)

        def changed(next_key: str) -> None:
            self._passphrase, self._next_key, self._key = text, next_key, ""
            self._go(Step.SHEET)

        self._do(_("Setting the new passphrase"), change, changed, field="passphrase")

    def hand_over_sheet(self) -> None:
        """Prints or saves the new sheet."""

        def show(pdf: bytes) -> None:
            if self._paper.hand_over(_("Recovery sheet"), pdf):
                self._printed = True
                self._view.show_problems([])
                self._show_drill()

        self._do(
            _("Making the sheet"),
            lambda: self._seam.recovery_sheet(self._card.id, self._next_key),
            show,
            field="sheet",
        )

    def type_back(self, answers: Sequence[str]) -> None:
        """The drill, and then Today."""
        if not self._printed:
            words = _("Print or save the recovery sheet first")
            self._view.show_problems([Problem(words, "sheet")])
            return
        words = _("Type group {n} of the sheet")
        empty = [
            Problem(words.format(n=self._asked[n]), f"group-{n}")
            for n, said in enumerate(answers)
            if not said.strip()
        ]
        self._view.show_problems(empty)
        if empty:
            return
        asked, given = self._asked, tuple(answers)

        def tried() -> object:
            self._seam.drill(
                self._card.id, self._passphrase, self._next_key, asked=asked, answers=given
            )
            return self._seam.unlock(self._card.id, self._passphrase)

        self._do(_("Trying the sheet"), tried, self._view.finish, field="group-0")

    def later(self) -> None:
        """Today now: a child may be waiting. The unprinted sheet is lost; Today asks for a new one."""
        self._do(
            _("Opening Today"),
            lambda: self._seam.unlock(self._card.id, self._passphrase),
            self._view.finish,
            field="sheet",
        )

    # inside ---------------------------------------------------------------------------------------

    def _names(self) -> tuple[str, ...]:
        return tuple(name for name in (self._card.school, self._card.name) if name)

    def _show_keyring(self, problem: str) -> None:
        self._keyring = problem
        self._view.show_keyring(problem)

    def _show_drill(self) -> None:
        if not self._asked:
            self._asked = self._seam.drill_groups()
        self._view.show_drill(self._asked, printed=self._printed)

    def _go(self, step: Step) -> None:
        self.step = step
        self._view.show_step(step)
        if step is Step.SHEET:
            self._show_drill()

    def _do(
        self, words: str, work: Callable[[], T], then: Callable[[T], None], *, field: str
    ) -> None:
        """Slow work in the worker; while it runs nothing else begins."""
        if self._busy:
            return
        self._busy = True
        self._view.set_busy(words)

        def done(result: T) -> None:
            self._rest()
            self._view.show_problems([])
            then(result)

        def failed(error: SchoolSafeError) -> None:
            self._rest()
            self._view.show_problems([Problem(str(error), field)])

        self._tasks.query(work, done, failed)

    def _rest(self) -> None:
        self._busy = False
        self._view.set_busy("")
