"""The password or access token of a mailbox, in the OS keyring, named by its source; never in the record.

A test or demo school whose device secret lies in a file keeps it beside that one, and so without a keyring's guard: a
stated choice for pretend schools. A real school has the keyring or no mailbox.
"""

import secrets
from typing import Final

from schoolsafe.errors import Refused, Unavailable
from schoolsafe.keys.device import LIMIT_BYTES, DeviceStore, KeyringSecret, NoKeyring

MOST_PARTS: Final = 10
"""A token of 8 kB; the keyring of Windows takes 900 bytes at a time."""
_TAG: Final = 8
_PART: Final = LIMIT_BYTES - _TAG - 1


class NoPlaceForMailPassword(Unavailable):
    """No keyring answers on this computer, and the password of a mailbox is kept nowhere else.

    Sign in to the desktop as usual and try again, or have the messages put into a folder and watch that.
    """


class MailSecretTooLong(Refused):
    """This is too long for a password or an access token."""


def place_for(store: DeviceStore, *, pretend: bool) -> DeviceStore:
    """The keyring; for a test or demo school the place its device secret has."""
    return store if pretend else KeyringSecret()


class MailboxSecrets:
    """Secrets of one seat's mailboxes, each in as many parts as the keyring needs."""

    def __init__(self, store: DeviceStore, seat: str) -> None:
        self._store, self._seat = store, seat

    def get(self, source: str) -> str | None:
        """The secret; None where there is none, or parts of two that were kept are mixed.

        Raises:
            NoPlaceForMailPassword: no keyring answers. KeyringIsLocked: it is locked.
        """
        first = self._part(source, 0)
        if first is None or len(first) <= _TAG:
            return None
        tag, count, whole = first[:_TAG], first[_TAG], first[_TAG + 1 :]
        for n in range(1, count):
            part = self._part(source, n)
            if part is None or part[:_TAG] != tag:
                return None
            whole += part[_TAG + 1 :]
        return whole.decode("utf-8", "replace")

    def put(self, source: str, secret: str) -> None:
        """Keeps or replaces it.

        Raises:
            MailSecretTooLong: more than ``MOST_PARTS`` parts. As ``get`` besides.
        """
        whole, tag = secret.encode("utf-8"), secrets.token_bytes(_TAG)
        parts = [whole[start : start + _PART] for start in range(0, max(1, len(whole)), _PART)]
        if len(parts) > MOST_PARTS:
            raise MailSecretTooLong
        try:
            for n, part in reversed(list(enumerate(parts))):
                self._store.put(self._seat, _name(source, n), tag + bytes([len(parts)]) + part)
        except NoKeyring:
            raise NoPlaceForMailPassword from None
        self._drop(source, len(parts))

    def remove(self, source: str) -> None:
        """Forgets it; none is no error."""
        self._drop(source, 0)

    def _part(self, source: str, n: int) -> bytes | None:
        try:
            return self._store.get(self._seat, _name(source, n))
        except NoKeyring:
            raise NoPlaceForMailPassword from None

    def _drop(self, source: str, start: int) -> None:
        for n in range(start, MOST_PARTS):
            if self._part(source, n) is None:
                return
            self._store.remove(self._seat, _name(source, n))


def _name(source: str, n: int) -> str:
    return f"mail-{source.rpartition(':')[2]}-{n}"
