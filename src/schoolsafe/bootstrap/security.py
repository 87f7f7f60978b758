"""What Settings asks of the keys: passphrase and recovery sheet of the person who is signed in."""

from datetime import datetime
from pathlib import Path

from schoolsafe.bootstrap.clock import SystemClock
from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.bootstrap.first_run import Care
from schoolsafe.keys import unlock
from schoolsafe.keys.home import SeatFolder
from schoolsafe.services.desk import LONDON
from schoolsafe.services.entrance import SeatLabel
from schoolsafe.ui.keys_seam import SecurityFacts


class SeatSecurity(Care):
    """`ui.keys_seam.SecuritySeam` over one person's seat. The vault stays open meanwhile."""

    def __init__(self, home: Path, label: SeatLabel) -> None:
        super().__init__(test=label.test)
        self._home, self._seat = home, label.seat
        self._entrance = HomeEntrance(home)

    def facts(self) -> SecurityFacts:
        """How it stands in the key file now."""
        file = SeatFolder(home=self._home, seat=self._seat).read_key_file()
        tried: datetime | None = file.marks.drill_passed
        return SecurityFacts(
            tried.astimezone(LONDON) if tried is not None else None, file.header.device == "file"
        )

    def change_passphrase(self, old: str, new: str) -> None:
        """Rewrites one small file."""
        self._entrance.change_passphrase(old, new, seat=self._seat)

    def new_recovery_key(self, passphrase: str) -> str:
        """The old sheet opens nothing more."""
        return self._entrance.renew_recovery_key(passphrase, seat=self._seat)

    def recovery_sheet(self, key: str) -> bytes:
        """As PDF."""
        return self._entrance.recovery_sheet(key, seat=self._seat)

    def try_sheet(self, key: str) -> None:
        """Opens the key file with it for the sake of it, and notes that it worked."""
        unlock.pass_drill(self._home, self._seat, paper_key=key, now=SystemClock().now())
