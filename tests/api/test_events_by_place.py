"""Events of the worked article by place: where they happen, where their people work, and not where somebody goes home to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.imports.load import load
from annotations.models import Argument, Event, Scheme
from corpus.intake.ingest import ingest
from registry.models import Entity, Relation
from tests import factories
from tests.api.world import session


@pytest.fixture
def seed(db):
    """The gold of the worked article, and who may see it."""
    corpus, reviewer = factories.corpus("seed"), factories.user("reviewer")
    factories.adopt(corpus)
    factories.membership(corpus, reviewer, "reviewer")
    path = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"
    ingest(corpus, [(path.name, path.read_bytes())], door="command")
    body = (factories.DOMAIN / "gold_seed.json").read_bytes()
    load(corpus, body, name="gold.json", annotator=reviewer, user=reviewer, role="adjudication")
    return corpus


@pytest.fixture
def found(seed):
    client = session(seed.memberships.get().user)

    def ask(key, label="REPATRIATE"):
        asked = {"drafts": "true", "limit": 100, "label": label, "place": str(entity(key).pk)}
        return {row["key"] for row in client.get("/api/v1/events/", asked).json()["results"]}

    return ask


def entity(key):
    return Entity.objects.get(key=key)


DANDONG = {"EV01", "EV07", "EV08", "EV16", "EV27"}


@pytest.mark.parametrize(
    ("key", "events"),
    [
        ("E-DDG", DANDONG),
        ("E-LN", DANDONG),
        ("E-CN", DANDONG),
        # EV16 and EV01 name a place in Dandong, but none of the factory's workers.
        ("E-TEX", {"EV07", "EV08", "EV27"}),
        ("E-STN", {"EV16"}),
        # Four events have it as their destination: home is not where a return happens.
        ("E-KP", set()),
    ],
)
def test_a_return_is_where_it_starts_and_where_its_people_worked(found, key, events):
    assert found(key) == events


def test_another_type_happens_at_its_destination(found):
    assert found("E-CN", "DISPATCH") == {"EV34", "EV36"}


def test_a_workplace_counts_for_those_who_belong_to_its_people_and_for_no_larger_group(found):
    """EV04 is of all North Korean workers at Chinese factories, of whom those at Dandong are a part."""
    larger = Argument.objects.filter(event__key="EV04", role__code="people").get().span.entity
    assert Relation.objects.filter(source=entity("E-NKWDD"), type="part_of", target=larger).exists() is False
    Relation.objects.create(corpus=larger.corpus, source=entity("E-NKWDD"), target=larger, type="part_of")
    assert "EV04" not in found("E-DDG")
    Relation.objects.create(corpus=larger.corpus, source=larger, target=entity("E-DDFAC"), type="works_for")
    assert "EV04" in found("E-DDG")


def test_groups_that_belong_to_each_other_end(found):
    Relation.objects.create(corpus=entity("E-W300").corpus, source=entity("E-NKWDD"), target=entity("E-W170"), type="part_of")
    assert found("E-DDG") == DANDONG


def test_a_scheme_from_before_counts_every_place_role_and_no_workplace(seed, found):
    scheme = Scheme.objects.get()
    scheme.body["places"] = {name: scheme.body["places"][name] for name in ("roles", "within")}
    scheme.save()
    assert found("E-DDG") == {"EV01", "EV07", "EV16"}
    assert found("E-KP") == {"EV04", "EV07", "EV16", "EV40"}


def test_more_people_and_more_places_take_no_more_queries(found):
    def spent(key):
        with CaptureQueriesContext(connection) as queries:
            found(key)
        return len(queries)

    spent("E-STN")
    assert spent("E-CN") == spent("E-STN")
    assert Event.objects.count() == 41
