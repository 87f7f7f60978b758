"""An entry as JSON inside a row, and back.

What a newer release wrote is kept: unknown members in ``extra``, unknown ops as ``Unknown``.
Spec: docs/spec/row.md section 4.
"""

from collections.abc import Callable
from typing import Any, Final

from schoolsafe.domain.entry import (
    Add,
    Attach,
    Dispose,
    Entry,
    Fix,
    Link,
    Note,
    Op,
    Resolve,
    Set,
    Unknown,
    Unlink,
    Value,
)
from schoolsafe.domain.ids import PersonId, RowId
from schoolsafe.errors import Tampered
from schoolsafe.wire import jsontext

VERSION: Final = 1
_ID_HEX: Final = 64
_T_LIMIT: Final = 1 << 64
_KNOWN: Final = frozenset(
    {"v", "kind", "kv", "min", "must", "tx", "who", "t", "wall", "subj", "sp", "seen", "ops"}
    | {"why", "app"}
)
_ORDER: Final = frozenset({"ground", "entities", "rows", "chunks"})
_PAIR: Final = 2
_MANIFEST: Final = frozenset({"name", "mime", "size", "sha256", "key", "chunks"})


class EntryBroken(Tampered):
    """What stands inside this record is not an entry SchoolSafe knows."""


class UnknownInsideVersion(EntryBroken):
    """What stands inside this record is of a version this release does not know."""


class MemberMissing(EntryBroken):
    """What stands inside this record lacks something an entry must have."""


class MemberWrongType(EntryBroken):
    """Something inside this record is of the wrong sort."""


class OpBroken(EntryBroken):
    """Something this record does has the wrong shape."""


def encode(entry: Entry) -> bytes:
    """JSON bytes, names sorted.

    Raises:
        JsonBroken: a value JSON as we allow it cannot hold.
        EntryBroken: ``extra`` names a member that has a place of its own.
    """
    if not _KNOWN.isdisjoint(entry.extra):
        raise MemberWrongType
    members: dict[str, Value] = {
        **entry.extra,
        "v": VERSION,
        "kind": entry.kind,
        "kv": entry.kv,
        "min": entry.min_reader,
        "tx": entry.tx,
        "who": entry.author,
        "t": str(entry.t),
        "wall": entry.wall_ms,
        "sp": _hex_ids(entry.subject_heads),
        "seen": _hex_ids(entry.seen),
        "ops": [_op_out(op) for op in entry.ops],
        "app": entry.app,
    }
    if entry.must:
        members["must"] = True
    if entry.subject is not None:
        members["subj"] = entry.subject
    if entry.why is not None:
        members["why"] = entry.why
    return jsontext.encode(members)


def decode(text: bytes) -> Entry:
    """The entry, as it was written: upcasting is another step.

    Raises:
        JsonBroken: not JSON as we allow it.
        EntryBroken: a member is missing or of the wrong sort.
    """
    members = jsontext.decode(text)
    if _member(members, "v", int) != VERSION:
        raise UnknownInsideVersion
    return Entry(
        kind=_member(members, "kind", str),
        kv=_count(_member(members, "kv", int)),
        author=PersonId(_member(members, "who", str)),
        t=_clock(_member(members, "t", str)),
        wall_ms=_member(members, "wall", int),
        ops=tuple(_op_in(op) for op in _member(members, "ops", list)),
        tx=_member(members, "tx", str),
        subject=_optional(members, "subj", str, None),
        subject_heads=_row_ids(_member(members, "sp", list)),
        seen=_row_ids(_member(members, "seen", list)),
        why=_optional(members, "why", str, None),
        app=_optional(members, "app", str, ""),
        min_reader=_count(_member(members, "min", int)),
        must=_optional(members, "must", bool, default=False),
        extra={name: value for name, value in members.items() if name not in _KNOWN},
    )


def _member(members: dict[str, Any], name: str, sort: type) -> Any:
    if name not in members:
        raise MemberMissing
    return _typed(members[name], sort)


def _optional(members: dict[str, Any], name: str, sort: type, default: Any) -> Any:
    return _typed(members[name], sort) if name in members else default


def _typed(value: Any, sort: type) -> Any:
    if type(value) is not sort:  # exact: True is an int to isinstance
        raise MemberWrongType
    return value


def _count(value: int) -> int:
    if value < 1:
        raise MemberWrongType
    return value


