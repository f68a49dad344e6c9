"""A figure is read from its words when it is made, when they change, and when somebody asks; never over a correction."""

import pytest

from annotations.models import Assignment, Change
from annotations.write.apply import apply_changes
from annotations.write.errors import Invalid
from annotations.write.inverse import inverse
from corpus.models import Article
from tests import factories
from tests.annotations.conftest import change, new

pytestmark = pytest.mark.django_db


@pytest.fixture
def mark(write, fragment):
    """Marks words as a figure and gives its id."""

    def make(quote="45,000 RMB", label="MONEY", **attributes):
        item = {"id": new(), "layer": "FIGURE", "label": label, "fragments": [fragment(quote)]}
        write(("create", "span", item | ({"attributes": attributes} if attributes else {})))
        return item["id"]

    return make


@pytest.fixture
def update(write):
    """What the figure is after an update."""

    def run(pk, **fields):
        answer = write(("update", "span", {"id": pk, **fields}))
        return answer.changes[0]["object"]["attributes"]

    return run


@pytest.mark.parametrize(("language", "value"), [("de", 45000), ("en", 45), ("", 45)])
def test_the_language_of_the_article_decides(corpus, scheme, annotator, language, value):
    document = factories.document("Sie bekamen 45.000 Yuan.", corpus=corpus)
    Article.objects.filter(pk=document.article_id).update(language=language)
    factories.membership(corpus, annotator, "annotator")
    assignment = Assignment.objects.create(document=document, annotator=annotator, scheme=scheme)
    item = {"layer": "FIGURE", "label": "MONEY", "fragments": [{"start": 12, "end": 23, "quote": "45.000 Yuan"}]}
    answer = apply_changes(assignment, annotator, 0, [change("create", "span", {"id": new(), **item})])
    assert several(answer.changes[0]["object"]["attributes"], "low", "currency") == (value, "CNY")


def several(value, *fields):
    return tuple(value[field] for field in fields)


def test_a_further_fragment_is_read_with_the_first(mark, update, fragment):
    value = update(mark(), fragments=[fragment("45,000 RMB"), fragment("per month")])
    assert several(value, "low", "high", "currency", "per_period") == (45000, 45000, "CNY", "P1M")


def test_a_fragment_that_goes_takes_its_value_along(mark, update, fragment):
    pk = mark()
    update(pk, fragments=[fragment("45,000 RMB"), fragment("per month")])
    assert update(pk, fragments=[fragment("45,000 RMB")])["per_period"] is None


def test_a_corrected_value_stays_when_the_words_change(mark, update, fragment):
    pk = mark()
    update(pk, attributes={"low": 44000, "high": 46000, "comparator": "between"})
    value = update(pk, fragments=[fragment("45,000 RMB"), fragment("per month")])
    assert several(value, "low", "high", "per_period") == (44000, 46000, None)


def test_a_corrected_currency_stays_when_the_words_change(mark, update, fragment):
    pk = mark()
    update(pk, attributes={"currency": "KPW"})
    assert update(pk, fragments=[fragment("45,000 RMB"), fragment("per month")])["currency"] == "KPW"


def test_what_the_words_do_not_speak_of_stays(mark, update, fragment):
    pk = mark("45,000")
    update(pk, attributes={"currency": "CNY", "per_period": "P1M"})
    value = update(pk, fragments=[fragment("earn"), fragment("45,000")])
    assert several(value, "low", "currency", "per_period") == (45000, "CNY", "P1M")


def test_values_that_come_with_new_words_stand(mark, update, fragment):
    value = update(mark(), fragments=[fragment("45,000 RMB"), fragment("per month")], attributes={"per_period": "P1Y"})
    assert several(value, "currency", "per_period") == ("CNY", "P1Y")


def test_reading_again_is_asked_for(mark, update):
    pk = mark()
    update(pk, attributes={"low": 1, "high": 1, "currency": "USD", "note": "doubtful"})
    value = update(pk, read=True)
    assert several(value, "low", "high", "currency", "note") == (45000, 45000, "CNY", "doubtful")


def test_words_without_a_number_give_none_when_they_are_read_again(mark, update):
    value = update(mark("North", low=3, high=3, comparator="eq"), read=True)
    assert several(value, "low", "high", "comparator") == (None, None, None)


def test_without_being_asked_an_update_reads_nothing(mark, update):
    pk = mark()
    update(pk, attributes={"low": None, "high": None, "comparator": None})
    assert update(pk, attributes={"note": "doubtful"}, read=None)["low"] is None


def test_only_what_the_label_has_a_place_for_is_read(mark, update):
    pk = mark(label="PEOPLE")
    value = update(pk, attributes={"note": "people?"})
    assert several(value, "low", "currency") == (45000, None)


def test_under_another_label_the_words_are_read_anew(mark, update):
    pk = mark(label="PEOPLE")
    assert several(update(pk, label="MONEY"), "low", "currency", "currency_basis") == (45000, "CNY", "stated")
    assert several(update(pk, label="PEOPLE"), "low", "currency", "currency_basis") == (45000, None, None)


def test_a_corrected_value_that_the_new_label_has_no_place_for_is_named(mark, update):
    pk = mark()
    update(pk, attributes={"currency": "KPW"})
    with pytest.raises(Invalid, match="PEOPLE has no currency") as refused:
        update(pk, label="PEOPLE")
    assert refused.value.errors[0]["field"] == "currency"


def test_undo_brings_the_old_value_back(mark, update, fragment, assignment, annotator):
    pk = mark()
    before = update(pk, attributes={"low": 44000, "high": 44000})
    update(pk, read=True)
    change = Change.objects.order_by("-revision")[0]
    answer = apply_changes(assignment, annotator, change.revision, inverse([change]))
    assert answer.changes[0]["object"]["attributes"] == before


def test_undo_of_new_words_brings_the_old_reading_back(mark, update, fragment, assignment, annotator):
    pk = mark()
    update(pk, fragments=[fragment("45,000 RMB"), fragment("per month")])
    change = Change.objects.order_by("-revision")[0]
    answer = apply_changes(assignment, annotator, change.revision, inverse([change]))
    assert answer.changes[0]["object"]["attributes"]["per_period"] is None


def test_marks_of_other_layers_are_not_read(mark, update, write, fragment):
    actor = {"id": new(), "layer": "ACTOR", "label": "GROUP", "fragments": [fragment("workers")]}
    write(("create", "span", actor))
    assert "low" not in update(actor["id"], fragments=[fragment("North Korean workers")], read=True)


def test_an_actor_that_becomes_a_figure_is_read(update, write, fragment):
    actor = {"id": new(), "layer": "ACTOR", "label": "GROUP", "fragments": [fragment("300")]}
    write(("create", "span", actor))
    assert update(actor["id"], layer="FIGURE", label="PEOPLE")["low"] == 300
