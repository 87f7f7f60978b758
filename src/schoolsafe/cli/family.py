"""A child's family from a script: what can be asked, show, add, change, take out; two records of one pupil."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from schoolsafe.cli import shapes
from schoolsafe.cli.ending import WrongUse
from schoolsafe.cli.words_in import said
from schoolsafe.domain import family as rules
from schoolsafe.domain.entry import Value
from schoolsafe.domain.family_forms import ABOUT_BABY, FORMS
from schoolsafe.services.changes import Changes
from schoolsafe.services.family_view import FamilyView, HomeView, PersonView
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]


def grammar(commands: "Commands", child: "Commands") -> None:
    """Adds ``family``, and two words of ``child``."""
    what = commands.add_parser("family", help=_("people, homes, who must not collect"))
    words = what.add_subparsers(dest="what", required=True)
    words.add_parser("forms")
    words.add_parser("show").add_argument("--child", required=True)
    adding = words.add_parser("add")
    adding.add_argument("--form", required=True, choices=sorted(FORMS.keys() - ABOUT_BABY))
    adding.add_argument("--child", required=True)
    _set(adding)
    baby = words.add_parser("baby", help=_("the referral decision, the birth, or why it is closed"))
    baby.add_argument("id")
    baby.add_argument("--form", required=True, choices=sorted(ABOUT_BABY))
    baby.add_argument("--child", required=True)
    _set(baby)
    other = words.add_parser("change")
    other.add_argument("id")
    other.add_argument("--child", required=True)
    _set(other)
    gone = words.add_parser("withdraw")
    gone.add_argument("id")
    gone.add_argument("--child", required=True)
    gone.add_argument("--reason", required=True, type=said)
    pair = words.add_parser("sibling", help=_("another pupil of this family"))
    pair.add_argument("--child", required=True)
    pair.add_argument("--other", required=True)
    pair.add_argument("--relationship", choices=sorted(rules.SIBLINGS), default="sibling")
    where = words.add_parser("address", help=_("a confidential address; looking is logged"))
    where.add_argument("id")  # not --home: that is the data folder
    where.add_argument("--child", required=True)
    named = words.add_parser("named", help=_("whether a name stands in the file"))
    named.add_argument("--child", required=True)
    named.add_argument("--name", required=True, type=said)
    free = words.add_parser("unprotect", help=_("ends a protected identity"))
    free.add_argument("--child", required=True)
    free.add_argument("--reason", required=True, type=said)
    same = child.add_parser("same", help=_("two records of one pupil: read as one"))
    same.add_argument("id")
    same.add_argument("other")
    same.add_argument("--reason", required=True, type=said)
    apart = child.add_parser("notsame", help=_("two pupils after all"))
    apart.add_argument("id")
    apart.add_argument("--reason", required=True, type=said)


def _set(parser: Any) -> None:
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=WORDS", type=said)


def forms(_services: Services, _args: Namespace) -> Answer:
    """What is asked, form by form."""
    return {
        "forms": [
            {
                "form": name,
                "words": _(form.words),
                "questions": [
                    {
                        "field": q.field,
                        "words": _(q.words),
                        "ask": q.ask.value,
                        "choices": [key for key, _words in q.choices],
                        "needed": bool(q.needed),
                    }
                    for q in form.questions
                ],
            }
            for name, form in FORMS.items()
        ]
    }


def show(services: Services, args: Namespace) -> Answer:
    """The family; a confidential address is never part of it."""
    return _shape(services.families.show(args.child))


def add(services: Services, args: Namespace) -> Answer:
    """One person, home, couple, bar or expected baby."""
    form = services.families.form(args.form, args.child)
    values = _values(args.set, [q.field for q in form.questions])
    return _saved(services.families.add(args.form, args.child, values))


def baby(services: Services, args: Namespace) -> Answer:
    """What is said of an expected baby."""
    values = _values(args.set, [q.field for q in FORMS[args.form].questions])
    return _saved(services.families.about_baby(args.form, args.child, args.id, values))


def change(services: Services, args: Namespace) -> Answer:
    """Other answers."""
    fields = [q.field for form in FORMS.values() for q in form.questions]
    return _saved(services.families.change(args.child, args.id, _values(args.set, fields)))


def withdraw(services: Services, args: Namespace) -> Answer:
    """Takes something out, with the reason."""
    return _saved(services.families.withdraw(args.child, args.id, why=args.reason))


def sibling(services: Services, args: Namespace) -> Answer:
    """Two pupils of one family."""
    return _saved(services.families.link_sibling(args.child, args.other, args.relationship))


def address(services: Services, args: Namespace) -> Answer:
    """An address; that it was asked for is on record first."""
    return {"home": args.id, "address": services.families.address(args.child, args.id)}


def named(services: Services, args: Namespace) -> Answer:
    """Where a name stands in a file."""
    found = services.families.named(args.child, args.name)
    return {"named": [shapes.plain(one) for one in found]}


def unprotect(services: Services, args: Namespace) -> Answer:
    """Ends a protected identity."""
    return _saved(services.protected_identities.end(args.child, why=args.reason))


def same(services: Services, args: Namespace) -> Answer:
    """Two records of one pupil."""
    return _saved(services.duplicates.same(args.id, args.other, why=args.reason))


def not_same(services: Services, args: Namespace) -> Answer:
    """Two pupils after all."""
    return _saved(services.duplicates.not_same(args.id, why=args.reason))


def _values(given: Sequence[str], fields: Sequence[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or name not in fields:
            message = _("Answers are given as field=words. The fields are: {fields}.")
            raise WrongUse(message.format(fields=", ".join(dict.fromkeys(fields))))
        values[name] = value
    return values


def _shape(view: FamilyView) -> Answer:
    return {
        "child": shapes.child(view.child),
        "together": [shapes.child(one) for one in view.together],
        "people": [_person(one) for one in view.people],
        "homes": [_home(one) for one in view.homes],
        "couples": [shapes.plain(one) for one in view.couples],
        "must_not": [shapes.plain(one) for one in view.bars],
        "may_be_siblings": [
            {"child": one.child.id, "name": one.child.name, "reason": one.reason}
            for one in view.offers
        ],
        "protected": shapes.plain(view.protection) if view.protection else None,
        "named": [shapes.plain(one) for one in view.named],
        "gate_knows": view.gate_knows,
        "drawing": view.drawing.words,
    }


def _person(one: PersonView) -> Answer:
    return {
        "id": one.id,
        "name": one.name,
        "relationship": one.relationship,
        "pupil": one.pupil is not None,
        "expected": one.baby.value if one.baby else None,
        "due": one.due.isoformat() if one.due else None,
        "homes": list(one.homes),
        "values": dict(one.values),
        "conflicts": list(one.conflicts),
    }


def _home(one: HomeView) -> Answer:
    return {
        "id": one.id,
        "kind": one.kind,
        "address": one.address or None,
        "confidential": one.confidential,
        "people": [shapes.plain(stay) for stay in one.people],
        "values": dict(one.values),
        "conflicts": list(one.conflicts),
    }


def _saved(changes: Changes) -> Answer:
    return {"entries": [row.hex() for row in changes.rows], "made": list(changes.entities)}


WITH_RECORD: Final[dict[str, Callable[[Services, Namespace], Answer]]] = {
    "family forms": forms,
    "family show": show,
    "family add": add,
    "family baby": baby,
    "family change": change,
    "family withdraw": withdraw,
    "family sibling": sibling,
    "family address": address,
    "family named": named,
    "family unprotect": unprotect,
    "child same": same,
    "child notsame": not_same,
}
