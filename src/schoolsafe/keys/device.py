"""Where the device secret lives: the OS keyring by a class named here, or a file by choice.

The keyring's own search for a backend is never used: a configuration file or an environment
variable could make it load somebody's code and hand our secret to it (measured). Left to others:
what is derived from the secret (``keyfile``, ``anchor``, ``throttle``).
"""

import binascii
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol

from schoolsafe.errors import Locked, Refused, Unavailable
from schoolsafe.keys import files

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SECRET_BYTES: Final = 32
LIMIT_BYTES: Final = 900
"""The largest value: Windows holds 2,560 bytes, and base64 in UTF-16 takes 2.7 for each."""

Kind = Literal["keyring", "file"]


class NoKeyring(Unavailable):
    """This computer has no keyring that answers ({reason}).

    Sign in to the desktop as usual and try again. Where there is none, set up with the secret in a
    file; where there was one, the recovery key opens your records.
    """


class KeyringIsLocked(Locked):
    """This computer's keyring is locked. Unlock it with your sign-in password, then try again."""


class DeviceSecretMissing(Locked):
    """The secret of this computer is gone, so the passphrase alone cannot open your records.

    The recovery key on your printed sheet can.
    """


class DeviceSecretOther(Locked):
    """These files belong to another computer, or to an earlier sign-in on this one.

    The recovery key on your printed sheet opens them here.
    """


class SecretInsideHome(Refused):
    """The secret must lie outside the data folder: whoever copies {folder} would have both."""


class DeviceStore(Protocol):
    """A place on this computer for the device secret and two small copies, by seat and name."""

    @property
    def kind(self) -> Kind:
        """How the key file and the health page call it."""
        ...

    @property
    def folder(self) -> str:
        """Where a file store lies; "" for the keyring."""
        ...

    def get(self, seat: str, name: str) -> bytes | None:
        """The value, or None where there is none.

        Raises:
            NoKeyring, KeyringIsLocked, Unavailable: the store does not answer.
        """
        ...

    def put(self, seat: str, name: str, value: bytes) -> None:
        """Keeps at most ``LIMIT_BYTES``, durable before it returns.

        Raises:
            NoKeyring, KeyringIsLocked, Unavailable: the store does not answer.
        """
        ...

    def remove(self, seat: str, name: str) -> None:
        """Forgets it; none is no error.

        Raises:
            NoKeyring, KeyringIsLocked, Unavailable: the store does not answer.
        """
        ...


class KeyringSecret:
    """The keyring of the operating system. Label O: it guards against other accounts, not ours."""

    kind: Final[Kind] = "keyring"
    folder: Final = ""

    def get(self, seat: str, name: str) -> bytes | None:
        """The value, or None where there is none."""
        try:
            found = named_backend().get_password(_service(seat, name), seat)
        except Exception as problem:  # noqa: BLE001  # backends leak their own types and D-Bus's
            raise _told(problem) from None
        try:
            return None if found is None else b64decode(found, validate=True)
        except binascii.Error:
            return b""

    def put(self, seat: str, name: str, value: bytes) -> None:
        """Keeps at most ``LIMIT_BYTES``."""
        text = b64encode(value).decode("ascii")
        try:
            named_backend().set_password(_service(seat, name), seat, text)
        except Exception as problem:  # noqa: BLE001  # as above
            raise _told(problem) from None

    def remove(self, seat: str, name: str) -> None:
        """Forgets it; none is no error."""
        if self.get(seat, name) is None:
            return
        try:
            named_backend().delete_password(_service(seat, name), seat)
        except Exception as problem:  # noqa: BLE001  # as above
            raise _told(problem) from None


class FileSecret:
    """A folder outside the data folder: for test vaults, the demo, machines without a keyring.

    Label P: a thief with both folders has only the passphrase to guess.
    """

    kind: Final[Kind] = "file"

    def __init__(self, folder: Path, *, home: Path) -> None:
        """``folder`` may not exist yet.

        Raises:
            SecretInsideHome: it lies in the data folder.
        """
        if folder.resolve().is_relative_to(home.resolve()):
            raise SecretInsideHome(folder=str(home))
        self._folder = folder.absolute()

    @property
    def folder(self) -> str:
        """Where it lies."""
        return str(self._folder)

    def get(self, seat: str, name: str) -> bytes | None:
        """The value, or None where there is none."""
        return files.read_whole(self._path(seat, name), limit_bytes=LIMIT_BYTES)

    def put(self, seat: str, name: str, value: bytes) -> None:
        """Keeps at most ``LIMIT_BYTES``."""
        files.private_folder(self._folder)
        files.replace_whole(self._path(seat, name), value)

    def remove(self, seat: str, name: str) -> None:
        """Forgets it; none is no error."""
        files.remove(self._path(seat, name))

    def _path(self, seat: str, name: str) -> Path:
        return self._folder / f"{seat}.{name}"


def default_secret_folder(home: Path) -> Path:
    """``<home>.secret``, beside the data folder. Source: cli.md."""
    plain = home.absolute()
    return plain.with_name(plain.name + ".secret")


def store_for(kind: Kind, folder: str, *, home: Path) -> DeviceStore:
    """The store a key file names. An empty folder is the default one, so that both may be moved."""
    if kind == "keyring":
        return KeyringSecret()
    return FileSecret(Path(folder) if folder else default_secret_folder(home), home=home)


def named_backend() -> "KeyringBackend":
    """The one backend of this operating system, stripped of what the environment put into it.

    ``KEYRING_PROPERTY_…`` variables set attributes at construction (another collection, another
    persistence) and ``KEYCHAIN_PATH`` names a file on macOS; both are taken off again.
    """
    # keyring is imported at first use: 140 ms (measured).
    if sys.platform == "win32":
        from keyring.backends import Windows  # noqa: PLC0415

        windows = Windows.WinVaultKeyring()
        vars(windows).clear()
        # The default persistence roams with the profile to other computers.
        windows.persist = "local machine"
        return windows
    if sys.platform == "darwin":
        from keyring.backends import macOS  # noqa: PLC0415

        mac = macOS.Keyring()
        vars(mac).clear()
        mac.keychain = None
        return mac
    from keyring.backends import SecretService  # noqa: PLC0415

    service = SecretService.Keyring()  # type: ignore[no-untyped-call]  # its __init__ has no types
    vars(service).clear()
    return service


def _service(seat: str, name: str) -> str:
    # One service per value: with several names under one, the Windows backend moves entries about.
    return f"SchoolSafe/{seat}/{name}"


def _told(problem: Exception) -> NoKeyring | KeyringIsLocked:
    from keyring.errors import KeyringLocked  # noqa: PLC0415  # imported at first use, as above

    if isinstance(problem, KeyringLocked):
        return KeyringIsLocked()
    return NoKeyring(reason=type(problem).__name__)
