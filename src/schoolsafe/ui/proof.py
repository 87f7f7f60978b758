"""The window's own line of the self-test: a real window, painted, with words in it."""

import os

from PySide6.QtWidgets import QApplication

from schoolsafe.ui.camera import is_painted
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.plain_label import PlainLabel


class NothingPaintedError(RuntimeError):
    """The window stayed blank."""


def paints() -> str:
    """Which platform painted a label.

    Raises:
        NothingPaintedError: fonts or plugins are missing from this build.
    """
    if (
        not os.environ.get("DISPLAY")
        and not os.environ.get("WAYLAND_DISPLAY")
        and os.name == "posix"
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["schoolsafe"])
    style.current().apply(app, style.Look.LIGHT, 100)
    label = PlainLabel("SchoolSafe")
    label.resize(200, 40)
    if not is_painted(label):
        raise NothingPaintedError
    return app.platformName()
