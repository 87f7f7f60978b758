"""The grammar of the command line: `docs/cli.md` is its contract. Add freely, rename nothing."""

import argparse
from typing import TYPE_CHECKING

from schoolsafe import __version__
from schoolsafe.cli import (
    action,
    agency,
    conflict,
    family,
    file_record,
    mailbox,
    notify,
    outcome,
    relay,
    report,
    template,
)
from schoolsafe.cli import chronology as chronology_words
from schoolsafe.cli.grammar import Parser
from schoolsafe.cli.words_in import said
from schoolsafe.domain.notification import CloseOutcome, Presence
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

ROLES = (
    "dsl",
    "deputy",
    "head",
    "pastoral",
    "teacher",
    "pshe_lead",
    "office",
    "governor",
    "it_admin",
)
OUTCOMES = tuple(each.value for each in CloseOutcome)
CHOICES = ("tell-and-check-in", "quiet", "ask-first", "not-ours")


def parser() -> "argparse.ArgumentParser":
    """Every command with its words."""
    top = Parser(
        prog="schoolsafe", description=_("SchoolSafe. Without a command the window opens.")
    )
    top.add_argument("--version", action="version", version=f"schoolsafe {__version__}")
    top.add_argument("--home", help=_("the data folder (or SCHOOLSAFE_HOME)"))
    top.add_argument("--json", action="store_true", help=_("one JSON object on standard output"))
    top.add_argument(
        "--passphrase-fd", type=int, metavar="N", help=_("read passphrases from this descriptor")
    )
    top.add_argument("--now", metavar="ISO", help=_("fix the clock; demo and test schools only"))
    top.add_argument("--seat", help=_("which person, where several use this computer"))
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _vault(commands)
    _bring_in(commands)
    _day(commands)
    file_record.grammar(commands)
    action.grammar(commands)
    conflict.grammar(commands)
    agency.grammar(commands)
    relay.grammar(commands)
    notify.grammar(commands)
    mailbox.grammar(commands)
    template.grammar(commands)
    return top


def _vault(commands: "Commands") -> None:
    setup = commands.add_parser("setup", help=_("set up a school"))
    setup.add_argument("--school", required=True)
    setup.add_argument("--urn", required=True)
    setup.add_argument("--person", required=True)
    setup.add_argument("--role", choices=ROLES, required=True)
    setup.add_argument("--device-secret", default="keyring", metavar="keyring|file[:PATH]")
    setup.add_argument(
        "--test-vault", action="store_true", help=_("marked as a test school for ever")
    )
    setup.add_argument("--recovery-sheet", metavar="FILE.pdf")
    commands.add_parser("status", help=_("what is set up, saved and still to do"))
    passphrase = commands.add_parser("passphrase").add_subparsers(dest="what", required=True)
    passphrase.add_parser("change", help=_("old and new, a line each"))
    passphrase.add_parser("recover", help=_("as recover"))
    commands.add_parser("recover", help=_("open with the recovery key, then a new passphrase"))
    recovery = commands.add_parser("recovery").add_subparsers(dest="what", required=True)
    recovery.add_parser("drill", help=_("try the recovery sheet once"))
    recovery.add_parser("renew", help=_("a new recovery key; the old one opens nothing any more"))
    calendar = commands.add_parser("calendar").add_subparsers(dest="what", required=True)
    calendar.add_parser("show").add_argument("--site", default="main")
    days = calendar.add_parser("set")
    days.add_argument("--site", default="main")
    days.add_argument("--start", required=True, metavar="HH:MM")
    days.add_argument("--end", default="15:15", metavar="HH:MM")
    days.add_argument("--term", action="append", default=[], metavar="FROM..TO", nargs="+")
    days.add_argument("--closed", action="append", default=[], metavar="DATE", nargs="+")
    verify = commands.add_parser("verify", help=_("has anything been changed or taken out?"))
    verify.add_argument("--deep", action="store_true")
    commands.add_parser("rebuild", help=_("replay the record into fresh tables"))
    export = commands.add_parser("export").add_subparsers(dest="what", required=True)
    export.add_parser("journal").add_argument("file")
    commands.add_parser("self-test", help=_("try every part of this build"))
    commands.add_parser("doctor", help=_("versions, folders, fonts; no personal data"))
    demo = commands.add_parser("demo", help=_("open the demo school"))
    demo.add_argument("--headless", action="store_true")
    demo.add_argument("--out", default="build/demo", metavar="DIR")
    demo.add_argument("--size", choices=("small", "large"), default="small")
    commands.add_parser("screenshots", help=_("a picture of every screen")).add_argument("dir")


