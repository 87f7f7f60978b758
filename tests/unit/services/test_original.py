"""The original message: byte for byte, hashed, sealed in parts, the same after the vault was closed and opened."""

import secrets
from dataclasses import replace

import pytest

from house import School
from schoolsafe.crypto import digest
from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.crypto.stream import seal_file
from schoolsafe.domain.entry import Attach, NewEntry
from schoolsafe.domain.field import TEAM
from schoolsafe.errors import Tampered
from schoolsafe.services.original import AttachmentElsewhere
from unit.services.morning import MAIL, arrived, arrives

BIG = secrets.token_bytes(2_500_000)


def test_the_bytes_come_back_after_the_vault_was_closed_and_opened(school: School):
    received = arrives(school, data=BIG)
    school.open_again()
    originals = school.services.notifications.originals
    (attached,) = originals.list(received.notifications[0])
    assert originals.read(received.notifications[0], "original.eml") == BIG
    assert (attached.sha256, attached.size) == (sha256_hex(BIG), len(BIG))
    assert attached.whole
    assert school.services.records.verify(deep=True).ok


def test_a_list_shows_the_original_and_not_the_readers_own_copy(school: School):
    (attached,) = school.services.notifications.originals.list(arrived(school))
    assert (attached.name, attached.mime) == ("original.eml", "message/rfc822")


def test_the_readable_words_are_kept_for_the_places_fields_point_to(school: School):
    received = arrives(school)
    originals = school.services.notifications.originals
    assert originals.readable(received.notifications[0]) == MAIL.texts
    assert originals.readable("notification:of a phone call") == ()


def test_an_attachment_that_is_not_here_is_said_to_be_elsewhere(school: School):
    notification = arrived(school)
    sealed = seal_file(b"a drawing")
    elsewhere = Attach(
        notification,
        "drawing.png",
        "image/png",
        9,
        sealed.sha256,
        sealed.key.hex(),
        sealed.chunk_ids,
    )
    school.services.desk.journal.append([NewEntry(TEAM, "attach", (elsewhere,))])
    originals = school.services.notifications.originals
    assert [a.whole for a in originals.list(notification)] == [True, False]
    for name in ("drawing.png", "no such name"):
        with pytest.raises(AttachmentElsewhere):
            originals.read(notification, name)


def test_other_bytes_than_the_manifest_says_are_never_shown(school: School):
    notification = arrived(school)
    sealed = seal_file(b"a drawing")
    wrong = Attach(
        notification,
        "drawing.png",
        "image/png",
        9,
        digest.sha256_hex(b"another drawing"),
        sealed.key.hex(),
        sealed.chunk_ids,
    )
    chunks = dict(zip(sealed.chunk_ids, sealed.chunks, strict=True))
    school.services.desk.journal.append([NewEntry(TEAM, "attach", (wrong,))], chunks=chunks)
    with pytest.raises(Tampered):
        school.services.notifications.originals.read(notification, "drawing.png")


def test_two_notices_of_one_mail_share_its_sealed_parts(school: School):
    received = arrives(school, replace(MAIL, notices=MAIL.notices * 2))
    reader = school.services.desk.reader
    chunks = [{c for a in reader.attachments(n) for c in a.chunks} for n in received.notifications]
    assert chunks[0] == chunks[1]
