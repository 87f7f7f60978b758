"""Pages for paper: the chronology for the file, the list for the gate. The audit row stands first."""

from schoolsafe.domain import say
from schoolsafe.errors import Refused
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
from schoolsafe.services.ports_outside import Printer
from schoolsafe.services.school import Schools
from schoolsafe.services.today import Days
from schoolsafe.words import _


class WhyRestricted(Refused):
    """Write why the restricted papers are printed."""


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

    def chronology(self, child: str, *, with_restricted: bool = False, why: str = "") -> bytes:
        """A child's whole chronology as PDF, corrections struck through.

        Restricted papers (MARAC and the like) stay out and are counted, unless a person ticks them.

        Args:
            child: whose file.
            with_restricted: print restricted papers too.
            why: the reason for that; it stands in the log of what was shared.

        Raises:
            PrintingIsOff: the school's IT has switched it off here.
            WhyRestricted: restricted papers are to print and nobody said why.
        """
        self._policy.check_print()
        view = self._chronologies.show(child)
        held = tuple(e for e in view.entries if e.restricted)
        if held and with_restricted and not why.strip():
            raise WhyRestricted
        shown = tuple(e for e in view.entries if with_restricted or not e.restricted)
        self._audit.write(Act.PRINTED, what="chronology", about=child, why=why.strip())
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
                entries=tuple(_printed(e) for e in reversed(shown)),
                counts=_counts(view),
                pattern=_pattern(view),
                hidden=view.hidden,
                restricted=len(view.entries) - len(shown),
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


def _pattern(view: ChronologyView) -> tuple[str, ...]:
    """Our own count and the senders' apart, then the rules nobody has answered with the days they rest on."""
    picture, lines = view.picture, []
    if view.notified:
        lines.append(_("Days between them: {gaps}").format(gaps=view.gaps.words))
    presence = picture.presence
    if presence.told:
        words = _("The child was there in {there} of {told} in 365 days; not told for {not_told}.")
        lines.append(
            words.format(there=presence.there, told=presence.told, not_told=presence.not_told)
        )
    if picture.grades:
        grades = ", ".join(f"{n} × {grade or _('none sent')}" for grade, n in picture.grades)
        lines.append(_("Grades as sent: {grades}.").format(grades=grades))
    for one in picture.police:
        words = _("The police say, and it is their count: “{words}” ({who}, {day}).")
        who = one.by or _("sender not named")
        lines.append(words.format(words=one.words, who=who, day=say.date_words(one.day)))
    for prompt in view.prompts:
        days = "; ".join(say.date_words(day) for day in prompt.days)
        words = _("Not answered yet: {rule}. It rests on {days}.")
        lines.append(words.format(rule=prompt.rule.words, days=days))
    return tuple(lines)


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
        facts=_facts(entry),
        restricted=entry.restricted,
    )


def _facts(entry: EntryView) -> tuple[tuple[str, str], ...]:
    """What else an entry says: the grade as it was sent, why the child was not asked, further answers."""
    said = [(_("Risk to the adult, as sent"), entry.risk)] if entry.risk else []
    if entry.voice_why_not:
        said.append((_("The child was not asked"), entry.voice_why_not))
    earlier = _("Earlier words, corrected on {day} by {who} ({why})")
    fixed = [
        (
            earlier.format(day=say.date_words(fix.at.date()), who=fix.by, why=fix.why),
            fix.words or _("nothing"),
        )
        for fix in entry.other_fixes
    ]
    files = [one.name for one in entry.attached]
    kept = [(_("Files"), ", ".join(files))] if files else []
    return (*said, *entry.facts, *fixed, *kept)
