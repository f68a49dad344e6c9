"""What the checks say, over all articles: question 6 of the domain."""

import json

import pytest

from annotations.models import Assignment, Figure
from corpus.models import Article
from questions.address.question import AddressError
from questions.asking import findings as findings_module
from questions.models import Stale
from tests import factories, marks
from tests.questions.ledgers.asking import ask, entity_keys, event_keys, mark_keys, pages, take_up

pytestmark = pytest.mark.django_db
DERIVED_OF_GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))["checks"]


def sum_of_parts(corpus, part=170, *, who=None, role="adjudication", **article):
    """An article with a whole and two parts of it."""
    of = factories.document("Of 300 went 170, and 130 wait.", of=factories.article(corpus, **article))
    reading = factories.assignment(of, who or factories.user(), role)
    whole, *others = (
        marks.figure(reading, words, low=n, high=n, comparator="eq", use="reported")
        for words, n in (("300", 300), ("170", part), ("130", 130))
    )
    for each in others:
        marks.link(each.span, whole.span)
    return reading


@pytest.fixture
def corpus():
    made = factories.corpus()
    factories.adopt(made)
    return made


def texts(corpus, **given):
    return [row["text"] for row in ask(corpus, "findings", **given).rows]


@pytest.mark.usefixtures("indexed")
class TestSeed:
    def test_question_6(self, seeded):
        (row,) = ask(seeded, "findings", code="FIG-06", result="warning").rows
        keys = mark_keys()
        assert [keys[mark["id"]] for mark in row["figures"]] == ["F08", "F09", "F11", "F12"]
        rates = [([str(pk) for pk in rate["figures"]], rate["rate"]) for rate in row["numbers"]["implied_rates"]]
        names = {str(pk): key for pk, key in keys.items()}
        assert [([names[pk] for pk in pair], rate) for pair, rate in rates] == [
            (["F09", "F08"], 173.33),
            (["F12", "F11"], 83.33),
        ]
        assert row["numbers"]["ratio"] == 2.08
        assert row["rule"].startswith("Two stated conversions between the same currencies")
        assert "45,000" in row["figures"][0]["quote"]
        assert row["href"].endswith(f"#mark={row['figures'][0]['id']}")

    def test_all_checks_of_the_gold(self, seeded):
        page = ask(seeded, "findings")
        keys, names = mark_keys(), entity_keys()
        rows = [
            {"code": row["code"], "result": row["result"], "figures": [keys[mark["id"]] for mark in row["figures"]]}
            for row in page.rows
        ]
        wanted = [{name: check[name] for name in ("code", "result", "figures")} for check in DERIVED_OF_GOLD]
        assert sorted(rows, key=str) == sorted(wanted, key=str)
        assert [row["code"] for row in page.rows] == sorted(row["code"] for row in rows)
        assert page.totals == {"ok": 2, "warning": 1, "info": 2, "note": 1}
        assert page.parts == {"counted": 6}
        share = next(row for row in page.rows if row["numbers"].get("values", {}).get("share_percent") == 15)
        assert [names[speaker["entity"]] for speaker in share["speakers"]] == ["E-MGR", "E-SRCB"]
        assert share["same_speaker"] is False
        assert "15 % of the stated yearly earnings; different speakers (Manager of North" in share["text"]

    def test_a_note_about_the_law_leads_to_its_events(self, seeded):
        (row,) = ask(seeded, "findings", code="LEGAL").rows
        events = event_keys()
        assert sorted(events[event["event"]] for event in row["events"]) == ["EV03", "EV07"]
        assert row["figures"] == []
        assert row["href"].endswith(f"#mark={row['events'][0]['triggers'][0]['id']}")

    def test_somebody_who_is_renamed_is_called_so_at_once(self, seeded):
        seeded.entities.filter(key="E-MGR").update(name="The boss")
        assert any("different speakers (The boss, " in text for text in texts(seeded, code="DERIVED"))
        assert not Stale.objects.exists()

    def test_pages_neither_skip_nor_repeat(self, seeded):
        paged = [row for page in pages(seeded, "findings", 1) for row in page.rows]
        assert paged == ask(seeded, "findings").rows
        assert len(paged) == 6

    def test_by_whom(self, seeded):
        viewer, outsider, annotator = factories.user(), factories.user(), factories.user()
        factories.membership(seeded, viewer, "viewer")
        factories.membership(seeded, annotator, "annotator")
        assert ask(seeded, "findings", user=viewer).parts == {"counted": 6}
        for who in (annotator, outsider):
            page = ask(seeded, "findings", user=who)
            assert (page.rows, page.parts, page.totals["warning"]) == ([], {"counted": 0}, 0)

    @pytest.mark.parametrize(
        ("name", "value"), [("code", "FIG-99"), ("result", "good"), ("part", "counted"), ("label", "PEOPLE")]
    )
    def test_what_no_check_has_is_refused(self, seeded, name, value):
        with pytest.raises(AddressError, match=f"^{name} "):
            ask(seeded, "findings", **{name: value})

    def test_of_which_articles(self, seeded):
        article = Article.objects.get()
        assert len(texts(seeded, article=str(article.pk), outlet="Daily NK", language="en")) == 6
        factories.outlet(seeded, "Another")
        assert texts(seeded, outlet="Another") == []
        assert texts(seeded, published_from="2030-01-01") == []


