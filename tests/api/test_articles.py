"""Corpora, articles and documents over HTTP."""

import hashlib
import time

import pytest

from corpus.models import Article, Document, Intake, IntakeItem
from tests import factories
from tests.api.world import bearer, session

URL = "/api/v1/corpora/reports/articles/"


@pytest.fixture
def corpus(db):
    return factories.corpus("reports", description="About them")


@pytest.fixture
def manager(corpus):
    person = factories.user("manager")
    factories.membership(corpus, person, "manager")
    return session(person)


@pytest.fixture
def send(manager):
    def post(**fields):
        return manager.post(URL, {"title": "A title", "text": "Some words.", **fields}, format="json")

    return post


def test_a_text_becomes_an_article(send, manager):
    response = send(url="https://example.org/1", outlet="Example Wire", language="en", published="2017-09")
    assert response.status_code == 201
    article = manager.get(response["Location"]).json()
    assert article["id"] == response.json()["article"]
    assert (article["title"], article["outlet"], article["language"]) == ("A title", "Example Wire", "en")
    assert article["published"] == {"edtf": "2017-09", "earliest": "2017-09-01", "latest": "2017-09-30", "basis": "stated"}
    assert [text["id"] for text in article["documents"]] == [response.json()["document"]] == [article["document"]]


def test_the_same_text_again_is_there_already(send):
    first, second = send(url="https://example.org/1"), send(url="https://example.org/1")
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json() | {"created": False}
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["  two\r\nlines \n\n\n", "💩 words", "a\u00a0b\u200bc", "tabs\tand\x0bmore", "e\u0301\u202e"], ids=ascii
)
def test_an_uncleaned_text_is_stored_to_the_character(text, send, manager):
    response = send(text=text, clean=False)
    assert response.status_code == 201
    stored = manager.get(f"/api/v1/documents/{response.json()['document']}/").json()
    assert stored["text"] == text
    assert stored["length"] == response.json()["length"] == len(text)
    assert stored["sha256"] == response.json()["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_text_is_cleaned_unless_asked_otherwise(send, manager):
    response = send(text="A line that was wrapped by hand and goes\non in the next one.\n")
    document = manager.get(f"/api/v1/documents/{response.json()['document']}/").json()
    assert "goes on in" in document["text"]
    assert document["repairs"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"), ({"title": "x" * 1001}, "title"), ({"text": ""}, "text"), ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://example.org/"}, "url"), ({"url": "https://" + "x" * 2000}, "url"), ({"language": "not a code!"}, "language"),
        ({"published": "yesterday"}, "published"), ({"published": "2017-9-4"}, "published"), ({"clean": "perhaps"}, "clean"),
        ({"corpus": "another"}, "corpus"), ({"id": "x"}, "id"), ({"created": "2017-01-01"}, "created"), ({"title": ["x"]}, "title"),
        ({"text": {"a": 1}}, "text"), ({"outlet": "x" * 201}, "outlet"),
    ],
)  # fmt: skip
def test_a_wrong_or_unknown_field_is_400_and_named(fields, field, send):
    response = send(**fields)
    assert response.status_code == 400
    assert {error["field"] for error in response.json()["errors"]} == {field}
    assert Article.objects.count() == 0


@pytest.mark.parametrize("fields", [{"text": " \n "}, {"published": "2017-13"}, {"published": "2017-02-30"}], ids=str)
def test_what_cannot_be_stored_is_refused_with_the_reason(fields, send):
    response = send(**fields)
    assert response.status_code in (400, 422)
    assert response.json()["detail"]
    assert Article.objects.count() == 0


@pytest.mark.parametrize("unit", ["ab\n\n", "ab\r\r", "Ã© "], ids=["lines", "old lines", "repairs"])
@pytest.mark.parametrize("clean", [True, False])
def test_a_text_that_would_keep_others_waiting_is_to_be_imported_as_a_file(unit, clean, send):
    began = time.thread_time()
    response = send(text=unit * 41_000, clean=clean)
    if "\n" in unit or "\r" in unit or clean:
        assert response.status_code == 422
        assert response.json()["detail"].endswith("Import it as a file.")
        assert Article.objects.count() == 0
    assert time.thread_time() - began < 1


@pytest.mark.parametrize("body", [[], None, "text", 7, [[]], {"title": None, "text": None}], ids=repr)
def test_a_body_of_another_shape_is_400(body, manager):
    assert manager.post(URL, body, format="json").status_code == 400


