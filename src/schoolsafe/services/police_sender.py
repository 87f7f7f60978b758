"""A force's own side: its key, sealing notices to schools, reading what comes back. No school, no vault.

What was sent is remembered under the force's key, so that a reference sent again is the same notice
and a receipt finds its reference. Spec: docs/spec/notice.md, notice-receipt.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Protocol

import msgspec

from schoolsafe.errors import Refused, SchoolSafeError, Tampered
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notice_file import DraftNotice
from schoolsafe.services.police_entry import words_of
from schoolsafe.services.ports import Clock
from schoolsafe.services.relay import Letter, Mailboxes
from schoolsafe.wire import notice, noticereceipt, sendercard
from schoolsafe.wire.noticereceipt import Receipt, What
from schoolsafe.wire.parcel import SigningPublics
from schoolsafe.wire.schoolcard import SchoolCard
from schoolsafe.wire.sendercard import SenderCard, SenderSecrets

SENT: Final = "sent"
ALREADY_SENT: Final = "already_sent"


class SentWithOtherWords(Refused):
    """This reference was sent with other words. To correct it, give the file the next version."""


class SenderKeys(Protocol):
    """The folder of a force's key: the key under a passphrase, and what was sent under the key."""

    def make(self, card: SenderCard, secrets: SenderSecrets, passphrase: str) -> None:
        """Keeps a new key.

        Raises:
            Refused: there is one already, or the passphrase is too easy.
            Unavailable: the folder cannot be written.
        """
        ...

    def card(self) -> SenderCard:
        """The public half; no passphrase is needed.

        Raises:
            Refused: there is no key here. Tampered: the file was changed.
        """
        ...

    def open(self, passphrase: str) -> SenderSecrets:
        """The private halves.

        Raises:
            Locked: another passphrase. Refused, Tampered: as ``card``.
        """
        ...

    def remember(self, secrets: SenderSecrets, slot: bytes, data: bytes) -> None:
        """Keeps a line about what was sent, sealed; an older line under that slot is replaced."""
        ...

    def remembered(self, secrets: SenderSecrets) -> Mapping[bytes, bytes]:
        """Every line, by slot. One that does not open is left out."""
        ...


class Line(msgspec.Struct, frozen=True):
    """What is remembered of one notice: nothing of what it said."""

    reference: str
    version: int
    sent_ms: int
    words: str
    """Tells the same words from others."""
    notice: str
    """Its id, hex."""
    urn: str
    school: str
    school_key: str
    sign_public: bytes
    mldsa_public: bytes


