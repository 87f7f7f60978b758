"""A Common Transfer File (XML) as facts: any version, any unknown element, no attainment.

A document type declaration is refused before anything is read. Elements are dropped as soon as their
pupil is read, so that 50 MB do not become a tree. Left to others: what the facts mean (domain.ctf).
"""

import io
import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from schoolsafe.domain.ctf import CtfContact, CtfFile, CtfPupil, CtfSchool
from schoolsafe.intake import list_errors
from schoolsafe.intake.list_limits import CTF

_MARKS: Final = (b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<", b"<")
_VALUES: Final = {
    "upn": "UPN",
    "surname": "Surname",
    "forename": "Forename",
    "dob": "DOB",
    "sex": "Sex",
    "former_upn": "BasicDetails/FormerUPN",
    "preferred_surname": "BasicDetails/PreferredSurname",
    "preferred_forename": "BasicDetails/PreferredForename",
    "former_surname": "BasicDetails/FormerSurname",
    "former_forename": "BasicDetails/FormerForename",
    "other_forenames": "BasicDetails/MiddleNames",
    "year": "BasicDetails/NCyearActual",
    "enrolment": "BasicDetails/EnrolStatus",
    "postcode": "Address/PostCode",
}
_PUPIL: Final = (
    "UPN UniqueLearnerNumber UCI ApplicationReference Surname Forename DOB Gender Sex BasicDetails"
    " FSMhistory LookedAfter SENhistory Address Phones Email Contacts Attendance StageAssessments"
    " SchoolHistory NAWdetails ServiceChild PupilPremium"
)
_HEAD: Final = (
    "DocumentName CTFversion DateTime DocumentQualifier DataQualifier DataDescriptor SupplierID"
    " SourceSchool DestSchool"
)
_GROUPS: Final = frozenset(_PUPIL.split())
_HEADER: Final = frozenset(_HEAD.split())
_NOT_KEPT: Final = (b"StageAssessments", b"Attendance", b"FSMhistory", b"SENhistory", b"NAWdetails")
_SPACE: Final = re.compile(r"\s+")


def is_xml(data: bytes) -> bool:
    """Whether the bytes begin like XML, in any encoding such a file comes in."""
    return data[:64].lstrip().startswith(_MARKS)


def read(data: bytes) -> CtfFile:
    """The file's pupils and schools.

    Raises:
        UnreadableFile: too large, no CTF, damaged, or with a document type declaration.
    """
    if len(data) > CTF.size_bytes:
        raise list_errors.TransferFileTooLarge(limit=CTF.size_bytes // (1024 * 1024))
    data = _without_marks(data)
    try:
        return _read(data)
    except ParseError:
        # why: older systems write Windows-1252 and declare UTF-8, or nothing
        again = _as_utf8(data)
        if again is None:
            raise list_errors.TransferFileDamaged from None
    try:
        return _read(again)
    except ParseError:
        raise list_errors.TransferFileDamaged from None


def _without_marks(data: bytes) -> bytes:
    """The file without its results, attendance and meals: nine parts in ten of it, and none is kept.

    Cut before anything is parsed; a file in another encoding is only read more slowly.
    """
    for name in _NOT_KEPT:
        opening, closing, kept, at = b"<%s>" % name, b"</%s>" % name, [], 0
        while (start := data.find(opening, at)) >= 0 and (end := data.find(closing, start)) >= 0:
            kept.append(data[at:start])
            at = end + len(closing)
        data = b"".join((*kept, data[at:]))
    return data


def _as_utf8(data: bytes) -> bytes | None:
    """The same file from Windows-1252; None where it was right UTF-8 all along."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text, count=1).encode()
    return None


def _read(data: bytes) -> CtfFile:
    """One reading.

    Raises:
        ParseError: not well-formed.
    """
    reading = _Reading()
    try:
        for event, element in iterparse(
            io.BytesIO(data), events=("start", "end"), forbid_dtd=True, forbid_entities=True
        ):
            reading.take(event, element)
    except DefusedXmlException:
        raise list_errors.TransferFileHasDoctype from None
    except (ValueError, LookupError, OverflowError):
        # why: an encoding Python does not know, or one of several bytes, which expat hands on
        raise list_errors.TransferFileDamaged from None
    return reading.file()


class _Reading:
    """What was read so far; holds one pupil's elements at a time."""

    def __init__(self) -> None:
        self.depth = 0
        self.count = 0
        self.root: Element | None = None
        self.header = Element("Header")
        self.pupils: list[CtfPupil] = []
        self.unknown: dict[str, None] = {}
        self.unknown_count = 0

    def take(self, event: str, element: Element) -> None:
        element.tag = _plain(element.tag)
        if event == "start":
            self._begin(element)
            return
        self.depth -= 1
        inside = self.depth
        if element.tag == "Header" and inside == 1:
            self.header = element
            self._note(element, _HEADER)
        elif element.tag == "Pupil" and inside == 2:  # noqa: PLR2004  # CTfile, CTFpupilData, Pupil
            self._pupil(element)
            element.clear()

    def _begin(self, element: Element) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > CTF.depth or self.count > CTF.elements:
            raise list_errors.TransferFileTooDeep
        if self.root is None:
            self.root = element
            if element.tag.lower() != "ctfile":
                raise list_errors.NoTransferFile

    def _pupil(self, element: Element) -> None:
        if len(self.pupils) >= CTF.pupils:
            raise list_errors.TransferFileTooDeep
        unknown = self._note(element, _GROUPS)
        self.pupils.append(_pupil(element, len(self.pupils) + 1, unknown))

    def _note(self, element: Element, known: frozenset[str]) -> tuple[str, ...]:
        """Counts the elements nobody knows; keeps some of their names."""
        found = [child.tag[: CTF.text_chars] for child in element if child.tag not in known]
        self.unknown_count += len(found)
        for name in found[: CTF.unknown]:
            if len(self.unknown) < CTF.unknown:
                self.unknown.setdefault(name)
        return tuple(dict.fromkeys(found[: CTF.unknown]))

    def file(self) -> CtfFile:
        """The whole.

        Raises:
            TransferFileEmpty: no pupil was found.
        """
        if not self.pupils:
            raise list_errors.TransferFileEmpty
        header = self.header
        return CtfFile(
            version=_text(header, "CTFversion"),
            qualifier=_text(header, "DocumentQualifier"),
            written=_text(header, "DateTime"),
            source=_school(header.find("SourceSchool")),
            destination=_school(header.find("DestSchool")),
            pupils=tuple(self.pupils),
            unknown=tuple(self.unknown),
            unknown_count=self.unknown_count,
        )


def _plain(tag: object) -> str:
    """The element's name without a namespace; a comment has none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _pupil(element: Element, place: int, unknown: tuple[str, ...]) -> CtfPupil:
    values = {name: _text(element, path) for name, path in _VALUES.items()}
    values["sex"] = values["sex"] or _text(element, "Gender")
    return CtfPupil(
        place,
        values,
        contacts=tuple(_contacts(element)),
        schools=tuple(
            _school(school) for school in element.findall("SchoolHistory/School")[: CTF.schools]
        ),
        unknown=unknown,
    )


def _contacts(element: Element) -> Iterator[CtfContact]:
    for contact in element.findall("Contacts/Contact")[: CTF.contacts]:
        names = [_text(contact, part) for part in ("Forename", "Surname")]
        elsewhere = _text(contact, "Address/AddressAsPupil")
        yield CtfContact(
            name=" ".join(name for name in names if name),
            relationship=_text(contact, "Relationship") or "",
            responsible=_is_true(_text(contact, "Responsibility")),
            own_address=contact.find("Address") is not None and not _is_true(elsewhere),
        )


def _school(element: Element | None) -> CtfSchool:
    if element is None:
        return CtfSchool()
    return CtfSchool(
        la=_text(element, "LEA"),
        number=_text(element, "Estab"),
        urn=_text(element, "URN"),
        name=_text(element, "SchoolName"),
        entered=_text(element, "EntryDate"),
        left=_text(element, "LeavingDate"),
        last=_is_true(_text(element, "LastSchool")),
    )


def _text(element: Element, path: str) -> str | None:
    found = element.findtext(path)
    return (
        _SPACE.sub(" ", found[: CTF.text_chars * 4]).strip()[: CTF.text_chars] or None
        if found
        else None
    )


def _is_true(text: str | None) -> bool:
    return (text or "").lower() in {"true", "1"}
