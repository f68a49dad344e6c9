"""A lake that is open to a viewer."""

import pytest

from lake.models import Lake
from tests import factories


@pytest.fixture
def open_lake(client, db):
    """The lake in a folder, for a corpus of which a viewer is signed in."""
    corpus, person = factories.corpus("reports", name="Reports"), factories.user("viewer")
    factories.membership(corpus, person, "viewer")
    client.force_login(person)

    def act(folder):
        row = Lake.objects.create(slug="web", name="The web", folder=str(folder))
        row.corpora.add(corpus)
        return row

    return act
