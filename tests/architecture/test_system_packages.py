"""The set-up script against an invented package manager: what is missing, who may install."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "installer/linux/system-packages.sh"
LISTS = SCRIPT.parent

DPKG_QUERY = """#!/bin/sh
for name; do :; done
grep -qx "$name" "$STATE/installed" && printf installed
"""
APT_CACHE = """#!/bin/sh
grep -x "$2" "$STATE/known"
"""
APT_GET = """#!/bin/sh
echo "apt-get $*" >>"$STATE/log"
case $1 in
  update) exit 0 ;;
  install) shift; [ -e "$STATE/broken" ] && exit 100
    for name; do case $name in -*) ;; *) echo "$name" >>"$STATE/installed" ;; esac; done ;;
esac
"""


class Machine:
    """A folder of stand-in commands in front of the path, and what they did."""

    def __init__(self, place: Path, *, root: bool, sudo: bool = False) -> None:
        self.state = place
        self.commands = place / "bin"
        self.commands.mkdir()
        (place / "installed").touch()
        (place / "known").touch()
        (place / "log").touch()
        self.command("dpkg-query", DPKG_QUERY)
        self.command("apt-cache", APT_CACHE)
        self.command("apt-get", APT_GET)
        self.command("id", f"#!/bin/sh\necho {0 if root else 1000}\n")
        body = 'shift; [ "$1" = true ] || exec "$@"' if sudo else "exit 1"
        self.command("sudo", f"#!/bin/sh\n{body}\n")

    def command(self, name: str, text: str) -> None:
        place = self.commands / name
        place.write_text(text)
        place.chmod(0o755)

    def has(self, *packages: str) -> None:
        with (self.state / "installed").open("a") as listed:
            listed.writelines(f"{package}\n" for package in packages)

    def knows(self, *packages: str) -> None:
        (self.state / "known").write_text("".join(f"{package}\n" for package in packages))

    @property
    def log(self) -> str:
        return (self.state / "log").read_text()

    def run(self, *groups: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", str(SCRIPT), *groups],
            env={
                "PATH": f"{self.commands}{os.pathsep}{os.environ['PATH']}",
                "STATE": str(self.state),
                "PYTHON": python,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )


def listed(group: str) -> list[str]:
    lines = (LISTS / f"packages-{group}.txt").read_text().splitlines()
    return [line.split("|")[0] for line in lines if line and not line.startswith("#")]


def test_a_machine_that_has_everything_is_left_alone_without_a_word(tmp_path):
    machine = Machine(tmp_path, root=True)
    machine.has(*listed("offscreen"), *listed("fonts"))
    done = machine.run("python", "offscreen", "fonts")
    assert (done.returncode, done.stdout, done.stderr, machine.log) == (0, "", "", "")


def test_root_installs_only_what_is_missing(tmp_path):
    machine = Machine(tmp_path, root=True)
    machine.has(*[name for name in listed("offscreen") if name != "libegl1"])
    assert machine.run("offscreen").returncode == 0
    assert machine.log.splitlines() == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends libegl1",
    ]


def test_somebody_with_sudo_without_a_passphrase_installs_too(tmp_path):
    machine = Machine(tmp_path, root=False, sudo=True)
    assert machine.run("fonts").returncode == 0
    assert "fonts-noto-core fonts-droid-fallback" in machine.log


def test_somebody_who_may_not_install_is_told_one_line_and_nothing_is_tried(tmp_path):
    machine = Machine(tmp_path, root=False)
    done = machine.run("fonts")
    assert done.returncode == 1
    assert machine.log == ""
    assert done.stderr.splitlines()[-1] == (
        "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends "
        "fonts-noto-core fonts-droid-fallback'"
    )


def test_an_install_that_fails_ends_with_the_line_to_run(tmp_path):
    machine = Machine(tmp_path, root=True)
    (tmp_path / "broken").touch()
    done = machine.run("fonts")
    assert done.returncode == 1
    assert "fonts-noto-core" in done.stderr.splitlines()[-1]


def test_the_newer_name_of_a_library_counts(tmp_path):
    machine = Machine(tmp_path, root=False)
    machine.has(
        *[name for name in listed("offscreen") if name != "libglib2.0-0"], "libglib2.0-0t64"
    )
    assert machine.run("offscreen").returncode == 0


def test_of_two_names_the_one_this_release_knows_is_asked_for(tmp_path):
    machine = Machine(tmp_path, root=False)
    machine.has(*[name for name in listed("offscreen") if name != "libglib2.0-0"])
    machine.knows("libglib2.0-0t64")
    assert machine.run("offscreen").stderr.rstrip().endswith("libglib2.0-0t64'")


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ("case $2 in *ensurepip*) exit 1 ;; esac", "python3-venv"),
        ("exit 0", ""),
    ],
)
def test_python_without_ensurepip_needs_its_own_package(tmp_path, answers, missing):
    machine = Machine(tmp_path, root=False)
    machine.command("mypython", f"#!/bin/sh\n{answers}\n")
    done = machine.run("python", python="mypython")
    assert done.returncode == (1 if missing else 0)
    assert missing in done.stderr


def test_a_python_that_is_too_old_is_refused_in_words(tmp_path):
    machine = Machine(tmp_path, root=True)
    machine.command(
        "oldpython", '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n'
    )
    done = machine.run("python", python="oldpython")
    assert done.returncode == 1
    assert "SchoolSafe needs Python 3.11 or newer; Python 3.9.2 was found." in done.stderr
    assert machine.log == ""


def test_no_python_at_all_is_installed_with_the_rest(tmp_path):
    machine = Machine(tmp_path, root=False)
    done = machine.run("python", python="no-such-python")
    assert "python3 python3-venv" in done.stderr.splitlines()[-1]


def test_an_unknown_group_is_wrong_use(tmp_path):
    assert Machine(tmp_path, root=True).run("nix").returncode == 2


def test_every_package_is_listed_once():
    names = [name for place in LISTS.glob("packages-*.txt") for name in listed(place.stem[9:])]
    assert sorted(names) == sorted(set(names))
