"""Before anything else: Qt without a screen, no network.

A quick or thorough Hypothesis profile, the canary guard.
"""

import logging
import os
import sys
from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"
os.environ.setdefault("LC_ALL", "C.UTF-8")

import pytest
from hypothesis import HealthCheck, settings

CANARY = "Zzyzxcanary"
"""The impossible surname of every invented person in factories.

It may stand in a widget or the vault, nowhere else.
"""

settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile(
    "thorough", max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


class _CanaryHandler(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = self.format(record)
        if CANARY.lower() in words.lower():
            self.heard.append(record.name)


@pytest.fixture(autouse=True)
def canary_guard(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Fails a test in which the canary name reached a log, standard error or a window title."""
    handler = _CanaryHandler()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    assert not handler.heard, f"a person's name was logged by {handler.heard}"
    said = capfd.readouterr().err
    assert CANARY.lower() not in said.lower(), "a person's name reached standard error"
    for title in _window_titles():
        assert CANARY.lower() not in title.lower(), "a person's name stands in a window title"


def _window_titles() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [window.windowTitle() for window in widgets.QApplication.topLevelWidgets()]
