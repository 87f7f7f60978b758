from collections.abc import Iterator
from pathlib import Path

import pytest

from schoolsafe.store.vault import Vault
from store.seats import Seat


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return Seat(tmp_path / "vault")


@pytest.fixture
def vault(seat: Seat) -> Iterator[Vault]:
    made = seat.create()
    yield made
    made.close()
