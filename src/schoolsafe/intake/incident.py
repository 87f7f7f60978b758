"""The incident side of a notice: reference, when, where, circumstances, risk, police action, referral.

Labelled values first; running text only where the labels left a gap and only one reading is possible.
"""

import re
from dataclasses import replace
from typing import Final

from schoolsafe.domain.notification import Answer, Precision
from schoolsafe.intake import meaning
from schoolsafe.intake.incident_prose import CARE, CARE_NO, CARE_OPEN, REFERENCE, ProseReader
from schoolsafe.intake.items import Item, trim
from schoolsafe.intake.sheet import Cut
from schoolsafe.intake.templates import ADULT, OFFICER, is_blank
from schoolsafe.intake.when import When, find_whens, lone_time

_FLAGS: Final = re.IGNORECASE
_LONGEST_TITLE: Final = 4
"""Words: a title such as "Domestic - verbal" tells nothing."""
_LONGEST_PLACE: Final = 10
"""Words; longer is prose."""


class IncidentReader(ProseReader):
    """Reads the incident side of one notice."""

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
        if (
            self.facts.reference is None and re.search(r"\d", text) and len(text) <= 120  # noqa: PLR2004  # longer is prose
        ):  # longer is no number
            inside = find_whens(self.plain, item.value, self.today)
            if inside and inside[0].at and inside[0].cut.end - inside[0].cut.start >= len(text) - 1:
                # why: "OCC: 07NOV26 2155H" is a moment, and no number to quote
                return
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
        """As in "12/11/2026, 19:05 hrs. Log 0688": the moment is read already; place and number follow."""
        text = self.sheet.words(item.value)
        whens = find_whens(self.plain, item.value, self.today, loose=True)
        found = REFERENCE.search(self.plain, item.value.start, item.value.end)
        if found and self.facts.reference is None:
            self.facts.reference = self._number(found)
        if not whens:
            if re.fullmatch(r"\S*\d\S*", text) and self.facts.reference is None:
                self.facts.reference = item.value
            elif (
                len(text.split()) > _LONGEST_TITLE and not found
            ):  # a title such as "Domestic - verbal" tells nothing
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
            r"(?:\s?(?:hrs?|hours))?[\s,;\-–]+(?P<place>[^.;\n]+?)\s*(?:[,;.\-–(]*\s*$|[.;\n]"
            r"|,\s*(?:ref|log|crime|police)\b)",
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
            or len(text.split()) > _LONGEST_PLACE
            or re.search(
                r"\b(?:ref|log|crime|urn|verbal|physical|domestic|argument|assault)\b", text, _FLAGS
            )
        ):
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
        if found is Answer.UNKNOWN and CARE.search(text) and not is_blank(text):
            found = (
                Answer.NO
                if CARE_NO.search(text)
                else Answer.UNKNOWN
                if CARE_OPEN.search(text)
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
