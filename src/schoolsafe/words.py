"""Every word a person reads passes through here: `_`, plural and context forms.

Innermost ring, so that rules, errors, screens and prints share one catalogue. Left to others: finding the
catalogue file on disk (bootstrap) and Qt's own strings (ui).
"""

from gettext import NullTranslations


class _Catalogue:
    """The language in use. One per process: a language is a property of the person at the screen."""

    def __init__(self) -> None:
        self.translations: NullTranslations = NullTranslations()


_catalogue = _Catalogue()


def install(translations: NullTranslations) -> None:
    """Use this catalogue from now on; English stands in for what it lacks."""
    _catalogue.translations = translations


def _(text: str) -> str:
    """The sentence in the language in use."""
    return _catalogue.translations.gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The singular or plural sentence for ``n``; the caller fills in ``{n}``."""
    return _catalogue.translations.ngettext(one, many, n)


def pgettext(context: str, text: str) -> str:
    """The sentence where one English word has two meanings."""
    return _catalogue.translations.pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802  # the gettext name for "mark now, translate when shown"
    """Mark a sentence for the catalogue without translating it yet."""
    return text
