"""No module of the annotator lies about that its page never loads."""

import re

from config.environment import ROOT

MODULES = ROOT / "static" / "annotator"
IMPORT = re.compile(r'(?:from |import\()"(\.{1,2}/[\w/.]+\.js)"')


def reached():
    """The modules that main.js leads to."""
    known, waiting = set(), {MODULES / "main.js"}
    while waiting:
        module = waiting.pop()
        known.add(module)
        waiting |= {(module.parent / other).resolve() for other in IMPORT.findall(module.read_text("utf-8"))} - known
    return known


def test_every_module_is_reached_from_the_first():
    assert reached() == set(MODULES.rglob("*.js"))
