"""One unlocked vault is one `Services` object that knows who is acting. Locking throws it away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from schoolsafe.domain.calendar import ClosedDay
from schoolsafe.domain.entry import Value
from schoolsafe.domain.protocol_card import Card
from schoolsafe.domain.template import Template
from schoolsafe.services.action import Actions
from schoolsafe.services.agency import Agencies
from schoolsafe.services.attachment import Attachments
from schoolsafe.services.audit import Audit
from schoolsafe.services.calendar import Calendars
from schoolsafe.services.changes import Changes, Undo
from schoolsafe.services.child import Children
from schoolsafe.services.chronology import Chronologies
from schoolsafe.services.conflict import Conflicts
from schoolsafe.services.contact import Contacts
from schoolsafe.services.cover import Rota
from schoolsafe.services.desk import Actor, Desk
from schoolsafe.services.draft import DraftBox
from schoolsafe.services.duplicate import Duplicates
from schoolsafe.services.establishment import Establishments, NoShelf
from schoolsafe.services.expected_notice import ExpectedNotices
from schoolsafe.services.family import Families
from schoolsafe.services.file_record import FileRecords
from schoolsafe.services.helpline import Helplines
from schoolsafe.services.lateness import retimed
from schoolsafe.services.mail_fetching import MailTools
from schoolsafe.services.mail_source import MailSources
from schoolsafe.services.notification import Notifications
from schoolsafe.services.notification_reading import Reading
from schoolsafe.services.pattern import Patterns
from schoolsafe.services.police_notice import PoliceNotices
from schoolsafe.services.policy import NOTHING_FIXED, Policy
from schoolsafe.services.ports_outside import Printer, Readers
from schoolsafe.services.ports_upkeep import Upkeep
from schoolsafe.services.printing import Printing
from schoolsafe.services.protected_identity import ProtectedIdentities
from schoolsafe.services.protocol_card import ProtocolCards
from schoolsafe.services.record import Records
from schoolsafe.services.relay import RelayDoor, RelayPlace
from schoolsafe.services.report import Reports
from schoolsafe.services.school import Schools
from schoolsafe.services.school_card import SchoolCards, SchoolKeyring
from schoolsafe.services.search import Search
from schoolsafe.services.share_log import ShareLog
from schoolsafe.services.template import TaughtIntake, Templates
from schoolsafe.services.today import Days
from schoolsafe.services.together import reading_together
from schoolsafe.services.told_slip import ToldSlips
from schoolsafe.services.trusted_sender import TrustedSenders
from schoolsafe.services.voice import Voices
from schoolsafe.services.withholding import withholding


class Services:
    """What the person at the screen can do."""

    def __init__(
        self,
        desk: Desk,
        *,
        intake: Readers,
        printer: Printer,
        upkeep: Upkeep,
        mail: MailTools,
        bank_holidays: Mapping[str, Sequence[ClosedDay]],
        recovery_drilled: bool,
        holders: int,
        policy: Policy = NOTHING_FIXED,
        cards: Sequence[Card] = (),
        keyring: SchoolKeyring | None = None,
        relay: RelayDoor | None = None,
        layouts: Sequence[Template] = (),
        helplines: Value = None,
    ) -> None:
        self._desk = desk
        self.intake = intake
        self.audit = Audit(desk)
        self.templates = Templates(desk, intake, self.audit, layouts)
        self.schools = Schools(desk, recovery_drilled=recovery_drilled, holders=holders)
        self.calendars = Calendars(desk, bank_holidays)
        self.establishments = Establishments(NoShelf(), intake, desk.clock)
        self.children = Children(desk, self._own_number)
        # From here on two records of one pupil are read as one, and no page leaves with what must not leave.
        desk = replace(desk, reader=reading_together(desk.reader))
        printer = withholding(desk, self.children, printer)
        self.protocol_cards = ProtocolCards(desk, cards)
        self.reading = Reading(desk, self.children, self.calendars, cards=self.protocol_cards)
        self.calendars.also = partial(retimed, desk)
        taught = TaughtIntake(intake, self.templates)
        self.notifications = Notifications(
            desk, self.children, self.reading, taught, cards=self.protocol_cards
        )
        self.conflicts = Conflicts(desk, self.children)
        self.actions = Actions(desk, self.children, self.schools)
        self.agencies = Agencies(desk, self.children, self.calendars, self.schools)
        self.attachments = Attachments(desk, self.audit, intake)
        self.patterns = Patterns(desk, self.schools)
        self.chronologies = Chronologies(desk, self.children, self.audit, self.agencies.own_words)
        self.told_slips = ToldSlips(
            desk,
            self.children,
            self.schools,
            self.audit,
            printer,
            policy=policy,
            cards=self.protocol_cards,
        )
        self.file_records = FileRecords(desk, self.children, self.agencies.own_words)
        self.families = Families(desk, self.children, self.reading, self.audit)
        self.duplicates = Duplicates(desk, self.children)
        self.protected_identities = ProtectedIdentities(desk, self.children)
        self.contacts = Contacts(desk, self.calendars)
        self.helplines = Helplines(desk, self.schools, self.file_records, helplines)
        self.share_log = ShareLog(desk, self.children, self.audit)
        self.voices = Voices(desk, self.children, self.agencies)
        self.drafts = DraftBox(desk)
        self.rota = Rota(desk, self.calendars, self.schools, self.audit, printer, policy=policy)
        self.expected = ExpectedNotices(desk, self.children)
        self.reports = Reports(
            desk,
            self.calendars,
            self.schools,
            self.audit,
            printer,
            cards=self.protocol_cards,
            expected=self.expected,
            policy=policy,
        )
        self.days = Days(
            desk,
            self.reading,
            self.children,
            self.calendars,
            self.drafts,
            rota=self.rota,
            cards=self.protocol_cards,
            agencies=self.agencies,
            actions=self.actions,
            conflicts=self.conflicts,
            families=self.families,
        )
        self.search = Search(desk, self.children)
        self.printing = Printing(
            desk,
            chronologies=self.chronologies,
            days=self.days,
            schools=self.schools,
            audit=self.audit,
            printer=printer,
            policy=policy,
        )
        self.mail_sources = MailSources(desk, self.notifications, mail, policy=policy)
        self.records = Records(desk, upkeep, self.audit)
        self.trusted_senders = TrustedSenders(desk, self.schools)
        self.school_cards = SchoolCards(desk, self.schools, self.audit, keyring)
        self.police_notices = PoliceNotices(desk, self.school_cards, self.trusted_senders.signers)
        self.relay = RelayPlace(desk, self.audit, relay)

    def use_register(self, establishments: Establishments) -> None:
        """The register of schools of this computer, which is no part of the vault."""
        self.establishments = establishments

    def _own_number(self) -> str | None:
        """This school's DfE number, where the register of schools is here."""
        return self.establishments.own_number(self.schools.facts().urn)

    @property
    def actor(self) -> Actor:
        """Who is acting."""
        return self._desk.actor

    @property
    def desk(self) -> Desk:
        """The desk, for services that are put together elsewhere (set-up, the demo school)."""
        return self._desk

    def undo(self, undo: Undo) -> Changes:
        """Takes the last thing back, with its own entry on record."""
        return self._desk.undo(undo)