def test_an_intake_tells_what_became_of_it(send, manager):
    send()
    send()
    newest, first = manager.get("/api/v1/corpora/reports/intakes/").json()["results"]
    assert (first["stored"], first["present"], first["failed"]) == (1, 0, 0)
    assert (newest["stored"], newest["present"], newest["door"], newest["user"]) == (0, 1, "api", "manager")
    [item] = manager.get(f"/api/v1/corpora/reports/intakes/{newest['id']}/items/").json()["results"]
    assert item["outcome"] == "present"


def test_a_text_that_is_refused_leaves_no_intake_that_never_ends(send):
    send(text=" \n ")
    assert not Intake.objects.filter(finished=None).exists()
    assert [item.outcome for item in IntakeItem.objects.all()] == ["failed"]


def test_a_corpus_says_what_it_is_and_who_one_is_in_it(manager):
    body = manager.get("/api/v1/corpora/reports/").json()
    assert (body["slug"], body["description"], body["role"]) == ("reports", "About them", "manager")
    assert manager.get("/api/v1/corpora/").json()["results"] == [body]


def test_a_superuser_is_a_manager_everywhere(corpus):
    client = session(factories.user(is_superuser=True))
    assert client.get("/api/v1/corpora/reports/").json()["role"] == "manager"


# Documents


@pytest.fixture
def document(corpus, manager):
    return factories.document("A title\n\nSome words of it.", corpus=corpus)


def test_a_document_shows_its_text_parts_and_provenance(document, manager):
    body = manager.get(f"/api/v1/documents/{document.pk}/").json()
    assert body["text"] == document.text
    assert [(s["kind"], body["text"][s["start"] : s["end"]]) for s in body["segments"]] == [
        ("title", "A title"),
        ("paragraph", "Some words of it."),
    ]
    assert body["provenance"]["raw_sha256"] == document.raw.sha256
    assert body["provenance"]["extractor"] == "text"
    assert body["source_map"][0]["clean_end"] == len(document.text)


def test_a_document_comes_in_utf16_for_who_counts_so(corpus, manager):
    document = factories.document("💩 A title\n\nSome 💩 words.\r\nAnd more.", corpus=corpus)
    plain = manager.get(f"/api/v1/documents/{document.pk}/").json()
    body = manager.get(f"/api/v1/documents/{document.pk}/?offsets=utf16").json()
    units = body["text"].encode("utf-16-le")
    for place, ours in zip(body["segments"] + body["zones"], plain["segments"] + plain["zones"], strict=True):
        assert units[2 * place["start"] : 2 * place["end"]].decode("utf-16-le") == plain["text"][ours["start"] : ours["end"]]
    assert body["length"] == body["source_map"][-1]["clean_end"] == len(units) // 2 == plain["length"] + 2
    assert [run["raw_end"] for run in body["source_map"]] == [run["raw_end"] for run in plain["source_map"]]
    assert manager.get(f"/api/v1/documents/{document.pk}/?offsets=bytes").status_code == 400


def test_its_etag_is_the_digest_of_its_text(document, manager):
    response = manager.get(f"/api/v1/documents/{document.pk}/")
    assert response["ETag"] == f'"{document.sha256}"'
    again = manager.get(f"/api/v1/documents/{document.pk}/", HTTP_IF_NONE_MATCH=response["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_stranger_with_the_right_etag_learns_nothing(document, reader):
    response = reader.get(f"/api/v1/documents/{document.pk}/", HTTP_IF_NONE_MATCH=f'"{document.sha256}"')
    assert response.status_code == 404
    assert "ETag" not in response


def test_a_new_reading_is_a_new_document_and_the_old_one_stays(document, manager):
    newer = factories.document("A title\n\nOther words of it.", of=document.article)
    body = manager.get(f"/api/v1/articles/{document.article_id}/").json()
    assert [text["version"] for text in body["documents"]] == [2, 1]
    assert body["document"] == str(newer.pk)
    assert manager.get(f"/api/v1/documents/{document.pk}/").json()["text"] == document.text


def test_the_raw_bytes_are_not_read_to_show_a_document(document, manager, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as queries:
        manager.get(f"/api/v1/documents/{document.pk}/")
    assert not [query for query in queries if '"corpus_raw"."content"' in query["sql"]]
    assert Document.objects.count() == 1


def test_a_viewer_with_a_token_reads(document, corpus):
    person = factories.user()
    factories.membership(corpus, person, "viewer")
    assert bearer(person, "read").get(f"/api/v1/documents/{document.pk}/").status_code == 200
