"""A school's own template: taught from one message, tried on others, kept, given away, taken out of use."""

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.here_reader import HereReader
from house import School, make_school
from schoolsafe.domain.entry import Add, NewEntry
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import Read
from schoolsafe.domain.template import How, Mark, Template
from schoolsafe.services.notification_arrival import Call
from schoolsafe.services.original import AttachmentElsewhere
from schoolsafe.services.template import MayNameAChild, NoSuchTemplate, NotThisTemplate
from schoolsafe.wire.template import TemplateUnusable, from_toml
from taught_style import BULLETINS, DOMAIN, MEANINGS, marked


@pytest.fixture
def school(tmp_path: Path) -> School:
    return make_school(tmp_path, intake=HereReader())


def receive(school: School, number: int) -> str:
    name, data = f"{number}.eml", BULLETINS[number].mail()
    return school.services.notifications.receive_file(name, data).notifications[0]


def teach(school: School, name: str = "Southmere bulletin") -> Template:
    example = school.services.templates.example(receive(school, 0))
    frame = Template(name, senders=(example.sender,), meanings=MEANINGS)
    return school.services.templates.propose(example, 0, marked(example.texts[0]), frame).template


def test_what_was_taught_from_one_message_reads_the_next_one_that_comes(school: School) -> None:
    assert school.services.notifications.show(receive(school, 1)).lines == ()
    school.services.templates.save(teach(school))
    view = school.services.notifications.show(receive(school, 2))
    [line] = view.lines
    assert (line.facts.name_as_sent, line.facts.dob) == ("Maeve MOCKTON", BULLETINS[2].dob)
    assert view.notice.police_reference == "SC/89-0002"
    assert view.notice.spans["police_reference"].read is Read.TEMPLATE
    assert line.child is None  # nothing is confirmed for a person


def test_an_example_says_whose_it_is_and_what_can_be_marked(school: School) -> None:
    example = school.services.templates.example(receive(school, 0))
    assert example.sender == DOMAIN
    assert "Youngster :: Tamsin OAKAPPLE" in example.texts[0]
    again = school.services.templates.example_of_file(BULLETINS[0].mail())
    assert (again.sender, again.texts) == (example.sender, example.texts)


def test_a_phone_call_is_no_example(school: School) -> None:
    call = school.services.notifications.log_call(Call("Ann Madeup")).entities[0]
    with pytest.raises(AttachmentElsewhere):
        school.services.templates.example(call)


def test_it_is_tried_on_the_example_and_on_other_messages_of_the_sender(school: School) -> None:
    others = [receive(school, n) for n in (1, 2, 3)]
    assert len(others) == 3
    template = teach(school)
    example = school.services.templates.example_of_file(BULLETINS[0].mail())
    tried = school.services.templates.try_on(example, template)
    assert len(tried) == 5  # the example from its file, its twin on record and three more
    assert all(each.by_template for each in tried)
    read = {r.field: r for r in tried[0].readings}
    assert read["birth_date"].value == "2016-03-04"
    place = read["place"].span
    assert place is not None
    assert tried[0].texts[place.part][place.start : place.end] == "Kitchen of the family flat"


def test_a_new_version_replaces_the_old_and_both_stand_on_record(school: School) -> None:
    first = teach(school)
    saved = school.services.templates.save(first).entities[0]
    changed = replace(first, name="Southmere, since spring")
    school.services.templates.save(changed, instead_of=saved)
    own = [view for view in school.services.templates.list() if not view.shipped]
    assert [(view.id, view.template.name) for view in own] == [(saved, "Southmere, since spring")]
    assert own[0].saved_by == "Priya Nair"
    assert own[0].template.checked == "2026-11-09"
    rows = school.services.desk.reader.rows_about(entity=saved)
    assert [row.kind for row in rows] == ["mail_template.teach", "mail_template.change"]


def test_one_out_of_use_reads_nothing_more_and_comes_back_by_undo(school: School) -> None:
    school.services.templates.save(teach(school))
    gone = school.services.templates.withdraw("Southmere bulletin")
    assert school.services.templates.in_use() == ()
    assert school.services.notifications.show(receive(school, 1)).lines == ()
    assert gone.undo is not None
    school.services.undo(gone.undo)
    assert len(school.services.templates.in_use()) == 1
    with pytest.raises(NoSuchTemplate):
        school.services.templates.withdraw("Fixed sentence")  # came with the program


def test_what_does_not_hold_is_not_kept(school: School) -> None:
    with pytest.raises(NotThisTemplate, match="child\u2019s name"):
        school.services.templates.save(Template("t", (Mark("place", How.LABEL, "Spot"),)))


def test_the_file_for_another_school_holds_labels_and_no_word_of_the_example(
    school: School,
) -> None:
    school.services.templates.save(teach(school))
    before = school.audit_lines()
    file = school.services.templates.export("Southmere bulletin")
    assert school.audit_lines() == before + 1
    text = file.decode().lower()
    one = BULLETINS[0]
    values = (one.name, one.born, one.docket, one.on, one.spot, one.said, one.yarn, one.scribe)
    for value in values:
        for word in value.replace("\n", " ").split():
            if len(word) > 3:
                assert word.lower().strip("\u201c\u201d.,") not in text, word
    assert from_toml(file) == school.services.templates.show("Southmere bulletin").template


def test_a_word_that_may_be_a_childs_name_is_looked_at_before_the_file_is_written(
    school: School,
) -> None:
    school.services.children.add(surname="Oakapple", forename="Tamsin")
    template = teach(school)
    named = replace(template, marks=(*template.marks, Mark("injured", How.LABEL, "Tamsin hurt")))
    school.services.templates.save(named)
    with pytest.raises(MayNameAChild, match="Tamsin"):
        school.services.templates.export("Southmere bulletin")
    assert b"Tamsin hurt" in school.services.templates.export("Southmere bulletin", looked_at=True)


def test_a_file_from_another_school_is_read_and_kept_like_its_own(
    school: School, tmp_path: Path
) -> None:
    file = school.services.templates.file(teach(school))
    other = make_school(tmp_path / "other", intake=HereReader())
    other.services.templates.save(other.services.templates.from_file(file))
    [line] = other.services.notifications.show(receive(other, 3)).lines
    assert line.facts.name_as_sent == "Rowan SHAMWELL"
    with pytest.raises(TemplateUnusable):
        other.services.templates.from_file(b"format = 9")


def test_what_a_newer_release_wrote_is_passed_over(school: School) -> None:
    add = Add("mail_template:0000000000000009", {"name": "new", "body": {"format": 2}})
    school.services.desk.journal.append([NewEntry(TEAM, "mail_template.teach", (add,))])
    assert [view for view in school.services.templates.list() if not view.shipped] == []
    assert school.services.templates.in_use() == ()
