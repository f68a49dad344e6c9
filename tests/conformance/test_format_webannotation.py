"""The W3C's own samples of annotations, valid and not; read in the folder of prepared material."""

import copy
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from annotations.formats.base import Losses, Unreadable
from annotations.formats.files.strict_json import load
from annotations.formats.middle.flatten import flatten
from annotations.formats.w3c import web_annotation
from annotations.formats.w3c.check import check
from annotations.native.annotated import Annotated
from tests.annotations.formats.test_the_seed_through_each_format import GOLD, TEXT, VIEW

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "web_annotation"
EXPECTED = json.loads((FOLDER / "expected.json").read_text()) if FOLDER.exists() else {}

pytestmark = pytest.mark.others("data", "web_annotation", instead="tests/annotations/formats/test_webannotation.py")


def kind_of(raw, name):
    try:
        return check(load(raw, name), name)
    except Unreadable:
        return None


def test_valid_and_invalid_samples_are_told_apart(capsys):
    found = {name: kind_of((FOLDER / name).read_bytes(), name) for name in EXPECTED}
    wanted = {name: case["type"] if case["valid"] else None for name, case in EXPECTED.items()}
    valid, invalid = (sum(case["valid"] is value for case in EXPECTED.values()) for value in (True, False))
    with capsys.disabled():
        print(
            f"\nweb_annotation: {valid} valid read, {invalid} invalid refused, {sum(found[n] != wanted[n] for n in found)} otherwise"
        )
    assert found == wanted
    assert (valid, invalid) == (23, 20)


def test_invalid_samples_are_refused_for_what_they_say_is_wrong():
    """Most of them have two ids or a comma too many besides: without these, the fault that they name must be seen."""
    seen = {}
    for name, case in EXPECTED.items():
        raw = (FOLDER / name).read_text()
        if not case["valid"] and raw.lstrip().startswith("{"):
            mended = re.sub(
                r",(\s*})",
                r"\1",
                re.sub(r'"id": \["http://example.org/1", "http://example.org/2"\]', '"id": "http://example.org/1"', raw),
            )
            seen[name] = kind_of(mended.encode(), name) is None
    # anno7's fault is the two ids; anno15's stands at a key that is misspelt, which a reader must let pass.
    assert {name for name, refused in seen.items() if not refused} == {"incorrect/anno7.json", "incorrect/anno15.json"}


def musts():
    """The schemas of the W3C's test suite for what a Web Annotation must be: (name, validator)."""
    schemas = {path.name: json.loads(path.read_text()) for path in sorted((FOLDER / "schemas").glob("*/*.json"))}
    for schema in schemas.values():
        schema.pop("id", None)  # names no address
    registry = Registry().with_resources((name, Resource(schema, DRAFT4)) for name, schema in schemas.items())
    for name, schema in schemas.items():
        if schema.get("assertionType") == "must":
            yield name, Draft4Validator(schema, registry=registry.with_resource("", Resource(schema, DRAFT4)))


def test_what_is_written_is_valid_by_the_schemas_of_the_w3c(capsys):
    flat = flatten(Annotated(copy.deepcopy(GOLD), TEXT, VIEW), web_annotation.HOLDS, Losses())
    page = json.loads(b"".join(web_annotation.write([flat], Losses(), {})))
    schemas = list(musts())
    wrong = [
        (item["id"], name, error.message)
        for item in page["items"]
        for name, validator in schemas
        for error in validator.iter_errors({"@context": page["@context"]} | item)
    ]
    with capsys.disabled():
        print(
            f"\nweb_annotation: {len(page['items'])} annotations of the gold against {len(schemas)} schemas, {len(wrong)} faults"
        )
    assert not wrong
    assert len(schemas) == 14
    assert next(schemas[3][1].iter_errors({"id": "urn:a"}), None)  # which has no target
