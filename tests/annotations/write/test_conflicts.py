"""The server and the browser agree on what others have overtaken: one table of cases, which both read."""

import json
import uuid

import pytest

from annotations.write.errors import Conflict
from config.environment import ROOT
from tests.annotations.conftest import change

pytestmark = pytest.mark.django_db

TABLE = json.loads((ROOT / "tests" / "conflicts.json").read_text("utf-8"))
NAMES = uuid.UUID("6f1f5b52-2f2b-4b0c-8f7a-1d1c4f0b7a55")
POINTERS = ("id", "event", "mention")


def named(value):
    """The names of the table as ids, at any depth."""
    if isinstance(value, list):
        return [named(part) for part in value]
    if isinstance(value, dict):
        return {key: str(uuid.uuid5(NAMES, part)) if key in POINTERS else named(part) for key, part in value.items()}
    return value


@pytest.fixture
def changes(fragment):
    """(op, kind, object) of the table → changes as they are sent, with the fragments of their words."""

    def run(rows):
        sent = []
        for op, kind, row in rows:
            body = named({key: value for key, value in row.items() if key != "quote"})
            sent.append(change(op, kind, body | ({"fragments": [fragment(row["quote"])]} if "quote" in row else {})))
        return sent

    return run


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["about"])
def test_the_server_finds_the_conflicts_of_the_table(case, write, changes, assignment):
    write(*changes([("create", *row) for row in TABLE["objects"]]))
    base = 1
    for each in changes(case["theirs"]):
        write(each)
    mine = changes(case["mine"])
    if not case["conflicts"]:
        assert write(*mine, base=base).revision == base + len(case["theirs"]) + 1
        return
    with pytest.raises(Conflict) as caught:
        write(*mine, base=base)
    overtaken = {conflict["yours"]["id"]: conflict["theirs"] for conflict in caught.value.conflicts}
    expected = {named({"id": name})["id"]: version for name, version in case["conflicts"].items()}
    assert overtaken.keys() == expected.keys()
    assert {name: version and dict(version) | (expected[name] or {}) for name, version in overtaken.items()} == overtaken
    assert {name for name, version in overtaken.items() if version is None} == {
        name for name in expected if expected[name] is None
    }
    assignment.refresh_from_db()
    assert assignment.revision == base + len(case["theirs"]), "nothing of the batch is stored"
