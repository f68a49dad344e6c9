"""Bodies that cannot be stored or borne are refused before anything looks at them."""

import json

import pytest
from django.conf import settings
from rest_framework.exceptions import ParseError

from corpus.api.parsers import DEEPEST, loads

NESTED = {
    "lists": lambda depth: b"[" * depth + b"]" * depth,
    "objects": lambda depth: b'{"a":' * depth + b"1" + b"}" * depth,
}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"a":"\\u0000"}', "NUL"),
        (b'{"\\u0000":1}', "NUL"),
        (b'["deep",{"a":["\\ud800"]}]', "surrogate"),
        (b'"\\udc00"', "surrogate"),
        (b'"\\uD83D"', "surrogate"),
        (b'"a\x00b"', "JSON"),
        (b"NaN", "NaN"),
        (b"[Infinity]", "Infinity"),
        (b"[-Infinity]", "Infinity"),
        (b"1e999", "too large"),
        (b"9" * 5000, "read"),
        (b'{"a":1,"a":2}', "twice"),
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"{'a':1}", "JSON"),
        (b"[1,]", "JSON"),
        (b"\xff\xfe[]", "UTF-8"),
        (b"\xed\xa0\x80", "UTF-8"),
        (b"\xef\xbb\xbf[]", "JSON"),
        (b"[" * 500_000, "deep"),
        (b'{"a":' * 200_000, "deep"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_it_is_refused_with_the_reason(body, reason):
    with pytest.raises(ParseError, match=reason):
        loads(body)


@pytest.mark.parametrize("kind", NESTED)
def test_the_deepest_that_is_read(kind):
    loads(NESTED[kind](DEEPEST))
    with pytest.raises(ParseError, match="deep"):
        loads(NESTED[kind](DEEPEST + 1))


@pytest.mark.parametrize(
    "value", ["\U0001f4a9", "\u202eabc", "e\u0301", "\ufeff", "\u2028", "\x1f", "\\u0000", "\ufffd"], ids=ascii
)
@pytest.mark.parametrize("escaped", [True, False])
def test_any_other_text_is_read_as_it_is(value, escaped):
    assert loads(json.dumps([value], ensure_ascii=escaped).encode()) == [value]


def test_a_pair_of_surrogates_is_a_character():
    assert loads(b'"\\ud83d\\udca9"') == "\U0001f4a9"


def test_a_body_that_is_too_large_is_413(annotator, changes_url):
    body = json.dumps({"base": 1, "changes": ["x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE]})
    response = annotator.post(changes_url, body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"]
)
def test_another_media_type_is_415(kind, world, changes_url):
    client = world.clients["token_annotator"]
    response = client.post(changes_url, "a=b", content_type=kind)
    assert (response.status_code, response.json()["code"]) == (415, "media-type")
