"""How a command ended: exit codes beside an answer, and what is said of a fault in the program."""

from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

from schoolsafe.errors import SchoolSafeError, Tampered, Unavailable

Answer = dict[str, Any]
EXIT: Final = "_exit"
"""Where an answer that is printed carries its exit code; it is taken out first."""
NOT_WELL: Final = Unavailable.exit_code


class WrongUse(Exception):
    """The call's words are off; named for its exit code, 2."""


class Fault(Unavailable):
    """SchoolSafe stopped because of a fault in the program, at {where}. What was saved is safe."""


def error(failed: SchoolSafeError) -> Answer:
    """A refusal as scripts read it."""
    return {"error": {"code": failed.code, "message": str(failed)}}


def ended(answer: Answer, *, ok_code: int = Tampered.exit_code) -> Answer:
    """An answer with ``ok``, with the exit code that says the same."""
    return answer | {EXIT: 0 if answer.get("ok", True) else ok_code}


def where(fault: BaseException) -> str:
    """Kind and place of a fault, without its words."""
    frames = extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if "schoolsafe" in Path(frame.filename).parts]
    last = (ours or frames)[-1]
    return f"{type(fault).__name__}, {Path(last.filename).name}:{last.lineno}"
