"""How sure a reading is, beside the answer and beside the message; and the way to teach a layout."""

import pytest
from PySide6.QtCore import Qt

from schoolsafe.domain.notification import Read, Span
from schoolsafe.ui.day import day_screens
from ui.day_window import make_day
from ui.files import Elsewhere
from ui.morning import STORY, draft, line, notice
from ui.pages.day import DayPage

__all__ = ["make_day"]


@pytest.fixture
def open_notice(make_window, tasks, make_day):
    def open_(**reads):
        morning = make_day(mails=False, history=False)
        text = f"Maya Thornton was upstairs. {STORY}"
        spans = {
            "circumstances": Span(0, text.index(STORY), len(text), reads.get("story")),
        }
        child = line("Maya", "Thornton", spans={"name_as_sent": Span(0, 0, 13, reads.get("name"))})
        morning.receive("one", draft(notice(child, spans=spans), texts=(text,)))
        screens = dict(day_screens(morning.services, morning.outside()))
        screens |= {"pupils": Elsewhere, "template": Elsewhere}
        window = make_window(1366, 900, screens=screens)
        window.activateWindow()
        return DayPage(window)

    yield open_
    assert tasks.errors == []


def test_an_answer_out_of_running_text_says_so_and_is_shown_all_the_same(open_notice):
    day = open_notice(story=Read.SENTENCE, name=Read.LABEL)
    facts = day.reads("told-facts").split("\n")
    place = facts.index(STORY)
    assert facts[place + 1] == "Read from running text: check"
    assert facts.count("Read from running text: check") == 1


def test_a_likely_label_says_so_too_and_a_name_read_so_stands_among_the_answers(open_notice):
    day = open_notice(story=Read.TEMPLATE, name=Read.GUESS)
    facts = day.reads("told-facts")
    assert "Named as" in facts
    assert facts.count("Read beside a likely label: check") == 1
    assert "running text" not in facts


def test_labels_templates_and_older_records_need_no_word(open_notice):
    for read in (Read.LABEL, Read.TEMPLATE, None):
        day = open_notice(story=read, name=read)
        assert ": check" not in day.reads("told-facts")


def test_beside_the_message_every_answer_says_how_it_was_found(open_notice):
    day = open_notice(story=Read.TEMPLATE, name=Read.SENTENCE)
    day.click("original-email")
    model = day.find("found-answers").model()
    said = [
        str(model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        for n in range(model.rowCount())
    ]
    assert said[0].startswith("Named as. ")
    assert said[0].endswith("Read from running text: check.")
    assert any(row.endswith("Where a template says.") for row in said)


def test_the_message_in_front_becomes_the_example(open_notice):
    day = open_notice()
    day.click("original-email")
    day.click("teach-layout")
    screen = day.window.front()
    assert isinstance(screen, Elsewhere)
    assert list(screen.args[-1]) == ["notification"]
