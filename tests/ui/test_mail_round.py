"""Mail that comes by itself while the window is open: a slow server holds up nobody, and what came is said once."""

import threading
from collections.abc import Iterator

import pytest

from fakes.any_mail import a_mail, any_mail
from fakes.mail_places import FakeFetcher, NotThere
from fakes.sync_tasks import SyncTasks
from house import School, make_school
from schoolsafe.services.changes import Topic
from schoolsafe.services.mail_fetching import ImapPlace
from schoolsafe.ui.mail_round import PAUSE, MailRound, MailWork
from schoolsafe.ui.seams import Bus
from schoolsafe.ui.tasks import Tasks

PLACE = ImapPlace("mail.example.org", "encompass@ashgrove.example.org")
NEVER = 3_600_000


@pytest.fixture
def fetcher() -> FakeFetcher:
    return FakeFetcher()


@pytest.fixture
def school(tmp_path, fetcher) -> Iterator[School]:
    made = make_school(tmp_path / "school", intake=any_mail(), fetcher=fetcher)
    made.services.mail_sources.add_mailbox("Police mailbox", PLACE, "pretend lamp")
    yield made
    made.close()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def errands(bus) -> SyncTasks:
    return SyncTasks(bus)


@pytest.fixture
def mail(qapp, school, tasks, errands, said) -> Iterator[MailRound]:
    made = MailRound(
        MailWork(school.services.mail_sources, errands), tasks, said.append, start_ms=NEVER
    )
    yield made
    made.stop()
    assert tasks.errors == []


def notices(school: School) -> int:
    return len(school.services.notifications.list())


def test_what_came_is_said_once_and_the_screens_hear_of_it(mail, school, fetcher, said, bus):
    heard: list[Topic] = []
    bus.listen(Topic, heard.extend)
    for name in ("Robin", "Wren"):
        fetcher.mailbox.put(a_mail(name))
    mail.tick()
    assert said == ["2 messages came by mail."]
    assert notices(school) == 2
    assert {Topic.TODAY, Topic.MAIL} <= set(heard)
    mail.tick()
    school.clock.move(minutes=4)
    mail.tick()
    assert said == ["2 messages came by mail."]


def test_many_messages_are_taken_a_few_at_a_time(mail, school, fetcher, said, tasks):
    fetcher.at_once = 7
    for n in range(20):
        fetcher.mailbox.put(a_mail(f"Robin {n}"))
    sizes = []
    take = school.services.mail_sources.take
    school.services.mail_sources.take = lambda e, h, items: (
        sizes.append(len(items)) or take(e, h, items)
    )
    mail.look_now()
    assert sizes == [4, 3, 4, 3, 4, 2]
    assert notices(school) == 20
    assert said == ["20 messages came by mail."]


def test_while_a_server_is_slow_the_vault_answers(mail, school, fetcher, *, tasks, errands):
    fetcher.mailbox.put(a_mail("Robin"))
    errands.hold()
    mail.look_now()
    assert mail.is_busy()
    got = []
    tasks.query(lambda: notices(school), got.append)
    assert got == [0]
    errands.release()
    assert notices(school) == 1
    assert not mail.is_busy()


def test_who_asks_is_told_when_there_is_nothing(mail, school, said):
    mail.look_now()
    school.services.mail_sources.remove("Police mailbox")
    mail.look_now()
    assert said == ["No new messages.", "There is no mail source to look at."]


def test_trouble_is_said_to_whoever_asks_and_otherwise_stands_in_the_bar(
    mail, school, fetcher, said
):
    fetcher.problem = NotThere()
    mail.tick()
    assert said == []
    assert "not reached" in school.services.mail_sources.standing().trouble
    mail.look_now()
    assert said == [str(NotThere())]


def test_what_needs_a_person_is_said(mail, fetcher, said):
    fetcher.mailbox.put(b"damaged")
    fetcher.mailbox.put(a_mail("Robin"))
    mail.tick()
    assert said == ["1 message came by mail. 1 message needs you."]


def test_asking_during_a_round_looks_once_more_after_it(mail, fetcher, errands):
    errands.hold()
    mail.look_now()
    mail.look_now()
    mail.look_now()
    errands.release()
    assert len(fetcher.asked) == 2


def test_a_record_that_cannot_be_written_is_said_and_tried_again(mail, school, fetcher, said):
    fetcher.mailbox.put(a_mail("Robin"))
    school.vault._anchorage.problem = NotThere()
    for _tick in range(PAUSE + 1):
        mail.tick()
    assert said == [str(NotThere())]
    assert not mail.is_busy()
    school.vault._anchorage.problem = None
    mail.tick()
    assert notices(school) == 1


def test_the_first_look_comes_by_itself(qtbot, school, fetcher, *, tasks, errands, said):
    fetcher.mailbox.put(a_mail("Robin"))
    made = MailRound(
        MailWork(school.services.mail_sources, errands), tasks, said.append, start_ms=0
    )
    qtbot.waitUntil(lambda: said == ["1 message came by mail."], timeout=5000)
    made.stop()


class _Slow(FakeFetcher):
    """A server that answers when it is let, or when somebody stops it."""

    def __init__(self) -> None:
        super().__init__()
        self.let, self.begun = threading.Event(), threading.Event()

    def fetch(self, errand, secret):
        self.begun.set()
        assert self.let.wait(20)
        return super().fetch(errand, secret)

    def stop(self) -> None:
        super().stop()
        self.let.set()


def test_with_real_workers_a_slow_server_holds_up_neither_the_vault_nor_the_lock(
    qtbot, tmp_path, said
):
    slow = _Slow()
    school = make_school(tmp_path / "slow", intake=any_mail(), fetcher=slow)
    sources = school.services.mail_sources
    sources.add_mailbox("Police mailbox", PLACE, "pretend lamp")
    bus = Bus()
    failed: list[object] = []
    tasks, errands = Tasks(bus, failed.append), Tasks(bus, failed.append, name="errands")
    work = MailWork(sources, errands)
    made = MailRound(work, tasks, said.append, start_ms=NEVER)
    made.look_now()
    qtbot.waitUntil(slow.begun.is_set, timeout=5000)
    got: list[int] = []
    tasks.query(lambda: notices(school), got.append)
    qtbot.waitUntil(lambda: got == [0], timeout=5000)
    assert made.is_busy()
    work.stop()
    assert errands.close(5)
    made.stop()
    assert tasks.close(5)
    assert slow.stopped
    assert failed == []
    school.close()


def test_the_window_looks_with_f5(make_window, school, errands, fetcher):
    fetcher.mailbox.put(a_mail("Robin"))
    window = make_window(mail=MailWork(school.services.mail_sources, errands))
    assert window.run("check-mail")
    assert window.toast.words.text() == "1 message came by mail."
    assert notices(school) == 1


def test_without_mail_there_is_no_such_command(make_window):
    assert not make_window().run("check-mail")
