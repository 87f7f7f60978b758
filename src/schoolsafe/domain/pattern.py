"""Patterns in a child's record that a school wants to be asked about: the rules that ship, and what meets them.

A rule asks and names the rows it rests on; it decides nothing, and no score is ever computed. Grades are compared word
for word as the sender put them. Left to others: what a person answers (services). Source: domain.md 4.4.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from schoolsafe.domain.chronology import (
    DEFAULT_RULES,
    Pattern,
    Prompt,
    PromptRule,
    RuleUnreadable,
)
from schoolsafe.domain.entry import Value
from schoolsafe.domain.notification import NoticeKind
from schoolsafe.words import N_

_LOW: Final = frozenset({"standard", "green", "low"})
_MEDIUM: Final = frozenset({"medium", "amber"})
_HIGH: Final = frozenset({"high", "red"})

SHIPPED: Final[tuple[PromptRule, ...]] = (
    *DEFAULT_RULES,
    PromptRule("three_low", 3, 90, _LOW, on=False, name=N_("Low grades that add up")),
    PromptRule(
        "mediums_then_high",
        2,
        365,
        _HIGH,
        pattern=Pattern.GRADES_THEN_HIGHER,
        before=_MEDIUM,
        on=False,
        name=N_("Medium, medium, high"),
    ),
    PromptRule(
        "after_closing",
        1,
        28,
        pattern=Pattern.AFTER_CLOSING,
        on=False,
        name=N_("Again after closing"),
    ),
    PromptRule(
        "absent_after", 1, 1, pattern=Pattern.ABSENT_AFTER, on=False, name=N_("Not in school")
    ),
    PromptRule(
        "harm_words",
        1,
        90,
        pattern=Pattern.WORDS_TO_READ,
        looked_for=(
            "strangl", "strangul", "chok", "throat", "suffocat", "weapon", "knife", "knives", "stab", "gun", "machete",
            "petrol", "acid",
        ),
        on=False,
        name=N_("Strangulation or a weapon"),
    ),
    PromptRule(
        "baby_words",
        1,
        90,
        pattern=Pattern.WORDS_TO_READ,
        looked_for=("pregnan", "unborn", "expecting a", "baby", "babies", "newborn", "infant"),
        on=False,
        name=N_("Pregnancy or a baby"),
    ),
    PromptRule(
        "separation_words",
        1,
        90,
        pattern=Pattern.WORDS_TO_READ,
        looked_for=("separat", "divorc", "custody", "child arrangements", "contact order", "contact dispute"),
        on=False,
        name=N_("Separation or contact"),
    ),
    PromptRule(
        "partner_words",
        1,
        90,
        pattern=Pattern.WORDS_TO_READ,
        looked_for=("new partner", "new boyfriend", "new girlfriend"),
        on=False,
        name=N_("A new partner"),
    ),
)  # fmt: skip
"""What a school may be asked about. Two stand on; the others are off until a school switches them on."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One dated thing a rule may rest on."""

    id: str
    day: date
    kind: str
    """A kind of notification or of entry."""
    also: frozenset[str] = frozenset()
    """Others that tell of the same event, because a person said so: they count once, with this one."""
    grade: str = ""
    """As sent."""
    words: str = ""
    closed: date | None = None
    absent: tuple[tuple[date, str], ...] = ()
    """Days an attendance step says the child was absent, with the id of the step."""

    @property
    def ids(self) -> frozenset[str]:
        """Every id it may have been known by."""
        return self.also | {self.id}


def raised(
    signs: Iterable[Sign],
    *,
    on: date,
    rules: Sequence[PromptRule] = SHIPPED,
    decided: Collection[tuple[str, tuple[str, ...]]] = (),
) -> tuple[Prompt, ...]:
    """The rules that are met and not answered, each at most once.

    ``decided`` are the answers so far: the rule, and the evidence its answer saw. The same evidence, or less of it, is
    not asked about again, whichever way it came.
    """
    known = sorted((sign for sign in signs if sign.day <= on), key=lambda s: (s.day, s.id))
    made = []
    for rule in rules:
        found = _MET[rule.pattern](rule, known, on) if rule.on else None
        if found is not None and not _answered(found, known, decided):
            made.append(found)
    return tuple(made)


def _answered(
    prompt: Prompt, known: Sequence[Sign], decided: Collection[tuple[str, tuple[str, ...]]]
) -> bool:
    names = {sign.id: sign.ids for sign in known}
    wanted = [names.get(one, frozenset({one})) for one in prompt.evidence]
    return any(
        asked == prompt.rule.id and all(ids & set(seen) for ids in wanted)
        for asked, seen in decided
    )


