"""One school, set up once and copied for each test: deriving its key is the dear part."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from schoolsafe.crypto import kdf
from terminal import Terminal, set_calendar, set_up


@pytest.fixture(autouse=True, scope="session")
def stretched_once() -> Iterator[None]:
    """Argon2id is a pure function and tested elsewhere: what it made of a passphrase is remembered here."""
    made: dict[tuple[object, ...], bytes] = {}
    really = kdf._argon2id

    def remembered(
        passphrase: bytes, into: bytearray, *, salt: bytes, settings: object, **more: object
    ) -> None:
        if more:  # the published answers, which another room tests while this is in place
            really(passphrase, into, salt=salt, settings=settings, **more)
            return
        asked = (bytes(passphrase), salt, settings)
        if asked not in made:
            really(passphrase, into, salt=salt, settings=settings)
            made[asked] = bytes(into)
        into[:] = made[asked]

    with patch.object(kdf, "_argon2id", remembered):
        yield


DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    terminal = set_up(tmp_path_factory.mktemp("founded"))
    set_calendar(terminal)
    return terminal


@pytest.fixture
def school(founded: Terminal, tmp_path: Path) -> Terminal:
    return founded.copied_to(tmp_path)


@pytest.fixture(scope="session")
def with_pupils(tmp_path_factory: pytest.TempPathFactory, founded: Terminal) -> Terminal:
    terminal = founded.copied_to(tmp_path_factory.mktemp("pupils"))
    terminal.ok("import", "pupils", str(DATA / "pupils_sims.csv"), "--apply")
    return terminal


@pytest.fixture
def ashgrove(with_pupils: Terminal, tmp_path: Path) -> Terminal:
    """With its sixty pupils."""
    return with_pupils.copied_to(tmp_path)
