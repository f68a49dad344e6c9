"""The entities of a corpus as a list, and two of them made one on a page that says what moves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Merge
from annotations.views import entities
from registry.models import Entity, EntityName, Relation
from tests import factories
from tests.registry.pages.marking import mark

TEXT = "Workers left for the North. Pyongyang knew."


@pytest.fixture
def corpus(db):
    factories.scheme()
    made = factories.corpus("reports")
    factories.adopt(made)
    return made


@pytest.fixture
def reviewer(corpus, client):
    person = factories.user("reviewer")
    factories.membership(corpus, person, "reviewer")
    client.force_login(person)
    return person


@pytest.fixture
def document(corpus):
    return factories.document(TEXT, corpus=corpus)


@pytest.fixture
def pair(corpus, document, reviewer):
    """North and North Korea, each with a mark."""
    work = factories.assignment(document, reviewer)
    north, korea = (Entity.objects.create(corpus=corpus, type="TERRITORY", name=name) for name in ("North", "North Korea"))
    mark(work, "North", entity=north, mention_type="NAM")
    mark(work, "Pyongyang", entity=korea, mention_type="NAM")
    return north, korea


def read(client, address):
    return client.get(address).content.decode()


def test_each_entity_stands_there_with_its_names_and_mentions(client, corpus, pair):
    EntityName.objects.create(entity=pair[1], position=0, name="DPRK")
    text = " ".join(read(client, "/corpora/reports/entities/").split())
    for fact in ("North Korea", "DPRK", "Territory", "<td>1</td>", f'href="/entities/{pair[0].pk}/"'):
        assert fact in text
    assert "≈" not in text


def test_a_place_that_several_have_marked_counts_once(client, document, pair):
    other = factories.assignment(document, factories.user("another"))
    mark(other, "North", entity=pair[0], mention_type="NAM")
    assert "<td>2</td>" not in read(client, "/corpora/reports/entities/")


def test_mentions_beyond_those_that_are_counted_are_more_than_so_many(client, document, pair, monkeypatch):
    monkeypatch.setattr(entities, "COUNTED", 1)
    factories.submitted(document.assignments.get())  # before that, the marks of others are hidden
    mark(factories.assignment(document, factories.user("another")), "the North", entity=pair[0], mention_type="NAM")
    text = read(client, "/corpora/reports/entities/")
    assert (text.count("<td>1+</td>"), text.count("<td>1</td>")) == (1, 1)


def test_those_in_doubt_have_the_sign_on_both_pages(client, corpus, pair):
    Relation.objects.create(corpus=corpus, source=pair[0], target=pair[1], type="possible_same_as", basis="inferred")
    assert read(client, "/corpora/reports/entities/").count("≈") == 2
    assert "≈" in read(client, f"/entities/{pair[1].pk}/")


def test_the_list_is_found_by_any_name_and_by_type(client, corpus, pair):
    EntityName.objects.create(entity=pair[1], position=0, name="DPRK")
    Entity.objects.create(corpus=corpus, type="GROUP", name="Workers")
    found = read(client, "/corpora/reports/entities/?q=dprk")
    assert "North Korea" in found
    assert "Workers" not in found
    assert "North Korea" not in read(client, "/corpora/reports/entities/?type=GROUP")
    for nonsense in ("?q=%00", "?type=%00", "?q=zzz", "?page=999"):
        assert client.get(f"/corpora/reports/entities/{nonsense}").status_code == 200


def test_the_queries_of_the_pages_do_not_grow(client, corpus, pair):
    def spent(address):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    addresses = [
        "/corpora/reports/entities/",
        f"/entities/{pair[0].pk}/merge/",
        f"/entities/{pair[0].pk}/merge/?into={pair[1].pk}",
    ]
    Relation.objects.create(corpus=corpus, source=pair[0], target=pair[1], type="possible_same_as", basis="inferred")
    before = [spent(address) for address in [*addresses, *addresses]][3:]
    for number in range(60):
        made = Entity.objects.create(corpus=corpus, type="TERRITORY", name=f"North {number}")
        EntityName.objects.create(entity=made, position=0, name=f"N{number}")
        Relation.objects.create(corpus=corpus, source=made, target=pair[0], type="possible_same_as", basis="inferred")
    assert [spent(address) for address in addresses] == before


def test_merging_tells_what_moves_and_is_undone_on_the_page(client, corpus, pair):
    north, korea = pair
    assert f'href="?into={korea.pk}"' in read(client, f"/entities/{north.pk}/merge/")
    asked = read(client, f"/entities/{north.pk}/merge/?into={korea.pk}")
    assert "Merge “" in asked
    assert "1 mark in 1 article" in asked
    assert Merge.objects.count() == 0

    answer = client.post(f"/entities/{north.pk}/merge/", {"into": korea.pk}, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/entities/{korea.pk}/"
    assert "Mentions (2)" in text
    assert "merged into this entity by reviewer" in text
    assert client.get(f"/entities/{north.pk}/").headers["Location"] == f"/entities/{korea.pk}/"

    text = client.post(f"/merges/{Merge.objects.get().pk}/undo/", follow=True).content.decode()
    assert "are separate entities" in text
    assert "Mentions (1)" in text
    assert "Undone by reviewer" in read(client, f"/entities/{korea.pk}/")


def test_what_cannot_be_one_is_said_and_nothing_moves(client, corpus, pair):
    group = Entity.objects.create(corpus=corpus, type="GROUP", name="Workers")
    answer = client.post(f"/entities/{pair[0].pk}/merge/", {"into": group.pk})
    assert answer.status_code == 409
    assert "ACT-01" in answer.content.decode()
    assert Merge.objects.count() == 0


def test_a_merge_that_others_built_on_is_not_undone(client, corpus, pair):
    third = Entity.objects.create(corpus=corpus, type="TERRITORY", name="DPRK")
    client.post(f"/entities/{pair[0].pk}/merge/", {"into": pair[1].pk})
    client.post(f"/entities/{pair[1].pk}/merge/", {"into": third.pk})
    first = Merge.objects.get(gone=pair[0].pk)
    text = client.post(f"/merges/{first.pk}/undo/", follow=True).content.decode()
    assert "Undo that first" in text


@pytest.mark.parametrize("into", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_merging_with_nothing_is_no_merge(client, pair, into):
    answer = client.post(f"/entities/{pair[0].pk}/merge/", {"into": into})
    assert answer.status_code == (200 if into == "nonsense" else 404)
    assert Merge.objects.count() == 0


def test_two_of_the_same_name_and_type_stand_beside_each_other(client, corpus, pair):
    def company(name, **fields):
        return Entity.objects.create(corpus=corpus, type="COMPANY", name=name, **fields)

    one, other = company("PDVSA"), company("P.D.V.S.A. Ltd.")
    company("PDVSA", anonymous=True)
    Entity.objects.create(corpus=corpus, type="FACILITY", name="PDVSA")
    text = " ".join(read(client, "/corpora/reports/entities/").split())
    assert text.count("data-same") == 2
    for of, with_ in ((one, other), (other, one)):
        assert f'href="/entities/{of.pk}/merge/?into={with_.pk}"' in text
    text = read(client, "/corpora/reports/entities/?same=yes")
    assert "2 matching entities" in text
    assert "North Korea" not in text
