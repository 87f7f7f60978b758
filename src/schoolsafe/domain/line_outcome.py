"""What else a notice may come to than a match: left, taught elsewhere, never ours. Each with its next step.

A person says which; the program only knows what is owed then. Source: domain.md 2.4 and 2.9.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.notification import Step
from schoolsafe.words import N_, _


class Outcome(StrEnum):
    """What one line of a notice came to."""

    NOT_OURS = "not_ours"
    LEFT = "left"
    DUAL_REGISTERED = "dual_registered"
    EDUCATED_ELSEWHERE = "educated_elsewhere"
    HOME_EDUCATED = "home_educated"
    SIBLING_ELSEWHERE = "sibling_elsewhere"
    SEVERAL_OPEN = "several_open"


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says about one line beside the outcome itself."""

    outcome: Outcome
    why: str = ""
    school: str = ""
    """The other school, the place they are taught, or the council's officer."""
    since: date | None = None
    """Since when: left, taught there, registered there."""
    contact: str = ""
    """Who hears of it there: a lead's name and number."""


STAYS: Final = frozenset({Outcome.DUAL_REGISTERED, Outcome.EDUCATED_ELSEWHERE})
"""The child is ours and stays matched; somebody else has to hear of it too."""
OPEN: Final = frozenset({Outcome.SEVERAL_OPEN})
"""The line stays to be matched."""
WITH_SCHOOL: Final = frozenset(
    {
        Outcome.LEFT,
        Outcome.DUAL_REGISTERED,
        Outcome.EDUCATED_ELSEWHERE,
        Outcome.HOME_EDUCATED,
        Outcome.SIBLING_ELSEWHERE,
    }
)
"""Another place has to hear of it."""
NEEDS_SCHOOL: Final = frozenset({Outcome.DUAL_REGISTERED, Outcome.EDUCATED_ELSEWHERE})
"""Nothing can be done without knowing where."""
OWES: Final[Mapping[Outcome, tuple[Step, ...]]] = {
    Outcome.NOT_OURS: (Step.SENDER_TOLD,),
    Outcome.LEFT: (Step.PASSED_ON,),
    Outcome.DUAL_REGISTERED: (Step.PASSED_ON,),
    Outcome.EDUCATED_ELSEWHERE: (Step.PASSED_ON, Step.RECEIPT_CONFIRMED),
    Outcome.HOME_EDUCATED: (Step.PASSED_ON,),
    Outcome.SIBLING_ELSEWHERE: (Step.PASSED_ON,),
    Outcome.SEVERAL_OPEN: (Step.SENDER_TOLD,),
}
"""What has to be on record before the line is done, in order."""

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.NOT_OURS: N_("Never our pupil"),
    Outcome.LEFT: N_("Has left"),
    Outcome.DUAL_REGISTERED: N_("Also at another school"),
    Outcome.EDUCATED_ELSEWHERE: N_("Taught somewhere else"),
    Outcome.HOME_EDUCATED: N_("Educated at home"),
    Outcome.SIBLING_ELSEWHERE: N_("Brother or sister at another school"),
    Outcome.SEVERAL_OPEN: N_("Cannot tell which child"),
}
HINTS: Final[Mapping[Outcome, str]] = {
    Outcome.NOT_OURS: N_("Wrong school, or nobody has heard of the child here"),
    Outcome.LEFT: N_("On your list once, not any more"),
    Outcome.DUAL_REGISTERED: N_("On the roll of two schools"),
    Outcome.EDUCATED_ELSEWHERE: N_("At alternative provision, a hub or in hospital"),
    Outcome.HOME_EDUCATED: N_("The council has an officer for it"),
    Outcome.SIBLING_ELSEWHERE: N_("Not your pupil, but of a family you know"),
    Outcome.SEVERAL_OPEN: N_("Two of one name, and nothing to tell them apart"),
}
_NEXT: Final[Mapping[Outcome, str]] = {
    Outcome.NOT_OURS: N_("Tell the sender, then take the content out."),
    Outcome.LEFT: N_(
        "Tell the lead of {school}. A file that is still here goes there by transfer."
    ),
    Outcome.DUAL_REGISTERED: N_("Tell the lead of {school}. What you do here goes on as usual."),
    Outcome.EDUCATED_ELSEWHERE: N_(
        "Tell {school} today, and have it confirmed that an adult there knows."
    ),
    Outcome.HOME_EDUCATED: N_("Tell the council’s officer for home education."),
    Outcome.SIBLING_ELSEWHERE: N_(
        "Ask the lead of {school} to ring you. Say no more than they need, and nothing in writing."
    ),
    Outcome.SEVERAL_OPEN: N_("Ask the sender which child is meant. Nobody is matched until then."),
}
_OWED: Final[Mapping[Step, str]] = {
    Step.SENDER_TOLD: N_("Tell the sender"),
    Step.PASSED_ON: N_("Tell {school}"),
    Step.RECEIPT_CONFIRMED: N_("Wait for {school} to confirm"),
}
_ELSEWHERE: Final[Mapping[Outcome, str]] = {
    Outcome.LEFT: N_("their next school"),
    Outcome.HOME_EDUCATED: N_("the council"),
}


def outcome_words(outcome: Outcome) -> str:
    """Its name, as a person chooses it."""
    return _(OUTCOMES[outcome])


def hint_words(outcome: Outcome) -> str:
    """When it is meant."""
    return _(HINTS[outcome])


def place_words(told: Told) -> str:
    """The other place, by its name or by what it is."""
    return told.school or _(_ELSEWHERE.get(told.outcome, N_("the other school")))


def next_words(told: Told) -> str:
    """The next step, in a sentence."""
    return _(_NEXT[told.outcome]).format(school=place_words(told))


def owed(told: Told, done: frozenset[str]) -> Step | None:
    """The first step that is owed and not on record; None once all are."""
    return next((step for step in OWES[told.outcome] if step.value not in done), None)


def owed_words(told: Told, step: Step) -> str:
    """What is owed, in a few words for a list."""
    return _(_OWED[step]).format(school=place_words(told))


def said(told: Told) -> str:
    """The outcome as it stands on record: "Has left. Since 3 September 2026, to Northmere Academy"."""
    parts = []
    if told.since is not None:
        parts.append(_("since {day}").format(day=say.date_words(told.since)))
    if told.school:
        to = told.outcome is Outcome.LEFT
        parts.append((_("now at {school}") if to else _("{school}")).format(school=told.school))
    if told.contact:
        parts.append(told.contact)
    detail = ", ".join(parts)
    words = [outcome_words(told.outcome), detail[:1].upper() + detail[1:], told.why]
    return ". ".join(part.rstrip(".") for part in words if part)
