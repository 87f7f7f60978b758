"""Seals, wraps, boxes and signatures open for the right key and raise for everything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.crypto import aead, commit, digest, fresh, hpke, sign, sign_mldsa, wrap

KEY = bytes(range(32))
OTHER = bytes(32)


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@given(clear=st.binary(max_size=300), aad=st.binary(max_size=40))
def test_a_local_seal_opens_again_and_never_repeats(clear, aad):
    one, two = aead.seal(KEY, clear, aad), aead.seal(KEY, clear, aad)
    assert one != two
    assert aead.open_sealed(KEY, one, aad) == aead.open_sealed(KEY, two, aad) == clear


@pytest.mark.parametrize(
    "seal_open", [(aead.seal, aead.open_sealed), (aead.seal_once, aead.open_once)]
)
def test_every_flipped_bit_of_a_seal_is_refused(seal_open):
    seal, open_it = seal_open
    sealed = seal(KEY, b"a child's words", b"aad")
    for bit in range(len(sealed) * 8):
        with pytest.raises(aead.SealBroken):
            open_it(KEY, flipped(sealed, bit), b"aad")


@pytest.mark.parametrize(
    ("key", "sealed", "aad"),
    [
        (OTHER, aead.seal(KEY, b"x", b"a"), b"a"),
        (KEY, aead.seal(KEY, b"x", b"a"), b"b"),
        (KEY, b"", b"a"),
        (KEY, bytes(27), b"a"),
        (KEY[:16], aead.seal(KEY, b"x", b"a"), b"a"),
    ],
    ids=["another key", "other context", "nothing", "too short", "half a key"],
)
def test_a_seal_opens_for_nothing_else(key, sealed, aad):
    with pytest.raises(aead.SealBroken):
        aead.open_sealed(key, sealed, aad)


def test_every_flipped_bit_of_a_wrapped_key_is_refused():
    wrapped = wrap.wrap(KEY, bytes(32))
    assert len(wrapped) == wrap.WRAPPED_KEY_BYTES
    for bit in range(len(wrapped) * 8):
        with pytest.raises(wrap.WrapBroken):
            wrap.unwrap(KEY, flipped(wrapped, bit))


@pytest.mark.parametrize("wrapped", [b"", bytes(39), bytes(41)])
def test_a_wrapped_key_of_the_wrong_length_is_refused(wrapped):
    with pytest.raises(wrap.WrapBroken):
        wrap.unwrap(KEY, wrapped)


def test_a_box_opens_for_its_key_and_its_context_only():
    private, other = hpke.generate(), hpke.generate()
    public = hpke.public_of(private)
    assert (len(private), len(public)) == (hpke.PRIVATE_BYTES, hpke.PUBLIC_BYTES)
    box = hpke.seal(public, KEY, b"here")
    assert len(box) == hpke.BOXED_KEY_BYTES
    assert hpke.open_box(private, box, b"here") == KEY
    for key, data, info in (
        (other, box, b"here"),
        (private, box, b"there"),
        (private, b"", b"here"),
    ):
        with pytest.raises(hpke.BoxBroken):
            hpke.open_box(key, data, info)


@given(bit=st.integers(0, hpke.BOXED_KEY_BYTES * 8 - 1))
def test_a_flipped_bit_of_a_box_is_refused(bit):
    private = bytes(range(96))
    box = hpke.seal(hpke.public_of(private), KEY, b"")
    with pytest.raises(hpke.BoxBroken):
        hpke.open_box(private, flipped(box, bit), b"")


@pytest.mark.parametrize("public", [b"", bytes(1215), bytes(1216), b"\xff" * 1216])
def test_a_box_key_of_the_wrong_shape_is_refused(public):
    with pytest.raises(hpke.NotABoxKey):
        hpke.seal(public, KEY, b"")


@pytest.mark.parametrize("private", [b"", bytes(95), bytes(97)])
def test_a_private_box_key_of_the_wrong_length_is_refused(private):
    with pytest.raises(hpke.NotABoxKey):
        hpke.public_of(private)
    with pytest.raises(hpke.NotABoxKey):
        hpke.open_box(private, bytes(1168), b"")


@pytest.mark.parametrize("scheme", [sign, sign_mldsa], ids=["Ed25519", "ML-DSA-65"])
def test_a_signature_holds_for_its_key_and_message_only(scheme):
    seed, other = scheme.generate(), scheme.generate()
    public = scheme.public_of(seed)
    signature = scheme.sign(seed, b"message")
    assert (len(seed), len(public), len(signature)) == (
        scheme.SEED_BYTES,
        scheme.PUBLIC_BYTES,
        scheme.SIGNATURE_BYTES,
    )
    scheme.verify(public, signature, b"message")
    for key, made, message in (
        (scheme.public_of(other), signature, b"message"),
        (public, signature, b"massage"),
        (public, flipped(signature, 9), b"message"),
        (public, b"", b"message"),
        (b"", signature, b"message"),
    ):
        with pytest.raises(sign.SignatureBroken):
            scheme.verify(key, made, message)


def test_a_commitment_belongs_to_one_key_and_one_use():
    made = commit.commitment(KEY)
    commit.check(KEY, made)
    assert made != commit.commitment(KEY, b"another use")
    with pytest.raises(commit.KeyDoesNotMatch):
        commit.check(OTHER, made)


def test_fresh_keys_differ_and_have_256_bits():
    assert len(fresh.key()) == fresh.KEY_BYTES == 32
    assert fresh.key() != fresh.key()
    assert len(fresh.random_bytes(7)) == 7


def test_a_digest_of_parts_is_the_digest_of_the_whole():
    assert digest.sha256(b"a", b"", b"bc") == digest.sha256(b"abc")
    assert digest.sha256_hex(b"abc").startswith("ba7816bf8f01cfea")
