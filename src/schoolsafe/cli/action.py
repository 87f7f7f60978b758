"""Actions from a script: add one, list what is open, say what came of one."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from schoolsafe.cli.ending import WrongUse
from schoolsafe.cli.shapes import plain, stamp
from schoolsafe.cli.words_in import said
from schoolsafe.domain import action as rules
from schoolsafe.services.action import ActionForm, ActionView
from schoolsafe.services.changes import Changes
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]


def grammar(commands: "Commands") -> None:
    """Adds ``action`` and its words."""
    what = commands.add_parser("action", help=_("who does what by when")).add_subparsers(
        dest="what", required=True
    )
    new = what.add_parser("add")
    new.add_argument("--child", required=True)
    new.add_argument("--do", required=True, type=said, metavar="WORDS")
    new.add_argument("--owner", required=True, type=said)
    new.add_argument("--due", type=said, metavar="DATE|WORDS", default="")
    new.add_argument("--from", dest="source", metavar="RECORD")
    new.add_argument("--significant", action="store_true")
    some = what.add_parser("list")
    some.add_argument("--child", default="")
    some.add_argument("--open", action="store_true")
    done = what.add_parser("done")
    done.add_argument("id")
    done.add_argument("--outcome", required=True, type=said)


def add(services: Services, args: Namespace) -> Answer:
    """A new action."""
    due = rules.due_day(args.due, services.desk.now().date())
    if args.due.strip() and due is None:
        raise WrongUse(_("Write a day, such as fri, tomorrow or 14 11"))
    form = ActionForm(
        args.child, args.do, args.owner, due, args.source, significant=args.significant
    )
    return _saved(services.actions.add(form))


def listed(services: Services, args: Namespace) -> Answer:
    """Actions, the most urgent first."""
    found = services.actions.list(args.child, open_only=args.open)
    return {"actions": [_action(one) for one in found]}


def done(services: Services, args: Namespace) -> Answer:
    """It is done, and this came of it."""
    return _saved(services.actions.done(args.id, args.outcome))


def _action(one: ActionView) -> Answer:
    return {
        "id": one.id,
        "child": one.child,
        "what": one.what,
        "owner": one.owner,
        "due": plain(one.due),
        "standing": one.standing.value,
        "agreed_at": stamp(one.agreed_at),
        "done_at": stamp(one.done_at),
        "outcome": one.outcome or None,
        "from": one.source,
        "significant": one.significant,
        "conflicts": list(one.conflicts),
    }


def _saved(changes: Changes) -> Answer:
    return {"entries": [row.hex() for row in changes.rows], "made": list(changes.entities)}


WITH_RECORD = {"action add": add, "action list": listed, "action done": done}
