"""How a kind of record in a child's file is asked for: its questions, in the field's words, beside its noun.

One declaration feeds the form on screen, the check on Save, the command line, the chronology and the prints. Left to
others: each kind's own facts and clocks (its file here), where it is written (services), how it looks (ui).
Source: domain.md 4.2 to 4.5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import TEAM, Field, Kind, Noun, Rule
from schoolsafe.words import N_, _


class Ask(StrEnum):
    """How a question is asked."""

    LINE = "line"
    LONG = "long"
    DAY = "day"
    MOMENT = "moment"
    """A day and, if known, a time; ISO 8601 with offset, midnight where only the day is known."""
    CHOICE = "choice"
    NUMBER = "number"


class When(StrEnum):
    """Which days a date may be."""

    ANY = "any"
    PAST = "past"


YES_NO: Final = (("yes", N_("Yes")), ("no", N_("No")), ("unknown", N_("Not known")))
"""Answers to a question that may be open: unknown is an answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form."""

    field: str
    words: str
    ask: Ask = Ask.LINE
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: str = ""
    """What to do where it is left empty ("Write why"); empty: it may be left."""
    when: When = When.ANY
    later: bool = False
    """Filled in as things go on (a decision, minutes): a register, not a fact of the first day."""
    searchable: bool = True
    part: str = ""
    """A heading over it: a long form is read in parts."""
    own: str = ""
    """The school’s own words for the choices stand in this part of its settings ("levels")."""
    contacts: bool = False
    """Names of the contact book are offered."""


class Group(StrEnum):
    """Where a kind stands in the list of things to record."""

    CONCERN = "concern"
    AGENCY = "agency"
    MEETING = "meeting"
    DECISION = "decision"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class FileForm:
    """One kind of record: its noun, its questions, and what the chronology takes from it."""

    noun: Noun
    words: str
    """What it is: "Referral"."""
    record: str
    """What a person does: "Record a referral"."""
    questions: tuple[Question, ...]
    when: str
    """The field that says when it happened."""
    says: str
    """The field with its words: shown, searched, corrected."""
    titled: tuple[str, ...] = ()
    """Fields whose words make the short title, joined by commas."""
    group: Group = Group.AGENCY
    restricted: bool = False
    """Papers that never print, and never leave with a transfer, unless a person ticks them. Source: domain.md 3.4."""
    voice: bool = True
    """Whether it asks for the child's voice."""
    childless: bool = False
    """It may be about nobody: a call for advice."""
    together: tuple[tuple[str, str, str], ...] = ()
    """Where the first field is answered the second must be, and what to do: closing needs an outcome."""

    @property
    def name(self) -> str:
        """The noun's name: also that of its screen and its command."""
        return self.noun.name

    def question(self, field: str) -> Question:
        """The question that fills a field.

        Raises:
            KeyError: no such question.
        """
        for question in self.all_questions:
            if question.field == field:
                return question
        raise KeyError(field)

    @property
    def all_questions(self) -> tuple[Question, ...]:
        """The form's own, then the child's voice."""
        return (*self.questions, *VOICE) if self.voice else self.questions


VOICE: Final = (
    Question(
        "child_words",
        N_("In the child’s words"),
        Ask.LONG,
        hint=N_("Exactly what the child said"),
        part=N_("The child’s voice"),
    ),
    Question(
        "voice_asked", N_("What was the child asked?"), hint=N_("The questions, as you asked them")
    ),
    Question(
        "voice_how",
        N_("How did the child say it?"),
        Ask.CHOICE,
        choices=(
            ("talk", N_("Talking")),
            ("drawing", N_("Drawing")),
            ("play", N_("Play")),
            ("observation", N_("Seen, not said")),
            ("advocate", N_("Through an advocate")),
        ),
    ),
    Question(
        "voice_with", N_("Who was with the child?"), hint=N_("Alone with Mrs Bello, for example")
    ),
    Question("voice_wants", N_("What does the child want?")),
    Question("voice_changed", N_("What changed because of it?"), later=True),
    Question(
        "voice_why_not",
        N_("If the child was not asked, why"),
        hint=N_("For example, not at school, or not safe to ask"),
    ),
)
"""The voice of the child, the same on every kind of record. Source: domain.md 4.5."""

_KINDS: Final = {
    Ask.LINE: Kind.TEXT,
    Ask.LONG: Kind.TEXT,
    Ask.DAY: Kind.DATE,
    Ask.MOMENT: Kind.INSTANT,
    Ask.CHOICE: Kind.CODE,
    Ask.NUMBER: Kind.NUMBER,
}


