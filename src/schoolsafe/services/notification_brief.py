"""One child of a notice in a table of many: what is needed to match and decide, read in few questions.

A morning of forty is asked for again after every key. Left to others: the whole notice
(notification_reading).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schoolsafe.domain.field import TEAM
from schoolsafe.domain.match import MatchState
from schoolsafe.domain.notification import ChildLine, Incident
from schoolsafe.services.child import ChildRow
from schoolsafe.services.notification_bench import Bench
from schoolsafe.services.notification_entry import incident_of, line_of, text


@dataclass(frozen=True, slots=True)
class Brief:
    """One line of a notice."""

    id: str
    notification: str
    number: int
    facts: ChildLine
    incident: Incident
    child: ChildRow | None
    """The pupil a person confirmed."""
    only: ChildRow | None
    """The one pupil proposed, where it is one."""
    match_why: str | None
    no_match: str | None
    match_state: MatchState | None
    candidates: int


class Briefs(Bench):
    """Many lines at once."""

    def briefs(self, lines: Sequence[str]) -> tuple[Brief, ...]:
        """These lines, in their order; one that is gone is left out.

        Raises:
            NotYoursToRead: this person holds no key of them.
        """
        self._desk.must_read(TEAM)
        return tuple(self._briefs(lines))

    def _briefs(self, lines: Sequence[str]) -> Iterator[Brief]:
        known: dict[str, ChildRow] = {}

        def pupil(child: str | None) -> ChildRow | None:
            if child is not None and child not in known:
                known[child] = self._children.show(child)
            return known[child] if child is not None else None

        for entity in lines:
            line = self._desk.reader.get(entity)
            if line is None or line.values.get("withdrawn"):
                continue
            notice = self._desk.reader.get(text(line.values, "notification") or "")
            if notice is None or notice.values.get("withdrawn"):
                continue
            facts, child = line_of(line), text(line.values, "child")
            open_ = child is None and not line.values.get("no_match")
            found = self._reading.proposals(notice, facts) if open_ else None
            only = found.fits[0].child if found and len(found.fits) == 1 else None
            yield Brief(
                line.id,
                notice.id,
                int(str(line.values.get("number") or 0)),
                facts,
                incident_of(notice.values),
                pupil(child),
                pupil(only),
                text(line.values, "match_why"),
                text(line.values, "no_match"),
                found.state if found else None,
                len(found.fits) if found else 0,
            )
