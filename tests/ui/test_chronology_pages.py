"""A long file is leafed through by key: a page at a time, to the end and back, each row seen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from schoolsafe.ui.widgets.chronology_list import ChronologyList, ChronologyRow


def _rows(many: int) -> list[ChronologyRow]:
    return [
        ChronologyRow(str(n), "Sat 7", "November 2026", "", "Concern", "Words. " * (1 + n % 40))
        for n in range(many)
    ]


def test_a_page_never_skips_a_row_and_comes_to_the_end(qtbot):
    view = ChronologyList()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show_entries(_rows(60))
    view.show()
    qtbot.waitExposed(view)
    view.setCurrentIndex(view.entries.index(0))
    seen = [0]
    while seen[-1] < 59 and len(seen) < 60:
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        now, before = view.currentIndex().row(), seen[-1]
        tall = sum(view.sizeHintForRow(row) for row in range(before, now + 1))
        assert now == before + 1 or tall <= view.viewport().height()
        seen.append(now)
    assert seen[-1] == 59
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.currentIndex().row() < 59


def test_other_rows_are_measured_anew(qtbot):
    view = ChronologyList()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show_entries(_rows(1))
    short = view.sizeHintForRow(0)
    view.show_entries(_rows(40)[39:])
    assert view.sizeHintForRow(0) > short
