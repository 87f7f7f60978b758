"""Runs one command and says how it ended: JSON or sentences, and the exit code of `docs/cli.md`."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from schoolsafe.cli import bringing, day, say_out, vault
from schoolsafe.cli.arguments import WrongUse, parser
from schoolsafe.cli.seams import Outside
from schoolsafe.cli.words_in import Secrets, moment
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

Answer = dict[str, Any]
WRONG_USE = 2

_WITH_RECORD: dict[str, Callable[[Services, Namespace], Answer]] = {
    "today": day.today,
    "notification log": day.notification_log,
    "notification list": day.notification_list,
    "notification show": day.notification_show,
    "notification match": day.notification_match,
    "notification decide": day.notification_decide,
    "notification close": day.notification_close,
    "notification reopen": day.notification_reopen,
    "child list": day.child_list,
    "child show": day.child_show,
    "child chronology": day.child_chronology,
    "fix": day.fix,
    "verify": vault.verify,
    "rebuild": vault.rebuild,
    "calendar show": vault.calendar_show,
    "calendar set": vault.calendar_set,
}


def run(argv: list[str], outside: Outside) -> int:
    """One command, whole. Gives the exit code."""
    try:
        args = parser().parse_args(argv)
    except WrongUse as wrong:
        sys.stderr.write(f"schoolsafe: {wrong}\n")
        return WRONG_USE
    try:
        answer = _answer(args, outside)
    except WrongUse as wrong:
        sys.stderr.write(f"schoolsafe: {wrong}\n")
        return WRONG_USE
    except SchoolSafeError as failed:
        _fail(args, failed)
        return failed.exit_code
    if isinstance(answer, int):
        return answer
    if args.json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    else:
        for sentence in say_out.lines(_name(args), answer):
            sys.stdout.write(sentence + "\n")
    return 0 if answer.get("ok", True) else 5


def _name(args: Namespace) -> str:
    return " ".join(part for part in (args.command, getattr(args, "what", None)) if part)


def _answer(args: Namespace, outside: Outside) -> Answer | int:
    name = _name(args)
    home = outside.home(args.home)
    secrets = Secrets(args.passphrase_fd)
    match name:
        case "" | "window":
            return outside.window(home, None)
        case "self-test":
            return outside.self_test()
        case "doctor":
            return vault.doctor(home)
        case "demo":
            return outside.demo(args)
        case "screenshots":
            return outside.screenshots(args.dir)
        case _:
            return _with_school(name, args, outside, secrets)


def _with_school(name: str, args: Namespace, outside: Outside, secrets: Secrets) -> Answer:
    entrance = outside.entrance(outside.home(args.home))
    match name:
        case "setup":
            return vault.setup(entrance, args, secrets, outside.files)
        case "passphrase change":
            old = secrets.next(_("Passphrase now: "))
            entrance.change_passphrase(old, secrets.new(_("New passphrase: ")), seat=args.seat)
            return {"changed": True}
        case "recover":
            key = secrets.next(_("Recovery key: "))
            return {
                "recovery_key": entrance.recover(
                    key, secrets.new(_("New passphrase: ")), seat=args.seat
                )
            }
        case "recovery drill":
            passphrase = secrets.next(_("Passphrase: "))
            entrance.drill(passphrase, secrets.next(_("Recovery key: ")), seat=args.seat)
            return {"drilled": True}
        case "status" if not secrets.available() or not entrance.seats():
            return vault.locked_status(entrance)
        case _:
            return _unlocked(name, args, outside, secrets)


def _unlocked(name: str, args: Namespace, outside: Outside, secrets: Secrets) -> Answer:
    entrance = outside.entrance(outside.home(args.home))
    now = moment(args.now) if args.now else None
    passphrase = secrets.next(_("Passphrase: "))
    with entrance.open(passphrase, seat=args.seat, now=now) as opened:
        match name:
            case "status":
                return vault.status(opened)
            case "import mail":
                return bringing.mail(opened.services, args, outside.files)
            case "import pupils":
                return bringing.pupils(opened.services, args, outside.files)
            case "export journal":
                return vault.export_journal(opened.services, args, outside.files)
            case _:
                return _WITH_RECORD[name](opened.services, args)


def _fail(args: Namespace, failed: SchoolSafeError) -> None:
    sentence = str(failed)
    if args.json:
        error = {"error": {"code": failed.code, "message": sentence}}
        sys.stdout.write(json.dumps(error, ensure_ascii=False) + "\n")
    sys.stderr.write(f"{sentence}\n")
