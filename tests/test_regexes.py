"""No regular expression of the tree takes more than linear time, whatever text it is run on."""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from annotations import dates, figures
from annotations.factuality.eastern import endings_of
from annotations.rules import reported
from annotations.scheme.view import SchemeView
from config.environment import ROOT
from config.front import limits
from corpus.cleaning.mojibake import utf8
from corpus.cleaning.mojibake.readings import LATIN
from tests.regexes import KINDS, seconds, slow_input, texts_of

# Importing it is entering the sandbox; it has no pattern.
ENTRY = ROOT / "corpus/sandbox/__main__.py"
PACKAGES = ("corpus", "registry", "annotations", "questions", "lake", "config")
METHODS = set(KINDS)
# Their patterns are run on a few hundred characters at most: what they take is measured through what cuts the text.
FIGURES = "annotations/figures/"
DATES = "annotations/dates/"
CUT = (FIGURES, DATES, "annotations/suggesters/figures.py")
MOST_SECONDS = 0.25
COMPILES = ("RegexValidator", "RegexField", "re_path")


def core_scheme() -> SchemeView:
    return SchemeView(json.loads((ROOT / "domain" / "scheme.json").read_text("utf-8")))


# Put together in functions: what makes them, and one example.
MADE = {
    "config/front/limits.py:pattern": lambda: limits.LIMITS[3].pattern,
    "annotations/formats/brat/names.py:numbered": lambda: re.compile(r"T[1-9][0-9]{0,8}"),
    "annotations/factuality/eastern.py:endings_of": lambda: endings_of(core_scheme(), "ko")[-1],
    "annotations/factuality/eastern.py:compiled": lambda: endings_of(core_scheme(), "ko")[0][0][1],
    "annotations/rules/reported.py:compiled": lambda: reported.compiled(("said", "according to", "表示")),
    "annotations/statements/clauses.py:is_told": lambda: re.compile(r"\bNorth\ Korea\b"),
    "annotations/statements/names.py:has_word": lambda: re.compile(r"\bworkers\b"),
    "corpus/cleaning/mojibake/utf8.py:_lead": lambda: utf8._lead(LATIN),
    "corpus/cleaning/mojibake/utf8.py:_letters": lambda: utf8._letters(LATIN),
    "corpus/cleaning/mojibake/utf8.py:_sequences": lambda: utf8._sequences(LATIN),
}


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts and path != ENTRY)


def module_of(path: Path) -> ModuleType:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))


def compiled(value: Any, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    """Patterns in a value: itself, in containers, in the attributes of classes."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from (found for one in [*value, *value.values()] for found in compiled(one, depth - 1))
    elif depth and isinstance(value, list | tuple | set | frozenset):
        yield from (found for one in value for found in compiled(one, depth - 1))
    elif depth and isinstance(value, type) and value.__module__.split(".")[0] in PACKAGES:
        yield from (found for one in vars(value).values() for found in compiled(one, depth - 1))


def uses(trees: dict[Path, ast.Module]) -> dict[Path, dict[str, set[str]]]:
    """What is asked of a name, by module."""
    found: dict[Path, dict[str, set[str]]] = {}
    for path, tree in trees.items():
        names: dict[str, set[str]] = defaultdict(set)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                names[getattr(node.value, "id", getattr(node.value, "attr", ""))].add(node.attr)
        found[path] = names
    return found


def asked_of(name: str, path: Path, imported: dict[Path, set[str]], asked: dict[Path, dict[str, set[str]]]) -> set[str]:
    """In its own module and where it is imported; everything where nothing can be told."""
    places = [path, *(other for other, names in imported.items() if {name, path.stem} & names)]
    return set().union(*(asked[place].get(name, set()) for place in places)) or METHODS


def imports(tree: ast.Module) -> set[str]:
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def validators(tree: ast.Module) -> Iterator[str]:
    """Patterns that are given to Django and to the framework of the API, which compile them when they are used."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in COMPILES:
            yield from (one.value for one in node.args[:1] if isinstance(one, ast.Constant))


def calls_in_functions(tree: ast.Module, module: ModuleType) -> Iterator[tuple[str, str, Any]]:
    """Of `re` in functions: name of the function, method, pattern (one that is compiled is measured by itself); None for one put together."""
    for function in ast.walk(tree):
        for node in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
            is_call = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"
            )
            if is_call and node.func.attr in {*METHODS, "compile"}:
                first = node.args[0]
                yield (
                    function.name,
                    node.func.attr,
                    first.value if isinstance(first, ast.Constant) else vars(module).get(getattr(first, "id", "")),
                )


