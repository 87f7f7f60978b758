"""A phone call that somebody at school typed into a mail: when the police rang, and who it was."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from schoolsafe.domain.notification import Sender
from schoolsafe.intake.mail_headers import Headers
from schoolsafe.intake.senders import domain_of
from schoolsafe.intake.sheet import Cut
from schoolsafe.intake.templates import words
from schoolsafe.intake.times import find_times
from schoolsafe.words import _

_FLAGS: Final = re.IGNORECASE
_RANG: Final = re.compile(
    r"\b(?:police|officer|pc \w+|sgt \w+|lady|encompass(?: desk| team)?)\b[^.\n]{0,40}?"
    r"\b(?:rang|phoned|called|telephoned|on the phone)\b"
    r"|\b(?:phone|telephone|call)(?:ed)?\b[^.\n]{0,20}\bfrom (?:the )?(?:police|encompass)\b"
    r"|\btook a call from (?:the )?police\b",
    _FLAGS,
)
_CALLER: Final = re.compile(r"\(([^()\n]{3,60})\)")


@dataclass(frozen=True, slots=True)
class Call:
    """The call behind a note."""

    at: datetime | None
    sender: Sender
    other: dict[str, str]


def find_call(text: str, headers: Headers, received: datetime | None) -> Call | None:
    """The call, where a note from inside the school tells of one; its time is when the school was told."""
    writer, own = headers.address("from"), headers.addresses("to")
    inside = writer is not None and any(
        domain_of(writer) == each.rpartition("@")[2] for each in own
    )
    found = _RANG.search(text)
    if (
        not inside
        or found is None
        or writer is None
        or words().channels["police"].search(domain_of(writer))
    ):
        return None
    near = text[found.end() : found.end() + 30]
    times = find_times(near, Cut(0, len(near)), loose=True)
    other: dict[str, str] = {}
    at = None
    if times and received is not None:
        local = received.astimezone(ZoneInfo("Europe/London"))
        at = datetime.combine(local.date(), times[0].at, local.tzinfo)
        if not timedelta() <= local - at < timedelta(hours=12):
            at = None
        other["call_at_as_sent"] = near[times[0].cut.start : times[0].cut.end]
    if caller := _CALLER.search(text, found.end(), found.end() + 90):
        other["caller_as_sent"] = " ".join(caller[1].split())
    force = re.search(r"\b([A-Z][a-z]+ (?:Police|Constabulary))\b", text)
    return Call(at, Sender(organisation=force[1] if force else _("police, force not said")), other)
