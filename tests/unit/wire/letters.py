"""Cards, notices and receipts to test with: fixed and worthless keys, invented children."""

from dataclasses import replace
from datetime import date, time
from functools import cache

from schoolsafe.crypto import hpke, sign, sign_mldsa
from schoolsafe.domain.ids import CircleId
from schoolsafe.domain.notification import (
    Adult,
    Answer,
    ChildLine,
    Incident,
    Notice,
    NoticeKind,
    Precision,
    Presence,
    Risk,
    Sender,
)
from schoolsafe.wire import notice, noticereceipt, parcel, schoolcard, schoolkeys, sendercard
from schoolsafe.wire.link import SchoolKeys
from schoolsafe.wire.notice import Message
from schoolsafe.wire.noticereceipt import Receipt, What
from schoolsafe.wire.parcel import Signed, SigningSeeds
from schoolsafe.wire.schoolcard import SchoolCard
from schoolsafe.wire.schoolkeys import SchoolSecrets
from schoolsafe.wire.sendercard import SenderCard, SenderSecrets

SENT_MS = 1794204600000
"""9 November 2026, 6:10am."""
ROOT_SEED = b"a root that signs only in tests!"
CIRCLE = CircleId(b"circle of tests.")
CIRCLE_KEY = bytes(range(32))
FORCE = SenderSecrets(SigningSeeds(bytes(range(32)), bytes(range(1, 33))), bytes(range(2, 98)))
OTHER = SenderSecrets(SigningSeeds(bytes(range(40, 72)), bytes(range(41, 73))), bytes(range(96)))


def force_card(secrets: SenderSecrets = FORCE, name: str = "Northmere Police") -> SenderCard:
    return _force_card(secrets, name)


@cache
def _force_card(secrets: SenderSecrets, name: str) -> SenderCard:
    return sendercard.card_of(secrets, name=name, made_ms=SENT_MS, test=True)


def school_keys(
    version: int = 1, urn: str = "999101", root_seed: bytes = ROOT_SEED
) -> tuple[SchoolKeys, SchoolSecrets]:
    op = schoolkeys.make(
        version=version,
        urn=urn,
        root_seed=root_seed,
        circle=CIRCLE,
        key_version=1,
        circle_key=CIRCLE_KEY,
    )
    return op, schoolkeys.open_secrets(op, circle=CIRCLE, circle_key=CIRCLE_KEY)


def fixed_school_keys(version: int = 1, urn: str = "999101") -> tuple[SchoolKeys, SchoolSecrets]:
    """As ``school_keys``, the same every time, for vectors."""
    start = version * 7
    secrets = SchoolSecrets(
        version,
        bytes(range(start, start + 96)),
        bytes(range(start, start + 32)),
        bytes(range(start + 9, start + 41)),
    )
    publics = (
        hpke.public_of(secrets.box_private),
        sign.public_of(secrets.sign_seed),
        sign_mldsa.public_of(secrets.mldsa_seed),
    )
    made, _secrets = school_keys(version, urn)
    op = SchoolKeys(
        version=version,
        box_public=publics[0],
        sign_public=publics[1],
        mldsa_public=publics[2],
        root_signature=sign.sign(ROOT_SEED, schoolkeys._message(urn, version, *publics)),
        sealed=made.sealed,
    )
    return op, secrets


def a_school(version: int = 1, urn: str = "999101") -> tuple[SchoolCard, SchoolSecrets]:
    return _a_school(version, urn)


@cache
def _a_school(version: int, urn: str) -> tuple[SchoolCard, SchoolSecrets]:
    op, secrets = fixed_school_keys(version, urn)
    card = schoolcard.make(
        op,
        secrets,
        urn=urn,
        name="Ashgrove Primary School",
        valid_from_ms=SENT_MS,
        root=sign.public_of(ROOT_SEED),
    )
    return card, secrets


CHILD = ChildLine(
    name_as_sent="Robin ZZYZX",
    surname="Zzyzx",
    forename="Robin",
    dob=date(2017, 3, 14),
    dob_as_sent="14/03/2017",
    school_named="Ashgrove Primary School",
    relationship="child of the victim",
    presence=Presence.HEARD,
    presence_as_sent="upstairs, awake",
    welfare_check=Answer.YES,
    spoken_to_by_police=Answer.YES,
    voice="I heard the plates.",
    voice_with="officer_only",
)
NOTICE = Notice(
    kind=NoticeKind.DOMESTIC_ABUSE,
    police_reference="NM/2026/004711",
    incident=Incident(
        date=date(2026, 11, 8),
        time=time(22, 40),
        precision=Precision.EXACT,
        as_sent="Sunday 8 November, 22:40",
        place="home",
    ),
    circumstances="Officers were called to an argument. One adult left before they came.",
    risk=Risk("DASH", "DASH", "Medium"),
    police_action="No arrest",
    social_care_referral=Answer.YES,
    adults=(Adult("victim", "Sam Zzyzx"),),
    children=(CHILD,),
    other={"marac": "not mentioned"},
)
CONTACT = Sender(
    name="PC Dale", organisation="Northmere Police", role="duty officer", phone="01632 960111"
)


def a_message(**changes: object) -> Message:
    usual = Message("NM/2026/004711", 1, SENT_MS, CONTACT, NOTICE)
    return replace(usual, **changes)  # type: ignore[arg-type]


def written(
    message: Message | None = None, *, to: SchoolCard | None = None, by: SenderSecrets = FORCE
) -> Signed:
    card = force_card(by)
    return notice.sign(message or a_message(), card=card, secrets=by, to=to or a_school()[0])


def sealed(
    message: Message | None = None, *, to: SchoolCard | None = None, by: SenderSecrets = FORCE
) -> bytes:
    return notice.seal(written(message, to=to, by=by), to=to or a_school()[0])


def opened(raw: bytes, school: tuple[SchoolCard, SchoolSecrets] | None = None):
    card, secrets = school or a_school()
    found = notice.open_notice(raw, key_id=card.key_id, box_private=secrets.box_private)
    notice.verify(found)
    return found


def a_receipt(what: What = What.DELIVERED, *, checked: bool = True) -> bytes:
    card, secrets = a_school()
    receipt = Receipt(notice.notice_id(written()), what, SENT_MS + 60_000, checked, card.key_id)
    return noticereceipt.seal(receipt, seeds=schoolcard.seeds_of(secrets), to=force_card())


def resealed(body: bytes, *, by: SenderSecrets = FORCE) -> bytes:
    """Any body, well signed and well sealed to the usual school."""
    signed = parcel.sign_body(body, parcel.NOTICE, by.seeds)
    return notice.seal(signed, to=a_school()[0])
