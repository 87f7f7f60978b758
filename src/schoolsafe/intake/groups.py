"""Parts one page into incidents: a digest of three is three notices, each with what stands above them all.

A repeated label with the same value is one incident; only different references or dates part them.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from itertools import islice
from typing import Final

from schoolsafe.intake.items import Item
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.prose_people import people_in_prose
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import ADULT, OFFICER, is_blank
from schoolsafe.intake.when import When, find_whens

_CHILD_FIELDS: Final = frozenset({"name", "surname", "forename", "dob"})
_DATE_FIELDS: Final = frozenset({"incident_date", "when", "incident"})
_BIRTH: Final = re.compile(
    r"\bd\.?o\.?b\b|\bborn\b|\bdate of birth\b|\(\d\d?[/.]\d\d?[/.]\d\d", re.IGNORECASE
)
_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one incident, and those above all incidents (school, sender)."""

    items: tuple[Item, ...]
    preamble: tuple[Item, ...] = ()


def part_incidents(sheet: Sheet, items: list[Item], today: date | None) -> list[Group]:
    """One group for each incident; all items in one where nothing parts them."""
    starts = _by_counter(sheet, items, today) or _by_field(sheet, items, frozenset({"reference"}))
    starts = starts or _by_field(sheet, items, _DATE_FIELDS)
    if not starts:
        return _by_line(sheet, items, today) or [Group(tuple(items))]
    ends = [*starts[1:], len(items)]
    preamble = tuple(items[: starts[0]])
    if not _each_has_child(sheet, items, starts):
        # why: "Both concern Ann Example, 11/01/2015" above two attendances names the child of each
        return [
            Group((*preamble, *items[a:b]), preamble) for a, b in zip(starts, ends, strict=True)
        ]
    return [Group(tuple(items[a:b]), preamble) for a, b in zip(starts, ends, strict=True)]


def _by_line(sheet: Sheet, items: list[Item], today: date | None) -> list[Group]:
    """Pasted rows without headings: each line with a moment and a child of its own is an incident."""
    for place, item in enumerate(items):
        if item.kind != "prose":
            continue
        rows: dict[tuple[date | None, time | None], list[Item]] = {}
        lines = re.finditer(r"[^\n]+", sheet.words(item.cut))
        for line in islice(lines, MAIL.people):
            cut = Cut(item.cut.start + line.start(), item.cut.start + line.end())
            moment = next(
                (when for when in find_whens(sheet.plain, cut, today) if when.day and when.at), None
            )
            if moment and people_in_prose(sheet, cut, today):
                rows.setdefault((moment.day, moment.at), []).append(Item("prose", cut))
        if (
            len(rows) >= _LEAST
            and sum(map(len, rows.values())) * 2 > sheet.words(item.cut).count("\n") + 1
        ):
            return [Group(tuple(row), tuple(items[:place])) for row in rows.values()]
    return []


def _by_counter(sheet: Sheet, items: list[Item], today: date | None) -> list[int]:
    """Where "[1 of 3]", "Notification 2" stand, if each is followed by a person."""
    starts = [place for place, item in enumerate(items) if item.kind == "counter"]
    if len(starts) < _LEAST:
        return []
    return (
        starts
        if _each_has_child(sheet, items, starts) or _above(sheet, items, starts, today)
        else []
    )


def _above(sheet: Sheet, items: list[Item], starts: list[int], today: date | None) -> bool:
    """Whether the children stand above all incidents, and below them each with a moment of its own."""
    ends = [*starts[1:], len(items)]
    moments = [_moments(sheet, items[a:b], today) for a, b in zip(starts, ends, strict=True)]
    days = [{when.day for when in each if when.at} for each in moments]
    births = {
        named.person.dob.cut
        for item in items[: starts[0]]
        if item.kind == "prose"
        for named in people_in_prose(sheet, item.cut, today)
        if named.person.dob
    }
    others = [
        when
        for when in _moments(sheet, items[: starts[0]], today)
        if not any(when.cut.start <= birth.start < when.cut.end for birth in births)
    ]
    return bool(births) and not others and all(len(each) == 1 for each in days)


def _moments(sheet: Sheet, items: list[Item], today: date | None) -> list[When]:
    return [
        when
        for item in items
        if item.kind in {"prose", "pair"}
        for when in find_whens(sheet.plain, item.cut, today)
    ]


def _by_field(sheet: Sheet, items: list[Item], fields: frozenset[str]) -> list[int]:
    """Where a field that only one incident has comes again with another value."""
    seen: dict[str, int] = {}
    for place, item in enumerate(items):
        if (
            item.kind == "pair"
            and item.field in fields
            and item.label
            and item.label.owner != ADULT
        ):
            value = " ".join(sheet.words(item.value).lower().split())
            if not is_blank(value) and any(sign.isdigit() for sign in value):
                seen.setdefault(value, place)
    if len(seen) < _LEAST:
        return []
    places = sorted(seen.values())
    for starts in (
        _at_breaks(items, places),
        _at_first_label(items, places),
        _at_rows(items, places),
        places,
    ):
        if len(starts) == len(places) and _each_has_child(sheet, items, starts):
            return starts
    return []


def _at_breaks(items: list[Item], places: list[int]) -> list[int]:
    """The last break before each place."""
    breaks = [place for place, item in enumerate(items) if item.kind == "break"]
    starts = [max((b for b in breaks if b < place), default=0) for place in places]
    return starts if len(set(starts)) == len(places) else []


def _at_first_label(items: list[Item], places: list[int]) -> list[int]:
    """Each time the label comes again with which the first incident begins."""
    pairs = [
        (place, item) for place, item in enumerate(items) if item.kind == "pair" and not item.group
    ]
    for place, first in pairs:
        if place > places[0] or first.field in {"skip", "school", "completed_by", "unknown"}:
            continue
        starts = [
            at
            for at, item in pairs
            if item.field == first.field and item.asked.lower() == first.asked.lower()
        ]
        if len(starts) == len(places):
            return starts
    return []


def _at_rows(items: list[Item], places: list[int]) -> list[int]:
    """The rows of a table in which each row is an incident."""
    rows = {items[place].group for place in places}
    if 0 in rows or len(rows) != len(places):
        return []
    return [next(n for n, item in enumerate(items) if item.group == row) for row in sorted(rows)]


def _each_has_child(sheet: Sheet, items: list[Item], starts: list[int]) -> bool:
    ends = [*starts[1:], len(items)]
    return all(
        any(
            (
                item.kind == "pair"
                and item.field in _CHILD_FIELDS
                and not (item.label and item.label.owner in {ADULT, OFFICER})
            )
            or (item.kind == "prose" and _BIRTH.search(sheet.words(item.cut)) is not None)
            for item in items[a:b]
        )
        for a, b in zip(starts, ends, strict=True)
    )
