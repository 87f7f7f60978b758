"""Messages that come by themselves: each taken once, none lost, trouble told, nothing where it is forbidden."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fakes.any_mail import a_mail, any_mail
from fakes.mail_places import FakeFetcher, FakeSecrets, NotThere
from house import School, make_school
from schoolsafe.domain.mail_source import Tls
from schoolsafe.errors import Refused, SchoolSafeError
from schoolsafe.services import mail_source_form as sources
from schoolsafe.services.changes import Topic
from schoolsafe.services.desk import NotYoursToRead
from schoolsafe.services.mail_fetching import ImapPlace
from schoolsafe.services.mail_source import Report
from schoolsafe.services.mail_source_state import MailStanding
from schoolsafe.services.policy import MailSourcesAreOff, Policy

PLACE = ImapPlace("mail.example.org", "encompass@ashgrove.example.org")
PASSWORD = "pretend lamp"


@pytest.fixture
def fetcher() -> FakeFetcher:
    return FakeFetcher()


@pytest.fixture
def school(tmp_path, fetcher) -> Iterator[School]:
    made = make_school(tmp_path / "school", intake=any_mail(), fetcher=fetcher)
    yield made
    made.close()


@pytest.fixture
def mail(school):
    return school.services.mail_sources


@pytest.fixture
def box(mail, fetcher):
    """A mailbox that is looked at."""
    mail.add_mailbox("Police mailbox", PLACE, PASSWORD)
    return fetcher.mailbox


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.new, report.duplicate, report.refused, report.waiting


def check(mail, **how) -> tuple[int, int, int, int]:
    (report,) = mail.check(**how)
    return counts(report)


def notices(school: School) -> int:
    return len(school.services.notifications.list())


# taking in ---------------------------------------------------------------------------------------


def test_there_is_none_until_a_person_names_one(mail, fetcher):
    assert mail.list() == ()
    assert mail.due() == ()
    assert mail.check() == ()
    assert fetcher.asked == []


def test_new_mail_is_taken_once(mail, box, school):
    box.put(a_mail("Robin"))
    box.put(a_mail("Wren"))
    assert check(mail) == (2, 0, 0, 0)
    assert notices(school) == 2
    assert check(mail) == (0, 0, 0, 0)
    box.put(a_mail("Swift"))
    assert check(mail) == (1, 0, 0, 0)
    assert notices(school) == 3


def test_many_messages_come_in_several_looks(mail, box, fetcher, school):
    fetcher.at_once = 4
    for n in range(11):
        box.put(a_mail(f"Robin {n}"))
    assert check(mail) == (11, 0, 0, 0)
    assert len(fetcher.asked) == 3


def test_the_same_message_twice_in_the_mailbox_is_one_notice(mail, box, school):
    box.put(a_mail("Robin"))
    box.put(a_mail("Robin"))
    assert check(mail) == (1, 1, 0, 0)
    assert notices(school) == 1


def test_a_mailbox_that_was_numbered_anew_gives_duplicates_and_no_second_notice(mail, box, school):
    box.put(a_mail("Robin"))
    check(mail)
    box.renumber()
    assert check(mail) == (0, 1, 0, 0)
    assert check(mail) == (0, 0, 0, 0)
    box.put(a_mail("Wren"))
    assert check(mail) == (1, 0, 0, 0)


def test_a_connection_that_breaks_costs_nothing_that_came_whole(mail, box, fetcher, school):
    for n in range(3):
        box.put(a_mail(f"Robin {n}"))
    fetcher.breaks_after = 1
    (report,) = mail.check()
    assert counts(report) == (1, 0, 0, 0)
    assert report.problem == str(NotThere())
    assert check(mail) == (2, 0, 0, 0)


def test_a_record_that_cannot_be_written_leaves_the_marks_where_they_were(mail, box, school):
    box.put(a_mail("Robin"))
    (errand,) = mail.due()
    haul = mail.fetch(errand)
    school.vault._anchorage.problem = NotThere()
    with pytest.raises(SchoolSafeError):
        mail.take(errand, haul, haul.items)
    school.vault._anchorage.problem = None
    assert check(mail) == (1, 0, 0, 0)


def test_a_message_that_cannot_be_read_is_kept_and_told(mail, box, school):
    box.put(b"damaged by something")
    (report,) = mail.check()
    assert counts(report) == (0, 0, 1, 0)
    assert report.reasons == ("This message is damaged.",)
    assert notices(school) == 1
    (state,) = mail.list()
    assert [left.reason for left in state.left] == ["This message is damaged."]


def test_a_message_that_is_too_large_stands_on_today_and_is_told_once(mail, box, school):
    box.put(a_mail("Robin"), too_large=True)
    (report,) = mail.check()
    assert counts(report) == (0, 0, 1, 0)
    assert "26 MB" in report.reasons[0]
    rows = [row for group in school.services.days.view().groups for row in group.rows]
    assert [row.title for row in rows] == ["Email that could not be read"]
    assert check(mail) == (0, 0, 0, 0)
    box.renumber()
    box.too_large = set(box.messages)
    assert check(mail) == (0, 1, 0, 0)


def test_a_message_that_was_not_handed_over_at_all_is_told_with_nothing_of_it(mail, box, school):
    box.put(b"", too_large=True)
    assert check(mail) == (0, 0, 1, 0)
    assert notices(school) == 1


def test_a_message_that_went_meanwhile_is_nothing(mail, box, school):
    box.put(b"")
    box.put(a_mail("Robin"))
    assert check(mail) == (1, 0, 0, 0)
    assert check(mail) == (0, 0, 0, 0)


def test_it_is_remembered_over_a_lock_and_the_password_is_not_in_the_vault(mail, box, school):
    box.put(a_mail("Robin"))
    check(mail)
    school.open_again()
    again = school.services.mail_sources
    assert check(again) == (0, 0, 0, 0)
    shelf = school.vault.shelf("mail source")
    kept = b"".join(shelf.get(name) or b"" for name in shelf.names())
    assert b"Police mailbox" in kept
    assert PASSWORD.encode() not in kept


def test_what_another_release_kept_is_left_alone(mail, box, school):
    school.vault.shelf("mail source").put("mail_source:zz", b'{"id": 1}')
    assert [state.name for state in mail.list()] == ["Police mailbox"]


# folders -----------------------------------------------------------------------------------------


def test_a_file_is_taken_once_it_stood_still(mail, fetcher, school):
    mail.add_folder("Council share", "/srv/council")
    fetcher.files["a.eml"] = (a_mail("Robin")[:20], 1)
    assert check(mail) == (0, 0, 0, 1)
    fetcher.files["a.eml"] = (a_mail("Robin"), 2)
    school.clock.move(seconds=10)
    assert check(mail) == (0, 0, 0, 1)
    school.clock.move(seconds=10)
    assert check(mail) == (1, 0, 0, 0)
    school.clock.move(minutes=10)
    assert check(mail) == (0, 0, 0, 0)
    assert notices(school) == 1
    assert "a.eml" in fetcher.files


def test_a_file_under_another_name_is_the_same_message(mail, fetcher, school):
    mail.add_folder("Council share", "/srv/council")
    fetcher.files["a.eml"] = (a_mail("Robin"), 1)
    for _look in range(2):
        check(mail)
        school.clock.move(seconds=10)
    fetcher.files["b.eml"] = fetcher.files.pop("a.eml")
    check(mail)
    school.clock.move(seconds=10)
    assert check(mail) == (0, 1, 0, 0)


def test_a_file_that_cannot_be_read_gets_its_sentence_once(mail, fetcher, school):
    mail.add_folder("Council share", "/srv/council")
    fetcher.files["a.eml"] = (b"damaged", 1)
    seen = []
    for _look in range(4):
        seen.append(check(mail)[2])
        school.clock.move(seconds=10)
    assert seen == [0, 1, 0, 0]


# when, and trouble -------------------------------------------------------------------------------


def test_it_is_due_at_once_then_every_three_minutes(mail, box, school):
    def look() -> int:
        errands = mail.due()
        for errand in errands:
            mail.finish(errand, mail.fetch(errand))
        return len(errands)

    assert look() == 1
    assert look() == 0
    school.clock.move(minutes=2)
    assert look() == 0
    school.clock.move(minutes=1)
    assert look() == 1
    assert len(mail.due(at_once=True)) == 1


def test_a_server_that_does_not_answer_is_asked_less_and_less_often(mail, box, fetcher, school):
    fetcher.problem = NotThere()
    waits = []
    for _failure in range(5):
        (errand,) = mail.due()
        mail.finish(errand, mail.fetch(errand))
        wait = 0
        while not mail.due():
            school.clock.move(minutes=1)
            wait += 1
        waits.append(wait)
    assert waits == [6, 12, 15, 15, 15]


def test_trouble_is_one_sentence_with_since_when(mail, box, fetcher, school):
    assert mail.standing().last == "The mailbox was not looked at yet."
    school.clock.at = datetime(2026, 11, 9, 8, 2, tzinfo=UTC)
    mail.check()
    assert mail.standing().last == "The mailbox was last looked at 8:02am."
    assert mail.standing().trouble == ""
    school.clock.move(minutes=16)
    fetcher.problem = NotThere()
    mail.check()
    school.clock.move(minutes=16)
    mail.check()
    assert mail.standing().trouble == (
        "Mailbox not reached since 8:02am. Nothing is lost: messages stay there."
    )
    assert mail.standing().last == "The mailbox was last looked at 8:02am."
    fetcher.problem = None
    mail.check()
    assert mail.standing().trouble == ""


def test_a_folder_has_words_of_its_own(mail, fetcher, school):
    mail.add_folder("Council share", "/srv/council")
    assert mail.standing().last == "The watched folder was not looked at yet."
    mail.check()
    assert mail.standing().last == "The watched folder was last looked at 8:18am."
    fetcher.problem = NotThere()
    school.clock.move(minutes=5)
    mail.check()
    assert mail.standing().trouble.startswith("Watched folder not reached since 8:18am.")


def test_a_wrong_password_is_not_tried_over_and_over(mail, fetcher, school):
    mail.add_mailbox("Police mailbox", PLACE, "wrong")
    (report,) = mail.check()
    assert report.needs_you
    assert report.problem == "The pretend server did not take this password."
    for _look in range(5):
        (report,) = mail.check()
        assert report.needs_you
    assert len(fetcher.asked) == 1
    assert mail.due() == ()
    mail.check(["police MAILBOX"])
    assert len(fetcher.asked) == 2
    school.clock.move(minutes=61)
    assert len(mail.due()) == 1


def test_another_password_is_tried_at_once(mail, fetcher, school):
    mail.add_mailbox("Police mailbox", PLACE, "wrong")
    mail.check()
    mail.renew_secret("Police mailbox", PASSWORD)
    fetcher.mailbox.put(a_mail("Robin"))
    assert check(mail) == (1, 0, 0, 0)


def test_a_password_that_is_gone_from_the_keyring_is_said(mail, box, school):
    secrets = school.mail.secrets
    assert isinstance(secrets, FakeSecrets)
    secrets.kept.clear()
    (report,) = mail.check()
    assert report.problem == str(sources.NoSecretHere())
    secrets.problem = NotThere()
    (report,) = mail.check(["Police mailbox"])
    assert report.problem == str(NotThere())


def test_a_clock_that_was_put_back_does_not_stop_the_looks(mail, box, school):
    mail.check()
    school.clock.move(days=-1)
    assert len(mail.due()) == 1


# adding and removing -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"host": " "}, sources.NameTheServer),
        ({"host": "two words"}, sources.NameTheServer),
        ({"host": "a\r\nb"}, sources.NameTheServer),
        ({"port": 0}, sources.PortIsOff),
        ({"port": 65536}, sources.PortIsOff),
        ({"user": ""}, sources.NameTheUser),
        ({"user": "a\r\nLOGOUT"}, sources.NameTheUser),
        ({"folder": ""}, sources.NameTheMailFolder),
        ({"tls": Tls.OFF}, sources.PlainOnlyHere),
    ],
)
def test_a_mailbox_that_will_not_do_is_refused_and_nothing_is_kept(mail, school, change, refusal):
    with pytest.raises(refusal):
        mail.add_mailbox("Police mailbox", replace(PLACE, **change), PASSWORD)
    assert mail.list() == ()
    assert school.mail.secrets.kept == {}


def test_without_tls_only_on_this_computer(mail):
    mail.add_mailbox("Bridge", replace(PLACE, host="127.0.0.1", tls=Tls.OFF), PASSWORD)
    assert len(mail.list()) == 1


@pytest.mark.parametrize("secret", ["", "  ", "two\r\nlines"])
def test_a_password_is_needed_in_one_line(mail, secret):
    with pytest.raises(sources.EnterTheSecret):
        mail.add_mailbox("Police mailbox", PLACE, secret)


def test_without_a_keyring_a_mailbox_is_not_kept(mail, school):
    school.mail.secrets.problem = NotThere()
    with pytest.raises(NotThere):
        mail.add_mailbox("Police mailbox", PLACE, PASSWORD)
    assert mail.list() == ()
    mail.add_folder("Council share", "/srv/council")


def test_names_are_needed_and_told_apart(mail):
    with pytest.raises(sources.NameTheSource):
        mail.add_folder(" \u202e ", "/srv/council")
    mail.add_folder("Council share", "/srv/council")
    with pytest.raises(sources.NameTaken):
        mail.add_folder("council SHARE", "/srv/other")


@pytest.mark.parametrize("path", ["", "council", "./council"])
def test_a_folder_is_named_by_its_whole_path(mail, path):
    with pytest.raises(sources.NameTheFolder):
        mail.add_folder("Council share", path)


def test_removing_forgets_the_password_and_keeps_what_came(mail, box, school):
    box.put(a_mail("Robin"))
    check(mail)
    changes = mail.remove("Police mailbox")
    assert changes.topics == {Topic.MAIL}
    assert mail.list() == ()
    assert school.mail.secrets.kept == {}
    assert notices(school) == 1
    with pytest.raises(sources.NoSuchSource):
        mail.remove("Police mailbox")


def test_a_source_removed_during_a_look_takes_nothing_in(mail, box, school):
    box.put(a_mail("Robin"))
    (errand,) = mail.due()
    haul = mail.fetch(errand)
    mail.remove("Police mailbox")
    (taken,) = mail.take(errand, haul, haul.items)
    assert taken.outcome == "gone"
    assert mail.finish(errand, haul).topics == frozenset()
    assert mail.list() == ()
    assert notices(school) == 0


def test_a_folder_has_no_password(mail):
    mail.add_folder("Council share", "/srv/council")
    with pytest.raises(sources.NoMailbox):
        mail.renew_secret("Council share", PASSWORD)


# who may -----------------------------------------------------------------------------------------


def test_it_can_forbid_them(tmp_path, fetcher):
    school = make_school(
        tmp_path / "forbidden", fetcher=fetcher, policy=Policy(allow_mail_sources=False)
    )
    mail = school.services.mail_sources
    assert mail.forbidden
    for forbidden in (
        lambda: mail.add_folder("Council share", "/srv/council"),
        lambda: mail.add_mailbox("Police mailbox", PLACE, PASSWORD),
        mail.check,
    ):
        with pytest.raises(MailSourcesAreOff):
            forbidden()
    assert mail.due(at_once=True) == ()
    assert fetcher.asked == []
    school.close()


def test_what_it_forbids_later_is_not_looked_at_any_more(mail, box, school):
    mail._policy = Policy(allow_mail_sources=False)
    assert mail.due(at_once=True) == ()
    assert mail.standing() == MailStanding()
    mail.remove("Police mailbox")
    assert mail.list() == ()


def test_somebody_who_does_not_read_notices_has_none(mail, school):
    mail._desk = replace(mail._desk, closed=frozenset({"team"}))
    with pytest.raises(NotYoursToRead):
        mail.add_folder("Council share", "/srv/council")
    with pytest.raises(Refused):
        mail.check()
    assert not mail.yours()
    assert mail.due() == ()


def test_stopping_ends_the_look(mail, fetcher):
    mail.stop()
    assert fetcher.stopped
