"""Sealed notices that come while the window is open: a folder that hangs holds up nobody; what came is said once."""

from collections.abc import Iterator

import pytest

from fakes.mailboxes import MemoryMailboxes
from fakes.sync_tasks import SyncTasks
from house import School, make_school
from schoolsafe.services.changes import Topic
from schoolsafe.ui.relay_round import RelayRound, RelayWork
from schoolsafe.wire import notice
from unit.wire.letters import FORCE, a_message, force_card, written

NEVER = 3_600_000


@pytest.fixture
def relay() -> MemoryMailboxes:
    return MemoryMailboxes()


@pytest.fixture
def school(tmp_path, relay) -> Iterator[School]:
    made = make_school(tmp_path / "school")
    made.services.relay._through = lambda _root, **_how: relay
    made.services.relay.set(tmp_path)
    yield made
    made.close()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def errands(bus) -> SyncTasks:
    return SyncTasks(bus)


@pytest.fixture
def round_(qapp, school, tasks, errands, said) -> Iterator[RelayRound]:
    work = RelayWork(school.services.police_notices, school.services.relay, errands)
    made = RelayRound(work, tasks, said.append, start_ms=NEVER)
    yield made
    made.stop()
    assert tasks.errors == []


def send(relay, school, n: int = 1) -> None:
    card = school.services.school_cards.card()
    message = a_message(version=n)
    raw = notice.seal(written(message, to=card), to=card)
    slot = FORCE.slot(to=card.key_id, reference=message.reference, version=n)
    relay.put(card.mailbox, slot, raw)


def notices(school: School) -> int:
    return len(school.services.notifications.list())


def test_what_came_is_said_once_the_screens_hear_of_it_and_a_receipt_goes_back(
    round_, relay, school, *, said, bus
):
    heard: list[Topic] = []
    bus.listen(Topic, heard.extend)
    send(relay, school, 1)
    send(relay, school, 2)
    round_.look()
    assert said == ["2 sealed notices came."]
    assert notices(school) == 2
    assert Topic.TODAY in heard
    assert len(relay.boxes[force_card().mailbox]) == 2
    round_.look()
    assert said == ["2 sealed notices came."]
    assert not round_.is_busy()


def test_more_than_one_look_takes_are_all_in_after_it(round_, relay, school, said):
    card = school.services.school_cards.card()
    relay.boxes[card.mailbox] = {f"{n:064x}": b"junk" for n in range(90)}
    send(relay, school)
    round_.look()
    assert (said, notices(school)) == (["1 sealed notice came."], 1)


def test_a_relay_that_is_away_is_said_in_settings_and_tried_again(round_, relay, school, said):
    send(relay, school)
    relay.away = True
    round_.look()
    assert said == []
    assert "does not answer" in school.services.relay.state().said
    relay.away = False
    round_.look()
    assert school.services.relay.state().said == ""
    assert notices(school) == 1


def test_while_the_folder_hangs_the_vault_answers(round_, relay, school, *, tasks, errands):
    send(relay, school)
    errands.hold()
    round_.look()
    answered: list[int] = []
    tasks.query(lambda: notices(school), answered.append)
    assert answered == [0]
    assert round_.is_busy()
    round_.look()  # asked meanwhile: once more after it
    errands.release()
    assert notices(school) == 1
    assert not round_.is_busy()


def test_without_a_folder_nothing_is_looked_at(round_, relay, school, said):
    school.services.relay.unset()
    send(relay, school)
    round_.look()
    assert (said, notices(school)) == ([], 0)


def test_the_first_look_comes_by_itself(qtbot, school, relay, *, tasks, errands, said):
    send(relay, school)
    work = RelayWork(school.services.police_notices, school.services.relay, errands)
    made = RelayRound(work, tasks, said.append, start_ms=0)
    qtbot.waitUntil(lambda: notices(school) == 1, timeout=5000)
    made.stop()


def test_f5_looks_at_the_relay_too(make_window, school, relay, errands):
    send(relay, school)
    work = RelayWork(school.services.police_notices, school.services.relay, errands)
    window = make_window(relay=work)
    window.check_mail()
    assert notices(school) == 1
