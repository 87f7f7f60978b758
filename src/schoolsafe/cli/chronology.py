"""Commands of a child's chronology: what to see of it, entries, files of entries, and the rules about patterns."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsafe.cli.ending import WrongUse
from schoolsafe.cli.shapes import plain, stamp
from schoolsafe.cli.words_in import day, moment, said
from schoolsafe.domain.chronology import EntryKind, PromptRule, Significance
from schoolsafe.services.attachment import FILE_BYTES, FileToAdd
from schoolsafe.services.changes import Changes
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.desk import LONDON
from schoolsafe.services.original import Attached
from schoolsafe.services.pattern import RuleForm
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]
_DAY_LETTERS = len("2026-11-07")


def grammar(commands: "Commands", child: "Commands") -> None:
    """Adds the words of these commands."""
    shown = child.choices["chronology"]
    shown.add_argument("--since", metavar="DATE|meeting", help=_("or since the last meeting"))
    shown.add_argument("--significant", action="store_true")
    shown.add_argument(
        "--kind", action="append", default=[], help=_("of entry, or a group of them")
    )
    shown.add_argument("--find", default="", metavar="TEXT|-", type=said)
    entry = commands.add_parser("entry").add_subparsers(dest="what", required=True)
    _entry_words(entry.add_parser("add", help=_("an entry, also of a day that has been")))
    fix = commands.add_parser("fix", help=_("correct an entry; the old words stay"))
    fix.add_argument("entry")
    fix.add_argument("--text", required=True, type=said)
    fix.add_argument("--reason", required=True, type=said)
    fix.add_argument("--field", default="", help=_("which words, such as child_words or action"))
    attach = commands.add_parser("attach", help=_("files to an entry, kept byte for byte"))
    attach.add_argument("entry")
    attach.add_argument("file", nargs="+")
    attach.add_argument("--reason", default="", type=said)
    listed = commands.add_parser("attachments", help=_("the files of a child’s entries"))
    listed.add_argument("child")
    one = commands.add_parser("attachment").add_subparsers(dest="what", required=True)
    show = one.add_parser("show", help=_("a file as words, read in a process of its own"))
    copy = one.add_parser("copy", help=_("a copy outside; it is put on record"))
    for each in (show, copy):
        each.add_argument("entry")
        each.add_argument("sha256")
    copy.add_argument("file")
    copy.add_argument("--reason", required=True, type=said)
    rules = commands.add_parser("rules", help=_("which patterns the school is asked about"))
    _rule_words(rules.add_subparsers(dest="what", required=True))


def _entry_words(add: Any) -> None:
    add.add_argument("--child", required=True)
    add.add_argument("--kind", choices=[each.value for each in EntryKind], required=True)
    add.add_argument("--said", required=True, metavar="TEXT|-", type=said)
    add.add_argument("--happened", metavar="ISO", help=_("a day, or a day and a time"))
    for name in ("title", "child-words", "present", "place", "action", "outcome"):
        add.add_argument(f"--{name}", default="", metavar="TEXT|-", type=said)
    add.add_argument("--significant", action="store_true")


def _rule_words(what: "Commands") -> None:
    what.add_parser("show")
    change = what.add_parser("set", help=_("a rule that is not there becomes the school’s own"))
    change.add_argument("rule")
    state = change.add_mutually_exclusive_group()
    state.add_argument("--on", action="store_true", default=None)
    state.add_argument("--off", dest="on", action="store_false", default=None)
    change.add_argument("--n", type=int)
    change.add_argument("--days", type=int)
    for name in ("grade", "kind", "before", "word"):
        change.add_argument(f"--{name}", action="append", metavar="WORD", type=said)
    change.add_argument("--name", type=said)
    what.add_parser("remove").add_argument("rule")


def wanted(args: Namespace) -> dict[str, Any]:
    """What `child chronology` was asked to show."""
    met = args.since == "meeting"
    return {
        "as_of": day(args.as_of) if args.as_of else None,
        "since": day(args.since) if args.since and not met else None,
        "since_meeting": met,
        "significant": args.significant,
        "kinds": tuple(args.kind),
        "words": args.find,
    }


def entry_add(services: Services, args: Namespace) -> Answer:
    """An entry; when it was written is kept beside when it happened."""
    happened = moment(args.happened) if args.happened else None
    day_only = bool(args.happened) and len(args.happened) <= _DAY_LETTERS
    form = EntryForm(
        args.child,
        EntryKind(args.kind),
        args.said,
        happened=happened.astimezone(LONDON) if happened else None,
        day_only=day_only,
        title=args.title,
        child_words=args.child_words,
        present=args.present,
        place=args.place,
        action=args.action,
        outcome=args.outcome,
        significance=Significance.SIGNIFICANT if args.significant else Significance.ROUTINE,
    )
    changes = services.chronologies.add(form)
    return {"id": changes.entities[0]} | _saved(changes)


def attach(services: Services, args: Namespace, files: Files) -> Answer:
    """Files to an entry."""
    read = [
        FileToAdd(Path(one).name, files.read(Path(one), limit_bytes=FILE_BYTES))
        for one in args.file
    ]
    return _saved(services.attachments.add(args.entry, read, why=args.reason)) | {
        "files": [_file(one) for one in services.attachments.of(args.entry)]
    }


def attachments(services: Services, args: Namespace) -> Answer:
    """Every file of a child's entries, and whether it is whole here."""
    entries = services.chronologies.show(args.child).entries
    return {
        "attachments": [
            {"entry": entry.id, "kind": entry.kind} | _file(one)
            for entry in entries
            for one in entry.attached
        ]
    }


