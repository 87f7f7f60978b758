"""Set-up from the first question to Today. Knows no Qt and no keys: only the FirstRunSeam."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.domain import say
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.calendar import CalendarPreview
from schoolsafe.services.entrance import Founded, SetUp
from schoolsafe.services.pupil_import import ImportPreview
from schoolsafe.services.school_words import role_words
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import passphrase_help, pupil_list
from schoolsafe.ui.calendar_words import calendar_shown
from schoolsafe.ui.keys_seam import FirstRunSeam
from schoolsafe.ui.passphrase_help import IN_FILE, STOP
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screens.first_run import steps
from schoolsafe.ui.screens.first_run.shown import FirstRunView, ListShown
from schoolsafe.ui.screens.first_run.steps import (
    ORDER,
    Answers,
    DaysForm,
    DaysRead,
    Step,
)
from schoolsafe.ui.seams import Paper, TaskRunner
from schoolsafe.words import _, ngettext

T = TypeVar("T")

DEMO: Final = "demo"
SET_UP: Final = "set-up"


class FirstRunPresenter:
    """Steps and decisions; the window only draws."""

    def __init__(
        self, view: FirstRunView, *, seam: FirstRunSeam, tasks: TaskRunner, paper: Paper
    ) -> None:
        """Wires it.

        Args:
            view: shows what it is told.
            seam: keys and the way in; slow calls run in the worker.
            tasks: the worker.
            paper: previews, prints and saves the sheet.
        """
        self._view, self._seam, self._tasks, self._paper = view, seam, tasks, paper
        self.help = passphrase_help.PassphraseHelp(
            seam, tasks, names=self._names, show=view.show_strength
        )
        self.answers = Answers()
        self.step = Step.WHAT
        self._passed: set[Step] = set()
        self._done: dict[Step, str] = {}
        self._passphrase = ""
        self._founded: Founded | None = None
        self._asked: tuple[int, ...] = ()
        self._printed = False
        self._keyring = ""
        self._list: ImportPreview | None = None
        self._calendar: CalendarPreview | None = None
        self._busy = False

    def start(self) -> None:
        """The first page not answered yet."""
        self._tasks.query(self._seam.kept, self._resume)
        self._tasks.query(self._seam.keyring_problem, self._show_keyring)

    def _resume(self, kept: Mapping[str, str]) -> None:
        self.answers = Answers.from_kept(kept)
        given = {
            Step.WHAT: bool(self.answers.chosen),
            Step.SCHOOL: not steps.school_problems(self.answers.school, self.answers.urn),
            Step.YOU: not steps.person_problems(self.answers.person, self.answers.role),
        }
        for step, is_given in given.items():
            if not is_given:
                break
            self._passed.add(step)
        self._go(next(step for step in ORDER if step not in self._passed))

    def _show_keyring(self, problem: str) -> None:
        self._keyring = problem
        self._view.show_keyring(problem)

    def back(self) -> None:
        """One page back. Always works; what was set up for good is shown, not asked again."""
        place = ORDER.index(self.step)
        if place and not self._busy:
            self._go(ORDER[place - 1])

    # pages 1 to 3 ---------------------------------------------------------------------------------

    def choose(self, what: str) -> None:
        """Page 1."""
        if self._founded is not None:
            self._next()
        elif what == DEMO:
            self._view.show_demo()
        elif what == SET_UP:
            self._give(replace(self.answers, chosen=SET_UP))
        else:
            self._view.show_problems([Problem(_("Choose what you would like to do"), "what")])

    def give_school(self, name: str, urn: str) -> None:
        """Page 2."""
        if self._founded is not None:
            self._next()
        elif self._sound(steps.school_problems(name, urn)):
            self._give(replace(self.answers, school=name.strip(), urn=urn.strip()))

    def give_person(self, name: str, role: str) -> None:
        """Page 3."""
        if self._founded is not None:
            self._next()
        elif self._sound(steps.person_problems(name, role)):
            self._give(replace(self.answers, person=name.strip(), role=role))

    def _give(self, answers: Answers) -> None:
        self.answers = answers
        kept = answers.kept()
        self._tasks.query(lambda: self._seam.keep(kept), lambda _nothing: None)
        self._next()

    # page 4 ---------------------------------------------------------------------------------------

    def make_passphrase(self) -> None:
        """Five words."""
        self.help.make(self._view.show_made)

    def give_passphrase(self, text: str, again: str, *, place: str) -> None:
        """Page 4: the school is made. ``place`` is what they chose where there is no keyring."""
        if self._founded is not None:
            self._next()
            return
        if self._keyring and place == STOP:
            self._view.stop()
            return
        problems = passphrase_help.problems(text, again)
        if self._keyring and place != IN_FILE:
            problems.append(Problem(_("Choose where this computer’s secret is kept"), "place"))
        if not self._sound(problems):
            return
        in_file = place == IN_FILE
        form = SetUp(
            self.answers.school,
            self.answers.urn,
            self.answers.person,
            self.answers.role,
            device_secret="file" if in_file else "keyring",
        )

        def make() -> Founded:
            self._seam.check_passphrase(text, self._names(), secret_in_file=in_file)
            founded = self._seam.set_up(form, text)
            self._seam.keep({})
            return founded

        def made(founded: Founded) -> None:
            self._founded, self._passphrase = founded, text
            self._done[Step.PASSPHRASE] = _("Chosen")
            self._next()

        self._do(_("Setting up your school"), make, made, field="passphrase")

    def _names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.answers.school, self.answers.person) if name)

    # page 5 ---------------------------------------------------------------------------------------

    def hand_over_sheet(self) -> None:
        """Prints or saves the sheet."""
        founded = self._founded
        if founded is None:
            return

        def show(pdf: bytes) -> None:
            if self._paper.hand_over(_("Recovery sheet"), pdf):
                self._printed = True
                self._view.show_problems([])
                self._show_drill()

        self._do(
            _("Making the sheet"),
            lambda: self._seam.recovery_sheet(founded.seat_id, founded.recovery_key),
            show,
            field="sheet",
        )

    def type_back(self, answers: Sequence[str]) -> None:
        """The drill: set-up goes on only once the sheet has been tried."""
        founded, asked = self._founded, self._asked
        if Step.SHEET in self._passed or founded is None:
            self._next()
            return
        if not self._printed:
            self._sound([Problem(_("Print or save the recovery sheet first"), "sheet")])
            return
        empty = [n for n, said in enumerate(answers) if not said.strip()]
        words = _("Type group {n} of the sheet")
        if not self._sound([Problem(words.format(n=asked[n]), f"group-{n}") for n in empty]):
            return

        def tried(_nothing: None) -> None:
            self._done[Step.SHEET] = _("Tried, it works")
            self._next()

        self._do(
            _("Trying the sheet"),
            lambda: self._seam.drill(
                founded, self._passphrase, asked=asked, answers=tuple(answers)
            ),
            tried,
            field="group-0",
        )

    def _show_drill(self) -> None:
        if not self._asked:
            self._asked = self._seam.drill_groups()
        self._view.show_drill(self._asked, printed=self._printed)

    # page 6 ---------------------------------------------------------------------------------------

    def give_days(self, form: DaysForm) -> None:
        """The school's calendar goes on record: as typed, or as the file says."""
        if self._calendar is not None:
            read, problems = steps.days_of_file(form, self._calendar)
        else:
            read, problems = steps.read_days(form)
        if not self._sound(problems) or read is None:
            return
        days: DaysRead = read

        def write(services: Services) -> None:
            services.calendars.set(
                start=days.start, end=days.end, terms=days.terms, closed=days.closed
            )

        def written(_nothing: None) -> None:
            n = len(days.terms)
            terms = ngettext("{n} stretch of school", "{n} stretches of school", n).format(n=n)
            start = say.time_words(days.start)
            self._done[Step.DAYS] = _("{start}, {terms}").format(start=start, terms=terms)
            self._next()

        self._do(_("Saving"), lambda: self._with_services(write), written, field="start")

    def take_calendar(self, path: Path) -> None:
        """Reads a calendar file; nothing is written."""

        def look(services: Services) -> CalendarPreview:
            file = services.intake.read_calendar(self._seam.read_file(path))
            return services.calendars.preview_file(file)

        def looked(preview: CalendarPreview) -> None:
            self._calendar = preview
            self._view.show_problems([])
            self._view.show_calendar(calendar_shown(path.name, preview))

        self._do(
            _("Reading the calendar"), lambda: self._with_services(look), looked, field="calendar"
        )

    def drop_calendar(self) -> None:
        """The dates are typed after all."""
        self._calendar = None
        self._view.show_calendar(None)

    def skip_days(self) -> None:
        """Later, in Settings; Today says that it is missing."""
        self._done[Step.DAYS] = _("Later")
        self._next()

    # page 7 ---------------------------------------------------------------------------------------

    def take_list(self, path: Path) -> None:
        """Reads a pupil list; nothing is written."""

        def look(services: Services) -> ImportPreview:
            data = self._seam.read_file(path)
            read = services.children.read_list(services.intake, data)
            return services.children.preview(read, sha256_hex(data))

        def looked(preview: ImportPreview) -> None:
            self._list = preview
            self._view.show_problems([])
            self._view.show_list(
                ListShown(
                    path.name,
                    pupil_list.counts_words(preview),
                    tuple(pupil_list.problem_words(p) for p in preview.problems),
                    ready=not pupil_list.does_nothing(preview),
                )
            )

        self._do(_("Reading the list"), lambda: self._with_services(look), looked, field="list")

    def drop_list(self) -> None:
        """Another list, or none."""
        self._list = None
        self._view.show_list(None)

    def finish(self, *, with_list: bool) -> None:
        """Brings the pupils in, or leaves it for later; then Today."""
        founded, preview = self._founded, self._list if with_list else None
        if founded is None:
            return

        def last() -> object:
            if preview is not None:
                self._with_services(lambda services: services.children.apply(preview))
            return self._seam.unlock(founded.seat_id, self._passphrase)

        words = _("Bringing the pupils in") if preview is not None else _("Opening Today")
        self._do(words, last, self._view.finish, field="list")

    # inside ---------------------------------------------------------------------------------------

    def _with_services(self, work: Callable[[Services], T]) -> T:
        founded = self._founded
        if founded is None:
            message = "nothing was set up yet"
            raise RuntimeError(message)
        with self._seam.services(founded.seat_id, self._passphrase) as services:
            return work(services)

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
            then(result)

        def failed(error: SchoolSafeError) -> None:
            self._rest()
            self._view.show_problems([Problem(str(error), field)])

        self._tasks.query(work, done, failed)

    def _rest(self) -> None:
        self._busy = False
        self._view.set_busy("")

    def _sound(self, problems: Sequence[Problem]) -> bool:
        self._view.show_problems(problems)
        return not problems

    def _next(self) -> None:
        self._passed.add(self.step)
        place = ORDER.index(self.step)
        if place + 1 < len(ORDER):
            self._go(ORDER[place + 1])

    def _go(self, step: Step) -> None:
        self.step = step
        lines = steps.lines(step, self.answers, self._done, passed=frozenset(self._passed))
        self._view.show_step(step, lines, self.answers)
        self._view.show_on_record(self._on_record(step))
        if step is Step.SHEET:
            self._show_drill()

    def _on_record(self, step: Step) -> str:
        if step is Step.SHEET and step in self._passed:
            return _(
                "The sheet has been tried, and it works. Keep it in a safe, away from this computer."
            )
        if self._founded is None or step not in {
            Step.WHAT,
            Step.SCHOOL,
            Step.YOU,
            Step.PASSPHRASE,
        }:
            return ""
        if step is Step.PASSPHRASE:
            return _("Your passphrase is set. You can change it in Settings once you are in.")
        return _("{school} is set up: {name}, {role}. This is on record now.").format(
            school=self.answers.school,
            name=self.answers.person,
            role=role_words(self.answers.role),
        )
