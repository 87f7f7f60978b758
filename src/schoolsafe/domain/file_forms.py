"""Every kind of record that has a form. The schema, the screens, the command line and the chronology follow from it."""

from typing import Final

from schoolsafe.domain.action import ACTION
from schoolsafe.domain.agency import (
    CHALLENGE,
    HELPLINE_CALL,
    PERPETRATOR_PROGRAMME,
    SHARE,
    THRESHOLD,
)
from schoolsafe.domain.file_form import FileForm
from schoolsafe.domain.meeting import DAILY_MEETING, MARAC, NETWORK_MEETING, STRATEGY_MEETING
from schoolsafe.domain.referral import REFERRAL

FORMS: Final[tuple[FileForm, ...]] = (
    REFERRAL,
    THRESHOLD,
    STRATEGY_MEETING,
    NETWORK_MEETING,
    MARAC,
    DAILY_MEETING,
    SHARE,
    HELPLINE_CALL,
    CHALLENGE,
    PERPETRATOR_PROGRAMME,
    ACTION,
)

BY_NAME: Final[dict[str, FileForm]] = {form.name: form for form in FORMS}
