"""A child's chronology: dated entries of every kind, and the counts and gaps that show a pattern.

Source: domain.md 4.2 to 4.4. No score is ever computed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final, cast

from schoolsafe.domain.entry import Value
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


@dataclass(frozen=True, slots=True)
class PromptRule:
    """A pattern the school wants to be asked about: ``n`` notifications within ``days`` days."""

    id: str
    n: int
    days: int
    grades: frozenset[str] = frozenset()
    """Only notifications graded with one of these words, as sent; none means any."""

    @property
    def words(self) -> str:
        """The rule as it stands above its evidence."""
        came = ngettext("{n} notification", "{n} notifications", self.n).format(n=self.n)
        span = ngettext("{n} day", "{n} days", self.days).format(n=self.days)
        said = _("{notifications} in {days}").format(notifications=came, days=span)
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


def prompts(
    dated: Iterable[tuple[date, str]],
    *,
    on: date,
    rules: Sequence[PromptRule] = DEFAULT_RULES,
    decided: Collection[tuple[str, tuple[str, ...]]] = (),
    grades: Mapping[str, str] | None = None,
) -> tuple[Prompt, ...]:
    """The rules that are met by a child's newest notification and those just before it.

    ``dated`` are the notifications with their ids, ``grades`` their senders' words by id, and
    ``decided`` the rules answered with the evidence each answer saw. The window ends at the newest
    one, not today, so an unanswered prompt does not lose its evidence day by day; it lapses when
    nothing has come for as many days as the rule spans. The same evidence, or less of it, is not
    asked about again; one more notification is.
    """
    known = sorted(pair for pair in dated if pair[0] <= on)
    raised = []
    for rule in rules:
        evidence = _evidence(rule, known, on=on, grades=grades or {})
        ids = {notified for _day, notified in evidence}
        answered = any(asked == rule.id and ids <= set(seen) for asked, seen in decided)
        if len(evidence) >= rule.n and not answered:
            days = tuple(day for day, _notified in evidence)
            raised.append(Prompt(rule, tuple(notified for _day, notified in evidence), days))
    return tuple(raised)


def _evidence(
    rule: PromptRule, known: Sequence[tuple[date, str]], *, on: date, grades: Mapping[str, str]
) -> Sequence[tuple[date, str]]:
    wanted = {word.casefold() for word in rule.grades}
    meant = [
        (day, notified)
        for day, notified in known
        if not wanted or grades.get(notified, "").strip().casefold() in wanted
    ]
    if not meant or (on - meant[-1][0]).days >= rule.days:
        return ()
    newest = meant[-1][0]
    return [pair for pair in meant if (newest - pair[0]).days < rule.days]


def rules_from(value: Value) -> tuple[PromptRule, ...]:
    """The school's own rules, from its setting: a list of {id, n, days, grades}.

    Raises:
        RuleUnreadable: one of them has no id, or counts that are not positive whole numbers.
    """
    if value is None:
        return DEFAULT_RULES
    items = value if isinstance(value, list) else [value]
    return tuple(_rule_from(item) for item in items)


def _rule_from(item: Value) -> PromptRule:
    if not isinstance(item, dict):
        raise RuleUnreadable
    rule, n, days, grades = (item.get(key) for key in ("id", "n", "days", "grades"))
    if not (isinstance(rule, str) and rule and _counts(n) and _counts(days)):
        raise RuleUnreadable
    words = grades if isinstance(grades, list) else []
    asked = frozenset(word for word in words if isinstance(word, str))
    return PromptRule(rule, cast("int", n), cast("int", days), asked)


def _counts(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
