"""The gold of the seed in each format, for the programs of others to open.

    python -m tests.clients.written DIRECTORY [FORMAT …]

Each script beside this one runs in an environment of its own, with the package that it names, and opens one of the files.
"""

import json
import sys
from pathlib import Path

from annotations.formats import FORMATS
from annotations.formats.base import Losses
from annotations.formats.middle.flatten import flatten
from annotations.native.annotated import Annotated
from annotations.scheme.view import SchemeView

DOMAIN = Path(__file__).parents[2] / "domain"


def seed() -> Annotated:
    native, scheme = (json.loads((DOMAIN / name).read_text("utf-8")) for name in ("gold_seed.json", "scheme.json"))
    return Annotated(native, (DOMAIN / "gold_seed.txt").read_bytes().decode(), SchemeView(scheme))


def write(folder: Path, name: str) -> Path:
    chosen, losses = FORMATS[name], Losses()
    document = seed() if hasattr(chosen, "TAKES") else flatten(seed(), chosen.HOLDS, losses)
    path = folder / f"{name}{chosen.EXTENSION}"
    with path.open("wb") as file:
        file.writelines(chosen.write([document], losses, {}))
    return path


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or ("brat", "doccano", "labelstudio", "prodigy"):
        print(write(target, name))
