"""What has been gathered from the texts of one message: its notices, older ones quoted, and whose they are.

Left to others: which text comes first and what is attached (mail), the frame of the message (frame).
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from schoolsafe.domain.notification import Notice
from schoolsafe.domain.template import Template
from schoolsafe.intake import mail_headers, senders
from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.mail_parts import Level
from schoolsafe.intake.notice import Context
from schoolsafe.intake.notice_kind import kind_of
from schoolsafe.intake.quoting import Chain, Segment, unfold_chain
from schoolsafe.intake.sheet import Cut, make
from schoolsafe.intake.templates_apply import read_with_templates
from schoolsafe.intake.templates_layouts import for_senders

_FLAGS: Final = re.IGNORECASE
_REPLY: Final = re.compile(r"\s*(?:re|aw|sv)\s*(?:\[\d+\])?:", _FLAGS)
_FORWARD: Final = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", _FLAGS)


_FEW: Final = 3
"""Notices of one text to which its subject line may add: no subject speaks for a digest."""


@dataclass(slots=True)
class Draft:
    """What has been gathered so far."""

    texts: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    from_level: Level | None = None
    inline: Segment | None = None
    pictures: list[bytes] = field(default_factory=list)
    """Pages that hold no text, as PNG."""
    templates: tuple[Template, ...] = ()
    """How areas write: the school's own first, then those shipped."""


def read_with_subject(text: str, level: Level, draft: Draft, source: str) -> None:
    """The text; with its subject line above it where that alone says who or when."""
    trial = Draft(texts=list(draft.texts), templates=draft.templates)
    read_text(text, level, trial, source)
    subject = _FORWARD.sub("", level.headers.text("subject")).strip()
    lacks = len(trial.notices) <= _FEW and not any(
        notice.children and notice.incident.date for notice in trial.notices
    )
    if (
        lacks
        and trial.inline is None
        and not trial.older
        and re.search(r"\d", subject)
        and not _REPLY.match(subject)
    ):
        longer = Draft(texts=list(draft.texts), templates=draft.templates)
        read_text(f"{subject}\n\n{text}", level, longer, source)
        if any(notice.children and notice.incident.date for notice in longer.notices):
            trial = longer
    draft.texts[:] = trial.texts
    draft.notices += _fresh(draft, tuple(trial.notices))
    draft.older += trial.older
    draft.warnings += trial.warnings
    draft.inline = draft.inline or trial.inline


def read_text(text: str, level: Level, draft: Draft, source: str) -> None:
    """One text with its chain: the newest notice counts, older ones are only named."""
    if not text.strip():
        return
    sheet = make(len(draft.texts), text[: MAIL.searched_chars])
    draft.texts.append(text)
    if len(text) > MAIL.searched_chars:
        draft.warnings.append("text_cut")
    subject = level.headers.text("subject")
    today = mail_headers.day(level.headers)
    chain = unfold_chain(sheet)
    kind = kind_of(f"{subject}\n{chain.top.plain}")
    known = for_senders(draft.templates, _domains(level, chain))
    top = read_with_templates(chain.top, Context(today, kind, source), known)
    older = [
        (
            segment,
            each,
            read_with_templates(
                each,
                Context(
                    _written(segment, today),
                    kind_of(f"{segment.headers.get('subject', '')}\n{each.plain}")
                    or kind_of(subject),
                    source,
                ),
                known,
            ),
        )
        for segment, each in chain.older[:10]
    ]
    found = [
        (segment, each, reading)
        for segment, each, reading in older
        if any(n.children for n in reading.notices)
    ]
    if (
        not any(n.children for n in top.notices)
        and found
        and _is_forward(subject, found[0][0], level)
    ):
        segment, _each, reading = found.pop(0)
        draft.notices += _fresh(draft, reading.notices)
        draft.warnings += reading.warnings
        draft.inline = draft.inline or segment
    else:
        draft.notices += _fresh(
            draft,
            top.notices
            if top.notices and (any(n.children for n in top.notices) or not found)
            else (),
        )
        draft.warnings += top.warnings
        if found:
            draft.warnings.append("older_notice_quoted" if draft.notices else "only_older_notice")
    for _segment, _each, reading in found:
        draft.older += [_headline(notice) for notice in reading.notices]
    if chain.tail and draft.notices and found:
        last = draft.notices[-1]
        answer = re.search(r"\[?answer:\s*([^\]\n]+)", chain.tail, _FLAGS)
        draft.notices[-1] = replace(
            last,
            other={
                **last.other,
                "later_answer_about_older_notice_as_sent": answer[1].strip()
                if answer
                else chain.tail[:500],
            },
        )


def _domains(level: Level, chain: Chain) -> list[str]:
    """The mail domains of whoever wrote any of it: this message, or one passed on inside its text."""
    writers = [level.headers.address("from")]
    writers += [
        mail_headers.address(segment.headers.get("from", "")) for segment, _each in chain.older[:10]
    ]
    return [senders.domain_of(each) for each in writers if each is not None]


def _written(segment: Segment, today: date | None) -> date | None:
    """The day a passed-on message was written: "last night" in it is the night before that day."""
    told = segment.headers.get("sent", "") or segment.headers.get("date", "")
    days = find_dates(told, Cut(0, len(told)), today)
    return days[0].day if days and (today is None or days[0].day <= today) else today


def _fresh(draft: Draft, notices: tuple[Notice, ...]) -> list[Notice]:
    """Those not already read from another part: the same text twice is one notice."""
    known = {_key(notice) for notice in draft.notices}
    return [notice for notice in notices if _key(notice) not in known]


def _key(notice: Notice) -> tuple[object, ...]:
    children = tuple(sorted(f"{c.surname} {c.forename}".lower() for c in notice.children))
    return notice.incident.date, children


def _headline(notice: Notice) -> str:
    when = notice.incident
    pieces = (notice.police_reference, when.as_sent, notice.risk.grade_as_sent)
    return ", ".join(piece for piece in pieces if piece)


def _is_forward(subject: str, segment: Segment, level: Level) -> bool:
    """Whether the text below was passed on to be read, not quoted under an answer."""
    if segment.forwarded or _FORWARD.match(subject):
        return True
    if _REPLY.match(subject):
        return False
    writer = mail_headers.address(segment.headers.get("from", ""))
    return (
        bool(segment.headers)
        and writer is not None
        and not senders.same_house(level.headers.address("from"), writer)
    )
