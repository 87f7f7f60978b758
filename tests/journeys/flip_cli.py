"""One bit flipped at every 97th byte of a data folder; the command line must say so, exit 3 or 5.

    python tests/journeys/flip_cli.py [--every 97] [--step 1] [--also]

A school is set up, its program stops with 21 commits in the log, and the folder is copied as it lay: real keys, real
anchors, the real commands (`status`, then `verify --deep` where status saw nothing). Each try gets fresh copies.
``--step n`` tries every n-th of those places; ``--also`` harms both anchors and the device secret too, but not the
count of wrong tries, which stands twice: one that does not authenticate gives way to the other. Argon2id is computed
once for each passphrase and salt: it is not what is tried here.
"""

import argparse
import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.bootstrap.outside import System
from schoolsafe.cli.main import run as schoolsafe
from schoolsafe.crypto import kdf
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.entry import Add, NewEntry
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.entrance import SetUp

PASSPHRASE = "unlatch sprout gristle mango tepid"
COMMITS = 21
VAULT_LIMIT_BYTES = (
    1024 * 1024
)  # a school of one pupil: the empty tables take most of it, and every release adds some
DETECTED = (3, 5)
FILES = ("vault.db", "vault.db-wal", "seat.key")
ALSO = ("anchor",)
NOW = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


class At:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True)
class Lying:
    """A data folder and its secret folder as a stopped program left them."""

    seat: str
    home: dict[str, bytes]
    """Names relative to the seat's folder."""
    secret: dict[str, bytes]


@dataclass(frozen=True)
class Flips:
    """What was tried, and the places nobody saw."""

    tried: dict[str, int]
    by: dict[str, int]
    """Which command saw how many."""
    unseen: tuple[tuple[str, int, int], ...]
    """File, offset, exit code of ``verify --deep``."""

    @property
    def detected(self) -> int:
        return sum(self.tried.values()) - len(self.unseen)

    def __str__(self) -> str:
        each = ", ".join(f"{name} {count}" for name, count in self.tried.items())
        return (
            f"flips through the command line: tried {sum(self.tried.values())} ({each}),"
            f" detected {self.detected} ({self.by['status']} by status, {self.by['verify']} more by verify --deep)"
        )


@contextlib.contextmanager
def remembered_derivation() -> Iterator[None]:
    """Each passphrase and salt is stretched once in this process."""
    real = kdf.passphrase_key

    @cache
    def once(passphrase: bytes, salt: bytes, settings: kdf.Argon2Settings) -> bytes:
        return bytes(real(passphrase, salt=salt, settings=settings))

    kdf.passphrase_key = lambda passphrase, *, salt, settings: bytearray(
        once(bytes(passphrase), salt, settings)
    )
    try:
        yield
    finally:
        kdf.passphrase_key = real


def secret_of(home: Path) -> Path:
    return home.with_name(home.name + ".secret")


def stopped_school(folder: Path, *, commits: int = COMMITS, role: str = "dsl") -> Lying:
    """Set up, used, and cut off with its commits in the log."""
    home = folder / "whole"
    entrance = HomeEntrance(home, clock=At())
    form = SetUp(
        school="Northmere Primary School",
        urn="999101",
        person="Maya Thornton",
        role=role,
        device_secret="file",
        test=True,
    )
    founded = entrance.set_up(form, PASSPHRASE)
    opened, lock = entrance.unlock(PASSPHRASE)
    services = opened.services
    child = "child:00000000000000c1"
    add = Add(child, {"surname": "Archer", "forename": "Ada", "status": "on_roll"})
    services.desk.journal.append([NewEntry("school", "child.add", (add,), subject=child)])
    for n in range(commits - 1):
        services.chronologies.add(EntryForm(child, EntryKind.CONCERN, f"Quiet at lunch {n}."))
    seat = home / "seats" / founded.seat_id
    lying = Lying(
        founded.seat_id,
        {path.name: path.read_bytes() for path in seat.iterdir() if path.is_file()},
        {path.name: path.read_bytes() for path in secret_of(home).iterdir()},
    )
    lock()
    return lying


def lay_out(folder: Path, lying: Lying, **changed: bytes) -> Path:
    """The folder as it lay, with other bytes in the files named; its home."""
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(secret_of(home), ignore_errors=True)
    seat = home / "seats" / lying.seat
    seat.mkdir(mode=0o700, parents=True)
    home.chmod(0o700)
    secret_of(home).mkdir(mode=0o700)
    for place, files in ((seat, lying.home), (secret_of(home), lying.secret)):
        for name, data in files.items():
            (place / name).write_bytes(changed.get(name, data))
    return home


def exit_code(home: Path, *command: str) -> int:
    """What the command line answers to somebody who knows the passphrase."""
    hear, say = os.pipe()
    os.write(say, f"{PASSPHRASE}\n".encode())
    os.close(say)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return schoolsafe(
                ["--home", str(home), "--json", "--passphrase-fd", str(hear), *command], System()
            )
    finally:
        with contextlib.suppress(OSError):
            os.close(hear)


def places(lying: Lying, names: tuple[str, ...], every: int) -> Iterator[tuple[str, int]]:
    everything = lying.home | lying.secret
    for name in names:
        for offset in range(0, len(everything[name]), every):
            yield name, offset


def run(folder: Path, *, every: int = 97, step: int = 1, also: bool = False) -> Flips:
    """Flips, asks; once per place."""
    with remembered_derivation():
        return _run(folder, every=every * step, also=also)


def _run(folder: Path, *, every: int, also: bool) -> Flips:
    lying = stopped_school(folder)
    assert len(lying.home["vault.db"]) <= VAULT_LIMIT_BYTES
    assert lying.home["vault.db-wal"]
    assert exit_code(lay_out(folder, lying), "status") == 0, "sound before it is harmed"
    assert exit_code(lay_out(folder, lying), "verify", "--deep") == 0
    secret = tuple(name for name in lying.secret if not name.endswith("tries"))
    names = (*FILES, *ALSO, *secret) if also else FILES
    tried, by = dict.fromkeys(names, 0), {"status": 0, "verify": 0}
    unseen = []
    everything = lying.home | lying.secret
    for name, offset in places(lying, names, every):
        harmed = bytearray(everything[name])
        harmed[offset] ^= 1 << (offset % 8)
        changed = {name: bytes(harmed)}
        tried[name] += 1
        if exit_code(lay_out(folder, lying, **changed), "status") in DETECTED:
            by["status"] += 1
            continue
        code = exit_code(lay_out(folder, lying, **changed), "verify", "--deep")
        if code in DETECTED:
            by["verify"] += 1
        else:
            unseen.append((name, offset, code))
    return Flips(tried, by, tuple(unseen))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=97)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--also", action="store_true")
    asked = parser.parse_args()
    room = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a folder of its own in it
    with tempfile.TemporaryDirectory(dir=room) as folder:
        found = run(Path(folder), every=asked.every, step=asked.step, also=asked.also)
    print(found)  # noqa: T201
    for name, offset, code in found.unseen:
        print(f"UNSEEN {name} at {offset}: exit {code}")  # noqa: T201
    return 1 if found.unseen else 0


if __name__ == "__main__":
    sys.exit(main())
