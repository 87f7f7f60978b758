"""The child's readers of lists and registers, by the kind of job; each answers with its own part of a reply.

Left to others: mail (mail), what a refusal becomes (child).
"""

from collections.abc import Callable, Mapping
from typing import Final

from schoolsafe.intake import ctf, gias, pupil_list
from schoolsafe.intake.wire_child import Reply


def read(data: bytes, columns: Mapping[str, str] | None) -> Reply:
    """A pupil list, or the transfer file that it is.

    Raises:
        UnreadableFile: with the reason.
    """
    if ctf.is_xml(data):
        return Reply(transfer=ctf.read(data))
    return Reply(listed=pupil_list.read(data, columns))


def _calendar(data: bytes) -> Reply:
    from schoolsafe.intake import ics  # noqa: PLC0415  # 150 ms, and only where a job needs it

    return Reply(calendar=ics.read(data))


READERS: Final[Mapping[str, Callable[[bytes], Reply]]] = {
    "schools": lambda data: Reply(schools=gias.read_register(data)),
    "links": lambda data: Reply(links=gias.read_links(data)),
    "calendar": _calendar,
}
