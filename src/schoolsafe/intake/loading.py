"""Loads the readers that a job will need, before the child is locked in: afterwards it can open no file.

Loading all of them takes as long as reading ten mails (benchmarks/parse_file.py), so the job's bytes are
looked through for the marks of each form, bare and as mail carries them. What is missed is asked for again.
"""

from collections.abc import Callable
from typing import Final

EVERYTHING: Final = b"everything\xc3"
"""In the packed job: the caller asks for every reader."""
_MARKS: Final = {
    "outlook": (b"\xd0\xcf\x11\xe0", b"0M8R4K"),
    "pdf": (b"%PDF-", b"JVBERi"),
    "word": (b"PK\x03\x04", b"UEsDB"),
    "calendar": (b"\xa4kind\xa8calendar",),
    "scans": (b"\x89PNG", b"iVBORw0K", b"\xff\xd8\xff", b"/9j/", b"II*\0", b"SUkqA", b"MM\0*", b"TU0AK"),
}  # fmt: skip


def load_for(job: bytes) -> tuple[str, ...]:
    """Loads and warms what the packed job may need; returns the readers' names."""
    needed = tuple(
        name
        for name, marks in _MARKS.items()
        if EVERYTHING in job or any(mark in job for mark in marks)
    )
    for name in needed:
        _LOADERS[name]()
    return needed


def _outlook() -> None:
    from schoolsafe.intake import outlook  # noqa: PLC0415  # only where a job needs it

    outlook.warm_up()


def _pdf() -> None:
    from schoolsafe.intake import pdf  # noqa: PLC0415  # only where a job needs it

    pdf.warm_up()


def _word() -> None:
    from schoolsafe.intake import word  # noqa: PLC0415  # only where a job needs it

    word.warm_up()


def _scans() -> None:
    from schoolsafe.intake import scans  # noqa: PLC0415  # only where a job needs it

    scans.warm_up()


def _calendar() -> None:
    from schoolsafe.intake import ics  # noqa: PLC0415  # only where a job needs it

    ics.warm_up()


_LOADERS: Final[dict[str, Callable[[], None]]] = {
    "outlook": _outlook,
    "pdf": _pdf,
    "word": _word,
    "scans": _scans,
    "calendar": _calendar,
}
