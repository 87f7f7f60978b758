"""Who a notice is about, what else it came to, who was told; and notices that belong together."""

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from schoolsafe.cli import shapes
from schoolsafe.cli.words_in import day, moment, said
from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.line_outcome import Outcome, Told, next_words
from schoolsafe.domain.not_ours import How
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes
from schoolsafe.services.not_ours_stub import NotOurs
from schoolsafe.services.notification_outcome import PassedOn
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]
CODES: Final = {
    "not-ours": Outcome.NOT_OURS,
    "left": Outcome.LEFT,
    "dual-registered": Outcome.DUAL_REGISTERED,
    "educated-elsewhere": Outcome.EDUCATED_ELSEWHERE,
    "home-educated": Outcome.HOME_EDUCATED,
    "sibling-elsewhere": Outcome.SIBLING_ELSEWHERE,
    "several": Outcome.SEVERAL_OPEN,
}
"""What ``--none`` knows by name; any other text is the reason why nobody fits."""
_HOWS: Final = tuple(how.value.replace("_", "-") for how in How)
_TIES: Final = {
    "found-of": Tie.FOUND_OF,
    "missing-of": Tie.MISSING_OF,
    "same-event": Tie.SAME_EVENT,
}


class NotConfirmed(Refused):
    """Nothing brings it back. Say --confirm once you have told the sender."""


def grammar(notice: "Commands") -> None:
    """Adds the words of these commands to ``notification``."""
    match = notice.add_parser("match", help=_("who is meant, or what it came to instead"))
    match.add_argument("id")
    match.add_argument("--line", type=int, required=True, metavar="N")
    who = match.add_mutually_exclusive_group(required=True)
    who.add_argument("--child", metavar="CHILD")
    who.add_argument("--none", metavar="REASON", type=said)
    match.add_argument("--school", default="", type=said, help=_("the other place"))
    match.add_argument("--since", metavar="DATE")
    match.add_argument("--contact", default="", type=said)
    match.add_argument("--why", default="", type=said)
    for name, help_words in (
        ("told", _("the sender was told")),
        ("pass-on", _("another school or the council was told")),
        ("confirmed", _("they confirmed that somebody there knows")),
    ):
        words = notice.add_parser(name, help=help_words)
        words.add_argument("id")
        words.add_argument("--line", type=int, required=True, metavar="N")
        words.add_argument("--to", required=True, metavar="WHO", type=said)
        words.add_argument("--how", choices=_HOWS, default="phone")
        words.add_argument("--said", default="", metavar="TEXT|-", type=said)
        words.add_argument("--at", metavar="ISO")
        words.add_argument("--against-card", metavar="REASON|-", type=said)
    message = notice.add_parser("message", help=_("what to say or write, without the name"))
    message.add_argument("id")
    message.add_argument("--line", type=int, required=True, metavar="N")
    purge = notice.add_parser("purge", help=_("take out what was not about your pupil"))
    purge.add_argument("id")
    purge.add_argument("--line", type=int, required=True, metavar="N")
    purge.add_argument("--confirm", action="store_true")
    notice.add_parser("stubs", help=_("what is kept of notices that were not ours"))
    tie = notice.add_parser("tie", help=_("two notices belong together"))
    tie.add_argument("id")
    tie.add_argument("other")
    tie.add_argument("--as", dest="tie", choices=tuple(_TIES), required=True)
    apart = notice.add_parser("apart", help=_("two notices do not belong together"))
    apart.add_argument("id")
    apart.add_argument("other")


def came_to(services: Services, args: Namespace) -> Answer | None:
    """``match --none CODE``: the outcome, and what is owed now; None where the text is a reason."""
    outcome = CODES.get(args.none)
    if outcome is None:
        return None
    since = day(args.since) if args.since else None
    told = Told(outcome, args.why, args.school, since, args.contact)
    changes = services.notifications.come_to(args.id, args.line, told)
    return {"outcome": outcome.value, "next": next_words(told)} | _saved(changes)


def told(services: Services, args: Namespace) -> Answer:
    """The sender was told."""
    return _saved(services.notifications.tell_sender(args.id, args.line, _given(args)))


def pass_on(services: Services, args: Namespace) -> Answer:
    """Another place was told; the log of what was shared has a line."""
    return _saved(services.notifications.pass_on(args.id, args.line, _given(args)))


def confirmed(services: Services, args: Namespace) -> Answer:
    """Somebody there knows."""
    return _saved(services.notifications.receipt_confirmed(args.id, args.line, _given(args)))


def message(services: Services, args: Namespace) -> Answer:
    """A call script and a mail draft; no child's name in either."""
    made = services.notifications.message(args.id, args.line)
    contact = services.notifications.sender_contact(args.id)
    return {
        "script": list(made.script),
        "subject": made.subject,
        "body": made.body,
        "phone": contact.phone or None,
        "address": contact.address or None,
    }


def purge(services: Services, args: Namespace) -> Answer:
    """Takes the content out."""
    standing = services.notifications.standing(args.id, args.line)
    if not args.confirm:
        raise NotConfirmed
    changes = services.notifications.dispose(args.id, args.line)
    return {"whole": standing.whole, "stub": changes.entities[0]} | _saved(changes)


def stubs(services: Services, _args: Namespace) -> Answer:
    """What is kept."""
    found = NotOurs(services.desk).list()
    return {
        "stubs": [
            {
                "id": stub.id,
                "received_at": shapes.stamp(stub.received_at),
                "force": stub.force,
                "police_reference": stub.police_reference,
                "kind": stub.kind,
                "told_to": stub.told_to,
                "told_how": stub.told_how,
                "told_at": shapes.stamp(stub.told_at),
                "told_by": stub.told_by,
                "disposed_at": shapes.stamp(stub.disposed_at),
                "disposed_by": stub.disposed_by,
                "whole": stub.whole,
                "matched_meanwhile": stub.matched_meanwhile,
            }
            for stub in found
        ]
    }


def tie(services: Services, args: Namespace) -> Answer:
    """They belong together; neither is changed."""
    return _saved(services.notifications.tie(args.id, args.other, _TIES[args.tie]))


def apart(services: Services, args: Namespace) -> Answer:
    """They do not."""
    return _saved(services.notifications.tell_apart(args.id, args.other))


def _given(args: Namespace) -> PassedOn:
    return PassedOn(
        to=args.to,
        how=How(args.how.replace("-", "_")),
        words=args.said,
        at=moment(args.at) if args.at else None,
        against_card=args.against_card,
    )


def _saved(changes: Changes) -> Answer:
    return {"entries": [row.hex() for row in changes.rows], "made": list(changes.entities)}


WITH_RECORD: Final[dict[str, Callable[[Services, Namespace], Answer]]] = {
    "notification told": told,
    "notification pass-on": pass_on,
    "notification confirmed": confirmed,
    "notification message": message,
    "notification purge": purge,
    "notification stubs": stubs,
    "notification tie": tie,
    "notification apart": apart,
}
