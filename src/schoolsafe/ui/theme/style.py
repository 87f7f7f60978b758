"""The look in use: palette and style sheet from the tokens, text size.

And following the computer's own choice.

One look per process, as one language is: a property of the person at the screen. Every length
written by hand goes
through ``scale`` and every colour through ``colour``, so a change of look needs no second layout.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from schoolsafe import resources
from schoolsafe.ui.theme.sheet import SHEET
from schoolsafe.ui.theme.tokens import BASE_PX, CONTRAST, GAP, THEMES, TYPE, Ink, Tokens

FONT_FAMILIES: Final = ("Segoe UI", ".AppleSystemUIFont", "Inter", "Noto Sans", "Open Sans")
"""The system's own font first; no screen font is bundled."""


class Look(StrEnum):
    """What the person chose in Settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Style(QObject):
    """Applies a look to the application and tells those who draw for themselves."""

    changed = Signal()
    """The colours changed: tinted icons are drawn again."""
    resized = Signal()
    """The text size changed: screens are built again.

    Because margins are fixed when a layout is made.
    """

    def __init__(self) -> None:
        super().__init__()
        self.look = Look.SYSTEM
        self.percent = 100
        self.name = "light"
        self.tokens: Tokens = THEMES["light"]
        self.own_colours = True
        self._follows = False

    def apply(self, app: QApplication, look: Look = Look.SYSTEM, percent: int = 100) -> None:
        """Colours and text size for the whole application.

        Args:
            app: the running application.
            look: the person's choice.
            percent: text size: 100, 120, 150 or 200.
        """
        resized = percent != self.percent
        self.look, self.percent = look, percent
        if app.style().objectName().lower() != "fusion":
            app.setStyle("Fusion")
        self._follow_computer()
        self._set_font(app)
        self._set_colours(app)
        self.changed.emit()
        if resized:
            self.resized.emit()

    def scale(self, px: float) -> int:
        """A length at 100 % text as a length at the text size in use."""
        return round(px * self.percent / 100)

    def _follow_computer(self) -> None:
        if self._follows:
            return
        self._follows = True
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._computer_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._computer_changed)

    def _computer_changed(self) -> None:
        app = QApplication.instance()
        if self.look is Look.SYSTEM and isinstance(app, QApplication):
            self._set_colours(app)
            self.changed.emit()

    def _set_font(self, app: QApplication) -> None:
        font = QFont()
        font.setFamilies(list(FONT_FAMILIES))
        font.setPixelSize(round(BASE_PX * self.percent / 100))
        app.setFont(font)

    def _set_colours(self, app: QApplication) -> None:
        hints = QGuiApplication.styleHints()
        if self.look is Look.SYSTEM:
            # why: asking for a scheme hides the computer's own; unset first, then read what it
            # says.
            if hints.colorScheme() != Qt.ColorScheme.Unknown:
                hints.unsetColorScheme()
            self.name = self._computer_theme()
        else:
            self.name = self.look.value
            dark = self.name != "light"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self.own_colours = self.name != "system"
        self.tokens = (
            THEMES[self.name] if self.own_colours else tokens_from(QGuiApplication.palette())
        )
        if self.own_colours:
            app.setPalette(palette(self.tokens))
        app.setStyleSheet(sheet(self.tokens, name=self.name, percent=self.percent))

    @staticmethod
    def _computer_theme() -> str:
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            # Windows brings colours its owner chose; other systems only say "more contrast".
            return "system" if QGuiApplication.platformName() == "windows" else "contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


_style: list[Style] = []


def current() -> Style:
    """The look of this process."""
    if not _style:
        _style.append(Style())
    return _style[0]


def scale(px: float) -> int:
    """A length at 100 % text as a length at the text size in use."""
    return current().scale(px)


def gap(name: str) -> int:
    """One of the seven spaces, at the text size in use."""
    return current().scale(GAP[name])


def colour(name: Ink) -> QColor:
    """A token's colour in the look in use."""
    return QColor(current().tokens[name])


def contrast() -> bool:
    """Whether outlines must carry everything, because grounds are all one."""
    return current().name in {"contrast", "system"}


def palette(tokens: Tokens) -> QPalette:
    """The same tokens for what the style sheet does not reach."""
    made, role = QPalette(), QPalette.ColorRole
    pairs: tuple[tuple[QPalette.ColorRole, Ink], ...] = (
        (role.Window, "bg"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Highlight, "primary"),
        (role.HighlightedText, "on_primary"),
        (role.Link, "link"),
        (role.LinkVisited, "link"),
        (role.Accent, "primary"),
    )
    for name, key in pairs:
        made.setColor(name, QColor(tokens[key]))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens["control"]))
    return made


def tokens_from(system: QPalette) -> Tokens:
    """The person's own high-contrast colours under our names.

    What the system lacks is its plain ink.
    """
    role = QPalette.ColorRole
    ground, ink = system.color(role.Window).name(), system.color(role.WindowText).name()
    chosen, on_chosen = (
        system.color(role.Highlight).name(),
        system.color(role.HighlightedText).name(),
    )
    link = system.color(role.Link).name()
    made: dict[Ink, str] = dict.fromkeys(CONTRAST, ink)
    grounds: tuple[Ink, ...] = (
        "bg", "surface", "raised", "sunken", "rail", "danger_bg", "warn_bg", "ok_bg", "info_bg",
    )  # fmt: skip
    made |= dict.fromkeys(grounds, ground)
    made |= {
        "sel": chosen,
        "sel_text": on_chosen,
        "rail_sel": ground,
        "primary": chosen,
        "primary_hover": chosen,
        "on_primary": on_chosen,
        "link": link,
        "focus": ink,
    }
    return made


def sheet(tokens: Tokens, *, name: str, percent: int) -> str:
    """The style sheet for these colours at this text size."""
    px = BASE_PX * percent / 100
    sizes = {key: round(px * factor) for key, factor in TYPE.items()}
    ring = 2 if name in {"light", "dark", "contrast"} else 3
    loud = name in {"contrast", "system"}
    drawn = name if name in THEMES else "contrast"
    places: Mapping[str, object] = {
        **cast("Mapping[str, str]", tokens),
        **sizes,
        "control_height": round(px * 1.57),
        "link_height": round(px * 1.57),
        "ring": ring,
        "pad_v": 6 - ring,
        "pad_h": 13 - ring,
        "chip_pad_v": 3 - ring,
        "chip_pad_h": 13 - ring,
        "field_pad_v": 6 - ring,
        "field_pad_h": 9 - ring,
        "tab_gap": round(px * 1.57),
        "arrow_room": round(px * 1.86),
        "arrow": round(px),
        "bar": max(10, round(px * 0.71)),
        "outline": f"border: 1px solid {tokens['border']};" if loud else "",
        "panel_outline": f"border: 1px solid {tokens['border']};" if loud else "border: 0;",
        "chevron": resources.path("icons", "tinted", f"chevron-down-{drawn}.svg").as_posix(),
    }
    return SHEET.format(**places)
