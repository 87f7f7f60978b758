"""What rules and counts rest on: the notifications about one child, each event once, and what was told in them.

Left to others: the rules (domain.pattern), which entries a person sees (chronology_reading).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from schoolsafe.domain import pattern
from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.notification import NoticeKind, Presence, Step
from schoolsafe.domain.pattern import Sign
from schoolsafe.services.chronology_view import EntryView, Picture, PoliceCount
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification_entry import grade_of, instant, text
from schoolsafe.services.ports import Record

_ABSENT: Final = (
    "absent",
    "not in school",
    "not at school",
    "did not attend",
    "didn't attend",
    "didn’t attend",
)
_NOT_ABSENT: Final = ("not absent", "no absence")
_THERE: Final = frozenset({Presence.SAW, Presence.HEARD, Presence.UNCLEAR})
_YEAR_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Told:
    """One look at the notifications about one child."""

    links: Mapping[tuple[str, str], tuple[str, ...]]
    """What is tied to each notice, by the notice and the tie."""
    notices: tuple[tuple[Record, Record], ...]
    """The line about this child, and its notice."""
    steps: tuple[Record, ...]
    days: Mapping[str, date]
    """When each notice says it happened, or when it came."""

    def signs(self, entries: Iterable[EntryView]) -> tuple[Sign, ...]:
        """What rules may rest on: notifications, each event once, and the entries beside them."""
        groups = self._same_events()
        notices = [
            self._sign(line, notice, groups[notice.id])
            for line, notice in self.notices
            if groups[notice.id][0] == notice.id
        ]
        own = [
            Sign(entry.id, entry.day, entry.kind, words=entry.summary)
            for entry in entries
            if entry.kind != "notification"
        ]
        return (*notices, *own)

    def picture(self, signs: Sequence[Sign], *, on: date) -> Picture:
        """The notifications of the last year, counted as they were told."""
        counted = [
            sign
            for sign in signs
            if sign.kind == NoticeKind.DOMESTIC_ABUSE and 0 <= (on - sign.day).days < _YEAR_DAYS
        ]
        ids = {sign.id for sign in counted}
        presences = [text(line.values, "presence") for line, n in self.notices if n.id in ids]
        there = sum(told in _THERE for told in presences)
        away = sum(told == Presence.NOT_PRESENT for told in presences)
        return Picture(
            notifications=len(counted),
            presence=pattern.Presence(there, there + away, len(presences) - there - away),
            grades=pattern.grades_as_sent(counted),
            police=tuple(self._police(on)),
        )

    def _police(self, on: date) -> Iterable[PoliceCount]:
        ordered = sorted(self.notices, key=lambda pair: self.days[pair[1].id], reverse=True)
        for _line, notice in ordered:
            told = text(notice.values, "circumstances") or ""
            other = notice.values.get("other")
            for name, value in other.items() if isinstance(other, dict) else ():
                told += f"\n{name.replace('_', ' ')}: {value}"
            if self.days[notice.id] <= on:
                for words in pattern.police_count(told):
                    yield PoliceCount(self.days[notice.id], organisation(notice) or "", words)

    def _same_events(self) -> dict[str, tuple[str, ...]]:
        """For each notice those a person said are the same event, the first on record in front."""
        order = {notice.id: (notice.wall_ms, notice.id) for _line, notice in self.notices}
        groups = {one: {one} for one in order}
        for one in order:
            for other in self.links.get((one, Tie.SAME_EVENT), ()):
                if other in groups and groups[other] is not groups[one]:
                    joined = groups[one] | groups[other]
                    for member in joined:
                        groups[member] = joined
        return {one: tuple(sorted(group, key=order.__getitem__)) for one, group in groups.items()}

    def _sign(self, line: Record, notice: Record, group: tuple[str, ...]) -> Sign:
        values = notice.values
        said = ("circumstances", "police_action", "unborn")
        closed = line.values.get("closed")
        at = closed.get("at") if isinstance(closed, dict) else None
        return Sign(
            notice.id,
            self.days[notice.id],
            text(values, "kind") or "",
            frozenset(group[1:]),
            grade_of(values) or "",
            "\n".join(told for name in said if (told := text(values, name))),
            datetime.fromisoformat(str(at)).astimezone(LONDON).date() if at else None,
            tuple(self._absent(line)),
        )

    def _absent(self, line: Record) -> Iterable[tuple[date, str]]:
        for step in self.steps:
            values = step.values
            attendance = values.get("line") == line.id and values.get("step") == Step.ATTENDANCE
            if attendance and _says_absent(text(values, "text") or ""):
                when = instant(values, "happened_at") or _wall(step)
                yield when.astimezone(LONDON).date(), step.id


def organisation(notice: Record) -> str | None:
    """Who sent it, as far as the message says."""
    sender = notice.values.get("sender")
    if not isinstance(sender, dict):
        return None
    said = sender.get("organisation") or sender.get("name")
    return str(said) if said else None


def _says_absent(words: str) -> bool:
    folded = words.casefold()
    for other in _NOT_ABSENT:
        folded = folded.replace(other, "")
    return any(word in folded for word in _ABSENT)


def _wall(record: Record) -> datetime:
    return datetime.fromtimestamp(record.wall_ms / 1000, tz=LONDON)
