"""What a screen reader is told, asked of Qt itself: no bus, no screen. Use ``faults(window)`` on every screen."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLabel, QWidget

R = QAccessible.Role
CONTROLS = frozenset(
    {
        R.PushButton,
        R.CheckBox,
        R.RadioButton,
        R.EditableText,
        R.ComboBox,
        R.List,
        R.ListItem,
        R.Table,
        R.ProgressBar,
        R.PageTab,
        R.ButtonMenu,
    }
)
DEEPEST = 40


def walk(
    node: QAccessibleInterface | None, depth: int = 0
) -> Iterator[tuple[QAccessible.Role, str]]:
    """Every visible accessible object under a node: role and name, in reading order."""
    if node is None or not node.isValid() or depth > DEEPEST or node.state().invisible:
        return
    yield node.role(), node.text(QAccessible.Text.Name)
    for n in range(node.childCount()):
        yield from walk(node.child(n), depth + 1)


def spoken(widget: QWidget) -> list[tuple[QAccessible.Role, str]]:
    """Controls and rows with their names."""
    QAccessible.setActive(True)
    found = walk(QAccessible.queryAccessibleInterface(widget))
    return [(role, name) for role, name in found if role in CONTROLS]


def faults(window: QWidget) -> list[str]:
    """Controls without a name, rows that are no sentence, rail entries that are no list items, guessed markup."""
    said = spoken(window)
    bad = [f"{role.name} without a name" for role, name in said if not name.strip()]
    rail = window.findChild(QWidget, "rail")
    if rail is not None and rail.isVisible():
        bad += [
            f"{name!r} in the rail is announced as {role.name}"
            for role, name in spoken(rail)
            if role not in {R.List, R.ListItem}
        ]
    return bad + not_plain(window)


def not_plain(window: QWidget) -> list[str]:
    """Labels that would guess markup."""
    from PySide6.QtCore import Qt

    return [
        f"label {label.objectName() or label.text()[:20]!r} is not plain text"
        for label in window.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText and label.pixmap().isNull()
    ]
