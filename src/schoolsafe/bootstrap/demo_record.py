"""Puts the demo school on record through the services a person uses, at the times its people did it."""

# as elsewhere in bootstrap

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.cli import demo_school as demo
from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.services.child import ClassFacts
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.cover import KeyAdult
from schoolsafe.services.desk import LONDON
from schoolsafe.services.entrance import Founded, SetUp
from schoolsafe.services.notification import Decision
from schoolsafe.services.unlocked import Services

PASSPHRASE = "the demo school has no secrets"  # noqa: S105  # said on the unlock screen: all of it is invented


class StoryClock:
    """Stands where the story is."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant of the story."""
        return london(self.at).astimezone(UTC)


def story_time() -> datetime:
    """Monday 9 November 2026, 8:18am: where the demo school's clock stands."""
    return london(demo.load().now)


def london(moment: datetime) -> datetime:
    """A wall-clock time of the story as an instant."""
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


@dataclass
class _Told:
    """What of the story is on record by now."""

    children: dict[str, str] = field(default_factory=dict)
    """Admission number to pupil."""
    notices: dict[demo.DemoNotice, str] = field(default_factory=dict)
    lines: dict[demo.DemoLine, tuple[str, int]] = field(default_factory=dict)
    entries: dict[demo.DemoEntry, str] = field(default_factory=dict)


def make(home: Path, *, batch: bool = False) -> Founded:
    """Sets up the demo school in an empty folder and lives its three terms."""
    school = demo.load()
    clock = StoryClock(school.founded)
    entrance = HomeEntrance(home, clock=clock)
    form = SetUp(school.name, school.urn, school.lead.name, school.lead.role, "file", demo=True)
    founded = entrance.set_up(form, PASSPHRASE)
    with entrance.open(PASSPHRASE) as opened:
        _live(opened.services, school, clock, batch=batch)
    return founded


def _live(services: Services, school: demo.DemoSchool, clock: StoryClock, *, batch: bool) -> None:
    told = _Told()
    _settle_in(services, school, told)
    for moment in school.timeline():
        clock.at = moment.at
        _happen(services, moment, told)
    for allowed in school.may_collect:
        services.children.set_may_collect(
            told.children[allowed.admission], allowed.names, allowed.until
        )
    clock.at = school.now
    services.protocol_cards.use("northmere")
    for name, data in (*school.mails, *(school.batch_mails if batch else ())):
        services.notifications.receive_file(name, data)
    call = school.draft_call
    clock.at = call.begun
    services.drafts.keep(
        "call",
        "call",
        {
            "child_name": call.child_name,
            "child": told.children[call.admission],
            "caller": f"{call.caller}, {call.caller_phone}",
            "said": call.said,
            "day": call.incident_on.isoformat(),
            "clock": call.incident_at.isoformat(),
        },
    )


def _settle_in(services: Services, school: demo.DemoSchool, told: _Told) -> None:
    services.calendars.set(
        start=school.start, end=school.end, terms=school.terms, closed=school.closed
    )
    for person in school.people:
        services.schools.add_person(name=person.name, role=person.role, job=person.job)
    _get_ready(services, school)
    listed = services.intake.read_pupil_list(school.pupils)
    services.children.apply(services.children.preview(listed, sha256_hex(school.pupils)))
    for each in school.classes:
        services.children.set_class(
            ClassFacts(each.name, each.teacher, each.room, f"{each.first_adult}, {each.door}")
        )
    told.children.update(
        {row.admission: row.id for row in services.children.list() if row.admission}
    )


def _get_ready(services: Services, school: demo.DemoSchool) -> None:
    """A rota for the term and Christmas, and how the police reach the school."""
    lead, deputy = school.lead.name, school.people[0].name
    services.rota.add(
        first=date(2026, 11, 2), last=date(2026, 12, 18), name=lead, phone="01632 960110"
    )
    services.rota.add(
        first=date(2026, 12, 19), last=date(2027, 1, 3), name=deputy, phone="01632 960111"
    )
    adults = [
        KeyAdult(lead, school.lead.job, "01632 960110", date(2025, 9, 4)),
        KeyAdult(deputy, school.people[0].job, "01632 960111", date(2025, 9, 4)),
    ]
    services.rota.set_contact(
        inbox="encompass@ashgrove.example.org", phone="01632 960112", key_adults=adults
    )
    services.rota.confirm(confirmed_with="Northmere Police", on=date(2026, 9, 3))


def _happen(services: Services, moment: demo.Moment, told: _Told) -> None:
    match moment.what:
        case demo.DemoNotice() as notice:
            received = services.notifications.receive_file(notice.name, notice.data)
            told.notices[notice] = received.notifications[0]
            services.notifications.opened(received.notifications[0])
        case demo.DemoLine() as line if isinstance(moment.of, demo.DemoNotice):
            _decide(services, line, told.notices[moment.of], told)
        case demo.DemoStep() as step if isinstance(moment.of, demo.DemoLine):
            notification, number = _line_of(services, moment.of, told)
            services.notifications.follow_up(
                notification,
                number,
                step.step,
                words=step.words,
                child_words=step.child_words,
                voice_why_not=step.why_not_asked,
            )
        case demo.DemoClosing() as closing if isinstance(moment.of, demo.DemoLine):
            notification, number = told.lines[moment.of]
            services.notifications.close(
                notification, number, outcome=closing.outcome, reason=closing.reason
            )
        case demo.DemoEntry() as entry:
            told.entries[entry] = _write(services, entry, told)
        case demo.DemoFix() as fix if isinstance(moment.of, demo.DemoEntry):
            services.chronologies.fix(told.entries[moment.of], new_text=fix.text, reason=fix.why)
        case _:
            message = f"the story tells of {type(moment.what).__name__} without what it belongs to"
            raise ValueError(message)


def _line_of(services: Services, line: demo.DemoLine, told: _Told) -> tuple[str, int]:
    """The line on record; a step may come before the decision, so the match is made for it."""
    if line not in told.lines:
        notice = next(n for n in told.notices if line in n.lines)
        notification = told.notices[notice]
        services.notifications.match(
            notification, line.number, told.children[line.admission], why=line.why
        )
        told.lines[line] = notification, line.number
    return told.lines[line]


def _decide(services: Services, line: demo.DemoLine, notification: str, told: _Told) -> None:
    _line_of(services, line, told)
    services.notifications.decide(
        notification,
        line.number,
        Decision(line.choice, line.reason, key_adult=line.key_adult, first_adult=line.first_adult),
    )


def _write(services: Services, entry: demo.DemoEntry, told: _Told) -> str:
    changes = services.chronologies.add(
        EntryForm(
            child=told.children[entry.admission],
            kind=entry.kind,
            text=entry.text,
            happened=london(entry.happened),
            title=entry.title,
            child_words=entry.child_words,
            voice_why_not=entry.voice_why_not,
            present=entry.present,
            place=entry.place,
            action=entry.action,
            outcome=entry.outcome,
            significance=entry.significance,
        )
    )
    return changes.entities[0]
