"""A query that is built once gives what the queryset gives, each time for the values of the call."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from corpus.db.compiled_queries import AmongSlot, Repeated, RepeatedRows, Slot
from corpus.db.round_trip import round_trip
from corpus.models import Article, Document, Token
from tests import factories

pytestmark = pytest.mark.django_db


def articles():
    return Repeated(lambda: Article.objects.filter(title=Slot("title"), created__lte=Now()))


def few(*fields):
    related = {field.split("__")[0] for field in fields if "__" in field}
    rows = Article.objects.select_related(*related) if related else Article.objects.all()
    return Repeated(lambda: rows.filter(title=Slot("title")).only(*fields))


def test_each_call_brings_its_own_value():
    corpus = factories.corpus()
    one, other = factories.article(corpus, "One"), factories.article(corpus, "Other")
    query = articles()
    assert query.first(title="One") == one
    assert query.first(title="Other") == other
    assert query.first(title="None") is None


def test_a_column_has_one_of_several_values_or_another_column_has():
    corpus = factories.corpus()
    one, other, third = (factories.article(corpus, title) for title in ("One", "Other", "Third"))
    either = AmongSlot(F("pk"), Slot("ids")) | Q(title=Slot("title"))
    query = Repeated(lambda: Article.objects.filter(either).order_by("title"))
    for ids, title, expected in [([one.pk, other.pk], "", [one, other]), ([third.pk], "One", [one, third]), ([], "", [])]:
        assert query.all_made(round_trip([query.statement(ids=ids, title=title)])[0]) == expected


def test_the_objects_are_those_of_the_queryset():
    article = factories.article(
        factories.corpus(), "One", language="ko", published_earliest="2017-09-04", published_latest="2017-09-30"
    )
    found = articles().first(title="One")
    stored = Article.objects.get(pk=article.pk)
    assert {name: value for name, value in vars(found).items() if name != "_state"} == {
        name: value for name, value in vars(stored).items() if name != "_state"
    }


def test_fields_that_are_not_named_are_deferred(django_assert_num_queries):
    factories.article(factories.corpus(), "One", language="ko")
    found = few("title").first(title="One")
    assert found.get_deferred_fields() >= {"language", "url", "corpus_id"}
    with django_assert_num_queries(1):
        assert found.language == "ko"


def test_related_objects_come_with_it(django_assert_num_queries):
    corpus = factories.corpus("here")
    factories.article(corpus, "One", outlet=factories.outlet(corpus, "A Wire", domain="a.example"))
    query = few("title", "outlet__name", "corpus__slug", "corpus__name")
    with django_assert_num_queries(1):
        found = query.first(title="One")
        assert (found.corpus.slug, found.corpus.name, found.outlet.name) == ("here", "Here", "A Wire")
    assert found.outlet.get_deferred_fields() == {"corpus_id", "domain"}


def test_a_related_object_that_is_not_there_is_none():
    factories.article(factories.corpus(), "One")
    assert few("title", "outlet__name").first(title="One").outlet is None


def test_columns_that_python_has_to_convert_are_converted():
    text = factories.document("Some words.")
    query = Repeated(lambda: Document.objects.filter(pk=Slot("pk")).select_related("article__corpus").defer("text"))
    found = query.first(pk=text.pk)
    assert found.source_map == text.source_map
    assert found.article.corpus == text.corpus


def test_a_token_is_found_with_its_whole_person(django_assert_num_queries):
    person = factories.user("annotator", email="annotator@example.org")
    token, secret = Token.issue(person, "test", ["read"])
    with django_assert_num_queries(1):
        found = Token.objects.find(secret)
        assert (found, found.user, found.user.email, found.scopes) == (token, person, "annotator@example.org", ["read"])
    assert Token.objects.find(secret + "x") is None


def test_the_next_call_sees_what_changed_meanwhile():
    person = factories.user("annotator")
    _, secret = Token.issue(person, "test", ["read"])
    assert Token.objects.find(secret)
    get_user_model().objects.filter(pk=person.pk).update(is_active=False)
    assert Token.objects.find(secret) is None


@pytest.mark.django_db(transaction=True)
def test_threads_share_the_query_but_not_the_connection():
    factories.article(factories.corpus(), "One")
    query, found = articles(), []

    def ask():
        found.append(query.first(title="One").title)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["One"] * 4


def prepared_for(words):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE strpos(statement, %s) > 0 AND statement !~ 'pg_prepared'", [words]
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_server_plans_the_statement_once_in_a_connection():
    query = few("title")
    for _ in range(3):
        query.first(title="One")
    assert prepared_for("corpus_article") == 1


@pytest.mark.django_db(transaction=True)
def test_other_cursors_of_the_connection_prepare_nothing():
    few("title").first(title="One")
    for _ in range(10):
        list(Article.objects.filter(title="Another"))
    assert prepared_for("Another") == 0


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_changes_a_column_does_not_stop_a_running_server():
    factories.article(factories.corpus(), "One")
    query = few("title", "language")
    assert query.first(title="One").language == ""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE corpus_article ALTER COLUMN language TYPE varchar(36)")
        try:
            assert query.first(title="One").language == ""
            with transaction.atomic():
                assert query.first(title="One").title == "One"
        finally:
            cursor.execute("ALTER TABLE corpus_article ALTER COLUMN language TYPE varchar(35)")


@pytest.mark.parametrize("asked", ["all", "planned_anew"])
def test_rows_without_objects_come_for_each_value_and_with_what_is_around_the_query(asked):
    corpus = factories.corpus()
    one, other, _ = (factories.article(corpus, title) for title in ("One", "Other", "Third"))
    chosen = Article.objects.filter(AmongSlot(F("pk"), Slot("ids")), corpus=Slot("corpus")).order_by("title")
    titles = RepeatedRows(lambda: chosen.values_list("title"))
    number = RepeatedRows(lambda: chosen.values_list("title"), "SELECT count(*), '100 %%' FROM ({}) chosen")
    for ids, expected in [([one.pk, other.pk], [("One",), ("Other",)]), ([one.pk], [("One",)]), ([], [])]:
        values = {"ids": ids, "corpus": corpus.pk}
        assert getattr(titles, asked)(**values) == expected
        assert getattr(number, asked)(**values) == [(len(expected), "100 %")]
