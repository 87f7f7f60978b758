"""A sealed notice reaches the record whatever its signature, once, with receipts that name nobody."""

import json
from dataclasses import replace

import pytest

from fakes.mailboxes import MemoryMailboxes, RelayAway
from house import make_school
from schoolsafe.domain.line_outcome import Outcome, Told
from schoolsafe.domain.not_ours import How
from schoolsafe.domain.person import Role
from schoolsafe.domain.trusted_sender import SignerState
from schoolsafe.services import police_notice
from schoolsafe.services.desk import NotYoursToRead
from schoolsafe.services.genesis import SeatSecrets
from schoolsafe.services.notification_bench import TOPICS
from schoolsafe.services.notification_outcome import PassedOn
from schoolsafe.services.police_entry import SEALED, notice_entries
from schoolsafe.services.trusted_sender import (
    AlreadyConfirmed,
    KeyWasStopped,
    NameOfForce,
    NoSuchSender,
    TrialKey,
    WhyStopped,
)
from schoolsafe.wire import notice, noticereceipt, parcel, schoolkeys
from schoolsafe.wire.link import SchoolKeys
from schoolsafe.wire.noticereceipt import What
from schoolsafe.wire.spoken import WordsDiffer
from unit.wire import letters
from unit.wire.letters import FORCE, NOTICE, OTHER, a_message, force_card, written

REFERENCE = "NM/2026/004711"


@pytest.fixture
def school(tmp_path):
    made = make_school(tmp_path)
    yield made
    made.close()


@pytest.fixture
def relay():
    return MemoryMailboxes()


def send(relay, school, message=None, *, by=FORCE, name=None):
    """As a force does: sealed to the school's card, into its mailbox."""
    card = school.services.school_cards.card()
    message = message or a_message()
    raw = notice.seal(written(message, to=card, by=by), to=card)
    slot = by.slot(to=card.key_id, reference=message.reference, version=message.version)
    relay.boxes.setdefault(card.mailbox, {})[name or slot.hex()] = raw
    return raw


def confirm(school, by=FORCE, **how):
    card = force_card(by)
    return school.services.trusted_senders.add(card.raw, " ".join(card.words), **how)


def receipts(relay, school, by=FORCE):
    card, found = force_card(by), []
    publics = school.services.school_cards.card().publics
    for raw in relay.boxes.get(card.mailbox, {}).values():
        receipt, signed = noticereceipt.open_receipt(
            raw, key_id=card.key_id, box_private=by.box_private
        )
        noticereceipt.verify(signed, publics)
        found.append((receipt.what, receipt.checked, receipt))
    return found


def shown(school, taken):
    return [school.services.notifications.show(one) for one in taken.received]


def test_a_notice_is_taken_in_word_for_word_with_the_place_of_each_answer(school, relay):
    confirm(school)
    send(relay, school)
    (view,) = shown(school, school.services.police_notices.check(relay))
    line = view.lines[0]
    assert view.notice.police_reference == REFERENCE
    assert view.notice.circumstances == NOTICE.circumstances
    assert view.notice.incident == NOTICE.incident
    assert (line.facts.voice, line.facts.dob) == ("I heard the plates.", NOTICE.children[0].dob)
    assert view.sender.phone == "01632 960111"
    (text,) = school.services.notifications.originals.readable(view.id)
    for spans, name, said in (
        (view.notice.spans, "circumstances", NOTICE.circumstances),
        (view.notice.spans, "police_reference", REFERENCE),
        (view.notice.spans, "place", "home"),
        (view.notice.spans, "risk_grade", "Medium"),
        (line.facts.spans, "voice", "I heard the plates."),
    ):
        span = spans[name]
        assert text[span.start : span.end] == said


def test_what_is_attached_is_what_the_force_signed_and_can_be_checked_without_the_school(
    school, relay
):
    send(relay, school)
    (view,) = shown(school, school.services.police_notices.check(relay))
    raw = school.services.notifications.originals.read(view.id, SEALED)
    card = school.services.school_cards.card()
    found = notice.read_signed(parcel.read_signed(raw), key_id=card.key_id)
    notice.verify(found)
    assert found.message.reference == REFERENCE