def _clock(text: str) -> int:
    """64 bits do not fit a JSON number, hence text: digits only, no sign, no leading zero."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(_T_LIMIT))):
        raise MemberWrongType
    t = int(text)
    if t >= _T_LIMIT or str(t) != text:
        raise MemberWrongType
    return t


def _hex_ids(ids: tuple[RowId, ...]) -> list[Value]:
    return [row.hex() for row in ids]


def _row_ids(texts: list[Any]) -> tuple[RowId, ...]:
    return tuple(_row_id(text) for text in texts)


def _row_id(text: Any) -> RowId:
    if not isinstance(text, str) or len(text) != _ID_HEX or text != text.lower():
        raise MemberWrongType
    try:
        return RowId(bytes.fromhex(text))
    except ValueError:
        raise MemberWrongType from None


def _op_out(op: Op) -> list[Value]:  # noqa: C901, PLR0911  # one line for each op
    match op:
        case Add(entity, values):
            return ["add", entity, values]
        case Set(entity, field, value, bases):
            return ["set", entity, field, value, _hex_ids(bases)]
        case Resolve(entity, field, value, bases):
            return ["resolve", entity, field, value, _hex_ids(bases)]
        case Link(entity, field, target):
            return ["link", entity, field, target]
        case Unlink(entity, field, target, bases):
            return ["unlink", entity, field, target, _hex_ids(bases)]
        case Note(entity, text):
            return ["note", entity, text]
        case Attach():
            return ["attach", op.entity, _manifest_out(op)]
        case Fix(entity, field, text):
            return ["fix", entity, field, text]
        case Dispose():
            return ["dispose", op.entity, _disposal_out(op)]
        case Unknown(raw):
            return list(raw)


def _manifest_out(op: Attach) -> dict[str, Value]:
    return {
        "name": op.name,
        "mime": op.mime,
        "size": op.size,
        "sha256": op.sha256,
        "key": op.key,
        "chunks": list(op.chunks),
    }


def _disposal_out(op: Dispose) -> dict[str, Value]:
    return {
        "ground": op.ground,
        "entities": list(op.entities),
        "rows": [[row.hex(), shell.hex()] for row, shell in op.rows],
        "chunks": list(op.chunks),
    }


def _op_in(raw: Any) -> Op:
    if not isinstance(raw, list) or not raw or not isinstance(raw[0], str):
        raise OpBroken
    reader = _READERS.get(raw[0])
    return reader(*_shaped(raw)) if reader else Unknown(tuple(raw))


_SHAPES: Final[dict[str, tuple[type, ...]]] = {
    "add": (str, dict),
    "set": (str, str, object, list),
    "resolve": (str, str, object, list),
    "link": (str, str, str),
    "unlink": (str, str, str, list),
    "note": (str, str),
    "attach": (str, dict),
    "fix": (str, str, str),
    "dispose": (str, dict),
}


def _shaped(raw: list[Any]) -> list[Any]:
    """The arguments of a known op, when their number and sorts are right."""
    shape, arguments = _SHAPES[raw[0]], raw[1:]
    if len(arguments) != len(shape):
        raise OpBroken
    for argument, sort in zip(arguments, shape, strict=True):
        if not isinstance(argument, sort):
            raise OpBroken
    return arguments


def _attach(entity: str, manifest: dict[str, Any]) -> Attach:
    if manifest.keys() != _MANIFEST:
        raise OpBroken
    chunks = _member(manifest, "chunks", list)
    return Attach(
        entity=entity,
        name=_member(manifest, "name", str),
        mime=_member(manifest, "mime", str),
        size=_member(manifest, "size", int),
        sha256=_member(manifest, "sha256", str),
        key=_member(manifest, "key", str),
        chunks=tuple(_typed(chunk, str) for chunk in chunks),
    )


def _dispose(entity: str, order: dict[str, Any]) -> Dispose:
    if order.keys() != _ORDER:
        raise OpBroken
    rows = []
    for pair in _member(order, "rows", list):
        if not isinstance(pair, list) or len(pair) != _PAIR:
            raise OpBroken
        rows.append((_row_id(pair[0]), bytes(_row_id(pair[1]))))
    return Dispose(
        entity=entity,
        ground=_member(order, "ground", str),
        entities=tuple(_typed(name, str) for name in _member(order, "entities", list)),
        rows=tuple(rows),
        chunks=tuple(_typed(chunk, str) for chunk in _member(order, "chunks", list)),
    )


_READERS: Final[dict[str, Callable[..., Op]]] = {
    "add": Add,
    "set": lambda entity, field, value, bases: Set(entity, field, value, _row_ids(bases)),
    "resolve": lambda entity, field, value, bases: Resolve(entity, field, value, _row_ids(bases)),
    "link": Link,
    "unlink": lambda entity, field, target, bases: Unlink(entity, field, target, _row_ids(bases)),
    "note": Note,
    "attach": _attach,
    "fix": Fix,
    "dispose": _dispose,
}
