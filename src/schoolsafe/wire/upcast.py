"""Old entries read as if written today: steps by kind and version, pure and total.

Stored rows never change. A step takes an entry of ``kind`` at ``kv`` and gives the same fact as the
next version says it; it never fails, whatever a member wrote. A kind without steps is at version 1.
Frozen rows of every release stand in tests/vectors/corpus.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from schoolsafe.domain.entry import Entry

Step = Callable[[Entry], Entry]
Steps = Mapping[tuple[str, int], Step]

STEPS: Final[Steps] = {}
"""(kind, kv) to the step that lifts it to kv + 1. Release 0.1 has one version of each kind."""


def version_of(kind: str, steps: Steps = STEPS) -> int:
    """The newest version of a kind this release writes."""
    version = 1
    while (kind, version) in steps:
        version += 1
    return version


def latest(entry: Entry, steps: Steps = STEPS) -> Entry:
    """The entry at the newest version this release knows; a newer one stays as it is."""
    while (step := steps.get((entry.kind, entry.kv))) is not None:
        entry = replace(step(entry), kv=entry.kv + 1)
    return entry


def is_newer(entry: Entry, steps: Steps = STEPS) -> bool:
    """Whether a newer release gave this kind a meaning unknown here: kept, counted, not read."""
    return entry.kv > version_of(entry.kind, steps)
