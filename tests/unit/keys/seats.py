"""A pretend seat on a pretend computer: real files, Argon2id at its floor, a keyring in memory."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from schoolsafe.keys import unlock
from schoolsafe.keys.device import Kind
from schoolsafe.keys.keyfile_format import Label
from schoolsafe.keys.unlock import NewSeat

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PASSPHRASE = "unlatch sprout gristle mango tepid"
SECRETS = {"sign": b"\x01" * 32, "box": b"\x02" * 96}
LABEL = Label(
    school="5c" * 16,
    school_name="Northmere Primary School",
    person="person:00000000000000a1",
    person_name="Maya Thornton",
    role="dsl",
    mark="test",
)


@dataclass
class MemoryStore:
    """A keyring with behaviour: it can lose an entry, be put back, or stop answering."""

    kind: Kind = "keyring"
    folder: str = ""
    entries: dict[tuple[str, str], bytes] = field(default_factory=dict)
    failing: Exception | None = None
    writes: int = 0

    def get(self, seat: str, name: str) -> bytes | None:
        if self.failing:
            raise self.failing
        return self.entries.get((seat, name))

    def put(self, seat: str, name: str, value: bytes) -> None:
        if self.failing:
            raise self.failing
        self.writes += 1
        self.entries[seat, name] = value

    def remove(self, seat: str, name: str) -> None:
        if self.failing:
            raise self.failing
        self.entries.pop((seat, name), None)


class Computer:
    """How long it has been running. Its clock is something else, and a guesser can set it."""

    def __init__(self) -> None:
        self.up_s = 1000.0

    def uptime(self) -> float:
        return self.up_s


def a_seat(home: Path, store: MemoryStore, *, computer: Computer | None = None) -> NewSeat:
    return unlock.set_up_seat(
        home,
        label=LABEL,
        secrets=SECRETS,
        passphrase=PASSPHRASE,
        device_store=store,
        now=NOW,
        uptime=(computer or Computer()).uptime,
    )
