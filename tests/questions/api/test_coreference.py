"""Events are joined by API: who may, what is refused, and what is shown to whom."""

import uuid

import pytest
from rest_framework.test import APIClient

from annotations.models import Event, Role
from questions.coreference.judge import judge
from questions.index import keep
from questions.models import Judgement, Stale
from registry.models import Entity
from tests import factories, marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(db):
    made = factories.corpus()
    factories.adopt(made)
    return made


@pytest.fixture
def people(corpus):
    made = {role: factories.user(role) for role in ("viewer", "annotator", "reviewer")}
    for role, person in made.items():
        factories.membership(corpus, person, role)
    return made | {"outsider": factories.user("outsider")}


@pytest.fixture
def events(corpus, people):
    """Two of the gold and one of an annotator, who has handed in one of the texts; all about the same people."""
    workers = marks.entity(corpus, "Workers")
    made = []
    for who, role in (("reviewer", "adjudication"), ("reviewer", "adjudication"), ("annotator", "annotation")):
        document = factories.document("Some went home.", of=factories.article(corpus, f"Article {len(made)}"))
        reading = factories.assignment(document, people[who], role, status="submitted", submitted="2026-01-02T00:00Z")
        # The smallest id is of the event that a viewer may not see.
        pk = uuid.UUID(int=(2, 3, 1)[len(made)])
        event = marks.event(reading, "went", id=pk, time_earliest="2017-09-04", time_latest="2017-09-05")
        filled = Role.objects.get(label=event.label, code="people")
        marks.Argument.objects.create(event=event, assignment=reading, role=filled, position=0, entity=workers)
        made.append(event)
    while keep.take_up():
        pass
    return made


@pytest.fixture
def ask(people):
    def ask(method, path, body=None, by="reviewer"):
        client = APIClient()
        client.force_authenticate(people[by])
        return getattr(client, method)(f"/api/v1/{path}", body, format="json" if method == "post" else None)

    return ask


@pytest.fixture
def join(ask):
    def join(one, other, verdict="same", by="reviewer", **more):
        return ask("post", f"events/{one.pk}/join/", {"with": str(other.pk), "verdict": verdict} | more, by)

    return join


class TestJoin:
    def test_a_judgement_is_answered(self, join, events, corpus):
        response = join(events[0], events[1], note="One station, one day.")
        assert response.status_code == 201
        body = response.json()
        assert {body["one"], body["other"]} == {str(events[0].pk), str(events[1].pk)}
        assert body["one"] < body["other"]
        assert (body["corpus"], body["verdict"], body["by"], body["note"]) == (
            corpus.slug,
            "same",
            "reviewer",
            "One station, one day.",
        )
        assert (body["undone_by"], body["undone_at"]) == (None, None)

    @pytest.mark.parametrize(("by", "status"), [("viewer", 403), ("annotator", 404), ("outsider", 404)])
    def test_of_the_gold_a_viewer_sees_it_and_may_not(self, join, events, by, status):
        assert join(events[0], events[1], by=by).status_code == status
        assert not Judgement.objects.exists()

    @pytest.mark.parametrize(("by", "status"), [("viewer", 404), ("annotator", 403), ("outsider", 404)])
    def test_of_their_own_an_annotator_may_not(self, join, events, by, status):
        assert join(events[2], events[1], by=by).status_code == status

    def test_an_event_of_another_corpus_is_none(self, join, events, people):
        other = factories.corpus()
        factories.membership(other, people["reviewer"], "reviewer")
        foreign = marks.event(factories.assignment(factories.document("They went.", corpus=other), people["reviewer"]), "went")
        answers = [join(events[0], foreign), join(events[0], type("Nothing", (), {"pk": uuid.uuid4()}))]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json() == answers[1].json()

    def test_a_contradiction_names_the_judgements_in_the_way(self, join, events):
        same = join(events[0], events[1]).json()["id"]
        apart = join(events[1], events[2], "different").json()["id"]
        response = join(events[0], events[2])
        assert response.status_code == 409
        body = response.json()
        assert (body["code"], [step["judgement"] for step in body["path"]]) == ("contradiction", [same, apart])
        assert (body["path"][0]["one"], body["path"][-1]["other"]) == (str(events[0].pk), str(events[2].pk))
        assert "path" in body["detail"]

    def test_what_is_judged_so_already(self, join, events):
        join(events[0], events[1])
        response = join(events[1], events[0])
        assert (response.status_code, response.json()["code"]) == (422, "invalid")
        assert "reviewer judged these events the same" in response.json()["detail"]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"verdict": "unsure"},
            {"with": "x"},
            {"extra": 1},
            {"note": "x" * 10_001},
            {"note": "a\x00b"},
            {"verdict": ["same"]},
        ],
    )
    def test_a_body_that_cannot_be_read(self, ask, events, body):
        whole = {"with": str(events[1].pk), "verdict": "same"} | body if body else {}
        response = ask("post", f"events/{events[0].pk}/join/", whole)
        assert (response.status_code, response.json()["code"]) == (400, "malformed")

    @pytest.mark.parametrize("body", [[], "same", None, 1])
    def test_a_body_that_is_no_object(self, ask, events, body):
        assert ask("post", f"events/{events[0].pk}/join/", body).status_code == 400


