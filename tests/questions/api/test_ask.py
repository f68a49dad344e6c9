"""Ledgers by API: who gets which rows, what is refused, and how pages follow each other."""

import time

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from annotations.models import Assignment
from questions.address.question import read
from questions.asking import answer, source, time_limits
from questions.asking.cursors import written
from questions.index import keep
from questions.ledgers import entries
from registry.models import Entity
from tests import factories, marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def get(reviewer, seeded):
    def get(ledger="events", by=reviewer, **query):
        client = APIClient()
        client.force_authenticate(by)
        return client.get(f"/api/v1/corpora/{seeded.slug}/ask/{ledger}/", query)

    return get


def test_an_answer_says_what_was_asked_and_what_it_rests_on(get):
    body = get(type="PAY", status="any").json()
    assert body["question"]["query"] == "type=PAY&status=any"
    assert body["question"]["self"].endswith("/ask/events/?type=PAY&status=any")
    rests = body["rests_on"]
    assert (rests["articles"], rests["marked"], rests["not_marked"], rests["copies"], rests["behind"]) == (1, 1, 0, 0, 0)
    assert sum(body["parts"].values()) == len(body["results"]) + body["parts"].get("negative", 0)


def test_a_row_leads_to_its_words(get):
    row = get("figures", label="PEOPLE").json()["results"][0]
    (entry,) = row["entries"]
    assert entry["triggers"][0]["quote"] == "300"
    assert entry["triggers"][0]["fragments"] == [[412, 415]]
    assert entry["href"] == f"/annotate/{entry['assignment']}/#mark={row['id']}"
    (value,) = row["values"]
    assert (value["low"], value["high"], value["comparator"]) == ("300.000000", "300.000000", "eq")
    assert value["independent"] == {"fewest": 1, "most": 1, "exact": True}


