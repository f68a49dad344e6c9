"""Libraries that one format needs and most installations have not. Pure."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class NotInstalled(RuntimeError):
    """A format needs a library that is not there; says which, and how to get it."""

    def __init__(self, format_name: str, library: str) -> None:
        super().__init__(
            f"{format_name} needs {library}, which is not installed: "
            "run `.venv/bin/python -m pip install --no-deps --require-hashes -r requirements/formats.txt`, or install attest[formats], "
            "and restart the server"
        )


def needed(module: str, format_name: str) -> Any:
    """The module. Raises NotInstalled."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise NotInstalled(format_name, module.partition(".")[0]) from None


def installed(module: ModuleType) -> bool:
    """Whether the libraries are there that a format names in NEEDS."""
    return not missing(module)


def missing(module: ModuleType) -> list[str]:
    return [name for name in getattr(module, "NEEDS", ()) if not find_spec(name)]


def why_not_installed(module: ModuleType) -> str:
    """Which library it needs and how to get it; empty where it has all."""
    return next((str(NotInstalled(module.TITLE, name)) for name in missing(module)), "")
