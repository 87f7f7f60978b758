"""A shelf for the register of schools, in memory; it may be told that the disk is full."""

from schoolsafe.errors import Unavailable


class DiskIsFull(Unavailable):
    """The disk is full."""


class FakeShelf:
    def __init__(self, data: bytes | None = None, *, full: bool = False) -> None:
        self.data, self.full, self.reads = data, full, 0

    def read(self) -> bytes | None:
        self.reads += 1
        return self.data

    def write(self, data: bytes) -> None:
        if self.full:
            raise DiskIsFull
        self.data = data