def test_pages_follow_each_other(get):
    whole = get(status="any", polarity="any", limit=200).json()["results"]
    rows = []
    page = get(status="any", polarity="any", limit=9).json()
    while True:
        rows += page["results"]
        address = page["next"]
        if not address:
            break
        query = dict(pair.split("=", 1) for pair in address.partition("?")[2].split("&"))
        page = get(**query).json()
    assert [row["id"] for row in rows] == [row["id"] for row in whole]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"type": "NOTHING"}, "type"),
        ({"from": "2017-13-01"}, "from"),
        ({"from": "2018-01-01", "to": "2017-01-01"}, "from"),
        ({"label": "PEOPLE"}, "label"),
        ({"limit": "201"}, "limit"),
        ({"cursor": "bm90aGluZw"}, "cursor"),
        ({"cursor": "!"}, "cursor"),
        ({"filter": "nothing"}, "filter"),
        ({"measure": "UNSCR-0"}, "measure"),
        ({"outlet": "a\0b"}, "outlet"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(get, query, name):
    response = get(**query)
    assert response.status_code == 400
    assert name in str(response.json())


def test_the_cursor_of_another_question_is_refused(get):
    page = get(status="any", limit=1).json()
    cursor = page["next"].partition("cursor=")[2]
    assert get(status="any", limit=1, cursor=cursor).status_code == 200
    assert get(type="PAY", status="any", cursor=cursor).status_code == 400


def test_a_cursor_that_somebody_made_up_is_refused(get):
    question = read("events", [])
    for keys in (("no day", "no id"), (7, 7), (None, "no id")):
        response = get(cursor=written(question, keys))
        assert response.status_code == 400
        assert "cursor" in str(response.json())


def test_an_entity_of_another_corpus_is_as_one_that_does_not_exist(get):
    other = marks.entity(factories.corpus("other"), "Elsewhere")
    answers = [get(place=str(pk)) for pk in (other.pk, "00000000-0000-4000-8000-000000000000")]
    assert {each.status_code for each in answers} == {404}
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_what_takes_too_long_is_told(get, monkeypatch):
    monkeypatch.setattr(time_limits, "SECONDS", 0.001)
    monkeypatch.setattr(answer.IndexAnswer, "page", lambda self, limit, after: self.rows("SELECT pg_sleep(1)", {}))
    response = get()
    assert response.status_code == 503
    assert response.json()["code"] == "too-broad"


def test_parts_that_take_too_long_to_count_are_not_told(get, monkeypatch):
    counted = answer.IndexAnswer.counted
    monkeypatch.setattr(time_limits, "COUNTING_SECONDS", 0.05)
    monkeypatch.setattr(
        answer.IndexAnswer,
        "counted",
        lambda self, sql, values: counted(self, f"SELECT pg_sleep(1)::text, 1 FROM ({sql}) q", values),
    )
    body = get().json()
    assert body["parts"] is None
    assert body["totals"] == {"more_than_rows": len(body["results"]) - 1}, "which is known soon"
    assert body["results"]


def test_all_that_is_counted_beside_a_page_has_one_time(get, monkeypatch):
    """What is counted after that has a moment of its own, so that a quick count is not lost behind a slow one."""
    waits, counted = [], time_limits.counted_in_time
    monkeypatch.setattr(time_limits, "COUNTING_SECONDS", 0.2)
    monkeypatch.setattr(time_limits, "LEAST_SECONDS", 0.01)

    def slow(sql, values, seconds):
        waits.append(seconds)
        time.sleep(0.15)
        return counted(sql, values, seconds)

    monkeypatch.setattr(time_limits, "counted_in_time", slow)
    get(place=str(Entity.objects.get(key="E-DDG").pk))
    parts, unplaced = waits
    assert parts <= 0.2
    assert 0.01 <= unplaced <= 0.05


def test_where_parts_take_too_long_to_count_it_is_told_than_how_many_rows_there_are_more(get, monkeypatch):
    monkeypatch.setattr(answer.IndexAnswer, "parts", lambda self: None)
    monkeypatch.setattr(entries, "MANY", 2)
    assert get().json()["totals"] == {"more_than_rows": 2}


def test_nobody_waits_for_numbers_of_which_postgresql_expects_too_much(get, monkeypatch):
    monkeypatch.setattr(answer, "LARGE", -2)
    monkeypatch.setattr(entries, "MANY", 2)
    assert get().json()["parts"]["counted"] > 2
    monkeypatch.setattr(answer, "MOST_COST", 0)
    body = get().json()
    assert (body["parts"], body["totals"]) == (None, {"more_than_rows": 2})
    assert body["results"]


class TestWhoseMarks:
    """What one may not see is in no row and in no number."""

    @pytest.fixture
    def own(self, seeded, gold):
        """An annotator who submitted one event of the seed's text, and one who did not."""
        people = {}
        Assignment.objects.filter(pk=gold.pk).update(status="submitted", submitted=timezone.now())
        for name, status in (("submitted", "submitted"), ("drafting", "open")):
            person = factories.user(name)
            factories.membership(seeded, person, "annotator")
            handed = {"submitted": timezone.now()} if status == "submitted" else {}
            reading = factories.assignment(gold.document, person, status=status, **handed)
            marks.event(reading, "terminated", "EMPLOY", status="happened")
            people[name] = person
        keep.take_up()
        return people

    def test_gold_comes_first_for_all_who_see_it(self, get, own, seeded):
        viewer = factories.user("viewer")
        factories.membership(seeded, viewer, "viewer")
        for person in (None, viewer, own["submitted"]):
            body = get(**({"by": person} if person else {}), status="any", polarity="any", limit=200).json()
            assert len(body["results"]) == 41
            assert sum(body["parts"].values()) == 41

    def test_a_draft_is_evidence_for_nobody(self, get, own):
        body = get(by=own["drafting"], status="any").json()
        assert (body["results"], body["parts"], body["rests_on"]["marked"], body["rests_on"]["drafts"]) == ([], {}, 0, 1)
        assert len(get(by=own["drafting"], whose="mine").json()["results"]) == 1

    def test_all_are_asked_by_name(self, get, own):
        assert sum(get(whose="all", status="any", polarity="any").json()["parts"].values()) == 43
        assert len(get(whose="by:drafting").json()["results"]) == 1
        assert get(by=own["submitted"], whose="by:drafting").json()["results"] == []
        assert get(whose="by:nobody").json()["results"] == []

    def test_an_outsider_gets_what_does_not_exist(self, get, own):
        assert get(by=factories.user("outsider")).status_code == 404


class TestTrueAtOnce:
    """What is not indexed yet is derived for the question."""

    def test_a_change_counts_from_its_commit_on(self, get, gold):
        before = len(get(status="any", polarity="any", limit=200).json()["results"])
        marks.event(gold, "terminated", "EMPLOY", status="happened")
        Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)
        live = get(status="any", polarity="any", limit=200).json()
        assert len(live["results"]) == before + 1
        assert live["rests_on"]["behind"] == 0
        keep.take_up()
        after = get(status="any", polarity="any", limit=200).json()
        assert after["results"] == live["results"]
        assert after["parts"] == live["parts"]

    def test_what_is_far_behind_is_told(self, get, gold, monkeypatch):
        monkeypatch.setattr(source, "MOST_LIVE", 0)
        Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)
        assert get().json()["rests_on"]["behind"] == 1

    def test_what_another_corpus_waits_for_is_in_no_number(self, get, monkeypatch):
        monkeypatch.setattr(source, "MOST_LIVE", 0)
        factories.assignment(factories.document("Elsewhere."), factories.user())
        assert get().json()["rests_on"]["behind"] == 0

    def test_a_place_that_is_put_elsewhere_counts_at_once(self, get, seeded):
        ids = {entity.key: entity for entity in Entity.objects.filter(corpus=seeded)}
        far = marks.entity(seeded, "Yellow Sea region", type="TERRITORY")
        assert get(type="REPATRIATE", place=str(far.pk)).json()["results"] == []
        marks.relation(ids["E-DDG"], far, "located_in")
        assert len(get(type="REPATRIATE", place=str(far.pk)).json()["results"]) == 4


def test_an_entry_says_whose_it_is_and_who_is_around_it(get, seeded):
    """Of a claim in the claim of another, both sources."""
    reader = factories.user("reader")
    reading = factories.assignment(factories.document("Kim said Lee said they went home.", corpus=seeded), reader)
    kim, lee = marks.entity(seeded, "Kim"), marks.entity(seeded, "Lee")
    outer = marks.claim(reading, "Lee said they went home", kim)
    marks.claim(reading, "they went home", lee, parent=outer)
    marks.event(reading, "went", "REPATRIATE", status="happened")
    keep.take_up()
    rows = get(type="REPATRIATE", whose="all", article=str(reading.document.article_id)).json()["results"]
    ((entry,),) = [row["entries"] for row in rows]
    assert (entry["annotator"], entry["gold"]) == ("reader", False)
    assert [source["name"] for source in entry["sources"]] == ["Lee"]
    assert {source["name"] for source in entry["around"]} == {"Kim", "Lee"}
    assert all(entry["gold"] for row in get().json()["results"] for entry in row["entries"])