def _bring_in(commands: "Commands") -> None:
    bring = commands.add_parser("import").add_subparsers(dest="what", required=True)
    bring.add_parser("mail").add_argument("file", nargs="+")
    pupils = bring.add_parser("pupils")
    pupils.add_argument("file")
    pupils.add_argument("--apply", action="store_true", help=_("without it nothing is written"))
    pupils.add_argument(
        "--any-destination",
        action="store_true",
        help=_("take a transfer file that was made for another school"),
    )
    calendar = bring.add_parser("calendar")
    calendar.add_argument("file")
    calendar.add_argument("--site", default="main")
    calendar.add_argument("--preview", action="store_true", help=_("nothing is written"))
    calendar.add_argument("--apply", action="store_true", help=_("as without it: it is written"))
    schools = bring.add_parser("schools", help=_("the public register of schools; no passphrase"))
    schools.add_argument("file", metavar="GIAS.csv")
    schools.add_argument("links", nargs="?", metavar="LINKS.csv")
    school = commands.add_parser("school").add_subparsers(dest="what", required=True)
    find = school.add_parser("find", help=_("by name, town, postcode, URN or DfE number"))
    find.add_argument("words", nargs="+", type=said)
    relay.school_grammar(school)


def _day(commands: "Commands") -> None:
    commands.add_parser("today", help=_("what must be done before registration"))
    notice = commands.add_parser("notification").add_subparsers(dest="what", required=True)
    log = notice.add_parser("log", help=_("a phone call; - reads a line from standard input"))
    log.add_argument("--child", required=True, metavar="TEXT|-", type=said)
    log.add_argument("--said", default="", metavar="TEXT|-", type=said)
    log.add_argument("--dob", metavar="DATE")
    log.add_argument("--incident", metavar="ISO")
    log.add_argument("--caller", default="", type=said)
    log.add_argument("--phone", default="", type=said)
    log.add_argument("--reference", default="", type=said)
    log.add_argument("--voice", default="", metavar="TEXT|-", type=said)
    log.add_argument("--presence", choices=[each.value for each in Presence], default="unknown")
    log.add_argument("--pupil", metavar="CHILD", help=_("the pupil, where you know who it is"))
    notice.add_parser("list")
    notice.add_parser("show").add_argument("id")
    decide = notice.add_parser("decide")
    decide.add_argument("id")
    which = decide.add_mutually_exclusive_group(required=True)
    which.add_argument("--line", type=int, metavar="N")
    which.add_argument("--all", action="store_true")
    decide.add_argument("--choice", choices=CHOICES, required=True)
    decide.add_argument("--reason", default="", type=said)
    decide.add_argument("--key-adult", default="", metavar="PERSON", type=said)
    decide.add_argument("--review", metavar="DATE")
    close = notice.add_parser("close")
    close.add_argument("id")
    close.add_argument("--line", type=int, default=1)
    close.add_argument("--outcome", choices=OUTCOMES, default="support_continues")
    close.add_argument("--reason", required=True, type=said)
    reopen = notice.add_parser("reopen")
    reopen.add_argument("id")
    reopen.add_argument("--line", type=int, default=1)
    reopen.add_argument("--reason", required=True, type=said)
    child = commands.add_parser("child").add_subparsers(dest="what", required=True)
    child.add_parser("list").add_argument("text", nargs="?", default="", type=said)
    child.add_parser("show").add_argument("id")
    chronology = child.add_parser("chronology")
    chronology.add_argument("id")
    chronology.add_argument("--as-of", metavar="DATE")
    paper = child.add_parser("print", help=_("the chronology as PDF"))
    paper.add_argument("id")
    paper.add_argument("file", metavar="FILE.pdf")
    paper.add_argument(
        "--with-restricted", metavar="WHY|-", type=said, help=_("restricted papers too, and why")
    )
    family.grammar(commands, child)
    chronology_words.grammar(commands, child)
    report.grammar(commands, notice)
    outcome.grammar(notice)
