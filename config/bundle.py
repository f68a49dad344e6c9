"""Files that a page needs together, sent as one: a browser takes longer to ask for a hundred small files than to read them.

Modules and style sheets stay small for those who write them, and a browser can read them as they lie. Joined, a module becomes
a function that is called once; what it exports is a field of `$joined` under its name, and no module has a variable of that
name. Modules lie in folders, but the names of two are never the same: paths would make what is sent a sixtieth larger. A part
that comes later, by `import()`, is joined for itself and takes the modules that are there already. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from graphlib import TopologicalSorter
from posixpath import basename, dirname, join, normpath, relpath

PATH = r"(\.{1,2}/(?:[\w/]++|\.(?!js[\"?]))*+(?<=\w))\.js"
IMPORT = re.compile(rf'^import \{{([^}}]*)\}} from "{PATH}";\n', re.MULTILINE)
BARE_IMPORT = re.compile(rf'^import "{PATH}";\n', re.MULTILINE)
LATER = re.compile(rf'\bimport\("{PATH}(\?\w+)?"\)')
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# By a whole path: whoever reads the sheets of a page, as checkers do, may take a relative one for one of the page.
SHEET = re.compile(r'^@import "/static/css/([\w-]+\.css)";\n', re.MULTILINE)


class CannotJoin(Exception):
    """A module has an import or an export in a form that is not known here, or its name is that of another."""


def joined(modules: Mapping[str, str]) -> dict[str, str]:
    """The files to send, by path: those that no other module imports at its head. `modules`: path → text, paths without ".js"."""
    refuse_same_names(modules)
    imported = {path: imported_by(path, text) for path, text in modules.items()}
    deferred = {path: deferred_by(path, text) for path, text in modules.items()}
    later = set().union(*deferred.values())
    first = set(modules) - set().union(*imported.values()) - later
    there = {path: reached(path, imported) for path in first | later}
    order = list(TopologicalSorter({path: sorted(imported[path]) for path in sorted(imported)}).static_order())

    def bodies(paths: set[str], file: str) -> str:
        return "".join(body(path, modules[path], file) for path in order if path in paths)

    def at_once(file: str) -> str:
        return f"const $joined = {{}};\n{bodies(there[file], file)}"

    def added(file: str) -> str:
        """Without what is there wherever it can be asked for."""
        before = [there[one] for one in first if any(file in deferred[part] for part in there[one])]
        missing = {part for part in there[file] if not before or any(part not in parts for parts in before)}
        return f"export const join = ($joined) => {{\n{bodies(missing, file)}return $joined.{basename(file)};\n}};\n"

    # Those that others name come first: their own names are settled then.
    return {file: added(file) for file in sorted(later)} | {file: at_once(file) for file in sorted(first)}


def refuse_same_names(paths: Mapping[str, str]) -> None:
    """Raises CannotJoin."""
    name, times = Counter(map(basename, paths)).most_common(1)[0] if paths else ("", 0)
    if times > 1:
        raise CannotJoin(f"{name}.js: {', '.join(sorted(path for path in paths if basename(path) == name))}")


def imported_by(path: str, module: str) -> set[str]:
    """The paths of the modules that are imported at the head of one."""
    return {against(path, other) for other in [*(other for _, other in IMPORT.findall(module)), *BARE_IMPORT.findall(module)]}


def deferred_by(path: str, module: str) -> set[str]:
    return {against(path, other) for other, _ in LATER.findall(module)}


def against(path: str, relative: str) -> str:
    """The path of a module as another one writes it."""
    return normpath(join(dirname(path), relative))


def reached(start: str, imported: Mapping[str, set[str]]) -> set[str]:
    known: set[str] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in known:
            known.add(path)
            waiting += imported[path]
    return known


def body(path: str, module: str, file: str) -> str:
    """A module as a call whose answer is what it exports, for the joined file of a path. Raises CannotJoin."""
    exported = EXPORT.findall(module)
    text = IMPORT.sub(lambda line: f"const {{{line[1].replace(' as ', ': ')}}} = $joined.{basename(line[2])};\n", module)
    text = EXPORT.sub("", BARE_IMPORT.sub("", text))
    text = LATER.sub(
        lambda call: f'import("{written(against(path, call[1]), file)}{call[2] or ""}").then(({{ join }}) => join($joined))', text
    )
    if unknown := UNKNOWN.search(text.replace("import(", "(")):
        raise CannotJoin(f"{path}.js: {unknown[0]}")
    return f"$joined.{basename(path)} ??= (() => {{\n{text}return {{ {', '.join(exported)} }};\n}})();\n"


def written(path: str, file: str) -> str:
    """The address of a module, as the joined file of a path has to write it."""
    address = relpath(path, dirname(file) or ".")
    return f"{address if address.startswith('.') else f'./{address}'}.js"


def sheet(name: str, sheets: Mapping[str, str]) -> str:
    """A style sheet with the ones that it imports in their places."""
    return SHEET.sub(lambda imported: sheet(imported[1], sheets), sheets[name])
