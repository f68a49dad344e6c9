"""Statements that go together: one answer each, one transaction, and nothing that a rollback or a migration leaves behind."""

import threading
import time
from uuid import uuid4

import psycopg
import pytest
from django.db import DataError, OperationalError, connection, transaction

from corpus.db.round_trip import numbered, round_trip, under_way
from corpus.models import Corpus
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "UPDATE corpus_corpus SET name = $1 WHERE id = $2"
DIVIDE = "SELECT 1 / $1::int"
TITLE = "SELECT title, language FROM corpus_article WHERE title = $1"


def name(corpus, words, number=1, **how):
    """State of the transaction after it."""
    round_trip([(NAME, [words, corpus.pk]), (DIVIDE, [number])], **how)
    return connection.connection.info.transaction_status.name


def test_each_statement_has_its_rows():
    one, none, many = round_trip(
        [
            ("SELECT $1::uuid::text, $2::bigint, $3::text", ["0190a0b0-0000-7000-8000-000000000001", 7, None]),
            ("SELECT 1 WHERE $1::bool", [False]),
            ("SELECT unnest($1::text[])", [["a", "b"]]),
        ]
    )
    assert (one, none, many) == ([("0190a0b0-0000-7000-8000-000000000001", 7, None)], [], [("a",), ("b",)])


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("int", [1, -2, 2**31 - 1]),
        ("int", [1, None]),
        ("int", []),
        ("bool", [True, False]),
        ("uuid", [uuid4(), uuid4()]),
        ("uuid", [uuid4(), None]),
        ("text", ['a"b', "{c,d}", "", None, "NULL", "e\\f"]),
        ("int", [[1, 2], [3, 4]]),
    ],
)
def test_lists_go_as_they_are(kind, values):
    ((row,),) = round_trip([(f"SELECT $1::{kind}[]", [values])])
    assert row == (values,)


def test_rows_are_whole_behind_a_cursor_that_streamed():
    """libpq goes on to give one result for each row of what is prepared already."""
    statements = [("SELECT unnest($1::text[])", [["a", "b"]]), ("SELECT 1 WHERE $1::bool", [False])]
    with transaction.atomic(), connection.cursor() as cursor:
        for _ in range(2):
            assert list(cursor.stream("SELECT 1")) == [(1,)]
            assert round_trip(statements) == [[("a",), ("b",)], []]


def test_bytes_go_and_come_as_they_are():
    content = bytes(range(256))
    for binary in (False, True):
        ((back, size),) = round_trip([("SELECT $1::bytea, length($1::bytea)", [content])], binary=binary)[0]
        assert (bytes(back), size) == (content, 256)


def test_a_text_with_nul_is_refused_and_not_cut():
    corpus = factories.corpus()
    with pytest.raises(DataError, match="NUL"):
        name(corpus, "one\x00two")
    corpus.refresh_from_db()
    assert "one" not in corpus.name


def test_values_go_by_their_names():
    statement = numbered("SELECT %(one)s::int - %(other)s::int, %(one)s::int % 2", "other", "one")
    assert statement == "SELECT $2::int - $1::int, $2::int % 2"
    assert round_trip([(statement, [3, 5])])[0] == [(2, 1)]


