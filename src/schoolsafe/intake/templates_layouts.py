"""The shipped templates: one file for each way areas write, read and checked once.

A school's own come with each job and are checked again here: what another school sent is not trusted.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from schoolsafe import resources
from schoolsafe.domain.template import MOST_TEMPLATES, Template, problems
from schoolsafe.wire.template import from_toml

_FOLDER: Final = ("mail_templates", "layouts")


@lru_cache(maxsize=1)
def shipped() -> tuple[Template, ...]:
    """The templates that come with the program, by file name.

    Raises:
        TemplateUnusable: a shipped file is broken.
    """
    folder = resources.path(*_FOLDER)
    return tuple(from_toml(each.read_bytes()) for each in sorted(folder.glob("*.toml")))


def usable(own: Iterable[Template]) -> tuple[Template, ...]:
    """Those of the school's own that hold, as many as a job may carry."""
    return tuple(each for each in tuple(own)[:MOST_TEMPLATES] if not problems(each))


def for_senders(templates: Iterable[Template], domains: Iterable[str]) -> tuple[Template, ...]:
    """Those that may speak for a message from one of these mail domains."""
    known = tuple(domain.lower() for domain in domains if domain)
    return tuple(
        each
        for each in templates
        if not each.senders or any(_is_of(domain, each.senders) for domain in known)
    )


def _is_of(domain: str, senders: tuple[str, ...]) -> bool:
    wanted = [each.strip().lower().lstrip("@.") for each in senders]
    return any(domain == each or domain.endswith("." + each) for each in wanted if each)
