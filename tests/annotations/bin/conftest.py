"""A corpus with two submitted readings of one text, a further article, and people."""

import pytest

from tests import factories, readings


@pytest.fixture
def corpus(db, scheme):
    made = factories.corpus("reports", name="Reports")
    factories.adopt(made)
    return made


@pytest.fixture
def people(corpus):
    made = {}
    for role in ("manager", "reviewer", "annotator", "second", "viewer"):
        made[role] = factories.user(role)
        factories.membership(corpus, made[role], "annotator" if role == "second" else role)
    return made


@pytest.fixture
def pair(corpus, people):
    return readings.readings(corpus, [people["annotator"], people["second"]], [readings.no_edit, readings.some_differences])


@pytest.fixture
def article(pair):
    return pair[0].document.article
