"""The command line as it is written down: docs/cli.md and the parser name the same commands and words."""

import argparse
import re
from pathlib import Path

import pytest

from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.cli.arguments import parser
from schoolsafe.cli.main import run
from schoolsafe.reports.files import DiskFiles
from terminal import MONDAY, PASSPHRASE, Terminal, typed_in

CLI_MD = Path(__file__).parents[3] / "docs" / "cli.md"


def _commands(of: argparse.ArgumentParser, front: str = "") -> dict[str, argparse.ArgumentParser]:
    found: dict[str, argparse.ArgumentParser] = {}
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, each in action.choices.items():
                found |= _commands(each, f"{front}{name} ")
    return found or {front.strip(): of}


COMMANDS = _commands(parser())


def _documented() -> dict[str, str]:
    """Each command of docs/cli.md with the words after it."""
    found: dict[str, str] = {}
    text = CLI_MD.read_text("utf-8")
    for row in re.findall(r"^\| (`.+?)(?<!\\) \|", text, flags=re.MULTILINE):
        for usage in re.findall(r"`([^`]+)`", row):
            words = usage.replace("\\|", "|").split(" ")
            name = [words[0]]
            for word in words[1:3]:
                if " ".join(name) in COMMANDS or not re.fullmatch(r"[a-z][a-z-]+", word):
                    break
                name.append(word)
            found[" ".join(name)] = usage.replace("\\|", "|")
    return found


def test_every_command_is_written_down_and_every_command_written_down_is_there():
    assert set(_documented()) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_word_of_a_command_is_written_down(name: str):
    usage = _documented()[name]
    for action in COMMANDS[name]._actions:
        for option in action.option_strings:
            if option.startswith("--") and option != "--help":
                assert option in usage, f"{name} takes {option}"
    for option in re.findall(r"--[a-z-]+", usage):
        known = {o for action in COMMANDS[name]._actions for o in action.option_strings}
        assert option in known, f"{name} does not take {option}"


def test_the_words_that_go_in_front_are_written_down():
    text = CLI_MD.read_text("utf-8")
    for action in parser()._actions:
        for option in action.option_strings:
            if option.startswith("--") and option not in {"--help", "--version"}:
                assert f"{option}" in text.split("## ")[0]


@pytest.mark.parametrize(
    "argv",
    [
        ["nonsense"],
        ["notification"],
        ["notification", "show"],
        ["setup", "--school", "x"],
        ["setup", "--school", "x", "--urn", "1", "--person", "y", "--role", "king"],
        ["notification", "decide", "n", "--choice", "quiet"],
        ["notification", "decide", "n", "--line", "1", "--all", "--choice", "quiet"],
        ["notification", "decide", "n", "--line", "1", "--choice", "never"],
        ["notification", "match", "n", "--line", "1"],
        ["notification", "match", "n", "--line", "one", "--child", "c"],
        ["notification", "close", "n", "--reason", "x", "--outcome", "vanished"],
        ["notification", "log", "--child", "x", "--presence", "sort_of"],
        ["--passphrase-fd", "three", "today"],
        ["demo", "--size", "huge"],
    ],
)
def test_wrong_use_is_2_and_says_what_is_wrong(argv: list[str]):
    plain = typed_in(argv)
    assert (plain.code, plain.out) == (2, "")
    assert plain.err.startswith("schoolsafe: ")
    told = typed_in(["--json", *argv])
    assert (told.code, told.refused) == (2, "wrong_use")


def test_no_passphrase_is_ever_an_argument(school: Terminal):
    said = typed_in(
        ["--home", str(school.home), "--passphrase", PASSPHRASE, "--now", MONDAY, "today"]
    )
    assert said.code == 2
    for command in [parser(), *COMMANDS.values()]:
        for action in command._actions:
            for option in action.option_strings:
                assert option == "--passphrase-fd" or "pass" not in option


def test_help_and_version_are_for_people():
    for argv in (["--help"], ["--version"], ["notification", "log", "--help"]):
        with pytest.raises(SystemExit) as ended:
            typed_in(argv)
        assert ended.value.code == 0


class Elsewhere:
    """An outside that has windows, a demo and pictures, and says which was asked for."""

    def __init__(self) -> None:
        self.files = DiskFiles()
        self.asked: list[object] = []
        self.well = True

    def home(self, given: str | None) -> Path:
        return Path(given or "nowhere")

    def entrance(self, home: Path) -> HomeEntrance:
        return HomeEntrance(home)

    def about(self) -> dict[str, object]:
        return {"logs": "state/log"}

    def window(self, home: Path, path: str | None) -> int:
        self.asked.append(("window", home, path))
        return 0

    def self_test(self) -> dict[str, object]:
        return {"ok": self.well, "checks": [{"name": "words", "ok": self.well, "detail": ""}]}

    def demo(self, args: argparse.Namespace) -> int:
        self.asked.append(("demo", args.out, args.headless, args.size))
        return 0

    def screenshots(self, folder: str) -> dict[str, object]:
        return {"pictures": [folder]}


def test_windows_demo_and_pictures_are_asked_of_the_outside(capfd: pytest.CaptureFixture[str]):
    outside = Elsewhere()
    assert run(["--home", "here"], outside) == 0
    assert run(["demo", "--headless", "--out", "there"], outside) == 0
    assert outside.asked == [("window", Path("here"), None), ("demo", "there", True, "small")]
    assert run(["--json", "screenshots", "shots"], outside) == 0
    assert run(["--json", "doctor"], outside) == 0
    assert "versions" in capfd.readouterr().out


def test_a_build_that_is_not_well_says_so_with_its_exit_code(capfd: pytest.CaptureFixture[str]):
    outside = Elsewhere()
    assert run(["--json", "self-test"], outside) == 0
    outside.well = False
    assert run(["--json", "self-test"], outside) == 4
    assert run(["self-test"], outside) == 4
    assert "words" in capfd.readouterr().out
