"""What a label asks for, by the meaning of its words, where no line of the tables knows it.

Every word must be one that labels are made of: a sentence is no label.
"""

import re
from typing import Final

SHORT_FORMS: Final = {
    "inc": "incident", "incid": "incident", "occ": "occurrence", "occur": "occurrence",
    "dt": "date", "dte": "date", "tm": "time", "fname": "forename", "sname": "surname",
    "lname": "surname", "lastname": "surname", "firstname": "forename", "forname": "forename",
    "familyname": "surname", "givenname": "forename", "givennames": "forenames",
    "fullname": "full name", "dbo": "dob", "birthdate": "date of birth",
    "dateofbirth": "date of birth", "datetime": "date time", "incidentdate": "incident date",
    "incidenttime": "incident time", "childname": "child name", "childdob": "child dob",
    "rel": "relationship", "cyp": "child", "chd": "child", "vic": "victim", "susp": "suspect",
    "refno": "reference", "refnum": "reference", "sch": "school", "pres": "present",
    "incidents": "incident", "offender": "suspect", "nbr": "number",
}  # fmt: skip


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BIRTH: Final = _set("dob dobs birth born birthdate birthday")
_EVENT: Final = _set(
    "incident incidents occurrence occurrences event offence offences episode disturbance "
    "callout attendance crime matter"
)
_HAPPENED: Final = _set(
    "occurred happened attended committed took place occurring attend call called"
)
_DAY: Final = _set("date dates day on")
_CLOCK: Final = _set("time times hour hours clock")
_OTHER_ACT: Final = _set(
    "reported report received sent created updated printed submitted review reviewed bail "
    "order arrested arrest court meeting due made"
    " logged generated recorded entered closed expiry expires issued produced completed "
    "notification notified referral previous next"
    " last earlier hearing strategy conference return released dispatched deployed arrived "
    "statement interview form letter email message"
    " signed authorised processed exported extract downloaded published shared"
)
_REFERENCE: Final = _set(
    "ref refs reference references urn cad log storm niche athena connect iml id identifier crn"
)
_NUMBER: Final = _set("number numbers no nos num id code")
_NUMBERED: Final = _EVENT | _set(
    "investigation record case report file occurrence serial police command control dispatch call oe encompass"
)
_NAME: Final = _set("name names named surname forename fullname")
_ABOUT: Final = _set(
    "subject person nominal individual child pupil student party regarding concerning re about"
)
_THERE: Final = _set(
    "present presence there witness witnessed witnesses saw see seen heard hear experienced "
    "experience location whereabouts"
)
_SPEECH: Final = _set(
    "said say says words word voice account comments comment told quote view views verbatim stated disclosed disclosure"
)
_SCHOOL: Final = _set(
    "school schools academy college nursery establishment education attends attending setting provision roll"
)
_FILL: Final = _set(
    "the of for a an this that your our their his her its in at by to from with and or who "
    "which was were is are did do has have been be"
    " where when what how if any s police officer officers initial full legal current main "
    "details detail involved concerned known"
    " notification ppn form notice first local approx approximate approximately estimated "
    "actual start started begin began commenced"
    " record recorded other them they he she it up hrs hr 24 dd mm yyyy yy hh official own "
    "primary attended young people us household"
    " between earliest latest domestic abuse da dv oe encompass operation op home scene address"
)
_KNOWN: Final = (
    _BIRTH | _EVENT | _HAPPENED | _DAY | _CLOCK | _OTHER_ACT | _REFERENCE | _NUMBER | _NUMBERED
    | _NAME | _ABOUT | _THERE | _SPEECH | _SCHOOL | _FILL
)  # fmt: skip
_MOST_WORDS: Final = 8


def by_meaning(
    plain: str, owner_words: re.Pattern[str], *, of_child: bool, of_adult: bool
) -> str | None:
    """The field, or None. ``plain`` is a plain label; the words for its owner count as known."""
    words = [SHORT_FORMS.get(word, word) for word in owner_words.sub(" ", plain).split()]
    tokens = frozenset(" ".join(words).split())
    if len(plain.split()) > _MOST_WORDS or tokens - _KNOWN:
        return None
    return _moment(tokens, plain) or _person(tokens, of_child=of_child, of_adult=of_adult)


def _moment(tokens: frozenset[str], plain: str) -> str | None:  # noqa: PLR0911  # one answer to a line
    """Dates and numbers: what was done later than the incident is never its date."""
    if tokens & _BIRTH:
        return "dob"
    event, other = tokens & (_EVENT | _HAPPENED), tokens & _OTHER_ACT
    timed = tokens & (_DAY | _CLOCK) or re.search(
        r"\b(?:when|from|to|between|started?|began|at)\b", plain
    )
    if other and tokens & (_DAY | _CLOCK | _set("at by")):
        return "skip"
    if other - _set("report notification made form"):
        return None
    if tokens & _REFERENCE or (tokens & _NUMBER and tokens & _NUMBERED):
        return "reference"
    if not (event and timed):
        return None
    if re.search(r"\b(?:to|until|ended?|end)$", plain):
        return "time_to"
    if tokens & _CLOCK and not tokens & _DAY:
        return "incident_time"
    return "incident_date" if _set("date day") & tokens and not tokens & _CLOCK else "when"


def _person(tokens: frozenset[str], *, of_child: bool, of_adult: bool) -> str | None:
    if tokens & _SPEECH and of_child and not tokens & _NAME:
        return "voice"
    if tokens & _THERE and of_child:
        return "ask_presence"
    if tokens & _SCHOOL and not tokens & _OTHER_ACT - _set("record"):
        return "school"
    if (tokens & _NAME or tokens & _ABOUT or not tokens - _FILL) and (of_child or of_adult):
        return "name"
    return None
