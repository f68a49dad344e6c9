"""`pytest -p tests.late tests/browser`: a slow machine, every time.

In the browser, animation frames and idle moments come late, and the server answers late, so that a test which reads before it
waits fails. The scripts of a page come later still, and with each page anew, so that a test which presses a key once it sees the
page fails: the script that hears the key is not there yet. Other files under /static/ come as fast as ever.
"""

import time
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, BrowserContext

FRAMES = 120  # milliseconds
IDLE = 1000  # milliseconds
ANSWERS = 0.3  # seconds
SCRIPTS = 0.8  # seconds
# The script of the theme is awaited by the page itself, and those of Django's admin are.
AWAITED = ("/static/js/theme.js", "/static/admin/")

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
  window.requestIdleCallback = (work) => setTimeout(work, {IDLE}, {{ didTimeout: true, timeRemaining: () => 0 }});
  window.cancelIdleCallback = (number) => clearTimeout(number);
}}"""


def is_late_script(path: str) -> bool:
    return path.endswith(".js") and not path.startswith(AWAITED)


def late_script(start: Any) -> Any:
    """The browser keeps none: it asks for the script again with the next page."""

    def begin(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
        time.sleep(SCRIPTS)
        return start(status, [*headers, ("Cache-Control", "no-store")], *failure)

    return begin


def pytest_configure(config: pytest.Config) -> None:
    make, answer = Browser.new_context, WSGIHandler.__call__

    def new_context(browser: Browser, **options: Any) -> BrowserContext:
        context = make(browser, **options)
        context.add_init_script(LATE)
        return context

    def answer_late(handler: WSGIHandler, environ: dict[str, Any], start: Any) -> Any:
        path = environ["PATH_INFO"]
        if path.startswith("/static/"):
            return answer(handler, environ, late_script(start) if is_late_script(path) else start)
        time.sleep(ANSWERS)
        return answer(handler, environ, start)

    patch = pytest.MonkeyPatch()
    patch.setattr(Browser, "new_context", new_context)
    patch.setattr(WSGIHandler, "__call__", answer_late)
    config.add_cleanup(patch.undo)
