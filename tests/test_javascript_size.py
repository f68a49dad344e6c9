"""What a browser loads before one can mark stays small, counted as the server sends it."""

import gzip
import re

import pytest

from config.environment import ROOT
from config.static import bare

MODULES = ROOT / "static" / "annotator"
PRELOADS = ROOT / "templates" / "annotations" / "_partials" / "_modules.html"
IMPORT = re.compile(r'^(?:(?:import|export)\b[^;]*?\bfrom )?(?:import )?"\./(\w+\.js)";', re.MULTILINE)


def graph(start: str) -> dict[str, bytes]:
    """All modules that are there before `start` runs, as they are sent; not those that are imported later, by `import()`."""
    found: dict[str, bytes] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = bare((MODULES / name).read_text("utf-8")).encode()
            waiting += IMPORT.findall(found[name].decode())
    return found


def test_one_can_mark_after_120_kilobytes_of_javascript():
    sizes = {name: (len(content), len(gzip.compress(content))) for name, content in graph("main.js").items()}
    largest = sorted(sizes.items(), key=lambda item: -item[1][0])[:8]
    assert sum(size for size, _ in sizes.values()) <= 120_000, largest
    assert sum(size for _, size in sizes.values()) <= 50_000, largest


def test_the_page_asks_at_once_for_all_that_it_needs_first_and_for_nothing_else():
    asked = set(re.findall(r"annotator/(\w+\.js)", PRELOADS.read_text("utf-8")))
    assert asked == set(graph("main.js")) - {"main.js"}


@pytest.mark.parametrize("line", ['import { a } from "./b.js";', 'import "./b.js";', 'export * from "./b.js";'])
def test_every_form_of_import_is_counted(line):
    assert IMPORT.findall(line) == ["b.js"]


def test_what_is_loaded_later_is_not_counted():
    assert "late.js" not in graph("main.js")
    assert len(graph("late.js")) > len(graph("main.js")) / 2
