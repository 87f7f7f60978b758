"""How sure a reading is: beside a known label, beside words that may be one, or out of running text."""

from typing import Final

from schoolsafe.domain.notification import Read
from schoolsafe.intake.items import Item
from schoolsafe.intake.sheet import Cut

_TELLS_A_STORY: Final = frozenset({"circumstances", "other_children", "unknown"})


def how_found(items: tuple[Item, ...], name: str, cut: Cut) -> Read:
    """Whether a label tells what a stretch is, or it was read from running text."""
    for item in items:
        if item.kind != "pair" or item.label is None:
            continue
        start = item.asked_cut.start if item.asked_cut.end else item.value.start
        inside = min(start, item.value.start) <= cut.start and cut.end <= item.value.end
        if inside and (item.field not in _TELLS_A_STORY or item.field == name):
            return Read.GUESS if item.label.guessed else Read.LABEL
    return Read.SENTENCE
