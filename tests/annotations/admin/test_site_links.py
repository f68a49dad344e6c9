"""From a row in the admin to its page on the site."""

import pytest

from annotations.models import Assignment, Event, Figure, Span
from corpus.models import Article, Corpus, Document
from registry.models import Entity, Measure
from tests.staff import address, texts_of


@pytest.mark.parametrize(
    "model", [Article, Corpus, Document, Entity, Measure, Assignment, Event, Figure, Span], ids=lambda model: model.__name__
)
def test_a_row_leads_to_its_page(model, filled, as_administrator):
    row = Measure.objects.get(code__startswith="TEST") if model is Measure else model.objects.first()
    text = texts_of(as_administrator.get(address(model, "change", row.pk)))
    target = text.split('class="viewsitelink"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert as_administrator.get(target.partition("#")[0]).status_code == 200


def test_the_header_leads_back_to_the_site(as_administrator):
    assert '<a href="/">To the site</a>' in texts_of(as_administrator.get("/admin/"))
