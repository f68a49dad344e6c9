"""Entities edited in the admin: with names, identifiers, links and relations, and never over somebody else's edit."""

import pytest
from django.contrib.admin.models import LogEntry

from corpus.models import Outlet
from registry.models import Entity, ListLink, Relation
from tests import everything, factories, marks
from tests.staff import address, form_of, texts_of

INLINES = ("names", "births", "identifiers", "list_links", "relations_out")


@pytest.fixture
def entity(ours):
    factories.scheme()
    return marks.entity(ours, "Example Trading", type="COMPANY")


@pytest.fixture
def page(entity):
    return address(Entity, "change", entity.pk)


def adding(sent, inline, **row):
    place = int(sent[f"{inline}-TOTAL_FORMS"])
    return sent | {f"{inline}-TOTAL_FORMS": place + 1} | {f"{inline}-{place}-{name}": value for name, value in row.items()}


def test_an_edit_counts_the_revision_up_by_one_and_is_in_the_log(entity, page, manager, as_manager):
    sent = form_of(as_manager.get(page)) | {"name": "Example Trading Co"}
    assert as_manager.post(page, sent).status_code == 302
    entity.refresh_from_db()
    assert (entity.name, entity.revision) == ("Example Trading Co", 2)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (manager, str(entity.pk))


@pytest.mark.parametrize(
    ("inline", "row"),
    [
        ("names", {"name": "예시무역"}),
        ("births", {"edtf": "196X", "words": "in her fifties"}),
        ("identifiers", {"scheme": "wikidata", "value": "Q1"}),
    ],
)
def test_an_edit_of_what_hangs_on_it_counts_too(entity, page, as_manager, inline, row):
    response = as_manager.post(page, adding(form_of(as_manager.get(page)), inline, **row))
    entity.refresh_from_db()
    assert response.status_code == 302
    assert entity.revision == 2
    assert getattr(entity, inline).count() == 1


def test_saving_without_a_change_counts_nothing(entity, page, as_manager):
    as_manager.post(page, form_of(as_manager.get(page)))
    entity.refresh_from_db()
    assert entity.revision == 1


def test_an_edit_that_was_overtaken_is_refused_and_says_so(entity, page, as_manager):
    sent = form_of(as_manager.get(page)) | {"name": "Mine"}
    Entity.objects.filter(pk=entity.pk).update(name="Theirs", revision=2)
    response = as_manager.post(page, sent)
    assert "Someone else has changed this since you opened it (revision 2, yours is 1)" in texts_of(response)
    entity.refresh_from_db()
    assert entity.name == "Theirs"


def test_names_keep_the_order_in_which_they_were_given(entity, page, as_manager):
    for name in ("first", "second", "third"):
        as_manager.post(page, adding(form_of(as_manager.get(page)), "names", name=name))
    assert [row.name for row in entity.names.all()] == ["first", "second", "third"]


def test_two_alike_in_one_form_are_refused_in_words(entity, page, as_manager):
    sent = adding(adding(form_of(as_manager.get(page)), "names", name="same"), "names", name="same")
    response = as_manager.post(page, sent)
    assert response.status_code == 200
    assert not entity.names.exists()


def test_links_to_lists_and_screening_are_shown_and_not_edited(entity, page, as_manager):
    link = ListLink.objects.create(entity=entity, list="TEST", entry="1", match="possible")
    sent = form_of(as_manager.get(page)) | {
        "list_links-0-id": link.pk,
        "list_links-0-match": "confirmed",
        "screening": "no_match",
    }
    sent = adding(sent, "list_links", list="TEST", entry="2", match="confirmed")
    assert as_manager.post(page, sent).status_code == 302
    entity.refresh_from_db()
    assert [row.match for row in ListLink.objects.all()] == ["possible"]
    assert (entity.screening, entity.revision) == ("not_screened", 1)


def test_a_relation_is_added_from_the_entity(entity, ours, page, as_manager):
    country = marks.entity(ours, "China", type="TERRITORY")
    kind = "located_in"
    as_manager.post(page, adding(form_of(as_manager.get(page)), "relations_out", type=kind, target=country.pk, basis="stated"))
    relation = Relation.objects.get()
    assert (relation.source, relation.target, relation.corpus) == (entity, country, ours)
    entity.refresh_from_db()
    assert entity.revision == 1


def test_an_edit_of_a_relation_counts_the_relation(entity, ours, page, as_manager):
    relation = marks.relation(entity, marks.entity(ours), "located_in")
    sent = form_of(as_manager.get(page)) | {"relations_out-0-note": "said in paragraph 2"}
    as_manager.post(page, sent)
    relation.refresh_from_db()
    entity.refresh_from_db()
    assert (relation.note, relation.revision, entity.revision) == ("said in paragraph 2", 2, 1)


def test_an_entity_of_another_corpus_is_no_target(entity, theirs, page, as_manager, as_administrator):
    foreign = Entity.objects.filter(corpus=theirs).first()
    sent = adding(form_of(as_manager.get(page)), "relations_out", type="located_in", target=foreign.pk, basis="stated")
    assert "Select a valid choice" in texts_of(as_manager.post(page, sent))
    assert "The two entities belong to different corpora." in texts_of(as_administrator.post(page, sent))
    assert not Relation.objects.filter(source=entity).exists()


