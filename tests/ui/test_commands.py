import re
from collections import Counter

import pytest

from schoolsafe.ui.commands import BY_ID, COMMANDS, Dispatcher, Where, key_words, window_keys
from schoolsafe.ui.rail import PLACES


def test_no_key_is_given_twice():
    keys = Counter(key for command in COMMANDS for key in command.keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_no_single_letter_is_a_key():
    keys = [key for command in COMMANDS for key in command.keys]
    assert [key for key in keys if re.fullmatch(r"(Shift\+)?[A-Z0-9]", key)] == []


def test_ids_are_unique_and_every_command_has_words():
    assert len(BY_ID) == len(COMMANDS)
    assert all(command.title for command in COMMANDS)


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("log-call", "Ctrl+N"), ("palette", "Ctrl+K"), ("search", "Ctrl+E"), ("go-today", "Ctrl+1"),
        ("next-pane", "F6"), ("told-slip", "Ctrl+T"), ("open-file", "Ctrl+O"), ("save", "Ctrl+Return"),
        ("undo", "Ctrl+Z"), ("print", "Ctrl+P"), ("lock", "Ctrl+L"), ("cover", "F9"), ("help", "F1"),
        ("keys", "Ctrl+/"), ("settings", "Ctrl+,"), ("back", "Alt+Left"), ("add-sibling", "Alt+B"),
    ],
)  # fmt: skip
def test_the_keys_are_outlooks_where_one_exists(command, key):
    assert key in BY_ID[command].keys


def test_keys_are_said_as_people_read_them():
    assert key_words("save") == "Ctrl+Enter"
    assert key_words("choose") == "Alt+1 to 4"
    assert key_words("light") == ""


def test_a_text_field_leaves_these_keys_to_the_window():
    assert {"Ctrl+K", "Ctrl+E", "Ctrl+Return", "F6"} <= window_keys()
    assert not {"Ctrl+Z", "Esc", "Return", "Space"} & window_keys()


def test_every_section_of_the_rail_has_a_command():
    assert all(place.command in BY_ID for place in PLACES)


def test_the_screen_in_front_answers_before_the_window():
    done = []
    commands = Dispatcher(
        {"undo": lambda: done.append("window"), "lock": lambda: done.append("lock")}
    )
    commands.set_screen({"undo": lambda: done.append("screen")})
    assert commands.run("undo")
    assert commands.run("lock")
    assert not commands.run("told-slip")
    assert done == ["screen", "lock"]
    assert [c.id for c in commands.offered()] == ["undo", "lock"]


def test_a_command_added_later_must_be_in_the_table():
    commands = Dispatcher({})
    commands.add("print", lambda: None)
    assert commands.can("print")
    with pytest.raises(KeyError):
        commands.add("self-destruct", lambda: None)


def test_every_place_of_a_command_is_named():
    assert {command.where for command in COMMANDS} <= set(Where)
