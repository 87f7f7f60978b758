"""Commands of protocol cards, the rota, notices that never came, and the monthly letter to the force."""

import tomllib
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsafe.cli import shapes
from schoolsafe.cli.words_in import day, said
from schoolsafe.domain.lateness import VALUES, Figures, month_of
from schoolsafe.domain.notification import Step
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes
from schoolsafe.services.cover import CoverView, KeyAdult
from schoolsafe.services.expected_notice import ExpectedForm, ExpectedView
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.protocol_card import CardUnreadable, CardView, card_of
from schoolsafe.services.report import ForceLetter
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.cli.grammar import Commands

Answer = dict[str, Any]
CARD_BYTES = 64 * 1024


class LetterSuffix(Refused):
    """The letter is written as .pdf or .csv."""


def grammar(commands: "Commands", notice: "Commands") -> None:
    """Adds the words of these commands."""
    report = commands.add_parser("report").add_subparsers(dest="what", required=True)
    force = report.add_parser("force", help=_("the month's letter to the force, in counts"))
    force.add_argument("--month", required=True, metavar="YYYY-MM")
    force.add_argument("--out", metavar="FILE.pdf|FILE.csv")
    force.add_argument("--exact", action="store_true", help=_("for the school's own eyes only"))
    report.add_parser("voice", help=_("where the child’s voice is missing"))
    strategy = report.add_parser("strategy", help=_("hours to convene, attendance, minutes"))
    strategy.add_argument("--first", metavar="DATE")
    strategy.add_argument("--last", metavar="DATE")
    _card_words(commands)
    _cover_words(commands)
    _expected_words(commands)
    notice.choices["decide"].add_argument("--against-card", metavar="REASON|-", type=said)
    step = notice.add_parser("step", help=_("what was done after the decision"))
    step.add_argument("id")
    step.add_argument("--line", type=int, required=True, metavar="N")
    step.add_argument("--step", choices=[each.value for each in Step], required=True)
    step.add_argument("--said", default="", metavar="TEXT|-", type=said)
    step.add_argument("--child-words", default="", metavar="TEXT|-", type=said)
    step.add_argument("--asked", default="", metavar="TEXT|-", type=said)
    step.add_argument("--not-asked", default="", metavar="WHY|-", type=said)
    step.add_argument("--against-card", metavar="REASON|-", type=said)


def _card_words(commands: "Commands") -> None:
    card = commands.add_parser("protocol-card").add_subparsers(dest="what", required=True)
    card.add_parser("list")
    for name in ("show", "use", "put-away"):
        card.add_parser(name).add_argument("id")
    save = card.add_parser("save", help=_("the school's own card, from a file"))
    save.add_argument("file", metavar="FILE.toml")


def _cover_words(commands: "Commands") -> None:
    cover = commands.add_parser("cover").add_subparsers(dest="what", required=True)
    cover.add_parser("show")
    add = cover.add_parser("add")
    add.add_argument("--name", required=True, type=said)
    add.add_argument("--first", required=True, metavar="DATE")
    add.add_argument("--last", metavar="DATE")
    add.add_argument("--phone", default="", type=said)
    cover.add_parser("remove").add_argument("id")
    contact = cover.add_parser("contact", help=_("how the police reach the school"))
    contact.add_argument("--inbox", default="", type=said)
    contact.add_argument("--phone", default="", type=said)
    contact.add_argument(
        "--adult",
        action="append",
        default=[],
        metavar="NAME;ROLE;PHONE;TRAINED",
        type=said,
        help=_("a key adult; what is not known may be left out"),
    )
    confirm = cover.add_parser("confirm", help=_("gone through with the police"))
    confirm.add_argument("--with", dest="confirmed_with", default="", type=said)
    confirm.add_argument("--on", metavar="DATE")
    cover.add_parser("print").add_argument("file", metavar="FILE.pdf")


