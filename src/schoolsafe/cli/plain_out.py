"""What goes to a terminal is text and nothing else: a hostile mail may not move the cursor or hide a line."""

import sys
import unicodedata

_LEFT_OUT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, format characters (bidi overrides among them), lone surrogates, line separators."""


def one_line(text: str) -> str:
    """The text on one line; what is no text is shown as a middle dot."""
    return "".join(" " if c in "\r\n\t" else "·" if _is_control(c) else c for c in text)


def plain_out() -> None:
    """A terminal of another character set shows what it cannot print as a question mark, and never fails."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in _LEFT_OUT
