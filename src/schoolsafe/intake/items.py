"""One thing on a page: a label with its value, a heading, a break, prose."""

from dataclasses import dataclass
from typing import Final

from schoolsafe.intake.sheet import Cut
from schoolsafe.intake.templates import Label

UNKNOWN: Final = "unknown"
_NOWHERE: Final = Cut(0, 0)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the page, in order."""

    kind: str
    """pair, heading, break, blank, prose, counter."""
    cut: Cut
    """The whole of it."""
    label: Label | None = None
    asked: str = ""
    """The label as written."""
    asked_cut: Cut = _NOWHERE
    value: Cut = _NOWHERE
    group: int = 0
    """The table row it came from, counted from 1; 0 elsewhere."""

    @property
    def field(self) -> str:
        """The field a pair asks for."""
        return self.label.field if self.label else ""


def trim(plain: str, cut: Cut, signs: str = " \t\n") -> Cut:
    """The cut without blanks (or other signs) at its ends."""
    start, end = cut
    while start < end and plain[start] in signs:
        start += 1
    while end > start and plain[end - 1] in signs:
        end -= 1
    return Cut(start, end)
