"""Agencies from a script: what they owe, levels of need, contacts, helplines, what was shared, the child's voice."""

from argparse import Namespace
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsafe.cli.ending import WrongUse
from schoolsafe.cli.shapes import plain, stamp
from schoolsafe.cli.words_in import clock_time, day, said
from schoolsafe.domain.agency_clock import AgencySettings, DailyMeeting, Stage
from schoolsafe.domain.contact import FACTS
from schoolsafe.domain.helpline import Helpline
from schoolsafe.services.agency import AgencyDue, LevelView
from schoolsafe.services.changes import Changes
from schoolsafe.services.contact import ContactView
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.share_log import ShareLine
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]
_PARTS = 3


def grammar(commands: "Commands") -> None:
    """Adds ``agency``, ``contact``, ``helpline`` and ``share``."""
    agency = commands.add_parser("agency", help=_("what other agencies owe, and the area’s words"))
    what = agency.add_subparsers(dest="what", required=True)
    what.add_parser("due").add_argument("--child")
    what.add_parser("settings")
    _settings_words(what)
    contact = commands.add_parser("contact", help=_("the contact book"))
    what = contact.add_subparsers(dest="what", required=True)
    what.add_parser("list").add_argument("text", nargs="*", default=[], type=said)
    add = what.add_parser("add")
    change = what.add_parser("change")
    change.add_argument("id")
    for one in (add, change):
        for fact in FACTS:
            one.add_argument(f"--{fact.replace('_', '-')}", metavar="TEXT", type=said)
    confirm = what.add_parser("confirm")
    confirm.add_argument("id")
    confirm.add_argument("--on", metavar="DATE")
    what.add_parser("remove").add_argument("id")
    helpline = commands.add_parser(
        "helpline", help=_("the helpline card and how often it was used")
    )
    what = helpline.add_subparsers(dest="what", required=True)
    what.add_parser("list")
    what.add_parser("usage")
    change = what.add_parser("set")
    change.add_argument("--id", default="")
    for fact in ("name", "number", "hours", "about"):
        change.add_argument(f"--{fact}", default="", type=said)
    what.add_parser("remove").add_argument("id")
    share = commands.add_parser("share", help=_("what was shared: every print, export and telling"))
    what = share.add_subparsers(dest="what", required=True)
    listed = what.add_parser("list")
    listed.add_argument("--first", metavar="DATE")
    listed.add_argument("--last", metavar="DATE")
    saved = what.add_parser("csv")
    saved.add_argument("file", metavar="FILE.csv")
    for one in (listed, saved):
        one.add_argument("--child")


def _settings_words(what: "Commands") -> None:
    change = what.add_parser("set", help=_("what is not named stays"))
    change.add_argument(
        "--stage", action="append", metavar="NAME;WHO;WORKING DAYS", type=said,
        help=_("a stage of the escalation route, in order; all of them"),
    )  # fmt: skip
    change.add_argument("--level", action="append", metavar="LEVEL=WORDS", type=said)
    change.add_argument("--meeting", metavar="NAME", type=said, help=_("empty: the area has none"))
    change.add_argument("--meeting-at", metavar="HH:MM")
    change.add_argument("--meeting-grade", action="append", metavar="GRADE AS SENT", type=said)
    change.add_argument("--referral-days", type=int)
    change.add_argument("--minutes-days", type=int)


# what is owed -----------------------------------------------------------------------------------------


def due(services: Services, args: Namespace) -> Answer:
    """What other agencies owe, and the daily meeting within the hour."""
    soon = services.agencies.meeting_soon()
    return {
        "due": [_due(one) for one in services.agencies.due(args.child)],
        "meeting": {
            "name": soon.name,
            "at": stamp(soon.at),
            "children": [{"id": child, "name": name} for child, name in soon.children],
        }
        if soon
        else None,
    }


def _due(one: AgencyDue) -> Answer:
    return {
        "id": one.record,
        "form": one.form,
        "child": one.child,
        "name": one.child_name,
        "words": one.words,
        "urgency": one.urgency.value,
        "due": stamp(one.due),
    }


