"""The page about the architecture shows the tree as it is."""

import importlib.util
import re

import pytest

from config.environment import ROOT

PAGE = ROOT / "docs" / "architecture.md"
STEP = re.compile(r"^\| `([\w/.]+)` \| `(\w+)` \|", re.MULTILINE)


@pytest.fixture(scope="module")
def draw_rooms():
    spec = importlib.util.spec_from_file_location("draw_rooms", ROOT / "docs" / "pictures" / "draw_rooms.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_drawing_shows_the_imports_of_the_tree(draw_rooms):
    assert draw_rooms.DRAWING.read_text("utf-8") == draw_rooms.drawing(), "run docs/pictures/draw_rooms.py"


def test_the_tables_say_of_each_room_what_its_docstring_says(draw_rooms):
    text = PAGE.read_text("utf-8")
    assert text == draw_rooms.page(text), "run docs/pictures/draw_rooms.py"
    assert [name for app, name in draw_rooms.rooms() if name != draw_rooms.DOORS and not draw_rooms.sentence((app, name))] == []


@pytest.mark.parametrize(("path", "function"), STEP.findall(PAGE.read_text("utf-8")))
def test_each_step_of_a_walk_is_a_function_of_that_file(path, function):
    defined = rf"^\s*(?:(?:async )?def {function}|(?:export )?(?:async )?(?:function )?{function})\("
    assert re.search(defined, (ROOT / path).read_text("utf-8"), re.MULTILINE)


def test_a_room_that_is_moved_changes_the_drawing(draw_rooms, monkeypatch):
    before = draw_rooms.drawing()
    monkeypatch.setitem(draw_rooms.architecture.ROOMS, "registry", ["models", "naming", "joining", "api", "admin", "apps"])
    assert draw_rooms.drawing() != before
