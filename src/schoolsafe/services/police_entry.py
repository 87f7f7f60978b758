"""A sealed notice as an entry of the record: its values, its words laid out to be read, what is attached."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.crypto.stream import seal_file
from schoolsafe.domain.entry import Add, Attach, NewEntry, Op, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import Channel, ChildLine, Notice, Read, Span
from schoolsafe.services.notification_entry import READABLE, builtins, line_values, notice_values
from schoolsafe.services.ports import Ids
from schoolsafe.wire import jsontext, notice, parcel
from schoolsafe.wire.notice import Message, OpenedNotice
from schoolsafe.words import N_, _

SEALED: Final = "original.notice"
"""The signed notice as it was sealed: whoever has the force's public key can check it."""
MEDIA: Final = "application/x-schoolsafe-notice"
HOLDS: Final = "holds"
BROKEN: Final = "broken"

_NOTICE_SPANS: Final[Mapping[tuple[str, ...], str]] = {
    ("incident", "date"): "incident",
    ("incident", "as_sent"): "incident",
    ("incident", "place"): "place",
    ("risk", "tool"): "risk_grade",
    ("risk", "grade_as_sent"): "risk_grade",
}
"""Under which name the screens look for an answer; the later one wins. Others go by their own."""


class Layout:
    """Lines of text that know where each answer stands in them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self.spans: dict[tuple[str, ...], Span] = {}

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self._lines)

    def put(self, path: tuple[str, ...], value: Any) -> None:
        """One member of the notice, and all within it."""
        depth = "  " * (len(path) - 1)
        if isinstance(value, dict):
            self._line(f"{depth}{path[-1]}")
            for name, each in value.items():
                self.put((*path, name), each)
        elif isinstance(value, list):
            self._line(f"{depth}{path[-1]}")
            for number, each in enumerate(value, 1):
                self.put((*path, str(number)), each)
        else:
            front = f"{depth}{path[-1]}: "
            start = self._length + len(front)
            said = value if isinstance(value, str) else msgspec.json.encode(value).decode()
            self.spans[path] = Span(0, start, start + len(said), Read.LABEL)
            self._line(front + said)

    def _line(self, line: str) -> None:
        self._lines.append(line)
        self._length += len(line) + 1


def laid_out(message: Message) -> tuple[str, Notice]:
    """The notice as text, member by member as it was written, and with the place of each answer."""
    sent = datetime.fromtimestamp(message.sent_ms / 1000, tz=UTC).isoformat(timespec="seconds")
    page = Layout()
    page.put(("reference",), message.reference)
    page.put(("version",), message.version)
    page.put(("sent",), sent)
    contact = builtins(message.contact)
    page.put(("contact",), {name: said for name, said in contact.items() if said is not None})
    told = notice.notice_members(message.notice)
    told.pop("police_reference", None)
    for name, value in told.items():
        page.put((name,), value)
    children = tuple(
        replace(child, spans=_child_spans(page, number))
        for number, child in enumerate(message.notice.children, 1)
    )
    return page.text, replace(message.notice, spans=_notice_spans(page), children=children)


def seal_facts(raw: bytes) -> str:
    """What can be compared with others, of a signed notice as attached: ids of the keys, and its own.

    Raises:
        Tampered: it is no signed notice.
    """
    signed = parcel.read_signed(raw)
    to = str(jsontext.decode(signed.body).get("to") or "")
    opened = notice.read_signed(signed, key_id=bytes.fromhex(to))
    lines = (
        (N_("Signed by key {id}"), opened.card.key_id.hex()),
        (N_("Sealed to key {id}"), to),
        (N_("Notice {id}"), opened.id.hex()),
    )
    return "\n".join(_(words).format(id=one) for words, one in lines)


def words_of(message: Message) -> str:
    """Tells the same words from others: SHA-256, hex. When it was sent plays no part."""
    said: dict[str, Value] = {
        "contact": builtins(message.contact),
        "notice": notice.notice_members(message.notice),
    }
    return sha256_hex(jsontext.encode(said))


def notice_entries(
    opened: OpenedNotice,
    *,
    holds: bool,
    slot: str,
    received_at: datetime,
    ids: Ids,
    warnings: tuple[str, ...] = (),
) -> tuple[list[NewEntry], dict[str, bytes]]:
    """What puts a sealed notice on record: entries, and the sealed chunks of what is attached."""
    text, told = laid_out(opened.message)
    raw = opened.signed.raw
    original, readable = seal_file(raw), seal_file(msgspec.json.encode({"texts": [text]}))
    entity = ids.new("notification")
    values = notice_values(told) | _how(opened, holds=holds, slot=slot)
    values |= {"received_at": received_at.isoformat(), "original_sha256": original.sha256}
    values |= {"warnings": list(warnings)} if warnings else {}
    values |= {} if told.children else {"nobody_named": True}
    attached: list[Op] = [
        Attach(entity, name, media, made.size, made.sha256, made.key.hex(), made.chunk_ids)
        for name, media, made in (
            (SEALED, MEDIA, original),
            (READABLE, "application/json", readable),
        )
    ]
    entries = [NewEntry(TEAM, "notification.receive", (Add(entity, values), *attached))]
    for number, child in enumerate(told.children, 1):
        entries.append(_line(child, entity, number, ids))
    chunks = dict(
        zip(
            original.chunk_ids + readable.chunk_ids,
            original.chunks + readable.chunks,
            strict=True,
        )
    )
    return entries, chunks


def _line(child: ChildLine, entity: str, number: int, ids: Ids) -> NewEntry:
    values = line_values(child, notification=entity, number=number)
    return NewEntry(TEAM, "notification.name_child", (Add(ids.new("line"), values),))


def _how(opened: OpenedNotice, *, holds: bool, slot: str) -> dict[str, Value]:
    message, card = opened.message, opened.card
    sent = datetime.fromtimestamp(message.sent_ms / 1000, tz=UTC)
    values: dict[str, Value] = {
        "outcome": "received",
        "channel": Channel.SEALED.value,
        "sender": builtins(message.contact),
        "signer": card.key_id.hex(),
        "signer_name": card.name,
        "signature": HOLDS if holds else BROKEN,
        "sent_version": message.version,
        "sent_at": sent.isoformat(timespec="milliseconds"),
        "notice_id": opened.id.hex(),
        "school_key": opened.key_id.hex(),
        "words_sha256": words_of(message),
        "slot": slot,
    }
    return values | ({"signer_test": True} if card.test else {})


def _notice_spans(page: Layout) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for path, span in page.spans.items():
        if path == ("reference",):
            found["police_reference"] = span
        elif path in _NOTICE_SPANS:
            found[_NOTICE_SPANS[path]] = span
        elif path[0] in {"adults", "other"} and len(path) > 1:
            found.setdefault(path[-1] if path[0] == "other" else "adults", span)
        elif len(path) == 1:
            found[path[0]] = span
    return found


def _child_spans(page: Layout, number: int) -> dict[str, Span]:
    front = ("children", str(number))
    return {path[2]: span for path, span in page.spans.items() if path[:2] == front}
