"""What rows of ledgers rest on: the same as in evidence tables, as a column and as a filter."""

import json
from collections import Counter, defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from annotations.approval.gold import gold_of
from annotations.approval.verdicts import approve
from annotations.assign import reopen, submit
from annotations.derived.document_view import DocumentView
from annotations.documents import line_agreement
from annotations.documents.export import Export
from annotations.documents.selection import ORDER
from annotations.formats.base import BASES
from annotations.formats.evidence.evidence_lines import SEALED_COLUMNS, line_name, lines
from annotations.formats.evidence.origins import basis
from annotations.models import Assignment
from annotations.write.adjudicate import start
from annotations.write.apply import apply_changes
from questions.address.parameters import LEDGERS
from questions.asking import bases
from tests import factories, readings
from tests.annotations.documents.test_line_bases import finish
from tests.api.world import change, fragment, new
from tests.questions.ledgers.asking import take_up

pytestmark = pytest.mark.django_db
EVERY = "whose=all&copies=1&status=any&polarity=any"
OF_ALL = {"events": EVERY, "figures": f"{EVERY}&use=any"}
DIFFERING = [readings.no_edit, readings.some_differences]


@pytest.fixture
def corpus(db):
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    return corpus


@pytest.fixture
def people(corpus):
    roles = {"ann": "annotator", "ben": "annotator", "cat": "annotator", "chief": "reviewer", "vera": "viewer"}
    cast = {name: factories.user(name) for name in roles}
    for name, role in roles.items():
        factories.membership(corpus, cast[name], role)
    return cast


def text_of(corpus, number):
    return factories.document(f"{readings.TEXT} It was report {number}.", corpus=corpus)


def pair_of(corpus, people, number):
    return readings.readings(corpus, [people["ann"], people["ben"]], DIFFERING, text_of(corpus, number))


def edit(gold, chief, quote, value):
    gold.refresh_from_db()
    figure = next(span for span in gold.spans.all() if span.quote == quote)
    apply_changes(
        gold,
        chief,
        gold.revision,
        [change("update", "span", {"id": str(figure.pk), "attributes": {"low": value, "high": value}})],
    )


def add(gold, chief):
    """A figure that no reader has."""
    gold.refresh_from_db()
    attributes = {"low": 2371, "high": 2371, "comparator": "eq", "approximate": False, "vague": False, "use": "reported"}
    mark = {"id": new(), "layer": "FIGURE", "label": "ITEMS", "attributes": attributes}
    apply_changes(
        gold, chief, gold.revision, [change("create", "span", mark | {"fragments": [fragment(gold.document.text, "2371")]})]
    )


@pytest.fixture
def gold(corpus, people):
    """Of two readings: some agreed, a figure changed, one added, the rest accepted."""
    chief = people["chief"]
    adjudication, _ = start(pair_of(corpus, people, 1)[0].document, chief)
    made = Assignment.objects.get(pk=adjudication.gold_id)
    add(made, chief)
    edit(made, chief, "300", 301)
    return finish(adjudication, chief)


@pytest.fixture
def pair(corpus, people):
    return pair_of(corpus, people, 2)


@pytest.fixture
def every(corpus, people, gold, pair):
    """Also an approved reading, one alone, a draft, and a gold without decisions."""
    ann, chief = people["ann"], people["chief"]
    [alone] = readings.readings(corpus, [ann], [readings.no_edit], text_of(corpus, 3))
    approve(alone, chief, alone.revision)
    gold_of(Assignment.objects.get(pk=alone.pk), chief)
    readings.readings(corpus, [ann], [readings.no_edit], text_of(corpus, 4))
    [draft] = readings.readings(corpus, [ann], [readings.no_edit], text_of(corpus, 5))
    Assignment.objects.filter(pk=draft.pk).update(status="open", submitted=None, independent=None)
    loaded = factories.assignment(text_of(corpus, 6), chief, role="adjudication", status="open")
    group, source = readings.entities(corpus, loaded, chief)
    loaded.refresh_from_db()
    named = readings.objects(loaded.document.text, group, source)
    apply_changes(loaded, chief, loaded.revision, [change("create", *each) for each in named.values()])
    factories.submitted(loaded)
    take_up()


@pytest.fixture
def ask(corpus, people):
    def ask(name, ledger, query, status=200):
        api = APIClient()
        api.force_authenticate(people[name])
        answer = api.get(f"/api/v1/corpora/{corpus.slug}/ask/{ledger}/?{query}")
        assert answer.status_code == status, answer.json()
        return answer.json()

    return ask


@pytest.fixture
def refused(ask):
    """Which parameter is refused, and why."""

    def refused(ledger, query):
        [error] = ask("chief", ledger, query, 400)["errors"]
        return error

    return refused


@pytest.fixture
def rows(ask):
    def rows(name, ledger, query):
        body = ask(name, ledger, f"{OF_ALL[ledger]}&{query}")
        assert body["next"] is None
        return {row["id"]: row for row in body["results"]}

    return rows


