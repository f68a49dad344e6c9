"""The rules for the annotator's scripts as functions: each takes the root of a tree and gives its breaches, one line each."""

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

# A module imports from its own room and from those before it. The scripts at the top, which nobody imports, import from all.
ROOMS = ("text", "state", "sync", "surface", "input", "actor", "figure", "event", "claim", "suggestion", "panel")
AT_THE_TOP = {"main", "deferred"}
# These rooms run in a test without a browser, and would in a worker.
WITHOUT_DOM = ("text", "state")

COLUMNS = 130
UNTYPED = re.compile(
    r"Object\.assign\(this\b|@type \{any\} \*/ \(?page\b|@param \{any\} page\b|@ts-(?:ignore|nocheck|expect-error)"
)

# A type in a comment is no import: nothing of it is loaded.
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"(\.{1,2}/[^"]*)"|\bimport\("(\.{1,2}/[^"]*)"\)', re.MULTILINE)
DOM = re.compile(
    r"\b(?:document|window|navigator|location|localStorage|sessionStorage|indexedDB|HTML\w+|SVG\w+|Element|Node|DOM[A-Z]\w*"
    r"|querySelector\w*|getElement\w*|createElement|(?:add|remove)EventListener|dispatchEvent|CustomEvent|getSelection"
    r"|getComputedStyle|requestAnimationFrame|textContent|innerText|dataset|classList)\b"
)


def folder(root: Path) -> Path:
    return root / "static" / "annotator"


def modules(root: Path) -> list[Path]:
    return sorted(folder(root).rglob("*.js"))


def code(path: Path) -> str:
    """A module without its comments, with the same numbers of lines."""
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), path.read_text("utf-8"))


def imports(root: Path, path: Path) -> Iterator[str]:
    """The modules that one imports, at its head or later, as paths in the annotator's folder."""
    for first, later in IMPORT.findall(code(path)):
        yield (path.parent / (first or later)).resolve().relative_to(folder(root).resolve()).as_posix()


def room(name: str) -> str:
    return name.rpartition("/")[0]


def scripts_outside_rooms(root: Path) -> list[str]:
    names = [path.relative_to(folder(root)).as_posix() for path in modules(root)]
    known = {*ROOMS}
    return [f"{name} lies in no room" for name in names if room(name) not in known and name.removesuffix(".js") not in AT_THE_TOP]


def script_room_breaches(root: Path) -> list[str]:
    """Imports from a later room, and from the top."""
    breaches = []
    for path in modules(root):
        name = path.relative_to(folder(root)).as_posix()
        mine = ROOMS.index(room(name)) if room(name) in ROOMS else len(ROOMS)
        for other in imports(root, path):
            theirs = ROOMS.index(room(other)) if room(other) in ROOMS else len(ROOMS)
            if theirs > mine:
                breaches.append(f"{name} imports {other}")
    return breaches


def script_circles(root: Path) -> list[str]:
    graph = {path.relative_to(folder(root)).as_posix(): set(imports(root, path)) for path in modules(root)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" → ".join(error.args[1])]
    return []


def dom_in_pure_scripts(root: Path) -> list[str]:
    """What is known of the text and of the objects never hangs on a page: it is tested and reckoned without one."""
    breaches = []
    for path in (path for name in WITHOUT_DOM for path in sorted((folder(root) / name).rglob("*.js"))):
        for number, line in enumerate(code(path).splitlines(), 1):
            breaches += [f"{path.relative_to(root)}:{number} touches the DOM: {word}" for word in DOM.findall(line)]
    return breaches


def untyped_scripts(root: Path) -> list[str]:
    """What the type checker would pass over: fields that nobody declares, and the page as anything."""
    breaches = []
    for path in modules(root):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            breaches += [f"{path.relative_to(root)}:{number} is not typed: {words}" for words in UNTYPED.findall(line)]
    return breaches


def long_lines(root: Path) -> list[str]:
    """The formatter breaks code; what it leaves alone are comments and texts."""
    paths = [path for name in ("static", "tests/annotator") for path in sorted((root / name).rglob("*"))]
    lines = [
        (path, number, len(line))
        for path in paths
        if path.suffix in {".js", ".css"}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]
    return [
        f"{path.relative_to(root)}:{number} has {columns} columns, {COLUMNS} are the limit"
        for path, number, columns in lines
        if columns > COLUMNS
    ]


RULES = [scripts_outside_rooms, script_room_breaches, script_circles, dom_in_pure_scripts, untyped_scripts, long_lines]

# A small tree that keeps every rule, and what breaks each in it.
GOOD = {
    "static/annotator/main.js": 'import { store } from "./state/store.js";\nconst later = () => import("./deferred.js");\n',
    "static/annotator/deferred.js": 'import { card } from "./panel/card.js";\n',
    "static/annotator/text/model.js": "/** What document and window show. */\nexport const model = {}; // not the window\n",
    "static/annotator/state/store.js": 'import { model } from "../text/model.js";\nexport const store = { model };\n',
    "static/annotator/panel/card.js": 'import { store } from "../state/store.js";\nexport const card = () => document.body;\n',
}
BREACHES = [
    (scripts_outside_rooms, "static/annotator/store.js", ""),
    (scripts_outside_rooms, "static/annotator/attic/store.js", ""),
    (scripts_outside_rooms, "static/annotator/panel/main/store.js", ""),
    (script_room_breaches, "static/annotator/text/model.js", 'import { store } from "../state/store.js";\n'),
    (script_room_breaches, "static/annotator/state/store.js", 'import {\n  card,\n} from "../panel/card.js";\n'),
    (script_room_breaches, "static/annotator/state/store.js", 'import "../sync/outbox.js";\n'),
    (script_room_breaches, "static/annotator/state/store.js", 'const late = () => import("../panel/card.js");\n'),
    (script_room_breaches, "static/annotator/panel/card.js", 'import { install } from "../deferred.js";\n'),
    (script_circles, "static/annotator/text/model.js", 'import { store } from "../state/store.js";\n'),
    (script_circles, "static/annotator/main.js", 'import { main } from "./main.js";\n'),
    (untyped_scripts, "static/annotator/state/store.js", "Object.assign(this, parts);\n"),
    (untyped_scripts, "static/annotator/panel/card.js", "/** @param {any} page */\n"),
    (untyped_scripts, "static/annotator/panel/card.js", "// @ts-nocheck\n"),
    (long_lines, "static/annotator/state/store.js", f"// {'x' * 128}\n"),
    (long_lines, "static/css/site.css", f"/* {'ä' * 125} */\n"),
    (long_lines, "tests/annotator/state/store.test.js", f"// {'x' * 128}\n"),
    *[
        (dom_in_pure_scripts, f"static/annotator/{path}", f"export const answer = (given) => {words};\n")
        for path in ("text/model.js", "state/store.js")
        for words in (
            "document.title",
            "window.name",
            "given instanceof HTMLElement",
            "given.querySelector('p')",
            "given.addEventListener('click', answer)",
            "globalThis.navigator.language",
            "given.textContent",
        )
    ],
]
