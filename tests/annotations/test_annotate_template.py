"""No module of the annotator lies about that its page never loads."""

import re

from config.environment import ROOT

MODULES = ROOT / "static" / "annotator"
AT_ONCE = r'from "\./([\w-]+)\.js"'
LATER = r'import\("\./([\w-]+)\.js"\)'


def reached(*ways):
    """Names of the modules that main.js leads to."""
    found, waiting = set(), {"main"}
    while waiting:
        name = waiting.pop()
        found.add(name)
        source = (MODULES / f"{name}.js").read_text("utf-8")
        waiting |= {other for way in ways for other in re.findall(way, source)} - found
    return found


def test_every_module_is_reached_from_the_first():
    assert reached(AT_ONCE, LATER) == {path.stem for path in MODULES.glob("*.js")}
