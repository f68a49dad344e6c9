"""Agreement in the database: which pairs count, at which revision, seen by whom, and that a page of it costs the same for any number."""

import csv
import io
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.documents.build import document as native
from annotations.models import Assignment, PairScore, Plan, PlanArticle, Span
from annotations.plans.change import create_plan
from annotations.scoring import pairs
from annotations.scoring.at_revision import at_revision
from annotations.scoring.pairs import pending, score, score_gamma, score_readers
from annotations.scoring.report import AgreementReport, letters
from annotations.write.merge_entities import merge
from corpus.models import Article
from registry.models import Entity
from tests import factories
from tests.annotations.scoring.readings import read, rewrite, submitted
from tests.api.world import TEXT, bearer, fragment

pytestmark = pytest.mark.django_db


def exact(row):
    return {layer: (part["left"], part["right"], part["exact"]) for layer, part in row.counts["layers"].items()}


def test_pairs_count_in_the_week_of_the_later_reading(corpus, pair, people):
    score()
    Assignment.objects.filter(pk=pair[0].pk).update(submitted="2026-11-09T12:00:00Z")
    Assignment.objects.filter(pk=pair[1].pk).update(submitted="2026-11-22T23:00:00Z")
    (week,) = AgreementReport(corpus, people["manager"]).worked_out.weeks
    assert (str(week.week), week.pairs, week.articles) == ("2026-11-16", 1, 1)
    (row,) = AgreementReport(corpus, people["manager"]).worked_out.scores
    assert (week.overlap, week.exact) == (row.overlap, row.exact)


def test_two_readings_are_a_pair_and_are_counted_once(pair):
    assert score() == 1
    row = PairScore.objects.get()
    assert exact(row) == {"ACTOR": (1, 1, 1), "FIGURE": (2, 2, 2), "EVENT": (2, 2, 2)}
    assert row.counts["arguments"] == {"left": 1, "right": 1, "tp": 1}, "entities that each made for the same marks are one"
    assert (score(), pending()) == (0, [])


def test_an_assignment_counts_at_its_independent_revision(pair, text):
    _, ben = pair
    before = native(ben)
    figure = ben.ids["figure"]
    wider = {"id": figure, "fragments": [fragment(text.text, "be 300")]}
    rewrite(
        ben, ("delete", "link", {"id": ben.ids["link"]}), ("update", "span", wider), ("delete", "span", {"id": ben.ids["second"]})
    )
    ben.refresh_from_db()
    folded = at_revision(native(ben), ben, 1)
    for name in ("mentions", "events", "attributions", "measure_refs", "relations"):
        assert by_id(folded[name]) == by_id(before[name]), name
    score()
    assert exact(PairScore.objects.get())["FIGURE"] == (2, 2, 2)
    submitted(ben)
    assert score() == 1, "another revision counts now"
    assert exact(PairScore.objects.get())["FIGURE"] == (2, 2, 1)


def by_id(objects):
    """Without what is empty, and what only one of log and document says of an object, such as where a mark begins."""
    left_out = {"start", "end", "revision", "quote", "segment", "discontinuous", "triggers"}
    return {each["id"]: {name: value for name, value in each.items() if value and name not in left_out} for each in objects}


def test_what_is_no_independent_reading_makes_no_pair(pair, people, text):
    Assignment.objects.filter(pk=pair[0].pk).update(independent=None)
    factories.assignment(text, factories.user("third"))
    assert pending() == []
    read(text, people["reviewer"], "adjudication")
    assert [each.right for each in pending()] == [pair[1].pk], "beside the gold the other one counts"


ROLES = {"viewer": 403, "ann": 403, "reviewer": 200, "manager": 200}


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_who_may_read_agreement(role, status, pair, people, corpus, client):
    score()
    api = bearer(people[role], "read", "export")
    client.force_login(people[role])
    base = f"/api/v1/corpora/{corpus.slug}/agreement/"
    key = PairScore.objects.get().pk
    addresses = [base, f"{base}file/", f"{base}pairs/{key}/"]
    assert [api.get(each).status_code for each in addresses] == [status] * 3
    assert [client.get(f"/corpora/{corpus.slug}/agreement/{part}").status_code for part in ("", f"{key}/")] == [status] * 2


