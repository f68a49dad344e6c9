"""A word that is known from one source alone is offered where the reading may rest on that source, and nowhere else."""

import pytest
from django.utils import timezone

from annotations.bin.put import delete
from annotations.models import Assignment, Plan, PracticeArticle
from annotations.suggesters.serve import answer
from annotations.write.apply import apply_changes
from annotations.write.merge_entities import merge
from corpus.near_duplicates.stories import join
from registry.models import Entity
from tests import factories, marks
from tests.annotations.conftest import new

pytestmark = pytest.mark.django_db

CANARY = "Canary Trading"
TEXT = f"The office of {CANARY} in Dandong was closed. Nobody was there."
ELSEWHERE = f"{CANARY} sent nobody."


@pytest.fixture
def reading(corpus, annotator, scheme):
    factories.membership(corpus, annotator, "annotator")
    return factories.assignment(factories.document(TEXT, corpus=corpus), annotator)


@pytest.fixture
def other(corpus):
    person = factories.user("colleague")
    factories.membership(corpus, person, "manager")
    return person


def is_offered(reading):
    served = answer(Assignment.whole(reading.pk)).suggestions
    return [each["label"] for each in served if CANARY in each["fragments"][0]["quote"]] == ["COMPANY"]


def marked(of, words=CANARY, name=CANARY, **fields):
    """An entity that is made while reading, and the mark that means it."""
    entity, start = new(), of.document.text.index(words)
    fragment = {"start": start, "end": start + len(words), "quote": words}
    changes = [
        {"id": new(), "op": "create", "kind": "entity", "object": {"id": entity, "type": "COMPANY", "name": name, "anonymous": False, **fields}},
        {"id": new(), "op": "create", "kind": "span", "object": {"id": new(), "layer": "ACTOR", "label": "COMPANY", "fragments": [fragment], "attributes": {"entity": entity}}},
    ]  # fmt: skip
    apply_changes(of, of.annotator, of.revision, changes)
    of.refresh_from_db()
    return Entity.objects.get(pk=entity)


def elsewhere(corpus, who, role="annotation", text=ELSEWHERE):
    return factories.assignment(factories.document(text, corpus=corpus), who, role, status="open")


def is_submitted(of):
    Assignment.objects.filter(pk=of.pk).update(status="submitted", submitted=timezone.now())
    return of


def test_a_name_that_nobody_made_while_reading_is_offered(reading, corpus):
    marks.entity(corpus, CANARY, type="COMPANY", anonymous=False)
    assert is_offered(reading)


@pytest.mark.parametrize("name", ["canary trading", "Another"])
def test_words_that_are_not_the_name_are_not_offered(reading, corpus, name):
    marks.entity(corpus, name.title() if name == "Another" else f"{name} ltd", type="COMPANY", anonymous=False)
    assert not is_offered(reading)


def test_its_own_marks_and_its_own_earlier_reading_count(reading, corpus, annotator):
    marked(is_submitted_later := elsewhere(corpus, annotator))
    assert not is_offered(reading)
    is_submitted(is_submitted_later)
    assert is_offered(reading)


def test_gold_of_another_story_counts_once_it_is_submitted(reading, corpus, other):
    gold = elsewhere(corpus, other, "adjudication")
    marked(gold)
    assert not is_offered(reading)
    is_submitted(gold)
    assert is_offered(reading)


@pytest.mark.parametrize("status", ["open", "submitted"])
def test_readings_of_others_never_count(reading, corpus, other, status):
    theirs = elsewhere(corpus, other)
    marked(theirs)
    if status == "submitted":
        is_submitted(theirs)
    assert not is_offered(reading)


@pytest.mark.parametrize("role", ["annotation", "adjudication"])
def test_nothing_of_the_same_text_counts(reading, other, role):
    marked(theirs := factories.assignment(reading.document, other, role, status="open"))
    is_submitted(theirs)
    assert not is_offered(reading)


@pytest.mark.parametrize("how", ["newer text", "copy", "copy of it", "story"])
def test_nothing_of_the_same_story_counts(reading, corpus, other, how):
    article = reading.document.article
    owner = {"of": article} if how == "newer text" else {"corpus": corpus}
    document = factories.document(ELSEWHERE, **owner)
    if how == "copy":
        document.article.copy_of = article
        document.article.save()
    elif how == "copy of it":
        article.copy_of = document.article
        article.save()
    elif how == "story":
        join(article, document.article)
    marked(gold := factories.assignment(document, other, "adjudication", status="open"))
    is_submitted(gold)
    assert not is_offered(reading)


@pytest.mark.parametrize(
    ("who", "role", "counts"),
    [("annotator", "annotation", True), ("other", "annotation", False), ("other", "adjudication", True)],
)
def test_words_marked_without_an_entity_count_by_the_same_rule(reading, corpus, request, who, role, counts):
    of = elsewhere(corpus, request.getfixturevalue(who), role)
    marks.span(of, CANARY, "COMPANY")
    assert not is_offered(reading)
    is_submitted(of)
    assert is_offered(reading) is counts


@pytest.mark.parametrize("role", ["annotation", "adjudication"])
def test_words_marked_without_an_entity_in_the_same_text_never_count(reading, other, role):
    theirs = factories.assignment(reading.document, other, role, status="open")
    marks.span(theirs, CANARY, "COMPANY")
    is_submitted(theirs)
    assert not is_offered(reading)


@pytest.mark.parametrize("kind", ["practice", "test"])
def test_practice_and_test_articles_do_not_count(reading, corpus, other, kind):
    marked(gold := elsewhere(corpus, other, "adjudication"))
    is_submitted(gold)
    plan = Plan.objects.create(corpus=corpus, name="A plan", created_by=other)
    PracticeArticle.objects.create(plan=plan, document=gold.document, kind=kind, created_by=other)
    assert not is_offered(reading)


def test_what_is_in_the_bin_does_not_count(reading, corpus, annotator, other):
    marked(mine := elsewhere(corpus, annotator))
    is_submitted(mine)
    assert is_offered(reading)
    delete(mine.document.article, other, "by mistake")
    assert not is_offered(reading)


def test_another_corpus_does_not_count(reading, annotator):
    foreign = factories.corpus("foreign")
    factories.membership(foreign, annotator, "annotator")
    marks.entity(foreign, CANARY, type="COMPANY", anonymous=False)
    marked(mine := elsewhere(foreign, annotator))
    is_submitted(mine)
    assert not is_offered(reading)


def test_an_unnamed_entity_is_never_offered(reading, corpus):
    marks.entity(corpus, CANARY, type="COMPANY", anonymous=True, reference="specific")
    assert not is_offered(reading)


def test_a_further_name_counts_by_who_gave_it(reading, corpus, other):
    marks.entity(corpus, "Dandong Office", type="COMPANY", anonymous=False)
    entity = Entity.objects.get()
    theirs = factories.assignment(reading.document, other)
    renamed = {"id": str(entity.pk), "revision": entity.revision, "aliases": [CANARY]}
    apply_changes(theirs, other, theirs.revision, [{"id": new(), "op": "update", "kind": "entity", "object": renamed}])
    assert not is_offered(reading)


def test_a_merge_does_not_make_a_name_public(reading, corpus, other):
    kept = marks.entity(corpus, "Dandong Office", type="COMPANY", anonymous=False)
    gone = marked(factories.assignment(reading.document, other))
    merge(gone, kept, other)
    assert kept.names.filter(name=CANARY).exists()
    assert not is_offered(reading)