def exported(user):
    """What the export of all that somebody may see says of each line."""
    seen = Assignment.objects.for_user(user).order_by(*ORDER)
    views = map(DocumentView, Export(seen, "evidence").annotated())
    return {line_name(view, record): basis(view, record) for view in views for record in lines(view)}


def lines_of(row):
    return [line for entry in row["entries"] for line in entry["lines"]]


def counted(row):
    return {each["basis"]: each["lines"] for each in row["bases"]}


@pytest.mark.usefixtures("every")
@pytest.mark.parametrize("ledger", OF_ALL)
@pytest.mark.parametrize("name", ["chief", "ann", "ben", "vera"])
def test_rows_rest_on_what_the_evidence_table_says(rows, people, ledger, name):
    said = exported(people[name])
    listed = rows(name, ledger, "basis=any").values()
    assert listed
    for row in listed:
        assert counted(row) == Counter(said[line] for line in lines_of(row))


@pytest.mark.usefixtures("every")
@pytest.mark.parametrize("name", ["chief", "ann", "ben", "vera"])
def test_each_line_of_the_evidence_table_is_of_a_row(rows, people, name):
    listed = [row for ledger in OF_ALL for row in rows(name, ledger, "basis=any").values()]
    assert {line for row in listed for line in lines_of(row)} == set(exported(people[name]))


@pytest.mark.usefixtures("every")
@pytest.mark.parametrize("ledger", OF_ALL)
@pytest.mark.parametrize("name", ["chief", "ann", "ben", "vera"])
def test_rows_are_filtered_by_what_they_rest_on(rows, ledger, name):
    shown = rows(name, ledger, "basis=any")
    expected = defaultdict(set)
    for pk, row in shown.items():
        for words in counted(row):
            expected["reading" if words[0].isdigit() else words.split()[0]].add(pk)
    assert {code: set(rows(name, ledger, f"basis={code}")) for code in BASES.values} == {
        code: expected[code] for code in BASES.values
    }
    assert set(rows(name, ledger, "basis=agreed,approved")) == expected["agreed"] | expected["approved"]
    if name == "chief":
        assert all(expected[code] for code in BASES.values if ledger == "figures")


@pytest.mark.usefixtures("every")
def test_all_that_can_be_is_there(rows):
    listed = rows("chief", "figures", "basis=any").values()
    assert {words for row in listed for words in counted(row)} == {
        "agreed 2 of 2",
        "1 of 2 readings",
        "adjudicated (accepted)",
        "adjudicated (changed)",
        "adjudicated (added)",
        "approved",
        "gold",
        "reading",
        "draft",
    }


def test_a_further_decision_is_true_at_once(ask, people, gold):
    chief = people["chief"]

    def rests_on(code):
        listed = ask("chief", "figures", f"use=any&whose=by:chief&basis={code}")["results"]
        return {row["id"]: set(counted(row)) for row in listed}

    take_up()
    before = rests_on("agreed")
    assert before
    reopen(gold)
    assert rests_on("agreed,adjudicated,approved,gold") == {}
    assert {words for row in rests_on("draft").values() for words in row} == {"draft"}
    edit(gold, chief, "170", 171)
    submit(Assignment.objects.get(pk=gold.pk))
    changed = before.keys() - rests_on("agreed").keys()
    assert {pk: words for pk, words in rests_on("adjudicated").items() if pk in changed} == {
        pk: {"adjudicated (changed)"} for pk in changed
    }
    assert len(changed) == 1


def test_a_reading_that_is_reopened_agrees_with_none(rows, pair):
    assert rows("chief", "figures", "basis=agreed")
    Assignment.objects.filter(pk=pair[1].pk).update(status="open", submitted=None)
    assert not rows("chief", "figures", "basis=agreed")
    assert {words for row in rows("chief", "figures", "basis=reading").values() for words in counted(row)} == {"reading"}


def test_who_may_not_see_other_readings_learns_nothing_of_them(ask, rows, corpus, people, pair):
    alone = [ask("ann", "figures", f"{EVERY}&use=any&basis={code}")["results"] for code in ("any", "agreed", "reading")]
    assert {words for row in alone[0] for words in counted(row)} == {"reading"}
    assert alone[1] == []
    assert rows("chief", "figures", "basis=agreed")
    # A reviewer who is annotating the text sees no reading of others, nor that these agree.
    factories.assignment(pair[0].document, people["chief"])
    assert not rows("chief", "figures", "basis=any")
    Assignment.objects.filter(pk=pair[1].pk).update(status="skipped", submitted=None, independent=None)
    assert [ask("ann", "figures", f"{EVERY}&use=any&basis={code}")["results"] for code in ("any", "agreed", "reading")] == alone


def test_rows_say_nothing_of_it_unless_it_is_asked(ask, pair):
    assert all("bases" not in row for row in ask("chief", "figures", EVERY)["results"])


