"""The tables of a real corpus, as the export writes them; what a format needs and is not there is not offered."""

import io
import json
import zipfile

import pandas as pd
import pytest
from followthemoney import model

from annotations.documents import export as exporting
from annotations.documents.export import Export, writers
from annotations.documents.selection import Selection
from annotations.imports.load import load
from annotations.models import Assignment
from corpus.intake.ingest import ingest
from tests import factories

SEED = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"


@pytest.fixture
def loaded(scheme, annotator):
    def fill(slug):
        corpus = factories.corpus(slug)
        ingest(corpus, [(SEED.name, SEED.read_bytes())], door="command")
        content = (factories.DOMAIN / "gold_seed.json").read_bytes()
        load(corpus, content, name="gold.json", annotator=annotator, user=annotator, role="annotation")
        return corpus

    return fill


@pytest.mark.django_db
def test_tables_of_a_corpus_lie_under_its_name(loaded, tmp_path):
    export = Export(Selection(drafts=True).rows(loaded("seed")), "parquet")
    with zipfile.ZipFile(io.BytesIO(b"".join(export.pieces()))) as archive:
        archive.extractall(tmp_path)
    spans = pd.read_parquet(tmp_path / "spans")
    assert set(spans["corpus"]) == {"seed"}
    assert len(spans) == 129
    assert pd.read_parquet(tmp_path / "events")["triggers"].notna().all()


@pytest.mark.django_db
def test_a_selection_across_corpora_says_so(loaded):
    loaded("one")
    loaded("two")
    assert Export(Assignment.objects.all(), "parquet").corpus() == "several"


@pytest.mark.django_db
def test_entities_of_a_corpus_are_valid(loaded):
    found = [
        json.loads(line) for line in b"".join(Export(Selection(drafts=True).rows(loaded("seed")), "ftm").pieces()).splitlines()
    ]
    for entity in found:
        model.get(entity["schema"]).validate(entity)
    assert sum(entity["schema"] == "Mention" for entity in found) == 68


def test_what_is_not_installed_is_not_offered(monkeypatch):
    assert {"spacy", "parquet"} <= set(writers())
    monkeypatch.setattr(exporting, "installed", lambda module: "spacy" not in getattr(module, "NEEDS", ()))
    assert "spacy" not in writers()
    assert "parquet" in writers()
