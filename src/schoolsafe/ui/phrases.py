"""Codes of the record in the words a person reads: who was there, how it came, whether in time.

Qt-free, so that presenters may use it. What is missing is said ("Not told"), never left blank.
Left to others: dates and times (domain.say), the school's own words for the four choices
(services.school).
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from schoolsafe.domain import say
from schoolsafe.domain.calendar import Timeliness, Timing, Unknown
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.notification import (
    Adult,
    Answer,
    Channel,
    CloseOutcome,
    Incident,
    NoticeKind,
    Precision,
    Presence,
    Risk,
    Sender,
    Step,
    is_known,
)
from schoolsafe.services.child import ChildRow
from schoolsafe.services.chronology_words import ENTRY_KINDS, NOTICE_KINDS, STEPS
from schoolsafe.words import N_, _, ngettext

Tone = Literal["ok", "warn", "danger", "muted"]

NOT_TOLD: Final = N_("Not told")
NEWER: Final = N_("As written by a newer version")
"""In place of a code only a newer release knows."""


_CHANNELS: Final[Mapping[Channel, str]] = {
    Channel.PHONE: N_("phone call"),
    Channel.POLICE_EMAIL: N_("police email"),
    Channel.SECURE_EMAIL: N_("secure email"),
    Channel.PORTAL: N_("portal"),
    Channel.COUNCIL_RELAY: N_("passed on by the council"),
    Channel.LETTER: N_("letter"),
    Channel.IN_PERSON: N_("in person"),
    Channel.SEALED: N_("sealed notice"),
}

_PRESENCE: Final[Mapping[Presence, str]] = {
    Presence.SAW: N_("There, and saw it"),
    Presence.HEARD: N_("There, and heard it"),
    Presence.UNCLEAR: N_("In the home. Whether they saw or heard it: not told"),
    Presence.NOT_PRESENT: N_("Not there"),
}

PRESENCE_CHIPS: Final[tuple[tuple[Presence, str], ...]] = (
    (Presence.SAW, N_("Saw it")),
    (Presence.HEARD, N_("Heard it")),
    (Presence.UNCLEAR, N_("In the home, unclear")),
    (Presence.NOT_PRESENT, N_("Not there")),
    (Presence.UNKNOWN, N_("Not told")),
)

_ANSWERS: Final[Mapping[Answer, str]] = {Answer.YES: N_("Yes"), Answer.NO: N_("No")}

_VOICE_WITH: Final[Mapping[str, str]] = {
    "officer_only": N_("To an officer, on their own."),
    "with_other_adult": N_("To an officer, with another adult there."),
}

_ROLES: Final[Mapping[str, str]] = {
    "child": N_("Child in the household"),
    "victim": N_("Child harmed by the abuse themselves"),
    "alleged_person_causing_harm": N_("Child alleged to have caused harm"),
    "missing_child": N_("Missing child"),
}


_STEP_HINTS: Final[Mapping[Step, str]] = {
    Step.HISTORY_READ: N_("Earlier notifications, open plans, brothers and sisters"),
    Step.REFERRAL_DECISION: N_("Refer or not, and why"),
    Step.SEEN_ON_ARRIVAL: N_("When, how they seemed, what they said"),
    Step.ATTENDANCE: N_("Present, late or absent. Absence is itself a concern"),
    Step.PARENT_CONTACT: N_("Only if safe. Never leave a message"),
    Step.SIBLING_SCHOOLS: N_("Whom you told, where lawful and needed"),
    Step.CHECKED_IN: N_("How they are now, in their words"),
    Step.SENDER_TOLD: N_("Whom you rang or wrote to, and when"),
    Step.PASSED_ON: N_("Which lead you told, and how"),
    Step.RECEIPT_CONFIRMED: N_("Who there says that they have it"),
    Step.REVIEW: N_("What has changed, and what happens next"),
}

_OUTCOMES: Final[Mapping[CloseOutcome, str]] = {
    CloseOutcome.SUPPORT_CONTINUES: N_("Support continues"),
    CloseOutcome.REFERRED: N_("Referred to social care"),
    CloseOutcome.NO_FURTHER_ACTION: N_("Nothing more is needed"),
    CloseOutcome.NOT_OURS: N_("Not our pupil"),
}


_SIGNIFICANCE: Final[Mapping[Significance, str]] = {
    Significance.ROUTINE: N_("Routine"),
    Significance.SIGNIFICANT: N_("Significant"),
}

_WHY_UNKNOWN: Final[Mapping[Unknown, str]] = {
    Unknown.NO_INCIDENT_TIME: N_("Whether it came in time cannot be said: no time was told"),
    Unknown.CALENDAR_ENDS: N_("Whether it came in time cannot be said: the term dates end before"),
    Unknown.RECEIVED_BEFORE_INCIDENT: N_(
        "Whether it came in time cannot be said: it came before the time it gives"
    ),
}


def kind_words(kind: NoticeKind | None) -> str:
    """What sort of notice, at the start of a line."""
    return _(NOTICE_KINDS.get(kind, NEWER)) if kind else _("Notification")


def channel_words(channel: Channel) -> str:
    """How it came, inside a line."""
    return _(_CHANNELS.get(channel, NEWER))


def presence_words(presence: Presence) -> str | None:
    """Whether the child was there; None is "Not told"."""
    words = _PRESENCE.get(presence, None if is_known(presence) else NEWER)
    return _(words) if words else None


def presence_short(presence: Presence) -> str:
    """The words on its chip."""
    return _(dict(PRESENCE_CHIPS).get(presence, NEWER))


def answer_words(answer: Answer) -> str | None:
    """Yes, no; None is "Not told"."""
    words = _ANSWERS.get(answer, None if is_known(answer) else NEWER)
    return _(words) if words else None


def role_words(role: str) -> str:
    """What part the child has in the notice."""
    return _(_ROLES.get(role, _ROLES["child"]))


def voice_words(voice: str | None, voice_with: str | None, remark: str | None) -> str | None:
    """The child's own words in quotation marks, and who was in the room; a remark is not voice."""
    parts = []
    if voice:
        bare = voice.strip().strip("“”\"'‘’")
        parts.append(_("“{words}”").format(words=bare))
    if voice_with is not None and voice_with in _VOICE_WITH:
        parts.append(_(_VOICE_WITH[voice_with]))
    if remark:
        parts.append(_("The police add: {words}").format(words=remark.strip()))
    return " ".join(parts) or None


