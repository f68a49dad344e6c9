"""A corpus with one person of each role, and what they are notified of."""

import pytest

from annotations.models import Notice
from tests import factories
from tests.annotations.pages.conftest import as_, corpus, page, people, queries

__all__ = ["as_", "corpus", "page", "people", "queries"]


@pytest.fixture
def reading(corpus, people):
    return factories.assignment(factories.document("The firm paid 170 workers.", corpus=corpus), people.annotator, revision=1)


def notices(who, **fields):
    """Kinds, of the oldest first."""
    return list(Notice.objects.filter(user=who, **fields).order_by("pk").values_list("kind", flat=True))
