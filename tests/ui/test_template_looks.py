"""The two screens of templates at every size: nothing cut, nothing without a name, one filled button a pane."""

import pytest
from PySide6.QtWidgets import QPushButton

from schoolsafe.domain.template import How, Mark, Template
from schoolsafe.ui.theme import style
from taught_style import BULLETINS, DOMAIN
from ui.clip import cut_texts, settle
from ui.layouts import open_layouts, receive, school
from ui.morning import find
from ui.walk import faults

__all__ = ["open_layouts", "school"]

SIZES = ((100, 1366, 768), (100, 1024, 640), (200, 1366, 768))


def empty(open_layouts, school, **size):
    return open_layouts(notification=receive(school, BULLETINS[0]), **size)


def marked(open_layouts, school, **size):
    page = empty(open_layouts, school, **size)
    receive(school, BULLETINS[1])
    page.mark_all()
    return page


def wrong(open_layouts, school, **size):
    page = empty(open_layouts, school, **size)
    page.press("Ctrl+Return")
    return page


def shelf(open_layouts, school, **size):
    template = Template(
        "Own form",
        (Mark("child_name", How.LABEL, "Kid"), Mark("place", How.LABEL, "At Jordan")),
        senders=(DOMAIN,),
    )
    school.services.templates.save(template)
    return open_layouts("templates", **size)


STATES = (empty, marked, wrong, shelf)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("state", STATES, ids=lambda s: s.__name__)
def test_nothing_is_cut_and_everything_has_a_name(styled, open_layouts, school, state, size):
    percent, width, height = size
    style.current().apply(styled, style.Look.LIGHT, percent)
    page = state(open_layouts, school, width=width, height=height)
    for shown in ("show_work", "show_list"):
        getattr(page.window, shown)()
        settle(page.window)
        assert cut_texts(page.window) == []
        assert faults(page.window) == []


@pytest.mark.parametrize("state", STATES, ids=lambda s: s.__name__)
def test_a_pane_has_at_most_one_filled_button(open_layouts, school, state):
    page = state(open_layouts, school)
    for name in ("work", "side"):
        buttons = find(page.window, name).findChildren(QPushButton)
        filled = [b for b in buttons if b.property("kind") == "primary" and b.isVisible()]
        assert len(filled) <= 1, [b.text() for b in filled]