@dataclass(frozen=True, slots=True)
class SentNotice:
    """What became of one notice of a file."""

    file: str
    reference: str
    version: int
    outcome: str
    """sent, already_sent or refused."""
    reason: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one notice stands, as far as the school has said."""

    reference: str
    version: int
    school: str
    urn: str
    sent_at: datetime
    state: str
    """none, delivered or opened."""
    delivered_at: datetime | None
    opened_at: datetime | None
    checked: bool
    """Whether the school has confirmed this key."""


@dataclass(frozen=True, slots=True)
class Standings:
    """Every notice that was sent, and how many files in the mailbox were no receipts for it."""

    notices: tuple[Standing, ...]
    unreadable: int


class PoliceSender:
    """What a force can do."""

    def __init__(self, keys: SenderKeys, clock: Clock) -> None:
        self._keys, self._clock = keys, clock

    def make_key(self, *, name: str, passphrase: str, test: bool = False) -> SenderCard:
        """A new key in its folder.

        Raises:
            Refused, Unavailable: as ``SenderKeys.make``.
        """
        made_ms = round(self._clock.now().timestamp() * 1000)
        card, secrets = sendercard.make(name=name.strip(), made_ms=made_ms, test=test)
        self._keys.make(card, secrets, passphrase)
        return card

    def card(self) -> SenderCard:
        """The card to hand out; its words are read out over the phone."""
        return self._keys.card()

    def send(
        self,
        drafts: Iterable[tuple[str, DraftNotice]],
        *,
        to: SchoolCard,
        relay: Mailboxes,
        passphrase: str,
    ) -> tuple[SentNotice, ...]:
        """Seals each notice to the school and leaves it at the relay; one that is refused stops no other.

        Raises:
            Locked: another passphrase. Unavailable: the relay does not answer; what was left stays.
        """
        secrets, card = self._keys.open(passphrase), self._keys.card()
        before = {slot: _line(raw) for slot, raw in self._keys.remembered(secrets).items()}
        done = []
        for file, draft in drafts:
            try:
                outcome = self._send(draft, to, relay, (card, secrets), before)
                done.append(SentNotice(file, draft.reference, draft.version, outcome))
            except (Refused, Tampered) as failed:
                refused = SentNotice(file, draft.reference, draft.version, "refused")
                done.append(replace(refused, reason=str(failed), code=failed.code))
        return tuple(done)

    def _send(
        self,
        draft: DraftNotice,
        to: SchoolCard,
        relay: Mailboxes,
        key: tuple[SenderCard, SenderSecrets],
        before: dict[bytes, Line | None],
    ) -> str:
        card, secrets = key
        slot = secrets.slot(to=to.key_id, reference=draft.reference, version=draft.version)
        known, now_ms = before.get(slot), round(self._clock.now().timestamp() * 1000)
        message = draft.message(sent_ms=known.sent_ms if known else now_ms)
        words = words_of(message)
        if known and known.words != words:
            raise SentWithOtherWords
        if relay.holds(to.mailbox, slot):
            return ALREADY_SENT
        signed = notice.sign(message, card=card, secrets=secrets, to=to)
        line = Line(
            reference=draft.reference,
            version=draft.version,
            sent_ms=message.sent_ms,
            words=words,
            notice=notice.notice_id(signed).hex(),
            urn=to.urn,
            school=to.name,
            school_key=to.key_id.hex(),
            sign_public=to.sign_public,
            mldsa_public=to.mldsa_public,
        )
        self._keys.remember(secrets, slot, msgspec.json.encode(line))  # before it is sent
        before[slot] = line
        return SENT if relay.put(to.mailbox, slot, notice.seal(signed, to=to)) else ALREADY_SENT

    def receipts(self, *, relay: Mailboxes, passphrase: str) -> Standings:
        """Where each notice stands: what schools have said, checked against the keys it was sealed to.

        Raises:
            Locked: another passphrase. Unavailable: the relay does not answer.
        """
        secrets, card = self._keys.open(passphrase), self._keys.card()
        lines = [line for raw in self._keys.remembered(secrets).values() if (line := _line(raw))]
        by_notice = {line.notice: line for line in lines}
        found: dict[str, list[Receipt]] = {}
        unreadable = 0
        for letter in _letters(relay, card.mailbox):
            receipt = _receipt(letter, card, secrets, by_notice)
            if receipt is None:
                unreadable += 1
            else:
                found.setdefault(receipt.notice.hex(), []).append(receipt)
        ordered = sorted(lines, key=lambda line: (line.sent_ms, line.reference, line.version))
        return Standings(
            tuple(_standing(line, found.get(line.notice, ())) for line in ordered), unreadable
        )


def _letters(relay: Mailboxes, mailbox: bytes) -> Iterable[Letter]:
    seen: dict[str, str] = {}
    more = True
    while more:
        look = relay.look(mailbox, lambda name, stamp: seen.get(name) == stamp)
        seen.update({letter.name: letter.stamp for letter in look.letters})
        more = look.more and bool(look.letters)
        yield from look.letters


def _receipt(
    letter: Letter, card: SenderCard, secrets: SenderSecrets, lines: Mapping[str, Line]
) -> Receipt | None:
    """A receipt for something this key sent, signed by the school it was sent to; else None."""
    try:
        receipt, signed = noticereceipt.open_receipt(
            letter.data, key_id=card.key_id, box_private=secrets.box_private
        )
        line = lines.get(receipt.notice.hex())
        if line is None or receipt.school_key.hex() != line.school_key:
            return None
        noticereceipt.verify(signed, SigningPublics(line.sign_public, line.mldsa_public))
    except SchoolSafeError:
        return None
    return receipt


def _standing(line: Line, receipts: Sequence[Receipt]) -> Standing:
    times = {
        what: min((each.at_ms for each in receipts if each.what is what), default=None)
        for what in What
    }
    delivered, opened = times[What.DELIVERED], times[What.OPENED]
    state = What.OPENED if opened is not None else What.DELIVERED if delivered is not None else None
    return Standing(
        line.reference,
        line.version,
        line.school,
        line.urn,
        _at(line.sent_ms),
        state.value if state else "none",
        _at(delivered) if delivered is not None else None,
        _at(opened) if opened is not None else None,
        any(each.checked for each in receipts),
    )


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC).astimezone(LONDON)


def _line(raw: bytes) -> Line | None:
    try:
        return msgspec.json.decode(raw, type=Line)
    except msgspec.DecodeError:
        return None
