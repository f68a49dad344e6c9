"""The pages of practice and test articles: chosen on the plan, a word in the queue, and the result."""

import pytest

from annotations.assign import submit
from annotations.guidelines.versions import create
from annotations.models import PracticeArticle, TeamSettings
from annotations.plans.change import create_plan
from annotations.plans.draw import start
from corpus.models import Article
from tests import factories, marks


@pytest.fixture
def plan(corpus, people):
    factories.document("Work.", corpus=corpus)
    made = create_plan(corpus, {"name": "Overlap", "readings": 1, "share": 0}, {}, people.manager)
    return start(made, Article.objects.filter(corpus=corpus), people.manager)


@pytest.fixture
def text(corpus, people):
    made = factories.document("The firm paid. A broker left.", corpus=corpus)
    gold = factories.assignment(made, people.reviewer, role="adjudication")
    for words in ("firm", "broker"):
        marks.span(gold, words, "COMPANY")
    return made


def test_from_the_plan_to_the_result(as_, page, plan, text, people, corpus):
    create(corpus, "ACTOR.COMPANY", people.reviewer, title="Companies", body="The name.")
    address = plan.get_absolute_url()
    sent = {"act": "practice", "article": f"https://x.example/articles/{text.article_id}/", "kind": "test"}
    assert "test." in as_("manager").post(address, sent, follow=True).text
    assert PracticeArticle.objects.get().document == text
    TeamSettings.objects.create(corpus=corpus, practice_tests=1)
    assert "Tests passed: 0 of 1. Articles of its plans are offered after that." in page("annotator", "/queue/")
    assert "Tests passed" not in page("reviewer", "/queue/")

    opened = as_("annotator").post("/queue/next/", follow=True)
    reading = opened.redirect_chain[0][0]
    own = people.annotator.assignments.get()
    assert own.document == text
    marks.span(own, "firm", "COMPANY", entity=marks.entity(corpus, type="COMPANY"))
    assert as_("annotator").get(f"{reading}result/").status_code == 404
    submit(own)
    assert "Result: not passed" in page("annotator", reading)
    seen = page("annotator", f"{reading}result/")
    for words in (
        "Not passed",
        "67 %",
        "missed",
        "Each layer needs 80 %",
        "COMPANY: broker",
        ">Companies</a>",
        "Tests passed: 0 of 1",
    ):
        assert words in seen
    assert "read by annotator" in page("reviewer", f"{reading}result/")
    assert [as_(who).get(f"{reading}result/").status_code for who in ("viewer", "stranger")] == [404, 404]
    refused = as_("annotator").post("/queue/next/", follow=True)
    assert "Tests passed: 0 of 1 in Reports. There is no further practice or test article" in refused.text
    assert "Remove" in page("manager", address)
    as_("manager").post(address, {"act": "practice", "article": str(text.article_id), "kind": "none"})
    assert not PracticeArticle.objects.exists()


def test_an_article_that_is_none_is_refused(as_, plan):
    for article in ("", "elsewhere", "0" * 8 + "-0000-4000-8000-" + "0" * 12):
        sent = {"act": "practice", "article": article, "kind": "test"}
        assert (
            "No article of this corpus has this address." in as_("manager").post(plan.get_absolute_url(), sent, follow=True).text
        )


def test_pages_ask_no_more_with_more_articles(queries, plan, text, people, corpus):
    address = plan.get_absolute_url()
    PracticeArticle.objects.create(plan=plan, document=text, kind="test", created_by=people.manager)
    before = queries("manager", address)
    for number in range(5):
        more = factories.document(f"Text {number}", corpus=corpus)
        PracticeArticle.objects.create(plan=plan, document=more, kind="test", created_by=people.manager)
    assert queries("manager", address) == before
