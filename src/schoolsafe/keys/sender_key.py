"""The folder of a force's key: one file under a passphrase, and sealed lines about what was sent.

There is no device secret: the folder may be carried to another computer, and the passphrase is all
that protects it, so it has five words. Format: docs/spec/sender-key.md. Left to others: what is sent.
"""

import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path
from typing import Final

import msgspec

from schoolsafe.crypto import aead, commit, hpke, kdf, sign, sign_mldsa
from schoolsafe.crypto.digest import sha256
from schoolsafe.crypto.fresh import random_bytes
from schoolsafe.crypto.kdf import Argon2Settings
from schoolsafe.errors import Locked, Refused, Tampered
from schoolsafe.keys import files, keyfile, strength
from schoolsafe.keys.keyfile_format import Cost, sized
from schoolsafe.wire import sendercard
from schoolsafe.wire.parcel import SigningSeeds
from schoolsafe.wire.sendercard import SenderCard, SenderSecrets

NAME: Final = "sender.key"
_MAGIC: Final = b"SSFK"
_VERSION: Final = 1
_SUITE: Final = 1
_FRONT: Final = _MAGIC + bytes((_VERSION, _SUITE))
_LIMIT_BYTES: Final = 64 * 1024
_HASH_BYTES: Final = 32
_COMMIT: Final = b"schoolsafe/commit/sender-key/1"
_INFO: Final = b"schoolsafe/sender-key-file/1\0"
_LINES: Final = "sent"
_LINE_INFO: Final = b"schoolsafe/sender-lines/1\0"
_LINE_AAD: Final = b"schoolsafe/sender-line/1\0"
_LINE_LIMIT_BYTES: Final = 64 * 1024


class NoSenderKey(Refused):
    """There is no force’s key in this folder. Make one with “schoolsafe notify keygen”."""


class SenderKeyStands(Refused):
    """There is a key in this folder already. Choose another folder; a key is never written over."""


class WrongSenderPassphrase(Locked):
    """That passphrase does not open this key."""


class SenderKeyDamaged(Tampered):
    """The force’s key file is damaged, or was changed outside SchoolSafe. Put back a copy."""


class NewerSenderKey(Refused):
    """This key was written by a newer SchoolSafe (version {version}). Update first."""