@pytest.mark.parametrize("query", ["basis=any", "basis=agreed"])
def test_it_takes_as_many_queries_for_any_number_of_rows(ask, corpus, people, pair, query):
    adjudicated = start(pair_of(corpus, people, 3)[0].document, people["chief"])[0]
    finish(adjudicated, people["chief"])
    take_up()
    ask("chief", "figures", query)
    with CaptureQueriesContext(connection) as few:
        first = ask("chief", "figures", query)["results"]
    for number in range(4, 7):
        pair_of(corpus, people, number)
    finish(start(pair_of(corpus, people, 7)[0].document, people["chief"])[0], people["chief"])
    take_up()
    with CaptureQueriesContext(connection) as many:
        assert len(ask("chief", "figures", query)["results"]) > len(first)
    assert len(many) == len(few)


def test_more_readings_than_are_compared_are_refused(ask, refused, corpus, people, pair, monkeypatch):
    monkeypatch.setattr(bases, "MOST_COMPARED", 3)
    pair_of(corpus, people, 3)
    error = refused("events", "basis=agreed&status=any")
    assert error["field"] == "basis"
    assert "up to 3 readings of articles that were read several times, and here are 4:" in error["detail"]
    assert len(ask("chief", "figures", f"{EVERY}&use=any&basis=any")["results"]) > 2
    assert ask("chief", "events", "basis=adjudicated")["results"] == []
    assert ask("chief", "figures", f"{EVERY}&basis=agreed&article={pair[0].document.article_id}")["results"]


def test_lines_agree_as_if_all_their_columns_were_compared(corpus, people, pair, monkeypatch):
    several = [pair, pair_of(corpus, people, 3), pair_of(corpus, people, 4)]
    compared = line_agreement.agreed_bases(each.pk for some in several for each in some)
    lines_of = Counter(words for each in compared.values() for words in each["others"].values())
    assert lines_of.keys() == {"agreed 2 of 2", "1 of 2 readings"}
    assert lines_of["agreed 2 of 2"] == 3 * Counter(compared[pair[0].pk]["others"].values())["agreed 2 of 2"] * 2
    monkeypatch.setattr(line_agreement, "TEXTS_AT_ONCE", 2)
    whole = [column for column in SEALED_COLUMNS if column.name not in ("id", "rating")]
    monkeypatch.setattr(line_agreement, "COMPARED", whole)
    assert line_agreement.agreed_bases(each.pk for some in several for each in some) == compared


@pytest.mark.parametrize("value", ["", "sure", "agreed,sure", "Agreed", "x" * 300])
def test_unknown_values_are_refused(refused, value):
    error = refused("events", f"basis={value}")
    assert error["field"] == "basis"
    assert "agreed, adjudicated, approved, gold, reading, draft" in error["detail"]


@pytest.mark.parametrize("ledger", sorted(LEDGERS.keys() - {"events", "figures", "words"}))
def test_it_is_no_parameter_of_other_ledgers(refused, ledger):
    assert refused(ledger, "basis=any")["field"] == "basis"


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize("value", ["any", "gold"])
def test_an_earlier_answer_has_none(ask, refused, value):
    number = ask("chief", "events", "")["rests_on"]["number"]
    assert refused("events", f"basis={value}&at={number}")["field"] == "basis"


def test_as_many_rows_with_it_as_with_fields_of_evidence(refused):
    assert refused("events", "basis=any&limit=51")["detail"] == "takes a whole number from 1 to 50 with basis"


def test_files_have_the_rows_and_what_they_rest_on(corpus, people, gold):
    take_up()
    api = APIClient()
    api.force_authenticate(people["chief"])
    answer = api.get(f"/api/v1/corpora/{corpus.slug}/ask/figures/file/?format=jsonl&basis=adjudicated&use=any")
    *listed, end = map(json.loads, answer.getvalue().splitlines())
    assert {each for row in listed for each in counted(row)} == {
        "adjudicated (accepted)",
        "adjudicated (changed)",
        "adjudicated (added)",
    }
    assert end["end"]["question"] == "any use · basis: adjudicated"


def test_the_page_has_it_as_a_column(client, corpus, people, gold):
    take_up()
    client.force_login(people["chief"])
    address = f"/corpora/{corpus.slug}/ask/events/"
    assert b">Basis</th>" not in client.get(f"{address}?status=any").content
    page = client.get(f"{address}?filters=1&status=any&basis=any", follow=True)
    assert page.redirect_chain == [(f"{address}?status=any&polarity=any&basis=any", 302)]
    text = " ".join(page.content.decode().split())
    assert '<th scope="col">Basis</th>' in text
    assert '<td data-name="Basis"><span class="small">Agreed 2 of 2' in text
    assert "with their basis" in text
    assert '<option value="any" selected>Shown</option>' in text
    assert '<option value="adjudicated">Adjudicated</option>' in text
    assert page.context["as_of"] == ""
