"""What stands in the form of a call, what is wrong with it, and how it becomes a call. Qt-free."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.entry import Value
from schoolsafe.domain.notification import (
    Answer,
    Channel,
    Choice,
    Incident,
    Precision,
    Presence,
    Sender,
)
from schoolsafe.services.notification import Call
from schoolsafe.words import _

_PHONE: Final = re.compile(r"\+?\d[\d ()-]{5,}\d")
_CHIPS: Final = 4


@dataclass(frozen=True, slots=True)
class CallForm:
    """The form as it stands; nothing in it is checked while a person types."""

    child_name: str = ""
    child: str = ""
    """The pupil, once a person picked one."""
    caller: str = ""
    day: date | None = None
    day_problem: str = ""
    """What is wrong with the date boxes, in words."""
    clock: time | None = None
    clock_problem: str = ""
    about: bool = False
    overnight: bool = False
    presence: Presence = Presence.UNKNOWN
    said: str = ""
    reference: str = ""
    voice: str = ""
    social_care: Answer = Answer.UNKNOWN
    choice: str = ""
    reason: str = ""
    channel: str = Channel.PHONE.value

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.child_name.strip() or self.said.strip() or self.choice or self.reference)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What to do, and in which field: child, date, time or choice."""

    field: str
    words: str


def day_chips(today: date) -> tuple[tuple[str, date], ...]:
    """Last night, today, and the two days before by name: "Saturday", "Friday" on a Monday."""
    earlier = tuple(today - timedelta(days=n) for n in range(2, _CHIPS))
    named = tuple((say.weekday_words(day), day) for day in earlier)
    return ((_("Last night"), today - timedelta(days=1)), (_("Today"), today), *named)


def wrong_with(form: CallForm, *, today: date, deciding: bool) -> tuple[Wrong, ...]:
    """What stands in the way of saving, in the order of the form.

    Args:
        form: as it stands.
        today: the school's day.
        deciding: *Save*; False for *Save and decide later*, which needs a name only.
    """
    wrong = []
    if not form.child_name.strip():
        wrong.append(Wrong("child", _("Enter who the call is about")))
    if form.day_problem:
        wrong.append(Wrong("date", form.day_problem))
    elif form.day is not None and form.day > today:
        words = _("Date of the incident must be today or in the past")
        wrong.append(Wrong("date", words))
    if form.clock_problem:
        wrong.append(Wrong("time", form.clock_problem))
    if deciding and not form.choice:
        wrong.append(
            Wrong("choice", _("Choose what happens this morning, or save and decide later"))
        )
    elif deciding and form.choice != Choice.NOT_OURS.value and not form.child:
        words = _("Choose the pupil from your list, or save and decide later")
        wrong.append(Wrong("child", words))
    return tuple(wrong)


def call_of(form: CallForm, *, received_at: datetime, deciding: bool) -> Call:
    """The call as it goes on record."""
    precision = Precision.UNKNOWN
    if form.clock is not None:
        precision = Precision.APPROX if form.about else Precision.EXACT
    elif form.overnight and form.day is not None:
        precision = Precision.OVERNIGHT
    return Call(
        child_name=form.child_name.strip(),
        said=form.said,
        child=form.child or None,
        incident=Incident(date=form.day, time=form.clock, precision=precision),
        presence=form.presence,
        caller=caller_of(form.caller),
        police_reference=form.reference,
        voice=form.voice,
        social_care=form.social_care,
        choice=Choice(form.choice) if deciding and form.choice else None,
        reason=form.reason if deciding else "",
        received_at=received_at,
        channel=Channel(form.channel),
    )


def caller_of(words: str) -> Sender:
    """Organisation, name and number out of one line: "Council hub, D. Marsh, 01632 960 310"."""
    found = _PHONE.search(words)
    rest = words.replace(found[0], "") if found else words
    parts = [part.strip() for part in rest.split(",") if part.strip()]
    phone = found[0].strip() if found else None
    if not parts:
        return Sender(phone=phone)
    if len(parts) == 1:
        return Sender(name=parts[0], phone=phone)
    return Sender(organisation=parts[0], name=", ".join(parts[1:]), phone=phone)


def caller_words(sender: Sender) -> str:
    """The same line again, for the next call."""
    return ", ".join(part for part in (sender.organisation, sender.name, sender.phone) if part)


def as_draft(form: CallForm) -> dict[str, Value]:
    """What is kept of a form that is not saved; an empty one keeps nothing."""
    if not form.is_begun:
        return {}
    return {
        "child_name": form.child_name,
        "child": form.child,
        "caller": form.caller,
        "day": form.day.isoformat() if form.day else "",
        "clock": form.clock.isoformat() if form.clock else "",
        "about": form.about,
        "overnight": form.overnight,
        "presence": form.presence.value,
        "said": form.said,
        "reference": form.reference,
        "voice": form.voice,
        "social_care": form.social_care.value,
        "choice": form.choice,
        "reason": form.reason,
        "channel": form.channel,
    }


def from_draft(values: Mapping[str, Value]) -> CallForm:
    """The form as it was left."""

    def words(name: str) -> str:
        value = values.get(name)
        return value if isinstance(value, str) else ""

    form = CallForm(
        child_name=words("child_name"),
        child=words("child"),
        caller=words("caller"),
        about=bool(values.get("about")),
        overnight=bool(values.get("overnight")),
        presence=Presence(words("presence") or Presence.UNKNOWN),
        said=words("said"),
        reference=words("reference"),
        voice=words("voice"),
        social_care=Answer(words("social_care") or Answer.UNKNOWN),
        choice=words("choice"),
        reason=words("reason"),
        channel=words("channel") or Channel.PHONE.value,
    )
    if words("day"):
        form = replace(form, day=date.fromisoformat(words("day")))
    if words("clock"):
        form = replace(form, clock=time.fromisoformat(words("clock")))
    return form
