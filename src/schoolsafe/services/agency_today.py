"""What stands on Today because of other agencies: what they owe, and the daily meeting within the hour."""

from collections.abc import Iterator
from dataclasses import dataclass

from schoolsafe.domain import say
from schoolsafe.domain.agency_clock import Urgency
from schoolsafe.domain.today import Item, Work
from schoolsafe.services.agency import Agencies
from schoolsafe.words import _

MEETING = "meeting:"
"""What the key of a row of the daily meeting begins with, then the child."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One row, and what it opens."""

    item: Item
    child: str
    record: str
    """Empty where the form opens new."""
    form: str


def standing(agencies: Agencies) -> Iterator[Standing]:
    """Every row of other agencies, as it stands now."""
    for owed in agencies.due():
        item = Item(
            id=owed.record,
            work=Work.AGENCY,
            name=owed.child_name,
            about=owed.what,
            received=owed.due,
            left_for_later=True,
            owed=owed.words,
            past_due=owed.urgency is Urgency.OVERDUE,
        )
        yield Standing(item, owed.child, owed.record, owed.form)
    soon = agencies.meeting_soon()
    if soon is None:
        return
    name = soon.name or _("Daily meeting")
    for child, who in soon.children:
        item = Item(
            id=MEETING + child,
            work=Work.MEETING,
            name=who,
            about=_("{meeting}: what will you tell?").format(meeting=name),
            due=soon.at,
            left_for_later=True,
            owed=_("At {time}").format(time=say.time_words(soon.at)),
        )
        yield Standing(item, child, "", "daily_meeting")
