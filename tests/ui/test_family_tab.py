"""The Family tab of a file: the list first, warnings over it, one form at a time, the drawing under it."""

import pytest
from PySide6.QtWidgets import QLineEdit

from ui.families import furnish
from ui.files import fill, morning, open_file, saved
from ui.pages.pupil_file import FilePage
from ui.walk import faults

__all__ = ["morning", "open_file", "saved"]


@pytest.fixture
def made(morning):
    fill(morning)
    return furnish(morning)


@pytest.fixture
def page(made, morning, open_file):
    page = FilePage(open_file(morning))
    page.screen.banner.tabs.set_current("family")
    return page


def rows(page, table: str) -> list[str]:
    return [
        " | ".join(cell.words for cell in row.cells)
        for row in getattr(page.screen.family, table).rows.rows
    ]


def test_the_list_comes_first_with_what_the_child_calls_them(page):
    people = rows(page, "people")
    assert (
        people[0] == "Kate Thornton | Mother, “Mummy” | Safe to call, 01632 960111 | Yes | Refuge"
    )
    assert any(
        line.startswith("Ana Price | Half-brother or half-sister, Brookfield") for line in people
    )
    assert people[-1].startswith("Expected baby | ")


def test_a_confidential_address_is_behind_a_button_and_the_look_is_logged(page, morning):
    assert "Rosewood" not in page.work()
    before = morning.school.audit_lines()
    page.click("family-show-address")
    assert "Rosewood House, Northmere" in page.work()
    assert morning.school.audit_lines() == before + 1
    page.window.open("pupil_file", child=morning.child("Leo"))
    page.screen.banner.tabs.set_current("family")
    assert not page.sees("family-address")


def test_a_person_is_added_with_the_keyboard(page, morning):
    page.click("family-add-person")
    form = page.screen.family.form
    page.window.run("save")
    assert form.problem.text() == "Enter their name."
    form.findChild(QLineEdit, "answer-name").setText("Sam Doyle")
    form.answers[1].show_answer("other")
    page.window.run("save")
    assert page.screen.family.form is None
    assert any(line.startswith("Sam Doyle | Somebody else") for line in rows(page, "people"))
    assert page.toast() == "Saved."


def test_a_change_keeps_a_confidential_address_nobody_was_shown(page, morning, made):
    page.screen.family.homes.select(made["refuge"])
    page.click("family-change-home")
    page.window.run("save")
    families = morning.services.families
    assert families.address(morning.child("Maya"), made["refuge"]) == "Rosewood House\nNorthmere"


def test_an_expected_baby_asks_for_a_decision_until_there_is_one(page):
    assert "A baby is expected 1 March 2027. Record whether you refer." in page.work()
    page.click("family-warning-0-action")
    form = page.screen.family.form
    form.answers[0].show_answer("not_referred")
    form.answers[1].show_answer("The family has a worker already")
    page.window.run("save")
    assert "Record whether you refer" not in page.work()


def test_who_asks_for_the_file_is_looked_for_in_it(page):
    page.find("family-who-asks").setText("Daniel Price")
    page.click("family-check")
    said = page.work()
    assert "Dan Price, Father" in said
    assert "A home in it is confidential." in said
    page.find("family-who-asks").setText("Ruth Okafor")
    page.click("family-check")
    assert "Nobody called Ruth Okafor stands in this file." in page.work()


def test_the_person_at_the_screen_is_warned_in_the_banner_and_at_the_print(page, morning):
    add = morning.services.families.add
    add("person", morning.child("Maya"), {"name": "P. Nair", "relationship": "aunt_uncle"})
    page.screen.presenter.refresh()
    warning = "Your name, or one like it, stands in this file: P. Nair, Aunt or uncle."
    assert warning in page.work()
    page.screen.family.do.before_print()
    assert page.toast().startswith(warning)


def test_the_drawing_is_said_in_sentences(page):
    drawing = page.screen.family.drawing
    assert "Kate Thornton and Dan Price are divorced." in drawing.accessibleDescription()
    assert drawing.accessibleDescription().startswith("Live with the child: ")


def test_two_records_are_taken_apart_from_the_file(page, morning):
    services = morning.services
    again = services.children.add(surname="Thornton", forename="Maia").entities[0]
    services.duplicates.same(morning.child("Maya"), again, why="Entered twice")
    page.screen.presenter.refresh()
    page.click("family-double-0-action")
    page.screen.family.form.why.setText("Cousins")
    page.window.run("save")
    assert services.children.together(again) == (again,)


def test_every_control_of_the_tab_has_a_name(page):
    assert not faults(page.window)
