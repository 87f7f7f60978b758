"""P10, P12, P21 and the key file's part of P31, on real Argon2id at its floor."""

import secrets
import struct
import time
import tracemalloc
import unicodedata
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.crypto import kdf
from schoolsafe.crypto.digest import sha256
from schoolsafe.crypto.kdf import Argon2Settings, KdfSettingsOutOfRange
from schoolsafe.errors import SchoolSafeError, Tampered
from schoolsafe.keys import keyfile, keyfile_format, paper
from schoolsafe.keys.device import DeviceSecretOther
from schoolsafe.keys.keyfile_format import Contents, Header, KeyFile, Marks, parse, whole

from .seats import LABEL, NOW, PASSPHRASE, SECRETS

DEVICE_SECRET = bytes(range(32))
PAPER_KEY = paper.new_paper_key()
CONTENTS = Contents(vault_key=b"v" * 32, anchor_key=b"a" * 32, secrets=SECRETS)
HEADER = Header(
    label=LABEL,
    seat="0123456789abcdef",
    made=NOW,
    device="keyring",
    device_folder="",
    device_tag=keyfile.device_tag(DEVICE_SECRET),
    paper_salt=b"p" * 16,
)


def made(passphrase: str = PASSPHRASE) -> bytes:
    return keyfile.create(
        header=HEADER,
        contents=CONTENTS,
        passphrase=passphrase,
        paper_key=PAPER_KEY,
        device_secret=DEVICE_SECRET,
        settings=keyfile.TEST_COST,
    )


@pytest.fixture(scope="module")
def data() -> bytes:
    return made()


def opened(
    data: bytes, passphrase: str = PASSPHRASE, device_secret: bytes = DEVICE_SECRET
) -> Contents:
    return keyfile.open_with_passphrase(
        parse(data), passphrase=passphrase, device_secret=device_secret
    )


def rewritten(file: KeyFile) -> bytes:
    """What somebody who knows the format, but not the device secret, can write."""
    return whole(file)


def test_passphrase_and_device_secret_open_it(data):
    assert opened(data) == CONTENTS


def test_the_paper_key_opens_it_without_either(data):
    assert keyfile.open_with_paper_key(parse(data), paper_key=PAPER_KEY.lower()) == CONTENTS


def test_it_is_small_and_shows_no_secret(data):
    assert len(data) < 2048
    for secret in (CONTENTS.vault_key, CONTENTS.anchor_key, *SECRETS.values(), DEVICE_SECRET):
        assert secret not in data
        assert secret.hex().encode() not in data
    assert repr(CONTENTS) == "Contents()"
    assert "commitment" not in repr(parse(data))


def test_two_files_of_one_passphrase_share_no_key_material(data):
    one, other = parse(data), parse(made())
    assert one.cost.salt != other.cost.salt
    assert one.commitment != other.commitment
    assert one.sealed != other.sealed


def test_a_wrong_passphrase_is_told_from_a_damaged_file(data):
    with pytest.raises(keyfile.WrongPassphrase) as told:
        opened(data, "sprout unlatch gristle mango tepid")
    assert told.value.exit_code == 3


def test_another_persons_paper_key_is_told_from_a_mistyped_one(data):
    with pytest.raises(keyfile.WrongPaperKey):
        keyfile.open_with_paper_key(parse(data), paper_key=paper.new_paper_key())


def test_every_flipped_byte_is_damage_and_never_a_wrong_passphrase(data):
    tried = 0
    for place in range(len(data)):
        for bit in (0, 7):
            broken = bytearray(data)
            broken[place] ^= 1 << bit
            with pytest.raises(keyfile_format.DamagedKeyFile) as told:
                parse(bytes(broken))
            tried += 1
    assert told.value.exit_code == 5
    assert tried == 2 * len(data)


@pytest.mark.parametrize("length", [0, 1, 5, 31, 32, 33, 40, 300, -1])
def test_a_cut_or_empty_file_is_damage(data, length):
    with pytest.raises(keyfile_format.DamagedKeyFile):
        parse(data[:length])
    body = data[:length]
    with pytest.raises(keyfile_format.DamagedKeyFile):
        parse(body + sha256(body))


def test_a_tail_is_damage_even_under_a_right_checksum(data):
    body = data[:-32] + b"tail"
    with pytest.raises(keyfile_format.DamagedKeyFile):
        parse(body + sha256(body))


def test_a_clear_header_that_is_no_header_is_damage(data):
    file = parse(data)
    for broken in (b"{}", b"\xff", b"[]", b""):
        with pytest.raises(keyfile_format.DamagedKeyFile):
            parse(rewritten(replace(file, header_bytes=broken)))
        with pytest.raises(keyfile_format.DamagedKeyFile):
            parse(rewritten(replace(file, cost_bytes=broken)))


