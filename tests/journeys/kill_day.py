"""kill -9 through a day's work with real keys, anchors and services; what was acknowledged must be there.

    python tests/journeys/kill_day.py [--kills 200] [--seed 7]

A child opens the school with its passphrase and works: entries, calls, corrections, drafts, a print with its audit
line, a rebuild, a passphrase change. After each step it says what it was given back (row ids, or which passphrase
holds now). The parent kills it at a random moment, starts again as any start does, and looks for all that was said.
POSIX only. Argon2id runs at the floor of test schools.
"""

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.entry import Add, NewEntry
from schoolsafe.errors import Locked
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.entrance import Opened, SetUp
from schoolsafe.services.notification import Call

PASSPHRASES = ("unlatch sprout gristle mango tepid", "lantern oboe thicket marble quay")
CHILD = "child:00000000000000c1"
DEEP_EVERY = 10


@dataclass
class Tally:
    """What the kills did."""

    kills: int = 0
    steps: int = 0
    rows: int = 0
    """Rows whose ids were said."""
    changes: int = 0
    """Passphrase changes that were said."""
    lost: int = 0
    broken: int = 0
    in_all: int = 0
    said: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return (
            f"kills {self.kills} through a day's work: acknowledged steps {self.steps}, rows {self.rows},"
            f" passphrase changes {self.changes}; lost {self.lost}, broken {self.broken}, rows in all {self.in_all}"
        )


def founded(home: Path) -> None:
    form = SetUp(
        school="Northmere Primary School",
        urn="999101",
        person="Maya Thornton",
        role="dsl",
        device_secret="file",
        test=True,
    )
    HomeEntrance(home).set_up(form, PASSPHRASES[0])
    with HomeEntrance(home).open(PASSPHRASES[0]) as opened:
        add = Add(CHILD, {"surname": "Archer", "forename": "Ada", "status": "on_roll"})
        opened.services.desk.journal.append(
            [NewEntry("school", "child.add", (add,), subject=CHILD)]
        )


def steps(opened: Opened, n: int) -> list[Callable[[], object]]:
    """One round of a day; what each gives back says which rows it saved."""
    services = opened.services
    entry = services.chronologies.add
    made: list[str] = []

    def an_entry() -> object:
        changes = entry(EntryForm(CHILD, EntryKind.CONCERN, "Quiet at lunch. " * (1 + n % 40)))
        made[:] = changes.entities
        return changes

    return [
        an_entry,
        lambda: services.chronologies.fix(
            made[0], new_text="Quiet at break.", reason="wrong break"
        ),
        lambda: services.notifications.log_call(
            Call(child_name="Ada Archer", said="Police attended.")
        ),
        lambda: services.drafts.keep("call", "call", {"said": f"half a sentence {n}"}),
        lambda: services.printing.chronology(CHILD) and None,
        lambda: services.records.rebuild() and None if n % 4 == 0 else None,
    ]


def child(home: Path, say: int, n: int) -> None:
    entrance = HomeEntrance(home)
    now, other = which(entrance)
    while True:
        with entrance.open(now) as opened:
            for step in steps(opened, n):
                changes = step()
                rows = getattr(changes, "rows", ())
                os.write(say, f"rows {' '.join(row.hex() for row in rows)}\n".encode())
                n += 1
        entrance.change_passphrase(now, other)
        now, other = other, now
        os.write(say, f"passphrase {PASSPHRASES.index(now)}\n".encode())


def which(entrance: HomeEntrance) -> tuple[str, str]:
    """The passphrase that opens, and the other: one of them always does."""
    for now, other in (PASSPHRASES, PASSPHRASES[::-1]):
        try:
            with entrance.open(now):
                return now, other
        except Locked:
            continue
    raise AssertionError


def kill_once(home: Path, wait_s: float, n: int) -> list[list[str]]:
    """Forks, lets it work for a while, kills; the whole lines it said."""
    hear, say = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(hear)
            child(home, say, n)
        finally:
            os._exit(1)
    os.close(say)
    select.select([hear], [], [], 30)
    time.sleep(wait_s)
    os.kill(pid, signal.SIGKILL)
    heard = b""
    while part := os.read(hear, 65536):
        heard += part
    os.close(hear)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    return [line.split() for line in heard[: heard.rfind(b"\n") + 1].decode().splitlines()]


def run(home: Path, *, kills: int, seed: int = 7, longest_s: float = 1.5) -> Tally:
    """Kills again and again on one school, and asks after each."""
    dice, tally = random.Random(seed), Tally()  # noqa: S311  # which moment, not a secret
    founded(home)
    for kill in range(kills):
        lines = kill_once(home, dice.uniform(0.0, longest_s), kill)
        tally.kills += 1
        tally.steps += len(lines)
        tally.said.update(row for line in lines if line[0] == "rows" for row in line[1:])
        tally.changes += sum(line[0] == "passphrase" for line in lines)
        entrance = HomeEntrance(home)
        now, _other = which(entrance)
        with entrance.open(now) as opened:
            records = opened.services.records
            there = opened.services.desk.reader.row_facts
            # Audit rows are boxed: their writer has no facts of them. They are counted by verify.
            tally.lost += sum(there(bytes.fromhex(row)) is None for row in tally.said)
            proof = records.verify(deep=kill % DEEP_EVERY == 0)
            tally.broken += not proof.ok or records.problem is not None
            tally.in_all = proof.rows
    tally.rows = len(tally.said)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder) / "home", kills=asked.kills, seed=asked.seed)
    print(tally)  # noqa: T201
    return 1 if tally.lost or tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
