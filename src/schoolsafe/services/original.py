"""The original message: its bytes, unchanged, and the readable text that spans point into."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.crypto.stream import AttachmentBroken, open_file
from schoolsafe.domain.entry import Attach
from schoolsafe.errors import Unavailable
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import PAGE, READABLE, READABLE_AFTER
from schoolsafe.services.ports import Attachment

_PAGE_NAME: Final = re.compile(re.escape(PAGE).replace(r"\{n\}", r"\d+"))


class AttachmentElsewhere(Unavailable):
    """This attachment is still on another computer."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment as lists show it."""

    name: str
    mime: str
    size: int
    sha256: str
    whole: bool
    at: datetime | None = None
    by: str = ""
    why: str = ""
    """Why a person added it, where they said so."""
    missing: int = 0
    """How many of its parts are still elsewhere."""
    parts: int = 1


def attached_of(one: Attachment, by: str = "") -> Attached:
    """One attachment as lists show it."""
    manifest = one.manifest
    return Attached(
        manifest.name,
        manifest.mime,
        manifest.size,
        manifest.sha256,
        not one.missing,
        datetime.fromtimestamp(one.wall_ms / 1000, tz=LONDON),
        by,
        one.why or "",
        one.missing,
        len(manifest.chunks),
    )


def shown_to_people(name: str) -> bool:
    """Whether an attachment is a file as it came, and not what a reader made of one."""
    return name not in {READABLE, READABLE_AFTER} and not _PAGE_NAME.fullmatch(name)


class Originals:
    """Opens attachments of an entity."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, entity: str) -> tuple[Attached, ...]:
        """What is attached, and whether it is whole here."""
        return tuple(
            attached_of(one)
            for one in self._desk.reader.attached((entity,))
            if one.manifest.name not in {READABLE, READABLE_AFTER}
        )

    def read(self, entity: str, name: str) -> bytes:
        """The clear bytes, checked against their SHA-256.

        Raises:
            AttachmentElsewhere: a part is not here. Tampered: a part was changed.
        """
        for attached in self._desk.reader.attachments(entity):
            if attached.name == name:
                return self._open(attached)
        raise AttachmentElsewhere

    def readable(self, notification: str) -> tuple[str, ...]:
        """The readable text of each part; empty for a phone call."""
        names = {a.name for a in self._desk.reader.attachments(notification)}
        kept = next((name for name in (READABLE_AFTER, READABLE) if name in names), None)
        return tuple(msgspec.json.decode(self.read(notification, kept))["texts"]) if kept else ()

    def pages(self, notification: str) -> tuple[bytes, ...]:
        """Pictures (PNG) of the pages that hold no text, in order; drawn anew when they were received."""
        names = {a.name for a in self._desk.reader.attachments(notification)}
        found: list[bytes] = []
        while (name := PAGE.format(n=len(found) + 1)) in names:
            found.append(self.read(notification, name))
        return tuple(found)

    def _open(self, attached: Attach) -> bytes:
        chunks = []
        for name in attached.chunks:
            chunk = self._desk.reader.chunk(name)
            if chunk is None:
                raise AttachmentElsewhere
            chunks.append(chunk)
        clear = open_file(bytes.fromhex(attached.key), chunks)
        if sha256_hex(clear) != attached.sha256:
            raise AttachmentBroken
        return clear
