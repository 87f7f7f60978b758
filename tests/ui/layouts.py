"""A window over a school that gets messages of an area nobody knows. Imported by the tests of templates."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fakes.here_reader import HereReader
from house import School, make_school
from schoolsafe.reports.files import DiskFiles
from schoolsafe.ui.screens.template.shelf_view import TemplatesScreen
from schoolsafe.ui.screens.template.view import TeachScreen
from schoolsafe.ui.shell import MainWindow
from taught_style import BULLETINS, Bulletin
from ui.files import Elsewhere
from ui.morning import find
from ui.pages.day import DayPage


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    made = make_school(tmp_path / "school", intake=HereReader())
    yield made
    made.close()


def receive(school: School, bulletin: Bulletin) -> str:
    """One message on record."""
    came = school.services.notifications.receive_file("x.eml", bulletin.mail())
    return came.notifications[0]


@pytest.fixture
def open_layouts(make_window, tasks, school) -> Iterator[Callable[..., "LayoutPage"]]:
    """The real window with one of the two screens in front; no error may be left over."""

    def open_(screen: str = "template", *, width: int = 1366, height: int = 768, **args):
        services, files = school.services, DiskFiles()
        screens = {
            "today": Elsewhere,
            "template": lambda frame: TeachScreen(
                frame, services, read_file=lambda path: path.read_bytes()
            ),
            "templates": lambda frame: TemplatesScreen(
                frame,
                services,
                read_file=lambda path: path.read_bytes(),
                write_file=files.write_new,
            ),
        }
        window = make_window(width, height, screens=screens)
        window.activateWindow()
        window.open(screen, **args)
        return LayoutPage(window)

    yield open_
    assert tasks.errors == []


class LayoutPage(DayPage):
    """Verbs over the two screens."""

    window: MainWindow

    def select(self, words: str) -> None:
        """Selects words of the message, as Shift and the arrow keys do."""
        text = find(self.window, "example-text")
        start = text.toPlainText().index(words)
        text.select(start, start + len(words))

    def mark(self, field: str, words: str) -> None:
        """Selects words, says what they are in the box beside the message."""
        self.select(words)
        self._say_what(field)

    def mark_in_list(self, field: str, words: str) -> None:
        """Selects words, goes to the field in the list, presses Enter."""
        self.select(words)
        fields = find(self.window, "mark-fields")
        assert fields.select(field)
        fields.setFocus()
        self.press("Return")

    def _say_what(self, field: str) -> None:
        find(self.window, "mark-what").set_current(field)
        find(self.window, "mark").setFocus()
        self.press("Space")

    def mark_all(self, bulletin: Bulletin = BULLETINS[0]) -> None:
        """Everything a person would mark."""
        for field, words in (
            ("reference", bulletin.docket), ("child_name", bulletin.name), ("birth_date", bulletin.born),
            ("incident_date", bulletin.on), ("incident_time", bulletin.clock), ("place", bulletin.spot),
            ("presence", f":: {bulletin.vantage}"), ("voice", bulletin.said), ("circumstances", bulletin.yarn),
            ("officer", bulletin.scribe),
        ):  # fmt: skip
            if words.startswith(":: "):
                text = find(self.window, "example-text")
                start = text.toPlainText().index(words) + 3
                text.select(start, start + len(words) - 3)
                self._say_what(field)
            else:
                self.mark(field, words)

    def list_of(self, name: str) -> list[str]:
        """The rows of a list as a screen reader says them."""
        from PySide6.QtCore import Qt

        model = find(self.window, name).model()
        return [
            str(model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole))
            for n in range(model.rowCount())
        ]
