"""Records of a child's file that have a form, from a script: what can be asked, add, list, add to, withdraw."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from schoolsafe.cli.ending import WrongUse
from schoolsafe.cli.shapes import stamp
from schoolsafe.cli.words_in import said
from schoolsafe.domain.entry import Value
from schoolsafe.domain.file_form import Ask, FileForm
from schoolsafe.domain.file_forms import FORMS
from schoolsafe.services.changes import Changes
from schoolsafe.services.file_record import FileRecordView, form_of
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]


def grammar(commands: "Commands") -> None:
    """Adds ``record`` and its words."""
    record = commands.add_parser("record", help=_("referrals, meetings and the like"))
    what = record.add_subparsers(dest="what", required=True)
    what.add_parser("forms")
    add_one = what.add_parser("add")
    add_one.add_argument("--form", required=True)
    add_one.add_argument("--child", default="", help=_("not needed for a call for advice"))
    add_one.add_argument("--set", action="append", default=[], metavar="FIELD=WORDS", type=said)
    add_one.add_argument("--significant", action="store_true")
    level = what.add_parser("level", help=_("the level of need that held on a date"))
    level.add_argument("--child", required=True)
    level.add_argument("--on", metavar="DATE")
    list_some = what.add_parser("list")
    list_some.add_argument("--child", required=True)
    list_some.add_argument("--form")
    what.add_parser("show").add_argument("id")
    more = what.add_parser("update")
    more.add_argument("id")
    more.add_argument("--set", action="append", default=[], metavar="FIELD=WORDS", type=said)
    more.add_argument("--reason", type=said)
    gone = what.add_parser("withdraw")
    gone.add_argument("id")
    gone.add_argument("--reason", required=True, type=said)


def forms(_services: Services, _args: Namespace) -> Answer:
    """Every kind of record with its questions."""
    return {"forms": [_form(form) for form in FORMS]}


def add(services: Services, args: Namespace) -> Answer:
    """A new record in a child's file."""
    form = form_of(args.form)
    values = _answers(form, args.set)
    changes = services.file_records.add(form.name, args.child, values, significant=args.significant)
    return _saved(changes)


def listed(services: Services, args: Namespace) -> Answer:
    """A child's records, the newest first."""
    kinds = (args.form,) if args.form else ()
    return {"records": [_record(view) for view in services.file_records.of(args.child, *kinds)]}


def show(services: Services, args: Namespace) -> Answer:
    """One record."""
    return _record(services.file_records.get(args.id))


def update(services: Services, args: Namespace) -> Answer:
    """Later answers of a record."""
    found = services.file_records.get(args.id)
    values = _answers(found.form, args.set)
    return _saved(services.file_records.update(args.id, values, why=args.reason or ""))


def withdraw(services: Services, args: Namespace) -> Answer:
    """Takes a record out of the file, with the reason."""
    return _saved(services.file_records.withdraw(args.id, why=args.reason))


def _answers(form: FileForm, given: Sequence[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    known = {question.field: question for question in form.all_questions}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or name not in known:
            message = _("Answers are given as field=words. The fields are: {fields}.")
            raise WrongUse(message.format(fields=", ".join(known)))
        number = known[name].ask is Ask.NUMBER and value.isdecimal()
        values[name] = int(value) if number else value
    return values


def _form(form: FileForm) -> Answer:
    return {
        "form": form.name,
        "words": _(form.words),
        "restricted": form.restricted,
        "questions": [
            {
                "field": q.field,
                "words": _(q.words),
                "ask": q.ask.value,
                "choices": [key for key, _words in q.choices],
                "needed": bool(q.needed),
                "later": q.later,
            }
            for q in form.all_questions
        ],
    }


def _record(view: FileRecordView) -> Answer:
    asked = {question.field for question in view.form.all_questions}
    values: Mapping[str, Value] = {k: v for k, v in view.values.items() if k in asked}
    return {
        "id": view.id,
        "form": view.form.name,
        "child": view.child,
        "happened": stamp(view.happened),
        "written": stamp(view.written),
        "author": view.author,
        "values": dict(values),
        "conflicts": list(view.conflicts),
    }


def _saved(changes: Changes) -> Answer:
    return {"entries": [row.hex() for row in changes.rows], "made": list(changes.entities)}
