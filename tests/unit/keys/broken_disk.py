"""A disk on which the k-th call goes wrong, and a key derivation that takes no time.

Run as a program it is also the power switch: it kills itself at the k-th call, for every k, and
prints what each killed program left behind, one JSON object a line.
"""

import contextlib
import errno
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from schoolsafe.crypto import kdf
from schoolsafe.crypto.digest import sha256
from schoolsafe.keys import keyfile, unlock
from schoolsafe.keys.device import FileSecret

from .seats import LABEL, NOW, PASSPHRASE, SECRETS

NEW = "lantern oboe thicket marble quay"
CALLS = ("open", "write", "fsync", "replace", "unlink")


def quick_derivation(passphrase, *, salt, settings):
    """Stands in for Argon2id where only the order of writes is in question."""
    kdf.check_settings(settings)
    return bytearray(sha256(bytes(passphrase), salt))


@contextlib.contextmanager
def failing_at(k: int, strike: Callable[[], None]) -> Iterator[list[str]]:
    """Calls ``strike`` in the place of the k-th call that changes the disk."""
    kept = {name: getattr(os, name) for name in CALLS}
    made: list[str] = []

    def watched(name):
        def call(*args, **kwargs):
            reading = name == "open" and not args[1] & os.O_CREAT and not Path(args[0]).is_dir()
            if not reading:
                made.append(name)
                if len(made) == k:
                    strike()
            return kept[name](*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, watched(name))
    try:
        yield made
    finally:
        for name, call in kept.items():
            setattr(os, name, call)


def no_room() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def set_up(home: Path):
    return unlock.set_up_seat(
        home,
        label=replace(LABEL, mark="test"),
        secrets=SECRETS,
        passphrase=PASSPHRASE,
        device_store=FileSecret(home.with_name(home.name + ".secret"), home=home),
        now=NOW,
    )


def change(home: Path, seat: str) -> None:
    unlock.change_passphrase(home, seat, old=PASSPHRASE, new=NEW, now=NOW)


def recover(home: Path, seat: str, paper_key: str) -> None:
    unlock.recover(home, seat, paper_key=paper_key, new=NEW, now=NOW)


def what_opens(home: Path, seat: str, *, vault_key: bytes) -> list[str]:
    """Which of the two passphrases open the vault, with the key it has always had."""
    found = []
    for hours, (name, passphrase) in enumerate((("old", PASSPHRASE), ("new", NEW)), start=1):
        up_s = time.monotonic() + 3600 * hours  # a recovery cut off late may ask for a wait
        try:
            opened = unlock.unlock(home, seat, passphrase, now=NOW, uptime=partial(float, up_s))
            if opened.vault_key == vault_key:
                found.append(name)
        except keyfile.WrongPassphrase:
            continue
    return found


def main(top: Path, what: str) -> None:
    kdf.passphrase_key = quick_derivation
    k, killed = 0, True
    while killed:
        k += 1
        home = top / f"{what}-{k}"
        new = set_up(home)
        child = os.fork()
        if child == 0:
            with failing_at(k, lambda: os._exit(9)):
                if what == "change":
                    change(home, new.seat)
                else:
                    recover(home, new.seat, new.paper_key)
            os._exit(0)
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        opens = what_opens(home, new.seat, vault_key=new.unlocked.vault_key)
        sys.stdout.write(json.dumps({"k": k, "killed": killed, "opens": opens}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