def test_a_key_somebody_confirmed_is_shown_with_who_and_when(school, relay):
    confirm(school, name="Northmere Police", rung="01632 960000")
    send(relay, school)
    (view,) = shown(school, school.services.police_notices.check(relay))
    assert view.signed is not None
    assert view.signed.state is SignerState.CHECKED
    assert (view.signed.name, view.signed.checked_by) == ("Northmere Police", "Priya Nair")
    assert view.signed.checked_at == school.services.desk.now()


def test_a_key_nobody_confirmed_is_taken_in_and_marked_and_confirming_it_later_changes_the_mark(
    school, relay
):
    send(relay, school)
    (view,) = shown(school, school.services.police_notices.check(relay))
    assert view.signed.state is SignerState.UNKNOWN
    assert view.signed.name == "Northmere Police"
    confirm(school)
    assert school.services.notifications.show(view.id).signed.state is SignerState.CHECKED


def test_a_forged_notice_is_taken_in_and_marked_and_gets_no_receipt(school, relay):
    confirm(school)
    card = school.services.school_cards.card()
    forged = parcel.sign_body(written(to=card).body, parcel.NOTICE, OTHER.seeds)
    relay.boxes[card.mailbox] = {"a" * 64: notice.seal(forged, to=card)}
    (view,) = shown(school, school.services.police_notices.check(relay))
    assert view.signed.state is SignerState.BROKEN
    assert receipts(relay, school) == []


def test_a_forgery_cannot_take_the_place_of_the_real_notice(school, relay):
    confirm(school)
    card = school.services.school_cards.card()
    forged = parcel.sign_body(written(to=card).body, parcel.NOTICE, OTHER.seeds)
    relay.boxes[card.mailbox] = {"a" * 64: notice.seal(forged, to=card)}
    assert len(school.services.police_notices.check(relay).received) == 1
    send(relay, school)
    (view,) = shown(school, school.services.police_notices.check(relay))
    assert view.signed.state is SignerState.CHECKED
    assert view.versions == ()


def test_a_stopped_key_is_believed_no_more_and_gets_no_receipt(school, relay):
    made = confirm(school).entities[0]
    school.services.trusted_senders.stop(made, reason="Laptop stolen, told by Northmere")
    send(relay, school)
    (view,) = shown(school, school.services.police_notices.check(relay))
    assert view.signed.state is SignerState.STOPPED
    assert receipts(relay, school) == []
    with pytest.raises(KeyWasStopped):
        confirm(school)


@pytest.mark.parametrize("again", ["the same file", "another name", "sealed again", "signed again"])
def test_a_replay_is_the_same_notice(school, relay, again):
    raw = send(relay, school)
    card = school.services.school_cards.card()
    box = relay.boxes[card.mailbox]
    assert len(school.services.police_notices.check(relay).received) == 1
    match again:
        case "another name":
            box["f" * 64 + " (conflicted copy)"] = raw
        case "sealed again":
            box["f" * 64] = notice.seal(
                letters.notice.open_notice(
                    raw,
                    key_id=card.key_id,
                    box_private=school.circles.key_sets()[0].secrets.box_private,
                ).signed,
                to=card,
            )
        case "signed again":
            send(relay, school, a_message(sent_ms=letters.SENT_MS + 1000), name="f" * 64)
    taken = school.services.police_notices.check(relay)
    assert taken.received == ()
    assert taken.duplicates == (0 if again == "the same file" else 1)


def test_the_next_morning_nothing_is_taken_in_twice(school, relay):
    send(relay, school)
    assert len(school.services.police_notices.check(relay).received) == 1
    school.open_again()
    taken = school.services.police_notices.check(relay)
    assert (taken.received, taken.duplicates, taken.unreadable) == ((), 0, ())


def test_a_correction_stands_beside_the_notice_it_corrects_whichever_comes_first(school, relay):
    confirm(school)
    second = a_message(version=2, notice=replace(NOTICE, circumstances="It was next door."))
    for message in (second, a_message()):
        send(relay, school, message)
        school.services.police_notices.check(relay)
    rows = school.services.notifications.list()
    assert len(rows) == 2
    views = {
        school.services.notifications.show(row.id).notice.circumstances: (
            school.services.notifications.show(row.id)
        )
        for row in rows
    }
    first, later = views[NOTICE.circumstances], views["It was next door."]
    assert [(one.id, one.version) for one in first.versions] == [(later.id, 2)]
    assert [(one.id, one.version) for one in later.versions] == [(first.id, 1)]


