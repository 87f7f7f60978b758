"""Writes the vectors of sealed notices, their receipts and the two cards. Run by hand, never by a test.

    python tests/vectors/make_notice_vectors.py            # from the repository's root

Keys are fixed and worthless. Boxes hold fresh randomness, so a second run gives other bytes: run it only when a format
gains something. What each failure is called is part of the format (docs/spec).
"""

import json
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from schoolsafe.crypto import aead, commit, fresh, hpke  # noqa: E402
from schoolsafe.wire import jsontext, notice, padding, parcel  # noqa: E402
from schoolsafe.wire.noticereceipt import What  # noqa: E402
from schoolsafe.wire.parcel import Signed, Sort  # noqa: E402
from unit.wire import letters  # noqa: E402
from unit.wire.letters import FORCE, OTHER, a_school, force_card, resealed, sealed, written  # noqa: E402

Vector = dict[str, Any]


def write(name: str, about: str, **members: Any) -> None:
    text = json.dumps({"about": about, **members}, indent=1, ensure_ascii=False)
    (HERE / name).write_text(text + "\n", encoding="utf-8")


def patch(raw: bytes, at: int, new: bytes) -> bytes:
    return raw[:at] + new + raw[at + len(new) :]


def body(**changes: Any) -> bytes:
    found = json.loads(written().body)
    found |= changes
    return jsontext.encode({name: value for name, value in found.items() if value is not None})


def around(inside: bytes, sort: Sort = parcel.NOTICE) -> bytes:
    """Any inside, sealed as a parcel is."""
    to, key = a_school()[0], fresh.key()
    front = parcel._FRONT.pack(
        sort.magic, 1, 1, to.mailbox, commit.commitment(key, sort.commitment_tag)
    )
    aad = front + hpke.seal(to.box_public, key, sort.box_tag + front)
    aad += parcel._LENGTH.pack(len(inside) + aead.TAG_BYTES)
    return aad + aead.seal_once(key, inside, aad)


def sealed_signed(raw: bytes) -> bytes:
    return around(padding.pad(raw, parcel.NOTICE.floor_bytes))


