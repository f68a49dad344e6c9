"""The shared streams of FollowTheMoney entities: what others write is what we write, by the same model."""

import json
from collections import Counter
from pathlib import Path

import pytest
from followthemoney import model

from annotations.formats.ftm.schema import ftm_entity

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "followthemoney"

pytestmark = pytest.mark.others("data", "followthemoney", instead="tests/annotations/formats/test_ftm.py")


def streams():
    return json.loads((FOLDER / "expected.json").read_text("utf-8")).items() if FOLDER.exists() else []


@pytest.mark.parametrize(("name", "expected"), streams(), ids=lambda value: value if isinstance(value, str) else "")
def test_entities_written_anew_are_the_same_and_valid(name, expected):
    entities = [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines() if line]
    print(f"\n{name}: {len(entities)} entities, {dict(Counter(entity['schema'] for entity in entities))}")
    assert len(entities) == expected["entities"]
    assert Counter(entity["schema"] for entity in entities) == expected["by_schema"]
    for entity in entities:
        again = json.loads(json.dumps(ftm_entity(entity["id"], entity["schema"], **entity["properties"])))
        model.get(again["schema"]).validate(again)
        assert {name: set(values) for name, values in again["properties"].items()} == {
            name: {
                " ".join(value.split()) if name not in ("summary", "description", "notes", "purpose") else value.strip()
                for value in values
            }
            for name, values in entity["properties"].items()
        }
