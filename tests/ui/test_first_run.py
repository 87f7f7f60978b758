from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.dialogs import FakeDialogs
from fakes.first_run import MADE, FakeFirstRun
from fakes.sync_tasks import SyncTasks
from house import ReadyDrafts
from schoolsafe.domain.calendar import Term
from schoolsafe.ui import school_year
from schoolsafe.ui.screens.first_run.steps import Step
from schoolsafe.ui.screens.first_run.view import FirstRunWindow
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.plain_label import PlainLabel
from ui.clip import cut_texts, settle
from ui.morning import FakePaper
from ui.pages.first_run import TERMS, FirstRunPage
from ui.pages.keyboard import Keyboard
from ui.walk import faults

LIST = "surname,forename,dob,year,class\nThornton,Maya,14/03/2018,4,Kingfisher\n"
NO_KEYRING = "This computer has no keyring that SchoolSafe can use."


@pytest.fixture
def seam(tmp_path):
    made = FakeFirstRun(tmp_path / "school", intake=ReadyDrafts())
    yield made
    if made.school is not None:
        made.school.close()


@pytest.fixture
def paper():
    return FakePaper()


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def page(qtbot, styled, seam, paper, dialogs):
    window = FirstRunWindow(seam, SyncTasks(), dialogs=dialogs, paper=paper)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return FirstRunPage(window)


def test_the_whole_way_from_the_first_question_to_an_open_school(
    page, seam, paper, dialogs, tmp_path
):
    done = []
    page.window.finished.connect(done.append)
    page.to_pupils()
    listed = tmp_path / "pupils.csv"
    listed.write_text(LIST)
    dialogs.will_open(listed)
    page.window.pupils.choose.click()
    assert "1 new." in page.said()
    assert seam.school.services.children.list() == ()
    page.go_on()
    assert done == [seam.school.services]
    assert [row.name for row in seam.school.services.children.list()] == ["Maya Thornton"]
    assert seam.form.school == "Ashgrove Primary School"
    assert seam.form.device_secret == "keyring"
    assert paper.printed[0][0] == "Recovery sheet"
    assert seam.drilled


def test_the_pupils_may_wait(page, seam):
    done = []
    page.window.finished.connect(done.append)
    page.to_pupils()
    assert page.window.next.text() == "Do this later, open Today"
    page.go_on()
    assert done == [seam.school.services]
    assert "second person who holds a key" in page.said()


def test_each_answer_stands_beside_its_step(page):
    page.to_days()
    assert "Ashgrove Primary School" in page.steps()
    assert "Priya Nair, safeguarding lead" in page.steps()
    assert "Tried, it works" in page.steps()
    here = page.window.steps.findChildren(PlainLabel, "step-6")[-1]
    assert here.accessibleName() == "Step 6 of 7, Registration and terms, you are here"


def test_what_is_missing_is_said_once_in_a_summary_and_once_at_the_field(page):
    page.set_up_wanted()
    page.school("", "12")
    assert page.problems() == [
        "Enter the name of your school",
        "The URN has six figures, such as 999101",
    ]
    assert page.window.windowTitle() == "Error: Start - SchoolSafe"
    assert page.window.school.questions["urn"].error.text().startswith("The URN has six figures")
    page.school()
    assert page.step() == "you"
    assert page.window.windowTitle() == "Start - SchoolSafe"


@pytest.mark.parametrize(
    ("text", "again", "said"),
    [
        ("", "", "Enter a passphrase, or let one be made"),
        ("copper lantern otter", "", "Type the passphrase again"),
        ("copper lantern otter", "copper lantern oter", "Type the same passphrase again"),
        ("short", "short", "A passphrase has at least 15 characters or five words."),
    ],
)
def test_a_passphrase_that_will_not_do_sets_nothing_up(page, seam, text, again, said):
    page.to_passphrase()
    page.passphrase(text, again)
    assert page.problems() == [said]
    assert seam.school is None
    assert page.step() == "passphrase"


