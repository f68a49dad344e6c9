"""The description of the API, for programs and for people."""

import json

import pytest

from corpus.api import reference
from corpus.api.openapi import schema


@pytest.fixture
def page(reader):
    response = reader.get("/api/v1/docs/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_schema_is_openapi_3(reader):
    body = reader.get("/api/v1/schema/").json()
    assert body["openapi"].startswith("3.")
    assert body == json.loads(json.dumps(schema()))


def test_the_schema_describes_nothing_but_the_api():
    assert all(path.startswith("/api/v1/") for path in schema()["paths"])


def test_every_operation_says_what_it_does_and_how_it_fails():
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            assert operation["description"], (path, method)
            assert {"400", "401", "403", "429"} <= set(operation["responses"]), (path, method)
            for status, response in operation["responses"].items():
                if status[0] in "45":
                    assert list(response["content"]) == ["application/problem+json"], (path, method, status)


def test_every_shape_that_is_pointed_at_is_there():
    text = json.dumps(schema())
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(schema()["components"]["schemas"])


def test_the_examples_of_the_write_are_writes(annotator, own, changes_url):
    """The first one as it stands, on a text that has the words at that place."""
    content = schema()["paths"]["/api/v1/assignments/{id}/changes/"]["post"]["requestBody"]["content"]
    examples = content["application/json"]["examples"]
    assert len(examples) == 3
    example = json.loads(json.dumps(examples["CreateAFigure"]["value"]))
    start = own.document.text.index("300")
    [change] = example["changes"]
    change["object"]["fragments"][0] |= {"start": start, "end": start + 3}
    response = annotator.post(changes_url, example | {"base": 1}, format="json")
    assert response.status_code == 200, response.content


def test_the_page_tells_of_every_operation(page):
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            assert f'id="{operation["operationId"]}"' in page
            assert f"<code>{path}</code>" in page
            assert method.upper() in page


def test_the_page_tells_of_every_parameter_and_shape(page):
    for methods in schema()["paths"].values():
        for operation in methods.values():
            assert all(f"<code>{entry['name']}</code>" in page for entry in operation.get("parameters", []))
    assert all(f'id="shape-{name}"' in page for name in schema()["components"]["schemas"])


def test_every_link_of_the_page_within_it_has_its_target(page):
    targets = {part.split('"')[0] for part in page.split('href="#')[1:]}
    assert [name for name in targets if f'id="{name}"' not in page] == []


def test_no_id_of_the_page_stands_twice(page):
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_the_page_needs_no_script_of_its_own(page):
    assert "<script>" not in page
    assert "style=" not in page
    assert "//" not in page.replace("http://www.w3.org", "").replace("https://example.org", "").replace("http://testserver", "")


@pytest.mark.parametrize(
    ("part", "words", "shape"),
    [
        ({"type": "string"}, "string", ""),
        ({"type": "string", "format": "uuid"}, "uuid", ""),
        ({"type": "integer", "nullable": True}, "integer or null", ""),
        ({"$ref": "#/components/schemas/Span"}, "Span", "Span"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Span"}}, "list of Span", "Span"),
        ({"allOf": [{"$ref": "#/components/schemas/Span"}], "nullable": True}, "Span or null", "Span"),
        ({"type": "string", "enum": ["a", "b"]}, "a | b", ""),
        ({}, "any", ""),
    ],
    ids=str,
)
def test_a_type_is_said_in_words(part, words, shape):
    assert reference.type_of(part) == {"words": words, "shape": shape}


def test_what_stands_between_backticks_is_code():
    assert reference.paragraphs("One `base` line.\n\nMore\nof it.") == [
        [{"text": "One ", "code": False}, {"text": "base", "code": True}, {"text": " line.", "code": False}],
        [{"text": "More\nof it.", "code": False}],
    ]
    assert reference.paragraphs("") == []


def test_no_backtick_is_left_on_the_page(page):
    assert "`" not in page


def test_every_parameter_says_what_it_means():
    silent = [
        (path, entry["name"])
        for path, methods in schema()["paths"].items()
        for operation in methods.values()
        for entry in operation.get("parameters", [])
        if entry["in"] == "query" and not entry.get("description")
    ]
    assert silent == []
