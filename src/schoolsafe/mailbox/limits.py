"""What one look may cost before it is given up. One place, a sentence each."""

from dataclasses import dataclass
from typing import Final

KB: Final = 1024
MB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class LookLimits:
    """Limits of one look at one source."""

    message_bytes: int = 25 * MB
    """A whole message or file; what is larger is told and stays where it is."""
    header_bytes: int = 64 * KB
    """Of a message that is too large, so that a person can see whose it is."""
    line_bytes: int = 1 * MB
    """One line of a server's answer: the numbers of 100,000 messages are below that."""
    lines: int = 20_000
    """Lines of one look: a good server needs a few for each message."""
    session_bytes: int = 96 * MB
    """Everything a server may say in one look."""
    batch: int = 50
    """Messages or files of one look; what is left comes in the next, at once."""
    batch_bytes: int = 30 * MB
    """The same by size; one message may be larger than what is left of it."""
    files: int = 2000
    """Files of a folder that are looked at, the newest of them."""
    connect_s: float = 15.0
    """Until a server answers at all."""
    read_s: float = 30.0
    """Without a byte from it."""
    look_s: float = 60.0
    """After this long no further message is begun."""
    wall_s: float = 300.0
    """After this long the child is killed: a message of 25 MB at 1 Mbit a second is below that."""
    memory_bytes: int = 512 * MB
    """Address space of the child on POSIX."""
    cpu_seconds: int = 60
    """Processor time of the child."""
    reply_bytes: int = 26 * MB
    """One answer of the child."""


LOOK: Final = LookLimits()
