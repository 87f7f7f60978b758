"""Anchors in memory or in a plain file: they survive the vault, as the keyring and the anchor file
do."""

from pathlib import Path

import msgspec

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.ports import Anchor


class FakeAnchors:
    """The last anchor written, and the copy that ``settle`` brings up to date."""

    def __init__(self) -> None:
        self.file: Anchor | None = None
        self.keyring: Anchor | None = None
        self.written = 0
        self.fails: SchoolSafeError | None = None
        """Raised by the next write, once: a full disk beside the vault."""

    def read(self) -> tuple[Anchor, ...]:
        return tuple(anchor for anchor in (self.file, self.keyring) if anchor is not None)

    def write(self, anchor: Anchor) -> None:
        if self.fails is not None:
            fails, self.fails = self.fails, None
            raise fails
        self.file = anchor
        self.written += 1

    def settle(self) -> None:
        self.keyring = self.file


class FileAnchors:
    """One anchor in a file, replaced whole: for tests whose vault lives in another process."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[Anchor, ...]:
        if not self.path.exists():
            return ()
        return (msgspec.msgpack.decode(self.path.read_bytes(), type=Anchor),)

    def write(self, anchor: Anchor) -> None:
        beside = self.path.with_suffix(".new")
        beside.write_bytes(msgspec.msgpack.encode(anchor))
        beside.replace(self.path)

    def settle(self) -> None:
        """Nothing follows later."""