@given(body=st.binary(max_size=400), front=st.sampled_from([b"", b"SSKY", b"SSKY\x01\x01"]))
def test_p44_whatever_stands_under_a_right_checksum_only_our_errors_escape(body, front):
    whole_body = front + body
    with pytest.raises(SchoolSafeError):
        parse(whole_body + sha256(whole_body))


def test_a_newer_file_is_refused_politely(data):
    body = data[:4] + b"\x02" + data[5:-32]
    with pytest.raises(keyfile_format.NewerKeyFile, match="version 2"):
        parse(body + sha256(body))


@pytest.mark.parametrize(
    "edit",
    [
        lambda header: replace(header, label=replace(header.label, person_name="Someone Else")),
        lambda header: replace(header, label=replace(header.label, role="it_admin")),
        lambda header: replace(header, label=replace(header.label, mark="")),
        lambda header: replace(header, label=replace(header.label, school="00" * 16)),
        lambda header: replace(header, seat="ffffffffffffffff"),
        lambda header: replace(header, device="file", device_folder="/elsewhere"),
    ],
)
def test_the_clear_header_cannot_be_edited_unnoticed(data, edit):
    file = parse(data)
    edited = rewritten(replace(file, header_bytes=msgspec.json.encode(edit(file.header))))
    with pytest.raises(keyfile.KeyFileChanged) as told:
        opened(edited)
    assert told.value.exit_code == 5
    with pytest.raises((keyfile.KeyFileChanged, keyfile.WrongPaperKey)):
        keyfile.open_with_paper_key(parse(edited), paper_key=PAPER_KEY)


def test_even_with_the_device_secret_a_header_edit_does_not_open(data):
    file = parse(data)
    label = replace(LABEL, person_name="Someone Else")
    header_bytes = msgspec.json.encode(replace(HEADER, label=label))
    edited = replace(file, header_bytes=header_bytes)
    signed = keyfile.with_marks(
        replace(edited, mac=keyfile._mac(edited, edited.header, DEVICE_SECRET)),
        Marks(),
        device_secret=DEVICE_SECRET,
    )
    with pytest.raises(keyfile.KeyFileChanged):
        opened(signed)


def test_parts_of_another_file_of_the_same_seat_do_not_fit(data):
    file, other = parse(data), parse(made())
    for swapped in (
        replace(file, sealed=other.sealed),
        replace(file, sealed=other.sealed, commitment=other.commitment),
        replace(file, cost_bytes=other.cost_bytes),
        replace(file, paper_sealed=other.sealed),
    ):
        with pytest.raises(Tampered):
            opened(rewritten(swapped))


