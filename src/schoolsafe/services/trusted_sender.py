"""Forces whose key somebody here has confirmed: by the card's file, and its words read out over the phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.trusted_sender import Confirmation, SignerState, standing
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import instant, text
from schoolsafe.services.ports import Record
from schoolsafe.services.school import Schools
from schoolsafe.wire import sendercard, spoken
from schoolsafe.wire.sendercard import SenderCard

_TOPICS = frozenset({Topic.SETTING, Topic.NOTIFICATION})


class NoSuchSender(Refused):
    """There is no such force on your list."""


class AlreadyConfirmed(Refused):
    """This key has been confirmed: {name}."""


class KeyWasStopped(Refused):
    """This key was stopped here: {reason}. Ask the force for the card of its new key."""


class NameOfForce(Refused):
    """Write whose key this is."""


class WhyStopped(Refused):
    """Write why this key is to be believed no more."""


class TrialKey(Refused):
    """This is a trial key. Only a test school takes one."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a notice, as far as anybody here knows."""

    state: SignerState
    name: str
    """As confirmed here; else what the notice calls itself, which anybody can write."""
    key_id: str
    checked_by: str | None = None
    checked_at: datetime | None = None
    test: bool = False
    """A trial key: no real notice."""
    version: int = 1
    """Later ones correct what the same key sent under the same reference."""


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """What the same key sent under the same reference, earlier or later."""

    id: str
    version: int
    received_at: datetime
    opened: bool


class Signers:
    """Questions about whoever signed a notice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def signed(self, values: Mapping[str, Value]) -> Signed | None:
        """Who signed a notice on record; None where it came by another way."""
        key_id = text(values, "signer")
        if key_id is None:
            return None
        version = _number(values.get("sent_version"))
        state, one = self.state_of(key_id, holds=values.get("signature") == "holds")
        if one is None:
            claimed = text(values, "signer_name") or ""
            test = bool(values.get("signer_test"))
            return Signed(state, claimed, key_id, test=test, version=version)
        return Signed(state, one.name, key_id, one.by, one.at, one.test, version)

    def versions(self, record: Record) -> tuple[OtherVersion, ...]:
        """The other versions of a notice, by version; none of what is not signed well."""
        values = record.values
        if values.get("signature") != "holds":
            return ()
        where = {name: values.get(name) for name in ("signer", "police_reference", "signature")}
        found = self._desk.reader.find("notification", {**where, "withdrawn": None})
        others = [
            OtherVersion(
                one.id,
                _number(one.values.get("sent_version")),
                instant(one.values, "received_at") or _wall(one),
                opened=bool(one.values.get("opened_at") or one.values.get("acknowledged_at")),
            )
            for one in found
            if one.id != record.id
        ]
        return tuple(sorted(others, key=lambda other: (other.version, other.received_at)))

    def state_of(
        self, key_id: str, *, holds: bool = True
    ) -> tuple[SignerState, Confirmation | None]:
        """What is known of a key."""
        where = {"key_id": key_id, "withdrawn": None}
        found = self._desk.reader.find("trusted_sender", where)
        return standing((self.confirmation(record) for record in found), holds=holds)

    def confirmation(self, record: Record) -> Confirmation:
        """One line of the list."""
        values = record.values
        stopped = values.get("stopped")
        stop = stopped if isinstance(stopped, dict) else {}
        person = self._desk.reader.get(record.author)
        return Confirmation(
            id=record.id,
            name=text(values, "name") or "",
            key_id=text(values, "key_id") or "",
            by=(text(person.values, "name") if person else None) or record.author,
            at=_wall(record),
            made=instant(values, "made"),
            test=bool(values.get("test")),
            rung=text(values, "rung") or "",
            stopped=text(stop, "reason") if stop else None,
            stopped_at=instant(stop, "at") if stop else None,
        )


def _wall(record: Record) -> datetime:
    return datetime.fromtimestamp(record.wall_ms / 1000, tz=LONDON)


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 1


class TrustedSenders:
    """The school's list of forces."""

    def __init__(self, desk: Desk, schools: Schools) -> None:
        self._desk, self._schools = desk, schools
        self.signers = Signers(desk)

    def read_card(self, raw: bytes) -> SenderCard:
        """A force's card from its file; nothing is believed yet.

        Raises:
            Tampered: it is none, or was changed.
        """
        return sendercard.read(raw)

    def add(self, raw: bytes, words: str, *, name: str = "", rung: str = "") -> Changes:
        """Confirms a key: ``words`` as they were read out, ``rung`` the number that was called.

        Raises:
            NotYoursToRead: this is for the leads.
            WordsDiffer: another key's words. TrialKey: not in a real school.
            AlreadyConfirmed, KeyWasStopped, NameOfForce: as they say.
            Tampered: the file is no card, or was changed.
        """
        self._desk.must_read(TEAM)
        card = self.read_card(raw)
        self._check_new(card)
        spoken.compare(words, card.words)
        called = name.strip() or card.name.strip()
        if not called:
            raise NameOfForce
        made = datetime.fromtimestamp(card.made / 1000, tz=UTC)
        values: dict[str, Value] = {
            "name": called,
            "key_id": card.key_id.hex(),
            "made": made.isoformat(timespec="seconds"),
        }
        values |= {"test": True} if card.test else {}
        values |= {"rung": rung.strip()} if rung.strip() else {}
        add = Add(self._desk.ids.new("trusted_sender"), values)
        return self._desk.put([NewEntry(TEAM, "trusted_sender.confirm", (add,))], _TOPICS)

    def stop(self, sender: str, *, reason: str) -> Changes:
        """From now on this key is believed no more; what it signed before stands, marked.

        Raises:
            NoSuchSender: not on the list. WhyStopped: no reason.
        """
        record = self._desk.reader.get(sender)
        if record is None or record.noun != "trusted_sender" or record.values.get("withdrawn"):
            raise NoSuchSender
        if not reason.strip():
            raise WhyStopped
        stopped: Value = {"reason": reason.strip(), "at": self._desk.now().isoformat()}
        ops = self._desk.setting(sender, {"stopped": stopped})
        entry = NewEntry(TEAM, "trusted_sender.stop", ops, why=reason.strip())
        return self._desk.put([entry], _TOPICS)

    def list(self) -> tuple[Confirmation, ...]:
        """Every force on the list, by name; stopped ones stay.

        Raises:
            NotYoursToRead: this is for the leads.
        """
        self._desk.must_read(TEAM)
        found = self._desk.reader.find("trusted_sender", {"withdrawn": None}, order="name")
        return tuple(self.signers.confirmation(record) for record in found)

    def _check_new(self, card: SenderCard) -> None:
        if card.test and not self._schools.facts().test:
            raise TrialKey
        state, one = self.signers.state_of(card.key_id.hex())
        if one is not None and state is SignerState.STOPPED:
            raise KeyWasStopped(reason=one.stopped)
        if one is not None:
            raise AlreadyConfirmed(name=one.name)