def settings(services: Services, _args: Namespace) -> Answer:
    """What the school has set, and the usual."""
    found = services.agencies.settings()
    return {
        "stages": plain(found.stages),
        "meeting": {
            "name": found.daily.name,
            "at": found.daily.at.strftime("%H:%M"),
            "grades": list(found.daily.grades),
        }
        if found.daily
        else None,
        "levels": {str(n): services.agencies.level_words(str(n)) for n in range(1, 5)},
        "referral_days": found.referral_days,
        "minutes_days": found.minutes_days,
        "strategy_hours": found.strategy_hours,
    }


def set_settings(services: Services, args: Namespace) -> Answer:
    """Sets what is named; the rest stays."""
    now = services.agencies.settings()
    usual = now.daily or DailyMeeting("", time(11))
    daily = now.daily
    if args.meeting == "":
        daily = None
    elif args.meeting or args.meeting_at or args.meeting_grade:
        daily = DailyMeeting(
            args.meeting or usual.name,
            clock_time(args.meeting_at) if args.meeting_at else usual.at,
            tuple(args.meeting_grade or usual.grades),
        )
    stages = tuple(_stage(words) for words in args.stage) if args.stage else now.stages
    levels = dict(now.levels) | dict(_level(words) for words in args.level or ())
    wanted = AgencySettings(
        stages=stages,
        daily=daily,
        levels=tuple(levels.items()),
        referral_days=args.referral_days or now.referral_days,
        minutes_days=args.minutes_days or now.minutes_days,
        strategy_hours=now.strategy_hours,
    )
    return _saved(services.agencies.set(wanted))


def _stage(words: str) -> Stage:
    parts = [part.strip() for part in words.split(";")]
    if len(parts) != _PARTS or not parts[2].isdecimal():
        message = _("A stage is given as name;who;working days.")
        raise WrongUse(message)
    return Stage(parts[0], parts[1], int(parts[2]))


def _level(words: str) -> tuple[str, str]:
    level, equals, name = words.partition("=")
    if not equals or level not in {"1", "2", "3", "4"}:
        message = _("A level is given as 1=words to 4=words.")
        raise WrongUse(message)
    return level, name


def level(services: Services, args: Namespace) -> Answer:
    """The level of need that held on a date, and the history."""
    on = day(args.on) if args.on else services.desk.now().date()
    child = services.children.show(args.child).id
    found = services.agencies.level_on(child, on)
    history = services.agencies.levels(child)
    return {
        "on": on.isoformat(),
        "level": _level_of(found) if found else None,
        "history": [_level_of(one) for one in history],
    }


def _level_of(one: LevelView) -> Answer:
    return {
        "id": one.record,
        "level": int(one.level),
        "words": one.words,
        "since": one.since.isoformat(),
        "ended": plain(one.ended),
        "why": one.why,
        "plan": one.plan or None,
        "social_worker": one.social_worker or None,
        "review": plain(one.review),
    }


# figures ----------------------------------------------------------------------------------------------


def strategy(services: Services, args: Namespace) -> Answer:
    """Strategy meetings counted."""
    first = day(args.first) if args.first else None
    last = day(args.last) if args.last else None
    return dict(plain(services.agencies.strategy(first=first, last=last)))


def voice(services: Services, _args: Namespace) -> Answer:
    """Who was heard, and every blank."""
    report = services.voices.report()
    found = report.audit
    return {
        "on": found.on.isoformat(),
        "open_cases": found.open_cases,
        "heard_in_30_days": found.heard,
        "heard_percent": found.heard_percent,
        "not_asked_with_reason": found.not_asked,
        "meetings": found.meetings,
        "changed_filled": found.changed,
        "changed_percent": found.changed_percent,
        "silent": [
            {
                "child": one.child,
                "name": one.name,
                "last_heard": plain(one.last),
                "why_not": one.why_not or None,
            }
            for one in report.silent
        ],
        "unchanged": [plain(one) for one in report.unchanged],
    }


# contacts ---------------------------------------------------------------------------------------------


