"""The incident side of a notice from running text, where the labels left a gap and only one reading is possible."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from schoolsafe.domain.notification import Answer, Precision
from schoolsafe.intake import meaning
from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.items import trim
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.times import TimeHit, find_times
from schoolsafe.intake.when import When, find_whens

_FLAGS: Final = re.IGNORECASE
REFERENCE: Final = re.compile(
    r"(?<!your )(?<!my )(?P<our>\bour\s)?\b(?P<word>(?:police|crime|incident|encompass|oe"
    r"|occurrence|storm|niche|report|case|command and control)?\s?(?:ref(?:erence)?s?|log|urn"
    r"|cad|crime number|incident number|occurrence number|crime no|incident no|log number"
    r"|event number|crime report|oe disclosure))\b"
    r"(?:\s?(?:for (?:this|the) \w+|nos?\.?|numbers?|ref(?:erence)?|is|of|:|#"
    r"|-)){0,4}[\s:#.]{0,4}(?P<value>[A-Z0-9][\w/*\-.]{0,60}\d[\w/*\-]{0,60}(?:\sof\s[\d/.]+)?)",
    _FLAGS,
)
_KEEP_WORD: Final = re.compile(r"log|cad|urn", _FLAGS)
_INCIDENT_CUE: Final = re.compile(
    r"\b(?:incident|attend(?:ed|ing|ance)|occurr(?:ed|ing)|happened|took place|called (?:to|by"
    r"|at)|were called|call from|contacted (?:the )?police|report(?:s|ed)? of|disturbance"
    r"|domestic|assault(?:ed)?|argument|altercation|dispute|responded|received a (?:call"
    r"|report)|999|fight|should (?:read|say|be|have (?:read|been))"
    r"|when officers|was present|witnessed|overnight|last nit?(?:e|ght))\b",
    _FLAGS,
)
_OTHER_CUE: Final = re.compile(
    r"\b(?:court|until|review|reply|produced|meeting|triage|conference|hearing|bail|due"
    r"|expires?|valid|since|previous(?:ly)?|earlier (?:incident|notification)|returns? to "
    r"(?:school|court)|appointment|published|policy|version|act \d{4}|training|half[- ]term"
    r"|notified (?:on|us)|referr(?:ed|al) (?:made|sent|on|to)|sent on|date of (?:letter|report"
    r"|notification)|last (?:notification|incident|notice))\b",
    _FLAGS,
)
_PLACE: Final = re.compile(
    r"\b(?P<place>(?:at|in|inside|outside|near|on)\s+(?:(?:the|a|an|his|her"
    r"|their)\s+)?(?:(?:family|parental|shared|victim's|mother's|father's|child's"
    r"|grandparents'|relative's|friend's|neighbour's)\s+)?(?:home(?:\s+address)?|address"
    r"|property|house|flat|premises|residence|street|car park|town centre|hotel|pub|public "
    r"house|supermarket|park)"
    r"(?:\s+of\s+(?:the\s+(?:victim|family|suspect|mother|father|grandparents?)|(?:a|his|her"
    r"|their)\s+\w+(?:\s\w+)?|[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,3}))?)",
)
_ACTION: Final = re.compile(
    r"\b(?:nfa\b|no further (?:police )?action|arrest(?:ed|s)?\b|no (?:formal )?charges?\b"
    r"|charged\b|(?:police )?bail(?:ed)?\b|dvpn|dvpo|dapn|dapo|remanded|in custody|cautioned"
    r"|no offences|words of advice|summons(?:ed)?|voluntary interview|non-molestation"
    r"|released)",
    _FLAGS,
)
CARE: Final = re.compile(
    r"\b(?:social care|social services|social work(?:er)?s?|children'?s services|csc|mash"
    r"|front door|safeguarding referrals?|early help|first response|multi-agency "
    r"safeguarding)\b",
    _FLAGS,
)
CARE_NO: Final = re.compile(
    r"\b(?:not|no|nor|hasn't|wasn't|isn't)\b(?: \w+){0,4} (?:referr\w*|made|passed|opened"
    r"|informed|notified|shared|met|submitted|required|sent)\b|\bno referrals?\b|\bnot "
    r"referred\b|\bfor information only\b",
    _FLAGS,
)
CARE_OPEN: Final = re.compile(
    r"\b(?:to be (?:decided|confirmed|considered|made)|will (?:be )?(?:consider|decide|review)"
    r"|considering|consider (?:a|making|whether)|if you|please|may|might|should you|contact"
    r"|whether)\b",
    _FLAGS,
)
_CARE_YES: Final = re.compile(
    r"\b(?:referr(?:ed|als?)|passed|informed|notified|shared|made aware|aware|submitted|sent"
    r"|told|alerted|copied|allocated)\b",
    _FLAGS,
)
_RISK_CUE: Final = re.compile(
    r"\b(?:risk|graded?|grading|assess(?:ed|ment)|dash|dara|rag|level)\b", _FLAGS
)
_WEEKS: Final = re.compile(
    r"\b(?:(?:about|approx(?:imately)?|around)\s+)?\d{1,2}\s?(?:/40)?\s?(?:weeks?|wks?"
    r"|months?)(?=\W+(?:\w+\W+)?pregnant)",
    _FLAGS,
)
_UNBORN: Final = re.compile(r"\b(?:pregnan(?:t|cy)|unborn|expecting a (?:baby|child))\b", _FLAGS)
_DUE: Final = re.compile(r"\b(?:due|edd)\b[^.;\n]{0,25}", _FLAGS)
_HOURS_OF_WORK: Final = re.compile(
    r"\b(?:ring|call me|phone|telephone|on duty|office|available|contact|open(?:ing)?|between "
    r"the hours|meeting|produced|sent|school (?:day|starts)|returned to)\b",
    _FLAGS,
)
_LEAST_SCORE: Final = 3
"""A time, or words of an incident."""
_OLDEST_DAYS: Final = 400


@dataclass(slots=True)
class Facts:
    """The incident side while the page is read."""

    reference: Cut | None = None
    our_reference: Cut | None = None
    when: When | None = None
    as_sent: Cut | None = None
    place: Cut | None = None
    circumstances: Cut | None = None
    tool: str | None = None
    tool_cut: Cut | None = None
    grade: Cut | None = None
    action: Cut | None = None
    care: Answer = Answer.UNKNOWN
    care_cut: Cut | None = None
    other: dict[str, Cut] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


class ProseReader:
    """Reads the sentences of one notice."""

    def __init__(self, sheet: Sheet, today: date | None, kind: str | None) -> None:
        self.sheet = sheet
        self.plain = sheet.plain
        self.today = today
        self.kind = kind
        self.facts = Facts()
        self.births: tuple[Cut, ...] = ()
        self.asked_care = False

    def _possible(self, when: When) -> bool:
        """Not after the message, not more than a year before."""
        if when.day is None or self.today is None:
            return when.day is not None
        if when.day > self.today:
            self.facts.warnings.append("date_in_future")
            return False
        return (self.today - when.day).days <= _OLDEST_DAYS

    def prose(self, sentences: list[Cut], births: tuple[Cut, ...], beside: list[Cut]) -> None:
        """Fills what the labels left open, from sentences; ``beside`` are values that may tell the moment too."""
        self.births = births
        told = self.facts.when
        if told is None or told.day is None:
            self._prose_moment([*sentences, *beside])
        if (
            told
            and told.at
            and self.facts.when
            and self.facts.when is not told
            and self.facts.when.at is None
        ):
            self.facts.when = replace(
                self.facts.when, at=told.at, until=told.until, precision=told.precision
            )
        for cut in sentences:
            text = " ".join(self.sheet.words(cut).split())
            self._prose_reference(cut)
            self._prose_risk(cut, text)
            self._prose_place(cut, text)
            if self.facts.care is Answer.UNKNOWN and not self.asked_care:
                self._care_sentence(cut)
            if (
                self.facts.action is None
                and _ACTION.search(text)
                and not re.search(r"\b(?:please|if|should)\b", text, _FLAGS)
            ):
                self.facts.action = self._action_clause(cut)
            if "MARAC" in text:
                self.facts.other.setdefault("marac", cut)
            if re.search(
                r"\b(?:do not|don't|please do not|must not)\b[^.]{0,20}\b(?:contact|approach|speak to"
                r"|inform|discuss with)\b[^.]{0,30}\b(?:parents?|family|carers?|home)\b",
                text,
                _FLAGS,
            ):
                self.facts.other.setdefault("parent_contact_rule", cut)

    def inside(self, cut: Cut) -> None:
        """Looks into a long labelled value for police action and referral nobody gave a label of their own."""
        for found in re.finditer(
            r"[^.;\n]+(?:[.;]|$)", self.plain[cut.start : cut.end].replace("\n", " ")
        ):
            piece = trim(self.plain, Cut(cut.start + found.start(), cut.start + found.end()))
            text = self.sheet.words(piece)
            if self.facts.action is None and _ACTION.search(text):
                self.facts.action = self._action_clause(piece)
            if self.facts.care is Answer.UNKNOWN and not self.asked_care and CARE.search(text):
                self._care_sentence(piece)
            self._prose_risk(piece, text)

    def _action_clause(self, cut: Cut) -> Cut:
        """Inside brackets only the word itself: "(suspect, arrested)"."""
        found = _ACTION.search(self.plain, cut.start, cut.end)
        if found is None:
            return cut
        opened = self.plain.rfind("(", cut.start, found.start())
        closed = self.plain.find(")", found.start(), cut.end)
        if opened >= 0 and closed >= 0 and ")" not in self.plain[opened : found.start()]:
            return trim(self.plain, Cut(found.start(), closed))
        return cut

    def _prose_moment(self, sentences: list[Cut]) -> None:
        scored: list[tuple[int, When, Cut]] = []
        for cut in sentences:
            told = 2 * bool(_INCIDENT_CUE.search(self.sheet.words(cut)))
            for when in find_whens(self.plain, cut, self.today, without=self.births):
                if not self._possible(when):
                    continue
                near = self.plain[
                    max(cut.start, when.cut.start - 70) : min(cut.end, when.cut.end + 50)
                ]
                score = (
                    5 * bool(_INCIDENT_CUE.search(near))
                    + told
                    + 3 * (when.at is not None or when.precision is Precision.OVERNIGHT)
                    - 6 * bool(_OTHER_CUE.search(near))
                )
                scored.append((score, when, cut))
        good = sorted(
            (each for each in scored if each[0] >= _LEAST_SCORE), key=lambda each: -each[0]
        )
        if not good:
            return
        best = good[0]
        rivals = {each[1].day for each in good if each[0] == best[0]}
        if len(rivals) > 1:
            firsts = [each for each in good if each[0] == best[0]]
            if (
                not _INCIDENT_CUE.search(self.sheet.words(firsts[0][2])) or len(firsts) > 2  # noqa: PLR2004  # longer is prose
            ):  # a story of many days
                self.facts.warnings.append("several_dates")
                return
            best = min(firsts, key=lambda each: each[1].cut.start)
        when = best[1]
        timed = [each[1] for each in good if each[1].day == when.day and each[1].at]
        self.facts.when, self.facts.as_sent = (
            (timed[0], timed[0].cut) if when.at is None and timed else (when, when.cut)
        )
        if self.facts.when.at is None:
            self._lone_prose_time(sentences, best[2])

    def _lone_prose_time(self, sentences: list[Cut], where: Cut) -> None:
        """One single time in the text beside the dated sentence belongs to the incident."""
        place = sentences.index(where)
        near = self._free_times(sentences[max(0, place - 1) : place + 2])
        hits = near or self._free_times(sentences)
        if len(hits) == 1 and self.facts.when:
            precision = Precision.APPROX if hits[0].approx else Precision.EXACT
            self.facts.when = replace(
                self.facts.when, at=hits[0].at, until=hits[0].until, precision=precision
            )

    def _free_times(self, sentences: list[Cut]) -> list[TimeHit]:
        """Times that belong to no date and to no telephone or office hours."""
        hits: list[TimeHit] = []
        for cut in sentences:
            if _HOURS_OF_WORK.search(self.sheet.words(cut)):
                continue
            taken = [w.cut for w in find_whens(self.plain, cut, self.today) if w.at]
            taken += [hit.cut for hit in find_dates(self.plain, cut, self.today)]
            hits += [hit for hit in find_times(self.plain, cut, taken=taken) if hit.sure]
        return hits

    def _prose_reference(self, cut: Cut) -> None:
        if (
            self.facts.reference is None
            and (found := REFERENCE.search(self.plain, cut.start, cut.end))
            and not re.search(
                r"\b(?:our|your|my|form)\s*$",
                self.plain[max(0, found.start() - 6) : found.start()],
                _FLAGS,
            )
        ):
            if found["our"]:
                self.facts.our_reference = self.facts.our_reference or self._number(found)
            else:
                self.facts.reference = self._number(found)

    def _number(self, found: re.Match[str]) -> Cut:
        """The number; a log keeps its word, because a log number alone says little."""
        word = found["word"]
        start = (
            found.start("word")
            if _KEEP_WORD.search(word) and "ref" not in word.lower()
            else found.start("value")
        )
        return trim(self.plain, Cut(start, found.end("value")), " \t\n.,;)-")

    def _prose_risk(self, cut: Cut, text: str) -> None:
        facts = self.facts
        if facts.grade is not None or not _RISK_CUE.search(text):
            return
        raw = self.sheet.words(cut)
        tool = meaning.tool_of(raw)
        if tool and facts.tool is None:
            facts.tool, facts.tool_cut = (
                tool[0],
                Cut(cut.start + tool[1][0], cut.start + tool[1][1]),
            )
        if (tool or re.search(r"\brisk\b|\bgraded?\b", raw, _FLAGS)) and (
            grade := meaning.grade_of(raw)
        ):
            around = raw[max(0, grade[0] - 40) : grade[1] + 40]
            if _RISK_CUE.search(around):
                facts.grade = Cut(cut.start + grade[0], cut.start + grade[1])

    def _prose_place(self, cut: Cut, text: str) -> None:
        if self.facts.place is None and _INCIDENT_CUE.search(text) and not self._quoted_only(text):
            found = _PLACE.search(self.plain, cut.start, cut.end)
            if found and not re.search(
                r"\b(?:check|visit|letter|return(?:ed)?|live[sd]?|living|resid\w+)\W+(?:\w+\W+){0,3}$",
                self.plain[max(cut.start, found.start() - 30) : found.start()],
                _FLAGS,
            ):
                self.facts.place = Cut(found.start("place"), found.end("place"))

    def _quoted_only(self, text: str) -> bool:
        return not _INCIDENT_CUE.search(re.sub(r"\"[^\"]*\"", " ", text))

    def _care_sentence(self, cut: Cut) -> None:
        for found in re.finditer(r"[^.;\n]+(?:\n[^.;\n]+)*", self.sheet.words(cut)):
            text = " ".join(found.group().split())
            if not (CARE.search(text) or re.search(r"\breferral\b", text, _FLAGS)):
                continue
            answer = (
                Answer.NO
                if CARE_NO.search(text)
                else Answer.UNKNOWN
                if CARE_OPEN.search(text)
                else Answer.YES
                if _CARE_YES.search(text)
                else Answer.UNKNOWN
            )
            if "asked for a referral" in text.lower() or "requested a referral" in text.lower():
                answer = Answer.YES
            if answer is not Answer.UNKNOWN:
                self.facts.care = answer
                self.facts.care_cut = Cut(cut.start + found.start(), cut.start + found.end())
                return


def unborn_in(sheet: Sheet, cuts: list[Cut]) -> tuple[Cut, Cut | None, Cut | None] | None:
    """The sentence about an unborn child, the weeks and the due words as sent."""
    for cut in cuts:
        found = _UNBORN.search(sheet.plain, cut.start, cut.end)
        if found is None or re.search(
            r"\bnot (?:known to be )?pregnant\b|\bno\b",
            sheet.plain[max(cut.start, found.start() - 20) : found.end()],
            _FLAGS,
        ):
            continue
        weeks = _WEEKS.search(sheet.plain, cut.start, cut.end)
        due = _DUE.search(sheet.plain, cut.start, cut.end)
        return (
            cut,
            Cut(*weeks.span()) if weeks else None,
            trim(sheet.plain, Cut(*due.span()), " \t\n).,;") if due else None,
        )
    return None
