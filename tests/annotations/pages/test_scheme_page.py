"""The scheme of a corpus is edited in a draft, published as its next version, and undone edit by edit."""

import html
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.models import CorpusScheme, Label, Scheme, SchemeDraft, Span
from annotations.scheme_drafts.edit import content_of, edits_of, scheme_now
from annotations.schemes.of_corpus import newest, scheme_for
from annotations.write.apply import apply_to_own
from annotations.write.errors import Refusal
from annotations.write.inverse import undo
from corpus.models import Corpus
from tests import factories, marks

PAGE = "/corpora/reports/scheme/"
PERSON = "/corpora/reports/scheme/labels/ACTOR/PERSON/"


@pytest.fixture
def scheme(corpus):
    return CorpusScheme.objects.get(corpus=corpus).scheme


@pytest.fixture
def manager(as_, scheme):
    return as_("manager")


def sent(client, address, **changed):
    form = client.get(address).context["form"]
    values = {name: form.initial.get(name) for name in form.fields}
    return client.post(
        address, {name: value for name, value in (values | changed).items() if value not in (None, False)}, follow=True
    )


def body(corpus):
    return scheme_now(corpus).body


def label(corpus, place):
    layer, code = place.split(".")
    rows = [each for part in body(corpus)["layers"] if part["code"] == layer for each in part["labels"]]
    return next((each for each in rows if each["code"] == code), None)


def add(manager, name, layer="EVENT", **more):
    return manager.post(PAGE, {"act": "add", "name": name, "layer": layer, **more}, follow=True)


def test_a_label_is_added_with_code_badge_and_key_and_the_published_version_stays(manager, corpus, scheme):
    before = content_of(scheme)
    add(manager, "Bribe of an official")
    added = label(corpus, "EVENT.BRIBE_OF_AN_OFFICIAL")
    assert (added["badge"], added["key"], added["order"]) == ("BRI", "b", 17)
    assert content_of(Scheme.objects.get(pk=scheme.pk)) == before
    assert scheme_now(corpus).changes == ["Adds “Bribe of an official” to Events, key b."]


def test_a_name_without_latin_letters_gets_a_code_too(manager, corpus):
    add(manager, "뇌물")
    added = label(corpus, "EVENT.EVENT")
    assert (added["name"], added["badge"]) == ("뇌물", "뇌물")


def test_publishing_makes_the_next_version_of_this_corpus_alone(manager, corpus, scheme, as_):
    add(manager, "Bribe")
    manager.post(PAGE, {"act": "publish"})
    new = scheme_for(corpus)
    assert (new.code, new.version, new.corpus) == (scheme.code, "1.3.0+reports.1", corpus)
    assert Label.objects.filter(layer__scheme=new, code="BRIBE").exists()
    assert not SchemeDraft.objects.exists()
    other = factories.corpus("other")
    assert scheme_for(other) == newest() == scheme
    assert new not in Scheme.objects.of_corpus(other)
    assert new.takes(scheme.code, "1.3.0")
    assert manager.get(f"/schemes/{new.code}/{new.version}.json").status_code == 200
    assert as_("stranger").get(f"/schemes/{new.code}/{new.version}.json").status_code == 404
    assert manager.post(PAGE, {"act": "publish"}, follow=True).content.decode().count("there is nothing to publish") == 1
    add(manager, "Second")
    manager.post(PAGE, {"act": "publish"})
    assert scheme_for(corpus).version == "1.3.0+reports.2"


def test_a_label_is_renamed_and_keeps_its_code(manager, corpus):
    sent(manager, PERSON, name="Individual", key="9", examples="captain\n\n mayor ")
    assert label(corpus, "ACTOR.PERSON")["examples"] == ["captain", "mayor"]
    assert scheme_now(corpus).changes[0] == "Renames “Person” to “Individual”."
    assert "Gives “Individual” the key 9." in scheme_now(corpus).changes


def test_a_key_that_is_taken_is_refused_with_its_place_and_nothing_is_stored(manager, corpus):
    answer = sent(manager, PERSON, key="g").content.decode()
    assert "layers.ACTOR.labels: key &#x27;g&#x27; is used 2 times." in answer
    assert not SchemeDraft.objects.exists()


