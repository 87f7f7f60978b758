"""What stands on Today because of a family: a baby who is expected and nobody decided about, or who is due."""

from collections.abc import Iterator

from schoolsafe.domain import say
from schoolsafe.domain.family import Expected
from schoolsafe.domain.today import Item, Work
from schoolsafe.services.child import Children
from schoolsafe.services.family import Families, due_day
from schoolsafe.words import _


def baby_items(families: Families, children: Children) -> Iterator[tuple[str, Item]]:
    """Each row with the child whose file it opens."""
    for baby, child, stands in families.expected_babies():
        due = due_day(baby)
        if due is None or stands not in {Expected.TO_DECIDE, Expected.DUE}:
            continue
        day = say.date_words(due)
        late = stands is Expected.DUE
        yield (
            child,
            Item(
                id=baby.id,
                work=Work.ACTION,
                name=children.show(child).name,
                about=_("Baby was expected {day}").format(day=day)
                if late
                else _("Baby expected {day}").format(day=day),
                left_for_later=True,
                owed=_("Say what became of it") if late else _("Referral to decide"),
            ),
        )