def test_its_strength_is_said_in_words_and_knows_the_school(page):
    page.to_passphrase()
    phrase = page.window.phrase.passphrase
    assert phrase.words.text() == "Not typed yet"
    phrase.field.edit.setText("Ashgrove Primary School 2026")
    assert phrase.words.text() == "Too easy to guess"
    assert phrase.bar.accessibleName() == "Strength: Too easy to guess"
    phrase.field.edit.setText("ridge otter seven copper lantern")
    assert phrase.words.text() == "Very strong"


def test_a_passphrase_can_be_made_and_is_shown_so_that_it_can_be_read(page):
    page.to_passphrase()
    page.window.phrase.passphrase.make.click()
    phrase = page.window.phrase.passphrase
    assert phrase.text() == MADE
    assert phrase.field.edit.displayText() == MADE
    assert phrase.again() == ""
    assert page.focused() == "passphrase-again"


def test_the_sheet_must_be_printed_and_tried_before_set_up_goes_on(page, seam, paper):
    page.to_sheet()
    page.go_on()
    assert page.problems() == ["Print or save the recovery sheet first"]
    paper.turns_back = True
    page.window.sheet.drill.print_button.click()
    assert page.window.sheet.drill.group_fields[0].isVisibleTo(page.window) is False
    paper.turns_back = False
    page.window.sheet.drill.print_button.click()
    page.type_back("", "YZ012")
    assert page.problems() == ["Type group 2 of the sheet"]
    page.type_back("FGHJX", "YZ012")
    assert page.problems()[0].startswith("Group 2 is not what stands on the sheet.")
    assert page.step() == "sheet"
    assert not seam.drilled
    page.type_back("fghjk", "YZ012")
    assert page.step() == "days"
    assert seam.drilled


def test_no_keyring_is_a_stated_choice_with_its_weakness(qtbot, styled, tmp_path, paper):
    seam = FakeFirstRun(tmp_path / "school", keyring=NO_KEYRING)
    window = FirstRunWindow(seam, SyncTasks(), dialogs=FakeDialogs(), paper=paper)
    qtbot.addWidget(window)
    window.show()
    page = FirstRunPage(window)
    page.to_passphrase()
    assert NO_KEYRING in page.said()
    assert "your passphrase is all that protects the record" in page.said()
    page.passphrase(MADE)
    assert page.problems() == ["Choose where this computer’s secret is kept"]
    window.phrase.place.set_current("file")
    page.go_on()
    assert seam.form.device_secret == "file"
    seam.school.close()


def test_somebody_may_stop_for_a_keyring_and_nothing_is_set_up(qtbot, styled, tmp_path, paper):
    seam = FakeFirstRun(tmp_path / "school", keyring=NO_KEYRING)
    window = FirstRunWindow(seam, SyncTasks(), dialogs=FakeDialogs(), paper=paper)
    qtbot.addWidget(window)
    window.show()
    page = FirstRunPage(window)
    page.to_passphrase()
    window.phrase.place.set_current("stop")
    page.go_on()
    assert window.isHidden()
    assert seam.school is None
    assert seam.answers["school"] == "Ashgrove Primary School"


def test_with_a_keyring_nobody_is_asked_about_it(page):
    page.to_passphrase()
    assert "keyring" not in page.said()


def test_back_always_works_and_what_is_on_record_is_not_asked_again(page, seam):
    page.to_sheet()
    page.window.back.click()
    assert page.step() == "passphrase"
    assert "Your passphrase is set." in page.said()
    page.window.back.click()
    page.window.back.click()
    assert "Ashgrove Primary School is set up: Priya Nair, safeguarding lead." in page.said()
    before = seam.form
    for step in ("you", "passphrase", "sheet"):
        page.go_on()
        assert page.step() == step
    assert seam.form is before


