"""A draft is no evidence: lists, exports and evidence pages start from the gold, else from what is submitted."""

import csv
import io
import json
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations.documents.export import Export, writers
from annotations.documents.selection import Selection
from annotations.formats.files import optional_libraries
from annotations.models import Assignment
from annotations.write.apply import apply_changes
from tests import factories
from tests.api.world import TEXT, bearer, seven_kinds

LISTS = ("spans", "figures", "events", "claims")


@pytest.fixture
def corpus(db):
    return factories.corpus("reports")


@pytest.fixture
def reader(corpus):
    reviewer = factories.user("reviewer")
    factories.membership(corpus, reviewer, "reviewer")
    return bearer(reviewer, "read", "export")


@pytest.fixture
def annotations(corpus):
    """Five texts: a draft; a submission; a submission and the gold; a draft and the gold; a gold that is not submitted."""
    return {
        name: annotated(corpus, name, role, submitted=submitted)
        for name, role, submitted in (
            ("draft", "annotation", False),
            ("submission", "annotation", True),
            ("submission beside", "annotation", True),
            ("its gold", "adjudication", True),
            ("draft beside", "annotation", False),
            ("another gold", "adjudication", True),
            ("gold in progress", "adjudication", False),
        )
    }


TEXTS = {"its gold": "submission beside", "another gold": "draft beside"}
EVIDENCE = {"submission", "its gold", "another gold"}
SUBMITTED = {"submission", "submission beside"}
DRAFTS = {"draft", "draft beside", "gold in progress"}
ALL = EVIDENCE | SUBMITTED | DRAFTS


def annotated(corpus, name, role, *, submitted):
    title = TEXTS.get(name, name)
    article = corpus.articles.filter(title=title).first()
    document = (
        article.documents.get() if article else factories.document(TEXT.format(canary=title), of=factories.article(corpus, title))
    )
    person = factories.user(name.replace(" ", "-"))
    assignment = factories.assignment(document, person, role=role, status="open")
    apply_changes(assignment, person, 0, seven_kinds(document.text, title)[1])
    if submitted:
        Assignment.objects.filter(pk=assignment.pk).update(status="submitted", submitted=timezone.now())
    return assignment


def whose(rows, annotations):
    names = {str(assignment.pk): name for name, assignment in annotations.items()}
    return {names[str(row)] for row in rows}


ASKED = [
    ({}, EVIDENCE),
    ({"drafts": "true"}, ALL),
    ({"drafts": "false"}, EVIDENCE),
    ({"gold": "true"}, set(TEXTS)),
    ({"gold": "false"}, SUBMITTED),
    ({"gold": "true", "drafts": "true"}, {*TEXTS, "gold in progress"}),
    ({"gold": "false", "drafts": "true"}, {*TEXTS.values(), "draft", "submission"}),
    ({"annotator": "draft"}, set()),
    ({"annotator": "draft", "drafts": "true"}, {"draft"}),
    ({"annotator": "submission-beside"}, {"submission beside"}),
    ({"annotator": "its-gold"}, {"its gold"}),
]


@pytest.mark.parametrize("area", LISTS)
def test_a_list_starts_from_evidence(area, annotations, reader):
    for asked, wanted in ASKED:
        rows = reader.get(f"/api/v1/{area}/", {"limit": 100, **asked}).json()["results"]
        assert whose({row["assignment"] for row in rows}, annotations) == wanted, asked
        assert whose({row["assignment"] for row in rows if row["draft"]}, annotations) == wanted & DRAFTS


def test_all_of_an_assignment_that_is_named_is_listed(annotations, reader):
    rows = reader.get("/api/v1/spans/", {"assignment": str(annotations["draft"].pk)}).json()["results"]
    assert rows
    assert all(row["draft"] for row in rows)


EXPORTED = [
    ({}, EVIDENCE),
    ({"drafts": True}, ALL),
    ({"gold": True}, set(TEXTS)),
    ({"status": "submitted"}, SUBMITTED | set(TEXTS)),
    ({"status": "open"}, DRAFTS),
    ({"annotator": "draft"}, set()),
    ({"annotator": "draft", "drafts": True}, {"draft"}),
    ({"annotator": "its-gold"}, {"its gold"}),
]


@pytest.mark.parametrize(("asked", "wanted"), EXPORTED)
def test_an_export_starts_from_evidence(asked, wanted, annotations, corpus):
    assert whose(Selection(**asked).rows(corpus).values_list("pk", flat=True), annotations) == wanted


