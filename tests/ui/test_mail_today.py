"""An empty Today says when the mailbox was last looked at, and what keeps it; nothing where there is none."""

from fakes.mail_places import FakeFetcher, NotThere
from schoolsafe.bootstrap.furniture import frame_facts
from schoolsafe.services.mail_fetching import ImapPlace
from ui.day_window import make_day, open_day
from ui.morning import find

__all__ = ["make_day", "open_day"]

PLACE = ImapPlace("mail.example.org", "encompass@ashgrove.example.org")


def words(page) -> list[str]:
    return find(page.window, "welcome-words").text().splitlines()


def test_an_empty_morning_says_how_the_mailbox_is(make_day, open_day):
    day = make_day(mails=())
    services = day.services
    page = open_day(day)
    assert len(words(page)) == 1
    services.mail_sources.add_mailbox("Police mailbox", PLACE, "pretend lamp")
    page.window.front().list.presenter.refresh()
    assert words(page)[1:] == ["The mailbox was not looked at yet."]
    services.mail_sources.check()
    page.window.front().list.presenter.refresh()
    assert words(page)[1:] == ["The mailbox was last looked at 8:18am."]


def test_trouble_stands_in_the_bar_as_one_sentence(make_day):
    day = make_day()
    mail = day.services.mail_sources
    mail.add_mailbox("Police mailbox", PLACE, "pretend lamp")
    mail.check()
    assert frame_facts(day.services).sync[0].startswith("Offline.")
    fetcher = day.school.mail.fetcher
    assert isinstance(fetcher, FakeFetcher)
    fetcher.problem = NotThere()
    mail.check()
    assert frame_facts(day.services).sync == (
        "Mailbox not reached since 8:18am. Nothing is lost: messages stay there.",
        "Mailbox not reached",
        "Offline",
    )