def test_somebody_who_stopped_comes_back_to_the_first_open_question(
    page, qtbot, seam, paper, dialogs
):
    page.set_up_wanted()
    page.school()
    again = FirstRunWindow(seam, SyncTasks(), dialogs=dialogs, paper=paper)
    qtbot.addWidget(again)
    assert FirstRunPage(again).step() == "you"
    assert again.school.name.text() == "Ashgrove Primary School"


def test_once_set_up_the_answers_are_kept_nowhere_else(page, seam):
    page.to_sheet()
    assert seam.answers == {}


def test_the_demo_school_is_one_answer_away(page, seam):
    wanted = []
    page.window.demo_wanted.connect(lambda: wanted.append("demo"))
    page.go_on()
    assert page.problems() == ["Choose what you would like to do"]
    page.window.what.choices.choose(2)
    page.go_on()
    assert wanted == ["demo"]
    assert seam.answers == {}


def test_six_dates_a_half_term_and_an_inset_day_become_the_calendar(page, seam):
    page.to_pupils()
    site = seam.school.services.calendars.show()
    assert site.start == time(8, 45)
    assert [(t.name, t.first, t.last) for t in site.terms] == [
        ("Autumn 1", date(2026, 9, 1), date(2026, 10, 23)),
        ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        ("Spring", date(2027, 1, 4), date(2027, 3, 25)),
        ("Summer", date(2027, 4, 12), date(2027, 7, 21)),
    ]
    assert [(c.date, c.why) for c in site.closed] == [(date(2026, 9, 1), "inset")]


def test_one_term_is_enough_to_begin_with(page, seam):
    page.to_days()
    page.dates(TERMS[0], (None, None), (None, None), others="")
    page.go_on()
    assert page.step() == "pupils"
    assert len(seam.school.services.calendars.show().terms) == 1


def test_dates_that_cannot_be_are_said_in_plain_words(page, seam):
    page.to_days()
    page.go_on()
    assert page.problems() == ["Enter the dates of at least one term"]
    page.dates((date(2026, 12, 18), date(2026, 9, 1)), TERMS[1], TERMS[2], others="soon")
    page.window.days.start.setText("9")
    page.window.days.boxes[1][0].day_box.setText("31")
    page.window.days.boxes[1][0].month_box.setText("2")
    page.go_on()
    assert page.problems() == [
        "Enter when registration begins, such as 8:45am",
        "First day of Spring term must be a real date, such as 27 3 2026",
        "Autumn term ends before it begins",
        "Line 1: write a date, such as 27 3 2026, then what it is",
    ]
    assert not seam.school.services.calendars.show().is_set


def test_terms_can_wait_and_the_step_says_so(page):
    page.to_days()
    page.window.later.click()
    assert page.step() == "pupils"
    assert "Later" in page.steps()


def test_while_the_school_is_made_nothing_else_begins(qtbot, styled, seam, paper, dialogs):
    tasks = SyncTasks()
    window = FirstRunWindow(seam, tasks, dialogs=dialogs, paper=paper)
    qtbot.addWidget(window)
    page = FirstRunPage(window)
    page.to_passphrase()
    tasks.hold()
    page.passphrase(MADE)
    assert window.busy.text() == "Setting up your school"
    assert not window.next.isEnabled()
    window.presenter.back()
    assert page.step() == "passphrase"
    page.go_on()
    tasks.release()
    assert page.step() == "sheet"
    assert window.next.isEnabled()


def test_the_keyboard_goes_all_the_way(page):
    keys = Keyboard(page.window)
    keys.press("Space")
    keys.press("Ctrl+Return")
    keys.free_text("Ashgrove Primary School")
    keys.press("Tab")
    keys.free_text("999101")
    keys.press("Return")
    keys.free_text("Priya Nair")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Ctrl+Return")
    assert page.step() == "passphrase"
    keys.press("Alt+Left")
    assert page.step() == "you"


