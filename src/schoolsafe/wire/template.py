"""A mail template as bytes that leave the process: a small TOML file, the same as a value of the record.

The form is docs/spec/mail-template.md. What is read is not trusted: anything that is not exactly this form is
refused with the place named, and what it says is checked by ``domain.template``.
"""

import tomllib
from collections.abc import Mapping
from typing import Any, Final

from schoolsafe.domain.entry import Value
from schoolsafe.domain.template import FORMAT, How, Mark, Meaning, Template, problems
from schoolsafe.errors import Refused
from schoolsafe.words import _

MOST_BYTES: Final = 64 * 1024
_TEXTS: Final = ("name", "force", "council", "channel", "kind", "checked", "starts")
_LISTS: Final = ("senders", "needs", "sentences")
_MARK_TEXTS: Final = ("field", "how", "before", "after")
_MARK_FLAGS: Final = ("below", "lines")
_MEANING: Final = ("field", "says", "means")
_DAY: Final = 10


class TemplateUnusable(Refused):
    """This template cannot be used: {why}."""


def to_value(template: Template) -> dict[str, Value]:
    """The template as a value of the record; empty members are left out."""
    value = _head(template)
    for name, rows in _rows(template).items():
        if rows:
            value[name] = list(rows)
    return value


def _head(template: Template) -> dict[str, Value]:
    head: dict[str, Value] = {"format": FORMAT}
    head |= {name: text for name in _TEXTS if (text := getattr(template, name))}
    head |= {name: list(many) for name in _LISTS if (many := getattr(template, name))}
    return head


def _rows(template: Template) -> dict[str, list[dict[str, Value]]]:
    meanings = template.meanings
    return {
        "mark": [_mark_value(mark) for mark in template.marks],
        "word": [{name: getattr(each, name) for name in _MEANING} for each in meanings],
    }


def _mark_value(mark: Mark) -> dict[str, Value]:
    made: dict[str, Value] = {"field": mark.field, "how": mark.how.value}
    made |= {name: text for name in ("before", "after") if (text := getattr(mark, name))}
    made |= {name: True for name in _MARK_FLAGS if getattr(mark, name)}
    return made


def from_value(value: Any) -> Template:
    """The template of a value.

    Raises:
        TemplateUnusable: it is not of this form, or says what cannot be used.
    """
    if not isinstance(value, Mapping):
        raise TemplateUnusable(why=_("it is no table of names and values"))
    if value.get("format") != FORMAT:
        raise TemplateUnusable(
            why=_("its format is not {format}, it may come from a newer SchoolSafe").format(
                format=FORMAT
            )
        )
    _known(value, {"format", "mark", "word", *_TEXTS, *_LISTS}, _("the file"))
    texts = {name: _text(value, name, _("the file")) for name in _TEXTS}
    if texts["checked"] and not _is_day(texts["checked"]):
        raise TemplateUnusable(why=_("“checked” must be a day such as 2026-07-01"))
    template = Template(
        name=texts["name"],
        marks=tuple(_mark(each, n) for n, each in enumerate(_tables(value, "mark"), 1)),
        sentences=_texts(value, "sentences"),
        force=texts["force"],
        council=texts["council"],
        channel=texts["channel"],
        kind=texts["kind"],
        checked=texts["checked"],
        senders=_texts(value, "senders"),
        needs=_texts(value, "needs"),
        starts=texts["starts"],
        meanings=tuple(_meaning(each, n) for n, each in enumerate(_tables(value, "word"), 1)),
    )
    if wrong := problems(template):
        raise TemplateUnusable(why=" ".join(wrong[:3]).rstrip("."))
    return template


def from_toml(data: bytes) -> Template:
    """The template of a file.

    Raises:
        TemplateUnusable: with what is wrong and where.
    """
    if len(data) > MOST_BYTES:
        raise TemplateUnusable(why=_("it is larger than a template can be"))
    try:
        value = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise TemplateUnusable(why=_("it is not written in UTF-8")) from None
    except tomllib.TOMLDecodeError as wrong:
        raise TemplateUnusable(
            why=_("it is not a TOML file: {place}").format(place=str(wrong)[:200])
        ) from None
    except (RecursionError, ValueError):
        raise TemplateUnusable(why=_("it is not a TOML file")) from None
    return from_value(value)


def to_toml(template: Template) -> bytes:
    """The template as a file, readable and the same bytes each time."""
    lines = [f"{name} = {_written(said)}" for name, said in _head(template).items()]
    for table, rows in _rows(template).items():
        for each in rows:
            lines += ["", f"[[{table}]]"]
            lines += [f"{name} = {_written(said)}" for name, said in each.items()]
    return ("\n".join(lines) + "\n").encode()


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_written(each) for each in value) + "]"
    letters = (
        _ESCAPED.get(each) or (each if each >= " " and each != "\x7f" else f"\\u{ord(each):04x}")
        for each in str(value)
    )
    return '"' + "".join(letters) + '"'


_ESCAPED: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def _known(value: Mapping[str, Any], names: set[str], where: str) -> None:
    unknown = [str(name) for name in value if name not in names]
    if unknown:
        raise TemplateUnusable(
            why=_("in {where} there is a name SchoolSafe does not know, “{name}”").format(
                where=where, name=unknown[0][:40]
            )
        )


def _text(value: Mapping[str, Any], name: str, where: str) -> str:
    found = value.get(name, "")
    if name == "checked" and hasattr(found, "isoformat"):
        found = found.isoformat()
    if not isinstance(found, str):
        raise TemplateUnusable(
            why=_("in {where} “{name}” must be text").format(where=where, name=name)
        )
    return found


def _texts(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = value.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise TemplateUnusable(why=_("“{name}” must be a list of texts").format(name=name))
    return tuple(found)


def _tables(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = value.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise TemplateUnusable(why=_("“{name}” must be written as [[{name}]]").format(name=name))
    return found


def _mark(value: Mapping[str, Any], number: int) -> Mark:
    where = _("mark {n}").format(n=number)
    _known(value, {*_MARK_TEXTS, *_MARK_FLAGS}, where)
    how = _text(value, "how", where)
    if how not in set(How):
        raise TemplateUnusable(
            why=_("in {where} “how” must be label, sentence or column").format(where=where)
        )
    return Mark(
        field=_text(value, "field", where),
        how=How(how),
        before=_text(value, "before", where),
        after=_text(value, "after", where),
        below=_flag(value, "below", where),
        lines=_flag(value, "lines", where),
    )


def _flag(value: Mapping[str, Any], name: str, where: str) -> bool:
    found = value.get(name, False)
    if not isinstance(found, bool):
        raise TemplateUnusable(
            why=_("in {where} “{name}” must be true or false").format(where=where, name=name)
        )
    return found


def _meaning(value: Mapping[str, Any], number: int) -> Meaning:
    where = _("word {n}").format(n=number)
    _known(value, set(_MEANING), where)
    return Meaning(**{name: _text(value, name, where) for name in _MEANING})


def _is_day(text: str) -> bool:
    from datetime import date  # noqa: PLC0415  # keeps the name free for values called date

    try:
        return len(text) == _DAY and date.fromisoformat(text) is not None
    except ValueError:
        return False
