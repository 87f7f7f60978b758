"""Agencies and sharing in words. Qt-free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final

from schoolsafe.domain import agency_clock as clock
from schoolsafe.domain import say
from schoolsafe.domain.agency_clock import AgencySettings, DailyMeeting, Stage, StrategyFigures
from schoolsafe.domain.helpline import Helpline, Usage
from schoolsafe.domain.referral import LEVELS
from schoolsafe.services.contact import ContactView
from schoolsafe.services.share_log import ShareLine
from schoolsafe.services.voice import VoiceReport
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.widgets.row_list import Row
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import N_, _, ngettext

SHARES_SHOWN: Final = 200
"""Newest lines of the log on screen; the file holds all of them."""
_STAGE_PARTS: Final = 3


class Part(StrEnum):
    """One part, in order."""

    CONTACTS = "contacts"
    HELPLINES = "helplines"
    SHARES = "shares"
    VOICE = "voice"
    STRATEGY = "strategy"
    AREA = "area"


TITLES: Final[Mapping[Part, str]] = {
    Part.CONTACTS: N_("Contact book"),
    Part.HELPLINES: N_("Helplines"),
    Part.SHARES: N_("What was shared"),
    Part.VOICE: N_("The child’s voice"),
    Part.STRATEGY: N_("Strategy meetings"),
    Part.AREA: N_("How your area does it"),
}
_ICONS: Final[Mapping[Part, str]] = {
    Part.CONTACTS: "users-round",
    Part.HELPLINES: "phone",
    Part.SHARES: "arrow-right-left",
    Part.VOICE: "message-circle",
    Part.STRATEGY: "calendar-check",
    Part.AREA: "settings",
}


@dataclass(frozen=True, slots=True)
class AgenciesFacts:
    """Everything, as one question to the worker answered it."""

    today: date
    contacts: tuple[ContactView, ...]
    helplines: tuple[Helpline, ...]
    usage: Usage
    shares: tuple[ShareLine, ...]
    voice: VoiceReport
    strategy: StrategyFigures
    settings: AgencySettings


def rows(facts: AgenciesFacts) -> tuple[Row, ...]:
    """The list of parts, each with what stands in it now."""
    stale = sum(one.stale for one in facts.contacts)
    silent, over = len(facts.voice.silent), facts.strategy.over
    n = len(facts.contacts)
    about = {
        Part.CONTACTS: ngettext("{n} contact", "{n} contacts", n).format(n=n),
        Part.HELPLINES: _("Numbers, hours, how often rung"),
        Part.SHARES: ngettext("{n} line", "{n} lines", len(facts.shares)).format(
            n=len(facts.shares)
        ),
        Part.VOICE: _("Who was heard, and the blanks"),
        Part.STRATEGY: _("Hours to convene, minutes"),
        Part.AREA: _("Levels, stages, the daily meeting"),
    }
    state = {
        Part.CONTACTS: ngettext("{n} not confirmed", "{n} not confirmed", stale).format(n=stale)
        if stale
        else "",
        Part.VOICE: ngettext("{n} not heard", "{n} not heard", silent).format(n=silent)
        if silent
        else "",
        Part.STRATEGY: ngettext("{n} over the limit", "{n} over the limit", over).format(n=over)
        if over
        else "",
    }
    return tuple(
        Row(
            key=part.value,
            title=_(TITLES[part]),
            about=about[part],
            state=state.get(part, ""),
            tone="warn",
            icon=_ICONS[part],
        )
        for part in Part
    )


# contacts ---------------------------------------------------------------------------------------------


def contact_row(view: ContactView) -> TableRow:
    """Agency, who, how to reach them, whether it still holds."""
    one = view.contact
    who = ", ".join(part for part in (one.name, one.role) if part)
    reach = "\n".join(part for part in (one.phone, one.email) if part)
    if view.stale:
        held = Cell(_("Not confirmed this term"), tone="warn", strong=True)
    else:
        held = Cell(say.short_day(one.confirmed_on) if one.confirmed_on else "", tone="muted")
    return TableRow(one.id, (Cell(one.agency, strong=True), Cell(who), Cell(reach), held))


def contact_words(view: ContactView) -> str:
    """What else is known about a contact, a line each."""
    one = view.contact
    said = (
        (_("Stands in: {who}"), one.cover),
        (_("Dial-in: {how}"), one.dial_in),
        (_("Note: {words}"), one.notes),
    )
    lines = [
        words.format(who=value, how=value, words=say.plain_text(value))
        for words, value in said
        if value
    ]
    return "\n".join(lines)


# helplines --------------------------------------------------------------------------------------------


def helpline_row(line: Helpline, today: date) -> TableRow:
    """Name, number, hours, when that was last looked up."""
    if line.checked is None:
        checked = Cell(_("Never checked here"), tone="warn", strong=True)
    else:
        old = line.old(today)
        checked = Cell(say.date_words(line.checked), tone="warn" if old else "muted", strong=old)
    return TableRow(
        line.id, (Cell(line.name, strong=True), Cell(line.number), Cell(line.hours), checked)
    )


def usage_rows(usage: Usage) -> tuple[TableRow, ...]:
    """Years, then months, the newest first."""
    years = [TableRow(year, (Cell(year, strong=True), Cell(str(n)))) for year, n in usage.years]
    months = [
        TableRow(month, (Cell(say.month_words(date.fromisoformat(f"{month}-01"))), Cell(str(n))))
        for month, n in usage.months
    ]
    return (*years, *months)


# what was shared --------------------------------------------------------------------------------------


def share_row(line: ShareLine) -> TableRow:
    """When, about whom, what, with whom and why, on what basis."""
    what = "\n".join(part for part in (say.plain_text(line.what), line.how) if part)
    whom = "\n".join(
        part for part in (say.plain_text(line.with_whom), say.plain_text(line.why)) if part
    )
    return TableRow(
        line.id,
        (
            Cell(say.short_moment(line.at)),
            Cell(line.child_name or _("Nobody in particular"), strong=bool(line.child_name)),
            Cell(what),
            _said(whom),
            _said(line.basis),
            Cell(line.by, tone="muted"),
        ),
    )


def _said(words: str) -> Cell:
    return Cell(words) if words else Cell(_("Not said"), tone="muted")


# voice ------------------------------------------------------------------------------------------------


def heard_words(report: VoiceReport) -> str:
    """Says "3 of 4 open cases with the child’s voice in the last 30 days: 75 %"."""
    found = report.audit
    if found.heard_percent is None:
        return _("No case is open.")
    words = _("Heard in the last 30 days: {n} of {all} children with an open case, {percent} %.")
    return words.format(n=found.heard, all=found.open_cases, percent=found.heard_percent)


def changed_words(report: VoiceReport) -> str:
    """Says how many meetings of a year say what changed."""
    found = report.audit
    if found.changed_percent is None:
        return _("No meeting is on record in the last year.")
    words = _("What changed is written down: {n} of {all} meetings of a year, {percent} %.")
    return words.format(n=found.changed, all=found.meetings, percent=found.changed_percent)


def silent_rows(report: VoiceReport) -> tuple[TableRow, ...]:
    """Children who were not heard."""
    made = []
    for one in report.silent:
        last = say.short_day(one.last) if one.last else _("Never")
        why = (
            Cell(say.plain_text(one.why_not))
            if one.why_not
            else Cell(_("Nobody wrote why"), tone="warn", strong=True)
        )
        made.append(TableRow(one.child, (Cell(one.name, strong=True), Cell(last), why)))
    return tuple(made)


def unchanged_rows(report: VoiceReport) -> tuple[TableRow, ...]:
    """Meetings that do not say what changed."""
    return tuple(
        TableRow(
            one.record, (Cell(say.short_day(one.day)), Cell(one.name, strong=True), Cell(one.what))
        )
        for one in report.unchanged
    )


# strategy meetings ------------------------------------------------------------------------------------


def strategy_facts(found: StrategyFigures, settings: AgencySettings) -> tuple[tuple[str, str], ...]:
    """The figures, a line each; what nobody can say is said."""
    unknown = _("Cannot be said")
    hours = (
        clock.Convened(
            found.median_minutes, over=False, there=None, days_to_minutes=None, chase=False
        ).hours_words
        if found.median_minutes is not None
        else unknown
    )
    there = (
        _("{n} of {all}, {percent} %").format(
            n=found.there, all=found.said, percent=found.percent_there
        )
        if found.percent_there is not None
        else unknown
    )
    days = found.median_days_to_minutes
    came = unknown if days is None else ngettext("{n} day", "{n} days", days).format(n=days)
    limit = _("Within {hours} hours").format(hours=settings.strategy_hours)
    over = _("Over {hours} hours, held or not").format(hours=settings.strategy_hours)
    return (
        (_("Asked for"), str(found.asked)),
        (_("Held"), str(found.held)),
        (limit, str(found.within)),
        (over, str(found.over)),
        (_("Half were held within"), hours),
        (_("The school took part"), there),
        (_("Half of the minutes came within"), came),
        (_("Minutes to chase"), str(found.chase)),
    )


# the area ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AreaForm:
    """The area's ways as typed."""

    levels: Mapping[str, str]
    stages: str
    meeting: str
    at: str
    grades: str
    referral_days: str
    minutes_days: str


