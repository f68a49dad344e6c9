"""Faults that are put into the code while a test runs, to see that something notices them."""

import inspect
import textwrap
from types import CodeType, FunctionType
from typing import Any

import pytest

from questions.asking import source
from questions.index import entries_sql, keep


def instead(patch: pytest.MonkeyPatch, function: Any, *changes: tuple[str, str]) -> None:
    """Another wording of a function, wherever it was imported. Each change is `(as it is, with the fault)` and stands in it once."""
    function = plain(function)
    written = textwrap.dedent(inspect.getsource(function))
    for right, wrong in changes:
        assert written.count(right) == 1, f"{right!r} stands {written.count(right)} times in {function.__qualname__}"
        written = written.replace(right, wrong)
    patch.setattr(function, "__code__", code_of(function.__name__, written))


def plain(function: Any) -> FunctionType:
    """What a property, or a function whose results are kept, calls."""
    for name in ("fget", "func", "__wrapped__"):
        function = getattr(function, name, function)
    assert isinstance(function, FunctionType)
    return function


def code_of(name: str, written: str) -> CodeType:
    body = "\n".join(line for line in written.split("\n") if not line.startswith("@"))
    todo = [compile(f"from __future__ import annotations\n{body}", f"<planted in {name}>", "exec")]
    for code in todo:  # that of a generic function lies in that of its types
        if code.co_name == name:
            return code
        todo += [each for each in code.co_consts if isinstance(each, CodeType)]
    raise AssertionError(f"{name} is not in what was written")


def in_entries(patch: pytest.MonkeyPatch, right: str, wrong: str) -> None:
    """Another wording of the statement that makes entries, for the index and for what it is behind with."""
    assert entries_sql.ENTRIES.count(right) == 1, f"{right!r} stands {entries_sql.ENTRIES.count(right)} times in ENTRIES"
    patch.setattr(keep, "FEW", -1)
    for module, name in ((keep, "WRITTEN"), (source, "DERIVE")):
        patch.setattr(module, name, getattr(module, name).replace(right, wrong))
