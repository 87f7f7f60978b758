"""At which sizes and in which themes a window is taken, for the pictures of every screen.

Left to others: what is played before each picture (bootstrap), how one is taken (camera).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtWidgets import QApplication, QWidget

from schoolsafe.ui.appearance import Dresser
from schoolsafe.ui.camera import Camera

Shown = QWidget
"""A window as whoever plays before the camera sees it."""


@dataclass(frozen=True, slots=True)
class Size:
    """A window and a text size."""

    name: str
    width: int
    height: int
    percent: int = 100


SIZES: Final = (
    Size("1440x900", 1440, 900),
    Size("1366x768", 1366, 768),
    Size("1024x640", 1024, 640),
    Size("200pct", 1366, 768, 200),
)
LOOKS: Final = ("light", "dark", "contrast")

Wanted = Callable[[str], bool]
"""Whether a picture is wanted, by its name without the ending."""


@dataclass
class Album:
    """Takes what is in front at every size of one text size, in every theme."""

    sizes: tuple[Size, ...]
    wanted: Wanted
    names: list[str] = field(default_factory=list)
    """Of the pictures taken."""

    def wants(self, scene: str) -> bool:
        """Whether any picture of a scene is wanted: else it need not be played."""
        return any(self.wanted(f"{scene}-{size.name}-{look}") for size, look in self._every())

    def shoot(self, scene: str, window: Shown, *, camera: Camera, dresser: Dresser) -> None:
        """All the wanted pictures of one scene. The window is the first size when it is played."""
        for size, look in self._every():
            name = f"{scene}-{size.name}-{look}"
            if self.wanted(name):
                dresser.change(look=look)
                window.resize(size.width, size.height)
                self.names.append(camera.shoot(window, name).name)
        window.resize(self.sizes[0].width, self.sizes[0].height)

    def _every(self) -> Iterator[tuple[Size, str]]:
        return ((size, look) for size in self.sizes for look in LOOKS)


def dresser() -> Dresser:
    """Dresses the running application; keeps nothing."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        message = "no application is running"
        raise TypeError(message)
    return Dresser(app)
