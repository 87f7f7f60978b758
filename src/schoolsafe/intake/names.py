"""Names as people write them: SURNAME, Forename; capitals; particles; two-part surnames; initials.

The words as sent are kept beside; this only proposes which part is the surname.
"""

import re
from dataclasses import dataclass
from typing import Final

from schoolsafe.intake.sheet import visible
from schoolsafe.intake.templates import words

_TOKEN: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['.\-](?=[^\W\d_]))*\.?")
_BRACKETS: Final = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|\"[^\"]{0,40}\"")
_ALSO: Final = re.compile(
    r"[,;]?\s*\b(?:n[eé]e|formerly|aka|a\.k\.a\.?|a/k/a|also known as|known as|previously|alias"
    r"|pref(?:erred name)?)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_PREFIXED: Final = re.compile(r"(?:Mc|Mac|Fitz|O'|D'|De|Le|La|Di|Van|Von)(?=[^\W\d_]{2,}$)")
_POSSESSIVE: Final = re.compile(r"'s$|'$")
_MOST_TOKENS: Final = 7


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of one person's name."""

    surname: str | None
    forename: str | None
    other: str | None = None


def parse(sent: str) -> Name | None:
    """The parts of a name; None where the words are no name."""
    plain = re.sub("[‐-―−]", "-", visible(sent).replace("’", "'").replace("‘", "'"))
    plain = _ALSO.sub("", _BRACKETS.sub(" ", plain))
    first, comma, second = plain.partition(",")
    if comma and second.strip():
        found = _name(_tokens(first), _without_titles(_tokens(second)))
    else:
        found = _ordered(_without_titles(_tokens(plain)))
    return _curled(found) if found and "’" in sent else found


def _curled(name: Name) -> Name:
    """The apostrophe as it was sent."""
    parts = (name.surname, name.forename, name.other)
    return Name(*(part.replace("'", "’") if part else None for part in parts))


def _tokens(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _without_titles(tokens: list[str]) -> list[str]:
    while len(tokens) > 1 and tokens[0].lower().rstrip(".") in words().titles:
        tokens = tokens[1:]
    return tokens


def _ordered(tokens: list[str]) -> Name | None:
    """Which tokens are the surname: the capitals where both styles stand, else the last with its particles."""
    if (
        not tokens
        or len(tokens) > _MOST_TOKENS
        or not all(_TOKEN.fullmatch(each) for each in tokens)
    ):
        return None
    if len(tokens) == 1:
        alone = tokens[0]
        return Name(cased(alone), None) if is_capitals(alone) else Name(None, cased(alone))
    capitals = [is_capitals(each) for each in tokens]
    if any(capitals) and not all(capitals):
        start = len(tokens)
        while start > 1 and (capitals[start - 1] or _is_particle(tokens[start - 1], start - 1)):
            start -= 1
        if start < len(tokens) and any(capitals[start:]):
            return _name(tokens[start:], tokens[:start])
        end = 0
        while end < len(tokens) and (capitals[end] or tokens[end].lower() in words().particles):
            end += 1
        if 0 < end < len(tokens):
            return _name(tokens[:end], tokens[end:])
    start = len(tokens) - 1
    while start > 1 and _is_particle(tokens[start - 1], start - 1):
        start -= 1
    return _name(tokens[start:], tokens[:start])


def _is_particle(token: str, place: int) -> bool:
    return place > 0 and token.lower().rstrip(".") in words().particles


def _name(surname: list[str], forenames: list[str]) -> Name | None:
    everything = [*surname, *forenames]
    if not all(_TOKEN.fullmatch(each) for each in everything) or len(everything) > _MOST_TOKENS + 1:
        return None
    return Name(
        " ".join(cased(each) for each in surname) or None,
        cased(forenames[0]) if forenames else None,
        " ".join(cased(each) for each in forenames[1:]) or None,
    )


def is_capitals(token: str) -> bool:
    """Whether a token is written in capitals, as police forms write surnames: O'BRIEN, McDONALD, St."""
    rest = _PREFIXED.sub("", token, count=1) if not token.isupper() else token
    letters = [letter for letter in rest if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def cased(token: str) -> str:
    """A token as it would be written in a letter: DUMMYSON is Dummyson, O'BRIEN O'Brien, jonah Jonah."""
    if token.lower() in words().particles and not token.isupper():
        return token
    if not (is_capitals(token) or token.islower()):
        return token
    prefix = _PREFIXED.match(token) if not token.isupper() else None
    if prefix:
        return prefix.group() + cased(token[prefix.end() :])
    return re.sub(
        r"[^\W\d_]+", lambda part: part.group()[0].upper() + part.group()[1:].lower(), token
    )


def looks_like_name(sent: str, *, strict: bool) -> bool:
    """Whether words may be a person's name.

    ``strict`` for running text: capitals needed, and no word that notices begin with a capital letter.
    Under a label a surname may be Street or Young, and capitals may be missing.
    """
    plain = re.sub("[‐-―−]", "-", visible(sent).replace("’", "'").replace("‘", "'"))
    plain = _ALSO.sub("", _BRACKETS.sub(" ", plain)).replace(",", " ")
    tokens = plain.split()
    if (
        not tokens
        or len(tokens) > _MOST_TOKENS
        or not all(_TOKEN.fullmatch(each) for each in tokens)
    ):
        return False
    known = words()
    if " ".join(tokens).lower().rstrip(".") in known.not_people:
        return False
    small = [each for each in tokens if each[0].islower() and each.lower() not in known.particles]
    stops = [
        each
        for each in tokens
        if each.lower().rstrip(".") in known.stop
        and each.lower().rstrip(".") not in known.particles
        and each.lower().rstrip(".") not in known.titles
    ]
    if strict:
        return not small and not stops and len(tokens) > 1
    if small and (len(small) < len(tokens) or len(tokens) > 3):  # noqa: PLR2004  # longer is a sentence
        return False
    return (
        not (small and stops)
        and len(stops) < len(tokens)
        and not any(s.lower() in _NEVER for s in stops)
    )


def may_be_half(sent: str) -> bool:
    """Whether one word alone may be a surname or first name under its label: June, Young, Street."""
    plain = visible(sent).strip(" .")
    known = words()
    return (
        _TOKEN.fullmatch(plain) is not None
        and plain[:1].isupper()
        and len(plain) > 1
        and plain.lower() not in _NEVER
        and plain.lower() not in known.not_people
        and plain.lower() not in known.titles
    )


_NEVER_NAMES: Final = (
    "the was were is are has had have this that and or of at on in to for by from with not yes no he she "
    "they it his her police school academy council domestic abuse incident operation encompass "
    "notification unknown present"
)
_NEVER: Final = frozenset(_NEVER_NAMES.split())
