"""A corpus with people, and two readings of a text of it."""

import pytest

from tests import factories
from tests.annotations.scoring.readings import read
from tests.api.world import TEXT


@pytest.fixture
def corpus(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    return corpus


@pytest.fixture
def people(corpus):
    roles = {"ann": "annotator", "ben": "annotator", "viewer": "viewer", "reviewer": "reviewer", "manager": "manager"}
    cast = {name: factories.user(name) for name in roles}
    for name, role in roles.items():
        factories.membership(corpus, cast[name], role)
    return cast


@pytest.fixture
def text(corpus):
    return factories.document(TEXT.format(canary="seed"), corpus=corpus)


@pytest.fixture
def pair(text, people):
    return read(text, people["ann"]), read(text, people["ben"])
