"""CoNLL files, and the documents of GUM, which come in several formats; read in the folder of prepared material."""

import io
import json
import re
from collections import Counter

import pytest

from annotations.formats.base import Losses
from annotations.formats.conll import conll2003, conllu
from annotations.formats.middle.flat import Flat
from annotations.formats.webanno import tsv
from tests.conformance.test_format_uima import DATA

GUM = DATA / "gum"
EXPECTED = json.loads((GUM / "expected.json").read_text()) if GUM.exists() else {}

pytestmark = pytest.mark.others("data", "gum", instead="tests/annotations/formats/test_conll.py")


def flat_of(module, folder, name):
    with (GUM / folder / f"GUM_{name}.{folder.removeprefix('webanno_')}").open("rb") as file:
        (found,) = module.read(file, name, {"label": "entity"})
    assert isinstance(found, Flat), found
    return found


def numbered(flat):
    """Marks by the numbers of their characters, white space left out: formats differ in what parts words."""
    places = [0]
    for char in flat.text:
        places.append(places[-1] + (not char.isspace()))
    return "".join(flat.text.split()), Counter((places[mark.start], places[mark.end], mark.label) for mark in flat.marks)


def of_coref(path, *, typed):
    """The same of a coreference file: word and brackets (type-group-identity … group) a line."""
    words, found, opened, length = [], Counter(), {}, 0
    for line in path.read_text().split("\n"):
        if line.startswith("#") or not line.strip():
            continue
        _, word, brackets = line.split("\t")
        words.append(word)
        start, length = length, length + len(word)
        for begun, name, ended in re.findall(r"(\()?([^()]+)(\))?", brackets if brackets != "_" else ""):
            if begun:
                opened.setdefault(name, []).append(start)
            if ended:
                found[opened[name].pop(), length, name.split("-")[0] if typed else ""] += 1
    return "".join(words), found


def of_xml(path):
    lines = [line.split("\t")[0] for line in path.read_text().split("\n") if line and not line.startswith("<")]
    return (
        "".join(lines)
        .replace("&apos;", "'")
        .replace("&quot;", '"')
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_a_document_of_gum_says_the_same_in_all_its_formats(name, capsys):
    case = EXPECTED[name]
    text, marks = numbered(flat_of(conllu, "conllu", name))
    assert numbered(flat_of(tsv, "webanno_tsv", name)) == (text, marks)
    assert of_coref(GUM / "coref_conll" / f"GUM_{name}.conll", typed=True) == (text, marks)
    assert of_coref(GUM / "ontogum_conll" / f"GUM_{name}.conll", typed=False)[0] == text
    assert of_xml(GUM / "xml" / f"GUM_{name}.xml") == text
    assert sum(marks.values()) == case["entity_mentions"]
    assert Counter(label for *_, label in marks.elements()) == case["entity_types"]
    with capsys.disabled():
        print(
            f"\nGUM {name}: {sum(marks.values())} mentions and {len(text)} characters alike in CoNLL-U, WebAnno TSV, coreference CoNLL; text also in TT-XML and OntoGUM"
        )


def test_a_document_of_gum_is_written_and_read_again():
    for name in EXPECTED:
        found = flat_of(conllu, "conllu", name)
        flattest = Flat(
            found.text,
            [
                mark
                for mark in found.marks
                if not any(other is not mark and other.start < mark.end and mark.start < other.end for other in found.marks)
            ],
        )
        losses = Losses()
        (again,) = conllu.read(io.BytesIO(b"".join(conllu.write([flattest], losses, {}))), name, {})
        assert again.text == found.text
        missing = numbered(flattest)[1] - numbered(again)[1]
        assert sum(missing.values()) == losses.counts["marks that start or end inside a word"]


def test_chunks_of_the_evaluation_set_are_as_expected(capsys):
    case = json.loads((DATA / "conll" / "expected.json").read_text())["seqeval_ground_truth.conll"]
    with (DATA / "conll" / "seqeval_ground_truth.conll").open("rb") as file:
        (found,) = conll2003.read(file, "seqeval", {})
    begun = sum(number for tag, number in case["tags"].items() if tag.startswith("B-"))
    with capsys.disabled():
        print(f"\nseqeval: {len(found.text.splitlines())} sentences, {len(found.text.split())} words, {len(found.marks)} chunks")
    assert (len(found.text.splitlines()), len(found.text.split())) == (case["sentences"], case["tokens"])
    assert len(found.marks) >= begun  # a chunk may also begin with I-, where another one has ended


def test_the_example_of_doccano_is_read():
    with (DATA / "peer_json" / "doccano" / "sequence_labeling__example.conll").open("rb") as file:
        (found,) = conll2003.read(file, "example", {})
    assert [(found.quote(mark), mark.label) for mark in found.marks][:2] == [("JAPAN", "LOC"), ("Nadim Ladki", "PER")]
