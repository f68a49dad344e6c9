"""For every attribute of the scheme: an object that was made without it leaves every format without it, and comes back without it.

Everything is made by the one write, with no more than it must have, and leaves by the export of each format. Formats that can be read are
read; tables are asked for the cell; of the others no word of the attribute's choices may stand in the file.
"""

import csv
import io
import json
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
import spacy
from django.db import transaction
from spacy.tokens import DocBin

from annotations.documents.build import document as native
from annotations.documents.export import Export
from annotations.documents.selection import Selection
from annotations.formats import FORMATS
from annotations.imports.annotators import Annotators
from annotations.imports.foreign import Reading, readers
from annotations.imports.load import ImportTarget, load_file
from annotations.models import Assignment
from annotations.write.apply import apply_changes
from tests import factories
from tests.annotations.conftest import change, new

SCHEME = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))
KINDS = {layer["code"]: layer for layer in SCHEME["layers"]}
LABELS = [(layer, label["code"]) for layer in KINDS for label in KINDS[layer]["labels"]]
# What the objects of this test have, since they could not be written without it.
GIVEN = {
    ("entity", "type"),
    ("entity", "name"),
    ("entity", "screening"),
    *(("FIGURE", code) for code in ("low", "high", "comparator")),
}
TABLES = {"csv", "xlsx", "parquet"}
READ = sorted(name for name in readers() if hasattr(FORMATS[name], "write"))


def attributes():
    """(owner, label, code) of every attribute, with those that only the native format names: the basis of a relation."""
    for layer, label in LABELS:
        common = [entry["code"] for entry in KINDS[layer]["attributes"]]
        own = next(each for each in KINDS[layer]["labels"] if each["code"] == label).get("attributes", [])
        codes = own if layer == "FIGURE" else [*common, *(entry["code"] for entry in own)]
        yield from ((layer, label, code) for code in codes)
    for overlay in SCHEME["overlays"]:
        yield from ((overlay["code"], "", entry["code"]) for entry in overlay["attributes"])
    yield from (("entity", "", entry["code"]) for entry in SCHEME["entity"]["attributes"])
    yield "relation", "", "basis"


