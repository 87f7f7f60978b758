"""What can go wrong with a vault, each with the sentence the person reads.

Left to others: a wrong passphrase (keys), exit codes (cli).
"""

from schoolsafe.errors import Refused, Tampered, Unavailable


class NoVault(Refused):
    """There are no records in this folder yet."""


class VaultExists(Refused):
    """There are records in this folder already. Nothing was changed."""


class NewerVault(Refused):
    """This was last used with a newer SchoolSafe. Update this computer."""


class NewerRecord(Refused):
    """A colleague's newer SchoolSafe wrote something this one must not pass over.

    Everything can be read; update this computer to save.
    """


class MissingVault(Tampered):
    """The file with the records is gone, although this computer has held records.

    Nothing was created in its place.
    """


class DamagedVault(Tampered):
    """The file with the records is damaged or was changed outside SchoolSafe.

    Nothing in it was touched.
    """


class ReadOnly(Tampered):
    """The records in this file are not those that were last saved here: {reason}.

    Everything can be read; nothing can be saved until this is settled.
    """


class DiskFull(Unavailable):
    """The disk is full. Nothing was saved; free some space and save again."""


class FolderReadOnly(Unavailable):
    """SchoolSafe may not write in its folder, so nothing can be saved there."""


class DiskTrouble(Unavailable):
    """The disk did not answer. Nothing was saved; try again."""


class AlreadyOpen(Unavailable):
    """These records are open in another SchoolSafe window on this computer."""


class EngineTooOld(Unavailable):
    """The database library on this computer is too old to be trusted with records.

    Install SchoolSafe again.
    """


class NotARawKeyError(ValueError):
    """Not 64 hex digits: SQLCipher would silently take it for a passphrase. A bug, never shown."""
