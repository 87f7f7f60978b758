"""Unsent text is kept, shown once begun, and forgotten once it is saved or emptied."""

from house import School
from schoolsafe.services.changes import Topic


def test_a_draft_is_kept_from_the_first_letter_and_replaced_while_typing(school: School):
    drafts = school.services.drafts
    begun = school.clock.now()
    first = drafts.keep("call:1", "call", {"child_name": "M"})
    assert first.topics == {Topic.DRAFT, Topic.TODAY}
    school.clock.move(minutes=2)
    assert drafts.keep("call:1", "call", {"child_name": "Maya"}).topics == frozenset()
    draft = drafts.get("call:1")
    assert draft
    assert (draft.form, draft.values, draft.begun) == ("call", {"child_name": "Maya"}, begun)


def test_an_emptied_form_leaves_no_draft(school: School):
    drafts = school.services.drafts
    empty = {"child_name": "", "said": None, "chips": [], "more": {}, "late": False}
    assert drafts.keep("call:1", "call", empty).topics == frozenset()
    drafts.keep("call:1", "call", {"child_name": "Maya"})
    assert drafts.keep("call:1", "call", empty).topics
    assert drafts.get("call:1") is None
    assert drafts.list() == ()


def test_drafts_stand_oldest_first_and_are_dropped_once(school: School):
    drafts = school.services.drafts
    drafts.keep("b", "entry", {"text": "first"})
    school.clock.move(seconds=1)
    drafts.keep("a", "call", {"text": "second"})
    assert [d.key for d in drafts.list()] == ["b", "a"]
    assert drafts.drop("b").topics == {Topic.DRAFT, Topic.TODAY}
    assert drafts.drop("b").topics == frozenset()
    assert [d.key for d in drafts.list()] == ["a"]


def test_a_draft_is_not_part_of_the_record(school: School):
    before = school.services.records.totals().rows
    school.services.drafts.keep("call:1", "call", {"child_name": "Maya"})
    assert school.services.records.totals().rows == before


def test_a_draft_of_another_shape_is_empty_not_an_error(school: School):
    shelf = school.services.desk.drafts
    begun = school.clock.now().isoformat()
    shelf.put("old", {"form": "call", "values": "not a form", "begun": begun})
    shelf.put("other", "a window's own note")
    (draft,) = school.services.drafts.list()
    assert (draft.key, draft.values) == ("old", {})
