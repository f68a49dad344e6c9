"""What a corpus is screened against, and the states that follow: an entity that was not compared is never one without a match."""

import pytest

from annotations.write.screening_runs import carry_on, choose, drop, start, start_for_changed_entities
from registry.models import Entity, SanctionsList
from tests import factories, listed

pytestmark = pytest.mark.django_db
LINE = "TEST-001; Example Trading Corp; alias: Exampel Trading Corporation; KP"


@pytest.fixture
def corpus():
    factories.scheme()
    made = factories.corpus()
    factories.adopt(made)
    return made


@pytest.fixture
def manager(corpus):
    person = factories.user("manager")
    factories.membership(corpus, person, "manager")
    return person


@pytest.fixture
def against(corpus, manager):
    """Chooses lists, and compares."""

    def screen(*codes):
        for code in codes:
            choose(corpus, manager, SanctionsList.objects.get(code=code), 72, [])
        carry_on(start(corpus).pk)

    listed.version("TEST", LINE)
    listed.version("OTHER", "O-1; Nobody Else Ltd; CN")
    return screen


def entity(corpus, name, **fields):
    return Entity.objects.create(corpus=corpus, name=name, type="COMPANY", **fields)


def states(corpus):
    return dict(Entity.objects.filter(corpus=corpus).values_list("name", "screening"))


def test_without_its_last_list_nothing_is_screened(corpus, manager, against):
    entity(corpus, "Exampel Trading Corporation")
    entity(corpus, "Quite Different Ltd")
    entity(corpus, "Some firms", reference="generic", screening="not_applicable")
    against("TEST")
    assert states(corpus) == {
        "Exampel Trading Corporation": "candidates", "Quite Different Ltd": "no_match", "Some firms": "not_applicable"
    }  # fmt: skip
    drop(corpus, manager, SanctionsList.objects.get(code="TEST"))
    assert states(corpus) == {
        "Exampel Trading Corporation": "not_screened", "Quite Different Ltd": "not_screened", "Some firms": "not_applicable"
    }  # fmt: skip


def test_a_list_that_was_not_compared_leaves_no_entity_without_a_match(corpus, manager, against):
    firm = entity(corpus, "Quite Different Ltd")
    against("TEST")
    firm.refresh_from_db()
    other = SanctionsList.objects.get(code="OTHER")
    choose(corpus, manager, other, 72, [])
    assert states(corpus) == {firm.name: "not_screened"}
    assert Entity.objects.get().revision == firm.revision + 1
    choose(corpus, manager, other, 80, [])
    assert Entity.objects.get().revision == firm.revision + 1
    drop(corpus, manager, other)
    assert states(corpus) == {firm.name: "no_match"}
    against("OTHER")
    assert states(corpus) == {firm.name: "no_match"}


def test_new_and_changed_entities_are_screened_without_anybody(corpus, manager, against):
    firm = entity(corpus, "Quite Different Ltd")
    assert start_for_changed_entities() == []  # nobody has screened the corpus yet
    against("TEST")
    assert start_for_changed_entities() == []
    Entity.objects.filter(pk=firm.pk).update(name="Exampel Trading Corporation")
    (run,) = start_for_changed_entities()
    assert (run.trigger, run.user, run.total) == ("entities", None, 1)
    assert start_for_changed_entities() == []  # it goes on
    carry_on(run.pk)
    assert states(corpus) == {"Exampel Trading Corporation": "candidates"}
    entity(corpus, "Another Ltd")
    (run,) = start_for_changed_entities()
    carry_on(run.pk)
    assert (states(corpus)["Another Ltd"], start_for_changed_entities()) == ("no_match", [])
    entity(corpus, "A third Ltd")
    drop(corpus, manager, SanctionsList.objects.get(code="TEST"))
    assert start_for_changed_entities() == []
