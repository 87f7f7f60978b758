"""A child's chronology: dated entries of every kind, and the counts and gaps that show a pattern.

Source: domain.md 4.2 to 4.4. No score is ever computed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from schoolsafe.domain.field import TEAM, Field, Kind, Noun, Rule
from schoolsafe.errors import Refused
from schoolsafe.words import _, ngettext

_TOLD_GAPS: Final = 3


class RuleUnreadable(Refused):
    """A rule about repeated notifications needs a name, a number of them and a number of days."""


class EntryKind(StrEnum):
    """The ordinary entries a lead writes."""

    CONCERN = "concern"
    CONTACT_PARENT = "contact_parent"
    CONTACT_AGENCY = "contact_agency"
    OBSERVATION = "observation"
    MEETING = "meeting"


class Significance(StrEnum):
    """Whether a reader of the short chronology must see it."""

    ROUTINE = "routine"
    SIGNIFICANT = "significant"


CHRONOLOGY_ENTRY = Noun(
    "entry",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("kind", Kind.CODE, Rule.IMMUTABLE),
        Field("happened", Kind.INSTANT, Rule.IMMUTABLE),
        Field("happened_precision", Kind.CODE, Rule.IMMUTABLE),
        Field("title", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("text", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("child_words", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("voice_why_not", Kind.TEXT, Rule.IMMUTABLE),
        Field("voice_asked", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("voice_with", Kind.TEXT, Rule.IMMUTABLE),
        Field("voice_wants", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("voice_changed", Kind.TEXT, searchable=True),
        Field("present", Kind.TEXT, Rule.IMMUTABLE),
        Field("place", Kind.TEXT, Rule.IMMUTABLE),
        Field("action", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("outcome", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("significance", Kind.CODE, Rule.PROTECTIVE, order=("significant", "routine")),
        Field("withdrawn", Kind.TEXT),
    ),
    subject="child",
)
"""``happened`` is ISO 8601 with offset; ``happened_precision``: exact, approx, day.

``withdrawn`` holds the reason.
"""

RULE_DECISION = Noun(
    "rule_decision",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("rule", Kind.CODE, Rule.IMMUTABLE),
        Field("evidence", Kind.DATA, Rule.IMMUTABLE),
        Field("decision", Kind.CODE, Rule.IMMUTABLE),
        Field("reason", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
    ),
    subject="child",
)
"""The recorded answer to one prompt: refer, escalate or continue, with a reason."""


SPANS: Final = (30, 90, 365)
"""The windows, in days, that a chronology counts."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many in the last 30, 90 and 365 days, the day itself included."""

    d30: int
    d90: int
    d365: int


def counts(dates: Iterable[date], on: date) -> Counts:
    """How many of these days lie in each window that ends on ``on``. Later days do not count."""
    days = tuple(dates)
    d30, d90, d365 = (sum(0 <= (on - day).days < span for day in days) for span in SPANS)
    return Counts(d30, d90, d365)


@dataclass(frozen=True, slots=True)
class Gaps:
    """The days between one notification and the next, oldest first."""

    days: tuple[int, ...]
    closer: bool
    """The last two came closer together than the two before."""
    words: str


def gaps(dates: Iterable[date]) -> Gaps:
    """How far apart these days are, and the sentence that says so; the last three gaps are told."""
    ordered = sorted(dates)
    days = tuple((later - earlier).days for earlier, later in pairwise(ordered))
    closer = len(days) > 1 and days[-1] < days[-2]
    return Gaps(days, closer, _gap_words(days, closer=closer, any_at_all=bool(ordered)))


def _gap_words(days: tuple[int, ...], *, closer: bool, any_at_all: bool) -> str:
    if not any_at_all:
        return _("No notifications")
    if not days:
        return _("One notification on record")
    told = days[-_TOLD_GAPS:]
    if told == (0,):
        return _("Both on the same day.")
    listed = _(", then ").join(str(n) for n in told)
    words = ngettext("{days} day apart.", "{days} days apart.", told[-1]).format(days=listed)
    return _("{gaps} Getting closer.").format(gaps=words) if closer else words


