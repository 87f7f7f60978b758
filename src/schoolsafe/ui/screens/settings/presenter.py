"""Changes what a school and a person chose. Knows no Qt and no keys."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol, TypeVar

from schoolsafe.domain.notification import Choice
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes
from schoolsafe.services.child import ClassFacts
from schoolsafe.services.policy import Policy
from schoolsafe.services.ports_upkeep import Verified
from schoolsafe.services.school import CONSEQUENCE_LETTERS
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import school_year
from schoolsafe.ui.appearance import Appearance
from schoolsafe.ui.keys_seam import SecuritySeam, Strength
from schoolsafe.ui.passphrase_help import PassphraseHelp
from schoolsafe.ui.passphrase_help import problems as passphrase_problems
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screens.settings import shown
from schoolsafe.ui.screens.settings.mail_presenter import mail_shown
from schoolsafe.ui.screens.settings.senders_presenter import senders_shown
from schoolsafe.ui.screens.settings.shown import CheckShown, SettingsFacts
from schoolsafe.ui.screens.settings.whole_check import AskedCheck, Hearers
from schoolsafe.ui.seams import Navigator, Paper, TaskRunner
from schoolsafe.ui.widgets.time_box import read_time
from schoolsafe.words import _, ngettext

T = TypeVar("T")

WORDS_LETTERS: Final = 40
"""The most letters the first line of a choice may have, so that two fit side by side."""


class Dressing(Protocol):
    """Look, text size and idle minutes of the running program."""

    @property
    def now(self) -> Appearance:
        """As it is."""
        ...

    def change(
        self,
        *,
        look: str | None = None,
        percent: int | None = None,
        idle_minutes: int | None = None,
    ) -> None:
        """Applies and keeps a change."""
        ...


class SettingsView(Protocol):
    """What the presenter tells the view."""

    def show_facts(self, facts: SettingsFacts, look: Appearance) -> None:
        """Everything, after it was asked for."""
        ...

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """What is wrong with the part in front; none hides it."""
        ...

    def saved(self) -> None:
        """What was typed in the part in front is kept."""
        ...

    def show_strength(self, strength: Strength | None) -> None:
        """Of a new passphrase as typed."""
        ...

    def show_busy(self, words: str) -> None:
        """A slow thing is under way; "" when it is over."""
        ...

    def show_progress(self, words: str, done: int, of: int, *, aloud: bool) -> None:
        """How far a check has come; it can be stopped."""
        ...

    def show_check(self, check: CheckShown) -> None:
        """What a check of the record found."""
        ...


class SettingsPresenter:
    """One for the screen."""

    def __init__(
        self,
        services: Services,
        *,
        tasks: TaskRunner,
        go: Navigator,
        view: SettingsView,
        dressing: Dressing,
        security: SecuritySeam,
        paper: Paper,
        policy: Policy,
        wanted: Callable[[], bool] = lambda: False,
    ) -> None:
        """Wires it.

        Args:
            services: of the person at the screen.
            tasks: the worker.
            go: the window.
            view: shows what it is told.
            dressing: look, text size and idle minutes.
            security: passphrase and recovery sheet.
            paper: previews, prints and saves pages.
            policy: what IT has fixed.
            wanted: whether somebody waits for the worker; asked in the worker.
        """
        self._services, self._tasks, self._go, self._view = services, tasks, go, view
        self._dressing, self._security, self._paper = dressing, security, paper
        self.policy = policy
        self._school = ""
        self._busy = False
        self._check = AskedCheck(services.records.checking, tasks, wanted=wanted)
        self.passphrase = PassphraseHelp(
            security, tasks, names=self._names, show=view.show_strength
        )

    def refresh(self) -> None:
        """Asks for everything."""
        services, security = self._services, self._security

        def look() -> SettingsFacts:
            return SettingsFacts(
                site=services.calendars.show(),
                classes=services.children.classes(),
                choices=services.schools.choices(),
                security=security.facts(),
                totals=services.records.totals(),
                problem=services.records.problem,
                school=services.schools.facts().name,
                now=services.desk.now(),
                mail=mail_shown(services),
                senders=senders_shown(services),
                cards=tuple(card.area for card in services.protocol_cards.in_use()),
                nobody_covers=bool(services.rota.line().nobody),
            )

        def show(facts: SettingsFacts) -> None:
            self._school = facts.school
            self._view.show_facts(facts, self._dressing.now)

        self._tasks.query(look, show)

    # the school -----------------------------------------------------------------------------------

    def save_days(self, *, start: str, end: str, terms: str, closed: str, division: str) -> None:
        """The calendar every clock of the school runs on."""
        opens, closes = read_time(start), read_time(end)
        spans = school_year.read_lines(terms, pairs=True)
        days = school_year.read_lines(closed)
        problems = []
        if opens is None:
            words = _("Enter when registration begins, such as 8:45am")
            problems.append(Problem(words, "start"))
        if closes is None:
            words = _("Enter when the school day ends, such as 3:15pm")
            problems.append(Problem(words, "end"))
        elif opens is not None and closes <= opens:
            problems.append(Problem(_("The school day must end after it begins"), "end"))
        problems += [Problem(words, "terms") for words in spans.problems]
        if not terms.strip():
            problems.append(Problem(_("Enter at least one term"), "terms"))
        problems += [Problem(words, "closed") for words in days.problems]
        self._view.show_wrong(problems)
        if problems or opens is None or closes is None:
            return
        calendars = self._services.calendars
        self._save(
            lambda: calendars.set(
                start=opens,
                end=closes,
                terms=school_year.terms_of(spans.lines),
                closed=school_year.closed_days(days.lines),
                division=division,
            ),
            _("School day saved."),
            field="terms",
        )

    def save_class(self, facts: ClassFacts) -> None:
        """Who teaches a class and who meets its children first."""
        if not facts.name.strip():
            self._view.show_wrong([Problem(_("Choose a class"), "class")])
            return
        set_class = self._services.children.set_class
        self._save(lambda: set_class(facts), _("Class saved."), field="teacher")

    def save_choices(self, words: Mapping[Choice, tuple[str, str]]) -> None:
        """The school's own words. A choice can be reworded, not removed."""
        problems = []
        for choice, (first, second) in words.items():
            if not first.strip():
                problems.append(Problem(_("Enter words for every choice"), f"{choice.value}-words"))
            elif len(first.strip()) > WORDS_LETTERS:
                long = _("“{words}” has {n} letters; there is room for {most}")
                said = long.format(words=first.strip(), n=len(first.strip()), most=WORDS_LETTERS)
                problems.append(Problem(said, f"{choice.value}-words"))
            if len(second.strip()) > CONSEQUENCE_LETTERS:
                long = _("“{words}” has {n} letters; there is room for {most}")
                said = long.format(
                    words=second.strip(), n=len(second.strip()), most=CONSEQUENCE_LETTERS
                )
                problems.append(Problem(said, f"{choice.value}-second"))
        self._view.show_wrong(problems)
        if problems:
            return
        tidy = {choice: (one.strip(), two.strip()) for choice, (one, two) in words.items()}
        reword = self._services.schools.reword
        self._save(lambda: reword(tidy), _("Words saved."), field="words")

    # the person -----------------------------------------------------------------------------------

    def set_look(self, look: str) -> None:
        """Applied at once."""
        self._dressing.change(look=look)
        self.refresh()

    def set_percent(self, percent: int) -> None:
        """Applied at once: the window is built again, and comes back to this part."""
        self._go.open("settings", part=shown.Part.LOOKS.value)
        self._dressing.change(percent=percent)

    def set_minutes(self, minutes: int) -> None:
        """Until it locks by itself; at most what IT allows, never off."""
        self._dressing.change(idle_minutes=min(minutes, self.policy.most_minutes))
        self.refresh()
        now = self._dressing.now.idle_minutes
        words = ngettext(
            "Locks after {n} minute without a key.", "Locks after {n} minutes without a key.", now
        )
        self._go.say(words.format(n=now))

    # the way in -----------------------------------------------------------------------------------

    def change_passphrase(self, old: str, new: str, again: str) -> None:
        """The old one once more, the new one twice."""
        problems = []
        if not old:
            problems.append(Problem(_("Enter your passphrase as it is now"), "old"))
        problems += passphrase_problems(new, again)
        self._view.show_wrong(problems)
        if problems:
            return
        names, security = self._names(), self._security

        def change() -> None:
            in_file = security.facts().secret_in_file
            security.check_passphrase(new, names, secret_in_file=in_file)
            security.change_passphrase(old, new)

        def changed(_nothing: None) -> None:
            self._view.saved()
            self._go.say(_("Passphrase changed. Backups made before still open with the old one."))

        self._do(_("Changing the passphrase"), change, changed, field="old")

    def try_sheet(self, key: str) -> None:
        """Proves that the sheet opens this record."""
        if not key.strip():
            words = _("Type the 30 letters and figures of your sheet")
            self._view.show_wrong([Problem(words, "key")])
            return
        security = self._security

        def tried(_nothing: None) -> None:
            self._view.saved()
            self.refresh()
            self._go.say(_("The sheet works."))

        self._do(_("Trying the sheet"), lambda: security.try_sheet(key), tried, field="key")

    def new_sheet(self, passphrase: str) -> None:
        """Another sheet, where the first was lost or never printed. The old one opens nothing more."""
        if not passphrase:
            self._view.show_wrong([Problem(_("Enter your passphrase"), "sheet-passphrase")])
            return
        security = self._security

        def make() -> bytes:
            return security.recovery_sheet(security.new_recovery_key(passphrase))

        def made(pdf: bytes) -> None:
            self._view.saved()
            self.refresh()
            if self._paper.hand_over(_("Recovery sheet"), pdf):
                self._go.say(_("Printed or saved. Now try it: type its key below."))
            else:
                words = _("The new sheet was not printed, and the old one opens nothing more.")
                self._view.show_wrong([Problem(words, "sheet-passphrase")])

        self._do(_("Making a new sheet"), make, made, field="sheet-passphrase")

    def _names(self) -> tuple[str, ...]:
        return tuple(name for name in (self._school, self._services.actor.name) if name)

    # the record -----------------------------------------------------------------------------------

    def verify(self) -> None:
        """Has anything been changed or taken out? Other work goes on meanwhile."""
        if self._busy:
            return
        self._busy = True
        self._view.show_wrong(())
        self._view.show_busy(_("Checking every entry"))
        self._check.start(Hearers(self._checking, self._checked, self._not_checked))

    def stop_verifying(self) -> None:
        """Gives up; what was proved so far is not kept."""
        self._check.stop()
        self._rest()

    def _checking(self, done: int, of: int, aloud: bool) -> None:  # noqa: FBT001  # a hearer's answer
        self._view.show_progress(shown.progress_words(done, of), done, of, aloud=aloud)

    def _checked(self, found: Verified) -> None:
        self._rest()
        self._view.show_check(shown.check_shown(found, at=self._services.desk.now(), deep=True))
        self.refresh()

    def _not_checked(self, error: SchoolSafeError) -> None:
        self._rest()
        self._view.show_wrong([Problem(str(error), "verify")])

    # inside ---------------------------------------------------------------------------------------

    def _save(self, change: Callable[[], Changes], words: str, *, field: str) -> None:
        def saved(changes: Changes) -> None:
            self._view.show_wrong(())
            self._view.saved()
            self.refresh()
            undo = changes.undo
            if undo is None:
                self._go.say(words if changes.rows else _("Nothing was changed."))
                return
            back = undo
            self._go.saved(words, lambda: self._tasks.command(lambda: self._services.undo(back)))

        self._tasks.command(
            change, saved, lambda error: self._view.show_wrong([Problem(str(error), field)])
        )

    def _do(
        self, words: str, work: Callable[[], T], then: Callable[[T], None], *, field: str
    ) -> None:
        """Slow work; while it runs nothing else begins."""
        if self._busy:
            return
        self._busy = True
        self._view.show_wrong(())
        self._view.show_busy(words)

        def done(result: T) -> None:
            self._rest()
            then(result)

        def failed(error: SchoolSafeError) -> None:
            self._rest()
            self._view.show_wrong([Problem(str(error), field)])

        self._tasks.query(work, done, failed)

    def _rest(self) -> None:
        self._busy = False
        self._view.show_busy("")
