"""The frozen vectors of notices, receipts and cards: each good one is read, each bad one fails by its name."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from schoolsafe.errors import Tampered
from schoolsafe.wire import notice, noticereceipt, schoolcard, sendercard
from schoolsafe.wire.parcel import SigningPublics
from unit.wire.letters import FORCE

FOLDER = Path(__file__).parents[2] / "vectors"
SPEC = Path(__file__).parents[3] / "docs" / "spec"


def load(name: str):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


NOTICES, RECEIPTS = load("notice.json"), load("notice_receipt.json")
SENDERS, SCHOOLS = load("sender_card.json"), load("school_card.json")


def each(found):
    vectors = found["vectors"]
    assert len({v["name"] for v in vectors}) == len(vectors)
    return [pytest.param(v, id=v["name"]) for v in vectors]


def name_of(read):
    try:
        read()
    except Tampered as failed:
        return failed.code
    return "ok"


@pytest.mark.parametrize("vector", each(NOTICES))
def test_a_notice_is_read_or_fails_by_its_name(vector):
    def read():
        found = notice.open_notice(
            b64decode(vector["raw"]),
            key_id=bytes.fromhex(NOTICES["school_key_id"]),
            box_private=bytes.fromhex(NOTICES["box_private"]),
        )
        notice.verify(found)

    assert name_of(read) == vector["expect"]


@pytest.mark.parametrize("vector", each(RECEIPTS))
def test_a_receipt_is_read_or_fails_by_its_name(vector):
    def read():
        _receipt, signed = noticereceipt.open_receipt(
            b64decode(vector["raw"]),
            key_id=bytes.fromhex(RECEIPTS["sender_key_id"]),
            box_private=bytes.fromhex(RECEIPTS["box_private"]),
        )
        publics = [bytes.fromhex(RECEIPTS[f"school_{n}_public"]) for n in ("sign", "mldsa")]
        noticereceipt.verify(signed, SigningPublics(*publics))

    assert name_of(read) == vector["expect"]


@pytest.mark.parametrize("vector", each(SENDERS))
def test_a_sender_card_is_read_or_fails_by_its_name(vector):
    assert name_of(lambda: sendercard.read(vector["text"].encode())) == vector["expect"]


@pytest.mark.parametrize("vector", each(SCHOOLS))
def test_a_school_card_is_read_or_fails_by_its_name(vector):
    assert name_of(lambda: schoolcard.read(vector["text"].encode())) == vector["expect"]


def test_ids_words_and_slots_are_those_of_the_vectors():
    raw = b64decode(NOTICES["vectors"][0]["raw"])
    found = notice.open_notice(
        raw,
        key_id=bytes.fromhex(NOTICES["school_key_id"]),
        box_private=bytes.fromhex(NOTICES["box_private"]),
    )
    sender = sendercard.read(SENDERS["vectors"][0]["text"].encode())
    school = schoolcard.read(SCHOOLS["vectors"][0]["text"].encode())
    assert found.id.hex() == NOTICES["id"]
    assert found.signed.raw == b64decode(NOTICES["signed"])
    assert json.loads(found.signed.body) == NOTICES["body"]
    assert sender.key_id.hex() == SENDERS["key_id"] == NOTICES["sender_key_id"]
    assert school.key_id.hex() == SCHOOLS["key_id"] == NOTICES["school_key_id"]
    assert (" ".join(sender.words), " ".join(school.words)) == (SENDERS["words"], SCHOOLS["words"])
    slot = FORCE.slot(to=school.key_id, reference=found.message.reference, version=1)
    assert slot.hex() == NOTICES["slot"]


def test_every_name_of_a_failure_stands_in_the_spec():
    pages = "".join(
        (SPEC / f"{n}.md").read_text() for n in ("notice", "notice-receipt", "school-card")
    )
    named = {
        v["expect"] for each_ in (NOTICES, RECEIPTS, SENDERS, SCHOOLS) for v in each_["vectors"]
    }
    assert {name for name in named if name not in pages} == set()
