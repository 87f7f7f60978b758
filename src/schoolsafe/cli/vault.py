"""Set-up, passphrases, status, proof and upkeep from a script."""

import platform
import sys
from argparse import Namespace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from schoolsafe import __version__
from schoolsafe.cli import shapes
from schoolsafe.cli.ending import EXIT, WrongUse, ended, error
from schoolsafe.cli.words_in import Secrets, clock_time, day, moment
from schoolsafe.domain.calendar import ClosedDay, Term
from schoolsafe.errors import SchoolSafeError, Tampered
from schoolsafe.services.entrance import Entrance, Opened, SetUp
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.unlocked import Services
from schoolsafe.words import _

Answer = dict[str, Any]
_PACKAGES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "sqlcipher3",
    "cryptography",
    "keyring",
    "reportlab",
    "msgspec",
)


class NotAsRecorded(Tampered):
    """Something was changed or taken out. The first wrong place: {first_bad}."""


def setup(entrance: Entrance, args: Namespace, secrets: Secrets, files: Files) -> Answer:
    """Makes a school. The recovery key is shown once."""
    passphrase = secrets.new(_("A passphrase of 15 letters or five words: "))
    form = SetUp(
        school=args.school,
        urn=args.urn,
        person=args.person,
        role=args.role,
        device_secret=args.device_secret,
        test=args.test_vault,
    )
    now = moment(args.now) if args.now else None
    founded = entrance.set_up(form, passphrase, now=now)
    answer: Answer = {
        "school_id": founded.school_id,
        "person_id": founded.person_id,
        "seat_id": founded.seat_id,
    }
    key = {"recovery_key": founded.recovery_key}
    if args.recovery_sheet:
        try:
            sheet = entrance.recovery_sheet(founded.recovery_key, seat=founded.seat_id)
            files.write_new(Path(args.recovery_sheet), sheet)
        except SchoolSafeError as failed:
            # The school is there and this key is kept nowhere: whoever typed must see it now.
            return answer | key | error(failed) | {EXIT: failed.exit_code}
    return answer | (key if args.json else {})


def locked_status(entrance: Entrance, seat: str | None) -> Answer:
    """What can be said without a passphrase.

    Raises:
        Tampered: the key file is gone or damaged.
    """
    seats = [each for each in entrance.seats() if seat in {None, each.seat}]
    first = seats[0] if seats else None
    if first is not None and first.problem is not None:
        raise first.problem
    return {
        "setup_missing": None if first else ["school"],
        "locked": True,
        "school": first.school if first else None,
        "person": first.person if first else None,
        "role": first.role if first else None,
        "records": None,
        "relay": None,
        "conflicts": None,
        "holes": None,
        "anchor_ok": None,
        "versions": versions(),
    }


def status(opened: Opened) -> Answer:
    """Everything at a glance; exit code 5 where the vault does not extend its anchors."""
    services = opened.services
    totals = services.records.totals()
    checked = services.records.verify()
    answer = {
        "setup_missing": list(services.schools.setup_missing()),
        "locked": False,
        "school": services.schools.facts().name,
        "person": services.actor.name,
        "role": services.actor.role,
        "records": {"here": totals.here, "relay": totals.relay, "twice": totals.twice},
        "relay": None,
        "conflicts": totals.conflicts,
        "holes": totals.holes,
        "anchor_ok": services.records.problem is None and checked.ok,
        "anchor": checked.anchor,
        "problem": services.records.problem,
        "warning": services.records.warning,
        "failed_tries": opened.failed_tries,
        "device_secret": opened.device_secret,
        "test": opened.label.test,
        "versions": versions(),
    }
    if not answer["anchor_ok"]:
        bad = services.records.problem or checked.first_bad or checked.anchor
        return answer | error(NotAsRecorded(first_bad=bad)) | {EXIT: NotAsRecorded.exit_code}
    return answer


def versions() -> Answer:
    """Ours and those of the libraries that hold records."""
    found: Answer = {"schoolsafe": __version__, "python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found


def verify(services: Services, args: Namespace) -> Answer:
    """Has anything been changed or taken out? Exit code 5 where it was."""
    result = services.records.verify(deep=args.deep)
    answer: Answer = shapes.plain(result)
    if not result.ok:
        bad = services.records.problem or result.first_bad or result.anchor
        answer |= error(NotAsRecorded(first_bad=bad))
    return ended(answer)


def rebuild(services: Services, _args: Namespace) -> Answer:
    """Replays the record."""
    rows, state_hash = services.records.rebuild()
    return {"rows": rows, "state_hash": state_hash.hex()}


def export_journal(services: Services, args: Namespace, files: Files) -> Answer:
    """Sealed rows with row keys and roster excerpt, for the stand-alone verifier."""
    data = services.records.export()
    files.write_new(Path(args.file), data)
    return {"file": args.file, "bytes": len(data)}


def calendar_show(services: Services, args: Namespace) -> Answer:
    """A site's days."""
    view = services.calendars.show(args.site)
    return {
        "site": view.name,
        "start": view.start.strftime("%H:%M"),
        "end": view.end.strftime("%H:%M"),
        "terms": shapes.plain(view.terms),
        "closed": shapes.plain(view.closed),
        "is_set": view.is_set,
    }


def calendar_set(services: Services, args: Namespace) -> Answer:
    """Sets a site's days."""
    terms = []
    for number, span in enumerate((each for group in args.term for each in group), 1):
        first, dots, last = span.partition("..")
        if not dots:
            message = _("--term FROM..TO, not {text}").format(text=span)
            raise WrongUse(message)
        terms.append(Term(_("Term {n}").format(n=number), day(first), day(last)))
    closed = [ClosedDay(day(each), _("Closed")) for group in args.closed for each in group]
    services.calendars.set(
        start=clock_time(args.start),
        end=clock_time(args.end),
        terms=terms,
        closed=closed,
        site=args.site,
    )
    return calendar_show(services, args)


def doctor(home: Path, about: Answer) -> Answer:
    """Versions, places and IT's policy; no personal data."""
    return {
        "versions": versions(),
        "platform": platform.platform(),
        "home_exists": home.exists(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "timezone": "Europe/London",
        **about,
    }
