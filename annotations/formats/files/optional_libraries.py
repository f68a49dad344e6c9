"""Libraries that one format needs and most installations have not. Pure."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class NotInstalled(RuntimeError):
    """A format needs a library that is not there; says which, and how to get it."""


def needed(module: str, format_name: str) -> Any:
    """The module. Raises NotInstalled."""
    try:
        return importlib.import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        raise NotInstalled(
            f"{format_name} needs {library}, which is not installed: "
            "run `.venv/bin/python -m pip install --no-deps --require-hashes -r requirements-formats.txt` and restart the server"
        ) from None


def installed(module: ModuleType) -> bool:
    """Whether the libraries are there that a format names in NEEDS."""
    return all(find_spec(name) for name in getattr(module, "NEEDS", ()))
