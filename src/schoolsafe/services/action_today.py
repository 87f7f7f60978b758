"""What stands on Today because of actions: overdue and due today, and what was done today."""

from collections.abc import Iterator
from datetime import datetime, time

from schoolsafe.domain import say
from schoolsafe.domain.action import Standing
from schoolsafe.domain.today import Item, Work
from schoolsafe.services.action import Actions, ActionView
from schoolsafe.services.desk import LONDON
from schoolsafe.words import _

_STANDS = frozenset({Standing.OVERDUE, Standing.TODAY})


def due_items(actions: Actions, now: datetime) -> Iterator[tuple[ActionView, Item]]:
    """Every row of an action, as it stands now: at the end of its day, so never before registration."""
    for one in actions.list():
        done = one.done_at if one.done_at and one.done_at.date() == now.date() else None
        if one.standing not in _STANDS and done is None:
            continue
        late = one.standing is Standing.OVERDUE
        yield (
            one,
            Item(
                id=one.id,
                work=Work.ACTION,
                name=one.child_name,
                about=_("{owner}: {what}").format(
                    owner=say.plain_text(one.owner), what=say.plain_text(one.what)
                ),
                received=one.agreed_at,
                due=datetime.combine(one.due, time.max, LONDON) if one.due else None,
                left_for_later=True,
                owed=_("Due {day}").format(day=say.short_day(one.due, on=now.date()))
                if late and one.due
                else _("Due today"),
                past_due=late,
                done_at=done,
            ),
        )
