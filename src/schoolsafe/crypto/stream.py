"""Attachments: STREAM of AES-256-GCM chunks of 1 MiB, each with a SHA-256 of its own.

Nonce = 7-byte prefix | 4-byte counter | last flag, so that a dropped end, a swapped or a doubled
chunk fails to open. The first chunk carries the header: mark, chunk size, salt, prefix. The key is
random per file, never derived from content: nobody can test whether the school holds a given file.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from typing_extensions import override

from schoolsafe.crypto import fresh
from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.crypto.kdf import hkdf
from schoolsafe.errors import Tampered

CHUNK_BYTES: Final = 1 << 20
_MARK: Final = b"SSAT1"
_SALT_BYTES: Final = 32
_PREFIX_BYTES: Final = 7
_HEADER: Final = struct.Struct(f">5sI{_SALT_BYTES}s{_PREFIX_BYTES}s")


class AttachmentBroken(Tampered):
    """An attachment does not open: a part of it is missing, changed or in the wrong place."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file as sealed chunks, in order, with what its manifest needs."""

    key: bytes
    chunks: tuple[bytes, ...]
    chunk_ids: tuple[str, ...]
    """SHA-256 of each sealed chunk, hex: its name in store and relay."""
    sha256: str
    """Of the clear bytes, hex."""
    size: int
    """Of the clear bytes."""

    @override
    def __repr__(self) -> str:
        return f"SealedFile({len(self.chunks)} chunks)"


def seal_file(clear: bytes) -> SealedFile:
    """Seals a file under a fresh key. 60 bytes of header, and 16 bytes a chunk."""
    key = fresh.key()
    salt, prefix = fresh.random_bytes(_SALT_BYTES), fresh.random_bytes(_PREFIX_BYTES)
    aead = AESGCM(_chunk_key(key, salt))
    count = max(1, -(-len(clear) // CHUNK_BYTES))
    chunks = [
        aead.encrypt(
            _nonce(prefix, index, last=index == count - 1),
            clear[index * CHUNK_BYTES : (index + 1) * CHUNK_BYTES],
            None,
        )
        for index in range(count)
    ]
    chunks[0] = _HEADER.pack(_MARK, CHUNK_BYTES, salt, prefix) + chunks[0]
    return SealedFile(
        key=key,
        chunks=tuple(chunks),
        chunk_ids=tuple(sha256_hex(chunk) for chunk in chunks),
        sha256=sha256_hex(clear),
        size=len(clear),
    )


def open_file(key: bytes, chunks: Sequence[bytes]) -> bytes:
    """The clear bytes; all of them or none.

    Raises:
        AttachmentBroken: another key, or a chunk is missing, changed, doubled or out of order.
    """
    if not chunks or len(chunks[0]) < _HEADER.size or len(key) != fresh.KEY_BYTES:
        raise AttachmentBroken
    mark, chunk_bytes, salt, prefix = _HEADER.unpack_from(chunks[0])
    if mark != _MARK or chunk_bytes != CHUNK_BYTES:
        raise AttachmentBroken
    aead = AESGCM(_chunk_key(key, salt))
    clear = bytearray()
    for index, chunk in enumerate(chunks):
        sealed = chunk[_HEADER.size :] if index == 0 else chunk
        try:
            clear += aead.decrypt(
                _nonce(prefix, index, last=index == len(chunks) - 1), sealed, None
            )
        except (InvalidTag, ValueError):
            raise AttachmentBroken from None
    return bytes(clear)


def _chunk_key(key: bytes, salt: bytes) -> bytes:
    return hkdf(key, salt=salt, info=b"schoolsafe/attachment/1")


def _nonce(prefix: bytes, index: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", index, last)
