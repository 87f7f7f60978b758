"""A small drawing of a family, worked out from the list: who stands where, which lines join them. No pixels here.

Square male, circle female, diamond not known, triangle expected; a household inside a dotted line; one slash for
separated, two for divorced; brothers and sisters eldest left. The list is the record, the drawing only shows it.
Left to others: painting (ui.widgets.genogram). Source: ux.md 5.6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from schoolsafe.domain import say
from schoolsafe.words import _


class Shape(StrEnum):
    """How a person is drawn."""

    SQUARE = "square"
    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


@dataclass(frozen=True, slots=True)
class Member:
    """One person as the list has them."""

    id: str
    name: str
    relationship: str
    """A code of family.RELATIONSHIPS; "self" for the child whose file it is."""
    sex: str = "unknown"
    born: date | None = None
    unborn: bool = False
    at_home: bool = False
    """Lives in a home where the child lives now."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who are or were a couple."""

    one: str
    two: str
    how: str = "together"

    @property
    def slashes(self) -> int:
        """One for separated, two for divorced."""
        return {"separated": 1, "divorced": 2}.get(self.how, 0)


@dataclass(frozen=True, slots=True)
class Node:
    """Where one person stands: row 0 is the oldest generation, ``at`` counts half places from the left."""

    id: str
    name: str
    shape: Shape
    row: int
    at: int
    self: bool
    at_home: bool


@dataclass(frozen=True, slots=True)
class Genogram:
    """The drawing, ready to be painted, and the same in a sentence."""

    nodes: tuple[Node, ...]
    pairs: tuple[Pair, ...]
    descents: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Parents (one or two), and the children who hang from them."""
    rows: int
    width: int
    """Half places the widest row takes."""
    words: str

    def node(self, member: str) -> Node:
        """The node of that person.

        Raises:
            KeyError: nobody of that id is drawn.
        """
        for node in self.nodes:
            if node.id == member:
                return node
        raise KeyError(member)


SELF: Final = "self"
_ROW: Final = {
    "grandparent": 0,
    "mother": 1,
    "father": 1,
    "step_parent": 1,
    "parent_partner": 1,
    "carer": 1,
    "aunt_uncle": 1,
    "other": 1,
    SELF: 2,
    "sibling": 2,
    "half_sibling": 2,
    "step_sibling": 2,
    "own_child": 3,
}
_PARENTS: Final = ("father", "mother")
_ORDER: Final = (
    "aunt_uncle",
    "father",
    "mother",
    "step_parent",
    "parent_partner",
    "carer",
    "other",
)
_STEP: Final = 2


def drawn(members: Sequence[Member], pairs: Sequence[Pair] = ()) -> Genogram:
    """The drawing of these people."""
    known = {member.id for member in members}
    kept = tuple(pair for pair in pairs if {pair.one, pair.two} <= known and pair.one != pair.two)
    rows: dict[int, list[Member]] = {}
    for member in members:
        rows.setdefault(_ROW.get(member.relationship, 1), []).append(member)
    used = sorted(rows)
    ordered = [_ordered(rows[row], kept) for row in used]
    width = max((len(row) * _STEP for row in ordered), default=0)
    nodes = tuple(
        Node(
            member.id,
            member.name,
            _shape(member),
            n,
            (width - len(row) * _STEP) // 2 + place * _STEP,
            member.relationship == SELF,
            member.at_home,
        )
        for n, row in enumerate(ordered)
        for place, member in enumerate(row)
    )
    return Genogram(nodes, kept, _descents(members), len(ordered), width, _words(members, kept))


def _shape(member: Member) -> Shape:
    if member.unborn:
        return Shape.TRIANGLE
    sex = member.sex
    if sex not in {"female", "male"}:
        sex = {"mother": "female", "father": "male"}.get(member.relationship, "unknown")
    return {"female": Shape.CIRCLE, "male": Shape.SQUARE}.get(sex, Shape.DIAMOND)


def _ordered(row: Sequence[Member], pairs: Sequence[Pair]) -> list[Member]:
    """Brothers and sisters eldest left, unborn last; grown-ups by what they are, couples side by side."""
    if any(_ROW.get(member.relationship, 1) >= _ROW[SELF] for member in row):
        return sorted(row, key=lambda m: (m.unborn, m.born or date.max, m.name, m.id))
    rank = {code: n for n, code in enumerate(_ORDER)}
    left = sorted(row, key=lambda m: (rank.get(m.relationship, len(rank)), m.name, m.id))
    placed: list[Member] = []
    while left:
        member = left.pop(0)
        placed.append(member)
        partners = [m for m in left if _are_pair(member.id, m.id, pairs)]
        for partner in partners[:1]:
            left.remove(partner)
            placed.append(partner)
    return placed


def _are_pair(one: str, two: str, pairs: Sequence[Pair]) -> bool:
    return any({pair.one, pair.two} == {one, two} for pair in pairs)


def _descents(
    members: Sequence[Member],
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """What hangs from whom. Half- and step-siblings hang from nobody: the list does not say whose they are."""
    found = []
    parents = tuple(m.id for code in _PARENTS for m in members if m.relationship == code)
    children = _those(members, SELF, "sibling")
    if parents:
        found.append((parents, children))
    own = _those(members, "own_child")
    if own:
        found.append((_those(members, SELF), own))
    return tuple(found)


def _those(members: Sequence[Member], *relationships: str) -> tuple[str, ...]:
    return tuple(member.id for member in members if member.relationship in relationships)


def _words(members: Sequence[Member], pairs: Sequence[Pair]) -> str:
    """The drawing in sentences, for a reader who does not see it."""
    names = {member.id: member.name for member in members}
    home = [member.name for member in members if member.at_home]
    said = (
        [_("Live with the child: {names}.").format(names=say.joined(tuple(home)))] if home else []
    )
    how = {
        "together": _("{one} and {two} are a couple."),
        "separated": _("{one} and {two} are separated."),
        "divorced": _("{one} and {two} are divorced."),
    }
    said += [
        how.get(pair.how, how["together"]).format(one=names[pair.one], two=names[pair.two])
        for pair in pairs
    ]
    return " ".join(said)
