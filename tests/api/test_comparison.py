"""GET assignments/{id}/comparison/: one's own marks beside the gold of a practice article."""

import pytest

from tests.api.world import change, fragment, new


@pytest.fixture
def practice(own):
    own.article.practice = True
    own.article.save()
    return own


@pytest.fixture
def ask(own):
    return lambda client, **query: client.get(f"/api/v1/assignments/{own.assignment.pk}/comparison/", query)


def test_whoever_may_see_the_gold_of_a_practice_article_compares(practice, ask, client_of):
    expected = {"annotator": 200, "reviewer": 200, "manager": 200, "viewer": 404, "foreign_manager": 404, "token_readonly": 200}
    assert {role: ask(client_of(role)).status_code for role in expected} == expected


@pytest.mark.parametrize("role", ["annotator", "reviewer", "site_admin"])
def test_an_article_that_is_no_practice_is_not_compared(own, ask, client_of, role):
    assert ask(client_of(role)).status_code == 404


def test_the_gold_is_not_compared_with_itself(practice, client_of):
    assert client_of("reviewer").get(f"/api/v1/assignments/{practice.gold.pk}/comparison/").status_code == 404


def test_what_differs_is_told_with_both_marks(practice, ask, annotator, changes_url):
    assert ask(annotator).json()["differences"] == []
    text, ids = practice.document.text, practice.ids
    more = {"id": new(), "layer": "FIGURE", "label": "MONEY", "fragments": [fragment(text, "45,000 RMB")]}
    other = {"id": ids["actor"], "label": "PERSON", "attributes": {"entity": None}}
    wider = {"id": ids["figure"], "fragments": [fragment(text, "be 300")]}
    gone = {"id": ids["second"]}
    changes = [("create", more), ("update", other), ("update", wider), ("delete", gone)]
    body = {"base": 1, "changes": [change(op, "span", item) for op, item in changes]}
    assert annotator.post(changes_url, body, format="json").status_code == 200

    told = ask(annotator).json()
    assert told["revision"] == 2
    found = [(each["outcome"], *[each[side] and each[side]["label"] for side in ("own", "gold")]) for each in told["differences"]]
    assert found == [
        ("words", "PEOPLE", "PEOPLE"),
        ("label", "PERSON", "GROUP"),
        ("missing", None, "REPATRIATE"),
        ("extra", "MONEY", None),
    ]
    assert told["differences"][2]["gold"]["fragments"] == [fragment(text, "forced")]
    counted = {each.pop("layer"): each for each in told["counts"]}
    assert counted["FIGURE"] == {"agreed": 1, "missing": 0, "extra": 1, "label": 0, "words": 1}


def test_one_segment_is_compared_alone(practice, ask, annotator):
    whole = ask(annotator).json()
    title, paragraph = [each["id"] for each in whole["segments"]]
    agreed = {
        place: sum(each["agreed"] for each in ask(annotator, segment=place).json()["counts"]) for place in (title, paragraph)
    }
    assert agreed == {title: 0, paragraph: sum(each["agreed"] for each in whole["counts"])}
    answer = ask(annotator, segment="p99")
    assert (answer.status_code, "p99" in answer.content.decode()) == (400, True)
