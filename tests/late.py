"""`pytest -p tests.late tests/browser`: a slow machine, every time.

In the browser, animation frames, idle moments, timers, observers, other tabs and what the browser keeps come late, and the server
answers late, so that a test which reads before it waits fails. The scripts of a page come later still, and with each page anew, so
that a test which presses a key once it sees the page fails: the script that hears the key is not there yet. Other files under
/static/ come as fast as ever.
"""

import time
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, BrowserContext

FRAMES = 120  # milliseconds
IDLE = 1000  # milliseconds
SOON = 60  # milliseconds by which a timer of no time at all is late
TIMERS = 400  # milliseconds by which one of less than a second is: more than the two frames that a test looks for (`looks.DRAWN`)
TOLD = 150  # milliseconds: sizes, what comes into view, other tabs, and what the browser keeps
ANSWERS = 0.3  # seconds
SCRIPTS = 0.8  # seconds
# The script of the theme is awaited by the page itself, and those of Django's admin are.
AWAITED = ("/static/js/theme.js", "/static/admin/")

LATE = f"""{{
  const wait = window.setTimeout.bind(window);
  const ask = window.requestAnimationFrame.bind(window);
  const drop = window.cancelAnimationFrame.bind(window);
  const asked = new Map();
  window.requestAnimationFrame = (draw) => {{
    const number = wait(() => {{
      asked.set(number, ask((at) => {{ asked.delete(number); draw(at); }}));
    }}, {FRAMES});
    return number;
  }};
  window.cancelAnimationFrame = (number) => {{
    clearTimeout(number);
    if (asked.has(number)) drop(asked.get(number));
    asked.delete(number);
  }};
  window.requestIdleCallback = (work) => wait(work, {IDLE}, {{ didTimeout: true, timeRemaining: () => 0 }});
  window.cancelIdleCallback = (number) => clearTimeout(number);
  const delay = (time) => (time < 1 ? {SOON} : time < 1_000 ? {TIMERS} : 0);
  window.setTimeout = (work, time = 0, ...told) => wait(work, time + delay(time), ...told);
  for (const name of ["ResizeObserver", "IntersectionObserver"]) {{
    const Observer = window[name];
    window[name] = class extends Observer {{
      constructor(tell, ...how) {{
        super((...told) => wait(tell, {TOLD}, ...told), ...how);
      }}
    }};
  }}
  const hear = (type, name, fits = () => true) => {{
    const {{ get, set }} = Object.getOwnPropertyDescriptor(type.prototype, name);
    const late = (tell) => (event) => wait(tell, {TOLD}, event);
    Object.defineProperty(type.prototype, name, {{
      get,
      set(tell) {{ set.call(this, tell && fits(this) ? late(tell) : tell); }},
    }});
  }};
  hear(BroadcastChannel, "onmessage");
  hear(IDBTransaction, "oncomplete");
  hear(IDBRequest, "onsuccess", (request) => request instanceof IDBOpenDBRequest);
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
