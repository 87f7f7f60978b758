"""Logs: ids and event names only, five files of a megabyte, for this account only."""

import json
import logging
import shutil
import stat
import subprocess
import sys

import pytest

from schoolsafe.bootstrap import logs


@pytest.fixture
def root():
    """The root logger as it was before."""
    logger = logging.getLogger()
    before, level = logger.handlers, logger.level
    yield logger
    for handler in logger.handlers:
        if handler not in before:
            handler.close()
    logger.handlers = before
    logger.setLevel(level)


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_only_ids_and_event_names_reach_the_file(root, tmp_path):
    logs.start(tmp_path / "log")
    logging.getLogger("schoolsafe.store").info("saved %s for %s", 3, "Maya Thornton")
    logging.getLogger("schoolsafe.store").info("opened %s", "child:0123456789abcdef")
    logging.getLogger("urllib3").warning("GET /Maya")
    first, second, third = lines(tmp_path / "log" / logs.LOG)
    assert first["ids"] == [3]
    assert first["what"] == "saved %s for %s"
    assert second["ids"] == ["child:0123456789abcdef"]
    assert (third["where"], third["what"]) == ("library", "")
    assert "Thornton" not in (tmp_path / "log" / logs.LOG).read_text()


def test_the_files_are_this_accounts_alone(root, tmp_path):
    logs.start(tmp_path / "log")
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "log" / logs.LOG).stat().st_mode) == 0o600


def test_a_full_file_gives_way_and_the_fifth_goes(tmp_path):
    handler = logs.Rotating(tmp_path / logs.LOG, limit_bytes=200, keep=3)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for n in range(12):
        handler.emit(logging.makeLogRecord({"msg": f"{n:03} {'x' * 96}"}))
    handler.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [logs.LOG, f"{logs.LOG}.1", f"{logs.LOG}.2"]
    kept = [(tmp_path / name).read_text() for name in reversed(names)]
    assert [line[:3] for text in kept for line in text.splitlines()] == [
        "008", "009", "010", "011",
    ]  # fmt: skip


def test_a_folder_that_goes_away_loses_lines_and_stops_nobody(tmp_path):
    folder = tmp_path / "log"
    folder.mkdir()
    handler = logs.Rotating(folder / logs.LOG, limit_bytes=10)
    shutil.rmtree(folder)
    for _ in range(3):
        handler.emit(logging.makeLogRecord({"msg": "a line that is long enough"}))
    handler.close()
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_stops_nobody(root, tmp_path):
    in_the_way = tmp_path / "log"
    in_the_way.write_text("a file")
    before = list(root.handlers)
    logs.start(in_the_way)
    assert root.handlers == before


def dies(folder) -> int:
    """A program that watches for faults and is then stopped by one; its exit code."""
    code = (
        "import sys, faulthandler\nfrom pathlib import Path\n"
        "from schoolsafe.bootstrap import logs\n"
        "def told(child):\n    faulthandler._sigsegv()\n"
        "logs.watch_faults(Path(sys.argv[1]))\ntold('Maya Thornton')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, timeout=50, check=False
    )
    return done.returncode


def test_what_stops_python_itself_is_written_without_values(tmp_path):
    assert dies(tmp_path) != 0
    path = tmp_path / logs.FAULTS
    written = path.read_text()
    assert "Segmentation fault" in written
    assert "in told" in written
    assert "Thornton" not in written
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_of_faults_that_grew_begins_anew(tmp_path):
    old = tmp_path / logs.FAULTS
    old.write_text("x" * 1_000_001)
    assert dies(tmp_path) != 0
    assert old.stat().st_size < 10_000


def test_faults_without_a_folder_stop_nobody_sooner(tmp_path):
    assert dies(tmp_path / "gone") != 0
    assert not (tmp_path / "gone").exists()