def attachment_show(services: Services, args: Namespace) -> Answer:
    """A file as words; how many pages are pictures."""
    shown = services.attachments.preview(args.entry, args.sha256)
    return {"texts": list(shown.texts), "pictures": len(shown.pages)}


def attachment_copy(services: Services, args: Namespace, files: Files) -> Answer:
    """A copy outside; the log holds who took it and why before it is written."""
    data = services.attachments.copy_out(args.entry, args.sha256, reason=args.reason)
    files.write_new(Path(args.file), data)
    return {"file": args.file}


def rules_show(services: Services, _args: Namespace) -> Answer:
    """Every rule, those that ship first."""
    return {"rules": [rule_shape(rule) for rule in services.patterns.list()]}


def rules_set(services: Services, args: Namespace) -> Answer:
    """Sets one rule."""
    form = RuleForm(
        on=args.on,
        n=args.n,
        days=args.days,
        grades=_words(args.grade),
        kinds=_words(args.kind),
        before=_words(args.before),
        looked_for=_words(args.word),
        name=args.name,
    )
    if form == RuleForm():
        raise WrongUse(_("Say what to set of the rule, such as --on or --days 60."))
    return _saved(services.patterns.set(args.rule, form))


def rules_remove(services: Services, args: Namespace) -> Answer:
    """Takes a rule of the school's own away."""
    return _saved(services.patterns.remove(args.rule))


def rule_shape(rule: PromptRule) -> Answer:
    """A rule, with the sentence it says itself in."""
    return {
        "id": rule.id,
        "on": rule.on,
        "words": rule.words,
        "pattern": rule.pattern.value,
        "n": rule.n,
        "days": rule.days,
        "grades": sorted(rule.grades),
        "kinds": sorted(rule.kinds),
        "before": sorted(rule.before),
        "looked_for": list(rule.looked_for),
    }


def _words(given: list[str] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(word for word in given if word)


def _file(one: Attached) -> Answer:
    return {
        "name": one.name,
        "mime": one.mime,
        "size": one.size,
        "sha256": one.sha256,
        "whole": one.whole,
        "parts": one.parts,
        "missing": one.missing,
        "added": stamp(one.at),
        "by": plain(one.by),
        "why": one.why or None,
    }


def _saved(changes: Changes) -> Answer:
    return {"entries": [row.hex() for row in changes.rows], "made": list(changes.entities)}


WITH_RECORD: dict[str, Callable[[Services, Namespace], Answer]] = {
    "entry add": entry_add,
    "attachments": attachments,
    "attachment show": attachment_show,
    "rules show": rules_show,
    "rules set": rules_set,
    "rules remove": rules_remove,
}
WITH_FILES: dict[str, Callable[[Services, Namespace, Files], Answer]] = {
    "attach": attach,
    "attachment copy": attachment_copy,
}