class Pattern(StrEnum):
    """What sort of thing a rule looks for. Each can be seen from the record alone."""

    REPEATED = "repeated"
    """So many within so many days."""
    GRADES_THEN_HIGHER = "grades_then_higher"
    """So many of one grade as sent, then one of a higher one."""
    AFTER_CLOSING = "after_closing"
    """A notification soon after an earlier one was closed."""
    ABSENT_AFTER = "absent_after"
    """The child was absent the day after, as the attendance step says."""
    WORDS_TO_READ = "words_to_read"
    """Words in a notification that a person must read for themselves."""


@dataclass(frozen=True, slots=True)
class PromptRule:
    """A pattern the school wants to be asked about: ``n`` notifications within ``days`` days."""

    id: str
    n: int
    days: int
    grades: frozenset[str] = frozenset()
    """Only notifications graded with one of these words, as sent; none means any."""
    pattern: Pattern = Pattern.REPEATED
    kinds: frozenset[str] = frozenset()
    """Kinds of notification or entry; none means notifications of domestic abuse."""
    before: frozenset[str] = frozenset()
    """The grades, as sent, of those that came before a higher one."""
    looked_for: tuple[str, ...] = ()
    """The beginnings of words that are looked for."""
    on: bool = True
    name: str = ""
    """What the school calls it; where it has no name the rule says itself."""

    @property
    def words(self) -> str:
        """The rule as it stands above its evidence."""
        said = self._said()
        return _("{name}: {rule}").format(name=_(self.name), rule=said) if self.name else said

    def _said(self) -> str:
        span = ngettext("{n} day", "{n} days", self.days).format(n=self.days)
        match self.pattern:
            case Pattern.GRADES_THEN_HIGHER:
                words = _("{n} or more graded {before}, then one graded {grades}, within {days}")
                before, grades = ", ".join(sorted(self.before)), ", ".join(sorted(self.grades))
                return words.format(n=self.n, before=before, grades=grades, days=span)
            case Pattern.AFTER_CLOSING:
                words = _("a notification within {days} of closing an earlier one")
                return words.format(days=span)
            case Pattern.ABSENT_AFTER:
                return _("absent after a notification, within {days}").format(days=span)
            case Pattern.WORDS_TO_READ:
                listed = ", ".join(self.looked_for)
                return _("words to read in a notification: {words}").format(words=listed)
            case _:
                return self._repeated()

    def _repeated(self) -> str:
        if self.kinds:
            words = _("{n} in {days}, of these kinds: {kinds}")
            span = ngettext("{n} day", "{n} days", self.days).format(n=self.days)
            listed = ", ".join(sorted(self.kinds)).replace("_", " ")
            said = words.format(n=self.n, days=span, kinds=listed)
            return self._with_grades(said)
        came = ngettext("{n} notification", "{n} notifications", self.n).format(n=self.n)
        span = ngettext("{n} day", "{n} days", self.days).format(n=self.days)
        return self._with_grades(
            _("{notifications} in {days}").format(notifications=came, days=span)
        )

    def _with_grades(self, said: str) -> str:
        if not self.grades:
            return said
        grades = ", ".join(sorted(self.grades))
        return _("{rule}, graded {grades}").format(rule=said, grades=grades)


DEFAULT_RULES: Final = (PromptRule("two_in_30", 2, 30), PromptRule("three_in_90", 3, 90))
"""What a school starts with; each school sets its own. Source: domain.md 4.4."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A rule that is met. It asks for a recorded decision; it decides nothing."""

    rule: PromptRule
    evidence: tuple[str, ...]
    """The ids of the notifications, oldest first."""
    days: tuple[date, ...]
    """Their days, in the same order."""
    found: tuple[str, ...] = ()
    """The words a rule looked for and found, as they stand in the text."""
