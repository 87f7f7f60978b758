"""Reads the helplines that are shipped, with the day their numbers were last checked."""

import tomllib
from typing import cast

from schoolsafe import resources
from schoolsafe.domain.entry import Value

FILE = "helplines.toml"


def shipped_helplines() -> Value:
    """Each helpline’s number and hours as data."""
    read = tomllib.loads(resources.path(FILE).read_text("utf-8"))
    return cast("Value", read.get("helpline"))
