"""Libraries that only the lake needs: imported when they are used, since an installation without a lake has none of them."""

from __future__ import annotations

import importlib
from typing import Any

LIBRARIES = ("pyarrow.parquet", "duckdb", "ahocorasick_rs")
INSTALL = "run `.venv/bin/python -m pip install --no-deps --require-hashes -r {}`, or install attest[{}]."
SPARK = "pyspark"


class MissingExtra(ImportError):
    """A library is not installed; the message says how to install it."""


def needed(module: str) -> Any:
    """The module. Raises MissingExtra."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        who, extra = ("The engine spark", "spark") if library == SPARK else ("The lake", "lake")
        remedy = INSTALL.format(f"requirements/{extra}.txt", extra)
        raise MissingExtra(f"{who} needs {library}, which is not installed: {remedy}") from error
