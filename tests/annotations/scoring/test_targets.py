"""Targets of agreement: set by managers, drawn beside agreement, and told once when agreement comes under one."""

import csv
import io

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations.bin.put import delete
from annotations.models import AgreementTarget, Notice, PairScore
from annotations.notices.targets import notify_of_targets
from annotations.plans.team import change_settings
from corpus.edits.history import EditError
from tests import factories
from tests.api.world import bearer
from tests.scored import counts_of, scored, weeks_ago

pytestmark = pytest.mark.django_db
GOOD, BAD = (
    counts_of(ACTOR__PERSON=(10, 10, 9), FIGURE__MONEY=(1, 1, 1)),
    counts_of(ACTOR__PERSON=(10, 10, 6), FIGURE__MONEY=(1, 1, 1)),
)


@pytest.fixture
def corpus(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    return corpus


@pytest.fixture
def people(corpus):
    roles = {"ann": "annotator", "ben": "annotator", "reviewer": "reviewer", "manager": "manager"}
    cast = {name: factories.user(name) for name in roles}
    for name, role in roles.items():
        factories.membership(corpus, cast[name], role)
    return cast


def pairs(corpus, people, number, counts, at=None):
    return [scored(corpus, (people["ann"], people["ben"]), counts, at) for _ in range(number)]


def test_managers_are_notified_once_for_each_time_that_agreement_comes_under(corpus, people):
    change_settings(corpus, {"targets": {"ACTOR": 80, "FIGURE.MONEY": 80, "EVENT": 80}}, people["manager"])
    pairs(corpus, people, 19, BAD)
    assert (notify_of_targets(), Notice.objects.count()) == (0, 0), "too few articles"
    pairs(corpus, people, 1, BAD)
    assert (notify_of_targets(), notify_of_targets()) == (1, 0)
    [notice] = Notice.objects.all()
    assert (notice.user, notice.target.code) == (people["manager"], "ACTOR")
    Notice.objects.update(read="2026-11-30T00:00Z")
    assert notify_of_targets() == 0, "they know"
    PairScore.objects.update(counts=GOOD, at=timezone.now())
    assert notify_of_targets() == 0
    PairScore.objects.update(counts=BAD, at=timezone.now())
    assert (notify_of_targets(), Notice.objects.count()) == (1, 2), "another crossing"
    change_settings(corpus, {"targets": {"ACTOR": 70, "EVENT": 80}}, people["manager"])
    assert (notify_of_targets(), Notice.objects.count()) == (1, 1), "another target; notices of the old one are gone"
    PairScore.objects.all().delete()
    assert notify_of_targets() == 0
    assert AgreementTarget.objects.get(layer="ACTOR").under, "without pairs nothing says that it is reached"


def test_a_corpus_in_the_bin_is_silent(corpus, people, django_assert_num_queries):
    change_settings(corpus, {"targets": {"ACTOR": 80}}, people["manager"])
    pairs(corpus, people, 20, BAD)
    delete(corpus, people["manager"], "Old.")
    with django_assert_num_queries(1):
        assert notify_of_targets() == 0


def test_targets_on_pages(corpus, people, client):
    client.force_login(people["manager"])
    base = f"/corpora/{corpus.slug}/"
    page = client.get(f"{base}settings/")
    assert 'name="ACTOR.PERSON"' in page.text
    answer = client.post(f"{base}settings/targets/", {"ACTOR": "80", "ACTOR.PERSON": "85", "EVENT": ""}, follow=True)
    assert "Targets saved." in answer.text
    assert "ACTOR 80 %, ACTOR.PERSON 85 %" in answer.text
    assert AgreementTarget.of(corpus) == {"ACTOR": 80, "ACTOR.PERSON": 85}
    refused = client.post(f"{base}settings/targets/", {"ACTOR": "101"})
    assert (refused.status_code, "errorlist" in refused.text) == (200, True)
    client.post(f"{base}settings/targets/", {"ACTOR": "80", "ACTOR.PERSON": "85"})
    pairs(corpus, people, 20, BAD, weeks_ago(1))
    scored(corpus, (people["ann"], people["ben"]), BAD)
    page = client.get(f"{base}agreement/").text
    assert "Target, actor: 80 %" in page
    assert page.count("under the target") == 2
    client.post(f"{base}settings/targets/", {})
    assert AgreementTarget.of(corpus) == {}
    assert 'id="targets"' not in client.get(f"{base}agreement/").text
    client.force_login(people["reviewer"])
    assert client.post(f"{base}settings/targets/", {"ACTOR": "80"}).status_code == 403


def test_targets_by_api(corpus, people):
    api, team = bearer(people["manager"], "read", "annotate", "export"), f"/api/v1/corpora/{corpus.slug}/team/"
    assert api.patch(team, {"targets": {"FIGURE.MONEY": 90}}, format="json").json()["targets"] == {"FIGURE.MONEY": 90}
    refused = api.patch(team, {"targets": {"FIGURE.COIN": 90}}, format="json")
    assert (refused.status_code, "FIGURE.COIN" in refused.json()["detail"]) == (422, True)
    assert [api.patch(team, {"targets": each}, format="json").status_code for each in ({"ACTOR": 0}, ["ACTOR"])] == [400, 400]
    pairs(corpus, people, 1, GOOD)
    base = f"/api/v1/corpora/{corpus.slug}/agreement/"
    [line] = api.get(base).json()["targets"]
    assert (line["label"], line["least"], line["articles"], line["exact"], line["state"]) == (
        "MONEY",
        90,
        1,
        1.0,
        "too few articles",
    )
    [_, row] = csv.reader(io.StringIO(api.get(f"{base}file/", {"table": "targets"}).content.decode("utf-8-sig")))
    assert row == ["FIGURE", "MONEY", "90", "1", "2", "1.0", "too few articles"]
    rows = csv.reader(io.StringIO(api.get(f"{base}file/", {"table": "layer_weeks"}).content.decode("utf-8-sig")))
    assert [row[1:] for row in rows] == [["layer", "marks", "f1_exact"], ["ACTOR", "20", "0.9"], ["FIGURE", "2", "1.0"]]


def test_the_database_holds_them(corpus, people):
    for wrong in ({"least": 0}, {"least": 101}, {"layer": "", "least": 50}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgreementTarget.objects.create(corpus=corpus, **{"layer": "ACTOR"} | wrong)
    with pytest.raises(EditError, match=r"no layer or label ACTOR\.MAN"):
        change_settings(corpus, {"targets": {"ACTOR.MAN": 80}}, people["manager"])