def test_who_was_overtaken_is_told(manager, corpus):
    old = manager.get(PERSON).context["form"].initial
    sent(manager, PERSON, name="Individual")
    answer = manager.post(PERSON, {k: v for k, v in old.items() if v} | {"name": "Human"}).content.decode()
    assert "was changed meanwhile" in answer
    assert label(corpus, "ACTOR.PERSON")["name"] == "Individual"


def test_each_edit_is_undone_unless_the_same_was_edited_again(manager, corpus, scheme):
    sent(manager, PERSON, name="Individual")
    sent(manager, PERSON, name="Human")
    second, first = edits_of(corpus)
    assert "Undo the later edit first" in manager.post(PAGE, {"act": "undo", "edit": first.pk}, follow=True).content.decode()
    for edit in (second, first):
        manager.post(PAGE, {"act": "undo", "edit": edit.pk})
    assert label(corpus, "ACTOR.PERSON")["name"] == "Person"
    assert scheme_now(corpus).changes == []
    redo = edits_of(corpus)[0]
    manager.post(PAGE, {"act": "undo", "edit": redo.pk})
    assert label(corpus, "ACTOR.PERSON")["name"] == "Individual"


def test_a_draft_is_discarded_and_brought_back(manager, corpus):
    add(manager, "Bribe")
    manager.post(PAGE, {"act": "discard"})
    assert scheme_now(corpus).changes == []
    manager.post(PAGE, {"act": "undo", "edit": edits_of(corpus)[0].pk})
    assert label(corpus, "EVENT.BRIBE")


def test_a_label_in_use_cannot_vanish_and_one_that_is_not_can(manager, corpus, people):
    made = factories.assignment(factories.document("One firm paid.", corpus=corpus), people.annotator)
    marks.span(made, "One firm", "COMPANY")
    answer = manager.post("/corpora/reports/scheme/labels/ACTOR/COMPANY/", {"act": "delete"}, follow=True).content.decode()
    assert "COMPANY: in use in this corpus, and cannot be deleted. Retire it instead." in answer
    assert label(corpus, "ACTOR.COMPANY")
    add(manager, "Bribe")
    manager.post("/corpora/reports/scheme/labels/EVENT/BRIBE/", {"act": "delete"})
    assert label(corpus, "EVENT.BRIBE") is None


def test_labels_are_reordered(manager, corpus):
    manager.post(PAGE, {"act": "down", "label": "ACTOR.PERSON"})
    assert [each["code"] for each in body(corpus)["layers"][0]["labels"][:2]] == ["GROUP", "PERSON"]
    assert scheme_now(corpus).changes == ["Orders Actors anew."]


def test_another_corpus_cannot_choose_the_version(manager, corpus, as_, people):
    add(manager, "Bribe")
    manager.post(PAGE, {"act": "publish"})
    own, other = scheme_for(corpus), factories.corpus("second")
    factories.membership(other, people.manager, "manager")
    fields = {"name": "Second", "description": "", "scheme": own.pk}
    assert "Select a valid choice" in manager.post("/corpora/second/settings/", fields).content.decode()
    told = json.dumps({"target": f"{own.code}/{own.version}"})
    answer = manager.post("/api/v1/corpora/second/moves/", told, content_type="application/json")
    assert answer.status_code == 400
    assert Corpus.objects.get(slug="second")


def test_a_page_asks_the_database_no_more_for_more_labels(manager, corpus, django_assert_max_num_queries):
    for name in ("One", "Two", "Three"):
        add(manager, name)
    with django_assert_max_num_queries(17):
        manager.get(PAGE)


# Starts, import, export


def start(manager, name="", content=None):
    data = {"act": "start", "start": name}
    if content is not None:
        data["file"] = SimpleUploadedFile(
            "scheme.json", content if isinstance(content, bytes) else json.dumps(content, indent=1).encode()
        )
    return manager.post(PAGE, data, follow=True).content.decode()


def exported(manager):
    return json.loads(manager.get(f"{PAGE}file/").content)


def test_a_corpus_with_nothing_annotated_starts_from_the_simple_scheme_and_goes_back(manager, corpus, scheme):
    start(manager, "simple")
    assert [layer["code"] for layer in body(corpus)["layers"]] == ["ACTOR", "FIGURE", "EVENT"]
    manager.post(PAGE, {"act": "publish"})
    assert str(scheme_for(corpus)) == "Simple scheme 1.0.0+reports.1"
    start(manager, "core")
    manager.post(PAGE, {"act": "publish"})
    assert content_of(scheme_for(corpus))["layers"] == content_of(scheme)["layers"]


