"""The sender card: a force's public key, which a school confirms by words read out over the phone.

Spec: docs/spec/notice.md section 3. Left to others: whom to believe (services), the private halves (keys).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec
from typing_extensions import override

from schoolsafe.crypto import hpke, sign, sign_mldsa
from schoolsafe.crypto.digest import sha256
from schoolsafe.crypto.kdf import hkdf
from schoolsafe.errors import Tampered
from schoolsafe.wire import keycard, spoken
from schoolsafe.wire.parcel import TO_BYTES, SigningPublics, SigningSeeds

FORMAT: Final = "schoolsafe sender card 1"
_TAG: Final = b"schoolsafe/sig/sender-card/1\0"
_ID_TAG: Final = b"schoolsafe/sender-key/1\0"
_WORDS_TAG: Final = b"schoolsafe/words/sender/1\0"
_SLOT_TAG: Final = b"schoolsafe/slot/notice/1\0"
_TIME_LIMIT: Final = 1 << 53


class NotASenderCard(Tampered):
    """This is not the card of a force’s key."""


_Name = Annotated[str, msgspec.Meta(max_length=keycard.NAME_LETTERS)]
_Ed25519 = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
_Time = Annotated[int, msgspec.Meta(ge=0, le=_TIME_LIMIT)]


class SenderCard(msgspec.Struct, frozen=True):
    """A force's public key. Made by ``make`` and ``read`` only: its own signatures hold."""

    format: str
    name: _Name
    """What the key calls itself: a claim. A school records the name it confirmed."""
    made: _Time
    """Milliseconds since 1970 UTC, claimed."""
    test: bool
    """A trial key, marked as such for ever."""
    sign_public: _Ed25519
    mldsa_public: bytes
    box_public: bytes
    signature: bytes
    mldsa_signature: bytes

    @property
    def key_id(self) -> bytes:
        """32 bytes that name the key."""
        return sha256(_ID_TAG, self.sign_public, self.mldsa_public, self.box_public)

    @property
    def mailbox(self) -> bytes:
        """Where receipts for it wait."""
        return self.key_id[:TO_BYTES]

    @property
    def words(self) -> tuple[str, ...]:
        """The eight words to read out."""
        return spoken.words(sha256(_WORDS_TAG, self.key_id))

    @property
    def publics(self) -> SigningPublics:
        """What its notices are checked with."""
        return SigningPublics(self.sign_public, self.mldsa_public)

    @property
    def raw(self) -> bytes:
        """The card as a file."""
        return keycard.laid_out(self)


@dataclass(frozen=True, slots=True)
class SenderSecrets:
    """A force's private halves. Never shown or logged."""

    seeds: SigningSeeds
    box_private: bytes

    @override
    def __repr__(self) -> str:
        return "SenderSecrets()"

    def slot(self, *, to: bytes, reference: str, version: int) -> bytes:
        """Where a notice stands in a mailbox: the same each time, and no reference to whoever lists it."""
        about = to + version.to_bytes(4, "big") + reference.encode()
        return hkdf(self.seeds.sign_seed, info=_SLOT_TAG + about)


def make(*, name: str, made_ms: int, test: bool = False) -> tuple[SenderCard, SenderSecrets]:
    """A fresh key with its card."""
    secrets = SenderSecrets(SigningSeeds(sign.generate(), sign_mldsa.generate()), hpke.generate())
    return card_of(secrets, name=name, made_ms=made_ms, test=test), secrets


def card_of(secrets: SenderSecrets, *, name: str, made_ms: int, test: bool) -> SenderCard:
    """The card that belongs to a key."""
    seeds = secrets.seeds
    publics = (
        sign.public_of(seeds.sign_seed),
        sign_mldsa.public_of(seeds.mldsa_seed),
        hpke.public_of(secrets.box_private),
    )
    message = _message(name, made_ms, publics, test=test)
    return SenderCard(
        FORMAT,
        name,
        made_ms,
        test,
        *publics,
        sign.sign(seeds.sign_seed, message),
        sign_mldsa.sign(seeds.mldsa_seed, message),
    )


def read(raw: bytes) -> SenderCard:
    """A card from its file.

    Raises:
        CardTooLong, NotASenderCard, CardMembersWrong, JsonBroken: not a card.
        SignatureBroken: changed since it was made.
    """
    return read_members(keycard.members(raw))


def read_members(found: Mapping[str, Any]) -> SenderCard:
    """A card from its JSON object.

    Raises:
        NotASenderCard, CardMembersWrong: not a card.
        SignatureBroken: changed since it was made.
    """
    card = shape(found)
    publics = card.sign_public, card.mldsa_public, card.box_public
    message = _message(card.name, card.made, publics, test=card.test)
    sign.verify(card.sign_public, card.signature, message)
    sign_mldsa.verify(card.mldsa_public, card.mldsa_signature, message)
    return card


def shape(found: Mapping[str, Any]) -> SenderCard:
    """A card as it claims to be: its signatures are not looked at.

    Raises:
        NotASenderCard, CardMembersWrong: not a card.
    """
    if found.get("format") != FORMAT:
        raise NotASenderCard
    card = keycard.read_as(dict(found), SenderCard)
    right = (
        len(card.mldsa_public) == sign_mldsa.PUBLIC_BYTES
        and len(card.box_public) == hpke.PUBLIC_BYTES
    )
    if not right:
        raise keycard.CardMembersWrong
    return card


def _message(name: str, made_ms: int, publics: tuple[bytes, bytes, bytes], *, test: bool) -> bytes:
    return _TAG + keycard.digest(
        name.encode(), made_ms.to_bytes(8, "big"), bytes((test,)), *publics
    )