class TestUndo:
    @pytest.fixture
    def made(self, join, events):
        return join(events[0], events[1]).json()["id"]

    def test_it_says_who_and_when(self, ask, made):
        body = ask("post", f"judgements/{made}/undo/").json()
        assert body["undone_by"] == "reviewer"
        assert body["undone_at"] > body["at"]
        again = ask("post", f"judgements/{made}/undo/")
        assert (again.status_code, again.json()["detail"]) == (422, "This judgement was already undone.")

    def test_a_body_is_refused(self, ask, made):
        assert ask("post", f"judgements/{made}/undo/", {"note": "no"}).status_code == 400

    @pytest.mark.parametrize(("by", "status"), [("viewer", 403), ("annotator", 404), ("outsider", 404)])
    def test_who_may_not(self, ask, made, by, status):
        assert ask("post", f"judgements/{made}/undo/", by=by).status_code == status
        assert Judgement.objects.standing().exists()


class TestLists:
    def test_judgements_are_those_about_events_that_one_may_see(self, ask, join, events, corpus):
        both_gold, one_own = join(events[0], events[1]).json()["id"], join(events[1], events[2], "different").json()["id"]

        def listed(by):
            return [row["id"] for row in ask("get", f"corpora/{corpus.slug}/judgements/", by=by).json()["results"]]

        assert listed("reviewer") == [one_own, both_gold]
        assert listed("viewer") == [both_gold]
        assert listed("annotator") == []
        assert ask("get", f"corpora/{corpus.slug}/judgements/", by="outsider").status_code == 404

    def test_pairs_say_why(self, ask, join, events, corpus):
        def pairs(by="reviewer", query=""):
            return ask("get", f"corpora/{corpus.slug}/pairs/{query}", by=by).json()

        body = pairs()
        assert body["next"] is None
        assert [row["one"]["title"] for row in body["results"]] == ["Article 2", "Article 2", "Article 1"]
        row = body["results"][-1]
        (reason,) = row["reasons"]
        assert (reason["rule"], reason["one"]["name"], reason["other"]["name"]) == ("people", "Workers", "Workers")
        assert (row["one"]["triggers"], row["one"]["earliest"], row["one"]["gold"]) == (["went"], "2017-09-04", True)
        assert len(pairs("viewer")["results"]) == 1
        assert pairs("annotator")["results"] == []

    def test_pages_of_pairs(self, ask, events, corpus):
        address, rows = f"corpora/{corpus.slug}/pairs/?limit=1", []
        while address:
            body = ask("get", address).json()
            rows += [{row["one"]["event"], row["other"]["event"]} for row in body["results"]]
            address = body["next"] and body["next"].partition("/api/v1/")[2]
        assert len(rows) == 3
        assert all(rows.count(row) == 1 for row in rows)

    @pytest.mark.parametrize("query", ["?cursor=x", "?limit=0", "?limit=501", "?order=id", "?cursor=%00"])
    def test_what_no_page_is_asked_for(self, ask, corpus, query, events):
        assert ask("get", f"corpora/{corpus.slug}/pairs/{query}").status_code == 400

    def test_the_number_of_queries_stays_the_same(self, ask, events, corpus, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            assert len(ask("get", f"corpora/{corpus.slug}/pairs/").json()["results"]) == 3


class TestLinkedEvents:
    def test_each_leads_to_all(self, ask, join, events):
        join(events[0], events[1]), join(events[1], events[2])
        bodies = [ask("get", f"linked-events/{event.pk}/").json() for event in events]
        assert bodies[0] == bodies[1] == bodies[2]
        body = bodies[0]
        assert body["id"] == min(str(event.pk) for event in events)
        assert [event["title"] for event in body["events"]] == ["Article 0", "Article 1", "Article 2"]
        assert [event["annotator"] for event in body["events"]] == ["reviewer", "reviewer", "annotator"]
        assert [row["by"] for row in body["judgements"]] == ["reviewer", "reviewer"]

    def test_one_that_is_linked_to_no_other(self, ask, events):
        body = ask("get", f"linked-events/{events[0].pk}/").json()
        assert (body["id"], len(body["events"]), body["judgements"]) == (str(events[0].pk), 1, [])

    def test_what_was_undone_stays_in_its_history(self, ask, join, events):
        made = join(events[0], events[1]).json()["id"]
        ask("post", f"judgements/{made}/undo/")
        body = ask("get", f"linked-events/{events[0].pk}/").json()
        assert [event["event"] for event in body["events"]] == [str(events[0].pk)]
        assert [row["undone_by"] for row in body["judgements"]] == ["reviewer"]

    @pytest.mark.parametrize("by", ["viewer", "annotator"])
    def test_only_what_one_may_see(self, ask, join, events, by):
        join(events[0], events[1]), join(events[1], events[2])
        own = {"viewer": events[:2], "annotator": events[2:]}[by]
        for event in events:
            response = ask("get", f"linked-events/{event.pk}/", by=by)
            assert response.status_code == (200 if event in own else 404)
        body = ask("get", f"linked-events/{own[0].pk}/", by=by).json()
        assert body["id"] == min(str(event.pk) for event in own)
        assert {event["event"] for event in body["events"]} == {str(event.pk) for event in own}
        assert len(body["judgements"]) == len(own) - 1

    def test_an_event_that_is_gone_still_leads_there(self, ask, events, people):
        judge(events[0], events[1], "same", people["reviewer"])
        judge(events[1], events[2], "same", people["reviewer"])
        gone = events[1].pk
        for rows in (events[1].triggers, events[1].arguments, type(events[1]).objects.filter(pk=gone)):
            rows.all().delete()
        body = ask("get", f"linked-events/{gone}/").json()
        assert (body["gone"], len(body["events"])) == ([str(gone)], 2)
        assert ask("get", f"linked-events/{gone}/", by="viewer").status_code == 404
        assert ask("get", f"linked-events/{events[0].pk}/", by="viewer").json()["gone"] == []


class TestPairsOfAnEvent:
    @pytest.fixture
    def about(self, corpus, events):
        """The first two say how many of the same people there were: numbers that exclude each other."""
        group = Entity.objects.get(corpus=corpus, name="Workers")
        figures = []
        for event, number in zip(events[:2], (20, 900), strict=True):
            value = {"low": number, "high": number, "comparator": "eq", "use": "reported", "counted_entity": group}
            figure = marks.figure(event.assignment, "Some", **value)
            role = Role.objects.get(label=event.label, code="count")
            marks.Argument.objects.create(event=event, assignment=event.assignment, role=role, position=5, span=figure.span)
            figures.append(str(figure.pk))
        for event in events:
            Event.objects.filter(pk=event.pk).update(status="happened")
            Stale.objects.create(assignment=event.assignment_id)
        while keep.take_up():
            pass
        return figures

    def test_what_may_be_the_same_comes_with_sentences(self, ask, events, about):
        body = ask("get", f"linked-events/{events[0].pk}/pairs/").json()
        pair, further = body["events"]
        sides = [{each["one"]["event"], each["other"]["event"]} for each in (pair, further)]
        assert all(str(events[0].pk) in both for both in sides)
        assert set().union(*sides) == {str(event.pk) for event in events}
        assert [reason["rule"] for reason in pair["reasons"]] == ["people"]
        assert all(pair[side]["sentences"] for side in ("one", "other"))
        assert body["has_more"] is False

    def test_figures_that_exclude_its_own_are_counted(self, ask, corpus, events, about):
        (excluded,) = ask("get", f"linked-events/{events[0].pk}/pairs/").json()["figures"]
        assert (excluded["figure"], excluded["number"], excluded["query"]) == (about[0], 1, f"mark={about[0]}")
        (pair,) = ask("get", f"corpora/{corpus.slug}/ask/disputes/?{excluded['query']}").json()["results"]
        assert {figure["id"] for figure in pair["figures"]} == set(about)

    def test_what_one_may_not_see_is_in_no_pair(self, ask, events, about):
        """Both are the reviewer's; the third event is the annotator's own."""
        assert ask("get", f"linked-events/{events[0].pk}/pairs/", by="annotator").status_code == 404
        body = ask("get", f"linked-events/{events[2].pk}/pairs/", by="annotator").json()
        assert body == {"events": [], "has_more": False, "figures": []}


class TestRows:
    """Linked events are one row of the ledger, for each person of those that they may see."""

    def rows(self, ask, corpus, by):
        query = "?type=REPATRIATE&status=any&polarity=any&whose=all&part=counted"
        return ask("get", f"corpora/{corpus.slug}/ask/events/{query}", by=by).json()["results"]

    def test_one_row_with_all_entries(self, ask, join, events, corpus):
        join(events[0], events[1]), join(events[1], events[2])
        (row,) = self.rows(ask, corpus, "reviewer")
        assert row["id"] == min(str(event.pk) for event in events)
        assert {entry["event"] for entry in row["entries"]} == {str(event.pk) for event in events}

    @pytest.mark.parametrize("by", ["viewer", "annotator"])
    def test_its_id_is_of_an_event_that_one_may_see(self, ask, join, events, corpus, by):
        join(events[0], events[1]), join(events[1], events[2])
        (row,) = self.rows(ask, corpus, by)
        own = [str(event.pk) for event in ({"viewer": events[:2], "annotator": events[2:]}[by])]
        assert row["id"] == min(own)
        assert {entry["event"] for entry in row["entries"]} == set(own)
        assert ask("get", f"linked-events/{row['id']}/", by=by).status_code == 200
