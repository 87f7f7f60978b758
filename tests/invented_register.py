"""A register of invented schools with the headings of the real one, in the real one's encoding.

`register_csv(n)` gives n schools; the first are the schools of the sample data, and two of them are closed.
"""

import csv
import io

from schoolsafe.domain.establishment import FIELDS

UNUSED = (
    "PreviousLA (code)", "PreviousEstablishmentNumber", "TypeOfEstablishment (code)",
    "EstablishmentTypeGroup (name)", "EstablishmentStatus (name)", "ReasonEstablishmentOpened (name)",
    "ReasonEstablishmentClosed (name)", "PhaseOfEducation (code)", "Boarders (name)",
    "OfficialSixthForm (name)", "Gender (name)", "ReligiousCharacter (name)", "Diocese (name)",
    "AdmissionsPolicy (name)", "SchoolCapacity", "CensusDate", "NumberOfBoys", "NumberOfGirls",
    "PercentageFSM", "Trusts (name)", "FederationFlag (name)", "SchoolWebsite", "TelephoneNum",
    "HeadTitle (name)", "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle", "GOR (name)",
    "DistrictAdministrative (name)", "AdministrativeWard (name)", "UrbanRural (name)", "Easting",
    "Northing", "GSSLACode (name)", "MSOA (name)", "LSOA (name)", "InspectorateName (name)",
    "PropsName", "CountryName", "UPRN",
)  # fmt: skip
_FIRST_HEADINGS = tuple(FIELDS.values())[:5]
HEADINGS = (*_FIRST_HEADINGS, *sorted({*FIELDS.values(), *UNUSED} - {*_FIRST_HEADINGS}))
HEAD = ("Ms", "Iris", "Headwoman")
LINK_HEADINGS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")

KNOWN = (
    ("999101", "2001", "Ashgrove Primary School", "Northmere", "ZZ9 9ZZ", "1", "", "Primary"),
    ("999102", "4001", "Brookfield Academy", "Northmere", "ZZ9 9AB", "1", "", "Secondary"),
    ("999103", "3003", "St Oda’s RC Primary School", "Northmere", "ZZ9 8ZZ", "1", "", "Primary"),
    ("999104", "2002", "Millpond Infant School", "Millpond", "ZZ8 1AA", "3", "", "Primary"),
    ("999105", "4005", "Eastfield High School", "Eastfield", "ZZ7 2BB", "1", "", "Secondary"),
    ("999106", "2006", "Brookfield Community School", "Northmere", "ZZ9 9AB", "2", "31-08-2019", "Secondary"),
    ("999107", "2007", "Llanfâr Road School", "Westmere", "ZZ6 3CC", "1", "", "Primary"),
    ("999108", "2008", "Old Mill Junior School", "Millpond", "ZZ8 1AB", "2", "31-08-2021", "Primary"),
    ("999109", "2009", "Mill Federation School", "Millpond", "ZZ8 1AB", "2", "31-08-2024", "Primary"),
    ("999110", "2010", "Millpond Primary Academy", "Millpond", "ZZ8 1AB", "1", "", "Primary"),
)  # fmt: skip
LINKS = (
    ("999106", "999102", "Successor"),
    ("999102", "999106", "Predecessor"),
    ("999108", "999109", "Successor - merged"),
    ("999109", "999110", "Successor"),
)
_FIRST = (
    "Ash",
    "Brook",
    "Mill",
    "East",
    "West",
    "Oak",
    "Elm",
    "Hill",
    "Stone",
    "Fern",
    "Lark",
    "Moor",
)
_SECOND = (
    "grove",
    "field",
    "pond",
    "gate",
    "wood",
    "bridge",
    "bank",
    "side",
    "ford",
    "dale",
    "croft",
)
_KIND = (
    "Primary School",
    "Infant School",
    "Junior School",
    "High School",
    "Academy",
    "C of E School",
)


def register_csv(count: int = len(KNOWN), *, without: tuple[str, ...] = ()) -> bytes:
    """The register as Windows-1252 with CRLF; ``without`` leaves headings out."""
    out = io.StringIO()
    headings = [each for each in HEADINGS if each not in without]
    writer = csv.DictWriter(out, headings, extrasaction="ignore", restval="", lineterminator="\r\n")
    writer.writeheader()
    for n in range(count):
        writer.writerow(_row(*(KNOWN[n] if n < len(KNOWN) else _made_up(n))))
    return out.getvalue().encode("cp1252", "replace")


def links_csv() -> bytes:
    """Who took whose place."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(LINK_HEADINGS)
    for urn, after, kind in LINKS:
        writer.writerow((urn, after, "", kind, "01-09-2024"))
    return out.getvalue().encode("cp1252")


def _made_up(n: int) -> tuple[str, ...]:
    name = f"{_FIRST[n % 12]}{_SECOND[n // 12 % 11]} {_KIND[n // 132 % 6]}"
    town = f"{_FIRST[n // 7 % 12]}{_SECOND[n // 5 % 11]}"
    code = f"ZZ{n % 99 + 1} {n % 9 + 1}{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}"
    status = "2" if n % 11 == 0 else "1"
    closed = "31-08-2020" if status == "2" else ""
    return (str(100_000 + n), f"{2000 + n % 7999:04}", f"{name} {n // 792 or ''}".strip(), town, code, status,
            closed, "Primary" if n % 3 else "Secondary")  # fmt: skip


def _row(*facts: str) -> dict[str, str]:
    urn, number, name, town, postcode, status, closed, phase = facts
    return {
        "URN": urn,
        "LA (code)": "999",
        "LA (name)": "Northmere",
        "EstablishmentNumber": number,
        "EstablishmentName": name,
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentTypeGroup (code)": "4",
        "EstablishmentStatus (code)": status,
        "OpenDate": "01-09-1998",
        "CloseDate": closed,
        "PhaseOfEducation (name)": phase,
        "StatutoryLowAge": "4",
        "StatutoryHighAge": "11",
        "Street": "1 Invented Row",
        "Town": town,
        "Postcode": postcode,
        "UKPRN": "10099" + urn[-3:],
        "LastChangedDate": "12-09-2026",
        "NumberOfPupils": "210",
        **dict(zip(("HeadTitle (name)", "HeadFirstName", "HeadLastName"), HEAD, strict=True)),
    }
