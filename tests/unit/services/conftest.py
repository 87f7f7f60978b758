"""One real school for each test, opened on Monday 9 November 2026, 8:18am."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from house import School, make_school


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    made = make_school(tmp_path)
    yield made
    made.close()
