"""Two hundred articles that try everything: the browser asks no other host and runs nothing (`page` fails otherwise)."""

import pytest

from tests import factories
from tests.annotations.pages.test_all_pages import HOSTILE


@pytest.fixture
def articles(transactional_db):
    viewer = factories.user("viewer")
    corpus = factories.corpus("reports", description=HOSTILE)
    factories.adopt(corpus)
    factories.membership(corpus, viewer, "annotator")
    outlet = factories.outlet(corpus, HOSTILE[:200])
    texts = [factories.article(corpus, f"{HOSTILE} {n}", outlet=outlet, url=f"https://evil.invalid/{n}") for n in range(200)]
    for article in texts:
        factories.document(f"{article.title}\n\n{HOSTILE}", of=article)
    return viewer, texts


def test_reading_hostile_articles_leaves_no_trace_elsewhere(page, sign_in, articles):
    viewer, texts = articles
    sign_in(page, viewer)
    for number in (1, 2, 3, 4):
        page.goto(f"/corpora/reports/?page={number}")
        assert page.locator("tbody tr").count() == 50
    for article in texts[::10]:
        page.goto(article.get_absolute_url())
        assert page.locator("#p1").inner_text().startswith("<script>alert(1)</script>")
        page.goto(f"{article.get_absolute_url()}original/")