@pytest.mark.parametrize(
    "settings",
    [
        Argon2Settings(memory_kib=8),
        Argon2Settings(memory_kib=64 * 1024 - 1),
        Argon2Settings(passes=2),
        Argon2Settings(passes=0),
        Argon2Settings(lanes=0),
        Argon2Settings(memory_kib=1024 * 1024 + 1),
        Argon2Settings(memory_kib=2**31),
        Argon2Settings(passes=13),
        Argon2Settings(lanes=255),
        Argon2Settings(memory_kib=-1),
    ],
)
def test_p10_settings_out_of_range_are_refused_before_anything_is_allocated(data, settings):
    file = parse(data)
    cost = replace(
        file.cost, memory_kib=settings.memory_kib, passes=settings.passes, lanes=settings.lanes
    )
    edited = rewritten(replace(file, cost_bytes=msgspec.json.encode(cost)))
    tracemalloc.start()
    start = time.perf_counter()
    with pytest.raises(KdfSettingsOutOfRange):
        parse(edited)
    took, (_now, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 0.05
    assert peak < 10_000_000


def test_p10_weaker_settings_within_the_range_do_not_pass_either(data):
    file = parse(data)
    cost = replace(file.cost, passes=4)
    with pytest.raises(keyfile.KeyFileChanged):
        opened(rewritten(replace(file, cost_bytes=msgspec.json.encode(cost))))


def test_p12_right_passphrase_and_another_computers_secret_never_open_it(data):
    opens = 0
    for _ in range(1000):
        try:
            opened(data, device_secret=secrets.token_bytes(32))
            opens += 1
        except DeviceSecretOther:
            continue
    assert opens == 0


def test_p12_nor_when_the_thief_forges_the_tag_and_the_code(data):
    for _ in range(4):
        stolen = secrets.token_bytes(32)
        header = replace(HEADER, device_tag=keyfile.device_tag(stolen))
        forged = replace(parse(data), header_bytes=msgspec.json.encode(header))
        forged = replace(forged, mac=keyfile._mac(forged, header, stolen))
        with pytest.raises(keyfile.WrongPassphrase):
            opened(whole(forged), device_secret=stolen)


def test_p12_a_secret_of_the_wrong_length_is_just_another(data):
    for secret in (b"", b"s", DEVICE_SECRET + b"\0"):
        with pytest.raises(DeviceSecretOther):
            opened(data, device_secret=secret)


PHRASES = (
    "correct horse battery staple",
    "gŵyl y ŷd yn yr ysgol fach",
    "Ŵyn a gŷr ar y bryniau gwyrdd",
    "Llanfairpwllgwyngyll yn y glaw",
    "café olé à la crème brûlée",
    "Ångström und Übergröße im Föhn",
    "naïve façade, coöperative zoë",
    "كلمات كثيرة لا يعرفها أحد غيري",
    "مَدْرَسَةٌ صَغِيرَةٌ فِي الْقَرْيَةِ",
    "سلام دنیا، امروز باران می‌بارد",
    "یہ ایک لمبا جملہ ہے جو یاد رہے",
    "আমার সোনার বাংলা আমি তোমায়",
    "ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ ਜੀ ਸਾਰਿਆਂ ਨੂੰ",
    "नमस्ते दुनिया क्या हाल है",
    "Żółta łódź płynie przez źródło",
    "Đường về nhà hôm nay dài quá",
    "Привет, это длинная фраза ёлка",
    "Καλημέρα σε όλα τα παιδιά μας",
    "שלום לכולם בבית הספר הקטן",
    "春はあけぼのやうやう白くなりゆく",
    "ｆｕｌｌｗｉｄｔｈ ｌｅｔｔｅｒｓ １２３",
    "🐑🌙 over the hill and 👩‍👧‍👦 back",
    "ﬁne ﬂour and ½ a cup of milk ²",
    "a walk along the river to the old mill, and then the long way home again " * 2,
)


@pytest.mark.slow
@pytest.mark.parametrize("phrase", PHRASES)
def test_p21_a_passphrase_survives_the_other_way_its_letters_can_be_written(phrase):
    assert len(PHRASES) == 24
    composed = unicodedata.normalize("NFC", phrase)
    decomposed = unicodedata.normalize("NFD", phrase)
    data = made(composed)
    assert opened(data, decomposed) == CONTENTS


def test_a_changed_passphrase_opens_and_the_old_one_does_not(data):
    changed = keyfile.with_passphrase(
        parse(data),
        contents=CONTENTS,
        passphrase="five other words stand here",
        device_secret=DEVICE_SECRET,
        settings=keyfile.TEST_COST,
    )
    assert opened(changed, "five other words stand here") == CONTENTS
    with pytest.raises(keyfile.WrongPassphrase):
        opened(changed)
    assert keyfile.open_with_paper_key(parse(changed), paper_key=PAPER_KEY) == CONTENTS


def test_marks_can_be_noted_without_a_passphrase_and_only_with_the_device_secret(data):
    marked = keyfile.with_marks(parse(data), Marks(drill_passed=NOW), device_secret=DEVICE_SECRET)
    assert parse(marked).marks.drill_passed == NOW
    assert opened(marked) == CONTENTS
    with pytest.raises(DeviceSecretOther):
        keyfile.with_marks(parse(data), Marks(), device_secret=b"x" * 32)
    forged = replace(parse(data), marks_bytes=msgspec.json.encode(Marks(drill_passed=NOW)))
    with pytest.raises(keyfile.KeyFileChanged):
        opened(rewritten(forged))


def test_secrets_that_no_program_would_read_again_are_not_written():
    big = replace(CONTENTS, secrets={"much": bytes(keyfile_format.LIMIT_BYTES)})
    with pytest.raises(keyfile_format.TooManySecrets):
        keyfile.with_passphrase(
            parse(made()),
            contents=big,
            passphrase=PASSPHRASE,
            device_secret=DEVICE_SECRET,
            settings=keyfile.TEST_COST,
        )


class Stopwatch:
    """A computer on which one derivation takes what it is told to."""

    def __init__(self, monkeypatch, seconds):
        self.at = 0.0
        self.seconds = seconds
        monkeypatch.setattr(kdf, "passphrase_key", self.derive)

    def derive(self, _passphrase, *, salt, settings):
        self.at += self.seconds(settings)
        return bytearray(salt * 2)

    def timer(self):
        return self.at


@pytest.mark.parametrize(
    ("seconds_at_256_mib", "memory_mib", "passes"),
    [(0.6, 256, 3), (1.4, 256, 3), (2.9, 128, 3), (5.9, 64, 3), (60.0, 64, 3), (0.3, 256, 5)],
)
def test_p10_settings_are_fitted_to_the_computer_and_never_below_the_floor(
    monkeypatch, seconds_at_256_mib, memory_mib, passes
):
    def seconds(settings):
        return seconds_at_256_mib * settings.memory_kib / 262144 * settings.passes / 3

    watch = Stopwatch(monkeypatch, seconds)
    found = keyfile.calibrated(timer=watch.timer)
    assert (found.memory_kib // 1024, found.passes, found.lanes) == (memory_mib, passes, 4)
    kdf.check_settings(found)


def test_a_part_may_be_no_longer_than_its_length_can_say():
    with pytest.raises(struct.error):
        keyfile_format.sized(bytes(65536))
