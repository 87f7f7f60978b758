"""What one line of Today says of its notice and its child: pure answers, gathered by `services.today`."""

from collections.abc import Mapping
from datetime import date, datetime

from schoolsafe.domain import say
from schoolsafe.domain.entry import Value
from schoolsafe.domain.match import Proposals
from schoolsafe.domain.notification import Channel, NoticeKind, code_of
from schoolsafe.domain.today import Work
from schoolsafe.services.child import ChildRow
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification_entry import incident_of, instant, text
from schoolsafe.services.ports import Record
from schoolsafe.words import N_, _

_FROM = {
    Channel.PHONE: N_("Phone call"),
    Channel.COUNCIL_RELAY: N_("Council"),
    Channel.LETTER: N_("Letter"),
    Channel.IN_PERSON: N_("In person"),
}
_WEEK = 7


def about_words(notice: Record, now: datetime) -> str:
    """Who sent it and when it happened, in a few words."""
    incident = incident_of(notice.values)
    channel = code_of(Channel, text(notice.values, "channel") or "")
    source = _(_FROM.get(channel, N_("Police")))
    if incident.date is None:
        received = instant(notice.values, "received_at")
        when = say.since_words(received.astimezone(LONDON), now) if received else ""
        return _("{source}, received {when}").format(source=source, when=when)
    day = say.short_day(incident.date, on=now.date())
    if incident.time is None:
        return _("{source}, {day}").format(source=source, day=day)
    near = 0 <= (now.date() - incident.date).days < _WEEK
    when = f"{day.split(' ')[0] if near else day} {say.time_words(incident.time)}"
    return _("{source}, {when}").format(source=source, when=when)


def taken_note(values: Mapping[str, Value]) -> bool:
    """Somebody opened it, or did something with it."""
    return bool(values.get("opened_at") or values.get("acknowledged_at"))


def work_of(notice: Record) -> Work:
    """What sort of work a notice is."""
    if text(notice.values, "kind") not in {NoticeKind.DOMESTIC_ABUSE, None}:
        return Work.OTHER_NOTICE
    return Work.PHONE if text(notice.values, "channel") == Channel.PHONE else Work.EMAIL


def candidates(proposed: Proposals | None) -> int:
    """How many pupils could be meant."""
    return len(proposed.fits) if proposed else 0


def collection(child: ChildRow | None, today: date) -> bool:
    """Only where the school has said who may collect, and that still holds."""
    if child is None or not child.may_collect:
        return False
    return child.may_collect_until is None or child.may_collect_until >= today
