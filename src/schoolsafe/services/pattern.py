"""The school's rules about patterns: which ask, and how they are set. No rule decides anything.

Left to others: what meets a rule (domain.pattern), the answers (chronology).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from schoolsafe.domain import pattern as rules
from schoolsafe.domain.chronology import PromptRule, RuleUnreadable
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.chronology import RULES
from schoolsafe.services.desk import Desk
from schoolsafe.services.school import Schools


class NoSuchRule(Refused):
    """There is no such rule here."""


class RuleShips(Refused):
    """This rule ships with SchoolSafe. Switch it off instead of taking it away."""


@dataclass(frozen=True, slots=True)
class RuleForm:
    """What a person sets of a rule; None leaves it as it is."""

    on: bool | None = None
    n: int | None = None
    days: int | None = None
    grades: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    before: tuple[str, ...] | None = None
    looked_for: tuple[str, ...] | None = None
    name: str | None = None


class Patterns:
    """What a person can do with them."""

    def __init__(self, desk: Desk, schools: Schools) -> None:
        self._desk = desk
        self._schools = schools

    def list(self) -> tuple[PromptRule, ...]:
        """Every rule, those that ship first, then the school's own."""
        return rules.rules_of(self._schools.setting(RULES))

    def set(self, rule: str, form: RuleForm) -> Changes:
        """Sets a rule. One the school names for the first time is its own: so many within so many days.

        Raises:
            RuleUnreadable: it lacks a name, or its numbers are not positive whole numbers.
        """
        every = self.list()
        known = next((one for one in every if one.id == rule), None)
        if known is None and (form.n is None or form.days is None):
            raise RuleUnreadable
        start = known or PromptRule(rule, form.n or 1, form.days or 1)
        changed = rules.checked(_changed(start, form))
        kept = [changed if one.id == rule else one for one in every]
        return self._keep(kept if known else [*kept, changed])

    def remove(self, rule: str) -> Changes:
        """Takes a rule of the school's own away. Answers to it stay on record.

        Raises:
            NoSuchRule: not here. RuleShips: it can only be switched off.
        """
        if any(one.id == rule for one in rules.SHIPPED):
            raise RuleShips
        every = self.list()
        if all(one.id != rule for one in every):
            raise NoSuchRule
        return self._keep([one for one in every if one.id != rule])

    def _keep(self, every: Sequence[PromptRule]) -> Changes:
        changes = self._schools.set(RULES, rules.rules_value(every))
        return replace(changes, topics=changes.topics | {Topic.CHRONOLOGY, Topic.TODAY})


def _changed(rule: PromptRule, form: RuleForm) -> PromptRule:
    return PromptRule(
        rule.id,
        rule.n if form.n is None else form.n,
        rule.days if form.days is None else form.days,
        rule.grades if form.grades is None else _words(form.grades),
        pattern=rule.pattern,
        kinds=rule.kinds if form.kinds is None else _words(form.kinds),
        before=rule.before if form.before is None else _words(form.before),
        looked_for=rule.looked_for if form.looked_for is None else tuple(form.looked_for),
        on=rule.on if form.on is None else form.on,
        name=rule.name if form.name is None else form.name.strip(),
    )


def _words(said: Sequence[str]) -> frozenset[str]:
    return frozenset(word.strip() for word in said if word.strip())
