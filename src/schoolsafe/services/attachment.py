"""Files a person adds to an entry: kept byte for byte, sealed, looked at inside the program only.

Left to others: sealing (crypto.stream), reading a foreign file (intake), the message a notification came in
(notification_arrival).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.crypto.stream import AttachmentBroken, open_file
from schoolsafe.domain.entry import NewEntry
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.ids import noun_of
from schoolsafe.domain.schema import BY_NAME
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.chronology_reading import WORDS_OF
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_arrival import sealed
from schoolsafe.services.notification_entry import text
from schoolsafe.services.original import Attached, AttachmentElsewhere, attached_of, shown_to_people
from schoolsafe.services.ports import Attachment
from schoolsafe.services.ports_outside import Intake

FILE_BYTES: Final = 25 * 1024 * 1024
"""A file that is added: as long a message as mail servers let through."""
MOST: Final = 50
"""Files of one entry."""
_NAME_LETTERS: Final = 120
_MIME: Final = {
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
_TOPICS: Final = frozenset({Topic.CHRONOLOGY})
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class NothingToAttachTo(Refused):
    """Files are added to an entry of a child's file. There is no such entry here."""


class EmptyFile(Refused):
    """A file is empty. There is nothing to keep of it, so none was added."""


class FileTooLarge(Refused):
    """A file is larger than {limit} MB, so none was added. Split it, or write here where it is kept."""


class TooManyFiles(Refused):
    """An entry holds {most} files at most. Add the others to another entry."""


class NoSuchFile(Refused):
    """There is no such file here."""


class WhyOutside(Refused):
    """Write why a copy is needed outside SchoolSafe."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as the program shows it: its words, and pictures of pages that hold none."""

    texts: tuple[str, ...]
    pages: tuple[bytes, ...]
    """PNG, drawn anew by the reader."""


@dataclass(frozen=True, slots=True)
class FileToAdd:
    """One file as a person chose it."""

    name: str
    data: bytes


class Attachments:
    """What a person can do with the files of entries."""

    def __init__(self, desk: Desk, audit: Audit, intake: Intake) -> None:
        self._desk = desk
        self._audit = audit
        self._intake = intake

    def add(self, entry: str, files: Sequence[FileToAdd], *, why: str = "") -> Changes:
        """Adds files to an entry, all or none. A file that is there already is not kept twice.

        Raises:
            NothingToAttachTo: no such entry, or one of a kind that holds no files.
            EmptyFile, FileTooLarge, TooManyFiles: as they say; nothing was written.
        """
        record = self._desk.reader.get(entry)
        if record is None or noun_of(entry) not in WORDS_OF or record.values.get("withdrawn"):
            raise NothingToAttachTo
        there = self._desk.reader.attached((entry,))
        known = {one.manifest.sha256 for one in there}
        fresh: dict[str, FileToAdd] = {}
        for file in files:
            _check(file)
            if (digest := sha256_hex(file.data)) not in known:
                fresh.setdefault(digest, file)
        if not fresh:
            return Changes.none()
        if len(there) + len(fresh) > MOST:
            raise TooManyFiles(most=MOST)
        chunks: dict[str, bytes] = {}
        ops = tuple(
            sealed(entry, clean_name(file.name), mime_of(file.name), file.data, chunks)
            for file in fresh.values()
        )
        subject = text(record.values, "child")
        made = NewEntry(
            BY_NAME[record.noun].circle,
            "entry.attach",
            ops,
            subject=subject,
            why=why.strip() or None,
        )
        done = self._desk.put([made], _TOPICS, chunks=chunks)
        return replace(done, entities=(entry,))

    def of(self, entry: str) -> tuple[Attached, ...]:
        """The files of one entry, oldest first; one whose parts are not all here says so.

        Raises:
            NotYoursToRead: this person holds no key of it.
        """
        self._desk.must_read(TEAM)
        return tuple(
            attached_of(one, self._name(one))
            for one in self._desk.reader.attached((entry,))
            if shown_to_people(one.manifest.name)
        )

    def read(self, entry: str, sha256: str) -> bytes:
        """The bytes as they came, checked against their SHA-256.

        Raises:
            NoSuchFile: no such file. AttachmentElsewhere: a part is not here. Tampered: a part was changed.
        """
        self._desk.must_read(TEAM)
        one = self._find(entry, sha256).manifest
        parts = [self._desk.reader.chunk(name) for name in one.chunks]
        here = [part for part in parts if part is not None]
        if len(here) < len(parts):
            raise AttachmentElsewhere
        clear = open_file(bytes.fromhex(one.key), here)
        if sha256_hex(clear) != one.sha256:
            raise AttachmentBroken
        return clear

    def preview(self, entry: str, sha256: str) -> Preview:
        """The file as words and pictures. It is read in a process of its own that holds nothing and is never opened.

        Raises:
            UnreadableFile: it can be kept and copied, and not shown. Otherwise as ``read``.
        """
        draft = self._intake.read_mail(self.read(entry, sha256))
        return Preview(tuple(t for t in draft.texts if t.strip()), draft.pages)

    def copy_out(self, entry: str, sha256: str, *, reason: str) -> bytes:
        """The bytes for a copy outside; who took it and why is on record before they are handed over.

        Raises:
            WhyOutside: without a reason. Otherwise as ``read``.
        """
        if not reason.strip():
            raise WhyOutside
        data = self.read(entry, sha256)
        record = self._desk.reader.get(entry)
        child = text(record.values, "child") if record else None
        self._audit.write(Act.EXPORTED, what="attachment", about=child or entry, why=reason.strip())
        return data

    def _find(self, entry: str, sha256: str) -> Attachment:
        for one in self._desk.reader.attached((entry,)):
            if one.manifest.sha256 == sha256:
                return one
        raise NoSuchFile

    def _name(self, one: Attachment) -> str:
        found = self._desk.reader.get(one.author)
        return (text(found.values, "name") if found else None) or one.author


def _check(file: FileToAdd) -> None:
    if not file.data:
        raise EmptyFile
    if len(file.data) > FILE_BYTES:
        raise FileTooLarge(limit=FILE_BYTES // (1024 * 1024))


def clean_name(name: str) -> str:
    """A file's own name, without a path and without what no folder or line of text can hold."""
    last = PurePath(name.replace("\\", "/")).name
    kept = _UNFIT.sub(" ", last).strip(" .")
    stem, dot, end = kept.rpartition(".")
    if len(kept) > _NAME_LETTERS and dot:
        kept = f"{stem[: _NAME_LETTERS - len(end) - 1]}.{end[:_NAME_LETTERS]}"
    return kept[:_NAME_LETTERS] or "file"


def mime_of(name: str) -> str:
    """The media type a file's ending stands for; nothing is decided by it."""
    return _MIME.get(PurePath(name).suffix.casefold(), "application/octet-stream")
