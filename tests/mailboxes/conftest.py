"""One real mail server for the folder's tests, and a school that looks at it. Loopback only."""

from collections.abc import Iterator
from datetime import date

import pytest

from fakes.any_mail import any_mail
from house import School, make_school
from mailboxes.dovecot import PASSWORD, USER, Dovecot, running
from schoolsafe.mailbox.fetcher import ChildFetcher
from schoolsafe.services.mail_fetching import ImapPlace


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests speak to this computer, and to no other."""
    for item in items:
        if "mailboxes" in item.path.parts:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with running() as made:
        yield made


@pytest.fixture
def place(server: Dovecot) -> ImapPlace:
    return ImapPlace(
        "localhost", USER, server.sealed, ca_file=server.ca_file, since=date(2020, 1, 1)
    )


@pytest.fixture
def school(tmp_path) -> Iterator[School]:
    made = make_school(tmp_path / "school", intake=any_mail(), fetcher=ChildFetcher())
    yield made
    made.close()


@pytest.fixture
def mail(school: School):
    return school.services.mail_sources


@pytest.fixture
def box(mail, place: ImapPlace, server: Dovecot) -> Dovecot:
    """The server, once the school looks at it."""
    mail.add_mailbox("Police mailbox", place, PASSWORD)
    return server