def test_an_outlet_of_another_corpus_is_not_the_entity(theirs, page, as_manager, as_administrator):
    foreign = Outlet.objects.get(corpus=theirs)
    sent = form_of(as_manager.get(page)) | {"outlet": foreign.pk}
    assert "Select a valid choice" in texts_of(as_manager.post(page, sent))
    assert "This outlet belongs to another corpus." in texts_of(as_administrator.post(page, sent))


def test_one_outlet_is_one_entity(entity, ours, as_manager):
    outlet = factories.outlet(ours)
    marks.entity(ours, "Daily", type="MEDIA", outlet=outlet)
    page = address(Entity, "change", entity.pk)
    response = as_manager.post(page, form_of(as_manager.get(page)) | {"outlet": outlet.pk})
    assert "Another entity is already linked to this outlet." in texts_of(response)


def test_the_types_are_the_actor_labels_of_the_scheme(page, as_manager):
    text = texts_of(as_manager.get(page))
    assert '<option value="VESSEL">Vessel or craft</option>' in text
    assert "REPATRIATE" not in text


def test_a_type_that_the_scheme_no_longer_has_stays_valid(entity, page, as_manager):
    Entity.objects.filter(pk=entity.pk).update(type="OLD_TYPE")
    sent = form_of(as_manager.get(page)) | {"note": "checked"}
    assert as_manager.post(page, sent).status_code == 302
    assert as_manager.post(page, form_of(as_manager.get(page)) | {"type": "NEW_TYPE"}).status_code == 200


@pytest.mark.parametrize(("lines", "kept"), [("CN\n\n KP \n", ["CN", "KP"]), ("", [])])
def test_countries_are_given_one_a_line(entity, page, as_manager, lines, kept):
    as_manager.post(page, form_of(as_manager.get(page)) | {"countries": lines})
    entity.refresh_from_db()
    assert entity.countries == kept


@pytest.mark.parametrize("lines", ["china", "cn", "C1", "ÄÖÜ"])
def test_a_country_is_two_capital_letters(page, as_manager, lines):
    response = as_manager.post(page, form_of(as_manager.get(page)) | {"countries": lines})
    assert response.status_code == 200


def test_an_entity_is_added_to_a_corpus_that_one_manages(ours, theirs, as_manager):
    factories.scheme()
    page = address(Entity, "add")
    empty = {f"{inline}-{name}_FORMS": 0 for inline in INLINES for name in ("TOTAL", "INITIAL")}
    sent = {"name": "New", "type": "ORG", "reference": "specific", "screening": "not_screened", "corpus": theirs.pk, **empty}
    assert "Select a valid choice" in texts_of(as_manager.post(page, sent))
    assert as_manager.post(page, sent | {"corpus": ours.pk}).status_code == 302
    assert Entity.objects.get(name="New").corpus == ours


def test_an_entity_that_marks_mean_is_not_deleted_and_says_how_many(ours, as_manager):
    everything.one_of_each(ours)
    entity = Entity.objects.filter(spans__isnull=False).first()
    response = as_manager.post(address(Entity, "delete", entity.pk), {"post": "yes"}, follow=True)
    text = texts_of(response)
    assert "cannot be deleted: " in text
    assert "1 mark" in text
    assert "1 claim" in text
    assert Entity.objects.filter(pk=entity.pk).exists()


def test_an_entity_that_nothing_means_is_deleted_and_the_log_says_so(entity, manager, as_manager):
    assert as_manager.post(address(Entity, "delete", entity.pk), {"post": "yes"}).status_code == 302
    assert not Entity.objects.exists()
    assert LogEntry.objects.get().is_deletion()


def test_a_viewer_reads_it_and_changes_nothing(entity, page, as_viewer):
    assert "Example Trading" in texts_of(as_viewer.get(page))
    assert as_viewer.post(page, {"name": "x"}).status_code == 403
    assert as_viewer.post(address(Entity, "delete", entity.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("words", ["Trading", "예시", "Q4711", "E-17"])
def test_an_entity_is_found_by_whatever_it_is_called(entity, ours, as_manager, words):
    entity.names.create(name="예시무역", position=1)
    entity.identifiers.create(scheme="wikidata", value="Q4711")
    Entity.objects.filter(pk=entity.pk).update(key="E-17")
    marks.entity(ours, "Other")
    found = as_manager.get(address(Entity, "changelist"), {"q": words})
    assert [row.pk for row in found.context["cl"].result_list] == [entity.pk]


def test_the_link_to_the_shared_register_and_kinds_of_names_are_edited_here(entity, page, as_manager):
    marks.base_entity("shared-firm", type="COMPANY")
    sent = form_of(as_manager.get(page)) | {"same_as": "shared-firm"}
    assert as_manager.post(page, adding(sent, "names", name="예시무역", kind="original")).status_code == 302
    entity.refresh_from_db()
    assert (entity.same_as_id, entity.revision) == ("shared-firm", 2)
    assert list(entity.names.values_list("name", "kind", "script")) == [("예시무역", "original", "hangul")]


def test_an_entry_of_the_shared_register_is_one_entity_of_a_corpus(entity, page, ours, as_manager):
    marks.base_entity("shared-firm", type="COMPANY")
    marks.entity(ours, "Another", same_as_id="shared-firm")
    response = as_manager.post(page, form_of(as_manager.get(page)) | {"same_as": "shared-firm"})
    assert "already linked to this entry of the shared register" in texts_of(response)
    entity.refresh_from_db()
    assert entity.same_as_id is None
