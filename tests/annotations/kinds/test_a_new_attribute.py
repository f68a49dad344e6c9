"""An attribute of a figure with a column of its own is five edits: in a copy of the tree they are made, and all that speaks of figures has it."""

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, models

from annotations.kinds import KINDS
from annotations.models import Citation, Claim, Event, Figure, Span
from annotations.native import types
from annotations.native.fields import FLAG, NUMBER, WORD, fields, plain
from registry.models import Entity, Relation

ROOT = Path(__file__).parents[3]
COPIED = (
    "annotations",
    "config",
    "corpus",
    "lake",
    "questions",
    "registry",
    "domain",
    "static",
    "templates",
    "manage.py",
    "pyproject.toml",
)
OF_TESTS = ("__init__.py", "factories.py", "schemes.py")
TYPES, MODEL, SCHEME = "annotations/native/types.py", "annotations/models/span.py", "domain/scheme.json"
MIGRATION, JSON_SCHEMA = "annotations/migrations/9999_colour.py", "static/native.schema.json"
COLUMNS = {WORD: (models.CharField, models.TextField), NUMBER: (models.DecimalField,), FLAG: (models.BooleanField,)}
# Everything in one transaction that is never committed: the next test has the tables as they were.
PROBE = """
import django, json
django.setup()
from django.core.management import call_command
call_command("makemigrations", "annotations", "--name=colour", verbosity=0)
from pathlib import Path
(made,) = set(Path("annotations/migrations").glob("*_colour.py"))
made.rename("annotations/migrations/9999_colour.py")
call_command("native_schema", verbosity=0)

from django.contrib import admin
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient
from annotations.documents.build import document, page_data
from annotations.formats.tables.definitions import FIGURES
from annotations.models import Assignment, Figure
from annotations.write.apply import apply_changes
from annotations.write.errors import Malformed
from tests import factories

answers = {}
with transaction.atomic():
    call_command("migrate", "annotations", verbosity=0)
    one = factories.user("annotator", is_superuser=True, is_staff=True)
    text = factories.document("300 North Korean workers")
    mine = Assignment.objects.create(document=text, annotator=one, scheme=factories.scheme())
    def change(number, op, **attributes):
        body = {"id": f"00000000-0000-4000-8000-00000000000{number}", "layer": "FIGURE", "label": "PEOPLE",
                "fragments": [{"start": 0, "end": 3, "quote": "300"}], "attributes": attributes}
        return {"id": f"00000000-0000-4000-9000-00000000000{number}", "op": op, "kind": "span", "object": body}
    answers["write"] = apply_changes(mine, one, 0, [change(1, "create", colour="red")]).changes[0]["object"]["attributes"]
    try:
        apply_changes(mine, one, 1, [change(2, "create", colour=7)])
    except Malformed as error:
        answers["refusal"] = str(error)
    answers["column"] = list(Figure.objects.values_list("colour", flat=True))
    answers["document"] = document(Assignment.objects.get())["mentions"][0]["attributes"]
    page = json.loads(page_data(mine))
    answers["page"] = page["objects"]["span"][0]["attributes"]
    answers["blank"] = page["said"]["blank"]["FIGURE"]
    client = APIClient()
    client.force_authenticate(one)
    answers["api"] = client.get("/api/v1/figures/?drafts=true").json()["results"][0]
    transaction.set_rollback(True)
answers["openapi"] = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]["Figure"]["properties"]
answers["json schema"] = json.loads(Path("static/native.schema.json").read_text())["$defs"]["span"]["properties"]["attributes"]["properties"]
answers["table"] = dict.fromkeys(FIGURES.header)
figures = admin.site._registry[Figure]
answers["admin"] = dict.fromkeys(figures.fieldsets[-1][1]["fields"])
answers["admin csv"] = dict.fromkeys(heading for heading, _ in figures.csv_columns)
print(json.dumps(answers, default=str))
"""


@pytest.fixture
def tree(tmp_path):
    """A copy of what the program consists of, with what its tests are made from."""
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    (tmp_path / "tests").mkdir()
    for name in OF_TESTS:
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests")
    return tmp_path


def after(path, line, added):
    """Add a line to a file, after the one that begins so."""
    text = path.read_text("utf-8")
    changed, count = re.subn(rf"(?m)^    {line}: .*\n|^    {line} = .*\n", lambda found: found[0] + f"    {added}\n", text)
    assert count == 1
    path.write_text(changed, "utf-8")


