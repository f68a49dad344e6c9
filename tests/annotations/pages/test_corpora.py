"""The home page: my corpora, how far they are, what waits for me and what is new."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from annotations.discussion.threads import answer, open_thread
from annotations.models import Assignment, Notice
from corpus.models import Article, Invitation
from registry.models import Entity, ListCandidate, ScreeningRun
from tests import factories, listed
from tests.annotations.pages.conftest import submitted

ROLES = ("viewer", "annotator", "reviewer", "manager")


def tasks(text):
    """Words and address of what waits for the person."""
    return re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a></li>', text)


@pytest.fixture
def read(corpus, people):
    """A text of the corpus that two others have submitted."""
    document = factories.document("Ten workers left.", corpus=corpus)
    for _ in range(2):
        other = factories.user()
        factories.membership(corpus, other, "annotator")
        submitted(document, other)
    return document


def test_it_lists_mine_with_my_role(page, corpus):
    text = page("annotator", "/")
    assert '<a href="/corpora/reports/" dir="auto">Reports</a>' in text
    assert '<span class="badge">annotator</span>' in text


def test_corpora_of_others_are_not_there(page, corpus):
    factories.corpus("secret-plan")
    assert "secret-plan" not in page("manager", "/")


def test_who_belongs_to_none_is_told_whom_to_ask(page):
    text = page("stranger", "/")
    assert "No corpus yet" in text
    assert "<strong>stranger</strong>" in text


def test_a_superuser_without_corpora_is_led_to_making_one(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("manager"))
    assert b"Create a corpus" in client.get("/").content


def test_the_bar_is_that_of_the_list_of_articles(as_, corpus, people, read):
    factories.assignment(factories.document("Second", corpus=corpus), people.annotator)
    factories.document("Third", corpus=corpus)
    for role in ROLES:
        (card,) = as_(role).get("/").context["corpora"]
        assert card.shares == as_(role).get("/corpora/reports/").context["shares"], role


def test_who_is_in_two_corpora_has_each_bar_by_their_role_there(as_, corpus, people, read):
    factories.assignment(read, people.reviewer, role="adjudication", status="submitted", submitted=timezone.now())
    other = factories.corpus("other")
    factories.membership(other, people.annotator, "reviewer")
    theirs = factories.document("Text", corpus=other)
    factories.assignment(theirs, people.manager, role="adjudication", status="submitted", submitted=timezone.now())
    bars = {card.slug: [part.state for part in card.shares] for card in as_("annotator").get("/").context["corpora"]}
    assert bars == {"reports": ["new"], "other": ["gold"]}


class TestTasks:
    def test_articles_to_annotate_are_my_own(self, page, corpus, people):
        factories.assignment(factories.document("Text", corpus=corpus), people.annotator)
        assert tasks(page("annotator", "/")) == [("/queue/?corpus=reports&amp;state=open", "1 article to annotate")]
        assert tasks(page("manager", "/")) == []

    @pytest.mark.parametrize(("role", "shown"), [("reviewer", 1), ("manager", 1), ("annotator", 0), ("viewer", 0)])
    def test_articles_to_adjudicate_are_for_reviewers(self, page, read, role, shown):
        assert tasks(page(role, "/")) == [("/corpora/reports/?progress=submitted", "1 article to adjudicate")] * shown

    def test_who_has_read_an_article_does_not_adjudicate_it(self, page, people, read):
        submitted(read, people.reviewer)
        assert tasks(page("reviewer", "/")) == []
        assert len(tasks(page("manager", "/"))) == 1

    def test_nothing_is_left_to_adjudicate_where_a_gold_is_begun(self, page, people, read):
        factories.assignment(read, people.reviewer, role="adjudication", status="open")
        assert [words for _, words in tasks(page("reviewer", "/"))] == ["1 adjudication in progress"]
        assert tasks(page("manager", "/")) == []

    def test_one_reading_is_too_few(self, page, corpus, people):
        submitted(factories.document("Text", corpus=corpus), people.annotator)
        assert tasks(page("reviewer", "/")) == []

    @pytest.mark.parametrize(("role", "shown"), [("reviewer", 1), ("manager", 1), ("annotator", 0), ("viewer", 0)])
    def test_candidates_are_for_reviewers(self, page, corpus, people, role, shown):
        version = listed.version("TEST", "TEST-001; Amber Heron; KP")
        run = ScreeningRun.objects.create(corpus=corpus, trigger="list", matcher="names/1", finished=timezone.now())
        for name, state in (("Amber Heron", "open"), ("Amber Herons", "decided")):
            ListCandidate.objects.create(
                entity=Entity.objects.create(corpus=corpus, name=name, type="VESSEL"), list=version.list, ref="TEST-001",
                version=version.number, entry_digest="0" * 64, score=90, explanation={}, first_run=run, last_run=run, state=state,
            )  # fmt: skip
        assert tasks(page(role, "/")) == [("/corpora/reports/screening/", "1 candidate to decide")] * shown

    def test_a_thread_waits_for_those_who_are_to_answer_it(self, page, corpus, people, read):
        thread = open_thread(Assignment.objects.filter(document=read).first(), None, "Why?", people.manager)
        asked = lambda role: [words for _, words in tasks(page(role, "/")) if "thread" in words]  # noqa: E731
        assert asked("reviewer") == ["1 thread to answer"]
        assert asked("manager") == asked("annotator") == asked("viewer") == []
        answer(thread, "So.", people.reviewer)
        assert asked("reviewer") == []
        assert asked("manager") == ["1 thread to answer"]


class TestNews:
    PASSWORD = "a password that is long"

    @pytest.fixture
    def enter(self, client, corpus, people):
        """Sign in as viewer, and see the home page."""
        people.viewer.set_password(self.PASSWORD)
        people.viewer.save()

        def read():
            client.post("/login/", {"username": "viewer", "password": self.PASSWORD})
            return client.get("/").content.decode()

        return read

    def test_articles_added_since_i_signed_in_before_are_new(self, enter, corpus):
        old = factories.document("Old", corpus=corpus).article_id
        Article.objects.filter(pk=old).update(created=timezone.now() - timedelta(days=3))
        factories.document("New", corpus=corpus)
        assert "New:" not in enter(), "the first time"
        get_user_model().objects.filter(username="viewer").update(last_login="2026-01-02T08:00Z")
        Article.objects.filter(pk=old).update(created="2026-01-01T08:00Z")
        text = enter()
        assert '<a href="/corpora/reports/?sort=-added">1 article added since you signed in on 2026-01-02</a>' in text

    def test_unread_notices_of_the_corpus_are_new(self, page, people, read):
        Notice.objects.create(user=people.viewer, corpus=read.corpus, kind="text", article=read.article, in_app=True)
        assert '<a href="/notices/">1 unread notice</a>' in page("viewer", "/")
        assert "unread notice<" not in page("manager", "/")


class TestFirstSteps:
    def steps(self, as_, role="manager", address="/"):
        shown = as_(role).get(address).context
        steps = shown["steps"] if "steps" in shown else shown["corpora"][0].steps
        return [step.is_done for step in steps]

    @pytest.fixture
    def alone(self, people):
        """A corpus with one manager."""
        people.manager = factories.user()
        corpus = factories.corpus("begun")
        factories.membership(corpus, people.manager, "manager")
        return corpus

    @pytest.mark.parametrize("address", ["/", "/corpora/begun/"])
    def test_they_tick_themselves_off_and_vanish(self, as_, people, alone, address):
        assert self.steps(as_, address=address) == [False, False, False]
        document = factories.document("Text", corpus=alone)
        assert self.steps(as_, address=address) == [True, False, False]
        factories.membership(alone, factories.user(), "viewer")
        assert self.steps(as_, address=address) == [True, True, False]
        reading = factories.assignment(document, people.manager)
        assert self.steps(as_, address=address) == [True, True, True]
        factories.submitted(reading)
        assert self.steps(as_, address=address) == []

    def test_an_invitation_is_enough(self, as_, people, alone):
        Invitation.objects.create(
            corpus=alone, role="annotator", created_by=people.manager, expires=timezone.now() + timedelta(days=1), digest="0" * 64
        )
        assert self.steps(as_) == [False, True, False]

    @pytest.mark.parametrize("role", ["viewer", "annotator", "reviewer"])
    def test_others_are_not_led(self, as_, role):
        assert self.steps(as_, role) == self.steps(as_, role, "/corpora/reports/") == []


def test_the_number_of_queries_does_not_grow(queries, people):
    def add(count):
        for _ in range(count):
            made = factories.corpus()
            factories.membership(made, people.annotator, "annotator")
            factories.document(f"Text of {made}", corpus=made)

    few = queries("annotator", "/")
    add(50)
    assert queries("annotator", "/") == few
