"""Notices that belong together are proposed, tied by a person, and never merged."""

from dataclasses import replace

from house import School
from schoolsafe.domain.entry import NewEntry
from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.field import SCHOOL
from schoolsafe.domain.match import Rung
from schoolsafe.domain.notification import ChildLine, Incident, NoticeKind
from unit.services.morning import MAYA, MAYA_BORN, arrived, line_of, matched


def _ties(school: School, notification: str) -> list[tuple[str, Tie, bool]]:
    view = school.services.notifications.show(notification)
    return [(one.notification, one.tie, one.confirmed) for one in view.relations]


def _missing_and_found(school: School) -> tuple[str, str]:
    missing = arrived(school, number=1, kind=NoticeKind.MISSING, police_reference="NM-MISS-1")
    found = arrived(school, number=2, kind=NoticeKind.FOUND, police_reference="NM-MISS-1")
    return missing, found


def test_found_is_proposed_for_missing_and_shown_on_both_once_a_person_says_so(school: School):
    missing, found = _missing_and_found(school)
    assert _ties(school, found) == [(missing, Tie.FOUND_OF, False)]
    assert _ties(school, missing) == [(found, Tie.MISSING_OF, False)]
    changes = school.services.notifications.tie(found, missing, Tie.FOUND_OF)
    assert _ties(school, found) == [(missing, Tie.FOUND_OF, True)]
    assert _ties(school, missing) == [(found, Tie.MISSING_OF, True)]
    assert changes.undo is not None
    school.services.undo(changes.undo)
    assert _ties(school, found) == [(missing, Tie.FOUND_OF, False)]


def test_two_that_a_person_told_apart_are_not_proposed_again(school: School):
    missing, found = _missing_and_found(school)
    notices = school.services.notifications
    notices.tie(found, missing, Tie.FOUND_OF)
    notices.tell_apart(missing, found)
    assert _ties(school, found) == _ties(school, missing) == []
    notices.tie(missing, found, Tie.MISSING_OF)
    assert _ties(school, found) == [(missing, Tie.FOUND_OF, True)]
    assert school.services.records.verify(deep=True).ok


def test_the_child_of_the_missing_notice_is_proposed_on_the_found_one(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    missing, found = _missing_and_found(school)
    school.services.notifications.match(missing, 1, maya)
    late = arrived(
        school,
        replace(MAYA, dob=None),
        number=3,
        kind=NoticeKind.FOUND,
        police_reference="NM-MISS-1",
    )
    only = line_of(school, late).proposals[0].proposal
    assert only.rung is Rung.LINKED
    assert "Confirmed on the earlier notice" in only.reason
    assert line_of(school, found).child is None


def test_the_same_event_by_two_routes_stays_two_notices_and_counts_once_a_person_says_so(school):
    first, maya = matched(school)
    second = arrived(school, number=2, police_reference=None)
    assert _ties(school, second) == [(first, Tie.SAME_EVENT, False)]
    school.services.notifications.match(second, 1, maya)
    chronologies = school.services.chronologies
    assert chronologies.show(maya).counts.d365 == 2
    school.services.notifications.tie(second, first, Tie.SAME_EVENT)
    assert len(school.services.notifications.list()) == 2
    assert len(chronologies.show(maya).entries) == 2
    assert chronologies.show(maya).counts.d365 == chronologies.counts(maya).d365 == 1


def test_a_place_with_a_postcode_reaches_the_ladder(school: School):
    maya, desk = school.pupil("Maya", "Thornton", MAYA_BORN), school.services.desk
    ops = desk.setting(maya, {"postcode": "ZZ9 9ZZ"})
    desk.put([NewEntry(SCHOOL, "child.import", ops, subject=maya)], frozenset())
    told = ChildLine(
        "Maya THORNTON", surname="THORNTON", forename="Maya", dob=MAYA_BORN.replace(month=5, day=20)
    )
    notice = arrived(school, told, incident=Incident(place="12 Made Up Road, zz9 9zz"))
    assert line_of(school, notice).proposals[0].proposal.rung is Rung.BORN_CLOSE


def test_what_a_person_tied_stands_in_the_chronology_of_both(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    missing, found = _missing_and_found(school)
    notices = school.services.notifications
    notices.match(missing, 1, maya)
    notices.match(found, 1, maya)
    entries = {e.id: e for e in school.services.chronologies.show(maya).entries}
    assert entries[found].facts == entries[missing].facts == ()
    notices.tie(found, missing, Tie.FOUND_OF)
    entries = {e.id: e for e in school.services.chronologies.show(maya).entries}
    assert entries[found].facts[0][1].startswith("Found again. Reported missing in")
    assert entries[missing].facts[0][1].startswith("Found again, says the notification")
