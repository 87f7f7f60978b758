"""Passphrases and the recovery key: typed at a prompt or read from a descriptor, a line each."""

from argparse import Namespace
from typing import Any

from schoolsafe.cli.words_in import Secrets
from schoolsafe.services.entrance import Entrance
from schoolsafe.words import _

Answer = dict[str, Any]


def change(entrance: Entrance, args: Namespace, secrets: Secrets) -> Answer:
    """Another passphrase."""
    old = secrets.next(_("Passphrase now: "))
    entrance.change_passphrase(old, secrets.new(_("New passphrase: ")), seat=args.seat)
    return {"changed": True}


def recover(entrance: Entrance, args: Namespace, secrets: Secrets) -> Answer:
    """Opens with the recovery key; the new one is shown once."""
    key = secrets.next(_("Recovery key: "))
    new = secrets.new(_("New passphrase: "))
    return {"recovery_key": entrance.recover(key, new, seat=args.seat)}


def drill(entrance: Entrance, args: Namespace, secrets: Secrets) -> Answer:
    """Tries the recovery sheet once."""
    passphrase = secrets.next(_("Passphrase: "))
    entrance.drill(passphrase, secrets.next(_("Recovery key: ")), seat=args.seat)
    return {"drilled": True}


def renew(entrance: Entrance, args: Namespace, secrets: Secrets) -> Answer:
    """A new recovery key, shown once; the old one opens nothing any more."""
    passphrase = secrets.next(_("Passphrase: "))
    return {"recovery_key": entrance.renew_recovery_key(passphrase, seat=args.seat)}
