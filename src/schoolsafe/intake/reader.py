"""Reads foreign files in a child process that holds nothing and may be killed. The room's only door.

Left to the caller: keeping the original bytes, whatever happens here.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

import schoolsafe
from schoolsafe.domain.establishment import RegisterRows, SchoolLinks
from schoolsafe.domain.notification import MailDraft
from schoolsafe.domain.template import Template
from schoolsafe.domain.term_dates import CalendarFile
from schoolsafe.errors import Refused
from schoolsafe.intake import errors, job_object, pipes
from schoolsafe.intake.limits import CHILD, MAIL
from schoolsafe.intake.parts import part, refuse_large_register
from schoolsafe.intake.transfer_list import refuse_large, transfer_list
from schoolsafe.intake.warnings import sentence
from schoolsafe.intake.wire_child import Job, Reply, pack_job, unpack_reply
from schoolsafe.services.ports_outside import ListProblem, PupilList, PupilRow
from schoolsafe.words import _

FROZEN_SWITCH: Final = "--intake-child"


class ChildIntake:
    """The port ``Intake`` with a parser child behind it."""

    def read_mail(self, data: bytes, *, templates: Sequence[Template] = ()) -> MailDraft:
        """A message or another document into a draft.

        Raises:
            UnreadableFile: with the reason; the caller keeps the original bytes all the same.
        """
        outcome = self.read_mails([data], templates=templates)[0]
        if isinstance(outcome, MailDraft):
            return outcome
        raise outcome

    def read_mails(
        self, files: Sequence[bytes], *, templates: Sequence[Template] = ()
    ) -> tuple[MailDraft | Refused, ...]:
        """Several messages, one child for as many as it takes: each a draft or the reason why not."""
        outcomes: dict[int, MailDraft | Refused] = {}
        waiting: list[int] = []
        for place, data in enumerate(files):
            if len(data) > MAIL.size_bytes:
                outcomes[place] = errors.MailTooLarge(limit=MAIL.size_bytes // (1024 * 1024))
            else:
                waiting.append(place)
        while waiting:
            batch = _batch(waiting, files)
            mails = tuple(files[place] for place in batch)
            replies = _ask(Job("mail", mails, templates=tuple(templates)))
            for place, reply in zip(batch, replies, strict=False):
                outcomes[place] = _mail(_loaded(reply, files[place], templates))
            waiting = waiting[len(replies) :]
        return tuple(outcomes[place] for place in range(len(files)))

    def read_schools(self, data: bytes) -> RegisterRows:
        """The register of schools.

        Raises:
            UnreadableFile: with the reason.
        """
        refuse_large_register(data)
        return part(_ask(Job("schools", (data,)))[0], lambda reply: reply.schools)

    def read_school_links(self, data: bytes) -> SchoolLinks:
        """Which school took whose place.

        Raises:
            UnreadableFile: with the reason.
        """
        refuse_large_register(data)
        return part(_ask(Job("links", (data,)))[0], lambda reply: reply.links)

    def read_calendar(self, data: bytes) -> CalendarFile:
        """A calendar file's events by date.

        Raises:
            UnreadableFile: with the reason.
        """
        return part(_ask(Job("calendar", (data,)))[0], lambda reply: reply.calendar)

    def read_pupil_list(
        self, data: bytes, *, columns: Mapping[str, str] | None = None
    ) -> PupilList:
        """A list or a transfer file into rows; ``columns`` overrides the guess, field to heading.

        Raises:
            UnreadableFile: with the reason.
        """
        refuse_large(data)
        reply = _ask(Job("list", (data,), dict(columns) if columns else None))[0]
        if isinstance(reply, Refused):
            raise reply
        if reply.transfer is not None:
            return transfer_list(reply.transfer)
        if reply.listed is None:
            raise _refusal(reply)
        listed = reply.listed
        return PupilList(
            rows=tuple(PupilRow(row, values) for row, values in listed.rows),
            problems=tuple(_lacking(field, listed.heading_row) for field in listed.missing),
            columns=listed.columns,
            ignored=listed.ignored,
            encoding=listed.encoding,
            delimiter=listed.delimiter,
            heading_row=listed.heading_row,
            not_used=listed.not_used,
        )


def _loaded(reply: Reply | Refused, data: bytes, templates: Sequence[Template]) -> Reply | Refused:
    """The reply; asked for again where the child had not loaded the reader this file needs."""
    if not isinstance(reply, Reply) or reply.error != errors.ReaderNotLoaded.__name__:
        return reply
    return _ask(Job("mail", (data,), everything=True, templates=tuple(templates)))[0]


def _batch(waiting: Sequence[int], files: Sequence[bytes]) -> list[int]:
    """The next files that go to one child: at least one, up to the size for a batch."""
    batch: list[int] = []
    size = 0
    for place in waiting:
        size += len(files[place])
        if batch and size > CHILD.batch_bytes:
            break
        batch.append(place)
    return batch


def _ask(job: Job) -> list[Reply | Refused]:
    """The child's replies, at least one: where it stopped, the file it stopped at gets the reason."""
    process = _start()
    frames, ended = pipes.converse(process, pack_job(job), files=len(job.files))
    replies: list[Reply | Refused] = []
    for frame in frames:
        try:
            replies.append(unpack_reply(frame))
        except (msgspec.DecodeError, UnicodeDecodeError):  # the second is for text that is none
            replies.append(errors.ReaderStopped())
    if ended is pipes.Ended.TOO_SLOW:
        replies.append(errors.ReaderTookTooLong())
    elif ended is pipes.Ended.STOPPED:
        replies.append(errors.ReaderStopped())
    return replies


def _start() -> subprocess.Popen[bytes]:
    """A fresh child: no inherited files, a cleared environment, nothing on its error stream."""
    frozen = bool(getattr(sys, "frozen", False))
    module = ["-s", "-P", "-m", "schoolsafe.intake.child"]
    command = [sys.executable, FROZEN_SWITCH] if frozen else [sys.executable, *module]
    process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        cwd=os.sep,
        env=_environment(),
        start_new_session=True,
        creationflags=job_object.CREATION_FLAGS,
    )
    job_object.confine(process)
    return process


def _environment() -> dict[str, str]:
    """Only what an interpreter needs to find its modules: no home, no display, no vault, no agent."""
    package = Path(schoolsafe.__file__).resolve().parents[1]
    plain = {"PYTHONPATH": str(package), "PYTHONUTF8": "1"}
    if sys.platform == "win32":
        plain["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
    return plain


def _mail(reply: Reply | Refused) -> MailDraft | Refused:
    if isinstance(reply, Refused):
        return reply
    if reply.mail is None:
        return _refusal(reply)
    return replace(reply.mail, warnings=tuple(sentence(code) for code in reply.mail.warnings))


def _refusal(reply: Reply) -> Refused:
    return errors.from_child(reply.error or "", reply.facts)


def _lacking(field: str, row: int) -> ListProblem:
    words = {
        "dob": _(
            "This list has no column with dates of birth. Pupils of the same name cannot be told apart."
        ),
        "upn": _(
            "This list has no column with pupil numbers (UPN). Names and birth dates are compared instead."
        ),
    }
    return ListProblem(row, f"no_{field}_column", words[field], field)
