"""Each wrapper gives the published answers."""

import json
from pathlib import Path

import pytest

from schoolsafe.crypto import aead, kdf, sign, wrap

VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors" / "primitives.json").read_text(encoding="utf-8")
)


def hexes(vector: dict[str, object]) -> dict[str, bytes]:
    return {
        name: bytes.fromhex(value)
        for name, value in vector.items()
        if isinstance(value, str) and name != "source"
    }


def of(kind: str) -> list[object]:
    return [pytest.param(v, id=v["source"]) for v in VECTORS[kind]]


@pytest.mark.parametrize("vector", of("ed25519"))
def test_ed25519_signs_as_published(vector):
    v = hexes(vector)
    assert sign.public_of(v["seed"]) == v["public"]
    assert sign.sign(v["seed"], v["message"]) == v["signature"]
    sign.verify(v["public"], v["signature"], v["message"])


@pytest.mark.parametrize("vector", of("aes_256_gcm_zero_nonce"))
def test_a_one_time_seal_is_gcm_with_a_zero_nonce(vector):
    v = hexes(vector)
    assert aead.seal_once(v["key"], v["clear"], b"") == v["sealed"]
    assert aead.open_once(v["key"], v["sealed"], b"") == v["clear"]


@pytest.mark.parametrize("vector", of("aes_key_wrap"))
def test_a_key_is_wrapped_as_published(vector):
    v = hexes(vector)
    assert wrap.wrap(v["under"], v["key"]) == v["wrapped"]
    assert wrap.unwrap(v["under"], v["wrapped"]) == v["key"]


@pytest.mark.parametrize("vector", of("hkdf_sha256"))
def test_hkdf_derives_as_published(vector):
    v = hexes(vector)
    out = kdf.hkdf(v["key"], info=v["info"], salt=v["salt"] or None, length=len(v["out"]))
    assert out == v["out"]


@pytest.mark.parametrize("vector", of("argon2id"))
def test_argon2id_derives_as_published(vector):
    v = hexes(vector)
    settings = kdf.Argon2Settings(vector["memory_kib"], vector["passes"], vector["lanes"])
    key = bytearray(32)
    kdf._argon2id(
        v["passphrase"], key, salt=v["salt"], settings=settings, secret=v["secret"], ad=v["ad"]
    )
    assert bytes(key) == v["out"]
