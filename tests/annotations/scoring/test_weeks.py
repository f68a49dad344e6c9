"""Agreement by week: drift of labels and readers, on the page and by API."""

import csv
import io
from datetime import timedelta

import pytest

from annotations.scoring.drift import drift_lines
from annotations.scoring.report import AgreementReport
from tests import factories
from tests.api.world import bearer
from tests.scored import counts_of, scored, weeks_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    return corpus


@pytest.fixture
def people(corpus):
    roles = {"ann": "annotator", "ben": "annotator", "cid": "annotator", "reviewer": "reviewer", "manager": "manager"}
    cast = {name: factories.user(name) for name in roles}
    for name, role in roles.items():
        factories.membership(corpus, cast[name], role)
    return cast


def eight_weeks(corpus, people, fallen):
    """Six pairs a week, by turns of two; from week six on `fallen` of ten companies are the same."""
    for week in range(8):
        for number in range(6):
            firms = fallen if week >= 5 else 9
            counts = counts_of(ACTOR__COMPANY=(10, 10, firms - number % 2), ACTOR__PERSON=(10, 10, 9 - number % 3))
            pair = [(people["ann"], people["ben"]), (people["ann"], people["cid"])][number % 2]
            scored(corpus, pair, counts, weeks_ago(7 - week))


def test_a_change_is_named_with_its_week_its_values_and_articles(corpus, people, client):
    eight_weeks(corpus, people, 5)
    lines = {(row.kind, row.name): row for row in drift_lines(AgreementReport(corpus, people["manager"]))}
    company = lines["label", "ACTOR.COMPANY"]
    assert company.week == weeks_ago(2).date() - timedelta(days=2), "the Monday of week six"
    assert (company.articles_before, company.articles_after) == (30, 18)
    assert (round(company.before, 2), round(company.after, 2)) == (0.85, 0.45)
    assert (company.before_low < company.before < company.before_high, company.after_low) == (True, None)
    assert ("label", "ACTOR.PERSON") not in lines
    base = f"/api/v1/corpora/{corpus.slug}/agreement/"
    api = bearer(people["reviewer"], "read", "export")
    assert ("reader", "A") in {(row["kind"], row["name"]) for row in api.get(base).json()["drift"]}, "letters for reviewers"
    [header, *rows] = csv.reader(io.StringIO(api.get(f"{base}file/", {"table": "drift"}).content.decode("utf-8-sig")))
    assert (len(header), "ACTOR.COMPANY" in {row[1] for row in rows}) == (11, True)
    client.force_login(people["manager"])
    assert "Company (actor)" in client.get(f"/corpora/{corpus.slug}/agreement/").text


def test_without_a_change_it_says_so(corpus, people, client):
    eight_weeks(corpus, people, 9)
    client.force_login(people["manager"])
    page = client.get(f"/corpora/{corpus.slug}/agreement/").text
    assert "No layer, label or annotator has changed with the weeks beyond chance." in page
