"""A real school for tests, in milliseconds: real circles, real SQLCipher, real reducer, a clock that is set.

`make_school(folder)` gives a `School` with its `Services`. Mail is read in this process unless a test asks for the
child: the child has its own tests.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from fakes.anchors import FakeAnchors
from fakes.mail_places import FakeFetcher, FakeSecrets
from schoolsafe import resources
from schoolsafe.bootstrap.clock import RandomIds
from schoolsafe.bootstrap.protocol_cards import shipped_cards
from schoolsafe.domain.calendar import ClosedDay, Term, bank_holidays
from schoolsafe.domain.ids import PersonId
from schoolsafe.domain.notification import MailDraft
from schoolsafe.domain.person import Role
from schoolsafe.domain.template import Template
from schoolsafe.errors import Refused
from schoolsafe.intake.templates_layouts import shipped
from schoolsafe.relay.folder import open_relay
from schoolsafe.services import founding
from schoolsafe.services.circle import Circles
from schoolsafe.services.desk import LONDON, Actor, Desk
from schoolsafe.services.entrance import SetUp
from schoolsafe.services.genesis import found_school
from schoolsafe.services.mail_fetching import MailFetcher, MailTools
from schoolsafe.services.pages import (
    ChronologyPage,
    ContactCardPage,
    ForceLetterPage,
    GateListPage,
    RecoverySheet,
    ToldSlipPage,
)
from schoolsafe.services.policy import NOTHING_FIXED, Policy
from schoolsafe.services.ports_outside import Intake, PupilList, PupilRow
from schoolsafe.services.ports_upkeep import Checked, Checking, Verified
from schoolsafe.services.unlocked import Services
from schoolsafe.store.vault import Vault
from schoolsafe.wire import stub

MONDAY = datetime(2026, 11, 9, 8, 18, tzinfo=LONDON)
TERMS = (
    Term("Spring", date(2026, 1, 5), date(2026, 2, 13)),
    Term("Summer 1", date(2026, 4, 13), date(2026, 5, 22)),
    Term("Summer 2", date(2026, 6, 1), date(2026, 7, 21)),
    Term("Autumn 1", date(2026, 9, 1), date(2026, 10, 23)),
    Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
)


class SetClock:
    """A clock that moves only when a test moves it, a millisecond at each look so that order is seen."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class PaperTray:
    """A printer that keeps what it was given and returns a mark instead of a page."""

    def __init__(self) -> None:
        self.printed: list[object] = []

    def told_slip(self, slip: ToldSlipPage) -> bytes:
        return self._print(slip)

    def recovery_sheet(self, sheet: RecoverySheet) -> bytes:
        return self._print(sheet)

    def chronology(self, page: ChronologyPage) -> bytes:
        return self._print(page)

    def gate_list(self, page: GateListPage) -> bytes:
        return self._print(page)

    def force_letter(self, page: ForceLetterPage) -> bytes:
        return self._print(page)

    def contact_card(self, page: ContactCardPage) -> bytes:
        return self._print(page)

    def _print(self, page: object) -> bytes:
        self.printed.append(page)
        return b"%PDF-fake"


