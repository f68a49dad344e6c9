"""Notices by API."""

from annotations.models import Notice
from annotations.notices.make import notify
from tests.api.world import session

LIST = "/api/v1/notices/"


def test_one_sees_and_reads_ones_own(own, world, annotator):
    person = own.assignment.annotator
    notify("returned", own.corpus, [person.pk], assignment=own.assignment.pk)
    notify("text", own.corpus, [person.pk, world.cast["manager"].pk], article=own.article.pk)
    notify("assigned", own.corpus, [person.pk], number=2)
    pages = [annotator.get(f"{LIST}?limit=2").json()]
    pages.append(annotator.get(pages[0]["next"]).json())
    rows = [row for page in pages for row in page["results"]]
    assert [row["kind"] for row in rows] == ["assigned", "text", "returned"]
    assert rows[1] | {"id": 0, "at": ""} == {
        "id": 0, "kind": "text", "corpus": "own", "assignment": None, "thread": None, "guideline": None,
        "article": str(own.article.pk), "plan": None, "number": None, "at": "", "read": None,
    }  # fmt: skip
    one = f"{LIST}{rows[1]['id']}/"
    read = annotator.patch(one, {"read": True}, format="json").json()["read"]
    assert read
    assert annotator.patch(one, {"read": True}, format="json").json()["read"] == read
    assert annotator.patch(one, {"read": False}, format="json").status_code == 400
    assert session(world.cast["manager"]).patch(one, {"read": True}, format="json").status_code == 404
    assert [row["kind"] for row in annotator.get(LIST, {"read": "false"}).json()["results"]] == ["assigned", "returned"]


def test_who_has_left_a_corpus_sees_none_of_it(own, annotator):
    person = own.assignment.annotator
    notify("text", own.corpus, [person.pk], article=own.article.pk)
    own.corpus.memberships.filter(user=person).delete()
    assert annotator.get(LIST).json()["results"] == []
    assert annotator.patch(f"{LIST}{Notice.objects.get().pk}/", {"read": True}, format="json").status_code == 404
