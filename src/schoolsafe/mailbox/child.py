"""The fetching child: reads one job from standard input, answers on standard output, holds nothing else.

It has the network and one password, and neither the vault nor its keys. Started with a cleared environment; the job
tells what to look at and how much that may cost.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

import msgspec

from schoolsafe.mailbox import folder_look, imap_look
from schoolsafe.mailbox.limits import LookLimits
from schoolsafe.mailbox.wire_child import Job, Reply, pack_reply, unpack_job

_FILES_OPEN = 64
"""Two pipes, a socket, certificates, what a name is looked up in."""


def child_main() -> int:
    """Reads the job, limits itself, answers. The exit code says nothing."""
    raw = sys.stdin.buffer.read()
    sys.stdin.close()
    try:
        job = unpack_job(raw)
    except msgspec.DecodeError:
        return 2
    del raw
    limit(job.limits)
    with suppress(BrokenPipeError):  # whoever asked has gone
        answer(job, sys.stdout.buffer)
    return 0


def limit(limits: LookLimits) -> None:
    """Memory, processor time, no file written, no second process, no core."""
    os.chdir(os.sep)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # POSIX only

    os.umask(0o077)
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, _FILES_OPEN),
    ):
        # why: macOS has no limit on address space; what the system lacks, the parent's clock makes up for
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def answer(job: Job, out: BinaryIO) -> None:
    """One reply for each message as soon as it is whole, then how it ended."""
    for reply in _replies(job):
        out.write(pack_reply(reply))
        out.flush()


def _replies(job: Job) -> Iterator[Reply]:
    errand = job.errand
    if errand.imap is not None:
        return imap_look.look(errand.imap, job.secret, errand.uids, job.limits)
    if errand.folder is not None:
        return folder_look.look(errand, errand.folder.path, job.limits)
    return iter((Reply(ended=True),))


if __name__ == "__main__":
    sys.exit(child_main())
