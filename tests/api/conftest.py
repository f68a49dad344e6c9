"""The world of the API's tests, and limits that do not count the tests as guessing."""

from copy import deepcopy

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from rest_framework.throttling import SimpleRateThrottle

from tests import factories
from tests.api import world as worlds


@pytest.fixture(autouse=True)
def no_limits(monkeypatch):
    """Each test starts uncounted, and only tests of the limits meet them."""
    cache.clear()
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", dict.fromkeys(("user", "anon", "export", "import")))


class Standing:
    """A world that one test leaves to the next: in a transaction around theirs, as long as tests follow that want it."""

    world = None

    def build(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.world = worlds.World()
        assert self.world.own
        for role in worlds.ROLES:
            assert self.world.clients[role]
        connection.check_constraints()

    def fall(self):
        self.world = None
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


standing = Standing()


def stands_in(item):
    """Whether a test is content with a world that is already there: what commits needs one of its own."""
    names = set(getattr(item, "fixturenames", ()))
    return item.path.parent.name == "api" and "world" in names and not names & {"transactional_db", "live_server"}


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item, nextitem):
    if nextitem is None:
        standing.world = None  # the last test of all: the database is gone, and the world with it
    elif standing.world and not stands_in(nextitem):
        with item.config.stash[BLOCKER].unblock():
            standing.fall()


BLOCKER = pytest.StashKey()


@pytest.fixture
def world_that_stands(request, django_db_setup, django_db_blocker):
    """Before `db`, whose transaction then lies inside."""
    request.config.stash[BLOCKER] = django_db_blocker
    if stands_in(request.node) and not standing.world and not connection.in_atomic_block:
        with django_db_blocker.unblock():
            standing.build()


@pytest.fixture
def world(world_that_stands, db):
    """A copy, so that what a test changes in memory is its own as well."""
    return deepcopy(standing.world) if standing.world else worlds.World()


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
