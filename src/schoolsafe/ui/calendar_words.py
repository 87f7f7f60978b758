"""What a calendar file says, in words: terms, days without pupils, what was passed over. Qt-free."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from schoolsafe.domain import say
from schoolsafe.services.calendar import CalendarPreview
from schoolsafe.words import _


@dataclass(frozen=True, slots=True)
class CalendarShown:
    """A calendar file in words."""

    name: str
    terms: tuple[str, ...]
    closed: tuple[str, ...]
    ignored: tuple[str, ...]
    """Events that say nothing about when pupils are in, and those that could not be read."""


def calendar_shown(name: str, preview: CalendarPreview) -> CalendarShown:
    """What stands in the file, term by term."""
    found = preview.found
    span = _("{name}: {first} to {last}")
    return CalendarShown(
        name,
        tuple(
            span.format(name=t.name, first=say.date_words(t.first), last=say.date_words(t.last))
            for t in found.terms
        ),
        tuple(
            _("{day}: {words}").format(day=say.date_words(day.date), words=say.plain_text(day.why))
            for day in found.closed
        ),
        tuple(_times(Counter(say.plain_text(each.words) for each in found.ignored)))
        + tuple(
            _("{title} (its date cannot be read)").format(title=words or _("An event"))
            for words in (say.plain_text(title) for title in found.unread)
        ),
    )


def _times(titles: Counter[str]) -> Iterator[str]:
    """Each title once, with how often it stands in the file."""
    for title, n in titles.items():
        words = title or _("An event without a title")
        yield words if n == 1 else _("{title} ({n} times)").format(title=words, n=n)
