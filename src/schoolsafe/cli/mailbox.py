"""Mail sources: name a mailbox or a folder, look at them, forget them. Passwords come from a prompt or descriptor."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schoolsafe.cli.ending import EXIT
from schoolsafe.cli.words_in import Secrets, day
from schoolsafe.domain.mail_source import IMAP_PORTS, Tls
from schoolsafe.errors import Refused, Unavailable
from schoolsafe.services.desk import LONDON
from schoolsafe.services.mail_fetching import ImapPlace
from schoolsafe.services.mail_source import Report
from schoolsafe.services.mail_source_state import SourceState
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

if TYPE_CHECKING:
    from datetime import datetime

    Commands = argparse._SubParsersAction[Any]  # noqa: SLF001  # argparse names no public type

Answer = dict[str, Any]


def grammar(commands: "Commands") -> None:
    """The words of ``mailbox``."""
    mailbox = commands.add_parser("mailbox", help=_("where messages come from by themselves"))
    what = mailbox.add_subparsers(dest="what", required=True)
    add = what.add_parser("add", help=_("passphrase, then the mailbox's password, a line each"))
    kind = add.add_subparsers(dest="kind", required=True)
    imap = kind.add_parser("imap", help=_("one folder of a mailbox; nothing there is changed"))
    imap.add_argument("name")
    imap.add_argument("--server", required=True, metavar="HOST")
    imap.add_argument("--user", required=True)
    imap.add_argument("--folder", default="INBOX")
    imap.add_argument("--port", type=int)
    imap.add_argument("--tls", choices=[each.value for each in Tls], default="on")
    imap.add_argument(
        "--oauth", action="store_true", help=_("the secret is an access token (XOAUTH2)")
    )
    imap.add_argument("--since", metavar="DATE", help=_("leave messages that came before this day"))
    imap.add_argument(
        "--ca-file", default="", metavar="FILE", help=_("certificates of the school's own IT")
    )
    folder = kind.add_parser("folder", help=_("files that another system puts there"))
    folder.add_argument("name")
    folder.add_argument("path")
    what.add_parser("list")
    check = what.add_parser("check", help=_("look now"))
    check.add_argument("name", nargs="*")
    what.add_parser("secret", help=_("another password or token")).add_argument("name")
    what.add_parser("remove").add_argument("name")


def add(services: Services, args: Namespace, secrets: Secrets) -> Answer:
    """One more source."""
    sources = services.mail_sources
    if args.kind == "folder":
        made = sources.add_folder(args.name, str(Path(args.path).absolute()))
        return {"id": made.entities[0]}
    place = ImapPlace(
        host=args.server,
        user=args.user,
        port=IMAP_PORTS[args.tls] if args.port is None else args.port,
        folder=args.folder,
        tls=Tls(args.tls),
        oauth=args.oauth,
        since=day(args.since) if args.since else None,
        ca_file=str(Path(args.ca_file).absolute()) if args.ca_file else "",
    )
    sources.check_mailbox(args.name, place)  # before a person is asked for a password
    made = sources.add_mailbox(args.name, place, secrets.next(_asked(oauth=args.oauth)))
    return {"id": made.entities[0]}


def secret(services: Services, args: Namespace, secrets: Secrets) -> Answer:
    """Another password or token."""
    state = services.mail_sources.find(args.name)
    oauth = state.imap is not None and state.imap.oauth
    services.mail_sources.renew_secret(state.id, secrets.next(_asked(oauth=oauth)))
    return {"changed": True}


def remove(services: Services, args: Namespace, _secrets: Secrets) -> Answer:
    """Looks there no more; what came from it stays."""
    services.mail_sources.remove(args.name)
    return {"removed": True}


def sources(services: Services, _args: Namespace, _secrets: Secrets) -> Answer:
    """What there is, and how each is."""
    found = services.mail_sources
    return {"allowed": not found.forbidden, "sources": [_source(state) for state in found.list()]}


def check(services: Services, args: Namespace, _secrets: Secrets) -> Answer:
    """Looks now. Where one was not reached the others are all the same, and the exit code says so."""
    reports = services.mail_sources.check(args.name)
    answer: Answer = {"sources": [_report(report) for report in reports]}
    ill = [report for report in reports if report.problem]
    if not ill:
        return answer
    told = {"code": "not_reached", "message": ill[0].problem}
    code = Refused if all(report.needs_you for report in ill) else Unavailable
    return answer | {"error": told, EXIT: code.exit_code}


HANDLERS: Final[Mapping[str, Callable[[Services, Namespace, Secrets], Answer]]] = {
    "mailbox add": add,
    "mailbox secret": secret,
    "mailbox remove": remove,
    "mailbox list": sources,
    "mailbox check": check,
}


def _asked(*, oauth: bool) -> str:
    return _("Access token of the mailbox: ") if oauth else _("Password of the mailbox: ")


def _iso(at: "datetime | None") -> str | None:
    return None if at is None else at.astimezone(LONDON).isoformat()


def _source(state: SourceState) -> Answer:
    imap, trouble = state.imap, state.trouble
    return {
        "id": state.id,
        "name": state.name,
        "kind": "imap" if imap is not None else "folder",
        "where": state.where,
        "port": imap.port if imap else None,
        "tls": imap.tls.value if imap else None,
        "since": imap.since.isoformat() if imap and imap.since else None,
        "looked_at": _iso(state.looked_at),
        "taken": state.taken,
        "waiting": state.waiting,
        "problem": trouble.reason if trouble else None,
        "not_reached_since": _iso(trouble.since) if trouble and state.unreached else None,
        "left": [{"name": left.name, "reason": left.reason} for left in state.left],
    }


def _report(report: Report) -> Answer:
    return {
        "name": report.name,
        "looked_at": _iso(report.looked_at),
        "new": report.new,
        "duplicate": report.duplicate,
        "refused": report.refused,
        "waiting": report.waiting,
        "problem": report.problem or None,
        "reasons": list(report.reasons),
    }
