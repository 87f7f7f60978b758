"""Where is this said? Pupils by name, and every place in the record a person may read."""

from datetime import date

from house import School
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.notification import Choice
from schoolsafe.services.action import ActionForm
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.notification import Decision
from unit.services.morning import matched


def test_pupils_are_found_by_the_beginning_of_any_part_of_a_name(school: School):
    for n in range(14):
        school.pupil(f"Maya{n:02}", "Llŷr-Jones")
    school.pupil("Tomasz", "Wiśniewski")
    search = school.services.search
    assert len(search.pupils("llyr")) == 12
    assert [row.name for row in search.pupils("wis tom")] == ["Tomasz Wiśniewski"]
    assert search.pupils("asz") == ()
    assert search.pupils("  ") == ()


def test_words_are_found_in_notices_decisions_and_entries(school: School):
    notification, maya = matched(school)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET, "Nan collects"))
    form = EntryForm(maya, EntryKind.CONCERN, "Came without a coat", child_words="I lost it")
    entry = school.services.chronologies.add(form).entities[0]
    search = school.services.search
    (in_entry,) = search.text("coat")
    assert (in_entry.entity, in_entry.noun) == (entry, "entry")
    assert in_entry.child
    assert in_entry.child.id == maya
    assert "coat" in in_entry.snippet
    (in_notice,) = search.text("officers attended")
    assert (in_notice.noun, in_notice.child) == ("notification", None)
    (in_reason,) = search.text("collects")
    assert in_reason.child
    assert (in_reason.noun, in_reason.child.id) == ("line", maya)
    assert search.text(" ") == ()
    assert search.text("nowhere said") == ()


def test_every_kind_of_record_is_found_as_it_is_typed_with_where_it_opens(school: School):
    notification, maya = matched(school)
    at = school.services.desk.now().isoformat()
    answers = {"to": "mash", "sent_at": at, "why": "Bruising seen by the officers"}
    referral = school.services.file_records.add("referral", maya, answers).entities[0]
    action = ActionForm(maya, "Ring the officers back", "Sam Okafor")
    school.services.actions.add(action)
    search = school.services.search
    assert search.as_typed("of") == ()
    found = {one.noun: one for one in search.as_typed("offi")}
    assert set(found) == {"notification", "referral", "action"}
    assert found["notification"].notification == notification
    assert (found["referral"].form, found["referral"].entity) == ("referral", referral)
    assert (found["referral"].kind, found["referral"].day) == ("Referral", date(2026, 11, 9))
    assert "officers" in found["action"].snippet
    assert search.as_typed("offi")[0].noun == "action"


def test_pupils_opened_last_stand_first_and_are_no_part_of_the_record(school: School):
    maya, leo = school.pupil("Maya", "Thornton"), school.pupil("Leo", "Thornton")
    search, rows = school.services.search, school.vault.reader.totals().rows
    for child in (maya, leo, maya):
        search.remember(child)
    assert [row.id for row in search.recent()] == [maya, leo]
    assert school.vault.reader.totals().rows == rows
    assert school.services.drafts.list() == ()


def test_what_was_taken_back_is_not_found(school: School):
    maya = school.pupil("Maya", "Thornton")
    changes = school.services.chronologies.add(EntryForm(maya, EntryKind.CONCERN, "Wrong child"))
    assert changes.undo
    school.services.undo(changes.undo)
    assert school.services.search.text("wrong") == ()
