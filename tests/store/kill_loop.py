"""kill -9 while entries are saved; what was acknowledged must be there, and nothing may be half there.

    python tests/store/kill_loop.py [--kills 1000] [--seed 7]

A child saves numbered entries and prints each number after ``append`` has returned; the parent reads the pipe,
kills after a random moment, opens the vault as any start does and compares. POSIX only: the child is forked.
"""

import argparse
import hashlib
import os
import random
import select
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from fakes.anchors import FileAnchors
from schoolsafe.domain.entry import Set
from schoolsafe.store.vault import Vault
from store.seats import Seat, concern, setting

COUNTER = "line:00000000000000ff"
DEEP_EVERY = 20


@dataclass
class Tally:
    """What the kills did."""

    kills: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0
    """Saved, though the kill came before it was said: allowed."""
    lost: int = 0
    broken: int = 0
    rows: int = 0

    def __str__(self) -> str:
        return (
            f"kills {self.kills}, acknowledged {self.acknowledged}, lost {self.lost}, broken {self.broken},"
            f" saved but not yet said {self.unacknowledged}, rows {self.rows}"
        )


def seat_in(folder: Path) -> Seat:
    return Seat(folder / "vault", anchors=FileAnchors(folder / "anchor"))


def save(vault: Vault, n: int) -> None:
    """One numbered save in one of the shapes a day brings: an entry, several at once, a draft between."""
    seen = vault.reader.bases(COUNTER, ["reason"])["reason"]
    entries = [setting(COUNTER, "reason", str(n), *seen)]
    assert isinstance(entries[0].ops[0], Set)
    if n % 3 == 0:
        entries += [concern(1000 * n + k, "word " * (n % 200)) for k in range(3)]
    if n % 7 == 0:
        vault.drafts.put("concern", "word " * n)
    chunk = os.urandom(3000)
    chunks = {hashlib.sha256(chunk).hexdigest(): chunk} if n % 5 == 0 else None
    vault.journal.append(entries, chunks=chunks)
    if n % 23 == 0:
        vault.rebuild()


def child(folder: Path, say: int) -> None:
    vault = seat_in(folder).open()
    n = number_in(vault)
    while True:
        n += 1
        save(vault, n)
        os.write(say, f"{n}\n".encode())


def number_in(vault: Vault) -> int:
    record = vault.reader.get(COUNTER)
    return int(str(record.values["reason"])) if record else 0


def kill_once(folder: Path, wait_s: float) -> int:
    """Forks, lets it save for a while, kills; the highest number it acknowledged, 0 for none."""
    hear, say = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(hear)
            child(folder, say)
        finally:
            os._exit(1)
    os.close(say)
    select.select(
        [hear], [], [], 20
    )  # the first word, so that kills fall among saves, not before them
    time.sleep(wait_s)
    os.kill(pid, signal.SIGKILL)
    heard = b""
    while part := os.read(hear, 65536):
        heard += part
    os.close(hear)
    os.waitpid(pid, 0)
    whole = heard[: heard.rfind(b"\n") + 1].split()
    return int(whole[-1]) if whole else 0


def run(folder: Path, *, kills: int, seed: int = 7, longest_s: float = 0.12) -> Tally:
    """Kills again and again on one vault, and asks after each."""
    dice, tally = random.Random(seed), Tally()  # noqa: S311  # which moment, not a secret
    seat_in(folder).create().close()
    before = 0
    for kill in range(kills):
        said = max(kill_once(folder, dice.uniform(0.0, longest_s)), before)
        vault = seat_in(folder).open()
        try:
            there = number_in(vault)
            proof = vault.verify(deep=kill % DEEP_EVERY == 0)
            seen = vault.reader.live(COUNTER, "reason")
            tally.kills += 1
            tally.acknowledged += said - before
            tally.lost += max(0, said - there)
            tally.unacknowledged += max(0, there - said)
            whole = proof.ok and vault.problem is None and len(seen) <= 1
            grouped = vault.reader.count("entry") == 3 * (there // 3)
            tally.broken += not (whole and grouped)
            tally.rows = proof.rows
            before = there
        finally:
            vault.close()
    return tally


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), kills=asked.kills, seed=asked.seed)
    print(tally)  # noqa: T201
    return 1 if tally.lost or tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
