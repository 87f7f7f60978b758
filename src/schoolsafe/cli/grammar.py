"""What every part of the grammar is made with: a parser that raises instead of leaving."""

import argparse
from typing import TYPE_CHECKING, NoReturn

from typing_extensions import override

from schoolsafe.cli.ending import WrongUse


class Parser(argparse.ArgumentParser):
    """Raises ``WrongUse``, so that the caller says how it ended."""

    @override
    def error(self, message: str) -> NoReturn:
        raise WrongUse(message)


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Parser]  # noqa: SLF001  # argparse names no public type