ATTRIBUTES = [each for each in attributes() if (each[0], each[2]) not in GIVEN]
WORDS = [f"zq{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(len(LABELS) + 4)]
PLACES = {(layer, label): n for n, (layer, label) in enumerate(LABELS)} | {
    "unread": len(LABELS), "ATTRIBUTION": len(LABELS) + 1, "MEASURE_REF": len(LABELS) + 2,
}  # fmt: skip


def at(text, word):
    start = text.index(WORDS[word])
    return [{"start": start, "end": start + len(WORDS[word]), "quote": WORDS[word]}]


def bare(text):
    """One object of every label and kind, each with its own word, as changes."""
    changes, ends = [], []
    for layer, label in LABELS:
        mark = {"id": new(), "layer": layer, "label": label, "fragments": at(text, PLACES[layer, label])}
        if layer == "ACTOR":
            entity = {"id": new(), "type": label, "name": f"Qz {label}"}
            changes.append(change("create", "entity", entity))
            ends.append(entity["id"])
            mark["attributes"] = {"entity": entity["id"]} if label != "PERSON" else {}
        elif layer == "FIGURE":
            mark["attributes"] = {"low": 7, "high": 7, "comparator": "eq"}
        else:
            event = {"id": new(), "type": label}
            changes.append(change("create", "event", event))
            mark["event"] = event["id"]
        changes.append(change("create", "span", mark))
    unread = {"id": new(), "layer": "FIGURE", "label": "PEOPLE", "fragments": at(text, PLACES["unread"])}
    claim = {"id": new(), "content": at(text, PLACES["ATTRIBUTION"])}
    citation = {"id": new(), "fragments": at(text, PLACES["MEASURE_REF"])}
    relation = {"id": new(), "source": ends[1], "target": ends[2], "type": "part_of"}
    kinds = (("span", unread), ("claim", claim), ("citation", citation), ("relation", relation))
    return [*changes, *(change("create", kind, item) for kind, item in kinds)]


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker):
    """Every format's file of the marks, and what each says when it is loaded into a corpus of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = factories.assignment(
            factories.document("\n\n".join(WORDS), corpus=factories.corpus("bare")), factories.user("bare")
        )
        apply_changes(made, made.annotator, 0, bare("\n\n".join(WORDS)))
        exported = {name: b"".join(Export(Selection(drafts=True).rows(made.document.corpus), name).pieces()) for name in FORMATS}
        loaded = {name: native(loaded_from(name, exported[name], made)) for name in READ}
        transaction.set_rollback(True)
    return {name: contents(name, exported[name]) for name in FORMATS if name not in READ}, loaded


def loaded_from(name, content, made):
    corpus = factories.corpus(f"from-{name}")
    factories.document("\n\n".join(WORDS), corpus=corpus)
    report = load_file(
        ImportTarget(corpus, made.annotator, Annotators(corpus, made.annotator), reader=name),
        Reading.into(corpus, name).documents(io.BytesIO(content), f"a{FORMATS[name].EXTENSION}"),
    )
    assert not report.errors, (name, report.errors)
    return Assignment.objects.get(document__corpus=corpus)


def contents(name, content):
    """The rows of a table by its name, or all that a file says."""
    if name in TABLES:
        return tables(name, content)
    if name == "spacy":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            bins = [DocBin(store_user_data=True).from_bytes(archive.read(member)) for member in archive.namelist()]
        docs = [doc for each in bins for doc in each.get_docs(spacy.blank("xx").vocab)]
        return " ".join(str((doc.user_data, [(span.label_, span.id_) for span in doc.spans["sc"]])) for doc in docs)
    if name == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return re.sub("<[^>]*>", " ", archive.read("word/document.xml").decode())
    return content.decode()


def tables(name, content):
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
        return {title: [dict(zip(rows[0], row, strict=False)) for row in rows[1:]] for title, rows in sheets.items() if rows}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if name == "csv":
            read = {each.removesuffix(".csv"): io.StringIO(archive.read(each).decode("utf-8-sig")) for each in archive.namelist()}
            return {title: list(csv.DictReader(file)) for title, file in read.items()}
        found = [each for each in archive.namelist() if each.endswith(".parquet")]
        frames = {each.split("/")[0]: pd.read_parquet(io.BytesIO(archive.read(each))) for each in found}
        return {title: frame.astype(object).where(frame.notna(), None).to_dict("records") for title, frame in frames.items()}


# Asking a file


def objects(document, owner, label):
    """The objects of a native document that were made without the attribute."""
    if owner in ("ACTOR", "FIGURE"):
        return [item["attributes"] for item in document["mentions"] if (item["layer"], item["label"]) == (owner, label)]
    if owner == "EVENT":
        found = [item for item in document["events"] if item["type"] == label]
        return [{**item["attributes"], **{key: value for key, value in item.items() if key != "attributes"}} for item in found]
    array = {"ATTRIBUTION": "attributions", "MEASURE_REF": "measure_refs", "entity": "entities", "relation": "entity_relations"}[
        owner
    ]
    return document[array]


def is_unread(given):
    return given.get("comparator") is None


def rows(found, owner, label):
    """Rows of tables as objects by the names of attributes."""
    of = {"ACTOR": "spans", "FIGURE": "figures", "EVENT": "events", "ATTRIBUTION": "claims", "MEASURE_REF": "citations", "entity": "entities",
          "relation": "relations"}[owner]  # fmt: skip
    name = {"EVENT": "type", "ACTOR": "label", "FIGURE": "label"}.get(owner)
    renamed = {"provision": "paragraph", "provision_basis": "paragraph_basis"}
    return [
        {renamed.get(key, key): value for key, value in row.items()} for row in found[of] if name is None or row[name] == label
    ]


def said_in_table(found, owner, label, code):
    cells = [row.get(code, row.get("attributes") if owner == "EVENT" else None) for row in rows(found, owner, label)]
    assert cells, "the table has no such row"
    return [cell for cell in cells if cell not in (None, "")]


def choices(owner, label, code):
    """The words by which a file could name the value of an attribute."""
    if (owner, code) == ("relation", "basis"):
        return ["stated", "inferred"]
    layer = KINDS.get(owner, {"attributes": [], "labels": []})
    known = [*layer["attributes"], *(x for each in layer["labels"] if each["code"] == label for x in each.get("attributes", []))]
    known += [x for overlay in SCHEME["overlays"] if overlay["code"] == owner for x in overlay["attributes"]]
    known += SCHEME["entity"]["attributes"] if owner == "entity" else []
    found = next(each for each in known if isinstance(each, dict) and each["code"] == code).get("choices", [])
    found = SCHEME["admiralty"][found.split(".")[1]] if isinstance(found, str) else found
    return [each["code"] for each in found if len(each["code"]) > 2 and each["code"] not in NOT_OF_CHOICES]


NAMES = " ".join(label["name"].lower() for layer in KINDS.values() for label in layer["labels"])
# Words that a file also has otherwise: in the name of a label, as a property of FollowTheMoney, or for what an article itself says,
# as a verb of statements ("carried out").
NOT_OF_CHOICES = {*re.findall("[a-z_]+", NAMES), "none", "document", "asserted", "carried"}


# How a statement says that something is open: of what kind an event is, and that it is open.
LEFT_OPEN = [
    *(each["noun"] for each in SCHEME["sentences"]["types"].values()),
    "whether this happened is not recorded",
    "not stated",
]


def without_what_is_left_open(content):
    for words in LEFT_OPEN:
        content = content.replace(words, "")
    return content


@pytest.mark.parametrize(("owner", "label", "code"), ATTRIBUTES)
def test_what_nobody_said_leaves_no_format(files, owner, label, code):
    written, loaded = files
    for name, document in loaded.items():
        found = objects(document, owner, label)
        assert found or name != "native"
        assert [given[code] for given in found if given.get(code) not in (None, [], {})] == carried(owner, label, code, found), (
            name
        )
    for name, content in written.items():
        if name in TABLES:
            assert said_in_table(content, owner, label, code) == carried_cells(owner, label, code, content), name
        else:
            words = choices(owner, label, code)
            said = without_what_is_left_open(content)
            assert [word for word in words if re.search(rf"\b{word}\b", said)] == [], name


def carried(owner, label, code, found):
    """What an object of the test does have: the entity of an actor."""
    return (
        [given[code] for given in found if given.get(code)] if (owner, code) == ("ACTOR", "entity") and label != "PERSON" else []
    )


def carried_cells(owner, label, code, content):
    return said_in_table(content, owner, label, code) if (owner, code) == ("ACTOR", "entity") and label != "PERSON" else []


def test_a_figure_that_nobody_can_read_has_no_value_anywhere(files):
    written, loaded = files
    for name, document in loaded.items():
        unread = [given for given in objects(document, "FIGURE", "PEOPLE") if is_unread(given)]
        assert len(unread) == 1 or not FORMATS[name].HOLDS & {"attributes"}, name
        assert [value for given in unread for value in given.values() if value is not None] == [], name
    for name in TABLES:
        word = WORDS[PLACES["unread"]]
        (row,) = (row for row in written[name]["figures"] if row["quote"] == word)
        assert [row[code] for code in ("low", "high", "comparator", "approximate", "vague", "statistic", "use")] in (
            [None] * 7,
            [""] * 7,
        )


@pytest.mark.parametrize("name", READ)
def test_every_mark_came_back(files, name):
    """A format that lost the marks would pass for the wrong reason."""
    _, loaded = files
    assert len(loaded[name]["mentions"]) >= len(LABELS), FORMATS[name].TITLE