def _meant(rule: PromptRule, known: Sequence[Sign]) -> list[Sign]:
    kinds = rule.kinds or {NoticeKind.DOMESTIC_ABUSE.value}
    return [sign for sign in known if sign.kind in kinds]


def _graded(signs: Iterable[Sign], grades: Collection[str]) -> list[Sign]:
    wanted = {word.casefold() for word in grades}
    return [sign for sign in signs if sign.grade.strip().casefold() in wanted]


def _prompt(rule: PromptRule, signs: Iterable[Sign], found: Iterable[str] = ()) -> Prompt:
    ordered = sorted(signs, key=lambda s: (s.day, s.id))
    ids, days = tuple(s.id for s in ordered), tuple(s.day for s in ordered)
    return Prompt(rule, ids, days, tuple(dict.fromkeys(found)))


def _repeated(rule: PromptRule, known: Sequence[Sign], on: date) -> Prompt | None:
    meant = _meant(rule, known)
    if rule.grades:
        meant = _graded(meant, rule.grades)
    if not meant or (on - meant[-1].day).days >= rule.days:
        return None
    newest = meant[-1].day
    within = [sign for sign in meant if (newest - sign.day).days < rule.days]
    return _prompt(rule, within) if len(within) >= rule.n else None


def _higher(rule: PromptRule, known: Sequence[Sign], on: date) -> Prompt | None:
    meant = _meant(rule, known)
    for high in reversed(_graded(meant, rule.grades)):
        earlier = [
            sign
            for sign in _graded(meant, rule.before)
            if 0 <= (high.day - sign.day).days < rule.days
            and (sign.day, sign.id) < (high.day, high.id)
        ]
        if (on - high.day).days < rule.days and len(earlier) >= rule.n:
            return _prompt(rule, [*earlier, high])
    return None


def _after_closing(rule: PromptRule, known: Sequence[Sign], on: date) -> Prompt | None:
    meant = _meant(rule, known)
    for new in reversed(meant):
        closed = [
            sign
            for sign in meant
            if sign.closed is not None
            and not sign.ids & new.ids
            and sign.day <= new.day
            and 0 <= (new.day - sign.closed).days < rule.days
        ]
        if closed and (on - new.day).days < rule.days:
            return _prompt(rule, [closed[-1], new])
    return None


def _absent(rule: PromptRule, known: Sequence[Sign], on: date) -> Prompt | None:
    for sign in reversed(_meant(rule, known)):
        for day, step in sign.absent:
            if (
                0 <= (day - sign.day).days <= max(rule.days, _to_monday(sign.day))
                and (on - day).days < _ASKED_DAYS
            ):
                return Prompt(rule, (sign.id, step), (sign.day, day))
    return None


_ASKED_DAYS: Final = 90
_FRIDAY: Final = 4


def _to_monday(day: date) -> int:
    """After a Friday, Saturday or Sunday the next day of school is Monday at the soonest."""
    return 7 - day.weekday() if day.weekday() >= _FRIDAY else 0


def _words(rule: PromptRule, known: Sequence[Sign], on: date) -> Prompt | None:
    meant = [sign for sign in _meant(rule, known) if (on - sign.day).days < rule.days]
    hits = [(sign, found) for sign in meant if (found := words_found(rule.looked_for, sign.words))]
    if len(hits) < rule.n or not hits:
        return None
    return _prompt(rule, [sign for sign, _found in hits], [w for _s, found in hits for w in found])


def words_found(looked_for: Sequence[str], text: str) -> tuple[str, ...]:
    """The words of the text that begin so, as they stand in it; each once."""
    if not looked_for:
        return ()
    begins = "|".join(re.escape(word) for word in looked_for)
    hits = re.finditer(rf"\b(?:{begins})\w*", text, re.IGNORECASE)
    return tuple(dict.fromkeys(hit.group() for hit in hits))


_MET: Final = {
    Pattern.REPEATED: _repeated,
    Pattern.GRADES_THEN_HIGHER: _higher,
    Pattern.AFTER_CLOSING: _after_closing,
    Pattern.ABSENT_AFTER: _absent,
    Pattern.WORDS_TO_READ: _words,
}


# settings -----------------------------------------------------------------------------------------


