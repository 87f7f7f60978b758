"""The helpline card and how often helplines were rung. Numbers are data: shipped, and changed in Settings."""

from collections.abc import Sequence
from dataclasses import replace

from schoolsafe.domain import helpline as rules
from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.helpline import Helpline, Usage
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes
from schoolsafe.services.desk import Desk
from schoolsafe.services.file_record import FileRecords
from schoolsafe.services.school import Schools

SETTING = "helplines"


class HelplineNeeds(Refused):
    """Enter the helpline’s name and its number."""


class Helplines:
    """What a person can do with the card."""

    def __init__(
        self, desk: Desk, schools: Schools, records: FileRecords, shipped: Value = None
    ) -> None:
        self._desk = desk
        self._schools = schools
        self._records = records
        self._shipped = shipped

    def card(self) -> tuple[Helpline, ...]:
        """Every helpline: what came with the program, as the school has changed it, and the school’s own."""
        return rules.helplines(self._shipped, self._schools.setting(SETTING))

    def set(self, line: Helpline) -> Changes:
        """Puts a helpline on the card, or changes one; it counts as checked today.

        Raises:
            HelplineNeeds: its name or its number is missing.
        """
        if not (line.name.strip() and line.number.strip()):
            raise HelplineNeeds
        code = line.id or self._desk.ids.new("helpline")
        kept = replace(line, id=code, own=True, checked=self._desk.now().date())
        others = [one for one in self._own() if one.id != code]
        return self._keep([*others, kept])

    def remove(self, code: str) -> Changes:
        """Takes the school’s own line off; what came with the program comes back."""
        return self._keep([one for one in self._own() if one.id != code])

    def usage(self) -> Usage:
        """How often helplines were rung, by month and year.

        Raises:
            NotYoursToRead: this person holds no key of the log.
        """
        self._desk.must_read(TEAM)
        calls = self._records.every("helpline_call")
        return rules.usage(call.happened.date() for call in calls)

    def _own(self) -> Sequence[Helpline]:
        return [line for line in self.card() if line.own]

    def _keep(self, lines: Sequence[Helpline]) -> Changes:
        return self._schools.set(SETTING, [rules.helpline_value(line) for line in lines])
