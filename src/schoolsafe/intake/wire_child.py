"""What goes to the parser child and what comes back: typed msgpack, each reply behind its length.

The child is not trusted: a reply that does not decode into exactly these types is no reply.
"""

from dataclasses import dataclass, field
from struct import Struct
from typing import Final, Literal

import msgspec

from schoolsafe.domain.ctf import CtfFile
from schoolsafe.domain.establishment import RegisterRows, SchoolLinks
from schoolsafe.domain.notification import MailDraft
from schoolsafe.domain.template import Template
from schoolsafe.domain.term_dates import CalendarFile
from schoolsafe.intake.pupil_list import Listed

LENGTH: Final = Struct(">I")


@dataclass(frozen=True, slots=True)
class Job:
    """Files of one kind to read, in order."""

    kind: Literal["mail", "list", "schools", "links", "calendar"]
    files: tuple[bytes, ...]
    columns: dict[str, str] | None = None
    everything: bool = False
    """Every reader is to be loaded (loading.EVERYTHING)."""
    templates: tuple[Template, ...] = ()
    """The school's own templates; the child checks them again."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one file: a draft, a list, or the name of an error with its numbers."""

    mail: MailDraft | None = None
    listed: Listed | None = None
    transfer: CtfFile | None = None
    schools: RegisterRows | None = None
    links: SchoolLinks | None = None
    calendar: CalendarFile | None = None
    error: str | None = None
    facts: dict[str, int | str] = field(default_factory=dict)


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
