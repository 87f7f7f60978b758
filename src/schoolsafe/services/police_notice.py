"""Sealed notices at the school: fetched, opened, put on record, and receipted.

In three steps, because a folder on a network may not answer and the vault must not wait for it:
`errand` (vault), `carry` (relay, no vault), `take_in` (vault). Nothing here says who is meant, and
no notice is refused for its signature: it is taken in and marked. Spec: docs/spec/notice.md.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.crypto.sign import SignatureBroken
from schoolsafe.domain.notification import Channel
from schoolsafe.domain.trusted_sender import SignerState
from schoolsafe.errors import Tampered, Unavailable
from schoolsafe.services.changes import Changes
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_bench import TOPICS
from schoolsafe.services.notification_entry import instant, text
from schoolsafe.services.original import Originals
from schoolsafe.services.police_entry import BROKEN, HOLDS, SEALED, notice_entries, words_of
from schoolsafe.services.ports import Record
from schoolsafe.services.relay import Letter, Mailboxes
from schoolsafe.services.school_card import KeySet, SchoolCards
from schoolsafe.services.trusted_sender import Signers
from schoolsafe.wire import notice, noticereceipt, parcel
from schoolsafe.wire.notice import OpenedNotice
from schoolsafe.wire.noticereceipt import Receipt, What
from schoolsafe.wire.parcel import NOTICE, TO_BYTES
from schoolsafe.wire.schoolcard import seeds_of
from schoolsafe.words import N_, _

RECEIPTS_FOR: Final = timedelta(days=90)
"""How long receipts are looked after: what was not fetched by then is asked for by phone."""
RECEIPTS_AT_ONCE: Final = 20
"""Sealed before somebody else gets the vault: a tenth of a second."""
AT_ONCE: Final = 40
"""Letters put on record before somebody else gets the vault."""
_TWICE: Final = N_("The sender used this reference and version twice, with other words each time.")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One receipt, sealed, and where it goes."""

    mailbox: bytes
    slot: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done at the relay, in plain values: no vault is needed for it."""

    mailboxes: tuple[bytes, ...]
    known: frozenset[str]
    """Names that stand on record."""
    set_aside: Mapping[str, str]
    """Names that were found to be nothing, with their stamps."""
    leave: tuple[Outgoing, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of an errand."""

    letters: tuple[Letter, ...]
    strangers: int = 0
    more: bool = False
    left: tuple[bytes, ...] = ()
    """Slots of receipts that are at the relay now."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the letters of one look."""

    received: tuple[str, ...] = ()
    duplicates: int = 0
    waiting: int = 0
    """Files that end too early and may still be growing."""
    unreadable: tuple[str, ...] = ()
    """Why a file is no notice to this school: a code for each."""
    strangers: int = 0
    receipts: int = 0
    more: bool = False
    changes: Changes = field(default_factory=Changes.none)

    @property
    def goes_on(self) -> bool:
        """Whether the next errand has something to do at once: letters left, or receipts."""
        return self.more or bool(self.received) or self.receipts > 0

    def and_then(self, later: "TakenIn") -> "TakenIn":
        """Two looks as one."""
        return TakenIn(
            self.received + later.received,
            self.duplicates + later.duplicates,
            self.waiting + later.waiting,
            self.unreadable + later.unreadable,
            max(self.strangers, later.strangers),
            self.receipts + later.receipts,
            later.more,
            self.changes.and_then(later.changes),
        )


def carry(errand: Errand, relay: Mailboxes, *, limit: int = AT_ONCE) -> Fetched:
    """Does an errand: leaves receipts, fetches letters. Touches no vault.

    Raises:
        Unavailable: the relay does not answer; what was left stays left.
    """
    left = []
    for out in errand.leave:
        relay.put(out.mailbox, out.slot, out.data)
        left.append(out.slot)

    def known(name: str, stamp: str) -> bool:
        return name in errand.known or errand.set_aside.get(name) == stamp

    letters: list[Letter] = []
    strangers, more = 0, False
    for mailbox in errand.mailboxes:
        look = relay.look(mailbox, known, limit=max(limit - len(letters), 1))
        letters += look.letters
        strangers, more = strangers + look.strangers, more or look.more
    return Fetched(tuple(letters), strangers, more, tuple(left))