def test_what_is_exported_is_imported_again_without_a_change(manager, corpus):
    add(manager, "Bribe")
    file = exported(manager)
    manager.post(PAGE, {"act": "discard"})
    start(manager, content=file)
    assert scheme_now(corpus).changes == ["Adds “Bribe” to Events, key b."]
    assert "has that content already" in start(manager, content=file)


@pytest.mark.parametrize(
    ("near", "below", "changed", "told"),
    [
        ('"code": "PAY"', -1, "", "layers.EVENT.labels.PAY: lacks `badge`."),
        ('"badge": "PAY"', 0, '"badge": "PAYMENTS",', "layers.EVENT.labels.PAY.badge: has more than 6 characters."),
        ('"badge": "PAY"', 1, '"badge": "PAY"', "not JSON: Expecting ',' delimiter."),
    ],
)
def test_a_broken_file_names_line_and_rule_and_nothing_is_stored(manager, corpus, near, below, changed, told):
    text = json.dumps(exported(manager), indent=1)
    line = text[: text.index(near)].count("\n") + 1 + below
    answer = html.unescape(start(manager, content=text.replace('"badge": "PAY",', changed, 1).encode()))
    assert f"Line {line}: {told}" in answer
    assert not SchemeDraft.objects.exists()
    assert Scheme.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"{" * 100_000, b'{"format": "sanctions-annotation-scheme/1"}'])
def test_what_is_no_scheme_is_refused_in_words(manager, content):
    assert 'class="message error"' in start(manager, content=content)
    assert not SchemeDraft.objects.exists()


def test_what_the_database_would_refuse_is_refused_before_anything_is_kept(manager):
    file = exported(manager)
    file["constraints"][0]["code"] = "LONG" * 9
    assert "The scheme cannot be stored" in start(manager, content=file)
    assert (SchemeDraft.objects.count(), Scheme.objects.count()) == (0, 1)


def test_a_start_that_lacks_what_is_used_is_refused(manager, corpus, people):
    made = factories.assignment(factories.document("One firm paid.", corpus=corpus), people.annotator)
    marks.span(made, "One firm", "COMPANY")
    assert "COMPANY: in use in this corpus" in start(manager, "simple")


def test_a_new_corpus_begins_with_the_simple_scheme(as_, people):
    client = as_("manager")
    client.post(reverse("annotations:new_corpus"), {"name": "Dogs", "simple": "on"})
    assert str(scheme_for(Corpus.objects.get(slug="dogs"))) == "Simple scheme 1.0.0+dogs.1"


# Retired labels


def test_a_retired_label_gets_no_new_marks_and_keeps_the_old_ones(manager, corpus, people):
    document = factories.document("One firm paid another firm.", corpus=corpus)
    manager.post("/corpora/reports/scheme/labels/ACTOR/COMPANY/", {"act": "retire"})
    assert scheme_now(corpus).changes == ["Retires “Company / employer”: no new marks."]
    manager.post(PAGE, {"act": "publish"})
    reading = factories.assignment(document, people.annotator, scheme=scheme_for(corpus), revision=1)
    old = marks.span(reading, "One firm", "COMPANY")
    new = {"id": str(uuid.uuid4()), "op": "create", "kind": "span"}
    mark = {
        "id": str(uuid.uuid4()),
        "layer": "ACTOR",
        "label": "COMPANY",
        "fragments": [{"start": 14, "end": 26, "quote": "another firm"}],
    }
    with pytest.raises(Refusal, match="“Company / employer” is retired"):
        apply_to_own(reading.pk, people.annotator, 1, [new | {"object": mark | {"attributes": {}}}])
    gone = {"id": str(uuid.uuid4()), "op": "delete", "kind": "span", "object": {"id": str(old.pk)}}
    apply_to_own(reading.pk, people.annotator, old.revision, [gone])
    undo(reading, [uuid.UUID(gone["id"])], people.annotator)
    assert Span.objects.get(assignment=reading).label.code == "COMPANY"
    manager.post("/corpora/reports/scheme/labels/ACTOR/COMPANY/", {"act": "restore"})
    assert scheme_now(corpus).changes == ["Takes “Company / employer” back into use."]
