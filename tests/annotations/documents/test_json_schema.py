"""The published schema of the native format says what the code takes: made of its checkers, held against what it does."""

import copy
import json
import uuid

import jsonschema_rs
import pytest

from annotations.derived.document import derive
from annotations.documents.build import document
from annotations.documents.export import Export
from annotations.documents.json_schema import FILE, NOT_IN_FILES, OWN_IDS, native_schema, published
from annotations.documents.selection import Selection
from annotations.formats import native
from annotations.imports.load import load
from annotations.kinds import KINDS
from annotations.models import Assignment
from annotations.native.check import ARRAYS, NotNative
from annotations.native.validators import Misshapen, record, schema_of
from annotations.schemes.fresh_view import fresh_view
from corpus.intake.ingest import ingest
from tests import factories

GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
SEED = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"
SCHEMA = native_schema()
VALID = jsonschema_rs.validator_for(SCHEMA)
WRONG = [None, 12.5, -1, True, "", " ", "x" * 20_000, [], [1], {}, {"a": {}}, [{}]]


def wrong_in(whole):
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message}"[:300] for error in VALID.iter_errors(whole)]


def taken(whole):
    """Whether the code takes it: around the marks, and the shape of each."""
    try:
        changes = native.changes_of(whole, uuid.UUID(int=1), uuid.UUID(int=2))
        for change in changes:
            module = KINDS[change["kind"]]
            required = ("id", *module.REQUIRED) if change["kind"] != "note" else ("id", "text")
            record(module.SHAPE, required=required)(change["object"])
    except (NotNative, Misshapen):
        return False
    return True


def test_the_published_file_is_what_the_code_says():
    assert FILE.read_text("utf-8") == published(), "run `manage.py native_schema`"


def test_it_is_a_schema_and_the_gold_fits():
    jsonschema_rs.meta.validate(SCHEMA)
    assert wrong_in(GOLD) == []
    assert taken(GOLD)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_field_of_every_kind_says_its_schema(kind):
    for name, checker in KINDS[kind].SHAPE.items():
        assert schema_of(checker), f"{kind}.{name}"
        if kind in ARRAYS and (kind, name) not in NOT_IN_FILES and (name != "id" or kind in OWN_IDS):
            assert name in SCHEMA["$defs"][kind]["properties"]


def fields():
    for kind, array in ARRAYS.items():
        for name in KINDS[kind].SHAPE:
            if (kind, name) not in NOT_IN_FILES and name != "key" and (name != "id" or kind in OWN_IDS):
                yield pytest.param(array, name, id=f"{array}.{name}")


@pytest.mark.parametrize(("array", "name"), list(fields()))
def test_what_the_schema_refuses_the_code_refuses_and_the_other_way_round(array, name):
    """Every field with values of every type: both say the same of each, but for names that lead nowhere."""
    reference = name in ("source", "target", "event", "source_mention", "source_entity", "parent")
    for value in WRONG:
        whole = copy.deepcopy(GOLD)
        item = whole[array][0]
        item[name] = value
        valid, accepted = VALID.is_valid(whole), taken(whole)
        if reference or name == "id":
            assert not accepted or valid, (value, wrong_in(whole))
        else:
            assert valid == accepted, (value, wrong_in(whole))


@pytest.mark.parametrize("array", list(ARRAYS.values()))
def test_what_is_required_is_missed_by_both(array):
    for name in SCHEMA["$defs"][next(kind for kind in ARRAYS if ARRAYS[kind] == array)]["required"]:
        whole = copy.deepcopy(GOLD)
        del whole[array][0][name]
        assert not VALID.is_valid(whole)
        assert not taken(whole)


@pytest.mark.parametrize("name", ["format", "scheme", "document", "offsets", "adjudication_notes", *ARRAYS.values()])
def test_around_the_marks_both_say_the_same(name):
    for value in WRONG:
        whole = {**copy.deepcopy(GOLD), name: value}
        if name in ARRAYS.values() and value in (None, []):
            assert VALID.is_valid(whole)  # others may point into what is gone
        else:
            assert VALID.is_valid(whole) == taken(whole), (value, wrong_in(whole))


def keys(value, schema):
    """Fields of the document and of its objects that the schema does not name."""
    for name, entry in value.items():
        if name not in schema["properties"]:
            yield name
        kind = next((kind for kind, array in ARRAYS.items() if array == name), None)
        if kind:
            for item in entry:
                yield from (f"{name}.{each}" for each in item if each not in SCHEMA["$defs"][kind]["properties"])


@pytest.fixture
def loaded(scheme, annotator):
    corpus = factories.corpus("seed")
    ingest(corpus, [(SEED.name, SEED.read_bytes())], door="command")
    load(corpus, json.dumps(GOLD).encode(), name="gold.json", annotator=annotator, user=annotator, role="annotation")
    return corpus


@pytest.mark.django_db
def test_a_document_of_the_api_fits_and_says_nothing_that_is_not_described(loaded):
    assignment = Assignment.objects.get()
    plain = document(assignment)
    for whole in (plain, derive(plain, fresh_view(assignment.scheme), assignment.document.text)):
        assert wrong_in(whole) == []
        assert sorted(set(keys(whole, SCHEMA))) == []


@pytest.mark.django_db
@pytest.mark.parametrize("derived", [True, False])
def test_what_is_streamed_fits_too(loaded, derived):
    (line,) = b"".join(Export(Selection(drafts=True).rows(loaded), "native", derived=derived).pieces()).splitlines()
    assert wrong_in(json.loads(line)) == []
    assert sorted(set(keys(json.loads(line), SCHEMA))) == []


def test_it_is_served():
    from django.contrib.staticfiles import finders

    assert finders.find("native.schema.json") == str(FILE)
