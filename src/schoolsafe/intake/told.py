"""What running text and answers say about each child: present, spoken to, own words, checked, hurt.

A sentence counts for a child only while it is about that child; an adult's words are nobody's voice.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from schoolsafe.domain.notification import Answer, Presence
from schoolsafe.intake import meaning
from schoolsafe.intake.sentences import Sentence
from schoolsafe.intake.sheet import Cut, Sheet

_FLAGS: Final = re.IGNORECASE
_SPEECH: Final = re.compile(
    r"\b(?:said|says|(?<!wont )(?<!n't )(?<!not )say|saying|words were|told|stated|disclosed|asked|replied|described"
    r"|reported|shouted|wrote|added|explained|commented)\b",
    _FLAGS,
)
_TOLD_POLICE: Final = re.compile(
    r"\b(?:said|told|stated|disclosed|explained|replied|described)\b", _FLAGS
)
ADULT_SAID: Final = re.compile(
    r"\b(?:mother|mum|father|dad|victim|suspect|perpetrator|neighbour|caller|parent|grand\w+"
    r"|male|female|man|woman|partner|aunt|uncle|adult|informant)\b(?:(?!\band (?:he|she"
    r"|they)\b)[^.\"]){0,40}\b(?:said|says|told|stated|disclosed|reported|described|explained"
    r"|replied|asked|shouted)\b",
    _FLAGS,
)
_SPOKEN_TO: Final = re.compile(
    r"\b(?:spoke (?:to|with)|spoken (?:to|with)|seen and spoken|speaking (?:to|with)|were able to speak)\b",
    _FLAGS,
)
_NOT_SPOKEN: Final = re.compile(
    r"\b(?:not|n't|never|unable to|without) (?:be(?:en)? |being |directly "
    r")?(?:sp(?:eak(?:ing)?|oken?))(?: (?:to|with))?\b",
    _FLAGS,
)
_CHECK: Final = re.compile(
    r"\b(?:welfare check|safe (?:and|&) well(?: check)?|welfare visit|checked on (?:the "
    r")?(?:child|children|welfare)|welfare was checked)\b",
    _FLAGS,
)
_CHECK_NO: Final = re.compile(
    r"\b(?:was not|wasn't|not been|has not|could not be|were not|no)\b", _FLAGS
)
_CHECK_YES: Final = re.compile(
    r"\b(?:was|has been|have been|were|is|completed|made|conducted|carried|checked|done|undertaken)\b",
    _FLAGS,
)
_INVOLVED: Final = re.compile(
    r"(?:\bcalled (?:999|the police)|\b(?:rang|dialled|phoned) (?:999|101|the police)"
    r"|\bintervened\b|\bgot (?:in )?between\b|\b(?:was|were|is) (?:not |un)?(?:physically "
    r")?(?:hurt|injured|harmed|assaulted|struck|hit|pushed)\b|\bno (?:visible )?inj(?:ur(?:y"
    r"|ies))?\b|\bsustained\b|\buninjured\b|\btried to (?:stop|protect|separate)\b)",
    _FLAGS,
)
_TELEGRAM_INJURY: Final = re.compile(r"\W*NO INJ(?:URIES|URY|S)?\W*$")
_TELEGRAM_PRESENT: Final = re.compile(
    r"\W*(?:(?:children?|pupil|yp)\W+)?(?:was |were )?(?:not )?(?:present|asleep|upstairs|downstairs"
    r"|in (?:his|her|their) (?:bed)?room)\b",
    _FLAGS,
)
_QUOTE: Final = re.compile(r"\"[^\"]*\"|(?<!\w)'[^'\n]{3,}?'(?!\w)")
_OTHERS_PRESENT: Final = re.compile(
    r"\b(?:officers?|police|adults?|suspect|perpetrator|weapons?|parents?|family members?"
    r"|social workers?|injuries)\b[^.]{0,20}\bpresent\b",
    _FLAGS,
)
_FUTURE: Final = re.compile(r"\b(?:will|should|would|please|may|might|could|if)\b", _FLAGS)


@dataclass(slots=True)
class Told:
    """What is told about one child so far."""

    presence: Presence = Presence.UNKNOWN
    presence_cut: Cut | None = None
    spoken: Answer = Answer.UNKNOWN
    spoken_cut: Cut | None = None
    voice: Cut | None = None
    voice_with: str | None = None
    remark: Cut | None = None
    welfare: Answer = Answer.UNKNOWN
    welfare_cut: Cut | None = None
    involved: Cut | None = None
    fixed: set[str] = field(default_factory=set)
    """What labelled answers have settled: running text does not touch it."""


_RANK: Final = {
    Presence.SAW: 5,
    Presence.HEARD: 4,
    Presence.NOT_PRESENT: 3,
    Presence.UNCLEAR: 2,
    Presence.UNKNOWN: 0,
}


def from_sentences(sheet: Sheet, sentences: list[Sentence], told: list[Told]) -> None:
    """Fills what the labelled answers left open."""
    seen: dict[int, list[tuple[float, Presence, Cut]]] = {}
    for place, sentence in enumerate(sentences):
        plain = _QUOTE.sub(" ", sentence.text)
        children = _children(sentence, plain, len(told))
        found = _presence(sentence, plain) if children else None
        for number in children:
            if found is not None:
                seen.setdefault(number, []).append(found)
            _involved(sheet, sentence, told[number])
        _checked(sentence, plain, told)
        _spoken(sheet, sentences, place, plain, told)
    for number, statements in seen.items():
        if "presence" not in told[number].fixed:
            _settle(told[number], statements)


def _children(sentence: Sentence, plain: str, count: int) -> tuple[int, ...]:
    """Whom a sentence is about, telegram sentences of a one-child notice included."""
    if sentence.about and not sentence.adult:
        return sentence.about
    alone = count == 1 and not sentence.adult and not sentence.about
    if alone and (_TELEGRAM_PRESENT.match(plain) or _TELEGRAM_INJURY.fullmatch(plain)):
        return (0,)
    return ()


def _presence(sentence: Sentence, plain: str) -> tuple[float, Presence, Cut] | None:
    if _OTHERS_PRESENT.search(plain) or _FUTURE.search(plain.partition(",")[0][:40]):
        return None
    found = meaning.presence_of(plain)
    if found is Presence.UNKNOWN:
        return None
    rank = _RANK[found] + (0.5 if meaning.is_exact_place(plain) else 0.0)
    return rank, found, sentence.cut


def _settle(told: Told, found: list[tuple[float, Presence, Cut]]) -> None:
    """The sentence that says most; where one says present and another absent, neither."""
    kinds = {presence for _, presence, _ in found}
    if Presence.NOT_PRESENT in kinds and kinds & {Presence.SAW, Presence.HEARD}:
        return
    _, told.presence, told.presence_cut = max(found, key=lambda each: each[0])


def _involved(sheet: Sheet, sentence: Sentence, told: Told) -> None:
    if told.involved is None and "involved" not in told.fixed:
        plain = sheet.words(sentence.cut)
        if (
            _INVOLVED.search(plain)
            and (sentence.stated or _TELEGRAM_INJURY.fullmatch(plain))
            and not meaning.quote_in(sheet, sentence.cut)
        ):
            told.involved = sentence.cut


def _checked(sentence: Sentence, plain: str, told: list[Told]) -> None:
    where = _CHECK.search(plain)
    if where is None or _FUTURE.search(plain[: where.start()]):
        return
    rest = plain[max(0, where.start() - 25) :]
    answer = (
        Answer.NO
        if _CHECK_NO.search(rest)
        else Answer.YES
        if _CHECK_YES.search(rest)
        else Answer.UNKNOWN
    )
    numbers = sentence.about if sentence.about and not sentence.adult else tuple(range(len(told)))
    for number in numbers:
        if told[number].welfare is Answer.UNKNOWN and "welfare" not in told[number].fixed:
            told[number].welfare, told[number].welfare_cut = answer, sentence.cut


def _spoken(
    sheet: Sheet, sentences: list[Sentence], place: int, plain: str, told: list[Told]
) -> None:
    """Spoken to by police, and the child's own words in quotation marks."""
    sentence = sentences[place]
    officers = re.match(r"\W*(?:the )?(?:officers?|police|i|we|pc|dc|ps)\b", plain, _FLAGS)
    about = sentence.about if not sentence.adult or officers else ()
    if len(about) != 1:
        return
    child = told[about[0]]
    speaks = _SPOKEN_TO.search(plain) or (
        _TOLD_POLICE.search(plain)
        and not ADULT_SAID.search(plain)
        and (
            not officers
            or re.search(
                r"\b(?:and|who|also) (?:said|stated|told)\b|\b(?:he|she|they) (?:said|told)\b",
                plain,
                _FLAGS,
            )
        )
    )
    if _NOT_SPOKEN.search(plain):
        _spoken_set(child, Answer.NO, sentence.cut)
    elif speaks:
        _spoken_set(child, Answer.YES, sentence.cut)
        child.voice_with = child.voice_with or meaning.voice_company(plain)
    if "voice" in child.fixed or child.voice or ADULT_SAID.search(plain):
        return
    quoted = meaning.quote_in(sheet, sentence.cut)
    if quoted and (_SPEECH.search(plain) or _SPOKEN_TO.search(plain)):
        child.voice = quoted


def _spoken_set(child: Told, answer: Answer, cut: Cut) -> None:
    if child.spoken is Answer.UNKNOWN and "spoken" not in child.fixed:
        child.spoken, child.spoken_cut = answer, cut
