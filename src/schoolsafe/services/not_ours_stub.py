"""What is kept of notices that were not about a pupil here: for the list, and for the month's letter.

Left to others: taking the content out (not_ours).
"""

from dataclasses import dataclass
from datetime import datetime

from schoolsafe.domain.calendar import Timeliness, Timing
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.lateness import NoticeFacts
from schoolsafe.domain.notification import NoticeKind
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import convert, instant, text
from schoolsafe.services.ports import Record


@dataclass(frozen=True, slots=True)
class Stub:
    """What is kept of a notice that was not about a pupil here."""

    id: str
    received_at: datetime
    force: str | None
    police_reference: str | None
    kind: str | None
    told_to: str | None
    told_how: str | None
    told_at: datetime | None
    told_by: str | None
    disposed_at: datetime
    disposed_by: str | None
    whole: bool
    original_sha256: str | None
    matched_meanwhile: bool
    """A colleague matched it to a pupil on another computer before they knew."""


class NotOurs:
    """What is kept of notices that were not about a pupil here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[Stub, ...]:
        """The stubs, newest first.

        Raises:
            NotYoursToRead: this person holds no key of them.
        """
        self._desk.must_read(TEAM)
        found = self._desk.reader.find("not_ours", order="-received_at")
        return tuple(self._stub(record) for record in found)

    def known(self, sha256: str) -> bool:
        """Whether a message that came again is one whose content was taken out."""
        return self._desk.reader.count("not_ours", {"original_sha256": sha256}) > 0

    def _stub(self, record: Record) -> Stub:
        values = record.values
        disposed = datetime.fromtimestamp(record.wall_ms / 1000, tz=LONDON)
        lines = values.get("lines")
        return Stub(
            id=record.id,
            received_at=(instant(values, "received_at") or disposed).astimezone(LONDON),
            force=text(values, "force"),
            police_reference=text(values, "police_reference"),
            kind=text(values, "kind"),
            told_to=text(values, "told_to"),
            told_how=text(values, "told_how"),
            told_at=instant(values, "told_at"),
            told_by=self._name(text(values, "told_by")),
            disposed_at=disposed,
            disposed_by=self._name(record.author),
            whole=bool(values.get("whole")),
            original_sha256=text(values, "original_sha256"),
            matched_meanwhile=any(
                (line := self._desk.reader.get(str(one))) is not None and line.values.get("child")
                for one in (lines if isinstance(lines, list) else ())
            ),
        )

    def _name(self, person: str | None) -> str | None:
        found = self._desk.reader.get(person) if person else None
        return text(found.values, "name") if found else person


_UNKNOWN = Timing(None, Timeliness.UNKNOWN, None)


def letter_facts(desk: Desk) -> tuple[NoticeFacts, ...]:
    """Notices whose content was taken out, as the month's letter counts them: they came all the same."""
    return tuple(
        NoticeFacts(
            received=(instant(record.values, "received_at") or desk.now()).astimezone(LONDON),
            timing=convert(figures.get("timing"), Timing) or _UNKNOWN,
            opened_after_minutes=convert(figures.get("opened_after_minutes"), int),
            missing=frozenset(convert(figures.get("missing"), list[str]) or ()),
            wrong_school=True,
        )
        for record in desk.reader.find("not_ours", {"whole": True}, order="received_at")
        if text(record.values, "kind") in {None, NoticeKind.DOMESTIC_ABUSE}
        and isinstance(figures := record.values.get("figures"), dict)
    )


def names_strangers(desk: Desk, notification: str) -> bool:
    """Whether a child of this notice was taken out because it was none of this school's."""
    return desk.reader.count("not_ours", {"notification": notification}) > 0
