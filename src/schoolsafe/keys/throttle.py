"""How often somebody may guess: five free tries, then 30 seconds, 1, 2, 4, 8 and 15 minutes.

A try is counted before it is made, so killing the program does not give it back. The count lies
beside the key file, authenticated with the device secret, and is mirrored where that secret lies;
the higher number wins, so putting an old file back helps nobody. Waiting is measured by the time
since this computer started, never by its clock, which a guesser can set.

Label P: whoever copies the files ignores it; Argon2id and the device secret stop that one.
"""

import hmac
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from schoolsafe.crypto.kdf import hkdf
from schoolsafe.errors import Locked, SchoolSafeError, Tampered
from schoolsafe.keys import files
from schoolsafe.keys.device import DeviceStore
from schoolsafe.words import ngettext

FREE_TRIES: Final = 5
WAITS_S: Final = (30, 60, 120, 240, 480, 900)
COPY: Final = "tries"
_LIMIT_BYTES: Final = 800
_MAC_HEX: Final = 64


class TooManyTries(Locked):
    """Too many wrong passphrases. Wait {wait}, then try again."""


@dataclass(frozen=True, slots=True)
class Tries:
    """What is known about guesses at one seat's passphrase."""

    n: int = 0
    """The number of this record; it only grows."""
    failed: int = 0
    """Tries since the last that opened the vault."""
    up_s: float = 0.0
    """How long this computer had been running at the last of them, in seconds."""
    last: str | None = None
    """When that was by the clock, ISO 8601: told to the person, never used in a rule."""
    locked_at: str | None = None
    """When the vault was last locked, ISO 8601: told to the person, never used in a rule."""


LOST: Final = Tries(failed=FREE_TRIES - 1)
"""Every copy is gone or changed: one try, then the waits begin."""

Uptime = Callable[[], float]
"""Seconds since this computer started."""


def uptime_s() -> float:
    """Seconds since this computer started; on Linux with the time it slept."""
    # mypy checks for one platform at a time, and Windows has no such clock.
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


def wait_s(tries: Tries, *, up_s: float) -> int:
    """Whole seconds until the next try; 0 is now.

    After a restart the time before it is unknown, so only the time since counts: the wait can
    become longer than it would have been, never shorter.
    """
    if tries.failed < FREE_TRIES:
        return 0
    wait = WAITS_S[min(tries.failed - FREE_TRIES, len(WAITS_S) - 1)]
    passed = up_s - tries.up_s if up_s >= tries.up_s else up_s
    return max(0, math.ceil(wait - passed))


def wait_in_words(seconds: int) -> str:
    """``45`` is "45 seconds", ``61`` is "2 minutes": rounded up."""
    if seconds < 60:  # noqa: PLR2004  # a minute
        return ngettext("{n} second", "{n} seconds", seconds).format(n=seconds)
    minutes = -(-seconds // 60)
    return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)


class Throttle:
    """Counts the tries at one seat. Made anew for each unlock."""

    def __init__(
        self, path: Path, *, seat: str, store: DeviceStore, device_secret: bytes, uptime: Uptime
    ) -> None:
        self._path = path
        self._seat = seat
        self._store = store
        self._key = hkdf(device_secret, info=b"schoolsafe/tries/1\0" + seat.encode())
        self._uptime = uptime
        self._known: Tries | None = None

    def read(self) -> Tries:
        """The record with the highest number among those that authenticate."""
        if self._known is None:
            found = (self._checked(self._file()), self._checked(self._store.get(self._seat, COPY)))
            good = [tries for tries in found if tries is not None]
            self._known = max(good, key=lambda tries: tries.n) if good else LOST
        return self._known

    def count(self, *, now: datetime) -> Tries:
        """Counts one try before it is made, and returns what stood before it.

        Raises:
            TooManyTries: not yet; ``seconds`` says how long.
            Unavailable: the count cannot be mirrored, so there is no try.
        """
        before = self.read()
        seconds = wait_s(before, up_s=self._uptime())
        if seconds:
            raise TooManyTries(seconds=seconds, wait=wait_in_words(seconds))
        after = replace(
            before,
            n=before.n + 1,
            failed=before.failed + 1,
            up_s=self._uptime(),
            last=now.isoformat(timespec="seconds"),
        )
        # The mirror first: were the file first, a kill between the two and an old file put back
        # would give the try back. With the mirror written the file may fail: the disk may be full.
        self._store.put(self._seat, COPY, self._sealed(after))
        self._write_file(after)
        return before

    def opened(self) -> None:
        """The try opened the vault: the count starts again.

        Only the file is written: the mirror keeps the lower number and loses to it, and one write
        to the keyring per unlock (20 to 80 ms) is saved. No room for it is no reason to stay shut.
        """
        before = self.read()
        self._write_file(replace(before, n=before.n + 1, failed=0))

    def start(self) -> None:
        """The first record of a new seat, in both places."""
        first = Tries(n=self.read().n + 1)
        self._store.put(self._seat, COPY, self._sealed(first))
        files.replace_whole(self._path, self._sealed(first))
        self._known = first

    def locked(self, *, now: datetime) -> None:
        """Notes when the vault was locked, for the unlock screen."""
        before, at = self.read(), now.isoformat(timespec="seconds")
        self._write_file(replace(before, n=before.n + 1, locked_at=at))

    def _write_file(self, tries: Tries) -> None:
        self._known = tries
        try:
            files.replace_whole(self._path, self._sealed(tries))
        except SchoolSafeError:
            return

    def _file(self) -> bytes | None:
        try:
            return files.read_whole(self._path, limit_bytes=_LIMIT_BYTES)
        except Tampered:
            return b""

    def _sealed(self, tries: Tries) -> bytes:
        body = msgspec.json.encode(tries)
        return body + b"\n" + self._mac(body).encode("ascii")

    def _checked(self, sealed: bytes | None) -> Tries | None:
        body, _newline, mac = (sealed or b"").rpartition(b"\n")
        if not hmac.compare_digest(self._mac(body).encode("ascii"), mac):
            return None
        return _decoded(body)

    def _mac(self, body: bytes) -> str:
        return hmac.digest(self._key, body, "sha256").hex()


def peek_locked_at(path: Path) -> datetime | None:
    """When the vault was locked, without any key: for a line on the unlock screen, no more."""
    try:
        sealed = files.read_whole(path, limit_bytes=_LIMIT_BYTES)
        tries = _decoded((sealed or b"").rpartition(b"\n")[0])
        return datetime.fromisoformat(tries.locked_at) if tries and tries.locked_at else None
    except (SchoolSafeError, ValueError):
        return None


def _decoded(body: bytes) -> Tries | None:
    try:
        return msgspec.json.decode(body, type=Tries)
    except msgspec.DecodeError:
        return None
