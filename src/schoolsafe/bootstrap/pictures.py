"""``schoolsafe screenshots``: a picture of every screen of the demo school, at several sizes, in three themes.

For the README, the manual, and for a person to look at before each release.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schoolsafe.bootstrap import demo
from schoolsafe.reports.files import DiskFiles


@dataclass(frozen=True, slots=True)
class Size:
    """A window and a text size."""

    name: str
    width: int
    height: int
    percent: int = 100


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen with its arguments, and what to do once it is open."""

    name: str
    screen: str
    needs_child: bool = False
    keys: tuple[str, ...] = ()
    args: tuple[tuple[str, object], ...] = ()


SIZES = (
    Size("1440x900", 1440, 900),
    Size("1366x768", 1366, 768),
    Size("1024x640", 1024, 640),
    Size("200pct", 1366, 768, 200),
)
LOOKS = ("light", "dark", "contrast")
SCENES = (
    Scene("today", "today"),
    Scene("today-matched", "today", keys=("Return", "Alt+1")),
    Scene("batch", "batch"),
    Scene("call", "call"),
    Scene("told-slip", "told_slip", needs_child=True),
    Scene("entry", "entry", needs_child=True),
    Scene("pupils", "pupils"),
    Scene("pupil-file", "pupil_file", needs_child=True),
    Scene("settings", "settings"),
)


def run(folder: Path) -> dict[str, Any]:
    """Takes them all; gives their names."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = demo.fresh(folder.absolute(), "large")
    return {"pictures": list(_taken(home, folder.absolute()))}


def _taken(home: Path, folder: Path) -> Iterator[str]:
    # Qt reads its platform when it is imported
    from schoolsafe.bootstrap.demo_window import open_demo  # noqa: PLC0415
    from schoolsafe.bootstrap.window import Inside  # noqa: PLC0415
    from schoolsafe.ui.camera import Camera  # noqa: PLC0415

    program = open_demo()(home)
    window, inside = program.window, program.opened
    if window is None or not isinstance(inside, Inside):
        return
    camera = Camera(folder, tasks=program.tasks, write=DiskFiles().write_new)
    child = inside.opened.services.children.list("Maya Thornton")[0].id
    for size in SIZES:
        for look in LOOKS:
            program.dresser.change(look=look, percent=size.percent)
            window.resize(size.width, size.height)
            for scene in SCENES:
                args = dict(scene.args) | ({"child": child} if scene.needs_child else {})
                window.open(scene.screen, **args)
                camera.settle()
                camera.press(*scene.keys)
                yield camera.shoot(window, f"{scene.name}-{size.name}-{look}").name
    program.stop()
