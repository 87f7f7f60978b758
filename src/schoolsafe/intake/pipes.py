"""Talks to the parser child with a limit on time and on what it may say; kills it when either is passed.

Killing the child is a normal outcome.
"""

import contextlib
import os
import selectors
import subprocess
import sys
import time
from enum import Enum
from typing import Final

from schoolsafe.intake.limits import CHILD
from schoolsafe.intake.wire_child import LENGTH

_CHUNK: Final = 256 * 1024


class Ended(Enum):
    """How a conversation with the child ended."""

    ANSWERED = "answered"
    """Every file has its reply."""
    STOPPED = "stopped"
    """The child ended, or said more than it may."""
    TOO_SLOW = "too slow"
    """No reply within the time for one file."""


def converse(
    process: subprocess.Popen[bytes], job: bytes, *, files: int
) -> tuple[list[bytes], Ended]:
    """Hands over the job and collects the replies; the child is dead when this returns."""
    try:
        if sys.platform == "win32":
            return _by_communicate(process, job, files)
        return _by_selector(process, job, files)
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


def _by_selector(
    process: subprocess.Popen[bytes], job: bytes, files: int
) -> tuple[list[bytes], Ended]:
    """POSIX: one loop over both pipes; the clock starts again with each reply."""
    if process.stdin is None or process.stdout is None:
        return [], Ended.STOPPED
    talk = _Talk(memoryview(job), files)
    for pipe in (process.stdin, process.stdout):
        os.set_blocking(pipe.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdin, selectors.EVENT_WRITE)
        selector.register(process.stdout, selectors.EVENT_READ)
        while talk.ended is None:
            ready = selector.select(max(0.0, talk.deadline - time.monotonic()))
            if not ready:
                talk.ended = Ended.TOO_SLOW
            for key, _events in ready:
                if key.fileobj is process.stdout:
                    talk.hear(os.read(process.stdout.fileno(), _CHUNK))
                elif talk.say(process.stdin.fileno()):
                    selector.unregister(process.stdin)
                    process.stdin.close()
    return talk.frames[:files], talk.ended


class _Talk:
    """What is still to be said, and what has been heard."""

    def __init__(self, todo: memoryview, files: int) -> None:
        self.todo = todo
        self.files = files
        self.heard = bytearray()
        self.frames: list[bytes] = []
        self.ended: Ended | None = None
        self.deadline = time.monotonic() + CHILD.wall_ms / 1000

    def say(self, pipe: int) -> bool:
        """Hands over some more of the job; True when all of it is handed over, or nobody takes it."""
        self.todo = _write(pipe, self.todo)
        return not self.todo

    def hear(self, more: bytes) -> None:
        """Takes in what the child says."""
        self.heard += more
        frames = _frames(self.heard)
        if len(frames) > len(self.frames):
            self.deadline = time.monotonic() + CHILD.wall_ms / 1000
        self.frames = frames
        if len(frames) >= self.files:
            self.ended = Ended.ANSWERED
        elif not more or _open_bytes(self.heard, frames) > CHILD.reply_bytes:
            self.ended = Ended.STOPPED


def _write(pipe: int, todo: memoryview) -> memoryview:
    try:
        return todo[os.write(pipe, todo[:_CHUNK]) :]
    except BrokenPipeError:
        return todo[:0]


def _by_communicate(
    process: subprocess.Popen[bytes], job: bytes, files: int
) -> tuple[list[bytes], Ended]:
    """Windows has no select on pipes: the standard library's own reader, with one clock for all files."""
    try:
        said, _nothing = process.communicate(job, timeout=CHILD.wall_ms / 1000 * max(1, files))
    except subprocess.TimeoutExpired:
        return [], Ended.TOO_SLOW
    frames = _frames(bytearray(said))
    return frames[:files], Ended.ANSWERED if len(frames) >= files else Ended.STOPPED


def _frames(got: bytearray) -> list[bytes]:
    """The complete replies so far; a length over the limit ends them."""
    frames: list[bytes] = []
    at = 0
    while len(got) - at >= LENGTH.size:
        (size,) = LENGTH.unpack_from(got, at)
        if size > CHILD.reply_bytes or len(got) - at - LENGTH.size < size:
            break
        frames.append(bytes(got[at + LENGTH.size : at + LENGTH.size + size]))
        at += LENGTH.size + size
    return frames


def _open_bytes(got: bytearray, frames: list[bytes]) -> int:
    """Bytes after the last complete reply."""
    return len(got) - sum(len(frame) + LENGTH.size for frame in frames)
