"""The incident side of a notice: reference, when, where, circumstances, risk, police action, referral.

Labelled values first; running text only where the labels left a gap and only one reading is possible.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from schoolsafe.domain.notification import Answer, Precision
from schoolsafe.intake import meaning
from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.lines import Item, trim
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import ADULT, OFFICER, is_blank
from schoolsafe.intake.times import TimeHit, find_times
from schoolsafe.intake.when import When, find_whens, lone_time

_FLAGS: Final = re.IGNORECASE
_REFERENCE: Final = re.compile(
    r"(?<!your )(?<!my )(?P<our>\bour\s)?\b(?P<word>(?:police|crime|incident|encompass|oe|occurrence|storm|niche|report|case|command and control)?\s?(?:ref(?:erence)?s?|log|urn|cad|crime number|incident number|occurrence number|crime no|incident no|log number|event number))\b"
    r"(?:\s?(?:for (?:this|the) \w+|nos?\.?|numbers?|ref(?:erence)?|is|of|:|#|-)){0,4}[\s:#.]{0,4}(?P<value>[A-Z0-9][\w/*\-.]{0,60}\d[\w/*\-]{0,60}(?:\sof\s[\d/.]+)?)",
    _FLAGS,
)
_KEEP_WORD: Final = re.compile(r"log|cad|urn", _FLAGS)
_INCIDENT_CUE: Final = re.compile(
    r"\b(?:incident|attend(?:ed|ing|ance)|occurr(?:ed|ing)|happened|took place|called (?:to|by|at)|were called|call from|contacted (?:the )?police|report(?:s|ed)? of|disturbance|domestic|assault(?:ed)?|argument|altercation|dispute|responded|received a (?:call|report)|999|fight|when officers|was present|witnessed|overnight|last nit?(?:e|ght))\b",
    _FLAGS,
)
_OTHER_CUE: Final = re.compile(
    r"\b(?:court|until|review|reply|produced|meeting|triage|conference|hearing|bail|due|expires?|valid|since|previous(?:ly)?|earlier (?:incident|notification)|returns? to (?:school|court)|appointment|published|policy|version|act \d{4}|training|half[- ]term|notified (?:on|us)|referr(?:ed|al) (?:made|sent|on|to)|sent on|date of (?:letter|report|notification)|last (?:notification|incident|notice))\b",
    _FLAGS,
)
_PLACE: Final = re.compile(
    r"\b(?P<place>(?:at|in|inside|outside|near|on)\s+(?:(?:the|a|an|his|her|their)\s+)?(?:(?:family|parental|shared|victim's|mother's|father's|child's|grandparents'|relative's|friend's|neighbour's)\s+)?(?:home(?:\s+address)?|address|property|house|flat|premises|residence|street|car park|town centre|hotel|pub|public house|supermarket|park)"
    r"(?:\s+of\s+(?:the\s+(?:victim|family|suspect|mother|father|grandparents?)|(?:a|his|her|their)\s+\w+(?:\s\w+)?|[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,3}))?)",
)
_ACTION: Final = re.compile(
    r"\b(?:nfa\b|no further (?:police )?action|arrest(?:ed|s)?\b|no (?:formal )?charges?\b|charged\b|(?:police )?bail(?:ed)?\b|dvpn|dvpo|dapn|dapo|remanded|in custody|cautioned|no offences|words of advice|summons(?:ed)?|voluntary interview|non-molestation|released)",
    _FLAGS,
)
_CARE: Final = re.compile(
    r"\b(?:social care|social services|social work(?:er)?s?|children'?s services|csc|mash|front door|safeguarding referrals?|early help|first response|multi-agency safeguarding)\b",
    _FLAGS,
)
_CARE_NO: Final = re.compile(
    r"\b(?:not|no|nor|hasn't|wasn't|isn't)\b(?: \w+){0,4} (?:referr\w*|made|passed|opened|informed|notified|shared|met|submitted|required|sent)\b|\bno referrals?\b|\bnot referred\b|\bfor information only\b",
    _FLAGS,
)
_CARE_OPEN: Final = re.compile(
    r"\b(?:to be (?:decided|confirmed|considered|made)|will (?:be )?(?:consider|decide|review)|considering|consider (?:a|making|whether)|if you|please|may|might|should you|contact|whether)\b",
    _FLAGS,
)
_CARE_YES: Final = re.compile(
    r"\b(?:referr(?:ed|als?)|passed|informed|notified|shared|made aware|aware|submitted|sent|told|alerted|copied|allocated)\b",
    _FLAGS,
)
_RISK_CUE: Final = re.compile(
    r"\b(?:risk|graded?|grading|assess(?:ed|ment)|dash|dara|rag|level)\b", _FLAGS
)
_WEEKS: Final = re.compile(
    r"\b(?:(?:about|approx(?:imately)?|around)\s+)?\d{1,2}\s?(?:/40)?\s?(?:weeks?|wks?|months?)(?=\W+(?:\w+\W+)?pregnant)",
    _FLAGS,
)
_UNBORN: Final = re.compile(r"\b(?:pregnan(?:t|cy)|unborn|expecting a (?:baby|child))\b", _FLAGS)
_DUE: Final = re.compile(r"\b(?:due|edd)\b[^.;\n]{0,25}", _FLAGS)
_HOURS_OF_WORK: Final = re.compile(
    r"\b(?:ring|call me|phone|telephone|on duty|office|available|contact|open(?:ing)?|between the hours|meeting|produced|sent|school (?:day|starts)|returned to)\b", _FLAGS
)
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


class IncidentReader:
    """Reads the incident side of one notice."""

    def __init__(self, sheet: Sheet, today: date | None, kind: str | None) -> None:
        self.sheet = sheet
        self.plain = sheet.plain
        self.today = today
        self.kind = kind
        self.facts = Facts()
        self.births: tuple[Cut, ...] = ()
        self.asked_care = False

    # -- labelled values --------------------------------------------------------------------------

    def labelled(self, items: tuple[Item, ...]) -> None:
        """All labelled values of the notice."""
        pairs = [
            item for item in items if item.kind == "pair" and item.value.start < item.value.end
        ]
        usable = [
            item
            for item in pairs
            if not (
                item.label
                and item.label.owner in {ADULT, OFFICER}
                and item.field in {"reference", "when", "incident_date", "incident_time"}
                and not re.search("attend", item.asked, _FLAGS)
            )
        ]
        self._moments(usable)
        for item in usable:
            self._value(item)

    def _value(self, item: Item) -> None:
        facts, text = self.facts, self.sheet.words(item.value)
        match item.field:
            case "reference":
                self._reference(item)
            case "our_reference" if not is_blank(text):
                facts.our_reference = facts.our_reference or self._before_gap(item.value)
            case "incident":
                self._incident(item)
            case "place" if not is_blank(text):
                facts.place = facts.place or item.value
            case "circumstances" if not is_blank(text):
                self._circumstances(item)
            case "risk" | "risk_tool":
                self._risk(item)
            case "police_action" if not is_blank(text):
                labelled = re.match(r"\W*(?:bail|arrest|dvpn|charge|custody)", item.asked, _FLAGS)
                self.facts.action = facts.action or (
                    Cut(item.asked_cut.start, item.value.end)
                    if labelled and item.asked_cut.end <= item.value.start
                    else item.value
                )
            case "social_care":
                self._care(item)
            case "marac" | "cumulative" | "parent_contact" | "condition" if not is_blank(text):
                facts.other.setdefault(item.field, item.value)
            case _:
                pass

    def _reference(self, item: Item) -> None:
        text = self.sheet.words(item.value)
        if is_blank(text):
            if text.strip():
                self.facts.other.setdefault("ref_remark", item.value)
            return
        if self.facts.reference is None and re.search(r"\d", text) and len(text) <= 120:  # noqa: PLR2004  # longer is no number
            inside = find_whens(self.plain, item.value, self.today)
            cut = self._before_gap(item.value)
            if ended := re.search(r"(?<=\w)[.;,]\s+(?=[A-Z])", self.sheet.words(cut)):
                cut = Cut(cut.start, cut.start + ended.start())
            if (
                inside
                and inside[0].cut.start > cut.start
                and not re.search(r"\bof\s*$", self.plain[cut.start : inside[0].cut.start])
            ):
                cut = trim(self.plain, Cut(cut.start, inside[0].cut.start), " \t\n,;(-")
            self.facts.reference = trim(self.plain, cut, " \t\n.,;")

    def _before_gap(self, cut: Cut) -> Cut:
        """The first column: numbers hold no wide gaps."""
        gap = re.search(r"\s{3,}|\t", self.sheet.words(cut))
        return Cut(cut.start, cut.start + gap.start()) if gap else cut

    def _incident(self, item: Item) -> None:
        """ "12/11/2026, 19:05 hrs. Log 0688 of 12/11/2026": the moment is read already; place and number follow."""
        text = self.sheet.words(item.value)
        whens = find_whens(self.plain, item.value, self.today, loose=True)
        found = _REFERENCE.search(self.plain, item.value.start, item.value.end)
        if found and self.facts.reference is None:
            self.facts.reference = self._number(found)
        if not whens:
            if re.fullmatch(r"\S*\d\S*", text) and self.facts.reference is None:
                self.facts.reference = item.value
            elif len(text.split()) > 4 and not found:  # noqa: PLR2004  # a title such as "Domestic - verbal" tells nothing
                self._circumstances(item)
            return
        rest = Cut(
            whens[0].cut.end,
            found.start() if found and found.start() > whens[0].cut.end else item.value.end,
        )
        if self.facts.place is None and (place := self._place_after(rest)):
            self.facts.place = place

    def _place_after(self, rest: Cut) -> Cut | None:
        """The words after the moment, up to the next sign, if they can be a place."""
        found = re.match(
            r"(?:\s?(?:hrs?|hours))?[\s,;\-–]+(?P<place>[^.;\n]+?)\s*(?:[,;.\-–(]*\s*$|[.;\n]|,\s*(?:ref|log|crime|police)\b)",
            self.sheet.words(rest),
            _FLAGS,
        )
        if found is None:
            return None
        cut = trim(
            self.plain,
            Cut(rest.start + found.start("place"), rest.start + found.end("place")),
            " \t\n,;.-",
        )
        text = self.sheet.words(cut)
        if (
            not text
            or text[0].isdigit()
            or is_blank(text)
            or len(text.split()) > 10
            or re.search(
                r"\b(?:ref|log|crime|urn|verbal|physical|domestic|argument|assault)\b", text, _FLAGS
            )
        ):  # noqa: PLR2004  # longer is prose
            return None
        return cut

    def _circumstances(self, item: Item) -> None:
        cut = item.value
        if self.facts.circumstances is None or cut.end - cut.start > 3 * (
            self.facts.circumstances.end - self.facts.circumstances.start
        ):
            self.facts.circumstances = cut

    def _risk(self, item: Item) -> None:
        facts = self.facts
        both = (
            Cut(min(item.asked_cut.start, item.value.start), item.value.end)
            if item.asked_cut.end and item.asked_cut.end <= item.value.start
            else item.value
        )
        for stretch in (item.asked_cut, item.value):
            tool = meaning.tool_of(self.sheet.words(stretch)) if stretch.end else None
            if tool and facts.tool is None:
                facts.tool, facts.tool_cut = (
                    tool[0],
                    Cut(stretch.start + tool[1][0], stretch.start + tool[1][1]),
                )
        del both
        if (
            item.field == "risk_tool"
            and facts.tool is None
            and not is_blank(self.sheet.words(item.value))
        ):
            facts.tool, facts.tool_cut = "other", item.value
        if self.kind == "missing" and facts.tool is None and item.asked_cut.end:
            facts.tool, facts.tool_cut = "other", item.asked_cut
        text = self.sheet.words(item.value)
        if facts.grade is None and not is_blank(text) and (grade := meaning.grade_of(text)):
            facts.grade = Cut(item.value.start + grade[0], item.value.start + grade[1])
        elif is_blank(text) and text.strip():
            facts.other.setdefault("grade_remark", item.value)
        if score := re.search(r"\b\d{1,2}\s*(?:ticks?|/\s?2[47]|yes answers)", text, _FLAGS):
            facts.other.setdefault(
                "score", Cut(item.value.start + score.start(), item.value.start + score.end())
            )
        self._marac(item.value)

    def _marac(self, cut: Cut) -> None:
        for found in re.finditer(r"[^.;\n]+", self.sheet.words(cut)):
            if not re.search(r"\b(?:MARAC|MADA)\b", found.group()):
                continue
            piece = trim(self.plain, Cut(cut.start + found.start(), cut.start + found.end()))
            self.facts.other.setdefault("marac", piece)
        if self.facts.care is Answer.UNKNOWN and not self.asked_care:
            self._care_sentence(cut)

    def _care(self, item: Item) -> None:
        facts, text = self.facts, self.sheet.words(item.value)
        self.asked_care = True
        found = meaning.answer_of(text)
        if found is Answer.UNKNOWN and _CARE.search(text) and not is_blank(text):
            found = (
                Answer.NO
                if _CARE_NO.search(text)
                else Answer.UNKNOWN
                if _CARE_OPEN.search(text)
                else Answer.YES
            )
        if facts.care is Answer.UNKNOWN or (facts.care_cut is None):
            facts.care, facts.care_cut = found, item.value
        if found is Answer.UNKNOWN or re.search("information only", text, _FLAGS):
            facts.other.setdefault("csc_remark", item.value)

    # -- moments ----------------------------------------------------------------------------------

    def _moments(self, pairs: list[Item]) -> None:
        """The label that says most: date and time in one, else a date with its time, else a bare date."""
        wanted = {"missing": ("last_seen", "when"), "found": ("found", "when")}.get(
            self.kind or "", ()
        )
        order = [*wanted, "when", "incident", "incident_date"]
        for name in order:
            for item in pairs:
                if item.field != name:
                    continue
                whens = [
                    when
                    for when in find_whens(self.plain, item.value, self.today, loose=True)
                    if self._possible(when)
                ]
                if (
                    not whens
                    and name != "incident"
                    and (when := lone_time(self.plain, item.value, loose=True))
                    and self.facts.when is not None
                ):
                    continue
                if whens:
                    timed = (when for when in whens if when.day == whens[0].day and when.at)
                    self._set_when(next(timed, whens[0]), item, pairs)
                    return
        self._time_alone(pairs)

    def _set_when(self, when: When, item: Item, pairs: list[Item]) -> None:
        self.facts.as_sent = when.cut
        if when.weekday_differs:
            self.facts.warnings.append("weekday_differs")
        if item.field == "found" and self.facts.place is None:
            self.facts.place = self._place_after(Cut(when.cut.end, item.value.end))
        self.facts.when = when
        if when.at is None:
            self._time_alone(pairs)

    def _time_alone(self, pairs: list[Item]) -> None:
        for item in pairs:
            if item.field not in {"incident_time", "time_to"}:
                continue
            hit = lone_time(self.plain, item.value, loose=True)
            if hit is None:
                if (
                    item.field == "incident_time"
                    and self.facts.when
                    and re.search(r"\bover\s?night\b", self.sheet.words(item.value), _FLAGS)
                ):
                    self.facts.when = replace(self.facts.when, precision=Precision.OVERNIGHT)
                continue
            when = self.facts.when or When(hit.cut, None)
            if item.field == "time_to":
                if when.at and when.until is None:
                    self.facts.when = replace(when, until=hit.at, precision=Precision.APPROX)
                continue
            if when.at is None:
                about = hit.approx or re.search(r"approx|estimate", item.asked, _FLAGS) is not None
                precision = Precision.APPROX if about else Precision.EXACT
                self.facts.when = replace(when, at=hit.at, until=hit.until, precision=precision)
                self.facts.as_sent = self.facts.as_sent or hit.cut

    def _possible(self, when: When) -> bool:
        """Not after the message, not more than a year before."""
        if when.day is None or self.today is None:
            return when.day is not None
        if when.day > self.today:
            self.facts.warnings.append("date_in_future")
            return False
        return (self.today - when.day).days <= _OLDEST_DAYS

    # -- running text -----------------------------------------------------------------------------

    def prose(self, sentences: list[Cut], births: tuple[Cut, ...], beside: list[Cut]) -> None:
        """Fills what the labels left open, from sentences; ``beside`` are values that may tell the moment too."""
        self.births = births
        told = self.facts.when
        if told is None or told.day is None:
            self._prose_moment([*sentences, *beside])
        if told and told.at and self.facts.when and self.facts.when is not told and self.facts.when.at is None:
            self.facts.when = replace(self.facts.when, at=told.at, until=told.until, precision=told.precision)
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
                r"\b(?:do not|don't|please do not|must not)\b[^.]{0,20}\b(?:contact|approach|speak to|inform|discuss with)\b[^.]{0,30}\b(?:parents?|family|carers?|home)\b",
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
            if self.facts.care is Answer.UNKNOWN and not self.asked_care and _CARE.search(text):
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
        good = sorted((each for each in scored if each[0] >= 3), key=lambda each: -each[0])  # noqa: PLR2004  # a time, or words of an incident
        if not good:
            return
        best = good[0]
        rivals = {each[1].day for each in good if each[0] == best[0]}
        if len(rivals) > 1:
            firsts = [each for each in good if each[0] == best[0]]
            if not _INCIDENT_CUE.search(self.sheet.words(firsts[0][2])) or len(firsts) > 2:  # noqa: PLR2004  # a story of many days
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
            and (found := _REFERENCE.search(self.plain, cut.start, cut.end))
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
            if not (_CARE.search(text) or re.search(r"\breferral\b", text, _FLAGS)):
                continue
            answer = (
                Answer.NO
                if _CARE_NO.search(text)
                else Answer.UNKNOWN
                if _CARE_OPEN.search(text)
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
