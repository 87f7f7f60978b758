"""What goes to the fetching child and what comes back: typed msgpack, each reply behind its length.

The child is not trusted, because it talks to strangers: a reply that does not decode into exactly these types is none.
"""

from dataclasses import dataclass, field
from struct import Struct
from typing import Final

import msgspec

from schoolsafe.mailbox.limits import LookLimits
from schoolsafe.services.mail_fetching import Errand

LENGTH: Final = Struct(">I")


@dataclass(frozen=True, slots=True)
class Job:
    """One source to look at."""

    errand: Errand
    secret: str
    limits: LookLimits


@dataclass(frozen=True, slots=True)
class Note:
    """An error by its name, with its numbers and the words a person typed."""

    name: str
    facts: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """A message, or how the look ended."""

    name: str = ""
    data: bytes = b""
    uid: int = 0
    stamp: tuple[int, int] | None = None
    left: Note | None = None
    validity: int | None = None
    """In each reply about a message."""
    ended: bool = False
    more: bool = False
    seen: dict[str, tuple[int, int]] | None = None
    problem: Note | None = None


_encoder: Final = msgspec.msgpack.Encoder()
_jobs: Final = msgspec.msgpack.Decoder(Job)
_replies: Final = msgspec.msgpack.Decoder(Reply)


def pack_job(job: Job) -> bytes:
    """The job as bytes for the child's standard input."""
    return _encoder.encode(job)


def unpack_job(data: bytes) -> Job:
    """The job as the child sees it.

    Raises:
        msgspec.DecodeError: not a job.
    """
    return _jobs.decode(data)


def pack_reply(reply: Reply) -> bytes:
    """One reply behind its length."""
    body = _encoder.encode(reply)
    return LENGTH.pack(len(body)) + body


def unpack_reply(body: bytes) -> Reply:
    """One reply.

    Raises:
        msgspec.DecodeError: not exactly a reply.
    """
    return _replies.decode(body)
