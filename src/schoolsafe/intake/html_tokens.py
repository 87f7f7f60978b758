"""HTML into tags and words, in time linear in the bytes.

Why not the standard parser: in Python 3.11 it searches the rest of the page again for each unclosed
tag or comment; 900 KB of "<a <a <a" keeps it busy for minutes. Browsers' finer rules do not matter here.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

_TAG_LENGTH: Final = 4000
_NAME: Final = re.compile(r"/?[A-Za-z][A-Za-z0-9:-]{0,40}")
_ATTRIBUTE: Final = re.compile(
    r"([^\s\"'>/=]{1,60})(?:\s{0,10}=\s{0,10}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]{1,2000})))?"
)
_RAW: Final = frozenset({"script", "style", "title", "textarea", "iframe", "noembed", "xmp"})


class Tag(NamedTuple):
    """A tag as written."""

    name: str
    closing: bool
    attributes: dict[str, str]


def tokens(source: str) -> Iterator[Tag | str]:
    """Tags and words (entities resolved) in order."""
    at, size = 0, len(source)
    while at < size:
        less = source.find("<", at)
        if less < 0:
            yield unescape(source[at:])
            return
        if less > at:
            yield unescape(source[at:less])
        name = _NAME.match(source, less + 1)
        if name is None:
            at = _past_markup(source, less)
            if at == less + 1:
                yield "<"
            continue
        end = _tag_end(source, name.end())
        if end < 0:
            yield "<"
            at = less + 1
            continue
        tag = name.group().lower()
        closing = tag.startswith("/")
        yield Tag(
            tag.lstrip("/"), closing, {} if closing else _attributes(source[name.end() : end])
        )
        at = end + 1
        if tag in _RAW:
            at = _past_raw(source, tag, at)


def _past_markup(source: str, less: int) -> int:
    """Past a comment, declaration or processing instruction; past the sign alone where it is only a sign."""
    if source.startswith("<!--", less):
        end = source.find("-->", less + 4)
        return len(source) if end < 0 else end + 3
    if source.startswith(("<!", "<?", "</"), less):
        end = source.find(">", less, less + _TAG_LENGTH)
        return less + 1 if end < 0 else end + 1
    return less + 1


def _tag_end(source: str, at: int) -> int:
    """The place of the ">" that ends a tag, looking past quoted values; -1 where there is none near."""
    limit = at + _TAG_LENGTH
    first = source.find(">", at, limit)
    if first < 0 or source.count('"', at, first) % 2 == 0:
        return first
    quote = source.find('"', first, limit)
    return source.find(">", quote, limit) if quote > 0 else first


def _attributes(words: str) -> dict[str, str]:
    have: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(words):
        name, double, single, bare = found.groups()
        have.setdefault(name.lower(), unescape(double or single or bare or ""))
    return have


def _past_raw(source: str, tag: str, at: int) -> int:
    """Past the end of an element whose inside is never markup; to the end of the page if unclosed."""
    end = re.compile(f"</{tag}", re.IGNORECASE).search(source, at)
    return len(source) if end is None else end.start()
