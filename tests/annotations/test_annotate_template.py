"""The page names the modules of its first paint, so that the browser asks for all of them at once; the others come later."""

import re

from django.template.loader import render_to_string

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


def test_the_modules_of_the_first_paint_are_preloaded_and_no_others():
    named = re.findall(r"annotator/([\w-]+)\.js", render_to_string("annotations/_partials/_modules.html"))
    assert sorted(named) == sorted(reached(AT_ONCE) - {"main"})


def test_every_module_is_reached_from_the_first():
    assert reached(AT_ONCE, LATER) == {path.stem for path in MODULES.glob("*.js")}
