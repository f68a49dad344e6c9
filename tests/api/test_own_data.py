"""A copy of one's own data: all of it, nothing of others, no secret, and no words of a corpus that one has left."""

import json
from io import BytesIO
from zipfile import ZipFile

from annotations.discussion.threads import answer, open_thread
from annotations.models import Guideline, GuidelineVersion, PracticeResult, Ruling, Tally
from annotations.notices.make import notify
from annotations.queries.own_data import parts_of
from tests.api.world import session


def copy_of(client):
    response = client.get("/api/v1/me/data/")
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    archive = ZipFile(BytesIO(response.getvalue()))
    files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert files.pop("README.txt")
    return {name.removesuffix(".json"): json.loads(text) for name, text in files.items()}, "".join(files.values())


def test_all_of_ones_own_and_nothing_of_others(own, world, annotator):
    person, reviewer = own.assignment.annotator, own.gold.annotator
    thread = open_thread(own.assignment, None, "My own question", person)
    answer(thread, "Words of another", reviewer)
    notify("returned", own.corpus, [person.pk], assignment=own.assignment.pk)
    data, text = copy_of(annotator)
    assert data["account"][0]["email"] == "annotator@mailcanary.example"
    assert [row["of"] for row in data["memberships"]] == ["own"]
    assert [row["id"] for row in data["readings"]] == [str(own.assignment.pk)]
    assert len(data["changes"]) == 13
    assert data["changes"][0]["after"]["name"] == "owncanary workers"
    assert [row["text"] for row in data["posts"]] == ["My own question"]
    assert {row["kind"] for row in data["notices"]} == {"answer", "returned"}
    assert {row["name"] for row in data["tokens"]} >= {"a mirror"}
    assert "Words of another" not in text
    assert "reviewer" not in text
    for secret in (person.password, own.token.digest):
        assert not secret or secret not in text
    assert set(data) == set(parts_of(person))


def test_rulings_results_and_tallies_are_in_it_and_those_of_others_are_not(own, world, annotator):
    person, reviewer = own.assignment.annotator, own.gold.annotator
    version = GuidelineVersion.objects.create(
        guideline=Guideline.objects.create(corpus=own.corpus), number=1, title="All", body="Read twice.", user=reviewer
    )
    for user, why in ((person, "They went."), (reviewer, "Words of another")):
        Ruling.objects.create(
            version=version, document=own.document, fragments=[[0, 3]], quote="own", right="ACTOR.PERSON", why=why, user=user
        )
        Tally.objects.create(corpus=own.corpus, user=user, week="2026-11-23", made=3, changed=2, removed=1, seconds=60)
    for reading in (own.assignment, own.gold):
        PracticeResult.objects.create(
            assignment=reading, revision=1, gold=own.gold, gold_revision=1, kind="test", layers={}, least=80, passed=True
        )
    data, text = copy_of(annotator)
    assert [row["why"] for row in data["rulings"]] == ["They went."]
    assert [(row["of"], row["week"], row["made"], row["seconds"]) for row in data["tallies"]] == [("own", "2026-11-23", 3, 60)]
    assert [(row["assignment"], row["passed"]) for row in data["results"]] == [(str(own.assignment.pk), True)]
    assert "Words of another" not in text
    own.corpus.memberships.filter(user=person).delete()
    left, _ = copy_of(annotator)
    assert (left["rulings"], left["tallies"], left["results"]) == ([], [], [])


def test_of_a_corpus_that_one_has_left_the_dates_alone(own, world):
    data, text = copy_of(session(world.cast["ex_member"]))
    assert [row["corpus"] for row in data["readings"]] == ["own"]
    assert [name for name, rows in data.items() if rows and name != "tokens"] == ["account", "readings"]
    assert "canary" not in text.replace("mailcanary", "")


def test_of_a_corpus_that_one_leaves_no_words_stay(own, annotator):
    own.corpus.memberships.filter(user=own.assignment.annotator).delete()
    data, text = copy_of(annotator)
    assert len(data["readings"]) == 1
    assert data["changes"] == []
    assert "owncanary" not in text
