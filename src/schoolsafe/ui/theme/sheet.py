# one rule of the sheet a line reads better than a wrapped one
"""The style sheet: about a hundred lines over the Fusion style, with places for tokens and sizes.

Traps that shaped it: ``min-height`` in px does not grow with the font, so it is computed; a box style on
QComboBox removes its arrow, so it gets a shipped one; ``color`` on QLineEdit dims the placeholder, so that is set
too; a focus ring is a wider border, so the padding shrinks by the difference or the control jumps; a radius of
more than half the height is ignored without a word; ``QTabBar:focus::tab`` frames the whole bar.
"""

from typing import Final

SHEET: Final = """
* {{ outline: 0; }}
QWidget#root, QMainWindow, QDialog {{ background: {bg}; }}
QWidget#work, QFrame#work {{ background: {surface}; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {control}; padding: 4px; }}
QLabel {{ background: transparent; }}
QLabel[role="h1"] {{ font-size: {h1}px; font-weight: 700; }}
QLabel[role="h2"] {{ font-size: {h2}px; font-weight: 600; }}
QLabel[role="h3"] {{ font-size: {h3}px; font-weight: 600; }}
QLabel[role="number"] {{ font-size: {number}px; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="small"] {{ color: {muted}; font-size: {small}px; }}
QLabel[role="danger"] {{ color: {danger}; font-weight: 600; }}
QLabel[role="warn"] {{ color: {warn}; font-weight: 600; }}
QLabel[role="ok"] {{ color: {ok}; font-weight: 600; }}
QLabel[role="info"] {{ color: {info}; font-weight: 600; }}
QLabel[role="quote"] {{ border-left: 3px solid {primary}; padding-left: 10px; }}
QLabel[pill="info"] {{ color: {info}; background: {info_bg}; }}
QLabel[pill="warn"] {{ color: {warn}; background: {warn_bg}; }}
QLabel[pill="danger"] {{ color: {danger}; background: {danger_bg}; }}
QLabel[pill="ok"] {{ color: {ok}; background: {ok_bg}; }}
QLabel[pill="plain"] {{ color: {muted}; background: {sunken}; }}
QLabel[pill] {{ border-radius: 9px; padding: 2px 9px; font-size: {small}px; font-weight: 600; {outline} }}
QFrame[line="true"] {{ background: {border}; border: 0; }}
QFrame#rail {{ background: {rail}; border: 0; border-right: 1px solid {border}; }}
QFrame#rail QLabel {{ color: {rail_text}; }}
QFrame#rail QLabel[role="small"], QFrame#rail QLabel[role="muted"] {{ color: {rail_muted}; }}
QFrame#topbar {{ background: {surface}; border: 0; border-bottom: 1px solid {border}; }}
QFrame#footbar {{ background: {surface}; border: 0; border-top: 1px solid {border}; }}
QFrame#side {{ background: {bg}; border: 0; border-right: 1px solid {border}; }}
QFrame#context {{ background: {bg}; border: 0; border-left: 1px solid {border}; }}
QFrame#demo {{ background: {warn_bg}; border: 0; }}
QFrame#notice {{ background: {sunken}; border: 0; border-bottom: 1px solid {border}; }}
QFrame#demo QLabel {{ color: {warn}; font-size: {small}px; font-weight: 600; }}
QFrame[panel="plain"] {{ background: {surface}; border: 1px solid {border}; border-radius: 8px; }}
QFrame[panel="sunken"] {{ background: {sunken}; border-radius: 8px; {panel_outline} }}
QFrame[panel="info"] {{ background: {info_bg}; border: 1px solid {info}; border-radius: 8px; }}
QFrame[panel="danger"] {{ background: {danger_bg}; border: 1px solid {danger}; border-radius: 8px; }}
QFrame[panel="warn"] {{ background: {warn_bg}; border: 1px solid {warn}; border-radius: 8px; }}
QFrame[panel="ok"] {{ background: {ok_bg}; border: 1px solid {ok}; border-radius: 8px; }}
QFrame[panel="toast"] {{ background: {raised}; border: 1px solid {control}; border-radius: 8px; }}
QFrame#palette {{ background: {surface}; border: 1px solid {control}; border-radius: 8px; }}
QFrame#drop-cover {{ background: {surface}; border: 3px dashed {primary}; border-radius: 8px; }}
QFrame#errors {{ border: 3px solid {danger}; border-radius: 4px; background: {surface}; }}
QFrame#errors:focus {{ border: 5px solid {danger}; }}
QPushButton {{ background: {raised}; color: {text}; border: 1px solid {control}; border-radius: 6px;
    padding: 5px 12px; min-height: {control_height}px; }}
QPushButton:hover {{ background: {sunken}; }}
QPushButton:focus {{ border: {ring}px solid {focus}; padding: {pad_v}px {pad_h}px; }}
QPushButton:checked {{ background: {sel}; color: {sel_text}; border: 2px solid {primary}; padding: 4px 11px;
    font-weight: 600; }}
QPushButton:disabled {{ color: {control}; border-color: {border}; }}
QPushButton::menu-indicator {{ width: 0; image: none; }}
QPushButton[kind="primary"] {{ background: {primary}; color: {on_primary}; border: 1px solid {primary};
    font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {primary_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 3px solid {focus}; padding: 3px 10px; }}
QPushButton[kind="quiet"] {{ background: transparent; border: 2px solid transparent; padding: 4px 8px; }}
QPushButton[kind="quiet"]:hover {{ background: {sunken}; }}
QPushButton[kind="quiet"]:focus {{ border-color: {focus}; }}
QPushButton[kind="link"] {{ background: transparent; border: 2px solid transparent;
    color: {link}; padding: 1px 0; min-height: {link_height}px; text-align: left; text-decoration: underline;
    border-left: 0; border-right: 0; }}
QPushButton[kind="link"]:focus {{ background: {sel}; color: {sel_text};
    border-color: {focus}; border-radius: 0; }}
QPushButton[kind="chip"] {{ border-radius: 14px; padding: 2px 12px; min-height: {control_height}px; }}
QPushButton[kind="chip"]:checked, QPushButton[chosen="true"] {{ padding: 1px 11px; background: {sel};
    color: {sel_text}; border: 2px solid {primary}; font-weight: 600; }}
QPushButton[kind="chip"]:focus {{ border: {ring}px solid {focus}; padding: {chip_pad_v}px {chip_pad_h}px; }}
QTabBar::tab {{ background: transparent; border: 0; border-bottom: 3px solid transparent; padding: 7px 2px;
    margin-right: {tab_gap}px; color: {muted}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 3px solid {primary}; }}
QTabBar::tab:selected:focus {{ border: 2px solid {focus}; padding: 5px 0; }}
QLineEdit, QPlainTextEdit, QComboBox {{ background: {surface}; color: {text}; border: 1px solid {control};
    border-radius: 5px; padding: 5px 8px; min-height: {control_height}px;
    selection-background-color: {primary}; selection-color: {on_primary}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {muted}; }}
QLineEdit[error="true"], QPlainTextEdit[error="true"] {{ border: 2px solid {danger}; padding: 4px 7px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: {ring}px solid {focus};
    padding: {field_pad_v}px {field_pad_h}px; }}
QLineEdit:read-only {{ background: {sunken}; }}
QComboBox::drop-down {{ border: 0; width: {arrow_room}px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: {arrow}px; height: {arrow}px; }}
QComboBox QAbstractItemView {{ background: {surface}; color: {text}; border: 1px solid {control};
    selection-background-color: {sel}; selection-color: {sel_text}; }}
QAbstractItemView {{ background: transparent; border: 0; }}
QListView#completions {{ background: {surface}; color: {text}; border: 1px solid {control};
    selection-background-color: {sel}; selection-color: {sel_text}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {control}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 5px; }}
QMenu::item:selected {{ background: {sel}; color: {sel_text}; }}
QTableView {{ background: {surface}; border: 0; gridline-color: {border};
    selection-background-color: {sel}; selection-color: {sel_text}; }}
QHeaderView {{ background: {surface}; }}
QHeaderView::section {{ background: {surface}; color: {muted}; border: 0; border-bottom: 1px solid {border};
    padding: 6px 8px; font-size: {small}px; }}
QHeaderView::section:vertical {{ color: {text}; font-size: {body}px; font-weight: 400; }}
QTableCornerButton::section {{ background: {surface}; border: 0; }}
QProgressBar {{ background: {sunken}; border-radius: 3px; max-height: 6px; min-height: 6px; {panel_outline} }}
QProgressBar::chunk {{ background: {primary}; border-radius: 3px; }}
QScrollArea, QScrollArea > QWidget > QWidget#page {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {control}; border-radius: 3px; min-height: 32px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: {bar}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {control}; border-radius: 3px; min-width: 32px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {border}; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 5px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {focus}; }}
"""
