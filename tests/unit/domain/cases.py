"""The case files, read as the rules want them: calendars, pupil lists, expected fields."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from schoolsafe.domain.calendar import ClosedDay, SchoolCalendar, Term
from schoolsafe.domain.pupil_index import Pupil
from schoolsafe.domain.roll_lines import ReadRoll, read_lines

DATA = Path(__file__).parents[2] / "data"
RESOURCES = Path(__file__).parents[3] / "resources"
JUDGED_ON = date(2026, 11, 20)


def expected(name: str) -> dict[str, Any]:
    return json.loads((DATA / name).read_text("utf-8"))


def timing_cases() -> dict[str, Any]:
    return expected("next_school_day_cases.json")


def calendar_of(name: str, site: str, *, calendars: dict[str, Any] | None = None) -> SchoolCalendar:
    facts = (calendars or timing_cases()["calendars"])[name]
    return SchoolCalendar(
        terms=tuple(
            Term(t["name"], date.fromisoformat(t["first"]), date.fromisoformat(t["last"]))
            for t in facts["terms"]
        ),
        closed=tuple(
            ClosedDay(date.fromisoformat(d["date"]), d["why"])
            for d in (*facts["inset"], *facts["closures"])
        ),
        bank_holidays=tuple(
            ClosedDay(date.fromisoformat(d["date"]), d["title"]) for d in facts["bank_holidays"]
        ),
        start=time.fromisoformat(facts["sites"][site]["start"]),
    )


@dataclass(frozen=True)
class Row:
    """A row as a reader gives it."""

    row: int
    values: dict[str, str | None]


def rows_of(
    file: str,
    *,
    columns: dict[str, str],
    encoding: str = "utf-8",
    delimiter: str = ",",
    heading: int = 1,
) -> list[Row]:
    """A small reader of well-known lists; the real one is intake's."""
    text = (DATA / file).read_bytes().decode(encoding).removeprefix("\ufeff")
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    places = {field: records[heading - 1].index(name) for field, name in columns.items()}
    return [
        Row(number, {field: _cell(record[place]) for field, place in places.items()})
        for number, record in enumerate(records[heading:], start=heading + 1)
        if len([cell for cell in record if cell.strip()]) > 1  # neither empty nor a total
    ]


def sample_rows(list_name: str) -> list[Row]:
    facts = expected(f"{list_name}.expected.json")
    return rows_of(
        f"{list_name}.csv",
        columns=facts["columns"],
        encoding=facts["encoding"],
        delimiter=facts["delimiter"],
        heading=facts["header_row"],
    )


def _cell(text: str) -> str | None:
    return text.strip().removeprefix('="').removesuffix('"').strip() or None


def read_sample(list_name: str) -> ReadRoll:
    return read_lines(sample_rows(list_name), on=JUDGED_ON)


def pupils_of(list_name: str) -> tuple[Pupil, ...]:
    """The pupils of a sample list as the roll holds them; the admission number is the id."""
    seen: dict[str, Pupil] = {}
    for line in read_sample(list_name).lines:
        values = line.values
        pupil = Pupil(
            id=values["admission"] or f"row {line.row}",
            surname=values["surname"] or "",
            forename=values["forename"] or "",
            preferred_surname=values.get("preferred_surname"),
            preferred_forename=values.get("preferred_forename"),
            dob=line.dob,
            year=values["year"],
            class_name=values["class"],
        )
        seen.setdefault(pupil.id, pupil)
    return tuple(seen.values())
