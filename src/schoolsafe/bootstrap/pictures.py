"""``schoolsafe screenshots``: a picture of every screen of the demo school, at several sizes, in three themes.

For the README, the manual, and for a person to look at before each release. Left to others: what is played before
each picture (scenes, doors).
"""

import os
import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from schoolsafe.bootstrap import demo
from schoolsafe.reports.files import DiskFiles

Wanted = Callable[[str], bool]
"""Whether a picture is wanted, by its name without the ending."""


def run(folder: Path, *, wanted: Wanted = lambda _name: True) -> dict[str, Any]:
    """Takes them all, or only the wanted ones; gives their names."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = folder.absolute()
    # Qt reads its platform when it is imported
    from schoolsafe.bootstrap import picture_doors, picture_scenes  # noqa: PLC0415
    from schoolsafe.bootstrap.demo_window import open_demo  # noqa: PLC0415
    from schoolsafe.ui.album import SIZES, Album  # noqa: PLC0415
    from schoolsafe.ui.camera import Camera  # noqa: PLC0415

    enter, write, taken = open_demo(), DiskFiles().write_new, list[str]()
    for percent, sizes in groupby(SIZES, lambda size: size.percent):
        album = Album(tuple(sizes), wanted)
        for school in ("small", "large"):
            if not any(map(album.wants, picture_scenes.names(school))):
                continue
            program = enter(demo.fresh(folder, school), percent)
            camera = Camera(folder, tasks=program.tasks, write=write)
            picture_scenes.play(program, album, camera=camera, school=school, files=folder)
            program.stop()
        scratch = folder / "start"
        shutil.rmtree(scratch, ignore_errors=True)
        if any(map(album.wants, picture_doors.NAMES)):
            picture_doors.play(scratch, album, percent=percent, write=write, pictures=folder)
        taken += album.names
    return {"pictures": taken}
