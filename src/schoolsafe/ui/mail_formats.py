"""What mail programs hand over in a drag or a copy: the descriptors of Windows, and which words are a message.

Qt-free. Source of the layout: Microsoft, FILEGROUPDESCRIPTORW and FILEDESCRIPTORW (shlobj_core.h).
"""

import struct
from typing import Final

GROUP: Final = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
"""How Qt names the list of files that Outlook and Thunderbird promise on Windows."""
CONTENTS: Final = 'application/x-qt-windows-mime;value="FileContents"'
"""How Qt names the first of them; with ``;index=1`` the second."""
MESSAGE: Final = "message/rfc822"
WORDS: Final = "text/plain"
PAGE: Final = "text/html"
RICH: Final = ("text/rtf", "application/rtf")
PICTURES: Final = ("image/png", "image/jpeg", "image/tiff")
_ENTRY_BYTES: Final = 592
_NAME_AT, _NAME_BYTES = 72, 520
_MOST: Final = 50
_LEAST_WORDS: Final = 3


def promised(data: bytes) -> tuple[str, ...]:
    """The names of the files a list promises, in order; display text, never a path. Empty where it is broken."""
    if len(data) < struct.calcsize("<I"):
        return ()
    (count,) = struct.unpack_from("<I", data)
    names: list[str] = []
    for number in range(min(count, _MOST)):
        start = 4 + number * _ENTRY_BYTES
        if start + _ENTRY_BYTES > len(data):
            break
        raw = data[start + _NAME_AT : start + _NAME_AT + _NAME_BYTES]
        name = raw.decode("utf-16-le", "replace").split("\0", 1)[0]
        names.append(name.replace("\\", "/").rpartition("/")[2] or "message")
    return tuple(names)


def is_message(words: str) -> bool:
    """Whether words that were dropped or copied can be a message, and not a link or a stray letter."""
    plain = words.strip()
    return len(plain.split()) >= _LEAST_WORDS and not plain.startswith(("http://", "https://"))
