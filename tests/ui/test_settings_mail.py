"""Settings, Mail sources: off at first, added and removed by keyboard, passwords never left on screen."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fakes.any_mail import a_mail, any_mail
from fakes.mail_places import FakeFetcher, NotThere
from fakes.security import FakeDressing, FakeSecurity
from house import MONDAY, School, make_school
from schoolsafe.services.mail_fetching import ImapPlace
from schoolsafe.services.policy import Policy
from schoolsafe.ui.mail_round import MailWork
from schoolsafe.ui.screens.settings.shown import Part
from schoolsafe.ui.screens.settings.view import SettingsScreen, SettingsTools
from schoolsafe.ui.theme import style
from ui.clip import cut_texts
from ui.files import Elsewhere
from ui.morning import FakePaper
from ui.pages.settings import SettingsPage
from ui.walk import faults

PLACE = ImapPlace("mail.example.org", "encompass@ashgrove.example.org", since=date(2026, 11, 2))


@pytest.fixture
def fetcher() -> FakeFetcher:
    return FakeFetcher()


@pytest.fixture
def school(tmp_path, fetcher) -> Iterator[School]:
    made = make_school(tmp_path / "school", intake=any_mail(), fetcher=fetcher)
    yield made
    made.close()


@pytest.fixture
def open_mail(make_window, tasks):
    def open_(school: School, *, policy: Policy | None = None, width=1440, height=900):
        tools = SettingsTools(
            FakeDressing(), FakeSecurity(now=MONDAY), FakePaper(), policy or Policy()
        )
        screens = {
            "today": Elsewhere,
            "settings": lambda frame: SettingsScreen(frame, school.services, tools),
        }
        work = MailWork(school.services.mail_sources, tasks)
        window = make_window(width, height, screens=screens, mail=work)
        window.activateWindow()
        window.open("settings", part="mail")
        return SettingsPage(window)

    yield open_
    assert tasks.errors == []


@pytest.fixture
def page(open_mail, school) -> SettingsPage:
    return open_mail(school)


def part_row(page: SettingsPage) -> str:
    return next(line for line in page.parts() if line.startswith("Mail sources"))


def fill(page: SettingsPage, **fields: str) -> None:
    for name, words in fields.items():
        page.write(f"source-{name.replace('_', '-')}", words)


def test_it_is_off_and_says_so(page):
    assert part_row(page) == "Mail sources. Off."
    assert "Off until you add one." in page.said()
    assert not page.sees("look-now")
    assert page.find("source-since-day").text() == "2"


def test_a_mailbox_is_added_and_looked_at_at_once(page, school, fetcher):
    fetcher.mailbox.put(a_mail("Robin"))
    fill(page, name="Police mailbox", server="mail.example.org", user="lead@example.org")
    fill(page, secret="pretend lamp")
    page.save()
    (state,) = school.services.mail_sources.list()
    assert state.imap is not None
    assert (state.imap.host, state.imap.port, state.imap.folder) == (
        "mail.example.org",
        993,
        "INBOX",
    )
    assert state.imap.since == date(2026, 11, 2)
    assert state.taken == 1
    assert page.toast() == "1 message came by mail."
    assert part_row(page) == "Mail sources. 1 source."
    assert page.find("source-secret").text() == ""
    assert page.find("source-name").text() == ""
    assert "8:18am" in page.said()


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(page, school):
    fill(page, name="Police mailbox", server="mail.example.org", port="many")
    page.save()
    assert page.problems() == [
        "A port is a number from 1 to 65535; for mailboxes it is usually 993."
    ]
    fill(page, port="993")
    page.save()
    assert page.problems() == [
        "Enter the login name of the mailbox; often it is the email address."
    ]
    fill(page, user="lead@example.org", since_day="31", since_month="2")
    page.save()
    assert page.problems() == ["The first day must be a real date, such as 27 3 2026"]
    fill(page, since_day="", since_month="", since_year="")
    page.save()
    assert page.problems() == ["Enter the password of the mailbox."]
    assert page.find("source-server").text() == "mail.example.org"
    fill(page, secret="pretend lamp")
    page.save()
    assert page.problems() == []
    (state,) = school.services.mail_sources.list()
    assert state.imap is not None
    assert state.imap.since is None


def test_starttls_has_a_port_of_its_own(page):
    box = page.find("source-tls")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert page.find("source-port").text() == "143"


def test_a_folder_is_chosen_and_watched(page, school, dialogs, tmp_path):
    page.click("chip-folder")
    page.save()
    assert page.problems() == ["Enter a name for it, such as: Police mailbox."]
    fill(page, name="Council share")
    page.save()
    assert page.problems() == ["Enter the whole path of the folder, or choose it."]
    dialogs.will_choose(None)
    page.click("choose-folder")
    dialogs.will_choose(Path("/srv/council"))
    page.click("choose-folder")
    page.save()
    (state,) = school.services.mail_sources.list()
    assert state.where == str(Path("/srv/council"))
    assert not page.sees("new-secret")


def test_a_mailbox_that_is_not_reached_says_since_when_and_why(open_mail, school, fetcher):
    mail = school.services.mail_sources
    mail.add_mailbox("Police mailbox", PLACE, "pretend lamp")
    mail.check()
    fetcher.problem = NotThere()
    school.clock.move(minutes=16)
    mail.check()
    page = open_mail(school)
    assert part_row(page) == "Mail sources. 1 source. Not reached."
    assert f"Not reached since 8:18am. {NotThere()}" in page.said()
    fetcher.problem = None
    page.click("look-now")
    assert page.toast() == "No new messages."
    assert part_row(page) == "Mail sources. 1 source."


def test_a_password_is_changed_and_tried(open_mail, school, fetcher):
    mail = school.services.mail_sources
    mail.add_mailbox("Police mailbox", PLACE, "wrong")
    mail.check()
    page = open_mail(school)
    assert "Needs you" in part_row(page)
    page.click("keep-secret")
    assert page.problems() == ["Enter the password of the mailbox."]
    page.write("new-secret", "pretend lamp")
    page.click("keep-secret")
    assert page.find("new-secret").text() == ""
    assert part_row(page) == "Mail sources. 1 source."


def test_what_was_left_is_listed_with_its_reason(open_mail, school, fetcher):
    mail = school.services.mail_sources
    mail.add_mailbox("Police mailbox", PLACE, "pretend lamp")
    fetcher.mailbox.put(a_mail("Robin"), too_large=True)
    mail.check()
    said = open_mail(school).said()
    assert "Left where they are" in said
    assert "Mon 9 Nov, 8:18am: This message has 26 MB" in said


def test_removing_takes_it_out_and_keeps_what_came(open_mail, school, fetcher):
    mail = school.services.mail_sources
    mail.add_mailbox("Police mailbox", PLACE, "pretend lamp")
    fetcher.mailbox.put(a_mail("Robin"))
    mail.check()
    page = open_mail(school)
    page.click("remove-source")
    assert mail.list() == ()
    assert page.toast() == "Removed. What came from it stays."
    assert part_row(page) == "Mail sources. Off."
    assert len(school.services.notifications.list()) == 1


def test_passwords_go_when_a_person_goes_elsewhere(page):
    page.write("source-secret", "half of it")
    page.window.open("today")
    page.window.open("settings", part="mail")
    assert page.find("source-secret").text() == ""


def test_where_it_forbids_them_nothing_is_offered(tmp_path, fetcher, open_mail):
    policy = Policy(allow_mail_sources=False)
    school = make_school(tmp_path / "forbidden", fetcher=fetcher, policy=policy)
    page = open_mail(school, policy=policy)
    assert "Your school’s IT team has switched mail sources off" in page.said()
    assert not page.sees("add-source")
    assert part_row(page) == "Mail sources. Switched off by your IT."
    page.go(Part.SECURITY)
    assert "Mail sources" in page.said()
    school.close()


@pytest.mark.parametrize(
    ("width", "height", "percent"), [(1366, 768, 100), (1024, 640, 100), (1366, 768, 200)]
)
def test_every_control_has_a_name_and_no_word_is_cut(
    open_mail, school, fetcher, *, qapp, width, height, percent
):
    mail = school.services.mail_sources
    mail.add_mailbox("Police mailbox", PLACE, "pretend lamp")
    mail.add_folder("Council share", "/srv/council")
    fetcher.problem = NotThere()
    mail.check()
    style.current().apply(qapp, style.Look.LIGHT, percent)
    page = open_mail(school, width=width, height=height)
    page.window.show_work()
    assert faults(page.window) == []
    assert cut_texts(page.window) == []
    style.current().apply(qapp, style.Look.LIGHT, 100)
