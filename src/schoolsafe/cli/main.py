"""Runs one command and says how it ended: JSON or sentences, and the exit code of `docs/cli.md`."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from schoolsafe.cli import (
    action,
    agency,
    bringing,
    chronology,
    conflict,
    day,
    family,
    file_record,
    mailbox,
    notify,
    outcome,
    passphrase,
    relay,
    report,
    say_out,
    template,
    vault,
)
from schoolsafe.cli.arguments import parser
from schoolsafe.cli.ending import EXIT, NOT_WELL, Fault, WrongUse, ended, error, where
from schoolsafe.cli.plain_out import one_line, plain_out
from schoolsafe.cli.registers import find_schools, import_calendar, import_schools
from schoolsafe.cli.seams import Outside
from schoolsafe.cli.words_in import Secrets, moment
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.entrance import Entrance
from schoolsafe.services.establishment import Establishments
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

Answer = dict[str, Any]
WRONG_USE = 2

_WITH_KEYS: dict[str, Callable[[Entrance, Namespace, Secrets], Answer]] = {
    "passphrase change": passphrase.change,
    "passphrase recover": passphrase.recover,
    "recover": passphrase.recover,
    "recovery drill": passphrase.drill,
    "recovery renew": passphrase.renew,
}
_WITH_FILES: dict[str, Callable[[Services, Namespace, Files], Answer]] = {
    "import mail": bringing.mail,
    "import pupils": bringing.pupils,
    "import calendar": import_calendar,
    "export journal": vault.export_journal,
    **report.WITH_FILES,
    **agency.WITH_FILES,
    **chronology.WITH_FILES,
    **relay.WITH_FILES,
    **template.WITH_FILES,
}
_WITH_REGISTER: dict[str, Callable[[Establishments, Namespace, Files], Answer]] = {
    "import schools": import_schools,
    "school find": find_schools,
}
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
    "record forms": file_record.forms,
    "record add": file_record.add,
    "record list": file_record.listed,
    "record show": file_record.show,
    "record update": file_record.update,
    "record withdraw": file_record.withdraw,
    "fix": day.fix,
    "verify": vault.verify,
    "rebuild": vault.rebuild,
    "calendar show": vault.calendar_show,
    "calendar set": vault.calendar_set,
    **report.WITH_RECORD,
    **action.WITH_RECORD,
    **conflict.WITH_RECORD,
    **agency.WITH_RECORD,
    **chronology.WITH_RECORD,
    **family.WITH_RECORD,
    **outcome.WITH_RECORD,
    **template.WITH_RECORD,
    **relay.WITH_RECORD,
}


def run(argv: list[str], outside: Outside) -> int:
    """One command, whole. Gives the exit code."""
    plain_out()
    try:
        args = parser().parse_args(argv)
    except WrongUse as wrong:
        return _wrong_use(wrong, json_wanted="--json" in argv)
    try:
        answer = _answer(args, outside)
    except WrongUse as wrong:
        return _wrong_use(wrong, json_wanted=args.json)
    except SchoolSafeError as failed:
        _fail(args, failed)
        return failed.exit_code
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as fault:  # noqa: BLE001  # a traceback's last line may hold a child's name: nobody prints it
        _fail(args, Fault(where=where(fault)))
        return Fault.exit_code
    return answer if isinstance(answer, int) else _say(args, answer)


def _say(args: Namespace, answer: Answer) -> int:
    code = answer.pop(EXIT, 0)
    if args.json:
        sys.stdout.write(json.dumps(answer) + "\n")
    else:
        for sentence in say_out.lines(_name(args), answer):
            sys.stdout.write(one_line(sentence) + "\n")
    sys.stdout.flush()  # a reader that went away is noticed here, not while the program ends
    if "error" in answer:
        sys.stderr.write(one_line(answer["error"]["message"]) + "\n")
    return int(code)


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
            return ended(outside.self_test(), ok_code=NOT_WELL)
        case "doctor":
            return vault.doctor(home, outside.about())
        case "demo":
            return outside.demo(args)
        case "screenshots":
            return outside.screenshots(args.dir)
        case _:
            return _with_school(name, args, outside, secrets)


def _with_school(name: str, args: Namespace, outside: Outside, secrets: Secrets) -> Answer:
    if args.command == "notify":
        return notify.run(args, outside, secrets)
    entrance = outside.entrance(outside.home(args.home))
    if name == "setup":
        return vault.setup(entrance, args, secrets, outside.files)
    if name in _WITH_REGISTER:
        register = outside.entrance(outside.home(args.home)).establishments()
        return _WITH_REGISTER[name](register, args, outside.files)
    if name in _WITH_KEYS:
        return _WITH_KEYS[name](entrance, args, secrets)
    if name == "status" and not (secrets.available() and entrance.seats()):
        return vault.locked_status(entrance, args.seat)
    return _unlocked(name, args, outside, secrets)


def _unlocked(name: str, args: Namespace, outside: Outside, secrets: Secrets) -> Answer:
    entrance = outside.entrance(outside.home(args.home))
    now = moment(args.now) if args.now else None
    with entrance.open(secrets.next(_("Passphrase: ")), seat=args.seat, now=now) as opened:
        match name:
            case "status":
                return vault.status(opened)
            case _ if name in mailbox.HANDLERS:
                return mailbox.HANDLERS[name](opened.services, args, secrets)
            case _ if name in _WITH_FILES:
                return _WITH_FILES[name](opened.services, args, outside.files)
            case _:
                return _WITH_RECORD[name](opened.services, args)


def _fail(args: Namespace, failed: SchoolSafeError) -> None:
    if args.json:
        sys.stdout.write(json.dumps(error(failed)) + "\n")
    sys.stderr.write(one_line(str(failed)) + "\n")


def _wrong_use(wrong: WrongUse, *, json_wanted: bool) -> int:
    if json_wanted:
        told = {"code": "wrong_use", "message": str(wrong)}
        sys.stdout.write(json.dumps({"error": told}) + "\n")
    sys.stderr.write(f"schoolsafe: {one_line(str(wrong))}\n")
    return WRONG_USE
