"""Pages for paper: the chronology for the file, the list for the gate. The audit row stands first."""

from schoolsafe.domain import say
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.chronology import Chronologies
from schoolsafe.services.chronology_view import ChronologyView, EntryView
from schoolsafe.services.chronology_words import kind_words, title_words
from schoolsafe.services.desk import Desk
from schoolsafe.services.pages import (
    ChronologyPage,
    GateListPage,
    GateRow,
    PrintedCorrection,
    PrintedEntry,
    PrintMark,
)
from schoolsafe.services.policy import NOTHING_FIXED, Policy
from schoolsafe.services.ports import Printer
from schoolsafe.services.school import Schools
from schoolsafe.services.today import Days
from schoolsafe.words import _


class Printing:
    """What a person can print besides a told slip."""

    def __init__(
        self,
        desk: Desk,
        *,
        chronologies: Chronologies,
        days: Days,
        schools: Schools,
        audit: Audit,
        printer: Printer,
        policy: Policy = NOTHING_FIXED,
    ) -> None:
        self._desk = desk
        self._chronologies = chronologies
        self._days = days
        self._schools = schools
        self._audit = audit
        self._printer = printer
        self._policy = policy

    def chronology(self, child: str) -> bytes:
        """A child's whole chronology as PDF, corrections struck through.

        Raises:
            PrintingIsOff: the school's IT has switched it off here.
        """
        self._policy.check_print()
        view = self._chronologies.show(child)
        self._audit.write(Act.PRINTED, what="chronology", about=child)
        row = view.child
        about = [
            _("Born {date}").format(date=say.date_words(row.dob)) if row.dob else "",
            row.class_name or "",
            _("Admission {number}").format(number=row.admission) if row.admission else "",
        ]
        return self._printer.chronology(
            ChronologyPage(
                mark=self.mark(),
                child=row.name,
                about=". ".join(part for part in about if part),
                entries=tuple(_printed(e) for e in reversed(view.entries)),
                counts=_counts(view),
                hidden=view.hidden,
            )
        )

    def gate_list(self, rows: tuple[GateRow, ...]) -> bytes:
        """Who meets which child this morning; no cause.

        Raises:
            PrintingIsOff: the school's IT has switched it off here.
        """
        self._policy.check_print()
        self._audit.write(Act.PRINTED, what="gate_list")
        return self._printer.gate_list(GateListPage(self.mark(), self._desk.now().date(), rows))

    def mark(self) -> PrintMark:
        """What every page says about itself."""
        facts = self._schools.facts()
        return PrintMark(
            school=facts.name,
            printed_by=self._schools.signature(self._desk.actor),
            printed_at=self._desk.now(),
            demo=facts.demo,
        )


def _counts(view: ChronologyView) -> str:
    return _("Notifications: {d30} in 30 days, {d90} in 90 days, {d365} in 365 days.").format(
        d30=view.counts.d30, d90=view.counts.d90, d365=view.counts.d365
    )


def _printed(entry: EntryView) -> PrintedEntry:
    first = entry.fixed_by[0].words if entry.fixed_by else entry.summary
    after = [*(struck.words for struck in entry.fixed_by), entry.summary][1:]
    return PrintedEntry(
        happened=entry.happened or entry.written,
        precision="exact" if entry.happened_exact else "day",
        kind=kind_words(entry),
        title=title_words(entry),
        text=first,
        by=entry.author,
        written=entry.written,
        received=entry.written if entry.kind == "notification" else None,
        child_words=entry.child_words,
        action=entry.action,
        outcome=entry.outcome,
        corrections=tuple(
            PrintedCorrection(words, struck.by, struck.at, struck.why)
            for struck, words in zip(entry.fixed_by, after, strict=True)
        ),
        significant=entry.significance == "significant",
        facts=entry.facts,
    )
