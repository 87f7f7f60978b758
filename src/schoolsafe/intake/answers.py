"""Labelled answers about a child into what is told: presence, voice, spoken to, welfare check, injury."""

import re
from typing import Final

from schoolsafe.domain.notification import Answer, Presence
from schoolsafe.intake import meaning
from schoolsafe.intake.items import Item, trim
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import is_blank
from schoolsafe.intake.told import ADULT_SAID, Told

_FLAGS: Final = re.IGNORECASE
_QUOTE: Final = re.compile(r"\"[^\"]*\"")
_HURT: Final = re.compile(
    r"(?:was|were) (?:not |un)?(?:physically )?(?:hurt|injured|harmed)|no injur(?:y|ies)[^,.;]*|uninjured|unharmed",
    _FLAGS,
)
_NOT_SPOKEN: Final = re.compile(
    r"\bnot (?:been )?(?:spoken|seen|asked)\b|\bno(?:t)? (?:opportunity|conversation)\b", _FLAGS
)
_OFFICER: Final = re.compile(
    r"\b(?:told|said to|spoke (?:to|with)|stated to|disclosed to|to) (?:the |an |attending "
    r")?(?:officers?|police|pc|dc|me|us)\b|\b(?:spoken to|officers? spoke)\b",
    _FLAGS,
)
_TOOK_NAME: Final = re.compile(r"\b(?:said|told|stated|disclosed)\b", _FLAGS)


def answer(
    sheet: Sheet, item: Item, told: Told, *, names: tuple[str, ...], others: tuple[str, ...]
) -> None:
    """One answer for one child; where it speaks of several children, only the words about this one."""
    cut = _own_part(sheet, item.value, names, others)
    text = sheet.words(cut)
    if not text.strip():
        return
    match item.field:
        case "presence" | "ask_presence" | "ask_seen":
            _presence(sheet, item, cut, told)
            _quoted(sheet, cut, told)
        case "remarks":
            _exposed(text, cut, told)
            _quoted(sheet, cut, told)
        case "voice":
            _voice(sheet, cut, told)
        case "spoken":
            _spoken(sheet, cut, told)
        case "welfare":
            told.welfare, told.welfare_cut = meaning.answer_of(text), cut
            told.fixed.add("welfare")
        case _:
            if not is_blank(text) and "involved" not in told.fixed:
                told.involved = cut
                told.fixed.add("involved")


def _own_part(sheet: Sheet, cut: Cut, names: tuple[str, ...], others: tuple[str, ...]) -> Cut:
    """As in "Callum - present, saw. Freya - present, heard.": the stretch from this child's name to the next."""
    text = _QUOTE.sub(lambda quote: "_" * len(quote.group()), sheet.words(cut))
    mine, theirs = _clauses(text, names), _clauses(text, others)
    if not mine or not theirs:
        return cut
    end = next((start for start in sorted(theirs) if start > mine[0]), len(text))
    return trim(sheet.plain, Cut(cut.start + mine[0], cut.start + end), " \t\n,;.&")


def _clauses(text: str, names: tuple[str, ...]) -> list[int]:
    """Where a clause begins with one of the names and then says something."""
    return [
        found.start("name")
        for name in names
        for found in re.finditer(
            rf"(?:^|[.;,\n/|]|\band\b|&)\s*(?P<name>{re.escape(name)})\b(?:\s+\S+)?\s*(?=[-:=(]"
            rf"|\b(?:was|is|has|had|not|yes|no|y|n|present|saw|heard|said|told|stated|witnessed|did"
            rf"|upstairs|asleep)\b)",
            text,
            _FLAGS,
        )
    ]


def _presence(sheet: Sheet, item: Item, cut: Cut, told: Told) -> None:
    text = sheet.words(cut)
    cleaned = re.sub(r"<[^<>]{0,200}>", " ", text)
    found = meaning.presence_of(cleaned)
    asked = item.asked.lower()
    if found is Presence.UNCLEAR and re.match(r"\W*y(?:es)?\W*$", cleaned, _FLAGS):
        if re.search(r"\b(?:witness(?:ed)?|see|saw|seen)\b", asked) and not re.search(
            r"\b(?:hear|heard|present)\b", asked
        ):
            found = Presence.SAW
        elif re.search(r"\b(?:hear|heard)\b", asked) and not re.search(
            r"\b(?:see|saw|witness\w*|present)\b", asked
        ):
            found = Presence.HEARD
    elif (
        found is Presence.NOT_PRESENT
        and re.search(r"\b(?:witness|see|saw|seen|hear|heard)", asked)
        and not re.search(r"\bpresent\b", asked)
    ):
        # why: "Did the child see it? No" does not say that the child was away
        found = (
            Presence.UNKNOWN
            if re.match(r"\W*no?\W*$", cleaned, _FLAGS)
            else meaning.presence_of(re.sub(r"^\W*no?\b", "", cleaned, flags=_FLAGS))
        )
    if "presence" in told.fixed and (
        found is Presence.UNKNOWN or told.presence in {Presence.SAW, Presence.HEARD}
    ):
        return
    if (
        found is Presence.UNKNOWN
        and "presence" not in told.fixed
        and re.search(r"witness|see\b|saw|hear", asked)
        and not re.search("present", asked)
    ):
        return
    told.presence, told.presence_cut = found, cut
    told.fixed.add("presence")
    if told.involved is None and (hurt := _HURT.search(text)):
        told.involved = Cut(cut.start + hurt.start(), cut.start + hurt.end())


def _quoted(sheet: Sheet, cut: Cut, told: Told) -> None:
    """Words in quotation marks inside another answer about the child."""
    quoted = meaning.quote_in(sheet, cut)
    if quoted and told.voice is None and not ADULT_SAID.search(sheet.words(cut)):
        told.voice = quoted


def _exposed(text: str, cut: Cut, told: Told) -> None:
    """A remark says where the child was, or more than "yes"."""
    found = meaning.presence_of(text)
    more = found in {Presence.SAW, Presence.HEARD} and told.presence in {
        Presence.UNKNOWN,
        Presence.UNCLEAR,
    }
    if more or (found is not Presence.UNKNOWN and told.presence is Presence.UNKNOWN):
        told.presence, told.presence_cut = found, cut
        told.fixed.add("presence")


def _voice(sheet: Sheet, cut: Cut, told: Told) -> None:
    found = meaning.voice_in(sheet, cut)
    text = sheet.words(cut)
    if found.words:
        told.voice = found.words
        around = text.replace(sheet.words(found.words), " ")
        told.voice_with = told.voice_with or meaning.voice_company(around)
        if told.spoken is Answer.UNKNOWN and (_OFFICER.search(around) or _TOOK_NAME.search(around)):
            told.spoken, told.spoken_cut = Answer.YES, cut
    elif found.remark:
        told.remark = found.remark
        _exposed(text, cut, told)
        if told.spoken is Answer.UNKNOWN and _NOT_SPOKEN.search(text):
            told.spoken, told.spoken_cut = Answer.NO, cut
    if found.words or found.remark:
        told.fixed.add("voice")


def _spoken(sheet: Sheet, cut: Cut, told: Told) -> None:
    text = sheet.words(cut)
    told.spoken, told.spoken_cut = meaning.answer_of(text), cut
    told.fixed.add("spoken")
    told.voice_with = told.voice_with or (
        meaning.voice_company(text) if told.spoken is Answer.YES else None
    )
    quoted = meaning.quote_in(sheet, cut)
    if quoted and told.voice is None:
        told.voice = quoted
