"""Pictures of agencies, risk and voice: what is put on record in the demo school before each, and the screen."""

from collections.abc import Callable
from typing import Final, Protocol

from schoolsafe.domain.entry import Value
from schoolsafe.services.unlocked import Services


class Player(Protocol):
    """A person at the window, as far as these scenes need her."""

    @property
    def services(self) -> Services:
        """Of the demo school."""
        ...

    def open(self, screen: str, **args: object) -> None:
        """A screen, at rest."""
        ...

    def run(self, command: str) -> None:
        """A command of the screen in front, at rest."""
        ...

    def maya(self) -> str:
        """The child with the pattern."""
        ...


_AGENCY_STORY: Final[tuple[tuple[str, dict[str, Value]], ...]] = (
    (
        "referral",
        {
            "to": "mash",
            "sent_at": "2026-11-04T10:15:00+00:00",
            "method": "By phone, then online form",
            "contact": "Dana Reeve, team manager, MASH",
            "why": "Third notification in a year, and Maya asked where Dad is.",
            "level": "3",
            "consent": "no",
            "consent_why_not": "It would raise the risk",
        },
    ),
    (
        "strategy_meeting",
        {"triggered_at": "2026-11-02T09:30:00+00:00", "why": "Significant harm suspected"},
    ),
    (
        "challenge",
        {
            "raised_at": "2026-11-03T14:00:00+00:00",
            "disagreed": "Closed without a visit",
            "impact": "Nobody has seen the home",
            "wanted": "A visit this week",
            "to": "Dana Reeve, team manager, MASH",
        },
    ),
    (
        "marac",
        {
            "heard_on": "2026-11-05",
            "reference": "M-117",
            "told": "Quiet in the mornings, often late",
            "child_words": "I listen at the door",
        },
    ),
    (
        "threshold",
        {
            "level": "3",
            "since": "2026-10-12",
            "why": "Assessment by social care",
            "plan": "Child in need",
            "social_worker": "A. Grey, 01632 960240",
        },
    ),
)
_CONTACTS: Final = (
    {
        "agency": "MASH",
        "role": "Team manager",
        "name": "Dana Reeve",
        "phone": "01632 960200",
        "email": "mash@example.org",
        "cover": "Duty desk, 01632 960201",
        "dial_in": "01632 960202, room 4417",
    },
    {"agency": "Northmere Police", "name": "Sgt Amal Okoro", "phone": "01632 960210"},
    {"agency": "IDVA service", "name": "Jo Harper", "phone": "01632 960220"},
)


def _with_agencies(player: Player) -> dict[str, str]:
    """A referral, a strategy meeting and a challenge about Maya that are owed an answer; their ids."""
    maya, services = player.maya(), player.services
    if services.file_records.of(maya, "referral"):
        return {view.form.name: view.id for view in services.file_records.of(maya)}
    for form, values in _AGENCY_STORY:
        services.file_records.add(form, maya, dict(values))
    for facts in _CONTACTS:
        services.contacts.add(facts)
    services.printing.chronology(maya)
    return {view.form.name: view.id for view in services.file_records.of(maya)}


def _record(form: str) -> Callable[[Player], None]:
    def play(player: Player) -> None:
        player.open(f"record_{form}", record=_with_agencies(player)[form])

    return play


def _agencies(part: str) -> Callable[[Player], None]:
    def play(player: Player) -> None:
        _with_agencies(player)
        player.open("agencies", part=part)

    return play


def _owed(player: Player) -> None:
    _with_agencies(player)
    player.open("pupil_file", child=player.maya())


def _restricted(player: Player) -> None:
    _owed(player)
    player.run("print")


def _new(form: str) -> Callable[[Player], None]:
    return lambda player: player.open(f"record_{form}", child=player.maya())


PLAYS: Final[tuple[tuple[str, Callable[[Player], None]], ...]] = (
    ("mash-referral", _record("referral")),
    ("strategy-meeting", _record("strategy_meeting")),
    ("escalation", _record("challenge")),
    ("marac-restricted", _new("marac")),
    ("daily-meeting", _new("daily_meeting")),
    ("perpetrator-programme", _new("perpetrator_programme")),
    ("threshold-levels", _owed),
    ("print-restricted", _restricted),
    ("contact-book", _agencies("contacts")),
    ("helpline", _agencies("helplines")),
    ("information-sharing", _agencies("shares")),
    ("voice-of-the-child", _agencies("voice")),
    ("strategy-figures", _agencies("strategy")),
    ("area", _agencies("area")),
)
"""Named after the system of the council papers that each shows."""
