"""The rules of the house as functions: each takes the root of a tree and gives its breaches, one line each.

An app is a row of rooms, lower ones first: a module imports from its own room and from those before it, whichever app they
are in, and from its own app and those before it in APPS.
"""

import ast
import re
import statistics
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

APPS = ["corpus", "registry", "annotations", "questions", "lake", "config"]
FRAMEWORKS = {"django", "rest_framework", "django_filters", "drf_spectacular", "procrastinate", "psycopg"}
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "core", "lib"}

# The rooms of each app in their order, packages or modules. The longest name that a module's name begins with is its room.
ROOMS = {
    "corpus": (
        "ids budget text words plots readers.extracted provenance.sites provenance.addresses cleaning sandbox readers objects.folder objects.s3 objects.bucket db models objects accounts seals jobs "
        "provenance near_duplicates passages intake edits tasks forms templatetags api admin views urls management apps"
    ).split(),
    "registry": "names lists joining naming birth_dates models list_versions screening tasks api admin views urls management apps".split(),
    "annotations": (
        "text unstated agreement grammar native.validators native.check scheme native figures dates factuality derived statements rules "
        "formats.base formats.files formats.native formats.middle formats.conll formats.brat formats.uima formats.webanno "
        "formats.w3c formats.labelstudio formats.prodigy formats.doccano formats.spacy_docbin formats.columns formats.evidence "
        "formats.tables formats.ftm formats adjudication mapping models schemes kinds documents queries scoring notices practice guidelines "
        "discussion suggesters write assign approval plans moves scheme_drafts bin tallies imports demo tasks forms templatetags api admin views urls management apps"
    ).split(),
    "lake": "models extras read files queries copies names engines lists promotion tasks forms admin views urls management apps".split(),
    "questions": (
        "values address wording models index past asking adding coreference concordance ledgers saved drawing forms templatetags "
        "api admin views urls management apps"
    ).split(),
}
# Rooms and modules that know neither Django nor a database.
PURE = {
    "corpus": (
        "ids budget text words plots readers provenance.sites provenance.addresses cleaning sandbox near_duplicates.shingles db.evidence_triggers objects.folder objects.s3 objects.bucket "
        "intake.article_text intake.deadline intake.fetch intake.limits intake.public_addresses intake.robots"
    ).split(),
    "registry": "names lists birth_dates screening.tokens screening.common_words".split(),
    "annotations": (
        "text unstated agreement grammar scheme native figures dates factuality derived statements rules formats adjudication mapping "
        "queries.gold_comparison write.errors imports.saved_tables imports.seals_reader"
    ).split(),
    "questions": "values address wording".split(),
    "lake": "extras read files queries copies names engines".split(),
}
DOORS = {"tasks", "forms", "templatetags", "api", "admin", "views", "urls", "management", "apps"}

PYTHON_LINES, SCRIPT_LINES = 350, 250
MEDIAN_LINES, USUAL_LINES, MOST_LINES = 8, 30, 60

