"""A window over the roll of a pretend school, with the real reader of lists. Imported by the tests of pupils."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fakes.list_reader import ListReader
from house import School, make_school
from schoolsafe.ui.screens.pupil_import.view import PupilImportScreen
from schoolsafe.ui.screens.pupils.view import PupilsScreen
from schoolsafe.ui.shell import MainWindow
from ui.files import Elsewhere

DATA = Path(__file__).parents[1] / "data"


def bring_in(school: School, name: str) -> None:
    """A list taken in before the test begins."""
    services = school.services
    listed = services.intake.read_pupil_list((DATA / name).read_bytes())
    services.children.apply(services.children.preview(listed, "0" * 64))


@pytest.fixture
def reader() -> ListReader:
    return ListReader()


@pytest.fixture
def school(tmp_path, reader) -> Iterator[School]:
    made = make_school(tmp_path / "school", intake=reader)
    yield made
    made.close()


@pytest.fixture
def open_roll(make_window, tasks, school) -> Iterator[Callable[..., MainWindow]]:
    """The real window with a screen about the roll in front; no error may be left over."""

    def open_(screen: str = "pupils", *, width: int = 1440, height: int = 900, **args):
        services = school.services
        screens = {
            "today": Elsewhere,
            "pupil_file": Elsewhere,
            "pupils": lambda frame: PupilsScreen(frame, services),
            "pupil_import": lambda frame: PupilImportScreen(
                frame, services, read_file=lambda path: path.read_bytes()
            ),
        }
        window = make_window(width, height, screens=screens)
        window.activateWindow()
        window.open(screen, **args)
        return window

    yield open_
    assert tasks.errors == []
