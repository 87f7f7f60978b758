"""The school card: a school's public keys as a file it may hand to anybody.

The root vouches for the keys, the keys for the name. Spec: docs/spec/school-card.md. Left to
others: where the private halves are (`schoolkeys`), who compares the words.
"""

from typing import Annotated, Final

import msgspec

from schoolsafe.crypto import hpke, sign, sign_mldsa
from schoolsafe.crypto.digest import sha256
from schoolsafe.errors import Tampered
from schoolsafe.wire import keycard, schoolkeys, spoken
from schoolsafe.wire.link import SchoolKeys
from schoolsafe.wire.parcel import TO_BYTES, SigningPublics, SigningSeeds
from schoolsafe.wire.schoolkeys import SchoolSecrets

FORMAT: Final = "schoolsafe school card 1"
_TAG: Final = b"schoolsafe/sig/school-card/1\0"
_ID_TAG: Final = b"schoolsafe/school-key/1\0"
_WORDS_TAG: Final = b"schoolsafe/words/school-root/1\0"
_TIME_LIMIT: Final = 1 << 53
_VERSION_LIMIT: Final = (1 << 32) - 1


class NotASchoolCard(Tampered):
    """This is not the card of a school’s keys."""


_Name = Annotated[str, msgspec.Meta(max_length=keycard.NAME_LETTERS)]
_Urn = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
_Ed25519 = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class SchoolCard(msgspec.Struct, frozen=True):
    """A school's public keys. Made by ``make`` and ``read`` only: every signature holds."""

    format: str
    urn: _Urn
    name: _Name
    version: Annotated[int, msgspec.Meta(ge=1, le=_VERSION_LIMIT)]
    valid_from: Annotated[int, msgspec.Meta(ge=0, le=_TIME_LIMIT)]
    """Milliseconds since 1970 UTC, claimed."""
    root: _Ed25519
    box_public: bytes
    sign_public: _Ed25519
    mldsa_public: bytes
    root_signature: bytes
    signature: bytes
    mldsa_signature: bytes

    @property
    def key_id(self) -> bytes:
        """32 bytes that name this version of the keys."""
        publics = self.box_public, self.sign_public, self.mldsa_public
        return key_id(publics, root=self.root, urn=self.urn, version=self.version)

    @property
    def mailbox(self) -> bytes:
        """Where notices for it wait."""
        return self.key_id[:TO_BYTES]

    @property
    def words(self) -> tuple[str, ...]:
        """The eight words of the school's root, to compare over the phone."""
        return root_words(self.root)

    @property
    def publics(self) -> SigningPublics:
        """What its receipts are checked with."""
        return SigningPublics(self.sign_public, self.mldsa_public)

    @property
    def raw(self) -> bytes:
        """The card as a file."""
        return keycard.laid_out(self)


def root_words(root: bytes) -> tuple[str, ...]:
    """The eight words of a school's root key."""
    return spoken.words(sha256(_WORDS_TAG, root))


def key_id(publics: tuple[bytes, bytes, bytes], *, root: bytes, urn: str, version: int) -> bytes:
    """32 bytes that name one version of a school's keys (box, Ed25519 and ML-DSA-65 halves)."""
    return sha256(_ID_TAG, root, urn.encode(), b"\0", version.to_bytes(4, "big"), *publics)


def op_key_id(op: SchoolKeys, *, root: bytes, urn: str) -> bytes:
    """The same, of a key set as the roster holds it."""
    publics = op.box_public, op.sign_public, op.mldsa_public
    return key_id(publics, root=root, urn=urn, version=op.version)


def seeds_of(secrets: SchoolSecrets) -> SigningSeeds:
    """What a key set signs with."""
    return SigningSeeds(secrets.sign_seed, secrets.mldsa_seed)


def make(
    op: SchoolKeys, secrets: SchoolSecrets, *, urn: str, name: str, valid_from_ms: int, root: bytes
) -> SchoolCard:
    """The card of a key set."""
    bare = SchoolCard(
        format=FORMAT,
        urn=urn,
        name=name[: keycard.NAME_LETTERS],
        version=op.version,
        valid_from=valid_from_ms,
        root=root,
        box_public=op.box_public,
        sign_public=op.sign_public,
        mldsa_public=op.mldsa_public,
        root_signature=op.root_signature,
        signature=b"",
        mldsa_signature=b"",
    )
    message = _message(bare)
    return msgspec.structs.replace(
        bare,
        signature=sign.sign(secrets.sign_seed, message),
        mldsa_signature=sign_mldsa.sign(secrets.mldsa_seed, message),
    )


def read(raw: bytes) -> SchoolCard:
    """A card from its file.

    Raises:
        CardTooLong, NotASchoolCard, CardMembersWrong, JsonBroken: not a card.
        SignatureBroken: the root did not sign these keys, or they did not sign this card.
    """
    found = keycard.members(raw)
    if found.get("format") != FORMAT:
        raise NotASchoolCard
    card = keycard.read_as(found, SchoolCard)
    right = (
        len(card.mldsa_public) == sign_mldsa.PUBLIC_BYTES
        and len(card.box_public) == hpke.PUBLIC_BYTES
    )
    if not right:
        raise keycard.CardMembersWrong
    schoolkeys.verify_publics(
        (card.box_public, card.sign_public, card.mldsa_public),
        card.root_signature,
        urn=card.urn,
        version=card.version,
        root_public=card.root,
    )
    message = _message(card)
    sign.verify(card.sign_public, card.signature, message)
    sign_mldsa.verify(card.mldsa_public, card.mldsa_signature, message)
    return card


def _message(card: SchoolCard) -> bytes:
    return _TAG + keycard.digest(
        card.urn.encode(),
        card.name.encode(),
        card.version.to_bytes(4, "big"),
        card.valid_from.to_bytes(8, "big"),
        card.root,
        card.box_public,
        card.sign_public,
        card.mldsa_public,
        card.root_signature,
    )
