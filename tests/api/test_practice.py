"""Practice and test articles of a plan by API, results of readings, and who is not qualified."""

import pytest

from annotations.assign import submit
from annotations.models import Plan, PracticeArticle
from tests import factories, marks
from tests.api.world import new

LIST = "/api/v1/corpora/own/plans/"


@pytest.fixture
def text(own):
    made = factories.document("The firm paid.", corpus=own.corpus)
    marks.span(factories.assignment(made, own.gold.annotator, role="adjudication"), "firm", "COMPANY")
    return made


@pytest.fixture
def address(own):
    fields = {"created_by": own.gold.annotator, "state": "running", "started": own.gold.created}
    return f"{LIST}{Plan.objects.create(corpus=own.corpus, name='Overlap', **fields).pk}/practice/"


def test_from_the_choice_to_the_result(client_of, own, text, address):
    manager, annotator = client_of("manager"), client_of("annotator")
    manager.patch("/api/v1/corpora/own/team/", {"practice_tests": 1}, format="json")
    body = {"article": str(text.article_id), "kind": "test"}
    row = manager.post(address, body, format="json").json()
    assert (row["kind"], row["document"], row["passed"]) == ("test", str(text.pk), None)
    assert manager.post(address, body, format="json").json() == row
    taken = annotator.post("/api/v1/queue/next/", {"corpus": "own"}, format="json")
    assert (taken.status_code, taken.json()["document"], taken.json()["plan"]) == (201, str(text.pk), None)
    reading = f"/api/v1/assignments/{taken.json()['id']}/"
    assert annotator.get(f"{reading}results/").json()["results"] == []
    submit(text.assignments.get(role="annotation"))
    [result] = annotator.get(f"{reading}results/").json()["results"]
    assert (result["passed"], result["least"], result["kind"]) == (False, 80, "test")
    assert result["layers"] == {"ACTOR": {"left": 1, "right": 0, "exact": 0, "overlap": 0}}
    [row] = manager.get(address).json()["results"]
    assert (row["submitted"], row["passed"]) == (1, 0)
    refused = annotator.post("/api/v1/queue/next/", {"corpus": "own"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-qualified")
    assert manager.post(address, body | {"kind": "none"}, format="json").status_code == 204
    assert not PracticeArticle.objects.exists()


def test_refusals(client_of, own, world, text, address):
    manager = client_of("manager")
    for fields, status in [
        ({"article": str(world.foreign.article.pk)}, 400), ({"article": new()}, 400), ({"kind": "work"}, 400),
        ({"article": str(own.unread.article_id)}, 422),
    ]:  # fmt: skip
        body = {"article": str(text.article_id), "kind": "test"} | fields
        assert manager.post(address, body, format="json").status_code == status, fields
    assert client_of("reviewer").get(address).status_code == 403
    assert client_of("foreign_manager").get(address).status_code == 404
