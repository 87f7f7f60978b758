"""Set-up, unlocking, recovery over a real data folder: keys open the vault, the vault becomes `Services`.

The heavy parts (SQLAlchemy, cryptography, keyring, ReportLab) are imported when first needed, so that the
unlock screen paints before them: together they take 0.6 s, the screen 0.1 s (engineering notes).
"""

# ruff: noqa: PLC0415  # lazy imports are this module's purpose

import json
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from schoolsafe import __version__, resources
from schoolsafe.bootstrap.clock import RandomIds, StoppedClock, SystemClock
from schoolsafe.bootstrap.seat_secrets import packed, unpacked
from schoolsafe.errors import Refused, SchoolSafeError
from schoolsafe.keys import home as homes
from schoolsafe.services.entrance import (
    AlreadySetUp,
    CannotFound,
    ClockNotYours,
    Founded,
    NothingHere,
    Opened,
    SeatLabel,
    SetUp,
)
from schoolsafe.services.policy import NOTHING_FIXED, Policy
from schoolsafe.services.ports import Clock

if TYPE_CHECKING:
    from schoolsafe.keys.device import Kind
    from schoolsafe.keys.keyfile_format import Label
    from schoolsafe.keys.unlock import Unlocked
    from schoolsafe.services.circle import Circles
    from schoolsafe.services.establishment import Establishments
    from schoolsafe.services.mail_fetching import MailTools
    from schoolsafe.services.unlocked import Services
    from schoolsafe.store.vault import Vault


class WhichSeat(Refused):
    """Several people use this computer. Say which one with --seat."""


class UnknownSecretPlace(Refused):
    """The device secret goes into the keyring or a file, not: {text}."""


