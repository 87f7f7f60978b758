"""What happens on one computer with a real keyring, told as one JSON object a line.

Run by ``test_device_secret_keyring``, each chapter in a session of its own, as after a new sign-in.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from schoolsafe.domain.ids import CircleId, RowId
from schoolsafe.errors import SchoolSafeError
from schoolsafe.keys import home, throttle, unlock
from schoolsafe.keys.device import KeyringSecret
from schoolsafe.keys.keyfile_format import Label
from schoolsafe.keys.mailbox_secret import MailboxSecrets
from schoolsafe.services.ports import Anchor

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PASSPHRASE = "unlatch sprout gristle mango tepid"
NEW = "lantern oboe thicket marble quay"
LABEL = Label(
    school="school:999101",
    school_name="Northmere Primary School",
    person="person:00000000000000a1",
    person_name="Maya Thornton",
    role="dsl",
    mark="test",
)


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")


def an_anchor(rows: int) -> Anchor:
    circle = CircleId(b"c" * 16)
    heads = ((circle, (RowId(rows.to_bytes(32, "big")),)),)
    return Anchor(rows=rows, heads=heads, rosters=((circle, RowId(b"r" * 32)),))


def only_seat(folder: Path) -> str:
    (line,) = home.seats(folder)
    return line.seat


def set_up(folder: Path) -> None:
    new = unlock.set_up_seat(
        folder,
        label=LABEL,
        secrets={"sign": b"s" * 32},
        passphrase=PASSPHRASE,
        device_store=KeyringSecret(),
        now=NOW,
    )
    for rows in range(1, 21):
        new.unlocked.anchors.write(an_anchor(rows))
    tell(paper_key=new.paper_key, vault_key=new.unlocked.vault_key.hex())


def open_it(folder: Path, *, up_s: float | None = None) -> None:
    start = time.perf_counter()
    uptime = throttle.uptime_s if up_s is None else (lambda: up_s)
    found = unlock.unlock(folder, only_seat(folder), PASSPHRASE, now=NOW, uptime=uptime)
    tell(
        vault_key=found.vault_key.hex(),
        failed=found.failed_tries,
        anchors=[anchor.rows for anchor in found.anchors.read()],
        took_ms=round((time.perf_counter() - start) * 1000),
    )


def open_later(folder: Path) -> None:
    """A day later, when every wait is over."""
    open_it(folder, up_s=throttle.uptime_s() + 86400)


def refused(folder: Path) -> None:
    """The right passphrase where the secret is not."""
    try:
        open_it(folder)
    except SchoolSafeError as problem:
        tell(refused=problem.code)


def roll_back(folder: Path) -> None:
    """Puts the anchor file and the count of tries back to what they were some rows ago."""
    seat = only_seat(folder)
    found = unlock.unlock(folder, seat, PASSPHRASE, now=NOW)
    old = {path: path.read_bytes() for path in (found.folder.anchor, found.folder.tries)}
    for rows in range(21, 61):
        found.anchors.write(an_anchor(rows))
    found.lock(now=NOW)
    for _ in range(5):
        try:
            unlock.unlock(folder, seat, "not these five words here", now=NOW)
        except SchoolSafeError as problem:
            tell(refused=problem.code)
    for path, content in old.items():
        path.write_bytes(content)
    try:
        unlock.unlock(folder, seat, PASSPHRASE, now=NOW)
    except SchoolSafeError as problem:
        tell(after_putting_back=problem.code)


def lose_secret(folder: Path, paper_key: str) -> None:
    seat = only_seat(folder)
    tag = home.SeatFolder(home=folder, seat=seat).read_key_file().header.device_tag
    KeyringSecret().remove(seat, "device-" + tag)
    try:
        unlock.unlock(folder, seat, PASSPHRASE, now=NOW)
    except SchoolSafeError as problem:
        tell(refused=problem.code, sentence=str(problem))
    again = unlock.recover(folder, seat, paper_key=paper_key, new=NEW, now=NOW)
    found = unlock.unlock(folder, seat, NEW, now=NOW)
    tell(vault_key=found.vault_key.hex(), anchors=[one.rows for one in found.anchors.read()])
    unlock.pass_drill(folder, seat, paper_key=again.paper_key, now=NOW)


def keep(folder: Path) -> None:
    """The store by itself: keep, replace, forget, and how long it takes."""
    store, seat = KeyringSecret(), folder.name
    tell(before=store.get(seat, "device-1") is None)
    start = time.perf_counter()
    for value in (b"one", bytes(range(256)) * 3):
        store.put(seat, "device-1", value)
    middle = time.perf_counter()
    kept = store.get(seat, "device-1")
    end = time.perf_counter()
    store.remove(seat, "device-1")
    store.remove(seat, "device-1")
    tell(
        kept=kept == bytes(range(256)) * 3,
        gone=store.get(seat, "device-1") is None,
        put_ms=round((middle - start) * 500),
        get_ms=round((end - middle) * 1000),
    )


def mail(folder: Path) -> None:
    """The password of a mailbox: kept, longer, shorter, forgotten."""
    kept, source = MailboxSecrets(KeyringSecret(), folder.name), "mail_source:00000000000000a1"
    for secret in ("pretend lamp", "token " * 500, "ż"):
        kept.put(source, secret)
        tell(kept=kept.get(source) == secret)
    kept.remove(source)
    tell(gone=kept.get(source) is None)


def ask(folder: Path) -> None:
    """One question to a keyring that may not answer."""
    try:
        tell(got=KeyringSecret().get(folder.name, "device-1") is not None)
    except SchoolSafeError as problem:
        tell(refused=problem.code, exit_code=problem.exit_code, sentence=str(problem))


def hostile(folder: Path) -> None:
    """As ``keep``, and whether somebody else's code was loaded or told anything."""
    keep(folder)
    tell(loaded="redirect" in sys.modules, told=os.path.exists(folder / "stolen"))  # noqa: PTH110  # any way will do


CHAPTERS = {
    "set-up": set_up,
    "open": open_it,
    "after-a-while": open_later,
    "refused": refused,
    "roll-back": roll_back,
    "lose-secret": lose_secret,
    "keep": keep,
    "mail": mail,
    "ask": ask,
    "hostile": hostile,
}

if __name__ == "__main__":
    CHAPTERS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
