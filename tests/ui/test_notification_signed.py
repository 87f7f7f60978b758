"""The head of a sealed notice says who signed it and who checked the key, or that nobody did and what to do."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from house import School, make_school
from schoolsafe.relay.folder import open_relay
from schoolsafe.ui.screens.notification.card import Card, card_of
from schoolsafe.ui.screens.notification.head import Head
from schoolsafe.ui.screens.notification.original import fetch
from schoolsafe.wire import notice, parcel
from unit.wire.letters import FORCE, NOTICE, OTHER, a_message, force_card, written


@pytest.fixture
def school(tmp_path) -> Iterator[School]:
    made = make_school(tmp_path / "school")
    yield made
    made.close()


@pytest.fixture
def take(school, tmp_path):
    (tmp_path / "relay").mkdir()
    relay = open_relay(tmp_path / "relay", make=True)

    def take_in(message=None, *, forged: bool = False) -> str:
        card = school.services.school_cards.card()
        signed = written(message, to=card)
        if forged:
            signed = parcel.sign_body(signed.body, parcel.NOTICE, OTHER.seeds)
        relay.put(card.mailbox, os.urandom(32), notice.seal(signed, to=card))
        (made,) = school.services.police_notices.check(relay).received
        return made

    return take_in


def confirm(school, by=FORCE) -> str:
    card = force_card(by)
    return school.services.trusted_senders.add(card.raw, " ".join(card.words)).entities[0]


def card_for(school, notification: str) -> Card:
    view = school.services.notifications.show(notification)
    return card_of(view, view.lines[0], now=school.services.desk.now(), me="Priya Nair")


def test_a_checked_key_is_named_with_who_checked_it_and_when(school, take):
    confirm(school)
    card = card_for(school, take())
    assert card.signed.words == (
        "Signed by Northmere Police, key checked by Priya Nair on 9 November 2026. It is a trial key."
    )
    assert (card.signed.tone, card.signed.versions) == ("ok", "")
    sender = next(fact.answer for fact in card.facts if fact.label == "Sender")
    assert sender.startswith("Northmere Police, PC Dale. 01632 960111. Signed by")


@pytest.mark.parametrize(
    ("state", "begins", "tone"),
    [
        ("unknown", "Not checked: nobody here has confirmed this sender’s key.", "warn"),
        ("stopped", "Not checked: this sender’s key was stopped here.", "danger"),
        ("broken", "Not checked: the signature does not hold.", "danger"),
    ],
)
def test_what_is_not_checked_says_so_and_what_to_do(school, take, state, begins, tone):
    if state != "unknown":
        made = confirm(school)
    if state == "stopped":
        school.services.trusted_senders.stop(made, reason="stolen")
    card = card_for(school, take(forged=state == "broken"))
    assert card.signed.words.startswith(begins)
    assert "Ring the force on a number you know." in card.signed.words
    assert card.signed.tone == tone


def test_a_correction_and_what_it_corrects_point_at_each_other(school, take):
    confirm(school)
    first = take()
    school.clock.move(hours=1)
    second = take(a_message(version=2, notice=replace(NOTICE, circumstances="Next door.")))
    assert "The sender has corrected this since" in card_for(school, first).signed.versions
    assert "This corrects what the sender wrote before" in card_for(school, second).signed.versions


def test_the_head_shows_it_and_hides_it_for_what_came_otherwise(qtbot, styled, school, take):
    head = Head()
    qtbot.addWidget(head)
    card = card_for(school, take())
    head.show_card(card)
    assert not head.signed.isHidden()
    assert head.signed.words.text() == card.signed.words
    head.show_card(replace(card, signed=None))
    assert head.signed.isHidden()


def test_the_notice_as_sent_can_be_read_with_the_place_of_each_answer(school, take):
    made = take()
    shown = fetch(school.services.notifications.originals, card_for(school, made))
    assert "circumstances: Officers were called to an argument." in shown.texts[0]
    places = {fact.label: fact.span for fact in shown.found}
    span = places["What happened"]
    assert shown.texts[0][span.start : span.end] == NOTICE.circumstances
    assert f"Signed by key {force_card().key_id.hex()}" in shown.headers