def test_a_reviewer_reads_letters_and_not_the_text_that_they_annotate(pair, people, corpus, text):
    score()
    base = f"/api/v1/corpora/{corpus.slug}/agreement/"
    names = {
        role: [(row["left"], row["right"]) for row in bearer(people[role], "read").get(base).json()["readers"]]
        for role in ("reviewer", "manager")
    }
    assert names == {"reviewer": [("A", "B")], "manager": [("ann", "ben")]}
    factories.assignment(text, people["reviewer"])
    assert bearer(people["reviewer"], "read").get(base).json()["pairs"] == 0
    assert bearer(people["reviewer"], "read").get(f"{base}pairs/{PairScore.objects.get().pk}/").status_code == 404


def test_letters_go_on_after_z():
    assert [letters(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_measures_differences_and_tables(pair, people, corpus, text, client):
    _, ben = pair
    rewrite(
        ben,
        ("update", "span", {"id": ben.ids["figure"], "attributes": {"low": 3000, "high": 3000}}),
        ("update", "event", {"id": ben.ids["event"], "status": "expected", "arguments": []}),
        ("delete", "claim", {"id": ben.ids["claim"]}),
        ("delete", "span", {"id": ben.ids["second"]}),
        ("delete", "event", {"id": ben.ids["other"]}),
    )
    submitted(ben)
    score()
    api = bearer(people["manager"], "read", "export")
    base = f"/api/v1/corpora/{corpus.slug}/agreement/"
    answer = api.get(base).json()
    values = {(each["measure"], each["layer"]): each["value"] for each in answer["measures"]}
    assert values["exact", "EVENT"] == pytest.approx(2 / 3)
    assert (values["value", ""], values["event_status", ""], values["arguments_f1", ""]) == (0.5, 0, 0)
    assert {each["low"] for each in answer["measures"]} == {None}, "one article has no interval"
    rows = api.get(f"{base}pairs/{PairScore.objects.get().pk}/").json()["differences"]
    assert {(row["kind"], row["outcome"], row["left"], row["right"]) for row in rows} >= {
        ("value", "low, high", "low 300; high 300", "low 3,000; high 3,000"),
        ("event", "status", "status happened", "status expected"),
        ("argument", "people", "ann workers", ""),
        ("mark", "only left", "REPATRIATE: forced", ""),
    }
    assert ("source", "ann workers") in {(row["kind"], row["left"]) for row in rows}
    client.force_login(people["manager"])
    shown = client.get(f"/corpora/{corpus.slug}/agreement/{PairScore.objects.get().pk}/").content.decode()
    assert 'data-name="Difference">only ann<' in shown
    assert "only left" not in shown
    file = api.get(f"{base}file/", {"table": "readers"})
    [header, line] = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert (header[:3], line[:3]) == (["left", "right", "articles"], ["ann", "ben", "1"])
    assert [api.get(base, {"against": "x"}).status_code, api.get(base, {"reader": "nobody"}).status_code] == [400, 400]


def test_pairs_are_listed_with_the_id_of_their_differences(pair, people, corpus, text):
    score()
    base = f"/api/v1/corpora/{corpus.slug}/agreement/"
    api = bearer(people["manager"], "read", "export")
    [line] = api.get(f"{base}pairs/").json()["results"]
    assert line == {
        "id": PairScore.objects.get().pk, "article": str(text.article_id), "title": text.article.title,
        "left": "ann", "right": "ben", "marks": line["marks"], "f1_exact": 1.0, "f1_overlap": 1.0,
    }  # fmt: skip
    [row] = csv.DictReader(io.StringIO(api.get(f"{base}file/", {"table": "articles"}).content.decode("utf-8-sig")))
    assert (row["pair"], row["marks"]) == (str(line["id"]), str(line["marks"]))
    assert api.get(f"{base}pairs/{row['pair']}/").json()["article"] == line["article"]
    assert api.get(f"{base}pairs/", {"against": "gold"}).json()["results"] == []
    assert api.get(f"{base}pairs/", {"reader": "nobody"}).status_code == 400
    assert bearer(people["reviewer"], "read").get(f"{base}pairs/").json()["results"][0]["left"] == "A"


def test_filters_leave_the_articles_of_an_outlet_a_language_or_a_plan(pair, people, corpus, text, client):
    other = factories.document(TEXT.format(canary="other"), corpus=corpus)
    for name in ("ann", "ben"):
        read(other, people[name])
    score()
    Article.objects.filter(pk=text.article_id).update(outlet=factories.outlet(corpus, "Wire & Co"), language="ko")
    plan = create_plan(corpus, {"name": "Overlap", "readings": 2, "share": 100}, {}, people["manager"])
    Plan.objects.filter(pk=plan.pk).update(state="running", started=timezone.now())
    PlanArticle.objects.create(plan=plan, document=other, needed=2, chance=1, position=1, live=2)
    api, base = bearer(people["manager"], "read", "export"), f"/api/v1/corpora/{corpus.slug}/agreement/"
    chosen = ({"outlet": "Wire & Co"}, {"language": "ko"}, {"plan": plan.pk}, {"language": "ko", "plan": plan.pk}, {})
    assert [api.get(base, each).json()["pairs"] for each in chosen] == [1, 1, 1, 0, 2]
    assert [len(api.get(f"{base}pairs/", each).json()["results"]) for each in chosen] == [1, 1, 1, 0, 2]
    assert [len(api.get(f"{base}pairs/", each).json()["results"]) for each in ({"reader": "ben"}, {"limit": 1})] == [2, 1]
    refused = ({"outlet": "Other"}, {"language": "xx"}, {"plan": "0"}, {"plan": "x"})
    assert [api.get(base, each).status_code for each in refused] == [400] * 4
    client.force_login(people["manager"])
    page = client.get(f"/corpora/{corpus.slug}/agreement/", {"outlet": "Wire & Co"}).content.decode()
    assert "1 pair of readings, 1 article" in page
    assert "table=units&amp;against=each&amp;outlet=Wire+%26+Co" in page
    page = client.get(f"/corpora/{corpus.slug}/agreement/", {"language": "ko", "plan": plan.pk}).content.decode()
    assert "Remove the filters" in page


def test_units_are_the_stretches_of_each_reading_at_the_revision_that_counts(pair, people, corpus, text):
    ann, ben = pair
    rewrite(ben, ("delete", "span", {"id": ben.ids["second"]}))
    submitted(ben)
    gold = read(text, people["manager"], role="adjudication")
    score()
    api, base = bearer(people["reviewer"], "read", "export"), f"/api/v1/corpora/{corpus.slug}/agreement/file/"

    def units(**query):
        header, *rows = csv.reader(io.StringIO(api.get(base, {"table": "units", **query}).content.decode("utf-8-sig")))
        assert header == ["article", "reader", "layer", "label", "start", "end"]
        assert {row[0] for row in rows} == {str(text.article_id)}
        return Counter(row[1] for row in rows), rows

    fragments = {pk: sum(len(span.fragments) for span in Span.objects.filter(assignment=pk)) for pk in (ann.pk, ben.pk, gold.pk)}
    counts, rows = units()
    assert counts == {"A": fragments[ann.pk], "B": fragments[ben.pk]}
    assert counts["A"] > counts["B"]
    start = text.text.index("300")
    assert ["A", "FIGURE", "PEOPLE", str(start), str(start + 3)] in [row[1:] for row in rows]
    assert units(against="gold")[0] == counts | {"Gold": fragments[gold.pk]}


def test_the_command_counts_and_prints(pair, corpus, capsys):
    call_command("agreement", corpus=corpus.slug)
    shown = capsys.readouterr().out
    assert "articles: 1; pairs of readings: 1" in shown
    assert "exact              FIGURE     1.000000" in shown
    assert "pending: 0" in shown


def test_a_page_takes_as_many_queries_for_any_number_of_articles(pair, people, corpus, client):
    client.force_login(people["reviewer"])
    client.get(f"/corpora/{corpus.slug}/agreement/")  # what the process keeps is looked up once
    queries = []
    for more in (0, 3):
        for number in range(more):
            text = factories.document(f"{number} {TEXT.format(canary='more')}", corpus=corpus)
            read(text, people["ann"]), read(text, people["ben"])
        score()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page = client.get(f"/corpora/{corpus.slug}/agreement/").content.decode()
        queries.append(len(captured))
    assert "4 pairs of readings, 4 articles" in page
    assert queries[0] == queries[1]


def test_an_empty_page_says_what_to_do(people, corpus, client):
    client.force_login(people["reviewer"])
    page = client.get(f"/corpora/{corpus.slug}/agreement/").content.decode()
    assert "Ask two annotators" in page
    assert "A plan with" not in page, "of one article nothing is to be drawn"
    for number in range(20):
        factories.document(f"Text {number}", corpus=corpus)
    text = client.get(f"/corpora/{corpus.slug}/agreement/").content.decode()
    assert "A plan with 10 % of 20 articles read twice would give 2 pairs." in text
    assert "Submit an adjudication" in client.get(f"/corpora/{corpus.slug}/agreement/?against=gold").content.decode()


def test_entities_that_were_merged_since_are_one_at_an_earlier_revision_too(pair, people):
    ann, ben = pair
    Entity.objects.filter(pk=ben.ids["group"]).update(type="COMPANY")  # so that the same marks do not make them one
    score()
    assert PairScore.objects.get().counts["arguments"]["tp"] == 0
    Entity.objects.filter(pk=ben.ids["group"]).update(type="GROUP")
    merge(Entity.objects.get(pk=ben.ids["group"]), Entity.objects.get(pk=ann.ids["group"]), people["reviewer"])
    ben.refresh_from_db()
    assert ben.revision > ben.independent
    PairScore.objects.all().delete()
    score()
    assert PairScore.objects.get().counts["arguments"]["tp"] == 1


def test_gamma_is_added_to_drawn_pairs_and_counted_anew_with_them(pair, people, corpus, monkeypatch):
    score()
    assert PairScore.objects.get().counts.get("gamma") is None
    assert (score_gamma(), score_gamma()) == (1, 0)
    before = PairScore.objects.get().counts
    assert before["gamma"]["FIGURE"][0] == 0
    assert before["gamma"]["FIGURE"][1] > 0
    report = AgreementReport(corpus, people["manager"])
    told = {each.layer: (each.value, each.n) for each in report.worked_out.summary.measures if each.measure == "gamma"}
    assert told["FIGURE"] == (1.0, 1)
    assert set(told) == set(before["gamma"])
    # Another revision counts: the pair is counted anew, and gamma is missing again.
    Assignment.objects.filter(pk=pair[0].pk).update(independent=0)
    score()
    assert "gamma" not in PairScore.objects.get().counts
    assert score_gamma() == 1
    assert PairScore.objects.get().counts["gamma"]["FIGURE"][0] > 0


def test_gamma_is_of_so_many_pairs_of_a_corpus_at_most(corpus, people, monkeypatch):
    monkeypatch.setattr(pairs, "GAMMA_PAIRS", 2)
    for number in range(3):
        text = factories.document(TEXT.format(canary=f"text {number}"), corpus=corpus)
        for name in ("ann", "ben"):
            read(text, people[name])
    score()
    assert (score_gamma(), score_gamma()) == (2, 0)
    assert sum("gamma" in row.counts for row in PairScore.objects.all()) == 2


def test_three_readings_of_a_text_are_counted_together_once_for_their_revisions(pair, people, corpus, text):
    def alpha_of(role="manager"):
        report = AgreementReport(corpus, people[role])
        return {each.layer: each.n for each in report.worked_out.measures if each.measure == "alpha_all"}, report.left_out[
            "texts_pending"
        ]

    factories.membership(corpus, cid := factories.user("cid"), "annotator")
    third = read(text, cid)
    score()
    assert alpha_of() == ({}, 1)
    assert (score_readers(), score_readers()) == (1, 0)
    assert alpha_of() == ({"ACTOR": 3, "FIGURE": 6, "EVENT": 6}, 0), "three labels of each words, and not two of each pair"
    rewrite(third, ("delete", "span", {"id": third.ids["second"]}))
    submitted(third)
    score()
    assert alpha_of() == ({}, 1), "another revision counts now"
    assert score_readers() == 1
    assert alpha_of()[0]["EVENT"] == 5
    factories.assignment(text, people["reviewer"])
    assert alpha_of("reviewer") == ({}, 0), "who annotates the text sees nothing of it"
    Assignment.objects.filter(pk=third.pk).update(status="skipped", submitted=None)
    assert alpha_of()[0] == {"ACTOR": 2, "FIGURE": 4, "EVENT": 4}, "two are a pair again"
    assert score_readers() == 0