def _expected_words(commands: "Commands") -> None:
    expected = commands.add_parser("expected").add_subparsers(dest="what", required=True)
    add = expected.add_parser("add", help=_("a notice that should have come and did not"))
    add.add_argument("--child", required=True, metavar="CHILD")
    add.add_argument("--incident", required=True, metavar="DATE")
    add.add_argument("--learned", required=True, metavar="TEXT|-", type=said)
    listed = expected.add_parser("list")
    listed.add_argument("--child", metavar="CHILD")
    chase = expected.add_parser("chase")
    chase.add_argument("id")
    for one in (add, chase):
        one.add_argument("--chased", default="", metavar="TEXT|-", type=said)
        one.add_argument("--outcome", default="", metavar="TEXT|-", type=said)


# the letter ---------------------------------------------------------------------------------------


def force(services: Services, args: Namespace, files: Files) -> Answer:
    """The month's letter; with ``--out`` also as a file."""
    month = month_of(args.month)
    answer = letter(services.reports.letter(month))
    if args.exact:
        answer["exact"] = exact(services.reports.figures(month))
    if args.out:
        path = Path(args.out)
        made = {".pdf": services.reports.force_pdf, ".csv": services.reports.force_csv}
        write = made.get(path.suffix.casefold())
        if write is None:
            raise LetterSuffix
        files.write_new(path, write(month))
        answer["file"] = str(path)
    return answer


def letter(found: ForceLetter) -> Answer:
    """The letter's counts: a number, "fewer_than_5" or "not_shown"."""
    counts = found.counts
    return {
        "month": found.month.strftime("%Y-%m"),
        "to": found.to or None,
        "notifications": counts.total.value,
        "in_time": counts.in_time.value,
        "in_time_in_holiday": counts.in_holiday.value,
        "late": counts.late.value,
        "late_same_day": counts.late_same_day.value,
        "late_by_school_days": counts.late_by_days.value,
        "unknown": counts.unknown.value,
        "weeks": [
            {
                "first": first.isoformat(),
                "last": last.isoformat(),
                "notifications": every.value,
                "late": late.value,
            }
            for (first, last), (every, late) in zip(found.weeks, counts.weeks, strict=True)
        ],
        "late_school_days": list(found.late_days) if found.late_days else None,
        "missing": {name: one.value for name, one in found.missing},
        "wrong_school": found.wrong_school.value,
        "expected_not_received": found.expected_not_received.value,
        "median_received_to_opened_minutes": found.median_minutes,
    }


def exact(found: Figures) -> Answer:
    """The counts as they are. They do not leave the school."""
    return {
        "notifications": found.total,
        "timeliness": {value.value: found.by_value(value) for value in VALUES},
        "weeks": [
            {"first": week.first.isoformat(), "last": week.last.isoformat(), "all": week.total}
            | {value.value: week.counts[value] for value in VALUES}
            for week in found.weeks
        ],
        "late_school_days": list(found.late_days),
        "missing": found.missing,
        "wrong_school": found.wrong_school,
        "expected_not_received": found.expected_not_received,
        "opened": found.opened,
        "median_received_to_opened_minutes": found.median_minutes,
    }


# protocol cards -----------------------------------------------------------------------------------


def card_list(services: Services, _args: Namespace) -> Answer:
    """Every card, those in use first."""
    return {
        "cards": [
            {"id": v.card.id, "area": v.card.area, "in_use": v.in_use, "own": v.own}
            for v in services.protocol_cards.list()
        ]
    }


def card_show(services: Services, args: Namespace) -> Answer:
    """One card, whole."""
    return _card(services.protocol_cards.show(args.id))


def card_use(services: Services, args: Namespace) -> Answer:
    """The school goes by it from now on."""
    return _saved(services.protocol_cards.use(args.id))


def card_put_away(services: Services, args: Namespace) -> Answer:
    """The school does not go by it any more."""
    return _saved(services.protocol_cards.put_away(args.id))


