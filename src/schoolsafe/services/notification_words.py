"""What a person does with a notice that nobody could read: gives it its words, or takes it off Today with a reason.

The message as it came stays beside the words, unchanged and sealed. Left to others: receiving (arrival).
"""

from collections.abc import Mapping
from dataclasses import replace

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.domain.entry import Add, NewEntry, Op, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import ChildLine, MailDraft, Notice, Span
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes
from schoolsafe.services.notification_arrival import Arrivals, sealed
from schoolsafe.services.notification_bench import TOPICS
from schoolsafe.services.notification_entry import (
    PAGE,
    READABLE_AFTER,
    WORDS,
    notice_values,
)


class NoWords(Refused):
    """Paste the words of the message first."""


class WordsStillLocked(Refused):
    """This file is still locked. Open it in Outlook, choose File, Save as PDF, and drop the PDF here."""


class AlreadyRead(Refused):
    """This notification has its words already. Log what is new as a call."""


class NamesAChild(Refused):
    """This notification names a child. Say what happens this morning, or that nobody fits."""


class SayWhyNotNeeded(Refused):
    """Write why this is taken off Today."""


class Words(Arrivals):
    """The words of a locked or unreadable notice, and the end of one that is none."""

    def add_words(self, notification: str, words: str) -> Changes:
        """Words pasted or typed by a person, taken into the same notice.

        Raises:
            NoWords: none were given. AlreadyRead: a child is named already. UnreadableFile: from the reader.
        """
        if not words.strip():
            raise NoWords
        return self.add_file(notification, words.encode("utf-8", "replace"))

    def add_file(self, notification: str, data: bytes) -> Changes:
        """The same from a file: the PDF a person saved from the protected message.

        Raises:
            WordsStillLocked: the file is shut too. AlreadyRead, UnreadableFile: as above.
        """
        record = self._reading.record(notification)
        if self._reading.line_records(notification):
            raise AlreadyRead
        draft = self._intake.read_mail(data)
        if draft.outcome == "locked":
            raise WordsStillLocked
        first, *others = draft.notices or (Notice(kind=draft.kind),)
        earlier = self.originals.readable(notification)
        told = _told(_moved(first, len(earlier)), record.values)
        chunks: dict[str, bytes] = {}
        ops: list[Op] = [Add(notification, told)] if told else []
        ops += self._desk.setting(
            notification,
            {"words_at": self._desk.now().isoformat(), "words_by": self._desk.actor.person},
        )
        ops += [
            sealed(notification, WORDS, draft.media, data, chunks),
            sealed(
                notification, READABLE_AFTER, "application/json", _texts(earlier, draft), chunks
            ),
            *(
                sealed(notification, PAGE.format(n=n), "image/png", page, chunks)
                for n, page in enumerate(draft.pages, 1)
            ),
        ]
        if first.children:
            ops += self._desk.setting(notification, {"nobody_named": None})
        entries = [NewEntry(TEAM, "notification.add_words", tuple(ops))]
        entries += self._line_entries(notification, _lines(first, len(earlier)))
        done = self._desk.put(entries, TOPICS, chunks=chunks)
        if others:
            rest = replace(draft, notices=tuple(others))
            done = done.and_then(self._record(rest, data, sha256_hex(data)))
        # why: what was sent is set once; taking the words back would take the whole notice back
        return replace(done, undo=None)

    def withdraw(self, notification: str, reason: str) -> Changes:
        """Takes a notice that names nobody off Today for good; the message stays on record with the reason.

        Raises:
            SayWhyNotNeeded: no reason. NamesAChild: it is about somebody, and wants a decision.
        """
        self._reading.record(notification)
        if self._reading.line_records(notification):
            raise NamesAChild
        if not reason.strip():
            raise SayWhyNotNeeded
        ops = self._desk.setting(notification, {"withdrawn": reason.strip()})
        entry = NewEntry(TEAM, "notification.withdraw", ops, why=reason.strip())
        return self._desk.put([entry], TOPICS)


def _told(notice: Notice, known: Mapping[str, Value]) -> dict[str, Value]:
    """What the words say that the notice did not: what was told once is never told otherwise."""
    return {name: value for name, value in notice_values(notice).items() if known.get(name) is None}


def _moved(notice: Notice, texts: int) -> Notice:
    """The notice with its places counted after the texts that were there before."""
    return replace(notice, spans=_shifted(notice.spans, texts))


def _shifted(spans: dict[str, Span], texts: int) -> dict[str, Span]:
    return {name: replace(span, part=span.part + texts) for name, span in spans.items()}


def _lines(notice: Notice, texts: int) -> tuple[ChildLine, ...]:
    return tuple(replace(line, spans=_shifted(line.spans, texts)) for line in notice.children)


def _texts(earlier: tuple[str, ...], draft: MailDraft) -> bytes:
    import msgspec  # noqa: PLC0415  # keeps the module's own imports to what its types need

    return msgspec.json.encode({"texts": [*earlier, *draft.texts]})
