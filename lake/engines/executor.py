"""What an executor does first: it unpacks the wheel and puts it before all else on the path of modules.

Spark brings these functions themselves, since no module of ours can be imported there before; all others come out of the wheel.
"""

from __future__ import annotations

import importlib
import json
import platform
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path


def answers(wheel: str, strict: bool, payloads: Iterator[bytearray]) -> Iterator[bytes]:
    """To each packed task what came of it, as `lake.engines.tasks.attempt` says it. `wheel`: its name among the files that Spark brought."""
    folder = unpacked_wheel(wheel)
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    unlike = importlib.import_module("lake.engines.wheel").differences(folder)
    if unlike:
        error = f"{platform.node()}: {'; '.join(unlike)}. Install requirements/base.txt and requirements/lake.txt on every machine of the cluster"
        yield from (json.dumps([None, error]).encode() for _ in payloads)
        return
    yield from importlib.import_module("lake.engines.tasks").attempts(payloads, strict)


def unpacked_wheel(wheel: str) -> Path:
    """Once for each executor, whose processes may all begin at the same time."""
    path = Path(importlib.import_module("pyspark").SparkFiles.get(wheel))
    folder = path.with_suffix("")
    if not folder.is_dir():
        unfinished = tempfile.mkdtemp(dir=path.parent)
        with zipfile.ZipFile(path) as file:
            file.extractall(unfinished)
        Path(unfinished).chmod(0o755)
        try:
            Path(unfinished).rename(folder)
        except OSError:  # another process was first
            shutil.rmtree(unfinished)
    return folder
