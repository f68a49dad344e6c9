"""Files of marks through the API: checked first if asked, whole documents, and once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.formats import FORMATS
from annotations.formats.base import Losses
from annotations.formats.middle.flat import Flat, Mark
from annotations.models import Assignment
from corpus.models import Article
from tests.api import world as worlds


@pytest.fixture
def send(world, own):
    """Post a file as the manager of the corpus."""
    client = worlds.bearer(world.cast["manager"], "annotate")

    def run(content, name="marks.jsonl", mapping=None, fields=None, **parameters):
        query = "&".join(f"{key}={value}" for key, value in parameters.items())
        body = {"file": SimpleUploadedFile(name, content)} | ({"mapping": mapping} if mapping else {}) | (fields or {})
        return client.post(f"/api/v1/corpora/{own.corpus.slug}/load/?{query}", body, format="multipart")

    return run


def doccano(*texts, label="PERSON"):
    flats = [Flat(text, [Mark("1", label, [(0, 3)])], annotator="alice") for text in texts]
    return b"".join(FORMATS["doccano"].write(flats, Losses(), {}))


def test_a_file_is_checked_and_then_loaded_and_then_known(send):
    content = doccano("Kim left.", "Pak left.")
    count = Article.objects.count()
    checked = send(content, format="doccano", check=1)
    assert checked.status_code == 200, checked.content
    assert Article.objects.count() == count
    loaded = send(content, format="doccano")
    assert loaded.json() == checked.json()
    assert loaded.json()["written"] == {"span": 2}
    assert loaded.json()["words"]["marks"] == {"PERSON": {"count": 2, "means": "ACTOR.PERSON"}}
    assert Article.objects.count() == count + 2
    assert send(content, format="doccano").json()["unchanged"] == 2


def test_the_format_is_guessed_and_words_are_mapped(send):
    answer = send(doccano("Kim left.", label="Politician"), mapping='{"marks": {"Politician": "ACTOR.PERSON"}}').json()
    assert (answer["format"], answer["written"]) == ("doccano", {"span": 1})
    answer = send(doccano("Pak left.", label="Politician"), check=1).json()
    assert answer["losses"] == {
        "marks labelled “Politician”": {"count": 1, "things": answer["losses"]["marks labelled “Politician”"]["things"]}
    }


def test_a_file_of_which_nothing_is_taken_is_refused_with_each_place(send):
    answer = send(b'{"text": "Kim left.", "label": [[0, 4, "PERSON"]]}\n{bad\n', format="doccano")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    said = [error["detail"] for error in answer.json()["errors"]]
    assert [line.split(":")[0] for line in said] == ["marks.jsonl, line 1", "marks.jsonl, line 2"]


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"format": "xlsx"}, "format"),
        ({"annotator": "nobody"}, "annotator"),
        ({"check": "maybe"}, "check"),
        ({"mapping": "[1]"}, "mapping"),
        ({"mapping": '{"marks": {"PERSON": "NO.SUCH"}}'}, "mapping"),
    ],
)
def test_a_wrong_parameter_is_named(send, parameters, field):
    answer = send(doccano("Kim left."), **({"format": "doccano"} | parameters))
    assert 400 <= answer.status_code < 500
    assert field in json.dumps(answer.json())


def test_a_format_is_asked_for_what_it_offers(send):
    content = b"T1\tPERSON 0 3\tKim\n"
    assert send(content, name="a.ann", format="brat").status_code == 422, "it has no text"
    for text in ("Kim left.", SimpleUploadedFile("a.txt", "Kim 金 left.".encode())):
        answer = send(content, name="a.ann", format="brat", fields={"text": text})
        assert answer.json()["written"] == {"span": 1}


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({"unit": "bytes"}, "unit should be one of codepoints, utf16, graphemes, not 'bytes'"),
        ({"offsets": "utf16"}, "'offsets' is not an option of this format (options: unit)"),
        ({"unit": SimpleUploadedFile("u", b"\xff")}, "is not UTF-8"),
    ],
)
def test_what_a_format_does_not_offer_is_said(send, fields, detail):
    answer = send(doccano("Kim left."), format="doccano", fields=fields)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": next(iter(fields)), "detail": detail}]


def test_a_member_may_be_chosen(send, world):
    name = world.cast["annotator"].username
    assert send(doccano("Kim left."), format="doccano", annotator=name).status_code == 200
    assert Assignment.objects.filter(document__text="Kim left.").get().annotator == world.cast["annotator"]
