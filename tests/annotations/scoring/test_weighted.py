"""Agreement weighted by the chances with which plans drew the articles, on the page and by API."""

import pytest
from django.utils import timezone

from annotations.models import PairScore, Plan, PlanArticle
from tests.api.world import bearer
from tests.scored import counts_of, scored

pytestmark = pytest.mark.django_db


def of_chances(corpus, people, chances):
    """Articles with 10 marks a side, of which the first has all equal, the next ones 4: drawn by a plan, in this order."""
    plan = Plan.objects.create(
        corpus=corpus, name="Overlap", readings=2, share=20, chances="length", state="running", started=timezone.now(),
        created_by=people["manager"],
    )  # fmt: skip
    for number, chance in enumerate(chances):
        scored(corpus, (people["ann"], people["ben"]), counts_of(ACTOR__COMPANY=(10, 10, 4 if number else 10)))
        document = PairScore.objects.latest("pk").right.document
        PlanArticle.objects.create(plan=plan, document=document, needed=2, chance=chance, position=number)


def exact(answer):
    return {(each["measure"], each["layer"]): (each["value"], each["n"]) for each in answer.json()["measures"]}["exact", "ACTOR"]


def test_by_api_articles_weigh_one_by_their_chance(corpus, people):
    """(20·1 + 8·4) / (20·1 + 20·4) = .52, where (20 + 8) / 40 = .7."""
    of_chances(corpus, people, [1.0, 0.25])
    api, address = bearer(people["manager"], "read"), f"/api/v1/corpora/{corpus.slug}/agreement/"
    asked = ({}, {"weighted": "false"}, {"weighted": "true"})
    assert [exact(api.get(address, each)) for each in asked] == [(0.7, 40), (0.7, 40), (pytest.approx(0.52), 40)]
    [label] = api.get(address, {"weighted": "true"}).json()["labels"]
    assert (label["left"], label["f1_exact"]) == (20, pytest.approx(0.52))
    assert api.get(address, {"weighted": "perhaps"}).json()["errors"][0]["field"] == "weighted"


def test_an_article_that_no_plan_drew_counts_once(corpus, people):
    """(20·1 + 8·4 + 8·1) / (20·1 + 20·4 + 20·1) = .5."""
    of_chances(corpus, people, [1.0, 0.25])
    scored(corpus, (people["ann"], people["ben"]), counts_of(ACTOR__COMPANY=(10, 10, 4)))
    answer = bearer(people["manager"], "read").get(f"/api/v1/corpora/{corpus.slug}/agreement/", {"weighted": "true"})
    assert exact(answer) == (pytest.approx(0.5), 60)


def test_the_page_offers_it_where_chances_differ_and_says_so(corpus, people, client):
    of_chances(corpus, people, [1.0, 0.25])
    client.force_login(people["manager"])
    address = f"/corpora/{corpus.slug}/agreement/"
    page = client.get(address).text
    assert 'name="weighted" value="1">' in page
    assert "Plans drew these articles with different chances" in page
    page = client.get(address, {"weighted": "1"}).text
    assert 'name="weighted" value="1" checked>' in page
    assert "Measures and labels are weighted by 1 / chance" in page
    assert "?against=each&amp;weighted=1" in page


@pytest.mark.parametrize("chances", [[], [0.2, 0.2]])
def test_it_does_not_where_they_are_the_same(corpus, people, client, chances):
    of_chances(corpus, people, chances)
    if not chances:
        scored(corpus, (people["ann"], people["ben"]), counts_of(ACTOR__COMPANY=(10, 10, 4)))
    client.force_login(people["manager"])
    assert 'name="weighted"' not in client.get(f"/corpora/{corpus.slug}/agreement/").text
