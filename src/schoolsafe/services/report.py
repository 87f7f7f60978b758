"""Reports: the monthly letter to the force, on screen, on paper and as a table. No child stands in it.

What leaves goes through `domain.small_numbers`; an audit row is on record first. Source: domain.md 2.9,
ux.md 5.10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolsafe.domain import lateness as rules
from schoolsafe.domain import say
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.lateness import STANDARD, Figures, ToldMonth
from schoolsafe.domain.small_numbers import SMALL, Told, told
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.calendar import Calendars
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.expected_notice import ExpectedNotices
from schoolsafe.services.lateness import month_facts
from schoolsafe.services.notification_entry import instant
from schoolsafe.services.pages import ForceLetterPage, LetterTable, PrintMark
from schoolsafe.services.policy import NOTHING_FIXED, Policy
from schoolsafe.services.ports_outside import Printer
from schoolsafe.services.protocol_card import ProtocolCards
from schoolsafe.services.school import Schools
from schoolsafe.words import _

_STEERS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ForceLetter:
    """One month as it may be told. Every count has gone through the rule of small numbers."""

    month: date
    to: str
    """The force or council, as the card in use names it."""
    weeks: tuple[tuple[date, date], ...]
    counts: ToldMonth
    late_days: tuple[int, ...] | None
    """Smallest and largest number of school days lost; None where that would single out."""
    missing: tuple[tuple[str, Told], ...]
    wrong_school: Told
    expected_not_received: Told
    median_minutes: int | None
    """From receipt to opening; None where fewer than five were opened."""

    @property
    def total(self) -> Told:
        """All notices of the month."""
        return self.counts.total


class Reports:
    """What a person can ask about the whole."""

    def __init__(
        self,
        desk: Desk,
        calendars: Calendars,
        schools: Schools,
        audit: Audit,
        printer: Printer,
        *,
        cards: ProtocolCards,
        expected: ExpectedNotices,
        policy: Policy = NOTHING_FIXED,
    ) -> None:
        self._desk = desk
        self._calendars = calendars
        self._schools = schools
        self._audit = audit
        self._printer = printer
        self._cards = cards
        self._expected = expected
        self._policy = policy

    def figures(self, month: date) -> Figures:
        """The exact counts of a month: for the lead's own eyes, never for a page that leaves.

        Raises:
            NotYoursToRead: this person holds no key of the notices.
        """
        self._desk.must_read(TEAM)
        facts = month_facts(self._desk, self._calendars.calendar())
        ends = rules.next_month(month)
        learned = [one for one in self._expected.list() if month <= one.learned_on < ends]
        return rules.figures(month, facts, expected=len(learned))

    def first_month(self) -> date:
        """The month of the oldest notice on record; this month where there is none."""
        found = self._desk.reader.find(
            "notification", {"withdrawn": None}, order="received_at", limit=1
        )
        oldest = instant(found[0].values, "received_at") if found else None
        return (oldest.astimezone(LONDON) if oldest else self._desk.now()).date().replace(day=1)

    def letter(self, month: date) -> ForceLetter:
        """The month as it may be told.

        Raises:
            NotYoursToRead: as `figures`.
        """
        found = self.figures(month)
        days = found.late_days
        return ForceLetter(
            month=month,
            to=say.joined(tuple(card.area for card in self._cards.in_use())),
            weeks=tuple((week.first, week.last) for week in found.weeks),
            counts=rules.as_told(found),
            late_days=(days[0], days[-1]) if len(days) >= SMALL else None,
            missing=tuple(
                (name, told(n, of=found.total)) for name, n in found.missing.items() if n
            ),
            wrong_school=told(found.wrong_school, of=found.total),
            expected_not_received=told(found.expected_not_received),
            median_minutes=found.median_minutes if found.opened >= SMALL else None,
        )

    def force_pdf(self, month: date) -> bytes:
        """The letter as PDF; the audit row stands first.

        Raises:
            PrintingIsOff: the school's IT has switched it off here. NotYoursToRead: as `figures`.
        """
        self._policy.check_print()
        letter = self.letter(month)
        self._audit.write(Act.PRINTED, what="force_letter")
        return self._printer.force_letter(self._page(letter))

    def force_csv(self, month: date) -> bytes:
        """The same counts as a table for a spreadsheet; the audit row stands first.

        Raises:
            NotYoursToRead: as `figures`.
        """
        letter = self.letter(month)
        self._audit.write(Act.EXPORTED, what="force_letter")
        page = self._page(letter)
        rows: list[Sequence[str]] = [(_("School"), page.mark.school), (_("Month"), page.month)]
        for part in page.tables:
            rows += [(), (part.title,), part.heads, *part.rows]
        return csv_bytes(rows)

    def _page(self, letter: ForceLetter) -> ForceLetterPage:
        facts = self._schools.facts()
        return ForceLetterPage(
            mark=PrintMark(
                school=facts.name,
                printed_by=self._schools.signature(self._desk.actor),
                printed_at=self._desk.now(),
                demo=facts.demo,
            ),
            urn=facts.urn,
            to=letter.to,
            month=say.month_words(letter.month),
            sentences=letter_sentences(letter),
            tables=letter_tables(letter),
            closing=_(
                "By law a school is told as soon as reasonably practicable. Counted from this school’s "
                "own term dates and start of day; 1 to 4 are told as “fewer than 5”, and a number "
                "that would give one of them away is not shown. No child is named."
            ),
        )


def letter_sentences(letter: ForceLetter) -> tuple[str, ...]:
    """What the letter says before its tables."""
    month = say.month_words(letter.month)
    if letter.total.n == 0:
        first = _("In {month} the school received no notification.").format(month=month)
    else:
        said = _("In {month} the school received {n} notifications.")
        first = said.format(month=month, n=letter.total.words)
    sentences = [first]
    late = letter.counts.late
    if late.n != 0:
        words = _("After the child was already in school: {n}.")
        sentences.append(words.format(n=late.words))
    if letter.late_days:
        sentences.append(
            _("Those late by school days were between {least} and {most} school days late.").format(
                least=letter.late_days[0], most=letter.late_days[1]
            )
        )
    if letter.median_minutes is not None:
        words = _("Half of them were opened here within {time} of their receipt.")
        sentences.append(words.format(time=say.minutes_words(letter.median_minutes)))
    return tuple(sentences)


def letter_tables(letter: ForceLetter) -> tuple[LetterTable, ...]:
    """The tables: how in time, week by week, what was missing, what else went wrong."""
    counts = letter.counts
    came = (
        (_("In time"), counts.in_time.words),
        (_("Of these in the holiday"), counts.in_holiday.words),
        (_("Late"), counts.late.words),
        (_("Of these the same day"), counts.late_same_day.words),
        (_("Of these by school days"), counts.late_by_days.words),
        (_("Cannot be said"), counts.unknown.words),
        (_("All"), counts.total.words),
    )
    names = [*(week_words(first, last) for first, last in letter.weeks), _("The month")]
    weeks = tuple(
        (name, every.words, late.words)
        for name, (every, late) in zip(
            names, (*counts.weeks, (counts.total, counts.late)), strict=True
        )
    )
    heads = (_("Week"), _("Notifications"), _("Late"))
    tables = [
        LetterTable(_("How in time they came"), (_("How"), _("Notifications")), came),
        LetterTable(_("Week by week"), heads, weeks),
    ]
    if letter.missing:
        missing = tuple((_(STANDARD[name]), n.words) for name, n in letter.missing)
        tables.append(
            LetterTable(_("What they did not say"), (_("Not told"), _("Notifications")), missing)
        )
    others = (
        (_("For a child who is not at this school"), letter.wrong_school.words),
        (_("Expected and not received"), letter.expected_not_received.words),
    )
    tables.append(LetterTable(_("What else went wrong"), (_("What"), _("How many")), others))
    return tuple(tables)


def week_words(first: date, last: date) -> str:
    """Says "Mon 2 Nov to Sun 8 Nov"."""
    if first == last:
        return say.short_day(first)
    return _("{first} to {last}").format(first=say.short_day(first), last=say.short_day(last))


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """A table for a spreadsheet: UTF-8 with its mark, CRLF, and no cell that could be a formula.

    Source: domain.md 7.7.
    """
    lines = [",".join(_cell(cell) for cell in row) for row in rows]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _cell(words: str) -> str:
    plain = f"'{words}" if words.startswith(_STEERS) else words
    quoted = plain.replace('"', '""')
    return f'"{quoted}"' if any(mark in plain for mark in ',"\r\n') else plain