def test_a_statement_is_prepared_once():
    for number in (1, 2, 4):
        assert round_trip([(DIVIDE, [number])])[0] == [(1 // number,)]
    ((names,),) = round_trip([("SELECT count(*) FROM pg_prepared_statements WHERE statement = $1", [DIVIDE])])[0]
    assert names == 1


def test_what_goes_wrong_is_raised_as_django_does_and_nothing_is_stored():
    corpus = factories.corpus()
    with pytest.raises(DataError), transaction.atomic():
        name(corpus, "changed", 0)
    with pytest.raises(DataError):
        name(corpus, "changed", 0)
    corpus.refresh_from_db()
    assert corpus.name != "changed"


def test_the_last_brings_the_commit_unless_another_transaction_is_around_it():
    corpus = factories.corpus()
    with transaction.atomic():
        assert (name(corpus, "one"), name(corpus, "two", last=True)) == ("INTRANS", "IDLE")
    with transaction.atomic(), transaction.atomic():
        assert name(corpus, "three", last=True) == "INTRANS"
        transaction.set_rollback(True)
    with pytest.raises(DataError), transaction.atomic():
        name(corpus, "four", 0, last=True)
    corpus.refresh_from_db()
    assert (corpus.name, connection.connection.autocommit) == ("two", True)


def test_others_see_it_only_after_the_commit():
    corpus, seen = factories.corpus(), []

    def look():
        seen.append(Corpus.objects.get(pk=corpus.pk).name)
        connection.close()

    def elsewhere():
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    with transaction.atomic():
        name(corpus, "one")
        elsewhere()
        name(corpus, "two", last=True)
        elsewhere()
    assert seen == [corpus.name, "two"]


def test_a_rollback_leaves_no_name_of_a_statement_that_is_gone():
    """psycopg drops all prepared statements of a connection after one."""
    for _ in range(2):
        factories.corpus()
        with connection.cursor() as cursor:
            cursor.cursor.execute("SELECT 1", prepare=True)
        with transaction.atomic():
            round_trip([(DIVIDE, [1])])
            transaction.set_rollback(True)
        assert round_trip([(DIVIDE, [1])])[0] == [(1,)]


def test_a_migration_that_changes_a_column_does_not_stop_a_running_server():
    factories.article(factories.corpus(), "One")
    round_trip([(TITLE, ["One"])])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE corpus_article ALTER COLUMN language TYPE varchar(36)")
        try:
            with transaction.atomic():
                assert round_trip([(TITLE, ["One"])])[0] == [("One", "")]
        finally:
            cursor.execute("ALTER TABLE corpus_article ALTER COLUMN language TYPE varchar(35)")


def test_what_the_socket_does_not_take_at_once_is_sent_and_read_meanwhile():
    lengths = []

    def long():
        words = "x" * 20_000_000
        with transaction.atomic():
            (((back,),), ((size,),)) = round_trip([("SELECT $1::text", [words]), ("SELECT length($1::text)", [words])], last=True)
        lengths.extend([len(back), size])
        connection.close()

    thread = threading.Thread(target=long, daemon=True)
    thread.start()
    thread.join(60)
    assert lengths == [20_000_000, 20_000_000]


def test_a_connection_that_broke_is_an_error_once():
    ((number,),) = round_trip([("SELECT pg_backend_pid()", [])])[0]
    end = threading.Thread(target=ended, args=(number,))
    end.start()
    end.join()
    with pytest.raises(OperationalError):
        round_trip([(DIVIDE, [1])])
    connection.close_if_unusable_or_obsolete()
    assert round_trip([(DIVIDE, [1])])[0] == [(1,)]


def ended(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    connection.close()


def test_it_is_counted_with_the_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        round_trip([(DIVIDE, [1]), (DIVIDE, [2])])


def test_the_first_statement_may_say_which_snapshot_the_others_see():
    """Also where none of them is prepared yet: to prepare a query takes a snapshot by itself."""
    level = ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", ())
    connection.close()
    with transaction.atomic():
        _, rows, _ = round_trip([level, ("SELECT current_setting('transaction_isolation')", ()), (DIVIDE, [1])])
    assert rows == [("repeatable read",)]


def test_what_is_under_way_is_carried_out_while_python_works():
    """Another connection sees it before the block is over."""
    corpus = factories.corpus()
    other = psycopg.connect(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"], autocommit=True)
    with other, under_way((NAME, ["Meanwhile", corpus.pk])):
        until = time.monotonic() + 60
        while other.execute("SELECT name FROM corpus_corpus").fetchall() != [("Meanwhile",)]:
            assert time.monotonic() < until
    corpus.refresh_from_db()
    assert corpus.name == "Meanwhile"


def test_what_goes_wrong_under_way_is_raised_behind_the_block():
    corpus = factories.corpus()
    worked = []
    with pytest.raises(DataError, match="division by zero"), under_way((NAME, ["Never", corpus.pk]), (DIVIDE, [0])):
        worked.append("to the end")
    corpus.refresh_from_db()
    assert (worked, corpus.name != "Never") == (["to the end"], True)


def test_what_cannot_be_sent_is_raised_before_the_block():
    corpus = factories.corpus()
    with pytest.raises(DataError, match="NUL"), under_way((NAME, ["one\x00two", corpus.pk])):
        raise AssertionError
    assert Corpus.objects.get().name == corpus.name


def test_a_block_that_fails_leaves_a_connection_that_answers():
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), under_way(("SELECT 1", ())):
            1 / 0  # noqa: B018
        assert round_trip([("SELECT 2", ())]) == [[(2,)]]


@pytest.mark.parametrize(
    "asked", [lambda: Corpus.objects.get().name, lambda: round_trip([("SELECT name FROM corpus_corpus", [])])[0][0][0]]
)
def test_who_asks_the_database_meanwhile_waits_until_it_is_done(asked):
    corpus = factories.corpus()
    with transaction.atomic(), under_way(("SELECT pg_sleep($1)", [0.2]), (NAME, ["Meanwhile", corpus.pk])) as meanwhile:
        assert meanwhile.rows == []
        assert asked() == "Meanwhile"
        assert len(meanwhile.rows) == 2
        assert asked() == "Meanwhile"


def test_who_asks_meanwhile_is_told_what_went_wrong():
    with pytest.raises(DataError, match="division by zero"), transaction.atomic(), under_way((DIVIDE, [0])):
        Corpus.objects.count()
    assert Corpus.objects.count() == 0


@pytest.mark.parametrize("answer", ["SELECT length($1::text)", "SELECT $1::text FROM generate_series(1, 2)"])
def test_what_is_long_goes_on_its_way_while_python_works(answer):
    """Words and answers for which the way between Python and the server has no room at once."""
    corpus = factories.corpus()
    other = psycopg.connect(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"], autocommit=True)
    words = "long " * 2_000_000
    with other, under_way((answer, [words]), (NAME, ["Meanwhile", corpus.pk])) as meanwhile:
        until = time.monotonic() + 60
        while other.execute("SELECT name FROM corpus_corpus").fetchall() != [("Meanwhile",)]:
            meanwhile.push()
            assert time.monotonic() < until
    assert meanwhile.rows[0] in ([(10_000_000,)], [(words,)] * 2)
