"""Pages of a list: each row once, in a stable order, whatever is written in between."""

import base64
import json
import random

import pytest

from annotations.models import Span
from tests import factories
from tests.api.world import new, session

SPANS = "/api/v1/spans/"


@pytest.fixture
def many(db):
    """A superuser's view of 25 marks of two documents, three of them on the same words."""
    annotator = factories.user("annotator", is_superuser=True)
    corpus = factories.corpus("reports")
    documents = [factories.document(f"{n} " + "word " * 30, corpus=corpus) for n in range(2)]
    label = factories.scheme().layers.get(code="ACTOR").labels.first()
    for document in documents:
        owner = factories.assignment(document, annotator, role="adjudication")
        places = [2 + 5 * n for n in range(11)] + [2, 2]
        Span.objects.bulk_create(span(owner, label, start) for start in places)
    return session(annotator)


def span(owner, label, start):
    return Span(assignment=owner, label=label, kind="actor", fragments=[[start, start + 4]], quote="word", revision=1)


def walk(client, url):
    """All rows, page by page."""
    rows = []
    while url:
        body = client.get(url).json()
        rows += body["results"]
        assert len(rows) < 500, "the pages do not end"
        url = body["next"]
    return rows


@pytest.mark.parametrize("order", ["id", "position"])
@pytest.mark.parametrize("limit", [1, 7, 25, 26, 27, 500])
def test_every_row_comes_once_and_in_order(order, limit, many):
    rows = walk(many, f"{SPANS}?order={order}&limit={limit}")
    keys = [(row["assignment"], row["start"], row["end"], row["id"]) if order == "position" else row["id"] for row in rows]
    assert keys == sorted(keys)
    assert len(rows) == len({row["id"] for row in rows}) == 26


def test_a_page_has_as_many_rows_as_asked_for(many):
    body = many.get(f"{SPANS}?limit=7").json()
    assert len(body["results"]) == 7
    assert body["next"].startswith("http://testserver/api/v1/spans/?limit=7&cursor=")


def test_the_last_page_has_no_next(many):
    assert many.get(f"{SPANS}?limit=26").json()["next"] is None


def test_the_next_page_keeps_filter_order_and_limit(many):
    link = many.get(f"{SPANS}?limit=3&order=position&q=word").json()["next"]
    assert {"limit=3", "order=position", "q=word"} <= set(link.partition("?")[2].split("&"))


def test_nothing_is_skipped_or_doubled_while_others_add_and_remove(many):
    """The rows that are there from the start to the end come exactly once each."""
    lasting = set(Span.objects.values_list("pk", flat=True))
    example = Span.objects.first()
    dice, seen, url = random.Random(7), [], f"{SPANS}?limit=4"
    while url:
        body = many.get(url).json()
        seen += [row["id"] for row in body["results"]]
        assert len(seen) < 500, "the pages do not end"
        url = body["next"]
        fresh = [span(example.assignment, example.label, 7 + dice.randrange(20)) for _ in range(3)]
        Span.objects.bulk_create(fresh)
        Span.objects.filter(pk=fresh[0].pk).delete()
    assert len(seen) == len(set(seen))
    assert {str(pk) for pk in lasting} <= set(seen)


def test_the_descending_order_goes_on_where_it_stopped(db):
    reader = factories.user(is_superuser=True)
    corpus = factories.corpus("reports")
    made = [str(factories.article(corpus, f"article {n}").pk) for n in range(7)]
    rows = walk(session(reader), "/api/v1/corpora/reports/articles/?limit=2")
    assert [row["id"] for row in rows] == made[::-1]


def test_rows_of_one_moment_are_told_apart_by_their_id(db):
    reader = factories.user(is_superuser=True)
    corpus = factories.corpus("reports")
    for n in range(5):
        factories.article(corpus, f"article {n}")
    corpus.articles.update(created="2026-01-01T00:00:00.123456Z")
    rows = walk(session(reader), "/api/v1/corpora/reports/articles/?limit=2")
    assert len({row["id"] for row in rows}) == 5


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "%00", "AAAA", "é", "e30", "W10", "bnVsbA", "WyJpZCJd", "WyJpZCIsbnVsbF0", "WyJpZCIsIngiXQ", "x" * 5000,
        "WyJwb3NpdGlvbiIsMV0", "====",
    ],
)  # fmt: skip
def test_a_cursor_that_we_did_not_make_is_400(cursor, reader):
    response = reader.get(SPANS, {"cursor": cursor})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "cursor"


def test_a_cursor_of_another_order_is_400(many):
    cursor = many.get(f"{SPANS}?limit=1&order=id").json()["next"].rpartition("cursor=")[2]
    assert many.get(f"{SPANS}?order=position&cursor={cursor}").status_code == 400


@pytest.mark.parametrize(
    "values", [["position", "x", 1, 2, "y"], ["position", None, 1, 2, None], ["position", new(), "a", 2, new()],
               ["position", new(), 1.5, 2, new()], ["position", new(), True, 2, new()], ["position", new(), [], {}, new()],
               ["position", new(), 10**30, 2, new()]],
    ids=lambda values: str(values[2]),
)  # fmt: skip
def test_a_cursor_with_values_of_another_kind_is_no_failure(values, reader):
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    assert reader.get(SPANS, {"cursor": cursor, "order": "position"}).status_code in (200, 400)


@pytest.mark.parametrize("limit", ["0", "-1", "501", "1.5", "ten", "1e2", "\u0661", "9" * 40])
def test_a_limit_out_of_bounds_is_400(limit, reader):
    response = reader.get(SPANS, {"limit": limit})
    assert response.status_code == 400
    assert "500" in response.json()["errors"][0]["detail"]


def test_an_unknown_order_is_400_and_names_the_known_ones(reader):
    detail = reader.get(SPANS, {"order": "label__code"}).json()["errors"][0]["detail"]
    assert detail == "should be one of id, position"


def test_every_list_has_an_order_that_ends_in_a_unique_key():
    """So that a page has one place where it begins. Read from the views themselves."""
    from config import api

    # position: of a change in its revision; format: of a mapping in its corpus
    unique = {"id", "slug", "code", "span_id", "number", "position", "format"}
    lists = [
        p.callback.cls
        for q in api.urlpatterns
        for p in getattr(q, "url_patterns", [q])
        if "list" in str(getattr(p.callback, "actions", ""))
    ]
    assert len(lists) >= 10
    for view in lists:
        for keys in view.orders.values():
            assert keys[-1].removeprefix("-") in unique, view