class SenderKeyFolder:
    """One folder with a force's key."""

    def __init__(
        self, folder: Path, *, settings: Callable[[], Argon2Settings] = keyfile.calibrated
    ) -> None:
        """``settings`` says how dear a guess is to be; asked when a key is made."""
        self._folder = folder
        self._settings = settings

    def make(self, card: SenderCard, secrets: SenderSecrets, passphrase: str) -> None:
        """Keeps a new key.

        Raises:
            SenderKeyStands: there is one already.
            PassphraseTooShort, PassphraseTooEasy, NeedsFiveWords and the like: it will not do.
            DiskFull, FolderReadOnly, FileNotReached: the folder cannot be written.
        """
        path = self._folder / NAME
        if files.read_whole(path, limit_bytes=_LIMIT_BYTES) is not None:
            raise SenderKeyStands
        names = (card.name,) if card.name else ()
        strength.check(passphrase, names=names, five_words=True)
        settings = keyfile.TEST_COST if card.test else self._settings()
        files.private_folder(self._folder)
        files.replace_whole(path, _encoded(card, secrets, passphrase, settings))

    def card(self) -> SenderCard:
        """The public half.

        Raises:
            NoSenderKey: none here. SenderKeyDamaged, NewerSenderKey: it cannot be read.
        """
        return self._parts()[0]

    def open(self, passphrase: str) -> SenderSecrets:
        """The private halves. Takes as long as Argon2id does.

        Raises:
            WrongSenderPassphrase: another one.
            NoSenderKey, SenderKeyDamaged, NewerSenderKey, KdfSettingsOutOfRange: as ``card``.
        """
        card, front, cost, commitment, sealed = self._parts()
        kek = _kek(passphrase, cost)
        if not compare_digest(commit.commitment(kek, _COMMIT), commitment):
            raise WrongSenderPassphrase
        try:
            kept = msgspec.msgpack.decode(
                aead.open_sealed(kek, sealed, front), type=dict[str, bytes]
            )
            seeds = SigningSeeds(kept["sign"], kept["mldsa"])
            secrets = SenderSecrets(seeds, kept["box"])
            publics = (
                sign.public_of(seeds.sign_seed),
                sign_mldsa.public_of(seeds.mldsa_seed),
                hpke.public_of(secrets.box_private),
            )
        except (Tampered, msgspec.DecodeError, KeyError, ValueError):
            raise SenderKeyDamaged from None
        if publics != (card.sign_public, card.mldsa_public, card.box_public):
            raise SenderKeyDamaged
        return secrets

    def remember(self, secrets: SenderSecrets, slot: bytes, data: bytes) -> None:
        """Keeps a line about what was sent, sealed; an older one under that slot is replaced.

        Raises:
            DiskFull, FolderReadOnly, FileNotReached: it was not kept.
        """
        folder = self._folder / _LINES
        files.private_folder(folder)
        sealed = aead.seal(_line_key(secrets), data, _LINE_AAD + slot)
        files.replace_whole(folder / slot.hex(), sealed)

    def remembered(self, secrets: SenderSecrets) -> Mapping[bytes, bytes]:
        """Every line, by slot. One that does not open is left out: it hides no other.

        Raises:
            FileNotReached: the folder cannot be read.
        """
        key, found = _line_key(secrets), {}
        for name in files.names_in(self._folder / _LINES):
            with suppress(ValueError, Tampered):
                slot = bytes.fromhex(name)
                raw = files.read_whole(self._folder / _LINES / name, limit_bytes=_LINE_LIMIT_BYTES)
                found[slot] = aead.open_sealed(key, raw or b"", _LINE_AAD + slot)
        return found

    def _parts(self) -> tuple[SenderCard, bytes, Cost, bytes, bytes]:
        data = files.read_whole(self._folder / NAME, limit_bytes=_LIMIT_BYTES)
        if data is None:
            raise NoSenderKey
        body, checksum = data[:-_HASH_BYTES], data[-_HASH_BYTES:]
        if not compare_digest(sha256(body), checksum) or not body.startswith(_MAGIC):
            raise SenderKeyDamaged
        if body[: len(_FRONT)] != _FRONT:
            raise NewerSenderKey(version=body[len(_MAGIC)])
        try:
            card_bytes, at = _counted(body, len(_FRONT))
            cost_bytes, at = _counted(body, at)
            front = body[:at]
            commitment = body[at : at + _HASH_BYTES]
            sealed, at = _counted(body, at + _HASH_BYTES)
            cost = msgspec.json.decode(cost_bytes, type=Cost)
            card = sendercard.read(card_bytes)
        except (struct.error, msgspec.DecodeError, Tampered):
            raise SenderKeyDamaged from None
        if at != len(body):
            raise SenderKeyDamaged
        kdf.check_settings(cost.settings)
        return card, front, cost, commitment, sealed


def _encoded(
    card: SenderCard, secrets: SenderSecrets, passphrase: str, settings: Argon2Settings
) -> bytes:
    cost = Cost(settings.memory_kib, settings.passes, settings.lanes, random_bytes(kdf.SALT_BYTES))
    front = _FRONT + sized(card.raw) + sized(msgspec.json.encode(cost))
    kek = _kek(passphrase, cost)
    kept = {
        "sign": secrets.seeds.sign_seed,
        "mldsa": secrets.seeds.mldsa_seed,
        "box": secrets.box_private,
    }
    sealed = aead.seal(kek, msgspec.msgpack.encode(kept), front)
    body = front + commit.commitment(kek, _COMMIT) + sized(sealed)
    return body + sha256(body)


def _kek(passphrase: str, cost: Cost) -> bytes:
    stretched = kdf.passphrase_key(
        strength.normalised(passphrase), salt=cost.salt, settings=cost.settings
    )
    try:
        return kdf.hkdf(stretched, info=_INFO)
    finally:
        stretched[:] = bytes(len(stretched))


def _line_key(secrets: SenderSecrets) -> bytes:
    return kdf.hkdf(secrets.seeds.sign_seed, info=_LINE_INFO)


def _counted(body: bytes, at: int) -> tuple[bytes, int]:
    (size,) = struct.unpack_from(">H", body, at)
    end = at + 2 + size
    if end > len(body):
        raise SenderKeyDamaged
    return body[at + 2 : end], end