def test_one_reference_with_other_words_under_the_same_version_is_kept_with_a_warning(
    school, relay
):
    confirm(school)
    send(relay, school)
    school.services.police_notices.check(relay)
    other = a_message(notice=replace(NOTICE, circumstances="Something else."))
    send(relay, school, other, name="f" * 64)
    (view,) = shown(school, school.services.police_notices.check(relay))
    assert "twice" in view.warnings[0]


def test_delivered_goes_back_at_once_and_opened_when_a_person_opened_it(school, relay):
    confirm(school)
    send(relay, school)
    (made,) = school.services.police_notices.check(relay).received
    assert [(what, checked) for what, checked, _r in receipts(relay, school)] == [
        (What.DELIVERED, True)
    ]
    school.clock.move(minutes=7)
    school.services.notifications.opened(made)
    school.services.police_notices.check(relay)
    school.services.police_notices.check(relay)
    found = {what: receipt for what, _checked, receipt in receipts(relay, school)}
    assert set(found) == {What.DELIVERED, What.OPENED}
    assert found[What.OPENED].at_ms - found[What.DELIVERED].at_ms == 7 * 60_000


def test_no_receipt_carries_a_name_or_a_reference(school, relay):
    confirm(school)
    send(relay, school)
    (made,) = school.services.police_notices.check(relay).received
    school.services.notifications.opened(made)
    school.services.police_notices.check(relay)
    card = force_card()
    for raw in relay.boxes[card.mailbox].values():
        _receipt, signed = noticereceipt.open_receipt(
            raw, key_id=card.key_id, box_private=FORCE.box_private
        )
        members = json.loads(signed.body)
        assert set(members) == {"v", "to", "from", "notice", "what", "at", "checked"}
        assert "zzyzx" not in signed.body.decode().casefold()


def test_a_stranger_learns_that_it_arrived_and_not_when_it_was_read(school, relay):
    send(relay, school)
    (made,) = school.services.police_notices.check(relay).received
    school.services.notifications.opened(made)
    school.services.police_notices.check(relay)
    assert [(what, checked) for what, checked, _r in receipts(relay, school)] == [
        (What.DELIVERED, False)
    ]
    confirm(school)
    school.services.police_notices.check(relay)
    assert {(what, checked) for what, checked, _r in receipts(relay, school)} == {
        (What.DELIVERED, False),
        (What.DELIVERED, True),
        (What.OPENED, True),
    }


def test_receipts_end_after_ninety_days(school, relay):
    confirm(school)
    send(relay, school)
    school.services.police_notices.take_in(
        police_notice.carry(school.services.police_notices.errand(), relay)
    )
    school.clock.move(days=91)
    assert school.services.police_notices.errand().leave == ()


def test_junk_is_counted_and_named_and_hides_nothing(school, relay):
    card = school.services.school_cards.card()
    elsewhere, _secrets = letters.a_school()
    whole = notice.seal(written(to=card), to=card)
    relay.boxes[card.mailbox] = {
        "1" * 64: b"",
        "2" * 64: b"From: somebody",
        "3" * 64: letters.sealed(to=elsewhere),
        "4" * 64: whole[:-5],
        "5" * 64: whole[:4000] + b"x" + whole[4001:],
    }
    send(relay, school)
    taken = school.services.police_notices.check(relay)
    assert len(taken.received) == 1
    assert taken.waiting == 2
    assert sorted(taken.unreadable) == ["not_a_parcel", "not_for_this_key", "seal_broken"]
    again = school.services.police_notices.check(relay)
    assert (again.received, again.waiting, again.unreadable) == ((), 0, ())


def test_a_file_that_was_half_copied_is_taken_in_once_it_is_whole(school, relay):
    raw = send(relay, school)
    box = relay.boxes[school.services.school_cards.card().mailbox]
    (name,) = box
    box[name] = raw[:3000]
    assert school.services.police_notices.check(relay).waiting == 1
    box[name] = raw
    assert len(school.services.police_notices.check(relay).received) == 1


