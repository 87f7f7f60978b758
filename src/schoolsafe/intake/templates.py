"""The words of notices, loaded from data files once: labels, presence, answers, risk, names, senders.

A new force's form is a line in ``resources/mail_templates``, not code.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from schoolsafe import resources
from schoolsafe.intake.label_words import SHORT_FORMS, by_meaning

_FOLDER: Final = "mail_templates"
CHILD: Final = "child"
ADULT: Final = "adult"
OFFICER: Final = "officer"


@dataclass(frozen=True, slots=True)
class Label:
    """What a label asks for, and about whom where it says so."""

    field: str
    owner: str | None
    guessed: bool = False
    """Whether only its words speak for it, not a line of the tables: then a plain sign must follow it."""


@dataclass(frozen=True, slots=True)
class RiskTool:
    """One risk tool and how it is written."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """All word lists, compiled."""

    whole: tuple[tuple[str, re.Pattern[str]], ...]
    core: tuple[tuple[str, re.Pattern[str]], ...]
    owners: tuple[tuple[str, re.Pattern[str]], ...]
    filler: re.Pattern[str]
    kind: dict[str, re.Pattern[str]]
    presence: dict[str, re.Pattern[str]]
    answers: dict[str, re.Pattern[str]]
    not_values: re.Pattern[str]
    tools: tuple[RiskTool, ...]
    grade: re.Pattern[str]
    year: re.Pattern[str]
    school: re.Pattern[str]
    stop: frozenset[str]
    titles: frozenset[str]
    adult_titles: frozenset[str]
    particles: frozenset[str]
    not_people: frozenset[str]
    senders: tuple[dict[str, str], ...]
    channels: dict[str, re.Pattern[str]]


def _load(name: str) -> dict[str, Any]:
    with resources.path(_FOLDER, name).open("rb") as file:
        return tomllib.load(file)


def _any(patterns: Iterable[str], around: str = "{}") -> re.Pattern[str]:
    return re.compile("|".join(around.format(f"(?:{each})") for each in patterns), re.IGNORECASE)


def _each(table: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {name: _any(patterns) for name, patterns in table.items()}


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists; read from disk on the first call only."""
    labels, plain, forces = _load("labels.toml"), _load("words.toml"), _load("forces.toml")
    names = plain["names"]
    return Words(
        whole=_fields(labels["field"], "whole"),
        core=_fields(labels["field"], "core"),
        owners=tuple(
            (who, _any(labels["owners"][who], r"\b{}\b")) for who in (CHILD, OFFICER, ADULT)
        ),
        filler=_any(labels["owners"]["filler"], r"\b{}\b"),
        kind=_each(plain["kind"]),
        presence=_each(plain["presence"]),
        answers=_each(plain["answers"]),
        not_values=_any(plain["blank"]["not_values"]),
        tools=tuple(
            RiskTool(
                each["name"], re.compile(rf"(?<!\w)(?:{each['pattern']})(?!\w)", re.IGNORECASE)
            )
            for each in plain["risk"]["tools"]
        ),
        grade=_any(plain["risk"]["grades"], r"(?<![\w-]){}(?![\w-])"),
        year=re.compile(rf"(?<!\w)(?:{plain['year']['pattern']})(?!\w)", re.IGNORECASE),
        school=re.compile(rf"(?<!\w)(?:{plain['school']['pattern']})(?!\w)", re.IGNORECASE),
        stop=frozenset(names["stop"]),
        titles=frozenset(names["titles"]),
        adult_titles=frozenset(names["adult_titles"]),
        particles=frozenset(names["particles"]),
        not_people=frozenset(names["not_people"]),
        senders=tuple(forces["sender"]),
        channels=_each(forces["channels"]),
    )


def _fields(entries: list[dict[str, Any]], which: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((each["name"], _any(each[which])) for each in entries if which in each)


def plain_label(text: str) -> str:
    """A label for comparing: lower case, no apostrophes, other signs as one space, joined words apart."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text)
    text = (
        text.lower()
        .replace("'", "")
        .replace("(ren)", "ren")
        .replace("(s)", "s")
        .replace("(en)", "en")
    )
    return " ".join(re.sub(r"[^\w]+", " ", text).replace("_", " ").split())


_ASKING: Final = re.compile(
    r"^(?:(?:please )?(?:state|enter|give|provide|specify|confirm)|(?:what|when|who) (?:is|was"
    r"|were|are)|details of|if known)(?: (?:the|your))?\s+|\s+(?:if known|if any|please"
    r"|required)$"
)
_LONGEST_LABEL: Final = 70
_NOTHING: Final = re.compile(r"(?!)")


@lru_cache(maxsize=4096)
def label(text: str) -> Label | None:
    """What a label asks for; None where no rule knows it. Of two languages either may be known."""
    found = _label(plain_label(text))
    if found is None and text.count("/") == 1:
        parts = (_label(plain_label(part)) for part in reversed(text.split("/")))
        found = next((each for each in parts if each is not None), None)
    return found


def _label(plain: str) -> Label | None:
    if not plain or len(plain) > _LONGEST_LABEL:
        return None
    known = words()
    plain = _ASKING.sub("", plain)
    plain = " ".join(SHORT_FORMS.get(word, word) for word in plain.split())
    owner = next((who for who, pattern in known.owners if pattern.search(plain)), None)
    for field, pattern in known.whole:
        if pattern.fullmatch(plain):
            return Label(field, owner)
    core = plain
    for who, pattern in known.owners:
        if who == owner:
            core = pattern.sub(" ", core)
    core = " ".join(known.filler.sub(" ", core).split())
    core = re.sub(r"^\d+\b|\b\d+$", "", core).strip()
    if not core and owner is None:
        return None
    for field, pattern in known.core:
        if pattern.fullmatch(core):
            return Label(field, owner)
    mine = next((pattern for who, pattern in known.owners if who == owner), _NOTHING)
    meant = by_meaning(plain, mine, of_child=owner == CHILD, of_adult=owner == ADULT)
    return Label(meant, owner, guessed=True) if meant else None


def owner_of(text: str) -> str | None:
    """Whom a role names: "Child in household" the child, "Aggrieved" an adult, "OIC" an officer."""
    plain = plain_label(text)
    return next((who for who, pattern in words().owners if pattern.search(plain)), None)


def is_blank(text: str) -> bool:
    """Whether a value says nothing: empty, "tbc", "not known", dashes."""
    plain = text.strip(" \t\n.,;:()'\"").lower()
    return not plain or words().not_values.fullmatch(plain) is not None
