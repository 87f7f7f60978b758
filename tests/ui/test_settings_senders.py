"""Settings, sealed notices: heard words confirm a key, a reason stops it, the folder says how it is."""

import json
from collections.abc import Iterator

import pytest

from fakes.security import FakeDressing, FakeSecurity
from house import MONDAY, School, make_school
from schoolsafe.domain.person import Role
from schoolsafe.reports.files import DiskFiles
from schoolsafe.services.policy import Policy
from schoolsafe.ui.screens.settings.view import SettingsScreen, SettingsTools
from schoolsafe.ui.theme import style
from schoolsafe.wire import schoolcard
from ui.clip import cut_texts, settle
from ui.files import Elsewhere
from ui.morning import FakePaper
from ui.pages.settings import SettingsPage
from ui.walk import faults
from unit.wire.letters import OTHER, force_card

WORDS = " ".join(force_card().words)


@pytest.fixture
def school(tmp_path) -> Iterator[School]:
    made = make_school(tmp_path / "school")
    yield made
    made.close()


@pytest.fixture
def open_senders(make_window, tasks):
    def open_(school: School, *, width=1440, height=900):
        tools = SettingsTools(
            FakeDressing(), FakeSecurity(now=MONDAY), FakePaper(), Policy(), DiskFiles()
        )
        screens = {
            "today": Elsewhere,
            "settings": lambda frame: SettingsScreen(frame, school.services, tools),
        }
        window = make_window(width, height, screens=screens)
        window.activateWindow()
        window.open("settings", part="senders")
        return SettingsPage(window)

    yield open_
    assert tasks.errors == []


@pytest.fixture
def page(open_senders, school) -> SettingsPage:
    return open_senders(school)


@pytest.fixture
def card(tmp_path):
    path = tmp_path / "northmere.json"
    path.write_bytes(force_card().raw)
    return path


def part_row(page: SettingsPage) -> str:
    return next(line for line in page.parts() if line.startswith("Sealed notices"))


def confirm(page, dialogs, card, words: str = WORDS) -> None:
    dialogs.will_open(card)
    page.click("choose-card")
    page.write("force-words", words)
    page.write("rung", "01632 960000")
    page.save()


def test_there_is_nobody_at_first_and_our_words_are_there_to_be_read_out(page, school):
    assert part_row(page) == "Sealed notices. None yet."
    assert page.find("our-words").text() == " ".join(school.services.school_cards.card().words)
    assert not page.sees("force-words")
    assert not page.sees("stop-key")


def test_a_force_is_confirmed_by_the_words_that_were_heard(page, school, dialogs, card):
    confirm(page, dialogs, card, WORDS.title())
    (one,) = school.services.trusted_senders.list()
    assert (one.name, one.rung) == ("Northmere Police", "01632 960000")
    assert part_row(page) == "Sealed notices. 1 force."
    assert "by Priya Nair on" in page.said()
    assert not page.sees("force-words")


def test_the_words_to_be_heard_are_nowhere_on_the_screen(page, dialogs, card):
    dialogs.will_open(card)
    page.click("choose-card")
    shown = page.said()
    assert "It calls itself" in shown
    assert WORDS not in shown
    assert force_card().words[3] not in shown.split()


def test_other_words_confirm_nothing_and_what_was_typed_stays(page, school, dialogs, card):
    confirm(page, dialogs, card, " ".join(force_card(OTHER).words))
    assert page.problems() == [
        "These are not the words of this key. Ring again, on a number you know, and type what you hear."
    ]
    assert school.services.trusted_senders.list() == ()
    assert page.find("rung").text() == "01632 960000"


def test_a_file_that_is_no_card_is_said(page, dialogs, tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{}")
    dialogs.will_open(path)
    page.click("choose-card")
    assert page.problems() == ["This is not the card of a force’s key."]


def test_a_key_is_stopped_with_a_reason_and_that_can_be_taken_back(
    page, school, dialogs, card, *, tasks
):
    confirm(page, dialogs, card)
    page.click("stop-key")
    assert page.problems() == ["Write why this key is to be believed no more."]
    page.write("stop-reason", "Stolen, told by Northmere")
    page.click("stop-key")
    (one,) = school.services.trusted_senders.list()
    assert one.stopped == "Stolen, told by Northmere"
    assert "Stolen, told by Northmere" in page.said()
    assert not page.sees("stop-key")
    assert part_row(page) == "Sealed notices. None yet."


def test_the_relay_folder_is_chosen_and_says_how_it_is(page, school, dialogs, tmp_path):
    folder = tmp_path / "relay"
    folder.mkdir()
    assert "No folder is set" in page.find("relay-looked").text()
    dialogs.will_choose(folder)
    page.click("choose-relay")
    page.click("keep-relay")
    assert school.services.relay.state().folder == folder
    assert json.loads((folder / "relay.json").read_text())["format"] == "schoolsafe relay 1"
    school.services.relay.looked("The relay folder is not there.")
    page.screen.presenter.refresh()
    assert "Not reached" in page.find("relay-looked").text()
    assert part_row(page).endswith("Folder not reached.")
    page.write("relay-folder", "")
    page.click("keep-relay")
    assert school.services.relay.state().folder is None


def test_a_folder_that_is_not_there_is_said_beside_its_field(page, tmp_path):
    page.write("relay-folder", str(tmp_path / "gone"))
    page.click("keep-relay")
    assert page.problems() == [
        "The folder for sealed notices is not there. Is the stick in, or the network up?"
    ]
    assert page.find("relay-folder").text() == str(tmp_path / "gone")


def test_our_card_is_saved_where_a_person_says(page, school, dialogs, tmp_path):
    dialogs.will_save(tmp_path / "ours.json")
    page.click("save-card")
    made = schoolcard.read((tmp_path / "ours.json").read_bytes())
    assert made.key_id == school.services.school_cards.card().key_id
    assert dialogs.asked[-1][2] == "school-card.json"


def test_who_is_no_lead_sees_whose_it_is(open_senders, tmp_path):
    school = make_school(tmp_path / "other", role=Role.PASTORAL)
    page = open_senders(school)
    assert part_row(page) == "Sealed notices. For the safeguarding leads."
    assert "Sealed notices go to the safeguarding leads." in page.said()
    assert not page.sees("choose-card")
    school.close()


@pytest.mark.parametrize(
    ("width", "height", "percent"), [(1366, 768, 100), (1024, 640, 100), (1366, 768, 200)]
)
def test_nothing_is_cut_and_everything_has_a_name(
    open_senders, school, dialogs, card, *, width, height, percent, qapp
):
    style.current().apply(qapp, style.Look.LIGHT, percent)
    page = open_senders(school, width=width, height=height)
    page.window.show_work()
    confirm(page, dialogs, card)
    dialogs.will_open(card)
    page.click("choose-card")
    settle(page.window)
    assert cut_texts(page.window) == []
    assert faults(page.window) == []
    style.current().apply(qapp, style.Look.LIGHT, 100)
