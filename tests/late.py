"""`pytest -p tests.late tests/browser`: a slow machine, every time.

In the browser, animation frames come late and the server answers late, so that a test which reads before it waits fails. Files
under /static/ come as fast as ever: a page without its script shows nothing that could be read too early.
"""

import time
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, BrowserContext

FRAMES = 120  # milliseconds
ANSWERS = 0.3  # seconds

LATE = f"""{{
  const ask = window.requestAnimationFrame.bind(window);
  const drop = window.cancelAnimationFrame.bind(window);
  const asked = new Map();
  window.requestAnimationFrame = (draw) => {{
    const number = setTimeout(() => {{
      asked.set(number, ask((at) => {{ asked.delete(number); draw(at); }}));
    }}, {FRAMES});
    return number;
  }};
  window.cancelAnimationFrame = (number) => {{
    clearTimeout(number);
    if (asked.has(number)) drop(asked.get(number));
    asked.delete(number);
  }};
}}"""


def pytest_configure(config: pytest.Config) -> None:
    make, answer = Browser.new_context, WSGIHandler.__call__

    def new_context(browser: Browser, **options: Any) -> BrowserContext:
        context = make(browser, **options)
        context.add_init_script(LATE)
        return context

    def answer_late(handler: WSGIHandler, environ: dict[str, Any], start: Any) -> Any:
        if not environ["PATH_INFO"].startswith("/static/"):
            time.sleep(ANSWERS)
        return answer(handler, environ, start)

    patch = pytest.MonkeyPatch()
    patch.setattr(Browser, "new_context", new_context)
    patch.setattr(WSGIHandler, "__call__", answer_late)
    config.add_cleanup(patch.undo)
