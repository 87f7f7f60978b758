"""The school key set: what other schools seal to and check signatures with. Made with *team*.

Public halves signed by the school's root; private halves sealed under the team key.
"""

from dataclasses import dataclass

from typing_extensions import override

from schoolsafe.crypto import hpke, sign, sign_mldsa
from schoolsafe.crypto.digest import sha256
from schoolsafe.domain.ids import CircleId
from schoolsafe.errors import Tampered
from schoolsafe.wire import sealedpart
from schoolsafe.wire.link import SchoolKeys

_TAG = b"schoolsafe/sig/school-keys/1\0"
_ABOUT = "school_keys"


class SchoolKeysBroken(Tampered):
    """The school's own keys do not fit together. They were changed outside SchoolSafe."""


@dataclass(frozen=True, slots=True)
class SchoolSecrets:
    """The private halves of one version."""

    version: int
    box_private: bytes
    sign_seed: bytes
    mldsa_seed: bytes

    @override
    def __repr__(self) -> str:
        return f"SchoolSecrets(version={self.version})"


def make(
    *,
    version: int,
    urn: str,
    root_seed: bytes,
    circle: CircleId,
    key_version: int,
    circle_key: bytes,
) -> SchoolKeys:
    """A fresh key set, signed by the root, sealed to *team*."""
    box, seed, mldsa = hpke.generate(), sign.generate(), sign_mldsa.generate()
    publics = hpke.public_of(box), sign.public_of(seed), sign_mldsa.public_of(mldsa)
    return SchoolKeys(
        version=version,
        box_public=publics[0],
        sign_public=publics[1],
        mldsa_public=publics[2],
        root_signature=sign.sign(root_seed, _message(urn, version, *publics)),
        sealed=sealedpart.seal(
            {"box": box.hex(), "sign": seed.hex(), "mldsa": mldsa.hex()},
            about=_ABOUT,
            circle=circle,
            version=key_version,
            circle_key=circle_key,
        ),
    )


def verify(op: SchoolKeys, *, urn: str, root_public: bytes) -> None:
    """Returns only when the root signed these public halves for this school.

    Raises:
        SignatureBroken: it did not.
    """
    publics = op.box_public, op.sign_public, op.mldsa_public
    verify_publics(publics, op.root_signature, urn=urn, version=op.version, root_public=root_public)


def verify_publics(
    publics: tuple[bytes, bytes, bytes],
    signature: bytes,
    *,
    urn: str,
    version: int,
    root_public: bytes,
) -> None:
    """Returns only when the root signed box, Ed25519 and ML-DSA-65 halves for this school.

    Raises:
        SignatureBroken: it did not.
    """
    sign.verify(root_public, signature, _message(urn, version, *publics))


def open_secrets(op: SchoolKeys, *, circle: CircleId, circle_key: bytes) -> SchoolSecrets:
    """The private halves, checked against the public ones.

    Raises:
        SchoolKeysBroken: they do not belong together.
        Tampered: the sealed part does not open.
    """
    key = sealedpart.part_key(op.sealed, circle_key)
    members = sealedpart.open_part(op.sealed, key, about=_ABOUT, circle=circle)
    try:
        secrets = SchoolSecrets(
            version=op.version,
            box_private=bytes.fromhex(members["box"]),
            sign_seed=bytes.fromhex(members["sign"]),
            mldsa_seed=bytes.fromhex(members["mldsa"]),
        )
        fits = (
            hpke.public_of(secrets.box_private) == op.box_public
            and sign.public_of(secrets.sign_seed) == op.sign_public
            and sign_mldsa.public_of(secrets.mldsa_seed) == op.mldsa_public
        )
    except (KeyError, TypeError, ValueError):
        raise SchoolKeysBroken from None
    if not fits:
        raise SchoolKeysBroken
    return secrets


def _message(urn: str, version: int, box: bytes, seed: bytes, mldsa: bytes) -> bytes:
    return _TAG + sha256(urn.encode(), b"\0", version.to_bytes(4, "big"), box, seed, mldsa)
