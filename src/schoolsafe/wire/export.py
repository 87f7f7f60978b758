"""The journal export: rows, rosters and row keys in one file for the stand-alone verifier.

JSON lines; the last one is signed over all before it. Spec: docs/spec/journal-export.md. Left to
others: reading it (resources/verifier/schoolsafe_verify.py imports nothing of ours).
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from typing_extensions import override

from schoolsafe.crypto import sign
from schoolsafe.domain.entry import Value
from schoolsafe.domain.ids import CircleId, RowId
from schoolsafe.wire import jsontext
from schoolsafe.wire.row import OuterRow
from schoolsafe.wire.stub import Stub

FORMAT: Final = "schoolsafe-journal"
VERSION: Final = 1
SIGNATURE_TAG: Final = b"schoolsafe/sig/export/1\0"


@dataclass(frozen=True, slots=True)
class DisclosedPart:
    """The key of one sealed name."""

    circle: CircleId
    about: str
    """A person's or a seat's id."""
    key: bytes

    @override
    def __repr__(self) -> str:
        return f"DisclosedPart({self.about})"


def lines(
    *,
    chains: Iterable[Sequence[bytes]],
    parts: Iterable[DisclosedPart],
    rows: Iterable[tuple[OuterRow | Stub, bytes | None]],
    made_ms: int,
    urn: str,
    seat: str,
    signing_seed: bytes,
) -> Iterator[bytes]:
    """One line after another, each with its line end. ``rows`` come with a row key, or None."""
    digest = sha256()
    count, ids, named = 0, set[RowId](), set[RowId]()

    def line(members: dict[str, Value]) -> bytes:
        text = jsontext.encode(members) + b"\n"
        digest.update(text)
        return text

    yield line(
        {"line": "head", "format": FORMAT, "v": VERSION, "made": made_ms, "urn": urn, "by": seat}
    )
    for chain in chains:
        for raw in chain:
            yield line({"line": "link", "raw": _base64(raw)})
    for part in parts:
        yield line(
            {
                "line": "part",
                "circle": part.circle.hex(),
                "about": part.about,
                "key": part.key.hex(),
            }
        )
    for outer, key in rows:
        count += 1
        ids.add(outer.id)
        named.update(outer.prev)
        if isinstance(outer, Stub):
            yield line({"line": "stub", "raw": _base64(outer.raw)})
        else:
            opens = key.hex() if key else None
            yield line({"line": "row", "raw": _base64(outer.raw), "key": opens})
    heads: list[Value] = [head.hex() for head in sorted(ids - named)]
    yield line({"line": "end", "rows": count, "heads": heads})
    signature = sign.sign(signing_seed, SIGNATURE_TAG + digest.digest())
    yield line({"line": "signature", "signature": _base64(signature)})


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
