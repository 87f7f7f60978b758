"""Coming back without keys: a sheet that is compared, a keyring that may be gone, a vault that is a word."""

from collections.abc import Sequence

from schoolsafe.errors import Refused, Tampered
from schoolsafe.ui.keys_seam import Strength

SHEET = "ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567"
NEXT = "99999AAAAA88888BBBBB77777CCCCC"
MADE = "copper lantern otter seven ridge"


class NotThisSheet(Refused):
    """That recovery key belongs to other records, or to an older sheet."""


class TooShortHere(Refused):
    """A passphrase has at least 15 characters or five words."""


class GroupIsWrong(Refused):
    """Group {group} is not what stands on the sheet. Look again, or print the sheet again."""


class VaultChanged(Tampered):
    """The record was changed outside SchoolSafe."""


class FakeRecovery:
    """Keeps what a person did. The sheet opens until a new passphrase is set, and never after."""

    def __init__(self, *, keyring: str = "") -> None:
        self._keyring = keyring
        self.sheet, self.passphrase = SHEET, "the one she forgot"
        self.secret_in_file = False
        self.drilled = False
        self.tampered = False

    def made_passphrase(self) -> str:
        return MADE

    def strength(self, text: str, names: Sequence[str]) -> Strength:
        known = any(name.casefold() in text.casefold() for name in names)
        return Strength(0, "Too easy to guess") if known else Strength(3, "Very strong")

    def check_passphrase(self, text: str, names: Sequence[str], *, secret_in_file: bool) -> None:
        assert names == ("Ashgrove Primary School", "Priya Nair")
        if len(text) < 15 or (secret_in_file and len(text.split()) < 5):
            raise TooShortHere

    def check_key(self, seat: str, key: str) -> None:
        if seat != "s1" or _plain(key) != _plain(self.sheet):
            raise NotThisSheet

    def keyring_problem(self, seat: str) -> str:
        return self._keyring if seat == "s1" else ""

    def recover(self, seat: str, key: str, new: str, *, secret_in_file: bool) -> str:
        self.check_key(seat, key)
        self.sheet, self.passphrase, self.secret_in_file = NEXT, new, secret_in_file
        return NEXT

    def recovery_sheet(self, seat: str, key: str) -> bytes:
        return f"%PDF {seat} {key}".encode()

    def drill_groups(self) -> tuple[int, ...]:
        return (2, 5)

    def drill(
        self, seat: str, passphrase: str, key: str, *, asked: Sequence[int], answers: Sequence[str]
    ) -> None:
        for number, answer in zip(asked, answers, strict=True):
            if _plain(answer) != key[(number - 1) * 5 : number * 5]:
                raise GroupIsWrong(group=number)
        assert (seat, passphrase) == ("s1", self.passphrase)
        self.drilled = True

    def unlock(self, seat: str, passphrase: str) -> object:
        if self.tampered:
            raise VaultChanged
        assert passphrase == self.passphrase
        return f"vault of {seat}"


def _plain(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())