class HomeEntrance:
    """The way in to one data folder."""

    def __init__(
        self, home: Path, *, clock: Clock | None = None, policy: Policy = NOTHING_FIXED
    ) -> None:
        """Nothing is read yet.

        Args:
            home: the data folder.
            clock: this computer's, where none is given.
            policy: what the school's IT has fixed here.
        """
        self._home = home
        self._policy = policy
        self._clock = clock or SystemClock()

    def seats(self) -> tuple[SeatLabel, ...]:
        """The names in this folder."""
        return tuple(_label(line) for line in homes.seats(self._home))

    def set_up(self, form: SetUp, passphrase: str, *, now: datetime | None = None) -> Founded:
        """Makes a school with its first person; the key file is written last."""
        from schoolsafe.domain.access import Access, access
        from schoolsafe.domain.field import SCHOOL
        from schoolsafe.domain.ids import PersonId
        from schoolsafe.domain.person import Role
        from schoolsafe.keys import unlock
        from schoolsafe.keys.device import store_for
        from schoolsafe.keys.keyfile_format import Label
        from schoolsafe.services import founding
        from schoolsafe.services.circle import Circles
        from schoolsafe.services.genesis import found_school
        from schoolsafe.store.vault import Vault

        if homes.seats(self._home):
            raise AlreadySetUp
        if access(Role(form.role), SCHOOL) is not Access.READ:
            raise CannotFound
        if now is not None and not (form.test or form.demo):
            raise ClockNotYours
        clock = StoppedClock(now) if now else self._clock
        ids = RandomIds()
        seat, person = homes.new_seat(), PersonId(ids.new("person"))
        founded = found_school(
            urn=form.urn,
            person=person,
            person_name=form.person,
            role=Role(form.role),
            seat=seat,
            label=platform.node() or "computer",
            at_ms=round(clock.now().timestamp() * 1000),
        )

        def make_vault(unlocked: "Unlocked") -> None:
            vault = Vault.create(
                unlocked.folder.path,
                unlocked.vault_key,
                anchors=unlocked.anchors,
                clock=clock,
            )
            try:
                for circle, chain in founded.rosters:
                    for n, raw in enumerate(chain, 1):
                        vault.rosters.add_link(circle, n, raw)
                vault.use(
                    Circles(founded.secrets, (c for _, c in founded.rosters), app=__version__)
                )
                founding.found(vault.journal, form, person)
            finally:
                vault.close()

        kind, _, folder = form.device_secret.partition(":")
        made = unlock.set_up_seat(
            self._home,
            label=Label(
                school=f"school:{form.urn}",
                school_name=form.school,
                person=person,
                person_name=form.person,
                role=form.role,
                mark="demo" if form.demo else "test" if form.test else "",
            ),
            secrets=packed(founded.secrets),
            passphrase=passphrase,
            device_store=store_for(_kind(kind), folder, home=self._home),
            now=clock.now(),
            names=(form.school, form.person),
            seat=seat,
            make_vault=make_vault,
        )
        made.unlocked.lock(now=clock.now())
        return Founded(f"school:{form.urn}", person, seat, made.paper_key)

    @contextmanager
    def open(
        self, passphrase: str, *, seat: str | None = None, now: datetime | None = None
    ) -> Iterator[Opened]:
        """Unlocks; leaving the context locks again."""
        opened, close = self.unlock(passphrase, seat=seat, now=now)
        try:
            yield opened
        finally:
            close()

    def unlock(
        self, passphrase: str, *, seat: str | None = None, now: datetime | None = None
    ) -> "tuple[Opened, Lock]":
        """Unlocks for as long as a window is open; the second part locks."""
        from schoolsafe.bootstrap.mail_tools import mail_tools
        from schoolsafe.keys import unlock
        from schoolsafe.services.circle import Circles
        from schoolsafe.store.vault import Vault

        label = self._one(seat)
        if now is not None and not label.test:
            raise ClockNotYours
        unlocked = unlock.unlock(self._home, label.seat, passphrase, now=SystemClock().now())
        # What was read before the passphrase was not yet proved; somebody may have changed it since.
        label = _labelled(unlocked.header.seat, unlocked.header.label, label.locked_at)
        if now is not None and not label.test:
            raise ClockNotYours
        clock = StoppedClock(now) if now else self._clock
        vault = Vault.open(
            unlocked.folder.path, unlocked.vault_key, anchors=unlocked.anchors, clock=clock
        )
        try:
            chains = tuple(vault.rosters.links(circle) for circle in vault.rosters.circles())
            circles = Circles(unpacked(unlocked.secrets), chains, app=__version__)
            vault.use(circles)
            mail = mail_tools(self._home, vault, unlocked)
            services = _services(vault, circles, unlocked, mail, clock=clock, policy=self._policy)
        except BaseException:
            vault.close()
            raise
        services.use_register(self.establishments())
        opened = Opened(
            services,
            label,
            unlocked.failed_tries,
            unlocked.drill_passed is not None,
            unlocked.header.device,
        )
        return opened, Lock(vault, unlocked)

    def wait_s(self, seat: str) -> int:
        """Whole seconds until the next try is taken; the device secret must be at hand to know more than 0."""
        from schoolsafe.keys import throttle
        from schoolsafe.keys.door import door

        try:
            way = door(self._home, seat, device_store=None, uptime=throttle.uptime_s)
        except SchoolSafeError:
            return 0  # unlocking itself will say what is wrong
        return throttle.wait_s(way.throttle.read(), up_s=throttle.uptime_s())

    def change_passphrase(self, old: str, new: str, *, seat: str | None = None) -> None:
        """Rewrites one small file."""
        from schoolsafe.keys import unlock

        label = self._one(seat)
        unlock.change_passphrase(
            self._home,
            label.seat,
            old=old,
            new=new,
            now=self._clock.now(),
            names=(label.school, label.person),
        )

    def recover(self, key: str, new: str, *, seat: str | None = None) -> str:
        """Opens with the paper key; gives a new one."""
        from schoolsafe.keys import unlock

        label = self._one(seat)
        made = unlock.recover(
            self._home,
            label.seat,
            paper_key=key,
            new=new,
            now=self._clock.now(),
            names=(label.school, label.person),
        )
        return made.paper_key

    def renew_recovery_key(self, passphrase: str, *, seat: str | None = None) -> str:
        """A new paper key, for a sheet that was lost or never printed; the old one opens nothing any more."""
        from schoolsafe.keys import unlock

        return unlock.renew_paper_key(
            self._home, self._one(seat).seat, passphrase, now=self._clock.now()
        )

    def drill(self, passphrase: str, key: str, *, seat: str | None = None) -> None:
        """Proves that the sheet opens this school."""
        from schoolsafe.keys import unlock

        label = self._one(seat)
        with self.open(passphrase, seat=label.seat):
            unlock.pass_drill(self._home, label.seat, paper_key=key, now=self._clock.now())

    def recovery_sheet(self, key: str, *, seat: str | None = None) -> bytes:
        """The sheet as PDF."""
        from schoolsafe.reports.printer import PdfPrinter
        from schoolsafe.services.desk import LONDON
        from schoolsafe.services.pages import PrintMark, RecoverySheet
        from schoolsafe.services.school_words import role_words

        label = self._one(seat)
        role = role_words(label.role)
        mark = PrintMark(
            school=label.school,
            printed_by=f"{label.person}, {role}",
            printed_at=self._clock.now().astimezone(LONDON),
            demo=label.demo,
        )
        return PdfPrinter().recovery_sheet(RecoverySheet(mark, label.person, role, key))

    def establishments(self) -> "Establishments":
        """The register of schools of this data folder: public, so no passphrase is asked."""
        from schoolsafe.bootstrap.register_shelf import RegisterShelf
        from schoolsafe.intake.reader import ChildIntake
        from schoolsafe.services.establishment import Establishments

        return Establishments(RegisterShelf(self._home), ChildIntake(), self._clock)

    def _one(self, seat: str | None) -> SeatLabel:
        lines = homes.seats(self._home)
        if not lines:
            raise NothingHere
        if seat is None and len(lines) > 1:
            raise WhichSeat
        for line in lines:
            if seat in (None, line.seat):
                if line.problem is not None:
                    raise line.problem
                return _label(line)
        raise NothingHere


