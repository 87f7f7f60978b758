"""The first rows of a new school: the school itself and its first person."""

from schoolsafe.domain.entry import Add, NewEntry
from schoolsafe.domain.field import SCHOOL
from schoolsafe.services.entrance import SetUp
from schoolsafe.services.ports import Journal


def first_entries(form: SetUp, person: str) -> tuple[NewEntry, ...]:
    """What set-up puts on record before anything else."""
    school = Add(
        f"school:{form.urn}",
        {"name": form.school, "urn": form.urn, "test": form.test or form.demo, "demo": form.demo},
    )
    staff = Add(person, {"name": form.person, "role": form.role})
    return (
        NewEntry(SCHOOL, "school.found", (school,)),
        NewEntry(SCHOOL, "person.add", (staff,)),
    )


def found(journal: Journal, form: SetUp, person: str) -> None:
    """Writes them, in one commit."""
    journal.append(first_entries(form, person))
