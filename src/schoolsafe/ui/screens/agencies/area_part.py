"""How the area does it: words of the levels, stages of the escalation route, the daily meeting, limits."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.domain.agency_clock import AgencySettings
from schoolsafe.domain.referral import LEVELS
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.agencies import shown
from schoolsafe.ui.screens.agencies.book_parts import PLACE
from schoolsafe.ui.screens.agencies.shown import AreaForm
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import line
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class AreaPart(FormPage):
    """One page of settings."""

    save_wanted = Signal(object)
    """AreaForm."""

    def __init__(self) -> None:
        super().__init__(
            _(PLACE),
            _("How your area does it"),
            _("Names and limits differ from area to area. What stands here holds for the whole "
              "school."),
        )  # fmt: skip
        self.levels = {
            level: TextField(
                spoken=_("Level {n}").format(n=level), object_name=f"level-words-{level}"
            )
            for level, _words in LEVELS
        }
        self.stages = LongText(spoken=_("Stages"), lines=5, object_name="stages")
        self.meeting = TextField(spoken=_("Name of the daily meeting"), object_name="meeting-name")
        self.at = TextField(
            spoken=_("When the daily meeting begins"), width=104, object_name="meeting-at"
        )
        self.grades = TextField(spoken=_("Grades it hears"), object_name="meeting-grades")
        self.referral = TextField(
            spoken=_("Working days to a decision"), width=76, object_name="referral-days"
        )
        self.minutes = TextField(
            spoken=_("Working days to the minutes"), width=76, object_name="minutes-days"
        )
        self.save = button(
            _("Save"), kind="primary", key=key_words("save"), object_name="save-area"
        )
        self.save.clicked.connect(self.submit)
        levels = [
            self.ask(f"level-{level}", Question(_("Level {n}").format(n=level), field))
            for level, field in self.levels.items()
        ]
        self.put(
            PlainLabel(_("Levels of need"), "h2", wrap=True),
            *levels,
            line(),
            PlainLabel(_("Escalation route"), "h2", wrap=True),
            self.ask(
                "stages",
                Question(
                    _("Stages"),
                    self.stages,
                    hint=_("One a line, in order: name; who; working days to an answer"),
                ),
            ),
            line(),
            *self._meeting_parts(),
            line(),
            *self._limit_parts(),
            flow(self.save),
        )

    def _meeting_parts(self) -> list[QWidget]:
        grades = _("As the police write them, parted by commas. High is the usual.")
        return [
            PlainLabel(_("Daily meeting"), "h2", wrap=True),
            self.ask(
                "meeting",
                Question(
                    _("What is it called?"),
                    self.meeting,
                    hint=_("Leave it empty where the area has none"),
                ),
            ),
            self.ask(
                "meeting-at",
                Question(_("When does it begin?"), self.at, hint=_("For example, 11:00")),
            ),
            self.ask("grades", Question(_("Which grades does it hear?"), self.grades, hint=grades)),
        ]

    def _limit_parts(self) -> list[QWidget]:
        return [
            PlainLabel(_("Limits"), "h2", wrap=True),
            self.ask("referral", Question(_("Working days to a decision"), self.referral)),
            self.ask("minutes", Question(_("Working days to the minutes"), self.minutes)),
        ]

    def show_settings(self, settings: AgencySettings) -> None:
        """As they stand."""
        for level, field in self.levels.items():
            field.setText(shown.level_words(settings, level))
        self.stages.setPlainText(shown.stage_lines(settings.stages))
        daily = settings.daily
        self.meeting.setText(daily.name if daily else "")
        self.at.setText(daily.at.strftime("%H:%M") if daily else "")
        self.grades.setText(", ".join(daily.grades) if daily else "high")
        self.referral.setText(str(settings.referral_days))
        self.minutes.setText(str(settings.minutes_days))

    def submit(self) -> None:
        """Hands everything over."""
        self.save_wanted.emit(
            AreaForm(
                levels={level: field.text() for level, field in self.levels.items()},
                stages=self.stages.text(),
                meeting=self.meeting.text(),
                at=self.at.text(),
                grades=self.grades.text(),
                referral_days=self.referral.text(),
                minutes_days=self.minutes.text(),
            )
        )

    @override
    def first_field(self) -> QWidget:
        return self.levels["1"]
