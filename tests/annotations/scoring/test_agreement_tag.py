"""ETag of the page of agreement: 304 while all that it shows is the same, and the whole page as soon as anything of it differs."""

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.db.models.sql.compiler import SQLCompiler
from django.test import RequestFactory

from annotations.models import AgreementTarget, Assignment, Guideline, GuidelineVersion, Notice
from annotations.scoring.pairs import score
from annotations.views import agreement
from corpus.models import Outlet
from tests import factories

ADDRESS = "/corpora/reports/agreement/"


@pytest.fixture
def reviewer(client, pair, people):
    score()
    client.force_login(people["reviewer"])
    return client


def asked_again(client, answer, address=ADDRESS):
    return client.get(address, headers={"if-none-match": answer["ETag"]})


def test_a_page_that_is_the_same_is_neither_drawn_nor_sent_again(reviewer, monkeypatch):
    first = reviewer.get(ADDRESS)
    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]
    monkeypatch.setattr(agreement, "render", None)
    again = asked_again(reviewer, first)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == "private, no-cache"
    monkeypatch.undo()
    assert asked_again(reviewer, first, f"{ADDRESS}?against=gold").status_code == 200
    assert asked_again(reviewer, first, f"{ADDRESS}?page=2").status_code == 200


def score_anew(corpus, pair, people):
    Assignment.objects.filter(pk=pair[0].pk).update(revision=2, independent=2)


def other_name(corpus, pair, people):
    people["ben"].username = "benedict"
    people["ben"].save()


def another_reader(corpus, pair, people):
    third = factories.assignment(pair[0].document, factories.user("third"))
    Assignment.objects.filter(pk=third.pk).update(independent=third.revision)


def target(corpus, pair, people):
    AgreementTarget.objects.create(corpus=corpus, layer="ACTOR", label="", least=80)


def notice(corpus, pair, people):
    Notice.objects.create(user=people["manager"], corpus=corpus, kind="assigned", number=1, in_app=True)


def guideline(corpus, pair, people):
    made = Guideline.objects.create(corpus=corpus, layer="ACTOR", label="COMPANY")
    GuidelineVersion.objects.create(guideline=made, number=1, title="Firms", body="Mark them.", user=people["manager"])


def outlet(corpus, pair, people):
    Outlet.objects.create(corpus=corpus, name="Gazette")


def corpus_name(corpus, pair, people):
    corpus.name = "Other"
    corpus.save()


def title(corpus, pair, people):
    article = pair[0].document.article
    article.title = "Another title"
    article.save()


CHANGES = [score_anew, other_name, another_reader, target, notice, guideline, outlet, corpus_name, title]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_the_page_shows_changes_its_tag(client, corpus, pair, people, change):
    score()
    client.force_login(people["manager"])
    first = client.get(ADDRESS)
    assert asked_again(client, first).status_code == 304
    change(corpus, pair, people)
    again = asked_again(client, first)
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_nobody_learns_what_another_person_sees(reviewer, people):
    first = reviewer.get(ADDRESS)
    reviewer.force_login(people["manager"])
    assert asked_again(reviewer, first).status_code == 200
    reviewer.force_login(people["viewer"])
    assert asked_again(reviewer, first).status_code == 403
    reviewer.logout()
    assert asked_again(reviewer, first).status_code == 302


def test_a_page_with_a_message_is_not_kept(reviewer):
    first = reviewer.get(ADDRESS)
    storage = CookieStorage(RequestFactory().get("/"))
    storage.add(constants.INFO, "Saved once.")
    reviewer.cookies["messages"] = storage._encode(storage._queued_messages)
    shown = asked_again(reviewer, first)
    assert "Saved once." in shown.text
    assert "ETag" not in shown
    assert asked_again(reviewer, first).status_code == 304


@pytest.mark.parametrize("query", ["", "?against=gold&language=en", "?reader=ann&since=2020-01-01"])
def test_to_learn_that_nothing_has_changed_builds_no_query_of_the_page_again(reviewer, query, monkeypatch):
    asked_again(reviewer, reviewer.get(ADDRESS + query), ADDRESS + query)
    built, own = [], SQLCompiler.as_sql

    def noted(self, *arguments, **options):
        built.append(self.query.model._meta.label)
        return own(self, *arguments, **options)

    monkeypatch.setattr(SQLCompiler, "as_sql", noted)
    answer = reviewer.get(ADDRESS + query)
    assert answer.status_code == 200
    built.clear()
    assert asked_again(reviewer, answer, ADDRESS + query).status_code == 304
    # What every page asks, and which corpus it is.
    assert sorted(set(built)) == ["auth.User", "corpus.Corpus", "corpus.Membership", "sessions.Session"]
