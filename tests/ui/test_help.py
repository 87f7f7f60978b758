import re
import sys
from pathlib import Path

import pytest

from schoolsafe import resources
from schoolsafe.ui.commands import COMMANDS
from schoolsafe.ui.screens.help import pages
from schoolsafe.ui.screens.help.pages import Code, Grid, Heading, Item, Words, find, parse
from schoolsafe.ui.screens.help.panel import HelpPanel
from schoolsafe.ui.screens.help.view import HelpScreen
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.files import Elsewhere
from ui.pages.help import HelpPage
from ui.walk import faults

ROOT = Path(__file__).parents[2]


@pytest.fixture
def open_help(make_window):
    def open_(width=1440, height=900, **args):
        window = make_window(width, height, screens={"today": Elsewhere, "help": HelpScreen})
        window.activateWindow()
        window.open("help", **args)
        screen = window.front()
        return HelpPage(
            window, search=screen.list.search, rows=screen.list.rows, reading=screen.reading
        )

    return open_


@pytest.fixture
def panel(make_window):
    """F1 over a window, with the screen that is in front."""
    window = make_window(screens={"today": Elsewhere, "help": HelpScreen})
    window.activateWindow()
    here = ["pupil_file"]
    went = []
    made = HelpPanel(window.stage, here=lambda: here[0], whole=lambda: went.append("help"))
    made.here, made.went = here, went
    return made


def as_page(panel) -> HelpPage:
    return HelpPage(panel.window(), search=panel.search, rows=panel.rows, reading=panel.reading)


# the pages ---------------------------------------------------------------------------------------


def test_every_screen_has_its_place_in_the_manual():
    shipped = {page.name: page for page in pages.pages()}
    for screen, (name, slug) in pages.FOR_SCREEN.items():
        slugs = [b.slug for b in shipped[name].blocks if isinstance(b, Heading)]
        assert slug in slugs, screen


def test_the_manual_is_found_from_source_and_in_a_frozen_build(tmp_path, monkeypatch):
    assert resources.path("manual", "for-leads.md").is_file()
    frozen = tmp_path / "resources" / "manual"
    frozen.mkdir(parents=True)
    for name in pages.NAMES:
        (frozen / f"{name}.md").write_text(f"# {name}\n")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    pages.manual.cache_clear()
    try:
        assert [page.title for page in pages.manual()] == list(pages.NAMES)
    finally:
        monkeypatch.undo()
        pages.manual.cache_clear()


def test_the_readers_page_of_the_folder_names_every_page():
    words = (ROOT / "docs/manual/README.md").read_text("utf-8")
    shipped = sorted(path.name for path in (ROOT / "resources/manual").glob("*.md"))
    assert shipped == sorted(f"{name}.md" for name in pages.NAMES)
    assert all(f"resources/manual/{name}" in words for name in shipped)


def test_no_page_calls_out_or_says_what_a_screen_may_not():
    banned = [
        line.partition(":")[0].strip()
        for line in (ROOT / "resources/words/banned.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    for path in (ROOT / "resources/manual").glob("*.md"):
        words = path.read_text("utf-8")
        assert "http" not in words, path.name
        assert "!" not in words, path.name
        if path.name == "for-developers.md":
            continue
        words = re.sub(
            r"```.*?```|`[^`]*`", "", words, flags=re.DOTALL
        )  # what IT types is a contract
        said = set(words.casefold().replace(".", " ").replace(",", " ").split())
        assert not said & {word for word in banned if " " not in word}, path.name


def test_the_page_of_keys_is_the_command_table():
    (grid,) = [block for block in pages.keys_page().blocks if isinstance(block, Grid)]
    assert len(grid.rows) == sum(bool(command.keys) for command in COMMANDS)
    assert ("F1", "Help for this screen") in grid.rows


def test_markdown_becomes_plain_words():
    page = parse(
        "x",
        "# A *title*\n\nTwo lines\nof **one** [link](other.md) with `code`.\n\n- an item\n"
        "1. first\n\n| What | Where |\n| --- | --- |\n| a | b_c |\n\n```\nlines  as\n  they are\n```\n",
    )
    assert page.title == "A title"
    assert page.blocks == (
        Heading(1, "A title", "a-title"),
        Words("Two lines of one link with code."),
        Item("•", "an item"),
        Item("1.", "first"),
        Grid(("What", "Where"), (("a", "b_c"),)),
        Code("lines  as\n  they are"),
    )


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("told slip", "Told slip"),
        ("possibly left", "Bring in a pupil list"),
        ("policy", "Policy"),
        ("FORGET", "If you forget your passphrase"),
        ("", None),
        ("zebra", None),
    ],
)
def test_every_word_must_stand_in_a_section_and_headings_come_first(words, first):
    found = find(words, pages.pages())
    assert (found[0].title if found else None) == first


