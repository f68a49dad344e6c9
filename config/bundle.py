"""Files that a page needs together, sent as one: a browser takes longer to ask for a hundred small files than to read them.

Modules and style sheets stay small for those who write them, and a browser can read them as they lie. Joined, a module becomes
a function that is called once; what it exports is a field of `$joined` under its name, and no module has a variable of that
name. A part that comes later, by `import()`, is joined for itself and takes the modules that are there already. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter

IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
BARE_IMPORT = re.compile(r'^import "\./(\w+)\.js";\n', re.MULTILINE)
LATER = re.compile(r'\bimport\("\./(\w+)\.js"\)')
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# By a whole path: whoever reads the sheets of a page, as checkers do, may take a relative one for one of the page.
SHEET = re.compile(r'^@import "/static/css/([\w-]+\.css)";\n', re.MULTILINE)


class CannotJoin(Exception):
    """A module has an import or an export in a form that is not known here."""


def joined(modules: Mapping[str, str]) -> dict[str, str]:
    """The files to send, by name: those that no other module imports at its head. `modules`: name → text, names without ".js"."""
    imported = {name: names_in(text) for name, text in modules.items()}
    later = {name for text in modules.values() for name in LATER.findall(text)}
    first = set(modules) - set().union(*imported.values()) - later
    there = {name: reached(name, imported) for name in first | later}
    order = list(TopologicalSorter({name: sorted(imported[name]) for name in sorted(imported)}).static_order())

    def bodies(wanted: set[str]) -> str:
        return "".join(body(name, modules[name]) for name in order if name in wanted)

    def at_once(name: str) -> str:
        return f"const $joined = {{}};\n{bodies(there[name])}"

    def added(name: str) -> str:
        """Without what is there wherever it can be asked for."""
        before = [there[one] for one in first if any(name in LATER.findall(modules[part]) for part in there[one])]
        missing = {part for part in there[name] if not before or any(part not in parts for parts in before)}
        return f"export const join = ($joined) => {{\n{bodies(missing)}return $joined.{name};\n}};\n"

    # Those that others name come first: their own names are settled then.
    return {name: added(name) for name in sorted(later)} | {name: at_once(name) for name in sorted(first)}


def names_in(module: str) -> set[str]:
    """Of the modules that are imported at the head of one."""
    return {name for _, name in IMPORT.findall(module)} | set(BARE_IMPORT.findall(module))


def reached(start: str, imported: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imported[name]
    return found


def body(name: str, module: str) -> str:
    """A module as a call whose answer is what it exports. Raises CannotJoin."""
    exported = EXPORT.findall(module)
    text = IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = $joined.{found[2]};\n", module)
    text = EXPORT.sub("", BARE_IMPORT.sub("", text))
    text = LATER.sub(r'import("./\1.js").then(({ join }) => join($joined))', text)
    if unknown := UNKNOWN.search(text.replace("import(", "(")):
        raise CannotJoin(f"{name}.js: {unknown[0]}")
    return f"$joined.{name} ??= (() => {{\n{text}return {{ {', '.join(exported)} }};\n}})();\n"


def sheet(name: str, sheets: Mapping[str, str]) -> str:
    """A style sheet with the ones that it imports in their places."""
    return SHEET.sub(lambda found: sheet(found[1], sheets), sheets[name])
