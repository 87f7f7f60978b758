"""What a person does in set-up: answers, goes on, goes back."""

from datetime import date

from PySide6.QtWidgets import QApplication

from schoolsafe.ui.screens.first_run.view import FirstRunWindow
from ui.clip import settle
from ui.morning import texts

TERMS = (
    (date(2026, 9, 1), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 7, 21)),
)
OTHERS = "26 10 2026 to 30 10 2026 half-term\n1 9 2026 inset"


class FirstRunPage:
    """Verbs over the set-up window."""

    def __init__(self, window: FirstRunWindow) -> None:
        self.window = window

    def step(self) -> str:
        return self.window.presenter.step.value

    def said(self) -> str:
        """Every visible word of the page in front."""
        settle(self.window)
        return texts(self.window.stack.currentWidget())

    def problems(self) -> list[str]:
        """The links of the summary."""
        settle(self.window)
        page = self.window.pages[self.window.presenter.step]
        shown = page.errors.isVisibleTo(self.window)
        return [line for line in texts(page.errors).splitlines()[1:] if line] if shown else []

    def steps(self) -> str:
        settle(self.window)
        return texts(self.window.steps)

    def go_on(self) -> None:
        self.window.go_on()

    def focused(self) -> str:
        now = QApplication.focusWidget()
        return now.objectName() if now else ""

    def set_up_wanted(self) -> None:
        self.window.what.choices.choose(1)
        self.go_on()

    def school(self, name: str = "Ashgrove Primary School", urn: str = "999101") -> None:
        self.window.school.name.setText(name)
        self.window.school.urn.setText(urn)
        self.go_on()

    def person(self, name: str = "Priya Nair", role: str | None = "dsl") -> None:
        self.window.you.name.setText(name)
        self.window.you.role.set_current(role)
        self.go_on()

    def passphrase(self, text: str, again: str | None = None) -> None:
        phrase = self.window.phrase.passphrase
        phrase.field.edit.setText(text)
        phrase.again_field.edit.setText(text if again is None else again)
        self.go_on()

    def type_back(self, *groups: str) -> None:
        for field, group in zip(self.window.sheet.drill.group_fields, groups, strict=True):
            field.setText(group)
        self.go_on()

    def dates(self, *terms: tuple[date | None, date | None], others: str = OTHERS) -> None:
        for (first, last), given in zip(self.window.days.boxes, terms, strict=True):
            first.set_date(given[0])
            last.set_date(given[1])
        self.window.days.others.setPlainText(others)

    def to_passphrase(self) -> None:
        self.set_up_wanted()
        self.school()
        self.person()

    def to_sheet(self) -> None:
        self.to_passphrase()
        self.passphrase("copper lantern otter seven ridge")

    def to_days(self) -> None:
        self.to_sheet()
        self.window.presenter.hand_over_sheet()
        self.type_back("FGHJK", "YZ012")

    def to_pupils(self) -> None:
        self.to_days()
        self.dates(*TERMS)
        self.go_on()
