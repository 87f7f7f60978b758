"""A locked notice gets its words; a scan is kept with its pages; what is no notice leaves Today with a reason."""

from dataclasses import replace

import pytest

from house import ReadyDrafts, School
from schoolsafe.domain.notification import Channel, MailDraft, Status
from schoolsafe.intake.errors import DamagedPdf
from schoolsafe.services.notification_reading import NoSuchNotification
from schoolsafe.services.notification_words import (
    AlreadyRead,
    NamesAChild,
    NoWords,
    SayWhyNotNeeded,
    WordsStillLocked,
)
from unit.services.morning import LEO, MAIL, NOTICE, arrived, arrives

LOCKED = replace(
    MAIL,
    outcome="locked",
    kind=None,
    notices=(),
    channel=Channel.SECURE_EMAIL,
    texts=("Open it here",),
)
WORDS = replace(MAIL, texts=("Child: Maya THORNTON",), media="text/plain", message_id=None)


def ready(school: School, data: bytes, draft: MailDraft | Exception) -> None:
    intake = school.services.intake
    assert isinstance(intake, ReadyDrafts)
    intake.mails[data] = draft


def locked(school: School) -> str:
    return arrives(school, LOCKED, data=b"sealed").notifications[0]


def names_on_today(school: School) -> list[str]:
    return [row.title for group in school.services.days.view().groups for row in group.rows]


def test_pasted_words_go_into_the_same_notice_and_the_message_stays(school: School):
    notification = locked(school)
    ready(school, b"the words", WORDS)
    work = school.services.notifications
    changes = work.add_words(notification, "the words")
    view = work.show(notification)
    assert (view.outcome, view.status, len(view.lines)) == ("received", Status.RECEIVED, 1)
    assert view.notice.police_reference == "NM/2026/0113342"
    assert view.notice.incident == NOTICE.incident
    assert view.notice.circumstances == NOTICE.circumstances
    assert view.channel is Channel.SECURE_EMAIL
    assert work.originals.read(notification, "original.eml") == b"sealed"
    assert work.originals.read(notification, "words") == b"the words"
    assert work.originals.readable(notification) == ("Open it here", "Child: Maya THORNTON")
    assert [row.id for row in work.list()] == [notification]
    assert changes.undo is None


def test_places_of_answers_are_counted_after_the_words_that_were_there(school: School):
    from schoolsafe.domain.notification import Span

    notification = locked(school)
    spans = {"police_reference": Span(0, 3, 9)}
    ready(school, b"w", replace(WORDS, notices=(replace(NOTICE, spans=spans),)))
    school.services.notifications.add_words(notification, "w")
    view = school.services.notifications.show(notification)
    assert view.notice.spans["police_reference"].part == 1


def test_a_pdf_saved_from_the_message_opens_it_too_with_its_pages(school: School):
    notification = locked(school)
    ready(
        school, b"%PDF", replace(WORDS, notices=(), media="application/pdf", pages=(b"one", b"two"))
    )
    work = school.services.notifications
    work.add_file(notification, b"%PDF")
    view = work.show(notification)
    assert (view.outcome, view.lines) == ("received", ())
    assert work.originals.pages(notification) == (b"one", b"two")
    kept = {each.name: each.mime for each in work.originals.list(notification)}
    assert kept["words"] == "application/pdf"
    assert kept["page-1.png"] == "image/png"
    work.name_child(notification, name="Maya Thornton")
    assert len(work.show(notification).lines) == 1


def test_words_that_tell_of_two_incidents_give_two_notices(school: School):
    notification = locked(school)
    other = replace(NOTICE, police_reference="B", children=(LEO,))
    ready(school, b"w", replace(WORDS, notices=(NOTICE, other)))
    work = school.services.notifications
    work.add_words(notification, "w")
    assert sorted(row.police_reference or "" for row in work.list()) == ["B", "NM/2026/0113342"]


def test_words_are_refused_where_there_are_none_or_they_are_shut_or_come_too_late(school: School):
    notification = locked(school)
    work = school.services.notifications
    with pytest.raises(NoWords):
        work.add_words(notification, "  \n")
    ready(school, b"shut", LOCKED)
    with pytest.raises(WordsStillLocked):
        work.add_file(notification, b"shut")
    ready(school, b"broken", DamagedPdf())
    with pytest.raises(DamagedPdf):
        work.add_file(notification, b"broken")
    assert work.show(notification).outcome == "locked"
    with pytest.raises(AlreadyRead):
        work.add_words(arrived(school), "more")


def test_a_scan_is_a_draft_with_the_pictures_of_its_pages_and_its_own_kind(school: School):
    scan = replace(MAIL, notices=(), kind=None, texts=(), media="application/pdf", pages=(b"png",))
    notification = arrives(school, scan, data=b"%PDF scan").notifications[0]
    originals = school.services.notifications.originals
    assert originals.pages(notification) == (b"png",)
    assert {each.name: each.mime for each in originals.list(notification)} == {
        "original.eml": "application/pdf",
        "page-1.png": "image/png",
    }
    assert names_on_today(school) == ["Nobody named yet"]


def test_what_is_no_notice_leaves_today_with_a_reason_and_can_come_back(school: School):
    notification = locked(school)
    work = school.services.notifications
    with pytest.raises(SayWhyNotNeeded):
        work.withdraw(notification, "  ")
    changes = work.withdraw(notification, "A newsletter of the council.")
    assert names_on_today(school) == []
    with pytest.raises(NoSuchNotification):
        work.show(notification)
    assert arrives(school, LOCKED, data=b"sealed").outcome == "locked"
    assert changes.undo is not None
    school.services.undo(changes.undo)
    assert len(names_on_today(school)) == 2


def test_a_notice_about_a_child_cannot_be_taken_off(school: School):
    with pytest.raises(NamesAChild):
        school.services.notifications.withdraw(arrived(school), "no")


def test_the_record_built_anew_says_the_same_of_a_notice_whose_words_came_later(school: School):
    notification = locked(school)
    ready(school, b"w", WORDS)
    school.services.notifications.add_words(notification, "w")
    before = school.services.notifications.show(notification)
    school.services.records.rebuild()
    assert school.services.notifications.show(notification) == before
