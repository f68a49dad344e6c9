"""spaCy opens what we wrote: the same text, every mark that fits its tokens, the others counted."""

import io
import zipfile

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from annotations.formats import spacy_docbin
from annotations.formats.base import Losses
from annotations.formats.files.optional_libraries import NotInstalled
from annotations.formats.middle.flat import Flat, Mark
from annotations.formats.middle.flatten import flatten
from tests.annotations.formats.drawn import flats
from tests.annotations.formats.native import GOLD, TEXT, gold

VOCABULARY = spacy.blank("xx").vocab
LEFT_OUT = "marks left out, since they start or end inside a spaCy token"


def written(documents, **options):
    losses = Losses()
    with zipfile.ZipFile(io.BytesIO(b"".join(spacy_docbin.write(iter(documents), losses, options)))) as archive:
        bins = [DocBin(store_user_data=True).from_bytes(archive.read(name)) for name in archive.namelist()]
    return [doc for found in bins for doc in found.get_docs(VOCABULARY)], losses


def told(doc):
    return sorted((span.start_char, span.end_char, span.label_) for span in doc.spans["sc"])


def test_the_marks_of_the_gold():
    losses = Losses()
    flat = flatten(gold(), spacy_docbin.HOLDS, losses)
    (doc,), lost = written([flat])
    assert doc.text == TEXT
    assert not lost
    assert told(doc) == sorted((mark.start, mark.end, mark.label) for mark in flat.marks)
    assert len(doc.spans["sc"]) >= 126
    assert doc.user_data["title"] == GOLD["document"]["title"]
    assert {span.id_ for span in doc.spans["sc"]} == {mark.id for mark in flat.marks}
    assert not doc.ents
    assert any("outer span" in line for line in losses.lines())


def test_entities_only_on_request_and_without_overlaps():
    flat = Flat(
        "Kim Jong Un left.", [Mark("1", "PERSON", [(0, 11)]), Mark("2", "PERSON", [(0, 3)]), Mark("3", "LEAVE", [(12, 16)])]
    )
    (doc,), losses = written([flat], ents="yes")
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Kim Jong Un", "PERSON"), ("left", "LEAVE")]
    assert len(doc.spans["sc"]) == 3
    assert losses.lines() == ["overlapping marks written only to doc.spans, not to doc.ents: 1"]


def test_a_mark_inside_of_a_token_is_counted():
    (doc,), losses = written([Flat("repatriated", [Mark("M1", "X", [(0, 5)])], key="d")])
    assert told(doc) == []
    assert losses.to_dict()[LEFT_OUT] == {"count": 1, "things": ["d M1"]}


@pytest.mark.parametrize("language", ["en", "zh", "zh-Hant", "ja", "ko", "ar", "ru", "tlh", ""])
def test_every_language_has_a_tokenizer(language):
    text = "丹東市の工場 300人 left 🏭.\r\n وصل"
    (doc,), _ = written([Flat(text, [Mark("1", "X", [(7, 10)])], facts={"language": language})])
    assert doc.text == text


@settings(max_examples=40)
@given(st.lists(flats(spacy_docbin.HOLDS), max_size=3))
def test_texts_stay_and_marks_stand_or_are_counted(drawn):
    docs, losses = written(drawn)
    assert [doc.text for doc in docs] == [flat.text for flat in drawn]
    assert sum(len(doc.spans["sc"]) for doc in docs) + losses.counts[LEFT_OUT] == sum(len(flat.marks) for flat in drawn)
    for doc, flat in zip(docs, drawn, strict=True):
        assert set(told(doc)) <= {(mark.start, mark.end, mark.label) for mark in flat.marks}


def test_documents_are_spread_over_files(monkeypatch):
    monkeypatch.setattr(spacy_docbin, "TOGETHER", 2)
    docs, _ = written([Flat(f"text {number}") for number in range(5)])
    assert [doc.text for doc in docs] == [f"text {number}" for number in range(5)]


def test_without_spacy_it_says_how_to_get_it(monkeypatch):
    def absent(name, *rest):
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", absent)
    with pytest.raises(NotInstalled, match=r"spacy, which is not installed.*requirements/formats\.txt"):
        next(spacy_docbin.write([], Losses(), {}))