MODEL = re.compile(r"[a-z]+\.[A-Za-z]\w*")
SIGNALS = {"django.dispatch", "django.db.models.signals"}
HTML_FROM_TEXT = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTMLUnsafe)\b")
# What would show the words of others as HTML. The one filter that may escapes them in the same line.
UNESCAPED = {
    "HTML that is not escaped": re.compile(r"\b(mark_safe|SafeText|safeseq)\b|\|\s*safe\b|\bautoescape\s+off\b|\bSafeString\("),
}
ESCAPES = {"annotations/templatetags/attest_text.py"}
INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "another host": re.compile(
        r"<(?:script|img|link|iframe|source|video|audio)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}


class Import(NamedTuple):
    module: str  # dotted name of the importing module
    line: int
    target: str  # dotted name of what is imported


# What there is


def sources(root: Path) -> list[Path]:
    """The Python modules of the apps, without their migrations."""
    found = [path for app in APPS for path in sorted((root / app).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def dotted(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def pure_modules() -> set[str]:
    return {f"{app}.{name}" for app, names in PURE.items() for name in names}


def room(module: str) -> int | None:
    """The position of a module's room in its app; None for the app itself and for what no room holds."""
    app, _, name = module.partition(".")
    holding = [held for held in ROOMS.get(app, []) if is_within(name, [held])]
    return ROOMS[app].index(max(holding, key=len)) if holding else None


def is_door(module: str) -> bool:
    return [*module.split("."), ""][1] in DOORS


def is_before_models(module: str) -> bool:
    """Whether it is a model or something that models may be made of."""
    app = module.partition(".")[0]
    position = room(module)
    return position is not None and "models" in ROOMS[app] and position <= ROOMS[app].index("models")


def imports(root: Path, path: Path) -> Iterator[Import]:
    """All imports of a module, also those inside functions; `from a import b` counts as a and as a.b."""
    module = dotted(root, path)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for line, level, base, name in facts_of(path.read_text()).imports:
        above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
        yield Import(module, line, ".".join([*above, *filter(None, [base]), name]))


class Facts(NamedTuple):
    """Of a module: its imports (line, dots, from where, what), what in it may name a model, and the lines of its functions."""

    imports: list[tuple[int, int, str, str]]
    models: list[tuple[int, str]]
    functions: list[tuple[int, str, int]]


@cache
def facts_of(text: str) -> Facts:
    """Read once for all rules."""
    facts = Facts([], [], [])
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            facts.imports.extend((node.lineno, 0, "", name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            facts.imports.extend((node.lineno, node.level, node.module or "", name.name) for name in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and MODEL.fullmatch(node.value):
            facts.models.append((node.lineno, node.value))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
            facts.functions.append((node.lineno, node.name, lines))
    return facts


def all_imports(root: Path) -> Iterator[Import]:
    for path in sources(root):
        yield from imports(root, path)


def is_within(name: str, modules: Iterable[str]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


# The rules


def upward_imports(root: Path) -> list[str]:
    """Imports of a later app: what annotations know, the corpus must not."""
    rank = {app: number for number, app in enumerate(APPS)}
    found = []
    for module, line, target in all_imports(root):
        importer, imported = module.split(".")[0], target.split(".")[0]
        if rank.get(imported, -1) > rank[importer]:
            found.append(f"{module}:{line} imports {target}")
    return found


def upward_references(root: Path) -> list[str]:
    """Models of a later app named in a string, as in ForeignKey("annotations.Span")."""
    found = []
    for path in sources(root):
        module = dotted(root, path)
        later = APPS[APPS.index(module.split(".")[0]) + 1 : -1]
        for line, name in facts_of(path.read_text()).models:
            if name.partition(".")[0] in later:
                found.append(f"{module}:{line} names {name}")
    return found


def impure_modules(root: Path) -> list[str]:
    """Pure modules that import a framework, or a module of ours that is not pure."""
    pure = pure_modules()
    breaches = []
    for module, line, target in all_imports(root):
        ours = target.split(".")[0] in APPS
        allowed = is_within(target, pure) if ours else target.split(".")[0] not in FRAMEWORKS
        if is_within(module, pure) and not allowed:
            breaches.append(f"{module}:{line} imports {target}")
    return breaches


def modules_without_room(root: Path) -> list[str]:
    """Modules that lie flat in an app: a new one goes into a room."""
    modules = [dotted(root, path) for path in sources(root)]
    return [name for name in modules if name.split(".")[0] in ROOMS and "." in name and room(name) is None]


def room_breaches(root: Path) -> list[str]:
    """Imports of a room that stands later in the same app; of another app, those of a door by what is none, and those of a verb by a model."""
    breaches = []
    for module, line, target in all_imports(root):
        importer, imported = module.split(".")[0], target.split(".")[0]
        if importer not in ROOMS or imported not in ROOMS:
            continue
        own, other = room(module), room(target)
        if own is None or other is None:
            continue
        later = other > own if importer == imported else is_before_models(module) and not is_before_models(target)
        if later or (is_door(target) and not is_door(module)):
            breaches.append(f"{module}:{line} imports {target}")
    return breaches


def signals_used(root: Path) -> list[str]:
    apps = [item for item in all_imports(root) if is_within(item.target, SIGNALS)]
    return [f"{module}:{line} imports {target}" for module, line, target in apps]


def junk_drawers(root: Path) -> list[str]:
    folders = [root / name for name in [*APPS, "static", "templates", "tests"]]
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts]
    return [str(path.relative_to(root)) for path in paths if path.name.split(".")[0].lstrip("_") in JUNK_DRAWERS]


def long_modules(root: Path) -> list[str]:
    limits = [(path, PYTHON_LINES) for path in sources(root)]
    limits += [(path, SCRIPT_LINES) for path in sorted((root / "static").rglob("*.js"))]
    sizes = [(path, len(path.read_text().splitlines()), limit) for path, limit in limits]
    return [f"{path.relative_to(root)} has {size} lines, {limit} are the limit" for path, size, limit in sizes if size > limit]


def function_lengths(root: Path) -> dict[str, int]:
    """Lines of each function from its `def` on, without its docstring."""
    lengths = {}
    for path in sources(root):
        for line, name, length in facts_of(path.read_text()).functions:
            lengths[f"{dotted(root, path)}:{line} {name}"] = length
    return lengths


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


def long_functions(root: Path) -> list[str]:
    """Functions over the limit, and the two averages where those are over theirs."""
    lengths = function_lengths(root)
    found = [f"{name} has {length} lines" for name, length in lengths.items() if length > MOST_LINES]
    if lengths and (median := statistics.median(lengths.values())) > MEDIAN_LINES:
        found.append(f"the median function has {median} lines, {MEDIAN_LINES} are the limit")
    usual = sum(length <= USUAL_LINES for length in lengths.values())
    if usual < 0.9 * len(lengths):
        found.append(f"{usual} of {len(lengths)} functions have {USUAL_LINES} lines or fewer, 90 % are the limit")
    return found


def html_from_text(root: Path) -> list[str]:
    return matches(root, sorted((root / "static").rglob("*.js")), {"HTML made from text": HTML_FROM_TEXT})


def unescaped_html(root: Path) -> list[str]:
    """Text of others is never shown as HTML, so that no page of theirs needs to be cleaned of anything (decision 7)."""
    paths = [path for path in (*templates(root), *sources(root)) if path.relative_to(root).as_posix() not in ESCAPES]
    return matches(root, paths, UNESCAPED)


def inline_code(root: Path) -> list[str]:
    """What the content security policy would block, or what it would not but another host would notice."""
    return matches(root, templates(root), INLINE)


def templates(root: Path) -> list[Path]:
    folders = [root / "templates", *(root / app / "templates" for app in APPS)]
    return [path for folder in folders for path in sorted(folder.rglob("*.html"))]


def matches(root: Path, paths: list[Path], patterns: dict[str, re.Pattern[str]]) -> list[str]:
    found = []
    for path in paths:
        text = without_comments(path.read_text())
        for name, pattern in patterns.items():
            for match in pattern.finditer(text):
                found.append(f"{path.relative_to(root)}:{text.count(chr(10), 0, match.start()) + 1} {name}")  # noqa: PERF401
    return found


def without_comments(text: str) -> str:
    """The text with its template comments blanked out, lines kept."""
    ends = [0, *(place for match in re.finditer(r"\{#.*?#\}", text) for place in match.span()), len(text)]
    pieces = [text[start:end] if number % 2 == 0 else " " * (end - start) for number, (start, end) in enumerate(pairwise(ends))]
    return "".join(pieces)