def test_a_look_gives_the_vault_back_after_forty_letters_and_ends_when_all_are_in(school, relay):
    card = school.services.school_cards.card()
    relay.boxes[card.mailbox] = {f"{n:064x}": b"junk" for n in range(100)}
    fetched = police_notice.carry(school.services.police_notices.errand(), relay)
    assert (len(fetched.letters), fetched.more) == (40, True)
    send(relay, school)
    taken = school.services.police_notices.check(relay)
    assert (len(taken.unreadable), len(taken.received)) == (100, 1)


def test_what_was_sealed_to_the_keys_before_still_arrives(school, relay):
    send(relay, school)
    _with_newer_keys(school)
    assert len(school.services.school_cards.key_sets()) == 2
    assert len(school.services.police_notices.check(relay).received) == 1
    send(relay, school, a_message(version=2))
    assert len(school.services.police_notices.check(relay).received) == 1
    own = {each.key_id[:16] for each in school.services.school_cards.key_sets()}
    assert {mailbox: len(relay.boxes[mailbox]) for mailbox in own} == dict.fromkeys(own, 1)


def _with_newer_keys(school):
    """A second version of the school's keys, as the roster would hold it."""
    from schoolsafe.services.circle import Circles
    from schoolsafe.wire import link

    secrets: SeatSecrets = school.circles._secrets
    assert secrets.root_seed is not None
    team = school.circles._circles["team"]
    op: SchoolKeys = schoolkeys.make(
        version=2,
        urn=school.circles.urn,
        root_seed=secrets.root_seed,
        circle=team.state.circle,
        key_version=team.state.key_version,
        circle_key=team.keys[team.state.key_version].key,
    )
    made = link.build(
        circle=team.state.circle,
        n=team.state.n + 1,
        prev=team.state.head,
        at_ms=letters.SENT_MS,
        ops=[op],
        signers=[(link.ROOT, secrets.root_seed)],
    )
    chains = [
        (*chain, made.raw) if link.parse(chain[0]).circle == made.circle else chain
        for chain in school.circles._chains
    ]
    circles = Circles(secrets, chains)
    school.services.school_cards._keyring = circles
    school.services.school_cards._sets = None


def test_two_computers_of_the_school_write_the_same_receipt_into_the_same_place(school, relay):
    confirm(school)
    send(relay, school)
    school.services.police_notices.check(relay)
    before = dict(relay.boxes[force_card().mailbox])
    school.services.police_notices._left.clear()  # as another computer, which knows of no receipt
    school.services.police_notices.check(relay)
    assert relay.boxes[force_card().mailbox] == before


def test_what_two_computers_took_in_before_they_met_is_harmless(school, relay):
    confirm(school)
    send(relay, school)
    (first,) = school.services.police_notices.check(relay).received
    card = school.services.school_cards.card()
    (raw,) = relay.boxes[card.mailbox].values()
    (keys,) = school.services.school_cards.key_sets()
    opened = notice.open_notice(raw, key_id=keys.key_id, box_private=keys.secrets.box_private)
    entries, chunks = notice_entries(  # as the other computer wrote it, arriving by sync
        opened,
        holds=True,
        slot="0" * 64,
        received_at=school.services.desk.now(),
        ids=school.services.desk.ids,
    )
    second = school.services.desk.put(entries, TOPICS, chunks=chunks).entities[0]
    assert [one.id for one in school.services.notifications.show(first).versions] == [second]
    school.open_again()
    assert school.services.police_notices.check(relay).received == ()
    assert len(school.services.notifications.list()) == 2
    before = dict(relay.boxes[force_card().mailbox])
    school.services.notifications.opened(second)
    school.services.police_notices.check(relay)
    assert len(relay.boxes[force_card().mailbox]) == len(before) + 1


def test_a_relay_that_does_not_answer_is_said_and_loses_nothing(school, relay):
    send(relay, school)
    relay.away = True
    with pytest.raises(RelayAway):
        school.services.police_notices.check(relay)
    relay.away = False
    assert len(school.services.police_notices.check(relay).received) == 1


def test_a_message_alone_changes_nothing_but_that_it_is_there(school, relay):
    confirm(school)
    pupil = school.pupil("Robin", "Zzyzx", NOTICE.children[0].dob)
    for n in range(3):
        send(
            relay,
            school,
            a_message(reference=f"NM/{n}", notice=replace(NOTICE, police_reference=None)),
        )
    for view in shown(school, school.services.police_notices.check(relay)):
        assert view.status.value == "received"
        assert view.lines[0].child is None
        assert [one.child.id for one in view.lines[0].proposals] == [pupil]
        assert (view.opened_at, view.acknowledged_at) == (None, None)


