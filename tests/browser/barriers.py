"""What axe holds against a page, as it is at that moment."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Of rules that hold only their number: what fulfils them are all elements of the page, and each has its source with it.
RUN = """([around, options]) => axe.run(around ?? document, options)
  .then(({ violations, passes }) => ({ violations, passes: passes.length }))"""


def violations(page: Page, around: dict[str, Any] | None = None, **options: Any) -> list[dict[str, Any]]:
    """Of the page, or of what is `around`. axe is half a megabyte: a page takes it up once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    how = {"resultTypes": ["violations"], "preload": False} | options
    answer = page.evaluate(RUN, [around, how])
    assert answer["passes"], "no rule was asked"
    return answer["violations"]
