"""The register of schools and the school's calendar, from files."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from schoolsafe.domain.establishment import School
from schoolsafe.services.establishment import FILE_BYTES, Establishments, NoRegister
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.unlocked import Services

Answer = dict[str, Any]
CALENDAR_BYTES = 2 * 1024 * 1024


def import_schools(register: Establishments, args: Namespace, files: Files) -> Answer:
    """Puts a register in the place of the one that is here."""
    file = Path(args.file)
    data = files.read(file, limit_bytes=FILE_BYTES)
    links = files.read(Path(args.links), limit_bytes=FILE_BYTES) if args.links else None
    taken = register.take_in(data, name=file.name, links=links)
    facts = taken.facts
    return {
        "schools": facts.schools,
        "open": facts.open,
        "closed": facts.schools - facts.open,
        "links": facts.links,
        "skipped": taken.skipped,
        "as_of": facts.as_of.isoformat() if facts.as_of else None,
        "taken_in": facts.taken_in.isoformat(),
        "changed": taken.changed,
    }


def find_schools(register: Establishments, args: Namespace, _files: Files) -> Answer:
    """Schools by name, town, postcode, URN or DfE number."""
    facts = register.facts()
    if facts is None:
        raise NoRegister
    return {
        "as_of": facts.as_of.isoformat() if facts.as_of else None,
        "schools": [
            _plain(found.school) | {"successors": [_plain(each) for each in found.successors]}
            for found in register.search(" ".join(args.words))
        ],
    }


def _plain(school: School) -> Answer:
    """Absent is null; dates in ISO form."""
    facts = asdict(school)
    for name in ("opened", "closed"):
        facts[name] = facts[name].isoformat() if facts[name] else None
    return {name: None if value == "" else value for name, value in facts.items()}


def import_calendar(services: Services, args: Namespace, files: Files) -> Answer:
    """Term dates out of an .ics file; with --preview nothing is written."""
    data = files.read(Path(args.file), limit_bytes=CALENDAR_BYTES)
    calendars = services.calendars
    preview = calendars.preview_file(services.intake.read_calendar(data), site=args.site)
    applied = not args.preview
    if applied:
        calendars.apply_file(preview)
    found = preview.found
    return {
        "site": preview.site,
        "terms": [
            {"name": t.name, "first": t.first.isoformat(), "last": t.last.isoformat()}
            for t in found.terms
        ],
        "closed": [{"date": c.date.isoformat(), "why": c.why} for c in found.closed],
        "ignored": [
            {"first": e.first.isoformat(), "last": e.last.isoformat(), "title": e.words}
            for e in found.ignored
        ],
        "unread": list(found.unread),
        "changed": preview.changes,
        "applied": applied,
    }
