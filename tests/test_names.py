"""Names in the code of the product: what a name holds, one meaning for `place`, and one class to a name.

`said`, `told` and `found` are no names: a reader wants to know what is said or found, so it is `matches`, `breaches`, `rows`.
A function or a class is not called after what was done to what it gives (`asked`, `given`). A place is a position in a text or
where something happens. All folders of the product are held.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from config.environment import ROOT

# Folders of the product whose names are held.
HELD = ("annotations", "attest", "config", "corpus", "lake", "questions", "registry")
CATCH_ALLS = {"found", "said", "told"}
# What a function gives, or what a class is, these do not say.
PARTICIPLES = {"asked", "given", "held", "named", "placed", "stranger", "things", "wanted", "whose"}
# Where one is the name of a class, and why.
PARTICIPLE_CLASSES = {"corpus/models/intake.py": "Held: a model keeps its name, since its table has it too"}
# Where `place` is a name, and why.
PLACES = {
    "annotations/admin/claims.py": "a column of the admin with the position of a citation in its text",
    "annotations/admin/spans.py": "a column of the admin with the position of a mark in its text",
    "annotations/api/filters.py": "a parameter of the API: the entity where an event happens",
    "annotations/queries/entity_graph.py": "the entity where an event happens",
}
# Classes that share a name, and why.
SHARED_CLASSES = {
    "Command": "Django looks for a command under this name",
}


# What there is


def modules(root: Path, held: tuple[str, ...] = HELD) -> list[Path]:
    paths = [path for folder in held for path in sorted((root / folder).rglob("*.py"))]
    return [path for path in paths if "migrations" not in path.parts]


class Names(NamedTuple):
    """Each (line, name): functions and classes, these with parameters and variables that are assigned, and classes at the top."""

    defined: list[tuple[int, str]]
    every: list[tuple[int, str]]
    classes: list[tuple[int, str]]


@cache
def names(text: str) -> Names:
    """Of a module, read once for all rules."""
    tree = ast.parse(text)
    defined, every = [], []
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                defined.append((node.lineno, name))
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                every.append((node.lineno, name))
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.ExceptHandler(name=str(name)):
                every.append((node.lineno, name))
    classes = [(node.lineno, node.name) for node in tree.body if isinstance(node, ast.ClassDef)]
    return Names(defined, defined + every, classes)


# Breaches


def catch_alls(root: Path) -> list[str]:
    return [f"{location}: a name that holds anything: {name}" for location, name in named(root) if name in CATCH_ALLS]


def participles(root: Path) -> list[str]:
    """Functions and classes that are called after what was done to what they give."""
    definitions = [
        (path.relative_to(root).as_posix(), line, name)
        for path in modules(root)
        for line, name in names(path.read_text()).defined
        if name.lower() in PARTICIPLES
    ]
    breaches = [f"{path}:{line}: {name}" for path, line, name in definitions if path not in PARTICIPLE_CLASSES]
    paths = {path for path, _, _ in definitions}
    return breaches + [
        f"{path}: listed, but has none" for path in PARTICIPLE_CLASSES if (root / path).exists() and path not in paths
    ]


def places(root: Path) -> list[str]:
    """`place` where it is not listed, and what is listed without being there."""
    having = {location.rpartition(":")[0]: location for location, name in named(root) if name == "place"}
    breaches = [f"{location}: place is no position" for path, location in having.items() if path not in PLACES]
    return breaches + [f"{path}: listed, but has no place" for path in PLACES if (root / path).exists() and path not in having]


def named(root: Path) -> Iterator[tuple[str, str]]:
    """("annotations/tasks.py:12", name)."""
    for path in modules(root):
        for line, name in names(path.read_text()).every:
            yield f"{path.relative_to(root).as_posix()}:{line}", name


def shared_classes(root: Path) -> list[str]:
    """Classes at the top of two modules that have one name. A class inside another one is called after that too."""
    having: dict[str, list[str]] = defaultdict(list)
    for path in modules(root):
        for _, name in names(path.read_text()).classes:
            having[name].append(path.relative_to(root).as_posix())
    return [
        f"{', '.join(paths)}: share the class {name}"
        for name, paths in having.items()
        if len(paths) > 1 and name not in SHARED_CLASSES
    ]


RULES = [catch_alls, participles, places, shared_classes]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule):
    assert rule(ROOT) == []


def test_what_shares_a_name_is_still_there():
    classes = [name for path in modules(ROOT) for _, name in names(path.read_text()).classes]
    assert [name for name in SHARED_CLASSES if classes.count(name) < 2] == []


# Each with the rule that notices it.
PLANTED = {
    "a variable": (catch_alls, "found = 1\n"),
    "a variable of a loop": (catch_alls, "for told in ():\n    pass\n"),
    "a variable of a comprehension": (catch_alls, "rows = [said for said in ()]\n"),
    "a walrus": (catch_alls, "if found := 1:\n    pass\n"),
    "one of several": (catch_alls, "rows, said = 1, 2\n"),
    "a parameter": (catch_alls, "def rows(said):\n    return said\n"),
    "a parameter by name": (catch_alls, "def rows(*, told=1):\n    return told\n"),
    "a function": (catch_alls, "def told():\n    pass\n"),
    "a method": (catch_alls, "class Rows:\n    async def found(self):\n        pass\n"),
    "a field": (catch_alls, "class Rows:\n    said: str\n"),
    "an attribute": (catch_alls, "class Rows:\n    def __init__(self):\n        self.told = 1\n"),
    "a pattern": (catch_alls, "match 1:\n    case found:\n        pass\n"),
    "an error": (catch_alls, "try:\n    pass\nexcept OSError as said:\n    pass\n"),
    "a function after what was done": (participles, "def given():\n    pass\n"),
    "a method after what was done": (participles, "class Rows:\n    async def asked(self):\n        pass\n"),
    "a class after what was done": (participles, "class Wanted:\n    pass\n"),
    "a place": (places, "place = 1\n"),
    "a place as parameter": (places, "def rows(place):\n    return place\n"),
    "a class": (shared_classes, "class Mark:\n    pass\n"),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_breach_is_noticed(tmp_path, planted):
    rule, source = PLANTED[planted]
    folder = tmp_path / HELD[0]
    folder.mkdir()
    (folder / "kept.py").write_text("class Mark:\n    class Kind:\n        pass\nclass Event:\n    class Kind:\n        pass\n")
    assert [breach for rule in RULES for breach in rule(tmp_path)] == []
    (folder / "planted.py").write_text(source)
    assert len(rule(tmp_path)) == 1
    assert sum(len(other(tmp_path)) for other in RULES) == 1
