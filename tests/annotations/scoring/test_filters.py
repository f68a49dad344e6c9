"""Agreement narrowed to a period, a label or some people; and where the readings of a corpus differ, as a list."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.scoring import worked_out
from annotations.scoring.pairs import score
from annotations.scoring.report import AgreementReport
from annotations.scoring.score_rows import GOLD
from tests import factories
from tests.annotations.scoring.readings import read, rewrite, submitted
from tests.api.world import TEXT, bearer
from tests.scored import counts_of, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def cid(corpus, people):
    people["cid"] = factories.user("cid")
    factories.membership(corpus, people["cid"], "annotator")
    return people["cid"]


def base(corpus):
    return f"/api/v1/corpora/{corpus.slug}/agreement/"


def day(ago):
    return (timezone.now() - timedelta(days=ago)).date().isoformat()


def test_a_period_is_of_the_days_on_which_the_later_reading_was_submitted(corpus, people, client):
    for ago in (40, 10, 2):
        scored(
            corpus, (people["ann"], people["ben"]), counts_of(ACTOR__COMPANY=(10, 10, 9)), timezone.now() - timedelta(days=ago)
        )
    api = bearer(people["manager"], "read")
    asked = ({}, {"since": day(10)}, {"until": day(10)}, {"since": day(9), "until": day(3)}, {"since": day(41), "until": day(40)})
    assert [api.get(base(corpus), each).json()["pairs"] for each in asked] == [3, 2, 2, 0, 1]
    assert [len(api.get(f"{base(corpus)}pairs/", each).json()["results"]) for each in asked] == [3, 2, 2, 0, 1]
    assert [api.get(base(corpus), {"since": value}).status_code for value in ("soon", "2026-02-30")] == [400, 400]
    client.force_login(people["manager"])
    page = client.get(f"/corpora/{corpus.slug}/agreement/", {"since": day(10), "until": "2026-02-30"}).content.decode()
    assert "2 pairs of readings" in page
    page = client.get(f"/corpora/{corpus.slug}/agreement/", {"until": day(30)}).content.decode()
    assert "1 pair of readings" in page


def test_a_label_alone_has_its_own_numbers_and_articles(corpus, people, client):
    scored(corpus, (people["ann"], people["ben"]), counts_of(ACTOR__COMPANY=(10, 10, 9), ACTOR__PERSON=(10, 10, 1)))
    scored(corpus, (people["ann"], people["ben"]), counts_of(ACTOR__PERSON=(4, 4, 4)))
    api = bearer(people["manager"], "read", "export")
    answer = api.get(base(corpus), {"label": "ACTOR.COMPANY"}).json()
    assert {each["measure"]: each["value"] for each in answer["measures"]} == {"exact": 0.9, "overlap": 0.9, "alpha_u": None}
    assert (answer["pairs"], [each["label"] for each in answer["labels"]]) == (1, ["COMPANY"])
    layer = {each["measure"]: each["value"] for each in api.get(base(corpus), {"label": "ACTOR"}).json()["measures"]}
    assert layer["exact"] == pytest.approx(28 / 48)
    assert api.get(base(corpus), {"label": "ACTOR.NONE"}).status_code == 400
    assert api.get(f"{base(corpus)}pairs/", {"label": "ACTOR"}).status_code == 400
    client.force_login(people["manager"])
    page = client.get(f"/corpora/{corpus.slug}/agreement/", {"label": "ACTOR.COMPANY"}).content.decode()
    assert "1 pair of readings, 1 article" in page
    assert "0.900" in page
    assert 'value="ACTOR.COMPANY" selected' in page


def test_several_people_are_compared_among_themselves_and_cells_lead_to_two(corpus, people, cid, client):
    for pair in (("ann", "ben"), ("ann", "cid"), ("ben", "cid")):
        scored(corpus, tuple(people[name] for name in pair), counts_of(ACTOR__COMPANY=(10, 10, 9)))
    api = bearer(people["manager"], "read")
    asked = ("ann", "ann,ben", "ben,cid", "ann,ben,cid")
    assert [api.get(base(corpus), {"reader": each}).json()["pairs"] for each in asked] == [2, 1, 1, 3]
    assert api.get(base(corpus), {"reader": "ann,nobody"}).status_code == 400
    client.force_login(people["manager"])
    page = client.get(f"/corpora/{corpus.slug}/agreement/", {"reader": ["ann", "ben", "cid"]}).content.decode()
    assert "3 pairs of readings" in page
    assert 'href="?against=each&amp;reader=ann&amp;reader=ben"' in page


def test_figures_have_a_row_for_each_field_and_flag(pair, people, corpus, client):
    ben = pair[1]
    rewrite(ben, ("update", "span", {"id": ben.ids["figure"], "attributes": {"low": 3000, "high": 3000, "approximate": True}}))
    submitted(ben)
    score()
    values = {each.measure: each.value for each in AgreementReport(corpus, people["manager"]).worked_out.measures}
    assert (values["figure_low"], values["figure_approximate"], values["figure_unit"], values["figure_label"]) == (0.5, 0.5, 1, 1)
    client.force_login(people["manager"])
    page = client.get(f"/corpora/{corpus.slug}/agreement/").content.decode()
    assert "Figures: same flag “approximate”" in page
    assert "Pairs by exact F1" in page


def test_beside_the_gold_there_are_precision_and_recall(pair, people, corpus, text, client):
    read(text, people["reviewer"], role="adjudication")
    rewrite(pair[1], ("delete", "link", {"id": pair[1].ids["link"]}), ("delete", "span", {"id": pair[1].ids["second"]}))
    submitted(pair[1])
    score()
    measures = AgreementReport(corpus, people["manager"], GOLD, ("ben",)).worked_out.measures
    values = {(each.measure, each.layer): each.value for each in measures}
    assert values["exact_precision", "EVENT"] == 1
    assert values["exact_recall", "EVENT"] < 1
    client.force_login(people["manager"])
    assert "precision of the reading" in client.get(f"/corpora/{corpus.slug}/agreement/?against=gold").content.decode()
    file = bearer(people["manager"], "read", "export").get(f"{base(corpus)}file/", {"table": "labels", "against": "gold"})
    assert {"low", "precision", "recall"} <= set(next(csv.reader(io.StringIO(file.content.decode("utf-8-sig")))))


def test_differences_of_a_corpus_are_a_list_with_filters(pair, people, corpus, text, client):
    ben = pair[1]
    rewrite(
        ben,
        ("update", "span", {"id": ben.ids["figure"], "attributes": {"low": 3000, "high": 3000}}),
        ("update", "event", {"id": ben.ids["event"], "status": "expected"}),
    )
    submitted(ben)
    other = factories.document(TEXT.format(canary="other"), corpus=corpus)
    read(other, people["ann"]), read(other, people["ben"])
    score()
    address = f"/corpora/{corpus.slug}/differences/"
    client.force_login(people["reviewer"])
    kinds = lambda **asked: [line.difference.kind for line in client.get(address, asked).context["lines"]]  # noqa: E731
    every = kinds()
    assert {"value", "event"} <= set(every)
    assert set(kinds(kind="value")) == {"value"}
    layer = client.get(address, {"kind": "value"}).context["lines"][0].difference
    assert set(kinds(label=layer.layer)) < set(every)
    assert kinds(label=f"{layer.layer}.{layer.labels[0]}")
    assert kinds(kind="entity") == []
    assert "Remove the filters of kind, effect and adjudication" in client.get(address, {"kind": "entity"}).content.decode()
    page = client.get(address).content.decode()
    assert "high 3,000" in page
    assert not re.search(r"\bben\b", page), "reviewers see letters"
    client.force_login(people["ann"])
    assert client.get(address).status_code == 403


def test_a_page_of_differences_takes_as_many_queries_for_any_number_of_pairs(
    pair, people, corpus, client, django_assert_max_num_queries
):
    client.force_login(people["reviewer"])
    address = f"/corpora/{corpus.slug}/differences/"
    score()
    client.get(address)
    worked_out.kept.clear()
    with django_assert_max_num_queries(60) as first:
        client.get(address)
    for number in range(3):
        more = factories.document(f"{number} {TEXT.format(canary='more')}", corpus=corpus)
        read(more, people["ann"]), read(more, people["ben"])
    score()
    worked_out.kept.clear()
    with django_assert_max_num_queries(len(first)):
        assert len(client.get(address).context["page"]) == 4


def test_differences_of_a_corpus_by_api_are_those_of_the_page(pair, people, corpus, client):
    rewrite(pair[1], ("update", "span", {"id": pair[1].ids["figure"], "attributes": {"low": 3000, "high": 3000}}))
    submitted(pair[1])
    other = factories.document(TEXT.format(canary="other"), corpus=corpus)
    read(other, people["ann"]), read(other, people["ben"])
    score()
    address, api = f"{base(corpus)}differences/", bearer(people["reviewer"], "read")
    client.force_login(people["reviewer"])
    listed = api.get(address).json()["results"]
    assert [row["id"] for row in listed] == [row["id"] for row in api.get(f"{base(corpus)}pairs/").json()["results"]]
    for asked in ({}, {"kind": "value"}, {"kind": "entity"}, {"label": "FIGURE"}, {"label": "ACTOR"}):
        shown = client.get(f"/corpora/{corpus.slug}/differences/", asked).context["lines"]
        page = sorted((str(line.row.article), line.difference.kind, line.difference.left) for line in shown)
        rows = api.get(address, asked).json()["results"]
        assert sorted((row["article"], each["kind"], each["left"]) for row in rows for each in row["differences"]) == page, asked
    [first] = [row for row in listed if row["differences"]]
    assert (first["left"], first["right"]) == ("A", "B"), "reviewers see letters"
    values = [each["right"] for each in first["differences"] if each["kind"] == "value"]
    assert any("high 3,000" in value for value in values)
    wrong = ({"kind": "colour"}, {"limit": 51}, {"label": "NO"}, {"reader": "ben"}, {"since": "soon"})
    assert [api.get(address, asked).status_code for asked in wrong] == [400] * 5
    assert bearer(people["ann"], "read").get(address).status_code == 403


def test_differences_by_api_come_in_pages_of_pairs(pair, people, corpus, django_assert_max_num_queries):
    score()
    address, api = f"{base(corpus)}differences/", bearer(people["manager"], "read")
    api.get(address)
    with django_assert_max_num_queries(60) as first:
        api.get(address)
    for number in range(3):
        more = factories.document(f"{number} {TEXT.format(canary='more')}", corpus=corpus)
        read(more, people["ann"]), read(more, people["ben"])
    score()
    with django_assert_max_num_queries(len(first)):
        whole = api.get(address).json()
    page = api.get(address, {"limit": 3, "against": "each"}).json()
    rest = api.get(page["next"]).json()
    assert (len(page["results"]), len(rest["results"]), rest["next"], whole["next"]) == (3, 1, None, None)
    assert page["results"] + rest["results"] == whole["results"]