def patterns() -> dict[str, tuple[re.Pattern[Any], set[str]]]:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sources()}
    asked, imported = uses(trees), {path: imports(tree) for path, tree in trees.items()}
    found: dict[str, tuple[re.Pattern[Any], set[str]]] = {}
    for path, tree in trees.items():
        where = str(path.relative_to(ROOT))
        for name, value in list(vars(module_of(path)).items()):
            for pattern in compiled(value):
                found.setdefault(f"{where}: {name} {pattern.pattern[:60]!r}", (pattern, asked_of(name, path, imported, asked)))
        found |= {f"{where}: {pattern!r}": (re.compile(pattern), {"search"}) for pattern in validators(tree)}
        for function, method, pattern in calls_in_functions(tree, module_of(path)):
            if pattern is None and where.startswith(CUT):
                continue  # of words of the lexicon, for a text that is short
            if isinstance(pattern, re.Pattern):
                continue  # has a name, and is there by it
            made = MADE[f"{where}:{function}"]() if pattern is None else re.compile(pattern, re.DOTALL)
            found[f"{where}: {function} {pattern!r}"] = made, METHODS if method == "compile" else {method}
    return found


@pytest.fixture(scope="module")
def everything():
    return patterns()


def test_the_patterns_are_found(everything) -> None:
    assert len(everything) > 200
    for where in (
        "corpus/readers/html.py: _BEGIN",
        "corpus/cleaning/segments.py: _CREDIT_TAILS",
        "corpus/cleaning/mojibake/utf8.py: _sequences None",
        "corpus/api/serializers.py: '\\\\A[A-Za-z]",
        "corpus/forms.py: '^",
    ):
        assert any(name.startswith(where) for name in everything), where


def test_no_pattern_takes_more_than_linear_time(everything) -> None:
    measured = {name: found for name, found in everything.items() if not name.startswith(CUT)}
    slow = {name: why for name, (pattern, asked) in measured.items() if (why := slow_input(pattern, asked))}
    assert slow == {}


def test_no_figure_takes_long_to_read(everything) -> None:
    scheme = core_scheme()
    hostile = [texts_of(pattern) for name, (pattern, _) in everything.items() if name.startswith(FIGURES)]
    words = {head + unit * (100_000 // len(unit)) for heads, units in hostile for head in heads[:2] for unit in units[:4]}
    assert len(words) > 100
    for text in words:
        figures.read(text[:20], scheme)  # the first of a language puts its patterns together
        assert seconds(lambda text: figures.read(text, scheme), text) < MOST_SECONDS, text[:60]
        assert seconds(lambda text: figures.non_figure_kind(text, 0, len(text)), text) < MOST_SECONDS, text[:60]


def test_no_date_takes_long_to_read() -> None:
    published = dates.Published(date(2024, 5, 15), date(2024, 5, 15))
    pieces = ("march ", "2019-", "1", "from may to ", "2019年", "3月", "작년 ", " ", "a", "two weeks after ", "一", "may-")
    words = {piece * (100_000 // len(piece)) for piece in pieces}
    for text in words:
        assert seconds(lambda text: dates.resolve(text, published, before=text), text) < MOST_SECONDS, text[:60]


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(a+)+$", "match"),
        (r"(?:a|a)*b", "fullmatch"),
        (rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<html", "match"),
        (r"\s+$", "search"),
        (r"<[^>]*>", "sub"),
        (r"(?P<n>\d+)\s*(?:years)", "finditer"),
        (r"^(\w+\s?)*$", "match"),
        (r".*\.type\..*", "fullmatch"),
        (r"<script[^>]*>", "search"),
        (r"From: [^\n]+\n\n", "search"),
        (r"(?:a?){30}a{30}", "match"),
    ],
)
def test_a_slow_pattern_is_found(pattern: Any, method: str) -> None:
    assert slow_input(re.compile(pattern), [method])


@pytest.mark.parametrize(
    ("pattern", "method"), [(r"\s+$", "match"), (r"a++b", "match"), (r"(?<!\d)\d++x", "search"), (r"x{0,200}y", "search")]
)
def test_a_linear_pattern_passes(pattern: str, method: str) -> None:
    assert slow_input(re.compile(pattern), [method]) == ""
