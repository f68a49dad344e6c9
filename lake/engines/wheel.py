"""The wheel that executors import: the modules that read pages and find names, and no more; nothing of Django, nothing of the database.

It is made out of the modules of this very installation, so that what an executor runs is what the command would run itself. The
same modules make the same bytes. Its metadata pin the libraries that these modules import here: pages depend on them as well.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import sys
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("corpus", "lake", "registry")
# What an executor is asked to do, and what runs in the sandbox.
ENTRIES = (
    "lake.engines.reading",
    "lake.engines.screening",
    "lake.engines.wheel",
    "lake.read.__main__",
    "lake.read.cuts",
    "lake.read.rows",
    "corpus.sandbox.__main__",
)
NAME = "attest_executor"
ABOUT = (
    "Metadata-Version: 2.1\nName: attest-executor\nVersion: {version}\nSummary: Reads pages into a lake of Attest, in executors\n"
)
WHEEL = "Wheel-Version: 1.0\nGenerator: attest\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # of every file, so that the bytes tell nothing of when it was made


def write_wheel(folder: Path) -> Path:
    """Into a folder; its name is of what is in it. Raises OSError."""
    modules = executor_modules()
    members = {path: (ROOT / path).read_bytes() for path in member_paths(modules)}
    requires = "".join(f"Requires-Dist: {each}\n" for each in requirements(modules))
    number = f"0.{int(hashlib.sha256(repr((sorted(members.items()), requires)).encode()).hexdigest()[:12], 16)}"
    about = f"{NAME}-{number}.dist-info"
    members[f"{about}/METADATA"] = (ABOUT.format(version=number) + requires).encode()
    members[f"{about}/WHEEL"] = WHEEL.encode()
    lines = [f"{path},sha256={encoded_sha256(content)},{len(content)}" for path, content in members.items()]
    members[f"{about}/RECORD"] = "\n".join([*lines, f"{about}/RECORD,,", ""]).encode()
    wheel = folder / f"{NAME}-{number}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        for path in sorted(members):
            file.writestr(zipfile.ZipInfo(path, LONG_AGO), members[path], zipfile.ZIP_DEFLATED)
    return wheel


def encoded_sha256(content: bytes) -> str:
    """As wheels write it."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def executor_modules() -> dict[str, ast.Module]:
    """Those that are reached from the entries by imports at the head and in functions; with every package that one lies in."""
    modules: dict[str, ast.Module] = {}
    waiting = list(ENTRIES)
    while waiting:
        name = waiting.pop()
        if name in modules or (path := module_path(name)) is None:
            continue
        modules[name] = ast.parse((ROOT / path).read_bytes())
        waiting += [each for each in imports(modules[name]) if each.partition(".")[0] in PACKAGES]
        if "." in name:
            waiting.append(name.rpartition(".")[0])
    return modules


def module_path(name: str) -> str | None:
    """Its file below the root; None for what is a name in a module."""
    base = name.replace(".", "/")
    return next((path for path in (f"{base}.py", f"{base}/__init__.py") if (ROOT / path).is_file()), None)


def imports(module: ast.Module) -> Iterator[str]:
    """Modules, names in modules that may be modules, and libraries that are imported when they are used."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "needed":
            yield from (each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str))


def member_paths(modules: Iterable[str]) -> list[str]:
    """The modules, and what lies beside them that is none: their tables."""
    paths = {path for name in modules if (path := module_path(name))}
    folders = {Path(path).parent for path in paths}
    tables = [
        each for folder in folders for each in (ROOT / folder / "data").glob("*") if each.suffix != ".py" and each.is_file()
    ]
    return sorted(paths | {each.relative_to(ROOT).as_posix() for each in tables})


def requirements(modules: dict[str, ast.Module]) -> list[str]:
    """`name==version` of each library that they import, as it is installed here."""
    names = {each.partition(".")[0] for module in modules.values() for each in imports(module)}
    distributions = packages_distributions()
    foreign = {one for name in names - sys.stdlib_module_names - {*PACKAGES} for one in distributions.get(name, [])}
    return sorted(f"{name}=={version(name)}" for name in foreign)


def differences(folder: Path) -> list[str]:
    """Of the libraries that the wheel in a folder pins, those that this Python has otherwise, in words."""
    (metadata,) = folder.glob("*.dist-info/METADATA")
    pins = [
        line.removeprefix("Requires-Dist: ") for line in metadata.read_text().splitlines() if line.startswith("Requires-Dist")
    ]
    return [
        f"{pin} is needed, {ours} is installed"
        for pin in pins
        if (ours := version_here(pin.partition("==")[0])) != pin.partition("==")[2]
    ]


def version_here(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
