"""Python's cyclic garbage is collected on the main thread only.

A window that was let go is often a cycle of Python objects. Python collects cycles on whichever thread happens to
allocate, and a widget destroyed on the worker's thread takes the program down (seen: timers stopped from another
thread, then a segmentation fault). So the collector rests, and the event loop calls it.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 1_000


class MainThreadCollector(QObject):
    """Collects as often as Python would, between two events of the main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        """The collector rests from now on, on every thread."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int:
        """Collects the oldest generation that is due; the number of objects found unreachable."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [
            n
            for n, (count, most) in enumerate(zip(counts, thresholds, strict=True))
            if count > most
        ]
        return gc.collect(max(due)) if due else 0

    def stop(self) -> None:
        """Python collects where it likes again; call it once no worker is left."""
        self._timer.stop()
        gc.enable()