@pytest.mark.parametrize("step", list(Step))
def test_every_page_is_named_and_nothing_is_cut(page, styled, step):
    page.to_pupils()
    while page.step() != step:
        page.window.back.click()
    settle(page.window)
    assert faults(page.window) == []
    assert cut_texts(page.window) == []


@pytest.mark.parametrize(("percent", "width", "height"), [(100, 1024, 640), (200, 1366, 768)])
def test_no_page_is_cut_where_there_is_little_room(
    qtbot, styled, seam, paper, dialogs, *, percent, width, height
):
    style.current().apply(styled, style.Look.LIGHT, percent)
    window = FirstRunWindow(seam, SyncTasks(), dialogs=dialogs, paper=paper)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    page = FirstRunPage(window)
    page.to_pupils()
    for _ in Step:
        settle(window)
        assert cut_texts(window) == [], page.step()
        window.back.click()


def test_no_title_names_anybody(page):
    page.to_days()
    assert page.window.windowTitle() == "Start - SchoolSafe"


# the lines of a school year ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "first", "last", "words"),
    [
        ("26 10 2026 to 30 10 2026 half-term", (2026, 10, 26), (2026, 10, 30), "half-term"),
        ("26/10/26 - 30/10/26", (2026, 10, 26), (2026, 10, 30), ""),
        ("Inset: Mon 4 January 2027", (2027, 1, 4), (2027, 1, 4), "Inset"),
        ("2027-01-04 snow", (2027, 1, 4), (2027, 1, 4), "snow"),
        ("Autumn 1: 1st Sept 2026 until 23rd Oct 2026", (2026, 9, 1), (2026, 10, 23), "Autumn 1"),
        ("5.2.27 polling station", (2027, 2, 5), (2027, 2, 5), "polling station"),
    ],
)
def test_a_day_is_read_however_it_is_written_day_first(line, first, last, words):
    (read,) = school_year.read_lines(line).lines
    assert (read.first, read.last, read.words) == (date(*first), date(*last), words)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("half-term", "Line 1: write a date, such as 27 3 2026, then what it is"),
        ("31 2 2026", "Line 1: write a date, such as 27 3 2026, then what it is"),
        ("13 13 2026 inset", "Line 1: write a date, such as 27 3 2026, then what it is"),
        ("30 10 2026 to 26 10 2026", "Line 1: the last day lies before the first"),
        ("1 1 2026 to 1 1 2029", "Line 1: that is longer than a year"),
    ],
)
def test_a_line_that_holds_no_day_is_said_by_its_number(line, said):
    read = school_year.read_lines(line)
    assert read.lines == ()
    assert read.problems == (said,)


def test_a_term_needs_two_dates():
    problems = school_year.read_lines("Autumn 1: 1 9 2026", pairs=True).problems
    assert problems == ("Line 1: write two dates, such as 2 11 2026 to 18 12 2026",)


dates = st.dates(date(2020, 1, 1), date(2040, 1, 1))
names = st.sampled_from(["Autumn 1", "Spring", "Summer 2", "Term 6"])


@given(st.lists(st.tuples(names, dates, st.integers(0, 300)), max_size=6))
def test_terms_written_back_are_read_as_the_same_terms(drawn):
    from datetime import timedelta

    terms = tuple(
        sorted((Term(n, d, d + timedelta(days=k)) for n, d, k in drawn), key=lambda t: t.first)
    )
    read = school_year.read_lines(school_year.terms_text(terms), pairs=True)
    assert read.problems == ()
    assert school_year.terms_of(read.lines) == terms


def test_closed_days_written_back_are_read_as_the_same_days():
    lines = school_year.read_lines("1 9 2026 inset\n26 10 2026 to 28 10 2026 flood\n").lines
    closed = school_year.closed_days(lines)
    assert len(closed) == 4
    text = school_year.closed_text(closed)
    assert text == "1 September 2026 inset\n26 October 2026 to 28 October 2026 flood"
    assert school_year.closed_days(school_year.read_lines(text).lines) == closed