def test_a_find_shows_the_sentence_it_stands_in():
    page = parse("x", "# T\n\nFirst sentence. Second one about otters. Third.\n")
    (place,) = find("otters", [page])
    assert place.words.startswith("Second one about otters.")


# the screen --------------------------------------------------------------------------------------


def test_help_opens_at_the_start_with_the_focus_in_the_search(open_help):
    page = open_help()
    assert "SchoolSafe is for a school’s safeguarding lead." in page.said().replace("'", "’")
    assert page.titles() == [
        "Start in 10 minutes", "For leads", "For IT", "For developers", "Keys",
    ]  # fmt: skip
    page.window.activateWindow()
    settle(page.window)
    page.window.focus_work()
    assert page.focused() == "help-search"


def test_help_about_a_screen_opens_at_its_section(open_help):
    page = open_help(about="told_slip")
    assert page.reading.shown == "for-leads"
    assert page.at() == "told-slip"


def test_a_search_leads_to_the_section_and_back_to_the_pages(open_help):
    page = open_help()
    page.look_for("policy")
    assert "Policy" in page.titles()
    said = page.window.front().list.count.text()
    assert said.startswith(f"{len(page.titles())} place")
    page.choose("Policy")
    assert page.reading.shown == "for-it"
    page.look_for("zebra")
    assert page.titles() == []
    assert "Nothing about that in the manual." in page.window.front().list.count.text()
    page.look_for("")
    assert page.titles()[0] == "Start in 10 minutes"


def test_every_page_has_names_for_everything_and_nothing_is_cut(open_help):
    page = open_help()
    for title in page.titles():
        page.choose(title)
        assert faults(page.window) == []
        assert cut_texts(page.window) == [], title


@pytest.mark.parametrize(("percent", "width", "height"), [(100, 1024, 640), (200, 1366, 768)])
def test_no_page_is_cut_where_there_is_little_room(open_help, styled, *, percent, width, height):
    style.current().apply(styled, style.Look.LIGHT, percent)
    page = open_help(width, height)
    page.window.show_work()
    for name in (*pages.NAMES, pages.KEYS):
        page.window.front().presenter.open(name)
        settle(page.window)
        assert cut_texts(page.window) == [], name


# F1 ----------------------------------------------------------------------------------------------


def test_f1_shows_the_page_of_the_screen_in_front_at_the_right_edge(panel):
    panel.summon()
    page = as_page(panel)
    assert page.reading.shown == "for-leads"
    assert panel.geometry().right() == panel.parentWidget().rect().right()
    panel.dismiss()
    panel.here[0] = "first_run"
    panel.summon()
    assert page.reading.shown == "start-in-10-minutes"


def test_a_screen_nobody_wrote_about_gets_the_start(panel):
    panel.here[0] = "no-such-screen"
    panel.summon()
    assert as_page(panel).reading.shown == "start-in-10-minutes"


def test_the_panel_can_be_searched_and_leads_to_the_whole_manual(panel):
    panel.summon()
    page = as_page(panel)
    page.look_for("zebra")
    assert panel.nothing.isVisible()
    page.look_for("told slip")
    assert not panel.nothing.isVisible()
    page.choose("Told slip")
    assert panel.reading.isVisible()
    assert not panel.rows.isVisible()
    panel.findChild(object, "whole-manual").click()
    assert panel.went == ["help"]
    assert panel.isHidden()


def test_the_panel_is_named_and_not_cut(panel):
    panel.summon()
    settle(panel.window())
    assert faults(panel.window()) == []
    assert cut_texts(panel) == []
