"""The world of the API's tests, and limits that do not count the tests as guessing."""

from copy import deepcopy
from pathlib import Path

import pytest
from django.core.cache import cache
from rest_framework.throttling import SimpleRateThrottle

from tests import factories
from tests.api import world as worlds
from tests.fixtures.standing import Standing


@pytest.fixture(autouse=True)
def no_limits(monkeypatch):
    """Each test starts uncounted, and only tests of the limits meet them."""
    cache.clear()
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", dict.fromkeys(SimpleRateThrottle.THROTTLE_RATES))


def build():
    made = worlds.World()
    assert made.own
    assert made.foreign
    for role in worlds.ROLES:
        assert made.clients[role]
    assert worlds.newer_scheme(made.scheme)
    return made


standing = Standing("world", Path(__file__).parent, build)


@pytest.fixture
def world(db):
    """A copy, so that what a test changes in memory is its own as well."""
    return deepcopy(standing.made) if standing.stands else worlds.World()


@pytest.fixture
def own(world):
    return world.own


@pytest.fixture
def client_of(world):
    """Role → a client of it."""
    return world.clients.__getitem__


@pytest.fixture
def annotator(own, client_of):
    return client_of("annotator")


@pytest.fixture
def reader(db):
    """Somebody who is signed in, where it does not matter who."""
    return worlds.session(factories.user("reader"))


@pytest.fixture
def changes_url(own):
    return f"/api/v1/assignments/{own.assignment.pk}/changes/"
