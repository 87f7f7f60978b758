"""Monday morning with twenty-five notices about forty children: by keyboard, within the budget of ux.md."""

from datetime import date, time, timedelta

import pytest
from PySide6.QtWidgets import QTableView

from schoolsafe.domain.notification import Choice, Incident, Precision
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.day_window import make_day, open_day
from ui.morning import at, draft, find, focus_name, line, notice
from ui.walk import faults

__all__ = ["make_day", "open_day"]

NOTICES, CHILDREN = 25, 40
KEYS_A_ROW, FINISH = 4, 2
"""Space, Alt and a number, down; Ctrl and Enter once. One notice at a time takes seven (ux.md 7)."""
ROWS = 12
"""As many as show the count; forty take as many each."""
FORENAMES = ("Ada", "Ben", "Cara", "Dev", "Ella", "Finn", "Gita", "Hugo")
SURNAMES = ("Alderworth", "Birchmoor", "Cedarholm", "Dellaway", "Elmstead")


def _child(n: int) -> tuple[str, str, date]:
    surname = SURNAMES[n // len(FORENAMES)]
    return FORENAMES[n % len(FORENAMES)], surname, date(2015, 1, 2) + timedelta(days=31 * n)


@pytest.fixture
def monday(make_day):
    """Ten notices about one child, fifteen about two; every child is on the list but two."""
    morning = make_day(mails=False, history=False)
    for n in range(CHILDREN - 2):
        morning.school.pupil(*_child(n), class_name=("Kingfisher", "Otter", "Heron")[n % 3])
    first = 0
    for n in range(NOTICES):
        size = 1 if n < 2 * NOTICES - CHILDREN else 2
        named = [line(*_child(first + each)) for each in range(size)]
        first += size
        when = Incident(date=date(2026, 11, 6 + n % 3), time=time(20, n), precision=Precision.EXACT)
        told = notice(*named, incident=when, police_reference=f"NM/2026/{n:04}")
        morning.receive(f"m{n}", draft(told, received=at(9, 7, n)))
    return morning


def test_every_child_takes_four_keys(open_day, monday):
    day = open_day(monday)
    table = day.find("batch")
    assert isinstance(table, QTableView)
    assert focus_name() == "batch"
    assert table.model().rowCount() == CHILDREN
    assert day.words("batch-heading") == "40 before registration"
    keys = day.keyboard
    for n in range(ROWS):
        keys.press("Space")
        keys.press("Alt+2" if n % 4 else "Alt+1")
        keys.press("Down")
    assert day.words("batch-finish") == f"Finish {ROWS} now"
    keys.press("Ctrl+Return")
    assert keys.keys <= KEYS_A_ROW * ROWS + FINISH
    work = monday.services.notifications
    lines = [one for row in work.list() for one in work.show(row.id).lines]
    decided = [one.decision.choice for one in lines if one.decision]
    assert (len(lines), len(decided)) == (CHILDREN, ROWS)
    assert decided.count(Choice.TELL_AND_CHECK_IN) == ROWS // 4
    assert day.words("batch-heading") == f"{CHILDREN - ROWS} before registration"


def test_a_key_is_answered_before_the_record_is(open_day, monday):
    day = open_day(monday)
    day.press("Alt+3")
    model = day.find("batch").model()
    assert str(model.index(0, model.columnCount() - 1).data()) == "3  Ask for more detail first"


@pytest.mark.parametrize("size", [(100, 1366, 768), (100, 1024, 640), (200, 1366, 768)], ids=str)
def test_forty_rows_show_every_name_whole(open_day, monday, styled, size):
    percent, width, height = size
    style.current().apply(styled, style.Look.LIGHT, percent)
    day = open_day(monday, width, height)
    settle(day.window)
    work = find(day.window, "work")
    assert cut_texts(work) == []
    assert faults(work) == []
    table = day.find("batch")
    rows = sum(
        1
        for n in range(CHILDREN)
        if table.visualRect(table.model().index(n, 0)).bottom() < table.viewport().height()
    )
    assert rows >= 2
