"""The Python client (clients/python) against a served site: what its README shows, and what it does where the server refuses."""

import re
import subprocess
import sys
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pandas as pd
import pytest

from config.environment import ROOT
from corpus.api.openapi import schema
from corpus.models import Token
from tests import factories

FOLDER = ROOT / "clients/python"
sys.path.insert(0, str(FOLDER))

import make_shapes  # noqa: E402 - of the folder above
from attest_client import Attest, CutOff, Refused, exports  # noqa: E402

TEXT = "Officials said that 300 workers were sent home. Another 20 stayed."


@pytest.fixture
def attest(live_server, transactional_db):
    corpus, manager = factories.corpus("reports"), factories.user("manager")
    factories.scheme()
    factories.membership(corpus, manager, "manager")
    _, secret = Token.issue(manager, "client", ["read", "annotate", "export"])
    with Attest(live_server.url, secret, patience=5) as client:
        yield client


@pytest.fixture
def marked(attest):
    """A reading with two figures, a draft."""
    article = attest.add_article("reports", title="Sent home", text=TEXT, clean=False)
    reading = attest.open_reading(article["document"])
    changes = [{"op": "create", "kind": "span", "object": figure(words)} for words in ("300", "20")]
    attest.write(reading["id"], reading["revision"], changes)
    return article, reading


def figure(words):
    start = TEXT.index(words)
    fragment = {"start": start, "end": start + len(words), "quote": words}
    return {"id": str(uuid4()), "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment]}


def test_marks_become_a_table_in_two_lines(attest, marked):
    readme = (FOLDER / "README.md").read_text("utf-8")
    [line] = re.findall(r"^table = .+$", readme, re.MULTILINE)
    names = {"attest": attest, "pd": pd}
    exec(line.replace("label=", "drafts='true', label="), names)
    assert sorted(names["table"]["low"]) == [20, 300]


def test_lists_are_followed_to_their_end(attest, marked):
    assert len(list(attest.figures(corpus="reports", drafts="true", limit=1))) == 2
    assert [article["title"] for article in attest.articles("reports")] == ["Sent home"]


def test_a_question_has_the_sentences_of_a_report(attest, marked):
    rows = attest.ask("reports", "figures", use="any", whose="mine", fields="statement,footnote")
    said = {line["statement"] for row in rows for entry in row["entries"] for line in entry["evidence"]}
    assert any("300" in statement for statement in said)


def test_a_reading_has_its_text_and_marks(attest, marked):
    reading = attest.reading(marked[1]["id"])
    assert reading["text"] == TEXT
    assert {TEXT[part["start"] : part["end"]] for mention in reading["mentions"] for part in mention["fragments"]} == {
        "300",
        "20",
    }


def test_an_export_is_read_document_by_document_and_saved_whole(attest, marked, tmp_path):
    [document] = attest.export("reports", drafts=1)
    assert len(document["mentions"]) == 2
    attest.save_export("reports", tmp_path / "tables.zip", format="csv", drafts=1)
    assert b",300," in ZipFile(tmp_path / "tables.zip").read("figures.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["tables.zip"]


@pytest.mark.parametrize("cut", [slice(0, 10), slice(0, 11), slice(11, None)], ids=["in a line", "after a line", "a line lost"])
def test_a_file_that_was_cut_is_no_whole_one(cut):
    lines = b'{"id": 12}\n{"end": {"bytes": 11, "sha256": "x"}}\n'
    with pytest.raises(CutOff):
        list(exports.documents(BytesIO(lines[cut])))


def test_a_batch_that_is_sent_again_is_written_once(attest, marked):
    _, reading = marked
    change = {
        "id": str(uuid4()),
        "op": "create",
        "kind": "span",
        "object": figure("workers") | {"layer": "ACTOR", "label": "GROUP"},
    }
    assert attest.write(reading["id"], 1, [change]) == attest.write(reading["id"], 1, [change])
    assert len(attest.reading(reading["id"])["mentions"]) == 3


def test_a_refusal_says_why(attest):
    with pytest.raises(Refused, match="404") as refused:
        attest.document(str(uuid4()))
    assert (refused.value.status, refused.value.code) == (404, "not-found")


def test_the_token_goes_to_its_site_only(attest):
    with pytest.raises(ValueError, match="no address of"):
        attest.get("https://elsewhere.example.org/api/v1/me/")
    assert attest.me()["username"] == "manager"


def test_a_password_of_the_site_in_netrc_does_not_replace_the_token(attest, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine localhost login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert attest.me()["username"] == "manager"


def test_shapes_are_those_of_the_schema():
    assert make_shapes.FILE.read_text("utf-8") == make_shapes.shapes(schema()), make_shapes.__doc__


def test_the_client_is_typed(tmp_path):
    command = [sys.executable, "-m", "mypy", "--cache-dir", tmp_path, "attest_client"]
    assert subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False).stdout.startswith("Success")
