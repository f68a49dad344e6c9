"""Near-copies are kept, found among all of their corpus, and count once until a person says otherwise."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.intake.ingest import ingest
from corpus.models import Article, Deletion, Document, Sketch
from corpus.near_duplicates.duplicates import compared, decide, declare
from corpus.text.diff import side_by_side
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]

SEED = (factories.DOMAIN / "000_3e4db3711cb7c38f.txt").read_bytes()
COPY = "\n\n".join(
    block
    for block in (factories.DOMAIN / "gold_seed.txt").read_text("utf-8").replace("“", '"').replace("”", '"').split("\n\n")
    if not block.startswith("▲")
)
OTHER = "Photos show more than 20 North Korean workers waiting for a train at Dandong Railway Station on the morning of September 4, 2017."


@pytest.fixture
def reports(db):
    return factories.corpus("reports")


def put(corpus, *texts: bytes | str) -> list[str]:
    items = [(f"{n}.txt", text if isinstance(text, bytes) else text.encode()) for n, text in enumerate(texts)]
    return list(ingest(corpus, items, door="command").items.values_list("outcome", flat=True))


def test_a_near_copy_is_stored_as_one_with_its_likeness(reports) -> None:
    assert put(reports, SEED, COPY + "\n\nCopyright Example Wire", OTHER) == ["stored", "copy", "stored"]
    first, copy, other = Article.objects.order_by("created")
    assert (copy.copy_of, other.copy_of) == (first, None)
    assert 0.85 < copy.similarity < 1
    assert Sketch.objects.count() == 3


def test_a_copy_of_a_copy_is_a_copy_of_the_first(reports) -> None:
    put(reports, SEED, COPY, COPY + "\n\nCopyright Example Wire")
    first = Article.objects.earliest("created")
    assert set(Article.objects.exclude(pk=first.pk).values_list("copy_of", flat=True)) == {first.pk}


def test_another_corpus_is_not_looked_at(reports) -> None:
    put(reports, SEED)
    assert put(factories.corpus("elsewhere"), COPY) == ["stored"]


def test_what_a_person_said_stays_said(reports) -> None:
    put(reports, SEED, COPY, OTHER)
    first, copy, other = Article.objects.order_by("created")
    decide(copy, is_copy=False)
    assert put(reports, COPY) == ["present"]
    copy.refresh_from_db()
    assert (copy.copy_of, copy.copy_decided) == (None, True)
    declare(other, first)
    assert (other.copy_of, other.copy_decided) == (first, True)
    with pytest.raises(ValueError, match="another article of the same corpus"):
        declare(first, other)
    with pytest.raises(ValueError, match="same corpus"):
        declare(first, factories.document("Another text", corpus=factories.corpus("elsewhere")).article)


def test_texts_to_compare_are_asked_for_by_key_and_those_in_the_bin_left_out(reports) -> None:
    """A condition on the bin in the question has PostgreSQL read all articles where it has no statistics yet."""
    put(reports, SEED, COPY, OTHER)
    texts = Document.objects.order_by("retrieved")
    keys = [text.pk for text in texts]
    user = factories.user("head")
    row = {"corpus": reports, "kind": "article", "label": "First", "reason": "Twice.", "counts": {}, "user": user}
    Article.objects.filter(pk=texts[0].article_id).update(
        deletion=Deletion.objects.create(object=str(texts[0].article_id), **row)
    )
    with CaptureQueriesContext(connection) as queries:
        assert {text.pk for text in compared(keys)} == set(keys[1:])
    assert len(queries) == 1
    assert "deletion_id" not in queries[0]["sql"].partition(" WHERE ")[2]
    assert put(reports, COPY + "\n\nCopyright Example Wire") == ["copy"]  # of the other
    assert compared([]) == []


def test_what_a_look_up_asks_does_not_grow_with_the_corpus(reports) -> None:
    counts = []
    for size in (2, 12):
        put(reports, *(f"Report {size}.{n}\n\n" + " ".join(f"word{n}x{k}" for k in range(60)) for n in range(size)))
        with CaptureQueriesContext(connection) as caught:
            put(reports, f"A new one for {size}: " + " ".join(f"fresh{size}x{k}" for k in range(60)))
        counts.append(len(caught))
    assert counts[0] == counts[1]


# Side by side


def test_versions_stand_side_by_side_with_what_differs_marked() -> None:
    left = "Title\n\nThe factory sent 170 workers home.\n\nOnly here, and nowhere else."
    right = "Title\n\nThe factory has sent 180 workers home.\n\nA new paragraph with other words."
    rows = side_by_side(left, right)
    assert [row.same for row in rows] == [True, False, False, False]
    assert [piece.text for piece in rows[1].left if piece.own] == ["170"]
    assert "".join(piece.text for piece in rows[1].right) == "The factory has sent 180 workers home."
    assert [(bool(row.left), bool(row.right)) for row in rows[2:]] == [(True, False), (False, True)]


def test_no_word_is_lost_between_the_sides() -> None:
    a, b = SEED.decode(), COPY
    rows = side_by_side(a, b)
    for text, side in ((a, [row.left for row in rows]), (b, [row.right for row in rows])):
        assert " ".join("".join(piece.text for piece in pieces) for pieces in side).split() == text.split()
