"""Words that may stand in nobody's file: made anew for each run, and looked for in every way a program writes words.

``patterns`` are a word's bytes in eleven encodings, as typed, in small and large letters, folded and decomposed;
``hits`` looks for them in bytes, and inside every compressed stream it finds there.
"""

import base64
import gzip
import io
import secrets
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from urllib.parse import quote_from_bytes

import zstandard

_LETTERS = "bcdfghjklmnpqrstvwxz"
_LONG = 14
_INFLATED = 8_000_000
_DEEP = 3


def word(n: int) -> str:
    """A word nobody ever wrote; every third has letters that fold, decompose and need more than a byte."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LONG))
    return (letters[:4] + "łé" + letters[4:] if n % 3 == 0 else letters).capitalize()


def encodings(text: str) -> dict[str, bytes]:
    """One text in every way it could lie in a file."""
    plain = text.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "percent": "".join(f"%{byte:02X}" for byte in plain).encode(),
        "url": quote_from_bytes(plain).encode(),
        "quoted-printable": "".join(f"={byte:02X}" for byte in plain).encode(),
        "json": "".join(f"\\u{ord(char):04x}" for char in text).encode(),
    }
    for offset in range(3):
        padded = base64.b64encode(b"\0" * offset + plain)
        first = 0 if offset == 0 else 4
        found[f"base64+{offset}"] = padded[first : (offset + len(plain)) // 3 * 4]
    return found


def patterns(words: Mapping[str, str]) -> dict[bytes, tuple[str, str]]:
    """Bytes to look for, each with the word's place and the encoding."""
    found: dict[bytes, tuple[str, str]] = {}
    for place, said in words.items():
        for variant in _variants(said):
            for name, data in encodings(variant).items():
                found.setdefault(data, (place, name))
    return found


def hits(
    data: bytes, wanted: Mapping[bytes, tuple[str, str]], *, deep: int = 0
) -> set[tuple[str, str]]:
    """The places whose words stand in these bytes, and how they were written."""
    found = {said for pattern, said in wanted.items() if pattern in data}
    if deep < _DEEP:
        for inner in _inflated(data):
            found |= {
                (place, f"{name}, compressed") for place, name in hits(inner, wanted, deep=deep + 1)
            }
    return found


def _variants(text: str) -> set[str]:
    found = {text, text.lower(), text.upper(), text.casefold()}
    found |= {unicodedata.normalize("NFD", each) for each in tuple(found)}
    folded = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
    with_l = unicodedata.normalize("NFD", text.replace("ł", "l")).encode("ascii", "ignore").decode()
    return found | {folded, with_l, with_l.lower(), with_l.upper()}


def _inflated(data: bytes) -> Iterator[bytes]:
    """Every zlib, gzip, zstandard and zip stream in these bytes, opened."""
    for start in _starts(data, (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[start:], _INFLATED)
    for start in _starts(data, (b"\x1f\x8b\x08",)):
        with suppress(OSError, EOFError, zlib.error), gzip.open(io.BytesIO(data[start:])) as stream:
            yield stream.read(_INFLATED)
    for start in _starts(data, (b"\x28\xb5\x2f\xfd",)):
        with suppress(zstandard.ZstdError):
            yield zstandard.ZstdDecompressor().decompressobj().decompress(data[start:])
    if b"PK\x03\x04" in data:
        with (
            suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError),
            zipfile.ZipFile(io.BytesIO(data)) as archive,
        ):
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)


def _starts(data: bytes, magics: Iterable[bytes]) -> Iterator[int]:
    for magic in magics:
        at = data.find(magic)
        while at >= 0:
            yield at
            at = data.find(magic, at + 1)
