"""The concordance over the seed: journey 10, B1 and B2."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Assignment, Span
from corpus.models import Document
from corpus.passages.index import index_all
from corpus.words.tokens import tokens
from questions.address.question import AddressError, read
from questions.asking.asker import Asker, NotThere
from questions.asking.time_limits import within_time
from questions.ledgers.every import LEDGER_PAGES
from tests import factories, marks
from tests.questions.ledgers.asking import ask, pages, superuser

pytestmark = pytest.mark.django_db
TERMINATED = [892, 1101, 1880, 3273]


def starts(page):
    return [row["start"] for row in page.rows]


def entity(corpus, key):
    return f"entity:{corpus.entities.get(key=key).pk}"


def test_terminated_with_the_events_under_it(indexed, gold):
    page = ask(indexed, "words", q="terminat*")
    under = [(mark["layer"], mark["type"], mark["status"], mark["polarity"]) for row in page.rows for mark in row["marks"]]
    assert starts(page) == TERMINATED
    assert under == [("EVENT", "EMPLOY", status, "positive") for status in ("ongoing", "general", "unrealised", "general")]
    assert (page.after, page.totals) == (None, {"lines": 4, "articles": 1, "not_indexed": 0})
    mark = Span.objects.get(start=892, event__isnull=False)
    assert page.rows[0]["href"] == f"/annotate/{gold.pk}/#mark={mark.pk}"


def test_what_is_left_and_right_ends_with_the_segment(indexed):
    text = Document.objects.get().text
    rows = ask(indexed, "words", q="workers|the", limit=200).rows
    assert len(rows) == 41
    for row in rows:
        assert text[row["start"] : row["end"]] == row["hit"]
        assert text.endswith(row["left"], 0, row["start"])
        assert text.startswith(row["right"], row["end"])
        assert "\n" not in row["left"] + row["right"]
        assert len(row["left"]) <= 80 >= len(row["right"])


def test_a_line_without_a_mark_leads_to_the_article(indexed):
    row = ask(indexed, "words", q="it has").rows[0]
    assert (row["marks"], row["href"]) == ([], Document.objects.get().article.get_absolute_url())
    assert (row["title"], row["published"]) == (
        Document.objects.get().article.title,
        Document.objects.get().article.published_edtf,
    )


def test_groups_of_a_class(indexed):
    page = ask(indexed, "words", on=f"label:GROUP,{entity(indexed, 'E-NKW')}")
    assert [row["hit"] for row in page.rows] == [
        "North Korean workers",
        "North Korean workers",
        "people",
        "North Korean worker",
        "they",
        "they",
    ]
    assert page.totals == {"lines": 6, "articles": 1, "not_indexed": 0}
    named = [mark["entity"]["name"] for row in page.rows for mark in row["marks"] if mark["label"] == "GROUP"]
    assert named == ["North Korean workers at Chinese factories (class)"] * 6


@pytest.mark.parametrize(
    ("on", "keys"),
    [
        ("type:EMPLOY,status:general,attr:phase:end", ["T14", "T42"]),
        ("type:EMPLOY,attr:phase:end,attr:early:true,status:ongoing", ["T11"]),
        ("label:EMPLOY,status:unrealised,polarity:positive", ["T22"]),
        ("label:GROUP,status:general", []),
    ],
)
def test_marks_that_are_all_of_it(indexed, on, keys):
    rows = ask(indexed, "words", on=on).rows
    by_start = dict(Span.objects.filter(event__isnull=False).values_list("start", "key"))
    assert [by_start[row["start"]] for row in rows] == keys


def test_marks_that_a_source_reports(indexed):
    """Those inside the manager's words, and of an outlet those in nobody's."""
    manager = indexed.entities.get(key="E-MGR")
    rows = ask(indexed, "words", on=f"source:{manager.pk},label:PEOPLE").rows
    assert {row["hit"] for row in rows} >= {"300", "170", "130"}
    outlet = indexed.entities.get(outlet__isnull=False)
    of_outlet = ask(indexed, "words", on=f"source:{outlet.pk},label:EMPLOY", limit=200).rows
    assert {1101, 1880} <= {row["start"] for row in of_outlet}
    assert 892 not in [row["start"] for row in of_outlet]


def test_words_inside_marks(indexed):
    assert len(ask(indexed, "words", q="workers", limit=200).rows) == 16
    inside = ask(indexed, "words", q="workers", on=f"label:GROUP,{entity(indexed, 'E-NKW')}")
    assert [row["hit"] for row in inside.rows] == ["workers"] * 2
    assert inside.totals == {"lines": 2, "articles": 1, "not_indexed": 0}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"q": "terminat*", "with": "contracts"}, [892, 1101, 1880]),
        ({"q": "terminat*", "with": "label:PEOPLE", "near": "paragraph"}, [1101, 1880]),
        ({"q": "terminat*", "with": "label:PEOPLE", "near": "sentence"}, []),
        ({"q": "terminat*", "with": "type:EMPLOY,status:ongoing", "near": "sentence"}, [892]),
        ({"q": "terminat*", "with": "terminat*", "near": "paragraph"}, []),
        ({"q": "terminat*", "with": "terminat*", "near": "article"}, TERMINATED),
        ({"q": "terminat*", "with": "nowhere", "near": "article"}, []),
        ({"on": "status:general,type:EMPLOY,attr:phase:end", "with": "terminat*", "near": "1"}, [1101, 3273]),
    ],
)
def test_what_must_be_near(indexed, given, expected):
    assert starts(ask(indexed, "words", **given)) == expected


def words_of(context):
    return [token.text for token in tokens(context)]


def test_sorted_by_the_words_on_either_side(indexed):
    """On the left the nearest word counts first."""
    right = [words_of(row["right"]) for row in ask(indexed, "words", q="workers", order="right").rows]
    left = [words_of(row["left"])[::-1] for row in ask(indexed, "words", q="workers", order="left").rows]
    assert right == sorted(right)
    assert left == sorted(left)
    assert len(left) == len(right) == 16


@pytest.mark.parametrize("order", ["text", "left", "right"])
@pytest.mark.parametrize("asked", [{"q": "workers"}, {"on": "label:GROUP"}, {"q": "the ..3 of"}, {"q": "workers", "sample": "9"}])
def test_pages_neither_skip_nor_repeat(indexed, order, asked):
    whole = ask(indexed, "words", limit=200, order=order, **asked).rows
    paged = [row for page in pages(indexed, "words", 2, order=order, **asked) for row in page.rows]
    assert paged == whole
    assert len(whole) > 1


def test_a_sample_is_the_same_for_the_same_seed(indexed):
    samples = [starts(ask(indexed, "words", q="workers", sample="5", seed=str(seed))) for seed in (7, 7, *range(5))]
    assert samples[0] == samples[1]
    assert len(set(map(tuple, samples))) > 1
    assert all(sample == sorted(sample) and len(sample) == 5 for sample in samples)
    assert ask(indexed, "words", 2, q="workers", sample="5").totals == {
        "lines": 16,
        "articles": 1,
        "sampled": 5,
        "not_indexed": 0,
    }


@pytest.mark.parametrize(
    ("given", "name", "rule"),
    [
        ({"on": "label:NOWHERE"}, "on", "has no “NOWHERE”"),
        ({"on": "type:PEOPLE"}, "on", "has no “PEOPLE”"),
        ({"q": "a", "with": "label:NOWHERE"}, "with", "has no “NOWHERE”"),
    ],
)
def test_codes_that_the_scheme_does_not_have(indexed, given, name, rule):
    with pytest.raises(AddressError, match=rule) as refused:
        ask(indexed, "words", **given)
    assert refused.value.name == name


def test_an_entity_of_another_corpus_is_none(indexed):
    foreign = marks.entity(factories.corpus())
    for pk in (foreign.pk, uuid.uuid4()):
        for given in ({"on": f"entity:{pk}"}, {"on": f"source:{pk}"}, {"q": "a", "with": f"entity:{pk}"}):
            with pytest.raises(NotThere):
                ask(indexed, "words", **given)


def labels_under(page):
    return [mark["label"] for row in page.rows for mark in row["marks"]]


class TestWho:
    def test_sees_gold_alone(self, indexed, gold):
        """Texts are for all; of drafts nobody else sees a mark."""
        viewer, annotator, reviewer = (factories.user() for _ in range(3))
        for who, role in ((viewer, "viewer"), (annotator, "annotator"), (reviewer, "reviewer")):
            factories.membership(indexed, who, role)
        draft = factories.assignment(gold.document, annotator)
        marks.event(draft, "terminated", "DISPATCH", status="happened")
        labels = {
            name: sorted(labels_under(ask(indexed, "words", q="terminat*", user=who, **given)), reverse=True)
            for name, who, given in (
                ("viewer", viewer, {}),
                ("viewer all", viewer, {"whose": "all"}),
                ("reviewer", reviewer, {}),
                ("reviewer all", reviewer, {"whose": "all"}),
                ("annotator", annotator, {}),
                ("annotator mine", annotator, {"whose": "mine"}),
            )
        }
        assert labels == {
            "viewer": ["EMPLOY"] * 4,
            "viewer all": ["EMPLOY"] * 4,
            "reviewer": ["EMPLOY"] * 4,
            "reviewer all": ["EMPLOY", "EMPLOY", "EMPLOY", "EMPLOY", "DISPATCH"],
            "annotator": [],
            "annotator mine": ["DISPATCH"],
        }
        for given in ({"on": "label:DISPATCH,status:happened"}, {"q": "terminated", "on": "label:DISPATCH"}):
            assert starts(ask(indexed, "words", user=viewer, whose="all", **given)) == []
            assert starts(ask(indexed, "words", user=annotator, whose="mine", **given)) == [892]
        near = {"q": "terminat*", "with": "label:DISPATCH,status:happened", "near": "1", "whose": "all"}
        assert starts(ask(indexed, "words", user=viewer, **near)) == []
        assert starts(ask(indexed, "words", user=reviewer, **near)) == [892]

    def test_is_no_member(self, indexed):
        page = ask(indexed, "words", q="terminat*", user=factories.user())
        assert (page.rows, page.totals, page.after) == ([], {}, None)


def test_without_a_condition_no_mark_is_a_line(indexed):
    """Marks are lines for what they are; where nothing is asked, those that the asker may not see would be too."""
    question = read("words", [])
    with within_time(indexed):
        assert LEDGER_PAGES["words"](Asker(question, indexed, superuser()), 50, None).rows == []


def test_marks_of_an_older_text_are_no_marks_under_the_new_one(indexed, gold):
    """Words are those of the newest text; marks are lines wherever the reading is that answers."""
    newer = factories.document(gold.document.text.replace("terminated", "ended  now"), of=gold.document.article)
    index_all()
    page = ask(indexed, "words", q="terminat*")
    assert [(row["start"], row["document"], row["marks"]) for row in page.rows] == [(1880, newer.pk, [])]
    assert {row["document"] for row in ask(indexed, "words", on="label:EMPLOY").rows} == {gold.document.pk}
    assert starts(ask(indexed, "words", q="terminat*", on="label:EMPLOY")) == TERMINATED
    assert Assignment.objects.count() == 1


def test_as_many_queries_for_one_line_as_for_all(indexed):
    who = factories.user(is_superuser=True)
    for given in (
        {"q": "workers"},
        {"on": "label:GROUP"},
        {"q": "workers", "on": "label:GROUP", "with": "the", "near": "sentence"},
    ):
        numbers = []
        for limit in (1, 5):
            with CaptureQueriesContext(connection) as queries:
                ask(indexed, "words", limit, user=who, sample="20", **given)
            numbers.append(len(queries))
        assert numbers[0] == numbers[1] <= 40, given
