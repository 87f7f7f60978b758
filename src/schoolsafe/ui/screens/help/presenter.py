"""Which page of the manual is shown, and what a search finds. Knows no Qt."""

from typing import Protocol

from schoolsafe.ui.screens.help import pages
from schoolsafe.ui.screens.help.pages import Found, Page


class HelpView(Protocol):
    """What the presenter tells the view."""

    def show_page(self, page: Page, slug: str) -> None:
        """A page, at a section or at its top."""
        ...

    def show_found(self, words: str, found: tuple[Found, ...]) -> None:
        """What a search found; no words shows the pages again."""
        ...


class HelpPresenter:
    """The manual, offline."""

    def __init__(self, view: HelpView) -> None:
        self._view = view
        self._pages = {page.name: page for page in pages.pages()}

    def pages(self) -> tuple[Page, ...]:
        """Every page, in reading order."""
        return tuple(self._pages.values())

    def open(self, page: str, slug: str = "") -> None:
        """A page of the manual."""
        found = self._pages.get(page)
        if found is not None:
            self._view.show_page(found, slug)

    def open_for(self, screen: str) -> None:
        """The page about a screen."""
        self.open(*pages.place_of(screen))

    def search(self, words: str) -> None:
        """Looks through every page."""
        self._view.show_found(words.strip(), pages.find(words, self.pages()))
