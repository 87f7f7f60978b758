"""The parser child: reads one job from standard input, answers on standard output, holds nothing else.

Started with a cleared environment and no inherited files. Imports stay few: no Qt, no SQL, no keys.
"""

import os
import sys
from typing import BinaryIO, Final

import msgspec

from schoolsafe.errors import Refused
from schoolsafe.intake import charsets, jail, lists, loading
from schoolsafe.intake.mail import read_mail
from schoolsafe.intake.templates import words
from schoolsafe.intake.wire_child import Job, Reply, pack_reply, unpack_job

_WARM_UP: Final = (
    b"Received: from a by b; Mon, 09 Nov 2026 07:12:00 +0000\r\nFrom: =?utf-8?q?A?= <a@example.org>\r\n"
    b"Content-Type: text/html; charset=utf-8; name*=utf-8''a\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<p>Operation Encompass</p><p>Child: Robin EXAMPLETON, born 14/03/2017</p><p>Incident: 08/11/2026 at 21:35</p>"
)


def child_main() -> int:
    """Reads the job, locks itself in, answers each file in turn. The exit code says nothing."""
    os.chdir(os.sep)
    charsets.preload()
    words()
    # why: the standard library loads modules and time zones on first use, and soon no file can be opened
    read_mail(_WARM_UP)
    jail.limit_resources()
    raw = sys.stdin.buffer.read()
    sys.stdin.close()
    loading.load_for(raw)
    jail.close_doors()
    try:
        job = unpack_job(raw)
    except msgspec.DecodeError:
        return 2
    del raw
    jail.limit_time(len(job.files))
    answer(job, sys.stdout.buffer)
    return 0


def answer(job: Job, out: BinaryIO) -> None:
    """One reply for each file of the job, as soon as it is ready."""
    for data in job.files:
        out.write(pack_reply(_reply(job, data)))
        out.flush()


def _reply(job: Job, data: bytes) -> Reply:
    try:
        if job.kind == "list":
            return lists.read(data, job.columns)
        if job.kind in lists.READERS:
            return lists.READERS[job.kind](data)
        return Reply(mail=read_mail(data, job.templates))
    except Refused as refused:
        facts = {k: v for k, v in refused.facts.items() if isinstance(v, int | str)}
        return Reply(error=type(refused).__name__, facts=facts)
    except (
        MemoryError,
        RecursionError,
        ValueError,
        LookupError,
        ArithmeticError,
        TypeError,
        OSError,
    ):
        # why: a bug in a rule must not cost the other files of the job; the caller keeps the original
        return Reply(error="ReaderStopped")


if __name__ == "__main__":
    sys.exit(child_main())