def file_noun(
    name: str, questions: Sequence[Question], *, voice: bool = True, more: Sequence[Field] = ()
) -> Noun:
    """The noun behind a form: a field a question, facts set once, later answers as registers."""
    asked = (*questions, *VOICE) if voice else tuple(questions)
    return Noun(
        name,
        TEAM,
        (
            Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
            *(_field(question) for question in asked),
            Field("significance", Kind.CODE, Rule.PROTECTIVE, order=("significant", "routine")),
            *more,
            Field("withdrawn", Kind.TEXT),
        ),
        subject="child",
    )


def _field(question: Question) -> Field:
    text = _KINDS[question.ask] is Kind.TEXT
    return Field(
        question.field,
        _KINDS[question.ask],
        Rule.REGISTER if question.later else Rule.IMMUTABLE,
        searchable=text and question.searchable,
    )


@dataclass(frozen=True, slots=True)
class Wrong:
    """What to do, and in which field."""

    field: str
    words: str


def wrong_with(
    form: FileForm,
    values: Mapping[str, Value],
    *,
    now: datetime,
    new: bool = True,
    standing: Mapping[str, Value] | None = None,
) -> tuple[Wrong, ...]:
    """What stands in the way of saving, in the order of the form; nothing where it may be saved.

    Args:
        form: the kind of record.
        values: what was answered, as the record keeps it.
        now: the school's wall clock.
        new: False where only later answers are added to a record that stands.
        standing: what that record holds already.
    """
    wrong = []
    for question in form.all_questions:
        value = values.get(question.field)
        if value is None or value == "":
            if question.needed and (new or question.field in values):
                wrong.append(Wrong(question.field, _(question.needed)))
        elif (words := _wrong_value(question, value, now)) is not None:
            wrong.append(Wrong(question.field, words))
    return (*wrong, *left_open(form, {**(standing or {}), **values}))


def left_open(form: FileForm, values: Mapping[str, Value]) -> tuple[Wrong, ...]:
    """What an answer asks for beside itself and does not have: a challenge is settled with an outcome."""
    return tuple(
        Wrong(needed, _(words))
        for answered, needed, words in form.together
        if values.get(answered) not in (None, "")
        and not str(values.get(needed) if values.get(needed) is not None else "").strip()
    )


def in_own_words(form: FileForm, own: Mapping[str, Mapping[str, str]]) -> FileForm:
    """The form with the school’s own words for its choices; the codes stay."""
    if not any(question.own for question in form.questions):
        return form
    return replace(form, questions=tuple(_reworded(q, own.get(q.own, {})) for q in form.questions))


def _reworded(question: Question, words: Mapping[str, str]) -> Question:
    if not (question.own and words):
        return question
    choices = tuple((key, words.get(key) or usual) for key, usual in question.choices)
    return replace(question, choices=choices)


def _wrong_value(question: Question, value: Value, now: datetime) -> str | None:
    match question.ask:
        case Ask.CHOICE:
            known = value in dict(question.choices)
            return None if known else _("Choose one of the answers")
        case Ask.NUMBER:
            return None if isinstance(value, int) and value >= 0 else _("Enter a whole number")
        case Ask.DAY | Ask.MOMENT:
            day = moment(value)
            if day is None:
                return _("Enter a date, such as 27 3 2026")
            aware = day if day.tzinfo else day.replace(tzinfo=now.tzinfo)
            late = aware > now if question.ask is Ask.MOMENT else day.date() > now.date()
            return (
                _("The date must be today or in the past")
                if late and question.when is When.PAST
                else None
            )
        case _:
            return None if isinstance(value, str) else _("Enter words")


def moment(value: Value) -> datetime | None:
    """The instant or the midnight of the day that a value holds; None where it is no date."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found


def day_of(value: Value) -> date | None:
    """The day that a value of a DAY or MOMENT question holds."""
    found = moment(value)
    return found.date() if found else None


def answer_words(question: Question, value: Value) -> str:
    """An answer as people read it; a code only a newer release knows stands as it is."""
    from schoolsafe.domain import say  # noqa: PLC0415  # say needs no forms; forms need say for this only

    if value is None:
        return ""
    if question.ask is Ask.CHOICE:
        return _(dict(question.choices).get(str(value), str(value)))
    found = moment(value) if question.ask in {Ask.DAY, Ask.MOMENT} else None
    if found is None:
        return str(value)
    if question.ask is Ask.DAY or (found.hour, found.minute) == (0, 0):
        return say.date_words(found.date())
    return _("{day}, {time}").format(day=say.date_words(found.date()), time=say.time_words(found))
