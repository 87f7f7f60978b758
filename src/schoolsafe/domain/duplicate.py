"""Two records of one pupil, shown as one: a person says so, and may take it back. No row changes its subject.

``child.same_as`` of the one points at the other, whose name stands; sync.md 7 keeps it as a register. docs/adr/0017.
"""

from collections import defaultdict
from collections.abc import Mapping


def heads(same_as: Mapping[str, str]) -> dict[str, str]:
    """For each pupil who stands with another: whose name stands.

    Follows chains. Where two seats pointed two pupils at each other at the same time, the first id stands, so that
    neither is lost from the lists.
    """
    found: dict[str, str] = {}
    for child in same_as:
        seen = [child]
        while (after := same_as.get(seen[-1])) is not None and after not in seen:
            seen.append(after)
        ring = seen[seen.index(after) :] if after is not None else []
        found[child] = min(ring) if ring else seen[-1]
    return found


def together(child: str, same_as: Mapping[str, str]) -> tuple[str, ...]:
    """Every record that is shown as one with this pupil's, the one whose name stands first."""
    head_of = heads(same_as)
    members: defaultdict[str, set[str]] = defaultdict(set)
    for one, head in head_of.items():
        members[head].add(one)
    head = head_of.get(child, child)
    return (head, *sorted(members[head] - {head}))
