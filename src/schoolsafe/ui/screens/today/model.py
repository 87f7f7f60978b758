"""The rows of Today as the list draws them: icon, name, what and when, at most one coloured word."""

from collections.abc import Mapping
from typing import Final

from schoolsafe.domain.today import Day, DayRow, GroupCode, State, Work
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.row_list import Heading, Line, Row
from schoolsafe.words import N_, _

DONE_KEY: Final = "done-today"
"""The heading that folds what is done."""

_ICONS: Final[Mapping[Work, tuple[str, str]]] = {
    Work.EMAIL: ("mail", N_("Police email")),
    Work.PHONE: ("phone", N_("Phone call")),
    Work.OTHER_NOTICE: ("mail-open", N_("Notification")),
    Work.DRAFT: ("phone", N_("Phone call")),
    Work.ENTRY: ("file-text", N_("Entry")),
    Work.CHECK_IN: ("message-circle", N_("Check-in")),
    Work.REVIEW: ("clipboard-check", N_("Review")),
    Work.ACTION: ("list-checks", N_("Action")),
    Work.TRANSFER: ("arrow-right-left", N_("Transfer")),
    Work.TOLD_SLIP: ("file-text", N_("Told slip")),
    Work.AGENCY: ("scale", N_("With another agency")),
    Work.MEETING: ("users-round", N_("Meeting")),
    Work.CONFLICT: ("users", N_("Two people changed this")),
}
_TONES: Final[Mapping[State, Ink]] = {
    State.LOCKED: "warn",
    State.DRAFT: "warn",
    State.HELD: "muted",
    State.WRITE_WHY: "warn",
    State.CONFIRM: "primary",
    State.INITIAL: "warn",
    State.SEVERAL: "warn",
    State.NOBODY: "danger",
    State.OVERDUE: "danger",
    State.DAY_OF: "warn",
    State.LATE: "danger",
    State.OWED: "warn",
    State.PAST_DUE: "danger",
    State.NONE: "muted",
}


def row_of(row: DayRow) -> Row:
    """One row."""
    icon, kind = _ICONS[row.work]
    return Row(
        key=row.id,
        title=row.title,
        about=row.about,
        state=row.state_words,
        tone=_TONES[row.state],
        icon="pencil" if row.state is State.WRITE_WHY else icon,
        kind=_(kind),
        unread=row.new,
    )


def lines_of(day: Day, *, show_done: bool) -> tuple[Line, ...]:
    """Headings and rows; an empty group is left out, what is done is folded."""
    lines: list[Line] = []
    for group in day.groups:
        if not group.rows:
            continue
        count = str(len(group.rows))
        if group.code is GroupCode.DONE:
            folded = _("{n}  Hide") if show_done else _("{n}  Show")
            lines.append(Heading(group.title, folded.format(n=count), DONE_KEY))
            lines += [row_of(row) for row in group.rows] if show_done else []
        else:
            lines.append(Heading(group.title, count))
            lines += [row_of(row) for row in group.rows]
    return tuple(lines)
