"""Qt's own few strings (Cancel, print dialog) through our catalogue: Qt's plural rules for Welsh are wrong."""

from PySide6.QtCore import QByteArray, QTranslator
from typing_extensions import override

from schoolsafe.words import _

Text = bytes | bytearray | memoryview | QByteArray | str


def _letters(text: Text) -> str:
    if isinstance(text, str):
        return text
    raw = text.data() if isinstance(text, QByteArray) else text
    return bytes(raw).decode()


class GettextTranslator(QTranslator):
    """Asks gettext; an empty answer leaves Qt's own words."""

    @override
    def translate(
        self,
        context: Text,
        sourceText: Text,  # Qt's own name
        disambiguation: Text | None = None,
        n: int = -1,
    ) -> str:
        text = _letters(sourceText)
        said = _(text)
        return "" if said == text else said

    @override
    def isEmpty(self) -> bool:
        return False
