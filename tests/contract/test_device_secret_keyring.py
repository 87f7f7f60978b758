"""The device secret in a real gnome-keyring: set-up, unlock, rollback, loss; P13 and P14.

No test is skipped where the daemon is missing: the first line of the failure says what to install.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REDIRECT = """
from pathlib import Path
from keyring.backend import KeyringBackend

class Thief(KeyringBackend):
    priority = 99
    def get_password(self, service, username):
        Path({stolen!r}).write_text("asked")
        return None
    def set_password(self, service, username, password):
        Path({stolen!r}).write_text(password)
    def delete_password(self, service, username):
        Path({stolen!r}).write_text("deleted")
"""


@pytest.fixture(scope="session", autouse=True)
def _installed():
    missing = [
        name for name in ("gnome-keyring-daemon", "dbus-run-session") if not shutil.which(name)
    ]
    assert not missing, "apt-get install -y --no-install-recommends gnome-keyring dbus"


class Desk:
    """One computer's desk: its keyring survives from one session to the next."""

    def __init__(self, folder: Path) -> None:
        self.keyring = folder / "keyring"
        self.home = folder / "data"
        self.environment: dict[str, str] = {}

    def session(self, chapter: str, *more: str) -> list[dict[str, object]]:
        return self._run(
            [str(HERE / "run_keyring.sh"), str(self.keyring), *self._story(chapter, *more)]
        )

    def without_session(self, chapter: str) -> list[dict[str, object]]:
        return self._run(self._story(chapter))

    def _story(self, chapter: str, *more: str) -> list[str]:
        return [sys.executable, str(HERE / "keyring_story.py"), chapter, str(self.home), *more]

    def _run(self, command: list[str]) -> list[dict[str, object]]:
        plain = {name: value for name, value in os.environ.items() if "DBUS" not in name}
        told = subprocess.run(
            command,
            env={**plain, "PYTHONPATH": str(ROOT / "src"), **self.environment},
            capture_output=True,
            text=True,
            timeout=50,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        return [json.loads(line) for line in told.stdout.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_set_up_unlock_and_rollback_with_a_real_keyring(desk):
    (made,) = desk.session("set-up")
    (opened,) = desk.session("open")
    assert opened["vault_key"] == made["vault_key"]
    assert opened["failed"] == 0
    assert opened["anchors"] == [20, 20]

    told = desk.session("roll-back")
    assert told[:5] == [{"refused": "wrong_passphrase"}] * 5
    assert told[5] == {"after_putting_back": "too_many_tries"}


def test_an_old_anchor_put_back_does_not_hide_what_the_keyring_remembers(desk):
    desk.session("set-up")
    anchor = next(desk.home.rglob("anchor"))
    old = anchor.read_bytes()
    desk.session("roll-back")
    anchor.write_bytes(old)
    next(desk.home.rglob("tries")).unlink()
    told = desk.session("after-a-while")
    assert told[0]["anchors"] == [60, 20]


def test_p14_a_lost_secret_is_told_and_the_paper_key_brings_everything_back(desk):
    (made,) = desk.session("set-up")
    refused, recovered = desk.session("lose-secret", str(made["paper_key"]))
    assert refused["refused"] == "device_secret_missing"
    assert "recovery key" in str(refused["sentence"])
    assert recovered["vault_key"] == made["vault_key"]
    assert recovered["anchors"][0] == 20


def test_another_computers_keyring_does_not_open_stolen_files(desk, tmp_path):
    desk.session("set-up")
    thief = Desk(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    shutil.copytree(desk.home, thief.home)
    (told,) = thief.session("refused")
    assert told["refused"] == "device_secret_missing"


def test_the_store_keeps_replaces_and_forgets(desk):
    assert desk.session("keep")[-1]["kept"] is True
    assert desk.session("keep")[-1]["gone"] is True


def test_the_password_of_a_mailbox_is_kept_whole_and_forgotten(desk):
    assert desk.session("mail") == [{"kept": True}] * 3 + [{"gone": True}]


def test_a_locked_keyring_has_its_own_sentence(desk):
    desk.session("keep")
    desk.environment = {"KEYRING_PASSWORD": "not the one"}
    (told,) = desk.session("ask")
    assert told["refused"] == "keyring_is_locked"
    assert told["exit_code"] == 3
    assert "sign-in password" in str(told["sentence"])


def test_no_session_means_no_keyring_and_a_way_on(desk):
    desk.environment = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    (told,) = desk.without_session("ask")
    assert told["refused"] == "no_keyring"
    assert told["exit_code"] == 4
    assert "recovery key" in str(told["sentence"])


@pytest.mark.parametrize(
    "trick",
    [
        {"PYTHON_KEYRING_BACKEND": "redirect.Thief"},
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.chainer.ChainerBackend"},
        {"KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/session"},
        {"KEYRING_PROPERTY_SCHEME": "KeePassXC", "KEYRING_PROPERTY_APPID": "thief"},
    ],
)
def test_p13_neither_environment_nor_configuration_redirects_the_keyring(desk, tmp_path, trick):
    """The configuration file names the thief in every case; the environment tries six more ways."""
    settings = tmp_path / "config" / "python_keyring"
    settings.mkdir(parents=True)
    (tmp_path / "code").mkdir()
    desk.home.mkdir()
    (tmp_path / "code" / "redirect.py").write_text(
        REDIRECT.format(stolen=str(desk.home / "stolen"))
    )
    (settings / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=redirect.Thief\nkeyring-path={tmp_path / 'code'}\n"
    )
    desk.environment = {"XDG_CONFIG_HOME": str(tmp_path / "config"), **trick}
    kept, verdict = desk.session("hostile")[-2:]
    assert kept["kept"] is True
    assert verdict == {"loaded": False, "told": False}


def test_p13_the_trap_works_on_a_program_that_lets_the_keyring_choose(desk, tmp_path):
    """Otherwise the test above would prove nothing."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "redirect.py").write_text(REDIRECT.format(stolen=str(tmp_path / "stolen")))
    settings = tmp_path / "config" / "python_keyring"
    settings.mkdir(parents=True)
    (settings / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=redirect.Thief\nkeyring-path={tmp_path / 'code'}\n"
    )
    subprocess.run(
        [sys.executable, "-c", "import keyring; keyring.set_password('a', 'b', 'the secret')"],
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config")},
        check=True,
        timeout=30,
    )
    assert (tmp_path / "stolen").read_text() == "the secret"
