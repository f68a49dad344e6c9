"""Settings of a corpus: name, description, scheme and outlets, with their history."""

import pytest

from annotations.models import CorpusScheme
from annotations.schemes.stored import copy_version
from corpus.models import Corpus, Edit, Outlet
from registry.models import Entity
from tests import factories, marks

ADDRESS = "/corpora/reports/settings/"


def save(client, **fields):
    return client.post(ADDRESS, {"name": "Reports", "description": "", "scheme": factories.scheme().pk} | fields)


def test_name_and_scheme_are_changed_and_the_history_says_so(as_, corpus):
    manager, scheme = as_("manager"), factories.scheme()
    other = copy_version(scheme, "9.0.0")
    save(manager, name="Panel 2027", scheme=other.pk)
    assert Corpus.objects.get().name == "Panel 2027"
    assert CorpusScheme.objects.get(corpus=corpus).scheme == other
    save(manager, name="Panel 2027", scheme="")
    assert not CorpusScheme.objects.exists()
    edits = [(edit.before, edit.after) for edit in Edit.objects.order_by("id")]
    assert edits[0] == ({"name": "Reports"}, {"name": "Panel 2027"})
    assert [after["scheme"] for _, after in edits[1:]] == [str(other), "newest in use"]
    assert b"Panel 2027</ins>" in manager.get(ADDRESS).content


def test_saving_what_is_there_is_no_edit(as_, corpus):
    save(as_("manager"))
    assert not Edit.objects.exists()


def test_an_outlet_gets_another_name_and_a_domain(as_, corpus):
    outlet = factories.outlet(corpus, "Daily NK")
    manager = as_("manager")
    manager.post(f"{ADDRESS}outlets/{outlet.pk}/", {"name": "DailyNK", "domain": "www.DailyNK.com"})
    assert Outlet.objects.values_list("name", "domain").get() == ("DailyNK", "dailynk.com")
    assert Edit.objects.get().before == {"name": "Daily NK", "domain": ""}


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"name": "Wire"}, "name"), ({"name": "New", "domain": "wire.example"}, "domain"), ({"name": "New", "domain": "http://x.y/"}, "domain")],
)  # fmt: skip
def test_what_another_outlet_has_is_told_at_its_field(as_, corpus, fields, field):
    factories.outlet(corpus, "Wire", domain="wire.example")
    outlet = factories.outlet(corpus, "Daily NK")
    answer = as_("manager").post(f"{ADDRESS}outlets/{outlet.pk}/", fields)
    assert list(answer.context["form"].errors) == [field]
    assert not Edit.objects.exists()


def test_an_outlet_of_another_corpus_is_not_there(as_, corpus):
    foreign = factories.outlet(factories.corpus("foreign"))
    assert as_("manager").get(f"{ADDRESS}outlets/{foreign.pk}/").status_code == 404


def test_the_page_asks_as_much_for_many_outlets(queries, corpus):
    factories.article(corpus, outlet=factories.outlet(corpus, "Wire"))
    few = queries("manager", ADDRESS)
    for number in range(12):
        factories.article(corpus, outlet=factories.outlet(corpus, f"Wire {number}"))
    assert queries("manager", ADDRESS) == few


def test_an_outlet_is_linked_to_the_shared_register(as_, corpus):
    wire = marks.base_entity("wire", "Wire", type="MEDIA")
    outlet = factories.outlet(corpus, "wire")
    manager, address = as_("manager"), f"{ADDRESS}outlets/{outlet.pk}/"
    assert "Of that name: Wire." in manager.get(address).content.decode()
    manager.post(address, {"name": "wire", "domain": "", "same_as": wire.pk})
    entity = Entity.objects.get(outlet=outlet)
    assert (entity.same_as, entity.revision) == (wire, 2)
    assert address in manager.get(entity.get_absolute_url()).content.decode()
    other = factories.outlet(corpus, "Wire agency")
    answer = manager.post(f"{ADDRESS}outlets/{other.pk}/", {"name": "Wire agency", "domain": "", "same_as": wire.pk})
    assert "The entity “wire” is linked to it. Merge the two entities." in answer.content.decode()