class ReadyDrafts:
    """An intake that gives the drafts a test laid ready, by the bytes it is handed."""

    def __init__(self) -> None:
        self.mails: dict[bytes, MailDraft | Exception] = {}
        self.batches: list[int] = []
        """How many messages each look at several held."""

    def read_mail(
        self,
        data: bytes,
        *,
        templates: Sequence[Template] = (),  # noqa: ARG002
    ) -> MailDraft:
        found = self.mails[data]
        if isinstance(found, Exception):
            raise found
        return found

    def read_mails(
        self,
        files: Sequence[bytes],
        *,
        templates: Sequence[Template] = (),  # noqa: ARG002
    ) -> tuple[MailDraft | Refused, ...]:
        self.batches.append(len(files))
        found = [self.mails[data] for data in files]
        for one in found:
            if not isinstance(one, MailDraft | Refused):
                raise one
        return tuple(one for one in found if isinstance(one, MailDraft | Refused))

    def read_pupil_list(
        self,
        data: bytes,
        *,
        columns: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> PupilList:
        lines = [line.split(",") for line in data.decode().splitlines()]
        headings = lines[0]
        rows = tuple(
            PupilRow(n, {h: cell or None for h, cell in zip(headings, line, strict=True)})
            for n, line in enumerate(lines[1:], 2)
        )
        return PupilList(rows, (), {h: h for h in headings}, (), "utf-8", ",", 1)


class VaultUpkeep:
    """Upkeep over a test vault."""

    def __init__(self, vault: Vault, circles: Circles) -> None:
        self._vault = vault
        self._circles = circles

    @property
    def problem(self) -> str | None:
        return self._vault.problem

    @property
    def warning(self) -> str | None:
        late = self._vault.anchor_late
        return None if late is None else str(late)

    def verify(self, *, deep: bool = False) -> Verified:
        return self._vault.verify(deep=deep)

    def checking(self) -> Checking:
        return self._vault.checking(rows_per_slice=4)

    def last_check(self) -> Checked | None:
        return self._vault.last_check()

    def keep_check(self, checked: Checked) -> None:
        self._vault.keep_check(checked)

    def rebuild(self) -> tuple[int, bytes]:
        return self._vault.rebuild()

    def export(self) -> bytes:
        rows = (stub.parse_any(raw) for raw in self._vault.raws())
        return b"".join(self._circles.export(rows, made_ms=0))


@dataclass
class School:
    """One unlocked school."""

    services: Services
    vault: Vault
    clock: SetClock
    printer: PaperTray
    anchors: FakeAnchors
    circles: Circles
    folder: Path
    mail: MailTools
    key: bytes = field(repr=False)

    def pupil(
        self, forename: str, surname: str, dob: date | None = None, class_name: str = ""
    ) -> str:
        made = self.services.children.add(
            surname=surname, forename=forename, dob=dob, class_name=class_name
        )
        return made.entities[0]

    def audit_lines(self) -> int:
        """How many audit rows stand in the journal; a lead writes them and cannot read them."""
        audit = self.circles.circle_id("audit")
        return sum(stub.parse_any(raw).circle == audit for raw in self.vault.raws())

    def close(self) -> None:
        self.vault.close()

    def open_again(self) -> None:
        """As the next morning: the vault closed, and opened from its file."""
        actor, intake = self.services.actor, self.services.intake
        self.vault.close()
        self.vault = Vault.open(self.folder, self.key, anchors=self.anchors, clock=self.clock)
        self.vault.use(self.circles)
        self.services = _services(
            self.vault,
            actor,
            self.circles,
            self.clock,
            intake=intake,
            printer=self.printer,
            mail=self.mail_again(),
        )

    def mail_again(self) -> MailTools:
        return MailTools(self.mail.fetcher, self.mail.secrets, self.vault.shelf("mail source"))


def make_school(
    folder: Path,
    *,
    role: Role = Role.DSL,
    intake: Intake | None = None,
    calendar: bool = True,
    fetcher: MailFetcher | None = None,
    policy: Policy = NOTHING_FIXED,
) -> School:
    """A founded school with its calendar set, at Monday 9 November 2026, 8:18am."""
    clock, anchors, ids = SetClock(), FakeAnchors(), RandomIds()
    person = PersonId(ids.new("person"))
    form = SetUp("Ashgrove Primary School", "999101", "Priya Nair", role.value, test=True)
    founded = found_school(
        urn=form.urn,
        person=person,
        person_name=form.person,
        role=role,
        seat=secrets.token_hex(8),
        label="test computer",
        at_ms=0,
    )
    key = secrets.token_bytes(32)
    vault = Vault.create(folder, key, anchors=anchors, clock=clock)
    for circle, chain in founded.rosters:
        for n, raw in enumerate(chain, 1):
            vault.rosters.add_link(circle, n, raw)
    circles = Circles(founded.secrets, (chain for _circle, chain in founded.rosters), app="test")
    vault.use(circles)
    founding.found(vault.journal, form, person)
    printer = PaperTray()
    mail = MailTools(fetcher or FakeFetcher(), FakeSecrets(), vault.shelf("mail source"))
    services = _services(
        vault,
        Actor(person, form.person, role.value),
        circles,
        clock,
        intake=intake or ReadyDrafts(),
        printer=printer,
        mail=mail,
        policy=policy,
    )
    if calendar:
        services.calendars.set(
            start=time(8, 45),
            end=time(15, 15),
            terms=TERMS,
            closed=(ClosedDay(date(2026, 9, 1), "INSET"),),
        )
    return School(services, vault, clock, printer, anchors, circles, folder, mail, key)


def _services(
    vault: Vault,
    actor: Actor,
    circles: Circles,
    clock: SetClock,
    *,
    intake: Intake,
    printer: PaperTray,
    mail: MailTools,
    policy: Policy = NOTHING_FIXED,
) -> Services:
    desk = Desk(
        actor=actor,
        journal=vault.journal,
        reader=vault.reader,
        drafts=vault.drafts,
        clock=clock,
        ids=RandomIds(),
        closed=frozenset(name for name in circles.names if not circles.reads(name)),
    )
    holidays = json.loads(resources.path("bank_holidays.json").read_text("utf-8"))
    return Services(
        desk,
        intake=intake,
        printer=printer,
        upkeep=VaultUpkeep(vault, circles),
        mail=mail,
        policy=policy,
        bank_holidays={division: bank_holidays(holidays, division) for division in holidays},
        recovery_drilled=False,
        holders=1,
        cards=shipped_cards(),
        keyring=circles,
        relay=open_relay,
        layouts=shipped(),
    )
