"""The page names every module that it loads, so that the browser asks for all of them at once."""

import re

from django.template.loader import render_to_string

from config.environment import ROOT

MODULES = ROOT / "static" / "annotator"


def test_every_module_is_preloaded_and_exists():
    named = re.findall(r"annotator/([\w-]+)\.js", render_to_string("annotations/_partials/_modules.html"))
    assert sorted(named) == sorted(path.stem for path in MODULES.glob("*.js") if path.stem != "main")


def test_every_module_is_reached_from_the_first():
    reached, waiting = set(), {"main"}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= set(re.findall(r'from "\./([\w-]+)\.js"', (MODULES / f"{name}.js").read_text("utf-8"))) - reached
    assert reached == {path.stem for path in MODULES.glob("*.js")}
