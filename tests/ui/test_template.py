"""Teaching a layout by example, and the templates there are, by keyboard alone."""

import pytest

from schoolsafe.domain.template import How, Mark, Template
from schoolsafe.wire.template import from_toml, to_toml
from taught_style import BULLETINS, DOMAIN
from ui.layouts import LayoutPage, open_layouts, receive, school
from ui.morning import focus_name

__all__ = ["open_layouts", "school"]


@pytest.fixture
def page(open_layouts, school) -> LayoutPage:
    first = receive(school, BULLETINS[0])
    receive(school, BULLETINS[1])
    return open_layouts(notification=first)


def test_the_message_stands_as_text_with_the_focus_and_nothing_marked(page):
    assert "Youngster :: Tamsin OAKAPPLE" in page.words("example-text")
    assert focus_name() == "example-text"
    assert not page.sees("mark-words")
    assert page.words("example-sender") == f"Used for messages from {DOMAIN}"


def test_marking_without_a_selection_says_what_to_do(page):
    page.find("mark-fields").setFocus()
    page.press("Return")
    assert "Select words in the message first" in page.reads("toast")
    assert focus_name() == "example-text"


def test_a_mark_shows_what_it_goes_by_and_what_would_be_read(page):
    page.mark_in_list("child_name", "Tamsin OAKAPPLE")
    assert page.list_of("mark-words") == [
        "Child\u2019s name. After the label \u201cYoungster\u201d."
    ]
    assert page.list_of("mark-fields")[0] == "Child\u2019s name. Tamsin OAKAPPLE. Marked."
    assert page.list_of("tried-readings") == [
        "Child\u2019s name. Tamsin OAKAPPLE. By the template."
    ]


def test_taught_by_one_message_it_reads_the_next(page, school):
    page.mark_all()
    page.find("meaning-0").setFocus()
    page.find("meaning-0").set_current("present_heard")
    page.find("meaning-0").chosen.emit("present_heard")
    page.find("template-name").setText("Southmere bulletin")
    page.press("Ctrl+Return")
    own = [view for view in school.services.templates.list() if not view.shipped]
    assert [view.template.name for view in own] == ["Southmere bulletin"]
    view = school.services.notifications.show(receive(school, BULLETINS[3]))
    assert view.lines[0].facts.name_as_sent == "Rowan SHAMWELL"
    assert view.lines[0].facts.presence == "present_heard"
    assert page.words("template-title") == "Southmere bulletin"


def test_other_messages_of_the_sender_show_what_would_be_read_from_them(page):
    page.mark_all()
    box = page.find("tried-message")
    assert box.count() == 2
    box.set_current("1")
    box.chosen.emit("1")
    assert "Youngster :: Idris PRETENDER-VALE" in page.words("example-text")
    readings = page.find("tried-readings")
    readings.setFocus()
    page.press("Down")
    page.press("Up")
    marks = page.find("example-text").extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == ["Idris PRETENDER-VALE"]


def test_saving_too_early_says_what_is_missing(page, school):
    page.press("Ctrl+Return")
    said = page.work()
    assert "Enter a name for this layout" in said
    assert "Mark where the child\u2019s name stands" in said
    assert all(view.shipped for view in school.services.templates.list())


def test_words_that_may_be_a_name_are_shown_and_can_be_changed_or_dropped(page, school):
    school.services.children.add(surname="Spot", forename="Kit")
    page.window.open("template", notification=school.services.notifications.list()[0].id)
    page.mark("child_name", "Idris PRETENDER-VALE")
    page.mark("place", "Bus stop, Long Lane")
    assert any("May be a name: Spot" in row for row in page.list_of("mark-words"))
    page.find("mark-words").select("1")
    page.find("mark-before").setText("Clock")
    page.find("mark-before").setFocus()
    page.press("Return")
    assert any("After the label \u201cClock\u201d" in row for row in page.list_of("mark-words"))
    page.find("mark-words").select("1")
    page.click("drop-mark")
    assert len(page.list_of("mark-words")) == 1


def test_a_mark_can_be_taken_away(page):
    page.mark("child_name", "Tamsin OAKAPPLE")
    page.find("mark-fields").select("child_name")
    page.click("unmark")
    assert page.list_of("mark-fields")[0] == "Child\u2019s name."
    assert not page.sees("mark-words")


def test_a_message_from_a_file_teaches_too_and_stays_off_the_record(open_layouts, school, tmp_path):
    file = tmp_path / "bulletin.eml"
    file.write_bytes(BULLETINS[0].mail())
    page = open_layouts(file=file)
    page.mark_all()
    page.find("template-name").setText("From a file")
    page.press("Ctrl+Return")
    assert school.services.notifications.list() == ()
    assert any(view.template.name == "From a file" for view in school.services.templates.list())


def test_a_phone_call_cannot_teach(open_layouts, school):
    from schoolsafe.services.notification_arrival import Call

    call = school.services.notifications.log_call(Call("Ann Madeup")).entities[0]
    page = open_layouts(notification=call)
    assert page.sees("teach-refused")


# the shelf ----------------------------------------------------------------------------------------


@pytest.fixture
def kept(school) -> Template:
    template = Template(
        "Own form", (Mark("child_name", How.LABEL, "Kid"), Mark("place", How.LABEL, "At Jordan")), senders=(DOMAIN,)
    )  # fmt: skip
    school.services.templates.save(template)
    return template


def test_the_shelf_shows_the_own_first_and_the_file_another_school_would_get(open_layouts, kept):
    page = open_layouts("templates")
    assert page.words("template-title") == "Own form"
    assert 'before = "Kid"' in page.words("template-file")
    assert "May be a name: Jordan" in page.reads("template-names")
    assert page.sees("withdraw-template")
    assert not page.sees("keep-template")


def test_one_that_came_with_the_program_cannot_be_withdrawn(open_layouts, school):
    page = open_layouts("templates")
    assert len(page.list_of("templates")) == 1 + 8
    assert not page.sees("withdraw-template")


def test_a_file_goes_to_another_school_and_comes_back(
    open_layouts, school, kept, dialogs, tmp_path
):
    page = open_layouts("templates")
    path = tmp_path / "mail-template.toml"
    dialogs.will_save(path)
    page.click("give-template")
    assert from_toml(path.read_bytes()).marks == kept.marks
    path.write_bytes(to_toml(Template("Theirs", (Mark("child_name", How.LABEL, "Pupil"),))))
    dialogs.will_open(path)
    page.click("take-template")
    assert page.words("template-title") == "Theirs"
    assert page.sees("keep-template")
    page.press("Ctrl+Return")
    assert any(view.template.name == "Theirs" for view in school.services.templates.list())


def test_a_file_that_is_no_template_says_why(open_layouts, dialogs, tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("format = 1\nname = 'x'\nregex = 'a+'\n")
    dialogs.will_open(path)
    page = open_layouts("templates")
    page.click("take-template")
    assert "\u201cregex\u201d" in page.reads("template-refused")


def test_taken_out_of_use_it_goes_and_undo_brings_it_back(open_layouts, school, kept):
    page = open_layouts("templates")
    page.click("withdraw-template")
    assert school.services.templates.in_use() == ()
    page.press("Ctrl+Z")
    assert len(school.services.templates.in_use()) == 1
