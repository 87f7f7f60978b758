"""Flips one bit at every 97th byte of database and log, with many commits in a live log; each must be seen.

    python tests/store/flip_loop.py [--every 97] [--step 1]

``--step n`` tries every n-th of those places. Prints tried and detected; exit 1 where one went unseen.
Bare SQLCipher sees every flip of the main file and none of the log (security.md section 12, fact 2).
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from fakes.anchors import FakeAnchors
from schoolsafe.errors import Tampered
from schoolsafe.store.vault import Vault
from store.seats import Seat, child, concern

FILES = ("vault.db", "vault.db-wal")
COMMITS = 24


@dataclass(frozen=True)
class Flips:
    """What was tried, and the places nobody saw."""

    tried: dict[str, int]
    unseen: tuple[tuple[str, int], ...]

    @property
    def detected(self) -> int:
        return sum(self.tried.values()) - len(self.unseen)


def live_vault(folder: Path) -> tuple[Seat, dict[str, bytes]]:
    """A seat whose program was killed with its commits in the log: its files as they lay."""
    seat = Seat(folder)
    vault = seat.create()
    vault.journal.append([child(n) for n in range(20)])
    vault.close()
    vault = seat.open()
    for n in range(COMMITS):
        vault.journal.append([concern(n)])
    lying = {name: (folder / name).read_bytes() for name in FILES}
    vault.close()
    return seat, lying


def seen(seat: Seat, anchors: FakeAnchors, folder: Path) -> bool:
    """Whether opening, or a deep check, tells that something is wrong."""
    tried = Seat(folder, seat.sealer, anchors, seat.clock)
    try:
        vault: Vault = tried.open()
    except Tampered:
        return True
    try:
        return vault.problem is not None or not vault.verify(deep=True).ok
    except Tampered:
        return True
    finally:
        vault.close()


def lay_out(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def kept(seat: Seat) -> FakeAnchors:
    """The anchors as they stood, for one try."""
    copy = FakeAnchors()
    copy.file, copy.keyring = seat.anchors.file, seat.anchors.file
    return copy


def places(files: dict[str, bytes], every: int, step: int) -> Iterator[tuple[str, int]]:
    for name, data in files.items():
        for offset in range(0, len(data), every * step):
            yield name, offset


def run(folder: Path, *, every: int = 97, step: int = 1) -> Flips:
    """Flips, opens, asks; once per place."""
    seat, lying = live_vault(folder / "whole")
    tried = dict.fromkeys(lying, 0)
    unseen = []
    lay_out(folder / "sound", lying)
    assert not seen(seat, kept(seat), folder / "sound"), (
        "the vault must be sound before it is harmed"
    )
    for name, offset in places(lying, every, step):
        harmed = bytearray(lying[name])
        harmed[offset] ^= 1 << (offset % 8)
        lay_out(folder / "harmed", lying | {name: bytes(harmed)})
        tried[name] += 1
        if not seen(seat, kept(seat), folder / "harmed"):
            unseen.append((name, offset))
    return Flips(tried, tuple(unseen))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=97)
    parser.add_argument("--step", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), every=asked.every, step=asked.step)
    print(f"flips: tried {found.tried}, detected {found.detected} of {sum(found.tried.values())}")  # noqa: T201
    for name, offset in found.unseen:
        print(f"UNSEEN {name} at {offset}")  # noqa: T201
    return 1 if found.unseen else 0


if __name__ == "__main__":
    sys.exit(main())
