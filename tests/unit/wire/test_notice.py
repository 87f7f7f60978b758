"""A sealed notice says what was written, to one school, and whatever else is done to it is refused by our own names."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.crypto.sign import SignatureBroken
from schoolsafe.domain.notification import (
    Adult,
    Answer,
    ChildLine,
    Incident,
    Notice,
    NoticeKind,
    Precision,
    Presence,
    Sender,
)
from schoolsafe.errors import Tampered
from schoolsafe.wire import notice, noticereceipt, parcel, schoolcard, sendercard, spoken
from schoolsafe.wire.notice import Message
from schoolsafe.wire.noticereceipt import What
from unit.wire.letters import (
    FORCE,
    NOTICE,
    OTHER,
    ROOT_SEED,
    a_message,
    a_receipt,
    a_school,
    force_card,
    opened,
    resealed,
    school_keys,
    sealed,
    written,
)

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30
).map(lambda t: __import__("unicodedata").normalize("NFC", t))
MAYBE = st.none() | TEXT
CHILDREN = st.builds(
    ChildLine,
    name_as_sent=TEXT.filter(lambda t: t.strip()),
    surname=MAYBE,
    dob=st.none() | st.dates(),
    presence=st.sampled_from(Presence),
    voice=MAYBE,
    welfare_check=st.sampled_from(Answer),
)
NOTICES = st.builds(
    Notice,
    kind=st.sampled_from(NoticeKind),
    incident=st.builds(
        Incident,
        date=st.none() | st.dates(),
        time=st.none() | st.times().map(lambda t: t.replace(microsecond=0, tzinfo=None)),
        precision=st.sampled_from(Precision),
        place=MAYBE,
    ),
    circumstances=MAYBE,
    adults=st.lists(st.builds(Adult, MAYBE, TEXT), max_size=3).map(tuple),
    children=st.lists(CHILDREN, max_size=4).map(tuple),
    other=st.dictionaries(TEXT, TEXT, max_size=3),
)
MESSAGES = st.builds(
    Message,
    reference=TEXT,
    version=st.integers(1, 9),
    sent_ms=st.integers(0, 1 << 50),
    contact=st.builds(Sender, name=MAYBE, phone=MAYBE),
    notice=NOTICES,
)
RAW = sealed()
CARD, SECRETS = a_school()


@settings(max_examples=60, deadline=None)
@given(MESSAGES)
def test_what_was_written_is_read_word_for_word(message):
    found = opened(sealed(message))
    said = replace(message.notice, police_reference=message.reference, source="sealed notice")
    assert found.message == replace(message, notice=said)
    assert found.card == force_card()


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, len(RAW) - 1), st.integers(1, 255), st.integers(0, 40), st.binary(max_size=40)
)
def test_a_changed_notice_is_refused_by_our_own_names_or_was_not_changed(at, flip, cut, junk):
    changed = bytearray(RAW)
    changed[at] ^= flip
    with pytest.raises(Tampered):
        opened(bytes(changed))
    spliced = RAW[:at] + junk + RAW[at + cut :]
    if spliced != RAW:
        with pytest.raises(Tampered):
            opened(spliced)


BODY = json.loads(written().body)


@settings(max_examples=120, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    ),
    st.sampled_from([*BODY, *(f"notice.{name}" for name in BODY["notice"]), "sender.name", ""]),
)
def test_any_body_well_sealed_and_well_signed_is_a_notice_or_refused_by_our_own_names(value, place):
    changed = json.loads(json.dumps(BODY))
    outer, _, inner = place.partition(".")
    if inner:
        changed[outer][inner] = value
    elif outer:
        changed[outer] = value
    else:
        changed = value
    try:
        body = json.dumps(changed, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return
    try:
        found = opened(resealed(body))
    except Tampered:
        return
    assert isinstance(found.message.notice, Notice)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=4000))
def test_bytes_from_anywhere_are_no_notice_receipt_or_card(junk):
    for read in (
        lambda: parcel.parse(junk, parcel.NOTICE),
        lambda: parcel.parse(b"SN\1\1" + junk, parcel.NOTICE),
        lambda: parcel.parse(junk, parcel.RECEIPT),
        lambda: parcel.read_signed(junk),
        lambda: sendercard.read(junk),
        lambda: schoolcard.read(junk),
    ):
        with pytest.raises(Tampered):
            read()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 9431), st.integers(1, 255))
def test_a_changed_receipt_is_refused(at, flip):
    raw = bytearray(a_receipt())
    raw[at] ^= flip
    with pytest.raises(Tampered):
        noticereceipt.open_receipt(
            bytes(raw), key_id=force_card().key_id, box_private=FORCE.box_private
        )


def test_a_receipt_holds_no_word_of_the_notice():
    receipt, signed = noticereceipt.open_receipt(
        a_receipt(What.OPENED), key_id=force_card().key_id, box_private=FORCE.box_private
    )
    noticereceipt.verify(signed, CARD.publics)
    assert receipt.what is What.OPENED
    assert receipt.notice == notice.notice_id(written())
    for word in (b"Zzyzx", b"ZZYZX", b"004711", b"Ashgrove"):
        assert word not in signed.raw


def test_both_sorts_of_receipt_and_any_two_short_notices_have_one_size():
    assert len(a_receipt()) == len(a_receipt(What.OPENED)) == len(a_receipt(checked=False))
    thin = a_message(notice=Notice(kind=NoticeKind.MISSING, children=(ChildLine("R. Z."),)))
    assert len(sealed(thin)) == len(sealed()) == 17_624


def test_a_sealed_notice_shows_nothing_of_sender_child_or_reference():
    for word in (b"Northmere", b"Zzyzx", b"ZZYZX", b"004711", force_card().sign_public):
        assert word not in RAW


def test_an_old_version_of_the_school_keys_still_opens_what_was_sealed_to_it():
    old, new = a_school(1), a_school(2)
    raw = sealed(to=old[0])
    assert opened(raw, old).message == opened(RAW).message
    with pytest.raises(parcel.NotForThisKey):
        opened(raw, new)


def test_the_key_of_another_school_does_not_open_it_even_under_the_right_mailbox():
    other = a_school(1, "999102")[1]
    with pytest.raises(Tampered):
        notice.open_notice(RAW, key_id=CARD.key_id, box_private=a_school(2)[1].box_private)
    assert other.version == 1


def test_a_notice_sealed_on_to_another_school_is_told_from_one_sent_there():
    elsewhere = a_school(1, "999102")[0]
    with pytest.raises(notice.ForAnotherKey):
        opened(resealed(written(to=elsewhere).body))


def test_a_signature_of_another_key_is_broken_and_the_words_are_read_all_the_same():
    card, secrets = a_school()
    found = notice.open_notice(
        resealed(written().body, by=OTHER), key_id=card.key_id, box_private=secrets.box_private
    )
    assert found.message.notice.children[0].surname == "Zzyzx"
    with pytest.raises(SignatureBroken):
        notice.verify(found)


def test_what_no_reader_would_take_is_not_sent():
    with pytest.raises(notice.NoticeTooLarge):
        sealed(a_message(notice=replace(NOTICE, children=(ChildLine("A"),) * 41)))
    with pytest.raises(notice.NoticeMembersWrong):
        sealed(a_message(reference=""))


def test_a_school_card_names_school_keys_and_root():
    op, secrets = school_keys()
    made = schoolcard.make(
        op, secrets, urn="999101", name="Ashgrove", valid_from_ms=5, root=CARD.root
    )
    assert schoolcard.read(made.raw) == made
    assert made.key_id == schoolcard.op_key_id(op, root=CARD.root, urn="999101")
    assert made.words == CARD.words == schoolcard.root_words(CARD.root)
    assert made.key_id != CARD.key_id
    assert len(ROOT_SEED) == 32


def test_the_same_reference_has_one_slot_and_another_version_or_school_another():
    def slot(version: int = 1, to: bytes = CARD.key_id, by=FORCE):
        return by.slot(to=to, reference="NM/1", version=version)

    assert slot() == slot()
    assert len({slot(), slot(2), slot(to=a_school(2)[0].key_id), slot(by=OTHER)}) == 4


@pytest.mark.parametrize("heard", ["{}", " {} ", "{}."])
def test_words_are_compared_by_their_letters(heard):
    words = force_card().words
    said = " ".join(words)
    spoken.compare(heard.format(said), words)
    spoken.compare(said.upper().replace(" ", "-"), words)
    with pytest.raises(spoken.WordsDiffer):
        spoken.compare(" ".join(reversed(words)), words)
    with pytest.raises(spoken.WordsDiffer):
        spoken.compare("", words)
