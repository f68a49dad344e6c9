"""Disputed figures and the network over several articles, as a program reckons them that knows no code of ours."""

import json

import pytest

from annotations.models import Event
from corpus.models import Article
from questions.models import Entry, Stale
from tests.conformance.test_questions_over_articles import corpus, drop, expected, key_of, name_of, named
from tests.questions.ledgers.asking import ask, take_up

pytestmark = [pytest.mark.others("questions", instead="tests/questions/ledgers/test_disputes.py"), pytest.mark.django_db]
__all__ = ["corpus", "expected"]


@pytest.fixture
def answered(corpus):
    """The articles that are asked for, FX-2 as a copy."""

    def only(*keys):
        known = named(corpus)
        Article.objects.filter(pk=known["FX-2"].pk).update(copy_of=known["FX-1"])
        for key, article in known.items():
            if keys and key not in keys:
                drop(article)
        take_up()
        assert not Stale.objects.exists()
        return corpus

    return only


@pytest.mark.parametrize(("name", "keys"), [("disputes, FX-1 and FX-4", ("FX-1", "FX-4")), ("disputes, all", ())])
def test_disputes(answered, expected, name, keys):
    rows = ask(answered(*keys), "disputes").rows
    assert sorted((plain(row) for row in rows), key=json.dumps) == sorted(expected[name], key=json.dumps)
    assert Entry.objects.filter(kind="figure").count() > 13


def plain(row):
    """A pair as the program has it: the seed's figure first."""
    figures = [each["figures"][0] for figure in row["figures"] for each in figure["values"]]
    values = sorted([name_of(figure["article"]), key_of(figure["id"]), figure["quote"]] for figure in figures)
    return {"level": row["level"], "type": row["type"], "values": values}


def test_network(answered, expected):
    made = answered("FX-1")
    wanted = expected["network"]
    totals = ask(made, "network").totals
    assert totals == {name: wanted[name] for name in ("edges", "typed", "pairs")}
    rows = ask(made, "network", status="happened,ongoing").rows
    keys = dict(Event.objects.values_list("pk", "key"))
    assert sorted({keys[event["event"]] for row in rows for event in row["events"]}) == wanted["events, happened or ongoing"]
