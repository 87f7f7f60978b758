"""A force's own side put together: its key folder, and the clock. No school, no vault."""

from datetime import datetime
from pathlib import Path

from schoolsafe.bootstrap.clock import StoppedClock, SystemClock
from schoolsafe.errors import Refused
from schoolsafe.keys.sender_key import NoSenderKey, SenderKeyFolder
from schoolsafe.services.police_sender import PoliceSender


class ClockNotForces(Refused):
    """The clock can be fixed for a trial key only."""


def police_sender(folder: Path, now: datetime | None) -> PoliceSender:
    """The force whose key lies, or will lie, in that folder.

    Raises:
        ClockNotForces: ``now`` is given and the key there is no trial key.
    """
    keys = SenderKeyFolder(folder)
    if now is not None:
        try:
            trial = keys.card().test
        except NoSenderKey:
            trial = True  # it is about to be made
        if not trial:
            raise ClockNotForces
    return PoliceSender(keys, StoppedClock(now) if now else SystemClock())
