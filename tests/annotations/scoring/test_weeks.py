"""Agreement by week: drift of labels and readers, on the page and by API."""

import csv
import io
from datetime import timedelta

import pytest

from annotations.agreement.summary import AgreementMeasure
from annotations.models import Guideline, GuidelineVersion
from annotations.scoring.report import AgreementReport
from annotations.views.agreement import reach_of
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
    lines = {(row.kind, row.name): row for row in AgreementReport(corpus, people["manager"]).worked_out.drift}
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


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.8, "reaches 0.800"), (0.79, "reaches 0.667, not 0.800"), (0.667, "reaches 0.667, not 0.800"), (0.5, "below 0.667")],
)
def test_an_alpha_says_which_line_it_reaches(value, words):
    assert reach_of(AgreementMeasure("alpha_label", "ACTOR", value, 10)) == words


def test_only_an_alpha_with_a_value_is_held_against_the_lines():
    assert reach_of(AgreementMeasure("exact", "ACTOR", 0.9, 10)) == reach_of(AgreementMeasure("alpha_u", "ACTOR", None, 0)) == ""


def test_alphas_are_drawn_with_the_lines_and_the_table_has_them_in_words(corpus, people, client):
    counts = counts_of(ACTOR__COMPANY=(10, 10, 9), ACTOR__PERSON=(10, 10, 8))
    counts["layers"]["ACTOR"]["same_words"] = [["COMPANY", "COMPANY", 9], ["COMPANY", "PERSON", 2], ["PERSON", "PERSON", 8]]
    scored(corpus, (people["ann"], people["ben"]), counts, weeks_ago(1))
    client.force_login(people["manager"])
    page = client.get(f"/corpora/{corpus.slug}/agreement/").text
    assert "<title>0.667: tentative conclusions</title>" in page
    assert any(
        f'<span class="muted">{words}</span>' in page for words in ("reaches 0.800", "reaches 0.667, not 0.800", "below 0.667")
    )


def version_of(corpus, manager, week, number=1):
    guideline, _ = Guideline.objects.get_or_create(corpus=corpus, layer="ACTOR", label="COMPANY")
    values = {"title": "Companies", "body": "Mark the name.", "older": 0, "user": manager, "at": weeks_ago(week)}
    GuidelineVersion.objects.create(guideline=guideline, number=number, **values)


def test_a_guideline_has_agreement_before_and_after_each_version(corpus, people, client):
    eight_weeks(corpus, people, 5)
    version_of(corpus, people["manager"], 6)
    version_of(corpus, people["manager"], 2, 2)
    client.force_login(people["manager"])
    page = client.get(f"/corpora/{corpus.slug}/agreement/").text
    assert "Companies</bdi>, version 2" in page
    api = bearer(people["reviewer"], "read")
    second, first = api.get(f"/api/v1/corpora/{corpus.slug}/agreement/").json()["guideline_versions"]
    assert (second["number"], second["label"], second["articles_before"], second["articles_after"]) == (
        2,
        "ACTOR.COMPANY",
        18,
        12,
    )
    assert (round(second["before"], 2), round(second["after"], 2), second["before_low"]) == (0.85, 0.45, None)
    assert (first["number"], first["articles_before"], first["articles_after"]) == (1, 6, 18), "until the next version"


def test_a_version_with_nothing_before_it_is_not_compared(corpus, people, client):
    eight_weeks(corpus, people, 9)
    version_of(corpus, people["manager"], 12)
    client.force_login(people["manager"])
    assert "Before and after guidelines" not in client.get(f"/corpora/{corpus.slug}/agreement/").text
