"""A person's way in without keys: one passphrase, one paper key, both changeable; and a look that is only kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from schoolsafe.errors import Locked, Refused
from schoolsafe.ui.appearance import Appearance, sound
from schoolsafe.ui.keys_seam import SecurityFacts, Strength


class WrongOne(Locked):
    """This is not the passphrase."""


class WrongSheet(Refused):
    """This is not the key of this record's sheet."""


class TooShort(Refused):
    """A passphrase has at least 15 characters or five words."""


class FakeSecurity:
    """``key`` is what stands on the sheet that works now."""

    def __init__(self, *, now: datetime, tried: bool = False, in_file: bool = False) -> None:
        self.passphrase = "copper lantern otter seven ridge"
        self.key = "ABCDEFGHJKMNPQRSTVWXYZ01234567"
        self.tried = now if tried else None
        self._now, self._in_file = now, in_file

    def made_passphrase(self) -> str:
        return "maple harbour candle sixteen finch"

    def strength(self, text: str, names: Sequence[str]) -> Strength:
        known = any(name.casefold() in text.casefold() for name in names)
        return Strength(0, "Too easy to guess") if known else Strength(3, "Very strong")

    def check_passphrase(self, text: str, names: Sequence[str], *, secret_in_file: bool) -> None:
        if len(text) < 15 or text in names or (secret_in_file and len(text.split()) < 5):
            raise TooShort

    def facts(self) -> SecurityFacts:
        return SecurityFacts(self.tried, self._in_file)

    def change_passphrase(self, old: str, new: str) -> None:
        if old != self.passphrase:
            raise WrongOne
        self.passphrase = new

    def new_recovery_key(self, passphrase: str) -> str:
        if passphrase != self.passphrase:
            raise WrongOne
        self.key, self.tried = self.key[::-1], None
        return self.key

    def recovery_sheet(self, key: str) -> bytes:
        return f"%PDF {key}".encode()

    def try_sheet(self, key: str) -> None:
        if key.replace(" ", "").replace("-", "").upper() != self.key:
            raise WrongSheet
        self.tried = self._now


class FakeDressing:
    """Keeps the look, wears nothing."""

    def __init__(self) -> None:
        self.now = Appearance()

    def change(
        self,
        *,
        look: str | None = None,
        percent: int | None = None,
        idle_minutes: int | None = None,
    ) -> None:
        given = {"look": look, "percent": percent, "idle_minutes": idle_minutes}
        wanted = {name: value for name, value in given.items() if value is not None}
        self.now = sound(replace(self.now, **wanted))
