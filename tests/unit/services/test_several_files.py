"""Several messages at once: read together, each on record whole, one bad one stopping none."""

from dataclasses import replace

from house import ReadyDrafts, School
from schoolsafe.errors import Refused
from unit.services.morning import MAIL, NOTICE


class Torn(Refused):
    """This file is torn."""


def _laid(school: School, *mails: object) -> list[tuple[str, bytes]]:
    intake = school.services.intake
    assert isinstance(intake, ReadyDrafts)
    files = [(f"{n}.eml", b"mail %d" % n) for n in range(len(mails))]
    intake.mails |= dict(zip((data for _name, data in files), mails, strict=True))
    return files


def _mail(n: int) -> object:
    notice = replace(NOTICE, police_reference=f"NM/{n}")
    return replace(MAIL, message_id=f"<{n}@x>", notices=(notice,), texts=(f"mail {n}",))


def test_twenty_five_messages_are_read_in_one_go_and_come_in_their_order(school: School):
    files = _laid(school, *(_mail(n) for n in range(25)))
    came = school.services.notifications.receive_files(files)
    assert [one.name for one in came] == [name for name, _data in files]
    assert {one.outcome for one in came} == {"received"}
    assert len(school.services.notifications.list()) == 25
    assert school.services.intake.batches == [25]


def test_a_message_that_cannot_be_read_is_kept_and_stops_none_of_the_others(school: School):
    files = _laid(school, _mail(0), Torn(), _mail(2))
    came = school.services.notifications.receive_files(files)
    assert [one.outcome for one in came] == ["received", "refused", "received"]
    assert came[1].reason == "This file is torn."
    kept = came[1].notifications[0]
    assert school.services.notifications.originals.read(kept, "original.eml") == b"mail 1"


def test_the_same_message_twice_is_one_notice_and_is_not_read_again(school: School):
    files = _laid(school, _mail(0), _mail(1))
    notices = school.services.notifications
    came = notices.receive_files([files[0], files[0], files[1]])
    assert [one.outcome for one in came] == ["received", "duplicate", "received"]
    assert came[1].notifications == came[0].notifications
    again = notices.receive_files(files)
    assert [one.outcome for one in again] == ["duplicate", "duplicate"]
    assert school.services.intake.batches == [3, 0]
    assert len(notices.list()) == 2


def test_no_files_is_nothing(school: School):
    assert school.services.notifications.receive_files([]) == ()
