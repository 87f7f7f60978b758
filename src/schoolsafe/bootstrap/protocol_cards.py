"""Reads the protocol cards that are shipped: one dated file an area, under ``resources/protocol_cards``."""

import tomllib

from schoolsafe import resources
from schoolsafe.domain.protocol_card import Card
from schoolsafe.services.protocol_card import card_of

FOLDER = "protocol_cards"


def shipped_cards() -> tuple[Card, ...]:
    """Every card, by file name; the names are the cards' ids."""
    found = sorted(resources.path(FOLDER).glob("*.toml"))
    return tuple(card_of(tomllib.loads(file.read_text("utf-8"))) for file in found)
