from dataclasses import replace
from datetime import date, datetime, time

import pytest

from schoolsafe.domain.event_link import BACK, Event, Tie, reference_key, related
from schoolsafe.domain.notification import NoticeKind
from schoolsafe.services.desk import LONDON

AT = datetime(2026, 11, 9, 7, 12, tzinfo=LONDON)
NIGHT = Event(
    "police",
    NoticeKind.DOMESTIC_ABUSE,
    "NM/2026/0113342",
    AT,
    date(2026, 11, 7),
    time(22, 40),
    frozenset({"child:maya"}),
    frozenset({date(2017, 3, 14)}),
)
OTHER = replace(NIGHT, id="council", received=AT.replace(hour=8))


def _one(this: Event, other: Event) -> tuple[Tie, str] | None:
    found = related(this, [other, this])
    assert len(found) <= 1
    assert [(BACK[one.tie], one.reason) for one in found] == [
        (one.tie, one.reason) for one in related(other, [this])
    ]
    return (found[0].tie, found[0].reason) if found else None


MISSING = replace(NIGHT, id="missing", kind=NoticeKind.MISSING, reference="NM-MISSING-4410")
FOUND = replace(MISSING, id="found", kind=NoticeKind.FOUND)


def test_a_found_notice_is_proposed_for_the_missing_one_of_its_report_number() -> None:
    assert _one(FOUND, MISSING) == (Tie.FOUND_OF, "Same report number NM-MISSING-4410")


@pytest.mark.parametrize("reference", [None, "", "44", "NM-MISSING-4411"])
def test_another_report_number_or_none_links_nothing(reference: str | None) -> None:
    assert _one(FOUND, replace(MISSING, reference=reference)) is None


def test_a_missing_notice_and_one_about_abuse_are_never_one_event() -> None:
    assert _one(MISSING, replace(NIGHT, reference=MISSING.reference)) is None


def test_a_report_number_written_otherwise_is_the_same() -> None:
    assert reference_key("NM/2026/0113342") == reference_key("nm 2026 0113342")
    assert reference_key("12") == ""


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, "Same reference and the same day"),
        ({"day": None}, "Same reference"),
        ({"reference": None}, "Same child, the same day and time"),
        (
            {"reference": None, "at": time(23, 30)},
            "Same child, the same day, 10:40pm and 11:30pm",
        ),
        (
            {"reference": None, "at": None},
            "Same child, the same day, and one of them gives no time",
        ),
        ({"reference": None, "children": frozenset()}, "Same child, the same day and time"),
    ],
)
def test_one_event_by_two_routes_is_proposed_with_the_reason(changed, reason: str) -> None:
    assert _one(NIGHT, replace(OTHER, **changed)) == (Tie.SAME_EVENT, reason)


@pytest.mark.parametrize(
    "changed",
    [
        {"reference": None, "at": time(9, 0)},
        {"reference": None, "day": date(2026, 11, 8)},
        {"reference": None, "children": frozenset(), "births": frozenset()},
        {"reference": "NM/2026/0000001", "day": date(2026, 11, 8)},
        {"day": date(2026, 10, 1), "children": frozenset(), "births": frozenset()},
    ],
)
def test_too_little_in_common_is_two_events(changed) -> None:
    assert _one(NIGHT, replace(OTHER, **changed)) is None