def test_the_address_the_page_and_the_command_take_the_same(annotations, corpus, reader, capsys):
    query = {"format": "native", "end": "0"}
    sent = reader.get("/api/v1/corpora/reports/export/", query)
    assert sent["Content-Disposition"] == 'attachment; filename="reports.jsonl"'
    assert {json.loads(line)["annotator"] for line in sent.getvalue().splitlines()} == {"submission", "its-gold", "another-gold"}
    whole = reader.get("/api/v1/corpora/reports/export/", query | {"drafts": "1"})
    assert whole["Content-Disposition"] == 'attachment; filename="reports-with-drafts.jsonl"'
    assert len(whole.getvalue().splitlines()) == len(annotations)
    call_command("export", corpus="reports", format="native")
    assert len(capsys.readouterr().out.splitlines()) == len(EVIDENCE)
    call_command("export", corpus="reports", format="native", drafts=True)
    assert len(capsys.readouterr().out.splitlines()) == len(annotations)


def test_a_format_whose_library_is_missing_says_what_to_install(reader, corpus, monkeypatch):
    monkeypatch.setattr(optional_libraries, "find_spec", lambda name: None)
    why = r"needs pyarrow, which is not installed: .*requirements/formats\.txt.*attest\[formats\]"
    with pytest.raises(CommandError, match=f"--format: Parquet.* {why}"):
        call_command("export", "--corpus", "reports", "--format", "parquet")
    with pytest.raises(CommandError, match="invalid choice: 'pdf'"):
        call_command("export", "--corpus", "reports", "--format", "pdf")
    refused = reader.get("/api/v1/corpora/reports/export/", {"format": "parquet"})
    assert refused.status_code == 400
    assert re.search(why, refused.json()["errors"][0]["detail"])


def test_a_corpus_of_drafts_says_how_to_have_them(corpus):
    annotated(corpus, "draft", "annotation", submitted=False)
    with pytest.raises(CommandError, match=r"no gold and no submitted assignments in this selection; --drafts includes 1 draft$"):
        call_command("export", corpus="reports", format="native")


def test_pages_start_from_evidence_and_offer_the_drafts(corpus, client):
    manager = factories.user("manager")
    factories.membership(corpus, manager, "manager")
    assignment = annotated(corpus, "draft", "annotation", submitted=False)
    client.force_login(manager)
    for page in ("/corpora/reports/evidence/lines/", "/corpora/reports/export/"):
        empty = client.get(page).content.decode()
        assert "1 draft is not included." in empty
        assert "status=drafts" in empty
    with_drafts = client.get("/corpora/reports/evidence/lines/", {"status": "drafts"})
    assert with_drafts.context["lines"]
    assert all(line.draft for line in with_drafts.context["lines"])
    assert '<span class="badge open">Draft</span>' in with_drafts.content.decode()
    place = with_drafts.context["lines"][0].name
    [table] = [
        file
        for file in client.get("/corpora/reports/evidence/lines/", {"lines": place}).context["files"]
        if "CSV" in file["title"]
    ]
    assert "drafts=1" in table["address"], "the name of the file says that there is a draft in it"
    assert str(assignment.pk) in place


def test_every_file_says_which_marks_are_a_draft(corpus):
    annotated(corpus, "unfinished", "annotation", submitted=False)
    silent = []
    for name in writers():
        export = Export(Selection(drafts=True).rows(corpus), name, derived=True)
        if not told_in(b"".join(export.pieces())) and "the draft status of the marks" not in export.losses.counts:
            silent.append(name)
    # Native says "open", as of every assignment; Parquet and spaCy squeeze what they say.
    assert set(silent) <= {"native", "parquet", "spacy"}


def told_in(content):
    """Whether a file, or one in an archive, says of marks that they are a draft."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(told_in(archive.read(name)) for name in archive.namelist())
    return b"draft" in content.lower()


def test_a_row_of_a_table_says_whether_it_is_a_draft(corpus):
    annotated(corpus, "draft", "annotation", submitted=False)
    annotated(corpus, "submission", "annotation", submitted=True)
    packed = b"".join(Export(Selection(drafts=True).rows(corpus), "csv", derived=True).pieces())
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        tables = {
            name: list(csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8-sig")))
            for name in archive.namelist()
            if name != "columns.csv"
        }
    assert len(tables) > 5
    for name, rows in tables.items():
        for row in rows:
            assert row["draft"] == {"draft": "yes", "submission": "no"}[row["annotator"]], name