def rules_of(value: Value) -> tuple[PromptRule, ...]:
    """The rules that ship, as the school has set them, then its own.

    Raises:
        RuleUnreadable: one of them has no id, an unknown pattern, or counts that are not positive whole numbers.
    """
    told = {
        rule.id: rule
        for rule in (_rule(item) for item in (value if isinstance(value, list) else ()))
    }
    shipped = tuple(told.pop(rule.id, rule) for rule in SHIPPED)
    return (*shipped, *told.values())


def rules_value(rules: Iterable[PromptRule]) -> Value:
    """What is kept of them: those that differ from what ships."""
    usual = {rule.id: rule for rule in SHIPPED}
    return [_kept(rule) for rule in rules if usual.get(rule.id) != rule]


def _kept(rule: PromptRule) -> dict[str, Value]:
    return {
        "id": rule.id,
        "n": rule.n,
        "days": rule.days,
        "grades": [*sorted(rule.grades)],
        "kinds": [*sorted(rule.kinds)],
        "before": [*sorted(rule.before)],
        "looked_for": [*rule.looked_for],
        "pattern": rule.pattern.value,
        "on": rule.on,
        "name": rule.name,
    }


def _rule(item: Value) -> PromptRule:
    if not isinstance(item, dict):
        raise RuleUnreadable
    return checked(_read(item))


def _read(item: Mapping[str, Value]) -> PromptRule:
    rule, n, days = item.get("id"), item.get("n"), item.get("days")
    pattern = item.get("pattern", Pattern.REPEATED.value)
    if not isinstance(rule, str) or type(n) is not int or type(days) is not int:
        raise RuleUnreadable
    if pattern not in set(Pattern):
        raise RuleUnreadable
    return PromptRule(
        rule,
        n,
        days,
        frozenset(_strings(item.get("grades"))),
        pattern=Pattern(str(pattern)),
        kinds=frozenset(_strings(item.get("kinds"))),
        before=frozenset(_strings(item.get("before"))),
        looked_for=_strings(item.get("looked_for")),
        on=item.get("on") is not False,
        name=str(item.get("name") or ""),
    )


def checked(rule: PromptRule) -> PromptRule:
    """The rule, its words without the spaces round them.

    Raises:
        RuleUnreadable: it has no id, or counts that are not positive whole numbers.
    """
    if not rule.id.strip() or rule.n < 1 or rule.days < 1:
        raise RuleUnreadable
    if rule.pattern is Pattern.WORDS_TO_READ and not rule.looked_for:
        raise RuleUnreadable
    if rule.pattern is Pattern.GRADES_THEN_HIGHER and not (rule.grades and rule.before):
        raise RuleUnreadable
    return replace(rule, id=rule.id.strip())


def _strings(value: Value) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else ()
    return tuple(word.strip() for word in listed if isinstance(word, str) and word.strip())


# how often, how graded, how often there -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Presence:
    """How often the child was there, of the notifications that tell it."""

    there: int
    told: int
    not_told: int


NO_PRESENCE: Final = Presence(0, 0, 0)


def grades_as_sent(signs: Iterable[Sign]) -> tuple[tuple[str, int], ...]:
    """Every grade as sent with how often, the most frequent first; "" is a notification that gave none."""
    found: dict[str, int] = {}
    for sign in signs:
        found[sign.grade.strip()] = found.get(sign.grade.strip(), 0) + 1
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


_NUMBER: Final = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|several|multiple|numerous|no|a number of)"
)
_REPEAT: Final = re.compile(
    rf"\b{_NUMBER}\s+(?:previous|prior|earlier|past|other|further|similar|recorded|known|reported)\s+"
    r"(?:\w+\s+){0,3}?(?:incidents?|reports?|occurrences?|notifications?|call[- ]?outs?)\b[^.\n]{0,60}"
    rf"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{{1,3}}(?:st|nd|rd|th))\s+"
    r"(?:\w+\s+){0,2}?(?:incident|report|occurrence|notification|call[- ]?out)\b[^.\n]{0,60}"
    r"|\brepeat(?:\s+(?:incident|victim|case))?(?:\s+in(?:\s+the)?(?:\s+last)?\s+12\s+months)?\s*:\s*[^.\n]{1,60}"
    r"|\b(?:previous|prior)\s+(?:incidents?|reports?|occurrences?|notifications?)\s*(?:\([^)\n]*\))?\s*:\s*[^.\n]{1,60}",
    re.IGNORECASE,
)


def police_count(text: str) -> tuple[str, ...]:
    """What the sender says about earlier incidents, in the sender's words; never added to the school's own count."""
    return tuple(dict.fromkeys(hit.group().strip() for hit in _REPEAT.finditer(text)))
