"""What two people changed, from a script: list, show both, say which stands and why."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from schoolsafe.cli.shapes import stamp
from schoolsafe.cli.words_in import said
from schoolsafe.services.conflict import ConflictView, Side
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]


def grammar(commands: "Commands") -> None:
    """Adds ``conflict`` and its words."""
    what = commands.add_parser("conflict", help=_("what two people changed")).add_subparsers(
        dest="what", required=True
    )
    what.add_parser("list")
    what.add_parser("show").add_argument("id")
    decide = what.add_parser("resolve")
    decide.add_argument("id")
    decide.add_argument("--use", required=True, metavar="ROW")
    decide.add_argument("--reason", required=True, type=said)


def listed(services: Services, _args: Namespace) -> Answer:
    """Every conflict, the oldest first."""
    return {"conflicts": [_conflict(one) for one in services.conflicts.list()]}


def show(services: Services, args: Namespace) -> Answer:
    """One, with its values."""
    return _conflict(services.conflicts.show(args.id))


def resolve(services: Services, args: Namespace) -> Answer:
    """One of the values stands."""
    changes = services.conflicts.resolve(args.id, args.use, why=args.reason)
    return {"entries": [row.hex() for row in changes.rows], "made": list(changes.entities)}


def _conflict(one: ConflictView) -> Answer:
    return {
        "id": one.id,
        "record": one.record,
        "field": one.field,
        "about": one.about,
        "child": one.child or None,
        "before": _side(one.before) if one.before else None,
        "values": [_side(side) for side in one.sides],
        "until_decided": one.counts,
        "decidable": one.decidable,
    }


def _side(side: Side) -> Answer:
    return {
        "row": side.row,
        "value": side.words,
        "by": side.who,
        "at": stamp(side.when),
        "mine": side.mine,
        "counts": side.counts,
    }


WITH_RECORD = {"conflict list": listed, "conflict show": show, "conflict resolve": resolve}
