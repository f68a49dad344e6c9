"""The bin by API, and what of a deleted article other addresses still tell: nothing."""

import pytest

LIST = "/api/v1/corpora/own/bin/"


def test_an_article_is_deleted_listed_and_restored(own, client_of):
    manager = client_of("manager")
    made = manager.post(LIST, {"kind": "article", "id": str(own.article.pk), "reason": "A copy."}, format="json")
    assert made.status_code == 201
    assert made.json()["counts"]["articles"] == 1
    assert [row["id"] for row in manager.get(LIST).json()["results"]] == [made.json()["id"]]
    for address in (f"articles/{own.article.pk}/", f"documents/{own.document.pk}/", f"assignments/{own.assignment.pk}/"):
        assert manager.get(f"/api/v1/{address}").status_code == 404, address
    restored = manager.post(f"/api/v1/bin/{made.json()['id']}/restore/")
    assert restored.json()["restored_by"] == "manager"
    assert manager.get(f"/api/v1/assignments/{own.assignment.pk}/").status_code == 200
    assert manager.post(f"/api/v1/bin/{made.json()['id']}/restore/").status_code == 422


@pytest.mark.parametrize("role", ["annotator", "reviewer", "manager", "site_admin"])
def test_no_list_tells_of_what_is_deleted(own, client_of, role):
    client = client_of(role)
    lists = ["articles/", "corpora/own/articles/", "documents/", "spans/", "events/", "claims/", "changes/"]
    before = {path: client.get(f"/api/v1/{path}") for path in lists}
    shown = {
        path for path, answer in before.items() if str(own.article.pk) in answer.content.decode() or answer.json().get("results")
    }
    client_of("manager").post(LIST, {"kind": "article", "id": str(own.article.pk), "reason": "A copy."}, format="json")
    for path in shown:
        content = client.get(f"/api/v1/{path}").content.decode()
        for pk in (own.article.pk, own.document.pk, own.assignment.pk, own.ids["figure"]):
            assert str(pk) not in content, path


def test_a_corpus_is_deleted_with_its_name(own, client_of):
    manager = client_of("manager")
    refused = manager.post(LIST, {"kind": "corpus", "name": "wrong", "reason": "Ended."}, format="json")
    assert refused.status_code == 400
    made = manager.post(LIST, {"kind": "corpus", "name": own.corpus.name, "reason": "Ended."}, format="json").json()
    assert manager.get("/api/v1/corpora/own/").status_code == 404
    assert [row["object"] for row in manager.get("/api/v1/bin/").json()["results"]] == [str(own.corpus.pk)]
    assert manager.post(f"/api/v1/bin/{made['id']}/restore/").status_code == 200
    assert manager.get("/api/v1/corpora/own/").status_code == 200


def test_several_are_restored_at_once(own, client_of):
    manager = client_of("manager")
    things = [("article", own.article.pk), ("article", own.unread.article_id)]
    made = [
        manager.post(LIST, {"kind": kind, "id": str(pk), "reason": "A copy."}, format="json").json()["id"] for kind, pk in things
    ]
    answer = manager.post(f"{LIST}restore/", {"deletions": made}, format="json")
    assert (answer.status_code, sorted(answer.json()["restored"]), answer.json()["refused"]) == (200, sorted(made), [])
    again = manager.post(f"{LIST}restore/", {"deletions": made}, format="json")
    assert (again.status_code, again.json()["errors"][0]["field"]) == (400, "deletions")
    assert manager.post(f"{LIST}restore/", {"deletions": []}, format="json").status_code == 400


def test_of_several_what_cannot_be_restored_says_why(own, client_of):
    manager = client_of("manager")
    article = {"kind": "article", "id": str(own.unread.article_id), "reason": "A copy."}
    reading = {"kind": "reading", "id": str(own.assignment.pk), "reason": "By mistake."}
    article, reading = (manager.post(LIST, body, format="json").json()["id"] for body in (article, reading))
    manager.post(LIST, {"kind": "article", "id": str(own.article.pk), "reason": "A copy."}, format="json")
    answer = manager.post(f"{LIST}restore/", {"deletions": [article, reading]}, format="json").json()
    assert answer["restored"] == [article]
    [refused] = answer["refused"]
    assert (refused["id"], "is in the bin itself" in refused["detail"]) == (reading, True)
