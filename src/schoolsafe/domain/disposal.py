"""What may be disposed of, and by what right: a rule over one row and the row that disposes of it.

Nothing is deleted from the record: the content of a row gives way to a stub that says who, when and
why. One person may do that to a notice that was never about a pupil of this school, once its sender
was told; what ends with retention needs two (and comes with it). Source: sync.md 13, domain.md 2.9.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schoolsafe.domain.entry import Attach, Dispose, Entry
from schoolsafe.domain.ids import noun_of

KIND: Final = "notification.dispose"
"""The kind of the entry that disposes; a reader that does not know it turns read-only."""
ROWS_EACH: Final = 200
"""Rows one entry disposes of at most: more would not fit in a row."""


class Ground(StrEnum):
    """By what right."""

    NOT_OURS = "not_ours"


_NOUNS: Final = {Ground.NOT_OURS.value: frozenset({"notification", "line", "follow_up"})}


@dataclass(frozen=True, slots=True)
class Order:
    """One row that is to give way, as the disposing row names it."""

    row: bytes
    shell: bytes
    """SHA-256 of the stub it leaves."""


def allows(dispose: Dispose, entry: Entry) -> bool:
    """Whether that order may take this entry.

    Only entries about nobody of ours, about nothing but the entities the order names, and of the
    kinds its ground covers: an order cannot reach into a child's history, nor take another order.
    """
    nouns = _NOUNS.get(dispose.ground)
    if nouns is None or entry.subject is not None or not entry.ops:
        return False
    about = set()
    for op in entry.ops:
        if isinstance(op, Dispose) or not hasattr(op, "entity"):
            return False
        about.add(op.entity)
    return about <= set(dispose.entities) and {noun_of(entity) for entity in about} <= nouns


def chunks_of(entry: Entry) -> tuple[str, ...]:
    """The sealed pieces an entry attaches."""
    return tuple(chunk for op in entry.ops if isinstance(op, Attach) for chunk in op.chunks)
