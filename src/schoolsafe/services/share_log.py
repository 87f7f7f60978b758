"""The log of what was shared: what people wrote down, told slips, what was passed on, and every print and export.

One list from the records that say it; nothing is written twice for it. Source: domain.md 6.2.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from schoolsafe.domain.agency import BASES
from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import TEAM
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.child import Children
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import instant, text
from schoolsafe.services.ports import Record
from schoolsafe.services.report import csv_bytes
from schoolsafe.words import N_, _

PAPERS: Final[Mapping[str, str]] = {
    "chronology": N_("Chronology"),
    "told_slip": N_("Told slip"),
    "gate_list": N_("List for the gate"),
    "original": N_("Message as it came"),
    "force_letter": N_("Letter to the force, counts only"),
    "contact_card": N_("The school’s contact card"),
    "journal": N_("The whole record, sealed"),
    "school_card": N_("The school’s card of keys"),
    "mail_template": N_("How an area writes"),
    "share_log": N_("The log of what was shared"),
}
HOW: Final[Mapping[str, str]] = {
    "printed": N_("Printed"),
    "exported": N_("Saved as a file"),
    "sent": N_("Sent"),
    "screen": N_("On screen"),
    "in_person": N_("In person"),
    "phone": N_("By phone"),
    "email": N_("By email"),
    "portal": N_("By portal"),
    "letter": N_("By letter"),
}
_BASES: Final = dict(BASES) | {"safeguarding": N_("Safeguarding of children, without consent")}


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One thing that left the team."""

    id: str
    at: datetime
    child: str | None
    child_name: str
    """Nothing where it is about nobody in particular."""
    what: str
    with_whom: str
    why: str
    basis: str
    how: str
    consent: str
    by: str


class ShareLog:
    """What a person can ask of the log."""

    def __init__(self, desk: Desk, children: Children, audit: Audit) -> None:
        self._desk = desk
        self._children = children
        self._audit = audit

    def list(
        self, child: str | None = None, *, first: date | None = None, last: date | None = None
    ) -> tuple[ShareLine, ...]:
        """What was shared about one child or by the school, the newest first.

        Raises:
            NotYoursToRead: this person holds no key of it.
        """
        self._desk.must_read(TEAM)
        found = [
            line
            for line in self._lines(child)
            if (first is None or line.at.date() >= first)
            and (last is None or line.at.date() <= last)
        ]
        return tuple(sorted(found, key=lambda line: line.at, reverse=True))

    def csv(self, child: str | None = None) -> bytes:
        """The log as a table for a spreadsheet. That is an export itself and stands in the next one.

        Raises:
            NotYoursToRead: this person holds no key of it.
        """
        lines = self.list(child)
        self._audit.write(Act.EXPORTED, what="share_log", about=child)
        return csv_bytes([_heads(), *(_cells(line) for line in lines)])

    # ------------------------------------------------------------------------------------------------------

    def _lines(self, child: str | None) -> Iterator[ShareLine]:
        where: dict[str, Value | tuple[Value, ...]] = {"withdrawn": None}
        where |= {"child": child} if child else {}
        find = self._desk.reader.find
        for record in find("share", where):
            yield self._share(record)
        for record in find("told_slip", where):
            yield self._line(
                record,
                when="at",
                what=_("Told slip, level {level}: {words}").format(
                    level=text(record.values, "level") or "", words=_said(record, "text")
                ),
            )
        for record in find("follow_up", where | {"step": "passed_on"}):
            words = _said(record, "text")
            what = _("Notification passed on: {words}").format(words=words) if words else ""
            yield self._line(record, when="happened_at", what=what or _("Notification passed on"))

    def _share(self, record: Record) -> ShareLine:
        paper = text(record.values, "paper")
        what = _(PAPERS.get(paper, paper)) if paper else _said(record, "what")
        return self._line(record, when="shared_at", what=what, whom="with_whom")

    def _line(self, record: Record, *, when: str, what: str, whom: str = "told_to") -> ShareLine:
        values = record.values
        written = datetime.fromtimestamp(record.wall_ms / 1000, tz=LONDON)
        at = instant(values, when) or written
        child = text(values, "child")
        how = text(values, "act") or text(values, "how") or ""
        basis = text(values, "basis") or ""
        author = self._desk.reader.get(record.author)
        return ShareLine(
            id=record.id,
            at=(at if at.tzinfo else at.replace(tzinfo=LONDON)).astimezone(LONDON),
            child=child,
            child_name=self._children.show(child).name if child else "",
            what=what,
            with_whom=_said(record, whom),
            why=_said(record, "why"),
            basis=_(_BASES.get(basis, basis)),
            how=_(HOW.get(how, how)),
            consent=_said(record, "consent"),
            by=(text(author.values, "name") if author else None) or record.author,
        )


def _said(record: Record, field: str) -> str:
    return text(record.values, field) or ""


def _heads() -> Sequence[str]:
    return (
        _("When"), _("Child"), _("What"), _("With whom"), _("Why"), _("Lawful basis"), _("How"),
        _("Consent, or why not"), _("By"),
    )  # fmt: skip


def _cells(line: ShareLine) -> Sequence[str]:
    at = line.at.replace(microsecond=0).isoformat()
    return (
        at, line.child_name, line.what, line.with_whom, line.why, line.basis, line.how,
        line.consent, line.by,
    )  # fmt: skip