def notices() -> None:
    made, school = sealed(), a_school()
    signed = written()
    wrong = Signed(signed.body, signed.signature, written(by=OTHER).mldsa_signature)
    notice_json = json.loads(signed.body)["notice"]
    crowd = [{"name_as_sent": f"Child {n}"} for n in range(41)]
    flipped_card = json.loads(signed.body)["sender"] | {"name": "Southmere Police"}
    short_card = json.loads(signed.body)["sender"] | {"box_public": "AAAA"}
    vectors = [
        ("a notice", made, "ok"),
        ("a correction", sealed(letters.a_message(version=2)), "ok"),
        ("by a key nobody knows", sealed(by=OTHER), "ok"),
        ("members of a newer release", resealed(body(weather="rain")), "ok"),
        ("to another school", sealed(to=a_school(1, "999102")[0]), "not_for_this_key"),
        ("to a later key of the school", sealed(to=a_school(2)[0]), "not_for_this_key"),
        ("nothing", b"", "parcel_cut_short"),
        ("half", made[: len(made) // 2], "parcel_cut_short"),
        ("one byte short", made[:-1], "parcel_cut_short"),
        ("one byte more", made + b"\0", "parcel_trailing_bytes"),
        ("a receipt's mark", patch(made, 0, b"SV"), "not_a_parcel"),
        ("an e-mail", b"From: police@example.org\r\n\r\nHello", "not_a_parcel"),
        ("version 2", patch(made, 2, b"\2"), "unknown_parcel_version"),
        ("suite 2", patch(made, 3, b"\2"), "unknown_parcel_suite"),
        ("flipped commitment", patch(made, 30, bytes([made[30] ^ 1])), "box_broken"),
        ("flipped box", patch(made, 900, bytes([made[900] ^ 1])), "box_broken"),
        ("flipped text", patch(made, 2000, bytes([made[2000] ^ 1])), "seal_broken"),
        (
            "padding not zero",
            around(padding.pad(signed.raw, 16384)[:-1] + b"!"),
            "padding_not_zero",
        ),
        (
            "another padding",
            around(padding.pad(signed.raw, 16384) + bytes(512)),
            "padding_wrong_size",
        ),
        ("too little padding", around(padding.pad(signed.raw)), "padding_wrong_size"),
        ("signed, cut short", sealed_signed(signed.raw[:-1]), "signed_cut_short"),
        ("signed, one byte more", sealed_signed(signed.raw + b"\0"), "parcel_trailing_bytes"),
        ("a body that says it is huge", sealed_signed(b"\xff" * 4000), "body_too_long"),
        ("not JSON", resealed(b"hello"), "not_json"),
        ("a name twice", resealed(b'{"v":1,"v":1}'), "name_twice"),
        ("version 2 of the body", resealed(body(v=2)), "unknown_notice_version"),
        ("no reference", resealed(body(reference=None)), "notice_members_wrong"),
        ("version 0", resealed(body(version=0)), "notice_members_wrong"),
        (
            "a code nobody knows",
            resealed(body(notice=notice_json | {"kind": "burglary"})),
            "notice_members_wrong",
        ),
        (
            "a child without a name",
            resealed(body(notice=notice_json | {"children": [{"name_as_sent": " "}]})),
            "notice_members_wrong",
        ),
        (
            "another reference inside",
            resealed(body(notice=notice_json | {"police_reference": "X"})),
            "notice_members_wrong",
        ),
        (
            "41 children",
            resealed(body(notice=notice_json | {"children": crowd})),
            "notice_too_large",
        ),
        (
            "a text of 20,001 letters",
            resealed(body(notice=notice_json | {"circumstances": "a" * 20_001})),
            "notice_too_large",
        ),
        (
            "sealed on from another school",
            resealed(written(to=a_school(1, "999102")[0]).body),
            "for_another_key",
        ),
        ("no card", resealed(body(sender={})), "not_a_sender_card"),
        ("a card with a short key", resealed(body(sender=short_card)), "card_members_wrong"),
        ("signed by another key", resealed(signed.body, by=OTHER), "signature_broken"),
        ("one signature of two", notice.seal(wrong, to=school[0]), "signature_broken"),
        ("a card with another name in it", resealed(body(sender=flipped_card)), "signature_broken"),
    ]
    opened = letters.opened(made)
    write(
        "notice.json",
        "Sealed notice v1 (docs/spec/notice.md): parse, open, read, verify; the first step that fails gives the name.",
        school_key_id=school[0].key_id.hex(),
        box_private=school[1].box_private.hex(),
        sender_key_id=force_card().key_id.hex(),
        id=opened.id.hex(),
        signed=b64encode(opened.signed.raw).decode(),
        body=json.loads(opened.signed.body),
        slot=FORCE.slot(to=school[0].key_id, reference="NM/2026/004711", version=1).hex(),
        vectors=[{"name": n, "expect": e, "raw": b64encode(r).decode()} for n, r, e in vectors],
    )


def receipts() -> None:
    delivered, opened = letters.a_receipt(), letters.a_receipt(What.OPENED)
    school, force = a_school()[0], force_card()
    vectors = [
        ("delivered", delivered, "ok"),
        ("opened", opened, "ok"),
        ("delivered, key not confirmed", letters.a_receipt(checked=False), "ok"),
        ("half", delivered[:5000], "parcel_cut_short"),
        ("a notice", sealed(), "not_a_parcel"),
        ("flipped", patch(delivered, 5000, bytes([delivered[5000] ^ 1])), "seal_broken"),
    ]
    base = {
        "v": 1,
        "to": force.key_id.hex(),
        "from": school.key_id.hex(),
        "notice": notice.notice_id(written()).hex(),
        "what": "delivered",
        "at": letters.SENT_MS,
        "checked": True,
    }
    for name, changes, expect in (
        ("version 2", {"v": 2}, "unknown_receipt_version"),
        ("lost", {"what": "lost"}, "receipt_members_wrong"),
        ("to another force", {"to": force_card(OTHER).key_id.hex()}, "for_another_key"),
    ):
        signed = parcel.sign_body(
            jsontext.encode(base | changes),
            parcel.RECEIPT,
            letters.schoolcard.seeds_of(a_school()[1]),
        )
        raw = parcel.seal(signed, parcel.RECEIPT, to=force.mailbox, box_public=force.box_public)
        vectors.append((name, raw, expect))
    forged = parcel.sign_body(jsontext.encode(base), parcel.RECEIPT, OTHER.seeds)
    raw = parcel.seal(forged, parcel.RECEIPT, to=force.mailbox, box_public=force.box_public)
    vectors.append(("signed by somebody else", raw, "signature_broken"))
    write(
        "notice_receipt.json",
        "Receipt v1 (docs/spec/notice-receipt.md): parse, open, read, verify; the first that fails gives the name.",
        sender_key_id=force.key_id.hex(),
        box_private=FORCE.box_private.hex(),
        school_sign_public=school.sign_public.hex(),
        school_mldsa_public=school.mldsa_public.hex(),
        notice_id=base["notice"],
        vectors=[{"name": n, "expect": e, "raw": b64encode(r).decode()} for n, r, e in vectors],
    )


def cards() -> None:
    force, school = force_card(), a_school()[0]

    def changed(raw: bytes, **changes: Any) -> str:
        found = json.loads(raw) | changes
        return json.dumps({n: v for n, v in found.items() if v is not None}, ensure_ascii=False)

    def vectors(raw: bytes, other: bytes, wrong: str) -> list[Vector]:
        found = [
            ("a card", raw.decode(), "ok"),
            ("laid out anew", changed(raw), "ok"),
            ("with a member of a newer release", changed(raw, colour="blue"), "ok"),
            ("another name", changed(raw, name="Somebody else"), "signature_broken"),
            ("without a name", changed(raw, name=None), "card_members_wrong"),
            ("a short key", changed(raw, box_public="AAAA"), "card_members_wrong"),
            ("of the other sort", other.decode(), wrong),
            ("not JSON", "hello", "not_json"),
            ("too long", raw.decode() + " " * 40_000, "card_too_long"),
        ]
        return [{"name": n, "expect": e, "text": t} for n, t, e in found]

    write(
        "sender_card.json",
        "Sender card v1 (docs/spec/notice.md section 3).",
        key_id=force.key_id.hex(),
        words=" ".join(force.words),
        vectors=vectors(force.raw, school.raw, "not_a_sender_card"),
    )
    newer = vectors(school.raw, force.raw, "not_a_school_card")
    newer.append(
        {
            "name": "another version",
            "expect": "signature_broken",
            "text": changed(school.raw, version=2),
        }
    )
    write(
        "school_card.json",
        "School card v1 (docs/spec/school-card.md).",
        key_id=school.key_id.hex(),
        words=" ".join(school.words),
        vectors=newer,
    )


if __name__ == "__main__":
    notices()
    receipts()
    cards()
