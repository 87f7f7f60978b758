"""A force's own commands: its key and card, sending notices to schools, what has come back. No school is opened."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsafe.cli import shapes
from schoolsafe.cli.ending import EXIT
from schoolsafe.cli.seams import Outside
from schoolsafe.cli.words_in import Secrets, moment
from schoolsafe.errors import Refused, Unavailable
from schoolsafe.services import notice_file
from schoolsafe.services.notice_file import DraftNotice
from schoolsafe.services.police_sender import PoliceSender, SentNotice, Standing
from schoolsafe.wire import keycard, schoolcard, spoken
from schoolsafe.wire.schoolcard import SchoolCard
from schoolsafe.wire.sendercard import SenderCard
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]


def grammar(commands: "Commands") -> None:
    """The words of ``schoolsafe notify``."""
    notify = commands.add_parser(
        "notify", help=_("for a police force: seal notices to a school")
    ).add_subparsers(dest="what", required=True)
    keygen = notify.add_parser("keygen", help=_("a new key in a folder of its own"))
    keygen.add_argument("dir")
    keygen.add_argument("--name", default="", help=_("the force, as schools know it"))
    keygen.add_argument("--test-key", action="store_true", help=_("marked as a trial for ever"))
    card = notify.add_parser("card", help=_("the key’s card and its eight words"))
    card.add_argument("do", choices=("show",))
    card.add_argument("--key", required=True, metavar="DIR")
    card.add_argument("--out", metavar="FILE.json", help=_("write the card to hand out"))
    send = notify.add_parser("send", help=_("seal each notice to a school and leave it there"))
    send.add_argument("--key", required=True, metavar="DIR")
    send.add_argument("--to", required=True, metavar="CARD.json", help=_("the school’s card"))
    send.add_argument("--relay", required=True, metavar="FOLDER")
    send.add_argument("--words", help=_("the school’s eight words, as read out by phone"))
    send.add_argument("file", nargs="+", metavar="NOTICE.json")
    receipts = notify.add_parser("receipts", help=_("what schools have said of each notice"))
    receipts.add_argument("--key", required=True, metavar="DIR")
    receipts.add_argument("--relay", required=True, metavar="FOLDER")


def run(args: Namespace, outside: Outside, secrets: Secrets) -> Answer:
    """One of the commands."""
    folder = Path(args.dir if args.what == "keygen" else args.key)
    sender = outside.sender(folder, moment(args.now) if args.now else None)
    match args.what:
        case "keygen":
            return _keygen(sender, args, secrets)
        case "card":
            return _card(sender, args, outside)
        case "send":
            return _send(sender, args, outside, secrets)
        case _:
            return _receipts(sender, args, outside, secrets)


def _keygen(sender: PoliceSender, args: Namespace, secrets: Secrets) -> Answer:
    passphrase = secrets.new(_("A passphrase of five words or more: "))
    card = sender.make_key(name=args.name, passphrase=passphrase, test=args.test_key)
    return {"key": args.dir} | _card_facts(card)


def _card(sender: PoliceSender, args: Namespace, outside: Outside) -> Answer:
    card = sender.card()
    if args.out:
        outside.files.write_new(Path(args.out), card.raw)
    return _card_facts(card) | {"file": args.out}


def _card_facts(card: SenderCard) -> Answer:
    return {
        "name": card.name,
        "test": card.test,
        "key_id": card.key_id.hex(),
        "words": " ".join(card.words),
    }


def _send(sender: PoliceSender, args: Namespace, outside: Outside, secrets: Secrets) -> Answer:
    to = schoolcard.read(outside.files.read(Path(args.to), limit_bytes=keycard.LIMIT_BYTES))
    if args.words is not None:
        spoken.compare(args.words, to.words)
    drafts: list[tuple[str, DraftNotice]] = []
    refused: list[SentNotice] = []
    codes: list[int] = []
    for name in args.file:
        try:
            drafts += _drafts(name, outside)
        except (Refused, Unavailable) as failed:
            refused.append(SentNotice(name, "", 0, "refused", str(failed), failed.code))
            codes.append(failed.exit_code)
    relay = outside.relay(Path(args.relay), make=True)
    passphrase = secrets.next(_("Passphrase of the key: "))
    sent = sender.send(drafts, to=to, relay=relay, passphrase=passphrase)
    results = sorted([*refused, *sent], key=lambda each: args.file.index(each.file))
    answer: Answer = {"to": _school(to), "results": [_result(each) for each in results]}
    if any(each.outcome != "refused" for each in results):
        return answer
    first = results[0]
    told = {"code": first.code, "message": first.reason}
    return answer | {"error": told, EXIT: (codes or [Refused.exit_code])[0]}


def _drafts(name: str, outside: Outside) -> Iterator[tuple[str, DraftNotice]]:
    raw = outside.files.read(Path(name), limit_bytes=notice_file.LIMIT_BYTES)
    for draft in notice_file.read(raw):
        yield name, draft


def _school(card: SchoolCard) -> Answer:
    return {
        "urn": card.urn,
        "name": card.name,
        "version": card.version,
        "words": " ".join(card.words),
    }


def _result(sent: SentNotice) -> Answer:
    return {
        "file": sent.file,
        "reference": sent.reference or None,
        "version": sent.version or None,
        "outcome": sent.outcome,
        "reason": sent.reason,
    }


def _receipts(sender: PoliceSender, args: Namespace, outside: Outside, secrets: Secrets) -> Answer:
    relay = outside.relay(Path(args.relay))
    found = sender.receipts(relay=relay, passphrase=secrets.next(_("Passphrase of the key: ")))
    return {
        "notices": [_standing(each) for each in found.notices],
        "unreadable": found.unreadable,
    }


def _standing(one: Standing) -> Answer:
    return {
        "reference": one.reference,
        "version": one.version,
        "school": one.school,
        "urn": one.urn,
        "sent_at": shapes.stamp(one.sent_at),
        "state": one.state,
        "delivered_at": shapes.stamp(one.delivered_at),
        "opened_at": shapes.stamp(one.opened_at),
        "key_confirmed": one.checked,
    }


def lines(what: str, answer: Answer) -> Iterator[str]:
    """The answer for a person at a terminal."""
    match what:
        case "notify send":
            to = answer["to"]
            yield _("To {name}, URN {urn}. Its words: {words}").format(**to)
            for each in answer["results"]:
                said = ". ".join(part for part in (each["outcome"], each["reason"]) if part)
                yield f"{each['file']}  {each['reference'] or ''}  {said}"
        case "notify receipts":
            for each in answer["notices"]:
                at = each["opened_at"] or each["delivered_at"] or ""
                yield f"{each['reference']}  v{each['version']}  {each['state']}  {at}  {each['school']}".rstrip()
        case _:
            for name, value in answer.items():
                if value is not None:
                    yield f"{name}: {value}"