def adults_words(adults: tuple[Adult, ...]) -> str | None:
    """Adults as the notice gives them, one a line; the roles in the sender's words."""
    lines = []
    for adult in adults:
        name, role = adult.name_as_sent, adult.role_as_sent
        both = _("{name} ({role})").format(name=name, role=role) if name and role else name or role
        if both:
            lines.append(both)
    return "\n".join(lines) or None


def risk_words(risk: Risk) -> str | None:
    """The sender's tool and grade, word for word; never translated."""
    tool = risk.tool_as_sent or (risk.tool if risk.tool != "other" else None)
    if risk.grade_as_sent and tool:
        return _("{grade} ({tool})").format(grade=risk.grade_as_sent, tool=tool.replace("_", " "))
    return risk.grade_as_sent or (tool.replace("_", " ") if tool else None)


def sender_words(sender: Sender) -> str | None:
    """Who sent it, as far as the message says."""
    parts = [part for part in (sender.organisation, sender.name) if part]
    return ", ".join(parts) or sender.address


def incident_words(incident: Incident) -> str | None:
    """When it happened, as exactly as it was told: "Saturday 7 November 2026, about 10:40pm"."""
    if incident.date is None:
        return incident.as_sent
    day = say.day_words(incident.date)
    if incident.precision is Precision.OVERNIGHT:
        return _("Overnight from {day}").format(day=day)
    until = ""
    if incident.date_to and incident.date_to != incident.date:
        until = say.day_words(incident.date_to)
    if incident.time is None:
        if until:
            return _("From {first} to {last}, time not told").format(first=day, last=until)
        return _("{day}, time not told").format(day=day)
    clock = say.time_words(incident.time)
    if incident.precision is Precision.APPROX:
        clock = _("about {time}").format(time=clock)
    first = _("{day}, {time}").format(day=day, time=clock)
    end = ", ".join(
        p for p in (until, say.time_words(incident.time_to) if incident.time_to else "") if p
    )
    return _("{first} to {last}").format(first=first, last=end) if end else first


