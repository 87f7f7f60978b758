"""Writes an OLE compound file (version 3, sectors of 512 bytes) from folders and streams."""

import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, FAT_SECTOR, NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5


class _Writer:
    def __init__(self) -> None:
        self.entries: list[bytearray] = []
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = bytearray()
        self.mini_fat: list[int] = []

    def chain(self, data: bytes) -> int:
        if not data:
            return END
        first = len(self.sectors)
        count = -(-len(data) // SECTOR)
        for n in range(count):
            self.sectors.append(data[n * SECTOR : (n + 1) * SECTOR].ljust(SECTOR, b"\0"))
            self.fat.append(first + n + 1 if n + 1 < count else END)
        return first

    def mini_chain(self, data: bytes) -> int:
        if not data:
            return END
        first = len(self.mini_fat)
        count = -(-len(data) // MINI)
        for n in range(count):
            self.mini += data[n * MINI : (n + 1) * MINI].ljust(MINI, b"\0")
            self.mini_fat.append(first + n + 1 if n + 1 < count else END)
        return first

    def entry(self, name: str, kind: int, start: int, size: int) -> int:
        raw = name.encode("utf-16-le")
        row = bytearray(128)
        row[: len(raw)] = raw
        struct.pack_into("<HBB", row, 64, len(raw) + 2, kind, 1)
        struct.pack_into("<III", row, 68, NOBODY, NOBODY, NOBODY)
        struct.pack_into("<IQ", row, 116, start, size)
        self.entries.append(row)
        return len(self.entries) - 1

    def children(self, tree: Tree) -> int:
        made = []
        for name in sorted(tree, key=lambda each: (len(each), each.upper())):
            value = tree[name]
            if isinstance(value, bytes):
                start = self.mini_chain(value) if len(value) < CUTOFF else self.chain(value)
                made.append(self.entry(name, STREAM, start, len(value)))
            else:
                number = self.entry(name, STORAGE, 0, 0)
                struct.pack_into("<I", self.entries[number], 76, self.children(value))
                made.append(number)
        return self._balanced(made)

    def _balanced(self, made: list[int]) -> int:
        if not made:
            return NOBODY
        middle = len(made) // 2
        left, right = self._balanced(made[:middle]), self._balanced(made[middle + 1 :])
        struct.pack_into("<II", self.entries[made[middle]], 68, left, right)
        return made[middle]


def ole_file(tree: Tree) -> bytes:
    """The bytes of a compound file."""
    writer = _Writer()
    root = writer.entry("Root Entry", ROOT, END, 0)
    first_child = writer.children(tree)
    mini_start = writer.chain(bytes(writer.mini))
    struct.pack_into("<I", writer.entries[root], 76, first_child)
    struct.pack_into("<IQ", writer.entries[root], 116, mini_start, len(writer.mini))
    while len(writer.entries) % 4:
        writer.entries.append(
            bytearray(64) + struct.pack("<HBBIII", 0, 0, 0, NOBODY, NOBODY, NOBODY) + bytes(48)
        )
    directory = writer.chain(b"".join(bytes(each) for each in writer.entries))
    packed = b"".join(struct.pack("<I", each) for each in writer.mini_fat)
    packed += b"\xff" * (-len(packed) % SECTOR)
    mini_fat = writer.chain(packed)
    fat_sectors = 1
    while fat_sectors * (SECTOR // 4) < len(writer.fat) + fat_sectors:
        fat_sectors += 1
    assert fat_sectors <= 109
    fat_at = [len(writer.sectors) + n for n in range(fat_sectors)]
    table = writer.fat + [FAT_SECTOR] * fat_sectors
    table += [FREE] * (fat_sectors * (SECTOR // 4) - len(table))
    head = bytearray(SECTOR)
    struct.pack_into(
        "<8s16sHHHHH", head, 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6
    )
    struct.pack_into(
        "<IIIIIIIII",
        head,
        40,
        0,
        fat_sectors,
        directory,
        0,
        CUTOFF,
        mini_fat,
        len(packed) // SECTOR,
        END,
        0,
    )
    slots = fat_at + [FREE] * (109 - fat_sectors)
    struct.pack_into("<109I", head, 76, *slots)
    return bytes(head) + b"".join(writer.sectors) + struct.pack(f"<{len(table)}I", *table)
