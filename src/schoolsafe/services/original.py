"""The original message: its bytes, unchanged, and the readable text that spans point into."""

from dataclasses import dataclass

import msgspec

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.crypto.stream import AttachmentBroken, open_file
from schoolsafe.domain.entry import Attach
from schoolsafe.errors import Unavailable
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import PAGE, READABLE, READABLE_AFTER


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


class Originals:
    """Opens attachments of an entity."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, entity: str) -> tuple[Attached, ...]:
        """What is attached, and whether it is whole here."""
        return tuple(
            Attached(
                a.name,
                a.mime,
                a.size,
                a.sha256,
                all(self._desk.reader.chunk(c) is not None for c in a.chunks),
            )
            for a in self._desk.reader.attachments(entity)
            if a.name not in {READABLE, READABLE_AFTER}
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
