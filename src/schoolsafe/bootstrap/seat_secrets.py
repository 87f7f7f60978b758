"""A seat's secrets between the key file, which keeps named bytes, and the services, which have names for them."""

# ruff: noqa: PLC0415  # lazy imports keep the unlock screen quick

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsafe.services.genesis import SeatSecrets


def packed(secrets: "SeatSecrets") -> dict[str, bytes]:
    """The seat's secrets as the key file keeps them, by name; absent ones are left out."""
    kept = {
        "seat": secrets.seat.encode(),
        "person": secrets.person.encode(),
        "sign_seed": secrets.sign_seed,
        "box_private": secrets.box_private,
        "root_public": secrets.root_public,
        "root_seed": secrets.root_seed,
        "recovery_private": secrets.recovery_private,
    }
    return {name: value for name, value in kept.items() if value is not None}


def unpacked(kept: Mapping[str, bytes]) -> "SeatSecrets":
    """The seat's secrets from what the key file keeps."""
    from schoolsafe.domain.ids import PersonId
    from schoolsafe.services.genesis import SeatSecrets

    return SeatSecrets(
        seat=kept["seat"].decode(),
        person=PersonId(kept["person"].decode()),
        sign_seed=kept["sign_seed"],
        box_private=kept["box_private"],
        root_public=kept["root_public"],
        root_seed=kept.get("root_seed"),
        recovery_private=kept.get("recovery_private"),
    )