def card_save(services: Services, args: Namespace, files: Files) -> Answer:
    """The school's own card from a file."""
    data = files.read(Path(args.file), limit_bytes=CARD_BYTES)
    try:
        card = card_of(tomllib.loads(data.decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        detail = _("it is no TOML file")
        raise CardUnreadable(detail=detail) from None
    return {"id": card.id} | _saved(services.protocol_cards.save(card))


def _card(view: CardView) -> Answer:
    found: Answer = shapes.plain(view.card)
    return found | {"in_use": view.in_use, "own": view.own}


# the rota -----------------------------------------------------------------------------------------


def cover_show(services: Services, _args: Namespace) -> Answer:
    """The rota, the dates nobody covers, the contact card."""
    return _cover(services.rota.show())


def cover_add(services: Services, args: Namespace) -> Answer:
    """Somebody's dates."""
    changes = services.rota.add(
        first=day(args.first),
        last=day(args.last) if args.last else None,
        name=args.name,
        phone=args.phone,
    )
    return _saved(changes)


def cover_remove(services: Services, args: Namespace) -> Answer:
    """Takes a line off."""
    return _saved(services.rota.take_off(args.id))


def cover_contact(services: Services, args: Namespace) -> Answer:
    """How the police reach the school."""
    adults = [_adult(words) for words in args.adult]
    return _saved(services.rota.set_contact(inbox=args.inbox, phone=args.phone, key_adults=adults))


def _adult(words: str) -> KeyAdult:
    name, role, phone, trained = ([part.strip() for part in words.split(";")] + [""] * 4)[:4]
    return KeyAdult(name, role, phone, day(trained) if trained else None)


def cover_confirm(services: Services, args: Namespace) -> Answer:
    """The card was gone through with the police."""
    on: date | None = day(args.on) if args.on else None
    return _saved(services.rota.confirm(confirmed_with=args.confirmed_with, on=on))


def cover_print(services: Services, args: Namespace, files: Files) -> Answer:
    """The contact card as PDF."""
    files.write_new(Path(args.file), services.rota.page())
    return {"file": args.file}


def _cover(view: CoverView) -> Answer:
    return {
        "turns": [shapes.plain(turn) for turn in view.turns],
        "uncovered": [each.isoformat() for each in view.uncovered],
        "nobody_covering": view.nobody or None,
        "today": [turn.name for turn in view.duty],
        "contact": shapes.plain(view.contact),
        "confirm_due": view.confirm_due,
    }


# expected, not received ---------------------------------------------------------------------------


def expected_add(services: Services, args: Namespace) -> Answer:
    """A notice that should have come and did not."""
    changes = services.expected.add(
        ExpectedForm(args.child, day(args.incident), args.learned, args.chased, args.outcome)
    )
    return {"id": changes.entities[0]} | _saved(changes)


def expected_list(services: Services, args: Namespace) -> Answer:
    """Those on record."""
    return {"expected": [_expected(one) for one in services.expected.list(args.child)]}


def expected_chase(services: Services, args: Namespace) -> Answer:
    """Whom the school chased, and what came of it."""
    return _saved(services.expected.chase(args.id, chased_with=args.chased, outcome=args.outcome))


def _expected(one: ExpectedView) -> Answer:
    found: Answer = shapes.plain(one)
    return found


def step(services: Services, args: Namespace) -> Answer:
    """One step after the decision."""
    return _saved(
        services.notifications.follow_up(
            args.id,
            args.line,
            Step(args.step),
            words=args.said,
            child_words=args.child_words,
            voice_asked=args.asked,
            voice_why_not=args.not_asked,
            against_card=args.against_card,
        )
    )


def _saved(changes: Changes) -> Answer:
    return {"entries": [row.hex() for row in changes.rows], "made": list(changes.entities)}


WITH_RECORD: dict[str, Callable[[Services, Namespace], Answer]] = {
    "protocol-card list": card_list,
    "protocol-card show": card_show,
    "protocol-card use": card_use,
    "protocol-card put-away": card_put_away,
    "cover show": cover_show,
    "cover add": cover_add,
    "cover remove": cover_remove,
    "cover contact": cover_contact,
    "cover confirm": cover_confirm,
    "expected add": expected_add,
    "expected list": expected_list,
    "expected chase": expected_chase,
    "notification step": step,
}
WITH_FILES: dict[str, Callable[[Services, Namespace, Files], Answer]] = {
    "report force": force,
    "protocol-card save": card_save,
    "cover print": cover_print,
}
"""Those that read or write a file a person names."""