def level_words(settings: AgencySettings, level: str) -> str:
    """A level as the area calls it, else as usual."""
    return dict(settings.levels).get(level) or _(dict(LEVELS)[level])


def stage_lines(stages: Sequence[Stage]) -> str:
    """A stage a line, as a person can change it."""
    return "\n".join(f"{_(one.name)}; {_(one.who)}; {one.days}" for one in stages)


def area_of(
    form: AreaForm, now: AgencySettings
) -> tuple[AgencySettings | None, tuple[Problem, ...]]:
    """The settings that were typed, or what keeps them from being read."""
    problems: list[Problem] = []
    stages = _stages(form.stages, problems)
    daily = _daily(form, problems)
    days = [
        _days(said, name, problems)
        for said, name in ((form.referral_days, "referral"), (form.minutes_days, "minutes"))
    ]
    if problems:
        return None, tuple(problems)
    levels = tuple(
        (level, words.strip())
        for level, words in form.levels.items()
        if words.strip() and words.strip() != _(dict(LEVELS)[level])
    )
    return AgencySettings(stages, daily, levels, days[0], days[1], now.strategy_hours), ()


def _stages(typed: str, problems: list[Problem]) -> tuple[Stage, ...]:
    found = []
    for n, line in enumerate((line for line in typed.splitlines() if line.strip()), 1):
        parts = [part.strip() for part in line.split(";")]
        if (
            len(parts) != _STAGE_PARTS
            or not parts[0]
            or not parts[2].isdecimal()
            or parts[2] == "0"
        ):
            words = _("Stage {n}: write its name, who, and a number of working days, parted by ;")
            problems.append(Problem(words.format(n=n), "stages"))
        else:
            found.append(Stage(parts[0], parts[1], int(parts[2])))
    if not found and not problems:
        problems.append(Problem(_("Enter at least one stage"), "stages"))
    return tuple(found)


def _daily(form: AreaForm, problems: list[Problem]) -> DailyMeeting | None:
    if not form.meeting.strip():
        return None
    try:
        at = time.fromisoformat(form.at.strip())
    except ValueError:
        problems.append(Problem(_("Enter when the meeting begins, such as 11:00"), "meeting-at"))
        return None
    return DailyMeeting(form.meeting.strip(), at, tuple(_words(form.grades)))


def _words(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()] or ["high"]


def _days(typed: str, field: str, problems: list[Problem]) -> int:
    if typed.strip().isdecimal() and int(typed) > 0:
        return int(typed)
    problems.append(Problem(_("Enter a number of working days"), field))
    return 1
