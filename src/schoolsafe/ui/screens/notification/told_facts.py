"""What the police told us, as questions and answers in reading order. Qt-free.

The eight that schools look for first stand there also where they are missing; what only some forces
send is shown where it was told, and never asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.notification import Answer, ChildLine, Notice, Read, Span
from schoolsafe.services.notification_view import NotificationView
from schoolsafe.ui import phrases
from schoolsafe.ui.screens.notification.signed import signed_words
from schoolsafe.words import _

SENDER_CHECKED: Final = "pass"


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer of the notice; None is "Not told"."""

    label: str
    answer: str | None
    span: Span | None = None
    quote: bool = False

    @property
    def check(self) -> str:
        """Why a person should look at the place; empty where a label or a template told it."""
        return check_words(self.span) if self.answer else ""


def told(view: NotificationView, facts: ChildLine) -> tuple[Fact, ...]:
    """What was told, in reading order; the eight that schools look for first also where missing."""
    notice = view.notice
    voice = phrases.voice_words(facts.voice, facts.voice_with, facts.voice_remark)
    spans = dict(notice.spans) | dict(facts.spans)
    shown = (
        (_("When"), phrases.incident_words(notice.incident), ("incident",)),
        (_("Where"), notice.incident.place, ("place",)),
        (_("Child present"), _present(facts), ("presence",)),
        (_("Child’s words"), voice, ("voice", "voice_remark")),
        (_("What happened"), notice.circumstances, ("circumstances",)),
        (_("Risk to the adult"), phrases.risk_words(notice.risk), ("risk_grade", "risk_tool")),
        (_("Social care"), _referral(notice), ("social_care_referral",)),
        (_("Police reference"), notice.police_reference, ("police_reference",)),
    )
    shown_facts = [
        Fact(
            label,
            say.plain_text(answer) if answer else None,
            _span(spans, keys),
            quote=bool(facts.voice) and label == _("Child’s words"),
        )
        for label, answer, keys in shown
    ]
    return (*shown_facts, *_rest(view, facts, spans), *_unsure_who(facts))


def check_words(span: Span | None) -> str:
    """How sure a reading is, where it is not: said beside the answer, never a reason to leave it out."""
    words = {
        Read.SENTENCE: _("Read from running text: check"),
        Read.GUESS: _("Read beside a likely label: check"),
    }
    return words.get(span.read, "") if span and span.read else ""


def source_words(span: Span | None) -> str:
    """How the place was found, for the list beside the message."""
    if span is None or span.read is None:
        return ""
    told = {
        Read.LABEL: _("Beside its label"),
        Read.TEMPLATE: _("Where a template says"),
    }
    return told.get(span.read) or check_words(span)


def who(facts: ChildLine) -> tuple[Fact, ...]:
    """The name and birth date as the message writes them, each with its place."""
    shown = (
        (_("Named as"), facts.name_as_sent, "name_as_sent"),
        (_("Born, as written"), facts.dob_as_sent, "dob"),
    )
    return tuple(
        Fact(label, say.plain_text(answer), facts.spans[name])
        for label, answer, name in shown
        if answer and name in facts.spans
    )


def _unsure_who(facts: ChildLine) -> tuple[Fact, ...]:
    return tuple(fact for fact in who(facts) if fact.check)


def _rest(view: NotificationView, facts: ChildLine, spans: dict[str, Span]) -> tuple[Fact, ...]:
    """What only some forces send: shown where it was told, never asked for."""
    notice = view.notice
    rest: list[tuple[str, str | None, tuple[str, ...]]] = [
        (_("Police action"), notice.police_action, ("police_action",)),
        (_("Adults"), phrases.adults_words(notice.adults), ("adults",)),
        (
            _("Spoken to by police"),
            phrases.answer_words(facts.spoken_to_by_police),
            ("spoken_to_by_police",),
        ),
        (_("Welfare check"), phrases.answer_words(facts.welfare_check), ("welfare_check",)),
        (_("Involved or injured"), facts.involved_or_injured, ("involved_or_injured",)),
        (_("Child’s part in it"), _part(facts), ("role",)),
        (_("Relationship"), facts.relationship, ("relationship",)),
        (_("School named"), facts.school_named, ("school_named",)),
        (_("Unborn child"), notice.unborn, ("unborn",)),
        *((_label(name), value, (name,)) for name, value in notice.other.items()),
        (_("Sender"), _sender(view), ("sender",)),
    ]
    return tuple(
        Fact(label, say.plain_text(answer), _span(spans, keys))
        for label, answer, keys in rest
        if answer
    )


def _present(facts: ChildLine) -> str | None:
    words = phrases.presence_words(facts.presence)
    if words is None:
        return facts.presence_as_sent
    return words


def _part(facts: ChildLine) -> str | None:
    return phrases.role_words(facts.role) if facts.role != "child" else None


def _referral(notice: Notice) -> str | None:
    words = {Answer.YES: _("Told"), Answer.NO: _("No, the police have not told them")}
    return words.get(notice.social_care_referral)


def _sender(view: NotificationView) -> str | None:
    who = phrases.sender_words(view.sender)
    if not view.has_original:
        return ", ".join(p for p in (who, view.sender.phone) if p) or None
    if view.signed is not None:
        parts = (who, view.sender.phone, signed_words(view.signed))
        return ". ".join(part.rstrip(".") for part in parts if part) + "."
    checked = (
        _("Sender checked by your mail server")
        if view.mail_server_check == SENDER_CHECKED
        else _("Not checked")
    )
    return _("{who}. {checked}").format(who=who or _("Not told"), checked=checked)


def _label(name: str) -> str:
    words = name.removesuffix("_as_sent").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _span(spans: dict[str, Span], keys: Sequence[str]) -> Span | None:
    return next((spans[key] for key in keys if key in spans), None)
