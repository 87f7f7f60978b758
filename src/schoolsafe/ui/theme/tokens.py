"""Every colour, gap and text size of the program, by name. The only module with a colour literal.

Left to others: turning them into a palette and a style sheet (style, sheet), tinting icons (icons).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

Ink = Literal[
    "bg",
    "surface",
    "raised",
    "sunken",
    "rail",
    "rail_text",
    "rail_muted",
    "rail_sel",
    "rail_focus",
    "border",
    "control",
    "text",
    "muted",
    "primary",
    "primary_hover",
    "on_primary",
    "sel",
    "sel_text",
    "focus",
    "link",
    "danger",
    "danger_bg",
    "warn",
    "warn_bg",
    "ok",
    "ok_bg",
    "info",
    "info_bg",
]
"""The 28 names: the same in every theme."""

Tokens = Mapping[Ink, str]

GAP: Final[Mapping[str, int]] = MappingProxyType(
    {"hair": 2, "xs": 4, "s": 8, "m": 12, "l": 16, "xl": 24, "xxl": 32}
)
"""Spaces in px at 100 % text."""

TYPE: Final[Mapping[str, float]] = MappingProxyType(
    {"small": 0.86, "body": 1.0, "h3": 1.07, "h2": 1.22, "h1": 1.57, "number": 1.86}
)
"""Text sizes as a factor of the size the person chose."""

BASE_PX: Final = 14
"""Text size at 100 %."""

TEXT_PERCENTS: Final = (100, 120, 150, 200)

LIGHT: Final[Tokens] = MappingProxyType(
    {
        "bg": "#F4F6F8",
        "surface": "#FFFFFF",
        "raised": "#FFFFFF",
        "sunken": "#E9EEF2",
        "rail": "#E8EDF1",
        "rail_text": "#17242E",
        "rail_muted": "#46545F",
        "rail_sel": "#FFFFFF",
        "rail_focus": "#A85400",
        "border": "#D6DDE3",
        "control": "#6B7885",
        "text": "#17242E",
        "muted": "#4A5863",
        "primary": "#0F5C75",
        "primary_hover": "#0B4A5F",
        "on_primary": "#FFFFFF",
        "sel": "#DCEBF1",
        "sel_text": "#0B2E3B",
        "focus": "#A85400",
        "link": "#0F5C75",
        "danger": "#A8201A",
        "danger_bg": "#FBE9E8",
        "warn": "#7A4B00",
        "warn_bg": "#FFF1D6",
        "ok": "#1B6438",
        "ok_bg": "#E3F3E8",
        "info": "#1B4F8F",
        "info_bg": "#E5EEF9",
    }
)

DARK: Final[Tokens] = MappingProxyType(
    {
        "bg": "#12171C",
        "surface": "#1A2127",
        "raised": "#222B33",
        "sunken": "#0F1418",
        "rail": "#0E1317",
        "rail_text": "#E6EEF2",
        "rail_muted": "#9DB2BD",
        "rail_sel": "#1F4352",
        "rail_focus": "#FFC04D",
        "border": "#35414B",
        "control": "#8593A0",
        "text": "#EAF0F4",
        "muted": "#B3C0CA",
        "primary": "#7CC6DD",
        "primary_hover": "#9BD6E8",
        "on_primary": "#06242D",
        "sel": "#1F4352",
        "sel_text": "#F2FAFD",
        "focus": "#FFC04D",
        "link": "#7CC6DD",
        "danger": "#FF9C94",
        "danger_bg": "#3A1C1B",
        "warn": "#FFCB70",
        "warn_bg": "#382A12",
        "ok": "#8BD9A7",
        "ok_bg": "#16301F",
        "info": "#9CC4F7",
        "info_bg": "#172A42",
    }
)

CONTRAST: Final[Tokens] = MappingProxyType(
    {
        "bg": "#000000",
        "surface": "#000000",
        "raised": "#000000",
        "sunken": "#000000",
        "rail": "#000000",
        "rail_text": "#FFFFFF",
        "rail_muted": "#FFFFFF",
        "rail_sel": "#1A1AFF",
        "rail_focus": "#00FFFF",
        "border": "#FFFFFF",
        "control": "#FFFFFF",
        "text": "#FFFFFF",
        "muted": "#FFFFFF",
        "primary": "#FFFF00",
        "primary_hover": "#FFFFFF",
        "on_primary": "#000000",
        "sel": "#1A1AFF",
        "sel_text": "#FFFFFF",
        "focus": "#00FFFF",
        "link": "#FFFF00",
        "danger": "#FFB8B8",
        "danger_bg": "#000000",
        "warn": "#FFFF00",
        "warn_bg": "#000000",
        "ok": "#7CFF7C",
        "ok_bg": "#000000",
        "info": "#9CD0FF",
        "info_bg": "#000000",
    }
)
"""For systems that ask for more contrast but give no colours of their own."""

THEMES: Final[Mapping[str, Tokens]] = MappingProxyType(
    {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
)

TEXT_RATIO: Final = 4.5
"""WCAG 2.2, 1.4.3: words on their ground."""
CONTROL_RATIO: Final = 3.0
"""WCAG 2.2, 1.4.11: edges of controls and focus rings."""

PAIRS: Final[tuple[tuple[Ink, Ink, float], ...]] = (
    ("text", "surface", TEXT_RATIO),
    ("text", "bg", TEXT_RATIO),
    ("text", "sunken", TEXT_RATIO),
    ("muted", "surface", TEXT_RATIO),
    ("muted", "bg", TEXT_RATIO),
    ("muted", "sunken", TEXT_RATIO),
    ("on_primary", "primary", TEXT_RATIO),
    ("on_primary", "primary_hover", TEXT_RATIO),
    ("sel_text", "sel", TEXT_RATIO),
    ("rail_text", "rail", TEXT_RATIO),
    ("rail_muted", "rail", TEXT_RATIO),
    ("rail_text", "rail_sel", TEXT_RATIO),
    ("danger", "danger_bg", TEXT_RATIO),
    ("warn", "warn_bg", TEXT_RATIO),
    ("ok", "ok_bg", TEXT_RATIO),
    ("info", "info_bg", TEXT_RATIO),
    ("danger", "surface", TEXT_RATIO),
    ("warn", "surface", TEXT_RATIO),
    ("ok", "surface", TEXT_RATIO),
    ("info", "surface", TEXT_RATIO),
    ("danger", "bg", TEXT_RATIO),
    ("warn", "bg", TEXT_RATIO),
    ("ok", "bg", TEXT_RATIO),
    ("link", "surface", TEXT_RATIO),
    ("link", "bg", TEXT_RATIO),
    ("control", "surface", CONTROL_RATIO),
    ("control", "bg", CONTROL_RATIO),
    ("primary", "surface", CONTROL_RATIO),
    ("primary", "bg", CONTROL_RATIO),
    ("focus", "surface", CONTROL_RATIO),
    ("focus", "bg", CONTROL_RATIO),
    ("focus", "sel", CONTROL_RATIO),
    ("danger", "sel", TEXT_RATIO),
    ("warn", "sel", TEXT_RATIO),
    ("rail_focus", "rail", CONTROL_RATIO),
    ("rail_focus", "rail_sel", CONTROL_RATIO),
)
"""(ink, ground, least ratio): every pair that may meet on a screen."""
