"""Looks at one source through a child process that may be killed. The room's only door.

The child has the network and the password of that one mailbox; this side has the limits on time and on what it may
say. Whatever came whole counts, however the look ended.
"""

import contextlib
import os
import selectors
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import msgspec

import schoolsafe
from schoolsafe.domain.mail_source import Stamp
from schoolsafe.errors import SchoolSafeError
from schoolsafe.mailbox import errors
from schoolsafe.mailbox.limits import LOOK, LookLimits
from schoolsafe.mailbox.wire_child import LENGTH, Job, Note, Reply, pack_job, unpack_reply
from schoolsafe.services.mail_fetching import Errand, Fetched, Haul

FROZEN_SWITCH: Final = "--mailbox-child"
_CHUNK: Final = 256 * 1024
_NO_CONSOLE: Final = 0x08000000 if sys.platform == "win32" else 0
_LAST_WORDS_S: Final = 5.0
"""How long a killed child may take to go; one that hangs in a dead share is left to the system."""


class ChildFetcher:
    """The port ``MailFetcher`` with a fetching child behind it."""

    def __init__(self, limits: LookLimits = LOOK) -> None:
        """Nothing is started yet."""
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def fetch(self, errand: Errand, secret: str) -> Haul:
        """What the source has that is new."""
        if self._stopped:
            return Haul(problem=errors.LookStopped())
        try:
            process = self._process = _start()
        except OSError:  # the system starts no more processes just now
            return Haul(problem=errors.LookStopped())
        try:
            heard, in_time = self._converse(process, pack_job(Job(errand, secret, self._limits)))
        finally:
            self._process = None
            _end(process)
        return self._haul(errand, heard, in_time=in_time)

    def stop(self) -> None:
        """Ends a look that is under way; there are no more."""
        self._stopped = True
        process = self._process
        if process is not None:
            process.kill()

    def _haul(self, errand: Errand, heard: bytearray, *, in_time: bool) -> Haul:
        replies, well = self._replies(heard)
        end = next((reply for reply in replies if reply.ended), None)
        problem = _error(end.problem) if end and end.problem else None
        if end is None and problem is None:
            problem = self._cut_off(errand, in_time=in_time and well)
        return Haul(
            items=tuple(_fetched(reply) for reply in replies if not reply.ended),
            validity=next((r.validity for r in replies if r.validity is not None), None),
            seen=None
            if end is None or end.seen is None
            else {name: Stamp(*stamp) for name, stamp in end.seen.items()},
            more=end is not None and end.more,
            problem=problem,
        )

    def _cut_off(self, errand: Errand, *, in_time: bool) -> SchoolSafeError:
        if in_time or self._stopped:
            return errors.LookStopped()
        if errand.imap is not None:
            return errors.ServerTooSlow(host=errand.imap.host)
        return errors.FolderNotReached()

    def _replies(self, heard: bytearray) -> tuple[list[Reply], bool]:
        """The whole replies, and whether all of it was in order."""
        replies: list[Reply] = []
        at = 0
        while len(heard) - at >= LENGTH.size:
            (size,) = LENGTH.unpack_from(heard, at)
            start = at + LENGTH.size
            if size > self._limits.reply_bytes or len(heard) - start < size:
                return replies, size <= self._limits.reply_bytes
            try:
                replies.append(unpack_reply(bytes(heard[start : start + size])))
            except msgspec.DecodeError:
                return replies, False
            at = start + size
        return replies, True

    def _converse(self, process: subprocess.Popen[bytes], job: bytes) -> tuple[bytearray, bool]:
        """Hands over the job and hears the child out; False where it took too long or said too much."""
        if sys.platform == "win32":
            return self._by_communicate(process, job)
        return self._by_selector(process, job)

    def _by_selector(self, process: subprocess.Popen[bytes], job: bytes) -> tuple[bytearray, bool]:
        heard = bytearray()
        if process.stdin is None or process.stdout is None:
            return heard, False
        # The child reads all of it before it does anything that may hang.
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(job)
            process.stdin.close()
        deadline = time.monotonic() + self._limits.wall_s
        most = self._limits.session_bytes + self._limits.reply_bytes
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while selector.select(max(0.0, deadline - time.monotonic())):
                more = os.read(process.stdout.fileno(), _CHUNK)
                if not more:
                    return heard, True
                heard += more
                if len(heard) > most:
                    return heard, False
        return heard, False

    def _by_communicate(
        self, process: subprocess.Popen[bytes], job: bytes
    ) -> tuple[bytearray, bool]:
        """Windows has no select on pipes: the standard library's own reader, with one clock."""
        try:
            said, _nothing = process.communicate(job, timeout=self._limits.wall_s)
        except subprocess.TimeoutExpired as late:
            return bytearray(late.output or b""), False
        return bytearray(said), True


def _start() -> subprocess.Popen[bytes]:
    """A fresh child: no inherited files, a cleared environment, nothing on its error stream."""
    frozen = bool(getattr(sys, "frozen", False))
    module = ["-s", "-P", "-m", "schoolsafe.mailbox.child"]
    command = [sys.executable, FROZEN_SWITCH] if frozen else [sys.executable, *module]
    return subprocess.Popen(  # noqa: S603  # our own interpreter and module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        cwd=os.sep,
        env=_environment(),
        start_new_session=True,
        creationflags=_NO_CONSOLE,
    )


def _environment() -> dict[str, str]:
    """Only what an interpreter needs to find its modules: no home, no vault, no proxy, no certificates of others."""
    package = Path(schoolsafe.__file__).resolve().parents[1]
    plain = {"PYTHONPATH": str(package), "PYTHONUTF8": "1"}
    if sys.platform == "win32":
        plain["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
    return plain


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_LAST_WORDS_S)


def _fetched(reply: Reply) -> Fetched:
    return Fetched(
        name=reply.name,
        data=reply.data,
        uid=reply.uid,
        stamp=Stamp(*reply.stamp) if reply.stamp else None,
        left=_error(reply.left) if reply.left else None,
    )


def _error(note: Note) -> SchoolSafeError:
    return errors.from_child(note.name, note.facts)
