"""What the command line gets from outside: folders, files, windows, self-test, the demo school."""

# ruff: noqa: PLC0415  # lazy imports keep the unlock screen quick

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolsafe.bootstrap import places, policy

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime

    from schoolsafe.bootstrap.entrance import HomeEntrance
    from schoolsafe.services.police_sender import PoliceSender
    from schoolsafe.services.ports_outside import Files
    from schoolsafe.services.relay import Mailboxes

HOME = "SCHOOLSAFE_HOME"


class System:
    """This computer."""

    @property
    def files(self) -> "Files":
        """Files a person names."""
        from schoolsafe.reports.files import DiskFiles

        return DiskFiles()

    def home(self, given: str | None) -> Path:
        """The data folder: the argument, SCHOOLSAFE_HOME, or this system's own place."""
        named = given or os.environ.get(HOME)
        return Path(named).absolute() if named else places.data_folder()

    def entrance(self, home: Path) -> "HomeEntrance":
        """The way in to what that folder holds."""
        from schoolsafe.bootstrap.entrance import HomeEntrance

        return HomeEntrance(home, policy=policy.in_force().policy)

    def sender(self, folder: Path, now: "datetime | None") -> "PoliceSender":
        """A police force, by the folder of its key."""
        from schoolsafe.bootstrap.police import police_sender

        return police_sender(folder, now)

    def relay(self, folder: Path, *, make: bool = False) -> "Mailboxes":
        """The relay in a folder; ``make`` marks one that is none yet."""
        from schoolsafe.relay.folder import open_relay

        return open_relay(folder, make=make)

    def about(self) -> dict[str, Any]:
        """For ``doctor``: places, and what the school's IT has fixed here."""
        logs = places.log_folder()
        shown = logs.relative_to(Path.home()) if logs.is_relative_to(Path.home()) else logs
        return {"logs": str(shown), "policy": policy.said(policy.in_force())}

    def window(self, home: Path, path: str | None) -> int:
        """Opens the window; gives the exit code."""
        from schoolsafe.bootstrap.window import run

        return run(home, path)

    def self_test(self) -> dict[str, Any]:
        """Every part once, in this build."""
        from schoolsafe.bootstrap.self_test import run

        return run()

    def demo(self, args: "Namespace") -> int:
        """Opens the demo school, or runs its day where there is no screen."""
        from schoolsafe.bootstrap.demo import run

        return run(Path(args.out), headless=args.headless, size=args.size)

    def screenshots(self, folder: str) -> dict[str, Any]:
        """A picture of every screen."""
        from schoolsafe.bootstrap.pictures import run

        return run(Path(folder))
