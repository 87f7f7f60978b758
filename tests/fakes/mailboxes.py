"""A relay in memory with behaviour: slots are taken once, and it can be away."""

from collections.abc import Callable

from schoolsafe.errors import Unavailable
from schoolsafe.services.relay import Letter, Look


class RelayAway(Unavailable):
    """The pretend relay does not answer."""


class MemoryMailboxes:
    """Mailboxes as dictionaries."""

    def __init__(self) -> None:
        self.boxes: dict[bytes, dict[str, bytes]] = {}
        self.away = False

    def put(self, mailbox: bytes, slot: bytes, data: bytes) -> bool:
        self._answer()
        box = self.boxes.setdefault(mailbox, {})
        if slot.hex() in box:
            return False
        box[slot.hex()] = data
        return True

    def holds(self, mailbox: bytes, slot: bytes) -> bool:
        self._answer()
        return slot.hex() in self.boxes.get(mailbox, {})

    def look(self, mailbox: bytes, known: Callable[[str, str], bool], *, limit: int = 500) -> Look:
        self._answer()
        box = self.boxes.get(mailbox, {})
        new = [
            Letter(name, str(hash(data)), data)
            for name, data in reversed(box.items())
            if not known(name, str(hash(data)))
        ]
        return Look(tuple(new[:limit]), more=len(new) > limit)

    def _answer(self) -> None:
        if self.away:
            raise RelayAway
