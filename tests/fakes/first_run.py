"""Set-up without keys: a real school in a test folder, a paper key that is compared, a keyring that may be missing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from fakes.list_reader import ListReader
from fakes.shelf import FakeShelf
from house import School, SetClock, make_school
from schoolsafe.domain.person import Role
from schoolsafe.errors import Refused
from schoolsafe.services.entrance import Founded, SetUp
from schoolsafe.services.establishment import Establishments
from schoolsafe.services.ports_outside import Intake
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.keys_seam import Strength

KEY = "ABCDE FGHJK MNPQR STVWX YZ012 34567"
MADE = "copper lantern otter seven ridge"


class TooShort(Refused):
    """A passphrase has at least 15 characters or five words."""


class NotOnTheSheet(Refused):
    """Group {group} is not what stands on the sheet. Look again, or print the sheet again."""


class FakeFirstRun:
    """Keeps what a person did; ``school`` is there once they set one up."""

    def __init__(self, folder: Path, *, intake: Intake | None = None, keyring: str = "") -> None:
        self._folder, self._intake, self._keyring = folder, intake, keyring
        self.school: School | None = None
        self.schools = Establishments(FakeShelf(), ListReader(), SetClock())
        self.form: SetUp | None = None
        self.answers: dict[str, str] = {}
        self.passphrase = ""
        self.drilled = False
        self.opened_times = 0

    def made_passphrase(self) -> str:
        return MADE

    def strength(self, text: str, names: Sequence[str]) -> Strength:
        known = any(name.casefold() in text.casefold() for name in names)
        if len(text) < 15 or known:
            return Strength(0, "Too easy to guess")
        return Strength(3, "Very strong") if len(text) > 25 else Strength(2, "Strong")

    def check_passphrase(self, text: str, names: Sequence[str], *, secret_in_file: bool) -> None:
        if len(text) < 15 or text in names or (secret_in_file and len(text.split()) < 5):
            raise TooShort

    def kept(self) -> Mapping[str, str]:
        return dict(self.answers)

    def keep(self, answers: Mapping[str, str]) -> None:
        self.answers = dict(answers)

    def keyring_problem(self) -> str:
        return self._keyring

    def set_up(self, form: SetUp, passphrase: str) -> Founded:
        self.form, self.passphrase = form, passphrase
        self.school = make_school(
            self._folder, role=Role(form.role), intake=self._intake, calendar=False
        )
        return Founded(f"school:{form.urn}", "person:1", "seat1", KEY.replace(" ", ""))

    def read_register(self, path: Path) -> bytes:
        return path.read_bytes()

    def recovery_sheet(self, seat: str, key: str) -> bytes:
        return f"%PDF {seat} {key}".encode()

    def drill_groups(self) -> tuple[int, ...]:
        return (2, 5)

    def drill(
        self, founded: Founded, passphrase: str, *, asked: Sequence[int], answers: Sequence[str]
    ) -> None:
        for number, answer in zip(asked, answers, strict=True):
            start = (number - 1) * 5
            if answer.strip().upper() != founded.recovery_key[start : start + 5]:
                raise NotOnTheSheet(group=number)
        assert passphrase == self.passphrase
        self.drilled = True

    @contextmanager
    def services(self, seat: str, passphrase: str) -> Iterator[Services]:
        assert self.school is not None
        assert (seat, passphrase) == ("seat1", self.passphrase)
        self.opened_times += 1
        yield self.school.services

    def unlock(self, seat: str, passphrase: str) -> object:
        assert self.school is not None
        assert (seat, passphrase) == ("seat1", self.passphrase)
        return self.school.services

    def read_file(self, path: Path) -> bytes:
        return path.read_bytes()