class Lock:
    """Locks: checkpoint, anchors, the time for the unlock screen."""

    def __init__(self, vault: "Vault", unlocked: "Unlocked") -> None:
        self._vault = vault
        self._unlocked = unlocked

    def __call__(self) -> None:
        """Once; the vault is closed afterwards."""
        self._vault.close()
        self._unlocked.lock(now=SystemClock().now())


def _services(
    vault: "Vault",
    circles: "Circles",
    unlocked: "Unlocked",
    mail: "MailTools",
    *,
    clock: Clock,
    policy: Policy,
) -> "Services":
    from schoolsafe.bootstrap.helplines import shipped_helplines
    from schoolsafe.bootstrap.protocol_cards import shipped_cards
    from schoolsafe.bootstrap.upkeep import VaultUpkeep
    from schoolsafe.domain.calendar import bank_holidays
    from schoolsafe.domain.field import TEAM
    from schoolsafe.domain.ids import PersonId
    from schoolsafe.intake.reader import ChildIntake
    from schoolsafe.intake.templates_layouts import shipped
    from schoolsafe.relay.folder import open_relay
    from schoolsafe.reports.printer import PdfPrinter
    from schoolsafe.services.desk import Actor, Desk
    from schoolsafe.services.unlocked import Services

    label = unlocked.header.label
    desk = Desk(
        actor=Actor(PersonId(label.person), label.person_name, label.role),
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
        intake=ChildIntake(),
        printer=PdfPrinter(),
        upkeep=VaultUpkeep(vault, circles, clock),
        mail=mail,
        bank_holidays={division: bank_holidays(holidays, division) for division in holidays},
        recovery_drilled=unlocked.drill_passed is not None,
        holders=sum(
            1 for seat in circles.roster(TEAM).seats.values() if seat.reads and not seat.revoked
        ),
        policy=policy,
        cards=shipped_cards(),
        helplines=shipped_helplines(),
        keyring=circles,
        relay=open_relay,
        layouts=shipped(),
    )


def _kind(text: str) -> "Kind":
    if text == "keyring":
        return "keyring"
    if text == "file":
        return "file"
    raise UnknownSecretPlace(text=text)


def _label(line: homes.SeatLine) -> SeatLabel:
    if line.label is None:
        return SeatLabel(
            line.seat, "", "", "", test=False, locked_at=line.locked_at, problem=line.problem
        )
    return _labelled(line.seat, line.label, line.locked_at)


def _labelled(seat: str, label: "Label", locked_at: datetime | None) -> SeatLabel:
    return SeatLabel(
        seat,
        label.person_name,
        label.role,
        label.school_name,
        test=bool(label.mark),
        locked_at=locked_at,
        demo=label.mark == "demo",
    )
