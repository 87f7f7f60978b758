"""A style nobody built for: wrong or blank by the rules, exact once a person marked one message."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.domain.notification import MailDraft, Read
from schoolsafe.domain.template import FIELD, How, Mark, Template
from schoolsafe.domain.template_derive import derive
from schoolsafe.intake.mail import read_mail
from schoolsafe.intake.templates_layouts import for_senders, shipped, usable
from taught_style import BULLETINS, DOMAIN, MEANINGS, Bulletin, marked

DATA = Path(__file__).resolve().parents[2] / "data"
OTHERS = sorted(DATA.glob("notifications*/*.eml"))


@pytest.fixture(scope="module")
def taught() -> Template:
    text = read_mail(BULLETINS[0].mail()).texts[0]
    frame = Template("Southmere bulletin", senders=(DOMAIN,), meanings=MEANINGS)
    found = derive(text, marked(text), frame)
    assert found.unread == ()
    return found.template


def test_the_rules_alone_make_nothing_of_it() -> None:
    for bulletin in BULLETINS:
        assert read_mail(bulletin.mail()).notices == ()


@pytest.mark.parametrize("bulletin", BULLETINS, ids=lambda each: each.docket)
def test_one_example_makes_every_message_of_the_style_exact(
    taught: Template, bulletin: Bulletin
) -> None:
    draft = read_mail(bulletin.mail(), (taught,))
    [notice] = draft.notices
    [child] = notice.children
    assert (child.name_as_sent, child.surname, child.forename, child.dob) == (
        bulletin.name, bulletin.surname, bulletin.forename, bulletin.dob,
    )  # fmt: skip
    assert (child.presence, child.presence_as_sent) == (bulletin.presence, bulletin.vantage)
    assert child.voice == bulletin.voice
    assert notice.police_reference == bulletin.docket
    assert (notice.incident.date, notice.incident.time) == (bulletin.date, bulletin.time)
    assert notice.incident.place == bulletin.spot
    assert notice.circumstances == " ".join(bulletin.yarn.split())
    assert notice.other == {"officer_as_sent": bulletin.scribe}
    assert notice.adults == ()


def test_every_value_shows_the_words_it_came_from_and_that_a_template_said_so(
    taught: Template,
) -> None:
    draft = read_mail(BULLETINS[0].mail(), (taught,))
    spans = {**draft.notices[0].spans, **draft.notices[0].children[0].spans}
    said = {name: draft.texts[s.part][s.start : s.end] for name, s in spans.items()}
    assert said["police_reference"] == "SC/88-1041"
    assert said["name_as_sent"] == "Tamsin OAKAPPLE"
    assert said["place"] == "Kitchen of the family flat"
    assert {span.read for span in spans.values()} == {Read.TEMPLATE}


def test_nobody_else_is_lost_to_a_template(taught: Template) -> None:
    sibling = "Child: Jory OAKAPPLE, DOB: 02/02/2018\n\nScribe:"
    data = BULLETINS[0].text().replace("Scribe:", sibling).encode()
    names = {c.name_as_sent for n in read_mail(data, (taught,)).notices for c in n.children}
    assert names == {"Tamsin OAKAPPLE", "Jory OAKAPPLE"}


def test_a_message_of_the_same_sender_in_another_layout_stays_as_it_was(taught: Template) -> None:
    other = (DATA / "notifications" / "16_reply_chain_old_quoted.eml").read_bytes()
    other = other.replace(b"northmere.police.example", DOMAIN.encode())
    assert read_mail(other, (taught,)) == read_mail(other)


@pytest.mark.parametrize("anywhere", [False, True], ids=["for its sender", "for any sender"])
def test_it_changes_nothing_that_other_messages_give(taught: Template, *, anywhere: bool) -> None:
    template = replace(taught, senders=()) if anywhere else taught
    for path in OTHERS:
        data = path.read_bytes()
        assert read_mail(data, (template,)) == read_mail(data), path.name


def test_the_shipped_shapes_speak_only_for_what_they_know() -> None:
    spoken = {
        path.name[:2]
        for path in OTHERS
        if path.parent.name == "notifications"
        and Read.TEMPLATE in set(_ways(read_mail(path.read_bytes())))
    }
    assert spoken == {"01", "02", "03", "05", "13", "14", "15", "22"}


def test_an_initial_stays_beside_its_surname_under_a_shipped_sentence() -> None:
    mail = (
        b"From: encompass@northmere.police.example\r\nSubject: Operation Encompass\r\n\r\n"
        b"Northmere Police notification under Operation Encompass.\r\n\r\nK. MENSAH, born 02/11/2015, was "
        b"NOT PRESENT when officers attended a domestic abuse incident on 08/11/2026 at 16:05 "
        b"hours. A welfare check WAS NOT made. "
        b"The information HAS been passed to Children's Services.\r\n"
    )
    (notice,) = read_mail(mail).notices
    (child,) = notice.children
    assert (child.name_as_sent, child.surname, child.forename) == ("K. MENSAH", "Mensah", "K.")


def _ways(draft: MailDraft) -> Iterator[Read | None]:
    for notice in draft.notices:
        for spans in (notice.spans, *(child.spans for child in notice.children)):
            yield from (span.read for span in spans.values())


def test_a_broken_or_too_large_set_of_templates_is_cut_to_what_holds(taught: Template) -> None:
    broken = Template("no place for a name")
    assert usable((broken, taught)) == (taught,)
    assert len(usable([taught] * 100)) == 40
    assert for_senders((taught,), ["mail." + DOMAIN]) == (taught,)
    assert for_senders((taught,), ["not" + DOMAIN, ""]) == ()
    assert all(template.fields for template in shipped())


words = st.text(st.sampled_from("abY :\t\n|,.{}\u2019oungster"), max_size=40)
wild = st.builds(
    Template,
    name=st.just("t"),
    marks=st.lists(
        st.builds(
            Mark, field=st.sampled_from(sorted(FIELD)), how=st.sampled_from(list(How)),
            before=st.one_of(words, st.sampled_from(["Youngster", "Spot", "::", "Clock", "Docket"])), after=words,
            below=st.booleans(), lines=st.booleans(),
        ),
        max_size=8,
    ).map(tuple),
    sentences=st.lists(st.one_of(words, st.just("{child_name} Came into {birth_date} Befell")), max_size=2).map(tuple),
    senders=st.just((DOMAIN,)),
    starts=st.one_of(st.just(""), words),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(wild)
def test_no_template_makes_the_reader_raise_and_every_span_stands_in_the_text(
    template: Template,
) -> None:
    draft = read_mail(BULLETINS[0].mail(), (template,))
    for notice in draft.notices:
        for spans in (notice.spans, *(child.spans for child in notice.children)):
            for span in spans.values():
                assert 0 <= span.start <= span.end <= len(draft.texts[span.part])
