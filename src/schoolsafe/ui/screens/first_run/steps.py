"""The seven steps of set-up, what each was answered with, and what is wrong with an answer. Qt-free."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import Final

from schoolsafe.domain.calendar import ClosedDay, Term
from schoolsafe.domain.person import Role
from schoolsafe.services.calendar import CalendarPreview
from schoolsafe.services.school_words import role_words
from schoolsafe.ui import school_year
from schoolsafe.ui.problem import Problem
from schoolsafe.words import N_, _

URN: Final = re.compile(r"\d{6}")


class Step(StrEnum):
    """One page, in order."""

    WHAT = "what"
    SCHOOL = "school"
    YOU = "you"
    PASSPHRASE = "passphrase"  # noqa: S105  # the page's name
    SHEET = "sheet"
    DAYS = "days"
    PUPILS = "pupils"


ORDER: Final = tuple(Step)

_TITLES: Final[Mapping[Step, str]] = {
    Step.WHAT: N_("What would you like to do?"),
    Step.SCHOOL: N_("Your school"),
    Step.YOU: N_("You"),
    Step.PASSPHRASE: N_("Passphrase"),
    Step.SHEET: N_("Recovery sheet"),
    Step.DAYS: N_("Registration and terms"),
    Step.PUPILS: N_("Pupils"),
}

ROLES: Final = (Role.DSL, Role.DEPUTY, Role.HEAD)
"""Who may set up a school: somebody who reads everything in it anyway."""

TERM_NAMES: Final = (N_("Autumn"), N_("Spring"), N_("Summer"))


@dataclass(frozen=True, slots=True)
class Answers:
    """What was given so far. Nothing about a child."""

    chosen: str = ""
    school: str = ""
    urn: str = ""
    person: str = ""
    role: str = ""

    def kept(self) -> dict[str, str]:
        """As it is kept between two sittings."""
        return {
            "chosen": self.chosen,
            "school": self.school,
            "urn": self.urn,
            "person": self.person,
            "role": self.role,
        }

    @staticmethod
    def from_kept(kept: Mapping[str, str]) -> "Answers":
        """What was kept; anything else in it is left out."""
        known = {name: kept[name] for name in Answers().kept() if name in kept}
        made = replace(Answers(), **known)
        return made if made.role in {"", *ROLES} else replace(made, role="")


@dataclass(frozen=True, slots=True)
class DaysForm:
    """Page 6 as filled in; dates that could not be read are None, and say why."""

    start: time | None
    end: time | None
    terms: tuple[tuple[date | None, date | None], ...]
    """First and last day of autumn, spring and summer."""
    term_problems: tuple[str, ...]
    """The words of each of the six dates, empty where it can be read."""
    others: str
    """Half-terms and days without pupils, one a line."""


@dataclass(frozen=True, slots=True)
class DaysRead:
    """A calendar ready to be saved."""

    start: time
    end: time
    terms: tuple[Term, ...]
    closed: tuple[ClosedDay, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the list at the left."""

    words: str
    answer: str
    done: bool
    here: bool
    spoken: str


def title(step: Step) -> str:
    """The step's name in the list."""
    return _(_TITLES[step])


def lines(
    here: Step, answers: Answers, done: Mapping[Step, str], *, passed: frozenset[Step]
) -> tuple[StepLine, ...]:
    """The list at the left: what was answered, where the person is, what is left."""
    given = {
        Step.WHAT: _("Set up my school") if answers.chosen else "",
        Step.SCHOOL: answers.school,
        Step.YOU: _("{name}, {role}").format(name=answers.person, role=role_words(answers.role))
        if answers.person and answers.role
        else "",
        **done,
    }
    made = []
    for n, step in enumerate(ORDER, 1):
        is_done = step in passed
        state = _("you are here") if step is here else _("done") if is_done else _("not started")
        spoken = _("Step {n} of {all}, {title}, {state}").format(
            n=n, all=len(ORDER), title=title(step), state=state
        )
        answer = given.get(step, "") if is_done else ""
        made.append(StepLine(title(step), answer, is_done, step is here, spoken))
    return tuple(made)


def school_problems(name: str, urn: str) -> tuple[Problem, ...]:
    """Page 2."""
    found = []
    if not name.strip():
        found.append(Problem(_("Enter the name of your school"), "school"))
    if not URN.fullmatch(urn.strip()):
        found.append(Problem(_("The URN has six figures, such as 999101"), "urn"))
    return tuple(found)


def person_problems(name: str, role: str) -> tuple[Problem, ...]:
    """Page 3."""
    found = []
    if not name.strip():
        found.append(Problem(_("Enter your name"), "person"))
    if role not in ROLES:
        found.append(Problem(_("Choose your role"), "role"))
    return tuple(found)


def read_days(form: DaysForm) -> tuple[DaysRead | None, tuple[Problem, ...]]:
    """Page 6: the calendar, or what is wrong with it."""
    problems = time_problems(form)
    fields = [f"{part}-{n}" for n in range(len(TERM_NAMES)) for part in ("first", "last")]
    said = zip(form.term_problems, fields, strict=True)
    problems += [Problem(words, field) for words, field in said if words]
    terms: list[Term] = []
    for n, (first, last) in enumerate(form.terms):
        if first is None or last is None:
            continue
        if last < first:
            words = _("{term} term ends before it begins").format(term=_(TERM_NAMES[n]))
            problems.append(Problem(words, f"last-{n}"))
        elif terms and first <= terms[-1].last:
            words = _("{term} term begins before the one before it ends")
            problems.append(Problem(words.format(term=_(TERM_NAMES[n])), f"first-{n}"))
        else:
            terms.append(Term(_(TERM_NAMES[n]), first, last))
    others = school_year.read_lines(form.others)
    problems += [Problem(words, "others") for words in others.problems]
    if problems or form.start is None or form.end is None:
        return None, tuple(problems)
    breaks = [line for line in others.lines if line.first != line.last]
    single = [line for line in others.lines if line.first == line.last]
    read = DaysRead(
        form.start,
        form.end,
        school_year.spans(terms, breaks),
        school_year.closed_days(single),
    )
    return read, ()


def days_of_file(
    form: DaysForm, preview: CalendarPreview
) -> tuple[DaysRead | None, tuple[Problem, ...]]:
    """Page 6 with the dates of a calendar file: only the two times are asked."""
    problems = tuple(time_problems(form))
    if problems or form.start is None or form.end is None:
        return None, problems
    return DaysRead(form.start, form.end, preview.terms, preview.closed), ()


def time_problems(form: DaysForm) -> list[Problem]:
    """What is wrong with the two times of the day."""
    found = []
    if form.start is None:
        found.append(Problem(_("Enter when registration begins, such as 8:45am"), "start"))
    if form.end is None:
        found.append(Problem(_("Enter when the school day ends, such as 3:15pm"), "end"))
    if form.start and form.end and form.end <= form.start:
        found.append(Problem(_("The school day must end after it begins"), "end"))
    return found
