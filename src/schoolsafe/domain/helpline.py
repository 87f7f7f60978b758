"""Helplines: number, hours and when that was last checked, as data; and how often they were rung.

Source: domain.md 2.8. Numbers change: the card says when somebody last looked.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolsafe.domain.entry import Value
from schoolsafe.errors import Refused
from schoolsafe.words import N_

CHECK_DAYS: Final = 365
"""A number nobody has looked up for a year is said to be old [ours]."""


class HelplineUnreadable(Refused):
    """A helpline needs a name, a number, its hours and the day somebody last checked them."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """One helpline as it stands on the card."""

    id: str
    name: str
    number: str
    hours: str
    about: str = ""
    checked: date | None = None
    source: str = ""
    own: bool = False
    """The school wrote it, or changed what came with the program."""

    def old(self, today: date) -> bool:
        """Whether nobody has looked it up for a year."""
        return self.checked is None or (today - self.checked).days > CHECK_DAYS


@dataclass(frozen=True, slots=True)
class Usage:
    """How often helplines were rung."""

    months: tuple[tuple[str, int], ...]
    """ "2026-11" to how many, the newest first."""
    years: tuple[tuple[str, int], ...]
    """Calendar year to how many, the newest first."""
    total: int


def usage(days: Iterable[date]) -> Usage:
    """Calls by month and by calendar year."""
    every = tuple(days)
    months = Counter(day.strftime("%Y-%m") for day in every)
    years = Counter(day.strftime("%Y") for day in every)
    return Usage(
        tuple(sorted(months.items(), reverse=True)),
        tuple(sorted(years.items(), reverse=True)),
        len(every),
    )


def helplines(shipped: Value, own: Value) -> tuple[Helpline, ...]:
    """What came with the program, with what the school changed in its place, then the school’s others.

    Raises:
        HelplineUnreadable: one has no name or number.
    """
    known = {line.id: line for line in _read(shipped, own=False)}
    known |= {line.id: line for line in _read(own, own=True)}
    return tuple(known.values())


def _read(value: Value, *, own: bool) -> tuple[Helpline, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise HelplineUnreadable
    return tuple(_line(one, own=own) for one in value)


def _line(value: Value, *, own: bool) -> Helpline:
    if not isinstance(value, dict):
        raise HelplineUnreadable
    said = {key: str(value.get(key) or "").strip() for key in _TEXTS}
    if not (said["id"] and said["name"] and said["number"]):
        raise HelplineUnreadable
    checked = value.get("checked")
    try:
        day = date.fromisoformat(str(checked)) if checked else None
    except ValueError:
        raise HelplineUnreadable from None
    return Helpline(checked=day, own=own, **said)


_TEXTS: Final = ("id", "name", "number", "hours", "about", "source")


def helpline_value(line: Helpline) -> Value:
    """As it stands in the school’s setting."""
    value: dict[str, Value] = {key: getattr(line, key) for key in _TEXTS if getattr(line, key)}
    return value | ({"checked": line.checked.isoformat()} if line.checked else {})


NO_NAMES: Final = N_("No child’s name is needed.")
