import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QPushButton, QWidget

from schoolsafe import resources
from schoolsafe.ui.theme import icons, style
from schoolsafe.ui.theme.tokens import DARK, LIGHT, PAIRS, TEXT_PERCENTS, THEMES
from schoolsafe.ui.widgets.buttons import button

SRC = Path(__file__).parents[2] / "src" / "schoolsafe"
BRIGHT = 0.04045


def luminance(colour: str) -> float:
    def channel(value: float) -> float:
        return value / 12.92 if value <= BRIGHT else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)


def ratio(ink: str, ground: str) -> float:
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one():
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(("theme", "pair"), list(product(THEMES, PAIRS)))
def test_every_pair_that_may_meet_has_enough_contrast(theme, pair):
    ink, ground, least = pair
    tokens = THEMES[theme]
    assert ratio(tokens[ink], tokens[ground]) >= least


def test_there_are_thirty_six_pairs_and_twenty_eight_names_in_every_theme():
    assert len(PAIRS) == 36
    assert {len(tokens) for tokens in THEMES.values()} == {28}
    assert len({frozenset(tokens) for tokens in THEMES.values()}) == 1


def test_no_colour_literal_stands_outside_the_tokens():
    literal = re.compile(r"#[0-9A-Fa-f]{3,8}\b|GlobalColor\.(?!transparent)|\brgba?\(")
    found = [
        f"{path.relative_to(SRC)}:{n}"
        for path in SRC.joinpath("ui").rglob("*.py")
        if path.name != "tokens.py"
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if literal.search(line.split("  #")[0])
    ]
    assert found == []


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_a_look_reaches_palette_and_style_sheet(styled, look):
    style.current().apply(styled, style.Look(look), 100)
    tokens = THEMES[look]
    assert style.colour("danger") == QColor(tokens["danger"])
    assert styled.palette().color(QPalette.ColorRole.Window) == QColor(tokens["bg"])
    assert tokens["primary"] in styled.styleSheet()
    assert "{" not in re.sub(r"\{[^{}]*\}", "", styled.styleSheet())


@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_text_size_scales_font_and_every_length(styled, percent):
    style.current().apply(styled, style.Look.LIGHT, percent)
    assert styled.font().pixelSize() == round(14 * percent / 100)
    assert style.scale(100) == percent
    assert style.gap("m") == round(12 * percent / 100)


def test_controls_are_at_least_thirty_four_px_high_and_links_twenty_four(qtbot, styled):
    made = [button("Save"), button("Save", kind="primary"), button("Show", kind="link")]
    for one in made:
        qtbot.addWidget(one)
        one.ensurePolished()
    heights = [one.sizeHint().height() for one in made]
    assert heights[0] >= 34
    assert heights[1] >= 34
    assert heights[2] >= 24


def test_a_change_of_look_is_said_and_a_change_of_size_too(qtbot, styled):
    current = style.current()
    with qtbot.waitSignal(current.changed), qtbot.assertNotEmitted(current.resized):
        current.apply(styled, style.Look.DARK, 100)
    with qtbot.waitSignal(current.resized):
        current.apply(styled, style.Look.DARK, 150)


def test_icons_of_a_button_follow_the_look(qtbot, styled):
    made = button("Lock", icon="lock")
    qtbot.addWidget(made)
    made.show()
    light = made.icon().pixmap(16, 16).toImage()
    style.current().apply(styled, style.Look.DARK, 100)
    assert made.icon().pixmap(16, 16).toImage() != light


def test_the_computers_dark_mode_is_followed_live(qtbot, styled, monkeypatch):
    current = style.current()
    current.apply(styled, style.Look.SYSTEM, 100)
    monkeypatch.setattr(style.Style, "_computer_theme", staticmethod(lambda: "dark"))
    with qtbot.waitSignal(current.changed):
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current.tokens is DARK
    current.apply(styled, style.Look.LIGHT, 100)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current.tokens is LIGHT


def test_a_systems_own_contrast_colours_win(styled):
    system = QPalette()
    system.setColor(QPalette.ColorRole.Window, QColor("#101010"))
    system.setColor(QPalette.ColorRole.WindowText, QColor("#fafafa"))
    system.setColor(QPalette.ColorRole.Highlight, QColor("#00ffff"))
    system.setColor(QPalette.ColorRole.HighlightedText, QColor("#000000"))
    tokens = style.tokens_from(system)
    assert set(tokens) == set(LIGHT)
    assert (tokens["surface"], tokens["text"], tokens["danger"]) == (
        "#101010",
        "#fafafa",
        "#fafafa",
    )
    assert (tokens["sel"], tokens["sel_text"]) == ("#00ffff", "#000000")
    assert "border: 3px solid #fafafa" in style.sheet(tokens, name="system", percent=100)


def test_every_icon_named_in_the_code_is_shipped():
    named = set()
    for path in SRC.joinpath("ui").rglob("*.py"):
        text = path.read_text("utf-8")
        named |= set(re.findall(r'icon="([a-z0-9-]+)"', text))
        named |= set(re.findall(r'(?:Glyph|pixmap|icons\.icon)\(\s*"([a-z0-9-]+)"', text))
    missing = {name for name in named if not resources.path("icons", f"{name}.svg").is_file()}
    assert missing == set()


def test_the_licence_of_the_icons_is_shipped_with_them():
    words = resources.path("icons", "LICENSE-lucide.txt").read_text("utf-8")
    assert "ISC License" in words


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_arrow_of_a_select_box_is_a_shipped_drawing(name):
    assert resources.path("icons", "tinted", f"chevron-down-{name}.svg").is_file()


def test_a_pixmap_is_drawn_once(styled):
    assert icons.pixmap("lock").cacheKey() == icons.pixmap("lock").cacheKey()


def test_switching_the_look_is_quick(qtbot, styled, benchmark_ms):
    host = QWidget()
    qtbot.addWidget(host)
    for _ in range(50):
        QPushButton("Save", host)
    host.show()
    assert benchmark_ms(lambda: style.current().apply(styled, style.Look.DARK, 100)) < 500