def into_scheme(path):
    whole = json.loads(path.read_text("utf-8"))
    layer = next(layer for layer in whole["layers"] if layer["code"] == "FIGURE")
    layer["attributes"].append({"code": "colour", "name": "Colour", "type": "text", "null": True})
    next(label for label in layer["labels"] if label["code"] == "PEOPLE")["attributes"].append("colour")
    path.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")


def files(root):
    names = (path.relative_to(root) for name in COPIED for path in [root / name, *(root / name).rglob("*")] if path.is_file())
    return {name.as_posix() for name in names if "__pycache__" not in name.parts}


def url(of):
    host = urlencode({"host": of["HOST"]})
    return f"postgresql://{quote(of['USER'])}:{quote(of['PASSWORD'])}@:{of['PORT'] or 5432}/{of['NAME']}?{host}"


@pytest.mark.django_db
def test_an_attribute_of_a_figure_is_five_edits(tree):
    after(tree / TYPES, "per_period", 'colour: Annotated[Code, About("of the goods", "A colour.")]')
    after(tree / MODEL, "per_period", "colour = models.CharField(max_length=20, blank=True)")
    into_scheme(tree / SCHEME)
    environment = os.environ | {"DATABASE_URL": url(connection.settings_dict), "DJANGO_SETTINGS_MODULE": "config.settings"}
    run = subprocess.run([sys.executable, "-c", PROBE], cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-3000:]

    answers = json.loads(run.stdout.splitlines()[-1])
    assert "colour should be a string" in answers.pop("refusal").replace(": ", " ")
    assert answers.pop("column") == ["red"]
    assert {where: "colour" in given for where, given in answers.items()} == dict.fromkeys(answers, True)
    assert [answers[where]["colour"] for where in ("write", "document", "page", "api")] == ["red"] * 4
    assert answers["openapi"]["colour"] == {"type": "string", "nullable": True, "description": "A colour."}
    assert answers["json schema"]["colour"] == {"anyOf": [{"type": "string", "maxLength": 20}, {"type": "null"}]}

    new, old = files(tree), files(ROOT)
    edited = {name for name in new & old if not filecmp.cmp(tree / name, ROOT / name, shallow=False)}
    assert edited | (new - old) == {TYPES, MODEL, MIGRATION, SCHEME, JSON_SCHEMA}
    assert old <= new


@pytest.mark.parametrize(
    ("declared", "model"),
    [
        (types.FigureAttributes, Figure),
        (types.ActorAttributes, Span),
        (types.EventObject, Event),
        (types.ClaimObject, Claim),
        (types.CitationObject, Citation),
        (types.EntityObject, Entity),
        (types.RelationObject, Relation),
    ],
)
def test_a_plain_field_has_a_column_of_its_kind(declared, model):
    for name in plain(declared):
        column = model._meta.get_field(name)
        assert isinstance(column, COLUMNS[fields(declared)[name].column]), name
        assert column.null == (not isinstance(column, (models.CharField, models.TextField))), name


def test_the_browser_sends_the_fields_that_a_write_takes():
    """But for those that only a program sends."""
    unsent = {"span": {"read"}}
    sent = {
        kind: re.findall(r'"(\w+)"', names)
        for kind, names in re.findall(r"(\w+): \[(.*?)\]", constant("native.js", "SENT"), re.DOTALL)
    }
    assert sent == {kind: [name for name in module.SHAPE if name not in unsent.get(kind, ())] for kind, module in KINDS.items()}


def test_the_browser_fills_in_fields_that_there_are():
    filled = dict(re.findall(r"^  (\w+): \{(.*?)\},$", constant("defaults.js", "EMPTY"), re.DOTALL | re.MULTILINE))
    assert len(filled) == 6
    for kind, given in filled.items():
        names = set(re.findall(r"(\w+):", given))
        assert names, kind
        assert names <= KINDS[kind].SHAPE.keys(), kind


def constant(module, name):
    source = (ROOT / "static/annotator/state" / module).read_text("utf-8")
    return re.search(rf"^const {name} = \{{\n(.*?)\n\}};", source, re.DOTALL | re.MULTILINE)[1]
