"""The relay folder of this computer, the forces whose key the school confirmed, and the school's own card."""

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schoolsafe.cli import shapes
from schoolsafe.cli.words_in import said
from schoolsafe.domain.trusted_sender import Confirmation
from schoolsafe.errors import Unavailable
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.unlocked import Services
from schoolsafe.wire import keycard
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]


def grammar(commands: "Commands") -> None:
    """The words of ``relay`` and ``sender``."""
    relay = commands.add_parser(
        "relay", help=_("where sealed notices wait for the school")
    ).add_subparsers(dest="what", required=True)
    relay.add_parser("set", help=_("use this folder from now on")).add_argument("folder")
    relay.add_parser("unset", help=_("use none"))
    relay.add_parser("show", help=_("which folder, and the last look"))
    relay.add_parser("check", help=_("take in what waits there, and send receipts"))
    sender = commands.add_parser(
        "sender", help=_("forces whose key the school has confirmed")
    ).add_subparsers(dest="what", required=True)
    add = sender.add_parser("add", help=_("confirm a key by its words, read out by phone"))
    add.add_argument("file", metavar="CARD.json")
    add.add_argument("--words", required=True, metavar="TEXT|-", type=said)
    add.add_argument("--name", default="", help=_("where the card’s own name will not do"))
    add.add_argument("--rung", default="", metavar="NUMBER", help=_("the number you called"))
    sender.add_parser("list")
    stop = sender.add_parser("stop", help=_("believe this key no more"))
    stop.add_argument("id")
    stop.add_argument("--reason", required=True, type=said)


def school_grammar(school: "Commands") -> None:
    """The words of ``school card``."""
    card = school.add_parser("card", help=_("the school’s public keys, to hand out"))
    card.add_argument("--out", required=True, metavar="FILE.json")


def relay_set(services: Services, args: Namespace) -> Answer:
    """From now on this folder."""
    services.relay.set(Path(args.folder))
    return relay_show(services, args)


def relay_unset(services: Services, args: Namespace) -> Answer:
    """None."""
    services.relay.unset()
    return relay_show(services, args)


def relay_show(services: Services, _args: Namespace) -> Answer:
    """Which folder, and what the last look found."""
    state = services.relay.state()
    return {
        "folder": str(state.folder) if state.folder else None,
        "looked_at": shapes.stamp(state.looked_at),
        "problem": state.said or None,
    }


def relay_check(services: Services, args: Namespace) -> Answer:
    """Takes in what waits, and sends what receipts are due."""
    try:
        taken = services.police_notices.check(services.relay.open())
    except Unavailable as failed:
        services.relay.looked(str(failed))
        raise
    services.relay.looked()
    return {
        "received": list(taken.received),
        "duplicates": taken.duplicates,
        "waiting": taken.waiting,
        "unreadable": dict(Counter(taken.unreadable)),
        "strangers": taken.strangers,
        "receipts": taken.receipts,
    } | relay_show(services, args)


def sender_add(services: Services, args: Namespace, files: Files) -> Answer:
    """Confirms a key."""
    raw = files.read(Path(args.file), limit_bytes=keycard.LIMIT_BYTES)
    made = services.trusted_senders.add(raw, args.words, name=args.name, rung=args.rung)
    (one,) = (each for each in services.trusted_senders.list() if each.id == made.entities[0])
    return _sender(one)


def sender_list(services: Services, _args: Namespace) -> Answer:
    """Every force on the list."""
    return {"senders": [_sender(each) for each in services.trusted_senders.list()]}


def sender_stop(services: Services, args: Namespace) -> Answer:
    """Believes a key no more."""
    services.trusted_senders.stop(args.id, reason=args.reason)
    return sender_list(services, args)


def _sender(one: Confirmation) -> Answer:
    return {
        "id": one.id,
        "name": one.name,
        "key_id": one.key_id,
        "test": one.test,
        "checked_by": one.by,
        "checked_at": shapes.stamp(one.at),
        "rung": one.rung or None,
        "stopped": one.stopped,
        "stopped_at": shapes.stamp(one.stopped_at),
    }


def school_card(services: Services, args: Namespace, files: Files) -> Answer:
    """The school's card, written to a file."""
    card = services.school_cards.card()
    files.write_new(Path(args.out), services.school_cards.handed_out())
    return {
        "file": args.out,
        "urn": card.urn,
        "name": card.name,
        "version": card.version,
        "words": " ".join(card.words),
    }


WITH_RECORD: Final[Mapping[str, Callable[[Services, Namespace], Answer]]] = {
    "relay set": relay_set,
    "relay unset": relay_unset,
    "relay show": relay_show,
    "relay check": relay_check,
    "sender list": sender_list,
    "sender stop": sender_stop,
}
WITH_FILES: Final[Mapping[str, Callable[[Services, Namespace, Files], Answer]]] = {
    "sender add": sender_add,
    "school card": school_card,
}


def lines(answer: Answer) -> Iterator[str]:
    """The list of forces for a person at a terminal."""
    for one in answer["senders"]:
        stopped = _("stopped: {reason}").format(reason=one["stopped"]) if one["stopped"] else ""
        yield f"{one['id']}  {one['name']}  {one['checked_by']}  {one['checked_at']}  {stopped}".rstrip()
