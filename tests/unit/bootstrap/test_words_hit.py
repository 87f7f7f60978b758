"""A place in the record opens by itself: the notification, the form, or the entry in the pupil's file."""

from house import make_school
from schoolsafe.bootstrap.furniture import Pupils, words_hit
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.services.action import ActionForm
from schoolsafe.services.chronology import EntryForm
from unit.services.morning import matched


def test_each_kind_opens_its_own_row_and_recent_pupils_come_first(tmp_path):
    school = make_school(tmp_path / "school")
    services = school.services
    notification, maya = matched(school)
    form = EntryForm(maya, EntryKind.CONCERN, "No coat; officers told")
    entry = services.chronologies.add(form).entities[0]
    action = services.actions.add(ActionForm(maya, "Ring the officers", "Sam")).entities[0]
    hits = {hit.screen: dict(hit.args) for hit in map(words_hit, services.search.as_typed("offi"))}
    assert hits == {
        "today": {"notification": notification},
        "pupil_file": {"child": maya, "entry": entry},
        "record_action": {"child": maya, "record": action},
    }
    assert Pupils(services).find("") == ()
    services.search.remember(maya)
    assert [hit.id for hit in Pupils(services).find("")] == [maya]
    school.close()
