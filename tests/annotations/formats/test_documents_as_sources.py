"""A document as a source, with its issuer and a denial of what it says, in each format: the gold with the manager’s words told by a report."""

import copy
import io
import json
import zlib
from zipfile import ZipFile

import pytest
from followthemoney import model

from annotations.derived.document_view import DocumentView
from annotations.formats import FORMATS
from annotations.formats.base import TIES, Losses
from annotations.formats.ftm import entity_lines
from annotations.formats.middle.flatten import flatten
from annotations.formats.middle.lift import lift
from annotations.formats.middle.mapping import Mapping
from annotations.native.annotated import Annotated
from annotations.statements.openings import opening
from tests.annotations.formats.comparing import comparable
from tests.annotations.formats.native import GOLD, TEXT, VIEW, written

BOTH_WAYS = ["brat", "casjson", "conllu", "doccano", "labelstudio", "prodigy", "webannotation", "webannotsv", "xmi"]
NAMED = ["csv", "native", "spacy", "xlsx", "conll2003"]
PANEL = {"id": "E-POE", "type": "INTL_BODY", "name": "Panel of Experts", "anonymous": False, "mentions": []}
CLAIM = next(claim for claim in GOLD["attributions"] if claim["source_mention"] and claim["modality"] == "asserted")

OTHER = next(claim for claim in GOLD["attributions"] if claim["id"] != CLAIM["id"])


def told_by_a_document(name="Report", **claim):
    native = copy.deepcopy(GOLD)
    source = next(entity for entity in native["entities"] if entity["id"] == CLAIM["source_entity"])
    source |= {"type": "DOCUMENT", "name": name, "anonymous": False}
    for mention in native["mentions"]:
        if mention.get("attributes", {}).get("entity") == source["id"]:
            mention["label"] = "DOCUMENT"
    next(each for each in native["attributions"] if each["id"] == CLAIM["id"]).update(claim)
    native["relations"].append({"type": "denies", "source": OTHER["id"], "target": CLAIM["id"]})
    native["entities"].append(dict(PANEL))
    native["entity_relations"].append({"source": source["id"], "type": "issued_by", "target": PANEL["id"], "basis": "stated"})
    return Annotated(native, TEXT, VIEW)


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_comes_back_as_a_document(name):
    chosen = FORMATS[name]
    flat = flatten(told_by_a_document(), chosen.HOLDS, Losses())
    (back,) = chosen.read(io.BytesIO(b"".join(chosen.write([flat], Losses(), {}))), f"seed{chosen.EXTENSION}", {})
    native = lift(back, VIEW, Mapping(), Losses())
    assert "DOCUMENT" in {mention["label"] for mention in native["mentions"]}
    if TIES in chosen.HOLDS:
        claims = {claim["id"] for claim in native["attributions"]}
        (denial,) = (link for link in native["relations"] if link["type"] == "denies")
        assert {denial["source"], denial["target"]} <= claims
    assert comparable(native) == comparable(lift(flat, VIEW, Mapping(), Losses()))


@pytest.mark.parametrize("name", NAMED)
def test_is_written_under_its_label(name):
    chosen = FORMATS[name]
    annotated = told_by_a_document()
    taken = annotated if getattr(chosen, "TAKES", "flat") == "native" else flatten(annotated, chosen.HOLDS, Losses())
    content = b"".join(chosen.write(iter([taken]), Losses(), {}))
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(part) for part in archive.namelist())
    assert b"DOCUMENT" in (zlib.decompress(content) if name == "spacy" else content)


def test_follow_the_money_has_a_document_with_its_publisher():
    content, losses = written(entity_lines, [told_by_a_document()])
    found = {entity["id"]: entity for entity in map(json.loads, content.decode().splitlines())}
    (document,) = (each for each in found.values() if each["schema"] == "Document")
    assert document["properties"]["name"] == ["Report"]
    assert document["properties"]["publisher"] == ["Panel of Experts"]
    assert "fileName" not in document["properties"]  # nobody named a file
    model.get("Document").validate(document)
    (link,) = (each for each in found.values() if each["properties"].get("role") == ["issued by"])
    assert (link["schema"], link["properties"]["subject"]) == ("UnknownLink", [document["id"]])
    assert losses.counts["mentions of places, sites, vessels and documents without their entity"] > 0


@pytest.mark.parametrize(
    ("claim", "lead_in"),
    [
        ({"evidence": None}, "According to a manager by the Panel of Experts,"),
        ({"evidence": "document"}, "According to a manager by the Panel of Experts,"),
        ({"evidence": "satellite"}, "According to a manager by the Panel of Experts, on the basis of satellite imagery,"),
        ({"modality": "alleged", "evidence": None}, "A manager by the Panel of Experts alleged that"),
        ({"modality": "denied", "evidence": None}, "A manager by the Panel of Experts denied that"),
    ],
)
def test_a_statement_is_told_according_to_it(claim, lead_in):
    """In the words of the text, and by whoever issued it."""
    assert sentence_start(told_by_a_document(**claim)) == lead_in


def test_an_issuer_in_its_name_is_not_said_twice():
    annotated = told_by_a_document("Report of the Panel of Experts")
    for claim in annotated.native["attributions"]:
        claim["source_mention"] = None
    assert sentence_start(annotated) == "According to Report of the Panel of Experts,"


def sentence_start(annotated):
    view = DocumentView(annotated)
    claim = next(each for each in view.claims() if each["id"] == CLAIM["id"])
    return opening(view, claim, 0).that()
