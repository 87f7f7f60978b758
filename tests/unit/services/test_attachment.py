"""Files of an entry: the same bytes, sealed in parts, incomplete until whole, never outside without a reason."""

import secrets
from datetime import date

import pytest

from house import School
from schoolsafe.crypto.stream import CHUNK_BYTES, AttachmentBroken, seal_file
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.entry import Attach, NewEntry
from schoolsafe.domain.field import TEAM
from schoolsafe.services.attachment import (
    FILE_BYTES,
    MOST,
    EmptyFile,
    FileToAdd,
    FileTooLarge,
    NoSuchFile,
    NothingToAttachTo,
    TooManyFiles,
    WhyOutside,
    clean_name,
    mime_of,
)
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.original import AttachmentElsewhere
from unit.services.morning import MAIL, matched

BIG = secrets.token_bytes(2 * CHUNK_BYTES + 7)


@pytest.fixture
def entry(school: School) -> str:
    child = school.pupil("Maya", "Thornton", date(2017, 3, 14))
    form = EntryForm(child, EntryKind.OBSERVATION, "Drew her home")
    return school.services.chronologies.add(form).entities[0]


def _child(school: School, entry: str) -> str:
    record = school.services.desk.reader.get(entry)
    assert record
    return str(record.values["child"])


def test_a_file_comes_back_byte_for_byte_after_the_vault_was_opened_again(
    school: School, entry: str
):
    school.services.attachments.add(entry, [FileToAdd("drawing.png", BIG)], why="she gave it me")
    school.open_again()
    (kept,) = school.services.attachments.of(entry)
    assert (kept.name, kept.mime, kept.size, kept.parts) == (
        "drawing.png",
        "image/png",
        len(BIG),
        3,
    )
    assert (kept.whole, kept.by, kept.why) == (True, "Priya Nair", "she gave it me")
    assert school.services.attachments.read(entry, kept.sha256) == BIG
    assert school.services.records.verify(deep=True).ok


def test_the_entry_on_the_chronology_carries_its_files(school: School, entry: str):
    school.services.attachments.add(entry, [FileToAdd("a.txt", b"a"), FileToAdd("b.txt", b"b")])
    (shown,) = school.services.chronologies.show(_child(school, entry)).entries
    assert [one.name for one in shown.attached] == ["a.txt", "b.txt"]


def test_a_notice_shows_the_message_and_what_was_added_to_it(school: School):
    notification, maya = matched(school)
    school.services.attachments.add(notification, [FileToAdd("letter.pdf", b"%PDF")])
    (shown,) = school.services.chronologies.show(maya).entries
    assert [one.name for one in shown.attached] == ["original.eml", "letter.pdf"]


def test_the_same_file_is_kept_once(school: School, entry: str):
    add = school.services.attachments.add
    add(entry, [FileToAdd("a.txt", b"words"), FileToAdd("copy of a.txt", b"words")])
    assert add(entry, [FileToAdd("again.txt", b"words")]).rows == ()
    assert [one.name for one in school.services.attachments.of(entry)] == ["a.txt"]


def test_limits_are_said_and_nothing_is_half_written(school: School, entry: str):
    add, of = school.services.attachments.add, school.services.attachments.of
    with pytest.raises(EmptyFile):
        add(entry, [FileToAdd("good.txt", b"x"), FileToAdd("empty.txt", b"")])
    with pytest.raises(FileTooLarge, match="larger than 25 MB"):
        add(entry, [FileToAdd("film.mp4", bytes(FILE_BYTES + 1))])
    many = [FileToAdd(f"{n}.txt", b"%d" % n) for n in range(MOST + 1)]
    with pytest.raises(TooManyFiles, match="50 files"):
        add(entry, many)
    assert of(entry) == ()
    for unknown in ("entry:0000000000000000", _child(school, entry), "nonsense"):
        with pytest.raises(NothingToAttachTo):
            add(unknown, [FileToAdd("a.txt", b"a")])


def test_a_file_whose_part_is_elsewhere_is_shown_as_incomplete(school: School, entry: str):
    shut = seal_file(BIG)
    names = shut.chunk_ids
    manifest = Attach(
        entry, "scan.pdf", "application/pdf", shut.size, shut.sha256, shut.key.hex(), names
    )
    here = dict(zip(names[:2], shut.chunks[:2], strict=True))
    put = school.services.desk.journal.append
    put([NewEntry(TEAM, "entry.attach", (manifest,))], chunks=here)
    (kept,) = school.services.attachments.of(entry)
    assert (kept.whole, kept.missing, kept.parts) == (False, 1, 3)
    with pytest.raises(AttachmentElsewhere):
        school.services.attachments.read(entry, kept.sha256)


def test_other_bytes_than_the_manifest_says_are_never_shown(school: School, entry: str):
    shut = seal_file(b"one")
    wrong = Attach(entry, "a.txt", "text/plain", 3, "00" * 32, shut.key.hex(), shut.chunk_ids)
    chunks = dict(zip(shut.chunk_ids, shut.chunks, strict=True))
    school.services.desk.journal.append([NewEntry(TEAM, "entry.attach", (wrong,))], chunks=chunks)
    with pytest.raises(AttachmentBroken):
        school.services.attachments.read(entry, "00" * 32)
    with pytest.raises(NoSuchFile):
        school.services.attachments.read(entry, shut.sha256)


def test_a_file_is_read_by_the_reader_of_foreign_files(school: School, entry: str):
    school.services.intake.mails[b"letter"] = MAIL  # type: ignore[attr-defined]  # the tests' own intake
    school.services.attachments.add(entry, [FileToAdd("letter.pdf", b"letter")])
    (kept,) = school.services.attachments.of(entry)
    shown = school.services.attachments.preview(entry, kept.sha256)
    assert (shown.texts, shown.pages) == (MAIL.texts, ())


def test_a_copy_outside_needs_a_reason_and_is_on_record_first(school: School, entry: str):
    school.services.attachments.add(entry, [FileToAdd("a.txt", b"words")])
    (kept,) = school.services.attachments.of(entry)
    before = school.audit_lines()
    with pytest.raises(WhyOutside):
        school.services.attachments.copy_out(entry, kept.sha256, reason=" ")
    assert school.audit_lines() == before
    data = school.services.attachments.copy_out(entry, kept.sha256, reason="for the social worker")
    assert data == b"words"
    assert school.audit_lines() == before + 1
    shared = school.services.desk.reader.find("share", {"paper": "attachment"})
    assert [record.values["why"] for record in shared] == ["for the social worker"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("drawing.png", "drawing.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\letter.pdf", "letter.pdf"),
        ("bad\u202egpj.exe", "bad gpj.exe"),
        ("  ...  ", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_no_folder_can_hold(name: str, kept: str):
    assert clean_name(name) == kept


def test_the_media_type_follows_the_ending_and_decides_nothing():
    assert mime_of("A.JPG") == "image/jpeg"
    assert mime_of("a.exe") == "application/octet-stream"
