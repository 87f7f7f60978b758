"""Where things are kept: the system's own places, or beside the records somebody put elsewhere."""

from pathlib import Path

import pytest

from schoolsafe.bootstrap import places
from schoolsafe.bootstrap.config import ConfigFile
from schoolsafe.ui.appearance import Appearance


@pytest.fixture
def own(monkeypatch, tmp_path):
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


def test_records_settings_and_logs_are_apart(own):
    home = places.data_folder()
    assert home == own / "data" / "schoolsafe"
    assert places.config_folder(home) == own / "config" / "schoolsafe"
    assert places.window_file(home) == own / "config" / "schoolsafe" / "window.ini"
    assert own / "state" in places.log_folder().parents


def test_another_data_folder_keeps_its_settings_with_it(own):
    assert places.config_folder(Path("/srv/records")) == Path("/srv/records")


def test_the_demo_school_lives_beside_the_records_never_among_them(own):
    home = places.data_folder()
    demo = places.demo_folder(home)
    assert demo.parent == home.parent
    assert not demo.is_relative_to(home)


def test_the_look_is_kept_and_read_back(own):
    home = places.data_folder()
    wanted = Appearance("dark", 150, 3, hide_from_capture=False)
    ConfigFile(home).save(wanted)
    assert ConfigFile(home).load() == wanted


def test_a_look_makes_no_data_folder(own, tmp_path):
    elsewhere = tmp_path / "records"
    ConfigFile(elsewhere).save(Appearance("dark"))
    assert not elsewhere.exists()
    assert ConfigFile(elsewhere).load() == Appearance()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "appearance = 3",
        "[appearance]\nlook = 7\npercent = true\nhide_from_capture = 1",
        "[",
        "\x00",
    ],
)
def test_a_file_edited_by_hand_and_wrong_is_as_good_as_none(tmp_path, text):
    (tmp_path / "config.toml").write_text(text)
    assert ConfigFile(tmp_path).load() == Appearance()