class PoliceNotices:
    """What the program does with sealed notices while a lead has the vault open."""

    def __init__(self, desk: Desk, cards: SchoolCards, signers: Signers) -> None:
        self._desk, self._cards, self._signers = desk, cards, signers
        self._originals = Originals(desk)
        self._known: set[str] | None = None
        self._set_aside: dict[str, str] = {}
        self._left: set[bytes] = set()

    def check(self, relay: Mailboxes) -> TakenIn:
        """Looks until nothing is left, and sends what receipts are due. For scripts.

        Raises:
            Unavailable: the relay does not answer; what was taken in so far is on record.
        """
        done = TakenIn()
        while True:
            look = self.take_in(carry(self.errand(), relay))
            done = done.and_then(look)
            if not look.goes_on:
                return done

    def errand(self) -> Errand:
        """What is to be fetched and left. Nothing for who holds no key of the team.

        Raises:
            Tampered: the school's own keys do not fit together.
        """
        sets = self._cards.key_sets()
        if not sets:
            return Errand((), frozenset(), {})
        return Errand(
            tuple(each.key_id[:TO_BYTES] for each in reversed(sets)),
            frozenset(self._on_record()),
            dict(self._set_aside),
            tuple(islice(self._receipts_due(), RECEIPTS_AT_ONCE)),
        )

    def take_in(self, fetched: Fetched) -> TakenIn:
        """Puts on record what was fetched. What is no notice is counted and left where it lies."""
        self._left.update(fetched.left)
        done = TakenIn(strangers=fetched.strangers, receipts=len(fetched.left))
        for letter in fetched.letters:
            done = done.and_then(self._take(letter))
        return replace(done, more=fetched.more)

    def _take(self, letter: Letter) -> TakenIn:
        try:
            opened = self._opened(letter.data)
        except parcel.ParcelCutShort:
            self._set_aside[letter.name] = letter.stamp
            return TakenIn(waiting=1)
        except Tampered as failed:
            self._set_aside[letter.name] = letter.stamp
            return TakenIn(unreadable=(failed.code,))
        changes = self._record(opened, letter.name)
        self._on_record().add(letter.name)
        if changes is None:
            return TakenIn(duplicates=1)
        made = tuple(one for one in changes.entities if one.startswith("notification:"))
        return TakenIn(received=made, changes=changes)

    def _opened(self, data: bytes) -> OpenedNotice:
        to = parcel.parse(data, NOTICE).to
        for each in self._cards.key_sets():
            if each.key_id[:TO_BYTES] == to:
                return notice.open_notice(
                    data, key_id=each.key_id, box_private=each.secrets.box_private
                )
        raise parcel.NotForThisKey

    def _record(self, opened: OpenedNotice, name: str) -> Changes | None:
        """On record, or None where it stands there already."""
        holds = _holds(opened)
        warnings: tuple[str, ...] = ()
        if self._same(opened, holds=holds):
            return None
        if holds and self._under_reference(opened):
            warnings = (_(_TWICE),)
        entries, chunks = notice_entries(
            opened,
            holds=holds,
            slot=name,
            received_at=self._desk.now(),
            ids=self._desk.ids,
            warnings=warnings,
        )
        return self._desk.put(entries, TOPICS, chunks=chunks)

    def _same(self, opened: OpenedNotice, *, holds: bool) -> bool:
        """Whether it stands on record. What is not signed well never counts as what is."""
        signature = HOLDS if holds else BROKEN
        # Of a notice that was not about a pupil here only this hash is left.
        taken_out = {"original_sha256": sha256_hex(opened.signed.raw)}
        if self._desk.reader.count("not_ours", taken_out):
            return True
        by_id = self._desk.reader.find("notification", {"notice_id": opened.id.hex()})
        if any(one.values.get("signature") == signature for one in by_id):
            return True
        words = words_of(opened.message)
        return holds and any(
            one.values.get("words_sha256") == words for one in self._under_reference(opened)
        )

    def _under_reference(self, opened: OpenedNotice) -> tuple[Record, ...]:
        """What the same key signed under the same reference and version."""
        found = self._desk.reader.find(
            "notification",
            {
                "signer": opened.card.key_id.hex(),
                "police_reference": opened.message.reference,
                "sent_version": opened.message.version,
            },
        )
        return tuple(one for one in found if one.values.get("signature") == HOLDS)

    def _on_record(self) -> set[str]:
        if self._known is None:
            found = self._desk.reader.find("notification", {"channel": Channel.SEALED.value})
            self._known = {text(one.values, "slot") or "" for one in found}
        return self._known

    # receipts -------------------------------------------------------------------------------------

    def _receipts_due(self) -> Iterator[Outgoing]:
        sets = {each.key_id.hex(): each for each in self._cards.key_sets()}
        since = self._desk.now() - RECEIPTS_FOR
        where = {"channel": Channel.SEALED.value, "withdrawn": None, "signature": HOLDS}
        for record in self._desk.reader.find("notification", where, order="-received_at"):
            received = instant(record.values, "received_at")
            if received is None or received < since:
                return
            keys = sets.get(text(record.values, "school_key") or "")
            if keys is not None:
                yield from self._of_one(record, received, keys)

    def _of_one(self, record: Record, received: datetime, keys: KeySet) -> Iterator[Outgoing]:
        state, _one = self._signers.state_of(text(record.values, "signer") or "")
        if state is SignerState.STOPPED:
            return
        checked = state is SignerState.CHECKED
        due = [(What.DELIVERED, received)]
        opened = _opened_at(record)
        due += [(What.OPENED, opened)] if checked and opened else []
        for what, at in due:
            receipt = Receipt(
                notice=bytes.fromhex(text(record.values, "notice_id") or ""),
                what=what,
                at_ms=round(at.timestamp() * 1000),
                checked=checked,
                school_key=keys.key_id,
            )
            slot = noticereceipt.slot(keys.secrets.sign_seed, receipt)
            if slot not in self._left:
                with suppress(Unavailable):  # the notice itself is still on another computer
                    yield self._sealed(record, receipt, keys, slot)

    def _sealed(self, record: Record, receipt: Receipt, keys: KeySet, slot: bytes) -> Outgoing:
        raw = self._originals.read(record.id, SEALED)
        card = notice.read_signed(parcel.read_signed(raw), key_id=keys.key_id).card
        data = noticereceipt.seal(receipt, seeds=seeds_of(keys.secrets), to=card)
        return Outgoing(card.mailbox, slot, data)


def _holds(opened: OpenedNotice) -> bool:
    try:
        notice.verify(opened)
    except SignatureBroken:
        return False
    return True


def _opened_at(record: Record) -> datetime | None:
    """When a person first had it before them: opened, or at the latest when they did something with it."""
    found = [instant(record.values, name) for name in ("opened_at", "acknowledged_at")]
    times = [at.astimezone(LONDON) for at in found if at is not None]
    return min(times) if times else None