def contact_list(services: Services, args: Namespace) -> Answer:
    """The book, or the lines that hold every word."""
    return {"contacts": [_contact(one) for one in services.contacts.list(" ".join(args.text))]}


def _contact(one: ContactView) -> Answer:
    found: Answer = plain(one.contact)
    return found | {"stale": one.stale}


def _facts(args: Namespace) -> dict[str, str]:
    given = {name: getattr(args, name) for name in FACTS}
    return {name: words for name, words in given.items() if words is not None}


def contact_add(services: Services, args: Namespace) -> Answer:
    """A new line."""
    return _saved(services.contacts.add(_facts(args)))


def contact_change(services: Services, args: Namespace) -> Answer:
    """Other facts of a line."""
    return _saved(services.contacts.change(args.id, _facts(args)))


def contact_confirm(services: Services, args: Namespace) -> Answer:
    """It still holds."""
    return _saved(services.contacts.confirm(args.id, on=day(args.on) if args.on else None))


def contact_remove(services: Services, args: Namespace) -> Answer:
    """Out of the book."""
    return _saved(services.contacts.remove(args.id))


# helplines --------------------------------------------------------------------------------------------


def helpline_list(services: Services, _args: Namespace) -> Answer:
    """The card."""
    return {"helplines": [plain(one) for one in services.helplines.card()]}


def helpline_usage(services: Services, _args: Namespace) -> Answer:
    """How often helplines were rung."""
    found = services.helplines.usage()
    return {"months": dict(found.months), "years": dict(found.years), "total": found.total}


def helpline_set(services: Services, args: Namespace) -> Answer:
    """A helpline as the school has it."""
    known = next((one for one in services.helplines.card() if one.id == args.id), None)
    wanted = Helpline(
        id=args.id,
        name=args.name or (known.name if known else ""),
        number=args.number or (known.number if known else ""),
        hours=args.hours or (known.hours if known else ""),
        about=args.about or (known.about if known else ""),
    )
    return _saved(services.helplines.set(wanted))


def helpline_remove(services: Services, args: Namespace) -> Answer:
    """The school's own line goes."""
    return _saved(services.helplines.remove(args.id))


# what was shared --------------------------------------------------------------------------------------


def share_list(services: Services, args: Namespace) -> Answer:
    """Every print, export, slip and telling."""
    found = services.share_log.list(
        args.child,
        first=day(args.first) if args.first else None,
        last=day(args.last) if args.last else None,
    )
    return {"shares": [_share(one) for one in found]}


def _share(one: ShareLine) -> Answer:
    found: Answer = plain(one)
    return found | {"at": stamp(one.at)}


def share_csv(services: Services, args: Namespace, files: Files) -> Answer:
    """The log as a table."""
    data = services.share_log.csv(args.child)
    files.write_new(Path(args.file), data)
    return {"file": args.file, "bytes": len(data)}


def child_print(services: Services, args: Namespace, files: Files) -> Answer:
    """A child's chronology as PDF; restricted papers only with a reason."""
    child = services.children.show(args.id).id
    why = args.with_restricted or ""
    data = services.printing.chronology(
        child, with_restricted=args.with_restricted is not None, why=why
    )
    files.write_new(Path(args.file), data)
    return {"file": args.file, "bytes": len(data)}


def _saved(changes: Changes) -> Answer:
    return {"entries": [row.hex() for row in changes.rows], "made": list(changes.entities)}


WITH_RECORD: dict[str, Callable[[Services, Namespace], Answer]] = {
    "agency due": due,
    "agency settings": settings,
    "agency set": set_settings,
    "record level": level,
    "report strategy": strategy,
    "report voice": voice,
    "contact list": contact_list,
    "contact add": contact_add,
    "contact change": contact_change,
    "contact confirm": contact_confirm,
    "contact remove": contact_remove,
    "helpline list": helpline_list,
    "helpline usage": helpline_usage,
    "helpline set": helpline_set,
    "helpline remove": helpline_remove,
    "share list": share_list,
}
WITH_FILES: dict[str, Callable[[Services, Namespace, Files], Answer]] = {
    "share csv": share_csv,
    "child print": child_print,
}
"""Those that write a file a person names."""
