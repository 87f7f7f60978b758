"""The one file of the register of schools, in the data folder of this computer's account."""

from pathlib import Path
from typing import Final

from schoolsafe.keys import files, home, safety

NAME: Final = "schools.register"
_BYTES: Final = 64 * 1024 * 1024


class RegisterShelf:
    """`services.establishment.Shelf` over one data folder."""

    def __init__(self, folder: Path) -> None:
        self._home = folder

    def read(self) -> bytes | None:
        """The file, or None."""
        return files.read_whole(self._home / NAME, limit_bytes=_BYTES)

    def write(self, data: bytes) -> None:
        """Replaced whole; the folder is made private first, as at set-up."""
        home.make_private(self._home)
        safety.check(self._home)
        files.private_folder(self._home)
        files.replace_whole(self._home / NAME, data)
