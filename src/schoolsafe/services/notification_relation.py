"""Notices that may belong together: those tied by a person, and those proposed with the reason.

Left to others: the rule (domain.event_link), tying them (notification_tying).
"""

from dataclasses import dataclass
from datetime import datetime

from schoolsafe.domain.event_link import Event, Related, Tie, related
from schoolsafe.domain.notification import NoticeKind, code_of
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import incident_of, instant, line_of, text
from schoolsafe.services.notification_view import RelationView
from schoolsafe.services.ports import Record

TIES = (Tie.FOUND_OF, Tie.MISSING_OF, Tie.SAME_EVENT)
_MOST = 40
"""Notices looked at beside one; a child has had fewer in any year we know of."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Questions about notices that belong together."""

    desk: Desk

    def of(self, notice: Record, lines: tuple[Record, ...]) -> tuple[RelationView, ...]:
        """What is tied to this notice, then what is proposed."""
        tied = [
            RelationView(other, tie, "", *self._shown(other))
            for tie in TIES
            for other in self.desk.reader.links(notice.id, tie)
            if self._there(other)
        ]
        known = {view.notification for view in tied}
        known |= set(self.desk.reader.links(notice.id, Tie.NOT_RELATED))
        proposed = [one for one in self._proposed(notice, lines) if one.id not in known]
        return (
            *tied,
            *(RelationView(one.id, one.tie, one.reason, *self._shown(one.id)) for one in proposed),
        )

    def children_before(self, notice: Record) -> frozenset[str]:
        """Pupils a person confirmed on the missing notice this found notice follows, and the reverse."""
        kind = text(notice.values, "kind")
        if kind not in {NoticeKind.FOUND, NoticeKind.MISSING}:
            return frozenset()
        others = {one.id for one in self._proposed(notice, ()) if one.tie in TIES}
        others |= {other for tie in TIES for other in self.desk.reader.links(notice.id, tie)}
        others -= set(self.desk.reader.links(notice.id, Tie.NOT_RELATED))
        return frozenset(
            child
            for other in others
            for line in self._lines(other)
            if (child := text(line.values, "child")) is not None
        )

    def _proposed(self, notice: Record, lines: tuple[Record, ...]) -> tuple[Related, ...]:
        this = self._event(notice, lines)
        near = {one.id: one for one in self._candidates(notice, lines)}
        others = [self._event(one, self._lines(one.id)) for one in near.values()]
        return related(this, others)

    def _candidates(self, notice: Record, lines: tuple[Record, ...]) -> list[Record]:
        find = self.desk.reader.find
        found: dict[str, Record] = {}
        reference = text(notice.values, "police_reference")
        if reference:
            same = find("notification", {"police_reference": reference, "withdrawn": None})
            found |= {one.id: one for one in same}
        beside: list[Record] = []
        for line in lines:
            for field in ("child", "dob"):
                value = text(line.values, field)
                if value:
                    beside += find("line", {field: value, "withdrawn": None}, order="-number")
        for other in beside[-_MOST:]:
            at = text(other.values, "notification") or ""
            if at not in found and at != notice.id and (record := self._there(at)):
                found[at] = record
        return list(found.values())

    def _event(self, notice: Record, lines: tuple[Record, ...]) -> Event:
        values, told = notice.values, incident_of(notice.values)
        kind = text(values, "kind")
        dobs = (line_of(line).dob for line in lines)
        return Event(
            notice.id,
            code_of(NoticeKind, kind) if kind else None,
            text(values, "police_reference"),
            self._received(notice),
            told.date,
            told.time,
            frozenset(c for line in lines if (c := text(line.values, "child"))),
            frozenset(dob for dob in dobs if dob is not None),
        )

    def _lines(self, notification: str) -> tuple[Record, ...]:
        return self.desk.reader.find("line", {"notification": notification, "withdrawn": None})

    def _there(self, notification: str) -> Record | None:
        found = self.desk.reader.get(notification)
        return found if found is not None and not found.values.get("withdrawn") else None

    def _received(self, notice: Record) -> datetime:
        at = instant(notice.values, "received_at")
        return (at or datetime.fromtimestamp(notice.wall_ms / 1000, tz=LONDON)).astimezone(LONDON)

    def _shown(self, notification: str) -> tuple[str | None, datetime, str | None]:
        found = self.desk.reader.get(notification)
        if found is None:
            return None, self.desk.now(), None
        values = found.values
        return text(values, "kind"), self._received(found), text(values, "police_reference")
