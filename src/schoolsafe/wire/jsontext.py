"""JSON as we allow it: no floats, integers up to 2^53, NFC text, no doubled names, depth up to 8.

A court's expert must be able to read it in 2060, and no two readers may read it differently. Names
are sorted by the writer for the sake of diffs; a reader does not ask for it.
"""

import json
import unicodedata
from typing import Any, Final, NoReturn

import msgspec

from schoolsafe.domain.entry import Value
from schoolsafe.errors import Tampered

DEPTH_LIMIT: Final = 8
INTEGER_LIMIT: Final = 1 << 53
_SCAN_LIMIT: Final = 64
"""Nesting beyond this is refused before a recursive reader sees it."""


class JsonBroken(Tampered):
    """The text inside a record is not the JSON SchoolSafe writes."""


class NotJson(JsonBroken):
    """The text inside a record is not JSON."""


class NotAnObject(JsonBroken):
    """The text inside a record is not one JSON object."""


class FloatInJson(JsonBroken):
    """The text inside a record holds a number with a fraction."""


class IntegerTooLarge(JsonBroken):
    """The text inside a record holds a number above 2^53."""


class NotNfc(JsonBroken):
    """The text inside a record holds letters that are not composed (Unicode NFC)."""


class NameTwice(JsonBroken):
    """The text inside a record gives one name twice."""


class TooDeep(JsonBroken):
    """The text inside a record is nested too deeply."""


def encode(value: dict[str, Value]) -> bytes:
    """Compact JSON, names sorted, text composed to NFC.

    Raises:
        JsonBroken: a float, a large integer, or nesting beyond the limit.
    """
    return msgspec.json.encode(_checked(composed(value), 1), order="sorted")


def decode(text: bytes) -> dict[str, Any]:
    """The object.

    Raises:
        JsonBroken: one of its subclasses.
    """
    _check_nesting(text)
    try:
        value: object = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise NotJson from None
    if not isinstance(value, dict):
        raise NotAnObject
    checked: dict[str, Any] = _checked(value, 1)
    again = msgspec.json.encode(checked, order="sorted")
    if not unicodedata.is_normalized("NFC", again.decode()):
        raise NotNfc
    if again != text:  # not our own writer's bytes: a doubled name could hide here
        _check_names(text)
    return checked


def _checked(value: Any, depth: int) -> Any:
    """Returns the value when all of it is allowed."""
    match value:
        case dict() | list() if depth > DEPTH_LIMIT:
            raise TooDeep
        case dict():
            for each in value.values():
                _checked(each, depth + 1)
        case list() | tuple():
            for each in value:
                _checked(each, depth + 1)
        case bool() | str() | None:
            pass
        case int():
            if not -INTEGER_LIMIT <= value <= INTEGER_LIMIT:
                raise IntegerTooLarge
        case _:
            raise FloatInJson
    return value


def composed(value: Any) -> Any:
    """The value with all text in NFC and fit to be written as UTF-8.

    Half a character (a lone surrogate) comes from old keyboards, other programs' clipboards and
    file names in an older encoding; it becomes U+FFFD, for a concern must not be lost to it.

    Raises:
        NameTwice: two names are one once composed; a value would be lost.
    """
    match value:
        case str():
            return value if value.isascii() else unicodedata.normalize("NFC", _whole(value))
        case dict():
            found = {composed(name): composed(each) for name, each in value.items()}
            if len(found) != len(value):
                raise NameTwice
            return found
        case list() | tuple():
            return [composed(each) for each in value]
        case _:
            return value


def _whole(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _check_nesting(text: bytes) -> None:
    """Counts brackets outside strings, so that no recursive reader meets a thousand of them."""
    if text.count(b"[") + text.count(b"{") <= _SCAN_LIMIT:
        return
    depth, in_string, escaped = 0, False, False
    for byte in text:
        if in_string:
            in_string = escaped or byte != ord('"')
            escaped = not escaped and byte == ord("\\")
        elif byte == ord('"'):
            in_string = True
        elif byte in b"[{":
            depth += 1
            if depth > _SCAN_LIMIT:
                raise TooDeep
        elif byte in b"]}":
            depth -= 1


def _check_names(text: bytes) -> None:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            raise NameTwice
        return found

    def fraction(_digits: str) -> NoReturn:
        raise FloatInJson

    try:
        json.loads(text, object_pairs_hook=pairs, parse_float=fraction, parse_constant=fraction)
    except (ValueError, RecursionError):
        raise NotJson from None
