"""What came since school last closed, in the one sentence at the head of Today; and who goes home soon."""

from collections.abc import Iterable
from datetime import UTC, datetime

from schoolsafe.domain import today as rules
from schoolsafe.domain.calendar import SchoolCalendar, last_closed
from schoolsafe.domain.field import TEAM
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import instant
from schoolsafe.services.notification_reading import Reading
from schoolsafe.services.ports import Record
from schoolsafe.words import _

_FEW, _MANY = 25, 200
"""Notices read for the sentence about the time since school closed: a usual night's, and the most."""


def since_closed(desk: Desk, reading: Reading, calendar: SchoolCalendar) -> str:
    """Says "Since Friday 3:15pm: 3 notifications, 4 children. 1 not matched yet."."""
    if TEAM in desk.closed:
        return _("Notifications go to the safeguarding leads.")
    now = desk.now()
    closed = last_closed(now, calendar)
    came = _came_since(desk, closed, now)
    lines = [line for notice in came for line in reading.line_records(notice.id)]
    unmatched = sum(
        1 for line in lines if not line.values.get("child") and not line.values.get("no_match")
    )
    return rules.since_sentence(
        closed, now, notifications=len(came), children=len(lines), unmatched=unmatched
    )


def _came_since(desk: Desk, closed: datetime | None, now: datetime) -> list[Record]:
    """Notices received after that instant, the newest first. Few are read where few came."""
    newest: tuple[Record, ...] = ()
    times: list[datetime | None] = []
    for limit in (_FEW, _MANY):
        newest = desk.reader.find(
            "notification", {"withdrawn": None}, order="-received_at", limit=limit
        )
        times = [instant(notice.values, "received_at") for notice in newest]
        oldest = times[-1] if times else None
        if len(newest) < limit or (closed and oldest and oldest <= closed):
            break
    return [
        notice
        for notice, at in zip(newest, times, strict=True)
        if at and (closed is None or at > closed) and at <= now
    ]


def goes_home(items: Iterable[rules.Item], *, since: datetime | None) -> bool:
    """Whether a notice came while the children are in school, and nobody has decided yet.

    ``since`` is when school began today; None outside the school day.
    """
    return since is not None and any(
        item.received is not None
        and item.received.astimezone(UTC) >= since.astimezone(UTC)
        and item.done_at is None
        and not (item.decided or item.draft or item.waiting)
        for item in items
    )
