"""Names, titles and quotations that a spreadsheet would carry out, or a reader would take for markup: in a file they are words."""

import csv
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from rest_framework.test import APIClient

from annotations.models import Span
from corpus.models import Article, Outlet
from registry.models import Entity
from tests import factories

pytestmark = pytest.mark.django_db
FORMULA = "=cmd|' /C calc'!A0"
MARKUP = "<script>alert(1)</script> [x](javascript:alert(1)) | # *"
LEDGERS = ("events", "figures", "sources", "law", "network", "screening")


@pytest.fixture
def file(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    client = APIClient()
    client.force_authenticate(person)

    def file(ledger, name, words):
        Entity.objects.filter(corpus=seeded).update(name=words)
        Article.objects.filter(corpus=seeded).update(title=words)
        Outlet.objects.filter(corpus=seeded).update(name=words)
        Span.objects.update(quote=words)
        answer = client.get(f"/api/v1/corpora/{seeded.slug}/ask/{ledger}/file/", {"format": name})
        assert answer.status_code == 200
        return answer.getvalue()

    return file


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_cell_is_a_formula(file, ledger):
    archive = zipfile.ZipFile(io.BytesIO(file(ledger, "csv", FORMULA)))
    rows = csv.reader(io.StringIO(archive.read(f"{ledger}.csv").decode("utf-8-sig")))
    cells = [cell for row in rows for cell in row]
    assert any(FORMULA in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    book = zipfile.ZipFile(io.BytesIO(file(ledger, "xlsx", FORMULA)))
    for name in book.namelist():
        if name.startswith("xl/worksheets/"):
            assert b"<f>" not in book.read(name)


@pytest.mark.parametrize("ledger", ["events", "figures"])
def test_no_report_has_markup_of_others(file, ledger):
    text = file(ledger, "markdown", MARKUP).decode()
    assert "alert(1)" in text
    assert "<script>" not in text
    assert "[x](javascript" not in text
    document = zipfile.ZipFile(io.BytesIO(file(ledger, "docx", MARKUP))).read("word/document.xml")
    words = "".join(ET.fromstring(document).itertext())
    assert "<script>alert(1)</script>" in words
