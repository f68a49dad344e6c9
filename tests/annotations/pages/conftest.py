"""A corpus with one person of each role, and a client for each."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories

ROLES = ("viewer", "annotator", "reviewer", "manager")


@pytest.fixture
def corpus(db):
    made = factories.corpus("reports")
    factories.adopt(made)
    return made


@pytest.fixture
def people(corpus):
    found = {role: factories.user(role) for role in (*ROLES, "stranger")}
    for role in ROLES:
        factories.membership(corpus, found[role], role)
    return SimpleNamespace(**found)


@pytest.fixture
def as_(people):
    """A client logged in as one of the people."""

    def enter(who):
        client = Client()
        client.force_login(getattr(people, who) if isinstance(who, str) else who)
        return client

    return enter


@pytest.fixture
def page(as_):
    """The text of a page as somebody sees it."""

    def read(role, address):
        answer = as_(role).get(address)
        assert answer.status_code == 200
        return answer.getvalue().decode()  # of a streamed page too

    return read


@pytest.fixture
def queries(as_):
    """How many queries a page takes, after it has been seen once."""

    def count(role, address):
        client = as_(role)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
            assert answer.status_code == 200
            answer.getvalue()
        return len(seen)

    return count


def submitted(document, who, **fields):
    return factories.assignment(document, who, status="submitted", submitted=timezone.now(), **fields)
