"""Row 9: chronology and cumulative risk. Three notices in 90 days ask once; the decision is stored and prints."""

from datetime import datetime, timedelta

import pytest

from house import MONDAY, School, make_school
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.notification import Incident, Sender
from schoolsafe.reports.printer import PdfPrinter
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification import Call
from schoolsafe.services.pages import ChronologyPage
from unit.services.morning import MAYA_BORN, arrived

ODD = "“I said ‘no’”\u00a0— naïve, Ŵyn, 妈妈,\tأمي, 👩\u200d👧,  two  spaces \u2026"


@pytest.fixture
def ashgrove(tmp_path):
    school = make_school(tmp_path / "school", calendar=False)
    yield school
    school.close()


def _three(school: School, child: str) -> None:
    for n, back in enumerate((2, 40, 89), 1):
        day = (MONDAY - timedelta(days=back)).date()
        notice = arrived(school, number=n, incident=Incident(date=day))
        school.services.notifications.match(notice, 1, child)


def test_three_in_ninety_days_ask_once_and_the_answer_prints(ashgrove: School):
    maya = ashgrove.pupil("Maya", "Thornton", MAYA_BORN)
    services = ashgrove.services
    _three(ashgrove, maya)
    (prompt,) = services.chronologies.show(maya).prompts
    assert (prompt.rule.id, len(prompt.evidence)) == ("three_in_90", 3)
    services.printing.chronology(maya)
    before = ashgrove.printer.printed[-1]
    assert isinstance(before, ChronologyPage)
    assert any("It rests on" in line for line in before.pattern)
    services.chronologies.decide(maya, prompt, decision="refer", reason="Third since August")
    again = services.notifications.log_call(
        Call(
            "Maya",
            child=maya,
            caller=Sender(name="PC 4471"),
            incident=Incident(date=prompt.days[-1]),
        )
    ).entities[0]
    services.notifications.tie(again, prompt.evidence[-1], Tie.SAME_EVENT)
    assert services.chronologies.show(maya).prompts == ()
    services.printing.chronology(maya)
    page = ashgrove.printer.printed[-1]
    assert isinstance(page, ChronologyPage)
    decided = next(entry for entry in page.entries if entry.kind == "Pattern looked at")
    assert (decided.title, decided.text) == ("Refer", "Third since August")
    assert decided.facts[0][0] == "It rested on notifications of"
    assert not any("Not answered yet" in line for line in page.pattern)


def test_the_timeline_holds_every_kind_with_both_dates_and_an_earlier_day_can_be_seen(
    ashgrove: School,
):
    maya, services = ashgrove.pupil("Maya", "Thornton", MAYA_BORN), ashgrove.services
    _three(ashgrove, maya)
    late = datetime(2026, 11, 2, 14, 0, tzinfo=LONDON)
    services.chronologies.add(EntryForm(maya, EntryKind.MEETING, "Met her nan", happened=late))
    sent = ashgrove.clock.now().isoformat()
    services.file_records.add("referral", maya, {"to": "mash", "sent_at": sent, "why": "Third"})
    monday = services.desk.now().date()
    ashgrove.clock.move(days=1)
    services.chronologies.add(EntryForm(maya, EntryKind.OBSERVATION, "Calm"))
    only = services.chronologies.show(maya, kinds=("meeting",))
    assert (len(only.entries), only.hidden) == (1, 5)
    assert [entry.kind for entry in only.hidden_high] == ["referral"] + ["notification"] * 3
    assert only.entries[0].late_days == 7
    since = services.chronologies.show(maya, since_meeting=True)
    assert {entry.kind for entry in since.entries} == {
        "observation",
        "referral",
        "notification",
        "meeting",
    }
    assert len(services.chronologies.show(maya, as_of=monday).entries) == 5


def test_quoted_words_survive_entry_correction_and_print_byte_for_byte(ashgrove: School):
    maya, services = ashgrove.pupil("Maya", "Thornton", MAYA_BORN), ashgrove.services
    form = EntryForm(maya, EntryKind.OBSERVATION, "Drew her home", child_words=ODD)
    entry = services.chronologies.add(form).entities[0]
    ashgrove.open_again()
    services = ashgrove.services
    services.chronologies.fix(entry, new_text=f"{ODD}!", reason="more heard", field="child_words")
    (shown,) = services.chronologies.show(maya).entries
    assert shown.child_words == f"{ODD}!"
    assert [fix.words.encode() for fix in shown.other_fixes] == [ODD.encode()]
    services.printing.chronology(maya)
    page = ashgrove.printer.printed[-1]
    assert isinstance(page, ChronologyPage)
    assert page.entries[0].child_words == f"{ODD}!"
    assert any(ODD in answer for _question, answer in page.entries[0].facts)
    assert PdfPrinter().chronology(page).startswith(b"%PDF")


def test_letters_typed_in_two_parts_are_joined_once_when_they_are_written(ashgrove: School):
    """A row holds composed letters only (docs/spec/row.md): the same word, from then on the same bytes."""
    maya, services = ashgrove.pupil("Maya", "Thornton", MAYA_BORN), ashgrove.services
    services.chronologies.add(EntryForm(maya, EntryKind.CONCERN, "x", child_words="cafe\u0301"))
    (shown,) = services.chronologies.show(maya).entries
    assert shown.child_words == "caf\u00e9"