def incident_short(incident: Incident) -> str:
    """When, in a list: "Sat 10:40pm", "Sat, overnight", "Not told"."""
    if incident.date is None:
        return _(NOT_TOLD)
    day = say.short_day(incident.date).split(" ")[0]
    if incident.time is not None:
        return f"{day} {say.time_words(incident.time)}"
    if incident.precision is Precision.OVERNIGHT:
        return _("{day}, overnight").format(day=day)
    return _("{day}, no time").format(day=day)


def timing_words(timing: Timing) -> tuple[str, Tone, str]:
    """Whether it came in time: the words, their ink, and what a screen reader says."""
    if timing.value is Timeliness.ON_TIME:
        return _("On time"), "ok", _("On time: it came before school started")
    if timing.value is Timeliness.RECEIVED_IN_HOLIDAY:
        words = _("In the holiday")
        return words, "ok", _("In the holiday: it came before the next school day")
    if timing.value is Timeliness.LATE_SAME_DAY:
        words = _("Late, same day")
        return words, "danger", _("Late, same day: it came after school started")
    if timing.value is Timeliness.LATE:
        days = timing.late_school_days or 0
        words = ngettext("Late by {n} school day", "Late by {n} school days", days).format(n=days)
        return words, "danger", words
    if timing.reason is Unknown.NO_INCIDENT_TIME:
        return _("No time given"), "muted", _(_WHY_UNKNOWN[timing.reason])
    words = _("Cannot say whether in time")
    return words, "muted", _(_WHY_UNKNOWN[timing.reason]) if timing.reason else words


def step_words(step: Step) -> str:
    """One step after the decision."""
    return _(STEPS.get(step, NEWER))


def step_hint(step: Step) -> str:
    """What to write about it."""
    return _(_STEP_HINTS.get(step, ""))


def outcome_words(outcome: CloseOutcome) -> str:
    """How it ended."""
    return _(_OUTCOMES.get(outcome, NEWER))


def entry_kind_words(kind: EntryKind) -> str:
    """The name of an ordinary entry."""
    return _(ENTRY_KINDS[kind])


def significance_words(significance: Significance) -> str:
    """Whether the short chronology must show it."""
    return _(_SIGNIFICANCE[significance])


def born_words(dob: date | None, dob_as_sent: str | None, age_as_sent: str | None) -> str:
    """The birth date as the police wrote it, or their age, or that none was told."""
    if dob is not None:
        return _("born {date}, as the police wrote it").format(date=say.date_words(dob))
    if dob_as_sent:
        return _("born {date}, as the police wrote it").format(date=dob_as_sent)
    if age_as_sent:
        return _("{age}, as the police wrote it").format(age=age_as_sent)
    return _("date of birth not told")


def ordinal_words(n: int) -> str:
    """How many before, in a table: "First", "2nd in a year"."""
    if n <= 1:
        return _("First")
    ending = {2: _("2nd"), 3: _("3rd")}.get(n, _("{n}th").format(n=n))
    return _("{nth} in a year").format(nth=ending)


def year_words(year: str | None) -> str:
    """A year group as the roll keeps it: "4" is "Year 4", "R" is "Reception"."""
    if not year:
        return ""
    if year.isdigit():
        return _("Year {year}").format(year=year)
    if year == "R":
        return _("Reception")
    return _("Nursery") if year in {"N", "N1", "N2"} else year


def class_words(child: ChildRow) -> str:
    """Year and class: "Year 4 Kingfisher"."""
    year, name = year_words(child.year), child.class_name or ""
    if name and year and name.casefold().startswith(year.casefold()):
        return name
    return " ".join(part for part in (year, name) if part)


def pupil_words(child: ChildRow) -> str:
    """What tells a pupil from others: "Maya Thornton, Year 4 Kingfisher, Mrs Bello’s class"."""
    teacher = _("{teacher}’s class").format(teacher=child.teacher) if child.teacher else ""
    return ", ".join(part for part in (child.name, class_words(child), teacher) if part)
