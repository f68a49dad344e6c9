"""Plans, team settings and the next article by API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.models import Assignment, Plan, PlanArticle, TeamSettings
from corpus.models import Membership
from tests import factories
from tests.api.world import session


@pytest.fixture
def corpus(own):
    return f"/api/v1/corpora/{own.corpus.slug}/"


@pytest.fixture
def manager(world, own):
    return session(world.cast["manager"])


@pytest.fixture
def annotator(own):
    return session(own.assignment.annotator)


def code(answer):
    return answer.status_code, answer.json()["type"].rpartition("#")[2]


@pytest.fixture
def plan(corpus, manager):
    answer = manager.post(f"{corpus}plans/", {"name": "P", "readings": 2, "share": 50}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (201, "draft")
    return f"{corpus}plans/{answer.json()['id']}/"


def test_a_plan_from_its_draft_to_its_end(corpus, manager, plan):
    preview = manager.get(f"{plan}preview/").json()
    assert preview["articles"] == preview["repeated"] * 2 or preview["articles"] == preview["repeated"] * 2 - 1
    assert not PlanArticle.objects.exists()
    assert [manager.post(f"{plan}start/").json()["state"] for _ in range(2)] == ["running"] * 2
    assert PlanArticle.objects.count() == preview["articles"]
    assert manager.patch(plan, {"state": "paused"}, format="json").json()["state"] == "paused"
    assert manager.patch(plan, {"state": "done"}, format="json").json()["state"] == "done"
    assert code(manager.patch(plan, {"state": "running"}, format="json")) == (422, "invalid")
    assert [row["state"] for row in manager.get(f"{corpus}plans/").json()["results"]] == ["done"]
    assert manager.get(plan).json()["name"] == "P"


@pytest.mark.parametrize(
    "fields",
    [{"readings": 1}, {"share": 0}, {"readings": 6}, {"filter": "since=soon"}, {"people": [{"user": "nobody"}]}, {"more": 1}],
    ids=str,
)
def test_what_cannot_be_planned_is_400(corpus, manager, fields):
    answer = manager.post(f"{corpus}plans/", {"name": "P", "readings": 2, "share": 50, **fields}, format="json")
    assert answer.status_code == 400
    assert not Plan.objects.exists()


def test_the_next_article(own, corpus, manager, annotator, plan):
    factories.document("More to read", corpus=own.corpus)
    manager.post(f"{plan}start/")
    name = {"corpus": own.corpus.slug}
    TeamSettings.objects.create(corpus=own.corpus, open_at_once=2)
    answer = annotator.post("/api/v1/queue/next/", name, format="json")
    assert answer.status_code == 201
    assert answer.json()["plan"] == Plan.objects.get().pk
    again = annotator.post("/api/v1/queue/next/", name, format="json")
    assert (again.status_code, again.json()["id"]) == (200, str(own.assignment.pk))
    TeamSettings.objects.update(open_at_once=50)
    PlanArticle.objects.update(live=5)
    stopped = annotator.post("/api/v1/queue/next/", {}, format="json")
    assert code(stopped) == (409, "nothing-left")
    assert stopped.json()["reasons"] == ["P: all places are taken."]


def test_why_nobody_gets_one(own, manager, annotator, plan, world):
    Plan.objects.get().people.create(user=world.cast["manager"])
    manager.post(f"{plan}start/")
    assert code(annotator.post("/api/v1/queue/next/", {}, format="json")) == (403, "not-qualified")
    Membership.objects.filter(user=own.assignment.annotator).update(paused=True)
    assert code(annotator.post("/api/v1/queue/next/", {}, format="json")) == (409, "paused")
    assert (
        session(world.cast["viewer"]).post("/api/v1/queue/next/", {"corpus": own.corpus.slug}, format="json").status_code == 403
    )


VERDICTS = {
    "approve": 0,
    "practice_tests": 0,
    "practice_least": 80,
    "show_people": False,
    "targets": {},
    "suggestions": True,
    "control_share": 10,
}


def test_team_settings(own, corpus, manager, annotator):
    team = f"{corpus}team/"
    assert manager.get(team).json() == {"self_service": True, "open_at_once": 3, "lapse_days": 14, **VERDICTS}
    changed = manager.patch(team, {"self_service": False, "lapse_days": None}, format="json").json()
    assert changed == {"self_service": False, "open_at_once": 3, "lapse_days": None, **VERDICTS}
    assert manager.patch(team, {"open_at_once": 0}, format="json").status_code == 400
    assert annotator.patch(team, {"open_at_once": 1}, format="json").status_code == 403
    refused = annotator.post("/api/v1/assignments/", {"document": str(own.unread.pk)}, format="json")
    assert (refused.status_code, "are assigned" in refused.json()["detail"]) == (403, True)
    assert annotator.post("/api/v1/assignments/", {"document": str(own.assignment.document_id)}, format="json").status_code == 200
    assert Assignment.objects.filter(annotator=own.assignment.annotator, document=own.unread).count() == 0


def test_name_date_and_people_are_changed_at_the_revision_that_was_read(own, world, manager, plan):
    assert manager.get(plan).json()["people"] == []
    body = {
        "revision": 0,
        "name": "Second look",
        "due": "2031-05-01",
        "people": [{"user": own.assignment.annotator.username, "weight": 2}],
    }
    changed = manager.patch(plan, body, format="json").json()
    assert {name: changed[name] for name in body} == body | {"revision": 1}
    stale = manager.patch(plan, body | {"name": "Mine"}, format="json")
    assert (*code(stale), stale.json()["revision"]) == (409, "conflict", 1)
    assert manager.patch(plan, {"revision": 1, "due": None}, format="json").json()["due"] is None
    assert manager.get(plan).json()["people"] == body["people"], "what is not sent stays"
    assert manager.patch(plan, {"revision": 2, "people": []}, format="json").json()["people"] == []
    for wrong in (
        {"revision": 3},
        {"name": "No revision"},
        {"state": "done", "revision": 3},
        {"revision": 3, "people": [{"user": "nobody"}]},
    ):
        assert manager.patch(plan, wrong, format="json").status_code == 400, wrong
    manager.patch(plan, {"state": "done"}, format="json")
    manager.post(f"{plan}start/")
    manager.patch(plan, {"state": "done"}, format="json")
    late = manager.patch(plan, {"revision": manager.get(plan).json()["revision"], "name": "Late"}, format="json")
    assert code(late) == (422, "invalid")


def test_an_article_is_read_again(own, annotator):
    body = {"corpus": own.corpus.slug, "again": True}
    assert code(annotator.post("/api/v1/queue/next/", body, format="json")) == (409, "nothing-left")
    before = timezone.now() - timedelta(days=40)
    rows = Assignment.objects.filter(pk=own.assignment.pk)
    rows.update(status="submitted", submitted=before, created=before, independent=own.assignment.revision)
    answer = annotator.post("/api/v1/queue/next/", body, format="json")
    assert (answer.status_code, answer.json()["role"]) == (201, "rereading")
    assert annotator.get(f"/api/v1/assignments/{own.assignment.pk}/").status_code == 404
    assert annotator.get(f"/api/v1/assignments/{answer.json()['id']}/").status_code == 200
    refused = annotator.patch(
        f"/api/v1/assignments/{answer.json()['id']}/", {"status": "skipped", "reason": "copy"}, format="json"
    )
    assert code(refused) == (422, "invalid")


def test_what_a_plan_has_assigned_is_taken_back(corpus, manager, plan, own, world):
    manager.post(f"{plan}start/")
    assigned = manager.post(f"{plan}assign/").json()
    count = sum(person["articles"] for person in assigned["assigned"])
    assert count
    batch = f"{corpus}assigned/{assigned['batch']}/"
    assert manager.get(batch).json() == {"untouched": count, "begun": 0}
    begun = Assignment.objects.filter(plan=plan.split("/")[-2]).first()
    Assignment.objects.filter(pk=begun.pk).update(revision=1)
    assert manager.post(f"{batch}undo/", {"x": 1}, format="json").status_code == 400
    assert [manager.post(f"{batch}undo/").json() for _ in "ab"] == [{"undone": count - 1, "begun": 1}, {"undone": 0, "begun": 1}]
    assert manager.get(batch).json() == {"untouched": 0, "begun": 1}
    reviewer = session(world.cast["reviewer"])
    assert reviewer.post(f"{batch}undo/").status_code == 403
    assert manager.get(f"{corpus}assigned/{own.assignment.pk}/").status_code == 404
    Plan.objects.update(state="done")
    assert manager.post(f"{plan}assign/").status_code == 422


def test_a_plan_draws_by_length_where_asked(corpus, manager):
    made = manager.post(f"{corpus}plans/", {"name": "P", "readings": 2, "share": 50, "chances": "length"}, format="json")
    assert (made.status_code, made.json()["chances"]) == (201, "length")
    refused = manager.post(f"{corpus}plans/", {"name": "Q", "readings": 2, "share": 50, "chances": "luck"}, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "chances")