def test_a_save_counts_from_its_commit_on(corpus):
    reading = sum_of_parts(corpus)
    assert texts(corpus) == ["170 + 130 = 300."]
    take_up()
    Figure.objects.filter(low=170).update(low=200, high=200)
    Assignment.objects.filter(pk=reading.pk).update(revision=1)
    assert texts(corpus) == ["200 + 130 = 330, more than 300."]
    assert texts(corpus, result="ok") == []
    reading.links.all().delete()
    Assignment.objects.filter(pk=reading.pk).update(revision=2)
    assert texts(corpus) == []
    before = ask(corpus, "findings")
    take_up()
    assert ask(corpus, "findings") == before


def test_what_is_too_much_for_the_spot_is_behind(corpus, monkeypatch):
    monkeypatch.setattr(findings_module, "MOST_WORKED_OUT", 2)
    for _ in range(3):
        sum_of_parts(corpus)
    page = ask(corpus, "findings")
    assert (len(page.rows), page.behind) == (2, 1)
    take_up()
    page = ask(corpus, "findings")
    assert (len(page.rows), page.behind) == (3, 0)


def test_another_corpus_has_its_own(corpus):
    sum_of_parts(corpus)
    other = factories.corpus()
    factories.adopt(other)
    sum_of_parts(other, 10)
    assert texts(other) == ["10 + 130 = 140, of 300."]
    take_up()
    assert texts(other) == ["10 + 130 = 140, of 300."]


def test_an_annotator_has_their_own_and_no_others(corpus):
    who = factories.user()
    factories.membership(corpus, who, "annotator")
    sum_of_parts(corpus, who=who, role="annotation")
    sum_of_parts(corpus, 10)
    take_up()
    assert texts(corpus, user=who, whose="mine") == ["170 + 130 = 300."]
    assert texts(corpus, user=who) == []
    assert sorted(texts(corpus, whose="all")) == ["10 + 130 = 140, of 300.", "170 + 130 = 300."]


def test_a_copy_and_a_later_telling_are_no_rows_where_they_say_the_same(corpus):
    one, copy = sum_of_parts(corpus), sum_of_parts(corpus)
    Article.objects.filter(pk=copy.document.article_id).update(copy_of=one.document.article)
    assert len(texts(corpus)) == 1
    assert len(texts(corpus, copies="1")) == 2
    Figure.objects.filter(assignment=copy, low=170).update(low=10, high=10)
    Assignment.objects.filter(pk=copy.pk).update(revision=1)
    assert len(texts(corpus)) == 2
    Article.objects.filter(pk=copy.document.article_id).update(copy_of=None)
    told = sum_of_parts(corpus)
    story = corpus.clusters.create(name="A story")
    Article.objects.filter(pk__in=[one.document.article_id, told.document.article_id]).update(cluster=story)
    assert sorted(texts(corpus)) == ["10 + 130 = 140, of 300.", "170 + 130 = 300."]
    take_up()
    assert len(texts(corpus)) == 2
    assert len(texts(corpus, copies="1")) == 3


def test_one_who_may_not_see_the_original_has_the_copy(corpus):
    """What somebody may not see hides nothing from them."""
    who = factories.user()
    factories.membership(corpus, who, "annotator")
    one, copy = sum_of_parts(corpus), sum_of_parts(corpus, who=who, role="annotation")
    Article.objects.filter(pk=copy.document.article_id).update(copy_of=one.document.article)
    take_up()
    assert len(texts(corpus, user=who, whose="mine")) == 1
