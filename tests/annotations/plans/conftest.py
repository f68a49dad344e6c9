"""A corpus with a manager, annotators and texts, and a plan of them that runs."""

import pytest

from annotations.models import Plan
from annotations.plans.change import create_plan
from annotations.plans.draw import start
from corpus.models import Article
from tests import factories


@pytest.fixture
def corpus(db, scheme):
    made = factories.corpus("reports")
    factories.adopt(made)
    return made


@pytest.fixture
def manager(corpus):
    person = factories.user("manager")
    factories.membership(corpus, person, "manager")
    return person


@pytest.fixture
def ann(corpus):
    person = factories.user("ann")
    factories.membership(corpus, person, "annotator")
    return person


@pytest.fixture
def ben(corpus):
    person = factories.user("ben")
    factories.membership(corpus, person, "annotator")
    return person


@pytest.fixture
def texts(corpus):
    return [factories.document(f"Text {number}", corpus=corpus) for number in range(5)]


def every(plan):
    return Article.objects.filter(corpus=plan.corpus)


def draft(corpus, manager, people=None, **values):
    values = {"name": "Overlap", "readings": 1, "share": 0} | values
    return create_plan(corpus, values, people or {}, manager)


def running(corpus, manager, people=None, **values) -> Plan:
    plan = draft(corpus, manager, people, **values)
    return start(plan, every(plan), manager)