def test_who_reads_nothing_of_the_team_takes_nothing_in_and_holds_no_key(tmp_path, relay):
    school = make_school(tmp_path, role=Role.PASTORAL)
    assert school.services.police_notices.errand().mailboxes == ()
    taken = school.services.police_notices.check(relay)
    assert taken.received == ()
    for do in (
        school.services.school_cards.card,
        school.services.trusted_senders.list,
        lambda: confirm(school),
    ):
        with pytest.raises(NotYoursToRead):
            do()
    school.close()


def test_a_key_is_confirmed_only_by_its_own_words_and_once(school):
    card = force_card()
    with pytest.raises(WordsDiffer):
        school.services.trusted_senders.add(card.raw, " ".join(force_card(OTHER).words))
    confirm(school)
    with pytest.raises(AlreadyConfirmed):
        confirm(school)
    nameless = letters.sendercard.card_of(OTHER, name=" ", made_ms=0, test=True)
    with pytest.raises(NameOfForce):
        school.services.trusted_senders.add(nameless.raw, " ".join(nameless.words))
    (one,) = school.services.trusted_senders.list()
    assert (one.name, one.by, one.test, one.stopped) == (
        "Northmere Police",
        "Priya Nair",
        True,
        None,
    )


def test_stopping_needs_a_reason_and_somebody_on_the_list(school):
    made = confirm(school).entities[0]
    with pytest.raises(WhyStopped):
        school.services.trusted_senders.stop(made, reason=" ")
    with pytest.raises(NoSuchSender):
        school.services.trusted_senders.stop("trusted_sender:0", reason="x")
    school.services.trusted_senders.stop(made, reason="Key renewed")
    (one,) = school.services.trusted_senders.list()
    assert (one.stopped, one.stopped_at) == ("Key renewed", school.services.desk.now())


def test_a_real_school_takes_no_trial_key(school, monkeypatch):
    facts = school.services.schools.facts()
    monkeypatch.setattr(school.services.schools, "facts", lambda: replace(facts, test=False))
    with pytest.raises(TrialKey):
        confirm(school)


def test_the_school_card_says_who_we_are_and_handing_it_out_is_logged(school):
    lines = school.audit_lines()
    raw = school.services.school_cards.handed_out()
    card = letters.schoolcard.read(raw)
    assert (card.urn, card.name, card.version) == ("999101", "Ashgrove Primary School", 1)
    assert card.root == school.circles.root
    assert school.audit_lines() == lines + 1


def test_the_relay_is_remembered_with_the_last_look_and_what_was_wrong(school, tmp_path):
    place = school.services.relay
    assert place.state().folder is None
    with pytest.raises(Exception, match="No folder for sealed notices"):
        place.open()
    folder = tmp_path / "relay"
    folder.mkdir()
    place.set(folder)
    assert place.state().folder == folder
    assert place.state().looked_at is None
    place.looked("The stick is out.")
    assert place.state().said == "The stick is out."
    assert place.state().looked_at == school.services.desk.now()
    place.looked()
    assert place.state().said == ""
    school.open_again()
    assert school.services.relay.state().folder == folder
    assert school.services.drafts.list() == ()
    school.services.relay.unset()
    assert school.services.relay.state().folder is None


def test_what_was_not_ours_and_taken_out_does_not_come_back_from_the_folder(school, relay):
    confirm(school)
    raw = send(relay, school)
    (made,) = school.services.police_notices.check(relay).received
    notices = school.services.notifications
    notices.come_to(made, 1, Told(Outcome.NOT_OURS, "Nobody here has this name"))
    notices.tell_sender(made, 1, PassedOn("Sgt Marlow, Northmere Police", How.PHONE))
    notices.dispose(made, 1)
    school.open_again()
    taken = school.services.police_notices.check(relay)
    assert (taken.received, taken.duplicates) == ((), 1)
    relay.boxes[school.services.school_cards.card().mailbox]["e" * 64] = raw
    assert school.services.police_notices.check(relay).received == ()
    assert school.services.notifications.list() == ()
