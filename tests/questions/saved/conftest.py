"""A corpus with the seed and its gold, somebody who saves questions there, and what they save."""

import pytest

from questions.models import SavedQuestion
from questions.saved import store
from tests import factories


@pytest.fixture
def reviewer(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def viewer(seeded):
    person = factories.user("viewer")
    factories.membership(seeded, person, "viewer")
    return person


@pytest.fixture
def save(seeded, reviewer):
    """Saves a question of the reviewer, unless `by` is somebody else."""

    def save(name="Sent home", ledger="events", query="type=REPATRIATE&status=any", by=None, **fields) -> SavedQuestion:
        return store.create(seeded, by or reviewer, {"name": name, "ledger": ledger, "query": query, **fields})

    return save
