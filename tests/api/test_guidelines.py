"""Guidelines by API: what a program reads and writes."""

from annotations.models import GuidelineVersion

LIST = "/api/v1/corpora/own/guidelines/"
TEXT = {"title": "Companies", "body": "Mark the **name**."}


def test_from_the_first_version_to_the_second(client_of, own):
    reviewer = client_of("reviewer")
    made = reviewer.post(LIST, TEXT | {"layer": "ACTOR", "label": "COMPANY"}, format="json")
    assert made.status_code == 201
    assert made.json() | {"id": 0, "guideline": 0, "at": ""} == TEXT | {
        "id": 0, "guideline": 0, "layer": "ACTOR", "label": "COMPANY", "now": "ACTOR.COMPANY", "number": 1, "note": None, "older": 0, "user": "reviewer", "at": "",
    }  # fmt: skip
    versions = f"/api/v1/guidelines/{made.json()['guideline']}/versions/"
    second = reviewer.post(versions, {"base": 1, "title": "Companies", "body": "All words of it.", "note": "Why"}, format="json")
    assert (second.status_code, second.json()["number"], second.json()["note"]) == (201, 2, "Why")
    assert [row["number"] for row in client_of("viewer").get(versions).json()["results"]] == [2, 1]
    assert [row["body"] for row in client_of("viewer").get(LIST).json()["results"]] == ["All words of it."]


def test_a_general_one_has_no_label(client_of, own):
    made = client_of("reviewer").post(LIST, TEXT, format="json").json()
    assert (made["layer"], made["label"], made["older"]) == (None, None, None)


def test_a_stale_base_is_a_conflict_and_a_repeated_text_is_no_version(client_of, own):
    reviewer = client_of("reviewer")
    made = reviewer.post(LIST, TEXT, format="json").json()
    versions = f"/api/v1/guidelines/{made['guideline']}/versions/"
    assert reviewer.post(versions, TEXT | {"base": 1}, format="json").status_code == 200
    reviewer.post(versions, {"base": 1, "title": "T", "body": "Another"}, format="json")
    late = reviewer.post(versions, {"base": 1, "title": "T", "body": "Late"}, format="json")
    assert (late.status_code, late.json()["code"], late.json()["newest"]) == (409, "conflict", 2)
    assert GuidelineVersion.objects.count() == 2


def test_a_label_that_is_not_there_is_named(client_of, own):
    for subject in ({"layer": "ACTOR", "label": "GHOST"}, {"layer": "ACTOR"}, {"label": "COMPANY"}):
        answer = client_of("reviewer").post(LIST, TEXT | subject, format="json")
        assert (answer.status_code, "is no label" in answer.json()["detail"]) == (422, True), subject
    assert not GuidelineVersion.objects.exists()


def test_one_label_has_one_guideline(client_of, own):
    about = TEXT | {"layer": "ACTOR", "label": "COMPANY"}
    answers = [client_of("reviewer").post(LIST, about, format="json") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 422]
    assert "has a guideline already" in answers[1].json()["detail"]
