"""What a family puts on a child's chronology: a baby who is expected, and what was decided about it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from schoolsafe.domain import family, say
from schoolsafe.domain.file_form import Group
from schoolsafe.services.chronology_view import EntryView
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification_entry import text
from schoolsafe.services.ports import Reader, Record
from schoolsafe.words import _

KIND = "expected_baby"


def expected_babies(
    reader: Reader, child: str, name_of: Callable[[str], str]
) -> Iterator[EntryView]:
    """A line for each baby who is or was expected in this child's family."""
    for relation in reader.find("relation", {"child": child, "withdrawn": None}):
        baby = reader.get(text(relation.values, "relative") or "")
        due = text(baby.values, "due") if baby else None
        if baby is not None and due and not baby.values.get("withdrawn"):
            yield _line(relation, baby, date.fromisoformat(due), name_of)


def _line(relation: Record, baby: Record, due: date, name_of: Callable[[str], str]) -> EntryView:
    values, written = baby.values, datetime.fromtimestamp(relation.wall_ms / 1000, tz=LONDON)
    decision = dict(family.REFERRAL).get(text(values, "referral") or "", "")
    born, closed = text(values, "born"), text(values, "closed_why")
    outcome = closed or (
        _("Born {day}").format(day=say.date_words(date.fromisoformat(born))) if born else None
    )
    return EntryView(
        id=relation.id,
        kind=KIND,
        title=_("due {day}").format(day=say.date_words(due)),
        happened=written,
        happened_exact=True,
        written=written,
        author=name_of(relation.author),
        summary=text(values, "notes") or _("A baby is expected in the family."),
        child_words=None,
        significance="significant",
        fixed_by=(),
        conflicts=(*relation.conflicts, *baby.conflicts),
        action=", ".join(part for part in (_(decision), text(values, "referral_why") or "") if part)
        or None,
        outcome=outcome,
        group=Group.FAMILY.value,
    )
